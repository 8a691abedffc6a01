//! The preview: a site in memory, served as readers will get it, and kept up with its sources.
//!
//! 1. `load` makes the site; a worker thread ([`worker`]) makes it anew when [`watch`] sees a change.
//! 2. [`view`] holds one state of the site, addressable; [`shared`] the state that is shown, and the faults.
//! 3. [`http`] answers requests from it: pages are rendered when asked for, by the function that build uses.
//! 4. [`live`] tells open pages what changed; [`inspect`] and [`overview`] tell editors why.
//!
//! No request ever names a file: addresses are looked up among those of the site, so nothing else can be read.

pub mod files;
pub mod hosts;
pub mod http;
pub mod inspect;
pub mod live;
pub mod overview;
pub mod shared;
pub mod view;
pub mod watch;
pub mod worker;

use std::{
    cell::Cell,
    io,
    net::{IpAddr, SocketAddr},
    path::PathBuf,
    sync::Arc,
    thread::JoinHandle,
    time::Duration,
};

use jiff::Timestamp;
use tokio::{net::TcpListener, runtime::Runtime, sync::oneshot};

use crate::{
    diagnostic::Diagnostic,
    pipeline::{self, Built, Changes, Memo},
    serve::{shared::Shared, worker::Worker},
};

/// Makes the site anew after changes, with what the last run worked out.
pub type Loader = Box<dyn Fn(&mut Memo, &Changes) -> Result<Built, pipeline::Error> + Send>;

/// Told of every rebuild: how long it took, how many articles were annotated anew, and the faults that it found.
pub type Listener = Box<dyn Fn(Duration, usize, &[Diagnostic]) + Send>;

#[derive(Clone, Debug)]
pub struct Options {
    pub interface: IpAddr,
    /// The first port to try; 0 takes any free one.
    pub port: u16,
    /// The site's folder, which is watched.
    pub root: PathBuf,
    /// Tells the time by which embargoed pieces come and others go while the server runs; `None` when it stands still.
    pub clock: Option<fn() -> Timestamp>,
    /// Settings that lie elsewhere.
    pub config: Option<PathBuf>,
}

/// Why there is no preview.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error(transparent)]
    Site(#[from] pipeline::Error),
    #[error("cannot listen on {address}: {source}")]
    Listen { address: SocketAddr, source: io::Error },
    #[error("the server cannot start: {0}")]
    Machine(#[from] io::Error),
}

/// A server at work; dropping it stops it.
pub struct Running {
    pub address: SocketAddr,
    /// Path of the site's root, with slashes at both ends.
    pub base_path: String,
    stop: Option<oneshot::Sender<()>>,
    shared: Arc<Shared>,
    runtime: Option<Runtime>,
    worker: Option<JoinHandle<()>>,
}

/// How many ports above the wanted one are tried.
const PORTS: u16 = 100;
/// How long open connections are waited for at the end.
const GRACE: Duration = Duration::from_millis(500);

/// Loads the site, with the help of `memo`, listens, and watches. Returns when the first page can be asked for.
///
/// # Errors
/// When the machine fails. Faults of the content are shown in the browser instead.
pub fn start(options: &Options, memo: Memo, load: Loader, listener: Listener) -> Result<Running, Error> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    let listening = runtime.block_on(bind(options.interface, options.port))?;
    let address = listening.local_addr()?;
    let shared = Arc::new(Shared::new(&options.root));
    // What changes while the first site is made is seen, since watching begins before.
    let mut watch = watch::Watch::new(&options.root, options.config.as_deref());
    let mut worker = Worker { load, listener, shared: shared.clone(), memo, missed: false };
    worker.rebuild(&Changes::Everything)?;
    watch.templates(shared.templates().as_deref());
    let base_path = shared.base_path();
    let clock = options.clock;
    let worker = {
        let shared = shared.clone();
        std::thread::Builder::new().name("rebuild".into()).spawn(move || {
            let tried = Cell::new(None);
            watch.run(
                || !shared.is_stopped(),
                || {
                    let due = shared.next_due().filter(|due| clock.is_some_and(|clock| *due <= clock()));
                    // Once for each moment: under a fault the old site stays, and its moment with it.
                    due.is_some() && tried.replace(due) != due
                },
                |changes| {
                    // What failed is shown in the browser, and tried again with the next change.
                    drop(worker.rebuild(changes));
                    shared.templates()
                },
            );
        })?
    };
    let (stop, stopped) = oneshot::channel::<()>();
    let app = http::app(shared.clone(), options.interface);
    runtime.spawn(async move {
        // Ends without an answer when the runtime goes; there is nobody to tell then.
        let _ = axum::serve(listening, app)
            .with_graceful_shutdown(async {
                let _ = stopped.await;
            })
            .await;
    });
    Ok(Running { address, base_path, stop: Some(stop), shared, runtime: Some(runtime), worker: Some(worker) })
}

/// Takes the first free port from `port` on.
async fn bind(interface: IpAddr, port: u16) -> Result<TcpListener, Error> {
    let last = port.saturating_add(if port == 0 { 0 } else { PORTS });
    let mut port = port;
    loop {
        let address = SocketAddr::new(interface, port);
        match TcpListener::bind(address).await {
            Ok(listener) => return Ok(listener),
            Err(error) if error.kind() == io::ErrorKind::AddrInUse && port < last => port += 1,
            Err(source) => return Err(Error::Listen { address, source }),
        }
    }
}

impl Running {
    /// Address of the home page for a browser on this machine.
    pub fn url(&self) -> String {
        let host = if self.address.ip().is_unspecified() {
            SocketAddr::new(
                if self.address.is_ipv4() {
                    [127, 0, 0, 1].into()
                } else {
                    IpAddr::from([0, 0, 0, 0, 0, 0, 0, 1])
                },
                self.address.port(),
            )
        } else {
            self.address
        };
        format!("http://{host}{}", self.base_path)
    }

    /// Serves until Ctrl-C.
    ///
    /// # Errors
    /// When the signal cannot be waited for.
    pub fn wait(self) -> Result<(), Error> {
        if let Some(runtime) = &self.runtime {
            runtime.block_on(tokio::signal::ctrl_c())?;
        }
        Ok(())
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.shared.stop();
        if let Some(stop) = self.stop.take() {
            // Fails when the server has ended already.
            let _ = stop.send(());
        }
        if let Some(worker) = self.worker.take() {
            let _ = worker.join();
        }
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_timeout(GRACE);
        }
    }
}

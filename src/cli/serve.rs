//! `dateline serve`: the site in a browser, as readers will get it, live.

use std::net::{IpAddr, UdpSocket};

use clap::Args;
use jiff::Timestamp;
use serde_json::json;

use crate::{
    cli::{
        Global, SiteArgs,
        output::{Output, count},
        progress::Bar,
    },
    diagnostic::Severity,
    pipeline::{self, Changes, Memo},
    report::table::plural,
    serve::{self, Options},
};

const EXAMPLES: &str = "\
Examples:
  dateline serve --open                            Preview in the browser
  dateline serve --now 2025-07-11                  As the site will look then
  dateline serve -u https://example.org/news/      Under /news/, as on the real host
  dateline serve -i 0.0.0.0                        For a phone; all in its network can read along

Changes of content, templates, theme and settings show at once. On a page, Alt+I shows every name that was found, with \
its evidence; /_dateline/ shows faults, drafts, embargoes and all pages. Stop with Ctrl-C.";

/// Preview the site in a browser, live
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct ServeArgs {
    /// Address to listen on
    #[arg(short, long, value_name = "ADDRESS", default_value = "127.0.0.1")]
    pub interface: IpAddr,
    /// Port to listen on; the next free one is taken when it is in use
    #[arg(short, long, value_name = "PORT", default_value_t = 1111)]
    pub port: u16,
    /// Open the site in the browser
    #[arg(short = 'O', long)]
    pub open: bool,
    #[command(flatten)]
    pub site: SiteArgs,
}

pub fn run(
    global: &Global,
    args: &ServeArgs,
    output: &Output,
    clock: fn() -> Timestamp,
) -> anyhow::Result<u8> {
    let (global_again, site) = (global.clone(), args.site.clone());
    let bar = *output;
    let load = Box::new(move |memo: &mut Memo, changes: &Changes| {
        let options = global_again.options(&site, clock());
        pipeline::reload(&options, changes, &Bar::new(&bar), memo)
    });
    let say = *output;
    let listener: serve::Listener = Box::new(move |time, annotated, faults| {
        say.diagnostics(faults, false);
        let errors = count(faults, Severity::Error);
        let what = if errors > 0 { plural(errors, "error") } else { "shown".to_owned() };
        let time = time.as_secs_f64() * 1000.0;
        say.remark(&format!("{what} after {time:.0} ms, {} annotated", plural(annotated, "article")));
    });
    let site_options = global.options(&args.site, clock());
    let options = Options {
        interface: args.interface,
        port: args.port,
        root: global.root.clone(),
        clock: args.site.now.is_none().then_some(clock),
        config: global.config.clone(),
    };
    let running = serve::start(&options, pipeline::memo(&site_options), load, listener)?;
    let url = running.url();
    let mut human = format!("Preview at {url} (stop with Ctrl-C)");
    if running.address.port() != args.port && args.port != 0 {
        human.push_str(&format!("\nPort {} is in use, so this is the next free one", args.port));
    }
    if !args.interface.is_loopback() {
        let host = if args.interface.is_unspecified() { own_address() } else { Some(args.interface) };
        if let Some(host) = host {
            let address = std::net::SocketAddr::new(host, running.address.port());
            human.push_str(&format!("\nIn this network: http://{address}{}", running.base_path));
        }
        output
            .remark("warning: everyone in this network can read the preview, drafts and embargoes included");
    }
    output.result("serving", &human, &json!({ "url": url, "address": running.address.to_string() }));
    if args.open && opener::open_browser(&url).is_err() {
        output.remark("No browser could be opened");
    }
    running.wait()?;
    Ok(0)
}

/// The address by which others in the network reach this machine: that of the way out. Nothing is sent.
fn own_address() -> Option<IpAddr> {
    let socket = UdpSocket::bind(("0.0.0.0", 0)).ok()?;
    // An address for documentation (RFC 5737).
    socket.connect(("192.0.2.1", 9)).ok()?;
    socket.local_addr().ok().map(|address| address.ip())
}

//! A site, its preview, and a client that speaks HTTP: for the tests of `serve`.

use std::{
    collections::BTreeMap,
    fs,
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use dateline::{
    pipeline::{self, Changes, Memo, Silent},
    serve::{self, Running, live},
};
use tempfile::TempDir;

/// A site and its preview.
pub struct Desk {
    pub dir: TempDir,
    pub running: Running,
}

pub fn put(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

pub fn article(title: &str, body: &str) -> String {
    format!("---\ntitle: {title}\ndate: 1990-02-11\nsection: world\n---\n\n{body}\n")
}

pub fn options(root: &Path) -> pipeline::Options {
    pipeline::Options::new(root, "1990-03-01T00:00:00Z".parse().unwrap())
}

impl Desk {
    pub fn new(base: &str) -> Desk {
        let dir = tempfile::tempdir().unwrap();
        put(&dir.path().join("dateline.yaml"), &format!("title: Test\nbase_url: {base}\n"));
        put(&dir.path().join("content/world/wall.md"), &article("The wall", "Berlin is one city again."));
        put(&dir.path().join("static/numbers.bin"), "0123456789");
        put(&dir.path().join("static/house.css"), "body { color: black }");
        let root = dir.path().to_owned();
        let load = Box::new(move |memo: &mut Memo, changes: &Changes| {
            pipeline::reload(&options(&root), changes, &Silent, memo)
        });
        let options = serve::Options {
            interface: [127, 0, 0, 1].into(),
            port: 0,
            root: dir.path().to_owned(),
            clock: None,
            config: None,
        };
        let running = serve::start(&options, Memo::default(), load, Box::new(|_, _, _| ())).unwrap();
        Desk { dir, running }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    pub fn raw(&self, request: &str) -> Answer {
        let mut stream = TcpStream::connect(self.running.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).unwrap();
        Answer::parse(&bytes)
    }

    pub fn request(&self, method: &str, path: &str, headers: &str) -> Answer {
        self.raw(&format!(
            "{method} {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{headers}\r\n"
        ))
    }

    pub fn get(&self, path: &str) -> Answer {
        self.request("GET", path, "")
    }

    /// Waits until the page says so, for at most ten seconds.
    pub fn until(&self, path: &str, expect: impl Fn(&Answer) -> bool) -> Answer {
        let start = Instant::now();
        loop {
            let answer = self.get(path);
            if expect(&answer) {
                return answer;
            }
            assert!(start.elapsed() < Duration::from_secs(10), "{path}: {} {}", answer.status, answer.text());
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// Opens the stream of events that a page with `tag` listens to.
    pub fn listen(&self, path: &str, tag: &str) -> BufReader<TcpStream> {
        let mut stream = TcpStream::connect(self.running.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
        let query = format!("path={path}&tag={tag}");
        write!(stream, "GET {}?{query} HTTP/1.1\r\nHost: localhost\r\n\r\n", live::EVENTS_PATH).unwrap();
        BufReader::new(stream)
    }
}

/// The next event of that name, and its data.
pub fn event(stream: &mut BufReader<TcpStream>, name: &str) -> String {
    let mut found = false;
    loop {
        let mut line = String::new();
        assert!(stream.read_line(&mut line).unwrap() > 0, "the stream ended before `{name}`");
        let line = line.trim_end();
        if let Some(event) = line.strip_prefix("event: ") {
            found = event == name;
        } else if let Some(data) = line.strip_prefix("data: ").filter(|_| found) {
            return data.to_owned();
        }
    }
}

pub struct Answer {
    pub status: u16,
    headers: BTreeMap<String, String>,
    pub body: Vec<u8>,
}

impl Answer {
    fn parse(bytes: &[u8]) -> Answer {
        let end = bytes.windows(4).position(|w| w == b"\r\n\r\n").expect("a head");
        let head = String::from_utf8_lossy(&bytes[..end]);
        let mut lines = head.lines();
        let status = lines.next().unwrap().split(' ').nth(1).unwrap().parse().unwrap();
        let headers = lines.filter_map(|line| line.split_once(": "));
        let headers = headers.map(|(k, v)| (k.to_lowercase(), v.to_owned())).collect();
        Answer { status, headers, body: bytes[end + 4..].to_vec() }
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }

    pub fn tag(&self) -> String {
        self.header("etag").trim_matches('"').to_owned()
    }

    /// The page as a build would write it.
    pub fn clean(&self) -> String {
        self.text().replacen(&live::element(&self.tag()), "", 1)
    }
}

/// Every file of a build of `root`, by address below the site.
pub fn built(root: &Path) -> BTreeMap<String, Vec<u8>> {
    let out = tempfile::tempdir().unwrap();
    let mut options = options(root);
    options.output_dir = Some(out.path().join("public"));
    let output = options.output();
    pipeline::build(&options, false, &Silent).map_err(|error| error.to_string()).unwrap();
    let files = walkdir::WalkDir::new(&output).into_iter().flatten().filter(|e| e.file_type().is_file());
    files
        .map(|e| {
            let name = e.path().strip_prefix(&output).unwrap().to_string_lossy().into_owned();
            (name, fs::read(e.path()).unwrap())
        })
        .filter(|(name, _)| !name.starts_with(".dateline-"))
        .collect()
}

pub fn same_as_built(desk: &Desk, base: &str) {
    let files = built(desk.dir.path());
    assert!(files.len() > 10);
    for (name, bytes) in files {
        let answer = desk.get(&format!("{base}{name}"));
        assert_eq!(answer.status, 200, "{name}");
        let served = if name.ends_with(".html") { answer.clean().into_bytes() } else { answer.body.clone() };
        assert!(served == bytes, "{name} differs from the build: {}", String::from_utf8_lossy(&served));
    }
}

//! The preview over HTTP: what it serves, what it refuses, and how it follows its sources.

#![cfg(feature = "serve")]
#![expect(clippy::disallowed_methods, reason = "tests make and look at folders of their own")]

mod preview;

use std::{
    fs,
    io::BufRead,
    net::TcpStream,
    process::Stdio,
    sync::atomic::{AtomicI64, Ordering},
    time::{Duration, Instant},
};

use dateline::{
    pipeline::{self, Changes, Memo, Silent},
    serve::{self, live},
};

use jiff::Timestamp;
use preview::{Desk, article, built, event, put, same_as_built};

const WALL: &str = "/1990/02/11/wall/";

#[test]
fn every_page_is_what_build_writes() {
    let desk = Desk::new("https://example.org/repo/");
    same_as_built(&desk, "/repo/");
}

#[test]
fn addresses_behave_as_on_pages() {
    let desk = Desk::new("https://example.org/repo/");
    let check = |path: &str, status: u16, header: &str, expect: &str| {
        let answer = desk.get(path);
        assert_eq!((answer.status, answer.header(header)), (status, expect), "{path}");
    };
    check("/repo/", 200, "content-type", "text/html; charset=utf-8");
    check("/repo", 301, "location", "/repo/");
    check("/repo/1990?x=1", 301, "location", "/repo/1990/?x=1");
    check("/repo/1990/", 200, "cache-control", "no-cache");
    check("/repo/1990/index.html", 200, "accept-ranges", "bytes");
    check("/repo/404", 200, "content-type", "text/html; charset=utf-8");
    check("/repo/Nowhere/", 404, "content-type", "text/html; charset=utf-8");
    check("/repo/house.css", 200, "content-type", "text/css; charset=utf-8");
    check("/repo/HOUSE.css", 404, "content-type", "text/html; charset=utf-8");
    check("/", 404, "content-type", "text/plain; charset=utf-8");
    assert_eq!(desk.get("/repo/nowhere/").clean().into_bytes(), built(desk.dir.path())["404.html"]);
    assert!(desk.running.url().ends_with("/repo/"));
}

#[test]
fn validators_and_ranges() {
    let desk = Desk::new("http://localhost/");
    let page = desk.get(WALL);
    let same = desk.request("GET", WALL, &format!("If-None-Match: \"{}\"\r\n", page.tag()));
    assert_eq!((same.status, same.body.len()), (304, 0));
    let check = |headers: &str, status: u16, body: &str, range: &str| {
        let answer = desk.request("GET", "/numbers.bin", headers);
        assert_eq!((answer.status, &*answer.text(), answer.header("content-range")), (status, body, range));
    };
    check("", 200, "0123456789", "");
    check("Range: bytes=2-4\r\n", 206, "234", "bytes 2-4/10");
    check("Range: bytes=-2\r\n", 206, "89", "bytes 8-9/10");
    check("Range: bytes=20-\r\n", 416, "", "bytes */10");
    check("Range: bytes=2-4\r\nIf-Range: \"other\"\r\n", 200, "0123456789", "");
    let head = desk.request("HEAD", WALL, "");
    assert_eq!((head.status, head.body.len(), head.header("etag")), (200, 0, page.header("etag")));
    assert_eq!(head.header("content-length"), page.body.len().to_string());
}

#[test]
fn strangers_and_writes_are_refused() {
    let desk = Desk::new("http://localhost/");
    let host =
        |host: &str| desk.raw(&format!("GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n")).status;
    assert_eq!(host("evil.example"), 403);
    assert_eq!(host("127.0.0.1.evil.example"), 403);
    assert_eq!(host("192.0.2.1"), 403);
    assert_eq!(host("127.0.0.1:1111"), 200);
    assert_eq!(desk.raw("GET / HTTP/1.0\r\n\r\n").status, 403);
    assert_eq!(
        desk.raw("GET http://evil.example/ HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n")
            .status,
        403
    );
    for method in ["POST", "PUT", "DELETE", "OPTIONS"] {
        assert_eq!(desk.request(method, "/", "").status, 405, "{method}");
    }
    let stream = desk.raw(&format!(
        "GET {}?path=/&tag=x HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n",
        live::EVENTS_PATH
    ));
    assert_eq!(stream.status, 403);
}

#[test]
fn nothing_outside_the_site_can_be_read() {
    let desk = Desk::new("http://localhost/");
    put(&desk.path("secret.txt"), "secret words");
    #[cfg(unix)]
    std::os::unix::fs::symlink("../secret.txt", desk.path("static/link.txt")).unwrap();
    put(&desk.path("static/late.txt"), "late");
    desk.until("/late.txt", |answer| answer.status == 200);
    for path in [
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/%2e%2e%2fsecret.txt",
        "/%252e%252e/secret.txt",
        "/..%5csecret.txt",
        "//secret.txt",
        "/static/../../secret.txt",
        "/link.txt",
        "/dateline.yaml",
        "/content/world/wall.md",
        "/%00secret.txt",
        "/.dateline-manifest",
        "/secret.txt",
    ] {
        let answer = desk.get(path);
        assert!(answer.status == 404 && !answer.text().contains("secret words"), "{path}: {}", answer.status);
    }
}

#[test]
fn edits_creations_renames_and_deletions_show() {
    let desk = Desk::new("http://localhost/");
    put(&desk.path("content/world/wall.md"), &article("The wall", "Gates stand open."));
    desk.until(WALL, |answer| answer.text().contains("Gates stand open"));
    put(&desk.path("content/sport/cup.md"), &article("The cup", "A goal in Berlin."));
    desk.until("/1990/02/11/cup/", |answer| answer.status == 200);
    desk.until("/", |answer| answer.text().contains("The cup"));
    fs::rename(desk.path("content/sport/cup.md"), desk.path("content/sport/final.md")).unwrap();
    desk.until("/1990/02/11/final/", |answer| answer.status == 200);
    desk.until("/1990/02/11/cup/", |answer| answer.status == 404);
    fs::remove_dir_all(desk.path("content/sport")).unwrap();
    desk.until("/1990/02/11/final/", |answer| answer.status == 404);
    put(&desk.path("dateline.yaml"), "title: Renamed\nbase_url: http://localhost/\n");
    desk.until("/", |answer| answer.text().contains("Renamed"));
    put(
        &desk.path("content/entities/jane.md"),
        "---\nname: Jane Doe\nkind: person\ndescription: Editor\n---\n",
    );
    put(&desk.path("content/world/wall.md"), &article("The wall", "Said Jane Doe."));
    desk.until("/entities/jane/", |answer| answer.status == 200 && answer.text().contains("Jane Doe"));
    put(
        &desk.path("templates/article.html"),
        "{% extends \"theme/article.html\" %}{% block title %}Mine{% endblock %}",
    );
    desk.until(WALL, |answer| answer.text().contains("<title>Mine"));
    same_as_built(&desk, "/");
}

#[test]
fn the_last_good_page_stays_under_a_fault() {
    let desk = Desk::new("http://localhost/");
    let good = desk.get(WALL);
    let mut events = desk.listen(WALL, &good.tag());
    assert_eq!(event(&mut events, "faults"), "[]");

    put(&desk.path("content/world/wall.md"), "---\ntitle: <b>Broken\ndate: [yesterday\n---\n\nLost?\n");
    let faults = event(&mut events, "faults");
    assert!(faults.contains("content/world/wall.md") && faults.contains("drawing"), "{faults}");
    assert_eq!(desk.get(WALL).clean(), good.clean());
    put(&desk.path("content/world/wall.md"), &article("The wall", "Berlin is one city again."));
    assert_eq!(event(&mut events, "faults"), "[]");

    let child = "{% extends \"theme/article.html\" %}\n{% block ";
    for (broken, place, remedy) in [
        ("{% extends", "1:4", "lacks its end: `%}`"),
        ("{{ no.such.thing.at.all }}", "1:4", "variables here: article"),
        (&format!("{child}contnt %}}{{% endblock %}}"), "2:10", "did you mean `content`?"),
        (&format!("{child}title %}}{{{{ page.titel }}}}{{% endblock %}}"), "2:26", "did you mean `title`?"),
        (
            &format!("{child}title %}}{{{{ page.title | uper }}}}{{% endblock %}}"),
            "2:34",
            "did you mean `upper`?",
        ),
    ] {
        put(&desk.path("templates/article.html"), broken);
        let faults = event(&mut events, "faults");
        assert!(faults.contains(&format!("templates/article.html:{place}")), "{faults}");
        assert!(faults.contains(remedy), "{faults}");
        assert_eq!((desk.get(WALL).status, desk.get(WALL).clean()), (200, good.clean()));
        fs::remove_file(desk.path("templates/article.html")).unwrap();
        assert_eq!(event(&mut events, "faults"), "[]");
    }
}

#[test]
fn open_pages_hear_only_of_their_own_changes() {
    let desk = Desk::new("http://localhost/");
    put(&desk.path("content/pages/about.md"), "---\ntitle: About\ndescription: x\n---\n\nWho we are.\n");
    let about = desk.until("/about/", |answer| answer.status == 200);
    let page = desk.get(WALL);
    let mut of_about = desk.listen("/about/", &about.tag());
    let mut of_wall = desk.listen(WALL, &page.tag());
    event(&mut of_about, "faults");
    event(&mut of_wall, "faults");
    put(&desk.path("content/world/wall.md"), &article("The wall", "Another text of Berlin."));
    let reload = event(&mut of_wall, "reload");
    assert_eq!(reload, desk.get(WALL).tag());
    // A style sheet changes the look of all pages, and the shape of none.
    put(&desk.path("static/house.css"), "body { color: navy }");
    let style = event(&mut of_wall, "style");
    assert_eq!(style, desk.get(WALL).tag());
    let mut names = Vec::new();
    loop {
        let mut line = String::new();
        of_about.read_line(&mut line).unwrap();
        if let Some(name) = line.trim_end().strip_prefix("event: ") {
            names.push(name.to_owned());
            if name == "style" {
                break;
            }
        }
    }
    assert!(!names.contains(&"reload".to_owned()), "{names:?}");
}

/// The files of a theme of the site's own, edited where they lie: its style sheet is swapped, its templates and its
/// manifest show.
#[test]
fn a_theme_is_edited_where_it_lies() {
    let desk = Desk::new("http://localhost/");
    put(
        &desk.path("themes/own/theme.yaml"),
        "name: own\nbase: broadsheet\nstylesheets: [broadsheet.css, own.css]\n",
    );
    put(&desk.path("themes/own/static/own.css"), "body { color: teal }");
    put(
        &desk.path("themes/own/templates/article.html"),
        "{% extends \"builtin/article.html\" %}{% block title %}First{% endblock %}",
    );
    put(&desk.path("dateline.yaml"), "title: Test\nbase_url: http://localhost/\ntheme: own\n");
    let page = desk.until(WALL, |answer| answer.text().contains("<title>First"));
    let sheet = |page: &str| {
        let at = page.find("theme/own.").expect("the style sheet");
        format!("/{}", page[at..].split('"').next().unwrap_or_default())
    };
    assert_eq!(desk.get(&sheet(&page.text())).text(), "body{color:teal}");
    let mut events = desk.listen(WALL, &page.tag());
    event(&mut events, "faults");
    put(&desk.path("themes/own/static/own.css"), "body { color: navy }");
    let mut names = Vec::new();
    while names.last().is_none_or(|name| name != "style" && name != "reload") {
        let mut line = String::new();
        events.read_line(&mut line).unwrap();
        names.extend(line.trim_end().strip_prefix("event: ").map(str::to_owned));
    }
    assert_eq!(names.last().map(String::as_str), Some("style"), "{names:?}");
    assert_eq!(desk.get(&sheet(&desk.get(WALL).text())).text(), "body{color:navy}");
    put(
        &desk.path("themes/own/templates/article.html"),
        "{% extends \"builtin/article.html\" %}{% block title %}Second{% endblock %}",
    );
    desk.until(WALL, |answer| answer.text().contains("<title>Second"));
    put(&desk.path("themes/own/theme.yaml"), "name: own\nbase: broadsheet\n");
    desk.until(WALL, |answer| !answer.text().contains("theme/own."));
    same_as_built(&desk, "/");
}

/// The program told to serve the whole network names the address for a phone, and warns.
#[test]
fn a_preview_for_the_network_warns() {
    let dir = tempfile::tempdir().unwrap();
    put(&dir.path().join("dateline.yaml"), "title: Test\n");
    let mut program = std::process::Command::new(env!("CARGO_BIN_EXE_dateline"))
        .args(["-r", dir.path().to_str().unwrap(), "serve", "-i", "0.0.0.0", "-p", "0"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let warning = std::io::BufReader::new(program.stderr.take().unwrap())
        .lines()
        .map_while(Result::ok)
        .find(|line| line.contains("everyone in this network can read the preview"));
    let mut said = String::new();
    let mut out = std::io::BufReader::new(program.stdout.take().unwrap());
    while !said.contains("Preview at http://127.0.0.1:") && out.read_line(&mut said).unwrap() > 0 {}
    program.kill().unwrap();
    program.wait().unwrap();
    assert!(warning.is_some() && said.contains("Preview at http://127.0.0.1:"), "{said}");
}

/// Seconds since 1970 by the clock of the next test.
static SECONDS: AtomicI64 = AtomicI64::new(0);

fn moving() -> Timestamp {
    Timestamp::from_second(SECONDS.load(Ordering::Relaxed)).unwrap()
}

#[test]
fn an_embargo_ends_without_a_change_of_any_file() {
    let at = |time: &str| SECONDS.store(time.parse::<Timestamp>().unwrap().as_second(), Ordering::Relaxed);
    at("1990-03-01T00:00:00Z");
    let dir = tempfile::tempdir().unwrap();
    put(&dir.path().join("dateline.yaml"), "title: Test\n");
    put(&dir.path().join("content/world/wall.md"), &article("The wall", "Berlin."));
    let held =
        article("The bridge", "Oslo.").replace("section:", "publish_at: 1990-03-02T12:00:00Z\nsection:");
    put(&dir.path().join("content/world/bridge.md"), &held);
    let root = dir.path().to_owned();
    let load = Box::new(move |memo: &mut Memo, changes: &Changes| {
        pipeline::reload(&pipeline::Options::new(&root, moving()), changes, &Silent, memo)
    });
    let options = serve::Options {
        interface: [127, 0, 0, 1].into(),
        port: 0,
        root: dir.path().to_owned(),
        clock: Some(moving),
        config: None,
    };
    let running = serve::start(&options, Memo::default(), load, Box::new(|_, _, _| ())).unwrap();
    let desk = Desk { dir, running };
    let bridge = "/1990/02/11/bridge/";
    assert_eq!(desk.get(bridge).status, 404);
    at("1990-03-02T12:00:00Z");
    desk.until(bridge, |answer| answer.status == 200);
}

#[test]
fn a_port_in_use_moves_to_the_next() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port();
    let dir = tempfile::tempdir().unwrap();
    put(&dir.path().join("dateline.yaml"), "title: Test\n");
    let root = dir.path().to_owned();
    let options = serve::Options {
        interface: [127, 0, 0, 1].into(),
        port,
        root: root.clone(),
        clock: None,
        config: None,
    };
    let load = Box::new(move |memo: &mut Memo, changes: &Changes| {
        pipeline::reload(&preview::options(&root), changes, &Silent, memo)
    });
    let running = serve::start(&options, Memo::default(), load, Box::new(|_, _, _| ())).unwrap();
    assert!(running.address.port() > port);
    let address = running.address;
    let start = Instant::now();
    drop(running);
    assert!(start.elapsed() < Duration::from_secs(3) && TcpStream::connect(address).is_err());
}

/// A piece of a few days and sentences of a small stock, so that pieces share names, topics, and sometimes most words.
fn copy(step: usize, dice: &mut dyn FnMut(u64) -> u64) -> String {
    const SENTENCES: [&str; 8] = [
        "Foreign Minister Olga Brandt met the mayor of Berlin on Thursday and spoke of a new bridge over the river.",
        "\u{201c}We will open the road before the winter comes,\u{201d} Brandt told reporters after the talks in Oslo.",
        "Jane Doe, who leads the council of the harbour workers, said that the strike would go on until the spring.",
        "Norway and the European Union agreed on a quota for cod in the northern waters after two years of talks.",
        "Olga Brandt said that the treaty with Norway would be signed in Warsaw on 2 March 1990.",
        "The price of grain rose by a third within a year, and bakers in Berlin asked for help from the state.",
        "Kaspar Lindqvist, the director of the ferry company, denied that two ships had been sold to a buyer abroad.",
        "Lindqvist and Brandt will meet again in Norway, where the company has its yard and most of its workers.",
    ];
    let body: Vec<&str> = (0..2 + dice(5)).map(|_| SENTENCES[dice(8) as usize]).collect();
    let text = article(&format!("Story {step}"), &body.join(" "));
    let text = text.replace("1990-02-11", &format!("1990-02-{:02}", 1 + dice(9)));
    let more =
        ["", "topics: [diplomacy]\n", "story: The bridge\n", "entities: [Jane Doe]\n", "draft: true\n"];
    text.replace("section:", &format!("{}section:", more[dice(5) as usize]))
}

/// A small generator of pseudo-random numbers (Steele, Lea and Flood, SplitMix64): the same run each time.
fn random(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[test]
fn a_thousand_random_changes_end_as_a_clean_build() {
    let desk = Desk::new("http://localhost/");
    let mut state = 1;
    for step in 0..1000 {
        let mut dice = |sides: u64| random(&mut state) % sides;
        let file = |n: u64, folder: u64| desk.path(&format!("content/desk{folder}/story{n}-{folder}.md"));
        let (one, other) = (file(dice(30), dice(3)), file(dice(30), dice(3)));
        match dice(14) {
            0..5 => put(&one, &copy(step, &mut dice)),
            // One word more, as most edits are.
            10 | 11 => {
                if let Ok(text) = fs::read_to_string(&one) {
                    put(&one, &format!("{} Again.\n", text.trim_end()));
                }
            }
            12 => put(
                &desk.path("templates/article.html"),
                &format!(
                    "{{% extends \"theme/article.html\" %}}{{% block head %}}{{{{ super() }}}}<meta name=\"step\" content=\"{step}\">{{% endblock %}}"
                ),
            ),
            13 => put(
                &desk.path("dateline.yaml"),
                &format!(
                    "title: Test {step}\nbase_url: http://localhost/\nannotate: {{threshold: {}}}\n",
                    60 + dice(3) * 10
                ),
            ),
            5 => drop(fs::remove_file(&one)),
            6 => {
                fs::create_dir_all(other.parent().unwrap()).unwrap();
                drop(fs::rename(&one, &other));
            }
            7 => drop(fs::remove_dir_all(desk.path(&format!("content/desk{}", dice(3))))),
            8 => put(
                &desk.path("content/entities/jane.md"),
                &format!("---\nname: Jane Doe\nkind: person\ndescription: Editor {step}\n---\n"),
            ),
            _ => put(&desk.path("static/house.css"), &format!("body {{ order: {step} }}")),
        }
        // Bursts of some twenty changes, with time for a rebuild to begin between some of them.
        if dice(20) == 0 {
            std::thread::sleep(Duration::from_millis(dice(60)));
        }
    }
    put(&desk.path("content/desk0/last.md"), &article("The last", "An end in Berlin."));
    desk.until("/1990/02/11/last/", |answer| answer.status == 200);
    // What no event told of is found by the second look.
    std::thread::sleep(Duration::from_millis(1500));
    same_as_built(&desk, "/");
}

#[test]
fn editors_can_look_behind_the_pages() {
    let desk = Desk::new("http://localhost/");
    let found = desk.get(&format!("/_dateline/mentions?path={WALL}"));
    let found: serde_json::Value = serde_json::from_slice(&found.body).unwrap();
    assert_eq!(found["path"], "content/world/wall.md");
    let berlin = found["mentions"].as_array().unwrap().iter().find(|m| m["text"] == "Berlin").unwrap();
    assert_eq!((&berlin["line"], &berlin["status"]), (&7.into(), &"accepted".into()));
    // What an editor decided is changed where it is written.
    put(
        &desk.path("content/decisions/world/wall.md.yaml"),
        "# Ours\n- quote: Berlin\n  every: true\n  decision: reject\n  by: A. Desk\n",
    );
    let path = format!("/_dateline/mentions?path={WALL}");
    let decided = desk.until(&path, |answer| answer.text().contains("rejected")).text();
    assert!(
        decided.contains("decided by A. Desk in `content/decisions/world/wall.md.yaml`, line 4"),
        "{decided}"
    );
    assert_eq!(desk.get("/_dateline/mentions?path=/").text(), "null");
    put(
        &desk.path("content/world/later.md"),
        &article("<Later>", "x").replace("section", "draft: true\nsection"),
    );
    let overview = desk.until("/_dateline/", |answer| answer.text().contains("&lt;Later&gt;"));
    assert!(overview.text().contains(WALL) && !overview.text().contains("<Later>"));
    assert!(!built(desk.dir.path()).keys().any(|name| name.contains("_dateline")));
}

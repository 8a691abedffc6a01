//! What the preview tells an editor: of pieces that are held back, of what falls due, and of what is in the way.

#![cfg(feature = "serve")]
#![expect(clippy::disallowed_methods, reason = "tests make and look at folders of their own")]

mod preview;

use std::fs;

use preview::{Desk, article, event, put, same_as_built};

/// The sample site with a line of front matter in another article.
fn later(line: &str) -> Desk {
    let desk = Desk::new("https://example.org/repo/");
    let text =
        article("A <b>later</b> piece", "Berlin waits.").replacen("section", &format!("{line}\nsection"), 1);
    put(&desk.path("content/world/later.md"), &text);
    desk
}

#[test]
fn where_a_piece_is_held_back_the_page_says_so() {
    let check = |line: &str, status: u16, expect: &str| {
        let desk = later(line);
        let path = "/repo/1990/02/11/later/";
        let listed = desk.until("/_dateline/", |answer| answer.text().contains("content/world/later.md"));
        let answer = desk.get(path);
        assert_eq!(answer.status, status, "{line}");
        assert_eq!(event(&mut desk.listen(path, &answer.tag()), "notice"), format!("\"{expect}\""), "{line}");
        assert_eq!(event(&mut desk.listen("/repo/1990/02/11/none/", ""), "notice"), "null");
        // A new file is not one that changed.
        let text = listed.text();
        assert!(text.contains("annotated for the first time"), "{text}");
        assert!(!text.contains("its text changed"), "{text}");
        same_as_built(&desk, "/repo/");
    };
    check(
        "draft: true",
        404,
        "A draft stands here, which readers do not see: `dateline serve --drafts` shows it",
    );
    check(
        "embargo: 1990-04-01T06:30:00Z",
        404,
        "A piece comes out here at 1990-04-01 06:30 UTC: `dateline serve --future` or `--now` shows it",
    );
    check(
        "expires: 1990-02-20",
        404,
        "The piece that stood here expired on 1990-02-20 00:00 UTC: `--now` shows it",
    );
    check("expires: 1990-05-01", 200, "Readers see this page until 1990-05-01 00:00 UTC");
}

#[test]
fn the_overview_lists_what_falls_due_in_its_order() {
    let desk = later("draft: true");
    for (name, line) in
        [("goes", "expires: 1990-05-01"), ("comes", "embargo: 1990-06-01"), ("gone", "expires: 1990-02-20")]
    {
        let text = article(name, "Berlin.").replacen("section", &format!("{line}\nsection"), 1);
        put(&desk.path(&format!("content/world/{name}.md")), &text);
    }
    let all = ["goes.md", "comes.md", "later.md", "gone.md"];
    let page = desk.until("/_dateline/", |answer| all.iter().all(|name| answer.text().contains(name))).text();
    let table = page.split("<section id=\"held\">").nth(1).unwrap().split("</section>").next().unwrap();
    let at = |what: &str| table.find(what).unwrap_or_else(|| panic!("{what} in {table}"));
    let places: Vec<usize> =
        ["<td>expires</td><td>1990-05-01", "<td>comes out</td><td>1990-06-01", "<td>draft", "<td>expired"]
            .map(at)
            .into();
    assert!(places.is_sorted(), "{table}");
    assert!(table.contains("A &lt;b&gt;later&lt;/b&gt; piece"), "{table}");
    assert!(page.contains("3 held back"), "{page}");
}

#[test]
fn only_what_is_in_the_way_lies_over_a_page() {
    let desk = Desk::new("https://example.org/repo/");
    let text = article("Filed", "Berlin.").replacen("section", "topics: [no such topic]\nsection", 1);
    put(&desk.path("content/world/filed.md"), &text);
    let path = "/repo/1990/02/11/filed/";
    let page = desk.until(path, |answer| answer.status == 200);
    let mut events = desk.listen(path, &page.tag());
    assert_eq!(event(&mut events, "faults"), "[]");
    // Templates that cannot be read keep everything from being made; the note about the topic does not.
    put(&desk.path("templates/article.html"), "{% extends \"theme/article.html\" %}{% endfor %}");
    let faults = event(&mut events, "faults");
    assert!(faults.contains("templates/article.html:1:") && !faults.contains("no such topic"), "{faults}");
    fs::remove_file(desk.path("templates/article.html")).unwrap();
    assert_eq!(event(&mut events, "faults"), "[]");
}

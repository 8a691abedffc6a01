//! Decisions as the whole line applies them: nothing is annotated anew, every page follows, and edits of the copy are
//! survived.

#![expect(clippy::disallowed_methods, reason = "tests make and look at folders of their own")]

use std::{fs, path::Path};

use dateline::{
    diagnostic::Severity,
    model::{Status, site::Site},
    pipeline::{self, Built, Memo, Options, Silent},
};
use tempfile::TempDir;

const FILE: &str = "content/decisions/2025-07-01-a.md.yaml";

fn put(dir: &Path, name: &str, text: &str) {
    let path = dir.join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

fn site(copy: &str) -> TempDir {
    let dir = tempfile::tempdir().unwrap();
    put(
        dir.path(),
        "dateline.yaml",
        "title: Test\nbase_url: https://example.org/\nfeeds: { min_articles: 1 }\n",
    );
    put(
        dir.path(),
        "content/entities.yaml",
        "- { id: ann-lorne, name: Ann Lorne, kind: person, description: Minister }\n\
         - { id: ben-lorne, name: Ben Lorne, kind: person, description: Poet }\n",
    );
    put(dir.path(), "content/2025-07-01-a.md", &format!("---\ntitle: Ann Lorne signs\n---\n\n{copy}\n"));
    dir
}

fn load(dir: &Path, memo: Memo) -> Built {
    let options = Options::new(dir, "2025-07-15T12:00:00Z".parse().unwrap());
    pipeline::load(&options, &Silent, memo).unwrap()
}

fn page(built: &Built, address: &str) -> String {
    let page = built.site.pages.iter().find(|page| page.path.as_str() == address);
    page.map_or(String::new(), |page| String::from_utf8(pipeline::render(built, page).unwrap()).unwrap())
}

fn warned(built: &Built) -> Vec<String> {
    let told = built.diagnostics.iter().filter(|d| d.severity != Severity::Note);
    told.map(|d| format!("{} {}", d.code, d.message)).collect()
}

/// Ids that the one article names, the most salient first.
fn named(site: &Site) -> Vec<&str> {
    site.articles[0].entities.iter().map(|s| site.entities[s.entity as usize].entity.id.as_str()).collect()
}

const COPY: &str =
    "Ann Lorne signed the law. \"It was time,\" Lorne told reporters. Lorne then left the city by train.";

#[test]
fn every_page_follows_a_decision_and_nothing_is_annotated_anew() {
    let dir = site(COPY);
    let first = load(dir.path(), Memo::default());
    assert_eq!((first.annotated.len(), named(&first.site)), (1, vec!["ann-lorne"]));
    assert!(page(&first, "/entities/ann-lorne/").contains("It was time"));
    assert!(!page(&first, "/entities/ann-lorne/atom.xml").is_empty());

    put(dir.path(), FILE, "- quote: Ann Lorne\n  suffix: signed the law\n  entity: ben-lorne\n");
    let second = load(dir.path(), first.memo);
    assert_eq!(warned(&second), Vec::<String>::new());
    assert_eq!((second.annotated.len(), named(&second.site)), (0, vec!["ben-lorne"]));
    // The family names, the quotation, the feed and the counts go with the name.
    let entry = &second.site.articles[0];
    assert_eq!((entry.mentions.len(), entry.entities[0].count), (3, 3));
    assert!(
        page(&second, "/2025/07/01/a/")
            .contains("href=\"/entities/ben-lorne/\" data-card=\"1\">Ann Lorne</a>")
    );
    assert!(page(&second, "/entities/ben-lorne/").contains("It was time"));
    assert!(!page(&second, "/entities/ann-lorne/").contains("It was time"));
    assert!(page(&second, "/entities/ben-lorne/atom.xml").contains("Ann Lorne signs"));
    assert!(page(&second, "/entities/ann-lorne/atom.xml").is_empty());

    put(dir.path(), FILE, "- quote: Ann Lorne\n  decision: reject\n");
    let third = load(dir.path(), second.memo);
    assert_eq!((third.annotated.len(), named(&third.site)), (0, Vec::new()));
    let status: Vec<Status> =
        third.site.articles[0].annotation.mentions.iter().map(|mention| mention.status).collect();
    assert_eq!(status, [Status::Rejected, Status::Proposed, Status::Proposed]);
    assert!(!page(&third, "/2025/07/01/a/").contains("/entities/ann-lorne/"));

    // A file that goes leaves nothing behind, and a run from nothing says the same.
    fs::remove_file(dir.path().join(FILE)).unwrap();
    let fourth = load(dir.path(), third.memo);
    assert_eq!((fourth.annotated.len(), named(&fourth.site)), (0, vec!["ann-lorne"]));
    assert_eq!(page(&fourth, "/2025/07/01/a/"), page(&load(dir.path(), Memo::default()), "/2025/07/01/a/"));
}

#[test]
fn a_decision_survives_edits_of_the_copy_around_it() {
    let decided = |copy: &str| -> (Vec<String>, Vec<String>) {
        let dir = site(copy);
        put(
            dir.path(),
            FILE,
            "- quote: the old man\n  prefix: On Tuesday evening\n  suffix: spoke for an hour about the war\n  entity: ben-lorne\n",
        );
        let built = load(dir.path(), Memo::default());
        let entry = &built.site.articles[0];
        let links = entry
            .mentions
            .iter()
            .filter(|m| built.site.entities[m.entity as usize].entity.id.as_str() == "ben-lorne")
            .map(|m| {
                let span = entry.annotation.mentions[m.mention as usize].span;
                let text = &entry.article.prose.text;
                text[..span.range().start].split_whitespace().next_back().unwrap_or("^").to_owned()
            });
        (links.collect(), warned(&built))
    };
    let check = |copy: &str, before: Option<&str>, warnings: usize| {
        let (links, warned) = decided(copy);
        assert_eq!(
            (links, warned.len()),
            (before.map(str::to_owned).into_iter().collect(), warnings),
            "{copy} {warned:?}"
        );
    };
    check("On Tuesday evening the old man spoke for an hour about the war.", Some("evening"), 0);
    // Other men, other paragraphs before, markup, a typing error mended, a word changed on each side.
    check(
        "When the old man slept, it rained.\n\nOn Tuesday evening the old man spoke for an hour about the war.\n\nThen the old man left.",
        Some("evening"),
        0,
    );
    check("On *Tuesday* evening, **the old man** spoke for an hour about the war.", Some("evening,"), 0);
    check(
        "On Tuesday morning the old man talked for an hour about the war. So did the old man from Tarn.",
        Some("morning"),
        0,
    );
    check("It rained. Late at night the old man spoke for an hour about the war.", Some("night"), 0);
    // Gone, written anew, or told twice: nothing is linked, and it is said.
    check("On Tuesday evening a woman spoke for an hour about the war.", None, 1);
    check("Nobody had seen the old man since the flood took his house and boat.", None, 1);
    let twice = "On Tuesday evening the old man spoke for an hour about the war.\n\n";
    check(&twice.repeat(2), None, 1);
}

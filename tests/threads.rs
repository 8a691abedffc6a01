//! Story threads and versions, on the demo archive and on archives made here.

#![expect(clippy::disallowed_methods, reason = "tests make folders of their own")]

use std::{collections::BTreeMap, fs, path::Path, sync::Arc};

use dateline::{
    model::site::Site,
    pipeline::{self, Memo, Options, Silent},
};

fn load(root: &Path) -> Arc<Site> {
    let now = "2026-01-01T00:00:00Z".parse().expect("a time");
    pipeline::load(&Options::new(root, now), &Silent, Memo::default()).expect("a site").site
}

/// An archive of these pieces, by file name below `content/`.
fn archive(pieces: &[(&str, String)]) -> tempfile::TempDir {
    let root = tempfile::tempdir().expect("a folder");
    fs::create_dir_all(root.path().join("content")).expect("a folder");
    fs::write(root.path().join("dateline.yaml"), "title: T\nbase_url: https://example.org/\n")
        .expect("settings");
    for (name, text) in pieces {
        fs::write(root.path().join("content").join(name), text).expect("a piece");
    }
    root
}

fn piece(title: &str, front: &str, body: &str) -> String {
    format!("---\ntitle: {title}\n{front}---\n{body}\n")
}

/// Pieces of each story, by its address.
fn stories(site: &Site) -> BTreeMap<String, Vec<String>> {
    let slug = |i: &u32| site.articles[*i as usize].article.slug.clone();
    site.stories.iter().map(|s| (s.path.as_str().to_owned(), s.articles.iter().map(slug).collect())).collect()
}

/// Days of an invented affair: a bridge of Port Ellery, its mayor and its builder.
fn affair(day: u32, title: &str, front: &str) -> (String, String) {
    // Each piece says something of its own, or they would be versions of one.
    let news = match day % 5 {
        0 => {
            "Traffic is sent over the old ford, and the ferry runs every half hour until a second crane arrives."
        }
        1 => {
            "The council divided over the cost; three members walked out before the vote on the loan was taken."
        }
        2 => "Divers photographed the piers at low tide, and a laboratory weighs samples of the mortar.",
        3 => "A fisherman saw gravel fall from the northern arch, and the police closed one lane at dusk.",
        _ => "Masons unloaded limestone at the quay while schoolchildren drew the scaffolding from the bank.",
    };
    let body = format!(
        "PORT ELLERY — {title}. {news} Mayor Ana Velde thanked the engineer Jonas Harrow at the Harrow Bridge."
    );
    (format!("2025-03-{day:02}-{}.md", dateline::path::slugify(title)), piece(title, front, &body))
}

fn named(pieces: &[(String, String)]) -> tempfile::TempDir {
    let pieces: Vec<(&str, String)> =
        pieces.iter().map(|(name, text)| (name.as_str(), text.clone())).collect();
    let root = archive(&pieces);
    let registry = "- {name: Ana Velde, kind: person}\n- {name: Jonas Harrow, kind: person}\n\
                    - {name: Harrow Bridge, kind: place}\n- {name: Port Ellery, kind: place}\n";
    fs::write(root.path().join("content/entities.yaml"), registry).expect("a registry");
    root
}

#[test]
fn a_thread_keeps_its_address_as_it_grows() {
    let titles = ["Cracks found", "Bridge closed", "Builder heard", "Repairs begin", "Council divided"];
    let pieces: Vec<_> = titles.iter().enumerate().map(|(i, t)| affair(3 + 2 * i as u32, t, "")).collect();
    for count in 0..=pieces.len() {
        let site = load(named(&pieces[..count]).path());
        let found = stories(&site);
        if count < 3 {
            assert!(found.is_empty(), "{count}: {found:?}");
            continue;
        }
        let thread = &found["/stories/2025-03-03-cracks-found/"];
        assert_eq!((found.len(), thread.len()), (1, count), "{found:?}");
        assert!(site.stories[0].found);
        assert_eq!(site.stories[0].story.title, load(named(&pieces[..3]).path()).stories[0].story.title);
    }
}

#[test]
fn the_editor_wins() {
    let titles = ["Cracks found", "Bridge closed", "Builder heard", "Repairs begin"];
    let front = |i: usize| if i == 1 { "story: harbour\n" } else { "" };
    let pieces: Vec<_> =
        titles.iter().enumerate().map(|(i, t)| affair(3 + 2 * i as u32, t, front(i))).collect();
    let found = stories(&load(named(&pieces).path()));
    assert_eq!(found["/stories/harbour/"], ["bridge-closed"]);
    assert_eq!(
        found["/stories/2025-03-03-cracks-found/"],
        ["cracks-found", "builder-heard", "repairs-begin"]
    );
}

#[test]
fn threads_end_in_silence() {
    let mut pieces: Vec<_> = ["Cracks found", "Bridge closed", "Builder heard"]
        .iter()
        .zip(3..)
        .map(|(t, d)| affair(d, t, ""))
        .collect();
    let (_, late) = affair(9, "A look back", "");
    pieces.push(("2025-09-09-a-look-back.md".to_owned(), late));
    assert_eq!(stories(&load(named(&pieces).path()))["/stories/2025-03-03-cracks-found/"].len(), 3);
}

const WIRE: &str = "PORT ELLERY — A ferry with 140 people on board ran aground off Port Ellery on Friday night, the coast guard \
    said. Two tugs stood by while boats took off the passengers, most of them pupils on their way home from a sports meeting. \
    The ferry had left the outer harbour an hour late because of fog. Its captain reported a failure of the rudder shortly \
    before eleven. By midnight the last of the passengers had been brought ashore and taken to the town hall, where the \
    mayor and volunteers waited with blankets and soup. The owners of the ship said that it had been inspected in May.";

#[test]
fn versions_of_a_wire_story_are_found_and_compared() {
    let later = WIRE.replace("140 people", "152 people").replace(
        "The owners of the ship",
        "“We heard a bang and then everything stood still,” said a teacher who was on board. The owners of the ship",
    );
    let other = "PORT ELLERY — The council voted on Friday to raise the fees of the outer harbour by a tenth from next year. \
        Fishermen protested before the town hall. The mayor said that the new quay had to be paid for, and that the fees had \
        not been changed for nine years. The vote was eleven to eight, with two members of the majority against it.";
    let root = archive(&[
        ("2025-03-07-ferry.md", piece("Ferry aground", "source: Alpha Wire\n", WIRE)),
        ("2025-03-08-ferry-again.md", piece("Ferry aground, all safe", "source: Beta Press\n", &later)),
        ("2025-03-08-fees.md", piece("Fees raised", "source: Beta Press\n", other)),
    ]);
    let site = load(root.path());
    let slugs: Vec<Vec<&str>> = site
        .versions
        .iter()
        .map(|group| group.iter().map(|a| site.articles[*a as usize].article.slug.as_str()).collect())
        .collect();
    assert_eq!(slugs, [["ferry", "ferry-again"]]);
    let now = "2026-01-01T00:00:00Z".parse().expect("a time");
    let built = pipeline::load(&Options::new(root.path(), now), &Silent, Memo::default()).expect("a site");
    let page = |path: &str| {
        let page = built.site.pages.iter().find(|p| p.path.as_str() == path).expect(path);
        String::from_utf8(pipeline::render(&built, page).expect("a page")).expect("UTF-8")
    };
    let new = page("/2025/03/08/ferry-again/");
    assert!(new.contains("<ins>“We heard a bang and then everything stood still,” said a teacher"), "{new}");
    assert!(
        new.contains("<del>A ferry with 140 people") || new.contains("140 people on board ran aground"),
        "{new}"
    );
    assert!(new.contains("Alpha Wire"), "{new}");
    assert!(page("/2025/03/07/ferry/").contains("There is a later version of this piece:"));
    assert!(!page("/2025/03/08/fees/").contains("class=\"versions\""));
    assert!(page("/2025/03/08/").contains("Also carried by"));
}

/// The demo's own `story` keys as the measure: of two pieces of one thread, how often did editors put both into one story?
#[test]
fn threads_follow_the_stories_of_editors() {
    let demo = Path::new(env!("CARGO_MANIFEST_DIR"));
    let root = tempfile::tempdir().expect("a folder");
    let mut story_of: BTreeMap<String, String> = BTreeMap::new();
    fs::copy(demo.join("dateline.yaml"), root.path().join("dateline.yaml")).expect("settings");
    for entry in walkdir::WalkDir::new(demo.join("content")).into_iter().map(|e| e.expect("an entry")) {
        let below = entry.path().strip_prefix(demo).expect("below the demo");
        if below.starts_with("content/stories") {
            continue;
        }
        let to = root.path().join(below);
        if entry.file_type().is_dir() {
            fs::create_dir_all(to).expect("a folder");
            continue;
        }
        let bytes = fs::read(entry.path()).expect("a file");
        let Ok(text) = String::from_utf8(bytes.clone()) else {
            fs::write(to, bytes).expect("a file");
            continue;
        };
        let kept: Vec<&str> = text.lines().filter(|line| !line.starts_with("story: ")).collect();
        if let Some(story) = text.lines().find_map(|line| line.strip_prefix("story: ")) {
            story_of.insert(below.to_string_lossy().replace('\\', "/"), story.trim().to_owned());
        }
        fs::write(to, kept.join("\n") + "\n").expect("a file");
    }
    let site = load(root.path());
    let story = |a: &u32| story_of.get(site.articles[*a as usize].article.path.as_str());
    let (mut same, mut other, mut pieces) = (0, 0, 0);
    for thread in &site.stories {
        pieces += thread.articles.len();
        for (i, a) in thread.articles.iter().enumerate() {
            for b in &thread.articles[i + 1..] {
                if let (Some(a), Some(b)) = (story(a), story(b)) {
                    if a == b { same += 1 } else { other += 1 }
                }
            }
        }
    }
    let threads = site.stories.len();
    println!("{threads} threads of {pieces} pieces; pairs within one story {same}, across two {other}");
    assert!(threads >= 12 && pieces >= 45, "{threads} threads of {pieces} pieces");
    // Most pairs across two lie in chapters of one history: Kohl's ten points follow the opening of the Wall.
    assert!(same >= 60 && 2 * same >= 5 * other, "pairs within one story {same}, across two {other}");
}

//! What is kept of annotations from run to run is what a run from nothing finds, whatever names and settings change; and
//! of the articles that a change cannot touch none is annotated anew.

#![expect(clippy::disallowed_methods, reason = "tests make and look at folders of their own")]

use std::{fs, path::Path, sync::atomic::AtomicUsize, sync::atomic::Ordering};

use dateline::pipeline::{self, Built, Changes, Memo, Options, Progress, Silent};
use jiff::Timestamp;

/// Texts in which names stand in full, in short, otherwise spelt, with hyphens and in the eastern order.
const TEXTS: [&str; 8] = [
    "Foreign Minister Sergey Lavrov said on Monday that talks would go on. Lavrov spoke in Oslo beside Ana Velde, 34.",
    "President Sergei Lavrov of the Chess Union met Jean-Paul Levi-Strauss in Lyon. Levi-Strauss said he was pleased.",
    "Kim Jong-un met Ri Yong Ho in Pyongyang on Tuesday. Kim said the talks were good. The Blue Line closed.",
    "Velde said on Friday that Washington and Port Ellery would sign. The mayor of Port Ellery, Jon Dale, agreed.",
    "Jandor said the harbour would open. Harbour Master Nilo Jandor has run it since May. Mr. Jandor smiled.",
    "The board of the Ellery Bridge Trust met in Washington. A spokesman for the Trust said Dale had left.",
    "Georgia beat Norway in Tbilisi. In Atlanta, Georgia, nobody watched. Paris Hilton was in Paris, Texas.",
    "Officials said on Thursday that the vote was off. Prince William Sound froze over. Chad Mercer and Chad agreed. Prime Minister Velde and Vice-President Lavrov denied it.",
];

/// Numbers that look random and are the same in every run (Marsaglia, xorshift, 2003).
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % end as u64) as usize
    }
}

const NAMES: [&str; 8] = [
    "Sergey Lavrov",
    "Ana Lavrov",
    "Ana Velde",
    "Jean Paul Levi Strauss",
    "Kim Jong Un",
    "Nilo Jandor",
    "Ellery Bridge Trust",
    "Port Ellery",
];
const ALIASES: [&str; 12] = [
    "Lavrov",
    "Sergej Lavrov",
    "Sergei V. Lavrov",
    "Velde",
    "Levi-Strauss",
    "Jean-Paul Strauss",
    "Kim Jong-un",
    "Jandor",
    "Harbour Master Jandor",
    "Trust",
    "Ellery",
    "Quillwort",
];

/// What may be said of somebody; nothing at first.
const DESCRIPTIONS: [&str; 5] =
    ["", "Foreign minister", "President and beekeeper", "Premier of Ellery", "Harbour master, former mayor"];

/// An entry of the registry: its name, kind, aliases and description.
struct Entry(&'static str, &'static str, Vec<&'static str>, &'static str);

/// Takes one alias in or out, mostly; else an entry, its kind or its description.
fn step(entries: &mut Vec<Entry>, dice: &mut Dice) {
    let name = NAMES[dice.below(NAMES.len())];
    let what = dice.below(8);
    let Some(at) = entries.iter().position(|entry| entry.0 == name) else {
        let kind = ["person", "person", "organization", "place", "work"][dice.below(5)];
        entries.push(Entry(name, kind, Vec::new(), ""));
        return;
    };
    match what {
        0 => drop(entries.remove(at)),
        1 | 2 => entries[at].3 = DESCRIPTIONS[dice.below(DESCRIPTIONS.len())],
        _ => {
            let (aliases, alias) = (&mut entries[at].2, ALIASES[dice.below(ALIASES.len())]);
            match aliases.iter().position(|known| *known == alias) {
                Some(known) => drop(aliases.remove(known)),
                None => aliases.push(alias),
            }
        }
    }
}

fn registry(entries: &[Entry]) -> String {
    let entry = |Entry(name, kind, aliases, described): &Entry| {
        let (id, aliases) = (name.to_lowercase().replace(' ', "-"), aliases.join(", "));
        let described =
            if described.is_empty() { String::new() } else { format!("  description: {described}\n") };
        format!("- id: {id}\n  name: {name}\n  kind: {kind}\n  aliases: [{aliases}]\n{described}")
    };
    if entries.is_empty() { "[]\n".to_owned() } else { entries.iter().map(entry).collect() }
}

/// Settings of which one changes at a step.
const SETTINGS: [(&str, &[&str]); 8] = [
    ("threshold", &["70", "40", "62", "80", "85", "90", "95", "96", "100", "0"]),
    ("link", &["first", "all"]),
    ("kinds", &["[person, organization, place, event, work, law]", "[person]"]),
    ("never", &["[]", "[Lavrov, the blue line]", "[Jandor]", "[Washington, Dale]"]),
    ("builtin", &["true", "false"]),
    ("provisional", &["true", "false"]),
    ("topics", &["5", "1", "0"]),
    (
        "sections",
        &[
            "{}",
            "{ a: { threshold: 90 } }",
            "{ a: { threshold: 60, never: [Velde] } }",
            "{ b: { never: [Kim] } }",
        ],
    ),
];

fn settings(chosen: &[usize; 8]) -> String {
    let lines =
        SETTINGS.iter().zip(chosen).map(|((name, values), at)| format!("  {name}: {}\n", values[*at]));
    format!("title: T\nbase_url: https://example.org/\nannotate:\n{}", lines.collect::<String>())
}

fn put(dir: &Path, name: &str, text: &str) {
    let path = dir.join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// Puts piece `i` with this of the texts; every third has a mark that names somebody by an id.
fn piece(dir: &Path, i: usize, text: usize) {
    let (section, text) = (["a", "b"][i % 2], TEXTS[text]);
    let mark = if i.is_multiple_of(3) {
        " The [[nilo-jandor|harbour man]] and [[Port Ellery|the port]] agreed."
    } else {
        ""
    };
    let text = format!("---\ntitle: News of {i}\ndate: 2025-07-0{}\n---\n{text}{mark}\n", i + 1);
    put(dir, &format!("content/{section}/piece-{i}.md"), &text);
}

fn site() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    put(dir.path(), "dateline.yaml", "title: T\nbase_url: https://example.org/\n");
    for i in 0..TEXTS.len() {
        piece(dir.path(), i, i);
    }
    dir
}

/// How many articles were looked at.
#[derive(Default)]
struct Looked(AtomicUsize);

impl Progress for Looked {
    fn step(&self, name: &'static str, total: usize) {
        if name == "Annotating" {
            self.0.fetch_add(total, Ordering::Relaxed);
        }
    }

    fn tick(&self) {}
}

fn options(dir: &Path) -> Options {
    Options { no_search: true, ..Options::new(dir, "2026-01-01T00:00:00Z".parse::<Timestamp>().unwrap()) }
}

fn same(kept: &Built, fresh: &Built, step: &str) {
    for (kept, fresh) in kept.site.articles.iter().zip(&fresh.site.articles) {
        assert_eq!(kept.annotation, fresh.annotation, "{}: {step}", kept.article.path);
    }
}

#[test]
fn what_is_kept_is_what_a_run_from_nothing_finds() {
    let dir = site();
    let options = options(dir.path());
    let mut memo = Memo::default();
    let mut dice = Dice(0x9E37_79B9_7F4A_7C15);
    let mut chosen = [0; 8];
    let mut entries = Vec::new();
    let looked = Looked::default();
    for turn in 0..120 {
        // Now and then a piece gets the text of another, also together with the registry.
        if dice.below(5) == 0 {
            piece(dir.path(), dice.below(TEXTS.len()), dice.below(TEXTS.len()));
        }
        let text = if dice.below(4) == 0 {
            let which = dice.below(8);
            chosen[which] = dice.below(SETTINGS[which].1.len());
            settings(&chosen)
        } else {
            step(&mut entries, &mut dice);
            registry(&entries)
        };
        let file = if text.starts_with("title") { "dateline.yaml" } else { "content/entities.yaml" };
        put(dir.path(), file, &text);
        let kept = pipeline::reload(&options, &Changes::Everything, &looked, &mut memo).unwrap();
        let fresh = pipeline::load(&options, &Silent, Memo::default()).unwrap();
        same(&kept, &fresh, &format!("step {turn}, {file}:\n{text}"));
    }
    let looked = looked.0.into_inner();
    assert!(looked < 120 * TEXTS.len() / 2, "{looked} articles looked at: as good as all");
}

/// A name that stands in no text as it is written, but in another spelling, of a person whom the text reaches already.
#[test]
fn another_spelling_is_found_when_its_name_comes() {
    let dir = site();
    let text =
        "Finance Minister Grigori Talenkin said on Monday that taxes would fall. Talenkin spoke in Oslo.";
    put(dir.path(), "content/a/last.md", &format!("---\ntitle: Taxes\ndate: 2025-07-20\n---\n{text}\n"));
    let options = options(dir.path());
    let mut memo = Memo::default();
    let mut linked = Vec::new();
    let ana = "- name: Ana Talenkin\n  kind: person\n  description: Finance minister\n";
    let other = "- name: Ana Velde\n  kind: person\n  description: Finance minister\n";
    let new = "- name: Grigory Talenkin\n  kind: person\n";
    for registry in [
        ana.to_owned(),
        format!("{ana}  aliases: [Grigory Talenkin]\n"),
        ana.to_owned(),
        format!("{ana}{new}"),
        other.to_owned(),
        format!("{other}  aliases: [Grigory Talenkin]\n"),
        format!("{other}{new}"),
    ] {
        put(dir.path(), "content/entities.yaml", &registry);
        let kept = pipeline::reload(&options, &Changes::Everything, &Silent, &mut memo).unwrap();
        same(&kept, &pipeline::load(&options, &Silent, Memo::default()).unwrap(), &registry);
        let first = &kept.site.articles[0].annotation.mentions[0];
        linked.push(first.entity.as_ref().map(ToString::to_string).unwrap_or_default());
    }
    let (none, known) = ("grigori-talenkin", "grigory-talenkin");
    assert_eq!(linked, [none, "ana-talenkin", none, known, none, "ana-velde", known]);
}

/// However a text and a description write a post, what depends on it is found anew.
#[test]
fn a_post_is_found_when_it_is_said_of_somebody() {
    let dir = tempfile::tempdir().unwrap();
    let posts = [
        ("Prime Minister", "Premier of Ellery"),
        ("Premier", "Prime minister of Ellery"),
        ("Vice-President", "Vice president"),
        ("Sen.", "Senator for Ellery"),
        ("Gov.", "Governor"),
        ("Defence Minister", "Minister of defense"),
        ("Foreign Minister", "Minister for external affairs"),
    ];
    for (i, (post, _)) in posts.iter().enumerate() {
        let text =
            format!("{post} Talenkin said on Monday that taxes would fall. {post} Talenkin spoke in Oslo.");
        put(
            dir.path(),
            &format!("content/piece-{i}.md"),
            &format!("---\ntitle: T\ndate: 2025-07-0{}\n---\n{text}\n", i + 1),
        );
    }
    put(dir.path(), "dateline.yaml", "title: T\nbase_url: https://example.org/\n");
    let options = options(dir.path());
    let mut memo = Memo::default();
    let named = "- {name: Ana Talenkin, kind: person}\n- name: Boris Talenkin\n  kind: person\n";
    let mut without = Vec::new();
    for description in [""].into_iter().chain(posts.map(|(_, said)| said)) {
        put(dir.path(), "content/entities.yaml", &format!("{named}  description: \"{description}\"\n"));
        let looked = Looked::default();
        let kept = pipeline::reload(&options, &Changes::Everything, &looked, &mut memo).unwrap();
        same(&kept, &pipeline::load(&options, &Silent, Memo::default()).unwrap(), description);
        let found: Vec<_> = kept.site.articles.iter().rev().map(|entry| entry.annotation.clone()).collect();
        if description.is_empty() {
            without = found;
            continue;
        }
        let other = |(i, _): &(usize, _)| found[*i] != without[*i];
        let moved: Vec<&str> = posts.iter().enumerate().filter(other).map(|(_, (_, said))| *said).collect();
        assert!(moved.contains(&description), "{description} matters to {moved:?}");
        assert!(looked.0.into_inner() < posts.len(), "{description}");
    }
}

/// Which pieces an edit annotates anew.
#[test]
fn only_what_a_change_can_touch_is_annotated_anew() {
    let dir = site();
    let options = options(dir.path());
    let mut memo = Memo::default();
    let entry = |name: &str, kind: &str, aliases: &str| {
        format!("- name: {name}\n  kind: {kind}\n  aliases: [{aliases}]\n")
    };
    let base = |of_jandor: &str, of_trust: &str| {
        entry("Nilo Jandor", "person", of_jandor) + &entry("Ellery Bridge Trust", "organization", of_trust)
    };
    let mut run = |registry: &str, settings: &str| -> (Vec<String>, usize) {
        put(dir.path(), "content/entities.yaml", registry);
        put(
            dir.path(),
            "dateline.yaml",
            &format!("title: T\nbase_url: https://example.org/\nannotate:\n{settings}"),
        );
        let looked = Looked::default();
        let built = pipeline::reload(&options, &Changes::Everything, &looked, &mut memo).unwrap();
        let name =
            |path: &str| path.trim_end_matches(".md").rsplit('-').next().unwrap_or_default().to_owned();
        let annotated = built.annotated.iter().map(|rebuilt| name(rebuilt.path.as_str()));
        (annotated.collect(), looked.0.into_inner())
    };
    assert_eq!(run(&base("", ""), "  threshold: 70\n").0.len(), 8);
    let nobody: [&str; 0] = [];
    for (registry, settings, expect) in [
        // Aliases that stand nowhere; one that stands in one text; one of a person's other names, whose words stand in none.
        (base("Quillwort", "Quillwort Trustees"), "  threshold: 70\n", vec![]),
        (base("Quillwort", "Blue Line"), "  threshold: 70\n", vec!["2"]),
        (base("Quillwort, Old Seadog", "Blue Line"), "  threshold: 70\n", vec![]),
        // Where his family name stands, a name with one of its words may change who is meant.
        (base("Harbour Master", "Blue Line"), "  threshold: 70\n", vec!["4"]),
        // Settings that annotation does not read, or that no name is touched by.
        (base("Harbour Master", "Blue Line"), "  threshold: 70\n  link: all\n  kinds: [person]\n", vec![]),
        (base("Harbour Master", "Blue Line"), "  threshold: 70\n  never: [nobody here]\n", vec![]),
        (base("Harbour Master", "Blue Line"), "  threshold: 70\n  never: [jandor]\n", vec!["4"]),
        (base("Harbour Master", "Blue Line"), "  threshold: 70\n  topics: 2\n  never: [jandor]\n", vec![]),
        // No confidence lies between the two.
        (base("Harbour Master", "Blue Line"), "  threshold: 71\n  topics: 2\n  never: [jandor]\n", vec![]),
    ] {
        let (mut found, _) = run(&registry, settings);
        found.sort();
        assert_eq!(found, expect, "{registry}{settings}");
    }
    let settings = "  threshold: 71\n  topics: 2\n  never: [jandor]\n";
    let described = |text: &str| {
        let entry = base("Harbour Master", "Blue Line");
        entry.replacen("kind: person\n", &format!("kind: person\n  description: {text}\n"), 1)
    };
    for (registry, annotated, looked) in [
        // What is said of a person matters where his name stands or a mark names him, and only if it is a post of which
        // the text has a word.
        (described("Keeps bees, and sails"), 0, 0),
        (described("Harbour minister"), 1, 1),
        (described("Minister of harbours, and beekeeper"), 0, 0),
        (described("Prime minister, and beekeeper"), 0, 0),
        // The other one reads as before anything was said of him.
        (described("Mayor of the harbour"), 1, 2),
        (described("Harbour minister"), 0, 2),
        // Nobody's text has a word of it.
        (described("Harbour minister") + &entry("Quill Wort", "person", "Q. Wort"), 0, 0),
        (described("Harbour minister"), 0, 0),
        (described("Harbour minister") + &entry("Blue Moon", "work", ""), 0, 0),
        // An entity that takes over what is built in is reached by the names of that.
        (described("Harbour minister") + "- id: norway\n  name: Fjord Kingdom\n  kind: place\n", 1, 1),
    ] {
        let (found, at) = run(&registry, settings);
        assert_eq!((found.len(), at), (annotated, looked), "{registry}");
    }
    let (more, _) =
        run(&base("Harbour Master", "Blue Line"), "  threshold: 96\n  topics: 2\n  never: [jandor]\n");
    assert!(!more.is_empty() && more != nobody, "a threshold that names cross");
}

/// What an earlier build kept on disk tells as well which articles a name can touch.
#[test]
fn what_the_disk_kept_tells_who_is_touched() {
    let dir = site();
    let options = options(dir.path());
    let entry = |aliases: &str| {
        format!("- name: Ellery Bridge Trust\n  kind: organization\n  aliases: [{aliases}]\n")
    };
    put(dir.path(), "content/entities.yaml", &entry(""));
    pipeline::build(&options, false, &Silent).unwrap();
    let mut memo = pipeline::memo(&options);
    for (aliases, expect) in [("", (TEXTS.len(), 0)), ("Blue Line", (1, 1)), ("Blue Line, Quillwort", (0, 0))]
    {
        put(dir.path(), "content/entities.yaml", &entry(aliases));
        let looked = Looked::default();
        let kept = pipeline::reload(&options, &Changes::Everything, &looked, &mut memo).unwrap();
        same(&kept, &pipeline::load(&options, &Silent, Memo::default()).unwrap(), aliases);
        assert_eq!((looked.0.into_inner(), kept.annotated.len()), expect, "{aliases}");
    }
}

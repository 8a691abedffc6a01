//! Laws of the whole line, tried on random input: the same bytes twice, incremental as clean, spans that fit, no panic,
//! no way out of the output folder, no broken link.

#![expect(clippy::disallowed_methods, reason = "tests make and look at folders of their own")]

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use dateline::{
    annotate, check,
    diagnostic::Severity,
    model::{Article, Prose, Span, Speaker, config::Config},
    parse::content::{self, Item},
    path::{SitePath, SourcePath},
    pipeline::{self, Memo, Options, Silent},
};
use jiff::tz::TimeZone;
use proptest::{
    prelude::{Just, ProptestConfig, Strategy, any, prop},
    prop_assert, prop_assert_eq, prop_oneof, proptest,
};

const NOW: &str = "2025-07-15T12:00:00Z";

const SETTINGS: &str =
    "title: Test\nbase_url: https://example.org/\npaginate_by: 2\nfeeds: {min_articles: 2}\n";

/// Names of the registry, of the built-in knowledge, and new ones; some are prefixes or homonyms of others.
const NAMES: [&str; 12] = [
    "Ana Velde",
    "Velde",
    "Port Ellery",
    "Ellery",
    "the Dock Union",
    "Marco Rubio",
    "ASEAN",
    "Kuala Lumpur",
    "President Orlene Vastrick",
    "Vastrick",
    "Jordan",
    "Georgia",
];

fn sentence() -> impl Strategy<Value = String> {
    let name = || prop::sample::select(NAMES.to_vec());
    let form = prop::sample::select(vec![
        "{a} met {b} on Thursday.",
        "\"We shall see,\" {a} told reporters in {b}.",
        "{a}'s talks with {b} ended.",
        "# {a} and {b}",
        "- {a}\n- {b}",
        "[[{a}]] and [[!{b}]] spoke of `{a}`.",
    ]);
    (form, name(), name()).prop_map(|(form, a, b)| form.replace("{a}", a).replace("{b}", b))
}

fn body() -> impl Strategy<Value = String> {
    prop::collection::vec(sentence(), 1..6).prop_map(|sentences| sentences.join("\n\n"))
}

/// One step of an editor's day.
#[derive(Clone, Debug)]
enum Edit {
    Write {
        slot: u8,
        day: u8,
        topic: Option<u8>,
        draft: bool,
        body: String,
    },
    Delete(u8),
    Rename(u8, u8),
    /// Entries of the registry by their number.
    Registry(Vec<u8>),
    Settings(bool),
}

fn edit() -> impl Strategy<Value = Edit> {
    let slot = || 0..8_u8;
    prop_oneof![
        4 => (slot(), 1..5_u8, prop::option::of(0..3_u8), prop::bool::weighted(0.1), body())
            .prop_map(|(slot, day, topic, draft, body)| Edit::Write { slot, day, topic, draft, body }),
        1 => slot().prop_map(Edit::Delete),
        1 => (slot(), slot()).prop_map(|(from, to)| Edit::Rename(from, to)),
        2 => prop::collection::vec(0..4_u8, 0..4).prop_map(Edit::Registry),
        1 => any::<bool>().prop_map(Edit::Settings),
    ]
}

fn file(slot: u8) -> String {
    // One of them is raw copy, two stand in a section.
    match slot {
        0 => "content/copy.txt".to_owned(),
        1 | 2 => format!("content/world/piece-{slot}.md"),
        _ => format!("content/piece-{slot}.md"),
    }
}

fn put(root: &Path, name: &str, text: &str) {
    let path = root.join(name);
    fs::create_dir_all(path.parent().expect("a folder")).expect("made");
    fs::write(path, text).expect("written");
}

fn apply(root: &Path, edit: &Edit) {
    match edit {
        Edit::Write { slot: 0, day, body, .. } => {
            put(root, &file(0), &format!(" date 2025-07-0{day} TEST / world\n\nCopy of the day\n\n{body}\n"));
        }
        Edit::Write { slot, day, topic, draft, body } => {
            let topic = topic.map_or(String::new(), |t| format!("topics: [Topic {t}]\nstory: story-{t}\n"));
            let head = format!("title: Piece {slot}\ndate: 2025-07-0{day}\ndraft: {draft}\n{topic}");
            put(root, &file(*slot), &format!("---\n{head}---\n\n{body}\n"));
        }
        Edit::Delete(slot) => {
            let _ = fs::remove_file(root.join(file(*slot)));
        }
        Edit::Rename(from, to) if (*from == 0) == (*to == 0) => {
            fs::create_dir_all(root.join("content/world")).expect("made");
            let _ = fs::rename(root.join(file(*from)), root.join(file(*to)));
        }
        Edit::Rename(..) => {}
        Edit::Registry(entries) => {
            let rows = [
                "- {id: ana-velde, name: Ana Velde, kind: person, aliases: [the minister]}\n",
                "- {id: port-ellery, name: Port Ellery, kind: place}\n",
                "- {id: ellery, name: Ellery, kind: person}\n",
                "- {id: rubio, name: Marco Rubio, kind: person, description: Another one}\n",
            ];
            let unique: std::collections::BTreeSet<u8> = entries.iter().copied().collect();
            let text: String = unique.iter().map(|i| rows[*i as usize]).collect();
            put(root, "content/entities.yaml", &text);
        }
        Edit::Settings(all) => {
            let link = if *all { "annotate: {link: all}\n" } else { "" };
            put(root, "dateline.yaml", &format!("{SETTINGS}{link}"));
        }
    }
}

fn options(root: &Path) -> Options {
    Options::new(root, NOW.parse().expect("a timestamp"))
}

fn tree(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let walk = walkdir::WalkDir::new(folder).into_iter().filter_map(Result::ok);
    walk.filter(|e| e.file_type().is_file())
        .map(|e| {
            (e.path().strip_prefix(folder).expect("below").to_owned(), fs::read(e.path()).expect("read"))
        })
        .collect()
}

/// Builds into a folder; the output.
fn build(root: &Path, output: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let options = Options { output_dir: Some(output.to_owned()), ..options(root) };
    match pipeline::build(&options, false, &Silent) {
        Ok(_) => tree(output),
        Err(pipeline::Error::Content(faults)) => panic!("{faults:?}"),
        Err(error) => panic!("{error}"),
    }
}

fn desk() -> tempfile::TempDir {
    let root = tempfile::tempdir().expect("a temporary folder");
    put(root.path(), "dateline.yaml", SETTINGS);
    put(
        root.path(),
        "content/piece-7.md",
        "---\ntitle: Piece 7\ndate: 2025-07-01\n---\nAna Velde met ASEAN.\n",
    );
    root
}

/// Everything that the annotator says lies inside the text, on the boundaries of characters.
fn spans(article: &Article, annotation: &dateline::model::Annotation) -> Result<(), String> {
    let prose: &Prose = &article.prose;
    let fits = |what: &str, span: Span| match prose.text.get(span.range()) {
        Some(_) => Ok(()),
        None => Err(format!("{what} {span:?} in {} bytes", prose.text.len())),
    };
    let mut last = 0;
    for mention in &annotation.mentions {
        fits("mention", mention.span)?;
        fits("sentence", mention.sentence)?;
        mention.role.map_or(Ok(()), |span| fits("role", span))?;
        if mention.span.start < last || mention.span.is_empty() {
            return Err(format!("mention {:?} overlaps or is empty", mention.span));
        }
        last = mention.span.end;
    }
    for quote in &annotation.quotes {
        fits("quote", quote.span)?;
        quote.verb.map_or(Ok(()), |span| fits("verb", span))?;
        match &quote.speaker {
            Speaker::Entity { span, .. } | Speaker::Described { span } => fits("speaker", *span)?,
            Speaker::Unknown => {}
        }
    }
    for date in &annotation.dates {
        fits("date", date.span)?;
    }
    for span in annotation.key_sentences.iter().chain(annotation.roles.iter().map(|role| &role.sentence)) {
        fits("sentence", *span)?;
    }
    for block in &prose.blocks {
        fits("block", block.span)?;
    }
    Ok(())
}

/// Text as it may come: names, marks of Markdown, letters of many scripts, parts of tags and of YAML.
fn text() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        4 => sentence(),
        2 => "\\PC{0,12}",
        1 => prop::sample::select(vec![
            "\r\n", "\n\n", "[[", "]]", "|", "<b>", "</p>", "<script>", "&amp;", "\u{301}", "😀", "»", "“", "```\n", "> ",
            "[^1]", "[^1]: ", "| a | b |\n|---|---|\n", "[!NOTE]", "https://", "![", "](", "{{", "\u{202e}", "\u{feff}",
        ])
        .prop_map(str::to_owned),
    ];
    prop::collection::vec(part, 0..12).prop_map(|parts| parts.join(" "))
}

fn read(name: &str, bytes: &[u8]) -> Item {
    content::file(&SourcePath::new(name), bytes, &TimeZone::UTC).0
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 6, max_shrink_iters: 60, ..ProptestConfig::default() })]

    #[test]
    fn incremental_is_clean(days in prop::collection::vec(prop::collection::vec(edit(), 1..4), 1..5)) {
        let root = desk();
        let (output, clean) = (root.path().join("public"), root.path().join("clean"));
        // The memo in memory, as the preview server keeps it, goes along.
        let mut memo = Memo::default();
        for edits in days {
            edits.iter().for_each(|edit| apply(root.path(), edit));
            let incremental = build(root.path(), &output);
            let _ = fs::remove_dir_all(root.path().join(".dateline"));
            let _ = fs::remove_dir_all(&clean);
            let expect = build(root.path(), &clean);
            prop_assert_eq!(incremental.keys().collect::<Vec<_>>(), expect.keys().collect::<Vec<_>>());
            for (name, bytes) in &expect {
                prop_assert!(incremental.get(name) == Some(bytes), "{} differs", name.display());
            }
            let built = pipeline::load(&options(root.path()), &Silent, memo).expect("it was built just now");
            for page in built.site.pages.iter() {
                let bytes = pipeline::render(&built, page).expect("it was rendered just now");
                prop_assert!(expect.get(Path::new(&page.path.file())) == Some(&bytes), "{} differs", page.path);
            }
            memo = built.memo;
        }
    }

    #[test]
    fn links_resolve_under_any_base_path(
        base in prop_oneof![
            Just("https://example.org".to_owned()),
            Just("/".to_owned()),
            "https://[a-z]{1,8}\\.example(:8[0-9]{3})?(/[a-z0-9~._-]{1,6}){0,3}/?",
            Just("https://example.org/größe/ä b/".to_owned()),
        ],
        edits in prop::collection::vec(edit(), 3..8),
    ) {
        let root = desk();
        edits.iter().for_each(|edit| apply(root.path(), edit));
        let options = Options { base_url: Some(base.clone()), ..options(root.path()) };
        let built = pipeline::load(&options, &Silent, Memo::default()).expect("it loads");
        let faults = check::check(root.path(), &built.site, &built.renderer, &built.files, &built.diagnostics);
        let broken: Vec<_> = faults.iter().filter(|d| d.severity == Severity::Error).collect();
        prop_assert!(broken.is_empty(), "{}: {:?}", base, broken);
        let prefix = &built.site.urls.base_path;
        for page in built.site.pages.iter() {
            let html = String::from_utf8(pipeline::render(&built, page).expect("it was checked")).expect("UTF-8");
            for attribute in [" href=\"/", " src=\"/", "url=/"] {
                for (at, _) in html.match_indices(attribute) {
                    let address = &html[at + attribute.len() - 1..];
                    let mut encoded = String::new();
                    dateline::path::encode(prefix, &mut encoded);
                    prop_assert!(
                        address.starts_with(&encoded) || address.starts_with(prefix.as_str()),
                        "{} under {}", address.chars().take(60).collect::<String>(), prefix
                    );
                }
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 160, ..ProptestConfig::default() })]

    #[test]
    fn spans_lie_inside_the_text(text in text(), markdown in any::<bool>()) {
        let (name, text) = match markdown {
            true => ("content/a.md", format!("---\ntitle: A\ndate: 2025-07-01\n---\n{text}")),
            false => ("content/a.txt", text),
        };
        let Item::Article(article) = read(name, text.as_bytes()) else { panic!("no article") };
        let lexicon = annotate::lexicon(&[], &[], &Config::default().annotate, "en");
        let annotate = || annotate::annotate(&article, &lexicon, annotate::prepare(&article, &lexicon));
        let annotation = annotate();
        prop_assert_eq!(spans(&article, &annotation), Ok(()));
        // Places are counted in the text as it was decoded, without a byte order mark.
        let source = dateline::parse::decode::decode(text.as_bytes()).text;
        for segment in &article.prose.segments {
            prop_assert!(article.prose.text.get(segment.text.range()).is_some());
            prop_assert!(source.is_char_boundary(segment.source as usize), "{segment:?}");
        }
        prop_assert_eq!(annotate(), annotation);
    }

    #[test]
    fn a_site_path_stays_inside(path in "\\PC*|([./\\\\:]|[a-z]){0,20}|\\.\\./.*") {
        let site = SitePath::new(&path);
        let file = site.file();
        prop_assert!(!file.starts_with('/') && !file.contains('\\'), "{}", file);
        prop_assert!(!file.split('/').any(|part| matches!(part, "" | "." | "..")), "{}", file);
        prop_assert_eq!(SitePath::new(site.as_str()), site.clone());
        prop_assert!(site.join(&path).as_str().starts_with(site.as_str().trim_end_matches('/')));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 24, max_shrink_iters: 100, ..ProptestConfig::default() })]

    /// Whatever stands in a file, the line comes to its end, and twice to the same.
    #[test]
    fn no_bytes_make_it_panic(
        bytes in prop_oneof![
            prop::collection::vec(any::<u8>(), 0..200),
            text().prop_map(String::into_bytes),
            "---\n([a-z_]{1,9}: ?[\\PC]{0,9}\n){0,6}---\n\\PC{0,40}".prop_map(String::into_bytes),
        ],
        at in prop::sample::select(vec![
            "content/2025-07-01-a.md", "content/2025-07-01-a.txt", "content/world/_index.md", "content/entities.yaml",
            "content/entities/a.md", "content/topics.yaml", "content/stories/a.md", "content/pages/a.md", "dateline.yaml",
            "templates/article.html", "content/2025-07-01-b/index.md",
        ]),
    ) {
        let root = desk();
        let path = root.path().join(at);
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(path, bytes).expect("written");
        let run = || match pipeline::load(&options(root.path()), &Silent, Memo::default()) {
            Ok(built) => {
                let pages: Vec<_> = built.site.pages.iter().map(|page| pipeline::render(&built, page)).collect();
                let faults = check::check(root.path(), &built.site, &built.renderer, &built.files, &built.diagnostics);
                Ok((pages, faults))
            }
            Err(error) => Err(error.to_string()),
        };
        prop_assert!(run() == run());
    }
}

/// Marks around nothing, in the midst of a word: found by the law above, kept as it was.
#[test]
fn marks_around_nothing_mention_nobody() {
    for text in ["a[[x|]]b Kim", "[[x| ]]", "Kim [[|]] Lee[[y|]]"] {
        for (name, text) in [
            ("content/a.md", format!("---\ntitle: A\ndate: 2025-07-01\n---\n{text}")),
            ("content/a.txt", text.to_owned()),
        ] {
            let Item::Article(article) = read(name, text.as_bytes()) else { panic!("no article") };
            let lexicon = annotate::lexicon(&[], &[], &Config::default().annotate, "en");
            let prepared = annotate::prepare(&article, &lexicon);
            let annotation = annotate::annotate(&article, &lexicon, prepared);
            assert_eq!(spans(&article, &annotation), Ok(()), "{name}: {text}");
        }
    }
}

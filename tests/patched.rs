//! An archive and a thousand small edits, pieces that come and pieces that go enter; after each, the site that starts from the last one must be the site that is
//! put together from nothing.

use std::sync::Arc;

use dateline::{
    annotate::{self, lexicon::Lexicon},
    assemble::{self, Memory, When},
    diagnostic::Diagnostic,
    model::{
        Annotation, Article,
        config::Config,
        decision::NAMES,
        site::{Content, Site},
    },
    parse::{
        content::{self, Item},
        decisions::decisions,
    },
    path::SourcePath,
};
use jiff::{ToSpan, civil::Date, tz::TimeZone};

const SENTENCES: [&str; 22] = [
    "President Orlene Vastrick met Ana Velde in Kuala Lumpur on Thursday.",
    "Vastrick said the talks had been useful.",
    "\"We shall see,\" Ana Velde told reporters. \"We have time.\"",
    "\"It is over,\" said Foreign Minister Tomas Quillfeather.",
    "Quillfeather flew to Jordan the next day.",
    "Jordan and Egypt signed a trade agreement on tariffs.",
    "The Dock Union called a strike at Port Ellery over wages.",
    "Workers at Port Ellery had struck in March 2024 as well.",
    "Velde spoke of a ceasefire and of peace talks.",
    "The World Health Organization (WHO) sent doctors to Port Ellery.",
    "The WHO said on 3 July that the outbreak was over.",
    "Shares of the Ellery Bank fell by 3 percent on Monday.",
    "Tomas Quilfeather, the foreign minister, denied it.",
    "Orlene Vastrick arrived late.",
    "Marta Linde won the 10,000 metres.",
    "Linde had fallen in the heats.",
    "Nobody spoke.",
    "The weather was fine.",
    "Russian officials said nothing.",
    "The court in The Hague heard the case of Egypt against Jordan.",
    "ASEAN ministers met in Kuala Lumpur, and ASEAN issued a statement.",
    "A spokesman for the Dock Union, Piet Harmsen, said \"no\".",
];

/// What a piece may be filed under instead.
const HEADS: [&str; 21] = [
    "topics: [tariff]",
    "topics: [Nobodys topic, strike]",
    "topics: [Nobodys topic]",
    "topics: [agreements, Nobodys Topic]",
    "topics: [defendant, music theatre]",
    "source: Agency",
    "source: Wire",
    "section: world",
    "section: local",
    "authors: [B. Writer, A. Writer]",
    "date: 2025-07-05",
    "date: 2025-07-02",
    "date: 2025-07-09T08:00:00Z",
    "story: the-strike",
    "story: Another story",
    "entities: [ana-velde, Kuala Lumpur]",
    "entities: [Nobody At All]",
    "entities: [Nobody At Alx]",
    "translation_key: same",
    "slug: renamed",
    "aliases: [/old/address/]",
];

/// What editors may decide, about an article or about a name wherever it stands.
const DECISIONS: [&str; 6] = [
    "- {quote: Jordan, every: true, decision: reject}\n",
    "- {quote: Vastrick, every: true, entity: ana-velde}\n- {quote: Port Ellery, every: true, decision: reject}\n",
    "- {quote: Egypt, every: true, decision: accept}\n",
    "- {quote: Nobody, every: true, decision: reject}\n",
    "- {quote: Orlene Vastrick, every: true, new: {id: vastrick, name: O. Vastrick, kind: person}}\n",
    "- {quote: Tomas Quillfeather, every: true, entity: vastrick}\n",
];

const REGISTRY: &str = "- {id: ana-velde, name: Ana Velde, kind: person, aliases: [Velde]}\n\
                        - {id: port-ellery, name: Port Ellery, kind: place}\n";

/// Numbers that are the same in every run (xorshift).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 16) as usize % below
    }
}

/// An article as its file says it.
#[derive(Clone)]
struct Piece {
    number: usize,
    day: Date,
    title: usize,
    head: String,
    body: Vec<usize>,
}

impl Piece {
    fn random(number: usize, day: Date, dice: &mut Dice) -> Piece {
        let mut head = format!("date: {day}\n");
        match dice.roll(8) {
            0 => head.push_str("topics: [tariff]\n"),
            1 => head.push_str("story: the-strike\n"),
            2 => head.push_str("entities: [ana-velde, Egypt]\n"),
            3 => head.push_str("source: Agency\nauthors: [A. Writer]\n"),
            4 => head.push_str("section: world\nentities: [Nobody At All]\n"),
            5 => head.push_str("draft: true\n"),
            _ => {}
        }
        let body = (0..2 + dice.roll(6)).map(|_| dice.roll(SENTENCES.len())).collect();
        Piece { number, day, title: 0, head, body }
    }

    /// A small edit; now and then one that files the piece elsewhere.
    fn edit(&mut self, dice: &mut Dice) {
        let any = dice.roll(SENTENCES.len());
        let at = dice.roll(self.body.len().max(1));
        match dice.roll(16) {
            0..=4 => self.body.push(any),
            5 | 6 if self.body.len() > 1 => drop(self.body.remove(at)),
            7 | 8 => self.body.insert(at, any),
            9 => self.title += 1,
            10 => self.head.push_str(&format!("weight: {}\n", dice.roll(3))),
            11 if dice.roll(2) == 0 => self.head = Piece::random(self.number, self.day, dice).head,
            11 => self.refile(dice),
            12 if !self.head.contains("key_points") => self.head.push_str("key_points: [One, Two]\n"),
            13 | 14 => self.refile(dice),
            _ => self.body.rotate_left(at),
        }
        // A key stands once only.
        if self.head.matches("weight:").count() > 1 {
            let first = self.head.find("weight:").expect("counted");
            let end = first + self.head[first..].find('\n').expect("a line") + 1;
            self.head.replace_range(first..end, "");
        }
    }

    /// Files the piece otherwise.
    fn refile(&mut self, dice: &mut Dice) {
        let new = HEADS[dice.roll(HEADS.len())];
        let new = &match new.split_once(':') {
            // Addresses of their own.
            Some(("slug", _)) => format!("{new}-{}", self.number),
            Some(("aliases", _)) => new.replace("address", &format!("address-{}", self.number)),
            _ => new.to_owned(),
        };
        let key = &new[..new.find(':').expect("a key")];
        self.head =
            self.head.lines().filter(|line| !line.starts_with(key)).map(|line| format!("{line}\n")).collect();
        if dice.roll(3) > 0 {
            self.head.push_str(&format!("{new}\n"));
        }
    }

    fn article(&self) -> Arc<Article> {
        let text: Vec<&str> = self.body.iter().map(|i| SENTENCES[*i]).collect();
        let title = format!("Piece {} for the {} time", self.number, self.title);
        let source = format!("---\ntitle: {title}\n{}---\n\n{}\n", self.head, text.join("\n\n"));
        let path = SourcePath::new(&format!("content/piece-{:03}.md", self.number));
        match content::file(&path, source.as_bytes(), &TimeZone::UTC).0 {
            Item::Article(article) => article,
            _ => panic!("no article: {source}"),
        }
    }
}

struct Desk {
    config: Arc<Config>,
    lexicon: Lexicon,
    content: Content,
    annotations: Vec<Arc<Annotation>>,
}

impl Desk {
    fn new(pieces: &[Piece], og_images: bool) -> Desk {
        let registry =
            content::file(&SourcePath::new("content/entities.yaml"), REGISTRY.as_bytes(), &TimeZone::UTC).0;
        let articles = pieces.iter().map(|piece| Item::Article(piece.article()));
        let items: Vec<Item> = articles.chain([registry]).collect();
        let (content, _) = content::collect(items.iter());
        let config = Config { base_url: "https://example.org/".into(), og_images, ..Config::default() };
        let lexicon = annotate::lexicon(&content.entities, &[], &config.annotate, "en");
        let mut desk = Desk { config: Arc::new(config), lexicon, content, annotations: Vec::new() };
        desk.annotations = desk.content.articles.iter().map(|article| desk.annotated(article)).collect();
        desk
    }

    fn annotated(&self, article: &Article) -> Arc<Annotation> {
        Arc::new(annotate::annotate(article, &self.lexicon, annotate::prepare(article, &self.lexicon)))
    }

    /// Writes the file of a piece.
    fn put(&mut self, piece: &Piece) {
        let article = piece.article();
        let annotation = self.annotated(&article);
        match self.content.articles.binary_search_by(|known| known.path.cmp(&article.path)) {
            Ok(at) => (self.content.articles[at], self.annotations[at]) = (article, annotation),
            Err(at) => {
                self.content.articles.insert(at, article);
                self.annotations.insert(at, annotation);
            }
        }
    }

    /// Deletes the file of a piece.
    fn remove(&mut self, piece: &Piece) {
        let path = piece.article().path.clone();
        if let Ok(at) = self.content.articles.binary_search_by(|known| known.path.cmp(&path)) {
            self.content.articles.remove(at);
            self.annotations.remove(at);
        }
    }

    /// Decides something about an article, or about names wherever they stand; or takes all back that was decided there.
    fn decide(&mut self, number: usize, dice: &mut Dice) {
        let everywhere = dice.roll(4) == 0;
        let text = match dice.roll(3) {
            0 => String::new(),
            _ => DECISIONS[dice.roll(DECISIONS.len())].to_owned(),
        };
        let (path, text) = if everywhere {
            (NAMES.to_owned(), text.replace(", every: true", ""))
        } else {
            (format!("content/decisions/piece-{number:03}.md.yaml"), text)
        };
        let path = SourcePath::new(&path);
        self.content.decisions.retain(|file| file.path != path);
        if !text.is_empty() {
            let (file, faults) = decisions(&path, &text);
            assert_eq!(faults, [], "{text}");
            self.content.decisions.push(Arc::new(file));
            self.content.decisions.sort_by(|a, b| a.path.cmp(&b.path));
        }
    }

    fn site(&self, memory: &mut Memory, minute: usize) -> (Arc<Site>, Vec<Diagnostic>) {
        let now = format!("2025-07-{:02}T12:{:02}:00Z", 8 + minute / 60 % 2, minute % 60);
        let when =
            When { now: now.parse().expect("a time"), tz: TimeZone::UTC, drafts: false, future: false };
        assemble::assemble(&self.content, &self.annotations, &self.config, &when, memory)
    }
}

#[test]
fn what_follows_from_an_edit_is_what_follows_from_everything() {
    follow(20_251_127, (36, 1), 400, false);
}

#[test]
fn pictures_for_sharing_follow_from_edits_too() {
    follow(1127, (36, 1), 120, true);
}

#[test]
fn so_do_the_threads_of_a_larger_archive() {
    follow(31, (108, 1), 150, false);
}

#[test]
fn and_those_of_an_archive_with_long_silences() {
    follow(77, (108, 23), 150, false);
}

/// Edits an archive of few pieces, which stand on twelve days with some days from one to the next, step by step, with or
/// without pictures for sharing.
fn follow(seed: u64, (count, apart): (usize, i32), steps: usize, og_images: bool) {
    let mut dice = Dice(seed);
    let day = |number: usize| {
        jiff::civil::date(2025, 7, 12) - ((11 - number as i32 * 12 / count as i32) * apart).days()
    };
    let mut pieces: Vec<Piece> =
        (0..count).map(|number| Piece::random(number, day(number), &mut dice)).collect();
    let mut desk = Desk::new(&pieces, og_images);
    let mut memory = Memory::default();
    desk.site(&mut memory, 0);
    for step in 0..steps {
        for _ in 0..1 + dice.roll(2) * dice.roll(3) {
            let at = dice.roll(pieces.len());
            pieces[at].edit(&mut dice);
            match dice.roll(8) {
                0 => desk.remove(&pieces[at]),
                _ => desk.put(&pieces[at]),
            }
        }
        if dice.roll(4) == 0 {
            desk.decide(dice.roll(pieces.len()), &mut dice);
        }
        // The clock goes on, and lets pieces out; most edits fall within a minute.
        let minute = step / 6;
        let (followed, mut faults) = desk.site(&mut memory, minute);
        let (whole, mut expect) = desk.site(&mut Memory::default(), minute);
        dateline::diagnostic::sort(&mut faults);
        dateline::diagnostic::sort(&mut expect);
        assert_eq!(faults, expect, "step {step}");
        if format!("{followed:?}") != format!("{whole:?}") {
            let (followed, whole) = (format!("{followed:#?}"), format!("{whole:#?}"));
            let lines = followed.lines().zip(whole.lines()).enumerate();
            let (at, (got, want)) = lines.into_iter().find(|(_, (a, b))| a != b).expect("a line differs");
            let context: Vec<&str> = whole.lines().skip(at.saturating_sub(30)).take(32).collect();
            panic!("step {step}, line {at}: {got} instead of {want}\n{}", context.join("\n"));
        }
    }
    let followed = memory.followed();
    assert!(followed as usize > steps / 2, "only {followed} of {steps} runs started from the last site");
    println!("{followed} of {steps} runs started from the last site");
}

//! The gold copy → how many names, types and links are found rightly, and floors below which they must not fall.
//!
//! `cargo test --test gold -- --nocapture` prints the table; with `GOLD_ERRORS=1` (or the name of a text instead of `1`)
//! it prints every error. The site has no registry here: all links come from the built-in knowledge and the text.

#[path = "gold/copy.rs"]
mod copy;

use std::{collections::BTreeSet, path::Path};

use copy::{Gold, Link, Text};
use dateline::{
    annotate::{self, tagger},
    model::{Annotation, EntityKind, Evidence, Span, Status, config::Config},
    text::{sentence::sentences, token::tokenize},
};

/// The types that count, as in the scorer of the training data.
const TYPES: [&str; 3] = ["PER", "LOC", "ORG"];

/// Right, found, and in the gold.
#[derive(Clone, Copy, Default)]
struct Count {
    right: usize,
    found: usize,
    gold: usize,
}

impl Count {
    /// Precision, recall and F1 in percent.
    fn scores(self) -> [f64; 3] {
        let share = |of: usize| if of == 0 { 0.0 } else { 100.0 * self.right as f64 / of as f64 };
        let (p, r) = (share(self.found), share(self.gold));
        [p, r, if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 }]
    }

    fn row(self, name: &str) -> String {
        let [p, r, f] = self.scores();
        let Count { right, found, gold } = self;
        format!("| {name} | {right} | {found} | {gold} | {p:.1} | {r:.1} | {f:.1} |")
    }
}

/// By type, all types together, and spans whatever the type.
type Counts = [Count; 5];

/// One mention: bytes and type.
type Found = BTreeSet<(u32, u32, &'static str)>;

fn compare(text: &Text, found: &Found, counts: &mut Counts, label: &str) {
    let gold: Found =
        text.gold.iter().filter_map(|g| Some((g.span.start, g.span.end, counted(&g.kind)?))).collect();
    for (count, kind) in counts.iter_mut().zip(TYPES) {
        count.gold += gold.iter().filter(|m| m.2 == kind).count();
        count.found += found.iter().filter(|m| m.2 == kind).count();
        count.right += gold.intersection(found).filter(|m| m.2 == kind).count();
    }
    counts[3].gold += gold.len();
    counts[3].found += found.len();
    counts[3].right += gold.intersection(found).count();
    let spans = |set: &Found| set.iter().map(|m| (m.0, m.1)).collect::<BTreeSet<_>>();
    counts[4].gold += spans(&gold).len();
    counts[4].found += spans(found).len();
    counts[4].right += spans(&gold).intersection(&spans(found)).count();
    if tells(text) {
        for m in gold.difference(found) {
            println!("{label}\t{}\tmissed\t{}\t{}", text.name, m.2, around(text, m.0, m.1));
        }
        for m in found.difference(&gold) {
            println!("{label}\t{}\tspurious\t{}\t{}", text.name, m.2, around(text, m.0, m.1));
        }
    }
}

fn counted(kind: &str) -> Option<&'static str> {
    TYPES.into_iter().find(|t| *t == kind)
}

/// Whether the errors of a text are asked for.
fn tells(text: &Text) -> bool {
    std::env::var("GOLD_ERRORS").is_ok_and(|asked| asked == "1" || asked == text.name)
}

fn around(text: &Text, start: u32, end: u32) -> String {
    let (all, start, end) = (&text.article.prose.text, start as usize, end as usize);
    let from = all[..start].char_indices().rev().nth(40).map_or(0, |c| c.0);
    let to = all[end..].char_indices().nth(40).map_or(all.len(), |c| end + c.0);
    format!("{}[{}]{}", &all[from..start], &all[start..end], &all[end..to]).replace('\n', "¶")
}

fn tagged(model: &tagger::Model<'_>, text: &str) -> Found {
    let tokens = tokenize(text);
    let cuts = sentences(text, &tokens);
    let kind = |kind: tagger::NerKind| match kind {
        tagger::NerKind::Person => Some("PER"),
        tagger::NerKind::Place => Some("LOC"),
        tagger::NerKind::Organization => Some("ORG"),
        tagger::NerKind::Misc | tagger::NerKind::Event => None,
    };
    let spans = tagger::tag(model, text, &tokens, &cuts);
    spans.iter().filter_map(|s| Some((s.start, s.end, kind(s.kind)?))).collect()
}

fn mentioned(annotation: &Annotation) -> Found {
    let kind = |kind: EntityKind| match kind {
        EntityKind::Person => Some("PER"),
        EntityKind::Place => Some("LOC"),
        EntityKind::Organization => Some("ORG"),
        EntityKind::Event | EntityKind::Work | EntityKind::Law => None,
    };
    let names = annotation.mentions.iter().filter(|m| !matches!(m.evidence, Evidence::Demonym { .. }));
    names.filter_map(|m| Some((m.span.start, m.span.end, kind(m.kind)?))).collect()
}

/// Links: of entities that the built-in knowledge has, of those it lacks, and both.
#[derive(Default)]
struct Links {
    known: Count,
    new: Count,
    all: Count,
}

fn linked(text: &Text, annotation: &Annotation, links: &mut Links) {
    let prose = &text.article.prose;
    let mut right: BTreeSet<Span> = BTreeSet::new();
    for mention in &annotation.mentions {
        let Some(id) = mention.entity.as_ref().filter(|_| mention.status == Status::Accepted) else {
            continue;
        };
        if mention.evidence.reference().is_some() {
            continue;
        }
        let gold = text.gold.iter().find(|g| g.span == mention.span);
        let introduced = annotation.introduced.iter().find(|i| i.id == *id);
        let agrees = match (gold.map(|g| &g.link), introduced) {
            (Some(Link::Known(slugs)), _) => slugs.iter().any(|slug| slug == id.as_str()),
            // A new entity is the right one if its name is one of those that the gold has for it.
            (Some(link @ Link::New(_)), Some(new)) => {
                text.gold.iter().any(|g| g.link == *link && prose.slice(g.span) == new.name)
            }
            _ => false,
        };
        let count = if introduced.is_some() { &mut links.new } else { &mut links.known };
        for count in [count, &mut links.all] {
            count.found += 1;
            count.right += usize::from(agrees);
        }
        if agrees {
            right.insert(mention.span);
        } else if tells(text) {
            let wants = gold.map_or("no name".to_owned(), |g| format!("{:?}", g.link));
            let (start, end) = (mention.span.start, mention.span.end);
            println!("link\t{}\twrong\t{id:?} wants {wants}\t{}", text.name, around(text, start, end));
        }
    }
    for Gold { span, kind, link } in &text.gold {
        if counted(kind).is_none() {
            continue;
        }
        let known = matches!(link, Link::Known(_));
        let count = if known { &mut links.known } else { &mut links.new };
        count.gold += 1;
        links.all.gold += 1;
        if known && !right.contains(span) && tells(text) {
            println!("link\t{}\tnone\t{link:?}\t{}", text.name, around(text, span.start, span.end));
        }
    }
}

#[test]
fn names_types_and_links_of_the_gold_copy() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let texts = copy::read(&root.join("tests/gold")).expect("sound gold copy");
    let model = tagger::Model::read(include_bytes!("../data/weights/tagger.bin")).expect("weights");
    let lexicon = annotate::lexicon(&[], &[], &Config::default().annotate, "en");
    let (mut alone, mut whole, mut links) = (Counts::default(), Counts::default(), Links::default());
    for text in &texts {
        compare(text, &tagged(&model, &text.article.prose.text), &mut alone, "tagger");
        let prepared = annotate::prepare(&text.article, &lexicon);
        let annotation = annotate::annotate(&text.article, &lexicon, prepared);
        compare(text, &mentioned(&annotation), &mut whole, "annotator");
        linked(text, &annotation, &mut links);
    }
    let mentions: usize = texts.iter().map(|t| t.gold.len()).sum();
    let words: usize = texts.iter().map(|t| t.article.prose.text.split_whitespace().count()).sum();
    println!("{} texts, {words} words, {mentions} mentions", texts.len());
    println!("| | right | found | gold | P | R | F1 |\n|---|--:|--:|--:|--:|--:|--:|");
    for (name, counts) in [("tagger", &alone), ("annotator", &whole)] {
        for (kind, count) in ["PER", "LOC", "ORG", "all, typed", "all, untyped"].iter().zip(counts) {
            println!("{}", count.row(&format!("{name} {kind}")));
        }
    }
    println!("{}", links.known.row("links to the built-in knowledge"));
    println!("{}", links.new.row("links to new entities"));
    println!("{}", links.all.row("all published links"));
    assert!(texts.len() >= 40 && mentions >= 1500, "{} texts, {mentions} mentions", texts.len());
    let floor = |what: &str, measured: f64, floor: f64| {
        assert!(measured >= floor, "{what}: {measured:.1} is below the floor of {floor}");
    };
    // A little below what is measured: see the table in `docs/how-dateline-decides.md`.
    for (kind, count, least) in [("PER", whole[0], 93.5), ("LOC", whole[1], 89.5), ("ORG", whole[2], 81.5)] {
        floor(kind, count.scores()[2], least);
    }
    floor("typed F1 of the tagger", alone[3].scores()[2], 89.5);
    floor("typed F1", whole[3].scores()[2], 89.5);
    floor("precision of links to the built-in knowledge", links.known.scores()[0], 96.0);
    floor("recall of links to the built-in knowledge", links.known.scores()[1], 86.0);
    floor("precision of published links", links.all.scores()[0], 97.0);
    floor("recall of published links", links.all.scores()[1], 56.0);
}

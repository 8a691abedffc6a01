//! How fast texts are annotated on one core: wire copy of our own making, real copy where it is at hand, with and without
//! 20,000 more names in the registry, by stage; and how the time of hostile texts grows with their length.
//!
//!     cargo bench --bench annotate               words a second (divan), then the stages
//!     cargo bench --bench annotate -- stages     the stages only, in time of the core: not disturbed by other work
//!     cargo bench --bench annotate -- growth     t(2n) / t(n) of each hostile text, whole and of its worst stage

#![expect(clippy::disallowed_methods, reason = "it reads the shared texts, where they are")]

#[path = "../../tests/adversarial/shapes.rs"]
mod shapes;
#[path = "../archive/words.rs"]
#[expect(dead_code, reason = "the archive needs more of it")]
mod words;

use std::{io::Read, sync::LazyLock, time::Duration};

use dateline::{
    annotate::{self, lexicon::Lexicon, stages::Stage},
    cli::annotate::stats::Meter,
    knowledge,
    model::{Article, Entity, EntityId, EntityKind, Origin, config::Config},
    parse::record,
    path::SourcePath,
};
use divan::{Bencher, counter::ItemsCount};
use jiff::tz::TimeZone;
use words::{Draw, Kind};

/// That of the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    let mode = std::env::args().nth(1).unwrap_or_default();
    match mode.as_str() {
        "stages" => stages(),
        "growth" => growth(),
        _ => {
            divan::main();
            stages();
        }
    }
}

/// Articles and the words in them.
struct Corpus {
    articles: Vec<Article>,
    words: usize,
}

impl Corpus {
    fn new(texts: impl IntoIterator<Item = String>) -> Corpus {
        let articles: Vec<Article> = texts.into_iter().map(article).collect();
        let words = articles.iter().map(|a| a.prose.text.split_whitespace().count()).sum();
        Corpus { articles, words }
    }
}

fn article(text: String) -> Article {
    let line = "{\"text\":\"\",\"date\":\"2025-07-10\",\"title\":\"Ministers meet in the capital\"}";
    let (record, _) =
        record::record(&SourcePath::new("content/a.txt"), 1, line, &TimeZone::UTC).expect("a line");
    Article { prose: record::plain(text), ..record.article }
}

/// 400 pieces of about 450 words: invented people of the registry beside places that the built-in knowledge has.
static WIRE: LazyLock<Corpus> = LazyLock::new(|| {
    let mut cast = words::entities();
    let pack = knowledge::pack();
    cast.extend(pack.principal().take(1500).map(|brief| {
        let kind = match brief.sub_kind.kind() {
            knowledge::record::Kind::Person => Kind::Person,
            knowledge::record::Kind::Organization => Kind::Organization,
            knowledge::record::Kind::Place => Kind::Place,
        };
        words::Entity { name: pack.name(brief.id).to_owned(), kind }
    }));
    let text = |i: u64| {
        let mut draw = Draw::new(i);
        let mut own: Vec<&words::Entity> = Vec::new();
        while own.len() < 9 || words::kinds(&own) < 3 {
            own.push(&cast[draw.below(cast.len() as u64) as usize]);
        }
        let mut text = String::new();
        while text.split(' ').count() < 440 {
            let sentences = 2 + draw.below(3);
            let paragraph: Vec<String> =
                (0..sentences).map(|_| words::sentence(&mut draw, &own, words::SENTENCES)).collect();
            text.push_str(&paragraph.join(" "));
            text.push('\n');
        }
        text
    };
    Corpus::new((0..400).map(text))
});

/// Open news texts, where the shared folder is beside the repository.
static NEWS: LazyLock<Option<Corpus>> = LazyLock::new(|| {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data/text/wikinews-2019-2020.jsonl.gz");
    let mut text = String::new();
    flate2::read::GzDecoder::new(std::fs::File::open(path).ok()?).read_to_string(&mut text).ok()?;
    let texts = text.lines().filter_map(|line| {
        let value: serde_json::Value = serde_json::from_str(line).ok()?;
        value["text"].as_str().map(str::to_owned)
    });
    Some(Corpus::new(texts))
});

static SMALL: LazyLock<Lexicon> = LazyLock::new(|| lexicon(0));
static LARGE: LazyLock<Lexicon> = LazyLock::new(|| lexicon(20_000));

/// The registry of the measured archive, 2,000 entities, and so many more of which no text speaks.
fn lexicon(more: u64) -> Lexicon {
    let entity = |name: String, kind: Kind| {
        let surname = name.rsplit(' ').next().filter(|_| kind == Kind::Person).map(str::to_owned);
        let kind = match kind {
            Kind::Person => EntityKind::Person,
            Kind::Place => EntityKind::Place,
            Kind::Organization => EntityKind::Organization,
        };
        let bare = Entity::bare(EntityId::new(&words::slug(&name)), name, kind, Origin::Registry);
        Entity { aliases: surname.into_iter().collect(), ..bare }
    };
    let mut entities: Vec<Entity> = words::entities().into_iter().map(|e| entity(e.name, e.kind)).collect();
    let mut draw = Draw::new(7);
    entities.extend((0..more).map(|i| entity(format!("Zu{:x} Quo{i:x}", draw.below(4000)), Kind::Person)));
    annotate::lexicon(&entities, &[], &Config::default().annotate, "en")
}

fn run(corpus: &Corpus, lexicon: &Lexicon) -> usize {
    let annotate = |a: &Article| annotate::annotate(a, lexicon, annotate::prepare(a, lexicon)).mentions.len();
    corpus.articles.iter().map(annotate).sum()
}

#[divan::bench(sample_count = 20)]
fn wire_copy(bencher: Bencher) {
    bencher.counter(ItemsCount::new(WIRE.words)).bench(|| run(&WIRE, &SMALL));
}

#[divan::bench(sample_count = 20)]
fn wire_copy_with_20_000_more_names(bencher: Bencher) {
    bencher.counter(ItemsCount::new(WIRE.words)).bench(|| run(&WIRE, &LARGE));
}

#[divan::bench(sample_count = 20)]
fn news(bencher: Bencher) {
    let Some(news) = &*NEWS else {
        println!("skipped: ../shared/data/text is not there");
        return;
    };
    bencher.counter(ItemsCount::new(news.words)).bench(|| run(news, &SMALL));
}

/// The least time of each stage over some rounds, in time of the core.
fn measure(articles: &[Article], lexicon: &Lexicon, rounds: usize) -> [Duration; Stage::ALL.len()] {
    let mut least = [Duration::MAX; Stage::ALL.len()];
    for _ in 0..rounds {
        let mut meter = Meter::new();
        for article in articles {
            meter.again();
            let prepared = annotate::prepare_heard(article, lexicon, &mut meter);
            divan::black_box(annotate::annotate_heard(article, lexicon, prepared, &mut meter));
        }
        for (least, spent) in least.iter_mut().zip(meter.spent) {
            *least = (*least).min(spent);
        }
    }
    least
}

fn stages() {
    const ROUNDS: usize = 7;
    let corpora = [("wire copy", Some(&*WIRE)), ("news", NEWS.as_ref())];
    for (name, corpus) in corpora {
        let Some(corpus) = corpus else {
            println!("\n{name}: skipped, ../shared/data/text is not there");
            continue;
        };
        let (small, large) =
            (measure(&corpus.articles, &SMALL, ROUNDS), measure(&corpus.articles, &LARGE, ROUNDS));
        let whole = |spent: &[Duration]| spent.iter().sum::<Duration>().as_secs_f64();
        println!(
            "\n{name}: {} words, {:.0} words a second on one core; with 20,000 more names {:.3} of the time",
            corpus.words,
            corpus.words as f64 / whole(&small),
            whole(&large) / whole(&small)
        );
        println!("{:<14} {:>8} {:>18}", "stage", "ns/word", "20,000 more names");
        for stage in Stage::ALL {
            let each = |spent: &[Duration]| spent[stage as usize].as_nanos() as f64 / corpus.words as f64;
            println!("{:<14} {:>8.1} {:>18.1}", stage.as_str(), each(&small), each(&large));
        }
    }
}

fn growth() {
    const SIZE: usize = 200_000;
    println!("{:<24} {:>10} {:>10} {:>6}  worst stage", "text", "ms at n", "ms at 2n", "ratio");
    for (name, shape) in shapes::SHAPES {
        let at = |size: usize| {
            measure(&[Article { lang: Some("en".to_owned()), ..article(shape(size)) }], &SMALL, 3)
        };
        let (one, two) = (at(SIZE), at(2 * SIZE));
        let millis = |time: Duration| time.as_secs_f64() * 1000.0;
        let (sum, double) = (one.iter().sum::<Duration>(), two.iter().sum::<Duration>());
        // Stages of less than a millisecond say nothing.
        let ratio = |stage: Stage| two[stage as usize].as_secs_f64() / one[stage as usize].as_secs_f64();
        let worst = Stage::ALL
            .into_iter()
            .filter(|stage| millis(one[*stage as usize]) > 1.0)
            .max_by(|a, b| ratio(*a).total_cmp(&ratio(*b)));
        println!(
            "{name:<24} {:>10.2} {:>10.2} {:>6.2}  {}",
            millis(sum),
            millis(double),
            double.as_secs_f64() / sum.as_secs_f64(),
            worst.map_or(String::new(), |stage| format!("{} {:.2}", stage.as_str(), ratio(stage)))
        );
    }
}

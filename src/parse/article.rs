//! A Markdown article enters; an [`Article`] without its prose leaves, with the range of its body and all faults.

use std::ops::Range;

use jiff::tz::TimeZone;

use crate::{
    diagnostic::{Diagnostic, Place},
    model::{Article, Correction, CorrectionKind, Image, Listed, Moment, Prose},
    parse::{
        byline, date,
        faults::{Faults, Source},
        front_matter::{self, Parsed},
        keys::ARTICLE,
        schema::Sound,
        undated,
    },
    path::{SourcePath, slugify},
};

/// Reads the front matter of an article; `zone` is the site's. The prose is empty, and the hash is of `text`.
pub fn article(path: &SourcePath, text: &str, zone: &TimeZone) -> Parsed<Article> {
    let mut faults = Faults::new(Source { path, text });
    let (mut sound, fences) = front_matter::open(ARTICLE, &mut faults);
    // A title or date that could not be read is not missing.
    let broken = faults.list.iter().any(|d| d.code == "yaml-syntax" || d.code == "toml-front-matter");
    let headed = fences.body.start > 0;
    let mut body = fences.body;
    let broken = |sound: &Sound, key| broken || sound.failed(key);
    let (no_title, no_date) = (broken(&sound, "title"), broken(&sound, "date"));
    let mut title = sound.line("title").unwrap_or_default();
    if title.is_empty()
        && let Some((heading, rest)) = heading(text, body.clone())
    {
        (title, body) = (heading, rest);
    }
    if title.is_empty() && !no_title {
        let fault = Diagnostic::error("missing-title", "this article has no title");
        faults.at(fences.origin.clone(), fault.help("add `title:` to the front matter"));
    }
    let (day, stem) = name_parts(path);
    let date = moment(&mut sound, "date", zone, &mut faults).or(day.map(Moment::day));
    if date.is_none() && !no_date {
        faults.at(fences.origin, undated::markdown(path, headed));
    }
    let topics: Vec<String> = sound.take("topics").unwrap_or_default();
    let entities: Vec<String> = sound.take("entities").unwrap_or_default();
    let placed = |key, names: &[String]| places(&sound, key, names, path, text);
    let places = Listed { topics: placed("topics", &topics), entities: placed("entities", &entities) };
    let item = Article {
        path: path.clone(),
        hash: *blake3::hash(text.as_bytes()).as_bytes(),
        slug: slugify(&sound.text("slug").unwrap_or(stem)),
        title,
        date,
        updated: moment(&mut sound, "updated", zone, &mut faults),
        source: sound.line("source"),
        source_url: sound.text("source_url"),
        section: sound.line("section").or_else(|| first_folder(path)).map(|name| slugify(&name)),
        authors: authors(&mut sound),
        dateline: sound.line("dateline"),
        summary: sound.text("summary"),
        key_points: sound.take("key_points").unwrap_or_default(),
        topics,
        entities,
        story: sound.line("story"),
        draft: sound.take("draft").unwrap_or(false),
        publish_at: moment(&mut sound, "publish_at", zone, &mut faults),
        expires: moment(&mut sound, "expires", zone, &mut faults),
        corrections: corrections(&mut sound, zone, &mut faults),
        image: image(&mut sound, &mut faults),
        aliases: sound.take("aliases").unwrap_or_default(),
        lang: sound.text("lang"),
        translation_key: sound.line("translation_key"),
        noindex: sound.take("noindex").unwrap_or(false),
        template: sound.text("template"),
        weight: sound.take("weight"),
        extra: sound.take("extra").unwrap_or_default(),
        prose: Prose::default(),
        wire: false,
        doubts: Vec::new(),
        places,
        keys: std::mem::take(&mut sound.keys),
        assets: Vec::new(),
    };
    order(&item, zone, &mut faults);
    Parsed { item, body, diagnostics: faults.finish() }
}

/// Where the entries of a list stand that are looked up only when the whole site is known, in their order.
fn places(sound: &Sound, key: &str, names: &[String], path: &SourcePath, text: &str) -> Vec<Place> {
    let whole = sound.keys.get(key).copied().unwrap_or_default();
    let items = sound.items.get(key).map_or(&[][..], Vec::as_slice);
    let of = |name: &String| items.iter().find(|(item, _)| item == name).map_or(whole, |(_, span)| *span);
    names.iter().map(|name| Place::in_source(path, text, of(name).range())).collect()
}

/// The text of a first line `# Heading`, and the body after it.
pub fn heading(text: &str, body: Range<usize>) -> Option<(String, Range<usize>)> {
    let rest = text.get(body.clone())?;
    let trimmed = rest.trim_start();
    let line = trimmed.lines().next()?.strip_prefix("# ")?;
    let end = body.end - trimmed.len() + trimmed.find('\n').map_or(trimmed.len(), |i| i + 1);
    let title = line.trim().trim_end_matches('#').trim_end();
    (!title.is_empty()).then(|| (title.to_owned(), end..body.end))
}

/// The date and the rest of a name `YYYY-MM-DD-rest`, of the folder for `index.md`.
pub fn name_parts(path: &SourcePath) -> (Option<jiff::civil::Date>, String) {
    let folder = path.folder().rsplit('/').next().unwrap_or("");
    let own_folder = path.stem() == "index" && !folder.is_empty() && path.folder().contains('/');
    let name = if own_folder { folder } else { path.stem() };
    let dated = name.split_at_checked(10).and_then(|(head, rest)| match date::parse(head) {
        Ok(date::Given::Day(day)) if rest.is_empty() || rest.starts_with(['-', '_', ' ']) => {
            Some((day, rest))
        }
        _ => None,
    });
    match dated {
        Some((day, rest)) if rest.len() > 1 => (Some(day), rest[1..].to_owned()),
        Some((day, _)) => (Some(day), name.to_owned()),
        None => (None, name.to_owned()),
    }
}

/// The first folder below `content/`; the folder of an `index.md` is its own, no section.
pub fn first_folder(path: &SourcePath) -> Option<String> {
    let below = path.as_str().strip_prefix("content/")?;
    let mut folders: Vec<&str> = below.split('/').collect();
    folders.pop();
    if path.stem() == "index" {
        folders.pop();
    }
    folders.first().map(|folder| (*folder).to_owned())
}

/// One text is split into names; the items of a list are names already.
fn authors(sound: &mut Sound) -> Vec<String> {
    let names: Vec<String> = sound.take("authors").unwrap_or_default();
    match names.as_slice() {
        [one] => byline::names(one),
        _ => names,
    }
}

fn moment(sound: &mut Sound, key: &str, zone: &TimeZone, faults: &mut Faults) -> Option<Moment> {
    let given = date::parse(&sound.text(key)?).ok()?;
    let (moment, warning) = date::moment(given, zone);
    if let Some(message) = warning {
        let fault = Diagnostic::warning("clock-change", message);
        faults.at(sound.range(key).unwrap_or(0..0), fault.help("add the offset, such as `+02:00`"));
    }
    Some(moment)
}

#[derive(serde::Deserialize)]
struct RawCorrection {
    date: String,
    kind: Option<CorrectionKind>,
    text: String,
}

fn corrections(sound: &mut Sound, zone: &TimeZone, faults: &mut Faults) -> Vec<Correction> {
    let raw: Vec<RawCorrection> = sound.take("corrections").unwrap_or_default();
    let read = |raw: RawCorrection| {
        let (moment, warning) = date::moment(date::parse(&raw.date).ok()?, zone);
        if let Some(message) = warning {
            let fault = Diagnostic::warning("clock-change", message).help("add the offset, such as `+02:00`");
            faults.at(sound.range("corrections").unwrap_or(0..0), fault);
        }
        Some(Correction {
            date: moment,
            kind: raw.kind.unwrap_or(CorrectionKind::Correction),
            text: raw.text,
        })
    };
    raw.into_iter().filter_map(read).collect()
}

/// The image, with a warning when nothing tells what it shows. An empty `alt` says that there is nothing to tell.
pub fn image(sound: &mut Sound, faults: &mut Faults) -> Option<Image> {
    let told = sound.values.get("image").is_some_and(|image| image.get("alt").is_some());
    let image: Image = sound.take("image")?;
    if !told {
        let fault = Diagnostic::warning("missing-alt", "this image has no text for those who do not see it");
        let help = "add `alt:` with what it shows, or `alt: \"\"` for mere ornament";
        faults.at(sound.range("image").unwrap_or(0..0), fault.help(help));
    }
    if image.src.contains("://") && (image.width == 0 || image.height == 0) {
        let fault = Diagnostic::warning("missing-size", "the size of a picture on another host is not known");
        let help = "add its `width` and `height` in pixels, or put the picture beside the text; without them the page \
                    jumps while it loads";
        faults.at(sound.range("image").unwrap_or(0..0), fault.help(help));
    }
    Some(image)
}

/// Dates that contradict one another.
fn order(article: &Article, zone: &TimeZone, faults: &mut Faults) {
    let at = |key: &str| article.keys.get(key).map_or(0..0, |span| span.range());
    let before = |a: Moment, b: Moment| match (a.time, b.time) {
        (Some(a), Some(b)) => a < b,
        _ => a.day < b.day,
    };
    if let (Some(date), Some(updated)) = (article.date, article.updated)
        && before(updated, date)
    {
        let message = format!("updated on {}, before it was published on {}", updated.day, date.day);
        faults.at(at("updated"), Diagnostic::warning("date-order", message).help("exchange the two dates"));
    }
    let Some(start) = article.publish_at.or(article.date) else { return };
    if let Some(expires) = article.expires
        && before(expires, start)
    {
        let message = format!("expires on {}, before it is published on {}", expires.day, start.day);
        faults.at(at("expires"), Diagnostic::warning("date-order", message).help("set a later date"));
    }
    if let Some(Moment { day, time: None }) = article.publish_at {
        let name = zone.iana_name().unwrap_or("the site's zone");
        let message = format!("without a time, the embargo ends as {day} begins in {name}");
        faults.at(
            at("publish_at"),
            Diagnostic::note("embargo-day", message).help("add a time if that is too early"),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(path: &str, text: &str) -> (Article, String, Vec<String>) {
        let zone = crate::parse::scalar::time_zone("Europe/Berlin").expect("bundled");
        let parsed = article(&SourcePath::new(path), text, &zone);
        let told = parsed.diagnostics.into_iter().map(|d| {
            let place = d.place.expect("every fault of a file has a place");
            format!(
                "{}:{} {} {} | {}",
                place.line,
                place.column,
                d.code,
                d.message,
                d.help.unwrap_or_default()
            )
        });
        (parsed.item, text[parsed.body].to_owned(), told.collect())
    }

    const FULL: &str = "---\r\ntitle: \"Grenzöffnung: Ende der Mauer\"\r\ndate: 1989-11-09 18:57\r\nupdated: 1989-11-10T02:00:00Z\r\n\
        source: DPA\r\nsource_url: https://example.org/a?b=c\r\nsection: Innen & Außen\r\nbyline: Ann Lee and Bo Ek\r\n\
        dateline: Berlin\r\nsummary: >\r\n  Eins\r\n  zwei.\r\nkey_points:\r\n  - A\r\n  - 2\r\ntopics: war, peace\r\nentities: [Berlin]\r\n\
        story: wall\r\ndraft: true\r\nembargo: 1989-11-09\r\nexpires: 1999-01-01\r\ncorrections:\r\n\
        - { date: 1989-11-11, text: Zahl }\r\n- date: 1989-11-12\r\n  kind: update\r\n  text: mehr\r\nimage: { src: a.jpg, alt: '' }\r\n\
        aliases: /old/\r\nlang: de\r\ntemplate: x.html\r\nweight: -3\r\nextra: { a: [1, true, ~, 1.5, 2020-01-01] }\r\n---\r\n\r\nText.\r\n";

    #[test]
    fn every_key_is_read() {
        let (article, body, faults) = read("content/berlin/x.md", FULL);
        assert_eq!(
            faults,
            [
                "20:10 embargo-day without a time, the embargo ends as 1989-11-09 begins in Europe/Berlin | add a time if that is too early"
            ]
        );
        assert_eq!(body, "\r\nText.\r\n");
        assert_eq!((&*article.title, &*article.slug), ("Grenzöffnung: Ende der Mauer", "x"));
        let date = article.date.expect("given");
        assert_eq!(
            (date.day.to_string(), date.time.map(|t| t.to_string())),
            ("1989-11-09".into(), Some("1989-11-09T17:57:00Z".into()))
        );
        assert_eq!(article.updated.map(|m| m.day.to_string()), Some("1989-11-10".into()));
        assert_eq!(
            (article.source.as_deref(), article.source_url.as_deref()),
            (Some("DPA"), Some("https://example.org/a?b=c"))
        );
        assert_eq!(
            (article.section.as_deref(), &article.authors[..]),
            (Some("innen-aussen"), &["Ann Lee".to_owned(), "Bo Ek".into()][..])
        );
        assert_eq!(
            (article.dateline.as_deref(), article.summary.as_deref()),
            (Some("Berlin"), Some("Eins zwei."))
        );
        assert_eq!(
            (article.key_points.join("|"), article.topics.join("|"), article.entities.join("|")),
            ("A|2".into(), "war, peace".into(), "Berlin".into())
        );
        assert_eq!((article.story.as_deref(), article.draft, article.weight), (Some("wall"), true, Some(-3)));
        assert_eq!(article.publish_at.and_then(|m| m.time), None);
        assert_eq!(
            article.corrections.iter().map(|c| c.kind).collect::<Vec<_>>(),
            [CorrectionKind::Correction, CorrectionKind::Update]
        );
        assert_eq!(article.image.map(|i| (i.src, i.alt)), Some(("a.jpg".into(), String::new())));
        assert_eq!(
            (article.aliases.join("|"), article.lang.as_deref(), article.template.as_deref()),
            ("/old/".into(), Some("de"), Some("x.html"))
        );
        assert_eq!(article.extra["a"], serde_json::json!([1, true, null, 1.5, "2020-01-01"]));
        assert_eq!(&FULL[article.keys["date"].range()], "1989-11-09 18:57");
    }

    #[test]
    fn names_of_files_help_out() {
        let check = |path: &str, expect: (&str, &str, &str)| {
            let (article, _, _) = read(path, "---\ntitle: T\n---\n");
            let date = article.date.map_or(String::new(), |m| m.day.to_string());
            assert_eq!((&*article.slug, &*date, article.section.as_deref().unwrap_or("")), expect, "{path}");
        };
        check("content/europe/1989-11-10-The Wall.md", ("the-wall", "1989-11-10", "europe"));
        check("content/x.md", ("x", "", ""));
        check("content/a/b/x.md", ("x", "", "a"));
        check("content/Mid East/1990-01-02_wall/index.md", ("wall", "1990-01-02", "mid-east"));
        check("content/wall/index.md", ("wall", "", ""));
        check("content/index.md", ("index", "", ""));
        check("content/1989-11-10.md", ("1989-11-10", "1989-11-10", ""));
        check("content/1989-02-30-x.md", ("1989-02-30-x", "", ""));
        check("content/1989-11-100-days.md", ("1989-11-100-days", "", ""));
    }

    #[test]
    fn faults_have_their_place_and_remedy() {
        let check = |text: &str, expect: &[&str]| {
            assert_eq!(read("content/1990-01-01-a.md", text).2, expect, "{text}")
        };
        check("---\ntitle: A\n---\n", &[]);
        check("\u{feff}---\ntitle: 1984\n---", &[]);
        check("# A heading\n\nText", &[]);
        check("Text", &["1:1 missing-title this article has no title | add `title:` to the front matter"]);
        check(
            "---\ntitle: A\n",
            &[
                "1:1 unclosed-front-matter the front matter that begins here has no end | add a line of `---` after the last key",
            ],
        );
        check(
            "+++\ntitle = 'A'\n+++\n",
            &[
                "1:1 toml-front-matter front matter between `+++` is not read | write it as YAML between lines of `---`",
            ],
        );
        check(
            "---\nheadline: A\ntitle: B\ntags: [x]\nauthor: C\ndate: 1989-02-30\nfoo: 1\n---\n",
            &[
                "3:1 duplicate-key `title` and `headline` are two names of one key | remove one of the two; the first is taken",
                "4:1 unknown-key unknown key `tags` | did you mean `topics`?",
                "5:1 unknown-key unknown key `author` | did you mean `authors`?",
                "6:7 bad-date `1989-02-30` is not a day of the calendar | February 1989 has 28 days",
                "7:1 unknown-key unknown key `foo` | keys of your own belong under `extra`",
            ],
        );
        check(
            "---\ntitle: [A]\ntopics: { a: b }\nkey_points: [[a]]\nsource_url: example.org\nimage: a.png\n---\n",
            &[
                "2:8 wrong-type `title` must be text, not a list | put a text that begins with a bracket in quotes",
                "3:9 wrong-type `topics` must be a text or a list of texts, not a map | ",
                "4:14 wrong-type `key_points` must be text, not a list | put a text that begins with a bracket in quotes",
                "5:13 bad-url `source_url` must be a web address, not `example.org` | begin with `https://` and the host",
                "6:8 missing-alt this image has no text for those who do not see it | add `alt:` with what it shows, or `alt: \"\"` for mere ornament",
            ],
        );
        check(
            "---\ntitle: A\ndate: 1990-01-02\nupdated: 1990-01-01\nexpires: 1989-01-01\n---\n",
            &[
                "4:10 date-order updated on 1990-01-01, before it was published on 1990-01-02 | exchange the two dates",
                "5:10 date-order expires on 1989-01-01, before it is published on 1990-01-02 | set a later date",
            ],
        );
        check(
            "---\ntitle: A\ndate: 2025-03-30 02:30\n---\n",
            &[
                "3:7 clock-change `2025-03-30 02:30` does not exist in Europe/Berlin: the clocks go forward over it | add the offset, such as `+02:00`",
            ],
        );
        check(
            "---\ntitle: A\ncorrections:\n- date: 1990-01-01\n- text: x\n  date: soon\nimage: javascript:alert(1)\n---\n",
            &[
                "4:3 missing-key the key `text` is missing | add `text:` with text",
                "6:9 bad-date `soon` is not a date | write `YYYY-MM-DD`, or with a time `YYYY-MM-DDTHH:MM:SS+02:00`",
                "7:8 bad-url `image` must be a path or a web address, not `javascript:alert(1)` | write a path such as `/about/`, or begin with `https://`",
            ],
        );
        check(
            "---\ntitle: Apollo #11 at sea # a comment\nsource: 'x' #y\n---\n",
            &[
                "2:15 comment-in-text `#11 at sea # a comment` is taken for a comment and is not part of the text | put the whole value in quotes, or write a space after the `#` of a comment",
            ],
        );
        check(
            "---\ntitle: \"\"\n---\n",
            &["1:1 missing-title this article has no title | add `title:` to the front matter"],
        );
        assert_eq!(
            read("content/a.md", "---\ntitle: |\n  A\n  \n  b \nsource: \"a\\e[31m\"\n---\n").0.title,
            "A b"
        );
        assert_eq!(
            read("content/a.md", "---\nsource: \"a\\e[31m\"\n---\n").0.source.as_deref(),
            Some("a[31m")
        );
        let (article, body, faults) = read("content/a.md", "---\ntitle: A: B\nsource: C\n---\nText");
        assert_eq!(
            (&*article.title, article.source.as_deref(), &*body, faults.len()),
            ("", Some("C"), "Text", 1)
        );
        assert_eq!(
            read("content/a.md", "---\ntitle: A\n---\n").2,
            [
                "1:1 missing-date this article has no date, and without one it has no address | add `date: YYYY-MM-DD` to the front matter, or name the file `YYYY-MM-DD-a.md`"
            ]
        );
        assert_eq!(read("content/a.md", "---\ntitle: A\ndate:\n---\n").2.len(), 1);
        let (article, body, _) = read("content/a.md", "---\ndate: 1990-01-01\n---\n\n# Über alles #\n\nText");
        assert_eq!((&*article.title, &*body), ("Über alles", "\nText"));
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_survived(text in "\\PC*", keys in "((title|date|image|corrections|extra|byline): ?[-0-9a-zé:{}\\[\\]'\"&*!| ]{0,20}\r?\n){0,4}") {
            for text in [text, format!("---\n{keys}---\n# é\nText")] {
                let (article, body, _) = read("content/é/x.md", &text);
                proptest::prop_assert!(text.ends_with(&body));
                for span in article.keys.values() {
                    proptest::prop_assert!(text.get(span.range()).is_some());
                }
            }
        }
    }
}

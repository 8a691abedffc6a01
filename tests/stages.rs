//! Quotations, times, roles and key sentences on copy written for these tests.

use std::{collections::BTreeMap, error::Error, path::Path, time::Instant};

use dateline::{
    annotate::{dates, input::Input, quotes, roles, summary},
    model::{EntityId, EntityKind, Mention, QuoteKind, Span, Speaker},
};
use proptest::prelude::{ProptestConfig, proptest};

#[path = "quotes/classes.rs"]
mod classes;
#[path = "quotes/known.rs"]
mod known;
#[path = "quotes/labelled.rs"]
mod labelled;
#[path = "quotes/times.rs"]
mod times;

use known::{NAMES, on, with};

/// Each quotation as `kind speaker: first words`, with `~` before a speaker under the threshold.
fn spoken(text: &str) -> Vec<String> {
    with(text, &NAMES, |input| {
        quotes::quotes(input)
            .iter()
            .map(|q| {
                let kind = match q.kind {
                    QuoteKind::Direct => "D",
                    QuoteKind::Indirect => "I",
                    QuoteKind::Mixed => "M",
                };
                let doubt = if q.confidence < labelled::THRESHOLD { "~" } else { "" };
                let words: Vec<&str> = input.prose.slice(q.span).split(' ').take(3).collect();
                let speaker = match &q.speaker {
                    Speaker::Unknown => "?".to_owned(),
                    speaker => labelled::describe(speaker, input.prose),
                };
                format!("{kind} {doubt}{speaker}: {}", words.join(" "))
            })
            .collect()
    })
}

#[test]
fn quotations() {
    let mut wrong = Vec::new();
    let mut check = |text: &str, expect: &[&str]| {
        let found = spoken(text);
        if found != expect {
            wrong.push(format!("{text}: {found:?}"));
        }
    };
    check("\"We go on,\" Reed said.", &["D ann: We go on"]);
    check("“We go on,” said Reed, who chairs the board.", &["D ann: We go on"]);
    check("«We go on», Reed told reporters in Riga.", &["D ann: We go on"]);
    check("‘We go on,’ said Reed.", &["D ann: We go on"]);
    check("“He said ‘no’ to me,” Reed said.", &["D ann: He said ‘no’"]);
    check("Reed, the mayor of Riga, said: \"We go on.\"", &["D ann: We go on."]);
    check("\"We go on,\" Reed, the mayor, said. \"We must.\"", &["D ann: We go on", "D ann: We must."]);
    check("\"We go,\" Reed said, \"and we stay.\"", &["D ann: We go", "D ann: and we stay."]);
    check("\"We go on.” Reed said.", &["D ann: We go on."]);
    check("Reed said that the vote was lost.", &["I ann: the vote was"]);
    check("The vote was lost, according to Reed.", &["I ann: The vote was"]);
    check("According to Reed, the vote was lost.", &["I ann: the vote was"]);
    check("Reed called the vote \"a farce without an author\".", &["M ann: a farce without"]);
    check("Reed was quoted as saying: \"We go on.\"", &["D ann: We go on."]);
    check("Reed was told by Hale, \"You must go.\"", &["D bob: You must go."]);
    check("\"We go on,\" the statement said.", &["D =the statement: We go on"]);
    check("\"We go on,\" a spokesman for Orbis Bank said.", &["D =a spokesman for Orbis Bank: We go on"]);
    check("\"We go on,\" Orbis Bank said. It added: \"Always.\"", &["D bank: We go on", "D bank: Always."]);
    check("President Ann Reed met bishops. \"We go on,\" the president said.", &["D ann: We go on"]);
    check(
        "President Ann Reed met President Bob Hale. \"We go on,\" the president said.",
        &["D ~=the president: We go on"],
    );
    check("Former President Ann Reed came. \"We go on,\" the president said.", &["D ~ann: We go on"]);
    check("Reed smiled at Hale. \"We go on,\" he said.", &["D ~ann: We go on"]);
    check("Ann Reed smiled at Bob Hale. \"We go on,\" he said.", &["D bob: We go on"]);
    // A body is not the only one named because it is called `the government`.
    check("Orbis Bank closed what the government called \"a den\".", &["M =the government: a den"]);
    // A part of a noun has no verb behind it; a title may have one.
    check("Hale promised a \"full and open\" inquiry, radio reported.", &["M bob: full and open"]);
    check("In a note titled \"Too Calm by Half,\" Reed argued against it.", &[]);
    check("They ended amid shouts of \"Shame!\" from the gallery.", &["M ~=the gallery: Shame!"]);
    check("A woman is heard saying that \"the envelopes are ready\".", &["M =A woman: the envelopes are"]);
    check(
        "A lawyer who asked not to be named said it was \"no coincidence\".",
        &["M =A lawyer: no coincidence"],
    );
    check("His aunt, who lives in Riga, said: \"He was late.\"", &["D =His aunt: He was late."]);
    // What stands between marks is no subject; who has no name may still be meant.
    check(
        "\"We saw it,\" said Reed. \"My cousin was there.\"\nA shepherd who came first said he saw nine.\n\"I did,\" he said.",
        &["D ann: We saw it", "D ann: My cousin was", "D =A shepherd: I did"],
    );
    check("The daughter of a baker, she wrote late.\n\"I did,\" she said.", &["D ~?: I did"]);
    // An age or a trade is another word for who was spoken of: sure only where nobody else was, with no post.
    check("Reed had not scored since May.\n\"I prayed,\" the 20-year-old said.", &["D ~ann: I prayed"]);
    check("Reed lost her roof.\n\"I saw stars,\" the retired bus driver said.", &["D ann: I saw stars"]);
    check("The mayor, Ann Reed, rose.\n\"I saw stars,\" the bus driver said.", &["D ~ann: I saw stars"]);
    // Who is named only behind the first paragraph.
    check("A skipper said he had been \"half asleep\".\nAnn Reed, 63, was at sea.", &["M ~ann: half asleep"]);
    check(
        "They drew on \"four billion\", which the finance panel called \"the bare minimum\".",
        &["M =the finance panel: the bare minimum"],
    );
    // Goes on over paragraphs, each opened anew.
    check(
        "Reed said: “We go on.\n“Nobody stops us.\n“It is done.”",
        &["D ann: We go on.", "D ann: Nobody stops us.", "D ann: It is done."],
    );
    // No quotations: titles, nicknames, words at arm's length.
    check("The film \"The Long Way Home\" opens in Riga.", &[]);
    check("The so-called \"miracle\" ended.", &[]);
    check("Bob \"Sonny\" Hale won.", &[]);
    check("", &[]);
    check("\"", &[]);
    check("\"\"\"\"", &[]);
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn posts() {
    let mut wrong = Vec::new();
    let mut check = |text: &str, expect: &str| {
        let found = with(text, &NAMES, |input| {
            roles::roles(input, None)
                .iter()
                .map(|r| format!("{}={}", r.entity, r.title))
                .collect::<Vec<_>>()
                .join("; ")
        });
        if found != expect {
            wrong.push(format!("{text}: {found}"));
        }
    };
    check("Foreign Minister Ann Reed left.", "ann=Foreign Minister");
    check("Then Latvian Foreign Minister Ann Reed left.", "");
    check("On Monday Latvian Foreign Minister Ann Reed left.", "ann=Latvian Foreign Minister");
    check("It angered Secretary of State Ann Reed.", "ann=Secretary of State");
    check("Ann Reed, director general of Orbis Bank, left.", "ann=director general of Orbis Bank");
    check("Ann Reed, the mayor of Riga, left.", "ann=mayor of Riga");
    check("Ann Reed, 45, a teacher, left.", "ann=teacher");
    check("The mayor of Riga, Ann Reed, left.", "ann=mayor of Riga");
    check("Orbis Bank's chief economist, Ann Reed, left.", "ann=chief economist");
    check("The Commissioner of Police, Ann Reed, said it was late.", "ann=Commissioner of Police");
    check("Its former president, Ann Reed, left.", "");
    check("A spokesman for the mayor, Ann Reed, left.", "");
    check("They met the president, Ann Reed, and the bishop.", "");
    check("He thanked the mayor, Ann Reed said.", "");
    check("He told the mayor, Ann Reed, Bob Hale and others.", "");
    check(
        "Ann Reed, chief executive of Orbis Bank and a member of its board, left.",
        "ann=chief executive of Orbis Bank",
    );
    check("Ann Reed, a former mayor of Riga, left.", "");
    check("Former President Ann Reed left. The late King Bob Hale stayed.", "");
    check("Acting President Ann Reed left.", "ann=Acting President");
    check("Future Chancellor Ann Reed left. Her aide met the future Chancellor Bob Hale.", "");
    check("President-elect Ann Reed left. Incoming mayor Bob Hale stayed.", "");
    check("Ann Reed, the incoming mayor of Riga, left. Bob Hale, prime minister-designate, stayed.", "");
    check("Then-President Ann Reed left. Outgoing President Bob Hale stayed.", "bob=President");
    check("Mr. Hale left. Dr. Reed stayed.", "");
    check("A spokesman for President Ann Reed left.", "ann=President");
    check("Ann Reed, the minister said, left.", "");
    check("Ann Reed, Bob Hale and others left.", "");
    check("President Ann Reed left. President Reed came.", "ann=President");
    check("", "");
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn sums_up() {
    let check = |text: &str, headline: &str, expect: &[&str]| {
        let found = with(text, &NAMES, |input| {
            summary::key_sentences(input, headline)
                .iter()
                .map(|s| input.prose.slice(*s).split(' ').take(2).collect::<Vec<_>>().join(" "))
                .collect::<Vec<_>>()
        });
        assert_eq!(found, expect, "{text}");
    };
    check(
        "Orbis Bank will close forty branches in Riga by the end of next year.\n\
         \"We have no choice left but to act on this now and not later,\" Ann Reed said on Monday.\n\
         Who will serve the customers of the old town when the last branch is gone?\n\
         He said that it was a hard day for all of those who had worked there.\n\
         The weather in the harbour was mild and the ferries ran on time as usual.\n\
         Unions in Riga said the closure of the Orbis Bank branches would cost 300 jobs.",
        "Orbis Bank to close branches in Riga",
        &["Orbis Bank", "Unions in"],
    );
    // What is said in several sentences has no marks in the middle.
    check(
        "Orbis Bank will close forty branches in Riga by the end of next year.\n\
         \u{201c}The old town of Riga has had its Orbis branch for more than a hundred years. Orbis Bank in Riga will \
         not be again what it was in all these years. We shall close the branches.\u{201d}",
        "Orbis Bank to close branches in Riga",
        &["Orbis Bank"],
    );
    check("Too short.", "Anything", &[]);
    check("", "", &[]);
}

/// Time expressions labelled before the rules were read: 147 of 192 were right at first sight.
#[test]
fn times_of_agencies() -> Result<(), Box<dyn Error>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/quotes");
    let tally = labelled::score_file(&root.join("times.jsonl"), true)?;
    assert!(tally.dates > 190 && tally.dates_right * 100 >= tally.dates * 96, "{} right", tally.dates_right);
    assert!(tally.dates_found <= tally.dates + 8, "{} times found", tally.dates_found);
    Ok(())
}

/// The labelled copy holds its scores: `dev` is what the rules were written on; `test` and `blind` were labelled before
/// anything was measured on them, and mended rules came after.
#[test]
fn labelled_copy() -> Result<(), Box<dyn Error>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/quotes");
    let sets = [
        ("dev.jsonl", 97, 0, 97),
        ("test.jsonl", 96, 0, 93),
        ("blind.jsonl", 96, 0, 97),
        ("blind2.jsonl", 95, 0, 0),
        ("blind3.jsonl", 92, 0, 0),
        ("blind4.jsonl", 91, 0, 0),
        ("blind5.jsonl", 96, 0, 0),
        ("blind6.jsonl", 96, 0, 0),
        ("blind7.jsonl", 90, 0, 0),
        ("blind8.jsonl", 96, 0, 0),
        ("blind9.jsonl", 93, 0, 0),
        ("blind10.jsonl", 94, 0, 0),
        ("blind11.jsonl", 90, 0, 0),
        ("blind12.jsonl", 93, 0, 0),
        // Of features most of all, whose dialogue has no verbs: see the docs.
        ("blind13.jsonl", 68, 0, 0),
    ];
    for (file, right, wrong, times) in sets {
        let tally = labelled::score_file(&root.join(file), false)?;
        assert!(tally.gold > 80 && tally.right * 100 >= tally.gold * right, "{file}: {} right", tally.right);
        assert!(
            tally.above - tally.above_right <= wrong,
            "{file}: {} wrong",
            tally.above - tally.above_right
        );
        assert!(tally.nobody_wrong == 0, "{file}: titles with speakers");
        assert!(tally.dates_right * 100 >= tally.dates * times, "{file}: {} times", tally.dates_right);
        assert!(tally.dates_found <= tally.dates + 8, "{file}: {} times found", tally.dates_found);
    }
    Ok(())
}

/// A mention of somebody at every capital word.
fn dense(text: &str) -> Vec<Mention> {
    let template =
        labelled::mentions("Reed", &BTreeMap::from([("a".into(), vec!["person".into(), "Reed".into()])]));
    let starts = ["Reed", "Orbis Bank", "Hale"]
        .into_iter()
        .flat_map(|name| text.match_indices(name).map(move |(at, _)| (at, name)));
    let mut all: Vec<Mention> = starts
        .flat_map(|(at, name)| {
            let kind = if name == "Orbis Bank" { EntityKind::Organization } else { EntityKind::Person };
            let span = Span::new(at, at + name.len());
            template.iter().cloned().map(move |m| Mention {
                span,
                kind,
                entity: Some(EntityId::new(name)),
                ..m
            })
        })
        .collect();
    all.sort_by_key(|m| m.span);
    all
}

fn everything(text: &str, names: &[&str]) -> usize {
    with(text, names, everything_of)
}

fn everything_of(input: &Input) -> usize {
    let spans = quotes::quotes(input).into_iter().map(|q| q.span);
    let spans = spans.chain(dates::dates(input, jiff::civil::date(2025, 7, 10)).into_iter().map(|d| d.span));
    let spans = spans.chain(roles::roles(input, None).into_iter().map(|r| r.sentence));
    let spans = spans.chain(summary::key_sentences(input, "President Reed said Monday"));
    spans.inspect(|s| assert!(input.prose.text.get(s.range()).is_some())).count()
}

/// A text ten times as long takes about ten times as long; a quadratic step would take a hundred times.
#[test]
fn time_is_linear() {
    for unit in [
        "\"",
        "'",
        "“",
        "” ",
        "‘a ",
        "said ",
        ", ",
        "\"a,\" ",
        "Reed, ",
        "the president said. ",
        "\"We go,\" he said. ",
        "President Reed, ",
        "According to ",
        "May 1 ",
        "Monday ",
        "in 1999 ",
        "\"a\n",
        "“We go on.\n",
        "Orbis Bank said. ",
        "last ",
        "\"We go,\" the ministry said. ",
        "Reed said Hale said \"a ",
        "( ",
        "and ",
        "Minister of ",
    ] {
        let run = |size: usize| {
            let prose = labelled::prose(unit.repeat(size / unit.len()));
            let mentions = dense(&prose.text);
            let start = Instant::now();
            on(&prose, &mentions, everything_of);
            start.elapsed().as_secs_f64()
        };
        // Other programs share the machine: one run of three without them is enough.
        let linear = |_| {
            let (small, large) = (run(40_000), run(400_000));
            large < 0.5 || large < small * 40.0
        };
        assert!((0..3).any(linear), "{unit:?} takes more than in proportion");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_panics(text in "(\"|'|“|”|‘|’|«|»|\n|, |\\. |: | said | Reed | Ann Reed | the president | he | May | 10 | 2025 | Monday | last | week | that | of | which | who | — | by | per | quoted | as saying | in August | heard | claim that | a sign | the mayor, | campaign |'s |: |\\(|\\)|[a-zA-Zéא]{1,6}){0,60}") {
        everything(&text, &NAMES);
    }

    #[test]
    fn no_text_panics(text in "\\PC{0,200}") {
        everything(&text, &NAMES);
    }
}

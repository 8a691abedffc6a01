//! Quotations, times, roles and key sentences on copy written for these tests.

use std::{collections::BTreeMap, error::Error, path::Path, time::Instant};

use dateline::{
    annotate::{dates, input::Input, quotes, roles, summary},
    model::{EntityId, EntityKind, Mention, Prose, QuoteKind, Span, Speaker},
    text::{sentence::sentences, token::tokenize},
};
use proptest::prelude::{ProptestConfig, proptest};

#[path = "quotes/labelled.rs"]
mod labelled;

/// Calls `read` on a text in which the names (`id=kind:Form/Form`) are known.
fn with<T>(text: &str, names: &[&str], read: impl Fn(&Input) -> T) -> T {
    let mut table: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for name in names {
        let (id, forms) = name.split_once('=').unwrap_or((name, ""));
        table.insert(id.to_owned(), forms.split([':', '/']).map(str::to_owned).collect());
    }
    let prose = labelled::prose(text.to_owned());
    let mentions = labelled::mentions(text, &table);
    on(&prose, &mentions, read)
}

fn on<T>(prose: &Prose, mentions: &[Mention], read: impl Fn(&Input) -> T) -> T {
    let tokens = tokenize(&prose.text);
    let sentences = sentences(&prose.text, &tokens);
    read(&Input::new(prose, &tokens, &sentences, mentions))
}

const NAMES: [&str; 4] =
    ["ann=person:Ann Reed/Reed", "bob=person:Bob Hale/Hale", "bank=org:Orbis Bank", "riga=place:Riga"];

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
    // An age or a trade is another word for who was spoken of, but never sure.
    check("Reed had not scored since May.\n\"I prayed,\" the 20-year-old said.", &["D ~ann: I prayed"]);
    check("Reed lost her roof.\n\"I saw stars,\" the retired bus driver said.", &["D ~ann: I saw stars"]);
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
fn times() {
    // Thursday, 10 July 2025.
    let mut wrong = Vec::new();
    let mut check = |text: &str, expect: &str| {
        let found = with(text, &["may=person:Theresa May/May Lin"], |input| {
            dates::dates(input, jiff::civil::date(2025, 7, 10))
                .iter()
                .map(|d| format!("{}={}", input.prose.slice(d.span), d.value))
                .collect::<Vec<_>>()
                .join("; ")
        });
        if found != expect {
            wrong.push(format!("{text}: {found}"));
        }
    };
    check("They met Thursday.", "Thursday=2025-07-10");
    check("They met on Monday and Wednesday.", "Monday=2025-07-07; Wednesday=2025-07-09");
    check("They met on Friday.", "Friday=2025-07-04");
    check("They will meet on Friday.", "Friday=2025-07-11");
    check("On Friday, the council will vote.", "Friday=2025-07-11");
    check("A vote is scheduled for Tuesday.", "Tuesday=2025-07-15");
    check("On Friday he was to have signed it.", "Friday=2025-07-11");
    check("They are to meet on Monday.", "Monday=2025-07-14");
    check("They were in Riga on Monday.", "Monday=2025-07-07");
    check("He said on Monday the court would rule on Friday.", "Monday=2025-07-07; Friday=2025-07-11");
    check("They met last Thursday.", "last Thursday=2025-07-03");
    check("They meet next Thursday.", "next Thursday=2025-07-17");
    check("They meet this Saturday.", "this Saturday=2025-07-12");
    check("It fell late on Sunday night.", "Sunday night=2025-07-06");
    check("It opened on Thursday, July 3.", "Thursday, July 3=2025-07-03");
    check("It opened on Tuesday, 4 March 2014.", "Tuesday, 4 March 2014=2014-03-04");
    check("It is open Mondays.", "");
    check("Shops crowd on Black Friday.", "");
    check("It came yesterday, and again today.", "yesterday=2025-07-09; today=2025-07-10");
    check("They leave tomorrow morning.", "tomorrow morning=2025-07-11");
    check("It came the day before yesterday.", "the day before yesterday=2025-07-08");
    check("It began July 10, 2025, in Riga.", "July 10, 2025=2025-07-10");
    check("It began on 10 July.", "10 July=2025-07-10");
    check("It began on the 3rd of March 1999.", "the 3rd of March 1999=1999-03-03");
    check("Tariffs are set to start Aug. 1.", "Aug. 1=2025-08-01");
    check("It began on Dec. 28.", "Dec. 28=2024-12-28");
    check("It will begin on Feb. 2.", "Feb. 2=2026-02-02");
    check("The fair runs July 10-12, 2024.", "July 10-12, 2024=2024-07-10/2024-07-12");
    check("The fair runs from 10 to 12 July.", "10 to 12 July=2025-07-10/2025-07-12");
    check("Since 2025-01-31 it is open.", "2025-01-31=2025-01-31");
    check("It is June 31.", "");
    check("It began in March 2014.", "March 2014=2014-03");
    check("It began in February.", "February=2025-02");
    check("It began last February.", "last February=2025-02");
    check("It began last September.", "last September=2024-09");
    check("It ends next March.", "next March=2026-03");
    check("It will end in December.", "December=2025-12");
    check("It has run since October.", "October=2024-10");
    check("They meet in mid-August 2023.", "mid-August 2023=2023-08");
    check("It grew from June to August 2024.", "June=2025-06; August 2024=2024-08");
    check("The January meeting was short.", "January=2025-01");
    check("It began in May.", "May=2025-05");
    check("It began on May 5.", "May 5=2025-05-05");
    check("You may go. May I? May said so.", "");
    check("Theresa May spoke. She met May Lin.", "");
    check("They march on Riga. March said no.", "");
    check("The wall fell in 1989.", "1989=1989");
    check("Since 2022 it has been shut.", "2022=2022");
    check("The 2016 election was close.", "2016=2016");
    check("It lasted from 1990 to 1995.", "1990 to 1995=1990/1995");
    check("It ran from July 7 to July 9.", "July 7 to July 9=2025-07-07/2025-07-09");
    check("It runs from 3 to 5 May.", "3 to 5 May=2025-05-03/2025-05-05");
    check("They met between Monday and Wednesday.", "Monday and Wednesday=2025-07-07/2025-07-09");
    check("They met on Monday and Wednesday.", "Monday=2025-07-07; Wednesday=2025-07-09");
    check("It rained from Saturday to Monday.", "Saturday to Monday=2025-07-05/2025-07-07");
    check("It opens in the week of July 21.", "the week of July 21=2025-W30");
    check("It failed overnight, they said.", "overnight=2025-07-09/2025-07-10");
    check("It was an overnight train.", "");
    check("It met on July 13 of last year.", "July 13 of last year=2024-07-13");
    check("It will last until Saturday.", "Saturday=2025-07-12");
    check("It needs money by the end of August.", "August=2025-08");
    check("It ends the cuts of 2019 and 2020.", "2019=2019; 2020=2020");
    check("The war of 1990-91 was short.", "1990-91=1990/1991");
    check("He was born there (1951).", "1951=1951");
    check("It cost 2016 dollars and 1989 people came.", "");
    check("It cost $2025.", "");
    check("It was so in the 1990s.", "the 1990s=199");
    check("It was so in the early 1970s.", "the early 1970s=197");
    check("It was so in the '80s.", "the '80s=198");
    check("Output fell in the first quarter of 2024.", "first quarter of 2024=2024-Q1");
    check("It began in the spring of 1968.", "spring of 1968=1968-SP");
    check("They met last week.", "last week=2025-W27");
    check("They meet next week.", "next week=2025-W29");
    check("They met this week.", "this week=2025-W28");
    check("They meet this weekend.", "this weekend=2025-W28-WE");
    check("They met last weekend.", "last weekend=2025-W27-WE");
    check("They met last month.", "last month=2025-06");
    check("They met earlier this month.", "earlier this month=2025-07");
    check("They meet next month.", "next month=2025-08");
    check("They met last year.", "last year=2024");
    check("They meet later this year.", "later this year=2025");
    check("Profit fell last quarter.", "last quarter=2025-Q2");
    check("They met last summer.", "last summer=2025-SU");
    check("They met last winter.", "last winter=2024-WI");
    check("It began three days ago.", "three days ago=2025-07-07");
    check("It began two weeks ago.", "two weeks ago=2025-W26");
    check("It began six months ago.", "six months ago=2025-01");
    check("It began a year ago.", "a year ago=2024");
    check("It began 10 years ago.", "10 years ago=2015");
    check("It began a decade ago.", "a decade ago=201");
    check("It took two weeks.", "");
    check("He is 45 years old.", "");
    check("By 2030 it will be gone.", "2030=2030");
    check("It closed at the end of 2023.", "2023=2023");
    check("", "");
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// On which side of the article's day, Thursday 10 July 2025, a bare Monday, Thursday or Saturday lies.
#[test]
fn sides() {
    let mut wrong = Vec::new();
    let mut check = |text: &str, expect: &str| {
        let found = with(text, &NAMES, |input| {
            let all = dates::dates(input, jiff::civil::date(2025, 7, 10));
            all.iter()
                .map(|d| d.value.trim_start_matches("2025-07-").to_owned())
                .collect::<Vec<_>>()
                .join(" ")
        });
        if found != expect {
            wrong.push(format!("{text}: {found}"));
        }
    };
    let ahead = [
        "Ann Reed flies on to Riga on Saturday.",
        "Reed, who flies to Riga on Saturday, has no plans.",
        "She meets the board on Saturday.",
        "Reed travels to Riga on Saturday to sign it.",
        "The council votes on Saturday.",
        "The new city council votes on Saturday.",
        "The ministers meet on Saturday.",
        "Foreign ministers from Latvia meet in Riga on Saturday.",
        "Reed and Hale meet on Saturday.",
        "They face a vote on Saturday.",
        "On Saturday Reed hosts Hale.",
        "On Saturday, the team plays in Riga.",
        "Reed is flying to Riga on Saturday.",
        "The leaders are meeting in Riga on Saturday.",
        "The museum reopens on Saturday.",
        "The show returns to Riga on Saturday.",
        "The bank is due to report on Saturday.",
        "The ship is set to sail on Saturday.",
        "A hearing is scheduled for Saturday.",
        "The ruling is expected on Saturday.",
        "The law will be discussed by the council on Saturday.",
        "Reed will leave on Saturday.",
        "Reed won't attend on Saturday.",
        "The council could vote as early as Saturday.",
        "The law could be approved on Saturday.",
        "The storm may reach Riga on Saturday.",
        "They trained hard ahead of Saturday's final.",
        "Tolls rise, starting Saturday.",
        "A session called for Saturday may settle it.",
        "The talks will run past Saturday.",
        "They close the road until Saturday.",
        "The board says it meets on Saturday.",
        "They meet the coming Saturday.",
        "They meet this coming Saturday.",
    ];
    ahead.iter().for_each(|text| check(text, "12"));
    let behind = [
        "Reed flew to Riga on Saturday.",
        "Reed, who faces trial, resigned on Saturday.",
        "The visits on Saturday were short.",
        "Reed made two visits on Saturday.",
        "Reed paid state visits on Saturday.",
        "After the votes on Saturday he wept.",
        "The team that plays in Riga lost on Saturday.",
        "Reed was flying to Riga on Saturday.",
        "Reed and Hale met on Saturday.",
        "Reed could not be reached on Saturday.",
        "Reed would not say on Saturday who signed.",
        "It may have sunk on Saturday.",
        "The leaders left on Saturday.",
        "Hale, who meets Reed often, fell ill on Saturday.",
        "On Saturday Reed hosted Hale.",
        "On Saturday Reed told those who meet there to go.",
        "Hale returned on Saturday.",
        "The bank reported a loss on Saturday.",
        "They failed to meet on Saturday.",
        "Reed flies often, her office said on Saturday.",
        "The boat, called Riga, sank on Saturday.",
        "They met this past Saturday.",
        "They met the past Saturday.",
        "They met on past Saturday.",
        "The talks ran past Saturday.",
        "They met the previous Saturday.",
    ];
    behind.iter().for_each(|text| check(text, "05"));
    // On the very day: `past` is the week before, `coming` the week after, a bare one today.
    check("They met this past Thursday.", "03");
    check("They meet this coming Thursday.", "17");
    check("Reed flies to Riga on Thursday.", "10");
    check("Reed flew to Riga on Thursday.", "10");
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn posts() {
    let mut wrong = Vec::new();
    let mut check = |text: &str, expect: &str| {
        let found = with(text, &NAMES, |input| {
            roles::roles(input)
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
    check(
        "Ann Reed, chief executive of Orbis Bank and a member of its board, left.",
        "ann=chief executive of Orbis Bank",
    );
    check("Ann Reed, a former mayor of Riga, left.", "");
    check("Former President Ann Reed left. The late King Bob Hale stayed.", "");
    check("Acting President Ann Reed left.", "ann=Acting President");
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
    check("Too short.", "Anything", &[]);
    check("", "", &[]);
}

/// The labelled copy holds its scores: `dev` is what the rules were written on; `test` and `blind` were labelled before
/// anything was measured on them, and mended rules came after.
#[test]
fn labelled_copy() -> Result<(), Box<dyn Error>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/quotes");
    let sets = [
        ("dev.jsonl", 97, 0, 97),
        ("test.jsonl", 92, 0, 93),
        ("blind.jsonl", 96, 0, 97),
        ("blind2.jsonl", 93, 0, 0),
        ("blind3.jsonl", 91, 0, 0),
        ("blind4.jsonl", 87, 0, 0),
        ("blind5.jsonl", 95, 0, 0),
        ("blind6.jsonl", 95, 0, 0),
        ("blind7.jsonl", 88, 0, 0),
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
    let spans = spans.chain(roles::roles(input).into_iter().map(|r| r.sentence));
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
        let (small, large) = (run(40_000), run(400_000));
        assert!(large < 0.5 || large < small * 40.0, "{unit:?}: {small} s, then {large} s");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_panics(text in "(\"|'|“|”|‘|’|«|»|\n|, |\\. |: | said | Reed | Ann Reed | the president | he | May | 10 | 2025 | Monday | last | week | that |[a-zA-Zéא]{1,6}){0,60}") {
        everything(&text, &NAMES);
    }

    #[test]
    fn no_text_panics(text in "\\PC{0,200}") {
        everything(&text, &NAMES);
    }
}

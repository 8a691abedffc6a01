//! Tables of headlines and leads enter; the topics that they must get are held.

use crate::annotate::topics::{LocalTopic, Topic, TopicScore, build, compile, tag};
use crate::knowledge::topics::{TopicId, Topics, load};
use crate::text::token::tokenize;

const TABLE: &str = include_str!("../../../data/topics/cues.tsv");
const BYTES: &[u8] = include_bytes!("../../../data/topics/cues.bin");

fn run(topics: &Topics, headline: &str, text: &str) -> Vec<TopicScore> {
    tag(&build(topics, &[]), headline, text, &tokenize(text), &[])
}

fn slug(topics: &Topics, topic: Topic) -> &'static str {
    match topic {
        Topic::Media(id) => topics.get(id).map_or("unknown", |row| row.slug),
        Topic::Local(_) => "local",
    }
}

#[test]
fn every_cue_belongs_to_a_concept_in_use_and_the_bytes_are_current() {
    let topics = load();
    for line in TABLE.lines().filter(|line| !line.starts_with('#')) {
        let (id, phrase, weight) = super::row(line).expect(line);
        let used = |id: TopicId| topics.get(id).is_some_and(|row| row.retired.is_none());
        assert!(id.is_none_or(used), "{line}");
        assert!(weight.abs() <= 5.0 && phrase.trim() == phrase, "{line}");
    }
    assert!(compile(TABLE).as_deref() == Ok(BYTES), "run `cargo run --example compile_cues`");
}

#[test]
fn the_first_topic_is_in_the_right_branch() {
    let topics = load();
    let check = |headline: &str, text: &str, expect: &str| {
        let found = run(&topics, headline, text);
        let first = found.first().map(|found| found.topic);
        let top = match first {
            Some(Topic::Media(id)) => topics.top(id).map_or("", |row| row.slug),
            _ => "",
        };
        assert_eq!(top, expect, "{headline}: {found:?}");
    };
    // One word, several meanings.
    check("Train drivers strike over pay", "The union called a 24-hour strike after talks failed.", "labour");
    check(
        "Air strike kills nine in border town",
        "Warplanes hit a market, the army said.",
        "conflict-war-and-peace",
    );
    check("Late strike sends City top", "The striker scored his tenth goal of the season.", "sport");
    check(
        "Court jails former mayor",
        "The judge sentenced him to six years in prison.",
        "crime-law-and-justice",
    );
    check("Upset on centre court", "The top seed lost in straight sets at Wimbledon.", "sport");
    check(
        "Fed holds rates",
        "The central bank left its key interest rate unchanged.",
        "economy-business-and-finance",
    );
    check(
        "River bursts its banks",
        "Floods forced 300 people out.",
        "disaster-accident-and-emergency-incident",
    );
    // Too little to go by.
    check("", "", "");
    check("A note", "There is nothing to say here.", "");
}

#[test]
fn topics_are_few_specific_and_say_why() {
    let topics = load();
    let text =
        "The volcano erupted on Sunday. Lava reached the road and ash fell. The volcano had been quiet.";
    let found = run(&topics, "Volcano erupts", text);
    assert!((1..=5).contains(&found.len()));
    assert_eq!(slug(&topics, found[0].topic), "volcanic-eruption");
    assert!(found.iter().all(|found| (0.0..=1.0).contains(&found.score)));
    let cue = found[0].cues.iter().find(|cue| cue.phrase == "volcano").expect("a cue");
    assert_eq!((cue.span.clone(), cue.count), (Some(4..11), 3));
}

#[test]
fn a_site_adds_topics_and_evidence_of_its_own() {
    let topics = load();
    let local = |label: &str, cues: &[&str]| LocalTopic {
        slug: label.to_lowercase(),
        label: label.to_owned(),
        cues: cues.iter().map(|cue| (*cue).to_owned()).collect(),
    };
    let tagger = build(&topics, &[local("Harbour", &["quay", "pier nine"])]);
    let text = "Pier Nine is closed. The quay will follow, says the harbour board.";
    let found = tag(&tagger, "Quay closed", text, &tokenize(text), &[]);
    assert!(found.iter().any(|found| found.topic == Topic::Local(0)), "{found:?}");
    let text = "They met again on Tuesday.";
    let extra = [(TopicId(20_000_703), 9.0)];
    let found = tag(&tagger, "", text, &tokenize(text), &extra);
    assert_eq!(found.first().map(|found| found.topic), Some(Topic::Media(TopicId(20_000_703))));
}

#[test]
fn survives_anything() {
    let topics = load();
    let tagger = build(&topics, &[]);
    for unit in ["strike ", "'s ", "A.B.", "é-", "-", "\u{202e}x ", "1,", "STRIKES' ", "😀 "] {
        let text = unit.repeat(20_000);
        assert!(tag(&tagger, &text, &text, &tokenize(&text), &[]).len() <= 5, "{unit}");
    }
}

//! The embedded pack as its users see it: size, lookups, descriptions.

use dateline::knowledge::describe::describe;
use dateline::knowledge::fold::fold;
use dateline::knowledge::index::Via;
use dateline::knowledge::load;
use dateline::knowledge::pack::{Knowledge, open};
use dateline::knowledge::record::{Kind, KnowledgeId, SubKind};

/// Slugs of the candidates that fit this surface, the likeliest first.
fn slugs(knowledge: &Knowledge, surface: &str) -> Vec<String> {
    let fitting = knowledge.candidates(&fold(surface)).filter(|candidate| candidate.fits(surface));
    fitting.map(|candidate| knowledge.slug(candidate.id)).collect()
}

#[test]
fn the_pack_is_small_and_whole() {
    assert!(include_bytes!("../data/knowledge/pack.bin").len() <= 6_000_000);
    let knowledge = load();
    assert!(knowledge.count() > 40_000);
    assert!(knowledge.names.is_some() && knowledge.surnames.is_some());
    let mut last = String::new();
    for id in (0..knowledge.count()).map(KnowledgeId) {
        let record = knowledge.record(id).expect("a record for each number");
        assert!(!record.name.is_empty() && !record.slug.is_empty(), "{record:?}");
        assert!(record.slug > last, "slugs are sorted and unique: {}", record.slug);
        assert!(record.slug.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-'), "{}", record.slug);
        assert!(id.0 % 13 > 0 || knowledge.by_slug(&record.slug) == Some(id), "{}", record.slug);
        assert!(record.wikidata.is_none_or(|number| knowledge.by_wikidata(number) == Some(id)), "{record:?}");
        assert!(
            record.position.is_none_or(|(lat, lon)| lat.abs() <= 90.0 && lon.abs() <= 180.0),
            "{record:?}"
        );
        let text = describe(&knowledge, &record);
        assert!(text.starts_with(char::is_uppercase) && !text.ends_with(' '), "{text:?} for {record:?}");
        last = record.slug;
    }
    assert_eq!(knowledge.record(KnowledgeId(knowledge.count())), None);
}

#[test]
fn names_reach_what_they_mean() {
    let knowledge = load();
    let check = |surface: &str, expect: &[&str]| assert_eq!(slugs(&knowledge, surface), expect, "{surface}");
    check("Jordan", &["jordan"]);
    check("Georgia", &["georgia", "georgia-us"]);
    check("Congo", &["democratic-republic-of-the-congo", "republic-of-the-congo"]);
    check("US", &["united-states"]);
    check("U.S.", &["united-states"]);
    check("us", &[]);
    check("Us", &[]);
    check("WHO", &["world-health-organization"]);
    check("who", &[]);
    check("Who", &[]);
    check("Kuala Lumpur", &["kuala-lumpur"]);
    check("Sergey Lavrov", &["sergey-lavrov"]);
    check("Sergei Lavrov", &["sergey-lavrov"]);
    check("ASEAN", &["association-of-southeast-asian-nations"]);
    check("Asean", &["association-of-southeast-asian-nations"]);
    check("Kyiv", &["kyiv"]);
    check("Kiev", &["kyiv"]);
    check("Volodymyr Zelenskyy", &["volodymyr-zelenskyy"]);
    check("Volodymyr Zelensky", &["volodymyr-zelenskyy"]);
    check("Volodymyr Zelenskiy", &["volodymyr-zelenskyy"]);
    check("Recep Tayyip Erdogan", &["recep-tayyip-erdogan"]);
    check("Recep Tayyip Erdoğan", &["recep-tayyip-erdogan"]);
    check("Kim Jong Un", &["kim-jong-un"]);
    check("Kim Jong-un", &["kim-jong-un"]);
    check("Mohammed bin Salman", &["mohammad-bin-salman"]);
    check("Côte d'Ivoire", &["cote-divoire"]);
    check("Ivory Coast", &["cote-divoire"]);
    check("New York", &["new-york-new-york", "new-york"]);
    check("Washington", &["washington-d-c", "washington"]);
    check("Soviet Union", &["soviet-union"]);
    check("NATO", &["nato"]);
    check("Nato", &["nato"]);
    check("UN", &["united-nations"]);
    check("International Monetary Fund", &["international-monetary-fund"]);
    check("Arab League", &["league-of-arab-states"]);
    check("Emmanuel Macron", &["emmanuel-macron"]);
    check("No Such Name At All", &[]);
    check("", &[]);
}

#[test]
fn what_needs_context_is_weak() {
    let knowledge = load();
    let check = |surface: &str, expect: Option<bool>| {
        let first = knowledge.candidates(&fold(surface)).find(|candidate| candidate.fits(surface));
        assert_eq!(first.map(|candidate| candidate.weak), expect, "{surface}");
    };
    // An ordinary word, a name of people, a title of many bodies, a little-known abbreviation; and none of these.
    check("Shell", Some(true));
    check("Jackson", Some(true));
    check("Democratic Party", Some(true));
    check("NBC", Some(true));
    check("The Day", Some(true));
    check("FBI", Some(false));
    check("Microsoft", Some(false));
    check("Turkey", Some(false));
    check("Nancy Pelosi", Some(false));
    check("Houston", Some(false));
    check("Charles", None);
}

#[test]
fn surnames_and_demonyms() {
    let knowledge = load();
    let check = |surname: &str, expect: &str| {
        let first = knowledge.surname(&fold(surname)).next();
        assert!(first.is_some_and(|candidate| candidate.via == Via::Surname), "{surname}");
        assert_eq!(first.map(|candidate| knowledge.slug(candidate.id)).as_deref(), Some(expect), "{surname}");
    };
    check("Zelensky", "volodymyr-zelenskyy");
    check("Erdoğan", "recep-tayyip-erdogan");
    check("Putin", "vladimir-putin");
    check("Trump", "donald-trump");
    let check = |demonym: &str, expect: Option<&str>| {
        let found = knowledge.demonym(&fold(demonym)).map(|id| knowledge.slug(id));
        assert_eq!(found.as_deref(), expect, "{demonym}");
    };
    check("Russian", Some("russia"));
    check("Dutch", Some("netherlands"));
    check("French", Some("france"));
    check("Costa Ricans", Some("costa-rica"));
    check("Georgian", Some("georgia"));
    check("Soviet", Some("soviet-union"));
    check("Russia", None);
    check("Purple", None);
}

#[test]
fn the_longest_name_wins() {
    let knowledge = load();
    let check = |text: &str, start: usize, expect: Option<(usize, &str)>| {
        let folded: Vec<String> = text.split(' ').map(fold).collect();
        let tokens: Vec<&str> = folded.iter().map(String::as_str).collect();
        let found = knowledge.longest(&tokens, start).map(|(length, mut candidates)| {
            (length, candidates.next().map_or_else(String::new, |candidate| knowledge.slug(candidate.id)))
        });
        assert_eq!(found.as_ref().map(|(length, slug)| (*length, slug.as_str())), expect, "{text}");
    };
    check("New York City officials", 0, Some((3, "new-york-new-york")));
    check("the United Nations Security Council met", 1, Some((4, "united-nations-security-council")));
    check("the United Nations said", 1, Some((2, "united-nations")));
    check("Washington , D.C. police", 0, Some((3, "washington-d-c")));
    check("U.S. forces", 0, Some((1, "united-states")));
    check("leader Kim Jong-un said", 1, Some((2, "kim-jong-un")));
    check("leader Kim Jong Un said", 1, Some((3, "kim-jong-un")));
    check("nothing here", 0, None);
    check("short", 5, None);
}

#[test]
fn countries_have_their_fields() {
    let knowledge = load();
    let countries: Vec<_> = knowledge.countries().collect();
    assert!(countries.len() > 240, "{}", countries.len());
    assert!(countries.is_sorted_by_key(|country| country.iso2));
    let check = |iso2: &str, slug: &str, iso3: &str, capital: &str| {
        let country = knowledge.country_by_iso(iso2).expect(iso2);
        let found = country.capital.map(|id| knowledge.slug(id)).unwrap_or_default();
        assert_eq!(
            (knowledge.slug(country.id).as_str(), country.iso3, found.as_str()),
            (slug, iso3, capital)
        );
        assert_eq!(knowledge.country(country.id), Some(country));
    };
    check("FR", "france", "FRA", "paris");
    check("us", "united-states", "USA", "washington-d-c");
    check("UA", "ukraine", "UKR", "kyiv");
    check("DE", "germany", "DEU", "berlin");
    check("RU", "russia", "RUS", "moscow");
    check("GB", "united-kingdom", "GBR", "london");
    check("IN", "india", "IND", "new-delhi");
    check("TR", "turkiye", "TUR", "ankara");
    check("ZA", "south-africa", "ZAF", "pretoria");
    assert_eq!(knowledge.country_by_iso("ZZ"), None);
    let paris = knowledge.by_slug("paris").and_then(|id| knowledge.record(id)).expect("paris");
    assert_eq!(knowledge.country(paris.brief.id), None);
    assert_eq!((paris.kind, paris.brief.sub_kind), (Kind::Place, SubKind::Capital));
    assert!(paris.position.is_some_and(|(lat, lon)| (lat - 48.87).abs() < 0.1 && (lon - 2.33).abs() < 0.1));
}

#[test]
fn descriptions_are_composed() {
    let knowledge = load();
    let check = |slug: &str, expect: &str| {
        let record = knowledge.by_slug(slug).and_then(|id| knowledge.record(id)).expect(slug);
        assert_eq!(describe(&knowledge, &record), expect, "{slug}");
    };
    check("jordan", "Country in Western Asia");
    check("kuala-lumpur", "Capital of Malaysia");
    check("sergey-lavrov", "Minister of Foreign Affairs of Russia from 2004");
    check("jeddah", "City in Makkah, Saudi Arabia");
    check("georgia-us", "State of the United States");
    check("nato", "International organisation");
    check("ted-cruz", "Republican US senator from Texas");
    check("antonio-guterres", "Secretary-General of the United Nations from 2017");
    check("naftali-bennett", "Prime Minister of Israel, 2021–2022");
    check("phil-bryant", "Governor of Mississippi, the United States, 2012–2020");
    check("reuters", "News agency in the United Kingdom");
}

#[test]
fn tier_zero_is_what_a_fresh_site_needs() {
    let knowledge = load();
    let principal: Vec<String> = knowledge.principal().map(|brief| knowledge.slug(brief.id)).collect();
    for slug in [
        "france",
        "united-nations",
        "nato",
        "european-union",
        "kyiv",
        "tokyo",
        "new-york-new-york",
        "vladimir-putin",
    ] {
        assert!(principal.iter().any(|other| other == slug), "{slug}");
    }
    assert!((500..2_000).contains(&principal.len()), "{}", principal.len());
}

#[test]
fn bytes_that_are_no_pack_give_an_empty_one() {
    let truncated: &'static [u8] = &include_bytes!("../data/knowledge/pack.bin")[..4096];
    for bytes in
        [&b""[..], b"DLPACK02", b"DLPACK02\xff\xff\xff\xff\xff\xff\xff\xff", b"something else", truncated]
    {
        let knowledge = open(bytes);
        assert_eq!(knowledge.longest(&["france"], 0).map(|(length, _)| length), None);
        assert_eq!(knowledge.by_slug("france"), None);
        assert_eq!(knowledge.countries().count(), 0);
    }
}

//! An article enters; its language leaves, when it is not English: the built-in rules know English only.
//!
//! The commonest words tell English from anything else at little cost; only what they do not vouch for is looked at by
//! its letters and their neighbours (whatlang).

use crate::model::Article;

const COMMON: [&str; 24] = [
    "the", "of", "and", "to", "in", "a", "that", "is", "was", "for", "on", "with", "as", "by", "at", "from",
    "had", "has", "it", "be", "were", "said", "his", "not",
];
/// English prose has a third of such words; lists and tables have fewer, other languages hardly any.
const SHARE: u32 = 12;
/// Words looked at.
const WORDS: usize = 400;
/// Texts with fewer words are too short to be sure that they are not English, unless their script says so.
const FEW: u32 = 12;
/// Bytes from which the language is told.
const SAMPLE: usize = 4096;

/// BCP 47 language of the body when it is not English: the article's `lang`, or what its words tell. A text too short to
/// tell is in the site's language.
pub fn foreign(article: &Article, site: &str) -> Option<String> {
    if let Some(lang) = &article.lang {
        let english = lang.split('-').next().is_some_and(|primary| primary.eq_ignore_ascii_case("en"));
        return (!english).then(|| lang.clone());
    }
    detect(&article.prose.text, site)
}

fn detect(text: &str, site: &str) -> Option<String> {
    let (mut total, mut common) = (0, 0);
    for word in text.split_ascii_whitespace().take(WORDS) {
        total += 1;
        common += u32::from(word.len() < 5 && COMMON.iter().any(|c| word.eq_ignore_ascii_case(c)));
    }
    if total > 0 && common * SHARE >= total {
        return None;
    }
    let end = (0..=SAMPLE.min(text.len())).rev().find(|i| text.is_char_boundary(*i)).unwrap_or(0);
    let found = whatlang::detect(&text[..end]);
    // No English is written in other letters.
    let other = found.as_ref().is_some_and(|f| f.script() != whatlang::Script::Latin);
    match found.filter(|f| f.is_reliable() && (total >= FEW || other)) {
        Some(found) if found.lang() == whatlang::Lang::Eng => None,
        Some(found) => Some(bcp47(found.lang().code()).to_owned()),
        None if site != "en" => Some(site.to_owned()),
        // Other letters, or many words, hardly an English one among them, and no language that we could name.
        None if total >= 40 || other => Some("und".to_owned()),
        None => None,
    }
}

/// ISO 639-3 → the two letters of ISO 639-1 where there are such, as BCP 47 (RFC 5646, section 2.2.1) asks.
fn bcp47(code: &'static str) -> &'static str {
    const SHORT: [(&str, &str); 70] = [
        ("afr", "af"),
        ("aka", "ak"),
        ("amh", "am"),
        ("ara", "ar"),
        ("aze", "az"),
        ("bel", "be"),
        ("ben", "bn"),
        ("bul", "bg"),
        ("cat", "ca"),
        ("ces", "cs"),
        ("cmn", "zh"),
        ("cym", "cy"),
        ("dan", "da"),
        ("deu", "de"),
        ("ell", "el"),
        ("eng", "en"),
        ("epo", "eo"),
        ("est", "et"),
        ("fin", "fi"),
        ("fra", "fr"),
        ("guj", "gu"),
        ("heb", "he"),
        ("hin", "hi"),
        ("hrv", "hr"),
        ("hun", "hu"),
        ("hye", "hy"),
        ("ind", "id"),
        ("ita", "it"),
        ("jav", "jv"),
        ("jpn", "ja"),
        ("kan", "kn"),
        ("kat", "ka"),
        ("khm", "km"),
        ("kor", "ko"),
        ("lat", "la"),
        ("lav", "lv"),
        ("lit", "lt"),
        ("mal", "ml"),
        ("mar", "mr"),
        ("mkd", "mk"),
        ("mya", "my"),
        ("nep", "ne"),
        ("nld", "nl"),
        ("nob", "nb"),
        ("ori", "or"),
        ("pan", "pa"),
        ("pes", "fa"),
        ("pol", "pl"),
        ("por", "pt"),
        ("ron", "ro"),
        ("rus", "ru"),
        ("sin", "si"),
        ("slk", "sk"),
        ("slv", "sl"),
        ("sna", "sn"),
        ("spa", "es"),
        ("srp", "sr"),
        ("swe", "sv"),
        ("tam", "ta"),
        ("tel", "te"),
        ("tgl", "tl"),
        ("tha", "th"),
        ("tuk", "tk"),
        ("tur", "tr"),
        ("ukr", "uk"),
        ("urd", "ur"),
        ("uzb", "uz"),
        ("vie", "vi"),
        ("yid", "yi"),
        ("zul", "zu"),
    ];
    SHORT.binary_search_by_key(&code, |(long, _)| long).map_or(code, |i| SHORT[i].1)
}

#[cfg(test)]
mod tests {
    use super::{bcp47, detect};

    #[test]
    fn languages() {
        let check = |text: &str, site: &str, expect: Option<&str>| {
            assert_eq!(detect(text, site).as_deref(), expect, "{text}");
        };
        check("", "en", None);
        check("Ana Velde, Kuala Lumpur", "en", None);
        check("Ana Velde, Kuala Lumpur", "de", Some("de"));
        check("The talks in Kuala Lumpur were frank, officials said.", "de", None);
        check("OFFICIALS IN THE CAPITAL SAID THE TALKS WERE OVER", "en", None);
        let german = "Der Bürgermeister widersprach der Darstellung und verlangte, dass die Arbeiten an der Brücke \
                      sofort beginnen, weil die Menschen schon lange warten.";
        check(german, "en", Some("de"));
        check(
            "Le premier ministre a déclaré jeudi que les négociations avec les syndicats reprendront lundi matin.",
            "en",
            Some("fr"),
        );
        check(
            "El presidente dijo el jueves que las negociaciones con los sindicatos continuarán la próxima semana en Madrid.",
            "en",
            Some("es"),
        );
        check("Президент заявил, что переговоры продолжатся.", "en", Some("ru"));
        check("نص عربي قصير", "ar", Some("ar"));
        check("外務大臣は木曜日に会談した。", "en", Some("ja"));
        check("قال الرئيس إن المحادثات ستستمر", "en", Some("und"));
        check(&"Zq xv kjj. ".repeat(60), "en", Some("und"));
    }

    #[test]
    fn every_language_has_a_tag() {
        for lang in whatlang::Lang::all() {
            assert_eq!(bcp47(lang.code()).len(), 2, "{}", lang.code());
        }
    }
}

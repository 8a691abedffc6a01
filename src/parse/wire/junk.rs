//! A line in; whether it is the furniture of a web page, a caption or a rule rather than copy.

use crate::parse::wire::lines::{is_closed, starts_with, strip, tail};

/// Lines that are furniture wherever they stand, in small letters and without marks at their ends.
const ANYWHERE: [&str; 32] = [
    "skip to content",
    "skip to main content",
    "skip to navigation",
    "share this",
    "share this article",
    "share this story",
    "share on facebook",
    "share on twitter",
    "share on x",
    "advertisement",
    "advertisement - scroll to continue",
    "advertisement - story continues below",
    "story continues below",
    "story continues below advertisement",
    "article continues below",
    "continue reading",
    "read more",
    "sign up for our newsletter",
    "subscribe to our newsletter",
    "subscribe now",
    "follow us",
    "copy link",
    "loading",
    "back to top",
    "more",
    "add to favourites",
    "click here to read more",
    "more on this story",
    "related topics",
    "related articles",
    "related stories",
    "you may also like",
];

/// Labels of links to other pieces.
const LINKS: [&str; 8] = [
    "read more:",
    "also read:",
    "read also:",
    "also read |",
    "read also |",
    "see also:",
    "related:",
    "watch:",
];

/// Lines that are furniture above the headline only: lower down they might be words of the copy.
const ABOVE: [&str; 26] = [
    "home",
    "menu",
    "search",
    "print",
    "email",
    "share",
    "save",
    "listen",
    "comments",
    "subscribe",
    "log in",
    "login",
    "sign in",
    "sign up",
    "register",
    "world",
    "news",
    "politics",
    "live",
    "latest",
    "latest news",
    "breaking news",
    "top stories",
    "navigation",
    "main menu",
    "close",
];

/// Whether `line` is furniture. `above`: no headline has been met yet.
pub fn is_junk(line: &str, above: bool) -> bool {
    if line.len() > 300 {
        return false;
    }
    let bare = line.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    if bare.is_empty() {
        return !line.starts_with('^') && !is_rule(line);
    }
    ANYWHERE.contains(&&*bare)
        || LINKS.iter().any(|label| starts_with(line, label))
        || above && (ABOVE.contains(&&*bare) || is_breadcrumb(line))
}

/// `Home | World | Asia`, `News > Politics > Europe`.
fn is_breadcrumb(line: &str) -> bool {
    [" | ", " > ", " » ", " › ", " / ", " • ", " · "].iter().any(|separator| {
        let mut parts = 0;
        let short = line.split(separator).all(|part| {
            parts += 1;
            let part = part.trim_matches(['|', '>', ' ']);
            part.chars().count() <= 24
                && part.split_whitespace().count() <= 3
                && !part.chars().any(|c| c.is_ascii_digit())
        });
        short && (parts >= 3 || parts == 2 && starts_with(line, "home"))
    })
}

/// A row of marks between parts of the copy: `***`, `* * *`, `___`, `—`.
pub fn is_rule(line: &str) -> bool {
    line.len() <= 120
        && !line.is_empty()
        && line.chars().all(|c| matches!(c, '*' | '_' | '-' | '=' | '~' | '—' | '–' | '•' | '·' | ' '))
}

/// Whether `line` is the caption or the credit of a picture.
pub fn is_caption(line: &str) -> bool {
    if line.len() > 1200 {
        return false;
    }
    let bare = line.trim_start_matches(['(', '[', '*', '_', ' ']);
    let labels = [
        "photo:",
        "photos:",
        "image:",
        "picture:",
        "caption:",
        "image caption",
        "file photo:",
        "file image:",
        "photo -",
    ];
    let credits = [
        "photo by ",
        "photo credit",
        "photo courtesy",
        "image credit",
        "image courtesy",
        "image source",
        "pic credit",
        "photograph:",
        "photo/",
        "photo |",
        "representational image",
        "representative image",
        "file photo",
        "file image",
        "file picture",
    ];
    labels.iter().any(|label| starts_with(bare, label))
        || bare.starts_with("FILE -")
        || bare.starts_with("FILE –")
        || bare.starts_with("FILE —")
        || line.len() <= 200 && credits.iter().any(|label| is_credit_of_picture(bare, label))
        || ["(AP Photo", "(Photo by ", "(Photo:", "/Getty Images", "/AFP via Getty", "(AP Photo/"]
            .iter()
            .any(|mark| tail_holds(line, mark))
}

/// `Photo by Jane Roe` and `File photo`, but not `File photo archives were searched on Monday.`
fn is_credit_of_picture(line: &str, label: &str) -> bool {
    let Some(rest) = strip(line, label) else { return false };
    !is_closed(rest)
        || rest.trim_matches([')', ']', '.', ' ']).is_empty()
        || rest.starts_with([':', ' ', '.']) && { rest.split_whitespace().count() <= 6 }
}

/// Captions carry their credit at the end.
fn tail_holds(line: &str, mark: &str) -> bool {
    line.ends_with([')', ']']) && tail(line, 80).contains(mark)
        || mark.starts_with('/') && line.ends_with(mark)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn furniture() {
        let check =
            |line: &str, above: bool, expect: bool| assert_eq!(is_junk(line, above), expect, "{line}");
        check("Home | World | Asia", true, true);
        check("Home > News", true, true);
        check("Home | World | Asia", false, false);
        check("Skip to content", true, true);
        check("Share this:", false, true);
        check("ADVERTISEMENT", false, true);
        check("Read more…", false, true);
        check("Read more: Talks resume in Riyadh", false, true);
        check("Menu", true, true);
        check("Menu", false, false);
        check("Read more books, the minister said.", false, false);
        check("Rubio meets Lavrov", true, false);
        check("12 | 14 | 16", true, false);
    }

    #[test]
    fn captions_and_rules() {
        let check = |line: &str, expect: bool| assert_eq!(is_caption(line), expect, "{line}");
        check("Photo: The two men shake hands.", true);
        check("File photo", true);
        check("File photo.", true);
        check("(File photo: Jane Roe)", true);
        check("FILE - The envoy speaks in Riyadh, Feb. 18, 2025. (AP Photo/Jane Roe)", true);
        check("The envoy speaks to reporters. (Photo by Jane Roe/AFP)", true);
        check("Photo by Jane Roe", true);
        check("Photos of the meeting showed the two men.", false);
        check("File photo archives of the ministry were searched on Monday by the police.", false);
        check("Photo opportunities were limited.", false);
        assert!(is_rule("* * *") && is_rule("___") && !is_rule("") && !is_rule("- a"));
    }
}

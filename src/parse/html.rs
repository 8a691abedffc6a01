//! Raw HTML inside Markdown, tag by tag: what the sanitiser admits is kept, and what is opened gets closed.
//!
//! A tag of the content is given to `ammonia` together with its closing tag; what comes back is the tag as
//! it may stand. [`Stack`] keeps the result balanced, so that no content can close an element of the page.

use std::{borrow::Cow, sync::LazyLock};

use html5gum::{Token, Tokenizer};

static SANITISER: LazyLock<ammonia::Builder<'static>> = LazyLock::new(|| {
    let mut builder = ammonia::Builder::default();
    builder.add_generic_attributes(["lang", "dir", "title"]);
    builder
});

/// Elements whose content is dropped with them.
const DROPPED: [&str; 11] = [
    "script", "style", "iframe", "noscript", "template", "textarea", "title", "object", "select", "svg",
    "math",
];

const VOID: [&str; 4] = ["br", "hr", "img", "wbr"];

/// A piece of raw HTML.
#[derive(Debug, PartialEq)]
pub enum Piece {
    Text(String),
    /// A sanitised opening tag.
    Open {
        name: String,
        html: String,
    },
    Close(String),
    /// An element that the sanitiser refuses together with its content.
    Drop(String),
}

/// Cuts `html` into pieces; tags that the sanitiser refuses vanish, their text stays.
pub fn pieces(html: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for Ok(token) in Tokenizer::new(html) {
        match token {
            Token::String(text) => pieces.push(Piece::Text(String::from_utf8_lossy(&text).into_owned())),
            Token::StartTag(tag) => {
                let name = String::from_utf8_lossy(&tag.name).into_owned();
                if DROPPED.contains(&&*name) {
                    if !tag.self_closing {
                        pieces.push(Piece::Drop(name));
                    }
                    continue;
                }
                let mut raw = format!("<{name}");
                for (key, value) in &tag.attributes {
                    let value = String::from_utf8_lossy(value);
                    raw.push_str(&format!(" {}=\"{}\"", String::from_utf8_lossy(key), attribute(&value)));
                }
                raw.push('>');
                if let Some(piece) = sanitise(name, raw) {
                    pieces.push(piece);
                }
            }
            Token::EndTag(tag) => pieces.push(Piece::Close(String::from_utf8_lossy(&tag.name).into_owned())),
            Token::Comment(_) | Token::Doctype(_) | Token::Error(_) => {}
        }
    }
    pieces
}

fn attribute(value: &str) -> Cow<'_, str> {
    if value.contains(['"', '&', '<', '>']) {
        Cow::Owned(
            value.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;").replace('>', "&gt;"),
        )
    } else {
        Cow::Borrowed(value)
    }
}

/// The opening tag as it may stand, or `None` when it may not.
fn sanitise(name: String, raw: String) -> Option<Piece> {
    // The headline is the only h1 of a page.
    let name = if name == "h1" { "h2".to_owned() } else { name };
    // A table part alone would be dropped by the parser inside the sanitiser.
    if ["tr", "td", "th", "tbody", "thead", "tfoot", "caption", "colgroup", "col"].contains(&&*name) {
        return Some(Piece::Open { html: format!("<{name}>"), name });
    }
    let clean = SANITISER.clean(&raw.replacen("<h1", "<h2", 1)).to_string();
    let open = clean.strip_suffix(&format!("</{name}>")).unwrap_or(&clean);
    (open.starts_with(&format!("<{name}")) && open.ends_with('>') && open.matches('<').count() == 1)
        .then(|| Piece::Open { html: open.to_owned(), name })
}

/// Whether a link or image may lead there: relative, or of a harmless scheme.
pub fn safe_url(url: &str) -> bool {
    // Browsers pass over white space and control characters inside a scheme.
    let url: String = url.chars().filter(|c| !c.is_whitespace() && !c.is_control()).take(64).collect();
    let head = url.split(['/', '?', '#']).next().unwrap_or("");
    match head.split_once(':') {
        None => true,
        Some((scheme, _)) => {
            ["http", "https", "mailto", "tel"].iter().any(|allowed| scheme.eq_ignore_ascii_case(allowed))
        }
    }
}

/// Raw elements open now.
#[derive(Debug, Default)]
pub struct Stack {
    /// Name, and the number of Markdown containers around.
    open: Vec<(String, usize)>,
    /// The dropped element that is open, and how deep it was nested in its like.
    dropped: Option<String>,
}

impl Stack {
    /// Whether text is inside a dropped element.
    pub fn dropping(&self) -> bool {
        self.dropped.is_some()
    }

    /// Takes a tag inside `depth` Markdown containers; gives the tags to write.
    pub fn tag(&mut self, piece: Piece, depth: usize) -> Vec<String> {
        if let Some(dropped) = &self.dropped {
            if matches!(&piece, Piece::Close(name) if name == dropped) {
                self.dropped = None;
            }
            return Vec::new();
        }
        match piece {
            Piece::Text(_) => Vec::new(),
            Piece::Drop(name) => {
                self.dropped = Some(name);
                Vec::new()
            }
            Piece::Open { name, html } => {
                if !VOID.contains(&&*name) {
                    self.open.push((name, depth));
                }
                vec![html]
            }
            Piece::Close(name) => {
                let name = if name == "h1" { "h2".to_owned() } else { name };
                // Only what was opened inside the same container may be closed.
                match self.open.iter().rposition(|(open, d)| *open == name && *d == depth) {
                    Some(i) => self.open.drain(i..).rev().map(|(name, _)| format!("</{name}>")).collect(),
                    None => Vec::new(),
                }
            }
        }
    }

    /// Closes what was opened inside the container of `depth`, which ends.
    pub fn close_to(&mut self, depth: usize) -> Vec<String> {
        self.dropped = None;
        let keep = self.open.iter().position(|(_, d)| *d >= depth.max(1)).unwrap_or(self.open.len());
        let keep = if depth == 0 { 0 } else { keep };
        self.open.drain(keep..).rev().map(|(name, _)| format!("</{name}>")).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(html: &str) -> String {
        let mut stack = Stack::default();
        let mut out = String::new();
        for piece in pieces(html) {
            match piece {
                Piece::Text(text) if !stack.dropping() => out.push_str(&text),
                piece => out.extend(stack.tag(piece, 1)),
            }
        }
        out.extend(stack.close_to(0));
        out
    }

    #[test]
    fn raw_html_is_sanitised_and_balanced() {
        let check = |input: &str, expect: &str| assert_eq!(written(input), expect, "{input}");
        check("<b>a</b>", "<b>a</b>");
        check("<b onclick=\"x()\">a", "<b>a</b>");
        check("a<script>alert(1)</script>b", "ab");
        check("</main></div>a", "a");
        check("<a href=\"javascript:x\">a</a>", "<a rel=\"noopener noreferrer\">a</a>");
        check("<abbr title='a \"b\"'>c</abbr>", "<abbr title=\"a &quot;b&quot;\">c</abbr>");
        check("<i><b>a</i>c", "<i><b>a</b></i>c");
        check("<img src=x onerror=alert(1)>", "<img src=\"x\">");
        check("<form><input>a</form>", "a");
    }

    #[test]
    fn schemes() {
        let check = |url: &str, safe: bool| assert_eq!(safe_url(url), safe, "{url}");
        check("https://example.org/a:b", true);
        check("/a:b", true);
        check("a.md#x:y", true);
        check("JavaScript:alert(1)", false);
        check("java\nscript:alert(1)", false);
        check(" data:text/html,x", false);
        check("mailto:a@b.c", true);
    }
}

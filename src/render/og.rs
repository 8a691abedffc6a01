//! The picture that stands for an article or edition where it is shared: name of the paper, headline, day, section.
//!
//! 1. A drawing (SVG) is made from the site, with lines broken by the widths of the embedded font.
//! 2. It is painted as PNG. The same drawing always gives the same bytes, so that the caller can remember them.

use std::{fmt::Write, sync::LazyLock};

use resvg::{
    tiny_skia::{Pixmap, Transform},
    usvg::{Options, Tree, fontdb::Database},
};

use crate::{
    knowledge::font,
    model::{
        page::{OG_SIZE, OgOf},
        site::{Entry, Site},
    },
    render::{Renderer, body::escaped},
    theme::{Colours, Theme},
};

/// Size in pixels.
const WIDTH: u32 = OG_SIZE.0;
const HEIGHT: u32 = OG_SIZE.1;

const MARGIN: f32 = 72.0;
/// Sizes of the headline with the number of lines that fit.
const SIZES: [(f32, usize); 5] = [(86.0, 3), (74.0, 3), (64.0, 4), (56.0, 5), (48.0, 5)];
const LEADING: f32 = 1.14;

static OPTIONS: LazyLock<Options<'static>> = LazyLock::new(|| {
    let mut fonts = Database::new();
    fonts.load_font_data(font::BYTES.to_vec());
    Options { font_family: font::FAMILY.to_owned(), fontdb: fonts.into(), ..Options::default() }
});

/// The theme's colours, with the site's own accent where it has one that SVG knows.
pub fn colours(site: &Site, theme: &Theme) -> Colours {
    let mut colours = theme.manifest.picture.clone();
    if let Some(serde_json::Value::String(accent)) = site.config.theme_settings.get("accent")
        && !accent.is_empty()
    {
        colours.accent.clone_from(accent);
    }
    colours
}

/// The drawing of the picture of an article or edition.
pub fn drawing(site: &Site, renderer: &Renderer, of: OgOf) -> String {
    let words = &renderer.words;
    match of {
        OgOf::Article(i) => {
            let entry = &site.articles[i as usize];
            let day = entry.article.date.map_or(String::new(), |date| words.long(date.day));
            svg(&site.config.title, &entry.article.title, &day, &section(site, entry), &renderer.og)
        }
        OgOf::Edition(i) => {
            let edition = &site.editions[i as usize];
            let lead = edition.articles.first().map_or("", |a| &site.articles[*a as usize].article.title);
            svg(&site.config.title, lead, &words.full(edition.day), "", &renderer.og)
        }
    }
}

fn section(site: &Site, entry: &Entry) -> String {
    entry.section.map_or(String::new(), |s| site.sections[s as usize].value.title.clone())
}

fn svg(paper: &str, headline: &str, day: &str, kicker: &str, colours: &Colours) -> String {
    let Colours { paper: ground, ink, accent } = colours;
    let (width, height) = (WIDTH as f32, HEIGHT as f32);
    let (size, lines) = broken(headline, width - 2.0 * MARGIN);
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{WIDTH}\" height=\"{HEIGHT}\" font-weight=\"700\">\
         <rect width=\"{WIDTH}\" height=\"{HEIGHT}\" fill=\"{}\"/>\
         <rect width=\"{WIDTH}\" height=\"14\" fill=\"{}\"/>",
        escaped(ground),
        escaped(accent),
    );
    let mut line = |text: &str, x: f32, y: f32, size: f32, colour: &str, anchor: &str| {
        let shown = if font::draws(text) { text } else { "" };
        let _ = write!(
            out,
            "<text x=\"{x}\" y=\"{y}\" font-size=\"{size}\" fill=\"{}\" text-anchor=\"{anchor}\">{}</text>",
            escaped(colour),
            escaped(shown),
        );
    };
    line(&cut(paper, width - 2.0 * MARGIN, 36.0), MARGIN, 92.0, 36.0, ink, "start");
    // The headline stands in the middle of the room between the rules.
    let tall = size * LEADING * (lines.len() as f32 - 1.0) + size * 0.72;
    let first = 126.0 + (height - 126.0 - 104.0 - tall) / 2.0 + size * 0.72;
    for (i, text) in lines.iter().enumerate() {
        line(text, MARGIN, (first + size * LEADING * i as f32).round(), size, ink, "start");
    }
    line(day, MARGIN, height - 46.0, 30.0, ink, "start");
    let room = width - 3.0 * MARGIN - font::width(day, 30.0);
    line(&cut(kicker, room, 30.0), width - MARGIN, height - 46.0, 30.0, accent, "end");
    for y in [122.0, height - 96.0] {
        let _ = write!(
            out,
            "<rect x=\"{MARGIN}\" y=\"{y}\" width=\"{}\" height=\"2\" fill=\"{}\"/>",
            width - 2.0 * MARGIN,
            escaped(ink)
        );
    }
    out.push_str("</svg>");
    out
}

/// The headline in lines, and the largest size at which it fits; cut where it is too long for the smallest.
fn broken(text: &str, room: f32) -> (f32, Vec<String>) {
    let mut last = (SIZES[0].0, Vec::new());
    for (size, most) in SIZES {
        let mut lines = wrap(text, room, size);
        let whole = text.split_whitespace().all(|word| font::width(word, size) <= room);
        if lines.len() <= most && whole {
            return (size, even(text, room, size, lines));
        }
        let more = lines.len() > most;
        lines.truncate(most);
        if let Some(line) = lines.last_mut().filter(|_| more) {
            *line = cut(&format!("{line} …"), room, size).replace(" …", "…");
        }
        last = (size, lines);
    }
    last
}

fn wrap(text: &str, room: f32, size: f32) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line)
                if font::width(line, size) + font::width(" ", size) + font::width(word, size) <= room =>
            {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(cut(word, room, size)),
        }
    }
    lines
}

/// The same number of lines with the narrowest measure: no line of one word below long ones.
fn even(text: &str, room: f32, size: f32, lines: Vec<String>) -> Vec<String> {
    let mut best = lines;
    let mut narrow = room;
    while narrow > room * 0.5 {
        narrow -= room * 0.04;
        let lines = wrap(text, narrow, size);
        if lines.len() > best.len() || lines.iter().any(|line| line.ends_with('…') && !text.contains('…'))
        {
            break;
        }
        best = lines;
    }
    best
}

/// A text as far as it fits into the room, with an ellipsis where it was longer.
fn cut(text: &str, room: f32, size: f32) -> String {
    if font::width(text, size) <= room {
        return text.to_owned();
    }
    let mut out = String::new();
    for c in text.chars() {
        out.push(c);
        if font::width(&out, size) + font::width("…", size) > room {
            out.pop();
            break;
        }
    }
    format!("{}…", out.trim_end())
}

/// Paints a drawing: the bytes of a PNG. Empty when it cannot be painted, which no drawing of this file is.
pub fn painted(svg: &str) -> Vec<u8> {
    let (Ok(tree), Some(mut pixels)) = (Tree::from_str(svg, &OPTIONS), Pixmap::new(WIDTH, HEIGHT)) else {
        return Vec::new();
    };
    resvg::render(&tree, Transform::identity(), &mut pixels.as_mut());
    pixels.encode_png().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headlines_are_broken_evenly_and_cut_when_they_must_be() {
        let check = |text: &str, expect: &[&str]| {
            let (size, lines) = broken(text, 1056.0);
            assert_eq!(lines, expect);
            assert!(lines.iter().all(|line| font::width(line, size) <= 1056.0));
        };
        check("Wall falls", &["Wall falls"]);
        check(
            "Parliament votes to leave the union of states",
            &["Parliament votes", "to leave the", "union of states"],
        );
        check(
            "Donaudampfschifffahrtsgesellschaftskapitänswitwenverein",
            &["Donaudampfschifffahrtsgesellschaftskap…"],
        );
        let (size, lines) = broken(&"very long words of a headline ".repeat(20), 1056.0);
        assert_eq!((size, lines.len()), (48.0, 5));
        assert!(lines[4].ends_with('…'), "{lines:?}");
    }

    #[test]
    fn drawings_are_painted_the_same_each_time() {
        let colours = Colours { paper: "#ffffff".into(), ink: "#000000".into(), accent: "#cc0000".into() };
        let draw = |headline: &str| painted(&svg("<A & B>", headline, "9 November 1989", "World", &colours));
        let (one, two) = (draw("Wall falls"), draw("Wall stands"));
        assert_eq!(one, draw("Wall falls"));
        assert_ne!(one, two);
        let size = imagesize::blob_size(&one).expect("a picture");
        assert_eq!((size.width, size.height), (1200, 630));
    }
}

//! The embedded font → what it can write, and how wide. Drawn pictures use it.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use skrifa::{
    FontRef, MetadataProvider,
    instance::{LocationRef, Size},
};

/// A bold serif of Latin, Greek and Cyrillic letters (OFL 1.1, see `data/font/NOTICE.md`).
pub const BYTES: &[u8] = include_bytes!("../../data/font/serif-bold.ttf");
/// The name of its family.
pub const FAMILY: &str = "Noto Serif";

/// Widths of characters, in thousandths of the size of the type.
static WIDTHS: LazyLock<FxHashMap<char, f32>> = LazyLock::new(|| {
    let Ok(font) = FontRef::new(BYTES) else { return FxHashMap::default() };
    let glyphs = font.glyph_metrics(Size::unscaled(), LocationRef::default());
    let em = f32::from(font.metrics(Size::unscaled(), LocationRef::default()).units_per_em);
    let width = |(code, glyph)| {
        Some((char::from_u32(code)?, glyphs.advance_width(glyph).unwrap_or_default() * 1000.0 / em))
    };
    font.charmap().mappings().filter_map(width).collect()
});

/// Whether the font has every character of a text.
pub fn draws(text: &str) -> bool {
    !text.trim().is_empty() && text.chars().all(|c| WIDTHS.contains_key(&c))
}

/// The width of a text at a size of the type, in the unit of that size. Kerning makes it a little less.
pub fn width(text: &str, size: f32) -> f32 {
    text.chars().filter_map(|c| WIDTHS.get(&c)).sum::<f32>() * size / 1000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_it_writes() {
        let check = |text: &str, expect: bool| assert_eq!(draws(text), expect, "{text}");
        check("Wall falls: “Tor auf”, 9 November – 10 000 cross…", true);
        check("Łódź, Ağrı, Þórshöfn, Ệ, Świętokrzyskie, București", true);
        check("Αθήνα: νέα κυβέρνηση", true);
        check("Київ і Москва, Ђоковић", true);
        check("東京", false);
        check("القاهرة", false);
        check("", false);
        assert!(
            width("WWW", 50.0) > width("iii", 50.0)
                && (width("A", 100.0) - 2.0 * width("A", 50.0)).abs() < 0.01
        );
    }
}

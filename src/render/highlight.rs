//! Code of a fence → HTML with class names by scope (`syntect`), for the theme to colour. Off without the feature.

/// The code as escaped HTML with `<span class>`, or `None` for a language that nobody knows.
#[cfg(feature = "highlight")]
pub fn spans(code: &str, lang: &str) -> Option<String> {
    use std::sync::LazyLock;

    use syntect::{
        html::{ClassStyle, ClassedHTMLGenerator},
        parsing::SyntaxSet,
        util::LinesWithEndings,
    };
    static SYNTAXES: LazyLock<SyntaxSet> = LazyLock::new(SyntaxSet::load_defaults_newlines);
    let syntax = SYNTAXES.find_syntax_by_token(lang)?;
    let style = ClassStyle::SpacedPrefixed { prefix: "hl-" };
    let mut generator = ClassedHTMLGenerator::new_with_class_style(syntax, &SYNTAXES, style);
    for line in LinesWithEndings::from(code) {
        generator.parse_html_for_line_which_includes_newline(line).ok()?;
    }
    Some(generator.finalize())
}

#[cfg(not(feature = "highlight"))]
pub fn spans(_code: &str, _lang: &str) -> Option<String> {
    None
}

//! The settings of a section (`_index.md`) and pages that are not news enter; their values without prose leave.

use crate::{
    diagnostic::Diagnostic,
    model::{Prose, SectionMeta, TextPage},
    parse::{
        article::heading,
        faults::{Faults, Source},
        front_matter::{self, Parsed},
        keys::{PAGE, SECTION},
    },
    path::{SourcePath, slugify},
};

/// Reads `content/SECTION/_index.md`. The slug is that of the first folder, or empty for `content/_index.md`.
pub fn section(path: &SourcePath, text: &str) -> Parsed<SectionMeta> {
    let mut faults = Faults::new(Source { path, text });
    let (mut sound, fences) = front_matter::open(SECTION, &mut faults);
    let folder = path.folder().strip_prefix("content").unwrap_or(path.folder()).trim_start_matches('/');
    let folder = folder.split('/').next().unwrap_or("");
    let item = SectionMeta {
        path: Some(path.clone()),
        slug: if folder.is_empty() { String::new() } else { slugify(folder) },
        title: sound.line("title").unwrap_or_else(|| section_title(folder)),
        description: sound.text("description").unwrap_or_default(),
        paginate_by: sound.take("paginate_by"),
        template: sound.text("template"),
        page_template: sound.text("page_template"),
        link: sound.take("link"),
        editions: sound.take("editions"),
        noindex: sound.take("noindex").unwrap_or(false),
        extra: sound.take("extra").unwrap_or_default(),
        prose: Prose::default(),
    };
    Parsed { item, body: fences.body, diagnostics: faults.finish() }
}

/// The title of a section that gives none, from its folder: `middle-east` is `Middle East`.
pub fn section_title(folder: &str) -> String {
    let capital = |word: &str| {
        let mut chars = word.chars();
        chars.next().map(|first| first.to_uppercase().chain(chars).collect::<String>())
    };
    folder.split(['-', '_', ' ']).filter_map(capital).collect::<Vec<_>>().join(" ")
}

/// Reads `content/pages/SLUG.md` or `content/pages/SLUG/index.md`.
pub fn page(path: &SourcePath, text: &str) -> Parsed<TextPage> {
    let mut faults = Faults::new(Source { path, text });
    let (mut sound, fences) = front_matter::open(PAGE, &mut faults);
    let broken = faults.list.iter().any(|d| d.code == "yaml-syntax" || d.code == "toml-front-matter");
    let mut body = fences.body;
    let broken = broken || sound.failed("title");
    let mut title = sound.line("title").unwrap_or_default();
    if title.is_empty()
        && let Some((heading, rest)) = heading(text, body.clone())
    {
        (title, body) = (heading, rest);
    }
    if title.is_empty() && !broken {
        let fault = Diagnostic::error("missing-title", "this page has no title");
        faults.at(fences.origin, fault.help("add `title:` to the front matter"));
    }
    let stem = match path.stem() {
        "index" => path.folder().rsplit('/').next().unwrap_or("index"),
        stem => stem,
    };
    let item = TextPage {
        path: path.clone(),
        slug: slugify(&sound.text("slug").unwrap_or_else(|| stem.to_owned())),
        title,
        description: sound.text("description").unwrap_or_default(),
        draft: sound.take("draft").unwrap_or(false),
        noindex: sound.take("noindex").unwrap_or(false),
        template: sound.text("template"),
        aliases: sound.take("aliases").unwrap_or_default(),
        extra: sound.take("extra").unwrap_or_default(),
        prose: Prose::default(),
    };
    Parsed { item, body, diagnostics: faults.finish() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::config::LinkMode;

    #[test]
    fn sections_and_pages() {
        let text = "---\npaginate_by: 10\nlink: all\neditions: false\nextra: { a: 1 }\n---\nAbout.";
        let Parsed { item, body, diagnostics } =
            section(&SourcePath::new("content/middle-east/_index.md"), text);
        assert_eq!((&*item.slug, &*item.title, item.paginate_by), ("middle-east", "Middle East", Some(10)));
        assert_eq!(
            (item.link, item.editions, &text[body], diagnostics.len()),
            (Some(LinkMode::All), Some(false), "About.", 0)
        );
        assert_eq!(section(&SourcePath::new("content/_index.md"), "").item.slug, "");

        let check = |path: &str, text: &str, expect: (&str, &str, &str, usize)| {
            let Parsed { item, body, diagnostics } = page(&SourcePath::new(path), text);
            assert_eq!((&*item.slug, &*item.title, &text[body], diagnostics.len()), expect, "{path} {text}");
        };
        check("content/pages/about.md", "# About us\nWe", ("about", "About us", "We", 0));
        check(
            "content/pages/imprint/index.md",
            "---\ntitle: Imprint\ndraft: true\n---\nX",
            ("imprint", "Imprint", "X", 0),
        );
        check("content/pages/x.md", "X", ("x", "", "X", 1));
        check("content/pages/x.md", "---\ntitle: X\nslug: Ü y\ndate: 1990-01-01\n---\n", ("u-y", "X", "", 1));
    }
}

//! A theme: templates and files of a look, and in which order templates are looked up.
//!
//! Names: a template of the site is `x.html`, one of the theme `theme/x.html`, a built-in one `builtin/x.html`.
//! A theme that builds on another can extend the template that it overrides as `OTHER/x.html`.
//! `x.html` falls back to the theme's and then to the built-in one, and any of them can extend the others by their
//! full names, so that an override extends what it overrides.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::{
    diagnostic::{Diagnostic, Place, did_you_mean},
    model::{OwnWords, config::Config},
    path::SourcePath,
};

/// `theme.yaml`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Manifest {
    pub name: String,
    pub description: String,
    /// A theme that this one builds on: it has all of that theme's templates, files and settings, and its own over them.
    pub base: Option<String>,
    /// Style sheets below `static/` that every page links, in order.
    pub stylesheets: Vec<String>,
    /// Scripts below `static/` that every page loads, deferred.
    pub scripts: Vec<String>,
    /// How wide pictures of a text stand, as the attribute `sizes` says it.
    pub image_sizes: String,
    /// Colours of the pictures that are drawn for sharing, as `#rrggbb`.
    pub picture: Colours,
    /// Settings with their defaults; a site overrides them under `theme_settings`.
    pub settings: BTreeMap<String, serde_json::Value>,
}

/// Colours of drawn pictures.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Colours {
    pub paper: String,
    pub ink: String,
    pub accent: String,
}

impl Default for Colours {
    fn default() -> Self {
        Colours { paper: "#ffffff".into(), ink: "#111111".into(), accent: "#111111".into() }
    }
}

/// A template as a file holds it.
#[derive(Clone, Debug, PartialEq)]
pub struct Template {
    /// Name without prefix: `article.html`.
    pub name: String,
    pub text: String,
    /// Where a person can change it; the path below the program's sources for built-in ones.
    pub path: SourcePath,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Theme {
    pub manifest: Manifest,
    /// Overrides of the site.
    pub site: Vec<Template>,
    pub theme: Vec<Template>,
    /// Templates of the themes that this one builds on, with the name of each theme: `(broadsheet, base.html)`.
    pub bases: Vec<(String, Template)>,
    pub builtin: Vec<Template>,
    /// The words of the site, over those of its language.
    pub words: OwnWords,
    /// Below `static/`: name with `/` between parts, and content.
    pub files: BTreeMap<String, Vec<u8>>,
    /// Where a person can change each of them.
    pub origins: BTreeMap<String, SourcePath>,
}

macro_rules! embedded {
    ($folder:literal: $($name:literal)*) => {
        &[$(($name, include_str!(concat!("../", $folder, "/", $name)))),*]
    };
}

/// The built-in templates: semantic HTML without a look.
pub const TEMPLATES: &[(&str, &str)] = embedded!("templates":
    "404.html" "archive.html" "article.html" "author.html" "authors.html" "base.html" "edition.html"
    "components.html" "corrections.html" "entities.html" "entity.html" "figures.html" "graph.html" "home.html" "kind.html" "month.html" "page.html" "quotes.html" "redirect.html"
    "search.html" "section.html" "sections.html" "source.html" "sources.html" "speaker.html" "stories.html" "story.html" "timeline.html" "timeline-year.html" "topic.html"
    "topics.html" "year.html"
);

/// Files of the built-in themes, by theme: `theme.yaml`, `templates/…`, `static/…`.
pub const THEMES: &[(&str, &[(&str, &str)])] = &[
    (
        "broadsheet",
        embedded!("themes/broadsheet":
            "theme.yaml" "templates/base.html" "static/broadsheet-print.css" "static/broadsheet-search.css" "static/broadsheet.css"
            "static/broadsheet.js"),
    ),
    ("wire", embedded!("themes/wire": "theme.yaml" "static/wire.css")),
];

/// The built-in templates as [`Template`]s.
pub fn builtin_templates() -> Vec<Template> {
    TEMPLATES
        .iter()
        .map(|(name, text)| Template {
            name: (*name).to_owned(),
            text: (*text).to_owned(),
            path: SourcePath::new(&format!("templates/{name}")),
        })
        .collect()
}

/// The files of a built-in theme.
pub fn builtin_theme(name: &str) -> Option<Files> {
    let (_, files) = THEMES.iter().find(|(theme, _)| *theme == name)?;
    Some(files.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())).collect())
}

/// Names of the built-in themes.
pub fn builtin_names() -> impl Iterator<Item = &'static str> {
    THEMES.iter().map(|(name, _)| *name)
}

/// The files of one theme, read: by path below its folder.
pub type Files = Vec<(String, Vec<u8>)>;

/// The manifest among a theme's files; all defaults when there is none.
///
/// # Errors
/// What is wrong with `theme.yaml`.
pub fn manifest(files: &Files) -> Result<Manifest, String> {
    match files.iter().find(|(path, _)| path == "theme.yaml") {
        Some((_, bytes)) => serde_yaml::from_slice(bytes).map_err(|error| error.to_string()),
        None => Ok(Manifest::default()),
    }
}

impl Theme {
    /// Puts a theme together from the files of its layers, each with its folder (the theme that all others build on
    /// first, the chosen one last), and the site's own templates.
    ///
    /// # Errors
    /// What is wrong with a `theme.yaml`.
    pub fn new(layers: Vec<(String, Files)>, site: Vec<Template>) -> Result<Theme, String> {
        let mut theme = Theme { site, builtin: builtin_templates(), ..Theme::default() };
        for (folder, files) in layers {
            let below = std::mem::take(&mut theme.manifest);
            let own = manifest(&files)?;
            let Manifest { name, stylesheets, scripts, settings, image_sizes: sizes, picture, .. } = below;
            theme.bases.extend(theme.theme.iter().map(|t| (name.clone(), t.clone())));
            theme.manifest = Manifest {
                stylesheets: stylesheets.into_iter().chain(own.stylesheets).collect(),
                scripts: scripts.into_iter().chain(own.scripts).collect(),
                settings: settings.into_iter().chain(own.settings).collect(),
                picture: if own.picture == Colours::default() { picture } else { own.picture.clone() },
                image_sizes: if own.image_sizes.is_empty() { sizes } else { own.image_sizes },
                ..own
            };
            for (path, bytes) in files {
                if let Some(name) = path.strip_prefix("templates/") {
                    theme.theme.retain(|t| t.name != name);
                    theme.theme.push(Template {
                        name: name.to_owned(),
                        text: String::from_utf8_lossy(&bytes).into_owned(),
                        path: SourcePath::new(&format!("{folder}/{path}")),
                    });
                } else if let Some(name) = path.strip_prefix("static/") {
                    theme.origins.insert(name.to_owned(), SourcePath::new(&format!("{folder}/{path}")));
                    theme.files.insert(name.to_owned(), bytes);
                }
            }
        }
        theme.theme.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(theme)
    }

    /// All templates by the full name under which they are registered.
    pub fn registered(&self) -> Vec<(String, &Template)> {
        let site = self.site.iter().map(|t| (t.name.clone(), t));
        let theme = self.theme.iter().map(|t| (format!("theme/{}", t.name), t));
        let bases = self.bases.iter().map(|(base, t)| (format!("{base}/{}", t.name), t));
        let builtin = self.builtin.iter().map(|t| (format!("builtin/{}", t.name), t));
        site.chain(theme).chain(bases).chain(builtin).collect()
    }
}

/// Settings of the site that this theme does not know, and that are spelt almost as one that it does. Others may be meant
/// for templates of the site's own.
pub fn misspelt(config: &Config, theme: &Theme) -> Vec<Diagnostic> {
    let known = &theme.manifest.settings;
    let unknown = config.theme_settings.keys().filter(|key| !known.contains_key(*key));
    let near = unknown.filter_map(|key| Some((key, did_you_mean(key, known.keys().map(String::as_str))?)));
    near.map(|(key, near)| {
        let message = format!("the theme has no setting `{key}`");
        Diagnostic::warning("unknown-setting", message)
            .at(Place::file(&SourcePath::new("dateline.yaml")))
            .help(format!("did you mean `theme_settings.{near}`?"))
    })
    .collect()
}

/// Templates of the site that nothing asks for, and that are spelt almost as one that pages are made with. `asked` are those
/// that content names.
pub fn stray(theme: &Theme, asked: &BTreeSet<&str>) -> Vec<Diagnostic> {
    let bases = theme.bases.iter().map(|(_, template)| template);
    let known: BTreeSet<&str> =
        theme.builtin.iter().chain(&theme.theme).chain(bases).map(|t| t.name.as_str()).collect();
    let stray = theme.site.iter().filter(|template| {
        let name = template.name.as_str();
        let by_another = |other: &&Template| other.name != template.name && other.text.contains(name);
        !known.contains(name) && !asked.contains(name) && !theme.site.iter().any(|other| by_another(&other))
    });
    let near = stray.filter_map(|t| Some((t, did_you_mean(&t.name, known.iter().copied())?)));
    near.map(|(template, near)| {
        Diagnostic::warning("stray-template", "no page is made with this template")
            .at(Place::file(&template.path))
            .help(format!("did you mean `{near}`?"))
    })
    .collect()
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "a test looks at the folders that are embedded")]
mod tests {
    use std::{collections::BTreeSet, path::Path};

    use super::*;

    /// Names of the files below `folder`, with `/` between parts.
    fn files(folder: &Path, prefix: &str, out: &mut BTreeSet<String>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let entry = entry.unwrap();
            let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
            if entry.file_type().unwrap().is_dir() {
                files(&entry.path(), &format!("{name}/"), out);
            } else {
                out.insert(name);
            }
        }
    }

    #[test]
    fn templates_that_nothing_asks_for() {
        let template = |name: &str, text: &str| Template {
            name: name.to_owned(),
            text: text.to_owned(),
            path: SourcePath::new(&format!("templates/{name}")),
        };
        let check = |site: Vec<Template>, asked: &[&str], expect: &[&str]| {
            let theme = Theme::new(Vec::new(), site).unwrap();
            let found = stray(&theme, &asked.iter().copied().collect());
            let told: Vec<String> =
                found.iter().map(|f| format!("{}", f.place.as_ref().unwrap().path)).collect();
            assert_eq!(told, expect);
        };
        check(vec![template("artcle.html", "")], &[], &["templates/artcle.html"]);
        check(vec![template("artcle.html", "")], &["artcle.html"], &[]);
        check(
            vec![template("artcle.html", ""), template("home.html", "{% include \"artcle.html\" %}")],
            &[],
            &[],
        );
        check(vec![template("article.html", ""), template("fold-of-our-own.html", "")], &[], &[]);
    }

    #[test]
    fn embedded_files_are_those_of_the_folders() {
        let check = |folder: &str, embedded: &[(&str, &str)]| {
            let mut found = BTreeSet::new();
            files(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder), "", &mut found);
            let embedded: BTreeSet<String> = embedded.iter().map(|(name, _)| (*name).to_owned()).collect();
            assert_eq!(found, embedded, "{folder}");
        };
        check("templates", TEMPLATES);
        for (name, embedded) in THEMES {
            check(&format!("themes/{name}"), embedded);
        }
    }

    #[test]
    fn built_in_themes_are_sound() {
        for name in builtin_names() {
            let own = builtin_theme(name).unwrap();
            let base = manifest(&own).unwrap().base.and_then(|base| builtin_theme(&base));
            let layers = base.into_iter().chain([own]).map(|files| ("themes".to_owned(), files));
            let theme = Theme::new(layers.collect(), Vec::new()).unwrap();
            assert_eq!(theme.manifest.name, name);
            let linked = theme.manifest.stylesheets.iter().chain(&theme.manifest.scripts);
            for file in linked {
                assert!(theme.files.contains_key(file), "{name}: {file}");
            }
        }
    }
}

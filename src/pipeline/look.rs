//! The site's folder and settings → the theme, with all that it builds on, its style sheets compiled, and the site's
//! own templates.

use crate::{
    assets,
    diagnostic::{Diagnostic, Place, did_you_mean},
    disk::read,
    i18n,
    model::{OwnWords, config::Config},
    path::SourcePath,
    pipeline::{Error, Options, sources::WORDS},
    theme::{self, Theme},
};

/// A theme builds on at most so many others.
const DEEPEST: usize = 8;

/// Reads the theme that the settings name, from `themes/NAME` or from the built-in ones.
///
/// # Errors
/// When a folder cannot be read. A theme that is missing or faulty is a fault of the content.
pub fn theme(options: &Options, config: &Config, faults: &mut Vec<Diagnostic>) -> Result<Theme, Error> {
    let mut layers = Vec::new();
    let mut next = Some((config.theme.clone(), None));
    while let Some((name, within)) = next.take() {
        let folder = format!("themes/{name}");
        let files = files(options, &name, &folder, within.as_ref(), faults)?;
        let path = SourcePath::new(&format!("{folder}/theme.yaml"));
        let base = theme::manifest(&files).ok().and_then(|manifest| manifest.base);
        layers.push((folder, files));
        if let Some(base) = base {
            if layers.len() > DEEPEST || base == name {
                let message =
                    format!("the theme `{name}` builds on itself, or on more than {DEEPEST} others");
                faults.push(Diagnostic::error("theme", message).at(Place::file(&path)));
            } else {
                next = Some((base, Some(path)));
            }
        }
    }
    layers.reverse();
    let mut site = Vec::new();
    if let Some(templates) = &config.templates {
        for (name, bytes) in read::tree(&options.root.join(templates))? {
            let path = SourcePath::new(&format!("{templates}/{name}"));
            site.push(theme::Template { name, text: String::from_utf8_lossy(&bytes).into_owned(), path });
        }
    }
    let faulty =
        layers.iter().find_map(|(folder, files)| Some((folder.clone(), theme::manifest(files).err()?)));
    if let Some((folder, message)) = faulty {
        let path = SourcePath::new(&format!("{folder}/theme.yaml"));
        faults.push(Diagnostic::error("theme", message).at(Place::file(&path)));
        return Ok(Theme::default());
    }
    let chosen = SourcePath::new(&format!("{}/theme.yaml", layers.last().map_or("", |(folder, _)| folder)));
    let mut theme = Theme::new(layers, site).unwrap_or_default();
    theme.words = words(options, &config.language, faults)?;
    theme.files = assets::style::compile(&theme.files, &theme.origins, &assets::fingerprinted, faults);
    for name in theme.manifest.stylesheets.iter().chain(&theme.manifest.scripts) {
        if !theme.files.contains_key(name) {
            let message = format!("the theme has no file `static/{name}`");
            faults.push(Diagnostic::error("theme", message).at(Place::file(&chosen)));
        }
    }
    Ok(theme)
}

/// The site's own words of its language: of `i18n/de-AT.yaml`, or else of `i18n/de.yaml`.
fn words(options: &Options, language: &str, faults: &mut Vec<Diagnostic>) -> Result<OwnWords, Error> {
    let primary = language.split('-').next().unwrap_or_default();
    for tag in [language, primary] {
        let name = format!("{WORDS}/{tag}.yaml");
        let Some(bytes) = read::optional(&options.root.join(&name))? else { continue };
        let text = String::from_utf8_lossy(&bytes);
        let path = SourcePath::new(&name);
        let own: OwnWords = match serde_yaml::from_str(&text) {
            Ok(own) => own,
            Err(error) => {
                let at = error.location().map_or(0, |place| place.index().min(text.len()));
                let fault = Diagnostic::error("bad-words", error.to_string());
                let help =
                    "write it as the built-in words are: `text:` with a word each, and what dates need";
                faults.push(fault.at(Place::in_source(&path, &text, at..at)).help(help));
                return Ok(OwnWords::default());
            }
        };
        let known = i18n::words(language).text;
        // Other words are those of the site's own templates.
        for key in own.text.keys().filter(|key| !known.contains_key(*key)) {
            let Some(near) = did_you_mean(key, known.keys().map(String::as_str)) else { continue };
            let at = text.find(&format!("{key}:")).unwrap_or(0);
            let fault =
                Diagnostic::warning("unknown-word", format!("no built-in template uses the word `{key}`"));
            let place = Place::in_source(&path, &text, at..at + key.len());
            faults.push(fault.at(place).help(format!("did you mean `{near}`?")));
        }
        return Ok(own);
    }
    Ok(OwnWords::default())
}

/// The files of the theme `name`; those of the default theme, with a fault, where there is none of that name.
fn files(
    options: &Options,
    name: &str,
    folder: &str,
    within: Option<&SourcePath>,
    faults: &mut Vec<Diagnostic>,
) -> Result<theme::Files, Error> {
    let files = read::tree(&options.root.join(folder))?;
    if !files.is_empty() {
        return Ok(files);
    }
    if let Some(files) = theme::builtin_theme(name) {
        return Ok(files);
    }
    let fault = Diagnostic::error("no-theme", format!("there is no theme `{name}`"));
    let fault = match did_you_mean(name, theme::builtin_names()) {
        Some(near) => fault.help(format!("did you mean `{near}`?")),
        None => fault.help(format!(
            "put it into `{folder}/`, or use a built-in one: {}",
            theme::builtin_names().collect::<Vec<_>>().join(", ")
        )),
    };
    faults.push(match within {
        Some(path) => fault.at(Place::file(path)),
        None => fault.at(chosen(options, name)),
    });
    Ok(theme::builtin_theme("broadsheet").unwrap_or_default())
}

/// Where the settings choose the theme of that name.
fn chosen(options: &Options, name: &str) -> Place {
    let path = options.config.clone().unwrap_or_else(|| options.root.join("dateline.yaml"));
    let source = read::source_path(&options.root, &path);
    let bytes = read::optional(&path).ok().flatten().unwrap_or_default();
    let text = String::from_utf8_lossy(&bytes);
    let line = text.match_indices("theme:").find(|(at, _)| *at == 0 || text[..*at].ends_with('\n'));
    let start = line.and_then(|(at, _)| Some(at + text[at..].lines().next()?.find(name)?));
    match start {
        Some(start) => Place::in_source(&source, &text, start..start + name.len()),
        None => Place::file(&source),
    }
}

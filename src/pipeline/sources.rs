//! Everything of a site beside its copy: settings, theme, templates and carried files, read again when they change.

use std::{path::Path, sync::Arc};

use jiff::tz::TimeZone;

use crate::{
    diagnostic::Diagnostic,
    disk::read,
    model::{Asset, config::Config},
    parse,
    pipeline::{Changes, Error, Options, look},
    theme::Theme,
};

/// Where settings are looked for.
const SETTINGS: &str = "dateline.yaml";
/// Where themes and files that are carried as they are lie.
const THEMES: &str = "themes";
const STATIC: &str = "static";
/// Where a site's own words of the interface lie.
pub(super) const WORDS: &str = "i18n";

/// A value and what was wrong with its sources.
type Told<T> = (T, Vec<Diagnostic>);

/// As last read; `None` before.
#[derive(Default)]
pub(super) struct Sources {
    settings: Option<Told<Arc<Config>>>,
    theme: Option<Told<Arc<Theme>>>,
    pub statics: Option<Vec<Asset>>,
    /// Name of the time zone.
    zone: String,
}

/// What a run stands on.
pub(super) struct Ground {
    pub config: Arc<Config>,
    pub zone: TimeZone,
    pub theme: Arc<Theme>,
    /// The time zone is another than last time: all dates are read anew.
    pub zone_changed: bool,
}

impl Sources {
    /// Reads what may have changed. A value that is as it was stays the same one.
    ///
    /// # Errors
    /// When the machine fails; what is not read then is read the next time.
    pub fn update(&mut self, options: &Options, changes: &Changes) -> Result<Ground, Error> {
        let old = self.settings.take();
        // Only what lies elsewhere is named by its whole path: the settings of `--config`.
        let touched = changes.any(|path| path == Path::new(SETTINGS) || path.is_absolute())
            || options.config.as_ref().is_some_and(|config| changes.any(|path| path == config));
        let (config, faults) = match old {
            Some(old) if !touched => old,
            old => {
                let mut faults = Vec::new();
                let new = settings(options, &mut faults)?;
                let same = old.as_ref().is_some_and(|(old, _)| **old == new);
                let config = old.clone().filter(|_| same).map_or_else(|| Arc::new(new), |(old, _)| old);
                let theirs = |config: &Config| {
                    (config.theme.clone(), config.templates.clone(), config.language.clone())
                };
                if old.as_ref().is_none_or(|(old, _)| theirs(old) != theirs(&config)) {
                    self.theme = None;
                }
                (config, faults)
            }
        };
        let zone_changed = self.zone != config.timezone;
        self.zone.clone_from(&config.timezone);
        self.settings = Some((config.clone(), faults));
        let templates = config.templates.as_deref().map(Path::new);
        if changes.any(|path| {
            path.starts_with(THEMES)
                || path.starts_with(WORDS)
                || templates.is_some_and(|t| path.starts_with(t))
        }) {
            let old = self.theme.take();
            let mut faults = Vec::new();
            let new = look::theme(options, &config, &mut faults)?;
            let same = old.filter(|(old, _)| **old == new);
            self.theme = Some((same.map_or_else(|| Arc::new(new), |(old, _)| old), faults));
        }
        let theme = match &self.theme {
            Some((theme, _)) => theme.clone(),
            None => {
                let mut faults = Vec::new();
                let theme = Arc::new(look::theme(options, &config, &mut faults)?);
                self.theme = Some((theme.clone(), faults));
                theme
            }
        };
        if self.statics.is_none() || changes.any(|path| path.starts_with(STATIC)) {
            self.statics = Some(read::tree_of_assets(&options.root, STATIC));
        }
        let zone = TimeZone::get(&config.timezone).unwrap_or(TimeZone::UTC);
        Ok(Ground { config, zone, theme, zone_changed })
    }

    /// What is wrong with settings and theme.
    pub fn all_faults(&self) -> impl Iterator<Item = &Diagnostic> {
        let settings = self.settings.iter().flat_map(|(_, faults)| faults);
        settings.chain(self.theme.iter().flat_map(|(_, faults)| faults))
    }
}

/// Reads the settings; a site without a file of them has the defaults.
///
/// # Errors
/// When the file is there and cannot be read, or a named one is not there.
pub fn settings(options: &Options, faults: &mut Vec<Diagnostic>) -> Result<Config, Error> {
    let path = options.config.clone().unwrap_or_else(|| options.root.join("dateline.yaml"));
    let bytes = if options.config.is_some() { Some(read::bytes(&path)?) } else { read::optional(&path)? };
    let source = read::source_path(&options.root, &path);
    let mut config = match bytes {
        Some(bytes) => {
            let (config, more) = parse::config::config(&source, &String::from_utf8_lossy(&bytes));
            faults.extend(more);
            config
        }
        None => {
            faults.push(
                Diagnostic::warning(
                    "no-config",
                    "there is no `dateline.yaml`; all settings have their defaults",
                )
                .help("make one, or name the site's folder with --root"),
            );
            Config::default()
        }
    };
    if let Some(base_url) = &options.base_url {
        config.base_url.clone_from(base_url);
    }
    config.search &= !options.no_search;
    Ok(config)
}

//! The text of `dateline.yaml` enters; the settings leave, each that is not sound as its default, with all faults.

use lightningcss::{traits::Parse, values::color::CssColor};
use serde_yaml::{Mapping, Value as Data};

use crate::{
    diagnostic::Diagnostic,
    model::config::Config,
    parse::{
        faults::{Faults, Source},
        schema,
        settings::CONFIG,
        yaml::{self, Value, Yaml},
    },
    path::SourcePath,
};

/// Reads the settings of a site.
pub fn config(path: &SourcePath, text: &str) -> (Config, Vec<Diagnostic>) {
    let mut faults = Faults::new(Source { path, text });
    let start = faults.source.start();
    let tree = yaml::parse(start..text.len(), &mut faults);
    let mut sound = schema::read(tree.as_ref(), CONFIG, start..start, &mut faults);
    if let Some(Data::String(url)) = sound.values.get("base_url")
        && let Some(message) = no_base(url)
    {
        let fault = Diagnostic::error("bad-url", message).help("write it as `https://example.org/news/`");
        faults.at(sound.range("base_url").unwrap_or(0..0), fault);
        sound.values.remove("base_url");
    }
    colours(tree.as_ref(), &mut sound.values, &mut faults);
    let config = serde_yaml::from_value(Data::Mapping(sound.values)).unwrap_or_else(|error| {
        // Only a table that does not fit the model leads here; the test below holds them together.
        faults.file(Diagnostic::error("bad-config", format!("the settings do not fit: {error}")));
        Config::default()
    });
    (config, faults.finish())
}

/// Settings of the built-in themes that are colours; other themes have them under the same names.
const COLOURS: [&str; 2] = ["accent", "accent_dark"];

/// Drops what stands for a colour and is none: a style sheet would pass over it in silence.
fn colours(tree: Option<&Yaml>, values: &mut Mapping, faults: &mut Faults) {
    let inner = |tree: &Yaml, key: &str| match &tree.value {
        Value::Map(entries) => entries.iter().find(|(label, _)| label.text == key).map(|(_, v)| v.clone()),
        _ => None,
    };
    let Some(settings) = tree.and_then(|tree| inner(tree, "theme_settings")) else { return };
    for key in COLOURS {
        let Some(given) = inner(&settings, key) else { continue };
        let text = match &given.value {
            Value::Scalar { text, .. } if text.is_empty() && !given.is_null() => continue,
            Value::Scalar { text, .. } if CssColor::parse_string(text).is_ok() => continue,
            Value::Scalar { text, .. } => text.clone(),
            _ => String::new(),
        };
        let digits = [3, 4, 6, 8].contains(&text.len()) && text.chars().all(|c| c.is_ascii_hexdigit());
        let (message, help) = if given.is_null() {
            (
                format!("`{key}` has no value"),
                format!("a colour with `#` stands in quotes: `{key}: \"#9b1c1f\"`"),
            )
        } else if digits {
            (format!("`{text}` is not a colour"), format!("write `{key}: \"#{text}\"`"))
        } else {
            let help = format!("write it as CSS does: `{key}: \"#9b1c1f\"`, `{key}: teal`");
            (
                format!(
                    "`{key}` must be a colour{}",
                    if text.is_empty() { String::new() } else { format!(", not `{text}`") }
                ),
                help,
            )
        };
        let range = if given.range.is_empty() { settings.range.clone() } else { given.range.clone() };
        faults.at(range, Diagnostic::error("bad-colour", message).help(help));
        if let Some(Data::Mapping(settings)) = values.get_mut("theme_settings") {
            settings.remove(key);
        }
    }
}

/// Why an address cannot be that of a site.
fn no_base(url: &str) -> Option<&'static str> {
    if url.contains(['?', '#']) {
        return Some("`base_url` cannot have a query or a fragment");
    }
    let web = url.contains("://");
    (!web && !url.starts_with('/')).then_some("`base_url` must be a web address, or a path from `/`")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::schema::{Key, Shape};

    fn read(text: &str) -> (Config, Vec<String>) {
        let (config, faults) = config(&SourcePath::new("dateline.yaml"), text);
        let told = faults.into_iter().map(|d| {
            let place = d.place.expect("every fault of a file has a place");
            format!(
                "{}:{} {} {} | {}",
                place.line,
                place.column,
                d.code,
                d.message,
                d.help.unwrap_or_default()
            )
        });
        (config, told.collect())
    }

    /// The table and the model have the same keys and the same defaults.
    fn compare(keys: &[Key], model: &serde_json::Value, within: &str) {
        let model = model.as_object().expect("a map");
        let names: Vec<_> = keys.iter().map(|key| key.name.to_owned()).collect();
        let mut sorted = names.clone();
        sorted.sort();
        assert_eq!(sorted, model.keys().cloned().collect::<Vec<_>>(), "keys of {within}");
        for key in keys {
            let value = &model[key.name];
            match key.shape {
                Shape::Map(inner) => compare(inner, value, key.name),
                _ => assert_eq!(key.default, value.to_string(), "default of {within}{}", key.name),
            }
        }
    }

    #[test]
    fn the_table_is_the_model() {
        let model = serde_json::to_value(Config::default()).expect("plain data");
        compare(CONFIG, &model, "");
        assert_eq!(read("").0, Config::default());
        assert_eq!(read("# nothing yet\n---\n").0, Config::default());
    }

    #[test]
    fn settings_are_read() {
        let (config, faults) = read(
            "\u{feff}title: Tagblatt\ntemplates: null\ntimezone: Europe/Berlin\nlanguage: de\n\
             base_url: https://example.org/blatt\nmenu:\n- { title: Über uns, url: /about/ }\n\
             permalinks: { article: \"/{year}/{slug}/\" }\nannotate:\n  kinds: [person, organisation]\n  \
             never: Jordan\n  sections: { sport: { threshold: 90, link: none } }\n\
             theme_settings: { accent: '#900', columns: 3 }\nsources: { dpa: { name: dpa, url: https://dpa.com } }\n",
        );
        assert_eq!(faults, Vec::<String>::new());
        assert_eq!(
            (config.templates.as_deref(), &*config.timezone, &*config.language),
            (None, "Europe/Berlin", "de")
        );
        assert_eq!((&*config.menu[0].title, &*config.permalinks.article), ("Über uns", "/{year}/{slug}/"));
        assert_eq!(config.permalinks.topic, "/topics/{slug}/");
        assert_eq!(
            (config.annotate.kinds.len(), &config.annotate.never[..]),
            (2, &["Jordan".to_owned()][..])
        );
        assert_eq!(config.annotate.sections["sport"].threshold, Some(90));
        assert_eq!(config.theme_settings["columns"], 3);
    }

    #[test]
    fn colours_are_colours() {
        let check = |text: &str, expect: &[&str]| {
            let (config, faults) = read(&format!("theme_settings:\n{text}"));
            assert_eq!(faults, expect, "{text}");
            assert_eq!(config.theme_settings.contains_key("accent"), expect.is_empty(), "{text}");
        };
        for sound in ["'#900'", "teal", "rgb(10 20 30)", "\"oklch(60% 0.1 30)\"", "\"\""] {
            check(&format!("  accent: {sound}\n"), &[]);
        }
        check(
            "  accent: reddish\n",
            &[
                "2:11 bad-colour `accent` must be a colour, not `reddish` | write it as CSS does: `accent: \"#9b1c1f\"`, \
               `accent: teal`",
            ],
        );
        check(
            "  accent: 990000\n",
            &["2:11 bad-colour `990000` is not a colour | write `accent: \"#990000\"`"],
        );
        check(
            "  accent: #990000\n",
            &[
                "2:3 bad-colour `accent` has no value | a colour with `#` stands in quotes: `accent: \"#9b1c1f\"`",
            ],
        );
        check(
            "  accent: 'red; } body { display: none'\n",
            &[
                "2:11 bad-colour `accent` must be a colour, not `red; } body { display: none` | write it as CSS does: \
               `accent: \"#9b1c1f\"`, `accent: teal`",
            ],
        );
        let faults = read("theme_settings: {accent: teal, accent_dark: [1]}\n").1;
        assert!(faults[0].starts_with("1:45 bad-colour `accent_dark` must be a colour |"), "{faults:?}");
    }

    #[test]
    fn all_faults_at_once_and_the_rest_is_kept() {
        let check = |text: &str, expect: &[&str]| assert_eq!(read(text).1, expect, "{text}");
        check("titel: x\n", &["1:1 unknown-key unknown key `titel` | did you mean `title`?"]);
        check("baseURL: /\n", &["1:1 unknown-key unknown key `baseURL` | did you mean `base_url`?"]);
        check(
            "timezone: Berlin\n",
            &["1:11 bad-timezone `Berlin` is not a time zone | did you mean `Europe/Berlin`?"],
        );
        check(
            "é: 1\r\nrelated: many\r\nannotate:\r\n  threshold: 170\r\n  kinds: [persn]\r\n",
            &[
                "1:1 unknown-key unknown key `é` | keys of your own belong under `extra`",
                "2:10 wrong-type `related` must be a whole number from 0 to 50, not `many` | ",
                "4:14 out-of-range `threshold` must be a whole number from 0 to 100, not `170` | ",
                "5:11 bad-choice `kinds` must be `person`, `organization`, `place`, `event`, `work` or `law`, \
                 not `persn` | did you mean `person`?",
            ],
        );
        check(
            "toc: yes\n",
            &["1:6 wrong-type `toc` must be `true` or `false`, not `yes` | write `true` or `false`"],
        );
        check(
            "toc: 'true'\n",
            &["1:6 wrong-type `toc` must be `true` or `false`, not `true` | remove the quotes"],
        );
        check(
            "permalinks: { topic: /t/, article: '/{slag}/', entity: 'x/{id}' }\n",
            &[
                "1:22 bad-permalink `topic` needs the placeholder `{slug}` | without it all pages would have one address",
                "1:36 bad-permalink `article` has no placeholder `{slag}` | known are `{slug}`, `{year}`, `{month}`, `{day}`",
                "1:56 bad-permalink `entity` must begin with `/` | write `/x/{id}`",
            ],
        );
        check(
            "base_url: ftp://x\n",
            &[
                "1:11 bad-url `base_url` must be a path or a web address, not `ftp://x` | write a path such as `/about/`, or begin with `https://`",
            ],
        );
        check(
            "base_url: about\n",
            &[
                "1:11 bad-url `base_url` must be a web address, or a path from `/` | write it as `https://example.org/news/`",
            ],
        );
        check(
            "language: english language\n",
            &[
                "1:11 bad-language `language` must be a language tag, not `english language` | write a tag such as `en`, `de` or `pt-BR`",
            ],
        );
        check(
            "menu: [{ title: A }]\n",
            &["1:8 missing-key the key `url` is missing | add `url:` with a path or a web address"],
        );
        check(
            "title: A\ntitle: B\n",
            &["2:1 duplicate-key the key `title` is given twice | remove one of the two; the first is taken"],
        );
        check("- a\n", &["1:1 wrong-type expected lines of the form `key: value`, found a list | "]);
        let (config, _) = read("feeds:\n  limit: x\n  rss: false\ntitle: Kept\n");
        assert_eq!((config.feeds.limit, config.feeds.rss, &*config.title), (20, false, "Kept"));
    }

    proptest::proptest! {
        #[test]
        fn no_text_panics(text in "\\PC*", yaml in "(title|annotate|menu|base_url|extra): ?[-a-z0-9{}\\[\\]:,'\"&*!|> \n\té]{0,40}") {
            read(&text);
            read(&yaml);
        }
    }
}

//! The tables of keys enter; the reference in `docs/` leaves, so that what is documented is what is checked.

use std::fmt::Write;

use crate::parse::{
    keys::{ARTICLE, DECISION, ENTITY, NAME_DECISION, PAGE, SECTION, STORY, TOPIC},
    schema::{Key, Shape},
    settings::CONFIG,
};

/// A Markdown table of keys; those of inner maps follow as `map.key`, those of lists of maps as `list[].key`.
pub fn reference(keys: &[Key]) -> String {
    let defaults = rows(keys, "").iter().any(|row| !row[2].is_empty());
    let mut out = String::from(match defaults {
        true => "| Key | Value | Default | Meaning |\n|---|---|---|---|\n",
        false => "| Key | Value | Meaning |\n|---|---|---|\n",
    });
    for [name, value, default, doc] in rows(keys, "") {
        // Writing to a string cannot fail.
        let _ = match defaults {
            true => writeln!(out, "| {name} | {value} | {default} | {doc} |"),
            false => writeln!(out, "| {name} | {value} | {doc} |"),
        };
    }
    out
}

fn rows(keys: &[Key], within: &str) -> Vec<[String; 4]> {
    let mut out = Vec::new();
    for key in keys {
        let name = format!("{within}{}", key.name);
        let also: String = key.also.iter().map(|also| format!(", or `{also}`")).collect();
        let needed = if key.required { " (required)" } else { "" };
        let default = if key.default.is_empty() { String::new() } else { format!("`{}`", key.default) };
        let escape = |text: &str| text.replace('|', "\\|");
        out.push([
            format!("`{name}`{also}{needed}"),
            escape(&key.shape.to_string()),
            escape(&default),
            escape(key.doc),
        ]);
        match key.shape {
            Shape::Map(inner) | Shape::MapOrText(inner) | Shape::MapOrList(inner) => {
                out.extend(rows(inner, &format!("{name}.")));
            }
            Shape::ListOf(Shape::Map(inner)) => out.extend(rows(inner, &format!("{name}[]."))),
            Shape::MapOf(Shape::Map(inner)) => out.extend(rows(inner, &format!("{name}.NAME."))),
            _ => {}
        }
    }
    out
}

/// `docs/front-matter.md`.
pub fn front_matter() -> String {
    let mut out = String::from(
        "# Front matter and registries\n\n\
         Every file under `content/` begins with YAML between two lines of `---`; registries may be lists in one\n\
         file instead. Unknown keys are warnings, values of the wrong form are errors, each with its line and column.\n\n\
         A **date** is `YYYY-MM-DD`. A **date with a time** is `YYYY-MM-DDTHH:MM:SS` with `Z` or an offset such as\n\
         `+02:00`; without one it is local time in the site's zone. A date without a time stays one: no time is made up.\n\
         **Texts** need quotes where they hold a colon and a space, or begin with a sign such as `[`, `@`, `*` or `#`.\n",
    );
    for (title, place, keys) in [
        ("Article", "`content/**/*.md`", ARTICLE),
        (
            "Entity",
            "`content/entities/*.md`, the body is the biography, or a list in `content/entities.yaml`",
            ENTITY,
        ),
        ("Topic", "`content/topics/*.md`, or a list in `content/topics.yaml`", TOPIC),
        ("Story", "`content/stories/*.md`, or a list in `content/stories.yaml`", STORY),
        ("Section", "`content/SECTION/_index.md`", SECTION),
        ("Page", "`content/pages/*.md`", PAGE),
        (
            "Decision",
            "A list in `content/decisions/PATH-OF-ARTICLE.yaml`, see [decisions](decisions.md)",
            DECISION,
        ),
        ("Decision about a name", "A list in `content/decisions/_names.yaml`", NAME_DECISION),
    ] {
        let _ = write!(out, "\n## {title}\n\n{place}\n\n{}", reference(keys));
    }
    out
}

/// `docs/configuration.md`.
pub fn configuration() -> String {
    format!(
        "# Configuration\n\n\
         The file `dateline.yaml` at the root of a site. Every key may be left out.\n\n{}",
        reference(CONFIG)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inner_keys_follow() {
        const KEYS: &[Key] = &[crate::parse::schema::key("a", Shape::ListOf(&Shape::Map(INNER)), "A | B.")
            .also(&["b"])
            .required()];
        const INNER: &[Key] = &[crate::parse::schema::key("c", Shape::Int(0, 5), "C.").or("1")];
        assert_eq!(
            reference(KEYS),
            "| Key | Value | Default | Meaning |\n|---|---|---|---|\n\
             | `a`, or `b` (required) | a list of maps |  | A \\| B. |\n\
             | `a[].c` | a whole number from 0 to 5 | `1` | C. |\n"
        );
    }

    /// `UPDATE_DOCS=1 cargo test --lib reference` writes them anew.
    #[test]
    #[expect(clippy::disallowed_methods, reason = "the test compares files of the repository")]
    fn docs_are_current() {
        for (name, expect) in [("front-matter.md", front_matter()), ("configuration.md", configuration())] {
            let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs").join(name);
            if std::env::var_os("UPDATE_DOCS").is_some() {
                std::fs::create_dir_all(path.parent().expect("below the root")).expect("writable");
                std::fs::write(&path, &expect).expect("writable");
            }
            let found = std::fs::read_to_string(&path).unwrap_or_default();
            assert!(found == expect, "docs/{name} is old: run `UPDATE_DOCS=1 cargo test --lib reference`");
        }
    }
}

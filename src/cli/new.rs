//! `dateline new DIR`: a working site to start from.

use std::path::PathBuf;

use anyhow::{Context, bail};
use clap::Args;
use serde_json::json;

use crate::{
    cli::output::Output,
    disk::{folder, read},
    model::config::PublishConfig,
    publish::workflow,
    report::table::plural,
};

const EXAMPLES: &str = "\
Examples:
  dateline new my-site             Make the folder my-site
  dateline new . --force           Add what is missing; nothing of yours is overwritten";

/// Make a working site to start from
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct NewArgs {
    /// The folder to make
    #[arg(value_name = "DIR")]
    pub dir: PathBuf,
    /// Add the files to a folder that is not empty; existing files are kept
    #[arg(long)]
    pub force: bool,
}

/// The files of a new site; their words are ours, the news in them invented.
const FILES: [(&str, &str); 10] = [
    ("dateline.yaml", include_str!("new/site/dateline.yaml")),
    (
        "content/local/2025-07-10-harbour-bridge.txt",
        include_str!("new/site/content/local/2025-07-10-harbour-bridge.txt"),
    ),
    (
        "content/world/2025-07-11-flood-talks.md",
        include_str!("new/site/content/world/2025-07-11-flood-talks.md"),
    ),
    ("content/world/_index.md", include_str!("new/site/content/world/_index.md")),
    ("content/entities/ana-velde.md", include_str!("new/site/content/entities/ana-velde.md")),
    ("content/entities/port-ellery.md", include_str!("new/site/content/entities/port-ellery.md")),
    ("content/pages/about.md", include_str!("new/site/content/pages/about.md")),
    ("templates/article.html", include_str!("new/site/templates/article.html")),
    ("README.md", include_str!("new/site/README.md")),
    // Named without its dot here, so that Git does not obey it in this repository.
    (".gitignore", include_str!("new/site/gitignore")),
];

pub fn run(args: &NewArgs, output: &Output) -> anyhow::Result<u8> {
    let dir = &args.dir;
    let shown = dir.display();
    if dir.exists() && !dir.is_dir() {
        bail!("`{shown}` is a file, not a folder");
    }
    if !args.force && !folder::is_empty(dir).with_context(|| format!("cannot look into `{shown}`"))? {
        bail!("`{shown}` is not empty; `--force` adds what is missing and overwrites nothing");
    }
    let pages = workflow::pages(&PublishConfig::default(), ".");
    let files = FILES.iter().map(|(name, text)| (*name, *text)).chain([(workflow::PATH, pages.as_str())]);
    let mut made: Vec<&str> = Vec::new();
    let mut kept: Vec<&str> = Vec::new();
    for (name, text) in files {
        let path = dir.join(name);
        match folder::create(&path, text.as_bytes()) {
            Ok(()) => made.push(name),
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
                if read::optional(&path).ok().flatten().as_deref() != Some(text.as_bytes()) {
                    kept.push(name);
                }
            }
            Err(error) => return Err(error).with_context(|| format!("cannot write `{}`", path.display())),
        }
    }
    let mut human = format!("Made {} in {shown}", plural(made.len(), "file"));
    for name in &kept {
        human.push_str(&format!("\nKept your {name}"));
    }
    human.push_str(&next_steps(&args.dir));
    output.result("new", &human, &json!({ "dir": dir, "made": made, "kept": kept }));
    Ok(0)
}

fn next_steps(dir: &std::path::Path) -> String {
    let root = match dir.to_str() {
        Some(".") => String::new(),
        Some(text) if text.chars().all(|c| c.is_alphanumeric() || "-_./".contains(c)) => {
            format!(" -r {text}")
        }
        _ => format!(" -r \"{}\"", dir.display()),
    };
    let step = |command: &str, what: &str| {
        format!("\n  {:<width$}  {what}", format!("dateline{root} {command}"), width = 25 + root.len())
    };
    format!(
        "\n\nNext:{}{}{}\n\nDrop a text into content/ and look again. dateline.yaml explains every setting. In a repository on \
         GitHub,\n{} builds and publishes the site on every push.",
        step("serve --open", "preview it in the browser"),
        step("check", "see what could be better"),
        step("build", "write it to public/"),
        workflow::PATH,
    )
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;
    use crate::cli::Cli;

    fn new_site(dir: &std::path::Path, force: bool) -> anyhow::Result<u8> {
        let cli = Cli::parse_from(["dateline", "--quiet", "clean"]);
        run(&NewArgs { dir: dir.to_owned(), force }, &Output::new(&cli.global))
    }

    #[test]
    fn a_folder_in_use_is_refused_and_never_overwritten() {
        let dir = tempfile::tempdir().unwrap();
        assert_eq!(new_site(dir.path(), false).unwrap(), 0);
        let config = dir.path().join("dateline.yaml");
        assert!(config.is_file() && dir.path().join(workflow::PATH).is_file());
        assert!(new_site(dir.path(), false).unwrap_err().to_string().contains("--force"));
        let second = tempfile::tempdir().unwrap();
        let config = second.path().join("dateline.yaml");
        folder::write(&config, b"title: Mine\n").unwrap();
        assert_eq!(new_site(second.path(), true).unwrap(), 0);
        assert_eq!(read::optional(&config).unwrap().as_deref(), Some(&b"title: Mine\n"[..]));
        assert!(second.path().join(".gitignore").is_file());
        assert!(new_site(&config, true).unwrap_err().to_string().contains("is a file"));
    }

    #[test]
    fn the_settings_are_valid() {
        let text = FILES[0].1;
        let config: crate::model::config::Config = serde_yaml::from_str(text).unwrap();
        assert_eq!(config.title, "The Ellery Observer");
        assert_eq!(config.publish, PublishConfig::default());
    }
}

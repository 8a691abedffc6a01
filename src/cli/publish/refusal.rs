//! Why a site may not go out: what readers would get too early, and what they would lose.

use std::{ffi::OsStr, path::Path};

use jiff::Timestamp;

use crate::{
    cli::{
        FAULTS, Global,
        output::{Output, exit_code},
        publish::{PublishArgs, Where},
    },
    diagnostic::{Diagnostic, Place},
    disk::read,
    model::{Article, config::PublishConfig, site::Site},
    publish::{
        Options,
        corrections::{self, Compared, Doubt},
        due,
        record::Seen,
    },
};

/// Whether readers would get what they must not, or lose what they may not; says so.
///
/// # Errors
/// When Git or the remote fails.
pub fn refused(
    global: &Global,
    args: &PublishArgs,
    config: &PublishConfig,
    how: &Options,
    site: &Site,
    now: Timestamp,
    output: &Output,
) -> anyhow::Result<bool> {
    let mut faults: Vec<Diagnostic> = due::early(site, now)
        .into_iter()
        .map(|(article, why, key)| {
            Diagnostic::error("embargo", format!("`{}` is {why} and would be published", article.title))
                .at(line(&global.root, article, key))
                .help("publish without `--now`")
        })
        .collect();
    if at_home(&site.config.base_url) {
        let message =
            format!("the site says that it stands at `{}`, where no reader finds it", site.config.base_url);
        faults.push(Diagnostic::error("base-url", message).help(
            "set `base_url: https://NAME.github.io/REPOSITORY/` in dateline.yaml, or pass `--base-url`",
        ));
    }
    if !args.drop_corrections {
        let compared = match args.place {
            Where::Pages => corrections::vanished(&global.root, config, how, site),
            Where::Folder => corrections::in_folder(&global.root, OsStr::new(&how.git), site),
        };
        match compared {
            Ok(compared) => faults.extend(told(compared, site)),
            Err(error) => {
                output.diagnostics(&faults, false);
                return Err(error.into());
            }
        }
    }
    output.diagnostics(&faults, false);
    Ok(exit_code(&faults, args.strict) == FAULTS)
}

/// Where the article says when it comes out; the file where that cannot be told.
fn line(root: &Path, article: &Article, key: &str) -> Place {
    let text = read::optional(&root.join(article.path.as_str())).ok().flatten();
    match (text, article.keys.get(key)) {
        (Some(text), Some(span)) => {
            Place::in_source(&article.path, &String::from_utf8_lossy(&text), span.range())
        }
        _ => Place::file(&article.path),
    }
}

fn told(compared: Compared, site: &Site) -> Vec<Diagnostic> {
    let doubt = compared.doubt.map(|doubt| {
        let (message, help) = match doubt {
            Doubt::Uncommitted => (
                "the last publication had files that were not committed".to_owned(),
                "commit before you publish",
            ),
            Doubt::Missing(revision) => (
                format!("the revision {revision} is not here"),
                "fetch the whole history of the sources (`git fetch --unshallow`)",
            ),
            Doubt::Shallow => (
                "no publication is remembered here, and the history of the sources is cut off".to_owned(),
                "fetch the whole history (`git fetch --unshallow`; `fetch-depth: 0` of actions/checkout). This \
                 publication will be remembered in `.dateline/published.json`",
            ),
        };
        let message = format!("it cannot be told whether published corrections have vanished: {message}");
        Diagnostic::warning("corrections-unknown", message).help(help)
    });
    let gone = compared.vanished.into_iter().map(|gone| vanished(&gone, site));
    doubt.into_iter().chain(gone).collect()
}

fn vanished(gone: &Seen, site: &Site) -> Diagnostic {
    let stands = site.articles.iter().any(|entry| entry.article.path == gone.path)
        || site.held.iter().any(|held| held.article.path == gone.path);
    let help = if stands {
        "put it back, or publish with `--drop-corrections` if readers need it no more"
    } else {
        "put the file back; to take a piece back, leave it with a correction of `kind: withdrawal`, or let it end \
         with `expires`. If readers need to know nothing of it, publish with `--drop-corrections`"
    };
    let message = format!("a published correction has vanished: `{}`", gone.text);
    Diagnostic::error("vanished-correction", message).at(Place::file(&gone.path)).help(help)
}

/// Whether an address is one of this machine only: links, feeds and the sitemap of a published site would lead there.
fn at_home(base_url: &str) -> bool {
    let host = base_url.split_once("://").map_or("", |(_, rest)| rest);
    let host = host.split(['/', ':']).next().unwrap_or("");
    matches!(host, "localhost" | "127.0.0.1" | "[") || host.ends_with(".localhost")
}

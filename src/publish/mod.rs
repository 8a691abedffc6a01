//! A built site → the place where readers find it. Today that is GitHub Pages.

pub mod changes;
pub mod corrections;
pub use crate::model::due;
pub mod git;
pub mod history;
pub mod limits;
pub mod pages;
pub mod place;
pub mod record;
pub mod stream;
pub mod workflow;

use std::path::PathBuf;

pub use pages::{Options, Outcome, pages, rollback};

/// Why nothing was published. Each message says what to do.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("cannot run `{program}`: {source}. Publishing needs Git (https://git-scm.com/)")]
    NoGit { program: String, source: std::io::Error },
    #[error(
        "`{path}` is not in a Git repository ({message}). Make one with `git init`, add a remote with `git remote add`"
    )]
    NoRepository { path: PathBuf, message: String },
    #[error(
        "this Git repository has no remote `{remote}`. Add one with `git remote add {remote} URL`, or name one with `--remote`"
    )]
    NoRemote { remote: String },
    #[error("`{name}` cannot be the name of a {what}")]
    BadName { what: &'static str, name: String },
    #[error(
        "the branch `{branch}` holds sources ({reason}), and publishing would replace them. Choose another with `--branch` or `publish.branch`"
    )]
    SourceBranch { branch: String, reason: String },
    #[error("the site cannot be published:\n  {}", reasons.join("\n  "))]
    Limits { reasons: Vec<String> },
    #[error(
        "someone else published to `{branch}` on `{remote}` in the meantime, so the push was refused and nothing changed. Publish again: the new state will be built upon"
    )]
    Overtaken { remote: String, branch: String },
    #[error(
        "the branch `{branch}` on `{remote}` is locked by the file `{lock}`, so the push was refused and nothing changed. Publish again when no other Git is at work there; a Git that was killed leaves such a file behind: then remove it"
    )]
    Locked { remote: String, branch: String, lock: String },
    #[error("`{remote}` refused the push to `{branch}`: {message}")]
    Refused { remote: String, branch: String, message: String },
    #[error("`{remote}` cannot be reached: {message}")]
    Unreachable { remote: String, message: String },
    #[error("there is no earlier publication on `{branch}` to go back to")]
    NothingBefore { branch: String },
    #[error("`git {command}` failed: {message}")]
    Git { command: String, message: String },
    #[error("`{path}`: {source}")]
    Disk { path: PathBuf, source: std::io::Error },
}

//! System Git, called with explicit arguments in a clean environment.
//!
//! No shell is involved. Variables that would point Git at another repository, index or work tree are removed;
//! what carries credentials or an identity is left. Hooks do not run: they are written for commits of sources,
//! and a page commit must neither be changed nor stopped by one.

use std::{
    ffi::{OsStr, OsString},
    io::Write,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

use crate::publish::Error;

/// Variables of the caller's repository (`git rev-parse --local-env-vars`, without those that carry settings given
/// on a command line), and such as change what commands print or do.
const REMOVED: [&str; 22] = [
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_INDEX_VERSION",
    "GIT_OBJECT_DIRECTORY",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_COMMON_DIR",
    "GIT_NAMESPACE",
    "GIT_PREFIX",
    "GIT_GRAFT_FILE",
    "GIT_SHALLOW_FILE",
    "GIT_REPLACE_REF_BASE",
    "GIT_NO_REPLACE_OBJECTS",
    "GIT_IMPLICIT_WORK_TREE",
    "GIT_INTERNAL_SUPER_PREFIX",
    "GIT_LITERAL_PATHSPECS",
    "GIT_GLOB_PATHSPECS",
    "GIT_NOGLOB_PATHSPECS",
    "GIT_ICASE_PATHSPECS",
    "GIT_QUARANTINE_PATH",
    "GIT_DEFAULT_HASH",
    "LANGUAGE",
];

/// Settings that win over the editor's: no hooks and no other program that watches files, no maintenance in the
/// background, no replaced objects, and no index that `git diff` writes anew.
const SETTINGS: [&str; 8] = [
    "core.fsmonitor=false",
    "diff.autoRefreshIndex=false",
    "core.hooksPath=/dev/null",
    "gc.auto=0",
    "maintenance.auto=false",
    "core.useReplaceRefs=false",
    "push.recurseSubmodules=no",
    "fetch.recurseSubmodules=no",
];

/// A repository and the program that works on it.
#[derive(Clone, Debug)]
pub struct Git {
    program: OsString,
    /// Some folder of the repository's work tree, or the repository itself when it is bare.
    folder: PathBuf,
}

/// What a call printed.
#[derive(Clone, Debug)]
pub struct Answer {
    pub ok: bool,
    pub stdout: Vec<u8>,
    pub stderr: String,
}

impl Answer {
    /// Standard output as text, without white space around it.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.stdout).trim().to_owned()
    }
}

impl Git {
    /// Fails with [`Error::NoGit`] or [`Error::NoRepository`].
    pub fn open(program: &OsStr, folder: &Path) -> Result<Git, Error> {
        let git = Git { program: program.to_owned(), folder: folder.to_owned() };
        let answer = git.ask(["rev-parse", "--absolute-git-dir"])?;
        if !answer.ok {
            return Err(Error::NoRepository { path: folder.to_owned(), message: answer.stderr });
        }
        Ok(git)
    }

    /// The folder that the repository was found from.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    fn command<S: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = S>) -> Command {
        let mut command = Command::new(&self.program);
        for name in REMOVED {
            command.env_remove(name);
        }
        // Messages are matched in English; `status` and its like must not touch the editor's index.
        command.env("LC_ALL", "C").env("GIT_OPTIONAL_LOCKS", "0");
        for setting in SETTINGS {
            command.args(["-c", setting]);
        }
        command.current_dir(&self.folder).args(args).stdin(Stdio::null());
        command
    }

    fn missing(&self, error: std::io::Error) -> Error {
        Error::NoGit { program: self.program.to_string_lossy().into_owned(), source: error }
    }

    /// Runs a command to its end; a code other than 0 is an answer, not an error.
    pub fn ask<S: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = S>) -> Result<Answer, Error> {
        let output = self.command(args).output().map_err(|e| self.missing(e))?;
        Ok(Answer {
            ok: output.status.success(),
            stdout: output.stdout,
            stderr: String::from_utf8_lossy(&output.stderr).trim().to_owned(),
        })
    }

    /// Runs a command that must succeed.
    pub fn run<S: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = S>) -> Result<Answer, Error> {
        let args: Vec<OsString> = args.into_iter().map(|arg| arg.as_ref().to_owned()).collect();
        let answer = self.ask(&args)?;
        if answer.ok { Ok(answer) } else { Err(failed(&args, answer.stderr)) }
    }

    /// Runs a command that must succeed, feeding it by `write` on a thread of its own, so that neither side can
    /// wait for the other with a full pipe.
    pub fn feed(
        &self,
        folder: &Path,
        args: &[&str],
        write: impl FnOnce(&mut dyn Write) -> std::io::Result<()> + Send,
    ) -> Result<Answer, Error> {
        let mut command = self.command(args);
        if folder != self.folder {
            // The repository is elsewhere, so it must be named.
            let dir = self.run(["rev-parse", "--absolute-git-dir"])?.text();
            command.env("GIT_DIR", dir).current_dir(folder);
        }
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child: Child = command.spawn().map_err(|e| self.missing(e))?;
        let stdin = child.stdin.take();
        let (written, output) = std::thread::scope(|scope| {
            let writer = scope.spawn(move || match stdin {
                Some(stdin) => {
                    let mut stdin = std::io::BufWriter::with_capacity(1 << 16, stdin);
                    write(&mut stdin).and_then(|()| stdin.flush())
                }
                None => Ok(()),
            });
            let output = child.wait_with_output();
            (writer.join().unwrap_or_else(|_| Err(std::io::Error::other("a thread stopped"))), output)
        });
        let output = output.map_err(|e| self.missing(e))?;
        let stderr = String::from_utf8_lossy(&output.stderr).trim().to_owned();
        let args: Vec<OsString> = args.iter().map(OsString::from).collect();
        if !output.status.success() {
            return Err(failed(&args, stderr));
        }
        written.map_err(|source| Error::Disk { path: folder.to_owned(), source })?;
        Ok(Answer { ok: true, stdout: output.stdout, stderr })
    }
}

fn failed(args: &[OsString], message: String) -> Error {
    let command = args.iter().map(|arg| arg.to_string_lossy()).collect::<Vec<_>>().join(" ");
    Error::Git { command, message }
}

//! `dateline man`: the manual, made from the same definitions as `--help`.

use std::{io::Write, path::PathBuf};

use anyhow::Context;
use clap::{Args, Command};
use clap_mangen::Man;

use crate::disk::folder;

const EXAMPLES: &str = "\
Examples:
  dateline man | man -l -                           Read it now
  dateline man --dir ~/.local/share/man/man1        Install a page for each command";

/// Print the manual page, or write one page a command to a folder
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct ManArgs {
    /// Write dateline.1, dateline-build.1 and so on to this folder
    #[arg(long, value_name = "DIR")]
    pub dir: Option<PathBuf>,
}

pub fn run(args: &ManArgs, command: Command) -> anyhow::Result<u8> {
    let pages = pages(command)?;
    match &args.dir {
        None => {
            for (name, roff) in pages {
                if name == "dateline.1" {
                    std::io::stdout().write_all(&roff)?;
                }
            }
        }
        Some(dir) => {
            for (name, roff) in pages {
                folder::write(&dir.join(&name), &roff)
                    .with_context(|| format!("cannot write `{}`", dir.join(&name).display()))?;
            }
        }
    }
    Ok(0)
}

/// File name and roff text of each page: the program first, then its commands.
fn pages(mut command: Command) -> std::io::Result<Vec<(String, Vec<u8>)>> {
    command = command.disable_help_subcommand(true);
    command.build();
    let mut commands = vec![("dateline".to_owned(), command.clone())];
    for sub in command.get_subcommands() {
        let name = format!("dateline-{}", sub.get_name());
        commands.push((name, sub.clone()));
    }
    commands
        .into_iter()
        .map(|(name, command)| {
            let mut roff = Vec::new();
            Man::new(command).title(name.to_uppercase()).render(&mut roff)?;
            Ok((format!("{name}.1"), roff))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;
    use crate::cli::Cli;

    #[test]
    fn every_command_has_a_page() {
        let pages = pages(Cli::command()).unwrap();
        let names: Vec<&str> = pages.iter().map(|(name, _)| name.as_str()).collect();
        for expect in ["dateline.1", "dateline-build.1", "dateline-publish.1", "dateline-man.1"] {
            assert!(names.contains(&expect), "{expect} in {names:?}");
        }
        let build = pages.iter().find(|(name, _)| name == "dateline-build.1").unwrap();
        let text = String::from_utf8_lossy(&build.1);
        assert!(text.starts_with(".ie") && text.contains("output") && text.contains("strict"), "{text}");
    }
}

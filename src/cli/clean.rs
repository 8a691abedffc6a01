//! `dateline clean`: the output and the cache go; sources stay.

use std::path::PathBuf;

use clap::Args;
use serde_json::json;

use crate::cli::{Global, SiteArgs, line, output::Output};

/// Remove what build made: the output folder and the cache
#[derive(Debug, Args)]
#[command(after_help = "A folder that Dateline did not write is left alone, whatever its name.")]
pub struct CleanArgs {
    /// The output folder [default: public in the site's folder]
    #[arg(short, long, value_name = "DIR")]
    pub output_dir: Option<PathBuf>,
}

pub fn run(global: &Global, args: &CleanArgs, output: &Output) -> anyhow::Result<u8> {
    let mut options = global.options(&SiteArgs::default(), jiff::Timestamp::UNIX_EPOCH);
    options.output_dir = args.output_dir.clone();
    let removed = line::clean(&options)?;
    let human = match removed.as_slice() {
        [] => "Nothing to remove".to_owned(),
        paths => paths.iter().map(|p| format!("Removed {}", p.display())).collect::<Vec<_>>().join("\n"),
    };
    output.result("clean", &human, &json!({ "removed": removed }));
    Ok(0)
}

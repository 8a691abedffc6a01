//! `dateline clean`: the output and the cache go; sources stay.

use std::path::PathBuf;

use clap::Args;
use serde_json::json;

use crate::{
    cli::{Global, SiteArgs, output::Output},
    disk::{folder, write},
    report::table::plural,
};

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
    let folder = options.output();
    let files = write::clean(&folder)?;
    let cache = folder::remove_cache(&options.root)?;
    let human = match (files, cache) {
        (0, false) => "Nothing to remove".to_owned(),
        (files, cache) => {
            let cache = if cache { ", and the cache" } else { "" };
            format!("Removed {} of {}{cache}", plural(files, "file"), folder.display())
        }
    };
    output.result("clean", &human, &json!({ "output": folder, "files": files, "cache": cache }));
    Ok(0)
}

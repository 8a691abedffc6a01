//! `dateline serve`: the site in a browser, as readers will get it, live.

use std::net::IpAddr;

use clap::Args;
use jiff::Timestamp;

use crate::cli::{Global, SiteArgs, output::Output};

const EXAMPLES: &str = "\
Examples:
  dateline serve --open                            Preview in the browser
  dateline serve --now 2025-07-11                  As the site will look then
  dateline serve -u https://example.org/news/      Under /news/, as on the real host
  dateline serve -i 0.0.0.0                        For a phone in the same network; anyone there can read along

Changes of content, templates, theme and settings show at once. Stop with Ctrl-C.";

/// Preview the site in a browser, live
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct ServeArgs {
    /// Address to listen on
    #[arg(short, long, value_name = "ADDRESS", default_value = "127.0.0.1")]
    pub interface: IpAddr,
    /// Port to listen on; the next free one is taken when it is in use
    #[arg(short, long, value_name = "PORT", default_value_t = 1111)]
    pub port: u16,
    /// Open the site in the browser
    #[arg(short = 'O', long)]
    pub open: bool,
    #[command(flatten)]
    pub site: SiteArgs,
}

pub fn run(
    _global: &Global,
    _args: &ServeArgs,
    _output: &Output,
    _clock: fn() -> Timestamp,
) -> anyhow::Result<u8> {
    anyhow::bail!("the straight line is not laid yet")
}

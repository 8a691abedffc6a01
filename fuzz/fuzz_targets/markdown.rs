//! Any Markdown, read.
//!
//!     cargo +nightly fuzz run markdown

#![no_main]

#[path = "../laws.rs"]
#[expect(dead_code, reason = "each target tries one law")]
mod laws;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| laws::marked_up(text));

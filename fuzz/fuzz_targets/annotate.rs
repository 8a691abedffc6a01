//! Any text, annotated.
//!
//!     cargo +nightly fuzz run annotate

#![no_main]

#[path = "../laws.rs"]
#[expect(dead_code, reason = "each target tries one law")]
mod laws;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (bool, &str)| laws::annotated(input.0, input.1));

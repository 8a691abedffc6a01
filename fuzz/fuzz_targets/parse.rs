//! Any bytes, read as any content file.
//!
//!     cargo +nightly fuzz run parse

#![no_main]

#[path = "../laws.rs"]
#[expect(dead_code, reason = "each target tries one law")]
mod laws;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (u8, &[u8])| laws::parsed(input.0, input.1));

//! The door that the shell uses: arguments and clock go in, the exit code comes out.

use std::process::ExitCode;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    ExitCode::from(dateline::cli::main(std::env::args_os(), clock))
}

/// The only reader of the clock; everything below is told the time.
#[expect(clippy::disallowed_methods, reason = "main reads the clock where `--now` is absent")]
fn clock() -> jiff::Timestamp {
    jiff::Timestamp::now()
}

//! What commands say: faults and results, for people on a terminal or for programs on a pipe.
//!
//! For people, results go to standard output and all else to standard error. As JSON, everything goes to
//! standard output, one object a line; as SARIF, one log at the end.

use std::io::{IsTerminal, Write};

use clap::ValueEnum;
use serde::Serialize;
use serde_json::{Value, json};

use crate::{
    cli::Global,
    diagnostic::{Diagnostic, Severity},
    report,
};

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum MessageFormat {
    #[default]
    Human,
    Json,
    Sarif,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Color {
    #[default]
    Auto,
    Always,
    Never,
}

/// How this run speaks.
#[derive(Clone, Copy, Debug)]
pub struct Output {
    pub format: MessageFormat,
    pub quiet: bool,
    pub verbose: bool,
    /// Whether standard error shows colours.
    pub styled: bool,
    /// Whether a bar that moves would be seen by a person.
    pub live: bool,
}

impl Output {
    /// Settles colours for the whole process: `--color`, then NO_COLOR and its like, then whether it is a pipe.
    pub fn new(global: &Global) -> Self {
        let choice = match global.color {
            Color::Auto => anstream::ColorChoice::Auto,
            Color::Always => anstream::ColorChoice::Always,
            Color::Never => anstream::ColorChoice::Never,
        };
        choice.write_global();
        let stderr = std::io::stderr();
        Output {
            format: global.message_format,
            quiet: global.quiet,
            verbose: global.verbose,
            styled: anstream::AutoStream::choice(&stderr) != anstream::ColorChoice::Never,
            live: stderr.is_terminal() && !global.quiet && global.message_format == MessageFormat::Human,
        }
    }

    /// Prints the faults that this run should show: errors always, warnings unless `--quiet`, notes if `--verbose`
    /// (or `notes`, for a command whose business they are).
    pub fn diagnostics(&self, diagnostics: &[Diagnostic], notes: bool) {
        let shown: Vec<Diagnostic> =
            diagnostics.iter().filter(|d| self.shows(d.severity, notes)).cloned().collect();
        match self.format {
            MessageFormat::Human => {
                // Nobody is left to tell when standard error is closed.
                let _ = write!(
                    anstream::stderr(),
                    "{}",
                    report::draw(&shown, report::MessageFormat::Human, self.styled)
                );
            }
            MessageFormat::Json => {
                shown.iter().for_each(|d| self.object("diagnostic", json!(report::line(d))))
            }
            MessageFormat::Sarif => {
                self.line(report::draw(&shown, report::MessageFormat::Sarif, false).trim_end())
            }
        }
    }

    fn shows(&self, severity: Severity, notes: bool) -> bool {
        match severity {
            Severity::Error => true,
            Severity::Warning => !self.quiet,
            Severity::Note => !self.quiet && (notes || self.verbose),
        }
    }

    /// A result: `human` for people unless `--quiet`, `value` with its kind for programs. SARIF has no room for it.
    pub fn result(&self, kind: &str, human: &str, value: &impl Serialize) {
        match self.format {
            MessageFormat::Human if !self.quiet => self.line(human),
            MessageFormat::Human | MessageFormat::Sarif => {}
            MessageFormat::Json => self.object(kind, json!(value)),
        }
    }

    /// A remark for people, on standard error.
    pub fn remark(&self, text: &str) {
        if self.format == MessageFormat::Human && !self.quiet {
            let _ = writeln!(anstream::stderr(), "{text}");
        }
    }

    /// A failure of the machine, with all its causes.
    pub fn failure(&self, error: &anyhow::Error) {
        match self.format {
            MessageFormat::Json => self.object("failure", json!({ "message": format!("{error:#}") })),
            MessageFormat::Human | MessageFormat::Sarif => {
                // What another program said may have lines of its own; they stand below.
                let message = error.to_string();
                let mut lines = message.lines().map(str::trim_end).filter(|line| !line.is_empty());
                let fault = [Diagnostic::error("failed", lines.next().unwrap_or_default())];
                let text = report::draw(&fault, report::MessageFormat::Human, self.styled);
                let mut err = anstream::stderr().lock();
                let text = text.replacen("error[failed]", "error", 1);
                let _ = writeln!(err, "{}", text.trim_end());
                for line in lines {
                    let _ = writeln!(err, "  {}", report::shown(line.trim_start()));
                }
                // Some errors say their cause themselves.
                let causes = error.chain().skip(1).map(ToString::to_string);
                for cause in causes.filter(|cause| !message.contains(cause.as_str())) {
                    let _ = writeln!(err, "  because: {cause}");
                }
            }
        }
    }

    /// One line on standard output; a closed pipe (`| head`) is no fault.
    pub fn line(&self, text: &str) {
        let _ = writeln!(anstream::stdout(), "{text}");
    }

    fn object(&self, kind: &str, mut value: Value) {
        if let Value::Object(map) = &mut value {
            map.insert("kind".to_owned(), json!(kind));
            self.line(&value.to_string());
        } else {
            self.line(&json!({ "kind": kind, "value": value }).to_string());
        }
    }
}

/// The exit code that faults call for; `strict` counts warnings.
pub fn exit_code(diagnostics: &[Diagnostic], strict: bool) -> u8 {
    let fails = |d: &Diagnostic| match d.severity {
        Severity::Error => true,
        Severity::Warning => strict,
        Severity::Note => false,
    };
    if diagnostics.iter().any(fails) { crate::cli::FAULTS } else { 0 }
}

/// Number of diagnostics of one severity.
pub fn count(diagnostics: &[Diagnostic], severity: Severity) -> usize {
    diagnostics.iter().filter(|d| d.severity == severity).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes() {
        let (error, warning, note) =
            (Diagnostic::error("e", ""), Diagnostic::warning("w", ""), Diagnostic::note("n", ""));
        let check = |list: &[&Diagnostic], strict: bool, expect: u8| {
            let list: Vec<Diagnostic> = list.iter().copied().cloned().collect();
            assert_eq!(exit_code(&list, strict), expect);
        };
        check(&[], true, 0);
        check(&[&warning, &note], false, 0);
        check(&[&note], true, 0);
        check(&[&warning], true, 1);
        check(&[&note, &error], false, 1);
    }
}

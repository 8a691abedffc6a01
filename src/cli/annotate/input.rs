//! Files and standard input → texts one after another, in batches, whatever their number: a corpus is never held whole.
//!
//! A text is a file, or one line of JSON. What standard input holds is told by its first character, of files by their
//! names, and `--input` settles it.

use std::{
    io::{BufRead, BufReader, Read},
    path::{Path, PathBuf},
    sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel},
};

use clap::ValueEnum;

use crate::{
    diagnostic::{Diagnostic, Place},
    disk::read,
    path::SourcePath,
};

/// What the files hold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Input {
    /// JSON lines by `.jsonl`, `.ndjson` or a first `{` of standard input; else one article a file
    #[default]
    Auto,
    /// One article a file: Markdown or raw wire copy
    Text,
    /// One object a line: {"id", "text", "title", "date", "source", "section", "lang"}
    Jsonl,
}

/// One text to annotate, or why there is none.
#[derive(Debug)]
pub enum Job {
    Article { name: String, bytes: Vec<u8> },
    Line { path: SourcePath, number: u32, line: String },
    Fault(Diagnostic),
}

/// Texts and bytes of a batch, at most: enough to keep all cores busy, and little beside the program itself.
const TEXTS: usize = 512;
const BYTES: usize = 2 << 20;
/// The longest line of JSON, in bytes.
const LONGEST: u64 = read::LARGEST;

/// Reads all files in a thread of its own, a few batches ahead of the annotator.
pub fn batches(files: Vec<PathBuf>, input: Input) -> Receiver<anyhow::Result<Vec<Job>>> {
    let (sender, receiver) = sync_channel(2);
    // The thread ends when nobody receives any more, or with the program.
    std::thread::spawn(move || {
        let mut batch = Batch { sender, jobs: Vec::new(), bytes: 0 };
        for file in files {
            if let Err(error) = feed(&file, input, &mut batch) {
                // `None` says that nobody listens; else the files before this one are still annotated.
                if let Some(error) = error {
                    batch.flush();
                    let _ = batch.sender.send(Err(error));
                }
                return;
            }
        }
        batch.flush();
    });
    receiver
}

struct Batch {
    sender: SyncSender<anyhow::Result<Vec<Job>>>,
    jobs: Vec<Job>,
    bytes: usize,
}

impl Batch {
    /// Adds a text; `None` as the error when nobody wants more.
    fn push(&mut self, job: Job, bytes: usize) -> Result<(), Option<anyhow::Error>> {
        self.jobs.push(job);
        self.bytes += bytes;
        if (self.jobs.len() >= TEXTS || self.bytes >= BYTES) && !self.flush() {
            return Err(None);
        }
        Ok(())
    }

    /// Hands over what there is, unless the annotator is busy anyway: no text waits for the next one to be written.
    fn offer(&mut self) -> Result<(), Option<anyhow::Error>> {
        if self.jobs.is_empty() {
            return Ok(());
        }
        match self.sender.try_send(Ok(std::mem::take(&mut self.jobs))) {
            Ok(()) => self.bytes = 0,
            Err(TrySendError::Full(jobs)) => self.jobs = jobs.unwrap_or_default(),
            Err(TrySendError::Disconnected(_)) => return Err(None),
        }
        Ok(())
    }

    fn flush(&mut self) -> bool {
        self.bytes = 0;
        let jobs = std::mem::take(&mut self.jobs);
        jobs.is_empty() || self.sender.send(Ok(jobs)).is_ok()
    }
}

fn feed(file: &Path, input: Input, batch: &mut Batch) -> Result<(), Option<anyhow::Error>> {
    let failed =
        |error: std::io::Error| Some(anyhow::Error::from(error).context("cannot read standard input"));
    if file.as_os_str() == "-" {
        let mut stdin = BufReader::with_capacity(1 << 16, std::io::stdin());
        let first = stdin.fill_buf().map_err(failed)?.iter().find(|b| !b.is_ascii_whitespace());
        if input == Input::Jsonl || (input == Input::Auto && first == Some(&b'{')) {
            return lines(stdin, &SourcePath::new("stdin"), batch);
        }
        let mut bytes = Vec::new();
        stdin.read_to_end(&mut bytes).map_err(failed)?;
        let length = bytes.len();
        return batch.push(Job::Article { name: "stdin.txt".to_owned(), bytes }, length);
    }
    let name = file.display().to_string();
    let corpus =
        file.extension().is_some_and(|e| e.eq_ignore_ascii_case("jsonl") || e.eq_ignore_ascii_case("ndjson"));
    if input == Input::Jsonl || (input == Input::Auto && corpus) {
        let reader = read::open(file).map_err(|error| Some(error.into()))?;
        return lines(reader, &SourcePath::new(&name), batch);
    }
    let bytes = read::bytes(file).map_err(|error| Some(error.into()))?;
    let length = bytes.len();
    batch.push(Job::Article { name, bytes }, length)
}

fn lines(
    mut reader: BufReader<impl Read>,
    path: &SourcePath,
    batch: &mut Batch,
) -> Result<(), Option<anyhow::Error>> {
    let failed =
        |error: std::io::Error| Some(anyhow::Error::from(error).context(format!("cannot read `{path}`")));
    let mut number = 0;
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        let read = (&mut reader).take(LONGEST).read_until(b'\n', &mut buffer).map_err(failed)?;
        if read == 0 {
            return Ok(());
        }
        number += 1;
        if !buffer.ends_with(b"\n") && read as u64 == LONGEST {
            skip_line(&mut reader).map_err(failed)?;
            let message = format!("this line is longer than {} MB and was passed over", LONGEST >> 20);
            batch.push(Job::Fault(fault(path, number, &message, "split the text")), 0)?;
            continue;
        }
        if buffer.trim_ascii().is_empty() {
            continue;
        }
        let job = match std::str::from_utf8(buffer.trim_ascii_end()) {
            Ok(line) => Job::Line { path: path.clone(), number, line: line.to_owned() },
            Err(_) => Job::Fault(fault(path, number, "this line is not UTF-8", "convert the file to UTF-8")),
        };
        batch.push(job, read)?;
        if reader.buffer().is_empty() {
            batch.offer()?;
        }
    }
}

/// Reads to the end of the line and keeps nothing of it.
fn skip_line(reader: &mut impl BufRead) -> std::io::Result<()> {
    loop {
        let available = reader.fill_buf()?;
        if available.is_empty() {
            return Ok(());
        }
        let end = available.iter().position(|b| *b == b'\n');
        let used = end.map_or(available.len(), |at| at + 1);
        reader.consume(used);
        if end.is_some() {
            return Ok(());
        }
    }
}

fn fault(path: &SourcePath, number: u32, message: &str, help: &str) -> Diagnostic {
    let place = Place { line: number, column: 1, ..Place::file(path) };
    Diagnostic::error("bad-line", message).at(place).help(help)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_read_one_by_one_and_bad_ones_told() {
        let (sender, receiver) = sync_channel(2);
        let mut batch = Batch { sender, jobs: Vec::new(), bytes: 0 };
        let text = b"{\"text\":\"a\"}\n\n  \n\xff\xfe\n{\"text\":\"b\"}";
        lines(BufReader::new(&text[..]), &SourcePath::new("x"), &mut batch).unwrap();
        assert!(batch.flush());
        let shown: Vec<String> = receiver
            .recv()
            .unwrap()
            .unwrap()
            .iter()
            .map(|job| match job {
                Job::Line { number, line, .. } => format!("{number}: {line}"),
                Job::Fault(d) => format!("{}: {}", d.place.as_ref().map_or(0, |p| p.line), d.message),
                Job::Article { name, .. } => name.clone(),
            })
            .collect();
        assert_eq!(shown, ["1: {\"text\":\"a\"}", "4: this line is not UTF-8", "5: {\"text\":\"b\"}"]);
    }

    #[test]
    fn the_rest_of_a_line_is_skipped() {
        let mut reader = BufReader::with_capacity(4, &b"0123456789\nnext"[..]);
        skip_line(&mut reader).unwrap();
        let mut rest = String::new();
        reader.read_to_string(&mut rest).unwrap();
        assert_eq!(rest, "next");
    }
}

//! Scores speakers and times on the labelled copy: `cargo run --example score_quotes [-v] [FILE.jsonl ...]`, or shows
//! what is found in a text: `cargo run --example score_quotes FILE.txt`.

use std::{collections::BTreeMap, error::Error};

use dateline::{
    annotate::{dates, input::Input, quotes, roles, summary},
    model::Prose,
    text::{sentence::sentences, token::tokenize},
};

#[path = "../tests/quotes/labelled.rs"]
mod labelled;

use labelled::{Tally, describe, mentions, prose};

#[expect(clippy::disallowed_methods, reason = "an example reads what it is given")]
fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let verbose = args.iter().any(|a| a == "-v");
    let mut files: Vec<_> = args.iter().filter(|a| *a != "-v").map(std::path::PathBuf::from).collect();
    if files.is_empty() {
        let root = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/quotes");
        for entry in std::fs::read_dir(root)? {
            files.push(entry?.path());
        }
        files.retain(|f| f.extension().is_some_and(|e| e == "jsonl"));
        files.sort();
    }
    for file in files {
        if file.extension().is_some_and(|e| e == "txt") {
            show(&std::fs::read_to_string(&file)?);
            continue;
        }
        let tally = labelled::score_file(&file, verbose)?;
        report(&file.file_name().unwrap_or_default().to_string_lossy(), &tally);
    }
    Ok(())
}

fn report(name: &str, t: &Tally) {
    let percent = |part: usize, whole: usize| 100.0 * part as f64 / whole.max(1) as f64;
    println!(
        "{name}: {} direct quotations, {} found, right speaker {:.1} %; above {}: {} with {} wrong ({:.1} % right); {} not spoken, {} with a speaker",
        t.gold,
        t.found,
        percent(t.right, t.gold),
        labelled::THRESHOLD,
        t.above,
        t.above - t.above_right,
        percent(t.above_right, t.above),
        t.nobody,
        t.nobody_wrong,
    );
    println!(
        "{name}: {} times, {} right ({:.1} %), {} found in all",
        t.dates,
        t.dates_right,
        percent(t.dates_right, t.dates),
        t.dates_found
    );
}

/// Prints everything found in a text; its first line is `YYYY-MM-DD`, then `id=kind:Form;Form` lines, then the copy.
fn show(text: &str) {
    let mut lines = text.lines();
    let today = lines.next().and_then(|l| l.trim().parse().ok());
    let mut names: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut copy = String::new();
    for line in lines {
        match line.split_once('=') {
            Some((id, list)) if copy.is_empty() && !id.contains(' ') => {
                names.insert(id.to_owned(), list.split([';', ':']).map(str::to_owned).collect());
            }
            _ => {
                copy.push_str(line);
                copy.push('\n');
            }
        }
    }
    let prose = prose(copy);
    let tokens = tokenize(&prose.text);
    let sentences = sentences(&prose.text, &tokens);
    let mentions = mentions(&prose.text, &names);
    let input = Input::new(&prose, &tokens, &sentences, &mentions);
    for q in quotes::quotes(&input) {
        let verb = q.verb.map_or("", |v| prose.slice(v));
        println!(
            "{:?} {} {} [{verb}] {}",
            q.kind,
            q.confidence,
            describe(&q.speaker, &prose),
            prose.slice(q.span)
        );
    }
    if let Some(today) = today {
        for d in dates::dates(&input, today) {
            println!("{} = {}", prose.slice(d.span), d.value);
        }
    }
    for r in roles::roles(&input, None) {
        println!("{}: {}", r.entity, r.title);
    }
    for s in summary::key_sentences(&input, copy_headline(&prose)) {
        println!("* {}", prose.slice(s));
    }
}

fn copy_headline(prose: &Prose) -> &str {
    prose.text.lines().find(|l| !l.trim().is_empty()).unwrap_or("")
}

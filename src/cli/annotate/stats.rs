//! What annotation costs: words, time by stage, mentions by status. The clock of the annotator, which has none.

use std::time::Duration;

use cpu_time::ThreadTime;
use serde_json::{Map, Value, json};

use crate::{
    annotate::stages::{Listener, Stage},
    cli::output::{MessageFormat, Output},
    model::{Annotation, Article, Status},
    report::table::{plural, table, thousands},
};

/// Measures how long each stage of one text takes, in time of the thread's core. Belongs to one thread.
#[derive(Clone, Debug)]
pub struct Meter {
    last: ThreadTime,
    pub spent: [Duration; Stage::ALL.len()],
}

impl Meter {
    /// Begins now.
    pub fn new() -> Self {
        Meter { last: ThreadTime::now(), spent: [Duration::ZERO; Stage::ALL.len()] }
    }

    /// Begins another text now.
    pub fn again(&mut self) {
        self.last = ThreadTime::now();
    }
}

impl Default for Meter {
    fn default() -> Self {
        Meter::new()
    }
}

impl Listener for Meter {
    fn ended(&mut self, stage: Stage) {
        let now = ThreadTime::now();
        self.spent[stage as usize] += now.duration_since(self.last);
        self.last = now;
    }
}

/// The sums over texts.
#[derive(Clone, Debug, Default)]
pub struct Stats {
    pub texts: usize,
    /// Between white space.
    pub words: usize,
    /// By [`Stage`], of all threads together.
    spent: [Duration; Stage::ALL.len()],
    accepted: usize,
    proposed: usize,
    registry_only: usize,
}

impl Stats {
    /// One text that was not measured.
    pub fn one() -> Stats {
        Stats { texts: 1, ..Stats::default() }
    }

    pub fn of(article: &Article, annotation: &Annotation, meter: &Meter) -> Stats {
        let of = |status| annotation.mentions.iter().filter(|m| m.status == status).count();
        Stats {
            texts: 1,
            words: article.prose.text.split_whitespace().count(),
            spent: meter.spent,
            accepted: of(Status::Accepted),
            proposed: of(Status::Proposed),
            registry_only: usize::from(annotation.language.is_some()),
        }
    }

    pub fn add(&mut self, other: &Stats) {
        self.texts += other.texts;
        self.words += other.words;
        self.accepted += other.accepted;
        self.proposed += other.proposed;
        self.registry_only += other.registry_only;
        for (sum, more) in self.spent.iter_mut().zip(other.spent) {
            *sum += more;
        }
    }

    /// Prints the sums: on standard error for people, as an object of the kind `stats` for programs. `elapsed` is the
    /// wall clock's time, reading and writing included.
    pub fn print(&self, output: &Output, loads: &[(&'static str, Duration)], elapsed: Duration) {
        let total: Duration = self.spent.iter().sum();
        let speed = |time: Duration| (self.words as f64 / time.as_secs_f64().max(1e-9)) as usize;
        if output.format == MessageFormat::Human {
            let stage = |stage: Stage| {
                let spent = self.spent[stage as usize];
                let share = 100.0 * spent.as_secs_f64() / total.as_secs_f64().max(1e-9);
                let nanoseconds = spent.as_nanos() as f64 / self.words.max(1) as f64;
                vec![
                    stage.as_str().to_owned(),
                    format!("{:>9.3}", spent.as_secs_f64()),
                    format!("{nanoseconds:>7.1}"),
                    format!("{share:>5.1} %"),
                ]
            };
            let rows: Vec<Vec<String>> = Stage::ALL.into_iter().map(stage).collect();
            let loads: Vec<String> =
                loads.iter().map(|(name, time)| format!("{name} {}", millis(*time))).collect();
            let mut lines = vec![
                format!("{}, {}", plural(self.texts, "text"), plural(self.words, "word")),
                format!(
                    "{:.3} s of annotation: {} words a second on one core",
                    total.as_secs_f64(),
                    thousands(speed(total))
                ),
                format!(
                    "{:.3} s with reading and writing on all cores: {} words a second",
                    elapsed.as_secs_f64(),
                    thousands(speed(elapsed))
                ),
                format!(
                    "{} accepted, {} for review",
                    plural(self.accepted, "mention"),
                    thousands(self.proposed)
                ),
            ];
            if self.registry_only > 0 {
                lines.push(format!("{} not English: registry only", plural(self.registry_only, "text")));
            }
            lines.push(format!("loaded: {}", loads.join(", ")));
            lines.push(String::new());
            lines.push(table(&["STAGE", "  SECONDS", "NS/WORD", "SHARE"], &rows).trim_end().to_owned());
            output.remark(&lines.join("\n"));
        } else {
            output.result("stats", "", &self.value(loads, elapsed));
        }
    }

    fn value(&self, loads: &[(&'static str, Duration)], elapsed: Duration) -> Value {
        let total: Duration = self.spent.iter().sum();
        let stages: Map<String, Value> = Stage::ALL
            .into_iter()
            .map(|stage| (stage.as_str().to_owned(), json!(self.spent[stage as usize].as_secs_f64())))
            .collect();
        let loads: Map<String, Value> =
            loads.iter().map(|(name, time)| ((*name).to_owned(), json!(time.as_secs_f64()))).collect();
        json!({
            "texts": self.texts,
            "words": self.words,
            "seconds": total.as_secs_f64(),
            "words_per_second": self.words as f64 / total.as_secs_f64().max(1e-9),
            "elapsed": elapsed.as_secs_f64(),
            "mentions": { "accepted": self.accepted, "proposed": self.proposed },
            "registry_only": self.registry_only,
            "stages": stages,
            "load": loads,
        })
    }
}

fn millis(time: Duration) -> String {
    format!("{:.1} ms", time.as_secs_f64() * 1000.0)
}

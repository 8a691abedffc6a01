//! The state of a review: what is open, what an input does, and how it is taken back.
//!
//! A decision is on the disk before the next case is shown. Files are replaced in one step, so a run that is killed
//! leaves each file as it was before or after a decision; taking back puts the former bytes there again.

use std::path::{Path, PathBuf};

use clap::ValueEnum;
use jiff::civil::Date;

use crate::{
    assemble::decisions::anchor::{Anchor, Flat},
    cli::{
        entities::gather,
        review::{
            choices::{Choice, choices, whom},
            face::Input,
            queue::Case,
        },
    },
    diagnostic::{Place, Severity},
    disk::{folder, read},
    model::{
        Decision, Entity, EntityId, EntityKind, Mention, Origin, Span, Verdict,
        decision::{NAMES, file_of},
        site::{Entry, Site},
    },
    parse::{
        decisions::{decisions, with},
        entry,
    },
    path::{SourcePath, slugify},
};

/// How far a decision reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Scope {
    /// This place
    Here,
    /// All places of the name in this article
    Article,
    /// The name wherever it stands
    Archive,
}

/// What the last input came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Told {
    Nothing,
    Done(String),
    /// It was not done, and why.
    Refused(String),
}

/// A case as it is shown.
#[derive(Clone, Debug)]
pub struct View {
    pub left: usize,
    pub name: String,
    pub total: usize,
    pub articles: usize,
    pub path: SourcePath,
    pub line: Option<usize>,
    pub headline: String,
    /// The sentence before, in and after the name, on one line when put together.
    pub sentence: [String; 3],
    pub more: usize,
    pub kind: EntityKind,
    pub confidence: u8,
    pub evidence: String,
    pub choices: Vec<Choice>,
    pub scope: Scope,
}

/// What a step changed: files with their bytes before and after, and cases with the places that were open.
struct Step {
    files: Vec<Change>,
    cases: Vec<(usize, Vec<u32>)>,
    at: usize,
    /// The entry of the registry that it wrote.
    adopted: Option<Entity>,
}

struct Change {
    path: PathBuf,
    before: Option<Vec<u8>>,
    after: Vec<u8>,
}

pub struct Desk<'a> {
    root: PathBuf,
    site: &'a Site,
    /// Decided and skipped ones have no places left.
    cases: Vec<Case>,
    at: usize,
    scope: Scope,
    by: Option<String>,
    today: Date,
    steps: Vec<Step>,
}

impl<'a> Desk<'a> {
    pub fn new(
        root: &Path,
        site: &'a Site,
        cases: Vec<Case>,
        scope: Scope,
        by: Option<String>,
        today: Date,
    ) -> Self {
        Desk { root: root.to_owned(), site, cases, at: 0, scope, by, today, steps: Vec::new() }
    }

    pub fn decided(&self) -> usize {
        self.steps.iter().filter(|step| !step.files.is_empty()).count()
    }

    pub fn left(&self) -> usize {
        self.cases.iter().filter(|case| !case.places.is_empty()).count()
    }

    fn entry(&self) -> &'a Entry {
        &self.site.articles[self.cases[self.at].article]
    }

    fn mention(&self) -> Option<&'a Mention> {
        let first = *self.cases.get(self.at)?.places.first()?;
        self.entry().annotation.mentions.get(first as usize)
    }

    /// The case to decide; `None` when all are done.
    pub fn view(&mut self) -> Option<View> {
        while self.cases.get(self.at)?.places.is_empty() {
            self.at += 1;
        }
        let (case, entry, mention) = (&self.cases[self.at], self.entry(), self.mention()?);
        let prose = &entry.article.prose;
        let line = |start: u32, end: u32| blanks(prose.slice(Span { start: start.min(end), end }));
        let source = read::optional(&self.root.join(entry.article.path.as_str())).ok().flatten();
        let offset = prose.source_offset(mention.span.start);
        let before = source.as_deref().and_then(|bytes| bytes.get(..offset));
        Some(View {
            left: self.left(),
            name: case.name.clone(),
            total: case.total,
            articles: case.articles,
            path: entry.article.path.clone(),
            line: before.map(|bytes| bytes.iter().filter(|b| **b == b'\n').count() + 1),
            headline: one_line(&entry.article.title),
            sentence: [
                line(mention.sentence.start, mention.span.start),
                line(mention.span.start, mention.span.end),
                line(mention.span.end, mention.sentence.end.max(mention.span.end)),
            ],
            more: case.places.len() - 1,
            kind: mention.kind,
            confidence: mention.confidence,
            evidence: crate::report::annotation::table::evidence(mention, prose),
            choices: choices(self.site, entry, mention, &case.name),
            scope: self.scope,
        })
    }

    /// Does what is asked of the case that [`Desk::view`] shows.
    pub fn act(&mut self, input: Input) -> Told {
        match input {
            Input::Accept(number) => match self.view().and_then(|v| v.choices.into_iter().nth(number)) {
                Some(choice) => self.decide(self.scope, Verdict::Entity(choice.id.to_string()), None),
                None => Told::Refused(format!("There is no candidate {}", number + 1)),
            },
            Input::Reject => self.decide(self.scope, Verdict::Reject, None),
            Input::Never => self.decide(Scope::Archive, Verdict::Reject, None),
            Input::Entity(typed) => {
                let new = self
                    .steps
                    .iter()
                    .filter_map(|step| step.adopted.as_ref())
                    .find(|new| new.id.as_str() == typed || gather::bears(new, &typed));
                let id = new.map(|new| new.id.clone());
                match id.map_or_else(|| whom(self.site, self.entry(), &typed).map(|choice| choice.id), Ok) {
                    Ok(id) => self.decide(self.scope, Verdict::Entity(id.to_string()), None),
                    Err(message) => Told::Refused(message),
                }
            }
            Input::New(kind, description) => self.adopt(kind, &description),
            Input::Skip => self.close(vec![self.at]),
            Input::NextArticle => {
                let article = self.cases[self.at].article;
                let same = (0..self.cases.len()).filter(|i| self.cases[*i].article == article);
                self.close(same.collect())
            }
            Input::Scope(scope) => {
                self.scope = scope.unwrap_or(match self.scope {
                    Scope::Here => Scope::Article,
                    Scope::Article => Scope::Archive,
                    Scope::Archive => Scope::Here,
                });
                Told::Nothing
            }
            Input::Undo => self.undo(),
            Input::Quit => Told::Nothing,
            Input::Unknown(text) => Told::Refused(format!("`{text}` is no command here; `?` shows them")),
            Input::Help => Told::Done(HELP.to_owned()),
        }
    }

    /// Passes over cases; nothing is written.
    fn close(&mut self, cases: Vec<usize>) -> Told {
        let at = self.at;
        let mut closed = Vec::new();
        for i in cases {
            let places = std::mem::take(&mut self.cases[i].places);
            if !places.is_empty() {
                closed.push((i, places));
            }
        }
        self.steps.push(Step { files: Vec::new(), cases: closed, at, adopted: None });
        Told::Nothing
    }

    /// Writes a decision, after the entry of the registry that it needs, and closes what it settles.
    fn decide(&mut self, scope: Scope, verdict: Verdict, new: Option<(PathBuf, Entity)>) -> Told {
        let Some(mention) = self.mention() else { return Told::Nothing };
        let entry = self.entry();
        let case = &self.cases[self.at];
        let flat = Flat::new(&entry.article.prose.text);
        let every = scope == Scope::Article && case.places.len() > 1;
        let anchor = match scope {
            Scope::Archive => None,
            Scope::Article if every => None,
            Scope::Here | Scope::Article => Some(flat.anchor(mention.span)),
        };
        let anchor = anchor.unwrap_or(Anchor { prefix: String::new(), suffix: String::new(), at: None });
        let path = match scope {
            Scope::Archive => SourcePath::new(NAMES),
            Scope::Here | Scope::Article => file_of(&entry.article.path),
        };
        let place = Place::file(&path);
        let decision = Decision {
            quote: flat.quote(mention.span).to_owned(),
            prefix: anchor.prefix,
            suffix: anchor.suffix,
            at: anchor.at,
            every,
            verdict,
            by: self.by.clone(),
            date: Some(self.today.to_string()),
            note: None,
            place: place.clone(),
            verdict_place: place,
        };
        let mut step = Step { files: Vec::new(), cases: Vec::new(), at: self.at, adopted: None };
        if let Some((path, entity)) = new {
            if let Err(message) = put(&mut step, path, None, entry::file(&entity).into_bytes()) {
                return Told::Refused(message);
            }
            step.adopted = Some(entity);
        }
        if let Err(message) = self.append(&mut step, &path, &decision) {
            let _ = back(&step.files);
            return Told::Refused(message);
        }
        let settled: Vec<usize> = match scope {
            Scope::Archive => {
                let name = &self.cases[self.at].name;
                (0..self.cases.len()).filter(|i| self.cases[*i].name == *name).collect()
            }
            Scope::Here | Scope::Article => vec![self.at],
        };
        // The registry will answer for its names elsewhere; what it leaves open comes up in the next review.
        let bears = |case: &Case| step.adopted.as_ref().is_some_and(|new| gather::bears(new, &case.name));
        let known: Vec<usize> =
            (0..self.cases.len()).filter(|i| *i != self.at && bears(&self.cases[*i])).collect();
        for i in known {
            let places = std::mem::take(&mut self.cases[i].places);
            if !places.is_empty() && !settled.contains(&i) {
                step.cases.push((i, places));
            } else {
                self.cases[i].places = places;
            }
        }
        for i in settled {
            let places = &mut self.cases[i].places;
            if places.is_empty() {
                continue;
            }
            step.cases.push((i, places.clone()));
            match scope {
                Scope::Here => drop(places.remove(0)),
                Scope::Article | Scope::Archive => places.clear(),
            }
        }
        self.steps.push(step);
        let what = match &decision.verdict {
            Verdict::Reject => "rejected".to_owned(),
            Verdict::Entity(id) => id.clone(),
            Verdict::Accept | Verdict::New(_) => "accepted".to_owned(),
        };
        Told::Done(format!("{} → {what}: {path}", decision.quote))
    }

    /// Adds a decision to its file; a file that is broken is not made longer.
    fn append(&self, step: &mut Step, path: &SourcePath, decision: &Decision) -> Result<(), String> {
        let file = self.root.join(path.as_str());
        let before = read::optional(&file).map_err(|error| error.to_string())?;
        let text = match &before {
            Some(bytes) => std::str::from_utf8(bytes).map_err(|_| format!("`{path}` is not UTF-8"))?,
            None => "",
        };
        let (_, faults) = decisions(path, text);
        if let Some(fault) = faults.iter().find(|fault| fault.severity == Severity::Error) {
            let line = fault.place.as_ref().map_or(0, |place| place.line);
            return Err(format!("`{path}` has an error in line {line}, mend it first: {}", fault.message));
        }
        let after = with(text, decision).into_bytes();
        put(step, file, before, after)
    }

    /// Makes an entry of the registry of the name, as `dateline entities adopt` does, and decides for it.
    fn adopt(&mut self, kind: Option<EntityKind>, description: &str) -> Told {
        let Some(mention) = self.mention() else { return Told::Nothing };
        // The fullest form that the article gives the name, where it gives one.
        let new =
            self.entry().annotation.introduced.iter().find(|new| Some(&new.id) == mention.entity.as_ref());
        let name = new.map_or_else(|| self.cases[self.at].name.clone(), |new| new.name.clone());
        let kind = kind.unwrap_or(mention.kind);
        // What the built-in knowledge has under the name may be something else.
        let known = gather::known(self.site, &name);
        let known = known.filter(|known| known.kind == kind || known.origin != Origin::Builtin);
        let bare = || Entity::bare(EntityId::new(&slugify(&name)), name, kind, Origin::Registry);
        let mut entity = Entity { kind, ..known.unwrap_or_else(bare) };
        if !description.is_empty() {
            entity.description = one_line(description);
        }
        let id = entity.id.clone();
        let path = self.root.join(format!("content/entities/{id}.md"));
        let registered = self.site.entities.iter().any(|e| e.entity.id == id && e.entity.path.is_some());
        if registered || read::optional(&path).ok().flatten().is_some() {
            return Told::Refused(format!("`{id}` stands in the registry already; `e {id}` decides for it"));
        }
        self.decide(self.scope, Verdict::Entity(id.to_string()), Some((path, entity)))
    }

    pub fn can_undo(&self) -> bool {
        !self.steps.is_empty()
    }

    /// Takes the last step back.
    pub fn undo(&mut self) -> Told {
        let Some(step) = self.steps.pop() else {
            return Told::Refused("There is nothing to take back".into());
        };
        if let Err(message) = back(&step.files) {
            self.steps.push(step);
            return Told::Refused(message);
        }
        for (i, places) in step.cases {
            self.cases[i].places = places;
        }
        self.at = step.at;
        Told::Done(format!("Taken back: {}", self.cases[self.at].name))
    }
}

/// Puts a file there in one step, and notes how to take it back.
fn put(step: &mut Step, path: PathBuf, before: Option<Vec<u8>>, after: Vec<u8>) -> Result<(), String> {
    folder::write(&path, &after).map_err(|error| format!("cannot write `{}`: {error}", path.display()))?;
    step.files.push(Change { path, before, after });
    Ok(())
}

/// Puts the former bytes back, unless somebody else has changed a file since.
fn back(files: &[Change]) -> Result<(), String> {
    for Change { path, after, .. } in files {
        let now = read::optional(path).map_err(|error| error.to_string())?;
        if now.as_ref() != Some(after) {
            return Err(format!("`{}` was changed since, so nothing was taken back", path.display()));
        }
    }
    for Change { path, before, .. } in files.iter().rev() {
        let done = match before {
            Some(bytes) => folder::write(path, bytes),
            None => folder::remove(path),
        };
        done.map_err(|error| format!("cannot write `{}`: {error}", path.display()))?;
    }
    Ok(())
}

/// Text of the copy for a terminal: without anything that a terminal would obey, line breaks among it.
fn blanks(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars().map(|c| if c.is_control() || c.is_whitespace() { ' ' } else { c }) {
        if c != ' ' || !out.ends_with(' ') {
            out.push(c);
        }
    }
    out
}

fn one_line(text: &str) -> String {
    blanks(text).trim().to_owned()
}

const HELP: &str = "1-9 accept the candidate · r reject · n never this name, anywhere · w new entry in the registry · \
    e another, by id or name · s skip · a next article · Tab or t: here, this article, the archive · u take back · q quit";

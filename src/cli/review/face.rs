//! How a review looks and hears: single keys on a terminal, or lines on a pipe.

use std::io::BufRead;

use console::{Key, Style, Term};

use crate::{
    cli::{
        output::Output,
        review::{
            choices::Choice,
            desk::{Scope, Told, View},
        },
    },
    model::EntityKind,
    report::table::{plural, shorten},
};

/// What an editor asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// The candidate, counted from 0.
    Accept(usize),
    Reject,
    Never,
    /// By id or name.
    Entity(String),
    /// A new entry of the registry, of this kind or the proposed one, with a description or the known one.
    New(Option<EntityKind>, String),
    Skip,
    NextArticle,
    /// The next scope when none is named.
    Scope(Option<Scope>),
    Undo,
    Quit,
    Help,
    Unknown(String),
}

pub trait Face {
    /// Shows a case (or that none is left) and what the last input came to; waits for the next. `None`: nobody is there
    /// any more.
    fn ask(&mut self, view: Option<&View>, told: &Told) -> anyhow::Result<Option<Input>>;
    /// Says what the last input came to, when no case is left.
    fn say(&mut self, told: &Told);
}

/// Lines in, lines out.
pub struct Plain<'a> {
    output: &'a Output,
}

impl<'a> Plain<'a> {
    pub fn new(output: &'a Output) -> Self {
        Plain { output }
    }
}

impl Face for Plain<'_> {
    fn ask(&mut self, view: Option<&View>, told: &Told) -> anyhow::Result<Option<Input>> {
        self.say(told);
        self.output.remark(&view.map_or(DONE.to_owned(), |view| draw(view, usize::MAX, false)));
        let mut line = String::new();
        let count = std::io::stdin().lock().read_line(&mut line)?;
        Ok((count > 0).then(|| input(line.trim())))
    }

    fn say(&mut self, told: &Told) {
        match told {
            Told::Nothing => {}
            Told::Done(text) | Told::Refused(text) => self.output.remark(text),
        }
    }
}

/// A command in words: the keys of the screen, `e NAME`, `w KIND DESCRIPTION`, `t SCOPE`.
fn input(line: &str) -> Input {
    let (word, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
    let rest = rest.trim();
    let unknown = || Input::Unknown(line.to_owned());
    match word {
        "r" => Input::Reject,
        "n" => Input::Never,
        "e" if !rest.is_empty() => Input::Entity(rest.to_owned()),
        "w" if rest.is_empty() => Input::New(None, String::new()),
        "w" => {
            let (word, rest) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
            kind(word).map_or_else(unknown, |kind| Input::New(Some(kind), rest.trim().to_owned()))
        }
        "s" | "" => Input::Skip,
        "a" => Input::NextArticle,
        "t" => match rest {
            "" => Input::Scope(None),
            "here" => Input::Scope(Some(Scope::Here)),
            "article" => Input::Scope(Some(Scope::Article)),
            "archive" => Input::Scope(Some(Scope::Archive)),
            _ => unknown(),
        },
        "u" => Input::Undo,
        "q" => Input::Quit,
        "?" => Input::Help,
        digit => match digit.parse::<usize>() {
            Ok(number @ 1..=9) => Input::Accept(number - 1),
            _ => unknown(),
        },
    }
}

fn kind(word: &str) -> Option<EntityKind> {
    EntityKind::ALL.into_iter().find(|kind| kind.as_str() == word)
}

/// One key a decision, on a screen that is drawn anew each time.
pub struct Screen {
    term: Term,
    styled: bool,
}

impl Screen {
    pub fn new(styled: bool) -> Self {
        Screen { term: Term::stdout(), styled }
    }

    fn line(&self, question: &str) -> anyhow::Result<String> {
        self.term.write_str(question)?;
        Ok(self.term.read_line()?.trim().to_owned())
    }
}

impl Face for Screen {
    fn ask(&mut self, view: Option<&View>, told: &Told) -> anyhow::Result<Option<Input>> {
        let width = usize::from(self.term.size().1).clamp(40, 100);
        loop {
            self.term.clear_screen()?;
            let shown = view.map_or(format!("{DONE}\n"), |view| draw(view, width, self.styled));
            self.term.write_line(&shown)?;
            self.say(told);
            self.term.write_line(&paint(KEYS, Style::new().dim(), self.styled))?;
            let input = match self.term.read_key_raw()? {
                Key::Char('q') | Key::CtrlC | Key::Escape => Input::Quit,
                Key::Tab => Input::Scope(None),
                Key::Enter => continue,
                Key::Char('e') if view.is_some() => {
                    match self.line("Whom does it mean (id or name)? ")?.as_str() {
                        "" => continue,
                        typed => Input::Entity(typed.to_owned()),
                    }
                }
                Key::Char('w') => {
                    let Some(view) = view else { continue };
                    let question = format!("What is `{}` (Enter: {})? ", view.name, view.kind.as_str());
                    let typed = self.line(&question)?;
                    let known = if typed.is_empty() { Some(view.kind) } else { kind(&typed) };
                    match known {
                        Some(kind) => {
                            let described =
                                self.line("Its description, in a line (Enter: what is known)? ")?;
                            Input::New(Some(kind), described)
                        }
                        None => Input::Unknown(typed),
                    }
                }
                Key::Char(' ') => Input::Skip,
                Key::Char(key) => input(&key.to_string()),
                _ => continue,
            };
            return Ok(Some(input));
        }
    }

    fn say(&mut self, told: &Told) {
        // A terminal that has gone is noticed at the next key.
        let _ = match told {
            Told::Nothing => Ok(()),
            Told::Done(text) => self.term.write_line(&paint(text, Style::new().green(), self.styled)),
            Told::Refused(text) => self.term.write_line(&paint(text, Style::new().yellow(), self.styled)),
        };
    }
}

const DONE: &str = "Nothing is left to decide; u takes the last step back, q quits";

const KEYS: &str = "\
1-9 accept  r reject  n never this name  w new entity  e other, by id or name
s skip  a next article  Tab here/article/archive  u undo  q quit";

fn paint(text: &str, style: Style, styled: bool) -> String {
    if styled { style.force_styling(true).apply_to(text).to_string() } else { text.to_owned() }
}

/// A case: how much is left, where it stands, the sentence with the name, and those whom it may mean.
fn draw(view: &View, width: usize, styled: bool) -> String {
    let scope = match view.scope {
        Scope::Here => "this place",
        Scope::Article => "this article",
        Scope::Archive => "the whole archive",
    };
    let name = paint(&view.name, Style::new().bold(), styled);
    let mut out = format!(
        "{} left · {name} · {} in {} · decides for {scope}\n{}{} · {}\n\n",
        plural(view.left, "name"),
        plural(view.total, "place"),
        plural(view.articles, "article"),
        view.path,
        view.line.map_or(String::new(), |line| format!(":{line}")),
        shorten(&view.headline, width.saturating_sub(view.path.as_str().len() + 8)),
    );
    let [before, inside, after] = &view.sentence;
    let marked =
        if styled { paint(inside, Style::new().black().on_yellow(), true) } else { format!("[{inside}]") };
    let sentence = format!("{before}{marked}{after}");
    for line in wrap(&sentence, width.saturating_sub(2)) {
        out.push_str(&format!("  {line}\n"));
    }
    if view.more > 0 {
        out.push_str(&format!("  … and at {} more in this article\n", plural(view.more, "place")));
    }
    out.push_str(&format!("\n  {} · {} · {} %\n\n", view.kind.as_str(), view.evidence, view.confidence));
    if view.choices.is_empty() {
        out.push_str("  Nobody of this name is known\n");
    }
    for (i, choice) in view.choices.iter().enumerate() {
        out.push_str(&line_of(i + 1, choice, width));
    }
    out
}

fn line_of(number: usize, choice: &Choice, width: usize) -> String {
    let about: Vec<String> = [
        format!("{} ({})", choice.name, choice.kind.as_str()),
        choice.description.clone(),
        format!("{}, {}", choice.origin, plural(choice.articles, "article")),
        choice.id.to_string(),
    ]
    .into_iter()
    .filter(|part| !part.is_empty())
    .collect();
    let mut out = format!("  {number}  {}\n", shorten(&about.join(" · "), width.saturating_sub(5)));
    if !choice.why.is_empty() {
        out.push_str(&format!("     {}\n", shorten(&choice.why, width.saturating_sub(5))));
    }
    out
}

/// Lines of at most `width` columns, where words allow; styles count as nothing.
fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = vec![String::new()];
    let mut used = 0;
    for word in text.split(' ') {
        let size = console::measure_text_width(word);
        if used > 0 && used + 1 + size > width {
            lines.push(String::new());
            used = 0;
        }
        if let Some(line) = lines.last_mut() {
            if used > 0 {
                line.push(' ');
                used += 1;
            }
            line.push_str(word);
        }
        used += size;
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_in_words() {
        let check = |line: &str, expect: Input| assert_eq!(input(line), expect, "{line}");
        check("3", Input::Accept(2));
        check("0", Input::Unknown("0".into()));
        check("10", Input::Unknown("10".into()));
        check("e  Kim Il ", Input::Entity("Kim Il".into()));
        check("e", Input::Unknown("e".into()));
        check("w place", Input::New(Some(EntityKind::Place), String::new()));
        check("w place A quay", Input::New(Some(EntityKind::Place), "A quay".into()));
        check("w planet", Input::Unknown("w planet".into()));
        check("t archive", Input::Scope(Some(Scope::Archive)));
        check("t", Input::Scope(None));
        check("", Input::Skip);
    }

    #[test]
    fn lines_break_between_words() {
        assert_eq!(wrap("one two three", 8), ["one two", "three"]);
        assert_eq!(wrap("\u{1b}[1mone\u{1b}[0m two", 7), ["\u{1b}[1mone\u{1b}[0m two"]);
        assert_eq!(wrap("extraordinary", 5), ["extraordinary"]);
    }
}

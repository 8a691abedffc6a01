//! `dateline entities`: whom the archive knows, whom it does not, and what a desk can do about it.

mod adopt;
pub mod gather;

use clap::{Args, Subcommand, ValueEnum};
use jiff::Timestamp;

use crate::{
    cli::{
        Global, SiteArgs,
        output::{MessageFormat, Output},
        progress::Bar,
    },
    diagnostic::{Diagnostic, Severity},
    model::EntityKind,
    parse::entry,
    pipeline::{self, Built},
    report::table::{plural, shorten, table},
};

use gather::{Gathered, Unknown, gather};

const EXAMPLES: &str = "\
Examples:
  dateline entities                           Unknown names, ambiguous aliases, merges to decide
  dateline entities --min 3 --kind person     People named in three pieces and more
  dateline entities --entries > new.yaml      Entries to paste into content/entities.yaml
  dateline entities adopt \"Ana Velde\"         Write content/entities/ana-velde.md
  dateline entities --message-format json     The same for programs, one object a line

A merge is made by giving one entity the other's name as an alias, in its registry entry.";

/// List the entities that the archive knows and those it does not, and adopt them
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES, args_conflicts_with_subcommands = true)]
pub struct EntitiesArgs {
    #[command(subcommand)]
    pub action: Option<Action>,
    /// Only names that stand in at least so many pieces
    #[arg(long, default_value_t = 1, value_name = "N")]
    pub min: usize,
    /// Only names of this kind
    #[arg(long, value_enum, value_name = "KIND")]
    pub kind: Option<Kind>,
    /// At most so many rows of each table; 0 for all
    #[arg(long, default_value_t = 30, value_name = "N")]
    pub limit: usize,
    /// Print the registry entries of the unknown names instead, as items of content/entities.yaml
    #[arg(long)]
    pub entries: bool,
    #[command(flatten)]
    pub site: SiteArgs,
}

#[derive(Debug, Subcommand)]
pub enum Action {
    Adopt(adopt::AdoptArgs),
}

/// The kinds of entities, as the registry writes them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Kind {
    Person,
    Organization,
    Place,
    Event,
    Work,
    Law,
}

impl Kind {
    pub fn of(self) -> EntityKind {
        match self {
            Kind::Person => EntityKind::Person,
            Kind::Organization => EntityKind::Organization,
            Kind::Place => EntityKind::Place,
            Kind::Event => EntityKind::Event,
            Kind::Work => EntityKind::Work,
            Kind::Law => EntityKind::Law,
        }
    }
}

pub fn run(global: &Global, args: &EntitiesArgs, output: &Output, now: Timestamp) -> anyhow::Result<u8> {
    match &args.action {
        Some(Action::Adopt(adopt)) => adopt::run(global, adopt, output, now),
        None => list(global, args, output, now),
    }
}

/// The assembled site; its errors are shown, since they may hide entities.
fn site(global: &Global, args: &SiteArgs, output: &Output, now: Timestamp) -> anyhow::Result<Built> {
    let progress = Bar::new(output);
    let options = global.options(args, now);
    let built = pipeline::load(&options, &progress, pipeline::memo(&options))?;
    drop(progress);
    let errors: Vec<Diagnostic> =
        built.diagnostics.iter().filter(|d| d.severity == Severity::Error).cloned().collect();
    if !errors.is_empty() {
        output.diagnostics(&errors, false);
    }
    Ok(built)
}

fn list(global: &Global, args: &EntitiesArgs, output: &Output, now: Timestamp) -> anyhow::Result<u8> {
    let built = site(global, &args.site, output, now)?;
    let mut found = gather(&built.site);
    let kind = args.kind.map(Kind::of);
    found.unknown.retain(|u| u.articles.len() >= args.min && kind.is_none_or(|kind| u.may_be(kind)));
    let limit = if args.limit == 0 { usize::MAX } else { args.limit };
    if args.entries {
        let entries = found.unknown.iter().take(limit).map(|u| entry::item(&u.entity));
        output.line(entries.collect::<Vec<_>>().join("").trim_end());
    } else if output.format == MessageFormat::Human {
        output.line(draw(&found, limit).trim_end());
    } else {
        objects(&found, limit, output);
    }
    Ok(0)
}

fn objects(found: &Gathered, limit: usize, output: &Output) {
    output.result("entities", "", &found.known);
    found.unknown.iter().take(limit).for_each(|unknown| output.result("unknown", "", &unknown.object()));
    found.ambiguous.iter().take(limit).for_each(|ambiguous| output.result("ambiguous", "", ambiguous));
    found.merges.iter().take(limit).for_each(|merge| output.result("merge", "", merge));
}

fn draw(found: &Gathered, limit: usize) -> String {
    let known = &found.known;
    let mut out = format!(
        "{} in the registry, {} of them in no published piece; {} of the built-in knowledge and {} are named\n",
        plural(known.registry, "entry").replace("entrys", "entries"),
        known.unmentioned,
        known.builtin,
        plural(known.provisional, "provisional name"),
    );
    let more = |shown: usize, all: usize| match all.saturating_sub(shown) {
        0 => String::new(),
        rest => format!("… and {rest} more: --limit 0\n"),
    };
    out.push_str(&format!("\n{} that no registry knows\n", plural(found.unknown.len(), "name")));
    if !found.unknown.is_empty() {
        let row = |u: &Unknown| {
            let kinds: Vec<&str> =
                std::iter::once(&u.entity.kind).chain(&u.other_kinds).map(|kind| kind.as_str()).collect();
            vec![
                format!("{:>6}", u.articles.len()),
                u.entity.name.clone(),
                kinds.join(" or "),
                if u.provisional { "provisional page" } else { "held back" }.to_owned(),
                shorten(&u.entity.aliases.join(", "), 40),
                shorten(&u.entity.description, 40),
            ]
        };
        let rows: Vec<Vec<String>> = found.unknown.iter().take(limit).map(row).collect();
        out.push_str(&table(&["PIECES", "NAME", "KIND", "NOW", "ALSO", "ROLE"], &rows));
        out.push_str(&more(rows.len(), found.unknown.len()));
        if let Some(first) = found.unknown.first() {
            out.push_str(&format!(
                "\nThe first as an entry of content/entities.yaml; `dateline entities adopt {:?}` writes it:\n\n{}",
                first.entity.name,
                entry::item(&first.entity)
            ));
        }
    }
    if !found.ambiguous.is_empty() {
        let rows: Vec<Vec<String>> =
            found.ambiguous.iter().take(limit).map(|a| vec![a.name.clone(), a.entities.join(", ")]).collect();
        out.push_str(&format!(
            "\nNames that several entries bear: a text must say which\n{}",
            table(&["NAME", "ENTRIES"], &rows)
        ));
        out.push_str(&more(rows.len(), found.ambiguous.len()));
    }
    if !found.merges.is_empty() {
        let row = |m: &gather::Proposal| {
            vec![
                format!("{:>3} %", m.score),
                m.keep.clone(),
                m.other.clone(),
                shorten(&m.reasons.join("; "), 70),
            ]
        };
        let rows: Vec<Vec<String>> = found.merges.iter().take(limit).map(row).collect();
        out.push_str(&format!(
            "\nMay be one: an editor decides\n{}",
            table(&["SURE", "KEEP", "OTHER", "WHY"], &rows)
        ));
        out.push_str(&more(rows.len(), found.merges.len()));
    }
    out
}

//! `dateline entities adopt NAME`: a name becomes an entry of the registry, in a file of its own.

use anyhow::{Context, bail};
use clap::Args;
use jiff::Timestamp;
use serde_json::json;

use crate::{
    cli::{
        Global, SiteArgs,
        entities::{Kind, gather, site},
        output::Output,
    },
    diagnostic::did_you_mean,
    disk::folder,
    model::{Entity, EntityId, Origin, site::Site},
    parse::entry,
    path::slugify,
};

const EXAMPLES: &str = "\
Examples:
  dateline entities adopt \"Ana Velde\"                   With kind, spellings and role of the archive
  dateline entities adopt norway                        Take a built-in entity over, to change it
  dateline entities adopt \"Blue Line\" --kind work --id blue-line-film

No file is ever overwritten. A name that nothing knows needs --kind.";

/// Write the registry entry of a name: content/entities/ID.md
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct AdoptArgs {
    /// The name as `dateline entities` lists it, one of its spellings, or an id
    #[arg(value_name = "NAME")]
    pub name: String,
    /// The kind, when the proposed one is wrong
    #[arg(long, value_enum, value_name = "KIND")]
    pub kind: Option<Kind>,
    /// The id, which is the last part of the page's address and the file's name [default: made from the name]
    #[arg(long, value_name = "ID")]
    pub id: Option<String>,
}

pub fn run(global: &Global, args: &AdoptArgs, output: &Output, now: Timestamp) -> anyhow::Result<u8> {
    // Pieces that are not out yet name people too.
    let everything = SiteArgs { drafts: true, future: true, ..SiteArgs::default() };
    let built = site(global, &everything, output, now)?;
    let mut entity = find(&built.site, args)?;
    if let Some(kind) = args.kind {
        entity.kind = kind.of();
    }
    if let Some(id) = &args.id {
        entity.id = EntityId::new(&slugify(id));
    }
    let taken =
        built.site.entities.iter().find(|e| e.entity.origin == Origin::Registry && e.entity.id == entity.id);
    if let Some(taken) = taken {
        let place = taken.entity.path.as_ref().map_or("the registry", |path| path.as_str());
        bail!("`{}` stands in {place} already; choose another with --id", entity.id);
    }
    let name = format!("content/entities/{}.md", entity.id);
    let path = global.root.join(&name);
    match folder::create(&path, entry::file(&entity).as_bytes()) {
        Ok(()) => {}
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
            bail!("`{}` is there already and is left as it is; choose another with --id", path.display())
        }
        Err(error) => return Err(error).with_context(|| format!("cannot write `{}`", path.display())),
    }
    let human = format!("Wrote {name}\n\n{}", entry::file(&entity).trim_end());
    output.result("adopted", &human, &json!({ "path": name, "id": entity.id, "name": entity.name }));
    Ok(0)
}

/// The entity that a name means: an unknown name of the archive, one of the registry (which needs no adopting), a
/// built-in one, or a new one of the kind given.
fn find(site: &Site, args: &AdoptArgs) -> anyhow::Result<Entity> {
    let bears = |entity: &Entity| entity.id.as_str() == args.name || gather::bears(entity, &args.name);
    let own = site.entities.iter().find(|e| e.entity.origin == Origin::Registry && bears(&e.entity));
    if let Some(own) = own {
        bail!("`{}` is in the registry already, as `{}`", args.name, own.entity.id);
    }
    if let Some(known) = gather::known(site, &args.name) {
        return Ok(known);
    }
    let Some(kind) = args.kind else {
        let found = gather::gather(site);
        let names = found.unknown.iter().map(|unknown| unknown.entity.name.as_str());
        match did_you_mean(&args.name, names) {
            Some(near) => bail!("nothing in the archive is called `{}`; did you mean `{near}`?", args.name),
            None => {
                bail!("nothing in the archive is called `{}`; --kind makes an entry all the same", args.name)
            }
        }
    };
    let id = EntityId::new(&slugify(&args.name));
    Ok(Entity::bare(id, args.name.clone(), kind.of(), Origin::Registry))
}

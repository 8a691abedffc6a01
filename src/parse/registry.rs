//! The registries of a site enter, a file each or a list in one; entities, topics and stories leave, with all faults.

use std::{collections::BTreeMap, ops::Range};

use crate::{
    diagnostic::{Diagnostic, Place},
    model::{Entity, EntityId, EntityKind, Origin, Prose, Story, Topic, TopicId},
    parse::{
        article::image,
        faults::{Faults, Source},
        front_matter::{self, Parsed},
        keys::{ENTITY, STORY, TOPIC},
        schema::{self, Key, Sound},
        yaml::{self, Value, Yaml},
    },
    path::{SourcePath, slugify},
};

/// An entry of a registry, and where its id or name stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry<T> {
    pub item: T,
    pub place: Place,
}

/// One entity of `content/entities/*.md`; its prose is empty, the body is its biography.
pub fn entity(path: &SourcePath, text: &str) -> Parsed<Option<Entry<Entity>>> {
    file(path, text, ENTITY, read_entity)
}

/// The entities of `content/entities.yaml`.
pub fn entities(path: &SourcePath, text: &str) -> (Vec<Entry<Entity>>, Vec<Diagnostic>) {
    list(path, text, ENTITY, read_entity)
}

/// One topic of `content/topics/*.md`.
pub fn topic(path: &SourcePath, text: &str) -> Parsed<Option<Entry<Topic>>> {
    file(path, text, TOPIC, read_topic)
}

/// The topics of `content/topics.yaml`.
pub fn topics(path: &SourcePath, text: &str) -> (Vec<Entry<Topic>>, Vec<Diagnostic>) {
    list(path, text, TOPIC, read_topic)
}

/// One story of `content/stories/*.md`.
pub fn story(path: &SourcePath, text: &str) -> Parsed<Option<Entry<Story>>> {
    file(path, text, STORY, read_story)
}

/// The stories of `content/stories.yaml`.
pub fn stories(path: &SourcePath, text: &str) -> (Vec<Entry<Story>>, Vec<Diagnostic>) {
    list(path, text, STORY, read_story)
}

/// What makes an entry of sound values; the text is the name of its file, for the id. `None`: a required key lacks.
type Read<T> = fn(&mut Sound, Option<&str>, &mut Faults) -> Option<T>;

fn file<T>(path: &SourcePath, text: &str, keys: &'static [Key], read: Read<T>) -> Parsed<Option<Entry<T>>> {
    let mut faults = Faults::new(Source { path, text });
    let (mut sound, fences) = front_matter::open(keys, &mut faults);
    let name = match path.stem() {
        "index" => path.folder().rsplit('/').next().unwrap_or("index"),
        stem => stem,
    };
    let item = entry(&mut sound, Some(name), fences.origin, read, &mut faults);
    Parsed { item, body: fences.body, diagnostics: faults.finish() }
}

fn list<T>(
    path: &SourcePath,
    text: &str,
    keys: &'static [Key],
    read: Read<T>,
) -> (Vec<Entry<T>>, Vec<Diagnostic>) {
    let mut faults = Faults::new(Source { path, text });
    let start = faults.source.start();
    let mut out = Vec::new();
    match yaml::parse(start..text.len(), &mut faults) {
        Some(Yaml { value: Value::Seq(items), .. }) => {
            for item in items {
                let mut sound = schema::read(Some(&item), keys, item.range.clone(), &mut faults);
                out.extend(entry(&mut sound, None, item.range, read, &mut faults));
            }
        }
        Some(tree) if !tree.is_null() => {
            let fault = Diagnostic::error("wrong-type", "this file must be a list");
            faults.at(tree.range, fault.help("begin each entry with `- `"));
        }
        _ => {}
    }
    (out, faults.finish())
}

fn entry<T>(
    sound: &mut Sound,
    name: Option<&str>,
    origin: Range<usize>,
    read: Read<T>,
    faults: &mut Faults,
) -> Option<Entry<T>> {
    let range = ["id", "slug", "name", "title"].iter().find_map(|key| sound.range(key)).unwrap_or(origin);
    let item = read(sound, name, faults)?;
    Some(Entry { item, place: faults.place(range) })
}

/// The id as given, or made of the name of the file, or of `label`.
fn id(key: &str, label: &str, sound: &mut Sound, name: Option<&str>, faults: &mut Faults) -> String {
    let Some(given) = sound.text(key) else { return slugify(name.unwrap_or(label)) };
    let id = slugify(&given);
    if id != given {
        let fault = Diagnostic::warning("bad-id", format!("`{given}` cannot stand in an address"));
        faults.at(sound.range(key).unwrap_or(0..0), fault.help(format!("write `{id}`")));
    }
    id
}

fn read_entity(sound: &mut Sound, file: Option<&str>, faults: &mut Faults) -> Option<Entity> {
    let name = sound.line("name")?;
    let kind: EntityKind = sound.take("kind")?;
    let (life, term) = (["born", "died"], ["founded", "dissolved"]);
    let (theirs, others) = if kind == EntityKind::Person { (life, term) } else { (term, life) };
    for (key, other) in theirs.iter().zip(others) {
        if let Some(range) = sound.range(other) {
            let message = format!("the kind `{}` has no `{other}`", kind.as_str());
            faults.at(range, Diagnostic::warning("wrong-kind", message).help(format!("write `{key}`")));
        }
    }
    let born = sound.text("born").or(sound.text("founded"));
    let died = sound.text("died").or(sound.text("dissolved"));
    if let (Some(born), Some(died)) = (&born, &died)
        && precedes(died, born)
    {
        let range = sound.range("died").or(sound.range("dissolved")).unwrap_or(0..0);
        let message = format!("ends in {died}, before it begins in {born}");
        faults.at(range, Diagnostic::warning("date-order", message).help("exchange the two dates"));
    }
    let mut aliases: Vec<String> = Vec::new();
    for alias in sound.take::<Vec<String>>("aliases").unwrap_or_default() {
        if alias != name && !aliases.contains(&alias) {
            aliases.push(alias);
        }
    }
    Some(Entity {
        id: EntityId::new(&id("id", &name, sound, file, faults)),
        name,
        kind,
        aliases,
        description: sound.text("description").unwrap_or_default(),
        wikidata: sound.text("wikidata"),
        country: sound.text("country"),
        coordinates: sound.take("coordinates"),
        born,
        died,
        roles: sound.take("roles").unwrap_or_default(),
        links: sound.take("links").unwrap_or_default(),
        image: image(sound, faults),
        body: Prose::default(),
        origin: Origin::Registry,
        path: Some(faults.source.path.clone()),
    })
}

/// Whether `a` is surely before `b`: by the parts that both have.
fn precedes(a: &str, b: &str) -> bool {
    match (a.strip_prefix('-'), b.strip_prefix('-')) {
        (None, None) => a.bytes().zip(b.bytes()).find(|(a, b)| a != b).is_some_and(|(a, b)| a < b),
        (Some(_), None) => true,
        _ => false,
    }
}

fn read_topic(sound: &mut Sound, file: Option<&str>, faults: &mut Faults) -> Option<Topic> {
    let label = sound.line("title")?;
    Some(Topic {
        id: TopicId::new(&id("id", &label, sound, file, faults)),
        label,
        parent: sound.text("parent").map(|parent| TopicId::new(&slugify(&parent))),
        medtop: sound.take("medtop"),
        description: sound.text("description").unwrap_or_default(),
        cues: sound.take("cues").unwrap_or_default(),
        body: Prose::default(),
        path: Some(faults.source.path.clone()),
    })
}

fn read_story(sound: &mut Sound, file: Option<&str>, faults: &mut Faults) -> Option<Story> {
    let title = sound.line("title")?;
    Some(Story {
        slug: id("slug", &title, sound, file, faults),
        title,
        description: sound.text("description").unwrap_or_default(),
        prose: Prose::default(),
        path: Some(faults.source.path.clone()),
    })
}

/// Ids that several entries claim: an error at each of them. `noun` is `entity`, `topic` or `story`.
pub fn duplicates<T>(entries: &[Entry<T>], noun: &str, id: impl Fn(&T) -> &str) -> Vec<Diagnostic> {
    let mut by_id: BTreeMap<&str, Vec<&Place>> = BTreeMap::new();
    for entry in entries {
        by_id.entry(id(&entry.item)).or_default().push(&entry.place);
    }
    let mut out = Vec::new();
    for (id, places) in by_id.iter().filter(|(_, places)| places.len() > 1) {
        for (i, place) in places.iter().enumerate() {
            let Some(other) = places.get(usize::from(i == 0)) else { continue };
            let message = format!("the {noun} `{id}` stands in `{}` line {} as well", other.path, other.line);
            let help = "give one of the two another id, or remove it";
            out.push(Diagnostic::error("duplicate-id", message).at((*place).clone()).help(help));
        }
    }
    out
}

/// Names that several entities claim: allowed, since the text around decides, but worth a look.
pub fn ambiguous(entries: &[Entry<Entity>]) -> Vec<Diagnostic> {
    let mut by_name: BTreeMap<String, Vec<&Entry<Entity>>> = BTreeMap::new();
    for entry in entries {
        let mut names: Vec<String> = std::iter::once(&entry.item.name)
            .chain(&entry.item.aliases)
            .map(|name| name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase())
            .collect();
        names.sort();
        names.dedup();
        for name in names {
            by_name.entry(name).or_default().push(entry);
        }
    }
    let mut out = Vec::new();
    for (name, entries) in &by_name {
        let [first, others @ ..] = entries.as_slice() else { continue };
        for other in others.iter().filter(|other| other.item.id != first.item.id) {
            let message = format!(
                "`{name}` may be `{}` (`{}`) or `{}` (`{}`)",
                other.item.id, other.place.path, first.item.id, first.place.path
            );
            let help = "the text around decides; a longer alias is surer";
            out.push(Diagnostic::note("ambiguous-alias", message).at(other.place.clone()).help(help));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(faults: &[Diagnostic]) -> Vec<String> {
        let show = |d: &Diagnostic| {
            let place = d.place.as_ref().expect("every fault of a file has a place");
            let help = d.help.as_deref().unwrap_or_default();
            format!("{}:{}:{} {} {} | {help}", place.path, place.line, place.column, d.code, d.message)
        };
        faults.iter().map(show).collect()
    }

    #[test]
    fn an_entity_is_read() {
        let text = "---\nname: Ängström Institute\nkind: Org\naliases: ÅI\nwikidata: Q64\ncountry: se\ncoordinates: [59.9, 17]\n\
            founded: 1934\ndissolved: 1999-12-31\nroles:\n- { title: Seat, from: 1991, to: 1994-05 }\nlinks:\n\
            - { title: Mail, url: mailto:a@example.org }\nimage: { src: a.png, alt: Seal }\n---\nLife.\n";
        let parsed = entity(&SourcePath::new("content/entities/ai.md"), text);
        assert_eq!(told(&parsed.diagnostics), Vec::<String>::new());
        let Entry { item, place } = parsed.item.expect("sound");
        assert_eq!((item.id.as_str(), item.kind, place.line), ("ai", EntityKind::Organization, 2));
        assert_eq!(
            (item.aliases.join("|"), item.country.as_deref(), item.wikidata.as_deref()),
            ("ÅI".into(), Some("SE"), Some("Q64"))
        );
        assert_eq!(item.coordinates.map(|c| (c.lat, c.lon)), Some((59.9, 17.0)));
        assert_eq!((item.born.as_deref(), item.died.as_deref()), (Some("1934"), Some("1999-12-31")));
        assert_eq!(
            (item.roles[0].from.as_deref(), item.roles[0].to.as_deref()),
            (Some("1991"), Some("1994-05"))
        );
        assert_eq!((&*item.links[0].url, &text[parsed.body]), ("mailto:a@example.org", "Life.\n"));
    }

    #[test]
    fn faults_of_entities() {
        let check = |text: &str, count: usize, expect: &[&str]| {
            let (items, faults) = entities(&SourcePath::new("e.yaml"), text);
            assert_eq!(
                (items.len(), told(&faults)),
                (count, expect.iter().map(|s| (*s).to_owned()).collect()),
                "{text}"
            );
        };
        check("# none\n", 0, &[]);
        check("a: b\n", 0, &["e.yaml:1:1 wrong-type this file must be a list | begin each entry with `- `"]);
        check(
            "- name: A\n",
            0,
            &[
                "e.yaml:1:3 missing-key the key `kind` is missing | add `kind:` with `person`, `organization`, `place`, `event`, `work` or `law`",
            ],
        );
        check(
            "- name: Ö\n  kind: person\n  founded: 1900\n  coordinates: { lat: 91, lon: 0 }\n  wikidata: 64\n  id: O O\n",
            1,
            &[
                "e.yaml:4:23 out-of-range `lat` must be a number from -90 to 90, not `91` | ",
                "e.yaml:5:13 bad-wikidata `wikidata` must be a Wikidata id such as `Q64`, not `64` | the id stands at the top of the item's page, beside its name",
                "e.yaml:3:12 wrong-kind the kind `person` has no `founded` | write `born`",
                "e.yaml:6:7 bad-id `O O` cannot stand in an address | write `o-o`",
            ],
        );
        check(
            "- name: A\n  kind: place\n  links: [{ title: x, url: 'javascript:x' }]\n- name: B\n  kind: animal\n- { name: C, kind: law, founded: 1990-05, dissolved: 1990 }\n- { name: D, kind: law, founded: 1990-05, dissolved: 1989 }\n",
            3,
            &[
                "e.yaml:3:28 bad-url `url` must be a web or mail address, not `javascript:x` | begin with `https://` or `mailto:`",
                "e.yaml:5:9 bad-choice `kind` must be `person`, `organization`, `place`, `event`, `work` or `law`, not `animal` | ",
                "e.yaml:7:54 date-order ends in 1989, before it begins in 1990-05 | exchange the two dates",
            ],
        );
    }

    #[test]
    fn two_of_one_id_and_two_of_one_name() {
        let read = |path: &str, text: &str| entities(&SourcePath::new(path), text).0;
        let mut all =
            read("a.yaml", "- { id: x, name: Ann Lee, kind: person }\n- { id: y, name: Lee, kind: place }\n");
        all.extend(read("b.yaml", "\n- { id: x, name: X, kind: person, aliases: [lee] }\n"));
        let help = "give one of the two another id, or remove it";
        assert_eq!(
            told(&duplicates(&all, "entity", |e| e.id.as_str())),
            [
                format!("a.yaml:1:9 duplicate-id the entity `x` stands in `b.yaml` line 2 as well | {help}"),
                format!("b.yaml:2:9 duplicate-id the entity `x` stands in `a.yaml` line 1 as well | {help}"),
            ]
        );
        assert_eq!(
            told(&ambiguous(&all)),
            [
                "b.yaml:2:9 ambiguous-alias `lee` may be `x` (`b.yaml`) or `y` (`a.yaml`) | the text around decides; a longer alias is surer"
            ]
        );
    }

    #[test]
    fn topics_and_stories() {
        let parsed = topic(
            &SourcePath::new("content/topics/End of War.md"),
            "---\nlabel: End of war\nparent: war\nmedtop: 20000053\ncues: [truce]\n---\nx",
        );
        let Entry { item, .. } = parsed.item.expect("sound");
        assert_eq!(
            (item.id.as_str(), item.parent.as_ref().map(TopicId::as_str), item.medtop),
            ("end-of-war", Some("war"), Some(20_000_053))
        );
        let (found, faults) = topics(&SourcePath::new("t.yaml"), "- label: Œuvre\n- titel: x\n");
        assert_eq!(found.iter().map(|t| t.item.id.as_str()).collect::<Vec<_>>(), ["oeuvre"]);
        assert_eq!(
            told(&faults),
            [
                "t.yaml:2:3 unknown-key unknown key `titel` | did you mean `title`?",
                "t.yaml:2:3 missing-key the key `title` is missing | add `title:` with text",
            ]
        );
        let parsed = story(&SourcePath::new("content/stories/wall.md"), "---\ntitle: The Wall\n---\nBody");
        assert_eq!(
            parsed.item.map(|e| (e.item.slug, e.item.title)),
            Some(("wall".into(), "The Wall".into()))
        );
        assert_eq!(stories(&SourcePath::new("s.yaml"), "- title: A b\n").0[0].item.slug, "a-b");
    }
}

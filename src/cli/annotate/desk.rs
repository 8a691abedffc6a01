//! What a text is annotated with: the names that the site and the program know, and where their pages stand.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    time::Duration,
};

use cpu_time::ThreadTime;
use jiff::tz::TimeZone;
use serde_json::Value;

use crate::{
    annotate::{self, lexicon::Lexicon},
    assemble::address,
    disk::read,
    knowledge,
    model::{Annotation, Article, Entity, EntityId, Introduced, Speaker, TopicId, config::Config},
    parse::{self, content::Item},
    path::{SourcePath, Urls, encode},
    pipeline::{self, Options},
    report::annotation::Known,
};

pub struct Desk {
    root: PathBuf,
    pub zone: TimeZone,
    pub lexicon: Lexicon,
    config: Config,
    urls: Urls,
    /// What it took to load each part, in time of a core.
    pub loads: Vec<(&'static str, Duration)>,
}

impl Desk {
    /// Reads the settings and the registry of the site, if there is one.
    ///
    /// # Errors
    /// When the settings are there and cannot be read.
    pub fn open(options: &Options) -> anyhow::Result<Desk> {
        let mut loads = Vec::new();
        let mut clock = ThreadTime::now();
        let mut lap = |name| {
            loads.push((name, clock.elapsed()));
            clock = ThreadTime::now();
        };
        annotate::load();
        lap("tagger");
        knowledge::pack();
        lap("knowledge");
        knowledge::media_topics();
        lap("topics");
        // Faults of the registry are the business of `check`.
        let config = pipeline::settings(options, &mut Vec::new())?;
        let zone = TimeZone::get(&config.timezone).unwrap_or(TimeZone::UTC);
        let registry: Vec<Item> = read::folder(&options.root, "content")
            .texts
            .iter()
            .filter(|file| is_registry(file.path.as_str()))
            .map(|file| parse::content::file(&file.path, &file.bytes, &zone).0)
            .collect();
        let (content, _) = parse::content::collect(registry.iter());
        let lexicon =
            annotate::lexicon(&content.entities, &content.topics, &config.annotate, &config.language);
        lap("registry");
        let urls = Urls::new(&config.base_url);
        Ok(Desk { root: options.root.clone(), zone, lexicon, config, urls, loads })
    }

    /// The path as the site would see it; a text from elsewhere is read as if it lay in `content/`.
    pub fn source_path(&self, name: &str) -> SourcePath {
        let path = Path::new(name);
        let absolute = |path: &Path| std::path::absolute(path).unwrap_or(path.to_owned());
        let content = absolute(&self.root.join("content"));
        match absolute(path).strip_prefix(&content) {
            Ok(below) => read::source_path(Path::new(""), &Path::new("content").join(below)),
            Err(_) => {
                let name = path.file_name().map_or(name.into(), |name| name.to_string_lossy());
                SourcePath::new(&format!("content/{name}"))
            }
        }
    }

    /// The absolute IRI of a text: of its page where it has a date, else of its file; of a corpus, its id's.
    pub fn iri(&self, article: &Article, id: Option<&Value>) -> String {
        if let Some(Value::String(id)) = id
            && is_iri(id)
        {
            return id.clone();
        }
        if id.is_none()
            && let Some(path) = address::article(article, &self.config)
        {
            return self.urls.absolute(&path);
        }
        let mut name = String::new();
        match id {
            Some(Value::String(id)) => encode(id, &mut name),
            Some(id) => encode(&id.to_string(), &mut name),
            None => encode(article.path.as_str(), &mut name),
        }
        // The path is encoded already, and no query: what an id has of `?` and `#` is.
        format!("{}{}{name}", self.urls.origin, self.urls.base_path)
    }

    /// The language of a text: its own, the one detected, or the site's.
    pub fn language<'a>(&'a self, article: &'a Article, annotation: &'a Annotation) -> &'a str {
        let own = article.lang.as_deref().or(annotation.language.as_deref());
        own.unwrap_or(&self.config.language)
    }

    /// Everyone whom the annotation names.
    pub fn entities(&self, annotation: &Annotation) -> BTreeMap<EntityId, Known> {
        let mentioned = annotation
            .mentions
            .iter()
            .flat_map(|m| m.entity.iter().chain(m.candidates.iter().map(|c| &c.entity)));
        let speakers = annotation.quotes.iter().filter_map(|q| match &q.speaker {
            Speaker::Entity { id, .. } => Some(id),
            _ => None,
        });
        let holders = annotation.roles.iter().map(|role| &role.entity);
        let mut known = BTreeMap::new();
        for id in mentioned.chain(speakers).chain(holders) {
            if !known.contains_key(id)
                && let Some(found) = self.entity(id, &annotation.introduced)
            {
                known.insert(id.clone(), found);
            }
        }
        known
    }

    fn entity(&self, id: &EntityId, introduced: &[Introduced]) -> Option<Known> {
        let page = |kind: &str| {
            let path = address::entity(id.as_str(), kind, &self.config);
            self.urls.absolute(&path)
        };
        let from = |entity: &Entity| {
            let page = page(entity.kind.as_str());
            let iri = entity.wikidata.as_ref().map(|q| format!("http://www.wikidata.org/entity/{q}"));
            Known {
                name: entity.name.clone(),
                kind: Some(entity.kind),
                page: iri.is_some().then(|| page.clone()),
                iri: iri.unwrap_or(page),
                coordinates: entity.coordinates.map(|c| (c.lat, c.lon)),
            }
        };
        if let Some(own) = self.lexicon.entity(id) {
            return Some(from(own));
        }
        if let Some(builtin) = knowledge::entity(id.as_str()) {
            return Some(from(&builtin));
        }
        let new = introduced.iter().find(|new| new.id == *id)?;
        Some(Known {
            name: new.name.clone(),
            kind: Some(new.kind),
            iri: page(new.kind.as_str()),
            page: None,
            coordinates: None,
        })
    }

    /// The usual name of an entity.
    pub fn name(&self, id: &EntityId, introduced: &[Introduced]) -> Option<String> {
        self.entity(id, introduced).map(|known| known.name)
    }

    /// The topics of the annotation: IPTC's and the site's own.
    pub fn topics(&self, annotation: &Annotation) -> BTreeMap<TopicId, Known> {
        annotation.topics.iter().map(|tag| (tag.topic.clone(), self.topic(&tag.topic))).collect()
    }

    fn topic(&self, id: &TopicId) -> Known {
        let own = self.lexicon.topics.iter().find(|topic| topic.id == *id);
        let media = knowledge::media_topics().by_slug(id.as_str());
        let page = self.urls.absolute(&address::topic(id.as_str(), &self.config));
        let name = own.map(|topic| topic.label.clone()).or(media.map(|topic| topic.label.to_owned()));
        let code = own.and_then(|topic| topic.medtop.map(knowledge::topics::TopicId)).or(media.map(|m| m.id));
        let iri = code.map(knowledge::topics::TopicId::uri);
        Known {
            name: name.unwrap_or_else(|| id.as_str().to_owned()),
            kind: None,
            page: iri.is_some().then(|| page.clone()),
            iri: iri.unwrap_or(page),
            coordinates: None,
        }
    }
}

fn is_registry(path: &str) -> bool {
    let below = path.strip_prefix("content/").unwrap_or(path);
    ["entities/", "topics/", "entities.y", "topics.y"].iter().any(|start| below.starts_with(start))
}

/// Whether a text is an absolute IRI that Turtle can write as it stands (RDF 1.1 Turtle, `IRIREF`), without a fragment.
fn is_iri(text: &str) -> bool {
    let scheme = text.split(':').next().unwrap_or("");
    let sound = |c: char| !(c.is_whitespace() || c.is_control() || "<>\"{}|^`\\#".contains(c));
    scheme.len() < text.len()
        && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b))
        && text.chars().all(sound)
}

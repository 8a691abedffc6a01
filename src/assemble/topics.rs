//! Topics of the articles, and the tree above them: a topic holds what its descendants hold.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::{FxHashMap, FxHashSet};

use crate::{
    assemble::address,
    diagnostic::{Diagnostic, Place, did_you_mean},
    knowledge,
    model::{
        Article, Prose, Topic, TopicId,
        site::{Content, Site, TopicEntry},
    },
    path::slugify,
    text::fold::fold,
};

pub fn topics(site: &mut Site, content: &Content, faults: &mut Vec<Diagnostic>) {
    let mut known: BTreeMap<TopicId, Topic> =
        content.topics.iter().map(|t| (t.id.clone(), t.clone())).collect();
    let local = local(content);
    let mut unknown: BTreeMap<String, Place> = BTreeMap::new();
    let mut retired: BTreeMap<String, Place> = BTreeMap::new();
    // Each name and each tag is looked up once for the whole archive.
    let mut met: Vec<TopicId> = Vec::new();
    let mut numbers: FxHashMap<TopicId, u32> = FxHashMap::default();
    let mut number = |id: TopicId| match numbers.get(&id) {
        Some(number) => *number,
        None => {
            met.push(id.clone());
            numbers.insert(id, met.len() as u32 - 1);
            met.len() as u32 - 1
        }
    };
    let mut names: FxHashMap<&str, u32> = FxHashMap::default();
    let mut tags: FxHashMap<&TopicId, Option<u32>> = FxHashMap::default();
    let tagged: Vec<Vec<u32>> = site
        .articles
        .iter()
        .map(|entry| {
            let mut topics: Vec<u32> = Vec::new();
            for (i, name) in entry.article.topics.iter().enumerate() {
                let topic = *names.entry(name).or_insert_with(|| {
                    let place = || place(&entry.article, i);
                    if own(name, &local).is_none()
                        && knowledge::media_topics().find(name).is_some_and(|t| t.retired.is_some())
                    {
                        retired.entry(name.clone()).or_insert_with(place);
                    }
                    number(resolve(name, &local, &mut known).unwrap_or_else(|| {
                        unknown.entry(name.clone()).or_insert_with(place);
                        let id = TopicId::new(&slugify(name));
                        known.entry(id.clone()).or_insert_with(|| bare(&id, name));
                        id
                    }))
                });
                if !topics.contains(&topic) {
                    topics.push(topic);
                }
            }
            for tag in &entry.annotation.topics {
                let topic = tags.entry(&tag.topic).or_insert_with(|| {
                    let there = known.contains_key(&tag.topic) || builtin(&tag.topic, &mut known);
                    there.then(|| number(tag.topic.clone()))
                });
                topics.extend(topic.filter(|topic| !topics.contains(topic)));
            }
            topics
        })
        .collect();
    report(&unknown, &known, faults);
    faults.extend(retired.iter().filter_map(|(name, place)| report_retired(name, place)));
    add_ancestors(&mut known, &local);

    let index: BTreeMap<TopicId, u32> = {
        let mut ids: Vec<&Topic> = known.values().collect();
        ids.sort_by_cached_key(|t| (fold(&t.label).into_owned(), t.id.clone()));
        ids.into_iter().enumerate().map(|(i, t)| (t.id.clone(), i as u32)).collect()
    };
    let mut entries: Vec<Option<TopicEntry>> = vec![None; index.len()];
    for (id, topic) in known {
        let i = index[&id] as usize;
        entries[i] = Some(TopicEntry {
            path: address::topic(id.as_str(), &site.config),
            parent: topic.parent.as_ref().and_then(|p| index.get(p).copied()),
            topic,
            children: Vec::new(),
            articles: Vec::new(),
            own: 0,
            feed: false,
        });
    }
    site.topics = entries.into_iter().flatten().collect();
    for i in 0..site.topics.len() {
        if let Some(parent) = site.topics[i].parent {
            site.topics[parent as usize].children.push(i as u32);
        }
    }
    // Each topic that was met, with all above it.
    let lines: Vec<Vec<u32>> = met
        .iter()
        .map(|id| {
            let mut line = vec![index[id]];
            // A cycle among local topics ends here too.
            while let Some(up) =
                site.topics[line[line.len() - 1] as usize].parent.filter(|up| !line.contains(up))
            {
                line.push(up);
            }
            line
        })
        .collect();
    let mut all: Vec<u32> = Vec::new();
    for (i, topics) in tagged.into_iter().enumerate() {
        all.clear();
        all.extend(topics.iter().flat_map(|topic| &lines[*topic as usize]));
        all.sort_unstable();
        all.dedup();
        for topic in &all {
            site.topics[*topic as usize].articles.push(i as u32);
        }
        let own: Vec<u32> = topics.iter().map(|topic| lines[*topic as usize][0]).collect();
        for topic in &own {
            site.topics[*topic as usize].own += 1;
        }
        site.articles[i].topics = own;
    }
    let feeds = &site.config.feeds;
    for topic in &mut site.topics {
        topic.feed = feeds.topics && topic.articles.len() >= feeds.min_articles;
    }
}

/// Files an edited article under its topics. `before` are those that the editor named before the edit. `false`, with topics
/// half done, where a topic comes to the site or leaves it, or where there is more to say about a name than where it stands.
pub fn again(
    site: &mut Site,
    i: u32,
    before: &[String],
    content: &Content,
    faults: &mut [Diagnostic],
) -> bool {
    let place = |id: &TopicId| site.topics.iter().position(|topic| topic.topic.id == *id);
    let entry = &site.articles[i as usize];
    let mut own: Vec<u32> = Vec::new();
    // Names of which something is said, with their topics; `true` of those that nobody described.
    let mut told: Vec<(String, u32, bool)> = Vec::new();
    if !before.is_empty() || !entry.article.topics.is_empty() {
        let local = local(content);
        for name in entry.article.topics.iter().chain(before) {
            let table = knowledge::media_topics();
            let id = match (self::own(name, &local), table.find(name)) {
                (Some(id), _) => id.clone(),
                (None, Some(topic)) => match table.in_use(topic.id) {
                    Some(topic) => TopicId::new(topic.slug),
                    None => return false,
                },
                (None, None) => TopicId::new(&slugify(name)),
            };
            let Some(at) = place(&id).map(|at| at as u32) else { return false };
            let topic = &site.topics[at as usize].topic;
            if topic.path.is_none() && topic.medtop.is_none() {
                told.push((name.clone(), at, true));
            } else if self::own(name, &local).is_none()
                && table.find(name).is_some_and(|topic| topic.retired.is_some())
            {
                told.push((name.clone(), at, false));
            }
            own.push(at);
        }
        own.truncate(entry.article.topics.len());
    }
    let tagged = entry.annotation.topics.iter().map(|tag| Some(place(&tag.topic)? as u32));
    let Some(tagged) = tagged.collect::<Option<Vec<u32>>>() else { return false };
    own.extend(tagged);
    let mut met = FxHashSet::default();
    own.retain(|topic| met.insert(*topic));
    let before = std::mem::replace(&mut site.articles[i as usize].topics, own.clone());
    let (old, new) = (with_ancestors(site, &before), with_ancestors(site, &own));
    for topic in &before {
        site.topics[*topic as usize].own -= 1;
    }
    for topic in &own {
        site.topics[*topic as usize].own += 1;
    }
    let feeds = &site.config.feeds;
    for topic in old.symmetric_difference(&new) {
        let topic = &mut site.topics[*topic as usize];
        match topic.articles.binary_search(&i) {
            Ok(at) => drop(topic.articles.remove(at)),
            Err(at) => topic.articles.insert(at, i),
        }
        // A topic that nobody described is there for its articles.
        if topic.articles.is_empty() {
            return false;
        }
        topic.feed = feeds.topics && topic.articles.len() >= feeds.min_articles;
    }
    told.iter().all(|(name, topic, bare)| said(site, name, *topic, *bare, faults))
}

/// What is said of a name is said where the newest article has it. `false` where that is not the only thing that changed. The
/// words of the newest article are the label of a topic that nobody described, a `bare` one.
fn said(site: &Site, name: &str, topic: u32, bare: bool, faults: &mut [Diagnostic]) -> bool {
    let topic = &site.topics[topic as usize];
    let same = |other: &&String| {
        if bare { slugify(other) == topic.topic.id.as_str() } else { *other == name }
    };
    let named = topic.articles.iter().find_map(|i| {
        let article = &site.articles[*i as usize].article;
        Some((article.topics.iter().position(|other| same(&other))?, article))
    });
    let Some((i, article)) = named.filter(|(i, article)| article.topics[*i] == name) else { return false };
    if bare && topic.topic.label != name {
        return false;
    }
    let place = place(article, i);
    let message = match bare {
        true => Some(unknown_message(name)),
        false => report_retired(name, &place).map(|fault| fault.message),
    };
    let mut said = faults.iter_mut().filter(|fault| Some(&fault.message) == message.as_ref());
    match (said.next(), said.next()) {
        (Some(fault), None) => {
            fault.place = Some(place);
            true
        }
        _ => false,
    }
}

/// Where an article names its topic `i`.
fn place(article: &Article, i: usize) -> Place {
    article.places.topics.get(i).cloned().unwrap_or_else(|| Place::file(&article.path))
}

fn unknown_message(name: &str) -> String {
    format!("`{name}` is neither an IPTC Media Topic nor in `content/topics`")
}

fn with_ancestors(site: &Site, topics: &[u32]) -> BTreeSet<u32> {
    let mut all = BTreeSet::new();
    for topic in topics {
        let mut next = Some(*topic);
        // A cycle among local topics ends here too.
        while let Some(topic) = next.filter(|topic| all.insert(*topic)) {
            next = site.topics[topic as usize].parent;
        }
    }
    all
}

fn bare(id: &TopicId, label: &str) -> Topic {
    Topic {
        id: id.clone(),
        label: label.to_owned(),
        parent: None,
        medtop: None,
        description: String::new(),
        cues: Vec::new(),
        body: Prose::default(),
        path: None,
    }
}

/// The site's own topics by their labels and ids.
fn local(content: &Content) -> FxHashMap<String, TopicId> {
    let names =
        |t: &Topic| [(fold(&t.label).into_owned(), t.id.clone()), (t.id.as_str().to_owned(), t.id.clone())];
    content.topics.iter().flat_map(names).collect()
}

/// The topic of the site's own that has this id or label.
fn own<'a>(name: &str, local: &'a FxHashMap<String, TopicId>) -> Option<&'a TopicId> {
    local.get(&*fold(name)).or_else(|| local.get(name))
}

/// What to say of a topic that IPTC has retired: which one is used in its place, and why that one.
fn report_retired(name: &str, place: &Place) -> Option<Diagnostic> {
    let table = knowledge::media_topics();
    let found = table.find(name)?;
    let (day, next) = (found.retired?, table.in_use(found.id)?);
    let why = if found.successor.is_some() { "its successor" } else { "the nearest broader topic in use" };
    let fault = Diagnostic::warning(
        "retired-topic",
        format!("IPTC has retired `{}` ({}) on {day}", found.label, found.id.qcode()),
    );
    let help = format!("the article is filed under {why}: write `{}` ({})", next.label, next.id.qcode());
    Some(fault.at(place.clone()).help(help))
}

/// The topic that an editor means by an id, a label or an IPTC code.
fn resolve(
    name: &str,
    local: &FxHashMap<String, TopicId>,
    known: &mut BTreeMap<TopicId, Topic>,
) -> Option<TopicId> {
    if let Some(id) = own(name, local) {
        return Some(id.clone());
    }
    let table = knowledge::media_topics();
    let id = table.in_use(table.find(name)?.id)?.slug;
    let id = TopicId::new(id);
    builtin(&id, known);
    Some(id)
}

/// Takes an IPTC topic into the site; says whether there is one.
fn builtin(id: &TopicId, known: &mut BTreeMap<TopicId, Topic>) -> bool {
    let table = knowledge::media_topics();
    let Some(topic) = table.by_slug(id.as_str()) else { return false };
    known.entry(id.clone()).or_insert_with(|| Topic {
        parent: topic.parent.and_then(|p| table.get(p)).map(|p| TopicId::new(p.slug)),
        medtop: Some(topic.id.0),
        ..bare(id, topic.label)
    });
    true
}

/// Takes in the broader topics of all topics that the site speaks of.
fn add_ancestors(known: &mut BTreeMap<TopicId, Topic>, local: &FxHashMap<String, TopicId>) {
    let mut open: Vec<TopicId> = known.keys().cloned().collect();
    while let Some(id) = open.pop() {
        let Some(parent) = known.get(&id).and_then(|t| t.parent.clone()) else { continue };
        if known.contains_key(&parent) {
            continue;
        }
        // The parent of a local topic is written as an editor writes topics.
        match resolve(parent.as_str(), local, known) {
            Some(found) => {
                if let Some(topic) = known.get_mut(&id) {
                    topic.parent = Some(found.clone());
                }
                open.push(found);
            }
            None => {
                if let Some(topic) = known.get_mut(&id) {
                    topic.parent = None;
                }
            }
        }
    }
}

fn report(unknown: &BTreeMap<String, Place>, known: &BTreeMap<TopicId, Topic>, faults: &mut Vec<Diagnostic>) {
    let labels: Vec<&str> = knowledge::media_topics()
        .rows
        .iter()
        .filter(|t| t.retired.is_none())
        .map(|t| t.label)
        .chain(known.values().filter(|t| t.path.is_some()).map(|t| t.label.as_str()))
        .collect();
    for (name, place) in unknown {
        let fault = Diagnostic::note("unknown-topic", unknown_message(name)).at(place.clone());
        faults.push(match did_you_mean(name, labels.iter().copied()) {
            Some(near) => fault.help(format!(
                "did you mean `{near}`? Otherwise describe it in `content/topics/{}.md`",
                slugify(name)
            )),
            None => fault.help(format!(
                "it gets a page all the same; describe it in `content/topics/{}.md`",
                slugify(name)
            )),
        });
    }
}

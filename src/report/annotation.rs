//! One annotated article → a table for people or JSON for programs: what was found, how sure it is, and why.

use serde_json::{Value, json};

use crate::{
    model::{Annotation, Article, Evidence, Mention, Prose, Span, Speaker, Status},
    report::table::{plural, shorten, table as columns},
};

/// Headline and date, then tables of names, topics and quotes.
pub fn table(article: &Article, annotation: &Annotation) -> String {
    let prose = &article.prose;
    let text = |span: Span, limit: usize| shorten(&one_line(prose.slice(span)), limit);
    let mut out = format!("{}\n", article.title);
    let head = [
        article.date.map(|date| date.day.to_string()),
        article.dateline.clone(),
        article.source.clone(),
        article.section.clone(),
    ];
    let head: Vec<String> = head.into_iter().flatten().collect();
    if !head.is_empty() {
        out.push_str(&format!("{}\n", head.join(" · ")));
    }
    let rows: Vec<Vec<String>> = annotation
        .mentions
        .iter()
        .map(|m| {
            vec![
                text(m.span, 40),
                m.kind.as_str().to_owned(),
                m.entity.as_ref().map_or("?".to_owned(), ToString::to_string),
                format!("{:>3} %", m.confidence),
                status(m.status).to_owned(),
                evidence(m, prose),
            ]
        })
        .collect();
    out.push('\n');
    if rows.is_empty() {
        out.push_str("No names found\n");
    } else {
        out.push_str(&columns(&["NAME", "KIND", "ENTITY", "SURE", "STATUS", "EVIDENCE"], &rows));
    }
    if !annotation.topics.is_empty() {
        let cues =
            |t: &crate::model::TopicTag| if t.by_editor { "editor".to_owned() } else { t.cues.join(", ") };
        let row = |t: &crate::model::TopicTag| {
            vec![t.topic.as_str().to_owned(), format!("{:>3} %", t.score), shorten(&cues(t), 60)]
        };
        let rows: Vec<Vec<String>> = annotation.topics.iter().map(row).collect();
        out.push_str(&format!("\n{}", columns(&["TOPIC", "SURE", "CUES"], &rows)));
    }
    if !annotation.quotes.is_empty() {
        let rows: Vec<Vec<String>> = annotation
            .quotes
            .iter()
            .map(|q| {
                let speaker = match &q.speaker {
                    Speaker::Entity { id, .. } => id.to_string(),
                    Speaker::Described { span } => format!("({})", text(*span, 30)),
                    Speaker::Unknown => "?".to_owned(),
                };
                let verb = q.verb.map_or(String::new(), |span| text(span, 20));
                vec![speaker, verb, format!("{:>3} %", q.confidence), text(q.span, 60)]
            })
            .collect();
        out.push_str(&format!("\n{}", columns(&["SPEAKER", "VERB", "SURE", "WORDS"], &rows)));
    }
    let accepted = annotation.mentions.iter().filter(|m| m.status == Status::Accepted).count();
    out.push_str(&format!(
        "\n{} ({accepted} accepted), {}, {}\n",
        plural(annotation.mentions.len(), "name"),
        plural(annotation.topics.len(), "topic"),
        plural(annotation.quotes.len(), "quote"),
    ));
    out
}

pub fn status(status: Status) -> &'static str {
    match status {
        Status::Accepted => "accepted",
        Status::Proposed => "review",
        Status::Rejected => "rejected",
    }
}

/// The rule that made a mention, in words.
pub fn evidence(mention: &Mention, prose: &Prose) -> String {
    let text = |span: Span| shorten(&one_line(prose.slice(span)), 40);
    match &mention.evidence {
        Evidence::Editor => "an editor says so".to_owned(),
        Evidence::Registry { alias } => format!("registry: {alias}"),
        Evidence::Knowledge { alias } => format!("built-in: {alias}"),
        Evidence::Surname { of } => format!("surname of {}", text(*of)),
        Evidence::Acronym { of } => format!("acronym of {}", text(*of)),
        Evidence::ShortForm { of } => format!("short for {}", text(*of)),
        Evidence::Demonym { country } => format!("adjective of {country}"),
        Evidence::Office { post } => format!("was {post} then"),
        Evidence::SameName { of } => format!("as {}", text(*of)),
        Evidence::Conflict { alias } => format!("registry: {alias}, but used as another name"),
        Evidence::Generic => "many bodies have this name".to_owned(),
        Evidence::Archive { articles } => format!("known from {articles} other pieces"),
        Evidence::Title { title } => format!("title: {title}"),
        Evidence::Repeated { count } => format!("named {count} times"),
        Evidence::Shape => "looks like a name".to_owned(),
        Evidence::Ambiguous { rivals } => format!("one of {rivals} with this name"),
        Evidence::Context { reason } => format!("context: {reason}"),
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The annotation with every span (`start`, `end`) counted in Unicode code points of `text`.
pub fn json(article: &Article, annotation: &Annotation) -> Value {
    let text = &article.prose.text;
    let mut value = json!(annotation);
    recount(&mut value, &CodePoints::new(text));
    json!({
        "path": article.path.as_str(),
        "title": article.title,
        "date": article.date.map(|date| date.day.to_string()),
        "time": article.date.and_then(|date| date.time).map(|time| time.to_string()),
        "source": article.source,
        "section": article.section,
        "dateline": article.dateline,
        "authors": article.authors,
        "text": text,
        "annotation": value,
    })
}

/// Spans are the only objects of just `start` and `end`.
fn recount(value: &mut Value, points: &CodePoints) {
    match value {
        Value::Object(map) if map.len() == 2 && map.contains_key("start") && map.contains_key("end") => {
            for offset in map.values_mut() {
                *offset = json!(points.at(offset.as_u64().unwrap_or(0) as usize));
            }
        }
        Value::Object(map) => map.values_mut().for_each(|value| recount(value, points)),
        Value::Array(list) => list.iter_mut().for_each(|value| recount(value, points)),
        _ => {}
    }
}

/// From byte offsets of a text to code points: the offsets at which characters begin.
struct CodePoints(Vec<usize>);

impl CodePoints {
    fn new(text: &str) -> Self {
        CodePoints(text.char_indices().map(|(i, _)| i).collect())
    }

    fn at(&self, byte: usize) -> usize {
        self.0.partition_point(|start| *start < byte)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{EntityId, EntityKind};

    #[test]
    fn spans_count_code_points() {
        let points = CodePoints::new("é—Kyiv");
        assert_eq!([0, 2, 5, 9].map(|byte| points.at(byte)), [0, 1, 2, 6]);
        let mention = Mention {
            span: Span::new(5, 9),
            sentence: Span::new(0, 9),
            kind: EntityKind::Place,
            entity: Some(EntityId::new("kyiv")),
            confidence: 90,
            evidence: Evidence::Acronym { of: Span::new(2, 5) },
            status: Status::Accepted,
            role: None,
            candidates: Vec::new(),
        };
        let mut value = json!(Annotation { mentions: vec![mention], ..Annotation::default() });
        recount(&mut value, &points);
        assert_eq!(value["mentions"][0]["span"], json!({ "start": 2, "end": 6 }));
        assert_eq!(value["mentions"][0]["evidence"]["acronym"]["of"], json!({ "start": 1, "end": 2 }));
    }
}

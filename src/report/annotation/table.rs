//! One annotated text → tables for people: what was found, how sure it is, and why.

use crate::{
    model::{Evidence, Mention, Prose, Span, Speaker, Status},
    report::{
        annotation::{Document, registry_only},
        table::{plural, shorten, table as columns},
    },
};

/// Headline and date, then tables of names, topics and quotes.
pub fn table(document: &Document<'_>) -> String {
    let (article, annotation) = (document.article, document.annotation);
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
    if let Some(remark) = registry_only(annotation) {
        out.push_str(&format!("Language: {remark}\n"));
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
        Evidence::Government { country } => format!("stands for the government of {country}"),
        Evidence::Team { country } => format!("stands for the team of {country}"),
        Evidence::Office { post } => format!("was {post} then"),
        Evidence::SameName { of } => format!("as {}", text(*of)),
        Evidence::Conflict { alias } => format!("registry: {alias}, but used as another name"),
        Evidence::Generic => "many bodies have this name".to_owned(),
        Evidence::Archive { articles } => format!("known from {articles} other pieces"),
        Evidence::Title { title } => format!("title: {title}"),
        Evidence::Repeated { count } => format!("named {count} times"),
        Evidence::Attested => "the text says who that is".to_owned(),
        Evidence::Shape => "looks like a name".to_owned(),
        Evidence::Ambiguous { rivals } => format!("one of {rivals} with this name"),
        Evidence::Context { reason } => format!("context: {reason}"),
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

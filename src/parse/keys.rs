//! The keys of the files under `content/`: tables that check front matter and registries, and that document them.

use crate::parse::schema::{Key, Shape, key};

const ALL: Shape = Shape::Int(i64::MIN, i64::MAX);

/// An article: `content/**/*.md`.
pub const ARTICLE: &[Key] = &[
    key("title", Shape::Text, "Headline. A first line `# Headline` of the body serves as well.")
        .also(&["headline"]),
    key(
        "date",
        Shape::Moment,
        "When it was published. A file name that begins with `YYYY-MM-DD-` serves as well.",
    ),
    key("updated", Shape::Moment, "When it was last changed."),
    key("source", Shape::Text, "Agency or paper that the piece comes from."),
    key("source_url", Shape::Url, "Where the original stands."),
    key("section", Shape::Text, "Section; the first folder below `content/` when absent."),
    key(
        "authors",
        Shape::Texts,
        "Who wrote it. One text is split at commas and `and`; the items of a list are taken as they are.",
    )
    .also(&["byline"]),
    key("dateline", Shape::Text, "Place of writing: `Berlin`."),
    key("slug", Shape::Text, "Last part of the address; made from the file name when absent."),
    key("summary", Shape::Text, "Standfirst, also the description in lists and feeds."),
    key("key_points", Shape::Texts, "What to remember, a sentence each."),
    key("topics", Shape::Texts, "Topics by label or slug, set by the editor."),
    key("entities", Shape::Texts, "Entities by name or id that the piece is about."),
    key("story", Shape::Text, "Slug of the story that it belongs to."),
    key("draft", Shape::Bool, "Keep out of the site until it is ready.").or("false"),
    key("publish_at", Shape::Moment, "Not before this time.").also(&["embargo"]),
    key("expires", Shape::Moment, "Not after this time."),
    key("corrections", Shape::ListOf(&Shape::Map(CORRECTION)), "What was set right after publication."),
    key("image", Shape::MapOrText(IMAGE), "Picture at the top; a text is its `src`."),
    key("aliases", Shape::Texts, "Old addresses that lead here."),
    key("lang", Shape::Language, "Language, when it is not the site's."),
    key(
        "translation_key",
        Shape::Text,
        "A word of your choice; articles of several languages with the same one are translations of each other.",
    ),
    key("noindex", Shape::Bool, "Ask search engines to leave the page alone.").or("false"),
    key("template", Shape::Text, "Template instead of `article.html`."),
    key("weight", ALL, "Place in the edition: the greatest leads."),
    key("extra", Shape::MapOf(&Shape::Any), "Anything; templates see it as `article.extra`."),
];

const CORRECTION: &[Key] = &[
    key("date", Shape::Moment, "When it was made.").required(),
    key("kind", Shape::Choice(&["correction", "clarification", "update", "withdrawal"], &[]), "What it is.")
        .or("\"correction\""),
    key("text", Shape::Text, "What was wrong and what is right.").required(),
];

const IMAGE: &[Key] = &[
    key("src", Shape::Href, "File beside the article, path of the site or web address.").required(),
    key("alt", Shape::Text, "What it shows, for those who do not see it; `\"\"` for mere ornament."),
    key("credit", Shape::Text, "Who made it."),
    key("caption", Shape::Text, "Line below it."),
    key("width", SIDE, "Width in pixels, for a picture on another host; with `height`."),
    key("height", SIDE, "Height in pixels, for a picture on another host; with `width`."),
];

/// Pixels of a picture along one side.
const SIDE: Shape = Shape::Int(1, 100_000);

/// The kinds of entities, with other spellings.
pub const KIND: Shape = Shape::Choice(
    &["person", "organization", "place", "event", "work", "law"],
    &[("organisation", "organization"), ("org", "organization"), ("location", "place"), ("people", "person")],
);

/// A person, organisation, place, event, work or law: `content/entities/*.md`, or an item of `content/entities.yaml`.
pub const ENTITY: &[Key] = &[
    key(
        "id",
        Shape::Text,
        "Stable name and last part of the address; made from the file name (in a list, from `name`) when absent.",
    ),
    key("name", Shape::Text, "Full name as a headline would write it.").required(),
    key("kind", KIND, "What it is.").required(),
    key("aliases", Shape::Texts, "Other names that the text may use."),
    key("description", Shape::Text, "One line that tells it from others of its name."),
    key("wikidata", Shape::Wikidata, "Its item in Wikidata."),
    key("country", Shape::Country, "ISO 3166-1 code; a former state has its former code."),
    key("coordinates", Shape::MapOrList(COORDINATES), "Degrees, WGS 84."),
    key("born", Shape::Day, "Birth of a person."),
    key("died", Shape::Day, "Death of a person."),
    key("founded", Shape::Day, "Beginning of an organisation, event, work or law."),
    key("dissolved", Shape::Day, "End of an organisation or event."),
    key("roles", Shape::ListOf(&Shape::Map(ROLE)), "Offices and posts."),
    key("links", Shape::ListOf(&Shape::Map(LINK)), "Where to read more."),
    key("image", Shape::MapOrText(IMAGE), "Portrait or emblem; a text is its `src`."),
];

const COORDINATES: &[Key] = &[
    key("lat", Shape::Float(-90.0, 90.0), "Latitude, north is positive.").required(),
    key("lon", Shape::Float(-180.0, 180.0), "Longitude, east is positive.").required(),
];

const ROLE: &[Key] = &[
    key("title", Shape::Text, "Name of the office.").required(),
    key("organization", Shape::Text, "Where it is held."),
    key("country", Shape::Country, "Country it is held in."),
    key("from", Shape::Day, "First day; unknown when absent."),
    key("to", Shape::Day, "Last day; still held when absent."),
];

const LINK: &[Key] = &[
    key("title", Shape::Text, "Text of the link.").required(),
    key("url", Shape::Link, "Where it leads.").required(),
];

/// A topic of the site's own: `content/topics/*.md`, or an item of `content/topics.yaml`.
pub const TOPIC: &[Key] = &[
    key(
        "id",
        Shape::Text,
        "Slug and last part of the address; made from the file name (in a list, from `title`) when absent.",
    ),
    key("title", Shape::Text, "Name of the topic.").also(&["label", "name"]).required(),
    key("parent", Shape::Text, "The wider topic, by its label or slug."),
    key("medtop", Shape::Int(1, 99_999_999), "Code of the IPTC media topic that it stands for."),
    key("description", Shape::Text, "One line on what belongs to it."),
    key("cues", Shape::Texts, "Words and phrases that tell of it."),
];

/// A story told over several articles: `content/stories/*.md`, or an item of `content/stories.yaml`.
pub const STORY: &[Key] = &[
    key(
        "slug",
        Shape::Text,
        "Last part of the address; made from the file name (in a list, from `title`) when absent.",
    ),
    key("title", Shape::Text, "Name of the story.").required(),
    key("description", Shape::Text, "One line on what it is about."),
];

/// A section: `_index.md` in a folder of `content/`.
pub const SECTION: &[Key] = &[
    key("title", Shape::Text, "Name of the section; made from the folder's when absent."),
    key("description", Shape::Text, "One line on what stands in it."),
    key("paginate_by", Shape::Int(1, 1000), "Pieces on a page; the site's setting when absent."),
    key("template", Shape::Text, "Template instead of `section.html`."),
    key("page_template", Shape::Text, "Template of the section's articles instead of `article.html`."),
    key("link", LINK_MODE, "Which mentions of an entity are linked; the site's setting when absent."),
    key("editions", Shape::Bool, "Whether its pieces stand in the daily editions.").or("true"),
    key("noindex", Shape::Bool, "Ask search engines to leave the section and its articles alone.")
        .or("false"),
    key("extra", Shape::MapOf(&Shape::Any), "Anything; templates see it as `section.extra`."),
];

/// A decision about a place of an article, or all its places of a name: `content/decisions/PATH-OF-ARTICLE.yaml`.
pub const DECISION: &[Key] = &[
    QUOTE,
    key("prefix", Shape::Text, "Words right before it: they tell the place from others of the same name."),
    key("suffix", Shape::Text, "Words right after it."),
    key(
        "at",
        Shape::Int(0, u32::MAX as i64),
        "Where it stood when it was decided, in characters of the text; of places that the words leave open, the nearest is taken.",
    ),
    key("every", Shape::Bool, "All places of the name in the article, rather than one.").or("false"),
    VERDICT,
    TARGET,
    NEW,
    key("by", Shape::Text, "Who decided it."),
    key("date", Shape::Day, "When."),
    key("note", Shape::Text, "Why."),
];

/// A decision about a name wherever the archive has it: `content/decisions/_names.yaml`.
pub const NAME_DECISION: &[Key] = &[
    QUOTE,
    VERDICT,
    TARGET,
    NEW,
    key("by", Shape::Text, "Who decided it."),
    key("date", Shape::Day, "When."),
    key("note", Shape::Text, "Why."),
];

const QUOTE: Key = key("quote", Shape::Text, "The name as the text has it.").required();
const VERDICT: Key = key(
    "decision",
    Shape::Choice(&["accept", "reject"], &[("accepted", "accept"), ("rejected", "reject")]),
    "`accept` alone takes the entity that is proposed; not needed where `entity` or `new` is given.",
);
const TARGET: Key = key("entity", Shape::Text, "Whom it means, by id or name.");
const NEW: Key = key("new", Shape::Map(NEW_ENTITY), "Somebody whom no registry has.");

const NEW_ENTITY: &[Key] = &[
    key("id", Shape::Text, "Last part of the address; made from `name` when absent."),
    key("name", Shape::Text, "Full name.").required(),
    key("kind", KIND, "What it is.").required(),
    key("description", Shape::Text, "One line that tells it from others of its name."),
];

/// Which mentions of an entity are linked.
pub const LINK_MODE: Shape = Shape::Choice(&["first", "section", "all", "none"], &[]);

/// A page that is not news: `content/pages/*.md`.
pub const PAGE: &[Key] = &[
    key("title", Shape::Text, "Title. A first line `# Title` of the body serves as well."),
    key("slug", Shape::Text, "Last part of the address; made from the file name when absent."),
    key("description", Shape::Text, "One line for search engines."),
    key("draft", Shape::Bool, "Keep out of the site until it is ready.").or("false"),
    key("template", Shape::Text, "Template instead of `page.html`."),
    key("noindex", Shape::Bool, "Ask search engines to leave the page alone.").or("false"),
    key("aliases", Shape::Texts, "Old addresses that lead here."),
    key("extra", Shape::MapOf(&Shape::Any), "Anything; templates see it as `page.extra`."),
];

/// Names that other programs give to keys of ours.
pub const ELSEWHERE: &[(&str, &str)] = &[
    ("author", "authors"),
    ("by", "authors"),
    ("tags", "topics"),
    ("tag", "topics"),
    ("keywords", "topics"),
    ("categories", "section"),
    ("category", "section"),
    ("description", "summary"),
    ("excerpt", "summary"),
    ("standfirst", "summary"),
    ("lead", "summary"),
    ("lastmod", "updated"),
    ("last_modified_at", "updated"),
    ("modified", "updated"),
    ("publishdate", "publish_at"),
    ("expirydate", "expires"),
    ("layout", "template"),
    ("language", "lang"),
    ("locale", "lang"),
    ("location", "dateline"),
    ("place", "dateline"),
    ("publisher", "source"),
    ("link", "source_url"),
    ("url", "source_url"),
    ("params", "extra"),
    ("series", "story"),
    ("type", "kind"),
    ("summary", "description"),
    ("bio", "description"),
    ("occupation", "roles"),
    ("positions", "roles"),
    ("start", "founded"),
    ("end", "dissolved"),
    ("name", "title"),
    ("baseurl", "base_url"),
    ("languagecode", "language"),
    ("lang", "language"),
    ("translationkey", "translation_key"),
    ("translation_of", "translation_key"),
    ("paginate", "paginate_by"),
    ("params", "extra"),
];

//! The keys of `dateline.yaml`: the table that checks and documents [`crate::model::config::Config`].

use crate::parse::{
    keys::{KIND, LINK_MODE},
    schema::{Key, Shape, key},
};

/// All settings of a site. A test holds the table to the fields and defaults of the model.
pub const CONFIG: &[Key] = &[
    key("title", Shape::Text, "Name of the site.").or("\"Dateline\""),
    key("description", Shape::Text, "One line on the site.").or("\"\""),
    key(
        "base_url",
        Shape::Href,
        "Where the site will stand, with the path it stands under: `https://example.org/news/`.",
    )
    .or("\"http://localhost/\""),
    key("language", Shape::Language, "Language of the interface, and of articles that name none.")
        .or("\"en\""),
    key("timezone", Shape::TimeZone, "Zone whose days make the editions.").or("\"UTC\""),
    key("theme", Shape::Text, "A folder in `themes/`, or a built-in theme.").or("\"broadsheet\""),
    key("templates", Shape::OrNull(&Shape::Text), "Folder of your own templates; `null` for none.")
        .or("\"templates\""),
    key("author", Shape::Text, "Author of the site, for its feeds.").or("\"\""),
    key("publisher", Shape::Text, "Publisher named in structured data; the title when empty.").or("\"\""),
    key("copyright", Shape::Text, "Notice at the foot of each page and in feeds.").or("\"\""),
    key("menu", Shape::ListOf(&Shape::Map(MENU)), "Links at the head of each page.").or("[]"),
    key("paginate_by", Shape::Int(1, 1000), "Pieces on a page of a list.").or("25"),
    key(
        "permalinks",
        Shape::Map(PERMALINKS),
        "Patterns of addresses. Links to old ones break when they change.",
    ),
    key("annotate", Shape::Map(ANNOTATE), "How names and topics are found and linked."),
    key("feeds", Shape::Map(FEEDS), "Which feeds are written."),
    key("related", Shape::Int(0, 50), "Related pieces at the foot of an article.").or("5"),
    key("toc", Shape::Bool, "Table of contents on articles with three headings and more.").or("true"),
    key("highlight", Shape::Bool, "Colour fenced code by its language.").or("true"),
    key("robots", Shape::Text, "Text of `robots.txt`.").or("\"User-agent: *\\nAllow: /\\n\""),
    key("noindex", Shape::Bool, "Ask search engines to leave the whole site alone.").or("false"),
    key("search", Shape::Bool, "Write the search page and its index.").or("true"),
    key(
        "og_images",
        Shape::Bool,
        "Draw a picture for each article and edition without one, for where it is shared. Each takes some 20 ms once.",
    )
    .or("false"),
    key(
        "site_image",
        Shape::Text,
        "Picture of pages that have none, for where they are shared: `/share.png` in `static/`, or a web address.",
    )
    .or("\"\""),
    key(
        "image_widths",
        Shape::ListOf(&Shape::Int(16, 8192)),
        "Widths in pixels in which pictures are offered beside their own; `[]` for none.",
    )
    .or("[480,960,1440]"),
    key("sources", Shape::MapOf(&Shape::Map(SOURCE)), "Agencies and papers, by name as in `source`.")
        .or("{}"),
    key("authors", Shape::MapOf(&Shape::Map(AUTHOR)), "Authors, by name as in `authors`.").or("{}"),
    key("publish", Shape::Map(PUBLISH), "Where `dateline publish` puts the site."),
    key("theme_settings", Shape::MapOf(&Shape::Any), "Settings of the theme, which documents them.").or("{}"),
    key("extra", Shape::MapOf(&Shape::Any), "Anything; templates see it as `config.extra`.").or("{}"),
];

const MENU: &[Key] = &[
    key("title", Shape::Text, "Text of the link.").required(),
    key("url", Shape::Href, "An address of this site (`/about/`) or a full one.").required(),
];

const PERMALINKS: &[Key] = &[
    key("article", Shape::Pattern(&["slug"], &["year", "month", "day"]), "Articles.")
        .or("\"/{year}/{month}/{day}/{slug}/\""),
    key("entity", Shape::Pattern(&["id"], &[]), "Entities.").or("\"/entities/{id}/\""),
    key("topic", Shape::Pattern(&["slug"], &[]), "Topics.").or("\"/topics/{slug}/\""),
    key("story", Shape::Pattern(&["slug"], &[]), "Stories.").or("\"/stories/{slug}/\""),
    key("source", Shape::Pattern(&["slug"], &[]), "Sources.").or("\"/sources/{slug}/\""),
    key("section", Shape::Pattern(&["slug"], &[]), "Sections.").or("\"/sections/{slug}/\""),
    key("author", Shape::Pattern(&["slug"], &[]), "Authors.").or("\"/authors/{slug}/\""),
];

const PERCENT: Shape = Shape::Int(0, 100);

const ANNOTATE: &[Key] = &[
    key("threshold", PERCENT, "Percent of confidence below which a mention goes to review.").or("70"),
    key(
        "link",
        LINK_MODE,
        "Which mentions of an entity are linked: the first, the first below each heading, all or none.",
    )
    .or("\"first\""),
    key("kinds", Shape::ListOf(&KIND), "Kinds of entities that are linked.")
        .or("[\"person\",\"organization\",\"place\",\"event\",\"work\",\"law\"]"),
    key("never", Shape::Texts, "Names that are never linked.").or("[]"),
    key("builtin", Shape::Bool, "Use the knowledge built into the program.").or("true"),
    key(
        "provisional",
        Shape::Bool,
        "Give a new full name a provisional page where a title, role, repetition or words on who that is make it sure.",
    )
    .or("true"),
    key("topics", Shape::Int(0, 5), "Most topics that are found by cues in one article.").or("5"),
    key("sections", Shape::MapOf(&Shape::Map(OVERRIDE)), "What a section, by its slug, settles otherwise.")
        .or("{}"),
    key("sources", Shape::MapOf(&Shape::Map(OVERRIDE)), "What a source, by its name, settles otherwise.")
        .or("{}"),
];

const OVERRIDE: &[Key] = &[
    key("threshold", PERCENT, "As `annotate.threshold`."),
    key("link", LINK_MODE, "As `annotate.link`."),
    key("kinds", Shape::ListOf(&KIND), "As `annotate.kinds`."),
    key("never", Shape::Texts, "As `annotate.never`."),
];

const FEEDS: &[Key] = &[
    key("atom", Shape::Bool, "Write Atom feeds.").or("true"),
    key("rss", Shape::Bool, "Write RSS feeds.").or("true"),
    key("json", Shape::Bool, "Write JSON feeds.").or("true"),
    key("limit", Shape::Int(1, 1000), "Entries of a feed.").or("20"),
    key("min_articles", Shape::Int(0, i64::MAX), "Entities and topics with fewer pieces have no feed.")
        .or("3"),
    key(
        "full_text",
        Shape::Bool,
        "Whole text in the feeds of the site and its sections, not only summaries.",
    )
    .or("true"),
    key("sections", Shape::Bool, "Feeds of sections.").or("true"),
    key("topics", Shape::Bool, "Feeds of topics.").or("true"),
    key("entities", Shape::Bool, "Feeds of entities.").or("true"),
    key("stories", Shape::Bool, "Feeds of stories.").or("true"),
    key("corrections", Shape::Bool, "The feed of corrections.").or("true"),
    key(
        "archives",
        Shape::Choice(&["none", "main", "all"], &[]),
        "Feeds with pages of all their older entries (RFC 5005): none; those of the site, sections, stories and \
         corrections; or those of topics and entities too.",
    )
    .or("\"main\""),
];

const SOURCE: &[Key] = &[
    key("name", Shape::OrNull(&Shape::Text), "Name as shown."),
    key("url", Shape::OrNull(&Shape::Url), "Its site."),
    key("description", Shape::OrNull(&Shape::Text), "One line on it."),
    key(
        "full_text",
        Shape::Choice(&["allowed", "excerpt", "none"], &[]),
        "How much of its text may be shown, on pages, in feeds, in search and anywhere else: all; the beginning; nothing.",
    )
    .or("\"allowed\""),
    key(
        "canonical",
        Shape::Choice(&["own", "original"], &[]),
        "Which page search engines are told to show: that of this site, or the article's `source_url`.",
    )
    .or("\"own\""),
    key("noindex", Shape::Bool, "Ask search engines to leave its articles alone.").or("false"),
];

const AUTHOR: &[Key] = &[
    key("name", Shape::OrNull(&Shape::Text), "Name as shown."),
    key("url", Shape::OrNull(&Shape::Link), "Site or mail address."),
    key("description", Shape::OrNull(&Shape::Text), "One line on the author."),
];

const PUBLISH: &[Key] = &[
    key("remote", Shape::Text, "Git remote to push to.").or("\"origin\""),
    key("branch", Shape::Text, "Branch that holds the built site.").or("\"gh-pages\""),
    key("cname", Shape::OrNull(&Shape::Text), "Domain of your own, written to `CNAME`.").or("null"),
    key("install", Shape::Text, "What `cargo install` is given in the workflow: `dateline`, or `--git URL`.")
        .or("\"dateline\""),
];

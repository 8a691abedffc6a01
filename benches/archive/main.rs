//! Writes a news archive of any size, the same for each number of articles, for measuring whole builds.
//!
//!     cargo bench --bench archive -- 10000 OUT            a Dateline site with a registry of 2,000 entities
//!     cargo bench --bench archive -- 10000 OUT --hugo     the same articles as a Hugo site
//!
//! Article `i` depends on `i` alone, so the first thousand of ten thousand are those of a thousand. Names of entities
//! are drawn by Zipf's law, five to ten an article; bodies have about 450 words. `benches/compare.sh` measures with it.

#![expect(clippy::disallowed_methods, reason = "it writes the archive that it is asked for")]

mod words;

use std::{fmt::Write as _, fs, path::Path};

use words::{Draw, Entity, Kind};

fn main() {
    // `cargo bench` adds `--bench` for harnesses.
    let args: Vec<String> = std::env::args().skip(1).filter(|a| a != "--bench").collect();
    let [articles, out, rest @ ..] = args.as_slice() else {
        println!("archive: nothing to do without arguments: NUMBER FOLDER [--hugo]");
        return;
    };
    let articles: u64 = articles.parse().expect("the number of articles");
    let out = Path::new(out);
    let hugo = rest.iter().any(|a| a == "--hugo");
    let entities = words::entities();
    let content = out.join("content/articles");
    fs::create_dir_all(&content).expect("the output folder");
    for i in 0..articles {
        let (name, text) = article(i, &entities, hugo);
        fs::write(content.join(name), text).expect("an article");
    }
    if hugo {
        hugo_site(out);
    } else {
        fs::write(out.join("dateline.yaml"), "title: The Measured Archive\nbase_url: https://example.org/\n")
            .expect("settings");
        fs::write(out.join("content/entities.yaml"), registry(&entities)).expect("the registry");
    }
}

fn registry(entities: &[Entity]) -> String {
    let mut out = String::new();
    for entity in entities {
        let kind = match entity.kind {
            Kind::Person => "person",
            Kind::Place => "place",
            Kind::Organization => "organization",
        };
        let _ = writeln!(out, "- id: {}\n  name: {}\n  kind: {kind}", entity.id(), entity.name);
        if let (Kind::Person, Some(surname)) = (entity.kind, entity.name.split(' ').next_back()) {
            let _ = writeln!(out, "  aliases: [{surname}]");
        }
    }
    out
}

/// File name and text of article `i`.
fn article(i: u64, entities: &[Entity], hugo: bool) -> (String, String) {
    let mut draw = Draw::new(i);
    let mut cast: Vec<&Entity> = Vec::new();
    let wanted = 5 + draw.below(6);
    while (cast.len() as u64) < wanted || words::kinds(&cast) < 3 {
        let entity = &entities[draw.zipf(entities.len())];
        if !cast.iter().any(|e| e.name == entity.name) {
            cast.push(entity);
        }
    }
    let day = draw.below(4018) as i64;
    let date = civil(day);
    let topics: Vec<&str> =
        (0..1 + draw.below(3)).map(|_| words::TOPICS[draw.zipf(words::TOPICS.len())]).collect();
    let title = words::sentence(&mut draw, &cast, words::HEADLINES);
    let mut text = format!(
        "---\ntitle: \"{title}\"\ndate: {date}T{:02}:{:02}:00Z\ntopics:\n",
        draw.below(24),
        draw.below(60)
    );
    for topic in &topics {
        let _ = writeln!(text, "  - {topic}");
    }
    if hugo {
        text.push_str("entities:\n");
        for entity in &cast {
            let _ = writeln!(text, "  - {}", entity.name);
        }
    }
    text.push_str("---\n\n");
    let mut words = 0;
    while words < 440 {
        let sentences = 2 + draw.below(3);
        let paragraph: Vec<String> =
            (0..sentences).map(|_| words::sentence(&mut draw, &cast, words::SENTENCES)).collect();
        let paragraph = paragraph.join(" ");
        words += paragraph.split(' ').count();
        let _ = writeln!(text, "{}{paragraph}\n", if draw.below(9) == 0 { "> " } else { "" });
        if draw.below(7) == 0 && words < 380 {
            let _ =
                writeln!(text, "## {}\n", words::HEADINGS[draw.below(words::HEADINGS.len() as u64) as usize]);
        }
    }
    (format!("{i:06}-{}.md", words::slug(&title)), text)
}

/// `day` days after 1 January 2015, as `YYYY-MM-DD`.
fn civil(day: i64) -> String {
    let date = jiff::civil::date(2015, 1, 1).checked_add(jiff::Span::new().days(day)).expect("eleven years");
    date.to_string()
}

/// A Hugo site with the same kinds of page: articles, paged lists by entity and topic, feeds, sitemap.
fn hugo_site(out: &Path) {
    let write = |path: &str, text: &str| {
        let path = out.join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a template");
    };
    write(
        "hugo.toml",
        "baseURL = 'https://example.org/'\ntitle = 'The Measured Archive'\nlanguageCode = 'en'\n\
         [pagination]\npagerSize = 25\n[taxonomies]\ntopic = 'topics'\nentity = 'entities'\n[services.rss]\nlimit = 20\n",
    );
    write(
        "layouts/baseof.html",
        "<!doctype html><html lang=en><head><meta charset=utf-8><title>{{ .Title }}</title><link rel=canonical href=\"{{ .Permalink }}\">\
         </head><body><header><a href=\"/\">{{ site.Title }}</a></header><main>{{ block \"main\" . }}{{ end }}</main></body></html>",
    );
    write(
        "layouts/page.html",
        "{{ define \"main\" }}<article><h1>{{ .Title }}</h1><time datetime=\"{{ .Date.Format \"2006-01-02T15:04:05Z\" }}\">{{ .Date.Format \"2 January 2006\" }}</time>\
         {{ .Content }}<ul>{{ range .GetTerms \"entities\" }}<li><a href=\"{{ .RelPermalink }}\">{{ .Title }}</a></li>{{ end }}</ul>\
         <ul>{{ range .GetTerms \"topics\" }}<li><a href=\"{{ .RelPermalink }}\">{{ .Title }}</a></li>{{ end }}</ul></article>{{ end }}",
    );
    let list = "{{ define \"main\" }}<h1>{{ .Title }}</h1><ul>{{ range (.Paginate .RegularPages).Pages }}<li><a href=\"{{ .RelPermalink }}\">{{ .Title }}</a> \
         <time>{{ .Date.Format \"2 January 2006\" }}</time><p>{{ .Summary }}</p></li>{{ end }}</ul>{{ with .Paginator }}{{ if .HasPrev }}<a href=\"{{ .Prev.URL }}\">Newer</a>{{ end }}\
         {{ if .HasNext }}<a href=\"{{ .Next.URL }}\">Older</a>{{ end }}{{ end }}{{ end }}";
    for name in ["home", "section", "term"] {
        write(
            &format!("layouts/{name}.html"),
            &list.replace("RegularPages", if name == "home" { "Site.RegularPages" } else { "Pages" }),
        );
    }
    write(
        "layouts/taxonomy.html",
        "{{ define \"main\" }}<h1>{{ .Title }}</h1><ul>{{ range .Data.Terms.ByCount }}<li><a href=\"{{ .Page.RelPermalink }}\">{{ .Page.Title }}</a> {{ .Count }}</li>{{ end }}</ul>{{ end }}",
    );
}

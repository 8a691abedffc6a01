//! The timeline: which of its years have a page, what stands under which date, and that every link of it leads somewhere.

#![expect(clippy::disallowed_methods, reason = "tests make and look at folders of their own")]

use std::{collections::BTreeSet, fs, path::Path};

use dateline::{
    check,
    pipeline::{self, Memo, Options, Silent},
};

struct Site(tempfile::TempDir);

impl Site {
    fn new(language: &str) -> Site {
        let site = Site(tempfile::tempdir().expect("a temporary folder"));
        let config = format!(
            "title: Test\nbase_url: https://example.org/repo/\nlanguage: {language}\nsearch: false\n"
        );
        site.put("dateline.yaml", &config);
        site
    }

    fn put(&self, name: &str, text: &str) {
        let path = self.0.path().join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(path, text).expect("written");
    }

    fn article(&self, name: &str, day: &str, more: &str, body: &str) {
        let text = format!("---\ntitle: {name}\ndate: {day}\n{more}---\n\n{body}\n");
        self.put(&format!("content/{name}.md"), &text);
    }

    fn options(&self) -> Options {
        Options::new(self.0.path(), "2025-07-15T12:00:00Z".parse().expect("a time"))
    }

    fn build(&self) {
        pipeline::build(&self.options(), false, &Silent).expect("it builds");
        let built = pipeline::load(&self.options(), &Silent, Memo::default()).expect("it loads");
        let told =
            check::check(self.0.path(), &built.site, &built.renderer, &built.files, &built.diagnostics);
        assert!(told.is_empty(), "{told:?}");
    }

    fn page(&self, name: &str) -> String {
        let path = self.0.path().join("public").join(name).join("index.html");
        fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    }

    fn has(&self, name: &str) -> bool {
        self.0.path().join("public").join(name).exists()
    }
}

/// The dates of a page with the texts below each, as a reader sees them.
fn dates(page: &str) -> Vec<String> {
    let list = page.split("<ol class=\"dated\">").skip(1).filter_map(|rest| rest.split("</ol>").next());
    list.flat_map(|list| list.split("<li>").skip(1)).map(plain).collect()
}

fn plain(html: &str) -> String {
    let mut out = String::new();
    for part in html.split('<') {
        out.push_str(part.split_once('>').map_or("", |(_, text)| text));
        out.push(' ');
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn what_happened_when() {
    let site = Site::new("en");
    site.put(
        "content/entities.yaml",
        "- {name: Port Ellery, kind: place, id: port-ellery, description: A harbour town}\n",
    );
    site.article(
        "harbour",
        "2024-05-20",
        "",
        "The harbour of Port Ellery was closed from May 3 to May 7, 2024.\n\nIn March 2024 the council had asked for \
         it.\n\nThe first ship came in on 8 May 2024. It was founded in 1911.",
    );
    // The same words in two pieces are told once, from the one where they weigh more; a piece that was withdrawn is not told from.
    site.article("again", "2024-05-21", "", "The first ship came in on 8 May 2024.");
    let withdrawn = "corrections:\n- {date: 2024-06-02, kind: withdrawal, text: None of it is so.}\n";
    site.article("wrong", "2024-06-01", withdrawn, "The harbour burned down on 30 May 2024.");
    site.build();
    let page = site.page("timeline");
    assert_eq!(
        dates(&page),
        [
            "March 2024 In March 2024 the council had asked for it. harbour",
            "3–7 May 2024 The harbour of Port Ellery was closed from May 3 to May 7, 2024. Port Ellery harbour",
            "8 May 2024 The first ship came in on 8 May 2024. again",
        ]
    );
    assert!(page.contains("<a href=\"/repo/2024/05/20/harbour/#p.1\">"), "{page}");
    assert!(page.contains("<time datetime=\"2024-03\">"), "{page}");
    assert!(page.contains("\"@type\":\"ItemList\"") && page.contains("/2024/05/21/again/#p.1\""), "{page}");
    assert!(!site.has("timeline/2024"), "so few stand on one page");
    assert!(site.page("entities/port-ellery").contains(">3–7 May 2024<"));
}

#[test]
fn the_words_are_those_of_the_site() {
    let site = Site::new("de");
    site.article("hafen", "2024-05-20", "lang: en\n", "The harbour was closed from May 3 to May 7, 2024.");
    site.build();
    let page = site.page("timeline");
    assert_eq!(dates(&page), ["3.–7. Mai 2024 The harbour was closed from May 3 to May 7, 2024. hafen"]);
    assert!(page.contains("<p lang=\"en\" dir=\"auto\">") && page.contains("<h1>Zeitleiste</h1>"), "{page}");
}

#[test]
fn long_timelines_are_paged_by_year_and_crowded_days_cut() {
    let site = Site::new("en");
    for i in 0..300 {
        let (year, day) = (2023 + i % 2, 1 + i % 28);
        let body = format!("Item {i} of the list was settled on {day} April {year}.");
        site.article(&format!("piece-{i}"), &format!("{year}-05-01"), "", &body);
    }
    let many = |day: i32| (0..20).map(move |i| format!("Case {i} was heard on {day} June 2024.\n\n"));
    site.article("court", "2024-07-01", "", &many(3).collect::<String>());
    site.article("old", "2024-07-02", "", "The court was founded on 4 June 1921.");
    site.article("new", "2024-06-03", "", "On this day there is an edition.");
    site.build();
    let front = site.page("timeline");
    for link in ["/repo/timeline/2023/#2023-04", "/repo/timeline/2024/#2024-06"] {
        assert!(front.contains(link), "{link} in {front}");
    }
    assert_eq!(
        dates(&front),
        ["4 Jun 1921 The court was founded on 4 June 1921. old"],
        "a year without a page"
    );
    assert!(!site.has("timeline/1921"));
    let year = site.page("timeline/2024");
    assert!(year.contains("rel=\"prev\" href=\"/repo/timeline/2023/\"") && !year.contains("rel=\"next\""));
    assert!(year.contains("\"@type\":\"BreadcrumbList\""));
    let days = dates(&year);
    let last = days.last().expect("a day");
    assert!(last.starts_with("3 Jun 2024 Case ") && last.ends_with(" and 12 sentences"), "{last}");
    assert!(year.contains("<a href=\"/repo/2024/06/03/\">and 12 sentences</a>"), "{year}");
    let sitemap = fs::read_to_string(site.0.path().join("public/sitemap-1.xml")).expect("the sitemap");
    assert!(sitemap.contains("https://example.org/repo/timeline/2024/</loc>"));
    let names: BTreeSet<_> = fs::read_dir(site.0.path().join("public/timeline"))
        .expect("a folder")
        .map(|entry| entry.expect("a file").file_name().to_string_lossy().into_owned())
        .collect();
    let all = ["2023", "2024", "index.html"].map(str::to_owned);
    assert_eq!(names, BTreeSet::from(all));
    assert!(Path::new(&site.0.path().join("public/2024/06/03/index.html")).is_file());
}

/// An edit that fills or empties a year brings its page and takes it away, as a clean build does.
#[test]
fn pages_of_years_come_and_go_with_edits() {
    let site = Site::new("en");
    let settled =
        |i: i32, year: i32| format!("Item {i} of the list was settled on {} April {year}.", 1 + i % 28);
    for i in 0..240 {
        site.article(&format!("piece-{i}"), "2024-05-01", "", &settled(i, 2024));
    }
    let many = |count: i32| (0..count).map(|i| format!("{}\n\n", settled(i, 1990))).collect::<String>();
    let mut memo = Memo::default();
    for (body, pages) in [
        (settled(1, 2024), 2),
        (many(11), 2),
        (many(12), 3),
        (settled(1, 1990), 2),
        ("Nothing is dated.".to_owned(), 1),
        (many(20), 3),
    ] {
        site.article("edited", "2024-06-01", "", &body);
        let now = pipeline::load(&site.options(), &Silent, memo).expect("it loads");
        let clean = pipeline::load(&site.options(), &Silent, Memo::default()).expect("it loads");
        assert_eq!(now.site.pages, clean.site.pages, "{body}");
        assert_eq!(now.site.dated, clean.site.dated, "{body}");
        let found = now.site.pages.iter().filter(|page| page.path.as_str().starts_with("/timeline/")).count();
        assert_eq!(found, pages, "{body}");
        memo = now.memo;
    }
}

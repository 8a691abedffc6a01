//! Raw wire copy in its many forms, and what is read of it. All copy here was written for these tests.

#[path = "wire/show.rs"]
mod show;

use show::show;

#[track_caller]
fn check(text: &str, expect: &str) {
    check_at("talks.txt", text, expect);
}

#[track_caller]
fn check_at(path: &str, text: &str, expect: &str) {
    assert_eq!(show(path, text), expect, "\n{text}\n");
}

#[test]
fn the_crawlers_first_line() {
    check(
        " date 2025-07-10 Example Press / international\n\nEnvoys Meet in Malaysia\n\nKuala Lumpur: LEDE\n\n\
         Tariffs cast a shadow\n\nNEXT\n",
        "title: Envoys Meet in Malaysia | source: Example Press | section: international | dateline: Kuala Lumpur | \
         date: 2025-07-10 | > LEDE | ## Tariffs cast a shadow | > NEXT",
    );
    check(
        "date 2025-07-10 Example Press\n\nEnvoys meet\n\nLEDE",
        "title: Envoys meet | source: Example Press | date: 2025-07-10 | > LEDE",
    );
    check("\n\n date 2025-07-10\n\nEnvoys meet\n\nLEDE", "title: Envoys meet | date: 2025-07-10 | > LEDE");
    check(
        "date 2025-13-40 Example Press / world\n\nEnvoys meet\n\nLEDE",
        "title: Envoys meet | source: Example Press | section: world | !bad-date | > LEDE",
    );
    check(
        "Date: 2025-07-10 | Source: Example Press | Section: world\nEnvoys meet\nLEDE\nNEXT",
        "title: Envoys meet | source: Example Press | section: world | date: 2025-07-10 | > LEDE | > NEXT",
    );
    check(
        "Title: Envoys meet\nDate: Thu, 10 Jul 2025 18:12:00 GMT\nAuthor: Jane Doe\nDateline: KYIV, Ukraine\n\nLEDE",
        "title: Envoys meet | dateline: Kyiv, Ukraine | date: 2025-07-10T18:12:00Z | by: Jane Doe | > LEDE",
    );
    check("Date set for talks\n\nLEDE", "title: Date set for talks | > LEDE");
}

#[test]
fn datelines() {
    let check = |dateline: &str, expect: &str| {
        let text = format!("date 2025-07-10 / world\n\nEnvoys meet\n\n{dateline}LEDE\n\nNEXT");
        let got =
            show("talks.txt", &text).replace(" | section: world", "").replace(" | date: 2025-07-10", "");
        assert_eq!(got, format!("title: Envoys meet{expect} | > NEXT"), "{dateline}");
    };
    check("KUALA LUMPUR, Malaysia (AP) — ", " | source: AP | dateline: Kuala Lumpur, Malaysia | > LEDE");
    check("KUALA LUMPUR, Malaysia (AP) _ ", " | source: AP | dateline: Kuala Lumpur, Malaysia | > LEDE");
    check("KUALA LUMPUR: ", " | dateline: Kuala Lumpur | > LEDE");
    check("Kuala Lumpur, July 10: ", " | dateline: Kuala Lumpur | > LEDE");
    check("Berlin (dpa) - ", " | source: dpa | dateline: Berlin | > LEDE");
    check(
        "WASHINGTON/MOSCOW, July 10 (Reuters) - ",
        " | source: Reuters | dateline: Washington/Moscow | > LEDE",
    );
    check("NEW DELHI, Jul 10 (PTI) ", " | source: PTI | dateline: New Delhi | > LEDE");
    check("ABU DHABI, UAE, July 10, 2025 (WAM) -- ", " | source: WAM | dateline: Abu Dhabi, UAE | > LEDE");
    check("RIO DE JANEIRO -- ", " | dateline: Rio de Janeiro | > LEDE");
    check("WASHINGTON (AP) ", " | source: AP | dateline: Washington | > LEDE");
    check("Geneva (Example Wire) – ", " | source: Example Wire | dateline: Geneva | > LEDE");
    check("(Reuters) - ", " | source: Reuters | > LEDE");
    check("Riyadh: ", " | dateline: Riyadh | ?dateline 72 | > LEDE");
    check("Riyadh — ", " | dateline: Riyadh | ?dateline 62 | > LEDE");
    check("Kyiv • UNN • ", " | source: UNN | dateline: Kyiv | > LEDE");
    check("KUALA LUMPUR, Malaysia (AP) —\n", " | source: AP | dateline: Kuala Lumpur, Malaysia | > LEDE");
    for label in ["Analysis: ", "UPDATE: ", "BREAKING — ", "Rubio — who came late — left: "] {
        check(label, &format!(" | > {label}LEDE"));
    }
    check("The Envoy Who Came In From The Cold: ", " | > The Envoy Who Came In From The Cold: LEDE");
}

#[test]
fn a_dateline_on_a_line_of_its_own() {
    check(
        "Envoys meet\n\nKyiv • UNN\n\nJuly 10 2025, 06:12 PM • 1234 views\n\nLEDE",
        "title: Envoys meet | source: UNN | dateline: Kyiv | date: 2025-07-10 | ?date 75 | > LEDE",
    );
}

#[test]
fn days_of_datelines_and_files() {
    let copy = "Envoys meet\n\nKuala Lumpur, July 10: LEDE";
    let plain = "Envoys meet\n\nLEDE";
    check_at("a.txt", copy, "title: Envoys meet | dateline: Kuala Lumpur | ?date 30 | > LEDE");
    let sure = "title: Envoys meet | dateline: Kuala Lumpur | date: 2025-07-10 | > LEDE";
    let unsure = sure.replace("| > LEDE", "| ?date 65 | > LEDE");
    check_at("content/2025-07-10-talks.txt", copy, sure);
    check_at("content/2025-07-11-talks.txt", copy, &unsure);
    check_at("content/2025/talks.txt", copy, &unsure);
    check_at("2026-01-02-a.txt", copy, &unsure);
    check_at("content/2025-07-10-talks.txt", plain, "title: Envoys meet | date: 2025-07-10 | > LEDE");
    check_at("content/2025/07/10/talks.txt", plain, "title: Envoys meet | date: 2025-07-10 | > LEDE");
    check_at("20250710-talks.txt", plain, "title: Envoys meet | date: 2025-07-10 | > LEDE");
    check_at("2025-13-10-talks.txt", plain, "title: Envoys meet | > LEDE");
    check_at(
        "a.txt",
        &format!("date 2025-07-20\n\n{copy}"),
        "title: Envoys meet | dateline: Kuala Lumpur | date: 2025-07-20 | ?date 75 | > LEDE",
    );
    check_at(
        "2001-01-01-a.txt",
        &format!("date 2025-07-10\n\n{plain}"),
        "title: Envoys meet | date: 2025-07-10 | > LEDE",
    );
}

#[test]
fn bylines() {
    let check = |byline: &str, expect: &str| {
        assert_eq!(
            show("a.txt", &format!("Envoys meet\n{byline}\n\nKYIV — LEDE")),
            format!("title: Envoys meet | {expect} | > LEDE")
        );
    };
    check("By JANE DOE, Example Press", "source: Example Press | dateline: Kyiv | by: Jane Doe");
    check("By Jane Doe and John Roe", "dateline: Kyiv | by: Jane Doe + John Roe");
    check("Jane Doe in Kyiv", "dateline: Kyiv | by: Jane Doe");
    check("By JANE DOE\nDiplomatic Correspondent", "dateline: Kyiv | by: Jane Doe");
    check("By JANE DOE\nExample Press", "source: Example Press | dateline: Kyiv | by: Jane Doe | ?source 70");
    check("Jane Doe\n10 July 2025", "dateline: Kyiv | date: 2025-07-10 | by: Jane Doe | ?authors 65");
}

#[test]
fn days_and_times() {
    let check = |line: &str, expect: &str| {
        assert_eq!(
            show("a.txt", &format!("Envoys meet\n{line}\n\nLEDE")),
            format!("title: Envoys meet | {expect} | > LEDE")
        );
    };
    let stamps = "Updated: 10-07-2025 18:12 IST | Created: 09-07-2025 11:00 IST";
    check(stamps, "date: 2025-07-09 | updated: 2025-07-10 | ?updated 75 | ?date 75");
    check(
        &format!("{stamps}\n\nNew Delhi (PTI): LEDE"),
        "source: PTI | dateline: New Delhi | date: 2025-07-09T05:30:00Z | updated: 2025-07-10T12:42:00Z | > LEDE",
    );
    check("Published: July 10, 2025 18:12 UTC", "date: 2025-07-10T18:12:00Z");
    check("Published: July 10, 2025 18:12 CEST", "date: 2025-07-10T16:12:00Z");
    check("Published: January 10, 2025 18:12 EST", "date: 2025-01-10T23:12:00Z");
    check("Published: July 10, 2025 18:12 EST", "date: 2025-07-10 | ?date 75");
    check("Published July 10, 2025 at 6:12 PM ET", "date: 2025-07-10T22:12:00Z");
    check("Thursday, 10 July 2025 6:12 p.m. EDT", "date: 2025-07-10T22:12:00Z");
    check("2025-07-10T18:12:00+02:00", "date: 2025-07-10T16:12:00Z");
    check("10 July 2025, 23:30 (UTC-3)", "date: 2025-07-11T02:30:00Z");
    check("July 10, 2025 18:12", "date: 2025-07-10 | ?date 75");
    check("July 10, 2025", "date: 2025-07-10");
    check("10 July 2025", "date: 2025-07-10");
    check("10th of July, 2025 | 5 min read", "date: 2025-07-10");
    check("Updated: 10-07-2025", "date: 2025-07-10 | updated: 2025-07-10 | ?date 60");
    check("Published: 05/06/2025", "date: 2025-06-05 | ?date 55");
    check("Published: 25/06/2025", "date: 2025-06-25");
    check("Published: 31 February 2025", "!bad-date");
}

#[test]
fn the_sample() {
    #[expect(clippy::disallowed_methods, reason = "the sample lies outside the repository")]
    let read =
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/samples/rubio-lavrov.txt"));
    let Ok(text) = read else {
        println!("skipped: no sample beside the repository");
        return;
    };
    let shown = show("rubio-lavrov.txt", &text);
    let fields: Vec<&str> = shown.split(" | ").take_while(|part| !part.starts_with('>')).collect();
    let lines: Vec<&str> = text.lines().filter(|line| !line.is_empty()).collect();
    let title = format!("title: {}", lines[1]);
    let expect =
        ["source: ETV Bharat", "section: international", "dateline: Kuala Lumpur", "date: 2025-07-10"];
    assert_eq!(fields[0], title);
    assert_eq!(fields[1..], expect);
    let blocks: Vec<&str> = shown.split(" | ").filter(|part| part.starts_with(['>', '#'])).collect();
    let bodies = lines[2..].iter().enumerate().map(|(i, line)| match i {
        0 => format!("> {}", line.trim_start_matches("Kuala Lumpur: ")),
        8 => format!("## {line}"),
        _ => format!("> {line}"),
    });
    assert_eq!(blocks, bodies.collect::<Vec<_>>());
}

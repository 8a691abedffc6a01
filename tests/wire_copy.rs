//! Raw wire copy from headline to end: layouts, desk lines, sub-headlines, captions, credits, trailers, marks.

#[path = "wire/show.rs"]
mod show;

use show::show;

#[track_caller]
fn check(text: &str, expect: &str) {
    assert_eq!(show("talks.txt", text), expect, "\n{text}\n");
}

#[test]
fn junk_above_the_headline() {
    check(
        "Home | World | Asia\nSkip to content\nMenu\n\nEnvoys meet\nShare this\n\nLEDE\n\nAdvertisement\n\nNEXT\n\nRead more",
        "title: Envoys meet | > LEDE | > NEXT",
    );
}

#[test]
fn headlines() {
    check(
        "LEDE NEXT\n\nNEXT",
        "title: The envoys of both countries met in Kuala Lumpur on Thursday and spoke for an hour, an… | ?title 40 | > LEDE NEXT | > NEXT",
    );
    check(
        "KYIV (AP) — Talks began. LEDE",
        "title: Talks began | source: AP | dateline: Kyiv | ?title 40 | > Talks began. LEDE",
    );
    check(
        "Envoys meet.\n\nKYIV (AP) — LEDE",
        "title: Envoys meet. | source: AP | dateline: Kyiv | ?title 60 | > LEDE",
    );
    check("Will they meet again?\n\nLEDE", "title: Will they meet again? | > LEDE");
    check("Russia sends new ideas to the U.S.\n\nLEDE", "title: Russia sends new ideas to the U.S. | > LEDE");
    check(
        "‘No deal’ after Minister’s “long” talks\n\nLEDE",
        "title: ‘No deal’ after Minister’s “long” talks | > LEDE",
    );
    check(
        "Envoys meet\n\nA long evening in Malaysia\n\nBy Jane Doe\n\nLEDE",
        "title: Envoys meet | summary: A long evening in Malaysia | by: Jane Doe | ?summary 75 | > LEDE",
    );
    check("[[Marco Rubio]] meets envoys\n\nLEDE", "title: Marco Rubio meets envoys | > LEDE");
    check("Envoys meet", "title: Envoys meet | ?title 60 | !no-text");
    check("", "!no-text");
    check(" \n\r\n\t\n", "!no-text");
}

#[test]
fn desk_lines() {
    check(
        "a0521\nr i bc-talks 07-10 0420\n^BC-EU--Talks,1st Ld<\n^Envoys meet<\n^By JANE DOE=\n^Associated Press Writer=\n\
         \tKYIV, Ukraine (AP) _ LEDE\n\tNEXT\nap-wf-07-10-25 1812GMT",
        "title: Envoys meet | source: AP | dateline: Kyiv, Ukraine | by: Jane Doe | > LEDE | > NEXT",
    );
    check(
        "URGENT\nBC-EU--Summit,1st Ld\nAM-Talks\nEds: Adds quotes.\nKeywords: talks, peace\nR-3\n420 words\n^\n\nEnvoys meet\n\nLEDE\n(MORE)\n\nNEXT\nNNNN",
        "title: Envoys meet | > LEDE | > NEXT",
    );
    check("RUSSIA-US/TALKS (UPDATE 2)\n\nEnvoys meet\n\nLEDE", "title: Envoys meet | > LEDE");
    check(
        "EMBARGOED UNTIL 00:01 GMT, 10 July 2025\n\nEnvoys meet\n\nLEDE",
        "title: Envoys meet | embargo: 2025-07-10T00:01:00Z | > LEDE",
    );
    check("NOT FOR PUBLICATION BEFORE NOON\n\nEnvoys meet\n\nLEDE", "title: Envoys meet | !embargo | > LEDE");
}

/// Points in short stand above the byline, with or without blank lines, notes and a headline.
#[test]
fn points_above_the_byline() {
    let fields = "title: Envoys meet | source: Reuters | dateline: London";
    let copy = "By Jane Doe\n\nLONDON, July 10 (Reuters) - LEDE";
    let three = "points: Brent up 2% + OPEC meets + Stocks fall | by: Jane Doe | ?date 30 | > LEDE";
    for text in [
        format!("Envoys meet\n\n* Brent up 2%\n* OPEC meets\n* Stocks fall\n\n{copy}"),
        format!("Envoys meet\n* Brent up 2%\n* OPEC meets\n* Stocks fall\n{copy}"),
        format!(
            "Envoys meet\n\n* Brent up 2%\n\n* OPEC meets\n\n* Stocks fall\n\n(Adds details, quotes)\n\n{copy}"
        ),
        format!(
            "UPDATE 2-Envoys meet\n\n    * Brent up 2%\n    * OPEC meets\n    * Stocks fall\n\n    {copy}"
        ),
    ] {
        check(&text, &format!("{fields} | {three}"));
    }
    check(
        &format!("Envoys meet\n\n* Brent up 2%\n\n{copy}"),
        &format!("{fields} | points: Brent up 2% | by: Jane Doe | ?date 30 | > LEDE"),
    );
    // No headline: the first sentence stands for it, and nothing else is lost.
    check(
        &format!("* Brent up 2%\n* OPEC meets\n\n{copy}"),
        "title: The envoys of both countries met in Kuala Lumpur on Thursday and spoke for an hour, an… | \
         source: Reuters | dateline: London | points: Brent up 2% + OPEC meets | by: Jane Doe | ?date 30 | \
         ?title 40 | > LEDE",
    );
    // A list in the copy is a list.
    check("Envoys meet\n\n* One\n\nLEDE", "title: Envoys meet | * One | > LEDE");
}

/// A first line that only names an agency is no headline.
#[test]
fn agencies_above_the_headline() {
    for agency in ["Reuters", "AP", "AFP", "(dpa)"] {
        let name = agency.trim_matches(['(', ')']);
        for gap in ["\n", "\n\n"] {
            let expect = format!("title: Envoys meet | source: {name} | > LEDE");
            check(&format!("{agency}{gap}Envoys meet\n\nLEDE"), &expect);
        }
        check(
            &format!("{agency}\n\nEnvoys meet\n\nBy Jane Doe\n\nLONDON ({name}) - LEDE"),
            &format!("title: Envoys meet | source: {name} | dateline: London | by: Jane Doe | > LEDE"),
        );
    }
    check("Reuters\n", "title: Reuters | ?title 60 | !no-text");
    check("Reuters wins a prize\n\nLEDE", "title: Reuters wins a prize | > LEDE");
}

#[test]
fn sub_headlines() {
    check(
        "Envoys meet\n\nLEDE\n\nWhat comes next\n\nNEXT",
        "title: Envoys meet | > LEDE | ## What comes next | > NEXT",
    );
    check(
        "Envoys meet\nLEDE\nWhat comes next\nNEXT",
        "title: Envoys meet | > LEDE | ## What comes next | > NEXT",
    );
    for line in ["“We shall see”", "He shrugged.", "1. Borders", "and so on", "Three, or so,"] {
        check(
            &format!("Envoys meet\n\nLEDE\n\n{line}\n\nNEXT"),
            &format!("title: Envoys meet | > LEDE | > {line} | > NEXT"),
        );
    }
    check(
        "Envoys meet\n\nLEDE\n\nRome 1\n\nParis 2\n\nNEXT",
        "title: Envoys meet | > LEDE | > Rome 1 | > Paris 2 | > NEXT",
    );
    check("Envoys meet\n\nLEDE\n\nNEXT\n\nLast words", "title: Envoys meet | > LEDE | > NEXT | > Last words");
    check(
        "Envoys meet\n\nLEDE\n\n• One\n• Two\n\nNEXT",
        "title: Envoys meet | > LEDE | * One | * Two | > NEXT",
    );
    // One that ends with an abbreviation is as its sisters are; without sisters, or with a verb, it is a paragraph.
    check(
        "Envoys meet\n\nLEDE\n\nA long war\n\nNEXT\n\nRussia's seat at the U.N.\n\nNEXT\n\nA visit to Washington, D.C.\n\nNEXT",
        "title: Envoys meet | > LEDE | ## A long war | > NEXT | ## Russia's seat at the U.N. | > NEXT | ## A visit to Washington, D.C. | > NEXT",
    );
    check(
        "Envoys meet\n\nLEDE\n\nA long war\n\nNEXT\n\nRussia left the U.N.\n\nNEXT\n\nHe lives in the U.S.\n\nNEXT\n\nThe talks ended.\n\nNEXT",
        "title: Envoys meet | > LEDE | ## A long war | > NEXT | > Russia left the U.N. | > NEXT | > He lives in the U.S. | > NEXT | > The talks ended. | > NEXT",
    );
    check(
        "Envoys meet\n\nLEDE\n\nRussia's seat at the U.N.\n\nNEXT",
        "title: Envoys meet | > LEDE | > Russia's seat at the U.N. | > NEXT",
    );
}

const FIRST: &str = "KUALA LUMPUR, Malaysia (AP) — The envoys of the two countries\n\
                     met on Thursday in the capital and spoke for almost an hour\n\
                     about the terms of a truce, said an official.";
const SECOND: &str = "Neither side wished to say more about what had been offered, or\n\
                      when the two would meet again, though both called the talks good\n\
                      and useful.";

#[test]
fn hard_wrapped_lines() {
    let first = FIRST.replace('\n', " ").replace("KUALA LUMPUR, Malaysia (AP) — ", "");
    let second = SECOND.replace('\n', " ");
    let fields = "source: AP | dateline: Kuala Lumpur, Malaysia";
    let check = |text: &str, expect: &str| {
        let expect = expect.replace("FIRST", &first).replace("SECOND", &second).replace("FIELDS", fields);
        let text = text.replace("FIRST", FIRST).replace("SECOND", SECOND);
        for end in ["\n", "\r\n", "\r"] {
            assert_eq!(show("a.txt", &text.replace('\n', end)), expect, "{text}");
        }
    };
    check("Envoys meet\n\nFIRST\n\nSECOND\n", "title: Envoys meet | FIELDS | > FIRST | > SECOND");
    check("Envoys meet\n   FIRST\n   SECOND\n", "title: Envoys meet | FIELDS | > FIRST | > SECOND");
    check("Envoys meet\nFIRST\nSECOND\n", "title: Envoys meet | FIELDS | > FIRST | > SECOND");
    check(
        "Envoys meet\n\nFIRST\n\nWhat comes next\n\nSECOND\n",
        "title: Envoys meet | FIELDS | > FIRST | ## What comes next | > SECOND",
    );
    check(
        "Envoys of the two countries meet in Malaysia and hold talks of\nan hour\n\nBy JANE DOE\nExample Press Writer\n\nFIRST\n\n(Reporting by Jane\nDoe)",
        "title: Envoys of the two countries meet in Malaysia and hold talks of an hour | FIELDS | by: Jane Doe | \
         credit: Reporting by Jane Doe | > FIRST",
    );
    check(
        "SECOND\n\nSECOND",
        "title: Neither side wished to say more about what had been offered, or when the two would meet… | ?title 40 | > SECOND | > SECOND",
    );
}

#[test]
fn captions() {
    for line in ["Photo: The envoys.", "File photo", "FILE PHOTO: The envoys in May"] {
        check(&format!("Envoys meet\n\n{line}\n\nLEDE"), "title: Envoys meet | ?caption 70 | > LEDE");
        check(
            &format!("Envoys meet\n\nLEDE\n\n{line}\n\nNEXT"),
            "title: Envoys meet | ?caption 70 | > LEDE | > NEXT",
        );
    }
}

#[test]
fn closing_credits() {
    let check = |end: &str, expect: &str| {
        check(
            &format!("Envoys meet\n\nLEDE\n\nNEXT{end}\n"),
            &format!("title: Envoys meet | {expect} | > LEDE | > NEXT"),
        )
    };
    check("\n\n- AFP", "source: AFP | credit: AFP");
    check("\n\n(AP)", "source: AP | credit: AP");
    check("\n\n—Reuters", "source: Reuters | credit: Reuters");
    check(" (AP)", "source: AP | credit: AP");
    check(" — Reuters", "source: Reuters | credit: Reuters");
    check("\n\n(With inputs from agencies.)", "credit: With inputs from agencies");
    check(
        "\n\n(With inputs from agencies.)\n\n- PTI",
        "source: PTI | credit: With inputs from agencies + PTI",
    );
    check(
        "\n\n(Reporting by Jane Doe in Kyiv; Editing by John Roe)",
        "by: Jane Doe | credit: Reporting by Jane Doe in Kyiv; Editing by John Roe | ?authors 72",
    );
}

#[test]
fn trailers() {
    let ends = [
        "ENDS\n\nContact: Jane Doe, 555 0100",
        "-30-\nsecret",
        "###\nsecret",
        "NOT FOR PUBLICATION\n\nsecret\n\nsecret",
        "EDITOR'S NOTE: not for publication\n\nsecret",
        "Notes to editors: the number is not for publication.\nsecret",
        "*** Not for publication ***\r\nsecret",
        "The following is not for publication:\n\nsecret",
        "EDITOR’S NOTE: The names below are not\nfor publication. secret",
        "Media contact:\nJane Doe",
    ];
    for end in ends {
        check(&format!("Envoys meet\n\nLEDE\n\nNEXT\n\n{end}\n"), "title: Envoys meet | > LEDE | > NEXT");
    }
    check(
        "EDITOR'S NOTE: Not for publication. Call Jane.\n\nEnvoys meet\n\nLEDE",
        "title: Envoys meet | > LEDE",
    );
    check("NOT FOR PUBLICATION\n\nEnvoys meet\n\nLEDE", "!cut-copy | !no-text");
    check("Envoys meet\n\nLEDE\n\nENDS\n\nNEXT LEDE LEDE", "title: Envoys meet | !cut-copy | > LEDE");
    check(
        "Envoys meet\n\nLEDE\n\nHe said that his words were not for publication.",
        "title: Envoys meet | ?body 70 | > LEDE | > He said that his words were not for publication.",
    );
}

#[test]
fn editors_marks() {
    check(
        "Envoys meet\n\n[[Marco Rubio]] met [[sergey-lavrov|the minister]] in [[!Jordan]]; [[ so it goes. LEDE",
        "title: Envoys meet | > Marco Rubio met the minister in Jordan; [[ so it goes. LEDE | [Marco Rubio = Marco Rubio] | \
         [the minister = sergey-lavrov] | [Jordan !]",
    );
    check(
        "Envoys meet\n\n[[Marco\nRubio]] met them. LEDE",
        "title: Envoys meet | > Marco Rubio met them. LEDE | [Marco Rubio = Marco Rubio]",
    );
}

/// Forms of known agencies, from the first line to the last.
#[test]
fn whole_copies() {
    check(
        "a0564\n r i\nBC-Malaysia-Talks, 1st Ld-Writethru,0512\nEds: UPDATES with quotes.\nWith AP Photos.\nEnvoys meet\n\
         By JANE DOE\nAssociated Press Writer\n    KYIV, Ukraine (AP) _ LEDE\n    NEXT\n    ___\n    \
         Associated Press writer Ann Poe in Rome contributed to this report.\n",
        "title: Envoys meet | source: AP | dateline: Kyiv, Ukraine | by: Jane Doe | \
         credit: Associated Press writer Ann Poe in Rome contributed to this report | > LEDE | > NEXT",
    );
    check(
        "date 2025-07-10\nUPDATE 2-Envoys meet\n\n* They spoke for an hour\n* No date for more (Adds quotes)\n\n\
         By Jane Doe and John Roe\n\nKYIV, July 10 (Reuters) - LEDE\n\nTARIFF THREATS\n\nNEXT\n\n\
         (Reporting by Jane Doe; Editing by Max Moe)\n\n((jane.doe@example.org; 555 0100))\n",
        "title: Envoys meet | source: Reuters | dateline: Kyiv | date: 2025-07-10 | \
         points: They spoke for an hour + No date for more (Adds quotes) | by: Jane Doe + John Roe | \
         credit: Reporting by Jane Doe; Editing by Max Moe | > LEDE | ## TARIFF THREATS | > NEXT",
    );
    check(
        "Envoys meet =\n\nKuala Lumpur (dpa) - LEDE\n\nNEXT\n\n# dpa-Notizblock\n\n* * * * The following \
         information is not for publication\n\n- By: Jane Doe\n",
        "title: Envoys meet | source: dpa | dateline: Kuala Lumpur | > LEDE | > NEXT",
    );
    check(
        "FOR IMMEDIATE RELEASE\n\nFirm opens plant\n\nKYIV, July 10, 2025 /PRNewswire/ -- LEDE\n\nMedia contact:\nJane",
        "title: Firm opens plant | source: PRNewswire | dateline: Kyiv | date: 2025-07-10 | > LEDE",
    );
    check(
        "Home > News > World\nEnvoys meet\nBy Jane Doe\nPublished 10 July 2025, 18:12 GMT\nShare\nSave\n\n\
         Image caption: They shake hands\n\nLEDE\nRelated: Other talks\nNEXT\nMore on this story\n",
        "title: Envoys meet | date: 2025-07-10T18:12:00Z | by: Jane Doe | ?caption 70 | > LEDE | > NEXT",
    );
    check(
        "Envoys meet\nPTI | New Delhi | July 10, 2025 18:12 IST\n\nLEDE\n\nNEXT\n\nTags: talks\n\n\
         Last updated: July 11, 2025 18:12 IST\n\nCopyright 2025 Example Press. All rights reserved.\n",
        "title: Envoys meet | source: PTI | date: 2025-07-10T12:42:00Z | updated: 2025-07-11T12:42:00Z | \
         credit: Copyright 2025 Example Press. All rights reserved | > LEDE | > NEXT",
    );
    check(
        "Envoys meet\n\nKuala Lumpur [Malaysia], July 10, 2025 (ANI): LEDE\n\nNEXT (ANI)\n",
        "title: Envoys meet | source: ANI | dateline: Kuala Lumpur, Malaysia | date: 2025-07-10 | credit: ANI | \
         > LEDE | > NEXT",
    );
    check(
        "PARIS, July 10, 2025 (AFP) - \n\nEnvoys meet\n\nLEDE\n\nNEXT\n\nab-cd/ef/gh\n",
        "title: Envoys meet | source: AFP | dateline: Paris | date: 2025-07-10 | > LEDE | > NEXT",
    );
    for dateline in ["MOSCOW, July 10, 2025. /TASS/. ", "Moscow. July 10, 2025. TASS. "] {
        check(
            &format!("Envoys meet\n\n{dateline}LEDE\n\nNEXT"),
            "title: Envoys meet | source: TASS | dateline: Moscow | date: 2025-07-10 | > LEDE | > NEXT",
        );
    }
}

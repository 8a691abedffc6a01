//! Articles in which lands and towns play, or firms and lands share a name, and whom each name means.

use crate::linking::cases::{Case, case};

pub const SIDES: &[Case] = &[
    // Countries that play are references to the country, and no link to the place.
    case(
        "2022-11-24",
        "Brazil beat Serbia 2-0 on Thursday. Fans sang in Brazil until dawn.",
        &[("Brazil", "team:brazil brazil"), ("Serbia", "team:serbia")],
    ),
    case(
        "2022-11-24",
        "The coach praised Germany's 2-1 win over Japan, and the striker scored again before the match ended.",
        &[("Germany", "team:germany"), ("Japan", "team:japan")],
    ),
    case("2022-11-24", "Croatia midfielder Ante Example limped off.", &[("Croatia", "team:croatia")]),
    case("2019-03-16", "Wales fly-half Rhys Example kicked every goal.", &[("Wales", "team:wales|?")]),
    case(
        "2024-07-14",
        "Spain won the tournament for the fourth time. Spain's coach thanked his squad after the final against England, and \
         the goalkeeper wept. The match was in Berlin.",
        &[("Spain", "team:spain team:spain"), ("Berlin", "berlin")],
    ),
    case(
        "2023-09-10",
        "The Netherlands lost 3-1 to Ireland. Officials in Ireland said the stadium was full.",
        &[("The Netherlands", "team:netherlands"), ("Ireland", "team:ireland ireland")],
    ),
    // Countries that act are countries, whatever the words.
    case(
        "2022-11-24",
        "Brazil and Serbia signed a trade deal. Germany's victory over inflation, economists said, would take years.",
        &[("Brazil", "brazil"), ("Serbia", "serbia"), ("Germany", "germany")],
    ),
    case(
        "2024-03-01",
        "Ukraine lost 1,200 soldiers in the draw-down, officials in Kyiv said. Ukraine beat back an attack near Kharkiv.",
        &[("Ukraine", "ukraine ukraine")],
    ),
    case(
        "2024-03-01",
        "The court case against France was heard in Paris. Talks with Spain ended in a draw of sorts.",
        &[("France", "france"), ("Paris", "paris"), ("Spain", "spain")],
    ),
    // Towns that play.
    case(
        "2023-05-02",
        "Benfica's match against Porto was put off after the goalkeeper fell ill. The coach said the league would decide.",
        &[("Porto", "fc-porto|?")],
    ),
    case(
        "2023-05-02",
        "Leeds 2 Arsenal 1. The striker scored twice.",
        &[("Leeds", "leeds-united-f-c|?"), ("Arsenal", "arsenal-f-c|?")],
    ),
    case(
        "2023-05-02",
        "Games this week in the league, season tickets valid:\n\nBoston at Chicago\n\nDenver at Phoenix\n\nThe coach hopes for points.",
        &[("Boston", "-"), ("Chicago", "-"), ("Denver", "-"), ("Phoenix", "-")],
    ),
    case(
        "2023-05-02",
        "The club lives in Chicago, the coach said, and the match in Boston drew fans from all of the league.",
        &[("Chicago", "chicago"), ("Boston", "boston")],
    ),
    // A town is a town where nobody plays.
    case(
        "2023-05-02",
        "The trial of the banker will be held at the court in Porto, Portuguese prosecutors said.",
        &[("Porto", "porto")],
    ),
    // Firms beside firms.
    case(
        "2023-05-02",
        "Shares fell. Cargill rival Bunge said its revenue rose in the quarter, and investors cheered.",
        &[("Bunge", "bunge|bunge-limited|-")],
    ),
    // `of` behind a person makes no longer name.
    case(
        "2023-05-02",
        "Magnus Carlsen of Norway beat Ding Liren of China in Dubai, and Kevin Example of California was third.",
        &[
            ("Norway", "norway"),
            ("China", "china"),
            ("California", "california"),
            ("Dubai", "dubai|dubai-dubay"),
        ],
    ),
    case(
        "2023-05-02",
        "The Revolutionary Armed Forces of Colombia laid down their arms.",
        &[("Colombia", "-")],
    ),
    // New people who speak, or of whom the text says who they are; not those who are only named.
    case(
        "2023-05-02",
        "\"It was dark,\" said Nadia Ferrante. Tomas Lindqvist, 34, saw it too, and Marta Oliveira, a teacher in the village, ran. \
         Pavel Hrubes, who had slept, woke. They had all known Jonas Petersen.",
        &[
            ("Nadia Ferrante", "nadia-ferrante"),
            ("Tomas Lindqvist", "tomas-lindqvist"),
            ("Marta Oliveira", "marta-oliveira"),
            ("Pavel Hrubes", "pavel-hrubes"),
            ("Jonas Petersen", "?"),
        ],
    ),
    // `the other` is not the one of which the text spoke.
    case(
        "2023-10-18",
        "Rep. Jim Jordan of Ohio lost the vote. Jordan said he would try again. The other Jordan was on the minds of diplomats: \
         King Abdullah called off a summit in Amman.",
        &[("Jordan", "jim-jordan jordan|jim-jordan ?")],
    ),
    case(
        "2023-10-18",
        "Libyan officials met in Tripoli on Monday. Far away, the other Tripoli had no light.",
        &[("Tripoli", "tripoli ?")],
    ),
    case(
        "2025-11-06",
        "Delegates to the climate talks in Brazil slept on boats. Buses ran from nearby Belem to the venue.",
        &[("Belem", "belem|belem-brazil|?")],
    ),
];

/// The same sentence means the one land or the other by the story that the front matter names.
pub const STORIES: [(&str, &str, &str, &str); 6] = [
    (
        "kinshasa-unrest",
        "Rebels crossed the border into Congo at night.",
        "Congo",
        "democratic-republic-of-the-congo",
    ),
    (
        "Brazzaville election",
        "Rebels crossed the border into Congo at night.",
        "Congo",
        "republic-of-the-congo",
    ),
    ("cattle-prices", "Rebels crossed the border into Congo at night.", "Congo", "?"),
    ("tbilisi-protests", "Crowds filled the square, and Georgia waited.", "Georgia", "georgia"),
    ("savannah-port", "Crowds filled the square, and Georgia waited.", "Georgia", "georgia-us"),
    ("", "Rebels crossed the border into Congo at night.", "Congo", "?"),
];

//! Articles in which a capital is its country's government, and others in which it is the town.

use crate::linking::cases::{Case, case};

const DAY: &str = "2011-05-05";

pub const GOVERNMENTS: &[Case] = &[
    // Modal and auxiliary verbs.
    case(
        DAY,
        "The envoy said that Washington would not recognise them. Moscow has refused to sign.",
        &[("Washington", "gov:united-states"), ("Moscow", "gov:russia")],
    ),
    case(
        DAY,
        "Beijing could impose duties on soya, traders fear. Tokyo may retaliate, and Seoul is not likely to accept the terms.",
        &[("Beijing", "gov:china"), ("Tokyo", "gov:japan"), ("Seoul", "gov:south-korea")],
    ),
    case(
        DAY,
        "Tehran has repeatedly denied it. Ankara had long been reluctant to join, and Kyiv is ready to negotiate.",
        &[("Tehran", "gov:iran"), ("Ankara", "gov:turkiye"), ("Kyiv", "gov:ukraine")],
    ),
    case(
        DAY,
        "Damascus does not recognize the border, and Paris doesn't want a war. Caracas has no plans to rejoin the pact.",
        &[("Damascus", "gov:syria"), ("Paris", "gov:france"), ("Caracas", "gov:venezuela")],
    ),
    case(
        DAY,
        "London and Dublin have agreed on the text. Moscow and Minsk are expected to sign on Friday.",
        &[
            ("London", "gov:united-kingdom"),
            ("Dublin", "gov:ireland"),
            ("Moscow", "gov:russia"),
            ("Minsk", "gov:belarus"),
        ],
    ),
    // Nouns before it and behind it.
    case(
        DAY,
        "Ties between London and Dublin were strained. The plan would put pressure on Tehran to free the crew. The bank \
         follows the sanctions against Pyongyang, and diplomats urged Khartoum to sign.",
        &[
            ("London", "gov:united-kingdom"),
            ("Dublin", "gov:ireland"),
            ("Tehran", "gov:iran"),
            ("Pyongyang", "gov:north-korea"),
            ("Khartoum", "gov:sudan"),
        ],
    ),
    case(
        DAY,
        "Neighbours accused Harare of delay. The draft, backed by Moscow, failed. Envoys called on Rangoon to free her, and \
         Havana's refusal surprised nobody.",
        &[("Harare", "gov:zimbabwe"), ("Moscow", "gov:russia"), ("Havana", "gov:cuba")],
    ),
    // The town.
    case(
        DAY,
        "Washington would be hit by the storm, forecasters said. Washington has 700,000 inhabitants.",
        &[("Washington", "washington-d-c washington-d-c")],
    ),
    case(
        DAY,
        "Trains between London and Paris were late. The road between Damascus and Beirut was shut.",
        &[("London", "london"), ("Paris", "paris"), ("Damascus", "damascus"), ("Beirut", "beirut")],
    ),
    case(
        DAY,
        "Officials in Washington would not say more. The bishop of London has accused bankers of greed. Police in Cairo and \
         Tunis have agreed to meet. A man from Moscow denied it.",
        &[
            ("Washington", "washington-d-c"),
            ("London", "london"),
            ("Cairo", "cairo"),
            ("Tunis", "tunis"),
            ("Moscow", "moscow"),
        ],
    ),
    case(
        DAY,
        "London will host the games, and Tokyo was shaken by an earthquake. Moscow is cold in January. Paris has a new tram, \
         and London could see snow.",
        &[("London", "london london"), ("Tokyo", "tokyo"), ("Moscow", "moscow"), ("Paris", "paris")],
    ),
    // Either: nobody is linked, unless the text says elsewhere that it is the government.
    case(
        DAY,
        "Paris will ban old cars, the paper wrote. Vienna may allow it.",
        &[("Paris", "?"), ("Vienna", "?")],
    ),
    case(
        DAY,
        "Beijing will send two ships. Beijing has refused to say where they are bound for.",
        &[("Beijing", "gov:china gov:china")],
    ),
    // Brussels is the union's.
    case(DAY, "Brussels has rejected the budget.", &[("Brussels", "?")]),
    case(DAY, "Brussels was quiet, and rain fell in Brussels all day.", &[("Brussels", "brussels brussels")]),
    // A capital of the registry.
    Case {
        day: DAY,
        registry: "- name: Moscow\n  kind: place\n  wikidata: Q649\n",
        text: "Moscow has refused to sign. Snow fell in Moscow. Moscow will send help.",
        expect: &[("Moscow", "gov:russia moscow moscow")],
    },
];

//! Articles with names that look like bodies, or like a town beside its region, and are neither.

use crate::linking::cases::{Case, case};

pub const BODIES: &[Case] = &[
    // Countries in a row are no towns beside their regions.
    case(
        "2005-07-10",
        "The vote comes despite the delay of referendums in Britain, Denmark, Portugal, Sweden and Finland.",
        &[("Britain", "united-kingdom"), ("Denmark", "denmark"), ("Portugal", "portugal")],
    ),
    // A role and a policy are no bodies, however often they stand.
    case(
        "2020-03-02",
        "He had served Iran's Supreme Leader since 2017. The Supreme Leader named another on Monday.",
        &[("Supreme Leader", "-")],
    ),
    case(
        "2020-10-12",
        "Ada Quill opposed ending the War on Drugs. She said the War on Drugs should be fought with teachers.",
        &[("War on Drugs", "-")],
    ),
    // Somebody new of the same family name.
    case(
        "2019-08-19",
        "Mayor Ada Quillfeather closed the square. A student named Quillfeather said the rain was no matter. The mayor had \
         no comment. Later the court named Quillfeather in its order.",
        &[("Quillfeather", "? ada-quillfeather"), ("Ada Quillfeather", "ada-quillfeather")],
    ),
    // A party before a family name is no given name.
    case(
        "2019-02-04",
        "The house rose at noon. Democrat Quillfeather, a minister and former colonel, was first elected in 2012.",
        &[("Democrat Quillfeather", "-")],
    ),
    // A new body and its acronym make each other sure, where every word has its letter; a benefit is no body.
    case(
        "2020-05-04",
        "The Orbis Harbour Board (OHB) met on Monday. It heard that the OHB would pay.",
        &[("Orbis Harbour Board", "orbis-harbour-board"), ("OHB", "orbis-harbour-board orbis-harbour-board")],
    ),
    case(
        "2020-05-04",
        "Workers drew the Orbis Emergency Benefit (OEB) until June.",
        &[("Orbis Emergency Benefit", "?"), ("OEB", "?")],
    ),
    // The full name in other words than the built-in one.
    case(
        "2006-05-04",
        "The cable was sent to the U.S. Central Intelligence Agency (CIA) in May. The CIA would not comment.",
        &[
            ("CIA", "central-intelligence-agency central-intelligence-agency"),
            ("U.S. Central Intelligence Agency", "central-intelligence-agency"),
        ],
    ),
    // An adjective is short for no body.
    case(
        "2020-06-03",
        "The Native American Harbour Fund sued the state. The Native American Harbour Fund said Native American fishermen \
         were poor.",
        &[("Native American", "-")],
    ),
    // Nor is what a firm ships.
    case(
        "2020-06-03",
        "CentOS is a copy of Red Hat Enterprise Linux. Its makers left Red Hat Enterprise Linux in 2020.",
        &[("Red Hat Enterprise Linux", "-")],
    ),
];

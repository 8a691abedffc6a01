//! Articles with bodies that several countries have under one name, bodies named with their country, and nouns that are
//! firms elsewhere.

use crate::linking::cases::{Case, case};

const DAY: &str = "2012-03-06";

pub const OWNERS: &[Case] = &[
    // The country beside the body has it.
    case(
        DAY,
        "Ecuador's Congress removed the minister on Monday. The United States said it was watching. Later Congress met again.",
        &[("Congress", "-")],
    ),
    case(
        DAY,
        "President Obama asked Congress for money. In Missouri the state Senate voted on Friday, and so did the Senate in Washington.",
        &[("Congress", "united-states-congress"), ("Senate", "? united-states-senate|? ?")],
    ),
    case(
        DAY,
        "The U.S. Congress passed the bill. Peru's Congress passed its own. The United States had asked Lima for it. American \
         lawmakers were glad.",
        &[("U.S. Congress", "united-states-congress"), ("Congress", "-")],
    ),
    case(
        DAY,
        "American senators flew in. The Congress of the Philippines and the Senate of Pakistan sent letters to the United States.",
        &[("Congress", "-"), ("Senate", "-")],
    ),
    // What the text is about.
    case(
        DAY,
        "The president of the Philippines spoke in Manila. The Philippine army heard him, and an American envoy came. He \
         asked Congress for money and the Senate for patience.",
        &[("Congress", "-"), ("Senate", "-")],
    ),
    case(
        DAY,
        "Voters in India went to the polls in Delhi and Mumbai. Congress lost seats in India's north. The United States \
         congratulated the winner.",
        &[("Congress", "-")],
    ),
    case(
        DAY,
        "The White House said American troops in Iraq, in Baghdad and elsewhere, and their Iraqi allies would be paid. \
         Iraqi officials were glad. The United States, it said, would ask Congress in Washington.",
        &[("Congress", "united-states-congress")],
    ),
    case(
        DAY,
        "Egypt and Japan signed in Cairo. Egyptian and Japanese papers praised it, and Nigeria joined. In the \
         United States, Republican members of the House of Representatives asked for a copy.",
        &[("House of Representatives", "united-states-house-of-representatives")],
    ),
    case(
        DAY,
        "Seoul was calm. South Korea voted, and the National Assembly met. South Korean papers praised it.",
        &[("National Assembly", "national-assembly|?")],
    ),
    case(
        DAY,
        "The Venezuelan president left Caracas. Venezuela's paper said the National Assembly had met, as it had in South Korea.",
        &[("National Assembly", "-")],
    ),
    // Parties of several countries, and what many a land has.
    case(
        DAY,
        "The Liberal Democrats hope for a seat in Queensland. Australian voters, in Sydney and elsewhere in Australia, know \
         them little.",
        &[("Liberal Democrats", "-")],
    ),
    case(
        DAY,
        "Albania voted. The Albanian coalition of the Democratic Party fell in Tirana, and Albania's president dissolved parliament. \
         Albanians will vote in May.",
        &[("Democratic Party", "-")],
    ),
    case(
        DAY,
        "The Liberal Democrats left the coalition. British voters were told so in London.",
        &[("Liberal Democrats", "liberal-democrats-united-kingdom")],
    ),
    case(
        DAY,
        "American voters wait. The bill passed the Senate of the state on Monday, and the United States watched.",
        &[("Senate", "-")],
    ),
    case(
        DAY,
        "The winners of the Nobel Prize met in Oslo, Norway. The Nobel Prize is old.",
        &[("Nobel Prize", "-")],
    ),
    // The council of cricket.
    case(
        DAY,
        "The bowler took five wickets before the ICC banned him. The umpires told the ICC so.",
        &[("ICC", "-")],
    ),
    case(
        DAY,
        "The rebel chief was sent to The Hague. The ICC will try him for crimes of war.",
        &[("ICC", "international-criminal-court")],
    ),
    // With its country before it.
    case(
        DAY,
        "The U.S. Central Intelligence Agency said nothing. The US Environmental Protection Agency said a lot.",
        &[
            ("U.S. Central Intelligence Agency", "central-intelligence-agency"),
            ("US Environmental Protection Agency", "environmental-protection-agency"),
        ],
    ),
    case(
        DAY,
        "The U.N. World Food Programme sent rice. The US Federal Reserve sent none.",
        &[("U.N. World Food Programme", "world-food-programme"), ("US Federal Reserve", "federal-reserve")],
    ),
    Case {
        day: DAY,
        registry: "- name: Home Office\n  kind: organization\n  country: gb\n",
        text: "Officials of the UK Home Office said so on Monday. The Australian Home Office did not. The British Home Office said \
               nothing. Reporters wrote to the UK Home Office.",
        expect: &[
            ("UK Home Office", "home-office home-office"),
            ("British Home Office", "home-office"),
            ("Australian Home Office", "?"),
        ],
    },
    // Common nouns in capitals.
    case(
        DAY,
        "\"Get off,\" said the Horse to the Hunter. The Hunter laughed. \"Not so fast,\" said the Hunter.",
        &[("Hunter", "-")],
    ),
    case(
        DAY,
        "A Fox said to the Crow that shares and profits were good for the market. The Apple fell on a Target near the river.",
        &[("Fox", "-"), ("Apple", "-"), ("Target", "-")],
    ),
    case(
        DAY,
        "Shares of Apple rose as profits at the company beat the market. Apple said revenue grew. An Apple spokesman agreed.",
        &[("Apple", "apple apple apple|apple apple ?")],
    ),
];

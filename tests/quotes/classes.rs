//! Ways of real copy to attribute a quotation, on which a rule once named the wrong speaker or none: short invented texts
//! enter, what is found leaves.

use super::spoken;

/// Each text with its quotations as `spoken` writes them.
fn table() -> Vec<(&'static str, &'static [&'static str])> {
    vec![
        // Whom a message is sent to does not speak.
        (
            "The clerk had the text of a message he sent to vice chairman Bob Hale: \"Please let us go home.\"",
            &["D ~bob: Please let us"],
        ),
        // Lines of a dialogue are said by turns, in doubt.
        (
            "\"Is it far?\" asked Ann Reed.\n\"Not very,\" said Bob Hale.\n\"How far?\"",
            &["D ann: Is it far?", "D bob: Not very", "D ~ann: How far?"],
        ),
        ("\"Zero!\" shout the children.", &["D =the children: Zero!"]),
        ("\"We go on,\" said a voice.", &["D ~=a voice: We go on"]),
        // Another acts in between, or right behind the marks.
        (
            "\"We go on,\" Bob Hale said on the steps of the court. Beside him his client raised a stick. \"And we will win it!\"",
            &["D bob: We go on", "D ~bob: And we will"],
        ),
        (
            "The clerk had a letter from Bob Hale, Hale said. It was addressed to nobody and ended: \"Please, let us go home.\"",
            &["I bob: The clerk had", "D ~bob: Please, let us"],
        ),
        // Behind `which` stands the subject, also in the plural.
        (
            "The bus came to rest against a wall, which officers said had \"saved it from the ravine\".",
            &["M =officers: saved it from"],
        ),
        // A body in apposition to what it owns, and a person behind a title of another language.
        ("Its owner, Orbis Bank, said in a statement there was \"no basis\" for it.", &["M bank: no basis"]),
        ("\"We go on,\" said the nun, Sor Ann Reed.", &["D ann: We go on"]),
        // Who replies is not who asked.
        (
            "Ann Reed, for the company, put it to her that the clerk had been late. \"He was late,\" she replied.",
            &["D ~ann: He was late"],
        ),
        // A paper quotes somebody whose post stands between.
        (
            "Orbis Bank quoted Ann Reed, formerly a deputy head of the harbour office, as saying \"We go on\".",
            &["D ann: We go on"],
        ),
        (
            "Radio quoted the harbour minister as saying that it was \"over by noon\".",
            &["M =the harbour minister: over by noon"],
        ),
        // What is held up or worn is nobody's word.
        ("Bob Hale wore a hat reading \"Not today\".", &["D ~bob: Not today"]),
        ("Officers found a sign near the quay that read: \"We go on.\"", &["D ~?: We go on."]),
        // Behind the speaker stands who carried it.
        ("\"We go on,\" said Ann Reed per Orbis Bank.", &["D ann: We go on"]),
        // The name of a body between marks.
        (
            "Ann Reed of \"Have no doubt\", a charity, told Hale \"we go on with it now\".",
            &["M ann: we go on"],
        ),
        // Somebody new is not whom the text spoke of before.
        ("Bob Hale left. A student named Hale said, \"We go on.\"", &["D =A student named Hale: We go on."]),
        // The subject behind a relative pronoun that is an object.
        (
            "Ann Reed attacked the plan, to which Hale claimed it was \"paid in full\".",
            &["M bob: paid in full"],
        ),
        (
            "Bob Hale spoke against the vote, which Reed has referred to as \"a circus of clerks\".",
            &["M ann: a circus of"],
        ),
        // An aside between dashes has a verb of its own.
        (
            "Ann Reed commented on the vote — which Orbis Bank noted as rare — \"We go on with it.\"",
            &["D ann: We go on"],
        ),
        ("Bob Hale – who came late – said trains would run \"with no delay\".", &["M bob: with no delay"]),
        // A participle behind a quotation has the speaker of that, not a subject inside it.
        (
            "Ann Reed said, \"If the board says no, we go\", also noting, \"the board has no clock\".",
            &["D ann: If the board", "D ann: the board has"],
        ),
        // Before a colon the subject speaks, not whoever did something to it.
        (
            "In a statement, Orbis Bank defended the sale, which was approved by Ann Reed, as fair: \"We go on.\"",
            &["D ~bank: We go on."],
        ),
        ("Ann Reed disagreed with this: \"We go on.\"", &["D ann: We go on."]),
        ("The Hale campaign put out a text: \"We go on.\"", &["D ~bob: We go on."]),
        (
            "The Hale campaign attacked the vote, accusing Ann Reed of \"hiding from the city\".",
            &["M =The Hale campaign: hiding from the"],
        ),
        // A paragraph that ends with a colon.
        (
            "Bob Hale said it was late. Ann Reed defended the sale in a long text and wrote:\n\"We go on.\"",
            &["I bob: it was late", "D ann: We go on."],
        ),
        ("Bob Hale laughed at that. A box fell on the quay:\n\"We go on.\"", &["D ~?: We go on."]),
        ("Bob Hale laughed at that. Professor Ann Reed commented,\n\"We go on.\"", &["D ann: We go on."]),
        // A name behind its post, a bracket or other words in apposition.
        (
            "The head of the union (Dockers, Pilots and Crews), Ann Reed, said it was \"not near enough\".",
            &["M ann: not near enough"],
        ),
        ("\"We go on,\" said the study's lead author, Ann Reed of Riga.", &["D ann: We go on"]),
        (
            "Another co-author, harbour engineering professor Ann Reed, said, \"We go on.\"",
            &["D ann: We go on."],
        ),
        ("Ann Reed, dean of the harbour school called it \"a silly claim\".", &["M ann: a silly claim"]),
        ("The porter, who works on roofs between shifts, said: \"We go on.\"", &["D =The porter: We go on."]),
        ("The plaintiff, Ann Reed, lives by the port. \"We go on,\" she said.", &["D ann: We go on"]),
        // A verb first, or times before it.
        ("Remarked the biologist Ann Reed, \"We go on with it.\"", &["D ann: We go on"]),
        ("Orbis Bank had in August observed that \"a vow is not a payment\".", &["M bank: a vow is"]),
        // A name is no verb.
        ("She likened the States to \"small harbours\".", &[]),
        // The writer's own mark, or another's word.
        ("Bob Hale shared a page about Reed's \"ghosts\" letter.", &[]),
        ("Bob Hale called Reed a victim of the alleged \"losers\" talk.", &["M ~bob: losers"]),
        (
            "On arrival, Ann Reed delivered a statement saying \"the harbour is a gift to us all\".",
            &["M ann: the harbour is"],
        ),
        (
            "A team of harbour experts said the work was \"late and poor\".",
            &["M =A team of harbour experts: late and poor"],
        ),
        (
            "Members attacked the vote, with Bob Hale of Riga calling it \"wrong from end to end\" and Ann Reed of Riga calling \
             it \"a plain and open theft\".",
            &["M bob: wrong from end", "M ann: a plain and"],
        ),
        (
            "The opinion of Orbis Bank, released on Monday, read in part: \"We go on.\"",
            &["D =The opinion of Orbis Bank: We go on."],
        ),
        (
            "Bob Hale rose. Ann Reed spoke of what she called Riga's \"ghosts and thieves\" on the quay.",
            &["M ann: ghosts and thieves"],
        ),
        (
            "Bob Hale came late. He is quoted as describing it as a \"shock to all of us\".",
            &["M bob: shock to all"],
        ),
        // A verb between two pieces belongs to both.
        (
            "\"Hale was liked by us all\", reads an Orbis Bank note, \"a kind and patient man in all that he did\".",
            &["D =an Orbis Bank note: Hale was liked", "D =an Orbis Bank note: a kind and"],
        ),
        // A colon inside a name.
        (
            "Lead author Bob Hale of the Centre for Tides: Orbis Bank (C-TOB) said, \"We go on with it.\"",
            &["D bob: We go on"],
        ),
        // Whose remarks they are is not said.
        (
            "Bob Hale met Ann Reed since remarks suggesting the port was \"a den of thieves\".",
            &["M ~bob: a den of"],
        ),
        // A title behind a comma, and things that neither speak nor are read.
        ("Ann Reed wrote of it in her memoir, \"Carbon Copies\".", &[]),
        ("Reed's reply was a single word posted online: \"Never?\"", &["D ~=a single word: Never?"]),
        // What was done to a paper stands in apposition to it; a clause may belong to it.
        (
            "The plea, filed by a harbour doctor, Ann Reed, says it was \"all of it noise\".",
            &["M =The plea: all of it"],
        ),
        (
            "The letter that came with the check said it was \"all of it lost\".",
            &["M =The letter: all of it"],
        ),
        // Judges find; whose claim it was that they reject is another matter.
        (
            "The judges found that Orbis Bank had acted \"with open eyes\".",
            &["M =The judges: with open eyes"],
        ),
        (
            "The judges rejected its claim that the copy was \"mere chance\".",
            &["M ~=The judges: mere chance"],
        ),
        ("Reed said he had heard the crowd shouting \"We go on\".", &["D =the crowd: We go on"]),
        (
            "Ann Reed, curator and director of exhibits at the Orbis Bank, Riga, said, \"We go on with it.\"",
            &["D ann: We go on"],
        ),
        ("\"We go on,\" Orbis Bank says on \"The Long Countdown\".", &["D bank: We go on"]),
        // Words of no office before a name; many without a name; thanks; a time is no speaker.
        (
            "A soldier left. By the quay, volunteer Ann Reed was ladling soup. \"We go on,\" she said.",
            &["D ann: We go on"],
        ),
        (
            "Harbour officials did not call back. They had said it would be \"a heavy load\".",
            &["M ~=Harbour officials: a heavy load"],
        ),
        (
            "Orbis Bank issued a note thanking staff for their \"patience and good humour\".",
            &["M bank: patience and good"],
        ),
        (
            "Reed said it was mended three times, which suggested that it was \"old and dear\".",
            &["M ~=three times: old and dear"],
        ),
        // A post before its bearer.
        (
            "The Commissioner of Police, Ann Reed, came late. Bob Hale left. \"We go on,\" the commissioner said.",
            &["D ann: We go on"],
        ),
        // The only one who was named so far.
        ("The river is low, and Ann Reed doubts it. \"We go on,\" she said.", &["D ann: We go on"]),
        ("Orbis Bank denied all blame. \"We go on,\" it said.", &["D bank: We go on"]),
        // A subject inside a run of words: behind a noun without `which`, before a pronoun, behind a verb of its own.
        (
            "Hale took the boat, a step the harbour board called \"a bit of luck\".",
            &["M =the harbour board: a bit of"],
        ),
        ("Hale spoke of a raid - a thing Ms. Reed calls \"absurd\".", &["M ann: absurd"]),
        ("Ann Reed would meet anybody, even those she called \"thieves\".", &["M ann: thieves"]),
        ("Hale also met on Friday with Ann Reed, who said it was \"all in vain\".", &["M ann: all in vain"]),
        (
            "Ann Reed - chair of a harbour board - told the Post it was \"all in vain\".",
            &["M ann: all in vain"],
        ),
        (
            "Ann Reed also complained of the lock - claiming that \"we have no key and no lamp\".",
            &["M ann: we have no"],
        ),
        // Verbs of speech that belong to a noun, and nouns that look like verbs.
        ("Clerks accused of keeping \"poor\" books were let go.", &[]),
        ("The board let Hale's men move accused \"pirate\" Wex.", &[]),
        (
            "Ann Reed dismissed it, saying his long remarks were \"just and right\".",
            &["M ann: just and right"],
        ),
        // The noun of a fragment, or what is done behind it, is no speaker.
        (
            "Ann Reed says they agreed to work on \"small\" things, and have agreed to meet.",
            &["M ann: small"],
        ),
        ("He has papers of a plan called \"Lodestar\" naming a ship, which Reed said exists.", &[]),
        // Those who are told or urged.
        ("Ann Reed of the charity \"Save the Quays\" urged the board to act.", &[]),
        // What somebody denies is another's word; between two pieces without a word the speaker may change.
        ("Ann Reed has rejected charges that she was \"deaf to all\".", &["M ~ann: deaf to all"]),
        (
            "They came on Monday. \"We go on with it all.\" \"It is late,\" said Ann Reed.",
            &["D ~?: We go on", "D ann: It is late"],
        ),
        // Names between marks.
        ("Police say \"Operation Lodestar\" is over.", &[]),
        ("\"The Riga Post\" on Monday quoted Hale as saying that they would go.", &[]),
        ("On the radio programme \"Late Tides,\" Ann Reed said it was over.", &[]),
        ("Orbis Bank says the old word for \"quay\" was taken for another.", &[]),
        ("The men burn off gas, demanding more of what is known as \"flaring\".", &[]),
        ("A group calling itself \"The Sons of the Quay\" said it was theirs.", &[]),
        ("No group has claimed the words \"enough\" and \"get up and go\".", &[]),
        // A piece whose own speaker is not known takes none from the piece behind it.
        (
            "They ran home and told his mother, saying, \"It hurts me a lot.\" \"So it should,\" said Ann Reed.",
            &["D ~?: It hurts me", "D ann: So it should"],
        ),
        // Any verb speaks behind a comma; a note that somebody has written.
        ("\"We go on,\" murmurs Ann Reed.", &["D ann: We go on"]),
        ("\"We go on,\" Hale remembers.", &["D bob: We go on"]),
        ("Ann Reed met a judge. \"We go on,\" the judge shot back.", &["D =the judge: We go on"]),
        ("On the door a porter had chalked: \"We go on with it.\"", &["D =a porter: We go on"]),
        ("Then came a post from Orbis Bank, which ran the ships: \"We go on.\"", &["D bank: We go on."]),
        ("Observing that a ship is \"no toy\", Orbis Bank on Monday sold it.", &["M bank: no toy"]),
        ("\"We go on,\" that porter, Ann Reed, told the board.", &["D ann: We go on"]),
        // A paper with words of time or place behind it; a parenthesis; two who did something else.
        ("A banner at the far end before the match read \"We go on with it\".", &["D =A banner: We go on"]),
        (
            "A harbour report placed before Orbis Bank noted \"deep cracks in the wall\".",
            &["M =A harbour report: deep cracks in"],
        ),
        (
            "On his last day, Hale recalls, his driver rose and asked whether he was \"part of the plan\".",
            &["M =his driver: part of the"],
        ),
        (
            "Ann Reed, of a family of divers, said her father and her uncle were asleep. \"We go on,\" she said.",
            &["I ann: her father and", "D ann: We go on"],
        ),
        // Relatives: named beside the word, or perhaps somebody whom the text names.
        ("His mother, Ann Reed, left. \"We go on,\" his mother said.", &["D ann: We go on"]),
        ("Hale waved at Ann Reed. \"We go on,\" said her father.", &["D ~=her father: We go on"]),
        // Pronouns: over a sentence with the same pronoun, behind an apposition, of the subject of a later clause.
        ("Ann Reed has a boat. On Monday she sold it. \"We go on with it,\" she said.", &["D ann: We go on"]),
        (
            "Ann Reed likes it. A former pilot from the coast, she keeps hens. \"We go on,\" she says.",
            &["D ann: We go on"],
        ),
        ("The hall cheered, and Ann Reed, the chair, rose. \"We go on,\" she said.", &["D ann: We go on"]),
        // Somebody described by an age, and the only one named so far.
        ("Ann Reed runs the quay.\n\"We go on,\" says the founder, 34.", &["D ann: We go on"]),
        ("It sank. According to him, Orbis Bank paid. Bob Hale left.", &[]),
    ]
}

#[test]
fn real_copy() {
    let wrong: Vec<String> = table()
        .into_iter()
        .map(|(text, expect)| (text, expect, spoken(text)))
        .filter(|(_, expect, found)| found != expect)
        .map(|(text, _, found)| format!("{text}: {found:?}"))
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

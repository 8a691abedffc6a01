//! Articles with names that could be several things, and whom each means.

/// One article.
pub struct Case {
    /// Day of the article.
    pub day: &'static str,
    /// `entities.yaml` of the site, or nothing.
    pub registry: &'static str,
    pub text: &'static str,
    /// Names with the ids that their mentions lead to, in order: `?` held back, `-` none published, `|` between
    /// answers that are both right.
    pub expect: &'static [(&'static str, &'static str)],
}

pub const fn case(
    day: &'static str,
    text: &'static str,
    expect: &'static [(&'static str, &'static str)],
) -> Case {
    Case { day, registry: "", text, expect }
}

pub const CASES: &[Case] = &[
    // Countries beside people of that name.
    case(
        "2024-03-05",
        "Rep. Jim Jordan of Ohio said the committee would meet on Tuesday. Jordan said he had not read the letter. \
         The delegation later flew to Amman, where King Abdullah received it. Aid workers in Jordan said the camps were full.",
        &[
            ("Jordan", "jim-jordan jordan"),
            ("Jim Jordan", "jim-jordan"),
            ("Amman", "amman"),
            ("Ohio", "ohio"),
        ],
    ),
    case(
        "2023-05-02",
        "Officials in Chad said on Tuesday that thousands of people had crossed the border from Sudan. Chad closed the \
         crossing at Adre last month.",
        &[("Chad", "chad chad"), ("Sudan", "sudan")],
    ),
    case(
        "2023-05-02",
        "Chad Mercer, a builder from Leeds, won the race on Sunday. Mercer said it was his last. \"He trained in the \
         rain,\" his brother said. Chad smiled.",
        &[("Chad", "-"), ("Chad Mercer", "chad-mercer|?")],
    ),
    // Two places of one name.
    case(
        "2022-09-14",
        "Police in Savannah, Georgia, closed two bridges before the storm. Officials in Georgia said shelters would open \
         in Atlanta. In the Black Sea port of Batumi, Georgia, the storm of a different kind was political: Georgia and its \
         neighbour Armenia had closed the road to Tbilisi.",
        &[
            ("Georgia", "georgia-us georgia-us georgia georgia|georgia-us ? georgia georgia"),
            ("Savannah", "savannah"),
            ("Batumi", "batumi"),
            ("Tbilisi", "tbilisi"),
        ],
    ),
    case(
        "2022-09-14",
        "The prime minister of Georgia met his Armenian and Azerbaijani counterparts in Tbilisi. Georgia said the railway \
         would reopen.",
        &[("Georgia", "georgia georgia")],
    ),
    case(
        "2020-11-20",
        "Georgia Gov. Brian Kemp certified the count on Friday. Voters in Atlanta and Savannah had waited for hours, and \
         Georgia counted the ballots by hand.",
        &[("Georgia", "georgia-us georgia-us")],
    ),
    case(
        "2021-06-01",
        "The mayor of Paris, Texas, said on Tuesday that the water was safe. Nobody in Paris, Texas, had fallen ill, he said.",
        &[("Paris", "paris-texas paris-texas"), ("Texas", "texas texas")],
    ),
    case(
        "2021-06-01",
        "Talks will be held in Paris on Monday, French officials said.",
        &[("Paris", "paris")],
    ),
    case(
        "2021-06-01",
        "Researchers in Cambridge, Massachusetts, said on Tuesday that the vaccine worked in mice.",
        &[("Cambridge", "cambridge-massachusetts"), ("Massachusetts", "massachusetts")],
    ),
    case(
        "2021-06-01",
        "Churches in Birmingham, Alabama, rang their bells. Later the mayor of Birmingham thanked the volunteers.",
        &[("Birmingham", "birmingham-alabama birmingham-alabama")],
    ),
    case(
        "2021-06-01",
        "Commuters in Birmingham, in the English Midlands, and in London waited for hours, the British rail operator said.",
        &[("Birmingham", "birmingham"), ("London", "london")],
    ),
    case(
        "2021-06-01",
        "A professor in Moscow, Idaho, was arrested on Tuesday. In Moscow, the Kremlin said the case was closed.",
        &[("Moscow", "moscow-idaho moscow|moscow-idaho ?")],
    ),
    case(
        "2021-06-01",
        "A factory in Lebanon, Pennsylvania, will close. The plant is the largest employer in the county.",
        &[("Lebanon", "lebanon-pennsylvania")],
    ),
    case(
        "2021-06-01",
        "Fuel is scarce in Lebanon, and the banks in Beirut are shut.",
        &[("Lebanon", "lebanon"), ("Beirut", "beirut")],
    ),
    case(
        "2021-06-01",
        "A hurricane came ashore near St. Petersburg, Florida, on Sunday. Tampa was spared.",
        &[("St. Petersburg", "st-petersburg")],
    ),
    case(
        "2021-06-01",
        "The forum opened in St. Petersburg on Thursday. Russian ministers came from Moscow.",
        &[("St. Petersburg", "saint-petersburg-ru"), ("Moscow", "moscow")],
    ),
    case(
        "2021-06-01",
        "Fires burned across Victoria on Monday, and smoke reached Melbourne, Australian officials said.",
        &[("Victoria", "victoria")],
    ),
    case(
        "2021-06-01",
        "The president of the Seychelles opened the clinic in Victoria, the capital of the Seychelles.",
        &[("Victoria", "victoria-sc")],
    ),
    case(
        "2021-06-01",
        "Protesters gathered in Santiago, the Chilean capital. Chile has seen such marches before.",
        &[("Santiago", "santiago")],
    ),
    case(
        "2020-03-17",
        "Primary elections in Florida, Illinois, Ohio and Arizona were put off. A fair in London, England, was called off.",
        &[("Florida", "florida"), ("Illinois", "illinois"), ("London", "london")],
    ),
    case(
        "2020-03-17",
        "Saudi agents left the consulate in Istanbul. Latin American envoys met in Lima, Peru.",
        &[("Saudi", "adj:saudi-arabia"), ("Latin American", "adj:latin-america"), ("Lima", "lima")],
    ),
    // Neighbours with one word in their names.
    case(
        "2021-06-01",
        "Rebels took a town in eastern Congo, officials in Kinshasa said. Congo has asked its neighbours for troops.",
        &[
            ("Congo", "democratic-republic-of-the-congo democratic-republic-of-the-congo"),
            ("Kinshasa", "kinshasa"),
        ],
    ),
    case(
        "2021-06-01",
        "The opposition in Brazzaville said the vote was unfair. Congo has had one president for decades, a Brazzaville \
         newspaper wrote.",
        &[("Congo", "republic-of-the-congo"), ("Brazzaville", "brazzaville brazzaville")],
    ),
    case("2021-06-01", "Rebels crossed the border into Congo at night.", &[("Congo", "-")]),
    case(
        "2021-06-01",
        "Soldiers seized power in Guinea; Guinea-Bissau and Equatorial Guinea called for calm. Papua New Guinea sent no word.",
        &[
            ("Guinea", "guinea"),
            ("Guinea-Bissau", "guinea-bissau"),
            ("Equatorial Guinea", "equatorial-guinea"),
            ("Papua New Guinea", "papua-new-guinea"),
        ],
    ),
    case(
        "2021-06-01",
        "North Korea fired a missile on Tuesday, South Korea said. Pyongyang gave no word, and Seoul called a meeting.",
        &[
            ("North Korea", "north-korea"),
            ("South Korea", "south-korea"),
            ("Seoul", "gov:south-korea"),
            ("Pyongyang", "pyongyang"),
        ],
    ),
    case(
        "2021-06-01",
        "North Macedonia joined the alliance. Greece had objected to the name Macedonia, and the parliament in Skopje changed it.",
        &[("North Macedonia", "north-macedonia"), ("Macedonia", "north-macedonia"), ("Greece", "greece")],
    ),
    // Ordinary words.
    case(
        "2021-06-01",
        "The farm sold turkey and apples, and the china on the table was old. It may rain, and the reading was nice. They \
         left by mobile at the target hour.",
        &[
            ("turkey", ""),
            ("apples", ""),
            ("china", ""),
            ("may", ""),
            ("reading", ""),
            ("nice", ""),
            ("target", ""),
        ],
    ),
    // A person who is called as a capital is no government.
    case(
        "2025-07-15",
        "A court cleared banker Victor Paris of fraud on Tuesday. Paris was acquitted of all charges. Paris said he was free.",
        &[("Paris", "? ?|victor-paris victor-paris")],
    ),
    // A water that bears a person's name is nobody.
    case(
        "1989-03-24",
        "The tanker ran aground in Prince William Sound on Friday. Oil spread across Prince William Sound.",
        &[("William Sound", ""), ("Prince William Sound", "prince-william-sound prince-william-sound|? ?")],
    ),
    // A capital for its government: a reference to the country; the city where it is a place.
    case(
        "2025-07-03",
        "Iran rejected the proposal on Thursday, and Washington said it would impose sanctions. Talks between Washington \
         and Tehran broke down in May. Thousands marched in Washington on Saturday. Moscow's ambassador flew to Washington.",
        &[
            ("Washington", "gov:united-states gov:united-states washington-d-c washington-d-c"),
            ("Tehran", "gov:iran"),
            ("Moscow", "gov:russia"),
        ],
    ),
    case(
        "2021-06-01",
        "Turkey and China signed a trade deal on Tuesday. Ankara said it would lower its tariffs.",
        &[("Turkey", "turkiye"), ("China", "china"), ("Ankara", "gov:turkiye")],
    ),
    case(
        "2021-06-01",
        "Nice work, the coach said. Reading is what children need. Mobile phones were banned. Apples fell.",
        &[("Nice", "-"), ("Reading", "-"), ("Mobile", "-"), ("Apples", "-")],
    ),
    case(
        "2021-06-01",
        "Apple said its revenue rose to 90 billion dollars in the quarter as customers bought more phones. Shares of Apple \
         gained. Farmers said the apple harvest was poor.",
        &[("Apple", "apple apple"), ("apple", "")],
    ),
    case(
        "2018-07-10",
        "The summit is set for May, officials said. In May the two sides met in Rome. The vote on May 5 was close.",
        &[("May", "-")],
    ),
    case(
        "2018-07-10",
        "British Prime Minister Theresa May will speak on Tuesday. May said in May that the plan was final. In May, she had \
         met ministers in London.",
        &[("Theresa May", "theresa-may"), ("London", "london")],
    ),
    case(
        "2018-07-10",
        "Retailers reported earnings. Target said sales at its stores rose, and shares of Target gained. The target of the inquiry was not \
         named. The visa office was closed.",
        &[("target", ""), ("visa", "")],
    ),
    // One family name, two bearers.
    case(
        "2019-02-28",
        "North Korean leader Kim Jong Un arrived with his sister Kim Yo Jong. Kim did not speak to reporters.",
        &[("Kim", "?"), ("Kim Jong Un", "kim-jong-un"), ("Kim Yo Jong", "kim-yo-jong|?")],
    ),
    case(
        "2019-02-28",
        "North Korean leader Kim Jong Un left Hanoi by train. Kim did not speak to reporters.",
        &[("Kim", "kim-jong-un"), ("Hanoi", "hanoi")],
    ),
    case(
        "2004-09-02",
        "President George W. Bush thanked his brother, Florida Governor Jeb Bush. President Bush said the storm had done \
         great damage. Governor Bush asked for more help. Bush left in the evening.",
        &[("Bush", "george-w-bush jeb-bush ?")],
    ),
    case(
        "2005-06-01",
        "President Bush met advisers in Washington on Tuesday, the U.S. government said.",
        &[("Bush", "george-w-bush")],
    ),
    case(
        "1990-06-01",
        "President Bush met advisers in Washington on Tuesday, the U.S. government said.",
        &[("Bush", "-")],
    ),
    case(
        "2023-06-01",
        "Prime Minister Modi opened the station in Mumbai. Indian officials said trains would run from Monday.",
        &[("Modi", "narendra-modi"), ("Mumbai", "mumbai")],
    ),
    // Names of people in all their forms.
    case(
        "2023-06-01",
        "European Commission President Ursula von der Leyen spoke in Brussels. Von der Leyen said talks would go on.",
        &[("Ursula von der Leyen", "ursula-von-der-leyen"), ("Von der Leyen", "ursula-von-der-leyen")],
    ),
    case(
        "2023-06-01",
        "Saudi Crown Prince Mohammed bin Salman received the envoy in Riyadh. Bin Salman did not comment.",
        &[
            ("Bin Salman", "mohammed-bin-salman|muhammad-bin-salman|mohammad-bin-salman"),
            ("Riyadh", "riyadh"),
        ],
    ),
    case(
        "2023-06-01",
        "Federal Reserve Chair Jerome H. Powell said rates would stay high. Powell spoke in Washington.",
        &[("Powell", "jerome-h-powell|jerome-powell")],
    ),
    case(
        "2023-06-01",
        "Turkish President Recep Tayyip Erdogan flew to Berlin. Erdogan’s office confirmed it, and ERDOGAN was in the headline.",
        &[("Recep Tayyip Erdogan", "recep-tayyip-erdogan"), ("Erdogan", "recep-tayyip-erdogan")],
    ),
    case(
        "2023-06-01",
        "Turkish President Recep Tayyip Erdoğan flew to Berlin. Erdoğan spoke to reporters.",
        &[("Recep Tayyip Erdoğan", "recep-tayyip-erdogan"), ("Erdoğan", "recep-tayyip-erdogan")],
    ),
    case(
        "2023-06-01",
        "Ukrainian President Volodymyr Zelensky spoke in Kyiv. Zelensky thanked the soldiers.",
        &[
            ("Volodymyr Zelensky", "volodymyr-zelenskyy"),
            ("Zelensky", "volodymyr-zelenskyy"),
            ("Kyiv", "kyiv|kiev"),
        ],
    ),
    case(
        "2023-06-01",
        "Ukrainian President Volodymyr Zelenskiy spoke in Kyiv. Zelenskiy thanked the soldiers.",
        &[("Volodymyr Zelenskiy", "volodymyr-zelenskyy"), ("Zelenskiy", "volodymyr-zelenskyy")],
    ),
    case(
        "2021-06-01",
        "French far-left leader Jean-Luc Mélenchon spoke in Marseille. Mélenchon’s party has 17 seats.",
        &[("Marseille", "marseille")],
    ),
    case(
        "2020-09-10",
        "Syrian President Bashar al-Assad met the Russian envoy in Damascus. Assad thanked Russia. Al-Assad has ruled since 2000.",
        &[("Bashar al-Assad", "bashar-al-assad"), ("Assad", "bashar-al-assad"), ("Damascus", "damascus")],
    ),
    // Clubs and their cities.
    case(
        "2021-03-01",
        "Liverpool beat Sheffield United 2-0 on Sunday. The striker scored in both halves, and the coach praised the squad. \
         Liverpool are sixth in the league this season. The mayor of Liverpool was at the match.",
        &[(
            "Liverpool",
            "liverpool-f-c liverpool-f-c liverpool|? ? liverpool|liverpool-f-c ? liverpool|? liverpool-f-c liverpool|liverpool-f-c liverpool",
        )],
    ),
    case(
        "2021-03-01",
        "A hospital in Liverpool will close its doors, the British health minister said.",
        &[("Liverpool", "liverpool")],
    ),
    // Bodies that many countries have.
    case(
        "2021-06-01",
        "The Supreme Court ruled on Tuesday. The Foreign Ministry and Parliament did not comment.",
        &[("Supreme Court", "-"), ("Foreign Ministry", "-"), ("Parliament", "-")],
    ),
    // Nationalities are references, not places.
    case(
        "2021-06-01",
        "Russian troops moved west. A Russian-American businessman was freed. The French and the Germans agreed.",
        &[("Russian", "adj:russia"), ("French", "adj:france"), ("Germans", "adj:germany")],
    ),
    // Washington three times.
    case(
        "2021-06-01",
        "Washington state reported new cases. The governor of Washington, in Olympia, closed the schools; Seattle had closed \
         them before.",
        &[("Washington", "washington washington")],
    ),
    case(
        "2021-06-01",
        "The two ministers met in Washington on Tuesday. The U.S. capital was under heavy guard.",
        &[("Washington", "washington-d-c")],
    ),
    // New names.
    case(
        "2021-06-01",
        "Harbour master Ada Quillfeather closed the port on Tuesday. Quillfeather said the ice was too thick.",
        &[("Ada Quillfeather", "ada-quillfeather"), ("Quillfeather", "ada-quillfeather")],
    ),
    // The registry is asked first.
    Case {
        day: "2021-06-01",
        registry: "- name: Paris\n  id: paris-hill\n  kind: place\n  country: US\n",
        text: "The market in Paris opens at nine.",
        expect: &[("Paris", "paris-hill")],
    },
    Case {
        day: "2021-06-01",
        registry: "- name: Sergey Lavrov\n  id: lavrov\n  kind: person\n  country: RU\n  description: Russian foreign minister\n",
        text: "Russian Foreign Minister Sergei Lavrov spoke in Moscow. Lavrov left early.",
        expect: &[("Sergei Lavrov", "lavrov"), ("Lavrov", "lavrov")],
    },
    Case {
        day: "2021-06-01",
        registry: "- name: Ada Quillfeather\n  kind: person\n  description: Harbour minister of Narrowland\n  roles:\n    - title: Harbour minister\n      from: 2019\n",
        text: "Harbour minister Quillfeather closed the port. The ministry gave no reason.",
        expect: &[("Quillfeather", "ada-quillfeather")],
    },
    // Institutions.
    case(
        "2025-03-11",
        "The White House said on Tuesday that Congress had been told. Senators of both parties in Washington asked the \
         Pentagon for the figures, and the Federal Reserve, which the White House has pressed for months, left its rate \
         alone. \"The Fed will wait,\" said an economist in New York. In London, Downing Street and the Bank of England said \
         nothing, and the Kremlin called the plan premature.",
        &[
            ("White House", "white-house white-house"),
            ("Congress", "united-states-congress"),
            ("Pentagon", "united-states-department-of-defense"),
            ("Federal Reserve", "federal-reserve"),
            ("Fed", "federal-reserve"),
            ("Downing Street", "downing-street"),
            ("Bank of England", "bank-of-england"),
            ("Kremlin", "kremlin"),
        ],
    ),
    case(
        "2022-12-08",
        "LIMA, Dec. 8 - Peru swore in a new president after Congress voted to remove the old one. The Congress building in \
         Lima was guarded by police.",
        &[("Congress", "-")],
    ),
    case(
        "2018-02-05",
        "Jerome H. Powell took the oath of office on Monday as chairman of the Federal Reserve. Mr. Powell spoke briefly.",
        &[("Jerome H. Powell", "jerome-powell"), ("Powell", "jerome-powell")],
    ),
    // Firms whose names are ordinary words.
    case(
        "2024-06-03",
        "Gap years are popular. Shell by shell, the children cleared the beach. Visa rules changed for students, and \
         bills went unpaid. Bills were passed late at night. Gap and shell are words, and Orange is a colour.",
        &[("Gap", "-"), ("Shell", "-"), ("Visa", "-"), ("Bills", "-"), ("Orange", "-")],
    ),
    case(
        "2024-06-03",
        "Volkswagen said on Monday that it would build the car in Gothenburg. Shares of Volkswagen rose in Frankfurt, \
         Germany.",
        &[("Volkswagen", "volkswagen-group volkswagen-group"), ("Gothenburg", "gothenburg")],
    ),
];

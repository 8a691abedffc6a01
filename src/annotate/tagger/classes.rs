//! A word enters; the closed classes that it belongs to leave, as bits.

/// Begins with a capital letter.
pub const CAP: u32 = 1;
/// Two or more letters, all capital.
pub const UPPER: u32 = 1 << 1;
/// A capital letter after a small one, or inside the word: `McDonald`, `eBay`.
pub const INNER: u32 = 1 << 2;
/// Contains a digit.
pub const DIGIT: u32 = 1 << 3;
/// `J.`
pub const INITIAL: u32 = 1 << 4;
/// A full stop inside or at the end.
pub const DOTTED: u32 = 1 << 5;
/// A hyphen inside.
pub const HYPHEN: u32 = 1 << 6;
/// No letter and no digit.
pub const MARK: u32 = 1 << 7;
/// `President`, `Mr.`, `Gen.`: stands before a person's name.
pub const TITLE: u32 = 1 << 8;
/// `said`, `told`, `added`.
pub const SPEECH: u32 = 1 << 9;
/// `in`, `at`, `near`.
pub const WHERE: u32 = 1 << 10;
/// Words inside names: `of`, `de`, `&`.
pub const LINK: u32 = 1 << 11;
/// `van`, `bin`, `al`: before a family name.
pub const PARTICLE: u32 = 1 << 12;
/// Articles, pronouns, conjunctions, prepositions, auxiliaries: never a name alone.
pub const FUNCTION: u32 = 1 << 13;
/// Months, days.
pub const TIME: u32 = 1 << 14;
/// `spokesman`, `coach`, `minister`: names a person's part.
pub const ROLE: u32 = 1 << 15;
/// `shares`, `company`, `firm`, `profit`.
pub const BUSINESS: u32 = 1 << 16;
/// `'s`.
pub const POSSESSIVE: u32 = 1 << 17;
/// A capital letter anywhere in a word or number: may belong to a name.
pub const ACTIVE: u32 = 1 << 18;
/// Has letters, none of them capital.
pub const LOWER: u32 = 1 << 19;
/// `the`.
pub const THE: u32 = 1 << 20;
/// Letters of a script without case.
pub const CASELESS: u32 = 1 << 21;

/// Joins the members of a list: a comma, `and`, `or`, `&`, `/`.
pub const JOINS: u32 = 1 << 22;

/// Stands inside titles of office: `Prime`, `Foreign`, `State`.
pub const OFFICE: u32 = 1 << 23;

/// The classes of a word by its folded form; the bits that depend on its spelling are not set here.
pub fn of_word(folded: &str) -> u32 {
    let bare = folded.strip_suffix('.').unwrap_or(folded);
    let mut bits = match bare {
        "mr" | "mrs" | "ms" | "miss" | "dr" | "prof" | "professor" | "sir" | "lord" | "lady" | "dame"
        | "sen" | "senator" | "rep" | "congressman" | "congresswoman" | "gov" | "governor" | "president"
        | "premier" | "chancellor" | "minister" | "secretary" | "ambassador" | "gen" | "general" | "lt"
        | "lieutenant" | "col" | "colonel" | "maj" | "major" | "capt" | "captain" | "sgt" | "sergeant"
        | "cmdr" | "commander" | "adm" | "admiral" | "brig" | "brigadier" | "cpl" | "pvt" | "king"
        | "queen" | "prince" | "princess" | "pope" | "cardinal" | "archbishop" | "bishop" | "rev"
        | "reverend" | "rabbi" | "imam" | "ayatollah" | "sheikh" | "sheik" | "emir" | "sultan" | "judge"
        | "justice" | "mayor" | "speaker" | "chairman" | "chairwoman" | "chief" | "director"
        | "vice-president" | "father" | "sister" | "mother" | "brother" | "mullah" | "gens" | "sens"
        | "reps" | "messrs" | "hon" | "councillor" | "commissioner" | "detective" | "officer" | "marshal"
        | "saint" | "attorney" | "envoy" | "first" | "deputy" => TITLE,
        "said" | "says" | "say" | "told" | "added" | "adds" | "asked" | "replied" | "tweeted" | "wrote"
        | "writes" | "insisted" | "argued" | "claimed" | "denied" | "warned" | "explained" | "noted"
        | "declared" | "vowed" | "joked" | "recalled" | "thinks" | "believes" | "resigned" | "testified"
        | "met" | "visited" | "urged" => SPEECH,
        "in" | "at" | "near" | "across" | "throughout" | "outside" | "inside" | "from" | "to" | "toward"
        | "towards" | "into" | "around" | "via" | "within" | "northern" | "southern" | "eastern"
        | "western" | "central" | "downtown" => WHERE,
        "van" | "von" | "der" | "den" | "bin" | "ibn" | "al" | "el" | "da" | "di" | "du" | "del"
        | "della" | "dos" | "das" | "ben" | "abu" | "la" | "le" | "ter" | "ten" | "zu" | "af" | "ul"
        | "bint" | "ap" => PARTICLE,
        "january" | "february" | "march" | "april" | "june" | "july" | "august" | "september" | "october"
        | "november" | "december" | "jan" | "feb" | "aug" | "sept" | "oct" | "nov" | "dec" | "monday"
        | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday" | "sunday" => TIME,
        "spokesman" | "spokeswoman" | "spokesperson" | "coach" | "manager" | "striker" | "midfielder"
        | "defender" | "goalkeeper" | "captained" | "analyst" | "economist" | "lawyer" | "actor"
        | "actress" | "singer" | "leader" | "founder" | "ceo" | "executive" | "author" | "writer"
        | "journalist" | "reporter" | "lawmaker" | "activist" | "official" | "head" | "co-founder"
        | "historian" | "physicist" | "composer" | "guitarist" | "son" | "daughter" | "wife" | "husband"
        | "born" | "aged" | "who" => ROLE,
        "shares" | "company" | "firm" | "profit" | "profits" | "revenue" | "sales" | "stock" | "stocks"
        | "unit" | "subsidiary" | "bank" | "maker" | "carmaker" | "airline" | "shareholders" | "acquired"
        | "merger" | "ceos" | "brand" | "customers" | "employees" => BUSINESS,
        _ => 0,
    };
    if matches!(
        bare,
        "of" | "and"
            | "for"
            | "the"
            | "de"
            | "&"
            | "in"
            | "on"
            | "to"
            | "at"
            | "a"
            | "y"
            | "e"
            | "et"
            | "und"
            | "des"
            | "delle"
            | "les"
            | "-"
            | "/"
            | "s"
            | "'s"
            | "'"
            | "du"
            | "da"
            | "del"
            | "la"
            | "le"
            | "di"
            | "van"
            | "von"
            | "der"
            | "den"
            | "bin"
            | "al"
            | "el"
            | "dos"
            | "das"
            | "do"
            | "della"
            | "an"
            | "n"
            | "with"
            | "or"
            | "upon"
            | "amp"
            | "ibn"
            | "zu"
            | "af"
            | "ul"
            | "bint"
            | "ter"
            | "ten"
            | "sur"
            | "en"
            | "i"
            | "d'"
            | "+"
    ) {
        bits |= LINK;
    }
    if matches!(
        bare,
        "prime"
            | "foreign"
            | "vice"
            | "deputy"
            | "defense"
            | "defence"
            | "interior"
            | "finance"
            | "justice"
            | "assistant"
            | "associate"
            | "acting"
            | "interim"
            | "state"
            | "national"
            | "executive"
            | "police"
            | "army"
            | "navy"
            | "senior"
            | "press"
            | "home"
            | "trade"
            | "energy"
            | "health"
            | "education"
            | "economy"
            | "treasury"
            | "under"
            | "lead"
            | "staff"
            | "security"
            | "affairs"
            | "managing"
            | "supreme"
            | "grand"
            | "crown"
            | "former"
    ) {
        bits |= OFFICE;
    }
    if function_word(bare) {
        bits |= FUNCTION;
    }
    match bare {
        "the" => bits |= THE,
        "'s" => bits |= POSSESSIVE,
        "," | "and" | "or" | "&" | "/" => bits |= JOINS,
        _ => {}
    }
    bits
}

fn function_word(word: &str) -> bool {
    matches!(
        word,
        "a" | "an"
            | "the"
            | "this"
            | "that"
            | "these"
            | "those"
            | "he"
            | "she"
            | "it"
            | "they"
            | "we"
            | "i"
            | "you"
            | "his"
            | "her"
            | "its"
            | "their"
            | "our"
            | "my"
            | "your"
            | "him"
            | "them"
            | "us"
            | "me"
            | "and"
            | "or"
            | "but"
            | "nor"
            | "so"
            | "yet"
            | "if"
            | "when"
            | "while"
            | "because"
            | "although"
            | "though"
            | "unless"
            | "until"
            | "since"
            | "as"
            | "than"
            | "in"
            | "on"
            | "at"
            | "by"
            | "for"
            | "from"
            | "to"
            | "of"
            | "with"
            | "without"
            | "about"
            | "after"
            | "before"
            | "during"
            | "between"
            | "among"
            | "against"
            | "into"
            | "over"
            | "under"
            | "through"
            | "despite"
            | "is"
            | "are"
            | "was"
            | "were"
            | "be"
            | "been"
            | "has"
            | "have"
            | "had"
            | "do"
            | "does"
            | "did"
            | "can"
            | "could"
            | "may"
            | "might"
            | "must"
            | "shall"
            | "should"
            | "would"
            | "not"
            | "no"
            | "yes"
            | "there"
            | "here"
            | "what"
            | "which"
            | "who"
            | "whom"
            | "whose"
            | "where"
            | "why"
            | "how"
            | "also"
            | "however"
            | "meanwhile"
            | "moreover"
            | "then"
            | "now"
            | "all"
            | "some"
            | "any"
            | "each"
            | "every"
            | "both"
            | "many"
            | "most"
            | "more"
            | "several"
            | "such"
            | "other"
            | "another"
            | "only"
            | "even"
            | "still"
            | "just"
            | "i'm"
            | "it's"
            | "don't"
            | "i've"
            | "we're"
            | "that's"
            | "there's"
            | "he's"
            | "she's"
            | "they're"
            | "you're"
    )
}

//! Lists of names enter; names to fill patterns with leave: listed ones, and ones made up of listed parts.

use dateline::annotate::tagger::lexicon::{kind, list};

use crate::names::Names;
use crate::plan::Dice;

/// Names by what they may fill.
#[derive(Default)]
pub struct Stock {
    /// Clubs of one or two words.
    pub clubs: Vec<String>,
    /// Sovereign states.
    pub countries: Vec<String>,
    /// Cities that are nothing else.
    pub towns: Vec<String>,
    /// Given names that are no family names.
    pub given: Vec<String>,
    /// Family names that are no given names.
    pub family: Vec<String>,
    /// Firms.
    pub companies: Vec<String>,
    /// `French`
    pub demonyms: Vec<String>,
    /// Clubs whose name begins with that of a town: the town, the rest.
    teams: Vec<[String; 2]>,
}

/// Sorts names into the stock; what is several things at once stays out.
pub fn stock(names: &Names) -> Stock {
    let mut out = Stock::default();
    for (name, &bits) in &names.names {
        let words = name.split(' ').count();
        let plain = name.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '-' | '\'' | '.'));
        if bits & kind::CLUB != 0 && plain {
            out.teams.extend(name.match_indices(' ').filter_map(|(at, _)| {
                let (town, rest) = (&name[..at], &name[at + 1..]);
                let city = names.names.get(town).is_some_and(|b| b & (kind::CITY | kind::REGION) != 0);
                city.then(|| [town.to_string(), rest.to_string()])
            }));
        }
        let into = match bits & !(kind::COMMON | kind::CITY) {
            _ if !plain || words > 3 => continue,
            0 if bits == kind::CITY && words < 3 => &mut out.towns,
            kind::CLUB if words < 3 => &mut out.clubs,
            kind::COUNTRY if words < 3 && name.chars().count() > 3 => &mut out.countries,
            kind::COMPANY => &mut out.companies,
            kind::DEMONYM if words == 1 && !name.ends_with('s') => &mut out.demonyms,
            _ => continue,
        };
        into.push(name.clone());
    }
    for (word, &bits) in &names.words {
        let mut letters = word.chars();
        let simple = word.chars().all(char::is_alphabetic);
        let Some(first) = letters.next().filter(|c| simple && c.is_ascii_lowercase()) else { continue };
        let name: String = first.to_uppercase().chain(letters).collect();
        match bits & (list::GIVEN | list::FAMILY) {
            list::GIVEN => out.given.push(name),
            list::FAMILY => out.family.push(name),
            _ => {}
        }
    }
    out
}

/// A name in its forms: in full, in short, and as it is called beside that.
#[derive(Clone, Debug, Default)]
pub struct Forms {
    /// `Exampleville Hawks`, `Example Corp`, `National Example Union`, `Ada Example`.
    pub full: String,
    /// `Exampleville`, `Example`, `NEU`, `Example`.
    pub short: String,
    /// `Hawks`; for others as the short form.
    pub nick: String,
}

fn one(from: &[String], dice: &mut Dice) -> String {
    from[dice.roll() as usize % from.len()].clone()
}

/// One of the words that `|` separates.
fn pick(from: &str, dice: &mut Dice) -> String {
    let all: Vec<&str> = from.split('|').collect();
    all[dice.roll() as usize % all.len()].to_string()
}

const NICKS: &str = "Tigers|Hawks|Bears|Kings|Royals|Stars|Giants|Pilots|Flyers|Comets|Chiefs|Rams|Eagles|Lions|Sharks|\
    Wolves|Storm|Thunder|Wings|Pirates|Rangers|Senators|Bulls|Kings|Rockets|Suns|Blazers|Knights|Panthers|Cardinals|\
    Red Wings|White Sox|Blue Jays|Twins|Athletics|Angels|Heat|Jazz|Magic|Nets|Braves|Saints|Colts|Jets|Bills";
const SIDES: &str =
    "United|City|Rovers|Wanderers|Athletic|Town|Albion|FC|SC|County|Rangers|Dynamo|Sporting|Villa|Hotspur";
const SUFFIXES: &str = "Corp|Inc|Plc|Ltd|Group|Holdings|AG|Co|SA|NV|Industries|Bank|Energy|Communications|Wireless|Foods|\
    Pharmaceuticals|Motors|Airlines|Securities|Capital|Partners|Technologies|Systems|Resources|Mining|Oil|Steel|\
    Insurance|Inc.|Corp.|Ltd.|Co.|Electric|Media|Financial|Chemicals|Brands|Stores|Shipping|Shipbuilding|Therapeutics|\
    Consulting|Trust|Power|Gas|Petroleum|SpA|AB|ASA|Bhd|GmbH|Logistics|Aviation|Semiconductor|Entertainment|Properties";
const HEADS: &str = "tel|corp|kraft|soft|gen|com|med|tec|line|ex|ia|oil|bank|ron|ara|max|pharm|chem|net|dyne|trade|gas|air|\
    mart|ner|lux|ix|is|a|o|co|sys|quest|span|star|link|plan|wave|metal|stal|invest|cel|zen|ta|va";
const SORTS: &str = "National|Federal|International|European|United|Central|General|Independent|Democratic|People's|Global|\
    Popular|Islamic|Christian|Patriotic|Republican|American|African|Asian|World|State|Royal|Socialist|Revolutionary|Public";
const FIELDS: &str = "Trade|Labour|Health|Energy|Farmers|Press|Securities|Aviation|Football|Police|Liberation|Socialist|\
    Workers|Environment|Statistics|Space|Weather|Nuclear|Electoral|Human Rights|Oil|Grain|Investment|Food|Competition|\
    Railway|Research|Disease Control|Olympic|Teachers|Coal|Transport|Development|Monetary|Security|Defence|Justice|Salvation";
const BODIES: &str = "Union|Party|Agency|Commission|Council|Authority|Front|Association|Federation|Institute|Bureau|Board|\
    Movement|Congress|Office|Service|Fund|Organisation|Committee|Army|Corp|Bank|Company|Alliance|Exchange|Society|Guard";
const POSTS: &str = "Finance|Foreign|Interior|Defence|Defense|Health|Justice|Trade|Energy|Transport|Agriculture|Labour|\
    Education|Economy|Industry|Environment|Commerce|Treasury|State|Oil|Information|Tourism|Culture|Planning";
const RULERS: &str = "Supreme Court|Parliament|Senate|National Assembly|State Department|Pentagon|White House|Kremlin|\
    Treasury|Congress|Central Bank|Constitutional Court|High Court|Foreign Office|Federal Reserve|European Commission|\
    United Nations|U.N. Security Council|European Parliament|House of Commons|Navy|Air Force|National Guard|Coast Guard";
const LEAGUES: &str =
    "NBA|NHL|NFL|National Basketball Association|National Hockey League|National Football League|NBA|NHL";
const COUNTIES: &str = "Yorkshire|Lancashire|Surrey|Essex|Kent|Leicestershire|Derbyshire|Warwickshire|Middlesex|Sussex|\
    Hampshire|Somerset|Gloucestershire|Glamorgan|Worcestershire|Northamptonshire|Nottinghamshire|Durham|Victoria|Tasmania|\
    Queensland|New South Wales|Transvaal|Natal|Punjab|Karachi|Bombay|Barbados|Jamaica|Otago|Canterbury|Wellington";
const ENDS: &str = "ville|ton|ham|burg|stadt|grad|abad|pur|iya|ovo|ia|a|os|ana|dale|ford|field|heim|berg|bad|ara|oma|uru|ino|\
    eni|kot|shan|zhou|jima|wick|by|aya|ula|ede|ou|et|as|is";
const GROUNDS: &str = "Park|Stadium|Arena|Center|Road|Oval|Ground|Garden|Coliseum|Hall|Lane|Field";
const DESKS: &str = "Newswire|News Agency|Press|News|Press Agency|Wire|Press Association";
const AGENCIES: &str = "Reuters|AP|AFP|Reuters|Xinhua|Reuters|Interfax|Kyodo|Reuters|Bloomberg|dpa|Tass";

impl Stock {
    /// A person: the short form is the family name.
    pub fn person(&self, dice: &mut Dice) -> Forms {
        let mut family = one(&self.family, dice);
        if dice.roll().is_multiple_of(20) {
            family = format!("{family}-{}", one(&self.family, dice));
        }
        Forms { full: format!("{} {family}", one(&self.given, dice)), nick: family.clone(), short: family }
    }

    /// A club of a town with a by-name, listed or made up.
    pub fn team(&self, dice: &mut Dice) -> Forms {
        let [short, nick] = if dice.roll().is_multiple_of(2) {
            self.teams[dice.roll() as usize % self.teams.len()].clone()
        } else {
            [one(&self.towns, dice), pick(NICKS, dice)]
        };
        Forms { full: format!("{short} {nick}"), short, nick }
    }

    /// A football club: in full listed, or a town and what clubs are called; in short mostly the town.
    pub fn side(&self, dice: &mut Dice) -> Forms {
        if dice.roll().is_multiple_of(3) {
            let club = one(&self.clubs, dice);
            return Forms { short: club.clone(), nick: club.clone(), full: club };
        }
        let short = one(&self.towns, dice);
        let nick = pick(SIDES, dice);
        let full = if dice.roll().is_multiple_of(2) { short.clone() } else { format!("{short} {nick}") };
        Forms { full, short, nick }
    }

    /// A firm, most of them made up of letters, syllables, family names or towns.
    pub fn firm(&self, dice: &mut Dice) -> Forms {
        let listed = |from: &[String], dice: &mut Dice| {
            let name = one(from, dice);
            Forms { short: name.clone(), nick: name.clone(), full: name }
        };
        let short = match dice.roll() % 12 {
            0..=2 => return listed(&self.companies, dice),
            3 => {
                let town = [format!("{} {}", one(&self.towns, dice), pick(SUFFIXES, dice))];
                return listed(&town, dice);
            }
            4 | 5 => one(&self.family, dice),
            6 | 7 => {
                let letters = 2 + dice.roll() % 3;
                (0..letters).map(|_| (b'A' + (dice.roll() % 26) as u8) as char).collect()
            }
            _ => {
                let stem: String =
                    one(&self.family, dice).chars().take(3 + dice.roll() as usize % 3).collect();
                format!("{stem}{}", pick(HEADS, dice))
            }
        };
        let full = match dice.roll() % 6 {
            0 => format!("{short} & {}", one(&self.family, dice)),
            1 => format!("{short} {} {}", pick(SUFFIXES, dice), pick("Corp|Inc|Ltd|Plc|Co|Group", dice)),
            _ => format!("{short} {}", pick(SUFFIXES, dice)),
        };
        Forms { full, nick: short.clone(), short }
    }

    /// A body with its initials.
    pub fn body(&self, dice: &mut Dice) -> Forms {
        let (sort, field, head) = (pick(SORTS, dice), pick(FIELDS, dice), pick(BODIES, dice));
        let country = one(&self.countries, dice);
        let full = match dice.roll() % 7 {
            0 => format!("{field} {head} of {country}"),
            1 => format!("{country} {field} {head}"),
            2 => format!("{sort} {head} of {field}"),
            3 => format!("{sort} {head} for {field} and {}", pick(FIELDS, dice)),
            4 => format!("{sort} {head} of {country}"),
            _ => format!("{sort} {field} {head}"),
        };
        let short: String =
            full.split(' ').filter_map(|w| w.chars().next()).filter(|c| c.is_uppercase()).collect();
        Forms { full, nick: short.clone(), short }
    }

    /// A ministry, a court, a chamber.
    pub fn government(&self, dice: &mut Dice) -> String {
        let post = pick(POSTS, dice);
        match dice.roll() % 6 {
            0 => format!("Ministry of {post}"),
            1 => format!("Department of {post}"),
            2 => format!("{post} Ministry"),
            3 => format!("Bank of {}", one(&self.countries, dice)),
            4 => format!("{post} Department"),
            _ => pick(RULERS, dice),
        }
    }

    /// A small place that no list knows, or a listed town.
    pub fn spot(&self, dice: &mut Dice) -> String {
        match dice.roll() % 3 {
            0 => one(&self.towns, dice),
            1 => one(&self.family, dice),
            _ => {
                let stem: String =
                    one(&self.towns, dice).chars().take(3 + dice.roll() as usize % 3).collect();
                format!("{}{}", stem.trim(), pick(ENDS, dice))
            }
        }
    }

    /// A ground, an arena.
    pub fn ground(&self, dice: &mut Dice) -> String {
        format!("{} {}", one(&self.family, dice), pick(GROUNDS, dice))
    }

    /// A league that is a body.
    pub fn league(&self, dice: &mut Dice) -> String {
        pick(LEAGUES, dice)
    }

    /// A county or province that plays cricket.
    pub fn county(&self, dice: &mut Dice) -> String {
        pick(COUNTIES, dice)
    }

    /// A news agency.
    pub fn agency(&self, dice: &mut Dice) -> String {
        if dice.roll().is_multiple_of(3) {
            let first =
                if dice.roll().is_multiple_of(2) { one(&self.family, dice) } else { one(&self.towns, dice) };
            format!("{first} {}", pick(DESKS, dice))
        } else {
            pick(AGENCIES, dice)
        }
    }

    /// A listed name.
    pub fn listed(&self, from: &[String], dice: &mut Dice) -> String {
        one(from, dice)
    }
}

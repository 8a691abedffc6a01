//! Folded words of names enter; which of them are the family name, and whether two names may be one person's, leave.
//!
//! Rules, not lists of people: particles (`von der Leyen`), names in the eastern order (`Kim Jong Un`), patronymics
//! (`bin Salman`), double family names (`López Obrador`), the article of Arabic names (`al-Assad`), regnal numbers.

/// Words that belong to the family name behind them.
const PARTICLES: [&str; 27] = [
    "von", "van", "der", "den", "de", "del", "della", "di", "da", "dos", "das", "du", "la", "le", "bin",
    "ibn", "bint", "al", "el", "ben", "abu", "ter", "zu", "af", "st", "san", "y",
];

/// Family names that stand first, as Chinese, Korean and Vietnamese are written.
const EASTERN: [&str; 78] = [
    "kim", "park", "lee", "moon", "yoon", "ban", "roh", "choi", "chung", "jung", "kang", "cho", "han",
    "shin", "xi", "hu", "li", "wang", "deng", "zhao", "jiang", "zhou", "mao", "ho", "nguyen", "zhang",
    "chen", "liu", "yang", "huang", "wu", "xu", "sun", "zhu", "ma", "guo", "lin", "luo", "gao", "zheng",
    "liang", "xie", "song", "tang", "feng", "dong", "xiao", "cao", "yuan", "cai", "peng", "pan", "tian",
    "wei", "ding", "lu", "jia", "fu", "fan", "tsai", "lai", "hou", "ko", "pham", "tran", "vo", "phan", "le",
    "to", "truong", "mun", "ri", "pak", "choe", "jang", "hwang", "chow", "lam",
];

/// Given names that stand in the first place before western family names and are in the list above as well.
const WESTERN_ENDINGS: [&str; 3] = ["lee", "kim", "ban"];

fn is_suffix(word: &str) -> bool {
    matches!(word, "jr" | "jr." | "sr" | "sr." | "ii" | "iii" | "iv")
}

/// Whether a folded word belongs to the family name behind it.
pub fn is_particle(word: &str) -> bool {
    PARTICLES.contains(&word)
}

/// A word without the Arabic article before it: `al-Assad` → `assad`.
pub fn bare(word: &str) -> &str {
    for article in ["al-", "el-", "ul-", "ad-", "as-", "ar-", "an-", "at-", "ash-", "az-"] {
        if let Some(rest) = word.strip_prefix(article)
            && rest.len() > 2
        {
            return rest;
        }
    }
    word
}

/// The name without `Jr.` and its like at the end.
fn core<T: AsRef<str>>(full: &[T]) -> &[T] {
    match full {
        [front @ .., last] if front.len() >= 2 && is_suffix(last.as_ref()) => front,
        _ => full,
    }
}

/// The word under which an index should keep a name as said in short: its last word, bare.
pub fn key<T: AsRef<str>>(full: &[T]) -> &str {
    core(full).last().map_or("", |w| bare(w.as_ref()))
}

/// The first word, where it may stand for the whole: the family name of an eastern name, or a name with a number.
pub fn front_key<T: AsRef<str>>(full: &[T]) -> Option<&str> {
    let first = full.first()?.as_ref();
    let regnal = full.get(1).is_some_and(|w| is_roman(w.as_ref()));
    (is_eastern(full) || regnal).then_some(first)
}

fn is_roman(word: &str) -> bool {
    !word.is_empty() && word.len() < 6 && word.bytes().all(|b| matches!(b, b'i' | b'v' | b'x'))
}

/// Whether a name has its family name first, as far as its words tell.
pub fn is_eastern<T: AsRef<str>>(full: &[T]) -> bool {
    let [first, rest @ ..] = full else { return false };
    let first = first.as_ref();
    if !EASTERN.contains(&first) || rest.is_empty() || rest.len() > 2 {
        return false;
    }
    let syllables = |w: &str| w.split('-').all(|part| part.len() <= 6 && !part.is_empty());
    let rest_fits = rest.iter().all(|w| syllables(w.as_ref()));
    // `Kim Clijsters`, `Lee Anderson`: a single long word behind a word that westerners bear as a given name.
    let western = WESTERN_ENDINGS.contains(&first) && rest.len() == 1 && !rest[0].as_ref().contains('-');
    rest_fits && !western
        || rest.len() == 1 && rest[0].as_ref().contains('-')
        || rest.len() == 1 && rest_fits_two(rest[0].as_ref()) && !western
}

/// `Jinping`, `Keqiang`: two syllables written together.
fn rest_fits_two(word: &str) -> bool {
    word.len() <= 10 && ["ng", "n", "i", "u", "o", "a", "e"].iter().any(|end| word.ends_with(end))
}

/// Whether `words` say the full name `full` in short, as its family name does.
pub fn is_family_name<W: AsRef<str>, F: AsRef<str>>(words: &[W], full: &[F]) -> bool {
    let full = core(full);
    let words = core(words);
    // `al Assad` for `al-Assad`.
    let article = words.len() == 2
        && full.len() >= 2
        && matches!(words[0].as_ref(), "al" | "el")
        && bare(words[1].as_ref()) == bare(full[full.len() - 1].as_ref());
    if article || words.is_empty() || words.len() >= full.len() {
        return article;
    }
    let same = |a: &W, b: &F| bare(a.as_ref()) == bare(b.as_ref());
    if let [word] = words {
        if front_key(full) == Some(word.as_ref()) {
            return true;
        }
        // `Kim Jong Un` is not called `Un`, and the father of Mohammed bin Salman is called `Salman`.
        let father = full.len() >= 3
            && full[1..full.len() - 1].iter().any(|w| matches!(w.as_ref(), "bin" | "ibn" | "bint"));
        if father || is_eastern(full) && full.len() > 2 {
            return false;
        }
        return same(word, &full[full.len() - 1]);
    }
    let tail = &full[full.len() - words.len()..];
    let ends = words.iter().zip(tail).all(|(a, b)| same(a, b));
    let particles = words[..words.len() - 1].iter().all(|w| PARTICLES.contains(&w.as_ref()));
    let double = words.len() == 2 && full.len() >= 3 && words[0].as_ref().len() > 2 && !is_eastern(full);
    ends && (particles || double)
}

/// A word with the spellings of transliteration made one: `sergei` and `sergey`, `zelenskiy` and `zelenskyy`.
/// Two words with the same skeleton may be one name; equal words always have the same.
pub fn skeleton(word: &str) -> String {
    let mut word: String = bare(word).chars().filter(|c| c.is_alphanumeric()).collect();
    const ENDS: [(&str, &str); 12] = [
        ("skyy", "ski"),
        ("skiy", "ski"),
        ("skij", "ski"),
        ("skii", "ski"),
        ("sky", "ski"),
        ("ckyj", "cki"),
        ("iy", "i"),
        ("yy", "i"),
        ("ij", "i"),
        ("ei", "ey"),
        ("ai", "ay"),
        ("off", "ov"),
    ];
    if let Some((end, to)) = ENDS.iter().find(|(end, _)| word.ends_with(end) && word.len() > end.len()) {
        word.truncate(word.len() - end.len());
        word.push_str(to);
    }
    if let Some(other) = MUHAMMADS.iter().find(|m| **m == word) {
        word = other.replace(other, "muhammad");
    }
    const INNER: [(&str, &str); 14] = [
        ("kh", "h"),
        ("gh", "g"),
        ("dj", "j"),
        ("tch", "ch"),
        ("tsch", "ch"),
        ("sch", "sh"),
        ("ou", "u"),
        ("oo", "u"),
        ("ee", "i"),
        ("ph", "f"),
        ("ya", "ia"),
        ("yu", "iu"),
        ("ye", "e"),
        ("q", "k"),
    ];
    for (from, to) in INNER {
        if word.contains(from) {
            word = word.replace(from, to);
        }
    }
    let mut out = String::with_capacity(word.len());
    for c in word.chars() {
        let c = match c {
            'y' => 'i',
            'w' => 'v',
            c => c,
        };
        if !out.ends_with(c) {
            out.push(c);
        }
    }
    out
}

const MUHAMMADS: [&str; 8] =
    ["muhammad", "mohammed", "mohammad", "mohamed", "mohamad", "muhammed", "mohamud", "mahomet"];

/// How far two full names of persons agree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Likeness {
    No,
    /// The same family name, and one given name is the other's initial or its short form.
    Initial,
    /// The same but for transliteration.
    Spelling,
    /// The same but for names or initials in the middle.
    Middle,
    Same,
}

/// Short and long forms of given names.
const SHORT_FORMS: [(&str, &str); 30] = [
    ("joe", "joseph"),
    ("bill", "william"),
    ("bob", "robert"),
    ("jim", "james"),
    ("mike", "michael"),
    ("dick", "richard"),
    ("tom", "thomas"),
    ("tony", "anthony"),
    ("dan", "daniel"),
    ("dave", "david"),
    ("steve", "stephen"),
    ("steve", "steven"),
    ("chris", "christopher"),
    ("nick", "nicholas"),
    ("matt", "matthew"),
    ("tim", "timothy"),
    ("ben", "benjamin"),
    ("sam", "samuel"),
    ("ed", "edward"),
    ("ted", "edward"),
    ("chuck", "charles"),
    ("ron", "ronald"),
    ("don", "donald"),
    ("ken", "kenneth"),
    ("andy", "andrew"),
    ("liz", "elizabeth"),
    ("kate", "katherine"),
    ("jerry", "jerome"),
    ("larry", "lawrence"),
    ("pete", "peter"),
];

/// Compares two full names of persons, of folded words.
pub fn likeness<A: AsRef<str>, B: AsRef<str>>(a: &[A], b: &[B]) -> Likeness {
    let a: Vec<&str> = core(a).iter().map(AsRef::as_ref).collect();
    let b: Vec<&str> = core(b).iter().map(AsRef::as_ref).collect();
    if a.len() < 2 || b.len() < 2 {
        return Likeness::No;
    }
    if a == b {
        return Likeness::Same;
    }
    let plain = |words: &[&str]| -> Vec<String> {
        words
            .iter()
            .map(|w| bare(w).replace('-', " "))
            .collect::<Vec<_>>()
            .join(" ")
            .split(' ')
            .map(str::to_owned)
            .collect()
    };
    let (plain_a, plain_b) = (plain(&a), plain(&b));
    if plain_a == plain_b {
        return Likeness::Same;
    }
    let bones = |words: &[String]| -> Vec<String> { words.iter().map(|w| skeleton(w)).collect() };
    let (bones_a, bones_b) = (bones(&plain_a), bones(&plain_b));
    if bones_a == bones_b {
        return Likeness::Spelling;
    }
    if is_eastern(&a) || is_eastern(&b) {
        // Their given names differ in every syllable that differs.
        return if bones_a.concat() == bones_b.concat() { Likeness::Spelling } else { Likeness::No };
    }
    let (first_a, last_a) = (&bones_a[0], &bones_a[bones_a.len() - 1]);
    let (first_b, last_b) = (&bones_b[0], &bones_b[bones_b.len() - 1]);
    if last_a != last_b {
        return Likeness::No;
    }
    let (middle_a, middle_b) = (&bones_a[1..bones_a.len() - 1], &bones_b[1..bones_b.len() - 1]);
    let middles_agree = middle_a.is_empty()
        || middle_b.is_empty()
        || middle_a.iter().zip(middle_b).all(|(x, y)| x == y || is_initial_of(x, y) || is_initial_of(y, x));
    if first_a == first_b && middles_agree {
        return Likeness::Middle;
    }
    let short = SHORT_FORMS.iter().any(|(s, l)| a[0] == *s && b[0] == *l || a[0] == *l && b[0] == *s);
    let initial = is_initial_of(first_a, first_b) || is_initial_of(first_b, first_a);
    if middles_agree && (short || initial) { Likeness::Initial } else { Likeness::No }
}

fn is_initial_of(short: &str, long: &str) -> bool {
    short.chars().count() == 1 && long.starts_with(short)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(name: &str) -> Vec<String> {
        crate::text::fold::fold(name).split(' ').map(str::to_owned).collect()
    }

    #[test]
    fn family_names() {
        let check = |short: &str, full: &str, expect: bool| {
            assert_eq!(is_family_name(&words(short), &words(full)), expect, "{short} / {full}");
        };
        check("Rubio", "Marco Rubio", true);
        check("Marco", "Marco Rubio", false);
        check("von der Leyen", "Ursula von der Leyen", true);
        check("Leyen", "Ursula von der Leyen", true);
        check("bin Salman", "Mohammed bin Salman", true);
        check("Salman", "Mohammed bin Salman", false);
        check("Kim", "Kim Jong Un", true);
        check("Un", "Kim Jong Un", false);
        check("Xi", "Xi Jinping", true);
        check("Yoon", "Yoon Suk Yeol", true);
        check("Moon", "Moon Jae-in", true);
        check("Clijsters", "Kim Clijsters", true);
        check("Kim", "Kim Clijsters", false);
        check("López Obrador", "Andrés Manuel López Obrador", true);
        check("Obrador", "Andrés Manuel López Obrador", true);
        check("Assad", "Bashar al-Assad", true);
        check("al-Assad", "Bashar al-Assad", true);
        check("al Assad", "Bashar al-Assad", true);
        check("Kennedy", "Robert F. Kennedy Jr.", true);
        check("Charles", "Charles III", true);
        check("Powell", "Jerome H. Powell", true);
        check("Jim Jordan", "Jim Jordan", false);
        check("", "", false);
    }

    #[test]
    fn likenesses() {
        let check = |a: &str, b: &str, expect: Likeness| {
            assert_eq!(likeness(&words(a), &words(b)), expect, "{a} / {b}");
            assert_eq!(likeness(&words(b), &words(a)), expect, "{b} / {a}");
        };
        check("Recep Tayyip Erdoğan", "Recep Tayyip Erdogan", Likeness::Same);
        check("Bashar al-Assad", "Bashar Assad", Likeness::Same);
        check("Kim Jong-un", "Kim Jong Un", Likeness::Same);
        check("Sergei Lavrov", "Sergey Lavrov", Likeness::Spelling);
        check("Volodymyr Zelenskiy", "Volodymyr Zelenskyy", Likeness::Spelling);
        check("Volodymyr Zelensky", "Volodymyr Zelenskyy", Likeness::Spelling);
        check("Jerome H. Powell", "Jerome Powell", Likeness::Middle);
        check("J. Powell", "Jerome Powell", Likeness::Initial);
        check("Joe Biden", "Joseph Biden", Likeness::Initial);
        check("Kim Jong Un", "Kim Jong Il", Likeness::No);
        check("Kim Yo Jong", "Kim Jong Un", Likeness::No);
        check("George W. Bush", "George H. W. Bush", Likeness::No);
        check("John Smith", "Jane Smith", Likeness::No);
        check("Recep Tayyip Erdogan", "Recep Erdogan", Likeness::Middle);
        check("Mohammed Ali", "Muhammad Ali", Likeness::Spelling);
        check("Smith", "John Smith", Likeness::No);
    }
}

//! Texts that were made to hurt: of any size, each out of one thing repeated or counted up.

/// A name and the text of about `size` bytes.
pub type Shape = (&'static str, fn(usize) -> String);

/// All of them.
pub const SHAPES: [Shape; 38] = [
    ("no space", |n| "a".repeat(n)),
    ("capitals", |n| "A".repeat(n)),
    ("single capitals", |n| "A ".repeat(n / 2)),
    ("capital words", |n| "XABER QUON ".repeat(n / 11)),
    ("combining marks", |n| format!("a{}", "\u{301}".repeat(n / 2))),
    ("marked letters", |n| "A\u{301}e\u{302} ".repeat(n / 7)),
    ("right to left", |n| "שלום עולם مرحبا ".repeat(n / 30)),
    ("quotation marks", |n| "\"".repeat(n)),
    ("opening quotes", |n| "“Yes ".repeat(n / 7)),
    ("closing quotes", |n| "no” ".repeat(n / 6)),
    ("apostrophes", |n| "'s ".repeat(n / 3)),
    ("brackets", |n| "(".repeat(n)),
    ("square brackets", |n| "[[".repeat(n / 2)),
    ("pairs of brackets", |n| "Oslo (OS) ".repeat(n / 10)),
    ("stops", |n| ".".repeat(n)),
    ("stops and spaces", |n| ". ".repeat(n / 2)),
    ("abbreviations", |n| "U.S. Mr. ".repeat(n / 9)),
    ("lines", |n| "Oslo\n".repeat(n / 5)),
    ("empty lines", |n| "\n".repeat(n)),
    ("numbers", |n| "1,".repeat(n / 2)),
    ("zero width", |n| "\u{200b}".repeat(n / 3)),
    ("zeros", |n| "\0".repeat(n)),
    ("symbols", |n| "🗞€ ".repeat(n / 8)),
    ("hyphens", |n| "Ab-".repeat(n / 3)),
    ("links", |n| "http://".repeat(n / 7)),
    ("one name", |n| "Jane Example said so. ".repeat(n / 22)),
    ("titles", |n| "President Foreign Minister ".repeat(n / 27)),
    ("list of places", |n| "Paris, London, ".repeat(n / 15)),
    ("ambiguous", |n| "Jordan Georgia Washington said ".repeat(n / 31)),
    ("adjectives", |n| "Russian-American ".repeat(n / 17)),
    ("quotations", |n| "“We go,” he said. Then she told him: “No.” ".repeat(n / 50)),
    ("sides", |n| "Leeds 2 Oslo 1 at the other Paris. ".repeat(n / 35)),
    ("plans", |n| "A judge flies to Oslo on Monday. She said so, “yes”. ".repeat(n / 57)),
    ("days", |n| "on Monday, last week and in 2019 ".repeat(n / 33)),
    ("names without end", |n| counted(n, |i| format!("{} {} met. ", word(i), word(i * 7 + 3)))),
    ("surnames without end", |n| {
        counted(n, |i| format!("{} {} spoke, and {} left. ", word(i), word(i + 1), word(i + 1)))
    }),
    ("acronyms without end", |n| {
        counted(n, |i| format!("World {} Union (W{}U) grew. ", word(i), word(i)[..2].to_uppercase()))
    }),
    ("speakers without end", |n| {
        counted(n, |i| format!("“I am {i},” said Minister {} {}. ", word(i), word(i + 9)))
    }),
];

fn counted(size: usize, piece: impl Fn(usize) -> String) -> String {
    let mut out = String::with_capacity(size + 64);
    let mut i = 0;
    while out.len() < size {
        out.push_str(&piece(i));
        i += 1;
    }
    out
}

/// A made-up word of its own for every number.
fn word(number: usize) -> String {
    const SYLLABLES: [&str; 16] =
        ["ba", "de", "fi", "go", "ku", "la", "me", "ni", "po", "ru", "sa", "te", "vi", "wo", "xu", "za"];
    let mut out = String::from("Q");
    let mut rest = number;
    loop {
        out.push_str(SYLLABLES[rest % 16]);
        rest /= 16;
        if rest == 0 {
            return out;
        }
    }
}

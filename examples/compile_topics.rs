//! Compiles the IPTC table of `../shared` into `data/topics/`: identifiers, labels and relations, no definitions.
//!
//! Run it from the root of the repository: `cargo run --example compile_topics`.

#![expect(clippy::disallowed_methods, reason = "it reads and writes the files of this repository")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::{fs, io};

const NOTICE: &str = "# Media topics\n\n\
    `mediatopics.tsv` is made from the IPTC Media Topic NewsCodes as of 2023-10-24 by `examples/compile_topics.rs`.\n\
    It holds codes, labels, relations and retirement dates; the slugs and the successors of retired codes were added;\n\
    the definitions were left out.\n\n\
    Licence: Creative Commons Attribution 4.0, <https://creativecommons.org/licenses/by/4.0/>. Credit:\n\n\
    > IPTC Media Topic NewsCodes, © International Press Telecommunications Council (IPTC), iptc.org, CC BY 4.0;\n\
    > converted to TSV.\n\n\
    A site that shows the labels must carry this credit.\n";

struct Row {
    id: String,
    parent: String,
    label: String,
    label_us: String,
    wikidata: String,
    retired: String,
}

fn main() -> io::Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let source = fs::read_to_string(root.join("../shared/data/topics/iptc-mediatopics.tsv"))?;
    let mut rows: Vec<Row> = source.lines().skip(1).filter_map(row).collect();
    rows.sort_by(|a, b| a.id.cmp(&b.id));
    let slugs = slugs(&rows);
    let mut out = String::from("# id\tparent\tslug\tlabel\tlabel_us\twikidata\tretired\tsuccessor\n");
    for row in &rows {
        let successor = successor(row, &rows).unwrap_or_default();
        let slug = slugs.get(row.id.as_str()).map_or("", String::as_str);
        let fields =
            [&row.id, &row.parent, slug, &row.label, &row.label_us, &row.wikidata, &row.retired, successor];
        out.push_str(&fields.join("\t"));
        out.push('\n');
    }
    fs::write(root.join("data/topics/mediatopics.tsv"), &out)?;
    fs::write(root.join("data/topics/NOTICE.md"), NOTICE)?;
    println!("{} topics, {} bytes", rows.len(), out.len());
    Ok(())
}

fn row(line: &str) -> Option<Row> {
    let fields: Vec<&str> = line.split('\t').collect();
    let [id, parent, label, label_us, _definition, wikidata, retired] = fields.as_slice() else {
        return None;
    };
    Some(Row {
        id: id.trim_start_matches("medtop:").to_owned(),
        parent: parent.trim_start_matches("medtop:").to_owned(),
        label: (*label).to_owned(),
        label_us: (*label_us).to_owned(),
        wikidata: wikidata.trim_start_matches('Q').to_owned(),
        retired: (*retired).to_owned(),
    })
}

/// A concept in use has the slug of its British label; of two with the same label, the one with the greater id, or
/// the retired one, has its number added.
fn slugs(rows: &[Row]) -> BTreeMap<&str, String> {
    let mut order: Vec<&Row> = rows.iter().collect();
    order.sort_by_key(|row| (!row.retired.is_empty(), row.id.as_str()));
    let mut taken = BTreeSet::new();
    let mut slugs = BTreeMap::new();
    for row in order {
        let words = row.label.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
        let mut slug = words.collect::<Vec<_>>().join("-").to_ascii_lowercase();
        if !taken.insert(slug.clone()) {
            slug = format!("{slug}-{}", row.id);
            taken.insert(slug.clone());
        }
        slugs.insert(row.id.as_str(), slug);
    }
    slugs
}

/// The concept in use with the same label, else the only one in use that IPTC maps to the same Wikidata item.
fn successor<'a>(row: &Row, rows: &'a [Row]) -> Option<&'a str> {
    if row.retired.is_empty() {
        return None;
    }
    let used = || rows.iter().filter(|other| other.retired.is_empty());
    let named = used().find(|other| other.label.eq_ignore_ascii_case(&row.label));
    let mut mapped = used().filter(|other| !row.wikidata.is_empty() && other.wikidata == row.wikidata);
    let found = named.or_else(|| mapped.next().filter(|_| mapped.next().is_none()));
    found.map(|other| other.id.as_str())
}

//! Looks names up in the embedded pack: `cargo run --example ask_knowledge -- "Georgia" "Sergey Lavrov"`.

use dateline::knowledge::describe::describe;
use dateline::knowledge::{fold, load};

fn main() {
    let knowledge = load();
    for surface in std::env::args().skip(1) {
        println!("{surface}");
        let folded = fold::fold(&surface);
        let found = knowledge.candidates(&folded).chain(knowledge.surname(&folded).take(3));
        for candidate in found {
            let Some(record) = knowledge.record(candidate.id) else { continue };
            println!(
                "  {} [{:?} {:?} tier {} prior {} weak {} fits {}] {} — {} {:?}",
                record.slug,
                candidate.via,
                record.brief.sub_kind,
                record.brief.tier,
                knowledge.prior(candidate),
                candidate.weak,
                candidate.fits(&surface),
                record.name,
                describe(&knowledge, &record),
                record.aliases,
            );
        }
    }
}

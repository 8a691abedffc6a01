//! A place in an article and the decisions about it enter; the one that settled it leaves.

use crate::{
    assemble::decisions::anchor::{Flat, Found},
    model::{Decision, Span},
};

/// The decision that holds at `span`: of those in the article's own file one about this place before one about all places of
/// the name, and these before one about the name wherever it stands. The last word of a file counts.
pub fn settled<'d>(
    flat: &Flat,
    span: Span,
    own: &'d [Decision],
    names: &'d [Decision],
) -> Option<&'d Decision> {
    let quote = flat.quote(span);
    let about = |decisions: &'d [Decision], every: bool| {
        let here = move |d: &&Decision| d.quote == quote && d.every == every;
        decisions.iter().rev().filter(here)
    };
    let at = |d: &&Decision| flat.find(&d.quote, &d.prefix, &d.suffix, d.at) == Found::At(span);
    let place = about(own, false).find(at);
    place.or_else(|| about(own, true).next()).or_else(|| names.iter().rev().find(|d| d.quote == quote))
}

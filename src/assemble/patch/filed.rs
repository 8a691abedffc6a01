//! What edited articles are filed under, before and after, enters; the sections, sources and authors that follow leave.

use crate::{
    assemble::{
        editions, groups,
        patch::{
            Faults,
            places::{Earlier, Plan},
        },
    },
    model::{
        Article,
        site::{Content, Entry, Site},
    },
};

/// Makes the sections, sources and authors anew that the edits change. `None` where the settings of a section bring other
/// articles to an edition or keep them from it.
pub fn groups(site: &mut Site, earlier: &Earlier<'_>, plan: &Plan, content: &Content) -> Option<()> {
    if plan.any(|article| article.source.clone()) {
        groups::sources(site);
    }
    if plan.any(|article| Some(article.authors.clone()).filter(|authors| !authors.is_empty())) {
        groups::authors(site);
    }
    if plan.any(|article| article.section.clone()) {
        groups::sections(site, content);
        let stays = |(i, now): (u32, &Entry)| {
            let before = earlier.entry(i);
            let moved = before.article.date.is_none() || now.article.date.is_none();
            moved || editions::in_edition(site, now) == editions::in_edition(earlier.last, before)
        };
        return (0..).zip(&site.articles).all(stays).then_some(());
    }
    Some(())
}

/// Whether a picture for sharing may come or go.
pub fn pictured(plan: &Plan) -> bool {
    plan.shown.iter().any(|shown| match (&shown.before, &shown.now) {
        (Some(before), Some(now)) => before.title != now.title || before.image != now.image,
        _ => true,
    })
}

/// Whether all is the same that the place and the address of an article follow from, and what others say of it: otherwise it
/// goes, and comes again. A field that is named here and not compared is shown on pages only, counts within its own article
/// and edition, or is followed.
pub fn alike(a: &Article, b: &Article, faults: &Faults) -> bool {
    // Lines that moved matter to what was found wrong in them.
    let faulty = || {
        let mut places = faults.others.iter().filter_map(|fault| fault.place.as_ref());
        places.any(|place| place.path == a.path)
    };
    let Article {
        path,
        hash: _,
        slug,
        title: _,
        date,
        updated: _,
        source: _,
        source_url,
        section: _,
        authors: _,
        dateline: _,
        summary: _,
        key_points: _,
        topics: _,
        entities,
        story: _,
        draft,
        publish_at,
        expires,
        corrections,
        image: _,
        aliases,
        lang,
        translation_key,
        noindex,
        template: _,
        weight: _,
        extra: _,
        prose: _,
        wire: _,
        doubts: _,
        keys: _,
        places,
        assets: _,
    } = a;
    *path == b.path
        && *slug == b.slug
        && *date == b.date
        && source_url.is_some() == b.source_url.is_some()
        && *draft == b.draft
        && *publish_at == b.publish_at
        && *expires == b.expires
        && *corrections == b.corrections
        && *aliases == b.aliases
        && *lang == b.lang
        && *translation_key == b.translation_key
        && *noindex == b.noindex
        && (*entities == b.entities && *places == b.places || !faulty())
}

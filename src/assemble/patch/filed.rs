//! What an edited article is filed under, before and after, enters; the sections, sources and authors that follow leave, or
//! nothing where the order, the addresses or the stories of the site would be others.

use crate::{
    assemble::{
        editions, groups,
        memory::{Memory, Piece},
        patch::Faults,
    },
    model::{
        Article, feeds,
        page::{FeedOf, numbered},
        site::{Content, Group, Site},
    },
};

/// Which groups an edit changes.
pub struct Groups {
    sections: bool,
    sources: bool,
    authors: bool,
}

impl Groups {
    /// `changed` are places among the memory's pieces, each with the piece that was there.
    pub fn of(changed: &[(u32, Piece)], memory: &Memory) -> Groups {
        let any = |differs: fn(&Article, &Article) -> bool| {
            changed.iter().any(|(i, old)| differs(&old.article, &memory.pieces[*i as usize].article))
        };
        Groups {
            sections: any(|a, b| a.section != b.section),
            sources: any(|a, b| a.source != b.source),
            authors: any(|a, b| a.authors != b.authors),
        }
    }

    /// Makes the groups anew, and says whether the list of pages may follow from them. `None` where an article comes to an
    /// edition or leaves it.
    pub fn again(&self, site: &mut Site, last: &Site, content: &Content) -> Option<bool> {
        if self.sections {
            groups::sections(site, content);
        }
        if self.sources {
            groups::sources(site);
        }
        if self.authors {
            groups::authors(site);
        }
        let stays = |(now, before)| editions::in_edition(site, now) == editions::in_edition(last, before);
        if self.sections && !site.articles.iter().zip(&last.articles).all(stays) {
            return None;
        }
        let by = site.config.paginate_by;
        let sections = self.sections
            && !(paged_alike(&site.sections, &last.sections, by, |s| s.value.paginate_by)
                && (0..site.sections.len() as u32).all(|i| {
                    let archives = |site: &Site| feeds::archives(site, FeedOf::Section(i));
                    archives(site) == archives(last)
                }));
        let sources = self.sources && !paged_alike(&site.sources, &last.sources, by, |_| None);
        let authors = self.authors && !paged_alike(&site.authors, &last.authors, by, |_| None);
        Some(sections || sources || authors)
    }
}

/// Whether groups have the same pages.
fn paged_alike<T>(a: &[Group<T>], b: &[Group<T>], by: usize, own: fn(&Group<T>) -> Option<usize>) -> bool {
    let pages =
        |group: &Group<T>| (group.path.clone(), numbered(group.articles.len(), own(group).unwrap_or(by)));
    a.iter().map(pages).eq(b.iter().map(pages))
}

/// Whether a picture for sharing may come or go.
pub fn pictured(changed: &[(u32, Piece)], memory: &Memory) -> bool {
    changed.iter().any(|(i, old)| {
        let (old, new) = (&old.article, &memory.pieces[*i as usize].article);
        old.title != new.title || old.image != new.image
    })
}

/// Whether all is the same that the order and the addresses of a site follow from, and what others say of an article. A field
/// that is named here and not compared is shown on pages only, counts within its own article and edition, or is followed.
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
        story,
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
        && *entities == b.entities
        && *story == b.story
        && *draft == b.draft
        && *publish_at == b.publish_at
        && *expires == b.expires
        && *corrections == b.corrections
        && *aliases == b.aliases
        && *lang == b.lang
        && *translation_key == b.translation_key
        && *noindex == b.noindex
        && (*places == b.places || !faulty())
}

//! What earlier runs worked out, in memory and on disk. It never changes a result, only the time that it takes.

use std::{path::PathBuf, sync::Arc};

use rayon::iter::{IntoParallelIterator, ParallelIterator};

use crate::{
    annotate::{threshold::Band, touched::Sketch},
    disk::cache::{self, Key},
    pipeline::{
        Options,
        annotations::{Annotations, Kept, Row},
        sources::Sources,
        texts::Texts,
    },
    render::Templates,
};

/// What earlier runs read and worked out. Never changes a result, only the time it takes.
#[derive(Default)]
pub struct Memo {
    pub(super) sources: Sources,
    pub(super) texts: Texts,
    pub(super) annotations: Annotations,
    /// Pictures that were looked at.
    pub(super) pictures: super::pictures::Known,
    pub(super) assembly: crate::assemble::Memory,
    /// The templates of the last theme, compiled.
    pub(super) templates: Option<Arc<Templates>>,
    #[cfg(feature = "search")]
    pub(super) search: super::search::Known,
}

/// What earlier builds of the site worked out, as kept on disk; empty when nothing is.
pub fn memo(options: &Options) -> Memo {
    let mut memo = Memo::default();
    let read: Vec<(Key, [Key; 2], Kept)> = cache::load(&cache_file(options))
        .into_par_iter()
        .filter_map(|(key, bytes)| {
            let (base, rest) = bytes.split_first_chunk::<16>()?;
            let (quick, rest) = rest.split_first_chunk::<16>()?;
            let ([first, last], rest) = rest.split_first_chunk::<2>()?;
            let (signs, rest) = rest.split_first_chunk::<4>()?;
            let (signs, rest) = rest.split_at_checked(u32::from_le_bytes(*signs) as usize)?;
            let annotation = Arc::new(postcard::from_bytes(rest).ok()?);
            let band = Band { first: *first, last: *last };
            Some((key, [*base, *quick], Kept { annotation, band, sketch: Arc::new(Sketch::read(signs)) }))
        })
        .collect();
    for (key, [base, quick], kept) in read {
        memo.annotations.quick.insert(quick, (base, key));
        memo.annotations.others.insert(key, kept);
    }
    memo
}

fn cache_file(options: &Options) -> PathBuf {
    options.root.join(".dateline/cache/annotations.bin")
}

/// Keeps the annotations for the next run, and only those pictures that are still of use.
pub(super) fn save(options: &Options, memo: &Memo) {
    super::pictures::tidy(options, &memo.pictures);
    let rows: Vec<(Key, &Row)> = memo.annotations.rows.iter().map(|row| (row.key, row)).collect();
    cache::save(&cache_file(options), rows, |row, out| {
        out.extend_from_slice(&row.base);
        out.extend_from_slice(&row.quick);
        let Kept { annotation, band, sketch } = &row.kept;
        out.extend_from_slice(&[band.first, band.last]);
        let signs = sketch.bytes();
        out.extend_from_slice(&(signs.len() as u32).to_le_bytes());
        out.extend_from_slice(&signs);
        postcard::to_io(&**annotation, out).is_ok()
    });
}

//! Arguments enter; what is trained, on what, and how it is weighed leaves.

use std::path::{Path, PathBuf};

/// What training reads.
#[derive(Clone, Debug)]
pub struct Sources {
    /// The folder of the data, with `ner`, `text` and `knowledge`.
    pub data: PathBuf,
    /// The folder of the weights, with `lists` and `classes.txt`.
    pub weights: PathBuf,
    /// Whether the share-alike sources are taken.
    pub bysa: bool,
    /// Sources whose names begin so are left out.
    pub without: Vec<String>,
}

impl Sources {
    /// The annotated files of `folder` whose name begins with `prefix`, sorted, without those that are left out.
    pub fn files(&self, folder: &str, prefix: &str) -> Vec<PathBuf> {
        let folder = self.data.join(folder);
        let mut found: Vec<PathBuf> = std::fs::read_dir(&folder)
            .unwrap_or_else(|e| panic!("{}: {e}", folder.display()))
            .filter_map(|entry| entry.ok().map(|e| e.path()))
            .filter(|path| self.takes(prefix, path))
            .collect();
        found.sort();
        found
    }

    fn takes(&self, prefix: &str, path: &Path) -> bool {
        let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        let Some(source) = name.strip_prefix(prefix).filter(|_| name.contains(".jsonl")) else {
            return false;
        };
        (self.bysa || !name.contains("-bysa")) && !self.without.iter().any(|w| source.starts_with(w.as_str()))
    }
}

/// The numbers of training. Lengths of steps and shares are in thousandths or percent, so that all are whole.
#[derive(Clone, Debug)]
pub struct Recipe(Vec<(&'static str, i64)>);

impl Default for Recipe {
    fn default() -> Recipe {
        Recipe(vec![
            // Word clusters: fine ones, coarse ones, rounds of exchange at most.
            ("fine", 500),
            ("coarse", 80),
            ("rounds", 8),
            // Documents of each source at most; features seen less often are left out, in both stages.
            ("documents", i64::MAX),
            ("min", 2),
            ("min2", 6),
            // Weights, in percent, of the silver source, the clean ones, the encyclopedic sentences, the made-up wire copy, of
            // which the stories are those in which names come back, and the running text that a first model has read.
            ("silver", 100),
            ("clean", 600),
            ("crossner", 300),
            ("wire", 200),
            ("story", 100),
            ("taught", 100),
            // Pieces of wire copy and stories; share of documents that are seen once more in capitals, in percent.
            ("pieces", 800),
            ("stories", 400),
            ("cased", 12),
            // Models that are averaged.
            ("voters", 6),
            // Parts of the data, each of which is read by a model that was trained without it.
            ("parts", 4),
            // Passes over the examples, in both stages.
            ("epochs", 5),
            ("epochs2", 4),
            // How often word identities, lists, any feature are hidden, in percent.
            ("drop-identity", 30),
            ("drop-listed", 5),
            ("drop-any", 20),
            ("drop2", 10),
            // Length of a step, and the share of the weights that is lost after each pass, in thousandths.
            ("rate", 100),
            ("decay", 400),
            ("rate2", 50),
            ("decay2", 300),
            // Bytes of the whole and of the second stage.
            ("budget", 3_995_000),
            ("budget2", 140_000),
        ])
    }
}

impl Recipe {
    /// A training of seconds, for tests.
    pub fn small() -> Recipe {
        let mut recipe = Recipe::default();
        let few =
            [("fine", 20), ("coarse", 8), ("rounds", 1), ("documents", 4), ("pieces", 20), ("stories", 30)];
        for (name, value) in
            few.into_iter().chain([("voters", 2), ("parts", 2), ("epochs", 1), ("epochs2", 1)])
        {
            recipe.set(name, value);
        }
        recipe
    }

    /// The training whose model reads the text that this one learns from: shorter.
    pub fn teacher(&self) -> Recipe {
        let mut recipe = self.clone();
        recipe.set("taught", 0);
        recipe.set("voters", self.get("voters").min(2));
        recipe.set("parts", self.get("parts").min(2));
        recipe
    }

    /// Changes a number; false when there is none of this name.
    pub fn set(&mut self, name: &str, value: i64) -> bool {
        let cell = self.0.iter_mut().find(|(known, _)| *known == name);
        cell.map(|cell| cell.1 = value).is_some()
    }

    /// The number of this name.
    pub fn get(&self, name: &str) -> i64 {
        self.0
            .iter()
            .find(|(known, _)| *known == name)
            .map_or_else(|| panic!("no number {name}"), |cell| cell.1)
    }

    /// The same as a share, from thousandths.
    pub fn thousandths(&self, name: &str) -> f32 {
        self.get(name) as f32 / 1000.0
    }
}

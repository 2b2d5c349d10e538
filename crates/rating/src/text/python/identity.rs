//! The names under which a model can be loaded, and the files that lie beside it.

use std::collections::HashSet;
use touchstone_domain::Timestamp;
use touchstone_domain::facts::ModelFacts;

/// Since then every repository of the Hub has an owner; older ones are still loaded by name alone.
const OWNERS_SINCE: &str = "2022-03-03T00:00:00Z";

/// What libraries write before the name of a repository of the Hub.
const PREFIXES: [&str; 9] = [
    "https://huggingface.co/",
    "https://hf.co/",
    "hf.co/",
    "hf://",
    "hf-hub:",
    "hf_hub:",
    "hf:",
    "huggingface/",
    "models/",
];

/// The names under which a model can be loaded, and the files that lie beside it.
pub(super) struct Identity<'a> {
    full: Vec<String>,
    bare: Option<String>,
    /// The files, where their list is known.
    files: Option<HashSet<&'a str>>,
}

impl<'a> Identity<'a> {
    /// How a model can be loaded.
    pub(super) fn of(model: &'a ModelFacts) -> Self {
        let names = [Some(model.source.repository()), model.renamed_from.as_deref()];
        let info = model.info.value();
        let full = names.into_iter().flatten().chain(info.map(|info| info.id.as_str()));
        let since: Option<Timestamp> = OWNERS_SINCE.parse().ok();
        let created = info.and_then(|info| info.created_at);
        let is_old = created.is_none() || created < since;
        let bare = model.source.repository().rsplit('/').next();
        let paths = |files: &'a Vec<_>| files.iter().map(path_of).collect();
        Self {
            full: full.map(str::to_lowercase).collect(),
            bare: bare.filter(|_| is_old).map(str::to_lowercase),
            files: model.files.value().map(paths),
        }
    }

    /// Whether a string in an example names the model.
    pub(super) fn is(&self, name: &str) -> bool {
        let name = name.trim().trim_end_matches('/').to_lowercase();
        let short = PREFIXES.iter().find_map(|prefix| name.strip_prefix(prefix));
        let short = short.unwrap_or(&name);
        let known = |name: &str| {
            self.full.iter().any(|full| full == name) || self.bare.as_deref() == Some(name)
        };
        // A file's address, a revision and a quantisation follow the name.
        let before = |mark: char| short.split_once(mark).map_or(short, |(before, _)| before);
        let is_address = name.contains("://");
        let inside = |full: &String| {
            short.strip_prefix(full.as_str()).is_some_and(|rest| rest.starts_with('/'))
        };
        known(short)
            || known(before('@'))
            || known(before(':'))
            || is_address && self.full.iter().any(inside)
    }

    /// Whether the repository lacks a file, which may be a pattern with `*`; no where its files
    /// are not known.
    pub(super) fn lacks(&self, wanted: &str) -> bool {
        let wanted = wanted.trim_start_matches("./");
        let is_there = |path: &&str| {
            *path == wanted || path.strip_prefix(wanted).is_some_and(|rest| rest.starts_with('/'))
        };
        match (&self.files, wanted.split_once('*')) {
            (None, _) => false,
            (Some(files), None) => !files.iter().any(is_there),
            (Some(files), Some((start, rest))) => {
                let end = rest.rsplit('*').next().unwrap_or_default();
                !files.iter().any(|path| path.starts_with(start) && path.ends_with(end))
            }
        }
    }

    /// Whether a file of the repository has this name, in whatever folder a reader put it.
    pub(super) fn has_file_named(&self, path: &str) -> bool {
        let name = |path: &str| path.rsplit(['/', '\\']).next().unwrap_or_default().to_owned();
        let wanted = name(path);
        self.files.iter().flatten().any(|path| name(path) == wanted)
    }
}

fn path_of(file: &touchstone_domain::facts::RepositoryFile) -> &str {
    file.path.as_str()
}

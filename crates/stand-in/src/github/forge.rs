//! Everything on GitHub's side, and how names find it.

use super::CodeRepository;
use std::collections::BTreeMap;
use std::sync::Arc;

/// All repositories of GitHub's side. Names are found whatever their case.
#[derive(Debug, Clone, Default)]
pub(crate) struct Forge {
    repositories: BTreeMap<String, Arc<CodeRepository>>,
    renames: BTreeMap<String, String>,
}

impl Forge {
    pub(crate) fn add(&mut self, repository: CodeRepository) {
        self.repositories.insert(repository.name.to_lowercase(), Arc::new(repository));
    }

    pub(crate) fn remove(&mut self, name: &str) {
        self.repositories.remove(&name.to_lowercase());
    }

    /// Gives a repository a new name; the old one sends callers to its number.
    pub(crate) fn rename(&mut self, old: &str, new: &str) {
        if let Some(repository) = self.repositories.remove(&old.to_lowercase()) {
            let mut repository = Arc::unwrap_or_clone(repository);
            new.clone_into(&mut repository.name);
            self.add(repository);
        }
        self.renames.insert(old.to_lowercase(), new.to_lowercase());
    }

    pub(super) fn find(&self, name: &str) -> Option<&CodeRepository> {
        self.repositories.get(&name.to_lowercase()).map(Arc::as_ref)
    }

    pub(super) fn renamed(&self, name: &str) -> Option<&CodeRepository> {
        self.find(self.renames.get(&name.to_lowercase())?)
    }

    pub(super) fn numbered(&self, number: u64) -> Option<&CodeRepository> {
        self.repositories.values().map(Arc::as_ref).find(|found| found.number() == number)
    }
}

//! Everything on the Hub's side, and how names and revisions find it.

use super::{Kind, Owner, Repository, many};
use std::collections::BTreeMap;
use std::ops::Deref;
use std::sync::Arc;

/// A repository at one commit.
#[derive(Debug)]
pub(super) struct Snapshot {
    repository: Repository,
    pub(super) sha: String,
}

impl Deref for Snapshot {
    type Target = Repository;

    fn deref(&self) -> &Repository {
        &self.repository
    }
}

/// A repository's commits that can be asked for, oldest first; never empty.
#[derive(Debug, Clone)]
pub(super) struct Revisions {
    newest: Arc<Snapshot>,
    older: Vec<Arc<Snapshot>>,
}

impl Revisions {
    pub(super) fn newest(&self) -> &Snapshot {
        &self.newest
    }

    pub(super) fn at(&self, revision: &str) -> Option<Arc<Snapshot>> {
        if matches!(revision, "main" | "HEAD" | "refs/heads/main") {
            return Some(Arc::clone(&self.newest));
        }
        let mut all = std::iter::once(&self.newest).chain(&self.older);
        all.find(|snapshot| snapshot.sha == revision).cloned()
    }
}

/// All repositories and owners of the Hub's side.
#[derive(Debug, Clone, Default)]
pub(crate) struct Shelf {
    repositories: BTreeMap<(Kind, String), Revisions>,
    renames: BTreeMap<(Kind, String), String>,
    owners: BTreeMap<String, Owner>,
    /// How many synthetic models and data sets there are; each is made when asked for.
    synthetic: usize,
}

impl Shelf {
    pub(crate) fn add(&mut self, repository: Repository) {
        let key = (repository.kind, repository.id.clone());
        let snapshot = Arc::new(Snapshot { sha: repository.commit_sha(), repository });
        if let Some(revisions) = self.repositories.get_mut(&key) {
            let previous = std::mem::replace(&mut revisions.newest, snapshot);
            revisions.older.push(previous);
        } else {
            self.repositories.insert(key, Revisions { newest: snapshot, older: Vec::new() });
        }
    }

    pub(crate) fn remove(&mut self, kind: Kind, id: &str) {
        self.repositories.remove(&(kind, id.to_owned()));
    }

    /// Gives a repository a new name; the old one sends callers on.
    pub(crate) fn rename(&mut self, kind: Kind, old: &str, new: &str) {
        if let Some(revisions) = self.repositories.remove(&(kind, old.to_owned())) {
            let mut repository = revisions.newest.repository.clone();
            new.clone_into(&mut repository.id);
            let sha = revisions.newest.sha.clone();
            let newest = Arc::new(Snapshot { repository, sha });
            let renamed = Revisions { newest, older: revisions.older };
            self.repositories.insert((kind, new.to_owned()), renamed);
        }
        self.renames.insert((kind, old.to_owned()), new.to_owned());
    }

    pub(crate) fn set_synthetic(&mut self, count: usize) {
        self.synthetic = count;
    }

    pub(crate) fn set_owner(&mut self, name: &str, owner: Owner) {
        self.owners.insert(name.to_owned(), owner);
    }

    pub(super) fn renamed(&self, kind: Kind, id: &str) -> Option<String> {
        self.renames.get(&(kind, id.to_owned())).cloned()
    }

    pub(super) fn find(&self, kind: Kind, id: &str) -> Option<Revisions> {
        let held = self.repositories.get(&(kind, id.to_owned())).cloned();
        held.or_else(|| {
            let made = many::named(kind, id, self.synthetic)?;
            let newest = Arc::new(Snapshot { sha: made.commit_sha(), repository: made });
            Some(Revisions { newest, older: Vec::new() })
        })
    }

    pub(super) fn all(&self, kind: Kind) -> impl Iterator<Item = &Arc<Snapshot>> {
        self.repositories
            .iter()
            .filter(move |((found, _), _)| *found == kind)
            .map(|(_, revisions)| &revisions.newest)
    }

    /// How many repositories an owner has.
    pub(super) fn owned(&self, kind: Kind, owner: &str) -> usize {
        self.all(kind).filter(|snapshot| snapshot.owner() == owner).count()
    }

    pub(super) fn owner(&self, name: &str) -> Option<Owner> {
        let known = self.owners.get(name).copied();
        let owns = |(_, id): &(Kind, String)| id.split('/').next() == Some(name);
        known.or_else(|| self.repositories.keys().any(owns).then_some(Owner::User))
    }
}

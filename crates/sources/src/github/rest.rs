//! What the REST interface tells where there is no token for the query.

use super::people::{self, People, Signature};
use super::{GitHub, wire};
use crate::SourceError;
use serde_json::Value;
use touchstone_domain::facts::{Contributors, RepositoryTree};

/// Rows of a page; one page is read of everything.
pub(super) const PAGE: usize = 100;

impl GitHub {
    /// The recursive file list at a commit or branch.
    pub(super) async fn tree(
        &self,
        name: &str,
        commit: &str,
    ) -> Result<RepositoryTree, SourceError> {
        let path = format!("repos/{name}/git/trees/{commit}?recursive=1");
        Ok(wire::tree(&self.json(&path, name).await?))
    }

    /// Everybody who committed, by the host's list; `newest` are the signatures under the newest
    /// commits. The list names no co-authors, so those of the newest commits are added to it.
    pub(super) async fn contributors(
        &self,
        name: &str,
        newest: &[Vec<Signature>],
    ) -> Result<Contributors, SourceError> {
        let path = format!("repos/{name}/contributors?per_page={PAGE}&anon=true");
        let listing = self.json(&path, name).await?;
        let rows: Vec<(Signature, u64)> = wire::list(&listing)
            .map(|row| (people::contributor(row), wire::count(&row["contributions"])))
            .collect();
        let mut people = People::default();
        people.learn(newest.iter().flatten());
        people.learn(rows.iter().map(|(signature, _)| signature));
        for (signature, commits) in &rows {
            people.count(std::slice::from_ref(signature), *commits);
        }
        for signatures in newest {
            people.count(signatures.get(1..).unwrap_or_default(), 1);
        }
        Ok(Contributors {
            contributors: people.into_contributors(),
            complete: rows.len() < PAGE,
            co_authors_of: newest.len() as u64,
        })
    }

    /// The newest commits of the default branch.
    pub(super) async fn commits(&self, name: &str) -> Result<Value, SourceError> {
        self.json(&format!("repos/{name}/commits?per_page={PAGE}"), name).await
    }

    /// The pull requests that were closed last.
    pub(super) async fn pulls(&self, name: &str) -> Result<Value, SourceError> {
        let query = format!("state=closed&sort=updated&direction=desc&per_page={PAGE}");
        self.json(&format!("repos/{name}/pulls?{query}"), name).await
    }
}

/// Everybody who committed, from the signatures under each commit of a whole history.
pub(super) fn everybody(history: &[Vec<Signature>]) -> Contributors {
    let mut people = People::default();
    people.learn(history.iter().flatten());
    for signatures in history {
        people.count(signatures, 1);
    }
    Contributors {
        contributors: people.into_contributors(),
        complete: true,
        co_authors_of: history.len() as u64,
    }
}

//! What the REST interface tells where there is no token for the query.

use super::{GitHub, wire};
use crate::SourceError;
use serde_json::Value;
use touchstone_domain::facts::{
    CommitFacts, Contributors, PullRequest, RepositoryTree, ReviewHistory,
};

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

    pub(super) async fn contributors(&self, name: &str) -> Result<Contributors, SourceError> {
        let path = format!("repos/{name}/contributors?per_page={PAGE}&anon=true");
        let contributors = wire::contributors(&self.json(&path, name).await?);
        Ok(Contributors { complete: contributors.len() < PAGE, contributors })
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

/// The newest commits, joined to the newest merged pull requests by their merge commits. The
/// lists state neither lines nor reviews: each commit counts as one line, and a pull request
/// that somebody else merged is all that can be seen of a second reader.
pub(super) fn sampled(commits: &Value, pulls: &Value) -> ReviewHistory {
    let joined = wire::commits(commits).into_iter().map(|commit| {
        let pull = wire::list(pulls).find(|pull| pull["merge_commit_sha"] == commit.oid.as_str());
        let pull_request =
            pull.filter(|pull| pull["merged_at"].is_string()).map(|pull| PullRequest {
                number: wire::count(&pull["number"]),
                author: wire::text(&pull["user"]["login"]),
                merged_by: wire::text(&pull["merged_by"]["login"]),
                reviewers: Vec::new(),
                approvers: Vec::new(),
            });
        CommitFacts { additions: 1, pull_request, ..commit }
    });
    ReviewHistory { total_commits: None, commits: joined.collect(), sampled: true }
}

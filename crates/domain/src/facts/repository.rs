//! Facts from a code host.

use super::{Document, Fact, RepositoryFile};
use crate::clock::Timestamp;
use crate::lineage::Provenance;
use serde::{Deserialize, Serialize};

/// What the host says of a repository in one answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RepositoryInfo {
    /// `owner/name` as the host writes it today.
    pub full_name: String,
    /// The branch that visitors see.
    pub default_branch: String,
    /// One line about it.
    pub description: Option<String>,
    /// Whether it is a fork.
    pub fork: bool,
    /// Whether it is closed to changes.
    pub archived: bool,
    /// Stars.
    pub stars: u64,
    /// Forks.
    pub forks: u64,
    /// Open issues and pull requests.
    pub open_issues: u64,
    /// Size in bytes, of the whole history, as the host counts it.
    pub size_bytes: u64,
    /// The licence that the host recognised, as an SPDX id.
    pub license_spdx: Option<String>,
    /// When it was last pushed to.
    pub pushed_at: Option<Timestamp>,
    /// Whether an organisation owns it.
    pub owned_by_organisation: bool,
    /// Published releases or tags, where they were counted.
    pub releases: Option<u64>,
    /// Issues closed, where they were counted.
    pub closed_issues: Option<u64>,
}

/// Somebody who committed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contributor {
    /// Login, or the name of somebody without one.
    pub identity: String,
    /// Commits.
    pub commits: u64,
    /// Whether it is a program.
    pub is_bot: bool,
}

/// Everybody who committed, most commits first; each once, whatever they sign with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contributors {
    /// The people and programs.
    pub contributors: Vec<Contributor>,
    /// Whether everybody who ever committed is among them.
    pub complete: bool,
    /// In how many of the newest commits those named as co-authors were counted too.
    pub co_authors_of: u64,
}

/// The recursive file listing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RepositoryTree {
    /// The commit or tree it lists.
    pub commit: String,
    /// Whether the host cut it off.
    pub truncated: bool,
    /// The files.
    pub files: Vec<RepositoryFile>,
}

/// The lines that a pull request adds, by what they are added to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct AddedLines {
    /// In the files that were listed.
    pub in_all: u64,
    /// In those of them that people write.
    pub by_hand: u64,
    /// Whether all of its files were listed.
    pub complete: bool,
}

/// The merged pull request into the default branch that a commit came through.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PullRequest {
    /// Its number.
    pub number: u64,
    /// Who wrote it.
    pub author: Option<String>,
    /// Who merged it.
    pub merged_by: Option<String>,
    /// People, not programs, who reviewed it with an opinion or a comment.
    pub reviewers: Vec<String>,
    /// People, not programs, whose last opinion approved it.
    pub approvers: Vec<String>,
    /// What it adds, where the host lists its files.
    pub added: Option<AddedLines>,
}

/// One commit of the default branch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommitFacts {
    /// Its 40 digits.
    pub oid: String,
    /// Who wrote it.
    pub author: Option<String>,
    /// Who else is named as its author.
    pub co_authors: Vec<String>,
    /// When it came to the branch.
    pub committed_at: Option<Timestamp>,
    /// Lines added.
    pub additions: u64,
    /// How many parents it has; more than one is a merge, whose lines came with its parents.
    pub parents: u32,
    /// The merged pull request it came through, where there was one.
    pub pull_request: Option<PullRequest>,
}

/// The newest commits of the default branch with how each was reviewed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReviewHistory {
    /// Commits in all, where the host says so.
    pub total_commits: Option<u64>,
    /// The newest ones, newest first.
    pub commits: Vec<CommitFacts>,
    /// Whether neither lines nor reviews could be read, as it is without a token: then each commit
    /// counts as one line.
    pub sampled: bool,
}

/// The licence file of a repository.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct License {
    /// What the host recognised, as an SPDX id.
    pub spdx: Option<String>,
    /// The file, where its text was read: it need not be where the host recognised it.
    pub file: Option<Document>,
}

/// A code repository that the model names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RepositoryFacts {
    /// `owner/name` as the model writes it.
    pub named_as: String,
    /// Where the model names it.
    pub stated_in: Provenance,
    /// What the host says of it; missing where the name resolves to nothing.
    pub info: Fact<RepositoryInfo>,
    /// Who committed.
    pub contributors: Fact<Contributors>,
    /// Its files.
    pub tree: Fact<RepositoryTree>,
    /// Its newest commits and their reviews.
    pub reviews: Fact<ReviewHistory>,
    /// Its README.
    pub readme: Fact<Document>,
    /// Its licence.
    pub license: Fact<License>,
    /// Other texts that were read: packaging, lint and type configuration.
    pub documents: Vec<Document>,
}

/// Whether an account or name is a program's, by the marks that hosts and those who run programs
/// put on them: `name[bot]`, or a last word `bot` or `robot` that a mark divides off.
#[must_use]
pub fn is_program(name: &str) -> bool {
    let name = name.trim().to_lowercase();
    let last = name.rsplit_once(['-', '_', '.', ' ']).map(|(_, last)| last);
    name.ends_with("[bot]") || last.is_some_and(|word| matches!(word, "bot" | "robot"))
}

//! A code repository as a test describes it.

use super::history::{Commit, PullRequest, Signature, WEB};
use crate::content::{Content, sha1_hex};
use bytes::Bytes;
use jiff::Timestamp;
use std::collections::BTreeMap;

/// A repository on GitHub.
#[derive(Debug, Clone)]
pub struct CodeRepository {
    pub(super) name: String,
    pub(super) files: BTreeMap<String, Content>,
    pub(super) commits: Vec<Commit>,
    pub(super) pull_requests: Vec<PullRequest>,
    pub(super) license: Option<(String, String)>,
    pub(super) description: Option<String>,
    pub(super) topics: Vec<String>,
    pub(super) stars: u64,
    pub(super) forks: u64,
    pub(super) open_issues: u64,
    pub(super) closed_issues: u64,
    pub(super) releases: Vec<(String, Timestamp)>,
    pub(super) archived: bool,
    pub(super) fork: bool,
    pub(super) default_branch: String,
}

impl CodeRepository {
    /// An empty repository, `owner/name`.
    #[must_use]
    pub fn new(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            files: BTreeMap::new(),
            commits: Vec::new(),
            pull_requests: Vec::new(),
            license: None,
            description: None,
            topics: Vec::new(),
            stars: 0,
            forks: 0,
            open_issues: 0,
            closed_issues: 0,
            releases: Vec::new(),
            archived: false,
            fork: false,
            default_branch: "main".to_owned(),
        }
    }

    /// Puts a file there.
    #[must_use]
    pub fn file(mut self, path: &str, bytes: impl Into<Bytes>) -> Self {
        self.files.insert(path.to_owned(), Content::bytes(bytes));
        self
    }

    /// Adds a commit, oldest first.
    #[must_use]
    pub fn commit(mut self, commit: Commit) -> Self {
        self.commits.push(commit);
        self
    }

    /// Adds a merged pull request, squashed into one commit by its author.
    #[must_use]
    pub fn pull_request(mut self, pull_request: PullRequest) -> Self {
        let message = format!("{} (#{})", pull_request.title, pull_request.number);
        let mut commit = Commit::new(&pull_request.author, pull_request.merged, &message)
            .lines(pull_request.additions, pull_request.deletions)
            .through(pull_request.number);
        WEB.clone_into(&mut commit.committer);
        if pull_request.base == self.default_branch {
            self.commits.push(commit);
        }
        self.pull_requests.push(pull_request);
        self
    }

    /// Adds a pull request whose commits were merged by a merge commit.
    #[must_use]
    pub fn merge(mut self, pull_request: PullRequest, commits: Vec<Commit>) -> Self {
        let number = pull_request.number;
        let base = self.commits.len().saturating_sub(1);
        self.commits.extend(commits.into_iter().map(|commit| commit.through(number)));
        let message = format!("Merge pull request #{number}");
        let mut merge = Commit::new(&pull_request.merged_by, pull_request.merged, &message)
            .lines(pull_request.additions, pull_request.deletions)
            .through(number);
        WEB.clone_into(&mut merge.committer);
        merge.parents = Some(vec![base, self.commits.len().saturating_sub(1)]);
        self.commits.push(merge);
        self.pull_requests.push(pull_request);
        self
    }

    /// Adds a pull request whose commits were written anew onto the branch, each as itself.
    #[must_use]
    pub fn rebase(mut self, pull_request: PullRequest, commits: Vec<Commit>) -> Self {
        for commit in commits {
            let mut commit = commit.through(pull_request.number);
            commit.date = pull_request.merged;
            pull_request.merged_by.clone_into(&mut commit.committer);
            self.commits.push(commit);
        }
        self.pull_requests.push(pull_request);
        self
    }

    /// What GitHub makes of the LICENSE file: its SPDX identifier and its name.
    #[must_use]
    pub fn license(mut self, spdx_id: &str, name: &str) -> Self {
        self.license = Some((spdx_id.to_owned(), name.to_owned()));
        self
    }

    /// One sentence about it.
    #[must_use]
    pub fn description(mut self, text: &str) -> Self {
        self.description = Some(text.to_owned());
        self
    }

    /// Adds a topic.
    #[must_use]
    pub fn topic(mut self, topic: &str) -> Self {
        self.topics.push(topic.to_owned());
        self
    }

    /// Stars and forks.
    #[must_use]
    pub fn popularity(mut self, stars: u64, forks: u64) -> Self {
        (self.stars, self.forks) = (stars, forks);
        self
    }

    /// Open and closed issues.
    #[must_use]
    pub fn issues(mut self, open: u64, closed: u64) -> Self {
        (self.open_issues, self.closed_issues) = (open, closed);
        self
    }

    /// Adds a release, oldest first.
    #[must_use]
    pub fn release(mut self, tag: &str, published: Timestamp) -> Self {
        self.releases.push((tag.to_owned(), published));
        self
    }

    /// Makes it read-only.
    #[must_use]
    pub fn archived(mut self) -> Self {
        self.archived = true;
        self
    }

    /// Says that it is a fork.
    #[must_use]
    pub fn fork(mut self) -> Self {
        self.fork = true;
        self
    }

    /// Its name, `owner/name`.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    pub(super) fn owner_and_name(&self) -> (&str, &str) {
        self.name.split_once('/').unwrap_or(("", &self.name))
    }

    /// GitHub's lasting number of the repository.
    pub(super) fn number(&self) -> u64 {
        let digits = &sha1_hex(&self.name)[..7];
        u64::from_str_radix(digits, 16).unwrap_or(1)
    }

    /// The hash of the commit at `index` of the history, oldest first.
    pub(super) fn commit_sha(&self, index: usize) -> String {
        sha1_hex(&format!("commit {index} of {}", self.name))
    }

    /// The hash of the newest commit; that of the empty history where there is none.
    pub(super) fn head_sha(&self) -> String {
        self.commit_sha(self.commits.len().saturating_sub(1))
    }

    pub(super) fn pushed(&self) -> Timestamp {
        self.commits.last().map_or(Timestamp::UNIX_EPOCH, |commit| commit.date)
    }

    pub(super) fn created(&self) -> Timestamp {
        self.commits.first().map_or(Timestamp::UNIX_EPOCH, |commit| commit.date)
    }

    pub(super) fn size_bytes(&self) -> u64 {
        self.files.values().map(Content::size_bytes).sum()
    }

    /// The first file in the root whose name begins so, whatever its case and ending.
    pub(super) fn root_file(&self, beginnings: &[&str]) -> Option<(&String, &Content)> {
        self.files.iter().find(|(path, _)| {
            let lower = path.to_lowercase();
            !path.contains('/') && beginnings.iter().any(|start| lower.starts_with(start))
        })
    }

    /// Bytes of code by language, by the endings of the names.
    pub(super) fn languages(&self) -> BTreeMap<&'static str, u64> {
        let mut languages = BTreeMap::new();
        for (path, content) in &self.files {
            let language = match path.rsplit('.').next() {
                Some("py") => "Python",
                Some("rs") => "Rust",
                Some("sh") => "Shell",
                Some("ipynb") => "Jupyter Notebook",
                _ => continue,
            };
            *languages.entry(language).or_insert(0) += content.size_bytes();
        }
        languages
    }

    /// Accounts, or signatures without one, and how many commits they made, most first.
    pub(super) fn contributors(&self) -> Vec<(&Signature, u64)> {
        let mut counts: BTreeMap<&str, (&Signature, u64)> = BTreeMap::new();
        for commit in &self.commits {
            let author = &commit.author;
            let person = author.account.as_deref().unwrap_or(&author.mail);
            counts.entry(person).or_insert((author, 0)).1 += 1;
        }
        let mut counts: Vec<_> = counts.into_values().collect();
        counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        counts
    }

    /// Where a commit's parents are in the history.
    pub(super) fn parents(&self, index: usize) -> Vec<usize> {
        let before = || index.checked_sub(1).into_iter().collect();
        self.commits[index].parents.clone().unwrap_or_else(before)
    }
}

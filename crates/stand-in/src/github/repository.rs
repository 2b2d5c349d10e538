//! A code repository as a test describes it.

use crate::content::{Content, sha1_hex};
use bytes::Bytes;
use jiff::Timestamp;
use std::collections::BTreeMap;

/// One commit of the default branch.
#[derive(Debug, Clone)]
pub struct Commit {
    pub(super) author: String,
    pub(super) date: Timestamp,
    pub(super) message: String,
    pub(super) additions: u64,
    pub(super) deletions: u64,
    pub(super) pull_request: Option<u64>,
}

impl Commit {
    /// A commit by the account `author`, pushed directly, of ten added lines.
    #[must_use]
    pub fn new(author: &str, date: Timestamp, message: &str) -> Self {
        Self {
            author: author.to_owned(),
            date,
            message: message.to_owned(),
            additions: 10,
            deletions: 0,
            pull_request: None,
        }
    }

    /// How many lines it adds and takes away.
    #[must_use]
    pub fn lines(mut self, additions: u64, deletions: u64) -> Self {
        (self.additions, self.deletions) = (additions, deletions);
        self
    }

    /// The number of the merged pull request that it came through.
    #[must_use]
    pub fn through(mut self, pull_request: u64) -> Self {
        self.pull_request = Some(pull_request);
        self
    }
}

/// One person's verdict on a pull request.
#[derive(Debug, Clone)]
pub struct Review {
    pub(super) author: String,
    pub(super) state: &'static str,
    pub(super) submitted: Timestamp,
}

/// A merged pull request.
#[derive(Debug, Clone)]
pub struct PullRequest {
    pub(super) number: u64,
    pub(super) author: String,
    pub(super) merged_by: String,
    pub(super) merged: Timestamp,
    pub(super) title: String,
    pub(super) additions: u64,
    pub(super) deletions: u64,
    pub(super) changed_files: u64,
    pub(super) base: String,
    pub(super) decided: bool,
    pub(super) reviews: Vec<Review>,
}

impl PullRequest {
    /// A request by `author` that they merged themselves into the default branch, unreviewed.
    #[must_use]
    pub fn new(number: u64, author: &str, merged: Timestamp, title: &str) -> Self {
        Self {
            number,
            author: author.to_owned(),
            merged_by: author.to_owned(),
            merged,
            title: title.to_owned(),
            additions: 10,
            deletions: 0,
            changed_files: 1,
            base: "main".to_owned(),
            decided: false,
            reviews: Vec::new(),
        }
    }

    /// How many lines it adds and takes away.
    #[must_use]
    pub fn lines(mut self, additions: u64, deletions: u64) -> Self {
        (self.additions, self.deletions) = (additions, deletions);
        self
    }

    /// Who merged it.
    #[must_use]
    pub fn merged_by(mut self, account: &str) -> Self {
        account.clone_into(&mut self.merged_by);
        self
    }

    /// The branch it was merged into.
    #[must_use]
    pub fn base(mut self, branch: &str) -> Self {
        branch.clone_into(&mut self.base);
        self
    }

    /// Adds an approval.
    #[must_use]
    pub fn approved_by(self, account: &str) -> Self {
        self.reviewed(account, "APPROVED")
    }

    /// Adds a request for changes.
    #[must_use]
    pub fn changes_requested_by(self, account: &str) -> Self {
        self.reviewed(account, "CHANGES_REQUESTED")
    }

    /// Adds a comment without a verdict.
    #[must_use]
    pub fn commented_by(self, account: &str) -> Self {
        self.reviewed(account, "COMMENTED")
    }

    /// Says that branch protection asked for a review. Without it GitHub's `reviewDecision` is
    /// null even where somebody approved.
    #[must_use]
    pub fn review_required(mut self) -> Self {
        self.decided = true;
        self
    }

    fn reviewed(mut self, account: &str, state: &'static str) -> Self {
        let author = account.to_owned();
        self.reviews.push(Review { author, state, submitted: self.merged });
        self
    }

    /// `APPROVED`, `CHANGES_REQUESTED`, `REVIEW_REQUIRED`, or nothing where none is required.
    pub(super) fn decision(&self) -> Option<&'static str> {
        let verdicts = ["APPROVED", "CHANGES_REQUESTED"];
        let last = self.reviews.iter().rev().find(|review| verdicts.contains(&review.state));
        self.decided.then(|| last.map_or("REVIEW_REQUIRED", |review| review.state))
    }
}

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

    /// Adds a merged pull request and the commit that merged it.
    #[must_use]
    pub fn pull_request(mut self, pull_request: PullRequest) -> Self {
        let message = format!("{} (#{})", pull_request.title, pull_request.number);
        let commit = Commit::new(&pull_request.author, pull_request.merged, &message)
            .lines(pull_request.additions, pull_request.deletions)
            .through(pull_request.number);
        if pull_request.base == self.default_branch {
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

    /// Accounts and how many commits they made, most first.
    pub(super) fn contributors(&self) -> Vec<(&str, u64)> {
        let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
        for commit in &self.commits {
            *counts.entry(&commit.author).or_default() += 1;
        }
        let mut counts: Vec<_> = counts.into_iter().collect();
        counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        counts
    }
}

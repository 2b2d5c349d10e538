//! A repository's commits, pull requests and reviews as a test describes them.

use jiff::Timestamp;

/// The account that GitHub writes what is merged on its pages with.
pub(super) const WEB: &str = "web-flow";

/// One commit of the default branch.
#[derive(Debug, Clone)]
pub struct Commit {
    pub(super) author: Signature,
    pub(super) co_authors: Vec<Signature>,
    /// The account that wrote it to the branch; GitHub's own for what is merged on its pages.
    pub(super) committer: String,
    pub(super) date: Timestamp,
    pub(super) message: String,
    pub(super) additions: u64,
    pub(super) deletions: u64,
    pub(super) pull_request: Option<u64>,
    /// Where its parents are in the history; nothing for the one before it.
    pub(super) parents: Option<Vec<usize>>,
}

/// What somebody signs a commit with.
#[derive(Debug, Clone)]
pub(super) struct Signature {
    pub(super) account: Option<String>,
    pub(super) name: String,
    pub(super) mail: String,
}

impl Signature {
    fn account(login: &str) -> Self {
        let mail = format!("{login}@users.noreply.example");
        Self { account: Some(login.to_owned()), name: login.to_owned(), mail }
    }

    fn mail(name: &str, mail: &str) -> Self {
        Self { account: None, name: name.to_owned(), mail: mail.to_owned() }
    }
}

impl Commit {
    /// A commit by the account `author`, pushed directly, of ten added lines.
    #[must_use]
    pub fn new(author: &str, date: Timestamp, message: &str) -> Self {
        Self {
            author: Signature::account(author),
            co_authors: Vec::new(),
            committer: author.to_owned(),
            date,
            message: message.to_owned(),
            additions: 10,
            deletions: 0,
            pull_request: None,
            parents: None,
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

    /// Signs it with a name and mail that belong to no account.
    #[must_use]
    pub fn signed(mut self, name: &str, mail: &str) -> Self {
        self.author = Signature::mail(name, mail);
        self
    }

    /// Signs it with a mail of its author's account.
    #[must_use]
    pub fn from_mail(mut self, mail: &str) -> Self {
        mail.clone_into(&mut self.author.mail);
        self
    }

    /// Names a co-author at the end of its message.
    #[must_use]
    pub fn with(mut self, name: &str, mail: &str) -> Self {
        self.co_authors.push(Signature::mail(name, mail));
        let gap = if self.co_authors.len() == 1 { "\n" } else { "" };
        self.message = format!("{}{gap}\nCo-authored-by: {name} <{mail}>", self.message);
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
    /// What it adds, by path.
    pub(super) files: Vec<(String, u64)>,
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
            files: Vec::new(),
        }
    }

    /// How many lines it adds and takes away.
    #[must_use]
    pub fn lines(mut self, additions: u64, deletions: u64) -> Self {
        (self.additions, self.deletions) = (additions, deletions);
        self
    }

    /// Which files it adds how many lines to.
    #[must_use]
    pub fn adds(mut self, files: &[(&str, u64)]) -> Self {
        self.files = files.iter().map(|(path, lines)| ((*path).to_owned(), *lines)).collect();
        self.changed_files = files.len() as u64;
        self.additions = files.iter().map(|(_, lines)| lines).sum();
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

//! Facts written by hand: a model of which nothing is known, to which a test adds what it is about.

pub(crate) mod any;
pub(crate) mod models;

use std::time::Duration;
use touchstone_domain::facts::{
    CommitFacts, Contributor, Contributors, Document, Gated, HubCommit, HubHistory, HubInfo,
    ModelFacts, Owner, ParentFacts, PullRequest, RepositoryFacts, RepositoryFile, RepositoryInfo,
    RepositoryTree, ReviewHistory,
};
use touchstone_domain::lineage::{Provenance, Relation};
use touchstone_domain::source::{HubKind, Source};
use touchstone_domain::{Clock, Fact, Facts, Metric, Missing, Rating, Timestamp};
use touchstone_rating::RatingSettings;

/// A clock that stands still.
pub(crate) struct Still;

impl Clock for Still {
    fn now(&self) -> Timestamp {
        Timestamp::UNIX_EPOCH
    }

    fn elapsed(&self) -> Duration {
        Duration::ZERO
    }
}

pub(crate) fn time(text: &str) -> Timestamp {
    text.parse().unwrap()
}

pub(crate) fn absent<T>() -> Fact<T> {
    Fact::missing("https://upstream.test/absent", Missing::Absent)
}

pub(crate) fn known<T>(value: T) -> Fact<T> {
    Fact::known("https://upstream.test/known", value)
}

pub(crate) fn document(path: &str, text: &str) -> Document {
    Document { path: path.to_owned(), text: text.to_owned() }
}

pub(crate) fn file(path: &str, size_bytes: u64) -> RepositoryFile {
    RepositoryFile {
        path: path.to_owned(),
        size_bytes: Some(size_bytes),
        sha256: None,
        git_sha1: None,
    }
}

pub(crate) fn files(list: &[(&str, u64)]) -> Fact<Vec<RepositoryFile>> {
    known(list.iter().map(|(path, size)| file(path, *size)).collect())
}

pub(crate) fn info() -> HubInfo {
    HubInfo {
        id: "owner/name".to_owned(),
        created_at: None,
        last_modified: None,
        downloads: 0,
        likes: 0,
        tags: Vec::new(),
        pipeline_tag: None,
        library_name: None,
        gated: Gated::No,
        card_data: serde_json::Value::Null,
        model_index: serde_json::Value::Null,
        parameters: None,
        base_models: Vec::new(),
        unsafe_files: None,
    }
}

pub(crate) fn model(repository: &str) -> ModelFacts {
    ModelFacts {
        source: Source::HuggingFace {
            kind: HubKind::Model,
            repository: repository.to_owned(),
            revision: None,
        },
        commit: "0".repeat(40),
        renamed_from: None,
        info: known(info()),
        files: absent(),
        card: absent(),
        config: absent(),
        adapter_config: absent(),
        license_file: absent(),
        documents: Vec::new(),
        unread: Vec::new(),
        history: absent(),
        owner: absent(),
        weight_headers: Vec::new(),
    }
}

pub(crate) fn facts() -> Facts {
    Facts {
        collected_at: time("2026-01-01T00:00:00Z"),
        completed_at: None,
        model: model("owner/name"),
        datasets: Vec::new(),
        repositories: Vec::new(),
        parents: Vec::new(),
        grade: None,
    }
}

/// A model whose Hub record states these front matter fields.
pub(crate) fn with_front_matter(fields: serde_json::Value) -> Facts {
    let mut facts = facts();
    facts.model.info = known(HubInfo { card_data: fields, ..info() });
    facts
}

pub(crate) fn repository(name: &str) -> RepositoryFacts {
    RepositoryFacts {
        named_as: name.to_owned(),
        stated_in: Provenance::Prose,
        info: known(RepositoryInfo {
            full_name: name.to_owned(),
            default_branch: "main".to_owned(),
            description: None,
            fork: false,
            archived: false,
            stars: 0,
            forks: 0,
            open_issues: 0,
            size_bytes: 0,
            license_spdx: None,
            pushed_at: None,
            owned_by_organisation: false,
            releases: None,
            closed_issues: None,
        }),
        contributors: absent(),
        tree: absent(),
        reviews: absent(),
        readme: absent(),
        license: absent(),
        documents: Vec::new(),
    }
}

pub(crate) fn contributors(commits: &[u64]) -> Fact<Contributors> {
    let one = |(index, commits): (usize, &u64)| Contributor {
        identity: format!("person-{index}"),
        commits: *commits,
        is_bot: false,
    };
    let contributors = commits.iter().enumerate().map(one).collect();
    known(Contributors { contributors, complete: true, co_authors_of: 0 })
}

pub(crate) fn tree(list: &[&str]) -> Fact<RepositoryTree> {
    known(RepositoryTree {
        commit: "1".repeat(40),
        truncated: false,
        files: list.iter().map(|path| file(path, 1000)).collect(),
    })
}

/// A commit, through a pull request that these people approved.
pub(crate) fn commit(additions: u64, author: &str, approvers: Option<&[&str]>) -> CommitFacts {
    CommitFacts {
        oid: "2".repeat(40),
        author: Some(author.to_owned()),
        co_authors: Vec::new(),
        committed_at: Some(time("2025-12-01T00:00:00Z")),
        additions,
        parents: 1,
        pull_request: approvers.map(|approvers| PullRequest {
            number: 1,
            author: Some(author.to_owned()),
            merged_by: None,
            reviewers: Vec::new(),
            approvers: approvers.iter().map(|&name| name.to_owned()).collect(),
            added: None,
        }),
    }
}

pub(crate) fn reviews(commits: Vec<CommitFacts>) -> Fact<ReviewHistory> {
    known(ReviewHistory { total_commits: None, commits, sampled: false })
}

pub(crate) fn history(authors: &[&str]) -> Fact<HubHistory> {
    let one = |author: &&str| HubCommit {
        id: "3".repeat(40),
        title: "Update".to_owned(),
        date: None,
        authors: vec![(*author).to_owned()],
    };
    known(HubHistory { total: None, commits: authors.iter().map(one).collect() })
}

pub(crate) fn owner(is_organisation: bool, members: Option<u64>) -> Fact<Owner> {
    known(Owner { name: "owner".to_owned(), is_organisation, members })
}

pub(crate) fn parent(canonical: &str, relation: Relation) -> ParentFacts {
    ParentFacts {
        canonical: canonical.to_owned(),
        relation,
        statements: Vec::new(),
        registered: None,
        model: None,
        parents: Vec::new(),
    }
}

/// A model of which everything is known.
pub(crate) fn whole_model() -> Facts {
    let mut facts = facts();
    facts.model.info = known(HubInfo {
        card_data: serde_json::json!({ "license": "apache-2.0" }),
        tags: vec!["license:apache-2.0".to_owned()],
        last_modified: Some("2025-12-01T00:00:00Z".parse().unwrap()),
        ..info()
    });
    facts.model.card = known(document(
        "README.md",
        "---\nlicense: apache-2.0\n---\n# Name\n\n```python\nprint(1)\n```\n",
    ));
    facts.model.files = files(&[("model.safetensors", 500_000_000), ("modeling.py", 10)]);
    facts.model.history = history(&["a", "b", "c"]);
    facts.model.owner = owner(true, Some(12));
    let mut code = repository("owner/code");
    code.contributors = contributors(&[40, 30, 20, 10]);
    code.tree =
        tree(&["src/a.py", "tests/test_a.py", ".github/workflows/ci.yml", "pyproject.toml"]);
    code.reviews = reviews(vec![commit(100, "a", Some(&["b"])); 20]);
    code.readme = known(document("README.md", "Words that say something."));
    facts.repositories.push(code);
    facts
}

pub(crate) fn rating(facts: &Facts) -> Rating {
    touchstone_rating::rate(facts, &RatingSettings::default(), &Still).rating
}

pub(crate) fn score(facts: &Facts, metric: Metric) -> f64 {
    rating(facts).metric(metric).unwrap().score
}

//! Who stands behind a model and its code, who reads it, and how good its parents are.

use crate::support::{
    commit, contributors, facts, history, info, known, model, owner, parent, rating, repository,
    reviews, score, time, tree,
};
use proptest::prelude::*;
use serde_json::json;
use touchstone_domain::Metric;
use touchstone_domain::facts::{
    AddedLines, CommitFacts, Facts, Gated, HubInfo, PullRequest, RegisteredRating, RepositoryFacts,
};
use touchstone_domain::lineage::Relation;

fn with_commits(commits: &[u64]) -> Facts {
    let mut facts = facts();
    let mut code = repository("owner/code");
    code.contributors = contributors(commits);
    facts.repositories.push(code);
    facts
}

#[test]
fn one_author_with_a_personal_account_stays_low() {
    let mut facts = with_commits(&[500]);
    facts.model.history = history(&["somebody"; 20]);
    facts.model.owner = owner(false, None);
    facts.model.info =
        known(HubInfo { last_modified: Some(time("2025-12-31T00:00:00Z")), ..info() });
    let score = score(&facts, Metric::BusFactor);
    assert!(score > 0.0 && score < 0.35, "{score}");
}

#[test]
fn a_shared_repository_of_an_organisation_scores_high() {
    let mut facts = with_commits(&[50; 30]);
    facts.model.history = history(&["a", "b", "c"]);
    facts.model.owner = owner(true, Some(200));
    facts.model.info =
        known(HubInfo { last_modified: Some(time("2025-12-31T00:00:00Z")), ..info() });
    assert!((score(&facts, Metric::BusFactor) - 1.0).abs() < 1e-9);
}

#[test]
fn programs_are_no_people() {
    let mut facts = with_commits(&[10, 5]);
    let before = score(&facts, Metric::BusFactor);
    let list = facts.repositories[0].contributors.found.as_mut().unwrap();
    list.contributors[1].is_bot = true;
    assert!(score(&facts, Metric::BusFactor) < before);
}

#[test]
fn without_a_repository_reviewedness_is_minus_one_and_counts_nothing() {
    let rating = rating(&facts());
    let answer = rating.metric(Metric::Reviewedness).unwrap();
    assert!((answer.score + 1.0).abs() < f64::EPSILON);
    assert!(answer.counted.abs() < f64::EPSILON && answer.weight > 0.0);
}

#[test]
fn only_a_second_person_reads_a_change() {
    let with = |commits| {
        let mut facts = facts();
        let mut code = repository("owner/code");
        code.reviews = reviews(commits);
        facts.repositories.push(code);
        score(&facts, Metric::Reviewedness)
    };
    let half = with(vec![commit(100, "a", Some(&["b"])), commit(100, "a", None)]);
    assert!((half - 0.5).abs() < 1e-9);
    let nobody = with(vec![
        commit(100, "a", Some(&[])),
        commit(100, "a", Some(&["A"])),
        commit(100, "a", Some(&["reader[bot]"])),
    ]);
    assert!(nobody.abs() < 1e-9);
    let mut merge = commit(1_000_000, "a", None);
    merge.parents = 2;
    assert!((with(vec![commit(1, "a", Some(&["b"])), merge]) - 1.0).abs() < 1e-9);
}

fn reviewedness(code: RepositoryFacts) -> f64 {
    let mut facts = facts();
    facts.repositories.push(code);
    score(&facts, Metric::Reviewedness)
}

fn through(change: impl Fn(&mut CommitFacts, &mut PullRequest)) -> f64 {
    let mut one = commit(100, "a", Some(&[]));
    let mut request = one.pull_request.take().unwrap();
    change(&mut one, &mut request);
    one.pull_request = Some(request);
    let mut code = repository("owner/code");
    code.reviews = reviews(vec![one]);
    reviewedness(code)
}

#[test]
fn whoever_helped_to_write_a_commit_is_no_second_reader_of_it() {
    let approved = through(|_, request| request.approvers = vec!["b".to_owned()]);
    let helped = through(|commit, request| {
        request.approvers = vec!["B".to_owned()];
        commit.co_authors = vec!["b".to_owned()];
    });
    let both = through(|commit, request| {
        request.approvers = vec!["b".to_owned(), "c".to_owned()];
        commit.co_authors = vec!["b".to_owned()];
    });
    assert_eq!((approved, helped, both), (1.0, 0.0, 1.0));
}

#[test]
fn a_review_without_approval_counts_half() {
    let commented = through(|_, request| request.reviewers = vec!["b".to_owned()]);
    let merged = through(|_, request| request.merged_by = Some("b".to_owned()));
    assert_eq!((commented, merged), (0.5, 0.0));
}

#[test]
fn who_merged_counts_half_only_where_reviews_cannot_be_read() {
    let mut one = commit(1, "a", Some(&[]));
    one.pull_request.as_mut().unwrap().merged_by = Some("b".to_owned());
    let mut code = repository("owner/code");
    code.reviews = reviews(vec![one, commit(1, "a", None)]);
    code.reviews.found.as_mut().unwrap().sampled = true;
    let mut facts = facts();
    facts.repositories.push(code);
    let rating = rating(&facts);
    let answer = rating.metric(Metric::Reviewedness).unwrap();
    assert!((answer.score - 0.25).abs() < 1e-9, "{}", answer.score);
    assert!(answer.evidence.iter().any(|line| line.observation.contains("estimate")));
}

#[test]
fn lines_that_nobody_writes_by_hand_are_left_out() {
    let listed = AddedLines { in_all: 1000, by_hand: 100, complete: true };
    let mut bumped = commit(1000, "a", Some(&["b"]));
    bumped.pull_request.as_mut().unwrap().added = Some(listed);
    let mut code = repository("owner/code");
    code.reviews = reviews(vec![bumped.clone(), commit(100, "a", None)]);
    assert!((reviewedness(code.clone()) - 0.5).abs() < 1e-9);
    // Half of the repository's text is a lock file, so half of what was pushed is taken to be.
    code.tree = tree(&["src/a.py", "poetry.lock", "weights.bin"]);
    code.reviews = reviews(vec![bumped, commit(200, "a", None)]);
    assert!((reviewedness(code) - 0.5).abs() < 1e-9);
}

#[test]
fn the_evidence_says_how_much_of_the_history_was_seen() {
    let mut facts = with_commits(&[3, 2]);
    let list = facts.repositories[0].contributors.found.as_mut().unwrap();
    (list.complete, list.co_authors_of) = (false, 100);
    let mut seen = reviews(Vec::new());
    seen.found.as_mut().unwrap().total_commits = Some(4_000);
    facts.repositories[0].reviews = seen;
    let rating = rating(&facts);
    let evidence = &rating.metric(Metric::BusFactor).unwrap().evidence;
    let sentence = "The host gave only those authors who committed most, and co-authors of the \
                    newest 100 of 4000 commits; programs left out: 0.";
    assert!(evidence.iter().any(|line| line.observation == sentence), "{evidence:#?}");
}

#[test]
fn a_model_without_parents_is_not_asked_for_them() {
    let rating = rating(&facts());
    let tree = rating.metric(Metric::TreeScore).unwrap();
    assert!(!tree.applies && tree.weight.abs() < f64::EPSILON);
    let total: f64 = rating.metrics.iter().map(|metric| metric.weight).sum();
    assert!((total - 1.0).abs() < 1e-9);
}

#[test]
fn the_mean_of_registered_parents_counts_and_a_low_one_is_found() {
    let mut facts = facts();
    for (name, net_score) in [("huggingface.co/a/a", 0.8), ("huggingface.co/b/b", 0.3)] {
        let mut base = parent(name, Relation::Merge);
        base.registered = Some(RegisteredRating { artifact: name.to_owned(), net_score });
        facts.parents.push(base);
    }
    let rating = rating(&facts);
    assert!((rating.metric(Metric::TreeScore).unwrap().score - 0.55).abs() < 0.002);
    let codes: Vec<_> = rating.blocking.iter().map(|finding| finding.code.as_str()).collect();
    assert_eq!(codes, ["parent_low_score"]);
}

#[test]
fn a_parent_that_is_gated_or_non_commercial_is_found() {
    let mut facts = facts();
    let mut base = parent("huggingface.co/a/a", Relation::Finetune);
    let mut above = model("a/a");
    let fields = json!({ "license": "cc-by-nc-4.0" });
    above.info = known(HubInfo { gated: Gated::Auto, card_data: fields, ..info() });
    base.model = Some(Box::new(above));
    facts.parents.push(base);
    let rating = rating(&facts);
    let codes: Vec<_> = rating.blocking.iter().map(|finding| finding.code.as_str()).collect();
    assert_eq!(codes, ["parent_gated", "parent_non_commercial"]);
}

#[test]
fn a_model_that_is_its_own_ancestor_is_counted_once() {
    let mut facts = facts();
    let mut own = parent("huggingface.co/owner/name", Relation::Finetune);
    own.model = Some(Box::new(model("owner/name")));
    for _ in 0..10 {
        let mut base = parent("huggingface.co/a/a", Relation::Finetune);
        base.model = Some(Box::new(model("a/a")));
        base.parents = vec![own];
        own = parent("huggingface.co/owner/name", Relation::Finetune);
        own.model = Some(Box::new(model("owner/name")));
        own.parents = vec![base];
    }
    facts.parents = vec![own.clone()];
    assert!(!rating(&facts).metric(Metric::TreeScore).unwrap().applies);
    facts.parents = own.parents;
    assert!(rating(&facts).metric(Metric::TreeScore).unwrap().applies);
}

proptest! {
    #[test]
    fn one_more_contributor_of_few_commits_never_lowers(
        mut commits in prop::collection::vec(1_u64..10_000, 1..30),
    ) {
        let before = score(&with_commits(&commits), Metric::BusFactor);
        let fewest = *commits.iter().min().unwrap();
        commits.push(fewest);
        prop_assert!(score(&with_commits(&commits), Metric::BusFactor) >= before);
    }

    #[test]
    fn reviewing_more_never_lowers(additions in prop::collection::vec(0..u64::MAX, 1..20), reviewed in 0_usize..20) {
        let with = |reviewed: usize| {
            let one = |(index, lines): (usize, &u64)| {
                commit(*lines, "a", (index < reviewed).then_some(&["b"][..]))
            };
            let mut facts = facts();
            let mut code = repository("owner/code");
            code.reviews = reviews(additions.iter().enumerate().map(one).collect());
            facts.repositories.push(code);
            score(&facts, Metric::Reviewedness)
        };
        let (fewer, more) = (with(reviewed), with(reviewed + 1));
        prop_assert!((0.0..=1.0).contains(&more) && more >= fewer);
    }
}

//! Whose terms bind a model.

use crate::support::{absent, facts, info, known, parent, rating, score, with_front_matter};
use serde_json::json;
use touchstone_domain::Metric;
use touchstone_domain::facts::{DatasetFacts, Facts, HubInfo, ParentFacts};
use touchstone_domain::license::Use::{FineTune, Run};
use touchstone_domain::license::Verdict::{Allowed, Forbidden, Unclear};
use touchstone_domain::license::{LicenseAnswer, Role};
use touchstone_domain::lineage::{Provenance, Relation, Statement};
use touchstone_rating::license_check;

fn base(name: &str, license: Option<&str>) -> ParentFacts {
    let mut base = parent(&format!("huggingface.co/{name}"), Relation::Finetune);
    let model =
        license.map_or_else(facts, |license| with_front_matter(json!({"license": license})));
    base.model = Some(Box::new(model.model));
    base
}

fn child(parents: Vec<ParentFacts>) -> Facts {
    Facts { parents, ..with_front_matter(json!({ "license": "mit" })) }
}

fn check(facts: &Facts) -> LicenseAnswer {
    license_check(facts, Some("LGPL-2.1-only"), None, &[FineTune, Run])
}

fn data(license: &str) -> DatasetFacts {
    DatasetFacts {
        named_as: "lab/data".to_owned(),
        stated_in: Provenance::Card,
        info: known(HubInfo {
            id: "lab/data".to_owned(),
            card_data: json!({ "license": license }),
            ..info()
        }),
        card: absent(),
    }
}

#[test]
fn the_rating_and_the_licence_check_name_the_same_ancestor() {
    let facts = child(vec![base("lab/base", Some("cc-by-nc-4.0"))]);
    let answer = check(&facts);
    assert_eq!(answer.verdict, Forbidden);
    let deciding = answer.deciding().unwrap();
    assert_eq!(
        (deciding.member.name.as_str(), deciding.member.role),
        ("huggingface.co/lab/base", Role::Ancestor)
    );
    let rating = rating(&facts);
    let license = rating.metric(Metric::License).unwrap();
    assert_eq!(license.score, 0.0);
    let said = &license.evidence.last().unwrap().observation;
    assert!(
        said.starts_with("The terms of huggingface.co/lab/base, which it was made from, rule out"),
        "{said}"
    );
}

#[test]
fn ancestors_that_allow_it_change_nothing() {
    let facts = child(vec![base("lab/a", Some("apache-2.0")), base("lab/b", Some("mit"))]);
    let answer = check(&facts);
    assert_eq!((answer.verdict, answer.reasons.len()), (Allowed, 6));
    assert_eq!(score(&facts, Metric::License), 1.0);
}

#[test]
fn an_ancestor_that_says_nothing_makes_it_unclear() {
    let answer = check(&child(vec![base("lab/base", None)]));
    assert_eq!(answer.verdict, Unclear);
    assert!(answer.deciding().unwrap().because.contains("states no licence"));
    assert_eq!(check(&child(vec![base("lab/base", Some("unknown"))])).verdict, Unclear);
    let unseen = child(vec![parent("huggingface.co/lab/base", Relation::Finetune)]);
    assert_eq!(check(&unseen).verdict, Unclear);
    assert_eq!(score(&unseen, Metric::License), 0.5);
}

#[test]
fn a_name_that_the_hub_does_not_have_binds_nobody() {
    let mut gone = base("lab/gone", None);
    gone.model.as_mut().unwrap().info = absent();
    assert_eq!(check(&child(vec![gone])).verdict, Allowed);
}

#[test]
fn ancestors_without_end_or_in_circles_are_answered() {
    let mut line = base("lab/name-0", Some("mit"));
    for index in 1..200 {
        let mut next = base(&format!("lab/name-{index}"), Some("mit"));
        next.parents = vec![line.clone(), base("owner/name", Some("gpl-3.0"))];
        line = next;
    }
    let answer = check(&child(vec![line]));
    assert_eq!(answer.verdict, Allowed);
    assert!(answer.reasons.len() <= 2 * 6, "{}", answer.reasons.len());
    let wide = child((0..500).map(|index| base(&format!("lab/{index}"), Some("mit"))).collect());
    assert!(check(&wide).reasons.len() <= 2 * 65);
}

#[test]
fn data_without_commercial_use_is_named_and_left_open() {
    let mut facts = child(Vec::new());
    facts.datasets.push(data("cc-by-nc-4.0"));
    let answer = check(&facts);
    assert_eq!((answer.verdict, answer.compatible), (Unclear, false));
    let deciding = answer.deciding().unwrap();
    assert_eq!(deciding.member.role, Role::Data);
    assert_eq!(deciding.member.name, "huggingface.co/datasets/lab/data");
    let rating = rating(&facts);
    assert_eq!(rating.metric(Metric::License).unwrap().score, 1.0);
    let codes: Vec<_> = rating.blocking.iter().map(|finding| finding.code.as_str()).collect();
    assert_eq!(codes, ["dataset_non_commercial"]);
    facts.datasets = vec![data("cc-by-sa-4.0"), data("mit")];
    assert_eq!(check(&facts).verdict, Allowed);
}

#[test]
fn a_parent_that_only_a_configuration_names_and_nobody_has_is_none() {
    let mut gone = base("lab/gone", None);
    gone.model.as_mut().unwrap().info = absent();
    let said = |stated_in| vec![Statement { stated_in, relation: Relation::Finetune }];
    gone.statements = said(Provenance::ConfigJson);
    let tree = |parent: &ParentFacts| {
        rating(&child(vec![parent.clone()])).metric(Metric::TreeScore).unwrap().applies
    };
    assert!(!tree(&gone));
    gone.statements = said(Provenance::Card);
    assert!(tree(&gone));
}

#[test]
fn what_disputes_a_parent_is_in_the_evidence() {
    let said = |stated_in, relation| vec![Statement { stated_in, relation }];
    let mut card = base("lab/a", Some("mit"));
    card.statements = said(Provenance::Card, Relation::Finetune);
    let mut adapter = base("lab/b", Some("mit"));
    adapter.statements = said(Provenance::AdapterConfig, Relation::Adapter);
    let rating = rating(&child(vec![card, adapter]));
    let evidence = &rating.metric(Metric::TreeScore).unwrap().evidence;
    let disputed = |text: &str| evidence.iter().any(|one| one.observation.contains(text));
    assert!(disputed("adapter_config.json names huggingface.co/lab/b instead."));
    assert!(disputed("the parent huggingface.co/lab/a (stated in the card) has a net score"));
}

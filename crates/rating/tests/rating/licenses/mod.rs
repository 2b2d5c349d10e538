//! What a licence allows, case by case.

mod lineage;
mod statements;
mod texts;

use crate::support::{document, facts, info, known, parent, rating, score, with_front_matter};
use serde_json::json;
use touchstone_domain::Metric;
use touchstone_domain::facts::{Facts, Gated, HubInfo};
use touchstone_domain::license::Use::{self, Distill, FineTune, Link, Merge, Run, ShipBeside};
use touchstone_domain::license::Verdict::{self, Allowed, Forbidden, Unclear};
use touchstone_domain::license::{Member, Role};
use touchstone_domain::lineage::Relation;
use touchstone_rating::license_check;

fn verdict(license: &str, purpose: Use, target: &str) -> Verdict {
    let facts = with_front_matter(json!({ "license": license }));
    license_check(&facts, Some(target), None, &[purpose]).verdict
}

/// Licence, use, product, verdict. The reasons are the rows' clauses.
const CASES: &[(&str, Use, &str, Verdict)] = &[
    // Permissive terms allow everything that keeps notices.
    ("mit", Run, "LGPL-2.1-only", Allowed),
    ("mit", FineTune, "LGPL-2.1-only", Allowed),
    ("mit", Merge, "LGPL-2.1-only", Allowed),
    ("mit", Merge, "GPL-2.0-only", Allowed),
    ("bsd-3-clause", FineTune, "LGPL-2.1-only", Allowed),
    ("isc", Link, "GPL-3.0-only", Allowed),
    ("unlicense", Merge, "Apache-2.0", Allowed),
    ("cc0-1.0", FineTune, "LGPL-2.1-only", Allowed),
    ("wtfpl", Run, "LGPL-2.1-only", Allowed),
    ("bsl-1.0", Link, "MIT", Allowed),
    // Apache's patent terms: free as weights and as a library, not copied into version 2 works.
    ("apache-2.0", Run, "LGPL-2.1-only", Allowed),
    ("apache-2.0", FineTune, "LGPL-2.1-only", Allowed),
    ("apache-2.0", ShipBeside, "LGPL-2.1-only", Allowed),
    ("apache-2.0", Distill, "LGPL-2.1-only", Allowed),
    ("apache-2.0", Link, "LGPL-2.1-only", Allowed),
    ("apache-2.0", Merge, "LGPL-2.1-only", Forbidden),
    ("apache-2.0", Merge, "GPL-2.0-only", Forbidden),
    ("apache-2.0", Merge, "GPL-3.0-only", Allowed),
    ("apache-2.0", Merge, "MIT", Allowed),
    // Attribution.
    ("cc-by-4.0", FineTune, "LGPL-2.1-only", Allowed),
    ("cc-by-4.0", Run, "MIT", Allowed),
    // File and library copyleft leaves what is around it free.
    ("mpl-2.0", FineTune, "LGPL-2.1-only", Allowed),
    ("mpl-2.0", Link, "MIT", Allowed),
    ("mpl-2.0", Merge, "MIT", Forbidden),
    ("mpl-2.0", Merge, "LGPL-2.1-only", Allowed),
    ("epl-2.0", Link, "MIT", Allowed),
    ("epl-1.0", Merge, "LGPL-2.1-only", Forbidden),
    ("epl-2.0", Merge, "GPL-3.0-only", Unclear),
    ("epl-1.0", Merge, "EPL-2.0", Allowed),
    ("eupl-1.2", Merge, "GPL-3.0-only", Allowed),
    ("LGPL-2.1-or-later", Merge, "LGPL-2.0-only", Forbidden),
    ("GPL-2.0-only", Merge, "GPL-2.0-or-later", Forbidden),
    ("lgpl-2.1", FineTune, "LGPL-2.1-only", Allowed),
    ("lgpl-3.0", Link, "MIT", Allowed),
    ("lgpl-3.0", Merge, "LGPL-2.1-only", Forbidden),
    ("LGPL-2.1-or-later", Merge, "LGPL-3.0-only", Allowed),
    ("LGPL-2.1-only", Merge, "GPL-3.0-only", Allowed),
    // Copyleft of the whole work.
    ("gpl-3.0", Run, "LGPL-2.1-only", Allowed),
    ("gpl-3.0", ShipBeside, "LGPL-2.1-only", Allowed),
    ("gpl-3.0", FineTune, "LGPL-2.1-only", Forbidden),
    ("gpl-3.0", FineTune, "GPL-3.0-only", Allowed),
    ("gpl-3.0", Link, "MIT", Forbidden),
    ("gpl-2.0", FineTune, "LGPL-2.1-only", Forbidden),
    ("gpl-2.0", Merge, "GPL-3.0-only", Forbidden),
    ("GPL-2.0-or-later", Merge, "GPL-3.0-only", Allowed),
    ("GPL-2.0-only WITH Classpath-exception-2.0", Link, "MIT", Allowed),
    ("agpl-3.0", Run, "LGPL-2.1-only", Unclear),
    ("agpl-3.0", Run, "AGPL-3.0-only", Allowed),
    ("agpl-3.0", FineTune, "LGPL-2.1-only", Forbidden),
    ("agpl-3.0", Merge, "GPL-3.0-only", Unclear),
    // Share-alike and no derivatives.
    ("cc-by-sa-4.0", Run, "LGPL-2.1-only", Allowed),
    ("cc-by-sa-4.0", FineTune, "LGPL-2.1-only", Unclear),
    ("cc-by-sa-4.0", Merge, "GPL-3.0-only", Allowed),
    ("cc-by-sa-4.0", Merge, "MIT", Forbidden),
    ("cc-by-nd-4.0", Run, "LGPL-2.1-only", Allowed),
    ("cc-by-nd-4.0", FineTune, "LGPL-2.1-only", Forbidden),
    // Non-commercial terms.
    ("cc-by-nc-4.0", Run, "LGPL-2.1-only", Forbidden),
    ("cc-by-nc-4.0", FineTune, "LGPL-2.1-only", Forbidden),
    ("cc-by-nc-sa-4.0", ShipBeside, "MIT", Forbidden),
    ("cc-by-nc-nd-4.0", FineTune, "CC-BY-NC-4.0", Forbidden),
    ("cc-by-nc-4.0", Run, "CC-BY-NC-4.0", Allowed),
    // Use-restricted families.
    ("openrail", Run, "LGPL-2.1-only", Unclear),
    ("openrail++", FineTune, "LGPL-2.1-only", Unclear),
    ("bigscience-openrail-m", FineTune, "LGPL-2.1-only", Unclear),
    ("creativeml-openrail-m", Run, "MIT", Unclear),
    ("creativeml-openrail-m", Merge, "MIT", Forbidden),
    ("llama2", Run, "LGPL-2.1-only", Unclear),
    ("llama2", Distill, "LGPL-2.1-only", Forbidden),
    ("llama3", Distill, "LGPL-2.1-only", Forbidden),
    ("llama3.1", Distill, "LGPL-2.1-only", Unclear),
    ("gemma", FineTune, "LGPL-2.1-only", Unclear),
    // Not known, and not granted.
    ("other", Run, "LGPL-2.1-only", Unclear),
    ("my-own-licence", FineTune, "LGPL-2.1-only", Unclear),
    ("unknown", Run, "LGPL-2.1-only", Forbidden),
    ("nonexclusive-terms", Run, "LGPL-2.1-only", Unclear),
    // Expressions: a choice takes the better, a conjunction the stricter.
    ("MIT OR GPL-3.0-only", FineTune, "LGPL-2.1-only", Allowed),
    ("MIT AND GPL-3.0-only", FineTune, "LGPL-2.1-only", Forbidden),
    ("(MIT OR GPL-3.0-only) AND Apache-2.0", Merge, "LGPL-2.1-only", Forbidden),
    // A product under a choice has to keep both.
    ("apache-2.0", Merge, "MIT OR GPL-2.0-only", Forbidden),
];

#[test]
fn every_case_has_its_verdict() {
    let wrong: Vec<String> = CASES
        .iter()
        .filter_map(|&(license, purpose, target, expected)| {
            let found = verdict(license, purpose, target);
            (found != expected)
                .then(|| format!("{license} {purpose:?} {target}: {found:?}, not {expected:?}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(CASES.len() >= 60);
}

#[test]
fn a_list_of_licences_binds_to_all_of_them() {
    let facts = with_front_matter(json!({ "license": ["mit", "cc-by-nc-4.0"] }));
    let answer = license_check(&facts, Some("LGPL-2.1-only"), None, &[FineTune, Run]);
    assert_eq!(answer.subject.as_deref(), Some("MIT AND CC-BY-NC-4.0"));
    assert_eq!((answer.compatible, answer.verdict), (false, Forbidden));
    assert_eq!(answer.reasons.len(), 4);
}

#[test]
fn other_is_told_by_its_name_or_link() {
    let named = with_front_matter(json!({ "license": "other", "license_name": "llama3.1" }));
    let linked = with_front_matter(json!({
        "license": "other",
        "license_name": "ours",
        "license_link": "https://example.org/licenses/cc-by-nc-4.0",
    }));
    let subject = |facts| license_check(facts, Some("MIT"), None, &[Run]).subject;
    assert_eq!(subject(&named).as_deref(), Some("llama3.1"));
    assert_eq!(subject(&linked).as_deref(), Some("CC-BY-NC-4.0"));
}

#[test]
fn without_a_licence_of_the_product_the_answer_is_unclear_and_says_why() {
    let facts = with_front_matter(json!({ "license": "mit" }));
    let seen_at = Some("https://upstream.test/product");
    let answer = license_check(&facts, None, seen_at, &[FineTune, Run]);
    assert!(!answer.compatible);
    assert_eq!((answer.verdict, answer.target), (Unclear, None));
    assert!(answer.reasons.iter().all(|reason| reason.seen_at.as_deref() == seen_at));
    assert!(answer.reasons[0].because.contains("not stated"));
}

#[test]
fn without_a_licence_nothing_is_allowed() {
    let answer = license_check(&facts(), Some("MIT"), None, &[Run]);
    assert_eq!((answer.compatible, answer.verdict, answer.subject), (false, Forbidden, None));
    assert!(score(&facts(), Metric::License).abs() < f64::EPSILON);
}

#[test]
fn terms_before_the_files_rule_it_out() {
    let mut facts = with_front_matter(json!({ "license": "mit" }));
    let open = score(&facts, Metric::License);
    let gated = HubInfo { gated: Gated::Manual, ..facts.model.info.value().unwrap().clone() };
    facts.model.info = known(gated);
    assert!((open - 1.0).abs() < f64::EPSILON);
    assert!(score(&facts, Metric::License).abs() < f64::EPSILON);
}

const MIT_TEXT: &str = "MIT License

Copyright (c) 2020 Somebody

Permission is hereby granted, free of charge, to any person obtaining a copy
of this software and associated documentation files (the \"Software\"), to deal
in the Software without restriction, including without limitation the rights
to use, copy, modify, merge, publish, distribute, sublicense, and/or sell
copies of the Software, and to permit persons to whom the Software is
furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all
copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED \"AS IS\", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE
SOFTWARE.
";

fn with_file(text: &str) -> Facts {
    let mut facts = facts();
    facts.model.license_file = known(document("LICENSE", text));
    facts
}

fn subject(facts: &Facts) -> Option<String> {
    license_check(facts, Some("LGPL-2.1-only"), None, &[Run]).subject
}

#[test]
fn a_licence_file_is_recognised_by_its_text() {
    let mut facts = facts();
    facts.model.license_file = known(document("LICENSE", MIT_TEXT));
    let answer = license_check(&facts, Some("LGPL-2.1-only"), None, &[FineTune, Run]);
    assert_eq!((answer.subject.as_deref(), answer.compatible), (Some("MIT"), true));
}

#[test]
fn a_licence_file_of_unknown_text_makes_the_answer_unclear() {
    let mut facts = with_front_matter(json!({ "license": "mit" }));
    let own = "You may look at this and tell your friends. ".repeat(40);
    facts.model.license_file = known(document("LICENSE", &own));
    assert!((score(&facts, Metric::License) - 0.5).abs() < f64::EPSILON);
}

#[test]
fn sources_that_disagree_are_a_finding_and_the_stricter_counts() {
    let mut facts = with_front_matter(json!({ "license": "cc-by-nc-4.0" }));
    facts.model.license_file = known(document("LICENSE", MIT_TEXT));
    let rating = rating(&facts);
    let license = rating.metric(Metric::License).unwrap();
    assert!(license.score.abs() < f64::EPSILON);
    assert!(rating.blocking.iter().any(|finding| finding.code == "license_conflict"));
    let said = |text: &str| license.evidence.iter().any(|one| one.observation.contains(text));
    assert!(said("front matter states the licence CC-BY-NC-4.0"));
    assert!(said("The text of LICENSE is that of MIT"));
}

#[test]
fn a_choice_whose_one_text_is_shipped_is_no_conflict() {
    let mut facts = with_front_matter(json!({ "license": "MIT OR Apache-2.0" }));
    facts.model.license_file = known(document("LICENSE", MIT_TEXT));
    assert!(rating(&facts).blocking.is_empty());
}

#[test]
fn a_tag_alone_states_a_licence() {
    let mut facts = facts();
    facts.model.info = known(HubInfo { tags: vec!["license:apache-2.0".to_owned()], ..info() });
    assert!((score(&facts, Metric::License) - 1.0).abs() < f64::EPSILON);
}

#[test]
fn an_ancestors_stricter_terms_bind_and_are_named() {
    let mut facts = with_front_matter(json!({ "license": "mit" }));
    let mut base = parent("huggingface.co/base/name", Relation::Finetune);
    base.model = Some(Box::new(with_front_matter(json!({ "license": "cc-by-nc-4.0" })).model));
    let mut between = parent("huggingface.co/between/name", Relation::Finetune);
    between.model = Some(Box::new(with_front_matter(json!({ "license": "apache-2.0" })).model));
    between.parents = vec![base, parent("huggingface.co/between/name", Relation::Merge)];
    facts.parents = vec![between];
    let answer = license_check(&facts, Some("LGPL-2.1-only"), None, &[FineTune, Run]);
    assert_eq!((answer.verdict, answer.subject.as_deref()), (Forbidden, Some("MIT")));
    let bound: Vec<_> = answer.reasons.iter().map(|reason| reason.license.as_deref()).collect();
    let each = [Some("MIT"), Some("Apache-2.0"), Some("CC-BY-NC-4.0")];
    assert_eq!(bound, each.repeat(2));
    let deciding = answer.deciding().unwrap();
    assert!(deciding.because.starts_with("Its ancestor huggingface.co/base/name binds"));
    let member = Member {
        name: "huggingface.co/base/name".to_owned(),
        role: Role::Ancestor,
        through: vec!["huggingface.co/between/name".to_owned()],
    };
    assert_eq!(deciding.member, member);
}

#[test]
fn hostile_statements_are_answered() {
    let deep = format!("{}MIT{}", "(".repeat(200), ")".repeat(200));
    let long = "MIT AND ".repeat(100_000);
    for text in [deep.as_str(), long.as_str(), "", "()", "AND", "MIT OR", "\u{0}", "ü-1.0", "+"] {
        let facts = with_front_matter(json!({ "license": text }));
        let answer = license_check(&facts, Some(text), None, &[FineTune, Run, Merge]);
        assert!(!answer.compatible || text == deep, "{text:.20}");
    }
}

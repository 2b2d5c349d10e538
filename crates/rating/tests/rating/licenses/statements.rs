//! What is written where a licence belongs, and what holds where several things are.

use super::{MIT_TEXT, subject};
use crate::support::{document, facts, info, known, rating, repository, score, with_front_matter};
use serde_json::json;
use touchstone_domain::Metric;
use touchstone_domain::facts::{Facts, HubInfo, License};
use touchstone_domain::license::Use::{Distill, FineTune, Merge, Run};
use touchstone_domain::license::Verdict::{Allowed, Forbidden, Unclear};
use touchstone_rating::{license_between, license_of_product};

fn with_card(front_matter: &str, body: &str) -> Facts {
    let mut facts = facts();
    let card = format!("---\n{front_matter}\n---\n{body}\n");
    facts.model.card = known(document("README.md", &card));
    facts
}

fn codes(facts: &Facts) -> Vec<String> {
    rating(facts).blocking.into_iter().map(|finding| finding.code).collect()
}

/// What is written, and what it is understood as.
const UNDERSTOOD: &[(&str, &str)] = &[
    ("apache-2.0", "Apache-2.0"),
    ("Apache 2.0", "Apache-2.0"),
    ("MIT", "MIT"),
    ("gpl-3.0", "GPL-3.0-only"),
    ("GPL-2.0+", "GPL-2.0-or-later"),
    ("gplv3", "GPL-3.0-only"),
    ("agpl-3.0", "AGPL-3.0-only"),
    ("lgpl-2.1", "LGPL-2.1-only"),
    ("cc-by-nc-4.0", "CC-BY-NC-4.0"),
    ("cc-by-sa-3.0", "CC-BY-SA-3.0"),
    ("cc0-1.0", "CC0-1.0"),
    ("gfdl", "GFDL-1.3-only"),
    ("odbl", "ODbL-1.0"),
    ("odc-by", "ODC-By-1.0"),
    ("pddl", "PDDL-1.0"),
    ("cdla-permissive-2.0", "CDLA-Permissive-2.0"),
    ("mit AND (apache-2.0 or bsd-3-clause)", "MIT AND (Apache-2.0 OR BSD-3-Clause)"),
    ("GPL-2.0-only WITH Classpath-exception-2.0", "GPL-2.0-only WITH Classpath-exception-2.0"),
    ("llama2", "llama2"),
    ("llama3", "llama3"),
    ("llama3.1", "llama3.1"),
    ("Llama 3.1", "llama3.1"),
    ("llama3.2", "llama3.2"),
    ("llama3.3", "llama3.3"),
    ("llama4", "llama4"),
    ("llama-4", "llama4"),
    ("gemma", "gemma"),
    ("openrail", "openrail"),
    ("openrail++", "creativeml-openrail++-m"),
    ("creativeml-openrail-m", "creativeml-openrail-m"),
    ("bigscience-openrail-m", "bigscience-openrail-m"),
    ("bigscience-bloom-rail-1.0", "bigscience-bloom-rail-1.0"),
    ("bigcode-openrail-m", "bigcode-openrail-m"),
    ("qwen", "qwen"),
    ("qwen-research", "qwen-research"),
    ("tongyi-qianwen", "tongyi-qianwen"),
    ("deepseek", "deepseek"),
    ("nvidia-open-model-license", "nvidia-open-model-license"),
    ("falcon-llm-license", "falcon-llm-license"),
    ("mrl", "mistral-research"),
    ("mnpl", "mistral-non-production"),
    ("stabilityai-ai-community", "stabilityai-ai-community"),
    ("apple-amlr", "apple-amlr"),
    ("fair-noncommercial-research-license", "fair-noncommercial-research"),
    ("deepfloyd-if-license", "deepfloyd-if"),
];

#[test]
fn what_people_write_is_understood() {
    let wrong: Vec<_> = UNDERSTOOD
        .iter()
        .map(|(written, meant)| {
            (written, subject(&with_front_matter(json!({"license": written}))), meant)
        })
        .filter(|(_, found, meant)| found.as_deref() != Some(**meant))
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// The ids that the Hub offers, without `other`, and `cc`, which names no terms.
const OFFERED: &[&str] = &[
    "afl-3.0",
    "apache-2.0",
    "apple-amlr",
    "apple-ascl",
    "artistic-2.0",
    "bigcode-openrail-m",
    "bigscience-bloom-rail-1.0",
    "bigscience-openrail-m",
    "bsd",
    "bsd-2-clause",
    "bsd-3-clause",
    "bsd-3-clause-clear",
    "bsl-1.0",
    "c-uda",
    "cc-by-2.0",
    "cc-by-2.5",
    "cc-by-3.0",
    "cc-by-4.0",
    "cc-by-nc-2.0",
    "cc-by-nc-3.0",
    "cc-by-nc-4.0",
    "cc-by-nc-nd-3.0",
    "cc-by-nc-nd-4.0",
    "cc-by-nc-sa-2.0",
    "cc-by-nc-sa-3.0",
    "cc-by-nc-sa-4.0",
    "cc-by-nd-4.0",
    "cc-by-sa-3.0",
    "cc-by-sa-4.0",
    "cc0-1.0",
    "cdla-permissive-1.0",
    "cdla-permissive-2.0",
    "cdla-sharing-1.0",
    "creativeml-openrail-m",
    "deepfloyd-if-license",
    "ecl-2.0",
    "epl-1.0",
    "epl-2.0",
    "etalab-2.0",
    "eupl-1.1",
    "eupl-1.2",
    "fair-noncommercial-research-license",
    "gemma",
    "gfdl",
    "gpl",
    "gpl-2.0",
    "gpl-3.0",
    "h-research",
    "intel-research",
    "isc",
    "lgpl",
    "lgpl-2.1",
    "lgpl-3.0",
    "lgpl-lr",
    "llama2",
    "llama3",
    "llama3.1",
    "llama3.2",
    "llama3.3",
    "llama4",
    "lppl-1.3c",
    "mit",
    "mpl-2.0",
    "ms-pl",
    "ncsa",
    "odbl",
    "odc-by",
    "ofl-1.1",
    "openmdw-1.0",
    "openrail",
    "openrail++",
    "osl-3.0",
    "pddl",
    "postgresql",
    "unknown",
    "unlicense",
    "wtfpl",
    "zlib",
    "agpl-3.0",
];

#[test]
fn every_id_that_the_hub_offers_has_terms() {
    let without: Vec<_> = OFFERED
        .iter()
        .filter(|id| license_between(id, "MIT", Run).deciding().unwrap().rule == "terms_unknown")
        .collect();
    assert!(without.is_empty(), "{without:?}");
}

#[test]
fn a_community_licence_has_its_own_answer_for_each_use() {
    for (license, purpose, verdict) in [
        ("tongyi-qianwen", Distill, Forbidden),
        ("qwen", Distill, Unclear),
        ("gemma", Distill, Unclear),
        ("apple-amlr", Run, Forbidden),
        ("mnpl", Run, Forbidden),
        ("qwen-research", FineTune, Forbidden),
        ("openmdw-1.0", FineTune, Allowed),
        ("stabilityai-ai-community", Run, Unclear),
        ("nvidia-open-model-license", Merge, Forbidden),
    ] {
        let answer = license_between(license, "LGPL-2.1-only", purpose);
        assert_eq!(answer.verdict, verdict, "{license} {purpose:?}");
    }
}

#[test]
fn names_that_only_begin_like_a_family_are_unknown() {
    for name in ["railway-terms", "gemmatic", "falconry-1.0", "mrlx", "llama-like-terms"] {
        let answer = license_between(name, "MIT", Run);
        assert_eq!(answer.deciding().unwrap().rule, "terms_unknown", "{name}");
    }
}

#[test]
fn other_is_told_by_its_link() {
    for (link, license) in [
        ("https://creativecommons.org/licenses/by-nc/4.0/", "CC-BY-NC-4.0"),
        ("https://www.apache.org/licenses/LICENSE-2.0.txt", "Apache-2.0"),
        ("https://www.gnu.org/licenses/gpl-3.0.html", "GPL-3.0-only"),
        ("https://ai.google.dev/gemma/terms", "gemma"),
        ("https://mistral.ai/licenses/MNPL-0.1.md", "mistral-non-production"),
        (
            "https://developer.download.nvidia.com/licenses/nvidia-open-model-license-agreement.pdf",
            "nvidia-open-model-license",
        ),
    ] {
        let facts = with_front_matter(json!({
            "license": "other", "license_name": "ours", "license_link": link,
        }));
        assert_eq!(subject(&facts).as_deref(), Some(license), "{link}");
    }
}

#[test]
fn a_statement_is_linked_to_its_line() {
    let facts = with_card("tags: [x]\nlicense: mit", "# T");
    let rating = rating(&facts);
    let evidence = &rating.metric(Metric::License).unwrap().evidence;
    let seen_at = evidence[0].seen_at.as_deref().unwrap();
    assert!(seen_at.ends_with("/README.md#L3"), "{seen_at}");
}

#[test]
fn a_list_says_that_it_is_no_choice() {
    let facts = with_front_matter(json!({ "license": ["mit", "gpl-3.0"] }));
    let rating = rating(&facts);
    let license = rating.metric(Metric::License).unwrap();
    assert_eq!(license.score, 0.0);
    let said = &license.evidence[0].observation;
    assert!(said.contains("does not say whether it is a choice"), "{said}");
}

#[test]
fn a_section_counts_where_nothing_else_states_a_licence() {
    for (body, license) in [
        (
            "# T\n## License\nThis model is released under the Apache License, Version 2.0.",
            "Apache-2.0",
        ),
        ("# T\n## Licensing Information\nMIT Licence", "MIT"),
        ("# T\n## License\nMIT", "MIT"),
        (
            "# T\n## License\n[CC BY-SA 4.0](https://creativecommons.org/licenses/by-sa/4.0/)",
            "CC-BY-SA-4.0",
        ),
        (
            "# T\n## License\nSee [here](https://creativecommons.org/licenses/by-nc/4.0/).",
            "CC-BY-NC-4.0",
        ),
        ("# T\n## Licence\nUnder the Creative Commons Attribution-ShareAlike License.", "CC-BY-SA"),
    ] {
        assert_eq!(subject(&with_card("tags: [x]", body)).as_deref(), Some(license), "{body}");
    }
}

#[test]
fn a_section_that_restricts_what_the_front_matter_grants_is_a_conflict() {
    let body = "# T\n## License\nFor non-commercial use only.";
    let facts = with_card("license: apache-2.0", body);
    assert_eq!(score(&facts, Metric::License), 0.0);
    assert_eq!(codes(&facts), ["license_conflict"]);
    let silent = with_card("license: apache-2.0", "# T\n## License\nSee the file.");
    assert_eq!(score(&silent, Metric::License), 1.0);
    assert!(codes(&silent).is_empty());
}

#[test]
fn a_tag_that_contradicts_the_card_is_a_conflict() {
    let mut facts = with_card("license: mit", "# T");
    facts.model.info = known(HubInfo { tags: vec!["license:gpl-3.0".to_owned()], ..info() });
    assert_eq!(subject(&facts).as_deref(), Some("MIT AND GPL-3.0-only"));
    assert_eq!(codes(&facts), ["license_conflict"]);
}

#[test]
fn linked_code_under_another_licence_is_found_and_moves_no_points() {
    let mut facts = with_card("license: apache-2.0", "# T");
    let mut code = repository("owner/code");
    let license = License { spdx: Some("GPL-3.0".to_owned()), file: None };
    code.license = known(license);
    facts.repositories.push(code);
    assert_eq!(codes(&facts), ["code_license_conflict"]);
    assert_eq!(score(&facts, Metric::License), 1.0);
    let same = License { spdx: Some("Apache-2.0".to_owned()), file: None };
    facts.repositories[0].license = known(same);
    assert!(codes(&facts).is_empty());
}

#[test]
fn other_is_made_clear_by_the_licence_file() {
    let mut facts = with_front_matter(json!({ "license": "other" }));
    facts.model.license_file = known(document("LICENSE", MIT_TEXT));
    assert_eq!(score(&facts, Metric::License), 1.0);
}

#[test]
fn unknown_is_no_licence_and_contradicts_none() {
    let mut facts = with_front_matter(json!({ "license": "unknown" }));
    assert_eq!(score(&facts, Metric::License), 0.0);
    facts.model.license_file = known(document("LICENSE", MIT_TEXT));
    assert_eq!(score(&facts, Metric::License), 1.0);
    assert!(codes(&facts).is_empty());
    let mut kept = with_front_matter(json!({ "license": "proprietary" }));
    kept.model.license_file = known(document("LICENSE", MIT_TEXT));
    assert_eq!(score(&kept, Metric::License), 0.0);
    assert_eq!(codes(&kept), ["license_conflict"]);
}

#[test]
fn the_licence_of_a_product_is_read_from_its_file_where_its_host_knows_none() {
    let found = |spdx: Option<&str>, text: &str| License {
        spdx: spdx.map(str::to_owned),
        file: Some(document("LICENSE", text)),
    };
    assert_eq!(license_of_product(&found(Some("MIT"), "")).as_deref(), Some("MIT"));
    assert_eq!(license_of_product(&found(None, MIT_TEXT)).as_deref(), Some("MIT"));
    assert_eq!(license_of_product(&found(None, "Ask us.")), None);
    assert_eq!(license_of_product(&License { spdx: None, file: None }), None);
}

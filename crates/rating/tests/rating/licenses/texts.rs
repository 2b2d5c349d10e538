//! Licence files, recognised by their texts.

use super::{MIT_TEXT, subject, with_file};
use touchstone_domain::Metric;
use touchstone_domain::license::Use::{FineTune, Run};
use touchstone_domain::license::Verdict::{Allowed, Unclear};
use touchstone_rating::license_check;

fn listed(id: &str) -> &'static str {
    spdx::license_id(id).unwrap().text()
}

/// What the rating says of a licence file.
fn said_of(text: &str) -> String {
    let rating = crate::support::rating(&with_file(text));
    let evidence = &rating.metric(Metric::License).unwrap().evidence;
    evidence[0].observation.clone()
}

/// Licences that people put models under.
const USED: [&str; 41] = [
    "MIT",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSD-4-Clause",
    "ISC",
    "0BSD",
    "Zlib",
    "GPL-2.0-only",
    "GPL-3.0-only",
    "LGPL-2.1-only",
    "LGPL-3.0-only",
    "AGPL-3.0-only",
    "MPL-2.0",
    "EPL-2.0",
    "EUPL-1.2",
    "CC0-1.0",
    "CC-BY-4.0",
    "CC-BY-SA-4.0",
    "CC-BY-NC-4.0",
    "CC-BY-NC-SA-4.0",
    "CC-BY-NC-ND-4.0",
    "CC-BY-ND-4.0",
    "CC-BY-3.0",
    "CC-BY-SA-3.0",
    "CC-BY-NC-3.0",
    "Unlicense",
    "BSL-1.0",
    "Artistic-2.0",
    "AFL-3.0",
    "MS-PL",
    "ODbL-1.0",
    "ODC-By-1.0",
    "PDDL-1.0",
    "CDLA-Permissive-2.0",
    "CDLA-Sharing-1.0",
    "OFL-1.1",
    "WTFPL",
    "BSD-3-Clause-Clear",
    "OSL-3.0",
    "PolyForm-Noncommercial-1.0.0",
];

/// Those of [`USED`] whose text, written in some way, is taken for something else.
fn mistaken(written: impl Fn(&str) -> String) -> Vec<(&'static str, Option<String>)> {
    let found = USED.map(|id| (id, subject(&with_file(&written(listed(id))))));
    found.into_iter().filter(|(id, found)| found.as_deref() != Some(id)).collect()
}

#[test]
fn every_text_of_the_list_that_people_use_for_models_is_recognised() {
    assert_eq!(mistaken(str::to_owned), []);
}

#[test]
fn lines_may_be_broken_anywhere() {
    for width in [40, 72] {
        let broken = |text: &str| {
            let mut lines = String::new();
            let mut length = 0;
            for word in text.split_inclusive(char::is_whitespace) {
                length = if word.ends_with('\n') { 0 } else { length + word.len() };
                lines.push_str(word);
                if length > width {
                    lines.push('\n');
                    length = 0;
                }
            }
            lines
        };
        assert_eq!(mistaken(broken), [], "{width}");
    }
}

#[test]
fn layout_comments_and_names_in_copyright_lines_make_no_difference() {
    let commented = format!("// {}", MIT_TEXT.replace('\n', "\n// "));
    let broken = MIT_TEXT.replace(' ', "\n");
    let loud = MIT_TEXT.to_uppercase().replace('"', "''");
    let owned =
        MIT_TEXT.replace("(c) 2020 Somebody", "(c) 2019-2024 The Long Name of an Institute, Inc.");
    for text in [&commented, &broken, &loud, &owned] {
        assert_eq!(subject(&with_file(text)).as_deref(), Some("MIT"), "{text}");
    }
}

#[test]
fn a_licence_is_whole_without_its_appendix() {
    let whole = listed("Apache-2.0");
    let terms = whole.split("APPENDIX").next().unwrap();
    for text in [whole, terms] {
        assert_eq!(subject(&with_file(text)).as_deref(), Some("Apache-2.0"));
    }
    let program = listed("GPL-3.0-only").split("How to Apply").next().unwrap();
    assert_eq!(subject(&with_file(program)).as_deref(), Some("GPL-3.0-only"));
}

#[test]
fn the_similarity_is_stated() {
    assert_eq!(said_of(MIT_TEXT), "The text of LICENSE is that of MIT (similarity 100 %).");
    let reworded = MIT_TEXT
        .replace("Software", "material")
        .replace("permission", "consent")
        .replace("and", "or");
    let said = said_of(&reworded);
    assert!(said.starts_with("The text of LICENSE is nearest to that of MIT"), "{said}");
    assert_eq!(subject(&with_file(&reworded)).as_deref(), Some("a changed MIT"));
}

#[test]
fn a_condition_added_to_a_licence_is_shown_and_makes_it_unclear() {
    let apache = listed("Apache-2.0");
    for (text, id) in [(MIT_TEXT, "MIT"), (apache, "Apache-2.0")] {
        for added in ["It must not be used to sell advertisements.", &"And more. ".repeat(100)] {
            let facts = with_file(&format!("{text}\n{added}"));
            let answer = license_check(&facts, Some("LGPL-2.1-only"), None, &[Run]);
            let subject = answer.subject.unwrap();
            assert_eq!(subject, format!("{id} AND terms added to it"), "{added:.40}");
            assert_eq!(answer.verdict, Unclear);
        }
    }
    let said = said_of(&format!("{MIT_TEXT}\nIt must not be used to sell advertisements."));
    assert!(said.contains("words added: “"), "{said}");
    assert!(said.contains("sell advertisements”"), "{said}");
}

#[test]
fn a_condition_in_front_of_a_licence_is_known_by_its_name() {
    let text = format!(
        "“Commons Clause” License Condition v1.0\n\nThe Software is provided to you under the \
         License below, subject to the following condition: you may not sell it.\n\n{MIT_TEXT}"
    );
    let answer = license_check(&with_file(&text), Some("LGPL-2.1-only"), None, &[FineTune]);
    assert_eq!(answer.subject.as_deref(), Some("MIT AND Commons-Clause"));
    assert_eq!(answer.verdict, Unclear);
}

#[test]
fn a_term_left_out_makes_it_another_licence() {
    let apache = listed("Apache-2.0");
    let start = apache.find("3. Grant of Patent License").unwrap();
    let end = apache.find("4. Redistribution").unwrap();
    let without_patents = format!("{}{}", &apache[..start], &apache[end..]);
    assert_eq!(subject(&with_file(&without_patents)).as_deref(), Some("a changed Apache-2.0"));
    let said = said_of(&without_patents);
    assert!(said.contains("leaves out"), "{said}");
}

#[test]
fn two_licences_in_one_file_both_bind() {
    let both = format!("{}\n\n{MIT_TEXT}", listed("Apache-2.0"));
    let facts = with_file(&both);
    assert_eq!(subject(&facts).as_deref(), Some("Apache-2.0 AND MIT"));
    let answer = license_check(&facts, Some("LGPL-2.1-only"), None, &[FineTune]);
    assert_eq!(answer.verdict, Allowed);
}

#[test]
fn texts_of_model_licences_are_told_by_title_and_passages() {
    let llama = "LLAMA 3.1 COMMUNITY LICENSE AGREEMENT\nThe Llama Materials may be used under the \
                 Acceptable Use Policy by those with fewer than 700 million monthly active users.";
    let rail = "BigScience RAIL License v1.0\nUse-based restrictions bind Derivatives of the Model, \
                see Attachment A.";
    let mistral = "Mistral AI Research License\nOnly for Research Purposes.";
    for (text, id) in
        [(llama, "llama3.1"), (rail, "bigscience-bloom-rail-1.0"), (mistral, "mistral-research")]
    {
        assert_eq!(subject(&with_file(text)).as_deref(), Some(id));
        let said = said_of(text);
        assert!(said.contains("whether the rest was changed cannot be told"), "{said}");
    }
}

#[test]
fn hostile_texts_are_answered() {
    let long = "permission is hereby granted ".repeat(100_000);
    let line = "a".repeat(5_000_000);
    for text in
        [long.as_str(), line.as_str(), "\u{0}\u{feff}", "not", "©", "MIT License", "1.\n2.\n"]
    {
        let answer = license_check(&with_file(text), Some("MIT"), None, &[Run]);
        assert!(!answer.compatible || text == "MIT License", "{text:.20}");
    }
}

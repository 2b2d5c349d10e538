//! How claims of performance are backed.

use crate::support::{document, facts, known, rating, score};
use touchstone_domain::facts::TextGrade;
use touchstone_domain::{Facts, Metric};

fn with_card(text: &str) -> Facts {
    let mut facts = facts();
    facts.model.card = known(document("README.md", text));
    facts
}

fn claims(text: &str) -> f64 {
    score(&with_card(text), Metric::PerformanceClaims)
}

fn sentences(facts: &Facts) -> Vec<String> {
    let rating = rating(facts);
    let evidence = &rating.metric(Metric::PerformanceClaims).unwrap().evidence;
    evidence.iter().map(|it| it.observation.clone()).collect()
}

const TIED: [&str; 5] = [
    "## Evaluation\n\n| Dataset | F1 |\n|-|-|\n| SQuAD | 91.2 |\n",
    "## Results\n\n| Metric | SQuAD |\n|-|-|\n| F1 | **91.2%** |\n",
    "## Performance\n\nIt reaches an F1 of 91.2 on the SQuAD test set.\n",
    "## Performance\n\nEvaluated on the SQuAD dev set:\n\n```\n\"f1\": 91.2,\n```\n",
    "---\nmodel-index:\n- name: x\n  results:\n  - dataset: {name: SQuAD}\n    metrics:\n    \
     - {type: f1, value: 91.2}\n---\n",
];

#[test]
fn a_number_with_its_data_set_and_metric_is_found_in_every_form() {
    for card in TIED {
        assert!(claims(card) >= 0.4, "{card}: {}", claims(card));
        let said = sentences(&with_card(card));
        assert!(said[0].contains("f1 ") && said[0].contains("91.2"), "{}", said[0]);
        assert!(said[0].contains("on SQuAD"), "{}", said[0]);
    }
}

#[test]
fn a_number_without_data_set_or_metric_earns_little() {
    for card in [
        "## Evaluation\n\n| A | B |\n|-|-|\n| x | 91.2 |\n",
        "## Evaluation\n\nf1 f1 f1 accuracy 99.9\n",
        "## Evaluation\n",
        "Great results.\n",
    ] {
        assert!(claims(card) < 0.11, "{card}: {}", claims(card));
    }
}

#[test]
fn results_that_the_hub_verified_count_most() {
    let mut facts = facts();
    facts.model.card = known(document("README.md", "# Name\n"));
    let entry = "- dataset:\n    id: lab/exam\n    task_id: hard\n  value: 71.5\n";
    facts.model.documents = vec![document(".eval_results/exam.yaml", entry)];
    let stated = score(&facts, Metric::PerformanceClaims);
    let verified = format!("{entry}  verifyToken: abc\n");
    facts.model.documents = vec![document(".eval_results/exam.yaml", &verified)];
    assert!(stated > 0.5 && score(&facts, Metric::PerformanceClaims) > stated);
    assert!(sentences(&facts)[0].starts_with("A result that the Hub verified states hard 71.5"));
}

#[test]
fn a_models_own_row_is_told_from_those_it_is_compared_with() {
    let card = "---\ndatasets: [lab/exam]\n---\n## Results\n\n| Model | Accuracy |\n|-|-|\n\
                | other | 88.0 |\n| name | 91.5 |\n";
    let said = sentences(&with_card(card));
    assert_eq!(said[0], "A table of the card states accuracy 91.5 on lab/exam.");
    assert!(said.iter().any(|it| it.contains("beside other models' results")));
}

#[test]
fn stating_more_results_never_lowers_the_score() {
    let mut card = "# Name\n".to_owned();
    let mut before = claims(&card);
    for more in [
        "See https://arxiv.org/abs/2001.00001.\n",
        "## Evaluation\n\n| A | B |\n|-|-|\n| x | 91.2 |\n\n",
        "## Results\n\n| Dataset | F1 | EM |\n|-|-|-|\n| SQuAD | 91.2 | 85.0 |\n\n",
        "| Model | SQuAD F1 |\n|-|-|\n| a | 9.1 |\n| b | 9.2 |\n\n",
        "Accuracy is 88.1 % on the MNLI test set.\n\n",
    ] {
        card.push_str(more);
        let after = claims(&card);
        assert!(after >= before, "{before} fell to {after} by {more}");
        before = after;
    }
    assert!(before > 0.6, "{before}");
}

#[test]
fn a_language_models_grade_moves_the_score_by_a_fifth_at_most() {
    let mut facts = with_card(TIED[0]);
    let without = score(&facts, Metric::PerformanceClaims);
    for grade in [0.0, 0.5, 1.0, 1e9, f64::NAN] {
        facts.grade = Some(TextGrade {
            model: "grader".to_owned(),
            performance_claims: Some(grade),
            documentation: None,
        });
        let with = score(&facts, Metric::PerformanceClaims);
        assert!(with >= without && with <= without + 0.2 + 1e-9, "{grade}: {with}");
        assert!(sentences(&facts).iter().any(|it| it.contains("grader")));
    }
}

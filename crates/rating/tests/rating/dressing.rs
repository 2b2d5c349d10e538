//! Cards that are dressed up gain next to nothing; more of the same never lowers a score.

use crate::support::{document, facts, files, info, known, rating, score};
use proptest::prelude::*;
use touchstone_domain::facts::{DatasetFacts, HubInfo};
use touchstone_domain::lineage::Provenance;
use touchstone_domain::{Facts, Metric};

const MINE: [Metric; 5] = [
    Metric::RampUpTime,
    Metric::PerformanceClaims,
    Metric::Reproducibility,
    Metric::DatasetAndCodeScore,
    Metric::DatasetQuality,
];

const HEADINGS: [&str; 12] = [
    "Model description",
    "Intended uses & limitations",
    "How to use",
    "Training data",
    "Training procedure",
    "Evaluation results",
    "Bias, risks and limitations",
    "Dataset structure",
    "Code",
    "License",
    "Citation",
    "Benchmarks",
];

const FILLERS: [&str; 7] = [
    "",
    "[More Information Needed]",
    "accuracy dataset benchmark evaluation tests code training python license documentation",
    "This model can be used by users for downstream tasks. Users should be aware of the risks, \
     biases and limitations of the model. More information is needed for recommendations.",
    "TODO: add your text here",
    "| Name | Value |\n|------|-------|\n| a | 99.9 |\n| b | 98.7 |",
    "```python\n# your code here\nmodel = load(\"path/to/model\")\n```",
];

fn with_card(text: &str) -> Facts {
    let mut facts = facts();
    facts.model.card = known(document("README.md", text));
    facts.model.files = files(&[("README.md", 10)]);
    facts
}

proptest! {
    #[test]
    fn a_fake_card_raises_a_bare_models_net_score_by_a_twentieth_at_most(
        parts in prop::collection::vec((0..HEADINGS.len(), 0..FILLERS.len(), 1..4_usize), 0..40),
        likes in 0..10_000_000_u64,
        downloads in 0..100_000_000_u64,
    ) {
        let mut card = String::from("# Model\n\n");
        for (heading, filler, times) in parts {
            let text = format!("{}\n\n", FILLERS[filler]).repeat(times);
            card.extend(["## ", HEADINGS[heading], "\n\n", &text]);
        }
        let bare = rating(&with_card("")).net_score;
        let mut fake = with_card(&card);
        fake.model.info = known(HubInfo { likes, downloads, ..info() });
        let dressed = rating(&fake).net_score;
        prop_assert!(dressed - bare <= 0.05, "{bare} rose to {dressed}:\n{card}");
    }

    #[test]
    fn scores_stay_between_nothing_and_one_whatever_a_card_says(card in any_card()) {
        let facts = with_card(&card);
        for metric in MINE {
            let score = score(&facts, metric);
            prop_assert!((0.0..=1.0).contains(&score), "{metric:?} {score}");
        }
        prop_assert_eq!(
            serde_json::to_string(&rating(&facts)).unwrap(),
            serde_json::to_string(&rating(&facts)).unwrap()
        );
    }

    #[test]
    fn more_documentation_never_lowers_the_first_use(
        first in section(), second in section()
    ) {
        let card = format!("# Name\n\n{first}");
        let more = format!("{card}\n{second}");
        let before = score(&with_card(&card), Metric::RampUpTime);
        let after = score(&with_card(&more), Metric::RampUpTime);
        prop_assert!(after >= before, "{before} fell to {after}:\n{more}");
    }
}

fn section() -> impl Strategy<Value = String> {
    (0..HEADINGS.len(), "([A-Za-z0-9]{1,9} ){0,60}")
        .prop_map(|(heading, text)| format!("## {}\n\n{text}\n", HEADINGS[heading]))
}

fn any_card() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("---\n".to_owned()),
        Just("```python\n".to_owned()),
        Just("```\n".to_owned()),
        Just("<h1 align=center>\n".to_owned()),
        Just("## Evaluation\n| Dataset | F1 |\n|-|-|\n| SQuAD | 9.1 |\n".to_owned()),
        "[ -~]{0,40}\n",
        "\\PC{0,20}\n",
    ];
    prop::collection::vec(piece, 0..30).prop_map(|pieces| pieces.concat())
}

const DATA_CARD: &str = "---\nlicense: mit\n---\n## Dataset description\n\nThe Harbour corpus holds \
    41,210 radio messages that ships sent to the port of Rotterdam in 2019 and 2020, in Dutch and \
    English, with times and positions.\n\n## Splits\n\ntrain 30,000, validation 5,000, test 6,210 \
    messages, divided by ship so that no ship is in two of them; see splits.json and README.txt \
    for how this was done.\n";

fn with_dataset(card: &str, likes: u64) -> Facts {
    let mut facts = with_card("---\ndatasets: [lab/harbour]\n---\n# Name\n");
    facts.datasets.push(DatasetFacts {
        named_as: "lab/harbour".to_owned(),
        stated_in: Provenance::Card,
        info: known(HubInfo { id: "lab/harbour".to_owned(), likes, ..info() }),
        card: known(document("README.md", card)),
    });
    facts
}

#[test]
fn a_data_set_is_judged_by_what_its_card_says() {
    let empty = score(&with_dataset("", 0), Metric::DatasetQuality);
    let loved = score(&with_dataset("", 1_000_000), Metric::DatasetQuality);
    let told = score(&with_dataset(DATA_CARD, 0), Metric::DatasetQuality);
    assert!(empty < 0.01 && loved < 0.05 && told > 0.25, "{empty} {loved} {told}");
}

#[test]
fn a_name_that_resolves_to_nothing_gives_little() {
    let mut gone = with_dataset(DATA_CARD, 0);
    gone.datasets[0].info = crate::support::absent();
    assert!(score(&gone, Metric::DatasetAndCodeScore) <= 0.05);
    assert!(score(&gone, Metric::DatasetQuality).abs() < f64::EPSILON);
    assert!(score(&with_dataset("", 0), Metric::DatasetAndCodeScore) >= 0.25);
}

#[test]
fn the_cards_own_words_are_a_floor_of_at_most_a_half() {
    let words = "## Training data\n\nTrained on 41,210 messages of the Harbour corpus \
        (https://example.org/harbour) and 12,000 lines of Wikipedia (https://wikipedia.org/nl), \
        collected in 2019 and 2020 in Dutch, cleaned with langid 1.1 and divided by ship.\n";
    let alone = score(&with_card(words), Metric::DatasetQuality);
    assert!(alone > 0.3 && alone <= 0.5, "{alone}");
    let mut linked = with_dataset("", 0);
    linked.model.card = known(document("README.md", words));
    assert!((score(&linked, Metric::DatasetQuality) - alone).abs() < 1e-9);
}

#[test]
fn adoption_alone_does_not_pass_two_fifths_of_the_first_use() {
    let mut facts = facts();
    facts.model.info = known(HubInfo { likes: u64::MAX, downloads: u64::MAX, ..info() });
    assert!(score(&facts, Metric::RampUpTime) <= 0.4);
}

const PARTS: [&str; 6] = [
    "---\nlicense: mit\ndatasets: [lab/harbour]\npipeline_tag: text-classification\n---\n# Name\n\n",
    "Paper: https://arxiv.org/abs/2001.00001. Code: https://github.com/owner/name.\n\n",
    "## How to use\n\nInstall the package `radio` 2.1 with Python 3.12, then run:\n\n\
     ```python\nfrom radio import Model\n\nmodel = Model.from_pretrained(\"owner/name\")\n\
     print(model(\"mayday\"))\n```\n\n",
    "## Limitations\n\nIt reads Dutch and English only, fails on messages under 4 words, and was \
     never tried outside Rotterdam; expect errors on call signs such as PD0ABC.\n\n",
    "## Training data\n\nTrained on 41,210 messages of the Harbour corpus, collected in 2019 and \
     2020 in Rotterdam, of which 30,000 were used; see https://example.org/harbour.\n\n",
    "## Evaluation\n\n| Dataset | F1 | Accuracy |\n|-|-|-|\n| Harbour | 91.2 | 93.4 |\n\n",
];

#[test]
fn taking_one_part_of_a_card_away_never_helps() {
    let whole = with_parts(&PARTS);
    let before = rating(&whole);
    for (index, part) in PARTS.iter().enumerate() {
        let rest: Vec<&str> = PARTS.iter().filter(|it| *it != part).copied().collect();
        let after = rating(&with_parts(&rest));
        assert!(after.net_score < before.net_score, "without part {index}");
        for (one, other) in before.metrics.iter().zip(&after.metrics) {
            assert!(other.counted <= one.counted, "{:?} without part {index}", one.metric);
        }
    }
    let mut without_data = whole;
    without_data.datasets.clear();
    assert!(rating(&without_data).net_score <= before.net_score);
}

fn with_parts(parts: &[&str]) -> Facts {
    let mut facts = with_dataset(DATA_CARD, 10);
    facts.model.card = known(document("README.md", &parts.concat()));
    facts
}

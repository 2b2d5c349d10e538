//! Dressing a bare model up raises its net score by a twentieth at most: each fake alone, and all
//! of them together.

use crate::support::models::{DATA_CARD, FULL, Kind, dataset};
use crate::support::{
    absent, commit, contributors, document, files, history, info, known, owner, rating, repository,
    reviews, tree,
};
use touchstone_domain::Facts;
use touchstone_domain::facts::HubInfo;
use touchstone_rating::references;

const MOST: f64 = 0.05;

/// Weights that somebody uploaded, and nothing said of them.
fn bare() -> Facts {
    let mut facts = crate::support::facts();
    facts.model.info = known(HubInfo { downloads: 40, likes: 2, ..info() });
    facts.model.files = files(&[("model.safetensors", 400_000_000), ("README.md", 20)]);
    facts.model.card = known(document("README.md", ""));
    facts.model.owner = owner(false, None);
    facts.model.history = history(&["me"]);
    facts
}

type Fake = fn(&mut Facts);

const FAKES: [(&str, Fake); 10] = [
    ("a filled-in template", |facts| {
        write(facts, TEMPLATE);
    }),
    ("headings without content", |facts| {
        write(facts, &HEADINGS.map(|heading| format!("## {heading}\n\n")).concat());
    }),
    ("keywords repeated", |facts| {
        let words = "dataset benchmark accuracy evaluation tests license documentation python code \
                     training limitations bias usage example ";
        write(facts, &format!("## Usage\n\n{}\n\n", words.repeat(60)));
    }),
    ("a card copied from another model", |facts| {
        let copied = FULL.without(Kind::License, "willow/harbour-base").model.card;
        let text = copied.value().map(|card| card.text.clone()).unwrap_or_default();
        write(facts, text.split_once("\n---\n").map_or("", |(_, body)| body));
    }),
    ("tables without data set or metric", |facts| {
        let rows = (0..30).map(|row| format!("| run {row} | {}.{row} |\n", 70 + row));
        let rows: String = rows.collect();
        write(facts, &format!("## Results\n\n| Name | Value |\n|-|-|\n{rows}\n"));
    }),
    ("numbers in sentences", |facts| {
        write(
            facts,
            "## Evaluation\n\nState of the art: 99.9, 98.7 and 97.5 points on everything.\n\n",
        );
    }),
    ("likes and downloads times a thousand", |facts| {
        let it = facts.model.info.value().cloned().unwrap_or_else(info);
        facts.model.info =
            known(HubInfo { downloads: it.downloads * 1000, likes: it.likes * 1000, ..it });
    }),
    ("links that lead nowhere", |facts| {
        write(
            facts,
            "Paper: https://arxiv.org/abs/0000.00000, leaderboard: https://example.org/board, \
             code: https://github.com/nobody/nothing, demo: https://huggingface.co/spaces/no/ne.\n\n",
        );
        facts.repositories.push(touchstone_domain::facts::RepositoryFacts {
            info: absent(),
            ..repository("nobody/nothing")
        });
    }),
    ("data sets that resolve to nothing", |facts| {
        write(
            facts,
            "Trained on [a](https://huggingface.co/datasets/no/one), \
                      [b](https://huggingface.co/datasets/no/two) and thousands of others.\n\n",
        );
        for name in ["no/one", "no/two", "no/three", "no/four"] {
            let mut missing = dataset(name, "");
            (missing.info, missing.card) = (absent(), absent());
            facts.datasets.push(missing);
        }
    }),
    ("somebody else's well-kept library", |facts| {
        write(
            facts,
            "Install: `pip install git+https://github.com/big/library`. See also \
                      [the library](https://github.com/big/library).\n\n",
        );
        if references(&facts.model).repositories.iter().any(|named| named.name == "big/library") {
            facts.repositories.push(library());
        }
    }),
];

/// Adds to the card.
fn write(facts: &mut Facts, text: &str) {
    let before = facts.model.card.value().map(|card| card.text.clone()).unwrap_or_default();
    facts.model.card = known(document("README.md", &format!("{before}{text}")));
}

fn library() -> touchstone_domain::facts::RepositoryFacts {
    let mut library = repository("big/library");
    library.contributors = contributors(&[900, 800, 700, 600, 500, 400, 300, 200, 100, 50]);
    library.tree = tree(&["src/a.py", "tests/test_a.py", ".github/workflows/ci.yml", "uv.lock"]);
    library.reviews = reviews(vec![commit(100, "ada", Some(&["ben"])); 50]);
    library.readme = known(document("README.md", &"A library for everything. ".repeat(200)));
    library
}

#[test]
fn each_fake_alone_gains_a_twentieth_at_most() {
    let before = rating(&bare()).net_score;
    for (name, dress) in FAKES {
        let mut facts = bare();
        dress(&mut facts);
        let gain = rating(&facts).net_score - before;
        assert!(gain <= MOST, "{name} gains {gain:.3}");
    }
}

#[test]
fn all_fakes_together_gain_a_twentieth_at_most() {
    let before = rating(&bare()).net_score;
    let mut facts = bare();
    for (_, dress) in FAKES {
        dress(&mut facts);
    }
    let after = rating(&facts);
    let gain = after.net_score - before;
    let gave: Vec<_> = after.metrics.iter().map(|it| (it.metric.as_str(), it.counted)).collect();
    assert!(gain <= MOST, "all together gain {gain:.3}: {gave:?}");
}

/// Statements that are false and can be found out only by a reader, with the most that each gains:
/// `docs/rating/gaming.md` tells them.
const LIES: [(&str, f64, Fake); 3] = [
    ("somebody else's repository as one's own", 0.19, |facts| {
        write(facts, "Code: https://github.com/big/library\n\n");
        facts.repositories.push(library());
    }),
    ("somebody else's data as one's own", 0.14, |facts| {
        write(facts, "---\ndatasets: [big/data]\n---\n");
        facts.datasets.push(dataset("big/data", DATA_CARD));
    }),
    ("invented results", 0.06, |facts| {
        let rows = "| SQuAD | test | 93.1 | 91.2 |\n| MNLI | test | 90.2 | 92.2 |\n";
        let head = "# Name\n\n## Evaluation\n\n| Dataset | Split | F1 | Accuracy |\n|-|-|-|-|\n";
        write(facts, &format!("{head}{rows}"));
    }),
];

#[test]
fn a_lie_gains_no_more_than_the_documentation_admits() {
    let before = rating(&bare()).net_score;
    for (name, most, lie) in LIES {
        let mut facts = bare();
        lie(&mut facts);
        let gain = rating(&facts).net_score - before;
        assert!(gain <= most, "{name} gains {gain:.3}");
    }
}

const HEADINGS: [&str; 10] = [
    "Model description",
    "Intended uses",
    "How to use",
    "Limitations and bias",
    "Training data",
    "Training procedure",
    "Evaluation results",
    "Environmental impact",
    "Citation",
    "License",
];

const TEMPLATE: &str = "# Model Card for Model ID\n\nThis modelcard aims to be a base template for \
    new models.\n\n## Model Details\n\n- **Developed by:** [More Information Needed]\n\
    - **Model type:** [More Information Needed]\n- **License:** [More Information Needed]\n\n\
    ## Uses\n\nThis model can be used by anybody for a wide range of downstream tasks. It performs \
    well on many tasks and can be fine-tuned for your own use case.\n\n## Bias, Risks, and \
    Limitations\n\nUsers (both direct and downstream) should be made aware of the risks, biases and \
    limitations of the model. More information needed for further recommendations.\n\n## How to Get \
    Started with the Model\n\nUse the code below to get started with the model.\n\n[More Information \
    Needed]\n\n## Training Data\n\nThe model was trained on a large and diverse high-quality data \
    set that was carefully collected and cleaned.\n\n## Evaluation\n\nThe model achieves excellent \
    results on common benchmarks.\n\n";

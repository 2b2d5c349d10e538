//! Cards as people write them, read for what they say.

use crate::support::{document, facts, known, rating, score};
use proptest::prelude::*;
use touchstone_domain::{Facts, Metric};

fn with_card(text: &str) -> Facts {
    let mut facts = facts();
    facts.model.card = known(document("README.md", text));
    facts
}

/// The observation of a metric's row, with the line of the card that it links to.
fn observed(card: &str, metric: Metric, row: &str) -> (String, String) {
    let rating = rating(&with_card(card));
    let evidence = &rating.metric(metric).unwrap().evidence;
    let found = evidence.iter().find(|it| it.criterion == row).unwrap();
    let line = found.seen_at.as_deref().and_then(|url| url.split_once('#')).map(|(_, line)| line);
    (found.observation.clone(), line.unwrap_or_default().to_owned())
}

fn stated(card: &str) -> (String, String) {
    observed(card, Metric::PerformanceClaims, "stated")
}

#[test]
fn a_table_is_read_whatever_its_shape() {
    let cases = [
        ("| Dataset | Split | F1 |\n|-|-|-|\n| SQuAD | dev | 91.2 |", "f1 91.2 on SQuAD", 5),
        ("| Metric | SQuAD | MNLI |\n|-|-|-|\n| F1 | 91.2 | 88 |", "f1 91.2 on SQuAD", 5),
        ("| Model | SQuAD F1 |\n|-|-|\n| other | 99.0 |\n| name | 91.2 |", "f1 91.2 on SQuAD", 6),
        ("| | SQuAD | |\n|-|-|-|\n| | EM | F1 |\n| dev | 81.5 | 91.2 |", "em 81.5 on SQuAD", 6),
        (
            "<table><tr><th>Dataset</th><th>F1</th></tr>\n<tr><td>SQuAD</td><td><b>91.2</b></td></tr></table>",
            "f1 91.2 on SQuAD",
            3,
        ),
        ("<table>\n<tr><th>Dataset<th>F1\n<tr><td>SQuAD<td>91.2\n</table>", "f1 91.2 on SQuAD", 3),
    ];
    for (table, expected, line) in cases {
        let (observation, seen_at) = stated(&format!("## Evaluation\n\n{table}\n"));
        assert!(observation.contains(expected), "{table}\n{observation}");
        assert_eq!(seen_at, format!("L{line}"), "{table}");
    }
}

#[test]
fn columns_are_told_by_their_headings() {
    let cases = [
        (
            "| Benchmark | # Shots | Metric | Name | Other |\n|-|-|-|-|-|\n\
             | MMLU | 5 | macro acc | 79.3 | 78.8 |",
            "acc 79.3 on MMLU.",
        ),
        ("| Task | Params | Accuracy |\n|-|-|-|\n| MNLI | 110 | 87.1 |", "accuracy 87.1 on MNLI."),
        ("| Type | Score |\n|-|-|\n| ENTS_F | 84.5 |", "84.5 without a data set and a metric."),
    ];
    for (table, expected) in cases {
        let (observation, _) = stated(&format!("## Evaluation\n\n{table}\n"));
        assert!(observation.ends_with(expected), "{table}\n{observation}");
    }
}

#[test]
fn the_text_around_a_table_says_what_it_leaves_out() {
    let card = "---\ndatasets: news\nmetrics: [bleu]\n---\n## Results\n\n| pair | score |\n|-|-|\n\
                | en-de | 42.8 |\n";
    assert_eq!(stated(card).0, "A table of the card states bleu 42.8 on news.");
    let card = "## Accuracy\n\n| Language | Accuracy |\n|-|-|\n| English | 67% |\n";
    assert!(stated(card).0.ends_with("without a data set."), "{:?}", stated(card));
}

#[test]
fn a_log_of_the_training_is_no_result() {
    let card = "## Training results\n\n| Training Loss | Epoch | Step |\n|-|-|-|\n\
                | 0.31 | 1.0 | 500 |\n";
    assert!(stated(card).0.starts_with("No result"), "{:?}", stated(card));
}

#[test]
fn a_list_that_a_sentence_announces_states_results() {
    let card = "# name\n\nThis model is a fine-tuned version of base on the CoNLL2003 dataset.\n\
                It achieves the following results on the evaluation set:\n- Loss: 0.0613\n\
                - F1: 0.9482\n";
    assert_eq!(
        stated(card),
        ("A sentence of the card states loss 0.0613 on CoNLL2003.".to_owned(), "L5".to_owned())
    );
}

#[test]
fn a_sentence_states_a_result_only_where_it_says_so_and_names_its_data() {
    let told = "# name\n\nIt achieves an F1 of 91.2 on the SQuAD 2.0 dev set.\n";
    assert!(stated(told).0.contains("f1 91.2 on SQuAD 2.0."), "{:?}", stated(told));
    for vague in [
        "# name\n\nThe learning rate was 0.001 and were 3.5 epochs.\n",
        "# name\n\nAccording to 2.5 million users it is great.\n",
    ] {
        assert!(stated(vague).0.starts_with("No result"), "{:?}", stated(vague));
    }
}

#[test]
fn headings_are_told_in_whatever_form() {
    for heading in [
        "## Training data",
        "Training data\n---",
        "<h3>Training data</h3>\n",
        "**Training data**",
        "## 训练数据",
        "### Datasets used",
    ] {
        let card = format!("# name\n\n{heading}\n\nTrained on 1,200 pages of BookCorpus text.\n");
        let (observation, _) = observed(&card, Metric::DatasetAndCodeScore, "training_data");
        assert!(observation.contains("7 different words"), "{heading}: {observation}");
    }
}

#[test]
fn a_section_belongs_to_the_heading_above_it() {
    let card = "# name\n\n## Training data\n\n### BookCorpus\n\nPages of it, 1,200 in all.\n";
    let (observation, line) = observed(card, Metric::DatasetAndCodeScore, "training_data");
    assert!(observation.contains("6 different words"), "{observation}");
    assert_eq!(line, "L5");
}

#[test]
fn what_a_template_left_behind_says_nothing_and_a_sentence_like_it_does() {
    let filler = "## Limitations\n\n[More Information Needed]\n\nTODO: write this\n";
    let said = "## Limitations\n\nTodo modelo comete erros; it may fill in wrong words.\n";
    let row = |card| observed(card, Metric::RampUpTime, "limitations").0;
    assert!(row(filler).contains("no words of its own"), "{}", row(filler));
    assert!(row(said).contains("10 different words"), "{}", row(said));
}

#[test]
fn text_without_blanks_between_words_is_counted() {
    let card = "## 训练数据\n\n本模型使用了来自 CommonCrawl 的新闻文本,约 1200 万句,以及BookCorpus语料。\n";
    let earned = score(&with_card(card), Metric::DatasetQuality);
    assert!(earned > 0.1, "{earned}");
}

#[test]
fn front_matter_that_cannot_be_read_is_said_to_be_so() {
    let unread = |card: &str| {
        let rating = rating(&with_card(card));
        let evidence = rating.metrics.iter().flat_map(|metric| &metric.evidence);
        let remarks =
            evidence.filter(|it| it.of == 0.0 && it.observation.contains("front matter is"));
        remarks.map(|it| it.observation.clone()).next()
    };
    for broken in [
        "---\nlicense: [mit\n---\n# name\n",
        "---\n- a\n- b\n---\n# name\n",
        &format!("---\na: &a [x]\n{}---\n# name\n", bomb()),
    ] {
        assert!(unread(broken).is_some(), "{broken:.60}");
    }
    for whole in [
        "---\n\tlicense: mit\n---\n",
        "---\n---\n# name\n",
        "\u{feff}---\r\nlicense: mit\r\n---\r\n",
    ] {
        assert_eq!(unread(whole), None, "{whole:?}");
    }
}

/// Aliases of aliases that stand for billions of values.
fn bomb() -> String {
    let line = |(name, of): (char, char)| {
        format!("{name}: &{name} [{}]\n", vec![format!("*{of}"); 10].join(", "))
    };
    ('b'..='k').zip('a'..).map(line).collect()
}

#[test]
fn hostile_cards_are_read_within_their_bounds() {
    let nested: String =
        (0..20_000).flat_map(|depth| [" ".repeat(depth % 500), "- item\n".to_owned()]).collect();
    for card in [
        nested,
        ">".repeat(200_000),
        "[".repeat(100_000),
        "<table>".repeat(50_000),
        "<tr><td>".repeat(50_000),
        format!("| {} |\n|{}\n", "a | ".repeat(5_000), "-|".repeat(5_000)),
        "x".repeat(6_000_000),
        "# a\n".repeat(300_000),
        "**a** ".repeat(200_000),
        "<a href=".repeat(100_000),
        "\u{0}\u{202e}\u{feff}".repeat(10_000),
        format!("---\n{}: 1e999\n---\n", "k".repeat(100_000)),
    ] {
        let rated = rating(&with_card(&card));
        assert!(rated.net_score <= 0.25, "{card:.20}: {}", rated.net_score);
    }
}

#[test]
fn what_lies_beyond_the_bounds_is_said_to_be_unread() {
    for card in
        [format!("# name\n\n{}", "word ".repeat(1_100_000)), "# a\n\ntext\n\n".repeat(5_000)]
    {
        let rated = rating(&with_card(&card));
        let mut evidence = rated.metrics.iter().flat_map(|metric| &metric.evidence);
        let said = evidence.any(|it| it.observation.contains("read"));
        assert!(said, "{card:.20}");
    }
}

proptest! {
    #[test]
    fn any_text_is_read(card in "([-#*>|<\\[\\]`=~:. \\n]|[a-c]|table|tr>|td>|---\\n|```python\\n|90.1|F1|SQuAD){0,120}") {
        let rated = rating(&with_card(&card));
        for metric in &rated.metrics {
            prop_assert!((-1.0..=1.0).contains(&metric.score));
            let points: f64 = metric.evidence.iter().map(|it| it.points).sum();
            prop_assert!((points.min(1.0) - metric.counted).abs() < 1e-6 || !metric.applies);
        }
    }
}

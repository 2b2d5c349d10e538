//! What a heading announces: synonyms that people use for the same part of a card.

use std::collections::BTreeSet;

/// A part that cards have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Topic {
    /// What it is.
    Description,
    /// How to run it.
    Usage,
    /// What it is for.
    IntendedUse,
    /// What it cannot do, biases and risks.
    Limitations,
    /// What it was trained on.
    TrainingData,
    /// How it was trained.
    TrainingProcedure,
    /// How good it is.
    Evaluation,
    /// How to cite it.
    Citation,
    /// Under which terms it is given.
    License,
    /// Where its code is.
    Code,
    /// How a data set is laid out.
    Structure,
    /// How a data set is divided.
    Splits,
    /// Where data came from and how it was collected.
    Collection,
    /// How data was labelled.
    Annotation,
    /// A list of the card's own parts.
    Contents,
}

/// Phrases by topic; each matches at the beginning of a word, so that `limitation` also finds
/// `Limitations`.
const PHRASES: [(Topic, &[&str]); 15] = [
    (
        Topic::Description,
        &[
            "description",
            "summary",
            "overview",
            "introduction",
            "about",
            "model details",
            "介绍",
            "简介",
            "概述",
            "概要",
        ],
    ),
    (
        Topic::Usage,
        &[
            "usage",
            "how to",
            "use with",
            "using",
            "quick start",
            "quickstart",
            "get started",
            "getting started",
            "example",
            "inference",
            "in action",
            "demo",
            "load",
            "run ",
            "running",
            "direct use",
            "sample code",
            "tutorial",
            "verwendung",
            "utilisation",
            "uso",
            "使用",
            "用法",
            "示例",
            "快速开始",
            "使い方",
        ],
    ),
    (
        Topic::IntendedUse,
        &[
            "intended",
            "uses",
            "use case",
            "application",
            "out of scope",
            "direct use",
            "scope",
            "用途",
        ],
    ),
    (
        Topic::Limitations,
        &[
            "limitation",
            "bias",
            "risk",
            "caveat",
            "known issue",
            "ethic",
            "consideration",
            "fairness",
            "social impact",
            "responsib",
            "局限",
            "限制",
            "偏见",
            "注意事项",
        ],
    ),
    (
        Topic::TrainingData,
        &[
            "training data",
            "pretraining data",
            "pre training data",
            "train data",
            "data source",
            "dataset",
            "data set",
            "data",
            "corpus",
            "corpora",
            "trained on",
            "fine tuning data",
            "finetuning data",
            "训练数据",
            "数据集",
            "学習データ",
        ],
    ),
    (
        Topic::TrainingProcedure,
        &[
            "training",
            "pretraining",
            "pre training",
            "fine tun",
            "finetun",
            "hyperparameter",
            "hyper parameter",
            "preprocessing",
            "train",
            "entrenamiento",
            "entraînement",
            "训练",
            "微调",
            "学習",
        ],
    ),
    (
        Topic::Evaluation,
        &[
            "eval",
            "result",
            "performance",
            "benchmark",
            "accuracy",
            "metric",
            "test set",
            "score",
            "comparison",
            "leaderboard",
            "ergebnis",
            "résultat",
            "resultado",
            "评估",
            "评测",
            "性能",
            "结果",
            "評価",
        ],
    ),
    (Topic::Citation, &["citation", "citing", "cite", "bibtex", "reference", "引用"]),
    (
        Topic::License,
        &[
            "license",
            "licence",
            "licensing",
            "terms of use",
            "lizenz",
            "licencia",
            "许可",
            "协议",
            "ライセンス",
        ],
    ),
    (Topic::Code, &["code", "repository", "github", "source", "model sources"]),
    (
        Topic::Structure,
        &["structure", "field", "instance", "feature", "schema", "format", "column"],
    ),
    (Topic::Splits, &["split", "partition", "configuration", "subset"]),
    (
        Topic::Collection,
        &[
            "collection",
            "source data",
            "curation",
            "creation",
            "data source",
            "construction",
            "provenance",
            "origin",
            "acquisition",
            "curator",
        ],
    ),
    (Topic::Annotation, &["annotat", "label", "crowdsourc", "ground truth"]),
    (Topic::Contents, &["table of contents", "contents"]),
];

/// What a heading announces; nothing where it says nothing that cards usually have.
pub(super) fn topics(heading: &str) -> BTreeSet<Topic> {
    let mut plain = String::with_capacity(heading.len() + 2);
    plain.push(' ');
    for character in heading.chars().take(200) {
        if character.is_alphanumeric() {
            plain.extend(character.to_lowercase());
        } else if !plain.ends_with(' ') {
            plain.push(' ');
        }
    }
    plain.push(' ');
    // Scripts that put no blanks between words have no beginnings of words either.
    let begins = |at: usize, phrase: &str| plain[..at].ends_with(' ') || !phrase.is_ascii();
    let announced = |phrases: &&[&str]| {
        phrases.iter().any(|phrase| plain.match_indices(phrase).any(|(at, _)| begins(at, phrase)))
    };
    PHRASES.iter().filter(|(_, phrases)| announced(phrases)).map(|(topic, _)| *topic).collect()
}

//! The words of results: numbers, measures, and names of data sets told from other words.

/// A number as results are written: `91.3`, `0.87%`, `91.3 ± 0.2`, `88.1/92.0`.
pub(super) fn is_number(cell: &str) -> bool {
    let bare = cell.trim().trim_matches(|c: char| "*_~≈<>≤≥% ".contains(c));
    let first = bare.split(['±', '/', '(', ' ', '%']).next().unwrap_or_default();
    first.len() <= 24 && first.replace(',', "").parse::<f64>().is_ok_and(f64::is_finite)
}

/// In a sentence only a number with a fraction or a percent sign is a result.
pub(super) fn is_score(word: &str) -> bool {
    is_number(word) && (word.contains('.') || word.contains('%'))
}

/// What results are measured in. The names of measures are the field's vocabulary; they name no
/// model, owner or data set.
const METRICS: [&str; 68] = [
    "accuracy",
    "acc",
    "f1",
    "precision",
    "recall",
    "exact match",
    "exact",
    "em",
    "bleu",
    "sacrebleu",
    "rouge",
    "rouge-1",
    "rouge-2",
    "rouge-l",
    "meteor",
    "chrf",
    "bertscore",
    "perplexity",
    "ppl",
    "wer",
    "cer",
    "mae",
    "mse",
    "rmse",
    "r2",
    "auc",
    "roc-auc",
    "auroc",
    "map",
    "ndcg",
    "ndcg@10",
    "mrr",
    "mrr@10",
    "recall@1",
    "pearson",
    "spearman",
    "matthews",
    "mcc",
    "iou",
    "miou",
    "fid",
    "psnr",
    "ssim",
    "top-1",
    "top-5",
    "pass@1",
    "win rate",
    "mean reward",
    "reward",
    "average precision",
    "ap50",
    "dice",
    "kappa",
    "auprc",
    "comet",
    "cider",
    "spice",
    "eer",
    "der",
    "pesq",
    "stoi",
    "mos",
    "elo",
    "bits per byte",
    "准确率",
    "召回率",
    "精确率",
    "loss",
];

/// The measure that a cell or sentence names.
pub(super) fn metric_in(text: &str) -> Option<String> {
    let lower = text.to_lowercase();
    let words: Vec<&str> = lower
        .split(|c: char| !c.is_alphanumeric() && c != '@' && c != '-')
        .map(|word| word.trim_matches('-'))
        .filter(|word| !word.is_empty())
        .collect();
    let named = METRICS.iter().find(|metric| {
        let parts: Vec<&str> = metric.split(' ').collect();
        words.windows(parts.len()).any(|window| window == parts)
    });
    let named = named.or_else(|| {
        let begins = |metric: &&&str| words.iter().any(|word| is_form_of(word, metric));
        METRICS.iter().find(begins)
    });
    named.map(|metric| (*metric).to_owned())
}

/// Whether a word is a measure with its variant: `f1-macro`, `rouge2`, `rougelsum`, `accuracies`.
fn is_form_of(word: &str, metric: &str) -> bool {
    let Some(variant) = word.strip_prefix(metric).filter(|_| metric.len() > 1) else {
        return false;
    };
    variant.starts_with(|c: char| c.is_ascii_digit() || c == '-' || c == '@')
        || matches!(variant, "s" | "score" | "scores" | "l" | "lsum" | "macro" | "micro")
}

/// What a cell names besides a measure: the data set, where it looks like a proper name.
pub(super) fn dataset_in(cell: &str) -> Option<String> {
    const NO_DATA: [&str; 16] = [
        "model",
        "score",
        "value",
        "metric",
        "epoch",
        "step",
        "size",
        "average",
        "avg",
        "params",
        "name",
        "training loss",
        "rank",
        "test",
        "dev",
        "total",
    ];
    let name = without_measures(cell);
    let lower = name.to_lowercase();
    let is_name = lower.len() >= 2
        && lower.len() <= 60
        && lower.chars().any(char::is_alphabetic)
        && !NO_DATA.iter().any(|word| lower == *word || lower.starts_with(&format!("{word} ")));
    let proper = name.chars().any(char::is_uppercase) || lower.contains(['-', '_', '/']);
    (is_name && proper && !is_language_pair(&lower)).then_some(name)
}

/// A cell's words but those that name a measure: `SQuAD` of `SQuAD F1`, nothing of `Top-1 Acc.`.
fn without_measures(cell: &str) -> String {
    if cell.len() > 200 {
        return String::new();
    }
    let words = cell.split_whitespace().filter(|word| metric_in(word).is_none());
    let name = words.collect::<Vec<_>>().join(" ");
    if metric_in(&name).is_some() {
        return String::new();
    }
    name.trim_matches(|c: char| !c.is_alphanumeric()).to_owned()
}

/// `en-de` and the like name the direction of a translation, not what it was measured on.
fn is_language_pair(lower: &str) -> bool {
    let is_code =
        |part: &str| (2..=3).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_lowercase());
    lower.split_once(['-', '_', '→']).is_some_and(|(from, to)| is_code(from) && is_code(to))
}

/// Words that begin a sentence with a capital letter and name no data set.
const ORDINARY: [&str; 14] = [
    "the",
    "this",
    "these",
    "our",
    "we",
    "it",
    "all",
    "in",
    "for",
    "model",
    "models",
    "results",
    "test",
    "evaluation",
];

/// The proper name behind `on`, or before `data set`, `test set` and the like.
pub(super) fn dataset_in_prose(text: &str) -> Option<String> {
    let words: Vec<&str> = text.split_whitespace().take(400).collect();
    let plain = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
    let is_proper = |word: &str| {
        let word = plain(word);
        word.len() >= 2
            && word.len() <= 40
            && word.chars().any(|c| c.is_uppercase() || "-_/".contains(c))
            && !ORDINARY.contains(&word.to_lowercase().as_str())
            && metric_in(&word).is_none()
    };
    let is_kind = |word: &str| {
        let word = plain(word).to_lowercase();
        ["dataset", "datasets", "test", "validation", "dev", "benchmark", "corpus", "split", "eval"]
            .contains(&word.as_str())
    };
    let named = |at: usize| {
        let name = plain(words[at]);
        let version = words.get(at + 1).map(|word| plain(word)).filter(|word| is_version(word));
        version.map_or(name.clone(), |version| format!("{name} {version}"))
    };
    for (index, pair) in words.windows(2).enumerate() {
        let kind = if is_version(&plain(pair[1])) { words.get(index + 2) } else { Some(&pair[1]) };
        if index > 0 && is_proper(pair[0]) && kind.is_some_and(|kind| is_kind(kind)) {
            return Some(named(index));
        }
        if matches!(plain(pair[0]).to_lowercase().as_str(), "on" | "dataset" | "data") {
            let mut next = (index + 1..words.len()).take(3);
            if let Some(at) = next.find(|at| is_proper(words[*at]) && is_marked(words[*at])) {
                return Some(named(at));
            }
        }
    }
    None
}

/// Whether a word bears a mark of a name beside a hyphen, which `held-out` has too.
fn is_marked(word: &str) -> bool {
    word.chars().any(|c| c.is_uppercase() || c.is_ascii_digit() || "_/".contains(c))
}

/// A version behind a name: `2.0`, `v2`.
fn is_version(word: &str) -> bool {
    let digits = word.strip_prefix(['v', 'V']).unwrap_or(word);
    !digits.is_empty()
        && digits.len() <= 4
        && digits
            .split('.')
            .all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()))
        && (digits.len() < word.len() || digits.contains('.'))
}

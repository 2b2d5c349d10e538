//! Are the training data and example code there and documented?

use super::{Criterion, Outcome, Scale, Tally, dataset_quality, linked_repository};
use crate::context::Context;
use crate::metrics::scale::GRADE;
use crate::text::Topic;
use touchstone_domain::{Fact, Metric, Missing};

const DATASET: Criterion = Criterion {
    key: "dataset",
    points: 0.25,
    looks_at: "a data set that the card, its tags or its links name and that the Hub has; a \
               sixth for a name that resolves to nothing",
    because: "Data that can be opened can be checked against what is said of the model.",
};
const DATASET_CARD: Criterion = Criterion {
    key: "dataset_card",
    points: 0.15,
    looks_at: "how much of what a data set's card should say the best of them says",
    because: "Data without a description cannot be judged by who did not collect it.",
};
const TRAINING_DATA: Criterion = Criterion {
    key: "training_data",
    points: 0.10,
    looks_at: "what the card says on its training data, by different words and what can be \
               checked in them",
    because: "The author alone knows what was taken of the data, and how.",
};
const EXAMPLE: Criterion = Criterion {
    key: "example",
    points: 0.20,
    looks_at: "an example in the card that loads this model; three quarters where it has to be \
               mended",
    because: "Code that uses the model says what no description does.",
};
const FILES: Criterion = Criterion {
    key: "files",
    points: 0.10,
    looks_at: "scripts or notebooks in the model's repository",
    because: "A file that can be started is an example that cannot be cut short.",
};
const REPOSITORY: Criterion = Criterion {
    key: "repository",
    points: 0.20,
    looks_at: "a linked code repository that exists; a tenth for one that does not",
    because: "The code that trained or runs the model is the best description of it.",
};

/// What the data half can earn from a data set.
const LINKED_DATA: [Criterion; 2] = [DATASET, DATASET_CARD];

/// Half for the data, half for the code.
pub(super) const SCALE: Scale = Scale {
    metric: Metric::DatasetAndCodeScore,
    question: "Are the training data and example code there and documented?",
    facts: &[
        "the data sets that the card, its tags and its links name",
        "the data sets' cards",
        "the card's section on its training data",
        "the card's Python examples",
        "the list of the repository's files",
        "the code repositories that the card links",
    ],
    criteria: &[DATASET, DATASET_CARD, TRAINING_DATA, EXAMPLE, FILES, REPOSITORY],
    instead: &[],
    on_top: &[GRADE],
    limits: &["A name that resolves to nothing gives 0.04 for data and 0.02 for code at most."],
    cannot_see: &[
        "Whether the model was trained on the data that are named.",
        "Data sets outside the Hub.",
    ],
};

/// Adds up what is there, by [`SCALE`].
pub(crate) fn score(context: &Context<'_>) -> Outcome {
    let mut tally = Tally::default();
    data(context, &mut tally);
    own_words(context, &mut tally);
    example(context, &mut tally);
    files(context, &mut tally);
    repository(context, &mut tally);
    tally.grade(context.grade, |grade| grade.documentation);
    tally.outcome()
}

fn data(context: &Context<'_>, tally: &mut Tally) {
    let resolved = context.data().filter(|(dataset, _)| dataset.info.value().is_some());
    let rated = resolved.map(|(dataset, card)| (dataset_quality::completeness(card), dataset));
    let best = rated.reduce(|best, next| if next.0 > best.0 { next } else { best });
    if let Some((completeness, dataset)) = best {
        let name = &dataset.named_as;
        let observation = format!("The data set {name} exists.");
        tally.give(&DATASET, 1.0, observation, dataset.info.seen_at.clone());
        let percent = (completeness * 100.0).round();
        let observation = format!("The card of {name} says {percent} % of what one should say.");
        tally.give(&DATASET_CARD, completeness, observation, dataset.card.seen_at.clone());
        return;
    }
    let Some(dataset) = context.datasets.first() else {
        for criterion in &LINKED_DATA {
            let observation = "The card, its tags and its links name no data set of the Hub.";
            tally.unnamed(criterion, observation, context.card_url());
        }
        return;
    };
    let what = format!("The data set {}", dataset.named_as);
    unresolved(&DATASET, 0.04 / DATASET.points, &what, &dataset.info, tally);
    let what = format!("The card of the data set {}", dataset.named_as);
    unresolved(&DATASET_CARD, 0.0, &what, &dataset.info, tally);
}

/// A name that leads to nothing gives a little; one that could not be looked up gives nothing yet.
fn unresolved<T>(criterion: &Criterion, share: f64, what: &str, fact: &Fact<T>, tally: &mut Tally) {
    match fact.why_missing() {
        Some(why) if *why != Missing::Absent => {
            tally.missing(criterion, what, fact.seen_at.clone(), why);
        }
        _ => {
            let observation = format!("{what} does not exist.");
            tally.give(criterion, share, observation, fact.seen_at.clone());
        }
    }
}

fn own_words(context: &Context<'_>, tally: &mut Tally) {
    if let Some(why) = context.model.card.why_missing() {
        return tally.missing(&TRAINING_DATA, "The card", context.model.card.seen_at.clone(), why);
    }
    for unread in &context.card.unread {
        tally.remark(unread.clone(), context.card_url());
    }
    let said = context.card.said_about(Topic::TrainingData);
    let line = context.card.line_about(Topic::TrainingData);
    let seen_at = line.map_or_else(|| context.card_url(), |line| context.card_line_url(line));
    let observation = match line {
        Some(_) => format!("The card describes its data in {said}."),
        None => "No section of the card is about its training data.".to_owned(),
    };
    tally.give(&TRAINING_DATA, said.share(), observation, seen_at);
}

fn example(context: &Context<'_>, tally: &mut Tally) {
    if let Some(why) = context.model.card.why_missing() {
        return tally.missing(&EXAMPLE, "The card", context.model.card.seen_at.clone(), why);
    }
    let own = || context.examples.iter().filter(|example| example.loads_this);
    let whole = own().find(|example| example.problem.is_none());
    let Some(example) = whole.or_else(|| own().next()) else {
        let observation = "No example in the card loads this model.";
        return tally.give(&EXAMPLE, 0.0, observation, context.card_url());
    };
    let (share, how) = match &example.problem {
        None => (1.0, "and runs as it stands".to_owned()),
        Some(problem) => (0.75, format!("but {problem}")),
    };
    let line = example.line;
    let observation = format!("The example on line {line} loads this model {how}.");
    tally.give(&EXAMPLE, share, observation, context.card_line_url(line));
}

fn files(context: &Context<'_>, tally: &mut Tally) {
    let listing = &context.model.files;
    let files = match &listing.found {
        Ok(files) => files,
        Err(why) => {
            let what = "The list of the repository's files";
            return tally.missing(&FILES, what, listing.seen_at.clone(), why);
        }
    };
    let is_code = |path: &str| [".py", ".ipynb", ".sh"].iter().any(|end| path.ends_with(end));
    let mut code = files.iter().filter(|file| file.size_bytes != Some(0));
    if let Some(file) = code.find(|file| is_code(&file.path)) {
        let observation = format!("The repository has code: `{}`.", file.path);
        tally.give(&FILES, 1.0, observation, context.file_url(&file.path));
    } else {
        let observation = "The repository has no scripts and no notebooks.";
        tally.give(&FILES, 0.0, observation, listing.seen_at.clone());
    }
}

fn repository(context: &Context<'_>, tally: &mut Tally) {
    if let Some(repository) = linked_repository(context) {
        let observation = format!("The code repository {} exists.", repository.named_as);
        return tally.give(&REPOSITORY, 1.0, observation, repository.info.seen_at.clone());
    }
    match context.repositories.first() {
        Some(named) => {
            let what = format!("The code repository {}", named.named_as);
            unresolved(&REPOSITORY, 0.02 / REPOSITORY.points, &what, &named.info, tally);
        }
        None => {
            tally.unnamed(&REPOSITORY, "The card links no code repository.", context.card_url());
        }
    }
}

//! Are the training data and example code there and documented?

use super::{Outcome, Tally, dataset_quality, linked_repository};
use crate::context::Context;
use crate::text::Topic;

/// Half for the data, half for the code.
///
/// | points | for |
/// |---|---|
/// | 0.25 | a named data set that resolves; 0.04 for a name that resolves to nothing |
/// | 0.15 | how complete the best linked data set's card is |
/// | 0.10 | what the card's training-data section says |
/// | 0.20 | an example in the card that loads this model: 0.15 where it has to be mended |
/// | 0.10 | scripts or notebooks in the repository |
/// | 0.20 | a linked code repository that resolves; 0.02 for one that does not |
///
/// A language model's grade of the documentation, where one is configured, adds up to 0.2, never
/// more than the points above and never over 1.
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
    let resolved = || context.datasets.iter().filter(|dataset| dataset.info.value().is_some());
    let best = resolved().map(|it| (dataset_quality::completeness(it), it));
    let best = best.reduce(|best, next| if next.0 > best.0 { next } else { best });
    if let Some((completeness, dataset)) = best {
        let name = &dataset.named_as;
        let seen_at = dataset.info.seen_at.clone();
        tally.give(0.25, 0.25, format!("The data set {name} exists."), seen_at);
        let percent = (completeness * 100.0).round();
        let observation = format!("The card of {name} says {percent} % of what one should say.");
        return tally.give(0.15 * completeness, 0.15, observation, dataset.card.seen_at.clone());
    }
    let Some(dataset) = context.datasets.first() else {
        let observation = "The card, its tags and its links name no data set of the Hub.";
        return tally.unnamed(0.40, observation, context.card_url());
    };
    match dataset.info.why_missing() {
        Some(why) if !matches!(why, touchstone_domain::Missing::Absent) => {
            let what = format!("The data set {}", dataset.named_as);
            tally.missing(0.40, &what, dataset.info.seen_at.clone(), why);
        }
        _ => {
            let observation = format!("The data set {} does not exist.", dataset.named_as);
            tally.give(0.04, 0.40, observation, dataset.info.seen_at.clone());
        }
    }
}

fn own_words(context: &Context<'_>, tally: &mut Tally) {
    const OF: f64 = 0.10;
    if let Some(why) = context.model.card.why_missing() {
        return tally.missing(OF, "The card", context.model.card.seen_at.clone(), why);
    }
    let said = context.card.said_about(Topic::TrainingData);
    let line = context.card.line_about(Topic::TrainingData);
    let seen_at = line.map_or_else(|| context.card_url(), |line| context.card_line_url(line));
    let observation = match line {
        Some(_) => format!(
            "The card describes its data in {} different words, {} of them names or figures that \
             can be checked.",
            said.words, said.specifics
        ),
        None => "No section of the card is about its training data.".to_owned(),
    };
    tally.give(OF * said.share(), OF, observation, seen_at);
}

fn example(context: &Context<'_>, tally: &mut Tally) {
    const OF: f64 = 0.20;
    if let Some(why) = context.model.card.why_missing() {
        return tally.missing(OF, "The card", context.model.card.seen_at.clone(), why);
    }
    let own = || context.examples.iter().filter(|example| example.loads_this);
    let whole = own().find(|example| example.problem.is_none());
    match whole.or_else(|| own().next()) {
        Some(example) => {
            let (points, how) = match &example.problem {
                None => (OF, "and runs as it stands".to_owned()),
                Some(problem) => (0.15, format!("but {problem}")),
            };
            let line = example.line;
            let observation = format!("The example on line {line} loads this model {how}.");
            tally.give(points, OF, observation, context.card_line_url(line));
        }
        None => tally.give(0.0, OF, "No example in the card loads this model.", context.card_url()),
    }
}

fn files(context: &Context<'_>, tally: &mut Tally) {
    const OF: f64 = 0.10;
    let listing = &context.model.files;
    let files = match &listing.found {
        Ok(files) => files,
        Err(why) => {
            let what = "The list of the repository's files";
            return tally.missing(OF, what, listing.seen_at.clone(), why);
        }
    };
    let is_code = |path: &str| [".py", ".ipynb", ".sh"].iter().any(|end| path.ends_with(end));
    let mut code = files.iter().filter(|file| file.size_bytes != Some(0));
    if let Some(file) = code.find(|file| is_code(&file.path)) {
        let observation = format!("The repository has code: `{}`.", file.path);
        tally.give(OF, OF, observation, context.file_url(&file.path));
    } else {
        let observation = "The repository has no scripts and no notebooks.";
        tally.give(0.0, OF, observation, listing.seen_at.clone());
    }
}

fn repository(context: &Context<'_>, tally: &mut Tally) {
    const OF: f64 = 0.20;
    if let Some(repository) = linked_repository(context) {
        let observation = format!("The code repository {} exists.", repository.named_as);
        return tally.give(OF, OF, observation, repository.info.seen_at.clone());
    }
    match context.repositories.first() {
        Some(named) => match named.info.why_missing() {
            Some(why) if !matches!(why, touchstone_domain::Missing::Absent) => {
                let what = format!("The code repository {}", named.named_as);
                tally.missing(OF, &what, named.info.seen_at.clone(), why);
            }
            _ => {
                let observation = format!("The repository {} does not exist.", named.named_as);
                tally.give(0.02, OF, observation, named.info.seen_at.clone());
            }
        },
        None => tally.unnamed(OF, "The card links no code repository.", context.card_url()),
    }
}

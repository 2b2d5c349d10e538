//! Does the card's own example run as it stands?

use super::{Outcome, Tally};
use crate::context::Context;

/// Reads the card's Python as a newcomer would run it.
///
/// | points | for |
/// |---|---|
/// | 1.0 | an example that loads this very model, parses, and has every name, file and value it needs |
/// | 0.5 | an example that has to be mended first: a syntax error, a name that nothing defines, a placeholder, a missing file, or another model's name |
/// | 0 | no Python that loads a model |
///
/// One example that runs is enough: others that do not run take nothing away.
pub(crate) fn score(context: &Context<'_>) -> Outcome {
    let mut tally = Tally::default();
    if let Some(why) = context.model.card.why_missing() {
        tally.missing(1.0, "The card", context.model.card.seen_at.clone(), why);
        return tally.outcome();
    }
    let runs =
        |example: &&crate::text::python::Example| example.loads_this && example.problem.is_none();
    let examples = &context.examples;
    let best = examples.iter().find(runs);
    let best = best.or_else(|| examples.iter().find(|example| example.loads_this));
    let Some(example) = best.or_else(|| examples.first()) else {
        let observation = "No Python in the card loads a model.";
        tally.give(0.0, 1.0, observation, context.card_url());
        return tally.outcome();
    };
    let (points, what) = match (&example.problem, &example.loads_other) {
        (None, _) if example.loads_this => {
            (1.0, "loads this model and has every name it uses".to_owned())
        }
        (Some(problem), _) if example.loads_this => (0.5, problem.clone()),
        (_, Some(other)) => (0.5, format!("loads `{other}`, not this model")),
        (problem, None) => (0.5, problem.clone().unwrap_or_default()),
    };
    let observation = format!("The example on line {} {what}.", example.line);
    tally.give(points, 1.0, observation, context.card_line_url(example.line));
    tally.outcome()
}

//! Does the card's own example run as it stands?

use super::{Criterion, Outcome, Scale, Tally};
use crate::context::Context;
use crate::text::python::Example;
use touchstone_domain::Metric;

const EXAMPLE: Criterion = Criterion {
    key: "example",
    points: 1.0,
    looks_at: "the best Python example of the card: whole where it loads this very model, parses, \
               and has every name, file and value it needs; half where it has to be mended first: \
               a syntax error, a name that nothing defines, a placeholder, a missing file, or \
               another model's name",
    because: "What runs as it stands can be checked by anybody, and is the least that an author \
              can have tried.",
};

/// How far the card's example runs.
pub(super) const SCALE: Scale = Scale {
    metric: Metric::Reproducibility,
    question: "Does the card's own example run as it stands?",
    facts: &["the card's Python", "the list of the repository's files"],
    criteria: &[EXAMPLE],
    instead: &[],
    on_top: &[],
    limits: &[
        "One example that runs is enough: others that do not run take nothing away.",
        "Without Python that loads a model it is 0.",
        "A block of more than 6,000 bytes is not read, and of a card the first hundred blocks are.",
    ],
    cannot_see: &[
        "Whether it runs: it is parsed and its names are followed, never executed.",
        "Which versions of its libraries it needs.",
        "Examples in other languages than Python.",
    ],
};

/// Reads the card's Python as a newcomer would run it, by [`SCALE`].
pub(crate) fn score(context: &Context<'_>) -> Outcome {
    let mut tally = Tally::default();
    if let Some(why) = context.model.card.why_missing() {
        tally.missing(&EXAMPLE, "The card", context.model.card.seen_at.clone(), why);
        return tally.outcome();
    }
    let Some(example) = best(&context.examples) else {
        let observation = "No Python in the card loads a model.";
        tally.give(&EXAMPLE, 0.0, observation, context.card_url());
        return tally.outcome();
    };
    let (share, what) = match (&example.problem, &example.loads_other) {
        (None, _) if example.loads_this => {
            (1.0, "loads this model and has every name it uses".to_owned())
        }
        (Some(problem), _) if example.loads_this => (0.5, problem.clone()),
        (_, Some(other)) => (0.5, format!("loads `{other}`, not this model")),
        (problem, None) => (0.5, problem.clone().unwrap_or_default()),
    };
    let observation = format!("The example on line {} {what}.", example.line);
    tally.give(&EXAMPLE, share, observation, context.card_line_url(example.line));
    tally.outcome()
}

/// One that runs, else one that loads this model, else the first.
fn best(examples: &[Example]) -> Option<&Example> {
    let own = || examples.iter().filter(|example| example.loads_this);
    own().find(|example| example.problem.is_none()).or_else(|| own().next()).or(examples.first())
}

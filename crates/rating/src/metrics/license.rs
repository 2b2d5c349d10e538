//! May we build on it?

use super::{Criterion, Outcome, Scale, Tally};
use crate::context::Context;
use crate::license::{self, Declared, Question};
use touchstone_domain::Metric;
use touchstone_domain::license::{LicenseAnswer, Role, Use, Verdict};
use touchstone_domain::rating::BlockingFinding;

/// What a product needs: to fine-tune the model and to run it.
const USES: [Use; 2] = [Use::FineTune, Use::Run];

const ALLOWED: Criterion = Criterion {
    key: "allowed",
    points: 1.0,
    looks_at: "whether the model may be fine-tuned and run in a product under the operator's \
               licence target: clearly allowed by every licence that it and its ancestors state \
               1.00; a licence is declared whose reach is not clear (custom, changed, \
               use-restricted, share-alike, an ancestor's terms that are not known) 0.50; ruled \
               out (non-commercial, copyleft that the target cannot carry, terms before the files, \
               no licence at all) 0.00",
    because: "What may not be used cannot be built on, however good it is.",
};

/// What a licence allows.
pub(super) const SCALE: Scale = Scale {
    metric: Metric::License,
    question: "May we build on it?",
    facts: &[
        "the card's `license`, with `license_name` and `license_link`",
        "the Hub's licence tag",
        "the licence file, its text compared with those of the SPDX list",
        "the card's section on its licence",
        "whether terms stand before the files",
        "the same of every model that it was made from, to a depth of five",
    ],
    criteria: &[ALLOWED],
    instead: &[],
    on_top: &[],
    limits: &[
        "Where statements disagree each is shown, the stricter counts, and `license_conflict` is a \
         finding of its own.",
        "Linked code under a licence that the model does not state is the finding \
         `code_license_conflict`, and a data set without commercial use is \
         `dataset_non_commercial`; neither moves the score, as neither clearly binds the weights.",
        "A list of licences does not say whether it is a choice, so all of it binds; `A OR B` is one.",
    ],
    cannot_see: &[
        "Whether whoever states a licence had the right to give it.",
        "Agreements beside the repository.",
        "Changes to the texts of model licences that the SPDX list lacks: these are told by title \
         and passages.",
        "Whether a product's use is among those that a use-restricted licence forbids.",
    ],
};

/// Weighs the licences of a model and of those that it was made from, by [`SCALE`].
pub(crate) fn score(context: &Context<'_>) -> Outcome {
    let declared = Declared::of(context.model, &context.card);
    let mut tally = Tally::default();
    for statement in &declared.statements {
        tally.remark(statement.observation.clone(), statement.seen_at.clone());
    }
    findings(context, &declared, &mut tally);
    if let (true, Some((seen_at, why))) = (declared.statements.is_empty(), &declared.unseen) {
        tally.missing(&ALLOWED, "The place where a licence is stated", seen_at.clone(), why);
        return tally.outcome();
    }
    let (none_stated, seen_at) = (declared.statements.is_empty(), declared.seen_at());
    let mut bound = vec![license::own(context.model, declared)];
    if !none_stated {
        bound.extend(license::ancestors(context.model, context.parents));
    }
    let target = &context.settings.license_target;
    let answer = Question::new(Some(target), None).answer(&bound, &USES);
    for reason in &answer.reasons {
        tally.remark(reason.because.clone(), reason.seen_at.clone());
    }
    let (share, sentence) = verdict(&answer, target, none_stated);
    let seen_at = answer.deciding().and_then(|reason| reason.seen_at.clone()).or(seen_at);
    if none_stated {
        tally.unnamed(&ALLOWED, sentence, seen_at);
    } else {
        tally.give(&ALLOWED, share, sentence, seen_at);
    }
    tally.outcome()
}

fn verdict(answer: &LicenseAnswer, target: &str, none_stated: bool) -> (f64, String) {
    let doing = format!("fine-tuning and running it in a product under {target}");
    let deciding = answer.deciding().map(|reason| &reason.member);
    let whose = match deciding.filter(|member| member.role == Role::Ancestor) {
        Some(ancestor) => format!("{}, which it was made from,", ancestor.name),
        None => "its licence".to_owned(),
    };
    match answer.verdict {
        Verdict::Allowed => (1.0, format!("Its licence clearly allows {doing}.")),
        Verdict::Unclear => (0.5, format!("Whether {whose} allows {doing} is not clear.")),
        Verdict::Forbidden if none_stated => {
            (0.0, format!("Without a licence nothing allows {doing}."))
        }
        Verdict::Forbidden => (0.0, format!("The terms of {whose} rule out {doing}.")),
    }
}

/// What no score may launder.
fn findings(context: &Context<'_>, declared: &Declared, tally: &mut Tally) {
    let mut add = |code: &str, summary: String, seen_at: Option<String>| {
        tally.blocking.push(BlockingFinding { code: code.to_owned(), summary, seen_at });
    };
    if declared.conflict {
        let said = declared.statements.iter().map(|it| it.observation.trim_end_matches('.'));
        let said = said.collect::<Vec<_>>().join("; ");
        let summary = format!("The model's licence statements contradict each other: {said}.");
        add("license_conflict", summary, declared.seen_at());
    }
    for repository in context.repositories {
        let Some(found) = repository.license.value() else { continue };
        let Some(theirs) = license::code_contradicts(declared, found) else { continue };
        let name = &repository.named_as;
        let summary =
            format!("The linked code {name} is under {theirs}, which the model does not state.");
        add("code_license_conflict", summary, Some(repository.license.seen_at.clone()));
    }
    for data in license::data(context.datasets) {
        let Some(stated) = &data.declared else { continue };
        let Some(id) = stated.non_commercial() else { continue };
        let name = &data.member.name;
        let summary = format!("The data set {name} is under {id}, which grants no commercial use.");
        add("dataset_non_commercial", summary, stated.seen_at());
    }
}

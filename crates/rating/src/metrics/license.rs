//! May we build on it?

use super::{Outcome, Tally};
use crate::context::Context;
use crate::license::{self, Declared, Question};
use touchstone_domain::license::{LicenseAnswer, Role, Use, Verdict};
use touchstone_domain::rating::BlockingFinding;

/// What a product needs: to fine-tune the model and to run it.
const USES: [Use; 2] = [Use::FineTune, Use::Run];

/// Whether the model may be fine-tuned and run in a product under the operator's licence target, by
/// its own terms and those of the models it was made from.
///
/// | points | for |
/// |---|---|
/// | 1.00 | both clearly allowed by every licence that the model and its ancestors state |
/// | 0.50 | a licence is declared whose reach is not clear: custom, use-restricted, share-alike, or an ancestor's terms that are not known |
/// | 0.00 | one of them ruled out: non-commercial, copyleft that the target cannot carry, terms before the files, or no licence at all |
///
/// Where the card, the Hub's tag, the licence file and the card's section disagree, each is shown,
/// the stricter counts, and `license_conflict` is a finding of its own. Findings besides:
/// `code_license_conflict` where the linked code's licence contradicts the model's, and
/// `dataset_non_commercial`, which gives no points and takes none: whether the terms of data reach
/// a model is not settled.
pub(crate) fn score(context: &Context<'_>) -> Outcome {
    let declared = Declared::of(context.model, &context.card);
    let mut tally = Tally::default();
    for statement in &declared.statements {
        tally.remark(statement.observation.clone(), statement.seen_at.clone());
    }
    findings(context, &declared, &mut tally);
    if let (true, Some((seen_at, why))) = (declared.statements.is_empty(), &declared.unseen) {
        tally.missing(1.0, "The place where a licence is stated", seen_at.clone(), why);
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
    let (points, sentence) = verdict(&answer, target, none_stated);
    if none_stated {
        tally.unnamed(1.0, sentence, seen_at);
    } else {
        tally.give(points, 1.0, sentence, seen_at);
    }
    tally.outcome()
}

fn verdict(answer: &LicenseAnswer, target: &str, none_stated: bool) -> (f64, String) {
    let doing = format!("fine-tuning and running it in a product under {target}");
    let deciding = answer.deciding().map(|reason| &reason.member);
    let whose = match deciding.filter(|member| member.role == Role::Ancestor) {
        Some(ancestor) => format!("{}, which it was made from,", ancestor.name),
        None => "Its licence".to_owned(),
    };
    match answer.verdict {
        Verdict::Allowed => (1.0, format!("Its licence clearly allows {doing}.")),
        Verdict::Unclear => (0.5, format!("{whose} does not clearly allow {doing}.")),
        Verdict::Forbidden if none_stated => {
            (0.0, format!("Without a licence nothing allows {doing}."))
        }
        Verdict::Forbidden => (0.0, format!("{whose} rules out {doing}.")),
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

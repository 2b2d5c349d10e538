//! May we build on it?

use super::{Outcome, Tally};
use crate::context::Context;
use crate::license::{Declared, judge};
use touchstone_domain::license::{Use, Verdict};
use touchstone_domain::rating::BlockingFinding;

/// What a product needs: to fine-tune the model and to run it.
const USES: [Use; 2] = [Use::FineTune, Use::Run];

/// Whether the model may be fine-tuned and run in a product under the operator's licence target.
///
/// | points | for |
/// |---|---|
/// | 1.00 | both clearly allowed by every licence that the model states |
/// | 0.50 | a licence is declared whose reach is not clear: custom, use-restricted, share-alike |
/// | 0.00 | one of them ruled out: non-commercial, copyleft that the target cannot carry, terms before the files, or no licence at all |
///
/// Where the card, the Hub's tag and the licence file disagree, each is shown, the stricter counts,
/// and `license_conflict` is a finding of its own.
pub(crate) fn score(context: &Context<'_>) -> Outcome {
    let declared = Declared::of(context.model, &context.card);
    let mut tally = Tally::default();
    for statement in &declared.statements {
        tally.remark(statement.observation.clone(), statement.seen_at.clone());
    }
    if let (true, Some((seen_at, why))) = (declared.statements.is_empty(), &declared.unseen) {
        tally.missing(1.0, "The place where a licence is stated", seen_at.clone(), why);
        return tally.outcome();
    }
    verdict(context, &declared, &mut tally);
    if declared.conflict {
        tally.blocking.push(conflict(&declared));
    }
    tally.outcome()
}

fn verdict(context: &Context<'_>, declared: &Declared, tally: &mut Tally) {
    let target = &context.settings.license_target;
    let answer = judge(declared, Some(target), None, &USES);
    for reason in &answer.reasons {
        tally.remark(reason.because.clone(), reason.seen_at.clone());
    }
    let doing = format!("fine-tuning and running it in a product under {target}");
    let (points, sentence) = match answer.verdict {
        Verdict::Allowed => (1.0, format!("Its licence clearly allows {doing}.")),
        Verdict::Unclear => (0.5, format!("Its licence does not clearly allow {doing}.")),
        Verdict::Forbidden if declared.statements.is_empty() => {
            (0.0, format!("Without a licence nothing allows {doing}."))
        }
        Verdict::Forbidden => (0.0, format!("Its terms rule out {doing}.")),
    };
    if declared.statements.is_empty() {
        tally.unnamed(1.0, sentence, declared.seen_at());
    } else {
        tally.give(points, 1.0, sentence, declared.seen_at());
    }
}

fn conflict(declared: &Declared) -> BlockingFinding {
    let said: Vec<&str> =
        declared.statements.iter().map(|it| it.observation.trim_end_matches('.')).collect();
    BlockingFinding {
        code: "license_conflict".to_owned(),
        summary: format!(
            "The model's licence statements contradict each other: {}.",
            said.join("; ")
        ),
        seen_at: declared.seen_at(),
    }
}

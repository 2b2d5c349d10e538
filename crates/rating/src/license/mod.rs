//! Licence questions: what a model states, what that asks for, and what follows for a use.
//!
//! [`statements`] reads where a model states a licence, [`expression`] understands what is written
//! there and [`recognise`] whole texts; [`terms`] is the table of what each licence asks for and
//! [`rules`] draws the conclusion.

mod expression;
mod recognise;
mod rules;
mod statements;
mod terms;

pub(crate) use statements::Declared;

use self::expression::Expression;
use self::rules::rule;
use self::terms::Kind;
use crate::text::Card;
use std::collections::BTreeSet;
use touchstone_domain::Facts;
use touchstone_domain::facts::{ModelFacts, ParentFacts};
use touchstone_domain::license::{LicenseAnswer, LicenseReason, Use, Verdict};

/// How many generations of ancestors are looked at.
const MAX_DEPTH: usize = 5;

/// Whether the model may be used in a product under `target` in each of these ways. `target` is the
/// licence of the product as its repository states it (SPDX id or expression, or nothing).
///
/// A model is bound by its own terms and by those of the models it was made from: where an ancestor's
/// terms are stricter, they are among the reasons, and the reason names the ancestor.
#[must_use]
pub fn license_check(
    facts: &Facts,
    target: Option<&str>,
    target_seen_at: Option<&str>,
    uses: &[Use],
) -> LicenseAnswer {
    let declared = Declared::of(&facts.model, &Card::of(&facts.model));
    let mut answer = judge(&declared, target, target_seen_at, uses);
    if target.is_some() {
        let mut seen = BTreeSet::from([facts.model.source.canonical()]);
        let mut inherited = Vec::new();
        inherit(&facts.parents, MAX_DEPTH, &mut seen, &mut |name, model| {
            inherited.extend(stricter(name, model, target, uses));
        });
        answer.reasons.extend(inherited);
        answer.reasons.sort_by_key(|reason| uses.iter().position(|it| *it == reason.relation));
        answer.verdict = strictest(&answer.reasons);
        answer.compatible = answer.verdict == Verdict::Allowed;
    }
    answer
}

/// Visits each ancestor that metadata was collected of once.
fn inherit(
    parents: &[ParentFacts],
    depth: usize,
    seen: &mut BTreeSet<String>,
    visit: &mut impl FnMut(&str, &ModelFacts),
) {
    for parent in parents.iter().filter(|parent| parent.relation.is_model()) {
        if depth == 0 || !seen.insert(parent.canonical.clone()) {
            continue;
        }
        if let Some(model) = parent.model.as_deref() {
            visit(&parent.canonical, model);
        }
        inherit(&parent.parents, depth - 1, seen, visit);
    }
}

/// What an ancestor's terms add. One that states no licence adds nothing: that is its own question,
/// as are terms that stand before its files.
fn stricter(
    name: &str,
    model: &ModelFacts,
    target: Option<&str>,
    uses: &[Use],
) -> Vec<LicenseReason> {
    let declared = Declared { gated_at: None, ..Declared::of(model, &Card::of(model)) };
    if declared.effective.is_none() {
        return Vec::new();
    }
    let mut reasons = judge(&declared, target, None, uses).reasons;
    reasons.retain(|reason| reason.verdict != Verdict::Allowed);
    for reason in &mut reasons {
        reason.because = format!("Its ancestor {name} binds it too. {}", reason.because);
    }
    reasons
}

fn strictest(reasons: &[LicenseReason]) -> Verdict {
    reasons.iter().map(|reason| reason.verdict).max().unwrap_or(Verdict::Unclear)
}

/// The licence of a model that forbids commercial use, and where it was seen.
pub(crate) fn non_commercial(model: &ModelFacts) -> Option<(String, String)> {
    let declared = Declared::of(model, &Card::of(model));
    let licenses = declared.effective.as_ref()?.licenses();
    let found = licenses.into_iter().find(|it| it.terms.kind == Kind::NonCommercial)?;
    Some((found.id.clone(), declared.seen_at()?))
}

/// Draws the conclusion from what a model declares.
pub(crate) fn judge(
    declared: &Declared,
    target: Option<&str>,
    target_seen_at: Option<&str>,
    uses: &[Use],
) -> LicenseAnswer {
    let product = target.and_then(expression::understand);
    let question = Question { declared, product: product.as_ref(), target_seen_at };
    let reasons: Vec<LicenseReason> =
        uses.iter().flat_map(|&purpose| question.reasons(purpose)).collect();
    let verdict = strictest(&reasons);
    LicenseAnswer {
        compatible: verdict == Verdict::Allowed,
        verdict,
        subject: declared.effective.as_ref().map(ToString::to_string),
        target: product.map(|product| product.to_string()),
        reasons,
    }
}

struct Question<'a> {
    declared: &'a Declared,
    product: Option<&'a Expression>,
    target_seen_at: Option<&'a str>,
}

impl Question<'_> {
    /// The steps for one use.
    fn reasons(&self, purpose: Use) -> Vec<LicenseReason> {
        let Some(effective) = &self.declared.effective else {
            let because = match &self.declared.unseen {
                Some((seen_at, _)) => {
                    format!(
                        "No licence was found, and {seen_at} could not be looked at: without one nothing is allowed."
                    )
                }
                None => "No licence is stated, and without one nothing is allowed.".to_owned(),
            };
            return vec![self.step(purpose, None, Verdict::Forbidden, because)];
        };
        let Some(product) = self.product else {
            let because = "The product's licence is not stated, so nothing can be said against it.";
            let mut step = self.step(purpose, None, Verdict::Unclear, because.to_owned());
            step.license = Some(effective.to_string());
            step.seen_at = self.target_seen_at.map(str::to_owned);
            return vec![step];
        };
        let mut reasons = self.weigh(effective, purpose, product);
        if let Some(seen_at) = &self.declared.gated_at {
            let because =
                "The files are given only to those who accept terms beforehand.".to_owned();
            let mut step = self.step(purpose, None, Verdict::Forbidden, because);
            step.license = Some(effective.to_string());
            step.seen_at = Some(seen_at.clone());
            reasons.push(step);
        }
        reasons
    }

    /// All licences of a conjunction bind; of a choice the most generous one is taken.
    fn weigh(
        &self,
        subject: &Expression,
        purpose: Use,
        product: &Expression,
    ) -> Vec<LicenseReason> {
        match subject {
            Expression::One(license) => {
                let ruling = rule(license, purpose, product);
                let id = Some(license.id.as_str());
                vec![self.step(purpose, id, ruling.verdict, ruling.because)]
            }
            Expression::All(parts) => {
                parts.iter().flat_map(|part| self.weigh(part, purpose, product)).collect()
            }
            Expression::Any(parts) => parts
                .iter()
                .map(|part| self.weigh(part, purpose, product))
                .min_by_key(|reasons| reasons.iter().map(|reason| reason.verdict).max())
                .unwrap_or_default(),
        }
    }

    fn step(
        &self,
        relation: Use,
        license: Option<&str>,
        verdict: Verdict,
        because: String,
    ) -> LicenseReason {
        let names = |id: &str| {
            let statements = self.declared.statements.iter();
            statements.into_iter().find(|it| it.expression.licenses().iter().any(|l| l.id == id))
        };
        let stated = license.and_then(names).map(|statement| statement.seen_at.clone());
        LicenseReason {
            relation,
            license: license.map(str::to_owned),
            seen_at: stated.or_else(|| self.declared.seen_at()),
            verdict,
            because,
        }
    }
}

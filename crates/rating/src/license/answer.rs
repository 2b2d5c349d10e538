//! From what is declared to an answer with its derivation.

use super::declared::Declared;
use super::expression::{self, Expression};
use super::lineage::{self, Bound};
use super::rules::{self, Rule};
use super::texts;
use crate::text::Card;
use touchstone_domain::Facts;
use touchstone_domain::facts::License as FoundLicense;
use touchstone_domain::license::{LicenseAnswer, LicenseReason, Member, Role, Use, Verdict};

/// Whether the model may be used in a product under `target` in each of these ways. `target` is the
/// licence of the product as its repository states it (SPDX id or expression, or nothing), and
/// `target_seen_at` where.
///
/// A model is bound by its own terms, by those of the models it was made from, and as far as that
/// can be told by those of its data; each step names whose terms it speaks of.
#[must_use]
pub fn license_check(
    facts: &Facts,
    target: Option<&str>,
    target_seen_at: Option<&str>,
    uses: &[Use],
) -> LicenseAnswer {
    let declared = Declared::of(&facts.model, &Card::of(&facts.model));
    let mut bound = vec![lineage::own(&facts.model, declared)];
    bound.extend(lineage::ancestors(&facts.model, &facts.parents));
    bound.extend(lineage::data(&facts.datasets));
    Question::new(target, target_seen_at).answer(&bound, uses)
}

/// Whether something under the licence `subject` may be used in a product under `target`, both as
/// SPDX expressions or names of licences.
#[must_use]
pub fn license_between(subject: &str, target: &str, purpose: Use) -> LicenseAnswer {
    let declared = Declared::stated(subject);
    let member = Member { name: subject.to_owned(), role: Role::Model, through: Vec::new() };
    let bound = Bound { member, declared: Some(declared) };
    Question::new(Some(target), None).answer(&[bound], &[purpose])
}

/// The licence of a product as its repository has it: what the host recognised, else what the text
/// of its licence file is. Nothing where neither tells.
#[must_use]
pub fn license_of_product(found: &FoundLicense) -> Option<String> {
    let by_text = || {
        let recognised = texts::recognise(&found.file.as_ref()?.text)?;
        Some(recognised.expression.to_string())
    };
    found.spdx.clone().or_else(by_text)
}

/// Whether the licence that GitHub and the licence file state for linked code contradicts what a
/// model declares; the licence, where it does.
pub(crate) fn code_contradicts(declared: &Declared, code: &FoundLicense) -> Option<String> {
    let theirs = license_of_product(code).as_deref().and_then(expression::understand)?;
    declared.contradicts(&theirs).then(|| theirs.to_string())
}

/// A product that asks.
pub(crate) struct Question<'a> {
    product: Option<Expression>,
    seen_at: Option<&'a str>,
}

impl<'a> Question<'a> {
    /// For a product under this licence, which was seen there.
    pub(crate) fn new(target: Option<&str>, seen_at: Option<&'a str>) -> Self {
        Self { product: target.and_then(expression::understand), seen_at }
    }

    /// What follows from the terms of all these members, of whom the first is the model itself.
    pub(crate) fn answer(&self, bound: &[Bound], uses: &[Use]) -> LicenseAnswer {
        let steps = uses
            .iter()
            .flat_map(|&purpose| bound.iter().flat_map(move |bound| self.reasons(bound, purpose)));
        let reasons: Vec<LicenseReason> = steps.collect();
        let verdict = reasons.iter().map(|reason| reason.verdict).max();
        let verdict = verdict.unwrap_or(Verdict::Unclear);
        let subject = bound.first().and_then(|own| own.declared.as_ref());
        LicenseAnswer {
            compatible: verdict == Verdict::Allowed,
            verdict,
            subject: subject.and_then(Declared::licenses),
            target: self.product.as_ref().map(ToString::to_string),
            reasons,
        }
    }

    /// The steps for one member and use.
    fn reasons(&self, bound: &Bound, purpose: Use) -> Vec<LicenseReason> {
        let Some(product) = &self.product else { return self.without_product(bound, purpose) };
        let steps = Steps { bound, purpose };
        match (bound.member.role, &bound.declared) {
            (Role::Model, Some(declared)) => steps.of_model(declared, product),
            (Role::Data, Some(declared)) => steps.of_data(declared),
            (_, declared) => steps.of_ancestor(declared.as_ref(), product),
        }
    }

    /// Only the model itself is spoken of where nothing can be said.
    fn without_product(&self, bound: &Bound, purpose: Use) -> Vec<LicenseReason> {
        let Some(declared) = bound.declared.as_ref().filter(|_| bound.member.role == Role::Model)
        else {
            return Vec::new();
        };
        let steps = Steps { bound, purpose };
        if declared.effective.is_none() {
            return vec![steps.without_licence(declared)];
        }
        let because = "The product's licence is not stated, so nothing can be said against it.";
        let mut step = steps.step(None, Verdict::Unclear, Rule::ProductUnknown, because.to_owned());
        step.license = declared.licenses();
        step.seen_at = self.seen_at.map(str::to_owned);
        vec![step]
    }
}

/// The steps for one member's terms and one use.
struct Steps<'a> {
    bound: &'a Bound,
    purpose: Use,
}

impl Steps<'_> {
    fn of_model(&self, declared: &Declared, product: &Expression) -> Vec<LicenseReason> {
        let Some(effective) = &declared.effective else {
            return vec![self.without_licence(declared)];
        };
        let mut steps = self.weigh(effective, product);
        if let Some(seen_at) = &declared.gated_at {
            let because = "The files are given only to those who accept terms beforehand.";
            let mut step =
                self.step(None, Verdict::Forbidden, Rule::TermsUnknown, because.to_owned());
            step.license = declared.licenses();
            step.seen_at = Some(seen_at.clone());
            steps.push(step);
        }
        steps
    }

    /// What an ancestor states nothing of is not clear: somebody else's word stands against the
    /// silence of whoever made it.
    fn of_ancestor(&self, declared: Option<&Declared>, product: &Expression) -> Vec<LicenseReason> {
        let name = &self.bound.member.name;
        let what = match declared {
            Some(Declared { effective: Some(effective), .. }) if !effective.is_unstated() => {
                let mut steps = self.weigh(effective, product);
                for step in &mut steps {
                    step.because = format!("Its ancestor {name} binds it too. {}", step.because);
                }
                return steps;
            }
            Some(Declared { unseen: None, .. }) => "states no licence that it could pass on",
            _ => "could not be looked at, so that its terms are not known",
        };
        let because = format!("Its ancestor {name} {what}.");
        vec![self.step(None, Verdict::Unclear, Rule::TermsUnknown, because)]
    }

    /// Whether a model is adapted material of what it was trained on is not settled, so data only
    /// counts where its terms keep to non-commercial use whatever is made of it.
    fn of_data(&self, declared: &Declared) -> Vec<LicenseReason> {
        let Some(id) = declared.non_commercial() else { return Vec::new() };
        let name = &self.bound.member.name;
        let because = format!(
            "Its data set {name} is under {id}, which grants no commercial use; whether that reaches a model trained on it is not settled."
        );
        vec![self.step(Some(&id), Verdict::Unclear, Rule::NonCommercial, because)]
    }

    fn without_licence(&self, declared: &Declared) -> LicenseReason {
        let because = match &declared.unseen {
            Some((seen_at, _)) => format!(
                "No licence was found, and {seen_at} could not be looked at: without one nothing is allowed."
            ),
            None => "No licence is stated, and without one nothing is allowed.".to_owned(),
        };
        self.step(None, Verdict::Forbidden, Rule::NothingGranted, because)
    }

    /// All licences of a conjunction bind; of a choice the most generous one is taken.
    fn weigh(&self, subject: &Expression, product: &Expression) -> Vec<LicenseReason> {
        match subject {
            Expression::One(license) => {
                let ruling = rules::rule(license, self.purpose, product);
                let step = |ruling: rules::Ruling| {
                    self.step(Some(&license.id), ruling.verdict, ruling.rule, ruling.because)
                };
                ruling.map(step).into_iter().collect()
            }
            Expression::All(parts) => {
                parts.iter().flat_map(|part| self.weigh(part, product)).collect()
            }
            Expression::Any(parts) => {
                let choices = parts.iter().map(|part| self.weigh(part, product));
                choices
                    .min_by_key(|steps| steps.iter().map(|step| step.verdict).max())
                    .unwrap_or_default()
            }
        }
    }

    fn step(
        &self,
        license: Option<&str>,
        verdict: Verdict,
        rule: Rule,
        because: String,
    ) -> LicenseReason {
        let declared = self.bound.declared.as_ref();
        let statements = declared.map(|it| it.statements.as_slice()).unwrap_or_default();
        let names = |id: &str| {
            let names_it =
                |expression: &Expression| expression.licenses().iter().any(|it| it.id == id);
            statements.iter().find(|statement| names_it(&statement.expression))
        };
        let stated = license.and_then(names).map(|statement| statement.seen_at.clone());
        LicenseReason {
            relation: self.purpose,
            member: self.bound.member.clone(),
            rule: rule.key().to_owned(),
            license: license.map(str::to_owned),
            seen_at: stated.or_else(|| declared.and_then(Declared::seen_at)),
            verdict,
            because,
        }
    }
}

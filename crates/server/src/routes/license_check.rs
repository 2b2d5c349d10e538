//! Whether a model may be used in a product.

use crate::extract::{ArtifactPath, Body, Query};
use crate::problem::Problem;
use crate::state::App;
use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use touchstone_domain::license::{LicenseAnswer, LicenseReason, Member, Role, Use, Verdict};
use utoipa::ToSchema;

/// The product that asks.
#[derive(Deserialize, ToSchema)]
#[serde(expecting = "an object with a github_url")]
pub(crate) struct SimpleLicenseCheckRequest {
    /// Its GitHub repository.
    #[schema(format = "uri")]
    github_url: String,
}

/// Yes or no; with `explain` the derivation.
#[derive(Serialize, ToSchema)]
#[serde(untagged)]
pub(crate) enum LicenseVerdict {
    /// Whether every asked use is clearly allowed.
    Short(bool),
    /// The same with its derivation.
    Explained(Box<LicenseExplanation>),
}

/// The answer with its derivation.
#[derive(Serialize, ToSchema)]
pub(crate) struct LicenseExplanation {
    /// Whether every asked use is clearly allowed.
    compatible: bool,
    /// The strictest verdict.
    verdict: &'static str,
    /// The model's licence as it was understood.
    subject: Option<String>,
    /// The product's licence as it was understood.
    target: Option<String>,
    /// The step that decides: the first of the strictest.
    decided_by: Option<LicenseStep>,
    /// The steps.
    reasons: Vec<LicenseStep>,
}

/// One step of the derivation.
#[derive(Serialize, ToSchema)]
pub(crate) struct LicenseStep {
    /// Which use it speaks of.
    relation: &'static str,
    /// Whose terms it speaks of.
    member: LicenseMember,
    /// The rule that was applied, as a word.
    rule: String,
    /// The licence it rests on.
    license: Option<String>,
    /// Where the licence was seen.
    seen_at: Option<String>,
    /// What follows for that use.
    verdict: &'static str,
    /// The clause or rule.
    because: String,
}

/// Whose terms a step speaks of.
#[derive(Serialize, ToSchema)]
pub(crate) struct LicenseMember {
    /// Its upstream id.
    name: String,
    /// `model`, `ancestor` or `data`.
    role: &'static str,
    /// The members between the model and it, from the model upwards.
    through: Vec<String>,
}

impl From<LicenseAnswer> for LicenseExplanation {
    fn from(answer: LicenseAnswer) -> Self {
        Self {
            compatible: answer.compatible,
            verdict: verdict(answer.verdict),
            subject: answer.subject.clone(),
            target: answer.target.clone(),
            decided_by: answer.deciding().cloned().map(LicenseStep::from),
            reasons: answer.reasons.into_iter().map(LicenseStep::from).collect(),
        }
    }
}

impl From<LicenseReason> for LicenseStep {
    fn from(reason: LicenseReason) -> Self {
        Self {
            relation: word(reason.relation),
            member: reason.member.into(),
            rule: reason.rule,
            license: reason.license,
            seen_at: reason.seen_at,
            verdict: verdict(reason.verdict),
            because: reason.because,
        }
    }
}

impl From<Member> for LicenseMember {
    fn from(member: Member) -> Self {
        let role = match member.role {
            Role::Model => "model",
            Role::Ancestor => "ancestor",
            Role::Data => "data",
        };
        Self { name: member.name, role, through: member.through }
    }
}

const USES: [Use; 6] =
    [Use::Run, Use::ShipBeside, Use::FineTune, Use::Distill, Use::Link, Use::Merge];

fn word(one: Use) -> &'static str {
    match one {
        Use::Run => "run",
        Use::ShipBeside => "ship-beside",
        Use::FineTune => "fine-tune",
        Use::Distill => "distill",
        Use::Link => "link",
        Use::Merge => "merge",
    }
}

fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Allowed => "allowed",
        Verdict::Unclear => "unclear",
        Verdict::Forbidden => "forbidden",
    }
}

/// Whether a model may be used in the product of a GitHub repository.
#[utoipa::path(
    post, path = "", operation_id = "check_license", tag = "trust",
    params(
        ("explain" = Option<bool>, Query, description = "Whether to give the reasoning."),
        ("relation" = Option<String>, Query, description = "Any of `run`, `ship-beside`, \
            `fine-tune`, `distill`, `link` and `merge`, separated by commas; fine-tuning and \
            running where nothing is said.")
    ),
    request_body = SimpleLicenseCheckRequest,
    responses(
        (status = 200, description = "The answer.", body = LicenseVerdict),
        (status = 424, description = "Its ingest failed; the detail says why."),
        (status = 502, description = "The repository's licence could not be had."),
        (status = 504, description = "It is still being ingested.")
    )
)]
pub(crate) async fn license_check(
    State(served): App,
    ArtifactPath { id, .. }: ArtifactPath,
    query: Query,
    Body(SimpleLicenseCheckRequest { github_url }): Body<SimpleLicenseCheckRequest>,
) -> Result<Json<LicenseVerdict>, Problem> {
    let (explain, uses) = (query.flag(&["explain"])?, uses(&query)?);
    let answer = served.registry.license_check(&id, &github_url, &uses).await?;
    Ok(Json(if explain {
        LicenseVerdict::Explained(Box::new(answer.into()))
    } else {
        LicenseVerdict::Short(answer.compatible)
    }))
}

fn uses(query: &Query) -> Result<Vec<Use>, Problem> {
    let use_of = |name: &str| {
        USES.into_iter().find(|one| word(*one) == name).ok_or_else(|| {
            Problem::Invalid(format!("relation takes the words {}", USES.map(word).join(", ")))
        })
    };
    query.words("relation").map(use_of).collect()
}

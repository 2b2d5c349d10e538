//! Where a model says what licence it is under, and whether it says the same everywhere.

use super::expression::{self, Expression};
use super::recognise;
use crate::text::Card;
use serde_json::Value;
use touchstone_domain::Missing;
use touchstone_domain::facts::{Gated, ModelFacts};

/// A licence file shorter than this holds a name or a notice, not a licence's text.
const NOTICE_BYTES: usize = 600;
/// How many licences of one list are read.
const MAX_LISTED: usize = 16;

/// One place that states a licence.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Statement {
    /// What is stated and where, as a sentence.
    pub(crate) observation: String,
    /// The address.
    pub(crate) seen_at: String,
    /// The licence as it was understood.
    pub(super) expression: Expression,
}

/// Everything that a model says of its licence.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Declared {
    /// The places that state one, most deliberate first.
    pub(crate) statements: Vec<Statement>,
    /// Whether they contradict each other.
    pub(crate) conflict: bool,
    /// Whether terms stand before the files, and where that was seen.
    pub(crate) gated_at: Option<String>,
    /// Whether some place could not be looked at for a passing reason.
    pub(crate) unseen: Option<(String, Missing)>,
    /// What holds: the statements together, stricter where they differ.
    pub(super) effective: Option<Expression>,
}

impl Declared {
    /// Reads a model's statements.
    pub(crate) fn of(model: &ModelFacts, card: &Card) -> Self {
        let mut statements = Vec::new();
        statements.extend(front_matter(model, card));
        statements.extend(tags(model));
        statements.extend(license_file(model));
        if statements.is_empty() {
            statements.extend(section(model, card));
        }
        let conflict = contradict(&statements);
        Self {
            effective: effective(&statements, conflict),
            conflict,
            statements,
            gated_at: model
                .info
                .value()
                .filter(|info| info.gated != Gated::No)
                .map(|_| model.source.page_url()),
            unseen: unseen(model),
        }
    }

    /// Where the licence that holds was seen first.
    pub(crate) fn seen_at(&self) -> Option<String> {
        self.statements.first().map(|statement| statement.seen_at.clone())
    }
}

fn unseen(model: &ModelFacts) -> Option<(String, Missing)> {
    let missing = [
        model.card.why_missing().map(|why| (&model.card.seen_at, why)),
        model.info.why_missing().map(|why| (&model.info.seen_at, why)),
        model.license_file.why_missing().map(|why| (&model.license_file.seen_at, why)),
    ];
    let passing = missing.into_iter().flatten().find(|(_, why)| why.is_passing());
    passing.map(|(seen_at, why)| (seen_at.clone(), why.clone()))
}

fn front_matter(model: &ModelFacts, card: &Card) -> Option<Statement> {
    let field = |name: &str| card.front_matter.get(name).and_then(Value::as_str);
    let stated: Vec<&str> = match card.front_matter.get("license")? {
        Value::String(one) => vec![one.as_str()],
        Value::Array(list) => list.iter().filter_map(Value::as_str).take(MAX_LISTED).collect(),
        _ => return None,
    };
    let understood = stated.iter().filter_map(|one| match one.trim() {
        "other" => Some(other(field("license_name"), field("license_link"))),
        word => expression::understand(word),
    });
    let expression = expression::all(understood)?;
    let seen_at = match model.card.value() {
        Some(document) => model.source.file_url(&model.commit, &document.path),
        None => model.info.seen_at.clone(),
    };
    let observation = format!("The card's front matter states the licence {expression}.");
    Some(Statement { observation, seen_at, expression })
}

/// `other` is told by its name, else by the last part of its link.
fn other(name: Option<&str>, link: Option<&str>) -> Expression {
    let by_link = link.and_then(|link| {
        let last = link.trim_end_matches('/').rsplit('/').next()?;
        expression::understand(last.trim_end_matches(".md").trim_end_matches(".txt"))
    });
    let by_name = name.and_then(expression::understand);
    let known = [by_name.clone(), by_link].into_iter().flatten().find(|it| !it.is_custom());
    known.or(by_name).unwrap_or_else(|| expression::custom("other"))
}

fn tags(model: &ModelFacts) -> Option<Statement> {
    let tags = &model.info.value()?.tags;
    let stated = tags.iter().filter_map(|tag| tag.strip_prefix("license:")).take(MAX_LISTED);
    let expression = expression::all(stated.filter_map(expression::understand))?;
    let observation = format!("The Hub's tag states the licence {expression}.");
    Some(Statement { observation, seen_at: model.info.seen_at.clone(), expression })
}

fn license_file(model: &ModelFacts) -> Option<Statement> {
    let file = model.license_file.value()?;
    let seen_at = model.source.file_url(&model.commit, &file.path);
    let path = &file.path;
    if let Some(recognised) = recognise::text(&file.text) {
        let (id, percent) = (&recognised.expression, recognised.similarity * 100.0);
        let observation =
            format!("The text of {path} is that of {id}: it has {percent:.0} % of its phrases.");
        return Some(Statement { observation, seen_at, expression: recognised.expression });
    }
    if file.text.trim().is_empty() {
        return None;
    }
    let named = (file.text.len() < NOTICE_BYTES).then(|| recognise::named_in(&file.text)).flatten();
    let (observation, expression) = match named {
        Some(named) => (format!("The notice in {path} names {named}."), named),
        None => (
            format!("The text of {path} is that of no licence known here."),
            expression::custom(path),
        ),
    };
    Some(Statement { observation, seen_at, expression })
}

/// The card's licence section counts where nothing else states a licence.
fn section(model: &ModelFacts, card: &Card) -> Option<Statement> {
    let about = |heading: &str| {
        let heading = heading.to_lowercase();
        heading.contains("license") || heading.contains("licence") || heading.contains("licensing")
    };
    let section = card.sections.iter().find(|section| about(&section.heading))?;
    let expression = recognise::named_in(&section.prose)?;
    let document = model.card.value()?;
    let page = model.source.file_url(&model.commit, &document.path);
    let observation = format!("The card's section \"{}\" names {expression}.", section.heading);
    Some(Statement { observation, seen_at: format!("{page}#L{}", section.line), expression })
}

/// Statements contradict each other where neither names all that the other names. A statement of
/// unknown terms contradicts nothing: the others make it clearer.
fn contradict(statements: &[Statement]) -> bool {
    let known: Vec<_> = statements
        .iter()
        .filter(|statement| !statement.expression.is_custom())
        .map(|statement| statement.expression.bases())
        .collect();
    known.iter().enumerate().any(|(index, one)| {
        known[index + 1..].iter().any(|other| !one.is_subset(other) && !other.is_subset(one))
    })
}

fn effective(statements: &[Statement], conflict: bool) -> Option<Expression> {
    let known = || statements.iter().filter(|statement| !statement.expression.is_custom());
    let file_is_unknown = statements
        .iter()
        .any(|it| it.expression.is_custom() && it.observation.starts_with("The text"));
    if conflict || file_is_unknown {
        return expression::all(statements.iter().map(|statement| statement.expression.clone()));
    }
    let first = known().next().or(statements.first());
    first.map(|statement| statement.expression.clone())
}

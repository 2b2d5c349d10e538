//! Everything that a repository says of its licence, and what holds where it says several things.

use super::expression::{self, Expression};
use super::statements::{self, Place, Statement};
use super::terms::Kind;
use crate::text::Card;
use touchstone_domain::Missing;
use touchstone_domain::facts::{DatasetFacts, Gated, ModelFacts};

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
        let page = match model.card.value() {
            Some(document) => model.source.file_url(&model.commit, &document.path),
            None => model.info.seen_at.clone(),
        };
        let line = model.card.value().and_then(|card| statements::field_line(&card.text));
        let field = line.map_or_else(|| page.clone(), |line| format!("{page}#L{line}"));
        let info = model.info.value();
        let places = [
            statements::front_matter(&card.front_matter, &field),
            info.and_then(|info| statements::tags(info, &model.info.seen_at)),
            statements::license_file(model),
            statements::section(card, &page),
        ];
        let gated = info.filter(|info| info.gated != Gated::No);
        Self {
            gated_at: gated.map(|_| model.source.page_url()),
            unseen: unseen(model),
            ..Self::from(places.into_iter().flatten().collect())
        }
    }

    /// Reads a data set's statements.
    pub(crate) fn of_dataset(dataset: &DatasetFacts) -> Self {
        let info = dataset.info.value();
        let card = Card::read(dataset.card.value(), info);
        let page = &dataset.card.seen_at;
        let places = [
            statements::front_matter(&card.front_matter, page),
            info.and_then(|info| statements::tags(info, &dataset.info.seen_at)),
            statements::section(&card, page),
        ];
        Self::from(places.into_iter().flatten().collect())
    }

    /// What a statement of these words alone declares.
    pub(super) fn stated(words: &str) -> Self {
        let understood = expression::understand(words);
        Self { effective: understood, ..Self::from(Vec::new()) }
    }

    /// Where the licence that holds was seen first.
    pub(crate) fn seen_at(&self) -> Option<String> {
        self.statements.first().map(|statement| statement.seen_at.clone())
    }

    /// The first of its licences that forbids commercial use.
    pub(crate) fn non_commercial(&self) -> Option<String> {
        let licenses = self.effective.as_ref()?.licenses();
        let found = licenses.into_iter().find(|it| it.terms.kind == Kind::NonCommercial)?;
        Some(found.id.clone())
    }

    /// The licences that hold, as they were understood.
    pub(crate) fn licenses(&self) -> Option<String> {
        self.effective.as_ref().map(ToString::to_string)
    }

    /// Whether both state known licences of which neither names all of the other's.
    pub(super) fn contradicts(&self, other: &Expression) -> bool {
        self.effective.as_ref().is_some_and(|own| are_apart(own, other))
    }

    fn from(statements: Vec<Statement>) -> Self {
        let conflict = contradict(&statements);
        Self {
            effective: effective(&statements, conflict),
            conflict,
            statements,
            gated_at: None,
            unseen: None,
        }
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

/// Statements contradict each other where neither names all that the other names, or where prose
/// restricts what the deliberate statements do not. A statement of unknown terms contradicts
/// nothing: the others make it clearer.
fn contradict(statements: &[Statement]) -> bool {
    let apart = statements.iter().enumerate().any(|(at, one)| {
        statements.iter().skip(at + 1).any(|other| are_apart(&one.expression, &other.expression))
    });
    let stated: Vec<_> = statements.iter().filter(|it| it.place != Place::Section).collect();
    let mut prose = statements.iter().filter(|it| it.place == Place::Section);
    let restricted = |expression: &Expression| {
        expression.licenses().iter().any(|license| restricts(license.terms.kind))
    };
    apart
        || stated.iter().any(|it| !it.expression.is_custom() && !restricted(&it.expression))
            && prose.any(|it| restricted(&it.expression))
}

/// Kinds of terms that no other statement may make forgotten.
fn restricts(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::NonCommercial | Kind::NoDerivatives | Kind::UseRestricted | Kind::OutputRestricted
    )
}

/// Whether neither of two known expressions names all that the other names.
fn are_apart(one: &Expression, other: &Expression) -> bool {
    let (mine, others) = (one.bases(), other.bases());
    let known = !one.is_custom() && !other.is_custom();
    known && !mine.is_subset(&others) && !others.is_subset(&mine)
}

/// All statements where they contradict each other or the licence file says what is known of no
/// licence; else the one that names most, the most deliberate first. Prose only stands in for the
/// others.
fn effective(statements: &[Statement], conflict: bool) -> Option<Expression> {
    let file_is_unknown =
        statements.iter().any(|it| it.place == Place::File && it.expression.has_custom());
    if conflict || file_is_unknown {
        return expression::all(statements.iter().map(|it| it.expression.clone()));
    }
    let most = |prose: bool| {
        let known = statements.iter().filter(|it| (it.place == Place::Section) == prose);
        let known = known.filter(|it| !it.expression.is_custom()).map(|it| &it.expression);
        known.rev().max_by_key(|expression| expression.bases().len())
    };
    let first = || statements.first().map(|statement| &statement.expression);
    most(false).or_else(|| most(true)).or_else(first).cloned()
}

//! Where a repository says what licence it is under.

use super::expression::{self, Expression};
use super::{names, texts};
use crate::text::{Card, Section};
use serde_json::{Map, Value};
use touchstone_domain::facts::{HubInfo, ModelFacts};

/// A licence file shorter than this holds a name or a notice, not a licence's text.
const NOTICE_BYTES: usize = 600;
/// How many licences of one list are read.
const MAX_LISTED: usize = 16;

/// A kind of place that states a licence, most deliberate first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// The card's front matter.
    FrontMatter,
    /// A tag of the Hub.
    Tag,
    /// The licence file.
    File,
    /// The card's section on its licence.
    Section,
}

/// One place that states a licence.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Statement {
    /// What kind of place.
    pub(crate) place: Place,
    /// What is stated and where, as a sentence.
    pub(crate) observation: String,
    /// The address.
    pub(crate) seen_at: String,
    /// The licence as it was understood.
    pub(in crate::license) expression: Expression,
}

/// What the card's front matter states.
pub(super) fn front_matter(fields: &Map<String, Value>, seen_at: &str) -> Option<Statement> {
    let field = |name: &str| fields.get(name).and_then(Value::as_str);
    let stated: Vec<&str> = match fields.get("license")? {
        Value::String(one) => vec![one.as_str()],
        Value::Array(list) => list.iter().filter_map(Value::as_str).take(MAX_LISTED).collect(),
        _ => return None,
    };
    let understood = stated.iter().filter_map(|one| match one.trim().to_lowercase().as_str() {
        "other" => Some(other(field("license_name"), field("license_link"))),
        _ => expression::understand(one),
    });
    let expression = expression::all(understood)?;
    let listed = if stated.len() > 1 {
        "; a list does not say whether it is a choice, so all of it binds"
    } else {
        ""
    };
    Some(Statement {
        place: Place::FrontMatter,
        observation: format!("The card's front matter states the licence {expression}{listed}."),
        seen_at: seen_at.to_owned(),
        expression,
    })
}

/// The line of a card, counted from 1, on which its front matter has the licence.
pub(super) fn field_line(card: &str) -> Option<usize> {
    let mut fields = card.lines().enumerate().skip_while(|(_, line)| line.trim().is_empty());
    fields.next().filter(|(_, line)| line.trim_end() == "---")?;
    let (at, _) = fields
        .take_while(|(_, line)| line.trim_end() != "---")
        .find(|(_, line)| line.starts_with("license:"))?;
    Some(at + 1)
}

/// `other` is told by its name, else by its link.
fn other(name: Option<&str>, link: Option<&str>) -> Expression {
    let by_name = name.and_then(expression::understand);
    let by_link = || {
        let link = link?;
        let last = link.trim_end_matches('/').rsplit('/').next()?;
        let last = last.trim_end_matches(".md").trim_end_matches(".txt");
        names::of_address(link)
            .or_else(|| expression::understand(last))
            .filter(|it| !it.is_custom())
    };
    let known = by_name.clone().filter(|it| !it.is_custom()).or_else(by_link);
    known.or(by_name).unwrap_or_else(|| expression::custom("other"))
}

/// What the Hub's tags state.
pub(super) fn tags(info: &HubInfo, seen_at: &str) -> Option<Statement> {
    let stated = info.tags.iter().filter_map(|tag| tag.strip_prefix("license:")).take(MAX_LISTED);
    let expression = expression::all(stated.filter_map(expression::understand))?;
    Some(Statement {
        place: Place::Tag,
        observation: format!("The Hub's tag states the licence {expression}."),
        seen_at: seen_at.to_owned(),
        expression,
    })
}

/// What the licence file's text is.
pub(super) fn license_file(model: &ModelFacts) -> Option<Statement> {
    let file = model.license_file.value()?;
    if file.text.trim().is_empty() {
        return None;
    }
    let path = &file.path;
    let notice = || names::in_prose(&file.text).filter(|_| file.text.len() < NOTICE_BYTES);
    let (observation, expression) = match texts::recognise(&file.text) {
        Some(found) => (format!("The text of {path} {}.", found.finding), found.expression),
        None => match notice() {
            Some(named) => (format!("The notice in {path} names {named}."), named),
            None => (
                format!("The text of {path} is that of no licence known here."),
                expression::custom(path),
            ),
        },
    };
    let seen_at = model.source.file_url(&model.commit, path);
    Some(Statement { place: Place::File, observation, seen_at, expression })
}

/// What the card's section on its licence names, in words or by links. `page` is the card's.
pub(super) fn section(card: &Card, page: &str) -> Option<Statement> {
    let section = card.own_sections().find(|section| is_about_licence(&section.heading))?;
    let expression = named_in(section)?;
    Some(Statement {
        place: Place::Section,
        observation: format!("The card's section “{}” names {expression}.", section.heading),
        seen_at: format!("{page}#L{}", section.line),
        expression,
    })
}

fn is_about_licence(heading: &str) -> bool {
    let heading = heading.to_lowercase();
    ["license", "licence", "licensing"].iter().any(|word| heading.contains(word))
}

/// Names and links say the same thing twice more often than they say two things, so links count
/// where no name is known. A section that is nothing but an id is one.
fn named_in(section: &Section) -> Option<Expression> {
    let alone = || {
        let id = section.prose.trim().trim_end_matches('.');
        let is_id = id.split_whitespace().count() <= 2;
        is_id.then(|| expression::understand(id)).flatten().filter(|it| !it.is_custom())
    };
    names::in_prose(&section.prose).or_else(alone).or_else(|| {
        expression::all(section.links.iter().filter_map(|link| names::of_address(&link.url)))
    })
}

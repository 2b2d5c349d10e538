//! Understanding what people write where a licence belongs: SPDX expressions, ids of the Hub,
//! names of families.

use super::terms::{self, Kind, Terms};
use std::collections::BTreeSet;
use std::fmt;

/// Longer statements are prose, no expressions.
const MAX_EXPRESSION_BYTES: usize = 500;

/// One licence and its terms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct License {
    /// The SPDX id with its exception, or a family's name.
    pub(super) id: String,
    /// The id without `-only`, `-or-later` and exception.
    pub(super) base: String,
    /// Whether a later version may be chosen.
    pub(super) or_later: bool,
    /// Whether an exception lets other works be linked to it.
    pub(super) linking_exception: bool,
    /// What it asks for.
    pub(super) terms: Terms,
}

/// Licences and how they are joined.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Expression {
    /// This one.
    One(License),
    /// All of these hold.
    All(Vec<Expression>),
    /// Whoever uses the thing may choose among these.
    Any(Vec<Expression>),
}

impl Expression {
    /// The licences in it, from left to right.
    pub(super) fn licenses(&self) -> Vec<&License> {
        match self {
            Self::One(license) => vec![license],
            Self::All(parts) | Self::Any(parts) => parts.iter().flat_map(Self::licenses).collect(),
        }
    }

    /// The ids in it without the difference of `-only` and `-or-later`, which texts do not state.
    pub(super) fn bases(&self) -> BTreeSet<&str> {
        self.licenses().into_iter().map(|license| license.base.as_str()).collect()
    }

    /// Whether nothing is known of any of its terms.
    pub(super) fn is_custom(&self) -> bool {
        self.licenses().iter().all(|license| license.terms.kind == Kind::Custom)
    }
}

impl fmt::Display for Expression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (parts, word) = match self {
            Self::One(license) => return f.write_str(&license.id),
            Self::All(parts) => (parts, "AND"),
            Self::Any(parts) => (parts, "OR"),
        };
        for (index, part) in parts.iter().enumerate() {
            if index > 0 {
                write!(f, " {word} ")?;
            }
            match part {
                Self::One(license) => f.write_str(&license.id)?,
                joined => write!(f, "({joined})")?,
            }
        }
        Ok(())
    }
}

/// Joins what several statements say, without repeating one; nothing where there is none.
pub(super) fn all(parts: impl IntoIterator<Item = Expression>) -> Option<Expression> {
    let mut distinct: Vec<Expression> = Vec::new();
    for part in parts {
        if !distinct.contains(&part) {
            distinct.push(part);
        }
    }
    if distinct.len() > 1 { Some(Expression::All(distinct)) } else { distinct.pop() }
}

/// Understands a statement. What is not understood is a licence of its own terms.
pub(super) fn understand(text: &str) -> Option<Expression> {
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    if let Some(terms) = terms::of_family(&text.to_lowercase()) {
        return Some(Expression::One(named(text, terms)));
    }
    Some(spdx_expression(text).unwrap_or_else(|| custom(text)))
}

/// A licence of its own terms under this name.
pub(super) fn custom(name: &str) -> Expression {
    let short: String = name.chars().take(80).collect();
    Expression::One(named(&short, terms::CUSTOM))
}

fn named(name: &str, terms: Terms) -> License {
    License {
        id: name.to_owned(),
        base: name.to_lowercase(),
        or_later: false,
        linking_exception: false,
        terms,
    }
}

fn spdx_expression(text: &str) -> Option<Expression> {
    if text.len() > MAX_EXPRESSION_BYTES {
        return None;
    }
    let parsed = spdx::Expression::parse_mode(&respelled(text), spdx::ParseMode::LAX).ok()?;
    let mut stack: Vec<Expression> = Vec::new();
    for node in parsed.iter() {
        match node {
            spdx::expression::ExprNode::Req(requirement) => {
                stack.push(Expression::One(license(&requirement.req)));
            }
            spdx::expression::ExprNode::Op(operator) => {
                let (right, left) = (stack.pop()?, stack.pop()?);
                stack.push(join(*operator, left, right));
            }
        }
    }
    stack.pop().filter(|_| stack.is_empty())
}

/// Joins two expressions, keeping runs of the same operator flat.
fn join(operator: spdx::expression::Operator, left: Expression, right: Expression) -> Expression {
    use spdx::expression::Operator;
    match (operator, left) {
        (Operator::And, Expression::All(mut parts)) => {
            parts.push(right);
            Expression::All(parts)
        }
        (Operator::Or, Expression::Any(mut parts)) => {
            parts.push(right);
            Expression::Any(parts)
        }
        (Operator::And, left) => Expression::All(vec![left, right]),
        (Operator::Or, left) => Expression::Any(vec![left, right]),
    }
}

/// The expression with each licence's id in the spelling of the SPDX list: the Hub writes ids in
/// lower case, and names families that SPDX does not list.
fn respelled(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let is_word = |c: char| c.is_ascii_alphanumeric() || ".-+".contains(c);
        if is_word(first) {
            let end = rest.find(|c| !is_word(c)).unwrap_or(rest.len());
            let (word, after) = rest.split_at(end);
            out.push_str(&respelled_word(word));
            rest = after;
        } else {
            out.push(first);
            rest = &rest[first.len_utf8()..];
        }
    }
    out
}

fn respelled_word(word: &str) -> String {
    let lower = word.to_ascii_lowercase();
    if ["and", "or", "with"].contains(&lower.as_str()) {
        return lower.to_ascii_uppercase();
    }
    if let Some((_, id)) = HUB_IDS.iter().find(|(hub, _)| *hub == lower) {
        return (*id).to_owned();
    }
    let (plain, plus) = lower.strip_suffix('+').map_or((lower.as_str(), ""), |it| (it, "+"));
    let listed = spdx::identifiers::LICENSES
        .iter()
        .map(|license| license.name)
        .find(|name| name.eq_ignore_ascii_case(plain));
    let exception = || {
        let names = spdx::identifiers::EXCEPTIONS.iter().map(|exception| exception.name);
        names.into_iter().find(|name| name.eq_ignore_ascii_case(plain))
    };
    if lower.starts_with("licenseref-") {
        return word.to_owned();
    }
    match listed.or_else(exception) {
        Some(name) => format!("{name}{plus}"),
        None if terms::of_family(&lower).is_some() => format!("LicenseRef-{word}"),
        None => word.to_owned(),
    }
}

/// Ids of the Hub whose spelling differs from the SPDX list by more than case.
const HUB_IDS: [(&str, &str); 9] = [
    ("odbl", "ODbL-1.0"),
    ("odc-by", "ODC-By-1.0"),
    ("pddl", "PDDL-1.0"),
    ("gfdl", "GFDL-1.3-only"),
    ("cc0", "CC0-1.0"),
    ("lgpl", "LicenseRef-lgpl-of-no-version"),
    ("gpl", "LicenseRef-gpl-of-no-version"),
    ("bsd", "LicenseRef-bsd-of-no-version"),
    ("cc", "LicenseRef-cc-of-no-version"),
];

const LINKING_EXCEPTIONS: [&str; 6] = [
    "Classpath-exception-2.0",
    "GCC-exception-2.0",
    "GCC-exception-3.1",
    "Linux-syscall-note",
    "OpenJDK-assembly-exception-1.0",
    "Qt-GPL-exception-1.0",
];

fn license(requirement: &spdx::LicenseReq) -> License {
    let addition = requirement.addition.as_ref().map(ToString::to_string);
    let spdx::LicenseItem::Spdx { id, or_later } = &requirement.license else {
        let written = requirement.license.to_string();
        let name = written.strip_prefix("LicenseRef-").unwrap_or(&written);
        let terms = terms::of_family(&name.to_lowercase()).unwrap_or_else(|| without_version(name));
        return named(name, terms);
    };
    let name = id.name;
    let base = name.strip_suffix("-only").or_else(|| name.strip_suffix("-or-later"));
    let later = *or_later || name.ends_with("-or-later");
    let is_gnu = id.is_gnu();
    let base = base.unwrap_or(name).trim_end_matches('+').to_owned();
    let spelled = match (is_gnu, later) {
        (true, true) => format!("{base}-or-later"),
        (true, false) => format!("{base}-only"),
        (false, true) => format!("{name}+"),
        (false, false) => name.to_owned(),
    };
    License {
        terms: terms::of_spdx(&base, id.is_osi_approved()),
        linking_exception: addition
            .as_deref()
            .is_some_and(|addition| LINKING_EXCEPTIONS.contains(&addition)),
        id: addition.map_or_else(|| spelled.clone(), |it| format!("{spelled} WITH {it}")),
        base,
        or_later: later,
    }
}

/// A family of licences whose version is not stated has the terms that all its versions share.
fn without_version(name: &str) -> Terms {
    match name {
        "bsd-of-no-version" => terms::of_spdx("BSD-3-Clause", true),
        "gpl-of-no-version" => terms::of_spdx("GPL-2.0", true),
        "lgpl-of-no-version" => terms::of_spdx("LGPL-2.1", true),
        _ => terms::of_reference(name),
    }
}

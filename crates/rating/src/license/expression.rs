//! Understanding what people write where a licence belongs: SPDX expressions, ids of the Hub,
//! names of families.

use super::spelling;
use super::terms::families::{self, Family};
use super::terms::{self, Kind, Terms};
use std::collections::BTreeSet;
use std::fmt;

/// Longer statements are prose, no expressions.
const MAX_EXPRESSION_BYTES: usize = 500;

/// One licence and its terms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::license) struct License {
    /// The SPDX id with its exception, or a family's name.
    pub(in crate::license) id: String,
    /// The id without `-only`, `-or-later` and exception.
    pub(in crate::license) base: String,
    /// Whether a later version may be chosen.
    pub(in crate::license) or_later: bool,
    /// Whether an exception lets other works be linked to it.
    pub(in crate::license) linking_exception: bool,
    /// What it asks for.
    pub(in crate::license) terms: Terms,
}

/// Licences and how they are joined.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::license) enum Expression {
    /// This one.
    One(License),
    /// All of these hold.
    All(Vec<Expression>),
    /// Whoever uses the thing may choose among these.
    Any(Vec<Expression>),
}

impl Expression {
    /// The licences in it, from left to right.
    pub(in crate::license) fn licenses(&self) -> Vec<&License> {
        match self {
            Self::One(license) => vec![license],
            Self::All(parts) | Self::Any(parts) => parts.iter().flat_map(Self::licenses).collect(),
        }
    }

    /// The ids in it without the difference of `-only` and `-or-later`, which texts do not state.
    pub(in crate::license) fn bases(&self) -> BTreeSet<&str> {
        self.licenses().into_iter().map(|license| license.base.as_str()).collect()
    }

    /// Whether nothing is known of the terms of one of its licences.
    pub(in crate::license) fn has_custom(&self) -> bool {
        self.licenses().iter().any(|license| license.terms.kind == Kind::Custom)
    }

    /// Whether nothing is known of any of its terms.
    pub(in crate::license) fn is_custom(&self) -> bool {
        let is_unknown = |kind| matches!(kind, Kind::Custom | Kind::Unstated);
        self.licenses().iter().all(|license| is_unknown(license.terms.kind))
    }

    /// Whether it only says that the licence is not known.
    pub(in crate::license) fn is_unstated(&self) -> bool {
        self.licenses().iter().all(|license| license.terms.kind == Kind::Unstated)
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
pub(in crate::license) fn all(parts: impl IntoIterator<Item = Expression>) -> Option<Expression> {
    let mut distinct: Vec<Expression> = Vec::new();
    for part in parts {
        if !distinct.contains(&part) {
            distinct.push(part);
        }
    }
    if distinct.len() > 1 { Some(Expression::All(distinct)) } else { distinct.pop() }
}

/// Understands a statement. What is not understood is a licence of its own terms.
pub(in crate::license) fn understand(text: &str) -> Option<Expression> {
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    let name = spelling::plain(text);
    if let Some(terms) = terms::of_nothing(&name) {
        return Some(Expression::One(named(text, terms)));
    }
    let known = |text: &str| spdx_expression(text).filter(|it| !it.is_custom());
    let expression = known(text).or_else(|| known(&name));
    // `CC-BY-NC-4.0` begins like a family, and is listed; `openrail++` is one, and reads like an
    // older version of another.
    let is_one = matches!(expression, None | Some(Expression::One(_)));
    let family = families::named(&name).filter(|_| is_one && !spelling::is_listed(&name));
    Some(family.map(of_family).or(expression).unwrap_or_else(|| custom(text)))
}

/// The licence of a family.
pub(in crate::license) fn of_family(family: &Family) -> Expression {
    Expression::One(named(family.id, Terms { kind: family.kind, clause: family.clause }))
}

/// A licence of its own terms under this name.
pub(in crate::license) fn custom(name: &str) -> Expression {
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
    let parsed =
        spdx::Expression::parse_mode(&spelling::respelled(text), spdx::ParseMode::LAX).ok()?;
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
        return of_name(name);
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

/// A licence outside the list. A family of licences whose version is not stated has the terms that
/// all its versions share.
fn of_name(name: &str) -> License {
    let lower = name.to_lowercase();
    if let Some(terms) = terms::of_nothing(&lower) {
        return named(name, terms);
    }
    if let Some(family) = families::named(&lower) {
        return named(family.id, Terms { kind: family.kind, clause: family.clause });
    }
    let terms = match name {
        "bsd-of-no-version" => terms::of_spdx("BSD-3-Clause", true),
        "gpl-of-no-version" => terms::of_spdx("GPL-2.0", true),
        "lgpl-of-no-version" => terms::of_spdx("LGPL-2.1", true),
        _ => terms::of_reference(name),
    };
    named(name, terms)
}

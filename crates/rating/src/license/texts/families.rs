//! Recognising the texts of licences that the SPDX list lacks: by their title and passages of
//! their own, as their wording differs from version to version.

use super::Recognised;
use crate::license::expression;
use crate::license::terms::families::{FAMILIES, Family};

/// The share of a family's passages that its text must have.
const ENOUGH: f64 = 0.75;
/// How far down a title may stand, in bytes.
const TITLE_WITHIN: usize = 2_000;

/// The family whose title stands at the head of the text and of whose passages most are there.
/// `text` is in lower case with one space between words.
pub(super) fn recognise(text: &str) -> Option<Recognised> {
    let head = &text[..text.floor_char_boundary(TITLE_WITHIN)];
    let found = FAMILIES.iter().find_map(|family| {
        let (title, _) = family.passages.split_first()?;
        let found = family.passages.iter().filter(|passage| has(text, passage)).count();
        let share = found as f64 / family.passages.len() as f64;
        (has(head, title) && share >= ENOUGH).then_some((family, found))
    });
    found.map(|(family, found)| described(family, found))
}

fn described(family: &Family, found: usize) -> Recognised {
    let (id, all) = (family.id, family.passages.len());
    Recognised {
        expression: expression::of_family(family),
        exact: true,
        finding: format!(
            "is that of {id} by its title, with {found} of {all} of its passages: whether the rest was changed cannot be told"
        ),
    }
}

/// Whole words only.
fn has(text: &str, passage: &str) -> bool {
    text.match_indices(passage).any(|(at, _)| {
        let is_edge = |c: Option<char>| c.is_none_or(|c| c == ' ');
        is_edge(text[..at].chars().next_back())
            && is_edge(text[at + passage.len()..].chars().next())
    })
}

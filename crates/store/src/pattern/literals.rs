//! Reads from an expression's syntax what every match must contain.
//!
//! Each part is either one of a few texts, or something about which only a formula is known. Parts
//! that follow each other are put together as long as the texts stay few, so that trigrams reach
//! across their borders.

use super::fold::{fold, fold_char};
use super::formula::Formula;
use regex_syntax::hir::{Class, Hir, HirKind, Repetition};
use std::collections::BTreeSet;

/// How many texts a part may be before only a formula is kept of them.
const MAX_TEXTS: usize = 16;
/// How many characters of a class are looked at: more fold to more than a few.
const MAX_CLASS: u32 = 64;
/// A repetition of a fixed number up to this is written out.
const MAX_COPIES: u32 = 16;
/// How many characters of a text reach over a border into a trigram.
const REACH: usize = 2;

/// The formula that holds of every text in which the expression is found.
pub(super) fn required_by(syntax: &Hir) -> Formula {
    part(syntax).formula()
}

/// What is known of a part of an expression.
enum Part {
    /// What it matches is one of these folded texts; never empty.
    Texts(BTreeSet<String>),
    /// What it matches fulfils this.
    Formula(Formula),
}

impl Part {
    fn empty() -> Self {
        Self::Texts([String::new()].into())
    }

    fn formula(self) -> Formula {
        match self {
            Self::Texts(texts) => formula_of(&texts),
            Self::Formula(formula) => formula,
        }
    }
}

fn formula_of(texts: &BTreeSet<String>) -> Formula {
    Formula::any(texts.iter().map(|text| Formula::containing(text)))
}

fn part(syntax: &Hir) -> Part {
    match syntax.kind() {
        HirKind::Empty | HirKind::Look(_) => Part::empty(),
        HirKind::Literal(literal) => match std::str::from_utf8(&literal.0) {
            Ok(text) => Part::Texts([fold(text)].into()),
            Err(_) => Part::Formula(Formula::Anything),
        },
        HirKind::Class(class) => of_class(class),
        HirKind::Capture(capture) => part(&capture.sub),
        HirKind::Repetition(_) | HirKind::Concat(_) => {
            let mut chain = Chain::new();
            chain.add(syntax);
            chain.end()
        }
        HirKind::Alternation(branches) => of_branches(branches),
    }
}

fn of_class(class: &Class) -> Part {
    let texts = letters(class).filter(|texts| !texts.is_empty() && texts.len() <= MAX_TEXTS);
    texts.map_or(Part::Formula(Formula::Anything), Part::Texts)
}

/// The folded characters of a class, where it has few.
fn letters(class: &Class) -> Option<BTreeSet<String>> {
    let ranges: Vec<(char, char)> = match class {
        Class::Unicode(class) => {
            class.ranges().iter().map(|range| (range.start(), range.end())).collect()
        }
        Class::Bytes(class) if class.is_ascii() => {
            let ranges = class.ranges().iter();
            ranges.map(|range| (range.start().into(), range.end().into())).collect()
        }
        Class::Bytes(_) => return None,
    };
    let sizes = ranges.iter().map(|(start, end)| u32::from(*end) - u32::from(*start) + 1);
    if sizes.fold(0, u32::saturating_add) > MAX_CLASS {
        return None;
    }
    let letters = ranges.into_iter().flat_map(|(start, end)| start..=end);
    Some(letters.map(|letter| fold_char(letter).to_string()).collect())
}

fn of_branches(branches: &[Hir]) -> Part {
    let mut texts = BTreeSet::new();
    let mut formulas = Vec::new();
    for branch in branches {
        match part(branch) {
            Part::Texts(more) => texts.extend(more),
            Part::Formula(formula) => formulas.push(formula),
        }
    }
    if formulas.is_empty() && texts.len() <= MAX_TEXTS {
        return Part::Texts(texts);
    }
    formulas.extend(texts.iter().map(|text| Formula::containing(text)));
    Part::Formula(Formula::any(formulas))
}

/// Parts that follow one another, put together from left to right.
struct Chain {
    /// What the match has here: whole from its beginning, or from the last break on.
    texts: BTreeSet<String>,
    /// What is known of everything before `texts`; nothing while they are the whole.
    before: Option<Vec<Formula>>,
}

impl Chain {
    fn new() -> Self {
        Self { texts: [String::new()].into(), before: None }
    }

    fn add(&mut self, syntax: &Hir) {
        match syntax.kind() {
            HirKind::Concat(parts) => parts.iter().for_each(|part| self.add(part)),
            HirKind::Repetition(repetition) => self.add_repetition(repetition),
            HirKind::Capture(capture) => self.add(&capture.sub),
            _ => self.add_part(part(syntax)),
        }
    }

    fn add_repetition(&mut self, repetition: &Repetition) {
        let Repetition { min, max, sub, .. } = repetition;
        match (part(sub), min, max) {
            (_, 0, Some(0)) => {}
            (Part::Texts(mut texts), 0, Some(1)) => {
                texts.insert(String::new());
                self.add_texts(texts);
            }
            (_, 0, _) => self.add_formula(Formula::Anything),
            (Part::Texts(texts), ..) => {
                for _ in 0..(*min).min(MAX_COPIES) {
                    self.add_texts(texts.clone());
                }
                if *max != Some(*min) || *min > MAX_COPIES {
                    // Any number of copies more: what follows stands behind the last one.
                    self.add_formula(Formula::Anything);
                    self.texts = texts;
                }
            }
            (Part::Formula(formula), ..) => self.add_formula(formula),
        }
    }

    fn add_part(&mut self, part: Part) {
        match part {
            Part::Texts(texts) => self.add_texts(texts),
            Part::Formula(formula) => self.add_formula(formula),
        }
    }

    fn add_texts(&mut self, next: BTreeSet<String>) {
        if self.texts.len() * next.len() > MAX_TEXTS {
            self.break_off();
            self.texts = self.texts.iter().map(|text| last_letters(text).to_owned()).collect();
        }
        if self.texts.len() * next.len() > MAX_TEXTS {
            self.texts = next;
            return;
        }
        let joined = self.texts.iter().flat_map(|text| next.iter().map(move |more| [text, more]));
        self.texts = joined.map(|pair| pair.map(String::as_str).concat()).collect();
    }

    fn add_formula(&mut self, formula: Formula) {
        self.break_off();
        self.before.get_or_insert_default().push(formula);
        self.texts = [String::new()].into();
    }

    /// Writes down what the texts say, before they are let go of.
    fn break_off(&mut self) {
        let formula = formula_of(&self.texts);
        self.before.get_or_insert_default().push(formula);
    }

    fn end(mut self) -> Part {
        if self.before.is_none() {
            return Part::Texts(self.texts);
        }
        self.break_off();
        Part::Formula(Formula::all(self.before.unwrap_or_default()))
    }
}

fn last_letters(text: &str) -> &str {
    let start = text.char_indices().rev().nth(REACH - 1).map_or(0, |(start, _)| start);
    text.get(start..).unwrap_or_default()
}

//! The Python of a card, read as a newcomer would run it: block after block, names carried over.

mod built_in;
mod identity;
mod loads;
mod notebook;
mod placeholders;
mod reading;
mod scopes;
mod source;
mod values;

use super::{Card, CodeBlock, is_spelled};
use identity::Identity;
use reading::{Found, Session};
use ruff_python_ast::PySourceType;
use ruff_python_parser::{ParseError, parse_unchecked_source};
use touchstone_domain::facts::{Document, ModelFacts};

/// Longer blocks are no examples; the bound also keeps what a parser nests within its stack.
const MAX_BLOCK_BYTES: usize = 6_000;
const MAX_BLOCKS: usize = 100;

/// One block of Python that shows how a model is used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Example {
    /// The line of the card that it begins on.
    pub(crate) line: usize,
    /// Whether it loads this very model.
    pub(crate) loads_this: bool,
    /// The first other model that it loads.
    pub(crate) loads_other: Option<String>,
    /// What keeps it from running as it stands, as the end of a sentence about it.
    pub(crate) problem: Option<String>,
}

/// Reads the examples of a card: its Python blocks that load a model, in order.
pub(crate) fn examples(card: &Card, model: &ModelFacts) -> Vec<Example> {
    read_all(card.code().filter(|block| source::is_python(block)), model)
}

/// Reads a notebook or script that lies beside a model; an example's line is then the number of
/// its cell, or 1.
///
/// # Errors
///
/// What keeps a notebook from being read, as the end of a sentence about the file.
pub(crate) fn examples_in(document: &Document, model: &ModelFacts) -> Result<Vec<Example>, String> {
    let blocks = if document.path.to_ascii_lowercase().ends_with(".ipynb") {
        notebook::cells(&document.text)?
    } else {
        vec![CodeBlock { text: document.text.clone(), line: 1, ..CodeBlock::default() }]
    };
    Ok(read_all(blocks.iter(), model))
}

fn read_all<'b>(blocks: impl Iterator<Item = &'b CodeBlock>, model: &ModelFacts) -> Vec<Example> {
    let identity = Identity::of(model);
    let mut session = Session::new(&identity);
    blocks.take(MAX_BLOCKS).filter_map(|block| read(block, &mut session)).collect()
}

/// The model that a card documents instead of the one it lies beside: its examples load that one,
/// none loads this one or a stated parent, and nothing in it names this one. So a card copied from
/// another repository is told.
pub(crate) fn other_model(card: &Card, examples: &[Example], model: &ModelFacts) -> Option<String> {
    let other = examples.iter().find_map(|example| example.loads_other.clone())?;
    let parents = card.strings("base_model");
    let loads_own = examples.iter().any(|example| {
        let loaded = example.loads_other.as_deref().unwrap_or_default();
        example.loads_this || parents.iter().any(|parent| parent.eq_ignore_ascii_case(loaded))
    });
    let names_own = || {
        let name = model.source.default_name();
        let index = card.front_matter.get("model-index").and_then(|index| index.as_array());
        let mut indexed = index.into_iter().flatten().filter_map(|it| it.get("name")?.as_str());
        indexed.any(|indexed| is_spelled(indexed, name))
            || card.own_sections().any(|section| {
                is_spelled(&section.heading, name)
                    || section.prose.lines().any(|line| is_spelled(line, name))
                    || section.code.iter().any(|block| is_spelled(&block.text, name))
            })
    };
    (!loads_own && !names_own()).then_some(other)
}

fn read(block: &CodeBlock, session: &mut Session<'_>) -> Option<Example> {
    let code = source::python(&block.text);
    let found = if code.len() > MAX_BLOCK_BYTES {
        Found { problem: Some("is longer than we read".to_owned()), ..Found::default() }
    } else {
        follow(&code, session)
    };
    let is_named = || found.problem.is_some() && mentions(&code, session.identity());
    let loads_this = found.loaded.this() || is_named();
    let loads_other = found.loaded.other();
    let is_example = loads_this || loads_other.is_some() || found.loaded.unnamed;
    let unsaid = "does not say by name which model it loads";
    let problem = match found.problem {
        None if !loads_this && loads_other.is_none() => Some(unsaid.to_owned()),
        problem => problem,
    };
    is_example.then_some(Example { line: block.line, loads_this, loads_other, problem })
}

/// Walks a block's code. What of a broken one can still be understood counts too, so that names
/// that it defines are not missed in the blocks after it.
fn follow(code: &str, session: &mut Session<'_>) -> Found {
    let whole = parse_unchecked_source(code, PySourceType::Python);
    let Some(error) = whole.errors().first() else {
        return session.read(whole.suite());
    };
    let part = source::without_answer(code);
    let part = part.map(|part| parse_unchecked_source(part, PySourceType::Python));
    if let Some(part) = part.filter(|part| part.errors().is_empty()) {
        return session.read(part.suite());
    }
    Found { problem: Some(syntax_error(code, error)), ..session.read(whole.suite()) }
}

fn syntax_error(code: &str, error: &ParseError) -> String {
    let before = usize::from(error.location.start()).min(code.len());
    let line = code[..code.floor_char_boundary(before)].matches('\n').count() + 1;
    format!("has a syntax error on its line {line}: {}", error.error)
}

fn mentions(code: &str, identity: &Identity<'_>) -> bool {
    code.split(['"', '\'']).skip(1).step_by(2).any(|literal| identity.is(literal))
}

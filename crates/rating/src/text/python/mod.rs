//! The Python of a card, read as a newcomer would run it: block after block, names carried over.

mod names;
mod notebook;

use super::{Card, CodeBlock, is_spelled};
use names::Names;
use ruff_python_ast::visitor::Visitor;
use ruff_python_parser::parse_module;
use std::collections::HashSet;
use touchstone_domain::Timestamp;
use touchstone_domain::facts::{Document, ModelFacts};

/// Longer blocks are no examples; the bound also limits what is parsed.
const MAX_BLOCK_BYTES: usize = 6_000;
const MAX_BLOCKS: usize = 100;

/// Since then every repository of the Hub has an owner; older ones are still loaded by name alone.
const OWNERS_SINCE: &str = "2022-03-03T00:00:00Z";

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

/// The names under which a model can be loaded, and the files that lie beside it.
pub(crate) struct Identity<'a> {
    full: Vec<String>,
    bare: Option<String>,
    files: HashSet<&'a str>,
}

impl<'a> Identity<'a> {
    /// How a model can be loaded.
    pub(crate) fn of(model: &'a ModelFacts) -> Self {
        let names = [Some(model.source.repository()), model.renamed_from.as_deref()];
        let info = model.info.value();
        let full = names.into_iter().flatten().chain(info.map(|info| info.id.as_str()));
        let since: Option<Timestamp> = OWNERS_SINCE.parse().ok();
        let created = info.and_then(|info| info.created_at);
        let is_old = created.is_none() || created < since;
        let bare = model.source.repository().rsplit('/').next();
        let files = model.files.value().into_iter().flatten().map(|file| file.path.as_str());
        Self {
            full: full.map(str::to_lowercase).collect(),
            bare: bare.filter(|_| is_old).map(str::to_lowercase),
            files: files.collect(),
        }
    }

    /// Whether a string in an example names the model.
    fn is(&self, name: &str) -> bool {
        let name = name.trim().to_lowercase();
        let name = name.rsplit_once(':').map_or(name.as_str(), |(_, name)| name);
        let name = name.trim_start_matches("https://huggingface.co/");
        self.full.iter().any(|full| full == name) || self.bare.as_deref() == Some(name)
    }
}

/// Reads the examples of a card: its Python blocks that load a model, in order.
pub(crate) fn examples(card: &Card, model: &ModelFacts) -> Vec<Example> {
    read_all(card.code().filter(|block| is_python(block)), model)
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
    let mut names = Names::new(&identity);
    blocks.take(MAX_BLOCKS).filter_map(|block| read(block, &mut names)).collect()
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

fn read(block: &CodeBlock, names: &mut Names<'_>) -> Option<Example> {
    let code = without_prompts(&block.text);
    let broken = |problem: &str| {
        let loads_this = mentions(&code, names.identity);
        let example = Example {
            line: block.line,
            loads_this,
            loads_other: None,
            problem: Some(problem.to_owned()),
        };
        (loads_this || code.contains("from_pretrained(")).then_some(example)
    };
    if code.len() > MAX_BLOCK_BYTES {
        return broken("is longer than we read");
    }
    let parsed = match parse_module(&code) {
        Ok(parsed) => parsed,
        Err(error) => {
            let before = usize::from(error.location.start()).min(code.len());
            let line = code[..code.floor_char_boundary(before)].matches('\n').count() + 1;
            return broken(&format!("has a syntax error on its line {line}: {}", error.error));
        }
    };
    names.begin();
    names.visit_body(parsed.suite());
    names.finish();
    (names.loads_this || names.loads_other.is_some()).then(|| Example {
        line: block.line,
        loads_this: names.loads_this,
        loads_other: names.loads_other.clone(),
        problem: names.problem.clone(),
    })
}

fn mentions(code: &str, identity: &Identity<'_>) -> bool {
    code.split(['"', '\'']).skip(1).step_by(2).any(|literal| identity.is(literal))
}

fn is_python(block: &CodeBlock) -> bool {
    match block.language.as_str() {
        "python" | "py" | "python3" | "pycon" | "ipython" => true,
        "" => block.text.lines().take(20).any(|line| {
            let line = line.trim_start().trim_start_matches(">>> ");
            line.starts_with("import ") || line.starts_with("from ") && line.contains(" import ")
        }),
        _ => false,
    }
}

/// In a session of the interpreter only lines behind a prompt are code; a notebook's shell commands
/// (`!pip install …`) prepare the ground and are no Python.
fn without_prompts(block: &str) -> String {
    let is_session = block.lines().any(|line| line.trim_start().starts_with(">>>"));
    let code = |line: &str| {
        if !is_session {
            let shell = line.trim_start().starts_with(['!', '%']);
            return Some(if shell { "\n".to_owned() } else { format!("{line}\n") });
        }
        let line = line.trim_start();
        let rest = line.strip_prefix(">>>").or_else(|| line.strip_prefix("..."))?;
        Some(format!("{}\n", rest.strip_prefix(' ').unwrap_or(rest)))
    };
    let code: String = block.lines().filter_map(code).collect();
    dedent(&code)
}

/// Without the blanks that every line begins with.
fn dedent(code: &str) -> String {
    let filled = code.lines().filter(|line| !line.trim().is_empty());
    let margin = filled.map(|line| line.len() - line.trim_start_matches(' ').len()).min();
    let margin = margin.unwrap_or(0);
    if margin == 0 {
        return code.to_owned();
    }
    let lines = code.lines().map(|line| line.get(margin..).unwrap_or_default());
    lines.flat_map(|line| [line, "\n"]).collect()
}

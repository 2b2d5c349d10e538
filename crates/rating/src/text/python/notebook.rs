//! A Jupyter notebook's cells of Python, under bounds.

use crate::text::CodeBlock;
use serde::Deserialize;

/// Longer notebooks hold more pictures than words.
const MAX_BYTES: usize = 2_000_000;

#[derive(Deserialize)]
struct Notebook {
    cells: Vec<Cell>,
    #[serde(default)]
    metadata: Metadata,
}

#[derive(Deserialize)]
struct Cell {
    cell_type: String,
    #[serde(default)]
    source: Source,
}

/// A cell's text as the format allows it.
#[derive(Deserialize)]
#[serde(untagged)]
enum Source {
    Whole(String),
    Lines(Vec<String>),
}

impl Default for Source {
    fn default() -> Self {
        Self::Lines(Vec::new())
    }
}

#[derive(Deserialize, Default)]
struct Metadata {
    #[serde(default)]
    kernelspec: Option<Kernel>,
}

#[derive(Deserialize)]
struct Kernel {
    language: Option<String>,
}

/// A notebook's cells of Python, each with its number among all cells, counted from 1.
///
/// # Errors
///
/// What keeps it from being read, as the end of a sentence about the file.
pub(super) fn cells(text: &str) -> Result<Vec<CodeBlock>, String> {
    if text.len() > MAX_BYTES {
        return Err("is longer than we read".to_owned());
    }
    let notebook: Notebook = serde_json::from_str(text).map_err(|error| {
        format!("is no notebook that can be read: see its line {}", error.line())
    })?;
    let language = notebook.metadata.kernelspec.and_then(|kernel| kernel.language);
    if language.is_some_and(|language| !language.eq_ignore_ascii_case("python")) {
        return Ok(Vec::new());
    }
    let numbered = notebook.cells.into_iter().zip(1..);
    let code = numbered.filter(|(cell, _)| cell.cell_type == "code");
    Ok(code.map(|(cell, number)| block(cell.source, number)).collect())
}

fn block(source: Source, number: usize) -> CodeBlock {
    let text = match source {
        Source::Whole(text) => text,
        Source::Lines(lines) => lines.concat(),
    };
    CodeBlock { language: "python".to_owned(), text, line: number }
}

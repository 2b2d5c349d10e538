//! Whether the Python that a card shows is Python.

use ruff_python_parser::parse_module;

/// Longer blocks are no examples; the bound also keeps what a parser nests within its stack.
const MAX_BLOCK_BYTES: usize = 6_000;
const MAX_BLOCKS: usize = 100;

/// The Python blocks of a card, and those that parse.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct CardPython {
    /// Blocks marked as Python.
    pub(super) blocks: usize,
    /// Those that parse.
    pub(super) parsing: usize,
}

impl CardPython {
    /// Reads the fenced blocks of a card's text.
    pub(super) fn of(card: &str) -> Self {
        let mut found = Self::default();
        for block in fenced_python(card).filter(|block| !block.trim().is_empty()).take(MAX_BLOCKS) {
            found.blocks += 1;
            let parses = block.len() <= MAX_BLOCK_BYTES && parse_module(&block).is_ok();
            found.parsing += usize::from(parses);
        }
        found
    }
}

/// The texts between ```` ```python ```` and ```` ``` ````, without an interpreter's prompts.
fn fenced_python(card: &str) -> impl Iterator<Item = String> {
    let mut lines = card.lines();
    std::iter::from_fn(move || {
        lines.find(|line| {
            let language = line.trim().strip_prefix("```").map(str::trim);
            language.is_some_and(|word| {
                ["python", "py", "python3"].iter().any(|it| word.eq_ignore_ascii_case(it))
            })
        })?;
        let mut block = String::new();
        for line in lines.by_ref().take_while(|line| !line.trim().starts_with("```")) {
            block.push_str(line);
            block.push('\n');
        }
        Some(without_prompts(block))
    })
}

/// In a session of the interpreter only lines behind a prompt are code.
fn without_prompts(block: String) -> String {
    if !block.trim_start().starts_with(">>>") {
        return block;
    }
    let code = |line: &str| {
        let line = line.trim_start();
        let rest = line.strip_prefix(">>>").or_else(|| line.strip_prefix("..."))?;
        Some(format!("{}\n", rest.strip_prefix(' ').unwrap_or(rest)))
    };
    block.lines().filter_map(code).collect()
}

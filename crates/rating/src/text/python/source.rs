//! A block's text as the Python that a reader would run: without prompts, answers and shell lines.

use crate::text::CodeBlock;

/// Whether a block is Python, by its mark or, without one, by what it says.
pub(super) fn is_python(block: &CodeBlock) -> bool {
    let language = block.language.trim_matches(|c: char| "{}.".contains(c));
    match language {
        "" => block.text.lines().take(20).any(says_python),
        "py" | "py3" | "pycon" | "ipython" | "ipython3" | "jupyter" => true,
        _ => {
            let rest = language.strip_prefix("python");
            rest.is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_alphabetic()))
        }
    }
}

fn says_python(line: &str) -> bool {
    let line = line.trim_start();
    let line = line.strip_prefix(">>> ").unwrap_or(line).trim_end();
    let is_other = line.contains(['{', '"', '\'', ';']);
    let is_import =
        line.starts_with("import ") || line.starts_with("from ") && line.contains(" import ");
    is_import && !is_other || line.contains(".from_pretrained(")
}

/// The Python of a block; its lines keep their numbers as far as they can.
pub(super) fn python(block: &str) -> String {
    let is_session = block.lines().any(|line| line.trim_start().starts_with(">>>"));
    let code = if is_session { without_prompts(block) } else { block.to_owned() };
    let code = without_shell(&dedent(&code));
    without_trailing(&code, |line| {
        ["tensor(", "array(", "Out["].iter().any(|it| line.starts_with(it))
    })
    .map_or(code.clone(), str::to_owned)
}

/// The code before what looks like an answer that was pasted behind it; nothing where there is
/// none.
pub(super) fn without_answer(code: &str) -> Option<&str> {
    without_trailing(code, |_| true)
}

/// In a session of the interpreter only lines behind a prompt are code.
fn without_prompts(block: &str) -> String {
    let code = |line: &str| {
        let line = line.trim_start();
        let rest = line.strip_prefix(">>>").or_else(|| line.strip_prefix("..."));
        let rest = rest.unwrap_or_default();
        format!("{}\n", rest.strip_prefix(' ').unwrap_or(rest))
    };
    block.lines().map(code).collect()
}

/// Commands that people write between lines of Python, and that a notebook understands.
const COMMANDS: [&str; 17] = [
    "$ ",
    "apt ",
    "apt-get ",
    "cd ",
    "conda install ",
    "curl ",
    "git clone ",
    "git lfs ",
    "hf download ",
    "huggingface-cli ",
    "pip install ",
    "pip3 install ",
    "python -m pip ",
    "sudo ",
    "uv add ",
    "uv pip ",
    "wget ",
];

/// Cells of these magics are Python; those of others are another language or a file's text.
const PYTHON_MAGICS: [&str; 5] = ["capture", "prun", "python3", "time", "timeit"];

/// A notebook's commands prepare the ground and are no Python.
fn without_shell(code: &str) -> String {
    let first = code.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let magic = first.strip_prefix("%%").and_then(|rest| rest.split_whitespace().next());
    if magic.is_some_and(|magic| !PYTHON_MAGICS.contains(&magic)) {
        return String::new();
    }
    let mut goes_on = false;
    let lines = code.lines().map(|line| {
        let is_shell = goes_on || is_shell(line);
        goes_on = is_shell && line.trim_end().ends_with('\\');
        if is_shell { "" } else { line }
    });
    lines.flat_map(|line| [line, "\n"]).collect()
}

fn is_shell(line: &str) -> bool {
    let line = line.trim_start();
    let is_magic = |rest: &str| rest.starts_with(|c: char| c == '%' || c.is_ascii_alphabetic());
    line.starts_with('!')
        || line.strip_prefix('%').is_some_and(is_magic)
        || COMMANDS.iter().any(|command| line.starts_with(command)) && !line.contains(" = ")
}

/// Without the blanks that every line begins with.
fn dedent(code: &str) -> String {
    let mut filled = code.lines().filter(|line| !line.trim().is_empty());
    let blanks = |line: &'_ str| line.len() - line.trim_start_matches([' ', '\t']).len();
    let first = filled.next().unwrap_or_default();
    let mut margin = first.get(..blanks(first)).unwrap_or_default();
    for line in filled {
        let shared = margin.bytes().zip(line.bytes()).take_while(|(a, b)| a == b).count();
        margin = margin.get(..shared).unwrap_or_default();
    }
    let lines = code.lines().map(|line| line.strip_prefix(margin).unwrap_or_default());
    lines.flat_map(|line| [line, "\n"]).collect()
}

/// The code before its last lines, where those look like an answer and begin as asked.
fn without_trailing(code: &str, begins: impl Fn(&str) -> bool) -> Option<&str> {
    let mut cut = None;
    let mut at = code.len();
    for line in code.split_inclusive('\n').rev() {
        at -= line.len();
        let line = line.trim();
        if line.is_empty() {
            continue;
        }
        if !is_answer(line) {
            break;
        }
        if begins(line) {
            cut = Some(at);
        }
    }
    code.get(..cut?).filter(|rest| !rest.trim().is_empty())
}

fn is_answer(line: &str) -> bool {
    const STARTS: [&str; 4] = ["tensor(", "array(", "Out", "..."];
    const LONGEST: usize = 500;
    if line.len() > LONGEST {
        return false;
    }
    line.starts_with(|c: char| c.is_ascii_digit() || "[]{}()<>'\"=-→⇒".contains(c))
        || STARTS.iter().any(|start| line.starts_with(start))
}

//! Text for people: wrapped to the terminal's width, coloured only where a terminal shows colours.

use anyhow::Result;
use comfy_table::Table;
use std::io::{ErrorKind, IsTerminal as _, Write as _};

/// The width of text that goes elsewhere than to a terminal.
const DEFAULT_WIDTH: usize = 80;
/// Lines longer than this are hard to read on any terminal.
const MOST_WIDTH: usize = 100;
/// Narrower terminals break lines themselves.
const LEAST_WIDTH: usize = 40;

/// What a piece of text stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tone {
    /// Ordinary text.
    Plain,
    /// A heading.
    Strong,
    /// Where something was seen, and why it counts.
    Quiet,
    /// All points, or more than another.
    Good,
    /// Some points.
    Partly,
    /// No points, or less than another.
    Bad,
    /// Nobody could look.
    Unknown,
}

impl Tone {
    /// The terminal's own colours, so that a reader's theme holds.
    const fn code(self) -> &'static str {
        match self {
            Self::Plain => "",
            Self::Strong => "1",
            Self::Quiet => "2",
            Self::Good => "32",
            Self::Partly => "33",
            Self::Bad => "31",
            Self::Unknown => "35",
        }
    }
}

/// Text that is being put together.
pub(super) struct Sheet {
    width: usize,
    colours: bool,
    text: String,
}

impl Sheet {
    /// For standard output, as it is; `NO_COLOR` switches colours off.
    pub(super) fn for_output() -> Self {
        let is_terminal = std::io::stdout().is_terminal();
        let width = Table::new().width().filter(|_| is_terminal).map(usize::from);
        let no_colours = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        Self {
            width: width.unwrap_or(DEFAULT_WIDTH).clamp(LEAST_WIDTH, MOST_WIDTH),
            colours: is_terminal && !no_colours,
            text: String::new(),
        }
    }

    /// A piece of a line in a tone.
    pub(super) fn tinted(&self, tone: Tone, text: &str) -> String {
        if self.colours && tone != Tone::Plain {
            format!("\u{1b}[{}m{text}\u{1b}[0m", tone.code())
        } else {
            text.to_owned()
        }
    }

    /// A line that is short by its nature.
    pub(super) fn line(&mut self, text: &str) {
        self.text.push_str(text.trim_end());
        self.text.push('\n');
    }

    /// A paragraph after a mark that already stands in `margin` columns; its further lines are
    /// indented as far. Words longer than a line, such as addresses, are left whole.
    pub(super) fn paragraph(&mut self, mark: &str, margin: usize, tone: Tone, text: &str) {
        let room = self.width.saturating_sub(margin).max(1);
        for (index, line) in wrapped(text, room).iter().enumerate() {
            let lead = if index == 0 { mark.to_owned() } else { " ".repeat(margin) };
            let line = format!("{lead}{}", self.tinted(tone, line));
            self.line(&line);
        }
    }

    /// Prints it; a reader that has seen enough (`| head`) is no failure.
    pub(super) fn print(self) -> Result<()> {
        match std::io::stdout().lock().write_all(self.text.as_bytes()) {
            Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(error.into()),
            _ => Ok(()),
        }
    }
}

fn wrapped(text: &str, room: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut used = 0;
    for word in text.split_whitespace() {
        let length = word.chars().count();
        if let Some(line) = lines.last_mut().filter(|_| used + 1 + length <= room) {
            line.push(' ');
            line.push_str(word);
            used += 1 + length;
        } else {
            lines.push(word.to_owned());
            used = length;
        }
    }
    lines
}

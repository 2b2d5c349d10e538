//! The log: to standard error or a file, and its end in memory for the health page.

use crate::settings::Settings;
use anyhow::{Context, Result};
use std::collections::VecDeque;
use std::fs::OpenOptions;
use std::io::{self, Write};
use std::sync::{Arc, Mutex, PoisonError};
use touchstone_server::LogTail;
use tracing_subscriber::filter::LevelFilter;
use tracing_subscriber::fmt::MakeWriter;

const LINES_KEPT: usize = 1000;

/// The newest lines of the log.
#[derive(Default)]
pub(crate) struct LastLines {
    lines: Mutex<VecDeque<String>>,
}

impl LastLines {
    fn add(&self, text: &str) {
        let mut lines = self.lines.lock().unwrap_or_else(PoisonError::into_inner);
        for line in text.lines() {
            if lines.len() == LINES_KEPT {
                lines.pop_front();
            }
            lines.push_back(line.to_owned());
        }
    }
}

impl LogTail for LastLines {
    fn tail(&self, count: usize) -> Vec<String> {
        let lines = self.lines.lock().unwrap_or_else(PoisonError::into_inner);
        lines.iter().skip(lines.len().saturating_sub(count)).cloned().collect()
    }
}

/// Where lines go: out, and to memory.
struct Output {
    out: Mutex<Box<dyn Write + Send>>,
    last: Arc<LastLines>,
}

/// One line on its way.
struct Line<'a>(&'a Output);

impl Write for Line<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.last.add(&String::from_utf8_lossy(bytes));
        self.0.out.lock().unwrap_or_else(PoisonError::into_inner).write_all(bytes)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.out.lock().unwrap_or_else(PoisonError::into_inner).flush()
    }
}

impl<'a> MakeWriter<'a> for Output {
    type Writer = Line<'a>;

    fn make_writer(&'a self) -> Self::Writer {
        Line(self)
    }
}

/// Starts the log and gives its end.
pub(crate) fn start(settings: &Settings) -> Result<Arc<LastLines>> {
    let last = Arc::new(LastLines::default());
    let out: Box<dyn Write + Send> = match &settings.log.log_file {
        None => Box::new(io::stderr()),
        Some(path) => Box::new(
            OpenOptions::new()
                .create(true)
                .append(true)
                .open(path)
                .with_context(|| format!("LOG_FILE: cannot write {}", path.display()))?,
        ),
    };
    let level = match settings.log.log_level {
        0 => LevelFilter::OFF,
        1 => LevelFilter::INFO,
        _ => LevelFilter::DEBUG,
    };
    tracing_subscriber::fmt()
        .with_max_level(level)
        .with_ansi(false)
        .with_target(false)
        .with_writer(Output { out: Mutex::new(out), last: Arc::clone(&last) })
        .init();
    Ok(last)
}

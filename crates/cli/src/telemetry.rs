//! The log: to standard error or a file, and its end in memory for the health page.

use crate::settings::Settings;
use anyhow::{Context, Result};
use std::collections::{HashMap, VecDeque};
use std::fs::OpenOptions;
use std::io::{self, Write};
use std::sync::{Arc, Mutex, PoisonError};
use touchstone_server::LogTail;
use tracing::Metadata;
use tracing_subscriber::filter::LevelFilter;
use tracing_subscriber::fmt::MakeWriter;

/// Of each component.
const LINES_KEPT: usize = 1000;

/// Whose lines come from where in the code: the first that fits.
const WRITERS: [(&str, &str); 8] = [
    ("touchstone_sources::hugging_face", "hugging-face"),
    ("touchstone_sources::github", "github"),
    ("touchstone_sources", "ingest"),
    ("touchstone_registry::ingest", "ingest"),
    ("touchstone_registry::download", "blobs"),
    ("touchstone_store::blobs", "blobs"),
    ("touchstone_store", "store"),
    ("", "api"),
];

/// The component that writes under this target.
fn component_of(target: &str) -> &'static str {
    let writer = WRITERS.iter().find(|(beginning, _)| target.starts_with(beginning));
    writer.map_or("api", |(_, component)| component)
}

/// The newest lines of the log, by the component that wrote them.
#[derive(Default)]
pub(crate) struct LastLines {
    lines: Mutex<HashMap<&'static str, VecDeque<String>>>,
}

impl LastLines {
    fn add(&self, component: &'static str, text: &str) {
        let mut lines = self.lines.lock().unwrap_or_else(PoisonError::into_inner);
        let lines = lines.entry(component).or_default();
        for line in text.lines() {
            if lines.len() == LINES_KEPT {
                lines.pop_front();
            }
            lines.push_back(line.to_owned());
        }
    }
}

impl LogTail for LastLines {
    fn tail(&self, component: &str, count: usize) -> Vec<String> {
        let lines = self.lines.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(lines) = lines.get(component) else { return Vec::new() };
        lines.iter().skip(lines.len().saturating_sub(count)).cloned().collect()
    }
}

/// Where lines go: out, and to memory.
struct Output {
    out: Mutex<Box<dyn Write + Send>>,
    last: Arc<LastLines>,
}

/// One line on its way, with the component that writes it.
struct Line<'a>(&'a Output, &'static str);

impl Write for Line<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.last.add(self.1, &String::from_utf8_lossy(bytes));
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
        Line(self, component_of(""))
    }

    fn make_writer_for(&'a self, about: &Metadata<'_>) -> Line<'a> {
        Line(self, component_of(about.target()))
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

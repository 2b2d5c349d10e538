//! Where prose goes: to its section, to the label that opened its line, or up to be a heading.

use super::super::headings::topics;
use super::MAX_SECTIONS;
use super::reader::{Into, Reader};
use super::section::Section;
use std::collections::BTreeSet;

/// A heading in bold type stands under those that are marked as headings.
pub(super) const BOLD_LEVEL: u8 = 6;
/// Longer lines in bold type are no headings.
const MAX_BOLD_WORDS: usize = 8;

impl Reader {
    pub(super) fn line_break(&mut self) {
        match self.into {
            Into::Prose => {
                let label_open = self.label_open;
                self.flush();
                self.label_open |= label_open;
            }
            _ => self.text.push(' '),
        }
    }

    /// A line of prose ends: it goes to its section, and to its label where one opened it.
    pub(super) fn flush(&mut self) {
        if self.into == Into::Heading || self.into == Into::Cell {
            return;
        }
        let text = std::mem::take(&mut self.text);
        let text = text.trim();
        if !text.is_empty() {
            self.take_label(text);
            let at = self.text_line;
            let section = self.section();
            for line in text.lines() {
                section.prose.push_str(line);
                section.prose.push('\n');
                section.prose_lines.push(at);
            }
        }
        self.attach_links();
    }

    pub(super) fn attach_links(&mut self) {
        let links = std::mem::take(&mut self.links);
        if self.label_open
            && let Some(label) = self.labelled.last_mut()
        {
            label.links.extend(links.iter().cloned());
        }
        self.section().links.extend(links);
    }

    /// `Training data: SQuAD` is a small section of its own where its label announces something.
    pub(super) fn take_label(&mut self, text: &str) {
        let label = text.split_once(':').filter(|(label, _)| {
            label.len() <= 40 && !label.is_empty() && label.split_whitespace().count() <= 4
        });
        if let Some((label, rest)) = label.filter(|(_, rest)| !rest.starts_with("//")) {
            let topics = topics(label);
            self.label_open = !topics.is_empty() && self.labelled.len() < MAX_SECTIONS;
            if self.label_open {
                self.labelled.push(Section {
                    heading: label.trim().to_owned(),
                    level: 7,
                    line: self.text_line,
                    topics,
                    prose: rest.trim().to_owned(),
                    ..Section::default()
                });
            }
        } else if self.label_open
            && let Some(open) = self.labelled.last_mut()
        {
            open.prose.push('\n');
            open.prose.push_str(text);
        }
    }

    /// Whether the running paragraph is one line in bold type that announces something.
    pub(super) fn is_bold_heading(&self) -> bool {
        let (from, to) = self.bold;
        let text = self.text.trim_end();
        self.into == Into::Prose
            && from == 0
            && to > 0
            && to >= text.len()
            && !text.ends_with(['.', ','])
            && text.split_whitespace().count() <= MAX_BOLD_WORDS
            && !topics(text).is_empty()
    }

    pub(super) fn open_section(&mut self, level: u8) {
        let heading = std::mem::take(&mut self.text).trim().to_owned();
        self.into = Into::Prose;
        self.label_open = false;
        self.above.retain(|(above, _)| *above < level);
        let mut topics = topics(&heading);
        if topics.is_empty() {
            topics = self.above.last().map(|(_, topics)| topics.clone()).unwrap_or_default();
        }
        // A title names the model: what stands in it by chance announces nothing further down.
        let inherited = if level == 1 { BTreeSet::new() } else { topics.clone() };
        self.above.push((level, inherited));
        let line = self.text_line;
        self.sections.push(Section { heading, level, line, topics, ..Section::default() });
        self.attach_links();
    }

    pub(super) fn finish(mut self) -> Vec<Section> {
        self.end_html_table();
        self.into = Into::Prose;
        self.flush();
        self.sections.append(&mut self.labelled);
        self.sections
    }
}

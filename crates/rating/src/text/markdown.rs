//! A Markdown text as sections with their prose, code, tables and links, in one pass without
//! recursion and under limits.

use super::headings::{Topic, topics};
use super::html::{Piece, pieces};
use super::links::{Link, bare_addresses};
use super::tables::Table;
use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};
use std::borrow::Cow;
use std::collections::BTreeSet;

/// More than this of a card is not read.
const MAX_BYTES: usize = 1_000_000;
/// Blanks and list or quote marks that a line may begin with: bounds how deep anything nests.
const MAX_LEADING: usize = 160;
const MAX_EVENTS: usize = 400_000;
const MAX_SECTIONS: usize = 2_000;
const MAX_LINKS: usize = 2_000;

/// A heading and what stands under it, up to the next heading of any level.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Section {
    /// The heading's text; empty before the first heading.
    pub(crate) heading: String,
    /// Its level, 1 to 6; 0 before the first heading; 7 for a label that opens a line.
    pub(crate) level: u8,
    /// The line of the card's source, counted from 1, that the heading stands on.
    pub(crate) line: usize,
    /// What the heading announces, or the nearest heading above it that announces something.
    pub(crate) topics: BTreeSet<Topic>,
    /// The prose, without markup, code blocks and tables; paragraphs are divided by line breaks.
    pub(crate) prose: String,
    /// The lines of the card that the lines of prose begin on.
    prose_lines: Vec<usize>,
    /// Its code blocks.
    pub(crate) code: Vec<CodeBlock>,
    /// Its tables.
    pub(crate) tables: Vec<Table>,
    /// Its links.
    pub(crate) links: Vec<Link>,
}

impl Section {
    /// The line of the card that a line of the prose begins on.
    pub(crate) fn line_of(&self, prose_line: usize) -> usize {
        self.prose_lines.get(prose_line).copied().unwrap_or(self.line)
    }
}

/// A block of code.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct CodeBlock {
    /// The language it is marked with, in lower case; empty where it is not.
    pub(crate) language: String,
    /// The code.
    pub(crate) text: String,
    /// The line of the card that its first line stands on.
    pub(crate) line: usize,
}

/// Reads a body that begins on the given line of its file.
pub(super) fn sections(body: &str, first_line: usize) -> Vec<Section> {
    let body = bounded(body);
    let mut reader = Reader::new(&body, first_line);
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    let events = Parser::new_ext(&body, options).into_offset_iter().take(MAX_EVENTS);
    for (event, range) in events {
        reader.at(range.start);
        reader.read(event);
        if reader.sections.len() > MAX_SECTIONS {
            break;
        }
    }
    reader.finish()
}

/// Cuts a text to what is read of it, and the marks and blanks that a line begins with.
fn bounded(body: &str) -> Cow<'_, str> {
    let body = &body[..body.floor_char_boundary(MAX_BYTES)];
    let leading = |line: &str| {
        line.len() - line.trim_start_matches(|c: char| " \t>-*+.)0123456789".contains(c)).len()
    };
    if body.lines().all(|line| leading(line) <= MAX_LEADING) {
        return Cow::Borrowed(body);
    }
    let mut shorter = String::with_capacity(body.len());
    for line in body.split_inclusive('\n') {
        let run = leading(line);
        shorter.push_str(&line[run.saturating_sub(MAX_LEADING).min(run)..]);
    }
    Cow::Owned(shorter)
}

/// What a stretch of text belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Into {
    Prose,
    Heading,
    Code,
    Cell,
}

struct Reader {
    /// Where each line begins.
    line_starts: Vec<usize>,
    first_line: usize,
    line: usize,
    into: Into,
    sections: Vec<Section>,
    labelled: Vec<Section>,
    /// The label that the running paragraph opened.
    label_open: bool,
    /// The headings above the running one with what they announce: level and topics.
    above: Vec<(u8, BTreeSet<Topic>)>,
    text: String,
    text_line: usize,
    links: Vec<Link>,
    link_count: usize,
    link: Option<(String, usize)>,
    html: String,
    code: CodeBlock,
    table: Table,
    row: Vec<String>,
}

impl Reader {
    fn new(body: &str, first_line: usize) -> Self {
        let starts = body.match_indices('\n').map(|(at, _)| at + 1);
        Self {
            line_starts: std::iter::once(0).chain(starts).collect(),
            first_line,
            line: first_line,
            into: Into::Prose,
            sections: vec![Section { line: first_line, ..Section::default() }],
            labelled: Vec::new(),
            label_open: false,
            above: Vec::new(),
            text: String::new(),
            text_line: first_line,
            links: Vec::new(),
            link_count: 0,
            link: None,
            html: String::new(),
            code: CodeBlock::default(),
            table: Table::default(),
            row: Vec::new(),
        }
    }

    fn at(&mut self, offset: usize) {
        let line = self.line_starts.partition_point(|start| *start <= offset).saturating_sub(1);
        self.line = self.first_line + line;
        if self.text.is_empty() {
            self.text_line = self.line;
        }
    }

    fn read(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => {
                if self.link.is_none() && self.into != Into::Code {
                    self.take_bare_links(&text);
                }
                self.text.push_str(&text);
            }
            Event::Code(text) => self.text.push_str(&text),
            Event::SoftBreak | Event::HardBreak => self.line_break(),
            Event::Html(html) => self.html.push_str(&html),
            Event::InlineHtml(html) => self.take_html(&html),
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Heading { .. } => {
                self.flush();
                self.into = Into::Heading;
            }
            Tag::CodeBlock(kind) => {
                self.flush();
                self.into = Into::Code;
                self.code = CodeBlock { language: language(&kind), ..CodeBlock::default() };
                let fence = usize::from(matches!(kind, CodeBlockKind::Fenced(_)));
                self.code.line = self.line + fence;
            }
            Tag::Table(_) => {
                self.flush();
                self.table = Table { line: self.line, ..Table::default() };
            }
            Tag::TableHead | Tag::TableRow => {
                self.row.clear();
                self.table.row_lines.push(self.line);
            }
            Tag::TableCell => {
                self.into = Into::Cell;
                self.text.clear();
            }
            Tag::Link { dest_url, .. } => {
                self.link = Some((dest_url.into_string(), self.text.len()));
            }
            Tag::Paragraph | Tag::Item => {
                self.flush();
                self.label_open = false;
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(level) => self.open_section(level_number(level)),
            TagEnd::CodeBlock => {
                self.code.text = std::mem::take(&mut self.text);
                let code = std::mem::take(&mut self.code);
                self.section().code.push(code);
                self.into = Into::Prose;
            }
            TagEnd::Table => {
                let table = std::mem::take(&mut self.table);
                self.section().tables.push(table);
                self.attach_links();
            }
            TagEnd::TableHead => self.table.header = std::mem::take(&mut self.row),
            TagEnd::TableRow => {
                let row = std::mem::take(&mut self.row);
                self.table.rows.push(row);
            }
            TagEnd::TableCell => {
                let cell = std::mem::take(&mut self.text);
                self.row.push(cell.trim().to_owned());
                self.into = Into::Prose;
            }
            TagEnd::Link => self.close_link(),
            TagEnd::Paragraph | TagEnd::Item => self.flush(),
            TagEnd::HtmlBlock => {
                let html = std::mem::take(&mut self.html);
                self.take_html(&html);
                self.flush();
            }
            _ => {}
        }
    }

    fn section(&mut self) -> &mut Section {
        if self.sections.is_empty() {
            self.sections.push(Section::default());
        }
        let last = self.sections.len() - 1;
        &mut self.sections[last]
    }

    fn close_link(&mut self) {
        if let Some((address, from)) = self.link.take() {
            let text = self.text.get(from..).unwrap_or_default().to_owned();
            self.push_link(&address, &text);
        }
    }

    fn push_link(&mut self, address: &str, text: &str) {
        if self.link_count < MAX_LINKS
            && let Some(link) = Link::read(address, text, self.line)
        {
            self.link_count += 1;
            self.links.push(link);
        }
    }

    fn take_bare_links(&mut self, text: &str) {
        for address in bare_addresses(text) {
            self.push_link(address, "");
        }
    }

    fn take_html(&mut self, html: &str) {
        for piece in pieces(html) {
            match piece {
                Piece::Text(text) => self.text.push_str(text),
                Piece::Link(address) => self.push_link(address, ""),
                Piece::HeadingStart(_) => self.flush(),
                Piece::HeadingEnd => self.open_section(1),
                Piece::Break if self.into == Into::Prose => self.line_break(),
                Piece::Break => self.text.push(' '),
            }
        }
    }

    fn line_break(&mut self) {
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
    fn flush(&mut self) {
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

    fn attach_links(&mut self) {
        let links = std::mem::take(&mut self.links);
        if self.label_open
            && let Some(label) = self.labelled.last_mut()
        {
            label.links.extend(links.iter().cloned());
        }
        self.section().links.extend(links);
    }

    /// `Training data: SQuAD` is a small section of its own where its label announces something.
    fn take_label(&mut self, text: &str) {
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

    fn open_section(&mut self, level: u8) {
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

    fn finish(mut self) -> Vec<Section> {
        self.into = Into::Prose;
        self.flush();
        self.sections.append(&mut self.labelled);
        self.sections
    }
}

fn language(kind: &CodeBlockKind<'_>) -> String {
    let CodeBlockKind::Fenced(info) = kind else { return String::new() };
    let word = info.split(|c: char| c.is_whitespace() || ",{".contains(c)).next();
    word.unwrap_or_default().to_lowercase()
}

fn level_number(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}

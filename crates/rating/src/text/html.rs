//! HTML inside Markdown: its text, headings, tables and links, without its tags, comments and
//! scripts.

/// A piece of an HTML fragment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    /// Text between tags.
    Text(&'a str),
    /// The end of a block: what follows stands on another line.
    Break,
    /// A heading begins.
    HeadingStart,
    /// A heading of this level ends.
    HeadingEnd(u8),
    /// A table begins.
    TableStart,
    /// A table ends.
    TableEnd,
    /// A row begins.
    RowStart,
    /// A row ends.
    RowEnd,
    /// A cell begins.
    CellStart,
    /// A cell ends.
    CellEnd,
    /// An address that the fragment links to.
    Link(&'a str),
}

/// Elements whose content is no text for readers.
const HIDDEN: [&str; 4] = ["script", "style", "svg", "template"];
/// Inline elements: what follows stands on the same line.
const INLINE: [&str; 14] =
    ["a", "b", "i", "em", "strong", "span", "code", "sub", "sup", "u", "small", "font", "kbd", "s"];

/// Divides a fragment into its pieces, in one pass. A `<` that opens no tag is text.
pub(super) fn pieces(html: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = html;
    while let Some(open) = rest.find('<') {
        push_text(&mut pieces, &rest[..open]);
        rest = &rest[open..];
        if let Some(comment) = rest.strip_prefix("<!--") {
            rest = comment.find("-->").map_or("", |end| &comment[end + 3..]);
            continue;
        }
        let opens_tag =
            rest[1..].starts_with(|c: char| c.is_ascii_alphabetic() || "/!?".contains(c));
        let close = rest.find('>').filter(|_| opens_tag);
        let Some(close) = close else {
            push_text(&mut pieces, &rest[..1]);
            rest = &rest[1..];
            continue;
        };
        let tag = Tag::read(&rest[1..close]);
        rest = &rest[close + 1..];
        pieces.extend(tag.piece());
        pieces.extend(tag.link());
        if !tag.closing && HIDDEN.contains(&tag.name.as_str()) {
            rest = skip_element(rest, &tag.name);
        }
    }
    push_text(&mut pieces, rest);
    pieces
}

fn push_text<'a>(pieces: &mut Vec<Piece<'a>>, text: &'a str) {
    if !text.trim().is_empty() {
        pieces.push(Piece::Text(text));
    }
}

struct Tag<'a> {
    /// In lower case.
    name: String,
    closing: bool,
    attributes: &'a str,
}

impl<'a> Tag<'a> {
    /// Reads what stands between `<` and `>`.
    fn read(tag: &'a str) -> Self {
        let closing = tag.starts_with('/');
        let tag = tag.trim_start_matches('/');
        let end = tag.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(tag.len());
        let (name, attributes) = tag.split_at(end);
        Self { name: name.chars().take(12).collect::<String>().to_lowercase(), closing, attributes }
    }

    fn piece(&self) -> Option<Piece<'a>> {
        let piece = match (self.name.as_str(), self.closing) {
            ("table", false) => Piece::TableStart,
            ("table", true) => Piece::TableEnd,
            ("tr", false) => Piece::RowStart,
            ("tr", true) => Piece::RowEnd,
            ("td" | "th", false) => Piece::CellStart,
            ("td" | "th", true) => Piece::CellEnd,
            (name, closing) => match heading_level(name) {
                Some(level) if closing => Piece::HeadingEnd(level),
                Some(_) => Piece::HeadingStart,
                None if INLINE.contains(&name) => return None,
                None => Piece::Break,
            },
        };
        Some(piece)
    }

    fn link(&self) -> Option<Piece<'a>> {
        (self.name == "a" && !self.closing)
            .then(|| self.attribute("href"))
            .flatten()
            .map(Piece::Link)
    }

    /// The value of an attribute, with or without quotes.
    fn attribute(&self, name: &str) -> Option<&'a str> {
        let mut rest = self.attributes.trim_start();
        while !rest.is_empty() {
            let end = rest.find(|c: char| c == '=' || c.is_whitespace()).unwrap_or(rest.len());
            let (found, after) = rest.split_at(end);
            let Some(value) = after.trim_start().strip_prefix('=') else {
                rest = after.trim_start();
                if found.is_empty() {
                    return None;
                }
                continue;
            };
            let (value, after) = attribute_value(value.trim_start());
            if found.eq_ignore_ascii_case(name) {
                return Some(value);
            }
            rest = after.trim_start();
        }
        None
    }
}

/// Divides what stands behind `=` into the value and the rest.
fn attribute_value(text: &str) -> (&str, &str) {
    for quote in ['"', '\''] {
        if let Some(quoted) = text.strip_prefix(quote) {
            return quoted.split_once(quote).unwrap_or((quoted, ""));
        }
    }
    text.split_at(text.find(char::is_whitespace).unwrap_or(text.len()))
}

fn heading_level(name: &str) -> Option<u8> {
    let level = name.strip_prefix('h')?.parse::<u8>().ok()?;
    (1..=6).contains(&level).then_some(level)
}

fn skip_element<'a>(rest: &'a str, name: &str) -> &'a str {
    let mut from = 0;
    while let Some(at) = rest[from..].find("</") {
        let start = from + at + 2;
        let ends = rest.get(start..start + name.len());
        if ends.is_some_and(|end| end.eq_ignore_ascii_case(name)) {
            return &rest[start - 2..];
        }
        from = start;
    }
    ""
}

//! HTML inside Markdown: its text, headings and links, without its tags, comments and scripts.

/// A piece of an HTML fragment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    /// Text between tags.
    Text(&'a str),
    /// The end of a block: what follows stands on another line.
    Break,
    /// A heading begins, of this level.
    HeadingStart(u8),
    /// A heading ends.
    HeadingEnd,
    /// An address that the fragment links to.
    Link(&'a str),
}

/// Elements whose content is no text for readers.
const HIDDEN: [&str; 3] = ["script", "style", "svg"];
/// Inline elements: what follows stands on the same line.
const INLINE: [&str; 14] =
    ["a", "b", "i", "em", "strong", "span", "code", "sub", "sup", "u", "small", "font", "kbd", "s"];

/// Divides a fragment into its pieces, in one pass.
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
        let Some(close) = rest.find('>') else {
            return pieces;
        };
        let tag = &rest[1..close];
        rest = &rest[close + 1..];
        let name = push_tag(&mut pieces, tag);
        if HIDDEN.contains(&name.as_str()) {
            rest = skip_element(rest, &name);
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

/// Reads one tag; answers the name of an opened element, in lower case.
fn push_tag<'a>(pieces: &mut Vec<Piece<'a>>, tag: &'a str) -> String {
    let closing = tag.starts_with('/');
    let name: String = tag
        .trim_start_matches('/')
        .chars()
        .take_while(char::is_ascii_alphanumeric)
        .take(12)
        .map(|character| character.to_ascii_lowercase())
        .collect();
    let level = name
        .strip_prefix('h')
        .and_then(|level| level.parse::<u8>().ok())
        .filter(|level| (1..=6).contains(level));
    match level {
        Some(_) if closing => pieces.push(Piece::HeadingEnd),
        Some(level) => pieces.push(Piece::HeadingStart(level)),
        None if !INLINE.contains(&name.as_str()) => pieces.push(Piece::Break),
        None => {}
    }
    if name == "a"
        && !closing
        && let Some(address) = attribute(tag, "href")
    {
        pieces.push(Piece::Link(address));
    }
    if closing { String::new() } else { name }
}

/// The value of an attribute, between quotes of either kind.
fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let (_, after) = tag.split_once(name)?;
    let value = after.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
    value[1..].split(quote).next()
}

fn skip_element<'a>(rest: &'a str, name: &str) -> &'a str {
    let mut from = 0;
    while let Some(at) = rest[from..].find("</") {
        let start = from + at + 2;
        let ends = rest.get(start..start + name.len());
        if ends.is_some_and(|end| end.eq_ignore_ascii_case(name)) {
            return &rest[start..];
        }
        from = start;
    }
    ""
}

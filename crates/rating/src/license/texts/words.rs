//! A licence text as the words that carry its meaning, so that layout, numbering, quotation marks
//! and the names in copyright lines make no difference.

/// More of a text is not read: all licences known here are shorter.
pub(super) const MAX_TEXT_BYTES: usize = 200_000;

/// One word: a number that stands for its letters.
pub(super) type Word = u32;

/// Two words that follow each other.
pub(super) type Pair = (Word, Word);

/// The words of a text, in order, without copyright lines and the numbers of lists.
pub(super) fn words(text: &str) -> impl Iterator<Item = &str> {
    let end = text.floor_char_boundary(MAX_TEXT_BYTES);
    let lines = text[..end].lines().map(without_number);
    lines.filter(|line| !is_copyright(line)).flat_map(words_of_line)
}

/// Every word of a text with the one after it.
pub(super) fn pairs(words: &[Word]) -> impl Iterator<Item = Pair> {
    words.iter().zip(words.iter().skip(1)).map(|(one, next)| (*one, *next))
}

/// The number of a word: FNV-1a over its letters in lower case, with words that the SPDX matching
/// guidelines call equal taken for one.
pub(super) fn number(word: &str) -> Word {
    let lower = word.to_lowercase();
    let known = EQUAL.iter().find(|(other, _)| *other == lower).map(|(_, word)| *word);
    let spelled = known.unwrap_or(&lower);
    spelled
        .bytes()
        .fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

const EQUAL: [(&str, &str); 7] = [
    ("licence", "license"),
    ("licences", "licenses"),
    ("licenced", "licensed"),
    ("owner", "holder"),
    ("owners", "holders"),
    ("https", "http"),
    ("favour", "favor"),
];

/// Single letters are list marks or what an apostrophe left over.
fn words_of_line(line: &str) -> impl Iterator<Item = &str> {
    line.split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.len() > 1 || word.bytes().all(|byte| byte.is_ascii_digit()))
        .filter(|word| !word.is_empty())
}

/// A line without comment marks and the number of its paragraph.
fn without_number(line: &str) -> &str {
    let line = line.trim_start_matches(|c: char| c.is_whitespace() || "*#>/;|-".contains(c));
    let rest = line.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    match rest.chars().next() {
        Some(' ' | ')' | '\t') if rest.len() < line.len() => rest,
        _ => line,
    }
}

fn is_copyright(line: &str) -> bool {
    let lower = line.trim().to_lowercase();
    // `(c)` before anything else than a year is the third mark of a list.
    let behind_sign = lower.strip_prefix("(c)").map(str::trim_start);
    let is_signed = behind_sign.is_some_and(|rest| {
        rest.starts_with("copyright") || rest.starts_with(|c: char| c.is_ascii_digit() || c == '[')
    });
    let is_notice = lower.starts_with("copyright") || is_signed || lower.starts_with('©');
    let names_somebody =
        ["(c)", "©", "<year>", "[yyyy]", "[year]"].iter().any(|mark| lower.contains(mark))
            || lower.bytes().any(|byte| byte.is_ascii_digit());
    is_notice && names_somebody || lower.trim_end_matches('.') == "all rights reserved"
}

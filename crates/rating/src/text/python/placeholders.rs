//! Texts that an author left for the reader to fill in.

/// Longer texts are running text.
const MAX_BYTES: usize = 200;

/// Words of an identifier or path that ask to be replaced.
const ASKING: [&str; 6] = ["your", "insert", "here", "changeme", "todo", "replace"];

/// Words between angle brackets that ask to be replaced; other such texts are a tokenizer's.
const BRACKETED: [&str; 12] = [
    "your", "path", "model", "token", "key", "url", "username", "user", "repo", "insert", "dir",
    "name",
];

/// Whether a text stands for something that the reader has to give.
pub(super) fn is_placeholder(text: &str) -> bool {
    let lower = text.trim().to_ascii_lowercase();
    if lower.len() > MAX_BYTES || lower.is_empty() {
        return false;
    }
    let is_path = ["path/to", "path_to", "/path/"].iter().any(|mark| lower.contains(mark));
    let is_one_word = !lower.contains(char::is_whitespace);
    is_path
        || is_bracketed(&lower)
        || is_one_word && (words(&lower).any(asks) || lower.starts_with("username/"))
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty())
}

fn asks(word: &str) -> bool {
    ASKING.contains(&word) || word.len() >= 3 && word.bytes().all(|byte| byte == b'x')
}

/// `<your model>`, `lab/<name>`; but not `<mask>` or `<|user|>`.
fn is_bracketed(lower: &str) -> bool {
    let whole = lower.strip_prefix('<').and_then(|rest| rest.strip_suffix('>'));
    let part = || {
        let is_one_word = !lower.contains(char::is_whitespace);
        let (before, rest) = lower.split_once('<').filter(|_| is_one_word)?;
        let is_path = before.ends_with(['/', '_', '-', '=']);
        rest.split_once('>').filter(|_| is_path).map(|(inside, _)| inside)
    };
    whole.or_else(part).is_some_and(|inside| {
        let is_plain =
            inside.bytes().all(|byte| byte.is_ascii_alphanumeric() || b" -_".contains(&byte));
        is_plain && words(inside).any(|word| BRACKETED.contains(&word))
    })
}

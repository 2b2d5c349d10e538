//! Letter case taken out of texts, the same way for the index and for what is looked up in it.

/// The text as the index holds it: as many characters, each folded.
pub(crate) fn fold(text: &str) -> String {
    text.chars().map(fold_char).collect()
}

/// Any letters that a case-insensitive expression takes for one another come out the same: by way
/// of the capital, because `ſ` and `s` share one, and so do `ς` and `σ`.
pub(super) fn fold_char(letter: char) -> char {
    if letter.is_ascii() {
        // The tokenizer stops at or skips NUL, so it must not meet one.
        return if letter == '\0' { ' ' } else { letter.to_ascii_lowercase() };
    }
    let capital = only(letter.to_uppercase()).unwrap_or(letter);
    only(capital.to_lowercase()).unwrap_or(capital)
}

fn only(mut letters: impl Iterator<Item = char>) -> Option<char> {
    let first = letters.next()?;
    letters.next().is_none().then_some(first)
}

#[cfg(test)]
mod tests {
    use super::{fold, fold_char};

    #[test]
    fn letters_of_one_case_class_fold_to_one() {
        for class in ["sSſ", "kK\u{212a}", "σΣς", "åÅ\u{212b}", "ωΩ\u{2126}", "µμΜ", "éÉ"]
        {
            let folded: Vec<_> = class.chars().map(fold_char).collect();
            assert!(folded.iter().all(|letter| *letter == folded[0]), "{class}: {folded:?}");
        }
    }

    #[test]
    fn every_letter_stays_one_letter() {
        assert_eq!(fold("A\0ßİﬁ日\n").chars().count(), 7);
    }
}

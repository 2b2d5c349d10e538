//! What a text must contain to be worth a closer look: trigrams, joined by "and" and "or".

/// Three folded characters.
pub(super) type Trigram = [char; 3];

/// More in one conjunction cost more to look up than they rule out: the rarest are kept.
const MAX_ALL: usize = 5;
/// A formula with more terms than this is not asked of the index.
const MAX_TERMS: usize = 200;

/// A condition that is never false of a text that the expression matches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Formula {
    /// True of every text.
    Anything,
    Contains(Trigram),
    All(Vec<Formula>),
    Any(Vec<Formula>),
}

impl Formula {
    /// Of texts that contain this folded one.
    pub(super) fn containing(text: &str) -> Self {
        let letters: Vec<char> = text.chars().collect();
        let trigrams = letters.windows(3).filter_map(|window| window.try_into().ok());
        Self::all(trigrams.map(Self::Contains))
    }

    pub(super) fn all(conditions: impl IntoIterator<Item = Self>) -> Self {
        let mut kept = Vec::new();
        for condition in conditions {
            match condition {
                Self::Anything => {}
                Self::All(inner) => kept.extend(inner),
                other if kept.contains(&other) => {}
                other => kept.push(other),
            }
        }
        kept.sort_by_key(Self::expense);
        kept.truncate(MAX_ALL);
        match (kept.pop(), kept.is_empty()) {
            (None, _) => Self::Anything,
            (Some(only), true) => only,
            (Some(last), false) => {
                kept.push(last);
                Self::All(kept)
            }
        }
    }

    pub(super) fn any(conditions: impl IntoIterator<Item = Self>) -> Self {
        let mut kept = Vec::new();
        for condition in conditions {
            match condition {
                Self::Anything => return Self::Anything,
                Self::Any(inner) => kept.extend(inner),
                other if kept.contains(&other) => {}
                other => kept.push(other),
            }
        }
        match (kept.pop(), kept.is_empty()) {
            // Nothing at all could match: not worth a case of its own.
            (None, _) => Self::Anything,
            (Some(only), true) => only,
            (Some(last), false) => {
                kept.push(last);
                Self::Any(kept)
            }
        }
    }

    /// The formula in the words of the index; nothing where it rules nothing out.
    pub(super) fn index_query(&self) -> Option<String> {
        if *self == Self::Anything || self.terms() > MAX_TERMS {
            return None;
        }
        let mut query = String::new();
        self.write(&mut query);
        Some(query)
    }

    /// Grows with the number of texts that are likely to fulfil it, all of which are passed over.
    fn expense(&self) -> u32 {
        match self {
            Self::Anything => u32::MAX,
            Self::Contains(trigram) => trigram.iter().copied().map(commonness).sum(),
            Self::All(inner) => inner.iter().map(Self::expense).min().unwrap_or(u32::MAX),
            Self::Any(inner) => inner.iter().map(Self::expense).fold(0, u32::saturating_add),
        }
    }

    fn terms(&self) -> usize {
        match self {
            Self::Anything => 0,
            Self::Contains(_) => 1,
            Self::All(inner) | Self::Any(inner) => inner.iter().map(Self::terms).sum(),
        }
    }

    fn write(&self, query: &mut String) {
        match self {
            Self::Anything => {}
            Self::Contains(trigram) => {
                query.push('"');
                for letter in trigram {
                    query.push(*letter);
                    if *letter == '"' {
                        query.push('"');
                    }
                }
                query.push('"');
            }
            Self::All(inner) => Self::join(inner, " AND ", query),
            Self::Any(inner) => Self::join(inner, " OR ", query),
        }
    }

    fn join(inner: &[Self], word: &str, query: &mut String) {
        query.push('(');
        for (position, condition) in inner.iter().enumerate() {
            if position > 0 {
                query.push_str(word);
            }
            condition.write(query);
        }
        query.push(')');
    }

    /// Whether it is true of a folded text: what the index answers, for tests.
    #[cfg(test)]
    pub(super) fn holds(&self, text: &str) -> bool {
        match self {
            Self::Anything => true,
            Self::Contains(trigram) => text.contains(&String::from_iter(trigram)),
            Self::All(inner) => inner.iter().all(|condition| condition.holds(text)),
            Self::Any(inner) => inner.iter().any(|condition| condition.holds(text)),
        }
    }
}

/// Roughly how often a character stands in English READMEs: an estimate is enough to prefer `zq0`
/// to `the`.
const fn commonness(letter: char) -> u32 {
    match letter {
        ' ' | 'e' => 12,
        't' | 'a' | 'o' | 'i' | 'n' | 's' | 'r' => 9,
        'h' | 'l' | 'd' | 'c' | 'u' | 'm' | '\n' | '-' => 6,
        'a'..='z' | '0'..='9' | '.' | ',' | '/' | ':' | '#' | '_' | '|' => 3,
        _ => 1,
    }
}

//! What a text must contain to be worth a closer look: trigrams, joined by "and" and "or".

/// Three folded characters.
pub(super) type Trigram = [char; 3];

/// More in one conjunction would cost more to look up than they rule out.
const MAX_ALL: usize = 8;
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
        let mut trigrams: Vec<Trigram> =
            letters.windows(3).filter_map(|window| window.try_into().ok()).collect();
        trigrams.sort_unstable();
        trigrams.dedup();
        // Neighbours say nearly the same: of too many, ones that are spread out are kept.
        let step = trigrams.len().div_ceil(MAX_ALL).max(1);
        Self::all(trigrams.into_iter().step_by(step).map(Self::Contains))
    }

    pub(super) fn all(conditions: impl IntoIterator<Item = Self>) -> Self {
        let mut kept = Vec::new();
        for condition in conditions {
            match condition {
                Self::Anything => {}
                Self::All(inner) => kept.extend(inner),
                other => kept.push(other),
            }
        }
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

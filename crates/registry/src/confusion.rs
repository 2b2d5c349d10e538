//! Models that may have been uploaded to be taken for others.
//!
//! Names are compared by their skeleton, in which look-alike characters, separators and letter case
//! do not count (after the idea of Unicode TR 39), and by one edit between skeletons. Of two models
//! of different owners that are alike, the one with the lower standing is the suspect, unless it
//! says that it rests on the other.

use crate::{Registry, RegistryError};
use std::collections::{BTreeMap, HashMap};
use touchstone_domain::{Artifact, ArtifactId, ArtifactType, Page, PageRequest};
use touchstone_store::{ArtifactQuery, Family, ListQuery, SortOrder};

/// Pairs that are looked at in one audit.
const MOST_PAIRS: usize = 1000;
/// Models that are looked at in one audit.
const MOST_MODELS: usize = 200_000;
/// Skeletons shorter than this are too easily alike by one edit.
const SHORTEST_FOR_EDITS: usize = 6;
/// A net score this much lower speaks against a model.
const NOTABLY_LOWER: f64 = 0.1;

/// A model that looks like an attempt at confusion.
#[derive(Debug, Clone, PartialEq)]
pub struct Suspect {
    /// The model.
    pub artifact: Artifact,
    /// The better-established one it could be taken for.
    pub resembles: Artifact,
    /// How alike the names are, 0 to 1.
    pub similarity: f64,
    /// What speaks for it, each as one sentence.
    pub reasons: Vec<String>,
}

impl Registry {
    /// Looks at the names, owners, parents and scores of all models.
    pub async fn confusion_audit(&self) -> Result<Vec<Suspect>, RegistryError> {
        let models = self.all_models().await?;
        let pairs = alike_pairs(&models);
        let mut ids: Vec<ArtifactId> = pairs
            .iter()
            .flat_map(|(a, b)| [models[*a].id.clone(), models[*b].id.clone()])
            .collect();
        ids.sort();
        ids.dedup();
        let scores: BTreeMap<ArtifactId, f64> =
            self.inner.store.net_scores(&ids).await?.into_iter().collect();
        let families = self.inner.store.edges_of(&ids).await?;
        let mut suspects: Vec<Suspect> = pairs
            .into_iter()
            .filter_map(|(a, b)| judge(&models[a], &models[b], &scores, &families))
            .collect();
        suspects.sort_by(|a, b| {
            b.similarity.total_cmp(&a.similarity).then_with(|| a.artifact.id.cmp(&b.artifact.id))
        });
        Ok(suspects)
    }

    async fn all_models(&self) -> Result<Vec<Artifact>, RegistryError> {
        let query = ListQuery {
            any_of: vec![ArtifactQuery { name: None, kinds: vec![ArtifactType::Model] }],
            order: SortOrder::Created,
        };
        let mut request = PageRequest { limit: PageRequest::MAX_LIMIT, ..PageRequest::first() };
        let mut models = Vec::new();
        loop {
            let Page { items, next } = self.inner.store.list(&query, &request).await?;
            models.extend(items);
            match next {
                Some(cursor) if models.len() < MOST_MODELS => {
                    request.start = touchstone_domain::page::PageStart::After(cursor);
                }
                _ => return Ok(models),
            }
        }
    }
}

fn owner(model: &Artifact) -> &str {
    model.source.repository().split_once('/').map_or("", |(owner, _)| owner)
}

fn repository_name(model: &Artifact) -> &str {
    model.source.default_name()
}

/// The name without what the eye overlooks.
fn skeleton(name: &str) -> String {
    name.chars()
        .flat_map(char::to_lowercase)
        .filter_map(|letter| match letter {
            '-' | '_' | '.' | ' ' => None,
            '0' | 'о' | 'ο' => Some('o'),
            '1' | 'i' | 'і' | 'ι' | '|' => Some('l'),
            '3' | 'е' => Some('e'),
            '5' | 'ѕ' => Some('s'),
            'а' | 'α' => Some('a'),
            'р' | 'ρ' => Some('p'),
            'с' => Some('c'),
            'х' => Some('x'),
            'у' => Some('y'),
            other => Some(other),
        })
        .collect()
}

/// Pairs of models of different owners whose skeletons are equal or one deletion apart.
fn alike_pairs(models: &[Artifact]) -> Vec<(usize, usize)> {
    let mut by_key: HashMap<String, Vec<usize>> = HashMap::new();
    for (at, model) in models.iter().enumerate() {
        let skeleton = skeleton(repository_name(model));
        if skeleton.chars().count() >= SHORTEST_FOR_EDITS {
            for skipped in 0..skeleton.chars().count() {
                let shortened: String = skeleton
                    .chars()
                    .enumerate()
                    .filter_map(|(place, letter)| (place != skipped).then_some(letter))
                    .collect();
                by_key.entry(shortened).or_default().push(at);
            }
        }
        by_key.entry(skeleton).or_default().push(at);
    }
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for group in by_key.values().filter(|group| group.len() > 1) {
        for (place, a) in group.iter().enumerate() {
            for b in &group[place + 1..] {
                if owner(&models[*a]).eq_ignore_ascii_case(owner(&models[*b])) {
                    continue;
                }
                pairs.push((*a.min(b), *a.max(b)));
                if pairs.len() > MOST_PAIRS * 16 {
                    break;
                }
            }
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs.truncate(MOST_PAIRS);
    pairs
}

/// Which of two alike models is the suspect, and why; nothing where neither is.
fn judge(
    a: &Artifact,
    b: &Artifact,
    scores: &BTreeMap<ArtifactId, f64>,
    families: &[Family],
) -> Option<Suspect> {
    let score = |model: &Artifact| scores.get(&model.id).copied().unwrap_or(0.0);
    let a_stands_higher = match score(a).total_cmp(&score(b)) {
        std::cmp::Ordering::Greater => true,
        std::cmp::Ordering::Less => false,
        std::cmp::Ordering::Equal => a.created_at <= b.created_at,
    };
    let (known, suspect) = if a_stands_higher { (a, b) } else { (b, a) };
    let canonical = known.source.canonical();
    let says_so = families.iter().any(|family| {
        family.artifact.id == suspect.id && family.edges.iter().any(|edge| edge.parent == canonical)
    });
    if says_so {
        return None;
    }
    let (name, resembled) = (repository_name(suspect), repository_name(known));
    let similarity = similarity(name, resembled);
    let mut reasons = vec![if name == resembled {
        format!("it has the same name as {} but another owner", known.source.repository())
    } else {
        format!("its name differs from {} by what the eye overlooks", known.source.repository())
    }];
    if score(known) - score(suspect) >= NOTABLY_LOWER {
        let (low, high) = (score(suspect), score(known));
        reasons.push(format!("its net score of {low:.2} is notably lower than {high:.2}"));
    }
    reasons.push("it does not name that model as its base".to_owned());
    Some(Suspect { artifact: suspect.clone(), resembles: known.clone(), similarity, reasons })
}

/// 1 for equal names, 0.95 for equal skeletons, less by each edit's share of the length otherwise.
fn similarity(a: &str, b: &str) -> f64 {
    if a == b {
        return 1.0;
    }
    let (a, b) = (skeleton(a), skeleton(b));
    if a == b {
        return 0.95;
    }
    0.95 * (1.0 - 1.0 / a.chars().count().max(b.chars().count()).max(1) as f64)
}

#[cfg(test)]
mod tests {
    use super::{similarity, skeleton};

    #[test]
    fn look_alike_characters_separators_and_case_do_not_count() {
        assert_eq!(skeleton("Bert-Base_Uncased"), skeleton("bertbaseuncased"));
        assert_eq!(skeleton("b1oom"), skeleton("bloom"));
        assert_eq!(skeleton("bеrt"), skeleton("bert"), "a Cyrillic е");
    }

    #[test]
    fn names_that_are_equal_are_most_alike() {
        assert!(similarity("bert", "bert") > similarity("Bert", "bert"));
        assert!(similarity("Bert", "bert") > similarity("berty", "bert"));
    }
}

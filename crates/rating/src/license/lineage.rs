//! Whom a model's terms come from: itself, the models it was made from, and the data that it names.

use super::declared::Declared;
use crate::text::Card;
use std::collections::BTreeSet;
use touchstone_domain::Missing;
use touchstone_domain::facts::{DatasetFacts, ModelFacts, ParentFacts};
use touchstone_domain::license::{Member, Role};

/// How many generations of ancestors are looked at.
const MAX_DEPTH: usize = 5;
/// How many members are looked at in all.
const MAX_MEMBERS: usize = 64;

/// A member of a model's lineage, and what it says of its licence.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Bound {
    /// Who.
    pub(crate) member: Member,
    /// What it says; nothing where it could not be looked at.
    pub(crate) declared: Option<Declared>,
}

/// The model itself.
pub(crate) fn own(model: &ModelFacts, declared: Declared) -> Bound {
    let name = model.source.canonical();
    let member = Member { name, role: Role::Model, through: Vec::new() };
    Bound { member, declared: Some(declared) }
}

/// Its ancestors, each once however they are entangled, nearest first along each line. Names that
/// the Hub does not know are left out: nobody's terms stand behind them.
pub(crate) fn ancestors(model: &ModelFacts, parents: &[ParentFacts]) -> Vec<Bound> {
    let mut walk = Walk { seen: BTreeSet::from([model.source.canonical()]), found: Vec::new() };
    walk.up(parents, &mut Vec::new());
    walk.found
}

/// The data sets that state a licence.
pub(crate) fn data(datasets: &[DatasetFacts]) -> impl Iterator<Item = Bound> {
    datasets.iter().take(MAX_MEMBERS).filter_map(|dataset| {
        let declared = Declared::of_dataset(dataset);
        declared.effective.as_ref()?;
        let name = dataset.info.value().map_or(&dataset.named_as, |info| &info.id);
        let name = format!("huggingface.co/datasets/{}", name.to_lowercase());
        let member = Member { name, role: Role::Data, through: Vec::new() };
        Some(Bound { member, declared: Some(declared) })
    })
}

struct Walk {
    seen: BTreeSet<String>,
    found: Vec<Bound>,
}

impl Walk {
    fn up(&mut self, parents: &[ParentFacts], through: &mut Vec<String>) {
        for parent in parents.iter().filter(|parent| parent.relation.is_model()) {
            let room = through.len() < MAX_DEPTH && self.found.len() < MAX_MEMBERS;
            if !room || !self.seen.insert(parent.canonical.clone()) {
                continue;
            }
            if !is_unknown_to_the_hub(parent) {
                self.found.push(ancestor(parent, through));
            }
            through.push(parent.canonical.clone());
            self.up(&parent.parents, through);
            through.pop();
        }
    }
}

fn is_unknown_to_the_hub(parent: &ParentFacts) -> bool {
    let info = parent.model.as_deref().map(|model| &model.info);
    info.is_some_and(|info| info.why_missing() == Some(&Missing::Absent))
}

/// Terms that stand before an ancestor's files bind whoever took them from there, not its heirs.
fn ancestor(parent: &ParentFacts, through: &[String]) -> Bound {
    let declared = parent
        .model
        .as_deref()
        .map(|model| Declared { gated_at: None, ..Declared::of(model, &Card::of(model)) });
    let member =
        Member { name: parent.canonical.clone(), role: Role::Ancestor, through: through.to_vec() };
    Bound { member, declared }
}

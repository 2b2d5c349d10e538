//! Where the sources of a model's edges contradict each other.

use super::{Edge, Provenance, Relation};
use std::collections::BTreeSet;

/// What tools wrote: each names one base only.
const BY_TOOLS: [Provenance; 2] = [Provenance::AdapterConfig, Provenance::ConfigJson];

/// For each edge of one child what speaks against it, one sentence each. Sources contradict each
/// other where they give one parent different kinds, where a configuration names a base that the
/// card, the tags and the Hub's tree do not, or where these do not name the same parents. That a
/// source is silent contradicts nothing, and text beside the others is no contradiction.
#[must_use]
pub fn disputes(edges: &[Edge]) -> Vec<Vec<String>> {
    edges.iter().map(|edge| of_edge(edge, edges)).collect()
}

fn of_edge(edge: &Edge, all: &[Edge]) -> Vec<String> {
    if !edge.relation.is_model() {
        return Vec::new();
    }
    let mut found: Vec<String> = different_kinds(edge).into_iter().collect();
    for place in BY_TOOLS {
        let names = |one: &Edge| one.is_stated_in(place);
        let alone: Vec<&Edge> =
            all.iter().filter(|one| names(one) && !one.is_deliberate()).collect();
        if edge.is_deliberate() && !names(edge) {
            found.extend(alone.iter().map(|one| format!("{place} names {} instead.", one.parent)));
        } else if alone.iter().any(|one| one.parent == edge.parent) {
            let others = parents(all, Provenance::is_deliberate);
            if !others.is_empty() {
                let others = others.into_iter().collect::<Vec<_>>().join(", ");
                found.push(format!("Only {place} names it; what people state is {others}."));
            }
        }
    }
    found.extend(not_in_both(edge, all));
    found
}

fn different_kinds(edge: &Edge) -> Option<String> {
    let said = edge.statements.iter().filter(|it| it.relation != Relation::BaseModel);
    let kinds: BTreeSet<Relation> = said.clone().map(|it| it.relation).collect();
    (kinds.len() > 1).then(|| {
        let said: Vec<String> =
            said.map(|it| format!("{} says {}", it.stated_in, it.relation)).collect();
        format!("The sources give it different kinds: {}.", said.join(", "))
    })
}

/// The card against what the Hub made of it, where neither names all that the other names.
fn not_in_both(edge: &Edge, all: &[Edge]) -> Option<String> {
    let card = parents(all, |place| place == Provenance::Card);
    let hub = parents(all, |place| matches!(place, Provenance::HubTree | Provenance::Tag));
    if card.is_empty() || hub.is_empty() || card.is_subset(&hub) || hub.is_subset(&card) {
        return None;
    }
    let parent = edge.parent.as_str();
    match (card.contains(parent), hub.contains(parent)) {
        (true, false) => Some("The card names it, the Hub's tree and tags do not.".to_owned()),
        (false, true) => Some("The Hub's tree or tags name it, the card does not.".to_owned()),
        _ => None,
    }
}

fn parents(all: &[Edge], counts: impl Fn(Provenance) -> bool) -> BTreeSet<&str> {
    let stated = all.iter().filter(|edge| edge.relation.is_model());
    let stated = stated.filter(|edge| edge.statements.iter().any(|said| counts(said.stated_in)));
    stated.map(|edge| edge.parent.as_str()).collect()
}

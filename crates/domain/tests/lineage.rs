//! Edges and what their sources say against each other.

use touchstone_domain::ArtifactType;
use touchstone_domain::lineage::Provenance::{
    AdapterConfig, Card, ConfigJson, HubTree, Prose, Tag,
};
use touchstone_domain::lineage::Relation::{Adapter, BaseModel, Dataset, Finetune, Merge};
use touchstone_domain::lineage::{Edge, Provenance, Relation, Statement, disputes};

fn edge(parent: &str, said: &[(Provenance, Relation)]) -> Edge {
    let (parent, parent_kind) = (parent.to_owned(), ArtifactType::Model);
    let mut edge = Edge { parent, parent_kind, relation: BaseModel, statements: Vec::new() };
    for &(stated_in, relation) in said {
        edge.also(Statement { stated_in, relation });
    }
    edge
}

#[test]
fn sources_that_agree_or_say_nothing_are_not_disputed() {
    let agreeing = [
        edge("a", &[(Card, BaseModel), (HubTree, Finetune), (Tag, BaseModel), (Tag, Finetune)]),
        edge("b", &[(Prose, Finetune)]),
    ];
    assert_eq!(agreeing[0].relation, Finetune);
    assert!(disputes(&agreeing).concat().is_empty());
    let merged =
        [edge("a", &[(Card, Merge), (ConfigJson, BaseModel)]), edge("b", &[(Card, Merge)])];
    assert!(disputes(&merged).concat().is_empty());
    assert!(disputes(&[edge("a", &[(ConfigJson, BaseModel)])]).concat().is_empty());
}

#[test]
fn a_configuration_that_names_another_base_disputes_both() {
    let edges =
        [edge("a", &[(Card, Finetune), (Tag, Finetune)]), edge("b", &[(AdapterConfig, Adapter)])];
    let said = disputes(&edges);
    assert_eq!(said[0], ["adapter_config.json names b instead."]);
    assert_eq!(said[1], ["Only adapter_config.json names it; what people state is a."]);
}

#[test]
fn different_kinds_are_disputed() {
    let said = disputes(&[edge("a", &[(Card, Finetune), (AdapterConfig, Adapter)])]);
    let expected = "The sources give it different kinds: the card says fine-tune, adapter_config.json says adapter.";
    assert_eq!(said, [[expected]]);
}

#[test]
fn a_card_that_changed_since_the_hub_read_it_is_disputed() {
    let said = disputes(&[edge("a", &[(Card, BaseModel)]), edge("b", &[(HubTree, Finetune)])]);
    assert_eq!(said[0], ["The card names it, the Hub's tree and tags do not."]);
    assert_eq!(said[1], ["The Hub's tree or tags name it, the card does not."]);
}

#[test]
fn data_sets_are_no_bases() {
    let edges = [edge("a", &[(Card, BaseModel)]), edge("d", &[(HubTree, Dataset)])];
    assert!(disputes(&edges).concat().is_empty());
}

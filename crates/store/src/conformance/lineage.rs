//! Promises about lineage.

use super::artifacts::repoint;
use super::samples::{
    AnyStore, canonical, edge, id, lease, publication, publish, register, revision_id,
};

pub(super) async fn edges_come_back_in_the_order_in_which_they_were_stated(store: &AnyStore) {
    let edges = vec![edge("z"), edge("a"), edge("m")];
    publish(store, 1, "one", |publication| publication.edges.clone_from(&edges)).await;
    let families = store.edges_of(&[id(1), id(2)]).await.unwrap();
    assert_eq!(families.len(), 1);
    assert_eq!(families[0].edges, edges);
    assert_eq!(Some(&families[0].artifact), store.artifact(&id(1)).await.unwrap().as_ref());
}

pub(super) async fn children_are_found_by_their_parents_source(store: &AnyStore) {
    publish(store, 1, "one", |publication| publication.edges = vec![edge("a"), edge("b")]).await;
    publish(store, 2, "two", |publication| publication.edges = vec![edge("b")]).await;
    publish(store, 3, "three", |publication| publication.edges = vec![edge("c")]).await;
    let children = store.children_of(&[canonical("a"), canonical("b")], 10).await.unwrap();
    let found: Vec<_> =
        children.iter().map(|family| (family.artifact.id.clone(), family.edges.len())).collect();
    assert_eq!(found, [(id(1), 2), (id(2), 1)]);
    assert_eq!(store.children_of(&[canonical("d")], 10).await.unwrap(), []);
}

pub(super) async fn edges_of_an_earlier_revision_do_not_count(store: &AnyStore) {
    publish(store, 1, "one", |publication| publication.edges = vec![edge("a")]).await;
    store.repoint(repoint(1, "one")).await.unwrap();
    let lease = lease(store, 200).await;
    let mut second = publication(1, "one", 2);
    second.edges = vec![edge("b")];
    store.publish(&lease, second).await.unwrap();
    assert_eq!(store.children_of(&[canonical("a")], 10).await.unwrap(), []);
    assert_eq!(store.children_of(&[canonical("b")], 10).await.unwrap().len(), 1);
    assert_eq!(store.edges_of(&[id(1)]).await.unwrap()[0].edges, [edge("b")]);
    assert_eq!(store.edges_of_revision(&revision_id(1)).await.unwrap(), [edge("a")]);
}

pub(super) async fn children_are_limited(store: &AnyStore) {
    for number in 1..=4 {
        let name = format!("model-{number}");
        publish(store, number, &name, |publication| publication.edges = vec![edge("a")]).await;
    }
    let children = store.children_of(&[canonical("a")], 3).await.unwrap();
    let found: Vec<_> = children.into_iter().map(|family| family.artifact.id).collect();
    assert_eq!(found, [id(1), id(2), id(3)]);
}

pub(super) async fn an_artifact_without_edges_is_a_family_of_its_own(store: &AnyStore) {
    publish(store, 2, "alone", |_| {}).await;
    register(store, 1, "pending").await;
    let families = store.edges_of(&[id(2), id(1), id(2)]).await.unwrap();
    let found: Vec<_> =
        families.iter().map(|family| (family.artifact.id.clone(), family.edges.len())).collect();
    assert_eq!(found, [(id(1), 0), (id(2), 0)]);
}

//! Promises about revisions.

use super::artifacts::repoint;
use super::samples::{
    AnyStore, at, canonical, edge, entry, id, lease, new, publication, publish, rating, register,
    revision_id, source, stored,
};
use crate::error::StoreError;
use touchstone_domain::audit::AuditAction;
use touchstone_domain::job::JobState;
use touchstone_domain::revision::PointerMove;
use touchstone_domain::{
    ArtifactStatus, ArtifactType, FileEntry, FileHolding, Manifest, RevisionState,
};

pub(super) async fn a_publication_is_there_whole(store: &AnyStore) {
    register(store, 1, "one").await;
    let lease = lease(store, 100).await;
    let mut publication = publication(1, "one", 2);
    publication.edges = vec![edge("parent")];
    publication.readme = Some("about gold".to_owned());
    publication.entries = vec![entry(1, AuditAction::Rate, 3), entry(1, AuditAction::Update, 4)];
    store.publish(&lease, publication.clone()).await.unwrap();
    let found = store.revision(&revision_id(2)).await.unwrap();
    assert_eq!(found, Some(publication.revision));
    assert_eq!(store.edges_of_revision(&revision_id(2)).await.unwrap(), publication.edges);
    assert_eq!(store.trail(&id(1), 10).await.unwrap()[1..], publication.entries);
}

pub(super) async fn a_publication_makes_the_artifact_ready_and_ends_the_job(store: &AnyStore) {
    publish(store, 1, "one", |_| {}).await;
    let artifact = store.artifact(&id(1)).await.unwrap().unwrap();
    assert_eq!(artifact.status, ArtifactStatus::Ready);
    assert_eq!(artifact.current, Some(revision_id(1)));
    assert_eq!(artifact.updated_at, at(2));
    assert_eq!(store.job(&id(1)).await.unwrap().unwrap().state, JobState::Done);
    assert_eq!(store.next_due().await.unwrap(), None);
}

pub(super) async fn a_publication_without_the_lease_changes_nothing(store: &AnyStore) {
    register(store, 1, "one").await;
    let lease = lease(store, 100).await;
    store.repoint(repoint(1, "other")).await.unwrap();
    let before = store.artifact(&id(1)).await.unwrap();
    let refused = store.publish(&lease, publication(1, "one", 1)).await;
    assert!(matches!(refused, Err(StoreError::LeaseLost)));
    assert_eq!(store.artifact(&id(1)).await.unwrap(), before);
    assert_eq!(store.revisions(&id(1)).await.unwrap(), []);
}

pub(super) async fn a_renamed_repository_is_followed(store: &AnyStore) {
    publish(store, 1, "old", |publication| publication.revision.source = source("new")).await;
    let artifact = store.artifact(&id(1)).await.unwrap().unwrap();
    assert_eq!(artifact.source, source("new"));
    assert_eq!(store.by_sources(&[canonical("old")]).await.unwrap(), []);
    assert_eq!(store.by_sources(&[canonical("new")]).await.unwrap(), [artifact]);
}

pub(super) async fn a_rename_onto_a_held_source_is_refused_and_changes_nothing(store: &AnyStore) {
    store.register(new(1, ArtifactType::Code, "new")).await.unwrap();
    register(store, 2, "new").await;
    register(store, 0, "old").await;
    let lease = lease(store, 100).await;
    let before = store.artifact(&id(0)).await.unwrap();
    let refused = store.publish(&lease, publication(0, "new", 1)).await;
    match refused {
        Err(StoreError::Conflict { existing }) => assert_eq!(existing, id(2)),
        other => panic!("a conflict was expected: {other:?}"),
    }
    assert_eq!(store.artifact(&id(0)).await.unwrap(), before);
    assert_eq!(store.revision(&revision_id(1)).await.unwrap(), None);
    assert_eq!(store.job(&id(0)).await.unwrap().unwrap().state, JobState::Running);
}

pub(super) async fn publishing_the_same_commit_again_keeps_the_earlier_revision(store: &AnyStore) {
    publish(store, 1, "one", |publication| publication.rating = Some(rating(0.5))).await;
    republish(store, "one", 2).await;
    store.repoint(repoint(1, "one")).await.unwrap();
    let third = lease(store, 300).await;
    let mut again = publication(1, "one", 3);
    again.revision.commit = publication(1, "one", 1).revision.commit;
    store.publish(&third, again).await.unwrap();
    let current = store.artifact(&id(1)).await.unwrap().unwrap().current;
    assert_eq!(current, Some(revision_id(1)));
    assert_eq!(store.revision(&revision_id(3)).await.unwrap(), None);
    assert!(store.rating(&revision_id(1)).await.unwrap().is_some());
    assert_eq!(store.revisions(&id(1)).await.unwrap().len(), 2);
}

pub(super) async fn revisions_are_listed_newest_first_with_the_current_one_marked(
    store: &AnyStore,
) {
    publish(store, 1, "one", |publication| publication.rating = Some(rating(0.5))).await;
    republish(store, "one", 2).await;
    let listed = store.revisions(&id(1)).await.unwrap();
    let shown: Vec<_> = listed
        .iter()
        .map(|summary| (summary.revision.id.clone(), summary.net_score, summary.current_since))
        .collect();
    assert_eq!(shown, [(revision_id(2), None, Some(at(3))), (revision_id(1), Some(0.5), None)]);
    assert_eq!(listed[0].revision.manifest.files().len(), 1);
}

pub(super) async fn moves_of_the_pointer_are_kept_in_order(store: &AnyStore) {
    publish(store, 1, "one", |_| {}).await;
    republish(store, "one", 2).await;
    let by = "somebody".to_owned();
    let moves = [
        PointerMove { at: at(2), by: by.clone(), revision: revision_id(1) },
        PointerMove { at: at(3), by, revision: revision_id(2) },
    ];
    assert_eq!(store.pointer_moves(&id(1)).await.unwrap(), moves);
}

pub(super) async fn a_large_manifest_comes_back_as_it_was(store: &AnyStore) {
    let mut files: Vec<_> =
        (0..2_000).map(|number| stored(&format!("folder/{number}.bin"), number)).collect();
    files.push(FileEntry {
        path: "größe.safetensors".to_owned(),
        size_bytes: u64::MAX,
        git_sha1: None,
        holding: FileHolding::Referenced { sha256: None },
    });
    let manifest = Manifest::new(files);
    publish(store, 1, "one", |publication| {
        publication.revision.manifest = manifest.clone();
        publication.revision.state = RevisionState::Refused;
    })
    .await;
    let found = store.revision(&revision_id(1)).await.unwrap().unwrap();
    assert_eq!((found.manifest, found.state), (manifest, RevisionState::Refused));
}

async fn republish(store: &AnyStore, name: &str, number: u32) {
    store.repoint(repoint(1, name)).await.unwrap();
    let lease = lease(store, 200).await;
    store.publish(&lease, publication(1, name, number)).await.unwrap();
}

//! What the Hub refuses, and how it says so.

use super::{get, get_as, header, json, serving, tiny};
use touchstone_stand_in::GRANTED_TOKEN;

#[tokio::test]
async fn a_missing_repository_is_401_to_strangers_and_404_to_users() {
    let upstream = serving(tiny());
    let stranger = get(&upstream, "/api/models/willow/none").await;
    assert_eq!(
        (stranger.status().as_u16(), header(&stranger, "x-error-code")),
        (401, "RepoNotFound")
    );
    let user = get_as(&upstream, "/api/models/willow/none", "hf_somebody").await;
    assert_eq!((user.status().as_u16(), header(&user, "x-error-code")), (404, "RepoNotFound"));
}

#[tokio::test]
async fn a_private_repository_is_missing_to_all_but_those_it_was_granted_to() {
    let upstream = serving(tiny().private());
    assert_eq!(get(&upstream, "/api/models/willow/tiny").await.status(), 401);
    assert_eq!(get_as(&upstream, "/api/models/willow/tiny", "hf_somebody").await.status(), 404);
    assert_eq!(get_as(&upstream, "/api/models/willow/tiny", GRANTED_TOKEN).await.status(), 200);
}

#[tokio::test]
async fn a_gated_repository_shows_itself_and_keeps_its_files() {
    let upstream = serving(tiny().gated());
    let info = json(get(&upstream, "/api/models/willow/tiny").await).await;
    assert_eq!(info["gated"], "manual");
    let path = "/willow/tiny/resolve/main/config.json";
    let refused = get_as(&upstream, path, "hf_somebody").await;
    assert_eq!((refused.status().as_u16(), header(&refused, "x-error-code")), (403, "GatedRepo"));
    assert_eq!(get_as(&upstream, path, GRANTED_TOKEN).await.status(), 200);
}

#[tokio::test]
async fn a_missing_revision_and_a_missing_file_are_told_apart() {
    let upstream = serving(tiny());
    let revision = get(&upstream, "/willow/tiny/resolve/next/config.json").await;
    assert_eq!(
        (revision.status().as_u16(), header(&revision, "x-error-code")),
        (404, "RevisionNotFound")
    );
    let file = get(&upstream, "/willow/tiny/resolve/main/none.json").await;
    assert_eq!((file.status().as_u16(), header(&file, "x-error-code")), (404, "EntryNotFound"));
    assert_eq!(header(&file, "x-repo-commit"), tiny().commit_sha());
    assert_eq!(json(file).await["error"], "Entry not found");
}

#[tokio::test]
async fn a_bad_token_and_a_disabled_repository_are_told_in_the_message() {
    let upstream = serving(tiny().disabled());
    let bad = get_as(&upstream, "/api/models/willow/tiny", "nonsense").await;
    assert_eq!(bad.status(), 401);
    assert_eq!(header(&bad, "x-error-message"), "Invalid credentials in Authorization header");
    let disabled = get(&upstream, "/api/models/willow/tiny").await;
    assert_eq!(disabled.status(), 403);
    assert_eq!(header(&disabled, "x-error-message"), "Access to this resource is disabled.");
}

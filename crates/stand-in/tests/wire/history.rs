//! Commits, branches, owners and callers on the Hub.

use super::{get, get_as, header, json, serving, time, tiny};

#[tokio::test]
async fn commits_are_counted_and_come_newest_first() {
    let repository = tiny().commit("ada", "Upload weights", time("2025-01-02T00:00:00Z")).commit(
        "bo",
        "Describe the training",
        time("2025-02-02T00:00:00Z"),
    );
    let sha = repository.commit_sha();
    let upstream = serving(repository);
    let one = get(&upstream, "/api/models/willow/tiny/commits/main?limit=1").await;
    assert_eq!(header(&one, "x-total-count"), "2");
    assert!(header(&one, "link").contains("rel=\"next\""));
    let body = json(one).await;
    assert_eq!(body[0]["id"], sha);
    assert_eq!(body[0]["title"], "Describe the training");
    assert_eq!(body[0]["authors"][0]["user"], "bo");
    assert_eq!(body[0]["date"], "2025-02-02T00:00:00.000Z");
}

#[tokio::test]
async fn the_main_branch_points_at_the_newest_commit() {
    let upstream = serving(tiny());
    let refs = json(get(&upstream, "/api/models/willow/tiny/refs").await).await;
    assert_eq!(refs["branches"][0]["targetCommit"], tiny().commit_sha());
}

#[tokio::test]
async fn an_owner_is_an_organization_with_members_or_one_person() {
    let upstream = serving(tiny());
    assert_eq!(get(&upstream, "/api/users/willow/overview").await.status(), 200);
    assert_eq!(get(&upstream, "/api/organizations/willow/overview").await.status(), 404);
    upstream.organization("willow", 12);
    let body = json(get(&upstream, "/api/organizations/willow/overview").await).await;
    assert_eq!(body["numUsers"], 12);
    assert_eq!(get(&upstream, "/api/users/willow/overview").await.status(), 404);
}

#[tokio::test]
async fn a_caller_can_ask_who_they_are() {
    let upstream = serving(tiny());
    assert_eq!(get(&upstream, "/api/whoami-v2").await.status(), 401);
    let body = json(get_as(&upstream, "/api/whoami-v2", "hf_somebody").await).await;
    assert_eq!(body["type"], "user");
}

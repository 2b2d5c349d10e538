//! GitHub's REST routes.

use super::{ask, get, header, json, time};
use reqwest::Method;
use touchstone_stand_in::{CodeRepository, Commit, PullRequest, StandIn};

pub(crate) fn rings() -> CodeRepository {
    let pull = PullRequest::new(7, "ada", time("2025-03-03T00:00:00Z"), "Count faster");
    CodeRepository::new("willow/rings")
        .file("README.md", "# Rings\n")
        .file("LICENSE", "MIT License\n")
        .file("src/rings/count.py", "def count(): ...\n")
        .license("MIT", "MIT License")
        .issues(2, 3)
        .release("v1.0", time("2025-01-01T00:00:00Z"))
        .commit(Commit::new("bo", time("2025-01-01T00:00:00Z"), "Begin").lines(40, 0))
        .commit(Commit::new("bo", time("2025-02-01T00:00:00Z"), "Fix").lines(3, 1))
        .pull_request(pull.lines(25, 5).commented_by("ada").approved_by("bo").merged_by("bo"))
}

pub(crate) fn serving_rings() -> StandIn {
    let upstream = StandIn::start();
    upstream.add(rings());
    upstream
}

#[tokio::test]
async fn a_repository_is_described_under_limits_that_are_told() {
    let upstream = serving_rings();
    let response = get(&upstream, "/github/repos/Willow/Rings").await;
    assert_eq!(header(&response, "x-ratelimit-resource"), "core");
    let body = json(response).await;
    assert_eq!(body["full_name"], "willow/rings");
    assert_eq!(body["license"]["spdx_id"], "MIT");
    assert_eq!(body["pushed_at"], "2025-03-03T00:00:00Z");
    assert_eq!(get(&upstream, "/github/repos/willow/none").await.status(), 404);
}

#[tokio::test]
async fn a_known_answer_is_not_sent_again() {
    let upstream = serving_rings();
    let path = "/github/repos/willow/rings";
    let entity_tag = header(&get(&upstream, path).await, "etag").to_owned();
    let again = ask(&upstream, Method::GET, path, &[("if-none-match", &entity_tag)]).await;
    assert_eq!(again.status(), 304);
}

#[tokio::test]
async fn contributors_come_with_the_most_commits_first() {
    let upstream = serving_rings();
    let body =
        json(get(&upstream, "/github/repos/willow/rings/contributors?anon=true").await).await;
    assert_eq!((&body[0]["login"], &body[0]["contributions"]), (&"bo".into(), &2.into()));
    assert_eq!(body[1]["login"], "ada");
    upstream.add(CodeRepository::new("willow/empty"));
    assert_eq!(get(&upstream, "/github/repos/willow/empty/contributors").await.status(), 204);
    assert_eq!(get(&upstream, "/github/repos/willow/empty/commits").await.status(), 409);
}

#[tokio::test]
async fn commits_come_in_linked_pages() {
    let upstream = serving_rings();
    let page = get(&upstream, "/github/repos/willow/rings/commits?per_page=2").await;
    assert!(header(&page, "link").contains("per_page=2&page=2>; rel=\"next\""));
    let body = json(page).await;
    assert_eq!(body[0]["commit"]["message"], "Count faster (#7)");
    assert_eq!(body[0]["author"]["login"], "ada");
    let since = "/github/repos/willow/rings/commits?since=2025-02-15T00:00:00Z";
    assert_eq!(json(get(&upstream, since).await).await.as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_pull_request_has_its_size_and_reviews_only_on_its_own() {
    let upstream = serving_rings();
    let list = json(get(&upstream, "/github/repos/willow/rings/pulls?state=closed").await).await;
    assert_eq!(list[0]["merged_at"], "2025-03-03T00:00:00Z");
    assert!(list[0].get("additions").is_none());
    let one = json(get(&upstream, "/github/repos/willow/rings/pulls/7").await).await;
    assert_eq!((&one["additions"], &one["merged_by"]["login"]), (&25.into(), &"bo".into()));
    let reviews = json(get(&upstream, "/github/repos/willow/rings/pulls/7/reviews").await).await;
    assert_eq!(reviews[1]["state"], "APPROVED");
    let sha = one["merge_commit_sha"].as_str().unwrap();
    let of_commit = format!("/github/repos/willow/rings/commits/{sha}/pulls");
    assert_eq!(json(get(&upstream, &of_commit).await).await[0]["number"], 7);
}

#[tokio::test]
async fn the_tree_lists_folders_and_files() {
    let upstream = serving_rings();
    let body =
        json(get(&upstream, "/github/repos/willow/rings/git/trees/main?recursive=1").await).await;
    let paths: Vec<_> =
        body["tree"].as_array().unwrap().iter().map(|entry| entry["path"].clone()).collect();
    assert_eq!(paths, ["LICENSE", "README.md", "src", "src/rings", "src/rings/count.py"]);
    assert_eq!(body["truncated"], false);
}

#[tokio::test]
async fn a_folder_lists_its_own_level() {
    let upstream = serving_rings();
    let root = json(get(&upstream, "/github/repos/willow/rings/contents").await).await;
    assert_eq!(root.as_array().unwrap().len(), 3);
    let below = json(get(&upstream, "/github/repos/willow/rings/contents/src").await).await;
    assert_eq!((&below[0]["name"], &below[0]["type"]), (&"rings".into(), &"dir".into()));
    assert_eq!(get(&upstream, "/github/repos/willow/rings/contents/none").await.status(), 404);
}

#[tokio::test]
async fn closed_and_open_are_told_apart() {
    let upstream = serving_rings();
    for (path, count) in
        [("pulls", 0), ("pulls?state=all", 1), ("issues", 2), ("issues?state=all", 5)]
    {
        let rows = json(get(&upstream, &format!("/github/repos/willow/rings/{path}")).await).await;
        assert_eq!(rows.as_array().unwrap().len(), count, "{path}");
    }
}

#[tokio::test]
async fn documents_come_as_json_or_as_they_are() {
    let upstream = serving_rings();
    let body = json(get(&upstream, "/github/repos/willow/rings/license").await).await;
    assert_eq!((&body["path"], &body["content"]), (&"LICENSE".into(), &"TUlUIExpY2Vuc2UK".into()));
    let raw = [("accept", "application/vnd.github.raw+json")];
    let readme = ask(&upstream, Method::GET, "/github/repos/willow/rings/readme", &raw).await;
    assert_eq!(readme.text().await.unwrap(), "# Rings\n");
}

#[tokio::test]
async fn an_old_name_leads_to_the_lasting_number() {
    let upstream = serving_rings();
    upstream.rename_code("willow/rings", "willow/growth");
    let moved = get(&upstream, "/github/repos/willow/rings/languages").await;
    assert_eq!(moved.status(), 301);
    let location = header(&moved, "location").to_owned();
    let location = location.strip_prefix(&upstream.hugging_face_url()).unwrap();
    assert_eq!(json(get(&upstream, location).await).await["Python"], 17);
}

#[tokio::test]
async fn the_archive_is_a_tar_under_one_folder() {
    let upstream = serving_rings();
    let redirect = get(&upstream, "/github/repos/willow/rings/tarball/main").await;
    assert_eq!(redirect.status(), 302);
    let location = header(&redirect, "location").to_owned();
    let location = location.strip_prefix(&upstream.hugging_face_url()).unwrap();
    let packed = get(&upstream, location).await.bytes().await.unwrap();
    let mut archive = Vec::new();
    let mut unpacked = flate2::read::GzDecoder::new(packed.as_ref());
    std::io::Read::read_to_end(&mut unpacked, &mut archive).unwrap();
    assert_eq!(archive.len() % 512, 0);
    assert!(archive.starts_with(b"willow-rings-"));
    assert!(archive.windows(8).any(|window| window == b"# Rings\n"));
}

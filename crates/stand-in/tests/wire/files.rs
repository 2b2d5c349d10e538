//! How file bytes are served.

use super::{CARD, ask, get, head, header, serving, tiny};
use reqwest::Method;
use touchstone_stand_in::{Content, Repository, StandIn};

const GIGABYTE: u64 = 1 << 30;

async fn range(upstream: &StandIn, path: &str, range: &str) -> reqwest::Response {
    ask(upstream, Method::GET, path, &[("range", range)]).await
}

#[tokio::test]
async fn a_small_file_has_its_commit_its_git_hash_and_its_length() {
    let upstream = serving(tiny());
    let path = "/willow/tiny/resolve/main/README.md";
    let asked = head(&upstream, path).await;
    assert_eq!(header(&asked, "x-repo-commit"), tiny().commit_sha());
    let git_sha1 = Content::bytes(CARD).git_sha1().to_owned();
    assert_eq!(header(&asked, "etag"), format!("\"{git_sha1}\""));
    assert_eq!(header(&asked, "content-length"), CARD.len().to_string());
    assert_eq!(header(&asked, "accept-ranges"), "bytes");
    assert_eq!(get(&upstream, path).await.text().await.unwrap(), CARD);
}

#[tokio::test]
async fn a_large_file_is_redirected_with_its_size_and_hash_on_the_redirect() {
    let upstream = serving(tiny());
    let redirect = head(&upstream, "/willow/tiny/resolve/main/model.safetensors").await;
    assert_eq!(redirect.status(), 302);
    assert_eq!(header(&redirect, "x-repo-commit"), tiny().commit_sha());
    let sha256 = header(&redirect, "x-linked-etag").trim_matches('"').to_owned();
    let size: usize = header(&redirect, "x-linked-size").parse().unwrap();
    let location = header(&redirect, "location").to_owned();
    let location = location.strip_prefix(&upstream.hugging_face_url()).unwrap();
    let stored = get(&upstream, location).await;
    assert_ne!(header(&stored, "etag").trim_matches('"'), sha256);
    let bytes = stored.bytes().await.unwrap();
    assert_eq!(bytes.len(), size);
    assert_eq!(Content::bytes(bytes).sha256(), sha256);
}

#[tokio::test]
async fn storage_can_be_another_origin() {
    let (upstream, storage) = (serving(tiny()), serving(tiny()));
    upstream.storage_at(&storage.hugging_face_url());
    let redirect = get(&upstream, "/willow/tiny/resolve/main/model.safetensors").await;
    let location = header(&redirect, "location").to_owned();
    let path = location.strip_prefix(&storage.hugging_face_url()).unwrap();
    assert_eq!(get(&storage, path).await.status(), 200);
}

#[tokio::test]
async fn a_large_file_is_sent_inline_when_asked_to() {
    let upstream = serving(tiny());
    upstream.redirect_large_files(false);
    let inline = get(&upstream, "/willow/tiny/resolve/main/model.safetensors").await;
    let entity_tag = header(&inline, "etag").trim_matches('"').to_owned();
    assert_eq!(Content::bytes(inline.bytes().await.unwrap()).sha256(), entity_tag);
}

#[tokio::test]
async fn a_small_file_is_redirected_relatively_when_asked_to() {
    let upstream = serving(tiny());
    upstream.redirect_small_files(true);
    let redirect = get(&upstream, "/willow/tiny/resolve/main/sub%20dir/a%2Bb.txt").await;
    assert_eq!(redirect.status(), 307);
    let location = header(&redirect, "location").to_owned();
    assert!(location.starts_with("/api/resolve-cache/models/willow/tiny/"), "{location}");
    let file = get(&upstream, &location).await;
    assert_eq!(header(&file, "x-repo-commit"), tiny().commit_sha());
    assert_eq!(file.text().await.unwrap(), "nested");
}

#[tokio::test]
async fn a_part_is_sent_with_its_place_in_the_whole() {
    let upstream = serving(tiny());
    let path = "/willow/tiny/resolve/main/README.md";
    let part = range(&upstream, path, "bytes=4-10").await;
    assert_eq!(part.status(), 206);
    assert_eq!(header(&part, "content-range"), format!("bytes 4-10/{}", CARD.len()));
    assert_eq!(part.text().await.unwrap(), CARD[4..=10]);
    let beyond = range(&upstream, path, "bytes=9999-").await;
    assert_eq!(beyond.status(), 416);
    assert_eq!(header(&beyond, "content-range"), format!("bytes */{}", CARD.len()));
}

#[tokio::test]
async fn an_empty_file_has_no_range_to_refuse() {
    let upstream = serving(tiny());
    let empty = range(&upstream, "/willow/tiny/resolve/main/empty.txt", "bytes=0-0").await;
    assert_eq!(empty.status(), 200);
    assert_eq!(header(&empty, "content-range"), "bytes 0-0/0");
}

#[tokio::test]
async fn a_file_that_the_caller_has_is_not_sent_again() {
    let upstream = serving(tiny());
    let path = "/willow/tiny/resolve/main/README.md";
    let entity_tag = header(&head(&upstream, path).await, "etag").to_owned();
    let again = ask(&upstream, Method::GET, path, &[("if-none-match", &entity_tag)]).await;
    assert_eq!(again.status(), 304);
    assert_eq!(header(&again, "x-repo-commit"), tiny().commit_sha());
}

#[tokio::test]
async fn raw_shows_the_pointer_of_a_large_file() {
    let upstream = serving(tiny());
    let raw = get(&upstream, "/willow/tiny/raw/main/model.safetensors").await;
    assert!(
        raw.text().await.unwrap().starts_with("version https://git-lfs.github.com/spec/v1\noid")
    );
}

#[tokio::test]
async fn ten_gigabytes_can_be_served_without_being_there() {
    let huge =
        Repository::model("willow/huge").content("w.bin", Content::synthetic(10 * GIGABYTE, 7));
    let upstream = serving(huge);
    upstream.redirect_large_files(false);
    let path = "/willow/huge/resolve/main/w.bin";
    assert_eq!(header(&head(&upstream, path).await, "content-length"), "10737418240");
    let near_end = range(&upstream, path, "bytes=10737418200-").await;
    assert_eq!(near_end.bytes().await.unwrap().len(), 40);
}

#[tokio::test]
async fn made_up_bytes_have_a_true_hash() {
    let content = Content::synthetic(300_000, 7);
    let sha256 = content.sha256().to_owned();
    let upstream = serving(Repository::model("willow/made").content("w.bin", content));
    upstream.redirect_large_files(false);
    let bytes = get(&upstream, "/willow/made/resolve/main/w.bin").await.bytes().await.unwrap();
    assert_eq!(Content::bytes(bytes).sha256(), sha256);
}

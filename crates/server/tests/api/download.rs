//! Bytes, whole and in part.

use crate::support::{Answer, TestRegistry, small_repository, weights};

async fn weights_file(registry: &TestRegistry, id: &str, headers: &[(&str, &str)]) -> Answer {
    let path = format!("/artifacts/model/{id}/download?file=weights.safetensors");
    let request = headers.iter().fold(registry.request("GET", &path), |request, (name, value)| {
        request.header(*name, *value)
    });
    registry.send(request).await
}

#[tokio::test]
async fn a_file_comes_whole_with_what_describes_it() {
    let registry = TestRegistry::start().await;
    let id = registry.small_model().await;
    let whole = weights_file(&registry, &id, &[]).await;
    assert_eq!((whole.status, whole.body.as_ref()), (200, weights().as_slice()));
    assert_eq!(whole.header("content-length"), Some("1000"));
    assert_eq!(whole.header("accept-ranges"), Some("bytes"));
    let disposition = whole.header("content-disposition").unwrap();
    assert!(disposition.starts_with("attachment") && disposition.contains("weights.safetensors"));
}

#[tokio::test]
async fn a_range_is_given_as_asked_and_one_past_the_end_is_refused() {
    let registry = TestRegistry::start().await;
    let id = registry.small_model().await;
    let part = weights_file(&registry, &id, &[("range", "bytes=250-253")]).await;
    assert_eq!((part.status, part.body.as_ref()), (206, &weights()[250..254]));
    assert_eq!(part.header("content-range"), Some("bytes 250-253/1000"));
    assert_eq!(part.header("content-length"), Some("4"));
    let outside = weights_file(&registry, &id, &[("range", "bytes=1000-")]).await;
    assert_eq!((outside.status, outside.header("content-range")), (416, Some("bytes */1000")));
}

#[tokio::test]
async fn a_client_that_has_it_is_told_so_and_a_changed_one_starts_anew() {
    let registry = TestRegistry::start().await;
    let id = registry.small_model().await;
    let etag = weights_file(&registry, &id, &[]).await.header("etag").unwrap().to_owned();
    let same = weights_file(&registry, &id, &[("if-none-match", &etag)]).await;
    assert_eq!((same.status, same.body.len()), (304, 0));
    assert_eq!(same.header("etag"), Some(etag.as_str()));
    let part = weights_file(&registry, &id, &[("if-range", &etag), ("range", "bytes=0-0")]).await;
    assert_eq!(part.status, 206);
    let anew = weights_file(&registry, &id, &[("if-range", "\"x\""), ("range", "bytes=0-0")]).await;
    assert_eq!((anew.status, anew.body.len()), (200, 1000));
}

#[tokio::test]
async fn the_bundle_is_the_same_each_time_whole_and_in_parts_under_both_paths() {
    let registry = TestRegistry::start().await;
    let id = registry.small_model().await;
    let whole = registry.get(&format!("/artifacts/model/{id}/download")).await;
    assert_eq!((whole.status, whole.header("content-type")), (200, Some("application/zip")));
    assert!(whole.body.starts_with(b"PK\x03\x04"));
    let path = format!("/artifact/model/{id}/download");
    let mut parts = Vec::new();
    for start in (0..whole.body.len()).step_by(700) {
        let range = format!("bytes={start}-{}", start + 699);
        let part = registry.send(registry.request("GET", &path).header("range", range)).await;
        assert_eq!((part.status, part.header("etag")), (206, whole.header("etag")));
        parts.extend_from_slice(&part.body);
    }
    assert_eq!(parts, whole.body);
}

#[tokio::test]
async fn head_tells_the_size_and_sends_nothing() {
    let registry = TestRegistry::start().await;
    let id = registry.small_model().await;
    let path = format!("/artifacts/model/{id}/download?file=weights.safetensors");
    let head = registry.send(registry.request("HEAD", &path)).await;
    assert_eq!((head.status, head.body.len()), (200, 0));
    assert_eq!(head.header("content-length"), Some("1000"));
}

#[tokio::test]
async fn a_file_that_is_not_in_the_manifest_is_not_found() {
    let registry = TestRegistry::start().await;
    let id = registry.small_model().await;
    for file in ["gone.bin", "../config.json", "%2Fetc%2Fpasswd", ""] {
        let path = format!("/artifacts/model/{id}/download?file={file}");
        assert_eq!(registry.get(&path).await.status, 404, "{file}");
    }
}

#[tokio::test]
async fn json_is_compressed_for_those_who_take_it_and_bytes_never_are() {
    let registry = TestRegistry::start().await;
    let id = registry.model(small_repository("willow/wide").file("a.json", vec![b' '; 9000])).await;
    let encoding = async |path: &str| {
        let request = registry.request("GET", path).header("accept-encoding", "gzip");
        registry.send(request).await.header("content-encoding").map(str::to_owned)
    };
    assert_eq!(encoding("/openapi.json").await.as_deref(), Some("gzip"));
    assert_eq!(encoding(&format!("/artifacts/model/{id}/download?file=a.json")).await, None);
    assert_eq!(encoding("/tracks").await, None);
}

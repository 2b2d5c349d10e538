//! What cannot be meant: always the contract's 4xx with one clear sentence.

use crate::support::TestRegistry;
use serde_json::json;
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;

#[tokio::test]
async fn a_body_that_cannot_be_read_is_a_bad_request() {
    let registry = TestRegistry::start().await;
    let deep = "[".repeat(100_000);
    for body in ["", "{", "[]", "null", "5", "{\"url\": 5}", "{\"name\": \"x\"}", "\u{0}", &deep] {
        let request = registry.request("POST", "/artifact/model");
        let request = request.header("content-type", "application/json").body(body.to_owned());
        let answer = registry.send(request).await;
        assert_eq!(answer.status, 400, "{body:.20} {answer:?}");
    }
    let request = registry.request("POST", "/artifact/model");
    let answer = registry.send(request.body(b"{\"url\": \"\xff\"}".to_vec())).await;
    assert_eq!(answer.status, 400);
}

#[tokio::test]
async fn a_large_body_is_refused_whether_or_not_it_says_so() {
    let registry = TestRegistry::start().await;
    let large = format!("{{\"url\": \"{}\"}}", "x".repeat(1_000_001));
    let post = || registry.request("POST", "/artifact/model");
    assert_eq!(registry.send(post().body(large.clone())).await.status, 413);
    let pieces = large.as_bytes().chunks(64 * 1024).map(|piece| Ok::<_, String>(piece.to_vec()));
    let pieces = futures::stream::iter(pieces.collect::<Vec<_>>());
    assert_eq!(registry.send(post().body(reqwest::Body::wrap_stream(pieces))).await.status, 413);
}

#[tokio::test]
async fn a_body_that_does_not_arrive_is_given_up() {
    let patience = Duration::from_millis(50);
    let registry = TestRegistry::with(|settings| settings.body_within = patience).await;
    let address = registry.base.strip_prefix("http://").unwrap();
    let mut connection = TcpStream::connect(address).await.unwrap();
    let head = format!("POST /artifact/model HTTP/1.1\r\nhost: {address}\r\ncontent-length: 100");
    connection.write_all(format!("{head}\r\n\r\n{{").as_bytes()).await.unwrap();
    let mut answer = BufReader::new(connection);
    let mut status = String::new();
    answer.read_line(&mut status).await.unwrap();
    assert!(status.starts_with("HTTP/1.1 408 "), "{status}");
    let mut rest = String::new();
    answer.read_to_string(&mut rest).await.unwrap();
    assert!(rest.contains("did not arrive in time"), "then the connection is closed: {rest}");
}

#[tokio::test]
async fn a_body_of_another_type_is_unsupported() {
    let registry = TestRegistry::start().await;
    for stated in ["text/plain", "application/x-www-form-urlencoded", "application/xml", ""] {
        let request = registry.request("POST", "/artifact/model").header("content-type", stated);
        assert_eq!(registry.send(request.body("{}")).await.status, 415, "{stated}");
    }
    for stated in ["application/json", "Application/JSON; charset=utf-8", "application/ld+json"] {
        let request = registry.request("POST", "/artifact/model").header("content-type", stated);
        assert_eq!(registry.send(request.body("{}")).await.status, 400, "{stated}");
    }
}

#[tokio::test]
async fn words_of_a_path_that_cannot_be_are_bad_requests() {
    let registry = TestRegistry::start().await;
    let long = "a".repeat(65);
    for path in [
        "/artifacts/spaceship",
        "/artifacts/Model/x",
        "/artifacts/model/a_b",
        "/artifacts/model/a%00b",
        "/artifacts/model/%FF",
        &format!("/artifacts/model/{long}"),
        "/artifact/spaceship/x/cost",
        "/artifact/model/a.b/rate",
        "/artifact/byName/a%00b",
        "/artifact/byName/*",
        "/artifact/byName/%20",
        &format!("/artifact/byName/{}", "a".repeat(513)),
        "/artifact/model/x/rate?wait=1e3",
        "/artifact/model/x/rate?revision=../x",
        "/artifact/model/x/cost?dependency=perhaps",
        "/artifact/model/x/lineage?include=everything",
        "/artifacts/model?limit=0",
        "/artifacts/model?limit=1001",
        "/artifacts/model?offset=10000001",
        "/artifacts/model?sort=colour",
    ] {
        let answer = registry.get(path).await;
        assert_eq!(answer.status, 400, "{path:.60} {answer:?}");
    }
}

#[tokio::test]
async fn names_that_cannot_be_are_refused() {
    let registry = TestRegistry::start().await;
    for name in ["a\u{0}b", "a\nb", "", "*", &"x".repeat(513)] {
        let body = json!({ "url": "https://github.com/willow/code", "name": name });
        assert_eq!(registry.post("/artifact/code", &body).await.status, 400, "{name:.20}");
    }
    for queries in [
        json!([]),
        json!([{}]),
        json!([{ "name": "a\u{1}b" }]),
        json!([{ "name": "*", "types": ["spaceship"] }]),
        json!([{ "name": "*", "types": "model" }]),
        json!({ "name": "*" }),
        json!(vec![json!({ "name": "*" }); 101]),
    ] {
        assert_eq!(registry.post("/artifacts", &queries).await.status, 400, "{queries:.60}");
    }
}

#[tokio::test]
async fn an_unknown_path_is_not_found_and_a_wrong_method_names_the_right_ones() {
    let registry = TestRegistry::start().await;
    for path in ["/no/such/path", "/artifact/dataset/x/rate", "/docs/no-such-file", "/artifacts/"] {
        assert_eq!(registry.get(path).await.status, 404, "{path}");
    }
    for (method, path, allowed) in [
        ("DELETE", "/artifacts", "POST"),
        ("PATCH", "/artifacts/model/x", "GET,HEAD,PUT,DELETE"),
        ("POST", "/health", "GET,HEAD"),
        ("SPIN", "/tracks", "GET,HEAD"),
    ] {
        let answer = registry.send(registry.request(method, path)).await;
        assert_eq!(
            (answer.status, answer.header("allow")),
            (405, Some(allowed)),
            "{method} {path}"
        );
    }
}

#[tokio::test]
async fn a_plain_request_id_comes_back_and_any_other_is_replaced() {
    let registry = TestRegistry::start().await;
    let id_of = async |id: &str| {
        let request = registry.request("GET", "/tracks").header("x-request-id", id);
        registry.send(request).await.header("x-request-id").unwrap().to_owned()
    };
    assert_eq!(id_of("build-7.step_3").await, "build-7.step_3");
    let long = "x".repeat(129);
    for id in ["two words", "a\"b", "", &long] {
        let made = id_of(id).await;
        assert!(made.len() == 16 && made != id_of(id).await, "{made}");
    }
}

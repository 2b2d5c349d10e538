//! The Hub's side, over HTTP, statement by statement.

use reqwest::header::RANGE;
use reqwest::redirect::Policy;
use reqwest::{Client, Method, Response};
use serde_json::Value;
use touchstone_stand_in::{Content, GRANTED_TOKEN, Kind, Repository, StandIn, safetensors};

const CARD: &str = "---\nlicense: apache-2.0\nbase_model: willow/base\n---\n# Tiny\n";

fn client() -> Client {
    Client::builder().redirect(Policy::none()).build().unwrap()
}

fn tiny() -> Repository {
    Repository::model("willow/tiny")
        .card(CARD)
        .file("config.json", r#"{"model_type":"bert","architectures":["BertModel"]}"#)
        .file("empty.txt", "")
        .file("sub dir/a+b.txt", "nested")
        .file("model.safetensors", safetensors(&[("w", &[4, 4])], 1))
}

async fn ask(upstream: &StandIn, method: Method, path: &str) -> Response {
    let address = format!("{}{path}", upstream.hugging_face_url());
    client().request(method, address).send().await.unwrap()
}

async fn get(upstream: &StandIn, path: &str) -> Response {
    ask(upstream, Method::GET, path).await
}

fn header<'a>(response: &'a Response, name: &str) -> &'a str {
    response.headers().get(name).map_or("", |value| value.to_str().unwrap())
}

#[tokio::test]
async fn a_model_is_described_with_what_its_card_and_files_say() {
    let upstream = StandIn::start();
    upstream.add(tiny());
    let body: Value =
        get(&upstream, "/api/models/willow/tiny?blobs=true").await.json().await.unwrap();
    assert_eq!(body["id"], "willow/tiny");
    assert_eq!(body["sha"], tiny().commit_sha());
    assert_eq!(body["cardData"]["license"], "apache-2.0");
    assert_eq!(body["config"]["model_type"], "bert");
    assert_eq!(body["safetensors"]["total"], 16);
    let tags = body["tags"].as_array().unwrap();
    assert!(tags.contains(&"license:apache-2.0".into()));
    assert!(tags.contains(&"base_model:finetune:willow/base".into()));
    let weights = &body["siblings"][3];
    assert_eq!(weights["rfilename"], "model.safetensors");
    assert_eq!(weights["lfs"]["sha256"].as_str().unwrap().len(), 64);
}

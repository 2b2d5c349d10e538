//! Both wire formats over HTTP, statement by statement.
#![expect(
    clippy::unwrap_used,
    reason = "a test ends at the first thing that is not as it should be"
)]

mod demo;
mod faults;
mod files;
mod github;
mod graphql;
mod history;
mod refusals;
mod repositories;

use jiff::Timestamp;
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use reqwest::redirect::Policy;
use reqwest::{Client, Method, Response};
use serde_json::Value;
use touchstone_stand_in::{Repository, StandIn, safetensors};

const CARD: &str = "---\nlicense: apache-2.0\nbase_model: willow/base\n---\n# Tiny\n\n\
    See https://arxiv.org/abs/1234.56789.\n";

fn tiny() -> Repository {
    Repository::model("willow/tiny")
        .card(CARD)
        .file("config.json", r#"{"model_type":"bert","architectures":["BertModel"]}"#)
        .file("empty.txt", "")
        .file("sub dir/a+b.txt", "nested")
        .file("model.safetensors", safetensors(&[("w", &[4, 4])], 1))
}

fn serving(repository: Repository) -> StandIn {
    let upstream = StandIn::start();
    upstream.add(repository);
    upstream
}

fn time(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// One request, redirects not followed.
async fn ask(
    upstream: &StandIn,
    method: Method,
    path: &str,
    headers: &[(&'static str, &str)],
) -> Response {
    let client = Client::builder().redirect(Policy::none()).build().unwrap();
    let address = format!("{}{path}", upstream.hugging_face_url());
    let headers: HeaderMap = headers
        .iter()
        .map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_str(value).unwrap()))
        .collect();
    client.request(method, address).headers(headers).send().await.unwrap()
}

async fn get(upstream: &StandIn, path: &str) -> Response {
    ask(upstream, Method::GET, path, &[]).await
}

async fn head(upstream: &StandIn, path: &str) -> Response {
    ask(upstream, Method::HEAD, path, &[]).await
}

async fn get_as(upstream: &StandIn, path: &str, token: &str) -> Response {
    let authorization = format!("Bearer {token}");
    ask(upstream, Method::GET, path, &[("authorization", &authorization)]).await
}

async fn json(response: Response) -> Value {
    response.json().await.unwrap()
}

fn header<'a>(response: &'a Response, name: &str) -> &'a str {
    response.headers().get(name).map_or("", |value| value.to_str().unwrap())
}

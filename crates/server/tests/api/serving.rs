//! Connections: how they begin and end.

use crate::support::{TestRegistry, small_repository};
use touchstone_stand_in::Fault;

#[tokio::test]
async fn a_server_that_is_to_stop_finishes_the_request_under_way() {
    let registry = TestRegistry::start().await;
    registry.upstream.add(small_repository("willow/tiny"));
    registry.upstream.fault("*willow/tiny*", Fault::Hang);
    let id = registry.register("model", "https://huggingface.co/willow/tiny").await;
    let waiting = registry.request("GET", &format!("/artifacts/model/{id}?wait=1"));
    let waiting = tokio::spawn(async move { waiting.send().await.unwrap().status().as_u16() });
    let two_under_way = "touchstone_http_requests_in_flight 2";
    while !registry.get("/metrics").await.text().contains(two_under_way) {}
    let base = registry.base.clone();
    registry.stopped().await;
    assert_eq!(waiting.await.unwrap(), 504);
    assert!(reqwest::get(base).await.is_err(), "the port is free again");
}

#[tokio::test]
async fn http_2_is_spoken_to_those_who_begin_with_it() {
    let registry = TestRegistry::start().await;
    let client = reqwest::Client::builder().no_proxy().http2_prior_knowledge().build().unwrap();
    let answer = client.get(format!("{}/tracks", registry.base)).send().await.unwrap();
    assert_eq!((answer.version(), answer.status().as_u16()), (reqwest::Version::HTTP_2, 200));
}

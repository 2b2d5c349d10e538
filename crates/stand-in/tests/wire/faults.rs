//! Misbehaviour on demand, and the log of what was asked.

use super::{CARD, get, head, header, serving, tiny};
use futures::StreamExt;
use touchstone_stand_in::{Content, Fault, StandIn};

const FILE: &str = "/willow/tiny/resolve/main/README.md";

fn faulty(fault: Fault) -> StandIn {
    let upstream = serving(tiny());
    upstream.fault("*/README.md", fault);
    upstream
}

#[tokio::test]
async fn a_fault_strikes_as_often_as_it_was_told_and_only_where_it_was_told() {
    let upstream = serving(tiny());
    upstream.fault_times("*/README.md", Fault::Status(503), 2);
    assert_eq!(get(&upstream, "/api/models/willow/tiny").await.status(), 200);
    assert_eq!(get(&upstream, FILE).await.status(), 503);
    assert_eq!(get(&upstream, FILE).await.status(), 503);
    assert_eq!(get(&upstream, FILE).await.status(), 200);
}

#[tokio::test]
async fn a_fault_can_be_kept_to_one_method() {
    let upstream = serving(tiny());
    upstream.fault("GET */README.md", Fault::Text("{".to_owned()));
    assert_eq!(header(&head(&upstream, FILE).await, "content-length"), CARD.len().to_string());
    assert_eq!(get(&upstream, FILE).await.text().await.unwrap(), "{");
    assert_eq!((upstream.count_of("HEAD *"), upstream.count_of("GET *")), (1, 1));
}

#[tokio::test]
async fn cleared_faults_are_gone() {
    let upstream = faulty(Fault::Gated);
    assert_eq!(header(&get(&upstream, FILE).await, "x-error-code"), "GatedRepo");
    upstream.clear_faults();
    assert_eq!(get(&upstream, FILE).await.status(), 200);
}

#[tokio::test]
async fn a_body_breaks_off_after_the_bytes_it_was_told() {
    let upstream = faulty(Fault::BreakOff { after_bytes: 10 });
    let response = get(&upstream, FILE).await;
    assert_eq!(header(&response, "content-length"), CARD.len().to_string());
    let (mut received, mut broken) = (0, false);
    let mut chunks = response.bytes_stream();
    while let Some(chunk) = chunks.next().await {
        match chunk {
            Ok(chunk) => received += chunk.len(),
            Err(_) => broken = true,
        }
    }
    assert_eq!((received, broken), (10, true));
}

#[tokio::test]
async fn a_body_cut_short_looks_complete() {
    let upstream = faulty(Fault::CutShort { after_bytes: 10 });
    let response = get(&upstream, FILE).await;
    assert!(response.headers().get("content-length").is_none());
    assert_eq!(response.text().await.unwrap(), CARD[..10]);
}

#[tokio::test]
async fn a_body_stalls_after_the_bytes_it_was_told() {
    let upstream = faulty(Fault::Stall { after_bytes: 10 });
    let mut chunks = get(&upstream, FILE).await.bytes_stream();
    assert_eq!(chunks.next().await.unwrap().unwrap().len(), 10);
}

#[tokio::test]
async fn wrong_bytes_have_the_right_length_and_another_hash() {
    let upstream = faulty(Fault::WrongBytes);
    let response = get(&upstream, FILE).await;
    let stated = header(&response, "etag").trim_matches('"').to_owned();
    let bytes = response.bytes().await.unwrap();
    assert_eq!(bytes.len(), CARD.len());
    assert_ne!(Content::bytes(bytes).git_sha1(), stated);
}

#[tokio::test]
async fn a_length_can_be_lied_about_in_both_directions() {
    let less = faulty(Fault::LyingLength { stated_bytes: 5 });
    assert_eq!(header(&head(&less, FILE).await, "content-length"), "5");
    assert_eq!(get(&less, FILE).await.text().await.unwrap(), CARD[..5]);
    let more = faulty(Fault::LyingLength { stated_bytes: 5000 });
    assert!(get(&more, FILE).await.bytes().await.is_err());
}

#[tokio::test]
async fn an_endless_body_has_no_length_and_does_not_end() {
    let upstream = faulty(Fault::Endless);
    let response = get(&upstream, FILE).await;
    assert!(response.headers().get("content-length").is_none());
    let mut chunks = response.bytes_stream();
    let mut received = 0;
    while received < 10_000_000 {
        received += chunks.next().await.unwrap().unwrap().len();
    }
}

#[tokio::test]
async fn limits_are_told_in_the_three_ways_that_upstreams_tell_them() {
    let retry = get(&faulty(Fault::TooManyRequests { retry_after_seconds: 7 }), FILE).await;
    assert_eq!((retry.status().as_u16(), header(&retry, "retry-after")), (429, "7"));
    let quota = get(&faulty(Fault::QuotaUsedUp { reset_seconds: 55 }), FILE).await;
    assert_eq!((quota.status().as_u16(), header(&quota, "ratelimit")), (429, "\"api\";r=0;t=55"));
    let hour = get(&faulty(Fault::GitHubQuotaUsedUp { reset_epoch_seconds: 99 }), FILE).await;
    assert_eq!((hour.status().as_u16(), header(&hour, "x-ratelimit-remaining")), (403, "0"));
}

#[tokio::test]
async fn a_redirect_leads_wherever_it_was_told() {
    let upstream = faulty(Fault::Redirect("http://169.254.169.254/".to_owned()));
    assert_eq!(header(&get(&upstream, FILE).await, "location"), "http://169.254.169.254/");
}

#[tokio::test]
async fn every_request_is_logged_with_what_mattered_in_it() {
    let upstream = serving(tiny());
    get(&upstream, "/api/models/willow/tiny?blobs=true").await;
    super::get_as(&upstream, FILE, "hf_somebody").await;
    let requests = upstream.requests();
    assert_eq!(requests[0].path, "/api/models/willow/tiny");
    assert_eq!(requests[0].query, "blobs=true");
    assert_eq!(requests[1].header("authorization"), Some("Bearer hf_somebody"));
    assert_eq!(upstream.count_of("/api/*"), 1);
    upstream.forget_requests();
    assert_eq!(upstream.count_of("*"), 0);
}

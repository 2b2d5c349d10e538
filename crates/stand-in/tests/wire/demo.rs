//! The invented family hangs together.

use super::{get, json, time};
use serde_json::Value;
use touchstone_stand_in::StandIn;
use touchstone_stand_in::demo::Family;

fn family() -> (Family, StandIn) {
    let family = Family::at(time("2026-06-01T00:00:00Z"));
    let upstream = StandIn::start();
    upstream.add(family.clone());
    (family, upstream)
}

async fn info(upstream: &StandIn, id: &str) -> Value {
    json(get(upstream, &format!("/api/models/{id}")).await).await
}

#[tokio::test]
async fn every_model_has_a_card_a_date_and_files() {
    let (family, upstream) = family();
    for id in family.model_ids() {
        let body = info(&upstream, id).await;
        let names: Vec<_> = body["siblings"].as_array().unwrap().iter().collect();
        assert!(names.len() >= 3, "{id}: {names:?}");
        assert!(body["cardData"].is_object(), "{id} has no front matter");
        assert!(body["lastModified"].as_str().unwrap() < "2026-06-01", "{id}");
    }
}

#[tokio::test]
async fn bases_come_before_what_was_made_of_them() {
    let (family, upstream) = family();
    let mut seen = Vec::new();
    for id in family.model_ids() {
        let body = info(&upstream, id).await;
        for base in body["baseModels"]["models"].as_array().into_iter().flatten() {
            assert!(seen.contains(&base["id"].as_str().unwrap().to_owned()), "{base} of {id}");
        }
        seen.push(id.to_owned());
    }
    assert_eq!(seen.len(), 8);
}

#[tokio::test]
async fn weights_have_the_size_that_the_base_states() {
    let (_, upstream) = family();
    let body = info(&upstream, "lanternfish-lab/tern-base").await;
    let parameters = body["safetensors"]["total"].as_u64().unwrap();
    assert!((780_000..880_000).contains(&parameters), "{parameters}");
}

#[tokio::test]
async fn the_family_has_its_black_sheep() {
    let (_, upstream) = family();
    assert_eq!(info(&upstream, "lanternfish-lab/tern-large").await["gated"], "manual");
    let chat = info(&upstream, "heronworks/heron-chat-nc").await;
    assert_eq!(chat["cardData"]["license"], "cc-by-nc-4.0");
    let tagger = info(&upstream, "mira-oduya/tern-tagger").await;
    assert!(tagger["cardData"].get("license").is_none());
    assert_eq!(get(&upstream, "/api/datasets/mira-oduya/my-notes").await.status(), 401);
}

#[tokio::test]
async fn the_code_is_kept_by_many_by_one_and_by_nobody() {
    let (_, upstream) = family();
    let people = |name: &str| format!("/github/repos/{name}/contributors");
    let tern = json(get(&upstream, &people("lanternfish-lab/tern")).await).await;
    assert_eq!(tern.as_array().unwrap().len(), 6);
    let hobby = json(get(&upstream, &people("mira-oduya/notes-tagger")).await).await;
    assert_eq!(hobby.as_array().unwrap().len(), 1);
    let archived = json(get(&upstream, "/github/repos/oldmill/merge-tools").await).await;
    assert_eq!(archived["archived"], true);
    let pulls = json(
        get(&upstream, "/github/repos/lanternfish-lab/tern/pulls?state=closed&per_page=100").await,
    )
    .await;
    let merged: Vec<_> = pulls.as_array().unwrap().iter().map(|pull| &pull["merged_at"]).collect();
    assert!(merged.is_sorted_by(|newer, older| newer.as_str() >= older.as_str()));
    assert!(merged.len() > 70, "{}", merged.len());
}

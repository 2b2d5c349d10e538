//! What the Hub says about repositories.

use super::{CARD, ask, get, head, header, json, serving, tiny};
use reqwest::Method;
use touchstone_stand_in::{Kind, Repository, StandIn};

#[tokio::test]
async fn a_model_is_described_with_what_its_card_and_files_say() {
    let upstream = serving(tiny());
    let body = json(get(&upstream, "/api/models/willow/tiny").await).await;
    assert_eq!(body["id"], "willow/tiny");
    assert_eq!(body["modelId"], "willow/tiny");
    assert_eq!(body["sha"], tiny().commit_sha());
    assert_eq!(body["cardData"]["license"], "apache-2.0");
    assert_eq!(body["config"]["model_type"], "bert");
    assert_eq!(body["safetensors"]["parameters"]["F32"], 16);
    assert_eq!(body["gated"], false);
    let tags = body["tags"].as_array().unwrap();
    assert_eq!(tags.iter().filter(|tag| *tag == "region:us").count(), 1);
    for tag in ["license:apache-2.0", "base_model:finetune:willow/base", "arxiv:1234.56789"] {
        assert!(tags.contains(&tag.into()), "{tag} is missing in {tags:?}");
    }
}

#[tokio::test]
async fn files_have_their_sizes_and_hashes_when_asked_for() {
    let upstream = serving(tiny());
    let body = json(get(&upstream, "/api/models/willow/tiny/revision/main?blobs=true").await).await;
    let file = |name: &str| {
        let siblings = body["siblings"].as_array().unwrap();
        siblings.iter().find(|sibling| sibling["rfilename"] == name).unwrap().clone()
    };
    assert_eq!(file("README.md")["size"], CARD.len());
    assert_eq!(file("empty.txt")["blobId"], "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391");
    assert_eq!(file("model.safetensors")["lfs"]["sha256"].as_str().unwrap().len(), 64);
    assert_ne!(file("model.safetensors")["lfs"]["pointerSize"], file("model.safetensors")["size"]);
}

#[tokio::test]
async fn a_known_description_is_not_sent_again() {
    let upstream = serving(tiny());
    let first = head(&upstream, "/api/models/willow/tiny").await;
    let entity_tag = header(&first, "etag");
    let asked = [("if-none-match", entity_tag)];
    let second = ask(&upstream, Method::GET, "/api/models/willow/tiny", &asked).await;
    assert_eq!(second.status(), 304);
    assert_eq!(header(&second, "x-repo-commit"), tiny().commit_sha());
}

#[tokio::test]
async fn an_older_commit_stays_reachable_after_a_push() {
    let upstream = serving(tiny());
    upstream.add(tiny().file("config.json", "{}"));
    let newest = json(get(&upstream, "/api/models/willow/tiny").await).await;
    assert_ne!(newest["sha"], tiny().commit_sha());
    let older = format!("/willow/tiny/resolve/{}/config.json", tiny().commit_sha());
    assert!(get(&upstream, &older).await.text().await.unwrap().contains("bert"));
}

#[tokio::test]
async fn a_renamed_repository_redirects_to_its_new_name() {
    let upstream = serving(tiny());
    upstream.rename(Kind::Model, "willow/tiny", "birch/small");
    let info = get(&upstream, "/api/models/willow/tiny?blobs=true").await;
    assert_eq!(info.status(), 307);
    assert_eq!(header(&info, "location"), "/api/models/birch/small?blobs=true");
    let file = get(&upstream, "/willow/tiny/resolve/main/config.json").await;
    assert_eq!(header(&file, "location"), "/birch/small/resolve/main/config.json");
    assert_eq!(get(&upstream, header(&file, "location")).await.status(), 200);
}

#[tokio::test]
async fn a_tree_comes_in_pages_linked_by_absolute_addresses() {
    let upstream = serving(tiny());
    upstream.tree_page_entries(4);
    let path = "/api/models/willow/tiny/tree/main?recursive=true&expand=True";
    let first = get(&upstream, path).await;
    let link = header(&first, "link").to_owned();
    assert!(link.ends_with("; rel=\"next\""), "{link}");
    let next = link.split(['<', '>']).nth(1).unwrap();
    let next = next.strip_prefix(&upstream.hugging_face_url()).unwrap().to_owned();
    assert!(next.contains("recursive=true") && next.contains("expand=True"));
    let first = json(first).await;
    let second = get(&upstream, &next).await;
    assert!(second.headers().get("link").is_none());
    let second = json(second).await;
    let paths = [first.as_array().unwrap().as_slice(), second.as_array().unwrap()].concat();
    let paths: Vec<_> = paths.iter().map(|entry| entry["path"].as_str().unwrap()).collect();
    let all = [
        "README.md",
        "config.json",
        "empty.txt",
        "model.safetensors",
        "sub dir",
        "sub dir/a+b.txt",
    ];
    assert_eq!(paths, all);
    assert_eq!(second[0]["type"], "directory");
    assert_eq!(first[0]["securityFileStatus"]["status"], "safe");
}

#[tokio::test]
async fn a_folder_lists_its_own_level_and_a_missing_one_is_no_entry() {
    let upstream = serving(tiny());
    let root = json(get(&upstream, "/api/models/willow/tiny/tree/main").await).await;
    assert_eq!(root.as_array().unwrap().len(), 5);
    let below = json(get(&upstream, "/api/models/willow/tiny/tree/main/sub%20dir").await).await;
    assert_eq!(below[0]["path"], "sub dir/a+b.txt");
    let missing = get(&upstream, "/api/models/willow/tiny/tree/main/nowhere").await;
    assert_eq!(
        (missing.status().as_u16(), header(&missing, "x-error-code")),
        (404, "EntryNotFound")
    );
}

#[tokio::test]
async fn paths_are_asked_for_as_a_form_or_as_json() {
    let upstream = serving(tiny());
    let address = format!("{}/api/models/willow/tiny/paths-info/main", upstream.hugging_face_url());
    let client = reqwest::Client::builder().build().unwrap();
    let form = client
        .post(&address)
        .header("content-type", "application/x-www-form-urlencoded")
        .body("paths=config.json&paths=zzz&expand=false");
    let form = json(form.send().await.unwrap()).await;
    assert_eq!(form.as_array().unwrap().len(), 1);
    let body = serde_json::json!({ "paths": ["config.json", "sub dir"], "expand": true });
    let listed = json(client.post(&address).json(&body).send().await.unwrap()).await;
    assert_eq!(listed.as_array().unwrap().len(), 2);
    assert_eq!(listed[0]["lastCommit"]["id"], tiny().commit_sha());
}

#[tokio::test]
async fn a_listing_is_filtered_and_paged() {
    let upstream = StandIn::start();
    Repository::many(3).for_each(|model| upstream.add(model));
    upstream.add(tiny());
    let page = get(&upstream, "/api/models?author=synthetic&limit=2").await;
    assert!(header(&page, "link").contains("author=synthetic&limit=2&cursor=2"));
    assert_eq!(json(page).await.as_array().unwrap().len(), 2);
    let tagged = json(get(&upstream, "/api/models?filter=arxiv:1234.56789").await).await;
    assert_eq!(tagged[0]["id"], "willow/tiny");
}

#[tokio::test]
async fn any_number_of_synthetic_repositories_is_there_when_asked_for() {
    let upstream = StandIn::start();
    upstream.synthetic(1_000_000);
    let path = "/synthetic/model-999999/resolve/main/model.safetensors";
    let redirect = get(&upstream, path).await;
    let size: usize = header(&redirect, "x-linked-size").parse().unwrap();
    let location = header(&redirect, "location").to_owned();
    let location = location.strip_prefix(&upstream.hugging_face_url()).unwrap();
    assert_eq!(get(&upstream, location).await.bytes().await.unwrap().len(), size);
    assert_eq!(get(&upstream, "/api/datasets/synthetic/dataset-00007").await.status(), 200);
    assert_eq!(get(&upstream, "/api/models/synthetic/model-1000000").await.status(), 401);
}

#[tokio::test]
async fn a_data_set_has_its_own_prefix() {
    let upstream = serving(Repository::dataset("willow/rings").card("# Rings"));
    assert_eq!(get(&upstream, "/api/datasets/willow/rings").await.status(), 200);
    assert_eq!(get(&upstream, "/datasets/willow/rings/resolve/main/README.md").await.status(), 200);
    assert_eq!(get(&upstream, "/api/models/willow/rings").await.status(), 401);
}

#[tokio::test]
async fn a_folder_on_disk_can_be_a_repository() {
    let folder = std::env::temp_dir().join(format!("stand-in-{}", std::process::id()));
    std::fs::create_dir_all(folder.join("1_Pooling")).unwrap();
    std::fs::write(folder.join("README.md"), CARD).unwrap();
    std::fs::write(folder.join("1_Pooling/config.json"), "{}").unwrap();
    let repository = Repository::from_folder(Kind::Model, "willow/disk", &folder).unwrap();
    let upstream = serving(repository);
    let card = get(&upstream, "/willow/disk/resolve/main/README.md").await;
    assert_eq!(card.text().await.unwrap(), CARD);
    let below = get(&upstream, "/willow/disk/resolve/main/1_Pooling/config.json").await;
    assert_eq!(below.text().await.unwrap(), "{}");
    std::fs::remove_dir_all(folder).unwrap();
}

//! The published contract, as a table of ours, walked against a running registry: every operation
//! and every status that it lists, with the shape of what is answered.

use crate::support::{self, Answer, Parts, TestRegistry, schema, small_repository};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use touchstone_stand_in::Fault;
use touchstone_store::StoreSettings;

/// The table.
const CONTRACT: &str = include_str!("../contract.json");

/// Statuses of the table that cannot be had, and why.
const NOT_TO_BE_HAD: [(&str, &str); 4] = [
    ("403", "a missing or bad token: there is no sign-in; foreign origins are tested elsewhere"),
    ("GET /tracks 500", "it is the same answer always"),
    ("/authenticate", "there is no sign-in"),
    ("POST /artifact/{artifact_type} 424", "registering does not wait for the rating"),
];

/// Walks the operations, and remembers which statuses it saw.
struct Walk {
    registry: TestRegistry,
    contract: Value,
    seen: BTreeSet<String>,
}

impl Walk {
    async fn begin() -> Self {
        Self {
            registry: TestRegistry::start().await,
            contract: serde_json::from_str(CONTRACT).unwrap(),
            seen: BTreeSet::new(),
        }
    }

    /// One request of an operation: the path is the template with its words filled in, and a query.
    async fn step(
        &mut self,
        operation: &str,
        path: &str,
        body: Option<Value>,
        status: u16,
    ) -> Value {
        let (method, template) = operation.split_once(' ').unwrap();
        let request = self.registry.request(method, path);
        let request = match &body {
            Some(body) => request.json(body),
            None => request,
        };
        let answer = self.registry.send(request).await;
        assert_eq!(answer.status, status, "{method} {path} {body:?}: {answer:?}");
        self.check(method, template, &answer);
        serde_json::from_slice(&answer.body).unwrap_or_default()
    }

    fn check(&mut self, method: &str, template: &str, answer: &Answer) {
        let status = answer.status.to_string();
        let operations = self.contract["operations"].as_array().unwrap();
        let operation = operations
            .iter()
            .find(|one| one["method"] == method && one["path"] == template)
            .unwrap_or_else(|| panic!("{method} {template} is not in the contract"));
        let shape = operation["responses"].get(&status);
        let shape = shape.unwrap_or_else(|| panic!("{method} {template} has no {status}"));
        if !shape.is_null() {
            let problems = schema::check(&answer.json(), shape, &self.contract["schemas"]);
            assert!(problems.is_empty(), "{method} {template}: {problems:#?}\n{}", answer.text());
        }
        self.seen.insert(format!("{method} {template} {status}"));
    }

    fn left(&self) -> Vec<String> {
        let operations = self.contract["operations"].as_array().unwrap().iter();
        let listed = operations.flat_map(|operation| {
            let name = |key: &str| operation[key].as_str().unwrap().to_owned();
            let operation_name = format!("{} {}", name("method"), name("path"));
            let statuses = operation["responses"].as_object().unwrap().keys().cloned();
            statuses.map(move |status| format!("{operation_name} {status}")).collect::<Vec<_>>()
        });
        let excused = |line: &String| NOT_TO_BE_HAD.iter().any(|(excuse, _)| line.contains(excuse));
        listed.filter(|line| !self.seen.contains(line) && !excused(line)).collect()
    }
}

#[tokio::test]
async fn every_operation_answers_every_status_of_the_contract_in_its_shape() {
    let mut walk = Walk::begin().await;
    let model = walk.registry.model(small_repository("willow/tiny")).await;
    artifacts(&mut walk, &model).await;
    finding(&mut walk).await;
    trust(&mut walk, &model).await;
    licences(&mut walk, &model).await;
    registry(&mut walk).await;
    removing(&mut walk, &model).await;
    damaged(&mut walk).await;
    assert_eq!(walk.left(), Vec::<String>::new(), "statuses that no step of the walk had");
}

async fn artifacts(walk: &mut Walk, model: &str) {
    let register = "POST /artifact/{artifact_type}";
    let code = json!({ "url": "https://github.com/willow/code" });
    let created = walk.step(register, "/artifact/code", Some(code.clone()), 201).await;
    walk.step(register, "/artifact/code", Some(code), 409).await;
    let dataset = json!({ "url": "https://huggingface.co/datasets/willow/data" });
    walk.step(register, "/artifact/dataset", Some(dataset), 201).await;
    let bert = json!({ "url": "https://huggingface.co/google-bert/bert-base-uncased" });
    walk.step(register, "/artifact/model", Some(bert), 202).await;
    walk.step(register, "/artifact/model", Some(json!({})), 400).await;

    let read = "GET /artifacts/{artifact_type}/{id}";
    let path = format!("/artifacts/model/{model}");
    let envelope = walk.step(read, &path, None, 200).await;
    walk.step(read, "/artifacts/spaceship/x", None, 400).await;
    walk.step(read, "/artifacts/model/x", None, 404).await;

    let update = "PUT /artifacts/{artifact_type}/{id}";
    walk.step(update, &path, Some(envelope.clone()), 200).await;
    let mut moved = envelope.clone();
    moved["data"]["url"] = json!("https://huggingface.co/willow/other");
    walk.registry.upstream.add(small_repository("willow/other"));
    walk.step(update, &path, Some(moved), 202).await;
    walk.step(update, &path, Some(json!({ "metadata": {} })), 400).await;
    let mut unknown = envelope;
    unknown["metadata"]["id"] = json!("x");
    walk.step(update, "/artifacts/model/x", Some(unknown), 404).await;
    assert_eq!(created["metadata"]["type"], "code");
}

async fn finding(walk: &mut Walk) {
    walk.step("POST /artifacts", "/artifacts", Some(json!([{ "name": "*" }])), 200).await;
    walk.step("POST /artifacts", "/artifacts", Some(json!([{}])), 400).await;
    let large = json!([{ "name": "x".repeat(1_000_001) }]);
    walk.step("POST /artifacts", "/artifacts", Some(large), 413).await;
    let by_name = "GET /artifact/byName/{name}";
    walk.step(by_name, "/artifact/byName/tiny", None, 200).await;
    walk.step(by_name, "/artifact/byName/*", None, 400).await;
    walk.step(by_name, "/artifact/byName/nobody", None, 404).await;
    let by_regex = "POST /artifact/byRegEx";
    let regex = |regex: &str| Some(json!({ "regex": regex }));
    walk.step(by_regex, "/artifact/byRegEx", regex("^ti"), 200).await;
    walk.step(by_regex, "/artifact/byRegEx", regex("("), 400).await;
    walk.step(by_regex, "/artifact/byRegEx", regex("walrus"), 404).await;
    let confusion = "POST /artifacts/PackageConfusionAudit";
    walk.step(confusion, "/artifacts/PackageConfusionAudit", None, 200).await;
}

async fn trust(walk: &mut Walk, model: &str) {
    for (template, query) in [
        ("/artifact/model/{id}/rate", ""),
        ("/artifact/model/{id}/lineage", "?include=datasets,code,external"),
        ("/artifact/{artifact_type}/{id}/cost", "?dependency=true"),
        ("/artifact/{artifact_type}/{id}/cost", ""),
        ("/artifact/{artifact_type}/{id}/audit", ""),
    ] {
        let operation = format!("GET {template}");
        let path = |id: &str| template.replace("{artifact_type}", "model").replace("{id}", id);
        walk.step(&operation, &format!("{}{query}", path(model)), None, 200).await;
        walk.step(&operation, &path("a_b"), None, 400).await;
        walk.step(&operation, &path("x"), None, 404).await;
    }
}

async fn licences(walk: &mut Walk, model: &str) {
    let check = "POST /artifact/model/{id}/license-check";
    let path = format!("/artifact/model/{model}/license-check");
    let product = |name: &str| Some(json!({ "github_url": format!("https://github.com/{name}") }));
    walk.registry.upstream.add(support::product());
    walk.step(check, &path, product("willow/product"), 200).await;
    walk.step(check, &path, Some(json!({})), 400).await;
    walk.step(check, &path, product("willow/gone"), 404).await;
    walk.registry.upstream.fault("*willow/broken*", Fault::Nonsense);
    walk.step(check, &path, product("willow/broken"), 502).await;
}

async fn registry(walk: &mut Walk) {
    walk.step("GET /health", "/health", None, 200).await;
    let components = "/health/components?includeTimeline=true&windowMinutes=5";
    walk.step("GET /health/components", components, None, 200).await;
    walk.step("GET /tracks", "/tracks", None, 200).await;
    walk.step("PUT /authenticate", "/authenticate", Some(json!({})), 501).await;
    let others = TestRegistry::listening_at(std::net::Ipv4Addr::UNSPECIFIED, |_| ()).await;
    walk.check("DELETE", "/reset", &others.delete("/reset").await);
}

async fn removing(walk: &mut Walk, model: &str) {
    let remove = "DELETE /artifacts/{artifact_type}/{id}";
    let path = format!("/artifacts/model/{model}");
    walk.step(remove, &path, None, 200).await;
    walk.step(remove, &path, None, 404).await;
    walk.step(remove, "/artifacts/spaceship/x", None, 400).await;
    walk.step("DELETE /reset", "/reset", None, 200).await;
}

/// What is stored and can be read no more is a mistake that is ours to explain.
async fn damaged(walk: &mut Walk) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("registry.sqlite");
    let store = StoreSettings::Sqlite { path: path.clone() };
    let registry = TestRegistry::of(Parts { store, ..Parts::default() }).await;
    let model = registry.small_model().await;
    let database = rusqlite::Connection::open(&path).unwrap();
    database.execute("UPDATE revisions SET manifest = x'00', rating = x'00'", []).unwrap();
    for (template, path) in [
        ("/artifact/model/{id}/rate", format!("/artifact/model/{model}/rate")),
        ("/artifact/{artifact_type}/{id}/cost", format!("/artifact/model/{model}/cost")),
    ] {
        let answer = registry.get(&path).await;
        assert_eq!(answer.status, 500, "{path}: {answer:?}");
        walk.check("GET", template, &answer);
    }
}

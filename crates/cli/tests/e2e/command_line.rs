//! Every command, as a person or a script uses it.

use crate::support::{Running, data_folder, touchstone};
use serde_json::Value;
use std::path::Path;
use std::process::Output;
use touchstone_stand_in::{Repository, StandIn};

fn upstream() -> StandIn {
    let upstream = StandIn::start();
    upstream.add(
        Repository::model("willow/sapling")
            .card("---\nlicense: mit\n---\n# Sapling\n\nIt grows.\n")
            .file("config.json", "{}"),
    );
    upstream
}

fn run(upstream: &StandIn, data: &Path, words: &[&str]) -> Output {
    touchstone(upstream, data).args(words).output().unwrap()
}

fn stdout(output: &Output) -> String {
    let said = String::from_utf8(output.stdout.clone()).unwrap();
    assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
    said
}

const SAPLING: &str = "https://huggingface.co/willow/sapling";

#[test]
fn a_model_is_ingested_found_shown_pulled_and_verified_on_the_local_store() {
    let (upstream, data) = (upstream(), data_folder());
    let run = |words: &[&str]| stdout(&run(&upstream, data.path(), words));

    assert!(run(&["ingest", SAPLING]).contains("registered"));
    assert!(run(&["search", "it gr.ws"]).contains("sapling"));
    assert!(run(&["show", "sapling"]).contains("net score"));
    assert!(run(&["lineage", "sapling"]).contains("stands alone"));
    run(&["pull", "sapling", "here"]);
    assert_eq!(std::fs::read_to_string(data.path().join("here/config.json")).unwrap(), "{}");
    let verified: Value = serde_json::from_str(&run(&["--json", "verify"])).unwrap();
    assert_eq!(verified["files"], 2);
    assert_eq!(verified["unsound"], Value::Array(Vec::new()));
    let swept: Value = serde_json::from_str(&run(&["--json", "gc", "--dry-run"])).unwrap();
    assert_eq!(swept["unneeded_blobs"], 0);
}

#[test]
fn models_are_rated_anew_for_another_product_and_once_only() {
    let (upstream, data) = (upstream(), data_folder());
    stdout(&run(&upstream, data.path(), &["ingest", SAPLING]));
    let rerate = ["--json", "--license-target", "GPL-2.0-only", "rerate"];
    for expected in [1, 0] {
        let said = stdout(&run(&upstream, data.path(), &rerate));
        let rerated: Value = serde_json::from_str(&said).unwrap();
        assert_eq!((&rerated["rated"], &rerated["failed"]), (&expected.into(), &0.into()));
    }
}

#[test]
fn the_settings_of_the_language_model_are_shown_but_never_its_key() {
    let (upstream, data) = (StandIn::start(), data_folder());
    let output = touchstone(&upstream, data.path())
        .args(["--json", "--llm-base-url", "https://llm.example/v1", "config"])
        .env("LLM_MODEL", "grader-7b")
        .env("GEN_AI_STUDIO_API_KEY", "a-key-not-to-be-told")
        .output();
    let said = stdout(&output.unwrap());
    let settings: Value = serde_json::from_str(&said).unwrap();
    assert_eq!(settings["LLM_BASE_URL"]["value"], "https://llm.example/v1");
    assert_eq!(settings["LLM_MODEL"]["value"], "grader-7b");
    assert_eq!(settings["GEN_AI_STUDIO_API_KEY"]["value"], "(set)");
    assert!(!said.contains("a-key-not-to-be-told"));
}

#[test]
fn verify_names_the_file_whose_bytes_were_changed() {
    let (upstream, data) = (upstream(), data_folder());
    stdout(&run(&upstream, data.path(), &["ingest", SAPLING]));
    let config = walk(&data.path().join("blobs"))
        .into_iter()
        .find(|path| std::fs::read(path).unwrap() == b"{}")
        .expect("the configuration is kept as a blob");
    std::fs::write(config, b"[]").unwrap();

    let output = run(&upstream, data.path(), &["verify"]);
    assert_eq!(output.status.code(), Some(6));
    assert!(String::from_utf8_lossy(&output.stdout).contains("config.json"));
}

fn walk(folder: &Path) -> Vec<std::path::PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { walk(&path) } else { vec![path] }).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_commands_work_against_a_running_server() {
    let (upstream, data) = (upstream(), data_folder());
    let registry = Running::start(&upstream, data.path());
    let elsewhere = data_folder();
    let words = ["--server", &registry.base, "ingest", SAPLING];
    assert!(stdout(&run(&upstream, elsewhere.path(), &words)).contains("registered"));
    let words = ["--server", &registry.base, "search", "sapling"];
    assert!(stdout(&run(&upstream, elsewhere.path(), &words)).contains("sapling"));
}

#[test]
fn exit_codes_tell_scripts_what_happened() {
    let (upstream, data) = (upstream(), data_folder());
    let code = |words: &[&str]| run(&upstream, data.path(), words).status.code();
    assert_eq!(code(&["no-such-command"]), Some(2));
    assert_eq!(code(&["show", "nothing"]), Some(3));
    assert_eq!(code(&["ingest", SAPLING]), Some(0));
    assert_eq!(code(&["ingest", SAPLING]), Some(4), "it is there already");
    assert_eq!(code(&["ingest", "https://huggingface.co/nobody/nothing"]), Some(5));
}

#[test]
fn rate_prints_one_line_a_model_in_the_order_of_the_file() {
    let (upstream, data) = (upstream(), data_folder());
    upstream.add(Repository::model("willow/oak").card("# Oak\n"));
    let list = data.path().join("models.txt");
    std::fs::write(&list, format!(",, https://huggingface.co/willow/oak\n,,{SAPLING}\n")).unwrap();

    let said = stdout(&run(&upstream, data.path(), &["rate", "models.txt"]));
    let lines: Vec<Value> = said.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), 2);
    assert_eq!(lines[0]["name"], "oak");
    assert_eq!(lines[1]["name"], "sapling");
    assert_eq!(lines[1]["category"], "MODEL");
    assert_eq!(lines[1]["license"], 1.0);
    assert!(lines[1]["size_score"]["raspberry_pi"].is_number());
    assert!(lines[1]["treescore_latency"].is_u64());
}

#[test]
fn an_explained_rating_fits_a_terminal_and_tells_absent_from_not_looked_at() {
    let (upstream, data) = (upstream(), data_folder());
    let said = stdout(&run(&upstream, data.path(), &["rate", SAPLING, "--explain"]));
    assert!(said.contains("net score") && said.contains("weakest:"), "{said}");
    assert!(said.contains("looked for and not found") && said.contains("could not be looked at"));
    assert!(!said.contains('\u{1b}'), "no colours where no terminal is");
    for line in said.lines().filter(|line| !line.contains("://")) {
        assert!(line.chars().count() <= 80, "{line}");
    }
}

#[test]
fn compared_models_show_the_rows_that_differ_registered_or_not() {
    let (upstream, data) = (upstream(), data_folder());
    upstream.add(Repository::model("willow/oak").card("# Oak\n"));
    let oak = "https://huggingface.co/willow/oak";
    let said = stdout(&run(&upstream, data.path(), &["rate", "--compare", SAPLING, oak]));
    assert!(said.starts_with("A  sapling\n") && said.contains("B  oak\n"), "{said}");
    assert!(said.contains("A + ") && said.contains("B - "), "{said}");

    for address in [SAPLING, oak] {
        assert!(run(&upstream, data.path(), &["ingest", address]).status.success());
    }
    let words = ["--json", "rate", "--compare", "sapling", "oak"];
    let compared: Value =
        serde_json::from_str(&stdout(&run(&upstream, data.path(), &words))).unwrap();
    let metrics = compared["comparison"]["metrics"].as_array().unwrap();
    let license = metrics.iter().find(|metric| metric["metric"] == "license").unwrap();
    assert_eq!(license["differs"], true);
    let scores = license["sides"].as_array().unwrap();
    assert!(scores[0]["score"].as_f64() > scores[1]["score"].as_f64());
}

#[test]
fn config_tells_every_setting_and_its_origin_but_no_secret() {
    let (upstream, data) = (upstream(), data_folder());
    std::fs::write(data.path().join(".env"), "MIRROR_MAX_BYTES=1000\n").unwrap();
    let said = stdout(&run(&upstream, data.path(), &["--json", "config"]));
    let settings: Value = serde_json::from_str(&said).unwrap();
    assert_eq!(settings["MIRROR_MAX_BYTES"]["value"], "1000");
    assert_eq!(settings["MIRROR_MAX_BYTES"]["origin"], ".env");
    assert_eq!(settings["HF_ENDPOINT"]["origin"], "environment");
    assert_eq!(settings["PORT"]["origin"], "default");
    assert_eq!(settings["GITHUB_TOKEN"]["value"], "(set)");
    assert!(!said.contains("a-token-for-tests"));
}

#[test]
fn completions_are_printed_for_a_shell() {
    let (upstream, data) = (upstream(), data_folder());
    assert!(stdout(&run(&upstream, data.path(), &["completions", "bash"])).contains("touchstone"));
}

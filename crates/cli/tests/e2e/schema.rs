//! The generated description of the API, tried out on the running server by a program that makes
//! up requests from it.

use crate::support::{Running, data_folder};
use std::path::PathBuf;
use std::process::Command;
use touchstone_stand_in::{Repository, StandIn};

/// Which answers with 5xx are the contract's own.
const SETTINGS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../server/tests/schemathesis.toml");
/// What must hold of every answer.
const CHECKS: &str = "not_a_server_error,status_code_conformance,content_type_conformance,\
                      response_schema_conformance";

#[tokio::test(flavor = "multi_thread")]
async fn no_request_made_up_from_the_description_gets_an_undescribed_answer() {
    let tools = std::env::var_os("TOUCHSTONE_TEST_PYTHON_TOOLS").map(PathBuf::from).expect(
        "TOUCHSTONE_TEST_PYTHON_TOOLS names the folder of Python tools: run `cargo xtask test`",
    );
    let (upstream, data) = (StandIn::start(), data_folder());
    upstream.add(Repository::model("willow/sapling").card("# Sapling\n"));
    let words = ["--rate-limit-per-minute", "0", "--ingest-wait-seconds", "1"];
    let registry = Running::start_with(&upstream, data.path(), &words);
    registry.register("model", "https://huggingface.co/willow/sapling").await;

    let description = format!("{}/openapi.json", registry.base);
    let output = tokio::task::spawn_blocking(move || {
        Command::new(tools.join("bin/st"))
            .current_dir(data.path())
            .args([
                "--config-file",
                SETTINGS,
                "run",
                &description,
                "--max-examples",
                "15",
                "--seed",
                "7",
            ])
            .args(["--checks", CHECKS, "--request-timeout", "20"])
            .output()
            .unwrap()
    });
    let output = output.await.unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
}

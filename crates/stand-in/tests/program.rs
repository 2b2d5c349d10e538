//! The program as others start it.

use serde_json::Value;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use touchstone_stand_in::real_model::{self, RealModelError};

struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn program() -> Command {
    Command::new(env!("CARGO_BIN_EXE_touchstone-stand-in"))
}

#[tokio::test]
async fn it_says_where_it_is_and_what_is_worth_looking_at() {
    let arguments = ["serve", "--demo", "--synthetic", "2", "--latency-ms", "1"];
    let mut running = Running(program().args(arguments).stdout(Stdio::piped()).spawn().unwrap());
    let mut line = String::new();
    BufReader::new(running.0.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let said: Value = serde_json::from_str(&line).unwrap();
    assert_eq!(said["models"][0], "https://huggingface.co/lanternfish-lab/tern-base");
    let hub = said["hugging_face"].as_str().unwrap();
    assert_eq!(said["github"], format!("{hub}/github"));
    let client = reqwest::Client::builder().build().unwrap();
    for path in ["api/models/lanternfish-lab/tern-base", "api/models/synthetic/model-00001"] {
        assert_eq!(client.get(format!("{hub}/{path}")).send().await.unwrap().status(), 200);
    }
}

#[test]
fn a_folder_without_the_real_model_is_refused() {
    let nowhere = std::env::temp_dir().join("stand-in-no-such-folder");
    assert!(matches!(real_model::find(&nowhere), Err(RealModelError::NotThere(_))));
    let served = program().args(["serve", "--real-model"]).arg(&nowhere).output().unwrap();
    assert!(!served.status.success());
}

#[test]
fn other_weights_than_the_expected_are_refused() {
    let folder = std::env::temp_dir().join(format!("stand-in-weights-{}", std::process::id()));
    std::fs::create_dir_all(folder.join("model")).unwrap();
    std::fs::write(folder.join("model/model.safetensors"), "not these").unwrap();
    assert!(matches!(real_model::find(&folder), Err(RealModelError::OtherBytes(_))));
    std::fs::remove_dir_all(folder).unwrap();
}

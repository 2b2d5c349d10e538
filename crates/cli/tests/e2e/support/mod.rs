//! Starting the real binary on its own data folder, and speaking to it.

use reqwest::{Client, Method, Response, StatusCode};
use serde_json::{Value, json};
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use tempfile::TempDir;
use touchstone_stand_in::StandIn;

/// The binary under test.
pub(crate) const TOUCHSTONE: &str = env!("CARGO_BIN_EXE_touchstone");

/// The binary with nothing inherited that could change what it does.
pub(crate) fn touchstone(upstream: &StandIn, data: &Path) -> Command {
    prepared(Command::new(TOUCHSTONE), upstream, data)
}

/// The same on what is to it a disk of few bytes: no file may grow beyond a megabyte or two, as
/// shells differ on what a block is. Its coverage profile would not fit either.
pub(crate) fn on_a_small_disk(upstream: &StandIn, data: &Path) -> Command {
    let mut command = Command::new("sh");
    command.args(["-c", "trap '' XFSZ; ulimit -f 2048; exec \"$0\" \"$@\"", TOUCHSTONE]);
    let mut command = prepared(command, upstream, data);
    command.env_remove("LLVM_PROFILE_FILE");
    command
}

fn prepared(mut command: Command, upstream: &StandIn, data: &Path) -> Command {
    command.env_clear();
    // Coverage profiles go where the test run collects them.
    for name in ["LLVM_PROFILE_FILE", "PATH"] {
        if let Some(value) = std::env::var_os(name) {
            command.env(name, value);
        }
    }
    command
        .env("DATA_DIR", data)
        .env("HF_ENDPOINT", upstream.hugging_face_url())
        .env("GITHUB_API_URL", upstream.github_url())
        .env("GITHUB_TOKEN", "a-token-for-tests")
        .current_dir(data);
    command
}

/// A registry that runs in a process of its own.
pub(crate) struct Running {
    process: Child,
    pub(crate) base: String,
    http: Client,
}

impl Running {
    /// Starts one on the folder, on a free port, and waits until it says where it listens.
    pub(crate) fn start(upstream: &StandIn, data: &Path) -> Self {
        Self::start_with(upstream, data, &[])
    }

    /// The same with more words on its command line.
    pub(crate) fn start_with(upstream: &StandIn, data: &Path, words: &[&str]) -> Self {
        Self::spawn(touchstone(upstream, data).args(["serve", "--port", "0"]).args(words))
    }

    /// Starts this command, which must serve on a free port.
    pub(crate) fn spawn(command: &mut Command) -> Self {
        let mut process = command.stdout(Stdio::piped()).stderr(Stdio::inherit()).spawn().unwrap();
        let mut said = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut said).unwrap();
        let base = said.split_whitespace().last().expect("it says where it listens").to_owned();
        assert!(base.starts_with("http://"), "it says where it listens: {said}");
        let http = Client::builder().no_proxy().build().unwrap();
        Self { process, base, http }
    }

    pub(crate) async fn send(&self, method: Method, path: &str, body: Option<Value>) -> Response {
        let mut request = self.http.request(method, format!("{}{path}", self.base));
        if let Some(body) = body {
            request = request.json(&body);
        }
        request.send().await.unwrap()
    }

    /// Reads JSON; anything but 200 fails the test.
    pub(crate) async fn get(&self, path: &str) -> Value {
        let answer = self.send(Method::GET, path, None).await;
        let status = answer.status();
        let text = answer.text().await.unwrap();
        assert_eq!(status, StatusCode::OK, "{path}: {text}");
        serde_json::from_str(&text).unwrap()
    }

    /// Registers an address and gives its id.
    pub(crate) async fn register(&self, kind: &str, url: &str) -> String {
        let body = json!({ "url": url });
        let answer = self.send(Method::POST, &format!("/artifact/{kind}"), Some(body)).await;
        let status = answer.status();
        let text = answer.text().await.unwrap();
        assert!(status == StatusCode::CREATED || status == StatusCode::ACCEPTED, "{text}");
        let artifact: Value = serde_json::from_str(&text).unwrap();
        artifact["metadata"]["id"].as_str().unwrap().to_owned()
    }

    /// Follows an ingest until one of its reports says this.
    pub(crate) async fn reports(&self, kind: &str, id: &str, sought: &str) -> bool {
        let events = self.http.get(format!("{}/artifact/{kind}/{id}/progress", self.base));
        let mut answer = events.header("Accept", "text/event-stream").send().await.unwrap();
        let mut said = String::new();
        while let Some(piece) = answer.chunk().await.unwrap() {
            said.push_str(&String::from_utf8_lossy(&piece));
            if said.contains(sought) {
                return true;
            }
        }
        false
    }

    /// Follows an ingest to its end and gives the last report.
    pub(crate) async fn ingested(&self, kind: &str, id: &str) -> Value {
        let path = format!("/artifact/{kind}/{id}/progress");
        let events = self.http.get(format!("{}{path}", self.base));
        let answer = events.header("Accept", "text/event-stream").send().await.unwrap();
        // The events end when the ingest has ended.
        answer.text().await.unwrap();
        self.get(&path).await
    }

    pub(crate) async fn bytes(&self, path: &str) -> Vec<u8> {
        let answer = self.send(Method::GET, path, None).await;
        assert_eq!(answer.status(), StatusCode::OK, "{path}");
        answer.bytes().await.unwrap().to_vec()
    }

    /// Ends it without any warning, as a loss of power would.
    pub(crate) fn kill(mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }

    /// Asks it to end, and waits until it has.
    pub(crate) fn stop(mut self) -> ExitStatus {
        let id = self.process.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
        self.process.wait().unwrap()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// A data folder of its own.
pub(crate) fn data_folder() -> TempDir {
    tempfile::tempdir().unwrap()
}

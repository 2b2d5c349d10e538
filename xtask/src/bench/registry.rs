//! A registry under test, over upstreams that never answer or over local ones.

use super::http::{get, post};
use super::upstream::Upstream;
use crate::commands::target_dir;
use anyhow::{Context, Result};
use std::io::{BufRead, BufReader};
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// A release binary.
pub(crate) fn binary(name: &str) -> PathBuf {
    target_dir().join("release").join(name)
}

/// A process that is stopped with its owner.
pub(crate) struct Process(pub(crate) Child);

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Process {
    /// Resident memory now, in megabytes.
    pub(crate) fn resident_megabytes(&self) -> f64 {
        self.status("VmRSS:")
    }

    /// The most that was ever resident, in megabytes.
    pub(crate) fn peak_megabytes(&self) -> f64 {
        self.status("VmHWM:")
    }

    fn status(&self, key: &str) -> f64 {
        let path = format!("/proc/{}/status", self.0.id());
        let status = std::fs::read_to_string(path).unwrap_or_default();
        let kilobytes = status.lines().find_map(|line| {
            line.strip_prefix(key)?.split_whitespace().next()?.parse::<f64>().ok()
        });
        kilobytes.map_or(f64::NAN, |kilobytes| kilobytes * 1024.0 / 1e6)
    }
}

/// Starts a process and waits for the first line that it says; what follows is thrown away.
pub(crate) fn first_line(command: &mut Command) -> Result<(Process, String)> {
    let child = command.stdout(Stdio::piped()).spawn().context("cannot start a process")?;
    let mut process = Process(child);
    let mut output = BufReader::new(process.0.stdout.take().context("a process says nothing")?);
    let mut said = String::new();
    output.read_line(&mut said)?;
    // Whatever else it says must not fill the pipe.
    std::thread::spawn(move || std::io::copy(&mut output, &mut std::io::sink()));
    Ok((process, said))
}

/// A running registry.
pub(crate) struct Registry {
    pub(crate) process: Process,
    pub(crate) address: SocketAddr,
    /// From its start to its first answer.
    pub(crate) started_in: Duration,
    /// Kept open: takes connections and never answers.
    _silent: TcpListener,
}

impl Registry {
    /// Starts one on a data folder. Its upstreams never answer: nothing but requests is measured.
    pub(crate) fn start(data: &Path) -> Result<Self> {
        let silent = TcpListener::bind("127.0.0.1:0")?;
        let address = format!("http://{}", silent.local_addr()?);
        Self::started(data, &address, &address, silent)
    }

    /// Starts one on a data folder that reaches these upstreams.
    pub(crate) fn start_over(data: &Path, upstream: &Upstream) -> Result<Self> {
        let silent = TcpListener::bind("127.0.0.1:0")?;
        Self::started(data, &upstream.hugging_face, &upstream.github, silent)
    }

    fn started(data: &Path, hugging_face: &str, github: &str, silent: TcpListener) -> Result<Self> {
        let mut command = Command::new(binary("touchstone"));
        command
            .args(["serve", "--port", "0", "--rate-limit-per-minute", "0", "--log-level", "0"])
            .env("DATA_DIR", data)
            .env("HF_ENDPOINT", hugging_face)
            .env("GITHUB_API_URL", github);
        let began = Instant::now();
        let (process, said) = first_line(&mut command)?;
        let address: SocketAddr = said
            .trim()
            .rsplit("http://")
            .next()
            .unwrap_or_default()
            .parse()
            .context("the registry does not say where it listens")?;
        get(address, "/tracks")?;
        Ok(Self { process, address, started_in: began.elapsed(), _silent: silent })
    }

    /// The address of a path.
    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// Registers a model of the Hub and gives its id.
    pub(crate) fn register_model(&self, repository: &str) -> Result<String> {
        let body = format!(r#"{{"url":"https://huggingface.co/{repository}"}}"#);
        let answer = post(self.address, "/artifact/model", &body)?;
        let artifact: serde_json::Value = serde_json::from_str(&answer)?;
        let id = artifact["metadata"]["id"].as_str();
        Ok(id.with_context(|| format!("{repository} was not registered: {answer}"))?.to_owned())
    }

    /// Waits until a model is rated, and gives the answer.
    pub(crate) fn rating(&self, id: &str) -> Result<serde_json::Value> {
        let answer = get(self.address, &format!("/artifact/model/{id}/rate"))?;
        let rating: serde_json::Value = serde_json::from_str(&answer)?;
        anyhow::ensure!(rating["net_score"].is_number(), "the model was not rated: {answer}");
        Ok(rating)
    }
}

/// A folder under the target folder, empty.
pub(crate) fn empty_folder(name: &str) -> Result<PathBuf> {
    let folder = target_dir().join("bench").join(name);
    if folder.exists() {
        std::fs::remove_dir_all(&folder)?;
    }
    std::fs::create_dir_all(&folder)?;
    Ok(folder)
}

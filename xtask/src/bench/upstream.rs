//! Both upstreams, local, in a process of their own.

use super::registry::{Process, binary};
use anyhow::{Context, Result};
use std::io::{BufRead, BufReader, Write};
use std::process::{ChildStdout, Command, Stdio};

/// The stand-in for both upstreams.
pub(crate) struct Upstream {
    process: Process,
    said: BufReader<ChildStdout>,
    /// For `HF_ENDPOINT`.
    pub(crate) hugging_face: String,
    /// For `GITHUB_API_URL`.
    pub(crate) github: String,
}

impl Upstream {
    /// Starts it with these options.
    pub(crate) fn start(options: &[&str]) -> Result<Self> {
        let mut command = Command::new(binary("touchstone-stand-in"));
        command.args(["serve", "--tell-requests"]).args(options);
        command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut process = Process(command.spawn().context("cannot start the upstreams")?);
        let output = process.0.stdout.take().context("the upstreams say nothing")?;
        let (mut said, mut whereabouts) = (BufReader::new(output), String::new());
        said.read_line(&mut whereabouts)?;
        let whereabouts: serde_json::Value = serde_json::from_str(&whereabouts)?;
        let word = |key: &str| whereabouts[key].as_str().unwrap_or_default().to_owned();
        Ok(Self { hugging_face: word("hugging_face"), github: word("github"), process, said })
    }

    /// What it was asked since this was called last.
    pub(crate) fn requests(&mut self) -> Result<Vec<String>> {
        let input = self.process.0.stdin.as_mut().context("the upstreams hear nothing")?;
        input.write_all(b"\n")?;
        let mut requests = Vec::new();
        loop {
            let mut line = String::new();
            self.said.read_line(&mut line)?;
            match line.trim() {
                "" => return Ok(requests),
                request => requests.push(request.to_owned()),
            }
        }
    }
}

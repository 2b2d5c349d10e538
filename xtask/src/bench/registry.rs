//! A registry under test, with upstreams that never answer: nothing but the request is measured.

use crate::commands::target_dir;
use anyhow::{Context, Result};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
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

/// A running registry.
pub(crate) struct Registry {
    pub(crate) process: Process,
    pub(crate) address: SocketAddr,
    /// From its start to its first answer.
    pub(crate) started_in: Duration,
    _upstream: TcpListener,
}

impl Registry {
    /// Starts one on a data folder. Its upstreams take connections and never answer.
    pub(crate) fn start(data: &Path) -> Result<Self> {
        let upstream = TcpListener::bind("127.0.0.1:0")?;
        let silent = format!("http://{}", upstream.local_addr()?);
        let mut command = Command::new(binary("touchstone"));
        command
            .args(["serve", "--port", "0", "--rate-limit-per-minute", "0", "--log-level", "0"])
            .env("DATA_DIR", data)
            .env("HF_ENDPOINT", &silent)
            .env("GITHUB_API_URL", &silent)
            .env("INGEST_WORKERS", "4")
            .stdout(Stdio::piped());
        Self::started(command, upstream)
    }

    fn started(mut command: Command, upstream: TcpListener) -> Result<Self> {
        let began = Instant::now();
        let mut child = command.spawn().context("cannot start the registry")?;
        let output = child.stdout.take().context("the registry says nothing")?;
        let process = Process(child);
        let mut said = String::new();
        let mut output = BufReader::new(output);
        output.read_line(&mut said)?;
        let address: SocketAddr = said
            .trim()
            .rsplit("http://")
            .next()
            .unwrap_or_default()
            .parse()
            .context("the registry does not say where it listens")?;
        get(address, "/tracks")?;
        let started_in = began.elapsed();
        // Whatever else it says must not fill the pipe.
        std::thread::spawn(move || std::io::copy(&mut output, &mut std::io::sink()));
        Ok(Self { process, address, started_in, _upstream: upstream })
    }

    /// The address of a path.
    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }
}

/// The body of an answer, whatever its status.
pub(crate) fn get(address: SocketAddr, path: &str) -> Result<String> {
    exchange(
        address,
        &format!("GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n"),
    )
}

/// The same for a body of JSON.
pub(crate) fn post(address: SocketAddr, path: &str, body: &str) -> Result<String> {
    let length = body.len();
    exchange(
        address,
        &format!(
            "POST {path} HTTP/1.1\r\nHost: {address}\r\nContent-Type: application/json\r\n\
             Content-Length: {length}\r\nConnection: close\r\n\r\n{body}"
        ),
    )
}

fn exchange(address: SocketAddr, request: &str) -> Result<String> {
    let mut stream = TcpStream::connect(address)?;
    stream.set_read_timeout(Some(Duration::from_mins(2)))?;
    stream.write_all(request.as_bytes())?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    Ok(answer.split_once("\r\n\r\n").map_or(String::new(), |(_, body)| body.to_owned()))
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

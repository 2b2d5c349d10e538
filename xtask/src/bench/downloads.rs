//! A hundred downloads at the same time, beside nginx with the same file from the same disk.

use super::Bench;
use super::figures::{Figure, median};
use super::registry::{Process, binary, empty_folder, get, post};
use super::wrk::load;
use anyhow::{Context, Result, bail};
use std::io::{BufRead, BufReader};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// The file's size: 26 MB.
const FILE_BYTES: u64 = 26_000_000;
const CONNECTIONS: u32 = 100;

pub(crate) fn measure(bench: &Bench) -> Result<Vec<Figure>> {
    let folder = empty_folder("downloads")?;
    let upstream = Upstream::start()?;
    let registry = Serving::start(&folder, &upstream)?;
    let id = registry.register()?;
    let path = format!("/artifact/model/{id}/download?file=model.safetensors");
    let www = folder.join("www");
    std::fs::create_dir_all(&www)?;
    std::fs::write(www.join("model.safetensors"), vec![7_u8; usize::try_from(FILE_BYTES)?])?;
    let nginx = Nginx::start(&folder, &www)?;
    let (mut shares, mut ours_rates, mut peaks) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..bench.rounds {
        let peer = load(&nginx.url, CONNECTIONS, bench.seconds, None)?;
        let url = format!("http://{}{path}", registry.address);
        let ours = load(&url, CONNECTIONS, bench.seconds, None)?;
        shares.push(100.0 * ours.megabytes_per_second / peer.megabytes_per_second);
        ours_rates.push(ours.megabytes_per_second);
        peaks.push(registry.process.peak_megabytes());
    }
    let how = format!("one file, {:.0} MB/s here", median(&ours_rates));
    Ok(vec![
        Figure::at_least("100 downloads of 26 MB beside nginx", 80.0, "%", shares).how(how),
        Figure::at_most("memory throughout", 80.0, "MB", peaks).how("the most ever resident"),
    ])
}

/// Local upstreams with one model of the size.
struct Upstream {
    _process: Process,
    hugging_face: String,
    github: String,
}

impl Upstream {
    fn start() -> Result<Self> {
        let mut command = Command::new(binary("touchstone-stand-in"));
        command.args(["serve", "--weights-bytes", &FILE_BYTES.to_string()]);
        let (process, said) = first_line(command.stdout(Stdio::piped()))?;
        let said: serde_json::Value = serde_json::from_str(&said)?;
        let word = |key: &str| said[key].as_str().unwrap_or_default().to_owned();
        Ok(Self { _process: process, hugging_face: word("hugging_face"), github: word("github") })
    }
}

fn first_line(command: &mut Command) -> Result<(Process, String)> {
    let mut child: Child = command.spawn().context("cannot start a process")?;
    let output = child.stdout.take().context("a process says nothing")?;
    let mut said = String::new();
    BufReader::new(output).read_line(&mut said)?;
    Ok((Process(child), said))
}

/// A registry that reaches those upstreams.
struct Serving {
    process: Process,
    address: SocketAddr,
}

impl Serving {
    fn start(folder: &Path, upstream: &Upstream) -> Result<Self> {
        let mut command = Command::new(binary("touchstone"));
        command
            .args(["serve", "--port", "0", "--rate-limit-per-minute", "0", "--log-level", "0"])
            .env("DATA_DIR", folder.join("data"))
            .env("HF_ENDPOINT", &upstream.hugging_face)
            .env("GITHUB_API_URL", &upstream.github)
            .stdout(Stdio::piped());
        let (process, said) = first_line(&mut command)?;
        let address = said.trim().rsplit("http://").next().unwrap_or_default().parse()?;
        Ok(Self { process, address })
    }

    /// Registers the model, waits for its rating, and gives its id.
    fn register(&self) -> Result<String> {
        let url = r#"{"url":"https://huggingface.co/bench/weights"}"#;
        let answer: serde_json::Value =
            serde_json::from_str(&post(self.address, "/artifact/model", url)?)?;
        let id = answer["metadata"]["id"].as_str().context("the model was not registered")?;
        get(self.address, &format!("/artifact/model/{id}/rate"))?;
        Ok(id.to_owned())
    }
}

/// nginx with its recommended settings for files.
struct Nginx {
    _process: Process,
    url: String,
}

impl Nginx {
    fn start(folder: &Path, www: &Path) -> Result<Self> {
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let config = folder.join("nginx.conf");
        let (folder_text, www) = (folder.display(), www.display());
        std::fs::write(
            &config,
            format!(
                "worker_processes auto;\ndaemon off;\npid {folder_text}/nginx.pid;\n\
                 error_log {folder_text}/nginx.log;\nevents {{ worker_connections 1024; }}\n\
                 http {{ access_log off; sendfile on; tcp_nopush on; tcp_nodelay on;\n\
                 server {{ listen 127.0.0.1:{port}; root {www}; }} }}\n"
            ),
        )?;
        let mut command = Command::new("nginx");
        let child = command.arg("-c").arg(&config).arg("-p").arg(folder).spawn()?;
        let nginx = Self {
            _process: Process(child),
            url: format!("http://127.0.0.1:{port}/model.safetensors"),
        };
        for _ in 0..100 {
            if TcpStream::connect(("127.0.0.1", port)).is_ok() {
                return Ok(nginx);
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        bail!("nginx does not listen")
    }
}

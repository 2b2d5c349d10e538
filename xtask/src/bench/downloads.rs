//! A hundred downloads at the same time, beside nginx with the same file from the same disk.

use super::Bench;
use super::figures::{Figure, median};
use super::registry::{Process, Registry, empty_folder};
use super::upstream::Upstream;
use super::wrk::load;
use anyhow::{Result, bail};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::Command;
use std::time::Duration;

/// The file's size: 26 MB.
const FILE_BYTES: u64 = 26_000_000;
const CONNECTIONS: u32 = 100;

pub(crate) fn measure(bench: &Bench) -> Result<Vec<Figure>> {
    let folder = empty_folder("downloads")?;
    let upstream = Upstream::start(&["--weights-bytes", &FILE_BYTES.to_string()])?;
    let registry = Registry::start_over(&folder.join("data"), &upstream)?;
    let id = registry.register_model("bench/weights")?;
    registry.rating(&id)?;
    let bundle = registry.url(&format!("/artifacts/model/{id}/download"));
    let file = format!("{bundle}?file=model.safetensors");
    let nginx = Nginx::start(&folder)?;
    let (mut of_file, mut of_bundle, mut rates, mut peaks) =
        (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for _ in 0..bench.rounds {
        let throughput = |url: &str| load(url, CONNECTIONS, bench.seconds, None);
        let peer = throughput(&nginx.url)?.megabytes_per_second;
        let ours = throughput(&file)?.megabytes_per_second;
        of_file.push(100.0 * ours / peer);
        rates.push(ours);
        of_bundle.push(100.0 * throughput(&bundle)?.megabytes_per_second / peer);
        peaks.push(registry.process.peak_megabytes());
    }
    let how = format!("one file, {:.0} MB/s here", median(&rates));
    Ok(vec![
        Figure::at_least("100 downloads of 26 MB beside nginx", 80.0, "%", of_file).how(how),
        Figure::at_least("the same as a ZIP bundle", 80.0, "%", of_bundle)
            .how("beside nginx with the bare file"),
        Figure::at_most("memory throughout", 80.0, "MB", peaks).how("the most ever resident"),
    ])
}

/// nginx with its recommended settings for files.
struct Nginx {
    _process: Process,
    url: String,
}

impl Nginx {
    /// Serves a file of the size from this folder.
    fn start(folder: &Path) -> Result<Self> {
        let www = folder.join("www");
        std::fs::create_dir_all(&www)?;
        let bytes = vec![7_u8; usize::try_from(FILE_BYTES)?];
        std::fs::write(www.join("model.safetensors"), bytes)?;
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let config = folder.join("nginx.conf");
        std::fs::write(&config, settings(folder, &www, port))?;
        let mut command = Command::new("nginx");
        let child = command.arg("-c").arg(&config).arg("-p").arg(folder).spawn()?;
        let url = format!("http://127.0.0.1:{port}/model.safetensors");
        let nginx = Self { _process: Process(child), url };
        for _ in 0..100 {
            if TcpStream::connect(("127.0.0.1", port)).is_ok() {
                return Ok(nginx);
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        bail!("nginx does not listen")
    }
}

fn settings(folder: &Path, www: &Path, port: u16) -> String {
    let (folder, www) = (folder.display(), www.display());
    format!(
        "worker_processes auto;\ndaemon off;\npid {folder}/nginx.pid;\n\
         error_log {folder}/nginx.log;\nevents {{ worker_connections 1024; }}\n\
         http {{ access_log off; sendfile on; tcp_nopush on; tcp_nodelay on;\n\
         server {{ listen 127.0.0.1:{port}; root {www}; }} }}\n"
    )
}

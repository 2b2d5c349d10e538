//! `touchstone serve`.

use super::Context;
use crate::settings::ServerOptions;
use crate::{telemetry, wiring};
use anyhow::{Context as _, Result};
use clap::Args;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio_util::sync::CancellationToken;
use touchstone_registry::Registry;

/// How long ingests may take to reach a place where they can stop.
const WORKER_GRACE: Duration = Duration::from_secs(10);

/// Start the registry
#[derive(Args, Debug)]
pub(crate) struct Serve {
    #[command(flatten)]
    server: ServerOptions,
}

impl Serve {
    pub(crate) async fn run(self, context: Context) -> Result<()> {
        let log = telemetry::start(&context.settings)?;
        let settings = self.server.settings(log)?;
        let bind = self.server.bind();
        let listener =
            TcpListener::bind(bind).await.with_context(|| format!("cannot listen on {bind}"))?;
        let registry = wiring::open(&context.settings).await?;
        let address = listener.local_addr()?;
        println!("Touchstone {} on http://{address}", env!("CARGO_PKG_VERSION"));
        if !address.ip().is_loopback() {
            println!("There is no sign-in: anyone who reaches {address} may write.");
        }
        let stop = CancellationToken::new();
        stop_on_signal(&stop)?;
        tokio::spawn(say_unreachable(registry.clone()));
        let workers = tokio::spawn({
            let (registry, stop) = (registry.clone(), stop.clone());
            async move { registry.run_workers(stop, WORKER_GRACE).await }
        });
        touchstone_server::serve(listener, registry.clone(), settings, stop).await?;
        workers.await.context("the workers ended badly")?;
        registry.close().await;
        Ok(())
    }
}

/// Ends on the signals that service managers and terminals send; a second one ends at once.
fn stop_on_signal(stop: &CancellationToken) -> Result<()> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    let stop = stop.clone();
    tokio::spawn(async move {
        tokio::select! { _ = terminate.recv() => {}, _ = interrupt.recv() => {} }
        stop.cancel();
        tokio::select! { _ = terminate.recv() => {}, _ = interrupt.recv() => {} }
        std::process::exit(1);
    });
    Ok(())
}

/// One line for each upstream that does not answer, so that nobody wonders later.
async fn say_unreachable(registry: Registry) {
    for component in registry.component_health().await {
        let upstream = matches!(component.id, "hugging-face" | "github");
        if let Some(issue) = component.issues.first().filter(|_| upstream) {
            println!(
                "{} cannot be used now ({}); `cargo xtask serve --demo` shows the registry on \
                 local upstreams.",
                component.display_name,
                issue.summary.trim_end_matches('.')
            );
        }
    }
}

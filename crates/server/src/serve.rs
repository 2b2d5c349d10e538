//! Listening: connections with time-outs and a limit on their number, and an end that lets requests
//! finish.

use crate::settings::ServerSettings;
use axum::Router;
use axum::extract::{ConnectInfo, Request};
use hyper::body::Incoming;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use touchstone_registry::Registry;
use tower::ServiceExt as _;

/// Connections at the same time; more wait to be accepted.
const MAX_CONNECTIONS: usize = 4096;

/// How long a client may take to send a request's head; idle connections are closed after it too.
const HEADER_READ_TIMEOUT: Duration = Duration::from_secs(30);

/// What a connection holds of a response, and the longest head of a request that is read. With
/// hyper's default of 400 kB a hundred downloads to slow clients hold 40 MB.
const CONNECTION_BUFFER_BYTES: usize = 64 * 1024;

/// How long requests under way may take to finish once the end is near.
const GRACE: Duration = Duration::from_secs(10);

/// Serves the registry until `stop`, then takes no more connections and gives requests under way
/// ten seconds to finish.
///
/// # Errors
/// Where the listener's address cannot be read.
pub async fn serve(
    listener: TcpListener,
    registry: Registry,
    settings: ServerSettings,
    stop: CancellationToken,
) -> std::io::Result<()> {
    let settings = ServerSettings { bind: listener.local_addr()?, ..settings };
    let router = crate::router(registry, settings);
    let slots = Arc::new(Semaphore::new(MAX_CONNECTIONS));
    let connections = TaskTracker::new();
    loop {
        let Ok(slot) = Arc::clone(&slots).acquire_owned().await else { break };
        let (stream, peer) = tokio::select! {
            () = stop.cancelled() => break,
            accepted = accept(&listener) => accepted,
        };
        let connection = converse(stream, peer, router.clone(), stop.clone());
        connections.spawn(async move {
            connection.await;
            drop(slot);
        });
    }
    drop(listener);
    connections.close();
    if tokio::time::timeout(GRACE, connections.wait()).await.is_err() {
        tracing::warn!(open = connections.len(), "requests did not finish in time");
    }
    Ok(())
}

/// The next connection. A failure is of one connection, or of a limit that passes: out of file
/// descriptors, say.
async fn accept(listener: &TcpListener) -> (TcpStream, SocketAddr) {
    loop {
        match listener.accept().await {
            Ok(accepted) => return accepted,
            Err(error) => {
                tracing::warn!(%error, "a connection could not be accepted");
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        }
    }
}

/// Answers one connection's requests.
async fn converse(stream: TcpStream, peer: SocketAddr, router: Router, stop: CancellationToken) {
    // Small answers should not wait for the acknowledgement of earlier ones.
    let _ = stream.set_nodelay(true);
    let service = hyper::service::service_fn(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(ConnectInfo(peer));
        router.clone().oneshot(request)
    });
    let mut builder = Builder::new(TokioExecutor::new());
    builder
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(HEADER_READ_TIMEOUT)
        .max_buf_size(CONNECTION_BUFFER_BYTES);
    builder.http2().timer(TokioTimer::new()).max_concurrent_streams(128);
    let connection = builder.serve_connection(TokioIo::new(stream), service);
    tokio::pin!(connection);
    let ended = tokio::select! {
        ended = connection.as_mut() => ended,
        () = stop.cancelled() => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(error) = ended {
        tracing::debug!(%peer, error, "a connection broke");
    }
}

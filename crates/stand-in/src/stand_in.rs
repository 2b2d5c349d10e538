//! The running server.

use crate::fault::{Fault, Plan};
use crate::github::{self, CodeRepository};
use crate::hub::{self, Kind, Owner, Repository};
use crate::pattern;
use crate::reply;
use crate::request_log::{LoggedRequest, RequestLog};
use crate::world::World;
use axum::Router;
use axum::body::{Body, HttpBody};
use axum::extract::State;
use axum::http::request::Parts;
use axum::http::{Method, Request, StatusCode};
use axum::response::Response;
use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;
use tokio::runtime::Runtime;

/// No request that either upstream is sent has a larger body.
const LARGEST_BODY_BYTES: usize = 1 << 20;

/// Both upstreams, served from this process until dropped.
#[derive(Debug)]
pub struct StandIn {
    runtime: Option<Runtime>,
    address: SocketAddr,
    shared: Arc<Shared>,
}

#[derive(Debug, Default)]
struct Shared {
    world: RwLock<Arc<World>>,
    options: RwLock<Options>,
    plan: Plan,
    log: RequestLog,
}

/// How everything is served.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Options {
    pub(crate) latency: Duration,
    pub(crate) redirect_small_files: bool,
    pub(crate) redirect_large_files: bool,
    pub(crate) tree_page_entries: Option<usize>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            latency: Duration::ZERO,
            redirect_small_files: false,
            redirect_large_files: true,
            tree_page_entries: None,
        }
    }
}

/// What can be put into a stand-in.
pub trait Addable {
    /// Puts it there.
    fn add_to(self, stand_in: &StandIn);
}

impl Addable for Repository {
    fn add_to(self, stand_in: &StandIn) {
        stand_in.change(|world| world.shelf.add(self));
    }
}

impl Addable for CodeRepository {
    fn add_to(self, stand_in: &StandIn) {
        stand_in.change(|world| world.forge.add(self));
    }
}

impl StandIn {
    /// Starts on a free port of 127.0.0.1.
    ///
    /// # Panics
    /// When the machine has no free port or thread: no test can go on then.
    #[must_use]
    #[expect(clippy::expect_used, reason = "a test cannot go on without its upstreams")]
    pub fn start() -> Self {
        Self::start_at(0).expect("loopback has a free port")
    }

    /// Starts on this port of 127.0.0.1; 0 picks a free one.
    ///
    /// # Errors
    /// When the port is taken or no thread can be had.
    pub fn start_at(port: u16) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        let shared = Arc::new(Shared::default());
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .thread_name("stand-in")
            .enable_all()
            .build()?;
        let router = Router::new().fallback(answer).with_state(Arc::clone(&shared));
        let listener = {
            let _inside = runtime.enter();
            tokio::net::TcpListener::from_std(listener)?
        };
        runtime.spawn(async move { axum::serve(listener, router).await });
        Ok(Self { runtime: Some(runtime), address, shared })
    }

    /// The Hub's address, for `HF_ENDPOINT`.
    #[must_use]
    pub fn hugging_face_url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The address of GitHub's REST interface, for `GITHUB_API_URL`; GraphQL is under `/graphql`.
    #[must_use]
    pub fn github_url(&self) -> String {
        format!("http://{}/github", self.address)
    }

    /// Puts a repository there; one of the same name becomes its newest commit.
    pub fn add(&self, addable: impl Addable) {
        addable.add_to(self);
    }

    /// Says that a namespace of the Hub is an organisation with this many members. Unsaid, the
    /// owner of a repository is one person.
    pub fn organization(&self, name: &str, members: u32) {
        self.change(|world| world.shelf.set_owner(name, Owner::Organization { members }));
    }

    /// Takes a repository away from the Hub.
    pub fn remove(&self, kind: Kind, id: &str) {
        self.change(|world| world.shelf.remove(kind, id));
    }

    /// Gives a repository of the Hub a new name; the old one redirects.
    pub fn rename(&self, kind: Kind, old: &str, new: &str) {
        self.change(|world| world.shelf.rename(kind, old, new));
    }

    /// Takes a repository away from GitHub.
    pub fn remove_code(&self, name: &str) {
        self.change(|world| world.forge.remove(name));
    }

    /// Gives a repository on GitHub a new name; the old one redirects to its number.
    pub fn rename_code(&self, old: &str, new: &str) {
        self.change(|world| world.forge.rename(old, new));
    }

    /// Delays every answer by this much, as a distant upstream does.
    pub fn set_latency(&self, latency: Duration) {
        self.set(|options| options.latency = latency);
    }

    /// Whether small files are answered with the Hub's relative 307; off at the start.
    pub fn redirect_small_files(&self, redirect: bool) {
        self.set(|options| options.redirect_small_files = redirect);
    }

    /// Whether large files are answered with a 302 to their storage; on at the start.
    pub fn redirect_large_files(&self, redirect: bool) {
        self.set(|options| options.redirect_large_files = redirect);
    }

    /// How many entries a page of a file tree has, instead of the Hub's 1000 or 50.
    pub fn tree_page_entries(&self, entries: usize) {
        self.set(|options| options.tree_page_entries = Some(entries));
    }

    /// Switches a fault on for every path that matches `pattern`, where `*` is any run of
    /// characters; GitHub's paths begin with `/github`. The fault switched on first wins.
    pub fn fault(&self, pattern: &str, fault: Fault) {
        self.shared.plan.add(pattern, fault, None);
    }

    /// Switches a fault on for the next `times` requests that match; all is well afterwards.
    pub fn fault_times(&self, pattern: &str, fault: Fault, times: usize) {
        self.shared.plan.add(pattern, fault, Some(times));
    }

    /// Switches all faults off.
    pub fn clear_faults(&self) {
        self.shared.plan.clear();
    }

    /// Every request so far, in the order of arrival.
    #[must_use]
    pub fn requests(&self) -> Vec<LoggedRequest> {
        self.shared.log.all()
    }

    /// How many requests had a path that matches `pattern`, where `*` is any run of characters.
    #[must_use]
    pub fn count_of(&self, pattern: &str) -> usize {
        let matching = |request: &&LoggedRequest| pattern::matches(pattern, &request.path);
        self.shared.log.all().iter().filter(matching).count()
    }

    /// Forgets the requests so far.
    pub fn forget_requests(&self) {
        self.shared.log.clear();
    }

    fn change(&self, change: impl FnOnce(&mut World)) {
        let mut world = self.shared.world.write().unwrap_or_else(PoisonError::into_inner);
        change(Arc::make_mut(&mut world));
    }

    fn set(&self, change: impl FnOnce(&mut Options)) {
        change(&mut self.shared.options.write().unwrap_or_else(PoisonError::into_inner));
    }
}

impl Drop for StandIn {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            // Waiting for the threads is not allowed where another runtime runs, as in most tests.
            runtime.shutdown_background();
        }
    }
}

async fn answer(State(shared): State<Arc<Shared>>, request: Request<Body>) -> Response {
    let (parts, body) = request.into_parts();
    let number = shared.log.record(&parts);
    let latency = shared.options.read().unwrap_or_else(PoisonError::into_inner).latency;
    if !latency.is_zero() {
        tokio::time::sleep(latency).await;
    }
    let fault = shared.plan.strike(parts.uri.path());
    let instead = match &fault {
        Some(fault) => fault.instead().await,
        None => None,
    };
    let mut response = match instead {
        Some(response) => response,
        None => right_answer(&shared, &parts, body).await,
    };
    if let Some(fault) = fault {
        response = fault.spoil(response);
    }
    if parts.method == Method::HEAD {
        discard_body(&mut response);
    }
    reply::put(&mut response, "x-request-id", &format!("stand-in-{number}"));
    response
}

async fn right_answer(shared: &Shared, parts: &Parts, body: Body) -> Response {
    let Ok(body) = axum::body::to_bytes(body, LARGEST_BODY_BYTES).await else {
        return reply::empty(StatusCode::PAYLOAD_TOO_LARGE);
    };
    let options = *shared.options.read().unwrap_or_else(PoisonError::into_inner);
    let world = Arc::clone(&shared.world.read().unwrap_or_else(PoisonError::into_inner));
    let (path, headers) = (parts.uri.path(), &parts.headers);
    let query = parts.uri.query().unwrap_or_default();
    if let Some(path) = path.strip_prefix("/github") {
        return github::Call { forge: &world.forge, path, query, headers, body }.answer();
    }
    hub::Call { shelf: &world.shelf, options, path, query, headers, body }.answer().await
}

/// What a `HEAD` gets: the length stays as for `GET`, the bytes are never made.
fn discard_body(response: &mut Response) {
    let length = response.body().size_hint().exact();
    if let Some(length) = length.filter(|_| !response.headers().contains_key("content-length")) {
        reply::put(response, "content-length", &length.to_string());
    }
    *response.body_mut() = Body::empty();
}

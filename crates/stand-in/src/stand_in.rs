//! The running server.

use crate::fault::Fault;
use crate::github::CodeRepository;
use crate::hub::{Kind, Owner, Repository};
use crate::options::Options;
use crate::pattern;
use crate::request_log::LoggedRequest;
use crate::serving::{self, Shared};
use crate::world::World;
use axum::Router;
use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::sync::{Arc, PoisonError};
use std::time::Duration;
use tokio::runtime::Runtime;

/// Both upstreams, served from this process until dropped.
#[derive(Debug)]
pub struct StandIn {
    runtime: Option<Runtime>,
    address: SocketAddr,
    shared: Arc<Shared>,
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
        let router = Router::new().fallback(serving::answer).with_state(Arc::clone(&shared));
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

    /// Offers `count` small models, `synthetic/model-00000` and on, and as many data sets,
    /// `synthetic/dataset-00000` and on. They are made when asked for and stand in no listing,
    /// so any number of them costs nothing.
    pub fn synthetic(&self, count: usize) {
        self.change(|world| world.shelf.set_synthetic(count));
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

    /// Where large files are redirected to instead of to this server: the address of another
    /// stand-in that holds the same repositories, say, so that storage is another origin.
    pub fn storage_at(&self, origin: &str) {
        self.set(|options| options.storage_origin = Some(origin.to_owned()));
    }

    /// How many entries a page of a file tree has, instead of the Hub's 1000 or 50.
    pub fn tree_page_entries(&self, entries: usize) {
        self.set(|options| options.tree_page_entries = Some(entries));
    }

    /// Switches a fault on for every path that matches `pattern`, where `*` is any run of
    /// characters, a method may stand before (`GET *.json`), and GitHub's paths begin with
    /// `/github`. The fault switched on first wins.
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

    /// How many requests matched `pattern`, written as for [`Self::fault`].
    #[must_use]
    pub fn count_of(&self, pattern: &str) -> usize {
        let matching = |request: &&LoggedRequest| {
            pattern::matches_request(pattern, &request.method, &request.path)
        };
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

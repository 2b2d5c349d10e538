//! A process that is killed while it writes loses nothing that it was told is written.

#![expect(clippy::unwrap_used, reason = "a test stops where something is wrong")]

use std::collections::BTreeSet;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;
use touchstone_domain::audit::{AuditAction, AuditEntry, Caller};
use touchstone_domain::catalog::Labels;
use touchstone_domain::job::{Job, JobState, Progress};
use touchstone_domain::source::HubKind;
use touchstone_domain::{
    Artifact, ArtifactId, ArtifactStatus, ArtifactType, Manifest, PageRequest, Revision,
    RevisionId, RevisionState, Source, Timestamp,
};
use touchstone_store::{
    ListQuery, NewArtifact, Publication, SearchPattern, Store, StoreSettings, open,
};

const DATABASE: &str = "TOUCHSTONE_CRASH_TEST_DATABASE";
const FIRST: &str = "TOUCHSTONE_CRASH_TEST_FIRST";
const ROUNDS: u32 = 8;
const WRITERS: usize = 8;
const LEASE: Duration = Duration::from_mins(1);

/// Runs itself as the process that writes, and kills it at a different moment each round.
#[test]
fn every_answered_write_is_there_after_a_kill() {
    if let Ok(path) = std::env::var(DATABASE) {
        let first = std::env::var(FIRST).unwrap().parse().unwrap();
        block_on(write_until_killed(Path::new(&path), first));
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("touchstone.db");
    let (mut registered, mut published) = (BTreeSet::new(), BTreeSet::new());
    for round in 0..ROUNDS {
        for line in lines_until_killed(&path, round * 100_000, 20 + 37 * round as usize) {
            match line.split_once(' ') {
                Some(("registered", number)) => registered.insert(number.parse().unwrap()),
                Some(("published", number)) => published.insert(number.parse().unwrap()),
                _ => continue,
            };
        }
        block_on(check(&path, &registered, &published));
    }
    assert!(registered.len() > 100 && published.len() > 50, "{}", published.len());
}

fn block_on<T>(work: impl Future<Output = T>) -> T {
    tokio::runtime::Runtime::new().unwrap().block_on(work)
}

/// What the writing process was told, up to its end by `kill -9` after so many answers.
fn lines_until_killed(path: &Path, first: u32, answers: usize) -> Vec<String> {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "every_answered_write_is_there_after_a_kill", "--nocapture"])
        .env(DATABASE, path)
        .env(FIRST, first.to_string())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut lines = Vec::new();
    for line in BufReader::new(child.stdout.take().unwrap()).lines() {
        lines.push(line.unwrap());
        if lines.len() == answers {
            child.kill().unwrap();
        }
    }
    assert!(!child.wait().unwrap().success());
    assert!(lines.len() >= answers, "the writing process ended early: {lines:?}");
    lines
}

async fn write_until_killed(path: &Path, first: u32) {
    let store = open_file(path).await;
    let next = Arc::new(AtomicU32::new(first));
    let writers = (0..WRITERS).map(|_| {
        let (store, next) = (Arc::clone(&store), Arc::clone(&next));
        tokio::spawn(async move {
            loop {
                let number = next.fetch_add(1, Ordering::Relaxed);
                store.register(new(number)).await.unwrap();
                tell("registered", number);
                let leased = store.lease(at(u32::MAX), LEASE).await.unwrap();
                if let Some((job, lease)) = leased {
                    let number = number_of(&job.artifact);
                    store.publish(&lease, publication(number)).await.unwrap();
                    tell("published", number);
                }
            }
        })
    });
    futures::future::join_all(writers).await;
}

fn tell(what: &str, number: u32) {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{what} {number}").and_then(|()| out.flush()).unwrap();
}

async fn check(path: &Path, registered: &BTreeSet<u32>, published: &BTreeSet<u32>) {
    let store = open_file(path).await;
    for number in registered {
        assert!(store.artifact(&id(*number)).await.unwrap().is_some(), "{number} is lost");
    }
    let mut page = PageRequest { limit: 1_000, ..PageRequest::first() };
    let mut ready = BTreeSet::new();
    loop {
        let found = store.list(&ListQuery::default(), &page).await.unwrap();
        for artifact in found.items {
            if check_whole(store.as_ref(), &artifact).await {
                ready.insert(number_of(&artifact.id));
            }
        }
        let Some(cursor) = found.next else { break };
        page.start = touchstone_domain::page::PageStart::After(cursor);
    }
    assert!(ready.is_superset(published), "a publication is lost");
    store.close().await;
}

/// Nothing is there by half: what was written together is there together.
async fn check_whole(store: &dyn Store, artifact: &Artifact) -> bool {
    let id = &artifact.id;
    let number = number_of(id);
    let is_ready = artifact.status == ArtifactStatus::Ready;
    let job = store.job(id).await.unwrap().unwrap();
    assert_eq!(job.state == JobState::Done, is_ready);
    let actions: Vec<_> =
        store.trail(id, 10).await.unwrap().into_iter().map(|line| line.action).collect();
    assert_eq!(actions.len(), 1 + usize::from(is_ready));
    assert_eq!(store.revision(&publication(number).revision.id).await.unwrap().is_some(), is_ready);
    let pattern = SearchPattern::parse(&format!("^readme of {number}$")).unwrap();
    let found = store.search(&pattern, &PageRequest::first(), LEASE).await.unwrap().unwrap();
    assert_eq!(found.items.len(), usize::from(is_ready));
    is_ready
}

async fn open_file(path: &Path) -> Arc<dyn Store> {
    open(&StoreSettings::Sqlite { path: PathBuf::from(path) }).await.unwrap()
}

fn at(second: u32) -> Timestamp {
    Timestamp::from_second(second.into()).unwrap()
}

fn id(number: u32) -> ArtifactId {
    format!("artifact-{number:010}").parse().unwrap()
}

fn number_of(id: &ArtifactId) -> u32 {
    id.as_str().trim_start_matches("artifact-").parse().unwrap()
}

fn source(number: u32) -> Source {
    let repository = format!("org/{number}");
    Source::HuggingFace { kind: HubKind::Model, repository, revision: None }
}

fn entry(number: u32, action: AuditAction) -> AuditEntry {
    AuditEntry {
        date: at(1),
        caller: Caller::registry(),
        action,
        artifact: id(number),
        name: "sample".parse().unwrap(),
        kind: ArtifactType::Model,
        detail: None,
    }
}

fn new(number: u32) -> NewArtifact {
    let source = source(number);
    let artifact = Artifact {
        id: id(number),
        kind: ArtifactType::Model,
        name: "sample".parse().unwrap(),
        url: source.page_url(),
        source,
        status: ArtifactStatus::Pending,
        current: None,
        created_at: at(1),
        updated_at: at(1),
    };
    let job = Job {
        artifact: id(number),
        generation: 1,
        state: JobState::Waiting,
        progress: Progress::queued(),
        attempts: 0,
        not_before: at(number),
        last_problem: None,
        asked_by: "somebody".to_owned(),
        created_at: at(1),
        updated_at: at(1),
    };
    NewArtifact { artifact, job, entry: entry(number, AuditAction::Create) }
}

fn publication(number: u32) -> Publication {
    let revision = Revision {
        id: RevisionId(format!("revision-{number:010}")),
        artifact: id(number),
        commit: format!("{number:040x}"),
        source: source(number),
        state: RevisionState::Published,
        manifest: Manifest::default(),
        created_at: at(1),
        published_at: at(2),
    };
    Publication {
        revision,
        facts: None,
        rating: None,
        healing: None,
        labels: Labels::default(),
        edges: Vec::new(),
        readme: Some(format!("readme of {number}")),
        entries: vec![entry(number, AuditAction::Update)],
        asked_by: "somebody".to_owned(),
    }
}

//! Fills a store with published data sets whose READMEs are 4 kB of plausible words: what
//! benchmarks start from. Prints how many a second it registered and published.
//! `fill FILE FIRST-NUMBER COUNT`
#![expect(clippy::print_stdout, reason = "it reports to a terminal")]

use std::fmt::Write as _;
use std::path::PathBuf;
use std::time::{Duration, Instant};
use touchstone_domain::audit::{AuditAction, AuditEntry, Caller};
use touchstone_domain::catalog::Labels;
use touchstone_domain::job::{Job, JobState, Progress};
use touchstone_domain::{
    Artifact, ArtifactId, ArtifactStatus, ArtifactType, Manifest, Revision, RevisionId,
    RevisionState, Source, Timestamp,
};
use touchstone_store::{NewArtifact, Publication, Store, StoreSettings, open};

const README_BYTES: usize = 4096;
const AT_ONCE: usize = 64;
/// Where made-up time begins: 2026-01-01.
const EPOCH_SECONDS: i64 = 1_767_225_600;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut words = std::env::args().skip(1);
    let path = PathBuf::from(words.next().ok_or("which file?")?);
    let mut first: u64 = words.next().ok_or("from which number?")?.parse()?;
    let count: u64 = words.next().ok_or("how many?")?.parse()?;
    let store = open(&StoreSettings::Sqlite { path }).await?;
    let (begun, end) = (Instant::now(), first + count);
    while first < end {
        let last = end.min(first + AT_ONCE as u64);
        let registered = (first..last).map(|number| register(store.as_ref(), number));
        futures::future::try_join_all(registered).await?;
        let published = (first..last).map(|_| publish(store.as_ref()));
        futures::future::try_join_all(published).await?;
        first = last;
    }
    println!("{:.1}", count as f64 / begun.elapsed().as_secs_f64());
    store.close().await;
    Ok(())
}

fn moment(number: u64) -> Result<Timestamp, Box<dyn std::error::Error>> {
    let milliseconds = i64::try_from(number)?;
    Ok(Timestamp::from_millisecond(EPOCH_SECONDS * 1000 + milliseconds)?)
}

async fn register(store: &dyn Store, number: u64) -> Result<(), Box<dyn std::error::Error>> {
    let now = moment(number)?;
    let url = format!("https://huggingface.co/datasets/meadow/data-{number}");
    let source = Source::parse(&url, ArtifactType::Dataset)?;
    let artifact = Artifact {
        id: ArtifactId::new(now),
        kind: ArtifactType::Dataset,
        name: source.default_name().parse()?,
        url,
        source,
        status: ArtifactStatus::Pending,
        current: None,
        created_at: now,
        updated_at: now,
    };
    let job = Job {
        artifact: artifact.id.clone(),
        generation: 1,
        state: JobState::Waiting,
        progress: Progress::queued(),
        attempts: 0,
        not_before: now,
        last_problem: None,
        asked_by: "bench".to_owned(),
        created_at: now,
        updated_at: now,
    };
    let entry = AuditEntry {
        date: now,
        caller: Caller::registry(),
        action: AuditAction::Create,
        artifact: artifact.id.clone(),
        name: artifact.name.clone(),
        kind: artifact.kind,
        detail: None,
    };
    Ok(store.register(NewArtifact { artifact, job, entry }).await?)
}

async fn publish(store: &dyn Store) -> Result<(), Box<dyn std::error::Error>> {
    let now = Timestamp::from_second(EPOCH_SECONDS + 10_000_000)?;
    let (job, lease) = store
        .lease(now, Duration::from_mins(1))
        .await?
        .ok_or("a job that was just queued is due")?;
    let artifact = store.artifact(&job.artifact).await?.ok_or("a registered artifact is there")?;
    let number: u64 =
        artifact.name.as_str().rsplit('-').next().unwrap_or_default().parse().unwrap_or_default();
    let revision = Revision {
        id: RevisionId::new(now),
        artifact: artifact.id.clone(),
        commit: format!("{number:040x}"),
        source: artifact.source.clone(),
        state: RevisionState::Published,
        manifest: Manifest::default(),
        created_at: now,
        published_at: now,
    };
    let publication = Publication {
        revision,
        facts: None,
        rating: None,
        healing: None,
        labels: Labels::default(),
        edges: Vec::new(),
        readme: Some(readme(number)),
        entries: Vec::new(),
        asked_by: "bench".to_owned(),
    };
    Ok(store.publish(&lease, publication).await?)
}

/// Words made of syllables, drawn by a linear congruential generator (Knuth's MMIX constants), and
/// one word that only this README has.
fn readme(number: u64) -> String {
    const SYLLABLES: [&str; 32] = [
        "ka", "to", "mi", "ra", "ne", "so", "li", "du", "pe", "va", "gu", "fi", "bo", "ze", "cha",
        "tri", "sta", "lor", "ment", "ing", "ous", "ter", "con", "pre", "dis", "al", "er", "tion",
        "qua", "ble", "sh", "or",
    ];
    let mut state = number.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
    let mut draw = |most: usize| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap_or_default() % most
    };
    let mut text = format!("# Data {number}\n\nunique{number:08}x\n\n");
    while text.len() < README_BYTES {
        for _ in 0..=draw(3) {
            text.push_str(SYLLABLES[draw(SYLLABLES.len())]);
        }
        text.push(if draw(12) == 0 { '\n' } else { ' ' });
    }
    let _ = write!(text, "\n{number}");
    text
}

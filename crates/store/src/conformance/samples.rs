//! Small artifacts, jobs and publications to make promises about.

use crate::contract::{NewArtifact, Publication, Store};
use crate::ratings::RatingRecord;
use std::sync::Arc;
use std::time::Duration;
use touchstone_domain::audit::{AuditAction, AuditEntry, Caller};
use touchstone_domain::catalog::Labels;
use touchstone_domain::facts::ModelFacts;
use touchstone_domain::job::{Job, JobState, Lease, Progress};
use touchstone_domain::lineage::{Edge, Provenance, Relation, Statement};
use touchstone_domain::rating::{MetricScore, RatingLatency, SizeScores};
use touchstone_domain::source::HubKind;
use touchstone_domain::{
    Artifact, ArtifactId, ArtifactStatus, ArtifactType, Edition, Evidence, Fact, Facts, FileEntry,
    FileHolding, Manifest, Metric, Missing, Rating, Revision, RevisionId, RevisionState, Sha256,
    Source, Timestamp,
};

/// What every promise is made about.
pub(super) type AnyStore = Arc<dyn Store>;

pub(super) const LEASE: Duration = Duration::from_mins(1);

pub(super) fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_700_000_000 + second).unwrap()
}

/// Ids sort by their number, as real ones do by the time of their creation.
pub(super) fn id(number: u32) -> ArtifactId {
    format!("01900000-0000-7000-8000-{number:012}").parse().unwrap()
}

pub(super) fn source(name: &str) -> Source {
    Source::HuggingFace { kind: HubKind::Model, repository: format!("org/{name}"), revision: None }
}

pub(super) fn canonical(name: &str) -> String {
    source(name).canonical()
}

pub(super) fn entry(number: u32, action: AuditAction, second: i64) -> AuditEntry {
    AuditEntry {
        date: at(second),
        caller: Caller::registry(),
        action,
        artifact: id(number),
        name: "sample".parse().unwrap(),
        kind: ArtifactType::Model,
        detail: None,
    }
}

pub(super) fn job(number: u32) -> Job {
    Job {
        artifact: id(number),
        generation: 1,
        state: JobState::Waiting,
        progress: Progress::queued(),
        attempts: 0,
        not_before: at(number.into()),
        last_problem: None,
        asked_by: "somebody".to_owned(),
        created_at: at(number.into()),
        updated_at: at(number.into()),
    }
}

pub(super) fn new(number: u32, kind: ArtifactType, name: &str) -> NewArtifact {
    let source = source(name);
    let artifact = Artifact {
        id: id(number),
        kind,
        name: name.parse().unwrap(),
        url: source.page_url(),
        source,
        status: ArtifactStatus::Pending,
        current: None,
        created_at: at(number.into()),
        updated_at: at(number.into()),
    };
    NewArtifact { artifact, job: job(number), entry: entry(number, AuditAction::Create, 0) }
}

/// Registers a model of this name.
pub(super) async fn register(store: &AnyStore, number: u32, name: &str) {
    store.register(new(number, ArtifactType::Model, name)).await.unwrap();
}

/// Registers models with names of their own.
pub(super) async fn register_many(store: &AnyStore, numbers: std::ops::Range<u32>) {
    for number in numbers {
        register(store, number, &format!("model-{number}")).await;
    }
}

/// Takes the one job that is due.
pub(super) async fn lease(store: &AnyStore, second: i64) -> Lease {
    store.lease(at(second), LEASE).await.unwrap().unwrap().1
}

pub(super) fn sha256(number: u32) -> Sha256 {
    format!("{number:064x}").parse().unwrap()
}

pub(super) fn stored(path: &str, blob: u32) -> FileEntry {
    FileEntry {
        path: path.to_owned(),
        size_bytes: u64::from(blob),
        git_sha1: Some(format!("{blob:040x}")),
        holding: FileHolding::Stored { sha256: sha256(blob), crc32: blob },
    }
}

pub(super) fn revision_id(number: u32) -> RevisionId {
    RevisionId(format!("01900000-0000-7000-9000-{number:012}"))
}

pub(super) fn edge(parent: &str) -> Edge {
    Edge {
        parent: canonical(parent),
        parent_kind: ArtifactType::Model,
        relation: Relation::Finetune,
        statements: [Provenance::HubTree, Provenance::Card]
            .map(|stated_in| Statement { stated_in, relation: Relation::Finetune })
            .to_vec(),
    }
}

/// A publication of revision `number`, of a commit of its own, for an artifact of this name.
pub(super) fn publication(artifact: u32, name: &str, number: u32) -> Publication {
    let revision = Revision {
        id: revision_id(number),
        artifact: id(artifact),
        commit: format!("{number:040x}"),
        source: source(name),
        state: RevisionState::Published,
        manifest: Manifest::new(vec![stored("config.json", number)]),
        created_at: at(number.into()),
        published_at: at(i64::from(number) + 1),
    };
    Publication {
        revision,
        facts: None,
        rating: None,
        healing: None,
        labels: Labels::default(),
        edges: Vec::new(),
        readme: None,
        entries: Vec::new(),
        asked_by: "somebody".to_owned(),
    }
}

/// Registers a model, takes its job and publishes what the caller makes of a plain publication.
pub(super) async fn publish(
    store: &AnyStore,
    artifact: u32,
    name: &str,
    change: impl FnOnce(&mut Publication),
) {
    register(store, artifact, name).await;
    let lease = lease(store, 10_000).await;
    let mut publication = publication(artifact, name, artifact);
    change(&mut publication);
    store.publish(&lease, publication).await.unwrap();
}

pub(super) fn facts(name: &str) -> Facts {
    let nowhere = || format!("https://huggingface.co/org/{name}");
    Facts {
        collected_at: at(5),
        completed_at: None,
        model: ModelFacts {
            source: source(name),
            commit: "a".repeat(40),
            renamed_from: None,
            info: Fact::missing(nowhere(), Missing::RateLimited { until: at(9) }),
            files: Fact::known(nowhere(), Vec::new()),
            card: Fact::missing(nowhere(), Missing::Absent),
            config: Fact::missing(nowhere(), Missing::Forbidden),
            adapter_config: Fact::missing(nowhere(), Missing::Absent),
            license_file: Fact::missing(nowhere(), Missing::TooLarge),
            documents: Vec::new(),
            unread: Vec::new(),
            history: Fact::missing(nowhere(), Missing::NotAsked),
            owner: Fact::missing(nowhere(), Missing::Failed { detail: "it hung".to_owned() }),
            weight_headers: Vec::new(),
        },
        datasets: Vec::new(),
        repositories: Vec::new(),
        parents: Vec::new(),
        grade: None,
    }
}

pub(super) fn edition(version: u32) -> Edition {
    Edition::new(version, "oak")
}

pub(super) fn rating(net_score: f64) -> RatingRecord {
    let metrics = Metric::ALL.map(|metric| MetricScore {
        metric,
        score: net_score / 3.0,
        counted: net_score / 7.0,
        weight: 1.0 / 11.0,
        applies: true,
        coverage: 0.1 + 0.2,
        evidence: vec![Evidence {
            criterion: "stated".to_owned(),
            observation: "there is a licence".to_owned(),
            seen_at: None,
            points: 1.0,
            of: 3.0,
            because: "it decides the use".to_owned(),
            unavailable: false,
        }],
    });
    let rating = Rating {
        scoring_version: 1,
        collected_at: at(5),
        net_score,
        category: "unknown".to_owned(),
        metrics: metrics.into(),
        size: SizeScores { raspberry_pi: 0.1, jetson_nano: 0.2, desktop_pc: 0.3, aws_server: 1.0 },
        coverage: 0.7,
        weakest: Metric::License,
        blocking: Vec::new(),
        provisional: vec!["the owner could not be asked".to_owned()],
    };
    let metric_seconds = [(Metric::License, 0.25)].into();
    let latency = RatingLatency { net_seconds: 1.5, metric_seconds };
    RatingRecord { edition: edition(1), rated_at: at(6), rating, latency }
}

//! The catalogue: artifacts with what lists show of them, narrowed down, searched and sorted.

use crate::extract::{ArtifactPath, Query};
use crate::openapi::timestamp;
use crate::problem::Problem;
use crate::state::App;
use crate::wire::ArtifactTypeWord;
use axum::Json;
use axum::extract::State;
use serde::Serialize;
use std::collections::BTreeMap;
use std::str::FromStr;
use touchstone_domain::catalog::{CatalogEntry, CatalogSummary, StatusWord};
use touchstone_domain::{
    ArtifactId, ArtifactName, ArtifactStatus, ArtifactType, Metric, Timestamp,
};
use touchstone_registry::{Bounds, CatalogKey, CatalogOrder, CatalogQuery, Counts, SearchPattern};
use utoipa::ToSchema;

/// A page of the catalogue.
#[derive(Serialize, ToSchema)]
pub(crate) struct CatalogPage {
    /// The entries, in the order that was asked for.
    items: Vec<CatalogItem>,
    /// What to pass as `cursor` for the next page; missing at the end.
    #[serde(skip_serializing_if = "Option::is_none")]
    next_cursor: Option<String>,
}

/// An artifact as the catalogue shows it.
#[derive(Serialize, ToSchema)]
pub(crate) struct CatalogItem {
    /// Its identity.
    #[schema(value_type = String)]
    id: ArtifactId,
    /// What people call it.
    #[schema(value_type = String)]
    name: ArtifactName,
    /// Model, data set or code.
    #[serde(rename = "type")]
    #[schema(value_type = ArtifactTypeWord)]
    kind: ArtifactType,
    /// Whether it can be used.
    status: CatalogStatus,
    /// Why it failed, where it did.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    /// Where it comes from.
    url: String,
    /// The licence as it was understood.
    license: Option<String>,
    /// The task.
    task: Option<String>,
    /// The library that loads it.
    library: Option<String>,
    /// Bytes of all its files.
    size_bytes: Option<u64>,
    /// The net score of a rated model.
    net_score: Option<f64>,
    /// The score of each metric of a rated model.
    #[schema(value_type = BTreeMap<String, f64>)]
    scores: BTreeMap<Metric, f64>,
    /// When it was registered.
    #[schema(schema_with = timestamp)]
    created_at: Timestamp,
}

/// Whether an artifact can be used.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
#[schema(rename_all = "lowercase")]
enum CatalogStatus {
    /// It is being ingested for the first time.
    Pending,
    /// It is served.
    Ready,
    /// Its first ingest failed.
    Failed,
}

/// The catalogue as a whole.
#[derive(Serialize, ToSchema)]
pub(crate) struct CatalogOverview {
    /// How many artifacts there are of each type.
    types: Vec<TypeCount>,
    /// How many rated models have a net score in each twentieth from 0 to 1.
    net_scores: [u64; CatalogSummary::BINS],
    /// The commonest licences.
    licenses: Vec<ValueCount>,
    /// The commonest tasks.
    tasks: Vec<ValueCount>,
    /// The commonest libraries.
    libraries: Vec<ValueCount>,
}

/// How many artifacts of a type there are.
#[derive(Serialize, ToSchema)]
pub(crate) struct TypeCount {
    /// Model, data set or code.
    #[serde(rename = "type")]
    #[schema(value_type = ArtifactTypeWord)]
    kind: ArtifactType,
    /// Being ingested for the first time.
    pending: u64,
    /// Served.
    ready: u64,
    /// Failed.
    failed: u64,
}

/// How often a value stands in the catalogue.
#[derive(Serialize, ToSchema)]
pub(crate) struct ValueCount {
    /// The value.
    value: String,
    /// How often.
    count: u64,
}

/// How the catalogue is sorted.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes the query parameter to readers of the document")]
enum CatalogSort {
    /// Oldest first.
    #[schema(rename = "created")]
    Created,
    /// Newest first.
    #[schema(rename = "-created")]
    CreatedDescending,
    /// By name, letter case ignored.
    #[schema(rename = "name")]
    Name,
    /// By name, backwards.
    #[schema(rename = "-name")]
    NameDescending,
    /// Lowest net score first, what is not rated before all.
    #[schema(rename = "net_score")]
    NetScore,
    /// Highest net score first.
    #[schema(rename = "-net_score")]
    NetScoreDescending,
    /// Smallest first.
    #[schema(rename = "size")]
    Size,
    /// Largest first.
    #[schema(rename = "-size")]
    SizeDescending,
}

/// A page of the catalogue. Lists of values may be repeated or separated by commas.
#[utoipa::path(
    get, path = "", operation_id = "browse_catalog", tag = "artifacts",
    params(
        ("q" = Option<String>, Query, description = "Words that must all be in the name or README."),
        ("regex" = Option<String>, Query, description = "A regular expression over names and READMEs, in place of words."),
        ("type" = Option<String>, Query, description = "Types."),
        ("status" = Option<String>, Query, description = "Statuses: pending, ready, failed."),
        ("license" = Option<String>, Query, description = "Licences, as the catalogue spells them."),
        ("task" = Option<String>, Query, description = "Tasks."),
        ("library" = Option<String>, Query, description = "Libraries."),
        ("size" = Option<String>, Query, description = "A range of bytes, such as `..2000000000`."),
        ("score" = Option<String>, Query, description = "A metric or net_score and a range, such as `license:1..` or `net_score:0.5..0.8`."),
        ("sort" = inline(Option<CatalogSort>), Query, description = "The order; `created` where nothing is said."),
        ("cursor" = Option<String>, Query, description = "The next_cursor of the page before."),
        ("limit" = Option<u64>, Query, minimum = 1, maximum = 1000, description = "How many at the most, 100 where nothing is said.")
    ),
    responses((status = 200, description = "A page.", body = CatalogPage))
)]
pub(crate) async fn browse(State(served): App, query: Query) -> Result<Json<CatalogPage>, Problem> {
    let limit = query.page()?.limit;
    let wanted = wanted(&query)?;
    let after = query.text(&["cursor"]).filter(|cursor| !cursor.is_empty());
    let page = served.registry.browse(&wanted, after, limit).await?;
    let items = page.items.into_iter().map(CatalogItem::from).collect();
    Ok(Json(CatalogPage { items, next_cursor: page.next }))
}

/// What the catalogue shows of one artifact, whatever its status.
#[utoipa::path(
    get, path = "", operation_id = "catalog_item", tag = "artifacts",
    responses((status = 200, description = "The entry.", body = CatalogItem))
)]
pub(crate) async fn item(
    State(served): App,
    ArtifactPath { kind, id }: ArtifactPath,
) -> Result<Json<CatalogItem>, Problem> {
    Ok(Json(served.registry.catalog_entry(kind, &id).await?.into()))
}

/// Counts over the whole catalogue.
#[utoipa::path(
    get, path = "", operation_id = "summarise_catalog", tag = "artifacts",
    responses((status = 200, description = "The counts.", body = CatalogOverview))
)]
pub(crate) async fn summary(State(served): App) -> Result<Json<CatalogOverview>, Problem> {
    let (summary, counts) = served.registry.catalog_summary().await?;
    Ok(Json(CatalogOverview::new(summary, counts)))
}

fn wanted(query: &Query) -> Result<CatalogQuery, Problem> {
    let texts = |name| query.words(name).map(str::to_owned).collect();
    let mut scores = BTreeMap::new();
    let mut net_score = Bounds::default();
    for condition in query.words("score") {
        let (metric, range) = condition.split_once(':').ok_or_else(not_a_score)?;
        if metric == "net_score" {
            net_score = bounds(range).ok_or_else(not_a_score)?;
        } else {
            let metric = Metric::ALL.into_iter().find(|one| one.as_str() == metric);
            let metric = metric.ok_or_else(not_a_score)?;
            scores.insert(metric, bounds(range).ok_or_else(not_a_score)?);
        }
    }
    Ok(CatalogQuery {
        pattern: pattern(query)?,
        kinds: query.words("type").map(str::parse).collect::<Result<_, _>>()?,
        statuses: query.words("status").map(status).collect::<Result<_, _>>()?,
        licenses: texts("license"),
        tasks: texts("task"),
        libraries: texts("library"),
        size_bytes: query.text(&["size"]).map_or(Ok(Bounds::default()), size)?,
        net_score,
        scores,
        order: order(query)?,
    })
}

fn pattern(query: &Query) -> Result<Option<SearchPattern>, Problem> {
    let said = |name| query.text(&[name]).filter(|text| !text.trim().is_empty());
    let pattern = match (said("q"), said("regex")) {
        (Some(_), Some(_)) => {
            let problem = "q and regex cannot be asked for together".to_owned();
            return Err(Problem::Invalid(problem));
        }
        (Some(text), None) => SearchPattern::words(text),
        (None, Some(regex)) => SearchPattern::parse(regex),
        (None, None) => return Ok(None),
    };
    pattern.map(Some).map_err(|error| Problem::Invalid(error.to_string()))
}

fn status(word: &str) -> Result<StatusWord, Problem> {
    match word {
        "pending" => Ok(StatusWord::Pending),
        "ready" => Ok(StatusWord::Ready),
        "failed" => Ok(StatusWord::Failed),
        _ => Err(Problem::Invalid("status must be pending, ready or failed".to_owned())),
    }
}

fn size(range: &str) -> Result<Bounds<u64>, Problem> {
    bounds(range).ok_or_else(|| {
        Problem::Invalid("size must be a range of bytes such as 1000000..2000000".to_owned())
    })
}

/// Reads `least..most`, either of which may be left out.
fn bounds<T: FromStr>(range: &str) -> Option<Bounds<T>> {
    let (least, most) = range.split_once("..")?;
    let end = |text: &str| if text.is_empty() { Some(None) } else { text.parse().ok().map(Some) };
    Some(Bounds { at_least: end(least)?, at_most: end(most)? })
}

fn not_a_score() -> Problem {
    Problem::Invalid(
        "score must be net_score or a metric with a range, such as license:0.5..1".to_owned(),
    )
}

fn order(query: &Query) -> Result<CatalogOrder, Problem> {
    let word = query.text(&["sort"]).unwrap_or("created");
    let (descending, word) = word.strip_prefix('-').map_or((false, word), |word| (true, word));
    let key = match word {
        "created" => CatalogKey::Created,
        "name" => CatalogKey::Name,
        "net_score" => CatalogKey::NetScore,
        "size" => CatalogKey::Size,
        _ => {
            return Err(Problem::Invalid(
                "sort must be created, name, net_score or size, with - before it to reverse it"
                    .to_owned(),
            ));
        }
    };
    Ok(CatalogOrder { key, descending })
}

impl From<CatalogEntry> for CatalogItem {
    fn from(entry: CatalogEntry) -> Self {
        let artifact = entry.artifact;
        let (status, reason) = match artifact.status {
            ArtifactStatus::Pending => (CatalogStatus::Pending, None),
            ArtifactStatus::Ready => (CatalogStatus::Ready, None),
            ArtifactStatus::Failed { reason } => (CatalogStatus::Failed, Some(reason)),
        };
        Self {
            id: artifact.id,
            name: artifact.name,
            kind: artifact.kind,
            status,
            reason,
            url: artifact.url,
            license: entry.labels.license,
            task: entry.labels.task,
            library: entry.labels.library,
            size_bytes: entry.size_bytes,
            net_score: entry.net_score,
            scores: entry.scores,
            created_at: artifact.created_at,
        }
    }
}

impl CatalogOverview {
    fn new(summary: CatalogSummary, counts: Counts) -> Self {
        let values = |counts: Vec<(String, u64)>| {
            counts.into_iter().map(|(value, count)| ValueCount { value, count }).collect()
        };
        let types = counts.by_type.into_iter();
        Self {
            types: types
                .map(|(kind, pending, ready, failed)| TypeCount { kind, pending, ready, failed })
                .collect(),
            net_scores: summary.net_scores,
            licenses: values(summary.licenses),
            tasks: values(summary.tasks),
            libraries: values(summary.libraries),
        }
    }
}

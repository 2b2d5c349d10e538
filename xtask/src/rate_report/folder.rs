//! Facts from a folder: what lies there is known, everything else was not asked for.

use anyhow::{Context, Result};
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use touchstone_domain::facts::{
    DatasetFacts, Document, HubInfo, ModelFacts, ParentFacts, RepositoryFacts,
};
use touchstone_domain::source::{HubKind, Source};
use touchstone_domain::{Fact, Facts, Missing, Timestamp};
use touchstone_rating::references;

/// The models of a folder by name, each with its facts.
pub(super) fn read(folder: &Path) -> Result<BTreeMap<String, Facts>> {
    let mut found = Found::default();
    found.look_into(folder, HubKind::Model)?;
    let models = found.models.iter();
    models.map(|(name, at)| Ok((name.clone(), found.facts(name, at)?))).collect()
}

/// Where the folder has what, by repository name.
#[derive(Default)]
struct Found {
    models: BTreeMap<String, PathBuf>,
    datasets: BTreeMap<String, PathBuf>,
}

impl Found {
    fn look_into(&mut self, folder: &Path, kind: HubKind) -> Result<()> {
        let entries = std::fs::read_dir(folder)
            .with_context(|| format!("cannot read {}", folder.display()))?;
        for entry in entries {
            let path = entry?.path();
            let file_name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let stem = file_name.strip_suffix(".md").unwrap_or(&file_name);
            let is_card = path.is_dir() || stem.len() < file_name.len();
            match stem.split_once("__").filter(|_| is_card) {
                Some((owner, name)) => {
                    let among = match kind {
                        HubKind::Dataset => &mut self.datasets,
                        _ => &mut self.models,
                    };
                    among.insert(format!("{owner}/{name}"), path);
                }
                None if path.is_dir() && stem == "datasets" => {
                    self.look_into(&path, HubKind::Dataset)?;
                }
                None if path.is_dir() => self.look_into(&path, kind)?,
                None => {}
            }
        }
        Ok(())
    }

    fn facts(&self, name: &str, at: &Path) -> Result<Facts> {
        if let Some(facts) = json(&at.join("facts.json"))? {
            return Ok(facts);
        }
        let model = model(name, at)?;
        let named = references(&model);
        let dataset = |named: touchstone_rating::Named| self.dataset(named);
        let given: Option<Vec<RepositoryFacts>> = json(&at.join("repositories.json"))?;
        let unknown = || named.repositories.into_iter().map(unknown_repository).collect();
        let parents = named.parents.into_iter().filter(|edge| edge.relation.is_model());
        let parent = |edge: touchstone_domain::lineage::Edge| {
            let is_it = |known: &str| source(HubKind::Model, known).canonical() == edge.parent;
            let at = self.models.iter().find(|(known, _)| is_it(known));
            Ok(ParentFacts {
                model: at.map(|(name, at)| model_boxed(name, at)).transpose()?,
                canonical: edge.parent,
                relation: edge.relation,
                statements: edge.statements,
                registered: None,
                parents: Vec::new(),
            })
        };
        Ok(Facts {
            collected_at: changed(&model.info),
            completed_at: None,
            datasets: named.datasets.into_iter().map(dataset).collect::<Result<_>>()?,
            repositories: given.unwrap_or_else(unknown),
            parents: parents.map(parent).collect::<Result<_>>()?,
            grade: None,
            model,
        })
    }

    /// A data set of the folder; its short name stands for one that has an owner today.
    fn dataset(&self, named: touchstone_rating::Named) -> Result<DatasetFacts> {
        let is_it = |known: &str| {
            known == named.name
                || known.split_once('/').is_some_and(|(_, short)| short == named.name)
        };
        let at = self.datasets.iter().find(|(known, _)| is_it(known));
        let (info, card) = match at {
            Some((name, at)) => {
                let page = page(HubKind::Dataset, name);
                let record = record(name, at)?.unwrap_or_else(|| bare(name));
                (Fact::known(page, record), card(HubKind::Dataset, name, at)?)
            }
            None => {
                (not_asked(HubKind::Dataset, &named.name), not_asked(HubKind::Dataset, &named.name))
            }
        };
        Ok(DatasetFacts { named_as: named.name, stated_in: named.stated_in, info, card })
    }
}

fn model_boxed(name: &str, at: &Path) -> Result<Box<ModelFacts>> {
    model(name, at).map(Box::new)
}

fn model(name: &str, at: &Path) -> Result<ModelFacts> {
    let kind = HubKind::Model;
    let page = page(kind, name);
    let listing = json(&at.join("files.json"))?;
    Ok(ModelFacts {
        source: source(kind, name),
        commit: "main".to_owned(),
        renamed_from: None,
        info: record(name, at)?.map_or_else(|| not_asked(kind, name), |it| Fact::known(&page, it)),
        files: listing.map_or_else(|| not_asked(kind, name), |it| Fact::known(&page, it)),
        card: card(kind, name, at)?,
        config: document(kind, name, at, "config.json"),
        adapter_config: document(kind, name, at, "adapter_config.json"),
        license_file: document(kind, name, at, "LICENSE"),
        documents: Vec::new(),
        unread: Vec::new(),
        history: not_asked(kind, name),
        owner: not_asked(kind, name),
        weight_headers: Vec::new(),
    })
}

fn unknown_repository(named: touchstone_rating::Named) -> RepositoryFacts {
    let page = format!("https://github.com/{}", named.name);
    let unknown = || Missing::NotAsked;
    RepositoryFacts {
        named_as: named.name,
        stated_in: named.stated_in,
        info: Fact::missing(&page, unknown()),
        contributors: Fact::missing(&page, unknown()),
        tree: Fact::missing(&page, unknown()),
        reviews: Fact::missing(&page, unknown()),
        readme: Fact::missing(&page, unknown()),
        license: Fact::missing(&page, unknown()),
        documents: Vec::new(),
    }
}

/// The time of collection: only recency is measured from it, so the last change will do.
fn changed(info: &Fact<HubInfo>) -> Timestamp {
    info.value().and_then(|info| info.last_modified).unwrap_or(Timestamp::UNIX_EPOCH)
}

fn source(kind: HubKind, name: &str) -> Source {
    Source::HuggingFace { kind, repository: name.to_owned(), revision: None }
}

fn page(kind: HubKind, name: &str) -> String {
    source(kind, name).page_url()
}

fn not_asked<T>(kind: HubKind, name: &str) -> Fact<T> {
    Fact::missing(page(kind, name), Missing::NotAsked)
}

fn card(kind: HubKind, name: &str, at: &Path) -> Result<Fact<Document>> {
    if at.is_dir() {
        return Ok(document(kind, name, at, "README.md"));
    }
    let bytes = std::fs::read(at).with_context(|| format!("cannot read {}", at.display()))?;
    let text = String::from_utf8_lossy(&bytes).into_owned();
    Ok(Fact::known(page(kind, name), Document { path: "README.md".to_owned(), text }))
}

/// A file of the folder; one that is not there is absent from the repository.
fn document(kind: HubKind, name: &str, at: &Path, path: &str) -> Fact<Document> {
    let page = page(kind, name);
    if !at.is_dir() {
        return Fact::missing(page, Missing::NotAsked);
    }
    match std::fs::read(at.join(path)) {
        Ok(bytes) => {
            let text = String::from_utf8_lossy(&bytes).into_owned();
            Fact::known(page, Document { path: path.to_owned(), text })
        }
        Err(_) => Fact::missing(page, Missing::Absent),
    }
}

fn record(name: &str, at: &Path) -> Result<Option<HubInfo>> {
    let record: Option<HubInfo> = json(&at.join("info.json"))?;
    Ok(record.map(|record| HubInfo { id: name.to_owned(), ..record }))
}

/// A data set that is there, and nothing more.
fn bare(name: &str) -> HubInfo {
    HubInfo {
        id: name.to_owned(),
        created_at: None,
        last_modified: None,
        downloads: 0,
        likes: 0,
        tags: Vec::new(),
        pipeline_tag: None,
        library_name: None,
        gated: touchstone_domain::facts::Gated::No,
        card_data: serde_json::Value::Null,
        model_index: serde_json::Value::Null,
        parameters: None,
        base_models: Vec::new(),
        unsafe_files: None,
    }
}

fn json<T: DeserializeOwned>(path: &Path) -> Result<Option<T>> {
    let Ok(text) = std::fs::read_to_string(path) else { return Ok(None) };
    let read = serde_json::from_str(&text);
    read.map(Some).with_context(|| format!("{} is not as expected", path.display()))
}

//! The facts of a model, its parents and its data sets.

use super::{HuggingFace, Repository, read_json, what, wire};
use crate::again::again;
use crate::{Snapshot, SnapshotInfo, SourceError};
use tokio::time::Instant;
use touchstone_domain::facts::{
    DatasetFacts, Document, HubHistory, HubInfo, ModelFacts, Owner, RepositoryFile, Unread,
};
use touchstone_domain::lineage::Provenance;
use touchstone_domain::source::HubKind;
use touchstone_domain::{ArtifactType, Fact, Missing, Source};

const COMMITS: u32 = 100;
/// Texts beside the card and the configuration that are worth a request each.
const MOST_RESULT_FILES: usize = 3;
const MOST_NOTEBOOKS: usize = 1;
const MOST_SCRIPTS: usize = 2;
const MOST_INDEXES: usize = 2;
/// Larger texts are no examples.
const LARGEST_EXAMPLE_BYTES: u64 = 1024 * 1024;
/// How licence files are called, in the order in which they are looked for.
const LICENSE_FILES: [&str; 8] = [
    "LICENSE",
    "LICENSE.txt",
    "LICENSE.md",
    "LICENCE",
    "license",
    "COPYING",
    "LICENSE.rst",
    "USE_POLICY.md",
];

impl HuggingFace {
    /// Everything that a model's own repository tells by then.
    pub(crate) async fn model(
        &self,
        snapshot: &Snapshot,
        info: &HubInfo,
        deadline: Instant,
    ) -> ModelFacts {
        let (page, commit) = (snapshot.source.page_url(), &snapshot.commit);
        let unread = worth_reading(&snapshot.files).into_iter().map(|path| {
            let seen_at = snapshot.source.file_url(commit, &path);
            Unread { path, fact: Fact::missing(seen_at, Missing::NotAsked) }
        });
        let known = ModelFacts {
            renamed_from: snapshot.renamed_from.clone(),
            info: Fact::known(page.clone(), info.clone()),
            files: Fact::known(format!("{page}/tree/{commit}"), snapshot.files.clone()),
            unread: unread.collect(),
            ..crate::snapshot::unasked(&snapshot.source, commit, Missing::NotAsked)
        };
        // Seven requests in one future are large.
        Box::pin(self.complete(known, deadline, |why| *why == Missing::NotAsked)).await
    }

    /// Asks, until the deadline, for those facts of a model that are missing for a reason that
    /// `may_be_had` accepts; the others stay as they are.
    pub(crate) async fn complete(
        &self,
        known: ModelFacts,
        deadline: Instant,
        may_be_had: impl Fn(&Missing) -> bool,
    ) -> ModelFacts {
        let ModelFacts { source, commit, files, .. } = &known;
        let name = source.repository();
        let repository = Repository { kind: HubKind::Model, name };
        let listed = files.value().map(Vec::as_slice).unwrap_or_default();
        let text = |path: &'static str| self.listed_text(repository, commit, listed, path);
        let license_path = LICENSE_FILES
            .into_iter()
            .find(|path| listed.iter().any(|file| file.path == *path))
            .unwrap_or(LICENSE_FILES[0]);
        let wanted = (deadline, &may_be_had);
        let (card, config, adapter_config, license_file, texts, history, owner) = tokio::join!(
            again(&known.card, wanted, text("README.md")),
            again(&known.config, wanted, text("config.json")),
            again(&known.adapter_config, wanted, text("adapter_config.json")),
            again(&known.license_file, wanted, text(license_path)),
            self.documents(repository, &known, wanted),
            again(&known.history, wanted, self.history(repository, commit)),
            again(&known.owner, wanted, self.owner(name)),
        );
        let (documents, unread) = texts;
        ModelFacts {
            card,
            config,
            adapter_config,
            license_file,
            documents,
            unread,
            history,
            owner,
            ..known
        }
    }

    /// Metadata and card of a parent; nothing else is asked.
    pub(crate) async fn parent(&self, source: &Source) -> ModelFacts {
        let resolved = match source {
            Source::HuggingFace { kind, repository, revision } => {
                self.resolve(*kind, repository, revision.as_deref()).await
            }
            other => Err(SourceError::NotFound { what: other.to_string() }),
        };
        match resolved {
            Ok(snapshot) => {
                let name = snapshot.source.repository();
                let repository = Repository { kind: HubKind::Model, name };
                let (commit, files) = (&snapshot.commit, &snapshot.files);
                let card = self.listed_text(repository, commit, files, "README.md").await;
                known_parent(&snapshot, card)
            }
            Err(error) => crate::snapshot::unasked(source, "", error.to_missing()),
        }
    }

    /// A data set by the name that a model gives it.
    pub(crate) async fn dataset(&self, named_as: &str, stated_in: Provenance) -> DatasetFacts {
        let address = format!("https://huggingface.co/datasets/{named_as}");
        let typed = if named_as.contains("://") { named_as } else { &address };
        let named = named_as.to_owned();
        let source = Source::parse(typed, ArtifactType::Dataset);
        let Ok(Source::HuggingFace { repository: name, .. }) = source else {
            let absent = || Missing::Absent;
            return DatasetFacts {
                named_as: named,
                stated_in,
                info: Fact::missing(typed, absent()),
                card: Fact::missing(typed, absent()),
            };
        };
        let repository = Repository { kind: HubKind::Dataset, name: &name };
        let (info, card) = match self.resolve(HubKind::Dataset, &name, None).await {
            Ok(snapshot) => {
                let now = Repository { name: snapshot.source.repository(), ..repository };
                let card = self.listed_text(now, &snapshot.commit, &snapshot.files, "README.md");
                (Fact::known(snapshot.source.page_url(), hub_info(&snapshot)), card.await)
            }
            Err(error) => {
                let page = repository.source(&name).page_url();
                let missing = error.to_missing();
                (Fact::missing(page.clone(), missing.clone()), Fact::missing(page, missing))
            }
        };
        DatasetFacts { named_as: named, stated_in, info, card }
    }

    /// The texts that were read, and those that could still not be.
    async fn documents(
        &self,
        repository: Repository<'_>,
        known: &ModelFacts,
        wanted: (Instant, &impl Fn(&Missing) -> bool),
    ) -> (Vec<Document>, Vec<Unread>) {
        let texts = known.unread.iter().map(async |Unread { path, fact }| {
            let asked = self.text(repository, &known.commit, path);
            Unread { path: path.clone(), fact: again(fact, wanted, asked).await }
        });
        let (mut documents, mut unread) = (known.documents.clone(), Vec::new());
        for text in futures::future::join_all(texts).await {
            match text.fact.found {
                Ok(document) => documents.push(document),
                Err(_) => unread.push(text),
            }
        }
        (documents, unread)
    }

    async fn history(&self, repository: Repository<'_>, commit: &str) -> Fact<HubHistory> {
        let page = repository.source(repository.name).page_url();
        let seen_at = format!("{page}/commits/{commit}");
        let asked = async {
            let url =
                self.api(repository, &format!("commits/{commit}"), &format!("limit={COMMITS}"))?;
            let answer = self.http.document(self.ask(url)).await?;
            let commits = wire::commits(&read_json(&answer, &what(repository))?);
            let total = answer.header("x-total-count").and_then(|count| count.parse().ok());
            Ok::<_, SourceError>(HubHistory { total, commits })
        };
        match asked.await {
            Ok(history) => Fact::known(seen_at, history),
            Err(error) => Fact::missing(seen_at, error.to_missing()),
        }
    }

    async fn owner(&self, name: &str) -> Fact<Owner> {
        let Some((owner, _)) = name.split_once('/') else {
            return Fact::missing("https://huggingface.co", Missing::Absent);
        };
        let seen_at = format!("https://huggingface.co/{owner}");
        let asked = async {
            let url = self.address(&format!("api/organizations/{owner}/overview"))?;
            let answer = self.http.document(self.ask(url)).await?;
            read_json(&answer, &format!("the organisation {owner}"))
        };
        let (is_organisation, members) = match asked.await {
            Ok(said) => (true, said["numUsers"].as_u64()),
            // Who has a repository and is no organisation is a person.
            Err(SourceError::NotFound { .. }) => (false, Some(1)),
            Err(error) => return Fact::missing(seen_at, error.to_missing()),
        };
        Fact::known(seen_at, Owner { name: owner.to_owned(), is_organisation, members })
    }
}

fn hub_info(snapshot: &Snapshot) -> HubInfo {
    match &snapshot.info {
        SnapshotInfo::HuggingFace(info) => info.as_ref().clone(),
        _ => wire::info(&serde_json::Value::Null),
    }
}

fn known_parent(snapshot: &Snapshot, card: Fact<Document>) -> ModelFacts {
    let page = snapshot.source.page_url();
    let unasked = crate::snapshot::unasked(&snapshot.source, &snapshot.commit, Missing::NotAsked);
    ModelFacts {
        renamed_from: snapshot.renamed_from.clone(),
        info: Fact::known(page.clone(), hub_info(snapshot)),
        files: Fact::known(format!("{page}/tree/{}", snapshot.commit), snapshot.files.clone()),
        card,
        ..unasked
    }
}

/// Paths of texts beside the card that metrics learn from, few of each kind.
fn worth_reading(files: &[RepositoryFile]) -> Vec<String> {
    let readable =
        |file: &&RepositoryFile| file.size_bytes.is_some_and(|size| size <= LARGEST_EXAMPLE_BYTES);
    let take = |wanted: &dyn Fn(&str) -> bool, most: usize| {
        let found = files.iter().filter(readable).map(|file| file.path.clone());
        found.filter(|path| wanted(path)).take(most).collect::<Vec<_>>()
    };
    let results = |path: &str| path.starts_with(".eval_results/") && ends(path, "yaml");
    [
        take(&results, MOST_RESULT_FILES),
        take(&|path| ends(path, "ipynb"), MOST_NOTEBOOKS),
        take(&|path| ends(path, "py"), MOST_SCRIPTS),
        take(&|path| path.ends_with(".index.json"), MOST_INDEXES),
    ]
    .concat()
}

fn ends(path: &str, extension: &str) -> bool {
    std::path::Path::new(path)
        .extension()
        .is_some_and(|found| found.eq_ignore_ascii_case(extension))
}

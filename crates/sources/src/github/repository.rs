//! The facts of a code repository that a model names.

use super::documents::{is_license, readme, worth_reading};
use super::graphql::Overview;
use super::rest::{PAGE, everybody};
use super::{GitHub, people, sampled, wire};
use crate::SourceError;
use serde_json::Value;
use touchstone_domain::facts::{
    Contributors, Document, License, RepositoryFacts, RepositoryInfo, RepositoryTree, ReviewHistory,
};
use touchstone_domain::lineage::Provenance;
use touchstone_domain::{ArtifactType, Fact, Missing, Source};

impl GitHub {
    /// Everything about a repository: two or three requests with a token, four to seven
    /// without.
    pub(crate) async fn repository(
        &self,
        named_as: &str,
        stated_in: Provenance,
    ) -> RepositoryFacts {
        let address = format!("https://github.com/{named_as}");
        let typed = if named_as.contains("://") { named_as } else { &address };
        let Ok(Source::GitHub { repository: name, .. }) = Source::parse(typed, ArtifactType::Code)
        else {
            return nothing(named_as, stated_in, typed, &Missing::Absent);
        };
        let mut facts = if self.http.settings().github_token.is_some() {
            self.with_query(&name).await
        } else {
            self.without_query(&name).await
        };
        named_as.clone_into(&mut facts.named_as);
        facts.stated_in = stated_in;
        facts
    }

    /// The list of files says which texts are worth asking for; a history of which the query gives
    /// all says who committed.
    async fn with_query(&self, name: &str) -> RepositoryFacts {
        let page = format!("https://github.com/{name}");
        let tree = self.tree(name, "HEAD").await;
        let overview = match self.overview(name, &worth_reading(tree.as_ref().ok())).await {
            Ok(overview) => overview,
            Err(error @ (SourceError::NotFound { .. } | SourceError::Forbidden { .. })) => {
                return nothing(name, Provenance::Prose, &page, &error.to_missing());
            }
            // The query has its own quota and its own faults.
            Err(_) => return self.without_query(name).await,
        };
        let contributors = self.committers(name, &overview).await;
        let absent = |path: &str| format!("{page}/blob/HEAD/{path}");
        RepositoryFacts {
            named_as: name.to_owned(),
            stated_in: Provenance::Prose,
            info: Fact::known(page.clone(), overview.info),
            contributors: fact(format!("{page}/graphs/contributors"), contributors),
            tree: fact(format!("{page}/tree/HEAD"), tree),
            reviews: Fact::known(format!("{page}/commits/HEAD"), overview.reviews),
            readme: overview.readme.map_or_else(
                || Fact::missing(absent("README.md"), Missing::Absent),
                |readme| Fact::known(format!("{page}/blob/HEAD/{}", readme.path), readme),
            ),
            license: overview.license.map_or_else(
                || Fact::missing(absent("LICENSE"), Missing::Absent),
                |license| Fact::known(super::license_page(&page, &license), license),
            ),
            documents: overview.documents,
        }
    }

    async fn committers(
        &self,
        name: &str,
        overview: &Overview,
    ) -> Result<Contributors, SourceError> {
        let total = overview.reviews.total_commits;
        if total.is_some_and(|total| total <= overview.signatures.len() as u64) {
            return Ok(everybody(&overview.signatures));
        }
        self.contributors(name, &overview.signatures).await
    }

    /// What several answers tell is asked for once: a pull request comes with its repository, a
    /// history that is listed whole with everybody who committed, and the repository with its
    /// licence, where the host recognised one.
    async fn without_query(&self, name: &str) -> RepositoryFacts {
        let page = format!("https://github.com/{name}");
        let pulls = self.pulls(name).await;
        let described = match pulls.as_ref().ok().and_then(wire::repository_of_pulls) {
            Some(info) => Ok(info),
            None => self.info(name).await,
        };
        let info = match described {
            Ok(info) => info,
            Err(error) => return nothing(name, Provenance::Prose, &page, &error.to_missing()),
        };
        let now = info.full_name.clone();
        let ((contributors, reviews), tree) =
            tokio::join!(self.people_and_history(&info, pulls), self.tree(&now, "HEAD"));
        let (readme, license) = tokio::join!(
            self.readme_at_head(&now, &info, tree.as_ref().ok()),
            self.stated_license(&now, &info, tree.as_ref().ok()),
        );
        RepositoryFacts {
            named_as: name.to_owned(),
            stated_in: Provenance::Prose,
            info: Fact::known(page.clone(), info),
            contributors: fact(format!("{page}/graphs/contributors"), contributors),
            tree: fact(format!("{page}/tree/HEAD"), tree),
            reviews: fact(format!("{page}/commits/HEAD"), reviews),
            readme,
            license,
            documents: Vec::new(),
        }
    }

    pub(super) async fn people_and_history(
        &self,
        info: &RepositoryInfo,
        pulls: Result<Value, SourceError>,
    ) -> (Result<Contributors, SourceError>, Result<ReviewHistory, SourceError>) {
        let name = &info.full_name;
        let commits = self.commits(name).await;
        let rows = commits.as_ref().ok().map(wire::list).into_iter().flatten();
        let signatures: Vec<_> = rows.map(people::signatures).collect();
        let contributors = if commits.is_ok() && signatures.len() < PAGE {
            Ok(everybody(&signatures))
        } else {
            self.contributors(name, &signatures).await
        };
        let history = commits
            .and_then(|commits| Ok(sampled::history(&commits, &pulls?, &info.default_branch)));
        (contributors, history)
    }

    /// What the host recognised; the file is read where that is nothing and the listing has one.
    pub(super) async fn stated_license(
        &self,
        name: &str,
        info: &RepositoryInfo,
        tree: Option<&RepositoryTree>,
    ) -> Fact<License> {
        let page = format!("https://github.com/{name}");
        if info.license_spdx.is_some() {
            let license = License { spdx: info.license_spdx.clone(), file: None };
            return Fact::known(super::license_page(&page, &license), license);
        }
        match tree {
            Some(tree) if !tree.truncated && !tree.files.iter().any(|it| is_license(&it.path)) => {
                Fact::missing(page, Missing::Absent)
            }
            _ => self.license(name).await,
        }
    }

    pub(super) async fn readme_at_head(
        &self,
        name: &str,
        info: &RepositoryInfo,
        tree: Option<&RepositoryTree>,
    ) -> Fact<Document> {
        let page = format!("https://github.com/{name}/blob/{}", info.default_branch);
        let paths = tree.into_iter().flat_map(|tree| &tree.files).map(|file| file.path.as_str());
        let Some(path) = readme(paths) else {
            return Fact::missing(format!("{page}/README.md"), Missing::Absent);
        };
        let asked = async {
            let mut ask = self.contents(name, &info.default_branch, path)?;
            // A branch moves on.
            ask.immutable = false;
            let answer = self.http.document(ask).await?;
            self.check(&answer, &format!("{path} of {name}"))?;
            let text = String::from_utf8_lossy(&answer.body).into_owned();
            Ok(Document { path: path.to_owned(), text })
        };
        fact(format!("{page}/{path}"), asked.await)
    }
}

pub(super) fn fact<T>(seen_at: String, found: Result<T, SourceError>) -> Fact<T> {
    match found {
        Ok(value) => Fact::known(seen_at, value),
        Err(error) => Fact::missing(seen_at, error.to_missing()),
    }
}

/// A repository of which nothing could be had, for one reason.
fn nothing(named_as: &str, stated_in: Provenance, seen_at: &str, why: &Missing) -> RepositoryFacts {
    RepositoryFacts {
        named_as: named_as.to_owned(),
        stated_in,
        info: Fact::missing(seen_at, why.clone()),
        contributors: Fact::missing(seen_at, why.clone()),
        tree: Fact::missing(seen_at, why.clone()),
        reviews: Fact::missing(seen_at, why.clone()),
        readme: Fact::missing(seen_at, why.clone()),
        license: Fact::missing(seen_at, why.clone()),
        documents: Vec::new(),
    }
}

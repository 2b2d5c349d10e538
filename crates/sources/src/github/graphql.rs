//! One query for what would be hundreds of requests: the repository, its newest commits with the
//! pull requests they came through and who reviewed those, and the texts that metrics read.

use super::wire::{count, is_bot, list, spdx, text, time};
use super::{GitHub, MOST_JSON_BYTES};
use crate::SourceError;
use crate::http::Ask;
use serde_json::{Value, json};
use touchstone_domain::facts::{
    CommitFacts, Document, License, PullRequest, RepositoryInfo, ReviewHistory,
};

/// Texts that are asked for, by the alias under which they come.
const TEXTS: [(&str, &str); 16] = [
    ("readme", "README.md"),
    ("readmeRst", "README.rst"),
    ("license", "LICENSE"),
    ("licenseTxt", "LICENSE.txt"),
    ("licenseMd", "LICENSE.md"),
    ("copying", "COPYING"),
    ("pyproject", "pyproject.toml"),
    ("setupPy", "setup.py"),
    ("setupCfg", "setup.cfg"),
    ("requirements", "requirements.txt"),
    ("toxIni", "tox.ini"),
    ("preCommit", ".pre-commit-config.yaml"),
    ("cargo", "Cargo.toml"),
    ("package", "package.json"),
    ("cmake", "CMakeLists.txt"),
    ("environment", "environment.yml"),
];

const HEAD: &str = "query($owner:String!,$name:String!){repository(owner:$owner,name:$name){\
    nameWithOwner description isArchived isFork pushedAt diskUsage stargazerCount forkCount \
    owner{__typename} licenseInfo{spdxId} releases{totalCount} \
    open:issues(states:OPEN){totalCount} closed:issues(states:CLOSED){totalCount} \
    defaultBranchRef{name target{... on Commit{oid history(first:100){totalCount nodes{\
    oid committedDate additions author{name user{login}} parents{totalCount} \
    associatedPullRequests(first:1){nodes{number merged author{login __typename} \
    mergedBy{login} reviews(first:20){nodes{state author{login __typename}}}}}}}}}}";

/// What one query gives.
pub(super) struct Overview {
    pub(super) info: RepositoryInfo,
    pub(super) reviews: ReviewHistory,
    pub(super) license: Option<License>,
    pub(super) readme: Option<Document>,
    pub(super) documents: Vec<Document>,
}

impl GitHub {
    /// The overview of a repository. Needs a token.
    pub(super) async fn overview(&self, full_name: &str) -> Result<Overview, SourceError> {
        let (owner, name) = full_name.split_once('/').unwrap_or((full_name, ""));
        let texts = TEXTS.map(|(alias, path)| {
            format!(" {alias}:object(expression:\"HEAD:{path}\"){{... on Blob{{text}}}}")
        });
        let query = format!("{HEAD}{}}}}}", texts.concat());
        let body = json!({ "query": query, "variables": { "owner": owner, "name": name } });
        let answer = self
            .http
            .document(Ask {
                body: Some(body),
                resource: "graphql",
                limit_bytes: MOST_JSON_BYTES,
                ..self.ask(self.graphql_address()?)
            })
            .await?;
        self.check(&answer, &format!("the repository {full_name}"))?;
        let said: Value = serde_json::from_slice(&answer.body)
            .map_err(|_| self.nonsense("answered something that is not JSON"))?;
        let repository = &said["data"]["repository"];
        if repository.is_null() {
            return Err(self.problem(&said, full_name));
        }
        Ok(overview(repository))
    }

    /// `…/graphql` beside the REST interface; GitHub Enterprise has it beside `/api/v3`.
    fn graphql_address(&self) -> Result<url::Url, SourceError> {
        let mut url = self.address("graphql")?;
        if let Some(enterprise) = url.path().strip_suffix("/api/v3/graphql") {
            let path = format!("{enterprise}/api/graphql");
            url.set_path(&path);
        }
        Ok(url)
    }

    /// Errors come with status 200.
    fn problem(&self, said: &Value, full_name: &str) -> SourceError {
        let error = &said["errors"][0];
        match error["type"].as_str() {
            Some("NOT_FOUND") => {
                SourceError::NotFound { what: format!("the repository {full_name}") }
            }
            Some("FORBIDDEN") => SourceError::Forbidden {
                what: format!("the repository {full_name}"),
                detail: "GitHub refuses it to this token".to_owned(),
            },
            _ => self.nonsense("could not answer the query"),
        }
    }
}

fn overview(repository: &Value) -> Overview {
    let document = |alias: &str, path: &str| {
        let text = text(&repository[alias]["text"])?;
        Some(Document { path: path.to_owned(), text })
    };
    let mut found: Vec<(&str, Document)> =
        TEXTS.iter().filter_map(|(alias, path)| Some((*alias, document(alias, path)?))).collect();
    let mut first = |wanted: &[&str]| {
        let at = found.iter().position(|(alias, _)| wanted.contains(alias))?;
        Some(found.remove(at).1)
    };
    let readme = first(&["readme", "readmeRst"]);
    let license = first(&["license", "licenseTxt", "licenseMd", "copying"]);
    let spdx = spdx(&repository["licenseInfo"]["spdxId"]);
    Overview {
        info: info(repository),
        reviews: reviews(&repository["defaultBranchRef"]["target"]["history"]),
        license: license.map(|file| License { spdx, file: Some(file) }),
        readme,
        documents: found.into_iter().map(|(_, document)| document).collect(),
    }
}

fn info(repository: &Value) -> RepositoryInfo {
    let total = |field: &str| repository[field]["totalCount"].as_u64();
    RepositoryInfo {
        full_name: text(&repository["nameWithOwner"]).unwrap_or_default(),
        default_branch: text(&repository["defaultBranchRef"]["name"]).unwrap_or_default(),
        description: text(&repository["description"]),
        fork: repository["isFork"].as_bool().unwrap_or_default(),
        archived: repository["isArchived"].as_bool().unwrap_or_default(),
        stars: count(&repository["stargazerCount"]),
        forks: count(&repository["forkCount"]),
        open_issues: total("open").unwrap_or_default(),
        size_bytes: count(&repository["diskUsage"]).saturating_mul(1024),
        license_spdx: spdx(&repository["licenseInfo"]["spdxId"]),
        pushed_at: time(&repository["pushedAt"]),
        owned_by_organisation: repository["owner"]["__typename"] == "Organization",
        releases: total("releases"),
        closed_issues: total("closed"),
    }
}

fn reviews(history: &Value) -> ReviewHistory {
    let commits = list(&history["nodes"]).filter_map(|node| {
        let login = text(&node["author"]["user"]["login"]);
        let parents = node["parents"]["totalCount"].as_u64().unwrap_or(1);
        Some(CommitFacts {
            oid: text(&node["oid"])?,
            author: login.or_else(|| text(&node["author"]["name"])),
            committed_at: time(&node["committedDate"]),
            additions: count(&node["additions"]),
            parents: u32::try_from(parents).unwrap_or(u32::MAX),
            pull_request: pull_request(&node["associatedPullRequests"]["nodes"][0]),
        })
    });
    ReviewHistory {
        total_commits: history["totalCount"].as_u64(),
        commits: commits.collect(),
        sampled: false,
    }
}

fn pull_request(node: &Value) -> Option<PullRequest> {
    if node["merged"] == false {
        return None;
    }
    let author = text(&node["author"]["login"]);
    let people = |states: &[&str]| {
        let mut people: Vec<String> = list(&node["reviews"]["nodes"])
            .filter(|review| review["state"].as_str().is_some_and(|s| states.contains(&s)))
            .filter(|review| review["author"]["__typename"] != "Bot")
            .filter_map(|review| text(&review["author"]["login"]))
            .filter(|login| !is_bot(login) && Some(login) != author.as_ref())
            .collect();
        people.sort();
        people.dedup();
        people
    };
    Some(PullRequest {
        number: node["number"].as_u64()?,
        merged_by: text(&node["mergedBy"]["login"]),
        reviewers: people(&["APPROVED", "CHANGES_REQUESTED", "COMMENTED", "DISMISSED"]),
        approvers: people(&["APPROVED"]),
        author,
    })
}

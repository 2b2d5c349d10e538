//! One query for what would be hundreds of requests: the repository, its newest commits with the
//! pull requests they came through and who reviewed those, and the texts that metrics read.

use super::documents::{is_license, is_readme};
use super::people::{Signature, actors};
use super::wire::{count, list, spdx, text, time};
use super::{GitHub, MOST_JSON_BYTES};
use crate::SourceError;
use crate::http::Ask;
use serde_json::{Map, Value, json};
use touchstone_domain::facts::{
    AddedLines, CommitFacts, Document, License, PullRequest, RepositoryInfo, ReviewHistory,
    is_program, is_written_by_hand,
};

const FIELDS: &str = "nameWithOwner description isArchived isFork pushedAt diskUsage \
    stargazerCount forkCount owner{__typename} licenseInfo{spdxId} releases{totalCount} \
    open:issues(states:OPEN){totalCount} closed:issues(states:CLOSED){totalCount} \
    defaultBranchRef{name target{... on Commit{oid history(first:100){totalCount nodes{\
    oid committedDate additions parents{totalCount} \
    authors(first:10){nodes{name email user{login}}} \
    associatedPullRequests(first:2){nodes{number merged baseRefName \
    author{login __typename} mergedBy{login} \
    reviews(first:20){nodes{state author{login __typename}}} \
    latestOpinionatedReviews(first:10){nodes{state author{login __typename}}} \
    files(first:50){totalCount nodes{path additions}}}}}}}}}";

/// What one query gives.
pub(super) struct Overview {
    pub(super) info: RepositoryInfo,
    pub(super) reviews: ReviewHistory,
    /// The signatures under each of the newest commits.
    pub(super) signatures: Vec<Vec<Signature>>,
    pub(super) license: Option<License>,
    pub(super) readme: Option<Document>,
    pub(super) documents: Vec<Document>,
}

impl GitHub {
    /// The overview of a repository, with the texts at these paths. Needs a token.
    pub(super) async fn overview(
        &self,
        full_name: &str,
        paths: &[String],
    ) -> Result<Overview, SourceError> {
        let (owner, name) = full_name.split_once('/').unwrap_or((full_name, ""));
        let body =
            json!({ "query": query(paths.len()), "variables": variables(owner, name, paths) });
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
        Ok(overview(repository, paths))
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

/// Paths are somebody else's words, so they come as variables.
fn query(texts: usize) -> String {
    let declared: Vec<String> = (0..texts).map(|at| format!(",$p{at}:String!")).collect();
    let text = |at| format!(" t{at}:object(expression:$p{at}){{... on Blob{{text}}}}");
    let texts: Vec<String> = (0..texts).map(text).collect();
    format!(
        "query($owner:String!,$name:String!{}){{repository(owner:$owner,name:$name){{{FIELDS}{}}}}}",
        declared.concat(),
        texts.concat()
    )
}

fn variables(owner: &str, name: &str, paths: &[String]) -> Map<String, Value> {
    let mut variables = Map::from_iter([
        ("owner".to_owned(), Value::from(owner)),
        ("name".to_owned(), Value::from(name)),
    ]);
    let texts = paths.iter().enumerate();
    variables.extend(texts.map(|(at, path)| (format!("p{at}"), format!("HEAD:{path}").into())));
    variables
}

fn overview(repository: &Value, paths: &[String]) -> Overview {
    let texts = paths.iter().enumerate().filter_map(|(at, path)| {
        let text = text(&repository[format!("t{at}")]["text"])?;
        Some(Document { path: path.clone(), text })
    });
    let mut documents: Vec<Document> = texts.collect();
    let mut first = |is_wanted: fn(&str) -> bool| {
        let at = documents.iter().position(|document| is_wanted(&document.path))?;
        Some(documents.remove(at))
    };
    let readme = first(is_readme);
    let license = first(is_license);
    let spdx = spdx(&repository["licenseInfo"]["spdxId"]);
    let branch = &repository["defaultBranchRef"];
    let history = &branch["target"]["history"];
    Overview {
        info: info(repository),
        signatures: list(&history["nodes"]).map(actors).collect(),
        reviews: reviews(history, &branch["name"]),
        license: license.map(|file| License { spdx, file: Some(file) }),
        readme,
        documents,
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

fn reviews(history: &Value, branch: &Value) -> ReviewHistory {
    let commits = list(&history["nodes"]).filter_map(|node| {
        let mut authors = actors(node).into_iter().map(|actor| actor.shown());
        let parents = node["parents"]["totalCount"].as_u64().unwrap_or(1);
        let mut requests = list(&node["associatedPullRequests"]["nodes"]);
        let through =
            requests.find(|request| request["merged"] == true && request["baseRefName"] == *branch);
        Some(CommitFacts {
            oid: text(&node["oid"])?,
            author: authors.next().flatten(),
            co_authors: authors.flatten().collect(),
            committed_at: time(&node["committedDate"]),
            additions: count(&node["additions"]),
            parents: u32::try_from(parents).unwrap_or(u32::MAX),
            pull_request: through.and_then(pull_request),
        })
    });
    ReviewHistory {
        total_commits: history["totalCount"].as_u64(),
        commits: commits.collect(),
        sampled: false,
    }
}

/// `reviewDecision` is null wherever no rule of the branch asks for a review, so approval is seen
/// from the reviews themselves.
fn pull_request(node: &Value) -> Option<PullRequest> {
    let author = text(&node["author"]["login"]);
    let people = |reviews: &Value, states: &[&str]| {
        let mut people: Vec<String> = list(&reviews["nodes"])
            .filter(|review| review["state"].as_str().is_some_and(|s| states.contains(&s)))
            .filter(|review| review["author"]["__typename"] != "Bot")
            .filter_map(|review| text(&review["author"]["login"]))
            .filter(|login| !is_program(login) && Some(login) != author.as_ref())
            .collect();
        people.sort();
        people.dedup();
        people
    };
    let opinions = ["APPROVED", "CHANGES_REQUESTED", "COMMENTED", "DISMISSED"];
    Some(PullRequest {
        number: node["number"].as_u64()?,
        merged_by: text(&node["mergedBy"]["login"]),
        reviewers: people(&node["reviews"], &opinions),
        approvers: people(&node["latestOpinionatedReviews"], &["APPROVED"]),
        added: added(&node["files"]),
        author,
    })
}

fn added(files: &Value) -> Option<AddedLines> {
    let listed = files["nodes"].as_array()?;
    let lines = |file: &Value| count(&file["additions"]);
    let by_hand = |file: &&Value| file["path"].as_str().is_some_and(is_written_by_hand);
    let sum = |lines: &mut dyn Iterator<Item = u64>| lines.fold(0, u64::saturating_add);
    Some(AddedLines {
        in_all: sum(&mut listed.iter().map(lines)),
        by_hand: sum(&mut listed.iter().filter(by_hand).map(lines)),
        complete: files["totalCount"].as_u64() == Some(listed.len() as u64),
    })
}

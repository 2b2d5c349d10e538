//! The REST routes.

use super::{Answer, Call, CodeRepository, archive, describe, graphql};
use crate::content::Content;
use axum::http::StatusCode;
use axum::http::header::ACCEPT;
use percent_encoding::percent_decode_str;
use serde_json::{Value, json};

const NOT_FOUND: Answer = Answer::Problem(404, "Not Found");

pub(super) fn answer(call: &Call<'_>) -> Answer {
    let decode = |segment: &str| percent_decode_str(segment).decode_utf8_lossy().into_owned();
    let segments: Vec<String> = call.path.trim_matches('/').split('/').map(decode).collect();
    let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
    match segments.as_slice() {
        ["rate_limit"] => Answer::Json(describe::rate_limit()),
        ["graphql"] => graphql::answer(call),
        ["codeload", owner, name, "legacy.tar.gz", ..] => match named(call, owner, name) {
            Some(repository) => archive::tarball(repository),
            None => NOT_FOUND,
        },
        ["repos", owner, name, rest @ ..] => match named(call, owner, name) {
            Some(repository) => of_repository(call, repository, rest),
            None => renamed(call, owner, name, rest),
        },
        ["repositories", number, rest @ ..] => {
            match number.parse().ok().and_then(|number| call.forge.numbered(number)) {
                Some(repository) => of_repository(call, repository, rest),
                None => NOT_FOUND,
            }
        }
        _ => NOT_FOUND,
    }
}

fn named<'a>(call: &Call<'a>, owner: &str, name: &str) -> Option<&'a CodeRepository> {
    call.forge.find(&format!("{owner}/{name}"))
}

/// An old name is answered with the address under the lasting number.
fn renamed(call: &Call<'_>, owner: &str, name: &str, rest: &[&str]) -> Answer {
    let Some(repository) = call.forge.renamed(&format!("{owner}/{name}")) else {
        return NOT_FOUND;
    };
    let mut location = format!("{}/repositories/{}", call.origin(), repository.number());
    for segment in rest {
        location = format!("{location}/{segment}");
    }
    if !call.query.is_empty() {
        location = format!("{location}?{}", call.query);
    }
    Answer::Redirect(StatusCode::MOVED_PERMANENTLY, location)
}

fn of_repository(call: &Call<'_>, repository: &CodeRepository, rest: &[&str]) -> Answer {
    match rest {
        [] => Answer::Json(describe::repository(repository, &call.origin())),
        ["contributors"] if repository.commits.is_empty() => Answer::Empty(StatusCode::NO_CONTENT),
        ["contributors"] => Answer::Rows(describe::contributors(repository)),
        ["commits"] if repository.commits.is_empty() => {
            Answer::Problem(409, "Git Repository is empty.")
        }
        ["commits"] => Answer::Rows(commits(call, repository)),
        ["commits", sha] => one_commit(repository, sha),
        ["commits", sha, "pulls"] => pulls_of_commit(repository, sha),
        ["pulls"] => match call.parameter("state").as_deref() {
            Some("closed" | "all") => {
                Answer::Rows(describe::pull_requests(repository, &call.origin()))
            }
            _ => Answer::Rows(Vec::new()),
        },
        ["pulls", number, rest @ ..] => pull_request(repository, number, rest),
        ["issues"] => {
            Answer::Rows(describe::issues(repository, call.parameter("state").as_deref()))
        }
        ["releases"] => Answer::Rows(describe::releases(repository)),
        ["languages"] => Answer::Json(json!(repository.languages())),
        ["topics"] => Answer::Json(json!({ "names": repository.topics })),
        ["license"] => license(repository),
        ["readme"] => document(call, repository.root_file(&["readme"])),
        ["contents"] => Answer::Json(Value::Array(describe::folder(repository, ""))),
        ["contents", path @ ..] => contents(call, repository, &path.join("/")),
        ["git", "trees", _] => {
            Answer::Json(describe::tree(repository, call.parameter("recursive").is_some()))
        }
        ["tarball", ..] => {
            Answer::Redirect(StatusCode::FOUND, archive::address(repository, &call.origin()))
        }
        _ => NOT_FOUND,
    }
}

fn commits(call: &Call<'_>, repository: &CodeRepository) -> Vec<Value> {
    let since = call.parameter("since").and_then(|time| time.parse().ok());
    let newest_first = repository.commits.iter().enumerate().rev();
    let wanted = newest_first.filter(|(_, commit)| since.is_none_or(|since| commit.date >= since));
    wanted.map(|(index, _)| describe::commit(repository, index)).collect()
}

fn one_commit(repository: &CodeRepository, sha: &str) -> Answer {
    index_of(repository, sha)
        .map_or(NOT_FOUND, |index| Answer::Json(describe::commit_in_full(repository, index)))
}

fn pulls_of_commit(repository: &CodeRepository, sha: &str) -> Answer {
    let Some(index) = index_of(repository, sha) else {
        return NOT_FOUND;
    };
    let through = repository.commits[index].pull_request;
    let pulls = repository.pull_requests.iter().filter(|pull| Some(pull.number) == through);
    Answer::Rows(pulls.map(|pull| describe::pull_request(repository, pull)).collect())
}

/// The place in the history of a commit named by its hash or by the branch whose tip it is.
fn index_of(repository: &CodeRepository, sha: &str) -> Option<usize> {
    if sha == "HEAD" || sha == repository.default_branch {
        return repository.commits.len().checked_sub(1);
    }
    (0..repository.commits.len()).find(|index| repository.commit_sha(*index) == sha)
}

fn pull_request(repository: &CodeRepository, number: &str, rest: &[&str]) -> Answer {
    let mut pulls = repository.pull_requests.iter();
    let Some(pull) = pulls.find(|pull| pull.number.to_string() == number) else {
        return NOT_FOUND;
    };
    match rest {
        [] => Answer::Json(describe::pull_request_in_full(repository, pull)),
        ["reviews"] => Answer::Rows(describe::reviews(pull)),
        _ => NOT_FOUND,
    }
}

fn license(repository: &CodeRepository) -> Answer {
    let file = repository.root_file(&["license", "licence", "copying"]);
    let (Some((path, content)), Some(license)) = (file, describe::license(repository)) else {
        return NOT_FOUND;
    };
    let mut body = describe::file(path, content);
    body["license"] = license;
    Answer::Json(body)
}

fn contents(call: &Call<'_>, repository: &CodeRepository, path: &str) -> Answer {
    if repository.files.contains_key(path) {
        return document(call, repository.files.get_key_value(path));
    }
    let entries = describe::folder(repository, path);
    if entries.is_empty() { NOT_FOUND } else { Answer::Json(Value::Array(entries)) }
}

/// A file as JSON with its bytes in base64, or the bytes themselves where `raw` is accepted.
fn document(call: &Call<'_>, file: Option<(&String, &Content)>) -> Answer {
    let Some((path, content)) = file else {
        return NOT_FOUND;
    };
    let accepted = call.headers.get(ACCEPT).and_then(|accept| accept.to_str().ok());
    if accepted.is_some_and(|accept| accept.contains("raw")) {
        let bytes = content.document().unwrap_or_default();
        return Answer::Bytes("application/vnd.github.raw+json; charset=utf-8", bytes);
    }
    Answer::Json(describe::file(path, content))
}

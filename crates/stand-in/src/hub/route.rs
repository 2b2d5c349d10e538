//! What a path of the Hub asks for. An id has one or two segments, so the marker after it
//! (`resolve`, `tree`, …) is looked for instead of counting.

use super::Kind;
use percent_encoding::percent_decode_str;

/// A path of the Hub, understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Route {
    Listing(Kind),
    Organization(String),
    User(String),
    WhoAmI,
    /// Where large files are redirected to.
    Stored {
        kind: Kind,
        id: String,
        commit: String,
        path: String,
    },
    Repository {
        kind: Kind,
        id: String,
        asked: Asked,
    },
}

/// What is asked of one repository.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Asked {
    Info { revision: String },
    Tree { revision: String, path: String },
    Commits { revision: String },
    PathsInfo { revision: String },
    Refs,
    AuthCheck,
    File { revision: String, path: String },
    CachedFile { revision: String, path: String },
    Raw { revision: String, path: String },
}

pub(super) fn parse(path: &str) -> Option<Route> {
    let decode = |segment: &str| percent_decode_str(segment).decode_utf8().ok().map(String::from);
    let segments: Vec<String> =
        path.trim_matches('/').split('/').map(decode).collect::<Option<_>>()?;
    let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
    match segments.as_slice() {
        ["api", "whoami-v2"] => Some(Route::WhoAmI),
        ["api", "organizations", name, "overview"] => Some(Route::Organization((*name).to_owned())),
        ["api", "users", name, "overview"] => Some(Route::User((*name).to_owned())),
        ["api", "resolve-cache", plural, rest @ ..] => {
            let (id, revision, path) = split_at_commit(rest)?;
            let asked = Asked::CachedFile { revision, path };
            Some(Route::Repository { kind: kind_of(plural)?, id, asked })
        }
        ["api", plural] => Some(Route::Listing(kind_of(plural)?)),
        ["api", plural, rest @ ..] => api(kind_of(plural)?, rest),
        ["cdn", plural, rest @ ..] => {
            let (id, commit, path) = split_at_commit(rest)?;
            Some(Route::Stored { kind: kind_of(plural)?, id, commit, path })
        }
        ["datasets", rest @ ..] => file(Kind::Dataset, rest),
        rest => file(Kind::Model, rest),
    }
}

fn kind_of(plural: &str) -> Option<Kind> {
    match plural {
        "models" => Some(Kind::Model),
        "datasets" => Some(Kind::Dataset),
        _ => None,
    }
}

fn api(kind: Kind, rest: &[&str]) -> Option<Route> {
    let main = || "main".to_owned();
    let Some((id, marker, after)) = split_at_marker(
        rest,
        &["revision", "tree", "paths-info", "commits", "refs", "auth-check", "xet-read-token"],
    ) else {
        let asked = Asked::Info { revision: main() };
        return (rest.len() <= 2).then(|| Route::Repository { kind, id: rest.join("/"), asked });
    };
    let asked = match marker {
        "revision" => Asked::Info { revision: after.join("/") },
        "tree" => {
            let (revision, path) = split_revision(after)?;
            Asked::Tree { revision, path }
        }
        "paths-info" => Asked::PathsInfo { revision: after.join("/") },
        "commits" if after.is_empty() => Asked::Commits { revision: main() },
        "commits" => Asked::Commits { revision: after.join("/") },
        "refs" => Asked::Refs,
        "auth-check" => Asked::AuthCheck,
        _ => return None,
    };
    Some(Route::Repository { kind, id, asked })
}

fn file(kind: Kind, rest: &[&str]) -> Option<Route> {
    let (id, marker, after) = split_at_marker(rest, &["resolve", "raw"])?;
    let (revision, path) = split_revision(after)?;
    let asked = match marker {
        "raw" => Asked::Raw { revision, path },
        _ => Asked::File { revision, path },
    };
    Some(Route::Repository { kind, id, asked })
}

/// `{namespace}/{name}/{sha}/{path}`: the hash of forty digits is the marker here.
fn split_at_commit(rest: &[&str]) -> Option<(String, String, String)> {
    let at = rest.iter().position(|segment| segment.len() == 40)?;
    Some((rest[..at].join("/"), rest[at].to_owned(), rest[at + 1..].join("/")))
}

fn split_at_marker<'a>(
    rest: &'a [&'a str],
    markers: &[&str],
) -> Option<(String, &'a str, &'a [&'a str])> {
    let at = [1, 2].into_iter().find(|at| rest.get(*at).is_some_and(|it| markers.contains(it)))?;
    Some((rest[..at].join("/"), rest[at], &rest[at + 1..]))
}

/// `refs/pr/1` arrives as one encoded segment from Python and as three from JavaScript.
fn split_revision(after: &[&str]) -> Option<(String, String)> {
    let length = if after.first() == Some(&"refs") && after.len() >= 3 { 3 } else { 1 };
    let (revision, path) = after.split_at_checked(length)?;
    Some((revision.join("/"), path.join("/")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn repository(id: &str, asked: Asked) -> Route {
        Route::Repository { kind: Kind::Model, id: id.to_owned(), asked }
    }

    #[test]
    fn an_id_has_one_or_two_segments() {
        let info = || Asked::Info { revision: "main".into() };
        assert_eq!(parse("/api/models/gpt2"), Some(repository("gpt2", info())));
        assert_eq!(parse("/api/models/a/b"), Some(repository("a/b", info())));
        assert_eq!(parse("/api/models/a/b/c"), None);
        let file = Asked::File { revision: "main".into(), path: "x/y.json".into() };
        assert_eq!(parse("/gpt2/resolve/main/x/y.json"), Some(repository("gpt2", file)));
    }

    #[test]
    fn a_revision_with_slashes_may_be_encoded_or_not() {
        let tree = || Asked::Tree { revision: "refs/pr/1".into(), path: "sub".into() };
        assert_eq!(
            parse("/api/models/a/b/tree/refs%2Fpr%2F1/sub"),
            Some(repository("a/b", tree()))
        );
        assert_eq!(parse("/api/models/a/b/tree/refs/pr/1/sub"), Some(repository("a/b", tree())));
    }

    #[test]
    fn a_path_is_decoded_once_and_a_plus_is_a_plus() {
        let file = Asked::File { revision: "main".into(), path: "sub dir/a+b%.txt".into() };
        assert_eq!(parse("/a/b/resolve/main/sub%20dir/a+b%25.txt"), Some(repository("a/b", file)));
    }
}

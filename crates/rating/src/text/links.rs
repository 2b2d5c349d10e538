//! Where a card's links lead, by the form of their address.

use touchstone_domain::ArtifactType;
use touchstone_domain::source::{HubKind, Source};
use url::Url;

/// A link of a card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Link {
    /// Its address.
    pub(crate) url: String,
    /// Its text; empty for a bare address.
    pub(crate) text: String,
    /// The line of the card that it stands on.
    pub(crate) line: usize,
    /// Where it leads.
    pub(crate) kind: LinkKind,
}

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum LinkKind {
    /// A scientific publication.
    Paper,
    /// A code repository, as `owner/name`; and whether it points at a file or issue inside it.
    Code {
        /// `owner/name`.
        repository: String,
        /// Whether the link names a file, folder or discussion inside.
        inside: bool,
    },
    /// A data set of the Hub.
    Dataset(String),
    /// A space of the Hub: a running demonstration.
    Space,
    /// A model of the Hub.
    Model(String),
    /// A licence's text.
    License,
    /// A notebook that runs in a browser.
    Notebook,
    /// Anything else on the web.
    Other,
}

/// The Hub's own pages, whose first path segment is no owner.
const HUB_PAGES: [&str; 22] = [
    "docs",
    "blog",
    "papers",
    "tasks",
    "learn",
    "course",
    "front",
    "join",
    "pricing",
    "models",
    "organizations",
    "collections",
    "settings",
    "new",
    "login",
    "posts",
    "chat",
    "spaces",
    "transformers",
    "resolve",
    "api",
    "inference-api",
];

/// Archives of publications, by host.
const PAPER_HOSTS: [&str; 8] = [
    "arxiv.org",
    "doi.org",
    "openreview.net",
    "aclanthology.org",
    "aclweb.org",
    "biorxiv.org",
    "semanticscholar.org",
    "proceedings.mlr.press",
];

impl Link {
    /// Reads an address; nothing where it is no web address.
    pub(crate) fn read(address: &str, text: &str, line: usize) -> Option<Self> {
        let url =
            Url::parse(address).ok().filter(|url| matches!(url.scheme(), "http" | "https"))?;
        let kind = kind_of(&url);
        Some(Self { url: address.to_owned(), text: text.trim().to_owned(), line, kind })
    }
}

fn kind_of(url: &Url) -> LinkKind {
    let host = url.host_str().unwrap_or_default().trim_start_matches("www.");
    let path = url.path();
    let lower = path.to_ascii_lowercase();
    let extension = lower.rsplit_once('.').map_or("", |(_, extension)| extension);
    match host {
        "huggingface.co" | "hf.co" => return hub(url),
        "github.com" => return code(url),
        "spdx.org" | "creativecommons.org" | "opensource.org" => return LinkKind::License,
        _ => {}
    }
    let is_paper_host =
        PAPER_HOSTS.iter().any(|paper| host == *paper || host.ends_with(&format!(".{paper}")));
    if is_paper_host || extension == "pdf" || host.starts_with("papers.") {
        LinkKind::Paper
    } else if host.starts_with("colab.") || extension == "ipynb" {
        LinkKind::Notebook
    } else if lower.contains("license") || lower.contains("licence") {
        LinkKind::License
    } else {
        LinkKind::Other
    }
}

fn hub(url: &Url) -> LinkKind {
    let mut segments = url.path_segments().into_iter().flatten();
    match (segments.next().unwrap_or_default(), segments.next().unwrap_or_default()) {
        ("papers", paper) if !paper.is_empty() => return LinkKind::Paper,
        ("spaces", owner) if !owner.is_empty() => return LinkKind::Space,
        (page, rest)
            if HUB_PAGES.contains(&page) || rest.is_empty() && !url.path().contains('-') =>
        {
            return LinkKind::Other;
        }
        _ => {}
    }
    let kinds = [ArtifactType::Model, ArtifactType::Dataset];
    match kinds.into_iter().find_map(|kind| Source::parse(url.as_str(), kind).ok()) {
        Some(Source::HuggingFace { kind: HubKind::Dataset, repository, .. }) => {
            LinkKind::Dataset(repository)
        }
        Some(Source::HuggingFace { kind: HubKind::Model, repository, .. }) => {
            LinkKind::Model(repository)
        }
        _ => LinkKind::Other,
    }
}

/// GitHub's own pages, whose first path segment is no owner.
const GITHUB_PAGES: [&str; 10] = [
    "orgs",
    "sponsors",
    "topics",
    "features",
    "about",
    "marketplace",
    "settings",
    "login",
    "apps",
    "user-attachments",
];

fn code(url: &Url) -> LinkKind {
    let Ok(Source::GitHub { repository, .. }) = Source::parse(url.as_str(), ArtifactType::Code)
    else {
        return LinkKind::Other;
    };
    let owner = repository.split('/').next().unwrap_or_default();
    if GITHUB_PAGES.contains(&owner) {
        return LinkKind::Other;
    }
    let inside =
        url.path_segments().is_some_and(|mut path| path.nth(2).is_some_and(|it| !it.is_empty()));
    LinkKind::Code { repository, inside }
}

/// The web addresses that stand bare in a text.
pub(super) fn bare_addresses(text: &str) -> impl Iterator<Item = &str> {
    let starts = text.match_indices("http").filter(|(at, _)| {
        let rest = &text[*at..];
        rest.starts_with("http://") || rest.starts_with("https://")
    });
    starts.map(|(at, _)| {
        let rest = &text[at..];
        let end = rest.find(|c: char| c.is_whitespace() || "<>\"'`|)]}".contains(c));
        rest[..end.unwrap_or(rest.len())].trim_end_matches(['.', ',', ';', ':', '!', '?', '*', '_'])
    })
}

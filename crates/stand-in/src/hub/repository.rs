//! A repository of the Hub as a test describes it.

use super::card::Card;
use crate::content::{Content, sha1_hex};
use bytes::Bytes;
use jiff::Timestamp;
use std::collections::BTreeMap;
use std::io;
use std::path::Path;

/// Files above this are kept in Git LFS whatever they are called, as on the Hub.
const LARGEST_PLAIN_FILE_BYTES: u64 = 10_000_000;

/// Names that the Hub's default `.gitattributes` puts under Git LFS.
const LARGE_FILE_ENDINGS: [&str; 16] = [
    ".7z",
    ".arrow",
    ".bin",
    ".ckpt",
    ".gguf",
    ".gz",
    ".h5",
    ".msgpack",
    ".npz",
    ".onnx",
    ".parquet",
    ".pkl",
    ".pt",
    ".pth",
    ".safetensors",
    ".zip",
];

/// What a repository of the Hub holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Weights; file addresses have no prefix.
    Model,
    /// Data; file addresses begin with `/datasets`.
    Dataset,
}

impl Kind {
    /// The word in API paths: `models` or `datasets`.
    #[must_use]
    pub fn plural(self) -> &'static str {
        match self {
            Self::Model => "models",
            Self::Dataset => "datasets",
        }
    }
}

/// One commit in a repository's history on the Hub.
#[derive(Debug, Clone)]
pub struct HubCommit {
    pub(super) id: String,
    pub(super) author: String,
    pub(super) title: String,
    pub(super) date: Timestamp,
}

/// A model or data set at its newest commit, with its history.
///
/// Adding a repository of the same name again is a push: the new content becomes `main`, the
/// older commit stays reachable by its hash.
#[derive(Debug, Clone)]
pub struct Repository {
    pub(super) kind: Kind,
    pub(super) id: String,
    pub(super) files: BTreeMap<String, Content>,
    pub(super) history: Vec<HubCommit>,
    pub(super) card: Card,
    pub(super) created: Timestamp,
    pub(super) downloads: u64,
    pub(super) likes: u64,
    pub(super) tags: Vec<String>,
    pub(super) gated: bool,
    pub(super) private: bool,
    pub(super) disabled: bool,
}

impl Repository {
    /// An empty model repository, `namespace/name`.
    #[must_use]
    pub fn model(id: &str) -> Self {
        Self::new(Kind::Model, id)
    }

    /// An empty data set repository, `namespace/name`.
    #[must_use]
    pub fn dataset(id: &str) -> Self {
        Self::new(Kind::Dataset, id)
    }

    /// All files under a folder, streamed from there, without what git and caches keep there.
    ///
    /// # Errors
    /// When the folder or a file in it cannot be read.
    pub fn from_folder(kind: Kind, id: &str, folder: &Path) -> io::Result<Self> {
        let mut repository = Self::new(kind, id);
        let mut open = vec![(folder.to_owned(), String::new())];
        while let Some((folder, prefix)) = open.pop() {
            for entry in std::fs::read_dir(folder)? {
                let entry = entry?;
                let name = entry.file_name().to_string_lossy().into_owned();
                if [".git", ".cache"].contains(&name.as_str()) {
                    continue;
                }
                let path = format!("{prefix}{name}");
                if entry.path().is_dir() {
                    open.push((entry.path(), format!("{path}/")));
                } else {
                    repository = repository.content(&path, Content::on_disk(&entry.path())?);
                }
            }
        }
        Ok(repository)
    }

    /// `count` different small models, `synthetic/model-00000` and on: a card of about four
    /// kilobytes, a configuration and ten kilobytes of weights each.
    pub fn many(count: usize) -> impl Iterator<Item = Self> {
        (0..count).map(super::many::model)
    }

    fn new(kind: Kind, id: &str) -> Self {
        Self {
            kind,
            id: id.to_owned(),
            files: BTreeMap::new(),
            history: Vec::new(),
            card: Card::default(),
            created: Timestamp::UNIX_EPOCH,
            downloads: 0,
            likes: 0,
            tags: Vec::new(),
            gated: false,
            private: false,
            disabled: false,
        }
    }

    /// Puts a file with these bytes at `path`.
    #[must_use]
    pub fn file(self, path: &str, bytes: impl Into<Bytes>) -> Self {
        self.content(path, Content::bytes(bytes))
    }

    /// Puts any content at `path`, on disk or synthetic for example.
    #[must_use]
    pub fn content(mut self, path: &str, content: Content) -> Self {
        if path == "README.md" {
            self.card = content.document().map(|text| Card::parse(&text)).unwrap_or_default();
        }
        self.files.insert(path.to_owned(), content);
        self
    }

    /// Puts the README, whose front matter becomes the card's data and the tags.
    #[must_use]
    pub fn card(self, text: &str) -> Self {
        self.file("README.md", text.to_owned())
    }

    /// Adds a commit to the history, oldest first. Without any there is one by the owner.
    #[must_use]
    pub fn commit(mut self, author: &str, title: &str, date: Timestamp) -> Self {
        let id = sha1_hex(&format!("{} {author} {title} {date}", self.id));
        let (author, title) = (author.to_owned(), title.to_owned());
        self.history.push(HubCommit { id, author, title, date });
        self
    }

    /// When the repository was made.
    #[must_use]
    pub fn created(mut self, date: Timestamp) -> Self {
        self.created = date;
        self
    }

    /// Downloads of the last thirty days.
    #[must_use]
    pub fn downloads(mut self, count: u64) -> Self {
        self.downloads = count;
        self
    }

    /// Likes.
    #[must_use]
    pub fn likes(mut self, count: u64) -> Self {
        self.likes = count;
        self
    }

    /// Adds a tag to those that follow from the card.
    #[must_use]
    pub fn tag(mut self, tag: &str) -> Self {
        self.tags.push(tag.to_owned());
        self
    }

    /// Lets everybody see it, but only callers with [`super::GRANTED_TOKEN`] have its files.
    #[must_use]
    pub fn gated(mut self) -> Self {
        self.gated = true;
        self
    }

    /// Hides it from everybody without [`super::GRANTED_TOKEN`].
    #[must_use]
    pub fn private(mut self) -> Self {
        self.private = true;
        self
    }

    /// Takes it off for legal reasons.
    #[must_use]
    pub fn disabled(mut self) -> Self {
        self.disabled = true;
        self
    }

    /// Its name, `namespace/name`.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The hash of the newest commit: 40 hex digits that change when any file does.
    #[must_use]
    pub fn commit_sha(&self) -> String {
        let files =
            self.files.iter().map(|(path, content)| format!("{path} {}\n", content.git_sha1()));
        let earlier = self.history.iter().map(|commit| commit.id.as_str());
        sha1_hex(&format!(
            "{} {}{}",
            self.id,
            files.collect::<String>(),
            earlier.collect::<String>()
        ))
    }

    /// The history, newest first; the newest has the hash of [`Self::commit_sha`].
    pub(super) fn commits(&self) -> Vec<HubCommit> {
        let mut commits = self.history.clone();
        if commits.is_empty() {
            let author = self.owner().to_owned();
            let title = "Upload files".to_owned();
            commits.push(HubCommit { id: String::new(), author, title, date: self.created });
        }
        if let Some(newest) = commits.last_mut() {
            newest.id = self.commit_sha();
        }
        commits.reverse();
        commits
    }

    pub(super) fn modified(&self) -> Timestamp {
        self.history.last().map_or(self.created, |commit| commit.date)
    }

    pub(super) fn owner(&self) -> &str {
        self.id.split_once('/').map_or("", |(owner, _)| owner)
    }
}

/// Whether the Hub keeps this file in Git LFS: such files have a SHA-256 and are redirected.
pub(super) fn is_large(path: &str, content: &Content) -> bool {
    content.size_bytes() > LARGEST_PLAIN_FILE_BYTES
        || LARGE_FILE_ENDINGS.iter().any(|ending| path.ends_with(ending))
}

/// The text that stands in git for a large file.
pub(super) fn pointer_text(content: &Content) -> String {
    let (sha256, size_bytes) = (content.sha256(), content.size_bytes());
    format!("version https://git-lfs.github.com/spec/v1\noid sha256:{sha256}\nsize {size_bytes}\n")
}

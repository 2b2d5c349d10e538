//! Who stands behind signatures: one person may commit under an account, several mails and names.
//! Mails are compared and then forgotten: no fact holds one.

use super::wire::{list, text};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use touchstone_domain::facts::{Contributor, is_program};

/// More co-authors of one commit are not counted.
const MOST_CO_AUTHORS: usize = 20;

/// A signature under a commit, as a host or a line of its message gives it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Signature {
    pub(super) login: Option<String>,
    pub(super) mail: Option<String>,
    pub(super) name: Option<String>,
    /// Whether the host says that it is a program.
    pub(super) is_program: bool,
}

impl Signature {
    /// The account, where the host or a mail that hides another (`1+login@users.noreply.host`)
    /// names it.
    pub(super) fn account(&self) -> Option<&str> {
        let hidden = || {
            let (local, host) = self.mail.as_deref()?.split_once('@')?;
            let login = local.split_once('+').map_or(local, |(_, login)| login);
            host.to_ascii_lowercase().starts_with("users.noreply.").then_some(login)
        };
        self.login.as_deref().or_else(hidden).filter(|login| !login.is_empty())
    }

    /// What a person is shown as: the account, else the name.
    pub(super) fn shown(&self) -> Option<String> {
        let name = self.name.as_deref().filter(|name| !name.trim().is_empty());
        self.account().or(name).map(str::to_owned)
    }

    fn is_program(&self) -> bool {
        let marked = |name: &Option<String>| name.as_deref().is_some_and(is_program);
        self.is_program || marked(&self.name) || self.account().is_some_and(is_program)
    }
}

/// Counts commits by person.
#[derive(Debug, Default)]
pub(super) struct People {
    accounts: HashMap<String, String>,
    counted: BTreeMap<String, Contributor>,
}

impl People {
    /// Learns which mails belong to which account. To be told of all signatures before any counts.
    pub(super) fn learn<'a>(&mut self, signatures: impl IntoIterator<Item = &'a Signature>) {
        for signature in signatures {
            if let (Some(account), Some(mail)) = (signature.account(), &signature.mail) {
                let account = account.to_owned();
                self.accounts.entry(mail.to_lowercase()).or_insert(account);
            }
        }
    }

    /// Counts commits of everybody who signed them, each person once.
    pub(super) fn count(&mut self, signatures: &[Signature], commits: u64) {
        let mut seen = BTreeSet::new();
        for signature in signatures.iter().take(1 + MOST_CO_AUTHORS) {
            let Some((key, identity)) = self.identity(signature) else { continue };
            if !seen.insert(key.clone()) {
                continue;
            }
            let person = Contributor { identity, commits: 0, is_bot: false };
            let person = self.counted.entry(key).or_insert(person);
            person.commits = person.commits.saturating_add(commits);
            person.is_bot |= signature.is_program();
        }
    }

    /// What tells a person from others, and what they are shown as.
    fn identity(&self, signature: &Signature) -> Option<(String, String)> {
        let mail = signature.mail.as_deref().map(str::to_lowercase).filter(|mail| !mail.is_empty());
        let known = || self.accounts.get(mail.as_deref()?).map(String::as_str);
        if let Some(account) = signature.account().or_else(known) {
            return Some((format!("account {}", account.to_lowercase()), account.to_owned()));
        }
        let shown = signature.shown();
        match mail {
            // Who has only a mail is shown by the part before its host.
            Some(mail) => {
                let local = mail.split('@').next().unwrap_or_default().to_owned();
                Some((format!("mail {mail}"), shown.unwrap_or(local)))
            }
            None => shown.map(|name| (format!("name {}", name.to_lowercase()), name)),
        }
    }

    /// Everybody, most commits first.
    pub(super) fn into_contributors(self) -> Vec<Contributor> {
        let mut people: Vec<Contributor> = self.counted.into_values().collect();
        people.sort_by_key(|person| std::cmp::Reverse(person.commits));
        people
    }
}

/// The signatures under a commit of the REST interface: its author, then its co-authors.
pub(super) fn signatures(commit: &Value) -> Vec<Signature> {
    let written = &commit["commit"]["author"];
    let author = Signature {
        login: text(&commit["author"]["login"]),
        mail: text(&written["email"]),
        name: text(&written["name"]),
        is_program: commit["author"]["type"] == "Bot",
    };
    let message = commit["commit"]["message"].as_str().unwrap_or_default();
    std::iter::once(author).chain(co_authors(message)).collect()
}

/// Those whom a message names by the convention `Co-authored-by: Name <mail>`.
fn co_authors(message: &str) -> impl Iterator<Item = Signature> {
    const LINE: &str = "co-authored-by:";
    let named = message.lines().filter_map(|line| {
        let line = line.trim();
        let begins = line.get(..LINE.len())?.eq_ignore_ascii_case(LINE);
        let (name, mail) = line.get(LINE.len()..)?.rsplit_once('<')?;
        let (mail, _) = mail.split_once('>')?;
        let (mail, name) = (Some(mail.trim().to_owned()), Some(name.trim().to_owned()));
        begins.then(|| Signature { mail, name, ..Signature::default() })
    });
    named.take(MOST_CO_AUTHORS)
}

/// A row of the list of contributors; somebody without an account is there with a mail.
pub(super) fn contributor(row: &Value) -> Signature {
    Signature {
        login: text(&row["login"]),
        mail: text(&row["email"]),
        name: text(&row["name"]),
        is_program: row["type"] == "Bot",
    }
}

/// The signatures under a commit of a query: its author, then its co-authors.
pub(super) fn actors(commit: &Value) -> Vec<Signature> {
    let actors = list(&commit["authors"]["nodes"]).map(|actor| Signature {
        login: text(&actor["user"]["login"]),
        mail: text(&actor["email"]),
        name: text(&actor["name"]),
        is_program: false,
    });
    actors.collect()
}

//! The code repositories that a model names, told from mere mentions by what the card says around
//! each link; never by who owns them.

use super::{MAX_REPOSITORIES, Named};
use crate::text::{Card, Link, LinkKind, Section, Topic};
use std::collections::BTreeMap;
use touchstone_domain::facts::ModelFacts;
use touchstone_domain::lineage::Provenance;

/// What is known of one repository's part in the card.
struct Mention {
    name: String,
    stated_in: Provenance,
    relevance: u32,
    links: u32,
    first_seen: usize,
}

/// Words beside a link that say that it leads to the model's own code.
const OWN_CODE: [&str; 11] = [
    "code",
    "repo",
    "repository",
    "implementation",
    "released in",
    "source",
    "scripts",
    "script",
    "project page",
    "training",
    "github",
];

/// Words beside a link that say that it leads to a tool or to somebody else's work.
const TOOL: [&str; 9] = [
    "library",
    "install",
    "package",
    "framework",
    "toolkit",
    "inspired by",
    "thanks to",
    "issue",
    "using the",
];

/// The repositories that a card gives as the model's code, most relevant first. A link without any
/// sign of that, such as one to a library that loads the model, is left out.
pub(super) fn named(model: &ModelFacts, card: &Card) -> Vec<Named> {
    let mut mentions = BTreeMap::new();
    for (field, value) in &card.front_matter {
        let link = value.as_str().and_then(|address| Link::read(address.trim(), field, 0));
        if let Some(link) = link {
            add(&mut mentions, &link, Provenance::Card, 4);
        }
    }
    for section in card.own_sections() {
        for link in &section.links {
            add(&mut mentions, link, Provenance::Prose, relevance(section, link));
        }
    }
    let mut mentions: Vec<Mention> = mentions.into_values().collect();
    for mention in &mut mentions {
        mention.relevance += kinship(&mention.name, model.source.repository());
    }
    mentions.retain(|mention| mention.relevance > 0);
    mentions.sort_by_key(|mention| {
        (std::cmp::Reverse((mention.relevance, mention.links)), mention.first_seen)
    });
    mentions
        .into_iter()
        .take(MAX_REPOSITORIES)
        .map(|mention| Named { name: mention.name, stated_in: mention.stated_in })
        .collect()
}

fn add(mentions: &mut BTreeMap<String, Mention>, link: &Link, stated_in: Provenance, weight: u32) {
    let LinkKind::Code { repository, .. } = &link.kind else { return };
    let first_seen = mentions.len();
    let mention = mentions.entry(repository.to_lowercase()).or_insert_with(|| Mention {
        name: repository.clone(),
        stated_in,
        relevance: 0,
        links: 0,
        first_seen,
    });
    mention.links += 1;
    mention.relevance = mention.relevance.max(weight);
}

/// How clearly a card gives a link as the model's own code, 0 to 3.
fn relevance(section: &Section, link: &Link) -> u32 {
    let around = around(section, link);
    let says = |words: &[&str]| words.iter().any(|word| contains_word(&around, word));
    let LinkKind::Code { inside, .. } = &link.kind else { return 0 };
    let own = 2 * u32::from(says(&OWN_CODE)) + u32::from(section.topics.contains(&Topic::Code));
    let against = 2 * u32::from(says(&TOOL)) + u32::from(*inside);
    own.saturating_sub(against)
}

/// The line of prose that a link stands in, in lower case, without addresses: their own words say
/// nothing.
fn around(section: &Section, link: &Link) -> String {
    let sought = if link.text.is_empty() { &link.url } else { &link.text };
    let near = section.prose.lines().find(|near| near.contains(sought.as_str()));
    let near = near.unwrap_or(&section.heading).to_lowercase();
    let words = near.split_whitespace().filter(|word| !word.contains("://"));
    words.collect::<Vec<_>>().join(" ")
}

fn contains_word(line: &str, word: &str) -> bool {
    let is_edge = |character: Option<char>| character.is_none_or(|it| !it.is_alphanumeric());
    line.match_indices(word).any(|(at, _)| {
        let end = line[at + word.len()..].trim_start_matches('s').chars().next();
        is_edge(line[..at].chars().next_back()) && is_edge(end)
    })
}

/// How near a repository's name is to the model's: the same name counts 2, the same owner 1.
fn kinship(repository: &str, model: &str) -> u32 {
    let plain = |text: &str| -> String {
        text.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_lowercase()
    };
    let parts = |text: &str| {
        let (before, after) = text.split_once('/').unwrap_or(("", text));
        (plain(before), plain(after))
    };
    let (host, project) = parts(repository);
    let (owner, name) = parts(model);
    let named_alike = project.len() >= 3 && name.starts_with(&project);
    2 * u32::from(named_alike) + u32::from(!host.is_empty() && host == owner)
}

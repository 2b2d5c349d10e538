//! A small family of invented models, data sets and code repositories, good and bad, related as
//! real ones are. Texts lie as plain files in the crate's `demo` folder; this adds what a folder
//! does not hold: weights, histories and counts.

mod code;
mod datasets;
mod models;
mod weights;

use crate::github::CodeRepository;
use crate::hub::Repository;
use crate::stand_in::{Addable, StandIn};
use jiff::Timestamp;
use rust_embed::RustEmbed;

const DAY_SECONDS: i64 = 86_400;

/// Invented organisations of the Hub and their members; all other owners are single persons.
const ORGANIZATIONS: [(&str, u32); 4] =
    [("lanternfish-lab", 14), ("copperwick", 5), ("heronworks", 3), ("quillnest", 2)];

/// The texts of the family.
#[derive(RustEmbed)]
#[folder = "demo"]
struct Texts;

/// Everything the demonstration shows, dated back from one moment.
#[derive(Debug, Clone)]
pub struct Family {
    models: Vec<Repository>,
    datasets: Vec<Repository>,
    code: Vec<CodeRepository>,
}

impl Family {
    /// The family as it looks at `now`: the newest commits are days old, the oldest years.
    #[must_use]
    pub fn at(now: Timestamp) -> Self {
        let past = Past(now);
        Self { models: models::all(past), datasets: datasets::all(past), code: code::all(past) }
    }

    /// The models' names on the Hub, parents before their children.
    pub fn model_ids(&self) -> impl Iterator<Item = &str> {
        self.models.iter().map(Repository::id)
    }
}

impl Addable for Family {
    fn add_to(self, stand_in: &StandIn) {
        for (name, members) in ORGANIZATIONS {
            stand_in.organization(name, members);
        }
        self.models
            .into_iter()
            .chain(self.datasets)
            .for_each(|repository| stand_in.add(repository));
        self.code.into_iter().for_each(|repository| stand_in.add(repository));
    }
}

/// The past as seen from one moment.
#[derive(Debug, Clone, Copy)]
struct Past(Timestamp);

impl Past {
    fn days_ago(self, days: i64) -> Timestamp {
        Timestamp::from_second(self.0.as_second() - days * DAY_SECONDS).unwrap_or(self.0)
    }
}

/// Every text below `folder` of the demo, by its path below that.
fn texts(folder: &str) -> impl Iterator<Item = (String, Vec<u8>)> {
    let prefix = format!("{folder}/");
    Texts::iter().filter_map(move |path| {
        let below = path.strip_prefix(&prefix)?.to_owned();
        Some((below, Texts::get(&path)?.data.into_owned()))
    })
}

/// A licence's own text.
fn license_text(spdx_id: &str) -> Vec<u8> {
    let path = format!("licenses/{spdx_id}.txt");
    Texts::get(&path).map(|text| text.data.into_owned()).unwrap_or_default()
}

//! Reading what people write about a model: cards, tables, links, and the Python in them.

mod card;

pub(crate) use card::{Card, Section};

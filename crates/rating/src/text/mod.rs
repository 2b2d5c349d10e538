//! Reading what people write about a model: cards, tables, links, and the Python in them.

mod card;
mod front_matter;
mod headings;
mod html;
mod links;
mod markdown;
mod prose;
pub(crate) mod python;
mod tables;

pub(crate) use card::{Card, is_spelled, words_of};
pub(crate) use front_matter::read_document as read_yaml;
pub(crate) use headings::Topic;
pub(crate) use links::{Link, LinkKind};
pub(crate) use markdown::{CodeBlock, Section};
pub(crate) use prose::substance;
pub(crate) use tables::Table;

//! Not assessed yet.

use super::{Outcome, Tally};
use crate::context::Context;

/// Gives nothing.
pub(crate) fn score(_context: &Context<'_>) -> Outcome {
    let mut tally = Tally::default();
    tally.unnamed(1.0, "This question is not assessed yet.", None);
    tally.outcome()
}

//! Not assessed yet.

use super::{Outcome, Tally};
use crate::context::Context;

/// Gives nothing.
pub(crate) fn score(_context: &Context<'_>) -> Outcome {
    let mut tally = Tally::default();
    tally.unnamed(1.0, "This question is not assessed yet.", None);
    tally.outcome()
}

/// How well each class of device holds the model.
pub(crate) fn by_device(_context: &Context<'_>) -> touchstone_domain::rating::SizeScores {
    touchstone_domain::rating::SizeScores {
        raspberry_pi: 0.0,
        jetson_nano: 0.0,
        desktop_pc: 0.0,
        aws_server: 0.0,
    }
}

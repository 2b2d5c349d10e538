//! Rating from facts, in one process, without a store or the network.

use super::Bench;
use super::figures::Figure;
use super::registry::binary;
use crate::commands::output;
use anyhow::{Context, Result};
use std::process::Command;

pub(crate) fn measure(bench: &Bench) -> Result<Vec<Figure>> {
    let (mut one, mut thousand) = (Vec::new(), Vec::new());
    for _ in 0..bench.rounds {
        let said = output(&mut Command::new(binary("examples/rate")))?;
        let mut numbers = said.split_whitespace().map(str::parse);
        let mut next = || numbers.next().context("a number is missing");
        one.push(next()??);
        thousand.push(next()??);
    }
    Ok(vec![
        Figure::at_most("rating a collected model", 10.0, "ms", one)
            .how("median of 200; a 10 kB card with four code blocks"),
        Figure::at_most("rating 1,000 models from stored facts", 10.0, "s", thousand)
            .how("facts read as JSON, two threads"),
    ])
}

//! The page on which every answer that differs from the OSADL matrix is listed with its reason.

use crate::commands::{cargo, run};
use crate::setup;
use anyhow::Result;

/// Writes `docs/licences-osadl.md`, and fails where a disagreement has no reason.
pub(crate) fn write_page() -> Result<()> {
    setup::osadl()?;
    let mut tests = cargo();
    tests.args(["test", "-p", "touchstone-rating", "--test", "osadl"]);
    tests.env("TOUCHSTONE_TEST_OSADL", setup::osadl_dir()).env("UPDATE_OSADL_PAGE", "1");
    run(&mut tests)
}

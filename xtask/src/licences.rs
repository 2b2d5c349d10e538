//! The pages on licences: what each asks for, and every answer that differs from the OSADL matrix
//! with its reason.

use crate::commands::{cargo, run};
use crate::setup;
use anyhow::Result;

/// Writes `docs/licences.md` and `docs/licences-osadl.md`, and fails where a disagreement has no
/// reason.
pub(crate) fn write_pages() -> Result<()> {
    setup::osadl()?;
    let mut tests = cargo();
    tests.args(["test", "-p", "touchstone-rating", "--test", "licence_pages"]);
    tests.env("TOUCHSTONE_TEST_OSADL", setup::osadl_dir()).env("UPDATE_LICENCE_PAGES", "1");
    run(&mut tests)
}

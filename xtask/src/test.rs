//! Everything that must hold before a change lands, in one command.

use crate::commands::{cargo, run};
use crate::{coverage, lint, setup, web};
use anyhow::Result;
use clap::Args;

/// Install what the tests need, lint, and run every test.
#[derive(Args)]
pub(crate) struct Test {
    /// Leave out the linters.
    #[arg(long)]
    no_lint: bool,
}

impl Test {
    pub(crate) fn run(&self) -> Result<()> {
        setup::install()?;
        if !self.no_lint {
            lint::check()?;
        }
        web::build()?;
        coverage::start()?;
        let mut tests = cargo();
        tests.args(["test", "--workspace", "--no-fail-fast"]);
        tests.env("TOUCHSTONE_TEST_REAL_MODEL", setup::real_model_dir());
        tests.env("TOUCHSTONE_TEST_PYTHON_TOOLS", setup::python_tools());
        tests.env("TOUCHSTONE_TEST_OSADL", setup::osadl_dir());
        coverage::instrument(&mut tests);
        run(&mut tests)?;
        web::test()?;
        coverage::report()
    }
}

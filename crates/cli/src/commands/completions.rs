//! `touchstone completions`.

use crate::Arguments;
use clap::{Args, CommandFactory};
use clap_complete::Shell;

/// Print completions for a shell
#[derive(Args, Debug)]
pub(crate) struct Completions {
    shell: Shell,
}

impl Completions {
    pub(crate) fn run(self) {
        clap_complete::generate(
            self.shell,
            &mut Arguments::command(),
            "touchstone",
            &mut std::io::stdout(),
        );
    }
}

//! Exit codes that scripts can use, and the one place that prints an error.

use std::process::ExitCode;

/// What a command came to when it did not succeed. `2` is left to wrong usage, as clap has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Failure {
    /// Something did not work.
    #[error("it did not work")]
    Broken = 1,
    /// There is no such thing.
    #[error("not found")]
    NotFound = 3,
    /// It is there already.
    #[error("there already")]
    Exists = 4,
    /// An ingest failed.
    #[error("the ingest failed")]
    IngestFailed = 5,
    /// What is stored is not what it should be.
    #[error("the verification failed")]
    Unsound = 6,
}

/// Prints the error with its causes and gives the code.
pub(crate) fn report(error: &anyhow::Error) -> ExitCode {
    if is_broken_pipe(error) {
        return ExitCode::SUCCESS;
    }
    let sentences: Vec<String> = error
        .chain()
        .filter(|cause| cause.downcast_ref::<Failure>().is_none())
        .map(ToString::to_string)
        .collect();
    eprintln!("error: {}", sentences.join(": "));
    let failure = error.downcast_ref::<Failure>().copied().unwrap_or(Failure::Broken);
    ExitCode::from(failure as u8)
}

/// Whoever read our output has seen enough, as with `| head`.
fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause
            .downcast_ref::<std::io::Error>()
            .is_some_and(|error| error.kind() == std::io::ErrorKind::BrokenPipe)
    })
}

//! What a newcomer finds in the repository: files that prepare input, and files that show how.

use super::{EXAMPLE_FILES, PREPARATION};
use crate::context::Context;
use crate::metrics::Tally;
use crate::text::python;
use touchstone_domain::facts::RepositoryFile;

/// Names of files that turn a user's input into the model's: tokenizers with their vocabularies
/// and merges, and the settings of what prepares images, sound and video.
const PREPARATION_FILES: [&str; 27] = [
    "bpe.codes",
    "feature_extractor_config.json",
    "image_processor_config.json",
    "merges.txt",
    "preprocessor_config.json",
    "processor_config.json",
    "sentencepiece.bpe.model",
    "sentencepiece.model",
    "source.spm",
    "spiece.model",
    "spm.model",
    "target.spm",
    "tekken.json",
    "tokenizer.json",
    "tokenizer.model",
    "tokenizer.model.v3",
    "tokenizer_config.json",
    "video_preprocessor_config.json",
    "vocab-src.json",
    "vocab-tgt.json",
    "vocab.bpe",
    "vocab.json",
    "vocab.spm",
    "vocab.txt",
    "vocab.yml",
    "vocabulary.json",
    "vocabulary.txt",
];

/// Words in a script's path that announce an example.
const EXAMPLE_WORDS: [&str; 11] = [
    "demo",
    "demos",
    "example",
    "examples",
    "infer",
    "inference",
    "notebooks",
    "predict",
    "quickstart",
    "tutorial",
    "usage",
];

/// Looks through the list of the repository's files.
pub(super) fn look(context: &Context<'_>, tally: &mut Tally) {
    let files = &context.model.files;
    let listing = match &files.found {
        Ok(listing) => listing,
        Err(why) => {
            let rows = [PREPARATION, EXAMPLE_FILES];
            let what = "The list of the repository's files";
            return tally.missing_all(&rows, what, &files.seen_at, why);
        }
    };
    let paths: Vec<&str> = listing.iter().filter_map(filled).collect();
    preparation(&paths, context, tally);
    examples(&paths, context, tally);
}

fn filled(file: &RepositoryFile) -> Option<&str> {
    (file.size_bytes != Some(0)).then_some(file.path.as_str())
}

fn preparation(paths: &[&str], context: &Context<'_>, tally: &mut Tally) {
    let prepares = |path: &&&str| {
        let name = path.rsplit('/').next().unwrap_or_default();
        PREPARATION_FILES.contains(&name)
    };
    if let Some(path) = paths.iter().find(prepares) {
        let observation = format!("The repository has a tokenizer or preprocessor: `{path}`.");
        tally.give(&PREPARATION, 1.0, observation, context.file_url(path));
    } else {
        let observation = "The repository has no tokenizer or preprocessor.";
        tally.give(&PREPARATION, 0.0, observation, context.model.files.seen_at.clone());
    }
}

/// A file that shows how the model is used, as far as it does.
struct Shown {
    share: f64,
    observation: String,
    seen_at: String,
}

fn examples(paths: &[&str], context: &Context<'_>, tally: &mut Tally) {
    let shown = paths.iter().filter_map(|path| shown(path, context));
    let better = |best: Shown, next: Shown| if next.share > best.share { next } else { best };
    let best = shown.reduce(better).unwrap_or_else(|| Shown {
        share: 0.0,
        observation: "The repository has no notebook or example script.".to_owned(),
        seen_at: context.model.files.seen_at.clone(),
    });
    tally.give(&EXAMPLE_FILES, best.share, best.observation, best.seen_at);
}

fn shown(path: &str, context: &Context<'_>) -> Option<Shown> {
    let kind = kind_of(path)?;
    let document = context.model.documents.iter().find(|document| document.path == path);
    let read = document.map(|document| python::examples_in(document, context.model));
    let named = kind == Kind::Notebook || is_named_example(path);
    let (share, observation) = match &read {
        Some(Ok(examples)) if let Some(own) = examples.iter().find(|it| it.loads_this) => {
            let cell = format!(" in its cell {}", own.line);
            let place = if kind == Kind::Notebook { cell.as_str() } else { "" };
            (1.0, format!("`{path}` loads this model{place}."))
        }
        Some(Err(problem)) => (0.0, format!("`{path}` {problem}.")),
        Some(Ok(_)) if named => (0.5, format!("`{path}` is there, but does not load this model.")),
        None if named => (0.5, format!("`{path}` is there, and was not read.")),
        _ => return None,
    };
    Some(Shown { share, observation, seen_at: context.file_url(path) })
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Notebook,
    Script,
}

fn kind_of(path: &str) -> Option<Kind> {
    let (_, extension) = path.rsplit_once('.')?;
    match extension.to_ascii_lowercase().as_str() {
        "ipynb" => Some(Kind::Notebook),
        "py" | "sh" => Some(Kind::Script),
        _ => None,
    }
}

fn is_named_example(path: &str) -> bool {
    let lower = path.to_ascii_lowercase();
    let mut words = lower.split(|c: char| !c.is_ascii_alphanumeric());
    words.any(|word| EXAMPLE_WORDS.contains(&word))
}

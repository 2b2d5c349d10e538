//! Which files of a listing are weights, and which of them make one complete set.

use std::collections::{BTreeMap, BTreeSet};
use touchstone_domain::facts::RepositoryFile;

/// One complete set of weights: one format, all of its shards and components.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct WeightSet {
    /// The format's name.
    pub(super) format: &'static str,
    /// The path of its first file.
    pub(super) name: String,
    /// Bytes of all of its files.
    pub(super) bytes: u64,
    /// How many files.
    pub(super) files: usize,
    /// Whether it is to be loaded over another model's weights.
    pub(super) is_adapter: bool,
}

const GGUF: &str = "GGUF";
const ONNX: &str = "ONNX";

/// Formats by the end of a file's name.
const FORMATS: [(&str, &str); 17] = [
    (".safetensors", "safetensors"),
    (".gguf", GGUF),
    (".bin", "PyTorch"),
    (".pt", "PyTorch"),
    (".pth", "PyTorch"),
    (".ckpt", "PyTorch"),
    (".nemo", "NeMo"),
    (".h5", "TensorFlow"),
    (".keras", "TensorFlow"),
    (".tflite", "TensorFlow Lite"),
    (".msgpack", "Flax"),
    (".onnx", ONNX),
    (".onnx_data", ONNX),
    (".onnx.data", ONNX),
    (".pdparams", "Paddle"),
    (".joblib", "pickle"),
    (".pkl", "pickle"),
];

/// Beginnings of names that end like weights but hold the state of a training run, a vocabulary,
/// statistics, or a part that is loaded beside the weights.
const NOT_WEIGHTS: [&str; 12] = [
    "training_args",
    "optimizer",
    "scheduler",
    "rng_state",
    "random_states",
    "scaler",
    "tokenizer",
    "vocab",
    "events.",
    "imatrix",
    "mmproj",
    "sentencepiece",
];

/// A weight file's place: which set it belongs to, and which part of it it is.
struct Part<'a> {
    folder: &'a str,
    format: &'static str,
    /// The name without shard number and ending: the same for all shards of a set.
    stem: String,
    /// Which shard of how many; nothing where it is none.
    shard: Option<(u32, u32)>,
    path: &'a str,
    size_bytes: Option<u64>,
}

/// The smallest complete set among a repository's files: of those in its root where there are any,
/// else of those in its folders. A pipeline's folders are components of one set.
pub(super) fn smallest_set(files: &[RepositoryFile]) -> Option<WeightSet> {
    let parts: Vec<Part<'_>> = files.iter().filter_map(part).collect();
    let is_pipeline = files.iter().any(|file| file.path == "model_index.json");
    if is_pipeline && let Some(set) = pipeline(&parts) {
        return Some(set);
    }
    let folders = folders(&parts);
    match smallest_in(&parts, "") {
        Some(root) => {
            let modules = folders.iter().filter(|folder| is_module(folder));
            let modules: Vec<_> =
                modules.filter_map(|folder| smallest_in(&parts, folder)).collect();
            Some(modules.iter().fold(root, joined))
        }
        None => folders.iter().filter_map(|folder| smallest_in(&parts, folder)).min_by(smaller),
    }
}

fn folders<'a>(parts: &[Part<'a>]) -> BTreeSet<&'a str> {
    parts.iter().map(|part| part.folder).filter(|folder| !folder.is_empty()).collect()
}

/// Sentence encoders keep further layers in numbered folders (`2_Dense`) beside the root's weights.
fn is_module(folder: &str) -> bool {
    folder.split_once('_').is_some_and(|(number, _)| {
        !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
    })
}

/// Every folder of a pipeline that has weights is needed, each in its smallest form.
fn pipeline(parts: &[Part<'_>]) -> Option<WeightSet> {
    let folders = folders(parts);
    // A component that is nowhere whole makes the pipeline incomplete.
    let components: Option<Vec<WeightSet>> =
        folders.iter().map(|folder| smallest_in(parts, folder)).collect();
    let components = components?;
    let (first, others) = components.split_first()?;
    Some(others.iter().fold(first.clone(), joined))
}

fn joined(whole: WeightSet, component: &WeightSet) -> WeightSet {
    WeightSet {
        bytes: whole.bytes.saturating_add(component.bytes),
        files: whole.files + component.files,
        ..whole
    }
}

fn smaller(a: &WeightSet, b: &WeightSet) -> std::cmp::Ordering {
    (a.is_adapter, a.bytes, &a.name).cmp(&(b.is_adapter, b.bytes, &b.name))
}

/// The smallest complete set of one folder; whole weights go before an adapter's.
fn smallest_in(parts: &[Part<'_>], folder: &str) -> Option<WeightSet> {
    let mut by_format: BTreeMap<&'static str, Vec<WeightSet>> = BTreeMap::new();
    let mut by_set: BTreeMap<(&'static str, &str), Vec<&Part<'_>>> = BTreeMap::new();
    for part in parts.iter().filter(|part| part.folder == folder) {
        by_set.entry((part.format, part.stem.as_str())).or_default().push(part);
    }
    for ((format, stem), members) in by_set {
        if let Some(set) = complete(format, stem, &members) {
            by_format.entry(format).or_default().push(set);
        }
    }
    by_format.into_iter().filter_map(|(format, sets)| of_format(format, sets)).min_by(smaller)
}

/// The one set that stands for a format in a folder.
fn of_format(format: &str, mut sets: Vec<WeightSet>) -> Option<WeightSet> {
    sets.sort_by(smaller);
    if format == GGUF {
        let median = sets.len().checked_sub(1)? / 2;
        return sets.into_iter().nth(median);
    }
    let part_named = |word: &str| sets.iter().find(|set| set.name.contains(word)).cloned();
    match (part_named("encoder"), part_named("decoder")) {
        // An encoder and a decoder that are filed apart are of no use without each other.
        (Some(encoder), Some(decoder)) => Some(joined(encoder, &decoder)),
        _ => sets.into_iter().next(),
    }
}

/// All shards of one set, each of a known size.
fn complete(format: &'static str, stem: &str, members: &[&Part<'_>]) -> Option<WeightSet> {
    let stated = members.iter().filter_map(|part| Some(part.shard?.1)).max();
    if let Some(stated) = stated {
        let present: BTreeSet<u32> = members.iter().filter_map(|p| Some(p.shard?.0)).collect();
        let whole = present.len() == stated as usize || members.iter().any(|p| p.shard.is_none());
        if !whole {
            return None;
        }
    }
    // The same stem whole and in shards is the same weights twice.
    let unsharded = members.iter().any(|part| part.shard.is_none());
    let counted: Vec<_> = members.iter().filter(|p| !unsharded || p.shard.is_none()).collect();
    let sizes: Option<Vec<u64>> = counted.iter().map(|part| part.size_bytes).collect();
    Some(WeightSet {
        format,
        name: counted.first()?.path.to_owned(),
        bytes: sizes?.into_iter().fold(0, u64::saturating_add),
        files: counted.len(),
        is_adapter: stem.starts_with("adapter_model") || stem.contains("lora_weights"),
    })
}

fn part(file: &RepositoryFile) -> Option<Part<'_>> {
    let (folder, name) = file.path.rsplit_once('/').unwrap_or(("", &file.path));
    let lower = name.to_ascii_lowercase();
    if NOT_WEIGHTS.iter().any(|beginning| lower.starts_with(beginning)) {
        return None;
    }
    let (ending, format) = FORMATS.iter().find(|(ending, _)| lower.ends_with(ending))?;
    let (stem, shard) = divide_shard(lower.strip_suffix(ending)?);
    Some(Part { folder, format, stem, shard, path: &file.path, size_bytes: file.size_bytes })
}

/// Takes `-00001-of-00003`, where a name has it, out of the name: a variant may follow it. Of
/// `consolidated.00` and its like the names do not say how many there are.
fn divide_shard(name: &str) -> (String, Option<(u32, u32)>) {
    let numbered = name.rsplit_once('.').filter(|(_, number)| {
        number.len() == 2 && number.bytes().all(|byte| byte.is_ascii_digit())
    });
    let plain = || (numbered.map_or(name, |(stem, _)| stem).to_owned(), None);
    let Some((before, after)) = name.split_once("-of-") else { return plain() };
    let Some((stem, number)) = before.rsplit_once(['-', '_']) else { return plain() };
    let digits = after.bytes().take_while(u8::is_ascii_digit).count();
    let (total, variant) = after.split_at(digits);
    match (number.parse(), total.parse()) {
        (Ok(number), Ok(total)) => (format!("{stem}{variant}"), Some((number, total))),
        _ => plain(),
    }
}

//! Telling paths on somebody's disk from the names of repositories.

/// Folders that training scripts write to, and roots of file systems.
const FOLDERS: [&str; 24] = [
    "output",
    "outputs",
    "out",
    "result",
    "results",
    "model",
    "models",
    "checkpoint",
    "checkpoints",
    "ckpt",
    "ckpts",
    "tmp",
    "temp",
    "home",
    "root",
    "mnt",
    "content",
    "data",
    "saved",
    "weights",
    "workspace",
    "work",
    "final",
    "runs",
];

/// Whether a name is a path, a bucket or a file rather than a repository's name.
pub(super) fn is_local(name: &str) -> bool {
    if name.starts_with("http://") || name.starts_with("https://") {
        return false;
    }
    let name = name.to_lowercase();
    let (first, last) = (name.split('/').next().unwrap_or_default(), name.rsplit('/').next());
    let last = last.unwrap_or_default();
    let step = |part: &str| {
        ["checkpoint", "ckpt", "step_", "epoch_"].iter().any(|it| part.starts_with(it))
    };
    first.is_empty()
        || first.starts_with(['.', '~', '$', '{'])
        || first.ends_with(':')
        || name.contains(['\\', ':'])
        || step(first)
        || step(last)
        || FOLDERS.contains(&first)
        || !name.contains('/') && is_no_bare_name(&name)
}

/// The Hub's oldest repositories have no owner; their names carry a size or variant.
fn is_no_bare_name(name: &str) -> bool {
    let folder = name.split(['_', '-']).next().unwrap_or_default();
    FOLDERS.contains(&folder) || !name.bytes().any(|byte| byte == b'-' || byte.is_ascii_digit())
}

/// The repository behind a path into the Hub's own cache: `…/models--owner--name/snapshots/…`.
pub(super) fn cached(path: &str) -> Option<String> {
    let folder = path.split(['/', '\\']).find_map(|part| part.strip_prefix("models--"))?;
    Some(folder.replacen("--", "/", 1))
}

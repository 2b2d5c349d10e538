//! Which files of a repository people write, told by where they are and what they are called.

/// Folders of code that others wrote or that a program made.
const OTHERS: [&str; 16] = [
    "node_modules",
    "vendor",
    "vendored",
    "_vendor",
    "third_party",
    "third-party",
    "thirdparty",
    "3rdparty",
    "external",
    "extern",
    "submodules",
    "dist",
    "build",
    "generated",
    "site-packages",
    ".git",
];

/// Files that a package manager writes.
const LOCKS: [&str; 15] = [
    "cargo.lock",
    "poetry.lock",
    "uv.lock",
    "pdm.lock",
    "pixi.lock",
    "pipfile.lock",
    "package-lock.json",
    "npm-shrinkwrap.json",
    "yarn.lock",
    "pnpm-lock.yaml",
    "bun.lock",
    "conda-lock.yml",
    "composer.lock",
    "conan.lock",
    "go.sum",
];

/// Ends of names of texts that a program makes.
const MADE_TEXTS: [&str; 17] = [
    ".min.js",
    ".min.css",
    ".bundle.js",
    ".map",
    "_pb2.py",
    "_pb2.pyi",
    "_pb2_grpc.py",
    ".pb.go",
    ".pb.cc",
    ".pb.h",
    ".snap",
    ".csv",
    ".tsv",
    ".jsonl",
    ".svg",
    ".vocab",
    ".ipynb",
];

/// Ends of names of files that have no lines: weights, data, pictures, sound and documents.
const NOT_TEXT: [&str; 35] = [
    ".safetensors",
    ".gguf",
    ".bin",
    ".pt",
    ".pth",
    ".ckpt",
    ".h5",
    ".onnx",
    ".msgpack",
    ".npy",
    ".npz",
    ".pkl",
    ".parquet",
    ".arrow",
    ".png",
    ".jpg",
    ".jpeg",
    ".gif",
    ".ico",
    ".webp",
    ".pdf",
    ".zip",
    ".gz",
    ".tar",
    ".whl",
    ".so",
    ".model",
    ".spm",
    ".wav",
    ".mp3",
    ".flac",
    ".mp4",
    ".ttf",
    ".woff",
    ".woff2",
];

/// Whether people wrote a file: neither a program nor somebody else's repository made it. Notebooks
/// are written by hand, but most of their lines are output, so their lines are not.
#[must_use]
pub fn is_written_by_hand(path: &str) -> bool {
    let path = path.to_lowercase();
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", &path));
    !folder.split('/').any(|part| OTHERS.contains(&part))
        && !is_lock(name)
        && !MADE_TEXTS.iter().any(|ending| name.ends_with(ending))
        && has_lines(name)
}

/// Whether a file of this name is a text, by its ending.
#[must_use]
pub fn has_lines(path: &str) -> bool {
    let path = path.to_lowercase();
    !NOT_TEXT.iter().any(|ending| path.ends_with(ending))
}

/// Whether a file of this name pins every dependency.
#[must_use]
pub fn is_lock(name: &str) -> bool {
    LOCKS.iter().any(|lock| name.eq_ignore_ascii_case(lock))
}

/// Whether a path leads into a folder of code that others wrote or that a program made.
#[must_use]
pub fn is_in_folder_of_others(path: &str) -> bool {
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    folder.split('/').any(|part| OTHERS.iter().any(|name| part.eq_ignore_ascii_case(name)))
}

#[cfg(test)]
mod tests {
    use super::is_written_by_hand;

    #[test]
    fn what_programs_and_others_made_is_not_written_by_hand() {
        for path in ["src/lib.rs", "README.md", "a/b/c.py", "locks.py", "builder/x.cpp"] {
            assert!(is_written_by_hand(path), "{path}");
        }
        for path in [
            "vendor/a.c",
            "web/node_modules/x/index.js",
            "Cargo.lock",
            "web/package-lock.json",
            "api/model_pb2.py",
            "static/app.min.js",
            "weights/model.safetensors",
            "play.ipynb",
        ] {
            assert!(!is_written_by_hand(path), "{path}");
        }
    }
}

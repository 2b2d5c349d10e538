//! Which files are held here, and which stay references.

use touchstone_domain::facts::RepositoryFile;

/// A repository's files, divided.
pub(super) struct Plan {
    /// To be held here.
    pub(super) held: Vec<RepositoryFile>,
    /// Over the limit.
    pub(super) referenced: Vec<RepositoryFile>,
    /// What files whose size upstream does not state may take together.
    pub(super) left_bytes: u64,
}

impl Plan {
    /// Small files first, then by path, as long as their sum is within the limit.
    pub(super) fn new(files: &[RepositoryFile], mirror_max_bytes: u64) -> Self {
        let mut files: Vec<RepositoryFile> = files.to_vec();
        files.sort_by(|a, b| (a.size_bytes, &a.path).cmp(&(b.size_bytes, &b.path)));
        let mut plan =
            Self { held: Vec::new(), referenced: Vec::new(), left_bytes: mirror_max_bytes };
        for file in files {
            match plan.left_bytes.checked_sub(file.size_bytes.unwrap_or(0)) {
                Some(left_bytes) => {
                    plan.left_bytes = left_bytes;
                    plan.held.push(file);
                }
                None => plan.referenced.push(file),
            }
        }
        plan
    }

    /// Bytes to be held, as far as upstream states them.
    pub(super) fn held_bytes(&self) -> u64 {
        self.held.iter().filter_map(|file| file.size_bytes).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &str, size_bytes: u64) -> RepositoryFile {
        RepositoryFile {
            path: path.to_owned(),
            size_bytes: Some(size_bytes),
            sha256: None,
            git_sha1: None,
        }
    }

    #[test]
    fn small_files_are_held_first_and_what_is_over_the_limit_is_referenced() {
        let files = [file("large", 90), file("b", 5), file("a", 5), file("huge", 1000)];
        let plan = Plan::new(&files, 100);
        let held: Vec<&str> = plan.held.iter().map(|file| file.path.as_str()).collect();
        assert_eq!(held, ["a", "b", "large"]);
        assert_eq!(plan.held_bytes(), 100);
        assert_eq!(plan.referenced[0].path, "huge");
        assert_eq!(plan.referenced[0].size_bytes, Some(1000));
    }

    #[test]
    fn sizes_beyond_counting_are_referenced() {
        let plan = Plan::new(&[file("a", u64::MAX), file("b", u64::MAX)], u64::MAX);
        assert_eq!((plan.held.len(), plan.referenced.len()), (1, 1));
    }
}

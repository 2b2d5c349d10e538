//! Which paths may be in a bundle: those that stay inside the folder it is unpacked into,
//! whatever the system and the program that unpacks.

/// The longest path that a ZIP can name, in bytes.
const MAX_PATH_BYTES: usize = u16::MAX as usize;

/// Whether it is safe to unpack a file at this path.
pub(super) fn is_safe(path: &str) -> bool {
    path.len() <= MAX_PATH_BYTES
        && !path.contains(|letter: char| letter == '\\' || letter.is_control())
        && !has_drive(path)
        && path.split('/').all(|segment| !matches!(segment, "" | "." | ".."))
}

/// Whether Windows reads a drive in it.
fn has_drive(path: &str) -> bool {
    matches!(path.as_bytes(), [letter, b':', ..] if letter.is_ascii_alphabetic())
}

#[cfg(test)]
mod tests {
    use super::is_safe;

    #[test]
    fn a_path_that_stays_inside_is_safe() {
        for path in
            ["a", "config.json", "onnx/model.onnx", "..a/b..", "ä/日本/🙂 x", "at 12:30", ".git"]
        {
            assert!(is_safe(path), "{path:?}");
        }
    }

    #[test]
    fn a_path_that_leads_elsewhere_is_not() {
        let long = "a".repeat(65_536);
        let unsafe_paths = [
            "",
            "/",
            "/etc/passwd",
            "..",
            "../a",
            "a/..",
            "a/../b",
            ".",
            "a/./b",
            "a//b",
            "a/",
            "a\\b",
            "..\\a",
            "C:/a",
            "c:a",
            "a\0b",
            "a\nb",
            "\u{7f}",
            &long,
        ];
        for path in unsafe_paths {
            assert!(!is_safe(path), "{path:?}");
        }
    }
}

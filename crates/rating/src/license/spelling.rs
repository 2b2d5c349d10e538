//! The spellings of licence ids: the SPDX list's own, the Hub's, and what people write for them.

use super::terms::{self, families};

/// A name in lower case with `-` between words, as [`terms`] lists them.
pub(super) fn plain(name: &str) -> String {
    name.trim().to_lowercase().replace([' ', '_'], "-")
}

/// Whether the SPDX list has a licence of this name, in whatever case.
pub(super) fn is_listed(name: &str) -> bool {
    listed(name.trim_end_matches('+')).is_some()
}

/// An expression with each licence's id in the spelling of the SPDX list. A name outside the list
/// that has terms here becomes a `LicenseRef`.
pub(super) fn respelled(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let is_word = |c: char| c.is_ascii_alphanumeric() || ".-+_".contains(c);
        if is_word(first) {
            let end = rest.find(|c| !is_word(c)).unwrap_or(rest.len());
            let (word, after) = rest.split_at(end);
            out.push_str(&respelled_word(word));
            rest = after;
        } else {
            out.push(first);
            rest = &rest[first.len_utf8()..];
        }
    }
    out
}

fn respelled_word(word: &str) -> String {
    let lower = word.to_ascii_lowercase();
    if ["and", "or", "with"].contains(&lower.as_str()) {
        return lower.to_ascii_uppercase();
    }
    if lower.starts_with("licenseref-") {
        return word.to_owned();
    }
    if let Some((_, id)) = ALIASES.iter().find(|(alias, _)| *alias == lower) {
        return (*id).to_owned();
    }
    let (name, plus) = lower.strip_suffix('+').map_or((lower.as_str(), ""), |it| (it, "+"));
    match listed(name) {
        Some(name) => format!("{name}{plus}"),
        None if families::named(&lower).is_some() => {
            format!("LicenseRef-{}", lower.replace('+', ""))
        }
        None if terms::of_nothing(&lower).is_some() => format!("LicenseRef-{lower}"),
        None => word.to_owned(),
    }
}

/// The SPDX list's spelling of one of its ids or exceptions.
fn listed(lower: &str) -> Option<&'static str> {
    let licenses = spdx::identifiers::LICENSES.iter().map(|license| license.name);
    let exceptions = spdx::identifiers::EXCEPTIONS.iter().map(|exception| exception.name);
    licenses.chain(exceptions).find(|name| name.eq_ignore_ascii_case(lower))
}

/// Ids of the Hub and common spellings that differ from the SPDX list by more than case. One that
/// names no version stands for the terms that all versions share.
const ALIASES: [(&str, &str); 35] = [
    ("odbl", "ODbL-1.0"),
    ("odc-by", "ODC-By-1.0"),
    ("pddl", "PDDL-1.0"),
    ("gfdl", "GFDL-1.3-only"),
    ("cc0", "CC0-1.0"),
    ("lgpl-lr", "LGPLLR"),
    ("lgpl", "LicenseRef-lgpl-of-no-version"),
    ("gpl", "LicenseRef-gpl-of-no-version"),
    ("agpl", "AGPL-3.0-only"),
    ("bsd", "LicenseRef-bsd-of-no-version"),
    ("cc", "LicenseRef-cc-of-no-version"),
    ("cc-by", "LicenseRef-CC-BY"),
    ("cc-by-sa", "LicenseRef-CC-BY-SA"),
    ("cc-by-nd", "LicenseRef-CC-BY-ND"),
    ("cc-by-nc", "LicenseRef-CC-BY-NC"),
    ("cc-by-nc-sa", "LicenseRef-CC-BY-NC-SA"),
    ("cc-by-nc-nd", "LicenseRef-CC-BY-NC-ND"),
    ("apache", "Apache-2.0"),
    ("apache2", "Apache-2.0"),
    ("apache2.0", "Apache-2.0"),
    ("apache-2", "Apache-2.0"),
    ("apache_2.0", "Apache-2.0"),
    ("gplv2", "GPL-2.0-only"),
    ("gpl-2", "GPL-2.0-only"),
    ("gpl2", "GPL-2.0-only"),
    ("gplv3", "GPL-3.0-only"),
    ("gpl-3", "GPL-3.0-only"),
    ("gpl3", "GPL-3.0-only"),
    ("lgplv3", "LGPL-3.0-only"),
    ("lgpl-3", "LGPL-3.0-only"),
    ("agplv3", "AGPL-3.0-only"),
    ("agpl-3", "AGPL-3.0-only"),
    ("bsd3", "BSD-3-Clause"),
    ("bsd-3", "BSD-3-Clause"),
    ("bsd-2", "BSD-2-Clause"),
];

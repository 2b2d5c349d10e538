//! Licences as prose names them: by name, and by the address of their text.

use super::expression::{self, Expression};
use super::terms::families;

/// The licences that a few sentences name; of names within each other the longest.
pub(super) fn in_prose(prose: &str) -> Option<Expression> {
    let mut normal = normalised(prose);
    let mut found = Vec::new();
    for (name, id) in NAMES {
        if has(&normal, name) {
            normal = normal.replace(name, "|");
            found.extend(expression::understand(id));
        }
    }
    expression::all(found)
}

/// The licence whose text is published under an address.
pub(super) fn of_address(address: &str) -> Option<Expression> {
    let lower = address.to_lowercase();
    let plain = lower.split(['?', '#']).next().unwrap_or_default().trim_end_matches('/');
    if let Some(family) = families::linked(plain) {
        return Some(expression::of_family(family));
    }
    let id = creative_commons(plain).or_else(|| {
        let published = ADDRESSES.iter().find(|(part, _)| plain.contains(part))?;
        let last = plain.rsplit('/').next()?.trim_end_matches(".html").trim_end_matches(".txt");
        Some(if published.1.is_empty() { last.to_owned() } else { published.1.to_owned() })
    })?;
    expression::understand(&id).filter(|found| !found.is_custom())
}

/// Parts of addresses, and the licence published there; nothing where the last part of the address
/// is its id.
const ADDRESSES: [(&str, &str); 11] = [
    ("apache.org/licenses/license-2.0", "Apache-2.0"),
    ("gnu.org/licenses/old-licenses/gpl-2.0", "GPL-2.0-only"),
    ("gnu.org/licenses/old-licenses/lgpl-2.1", "LGPL-2.1-only"),
    ("gnu.org/licenses/", ""),
    ("opensource.org/licenses/", ""),
    ("opensource.org/license/", ""),
    ("spdx.org/licenses/", ""),
    ("choosealicense.com/licenses/", ""),
    ("mozilla.org/mpl/2.0", "MPL-2.0"),
    ("mozilla.org/en-us/mpl/2.0", "MPL-2.0"),
    ("opendatacommons.org/licenses/", ""),
];

/// `creativecommons.org/licenses/by-nc/4.0` and the dedication to the public domain.
fn creative_commons(address: &str) -> Option<String> {
    let (_, rest) = address.split_once("creativecommons.org/")?;
    let mut parts = rest.split('/');
    let (kind, elements) = (parts.next()?, parts.next()?);
    let version = parts.next().filter(|part| part.starts_with(|c: char| c.is_ascii_digit()));
    match kind {
        "publicdomain" if elements == "zero" => Some("CC0-1.0".to_owned()),
        "licenses" => Some(match version {
            Some(version) => format!("cc-{elements}-{version}"),
            None => format!("cc-{elements}"),
        }),
        _ => None,
    }
}

/// Names in prose, longest and strictest first, by their normalised form.
const NAMES: &[(&str, &str)] = &[
    ("cc by nc nd 4 0", "CC-BY-NC-ND-4.0"),
    ("cc by nc sa 4 0", "CC-BY-NC-SA-4.0"),
    ("cc by nc sa 3 0", "CC-BY-NC-SA-3.0"),
    ("cc by nc 4 0", "CC-BY-NC-4.0"),
    ("cc by nc 3 0", "CC-BY-NC-3.0"),
    ("cc by nc 2 0", "CC-BY-NC-2.0"),
    ("cc by nd 4 0", "CC-BY-ND-4.0"),
    ("cc by sa 4 0", "CC-BY-SA-4.0"),
    ("cc by sa 3 0", "CC-BY-SA-3.0"),
    ("cc by 4 0", "CC-BY-4.0"),
    ("cc by 3 0", "CC-BY-3.0"),
    ("attribution noncommercial sharealike 4 0", "CC-BY-NC-SA-4.0"),
    ("attribution noncommercial 4 0", "CC-BY-NC-4.0"),
    ("attribution sharealike 4 0", "CC-BY-SA-4.0"),
    ("attribution 4 0", "CC-BY-4.0"),
    ("affero general public license v3", "AGPL-3.0-only"),
    ("affero general public license version 3", "AGPL-3.0-only"),
    ("agpl 3 0", "AGPL-3.0-only"),
    ("agplv3", "AGPL-3.0-only"),
    ("lesser general public license v2 1", "LGPL-2.1-only"),
    ("lgpl 2 1", "LGPL-2.1-only"),
    ("lgplv3", "LGPL-3.0-only"),
    ("lgpl 3 0", "LGPL-3.0-only"),
    ("general public license v3", "GPL-3.0-only"),
    ("general public license version 3", "GPL-3.0-only"),
    ("gpl 3 0", "GPL-3.0-only"),
    ("gplv3", "GPL-3.0-only"),
    ("gpl v3", "GPL-3.0-only"),
    ("gpl 2 0", "GPL-2.0-only"),
    ("gplv2", "GPL-2.0-only"),
    ("gpl v2", "GPL-2.0-only"),
    ("mozilla public license 2 0", "MPL-2.0"),
    ("mpl 2 0", "MPL-2.0"),
    ("apache license 2 0", "Apache-2.0"),
    ("apache license version 2 0", "Apache-2.0"),
    ("apache 2 0", "Apache-2.0"),
    ("bsd 3 clause", "BSD-3-Clause"),
    ("bsd 2 clause", "BSD-2-Clause"),
    ("mit license", "MIT"),
    ("mit licence", "MIT"),
    ("cc0 1 0", "CC0-1.0"),
    ("unlicense", "Unlicense"),
    ("creativeml open rail m", "creativeml-openrail-m"),
    ("bigscience openrail m", "bigscience-openrail-m"),
    ("openrail", "openrail"),
    ("llama 2 community license", "llama2"),
    ("llama 3 1 community license", "llama3.1"),
    ("llama 3 community license", "llama3"),
    ("gemma terms of use", "gemma"),
    ("cc by nc sa", "cc-by-nc-sa"),
    ("cc by nc", "cc-by-nc"),
    ("cc by sa", "cc-by-sa"),
    ("attribution noncommercial sharealike", "cc-by-nc-sa"),
    ("attribution noncommercial", "cc-by-nc"),
    ("attribution sharealike", "cc-by-sa"),
    ("apache license v2 0", "Apache-2.0"),
    ("apache 2 license", "Apache-2.0"),
    ("apache license", "Apache-2.0"),
    ("llama 3 2 community license", "llama3.2"),
    ("llama 3 3 community license", "llama3.3"),
    ("llama 4 community license", "llama4"),
    ("commons clause", "Commons-Clause"),
    ("non commercial", "non-commercial"),
    ("noncommercial", "non-commercial"),
    ("research purposes only", "research-only"),
    ("research use only", "research-only"),
];

/// Whole words only: `submit licenses` names no licence.
fn has(normal: &str, name: &str) -> bool {
    normal
        .match_indices(name)
        .any(|(at, _)| normal[..at].ends_with(' ') && normal[at + name.len()..].starts_with(' '))
}

/// How much prose is read.
const MAX_PROSE_BYTES: usize = 50_000;

/// Lower case, words divided by single spaces, a space at both ends.
fn normalised(text: &str) -> String {
    let mut normal = String::from(" ");
    for c in text[..text.floor_char_boundary(MAX_PROSE_BYTES)].chars() {
        if c.is_alphanumeric() {
            normal.extend(c.to_lowercase());
        } else if !normal.ends_with(' ') {
            normal.push(' ');
        }
    }
    if !normal.ends_with(' ') {
        normal.push(' ');
    }
    normal
}

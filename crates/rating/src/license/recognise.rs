//! Which licence a text is: by the phrases that only its text has.

use super::expression::{self, Expression};

/// What a text was recognised as.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Recognised {
    /// The licence.
    pub(super) expression: Expression,
    /// The share of its phrases that the text has, 0 to 1.
    pub(super) similarity: f64,
}

/// More of a text is not read: all of these licences are shorter.
const MAX_TEXT_BYTES: usize = 100_000;
/// The share of a licence's phrases that its text must have.
const ENOUGH: f64 = 0.75;
/// Short licences are copied with changes: a text of many more words says more than they do.
const SHORT: [(&str, usize); 4] =
    [("MIT", 210), ("ISC", 150), ("BSD-2-Clause", 225), ("BSD-3-Clause", 260)];
/// Phrases of conditions that are added to licences which are otherwise well known.
const ADDED: [&str; 8] = [
    "commons clause",
    "advertising materials",
    "not evil",
    "nuclear",
    "non commercial",
    "noncommercial purposes",
    "no express or implied licenses to any party",
    "academic use only",
];

type Row = (&'static str, &'static [&'static str]);

/// Phrases of each licence's text, in lower case with single spaces between words. Of licences that
/// share phrases, the one that asks for more stands first.
const TEXTS: &[Row] = &[
    (
        "AGPL-3.0-only",
        &[
            "gnu affero general public license version 3 19 november 2007",
            "remote network interaction",
            "copyleft",
        ],
    ),
    (
        "LGPL-3.0-only",
        &[
            "gnu lesser general public license version 3 29 june 2007",
            "combined works",
            "minimal corresponding source",
        ],
    ),
    (
        "GPL-3.0-only",
        &[
            "gnu general public license version 3 29 june 2007",
            "additional terms",
            "installation information",
            "patent license",
        ],
    ),
    (
        "LGPL-2.1-only",
        &[
            "gnu lesser general public license version 2 1 february 1999",
            "work that uses the library",
            "library",
        ],
    ),
    (
        "GPL-2.0-only",
        &[
            "gnu general public license version 2 june 1991",
            "you may copy and distribute verbatim copies",
            "the program",
        ],
    ),
    (
        "MPL-2.0",
        &[
            "mozilla public license version 2 0",
            "incompatible with secondary licenses",
            "covered software",
            "larger work",
        ],
    ),
    ("EPL-2.0", &["eclipse public license v 2 0", "agreement", "secondary license", "contributor"]),
    (
        "Apache-2.0",
        &[
            "apache license version 2 0 january 2004",
            "grant of copyright license",
            "grant of patent license",
            "redistribution",
            "submission of contributions",
        ],
    ),
    (
        "llama3.3",
        &[
            "llama 3 3 community license agreement",
            "acceptable use policy",
            "700 million monthly active users",
        ],
    ),
    (
        "llama3.2",
        &[
            "llama 3 2 community license agreement",
            "acceptable use policy",
            "700 million monthly active users",
        ],
    ),
    (
        "llama3.1",
        &[
            "llama 3 1 community license agreement",
            "acceptable use policy",
            "700 million monthly active users",
        ],
    ),
    (
        "llama3",
        &[
            "meta llama 3 community license agreement",
            "acceptable use policy",
            "700 million monthly active users",
        ],
    ),
    (
        "llama2",
        &[
            "llama 2 community license agreement",
            "acceptable use policy",
            "700 million monthly active users",
        ],
    ),
    ("gemma", &["gemma terms of use", "model derivatives", "prohibited use policy"]),
    (
        "creativeml-openrail-m",
        &[
            "creativeml open rail m",
            "use based restrictions",
            "derivatives of the model",
            "attachment a",
        ],
    ),
    (
        "bigscience-openrail-m",
        &[
            "bigscience",
            "rail",
            "use based restrictions",
            "derivatives of the model",
            "attachment a",
        ],
    ),
    ("openrail", &["rail", "use based restrictions", "derivatives of the model", "attachment a"]),
    (
        "CC-BY-NC-ND-4.0",
        &[
            "attribution noncommercial noderivatives 4 0 international",
            "adapted material",
            "licensed material",
        ],
    ),
    (
        "CC-BY-NC-SA-4.0",
        &[
            "attribution noncommercial sharealike 4 0 international",
            "adapted material",
            "licensed material",
        ],
    ),
    (
        "CC-BY-NC-4.0",
        &["attribution noncommercial 4 0 international", "adapted material", "licensed material"],
    ),
    (
        "CC-BY-ND-4.0",
        &["attribution noderivatives 4 0 international", "adapted material", "licensed material"],
    ),
    (
        "CC-BY-SA-4.0",
        &["attribution sharealike 4 0 international", "adapted material", "licensed material"],
    ),
    ("CC-BY-4.0", &["attribution 4 0 international", "adapted material", "licensed material"]),
    ("CC-BY-NC-SA-3.0", &["attribution noncommercial sharealike 3 0 unported", "adaptation"]),
    ("CC-BY-NC-3.0", &["attribution noncommercial 3 0 unported", "adaptation"]),
    ("CC-BY-SA-3.0", &["attribution sharealike 3 0 unported", "adaptation"]),
    ("CC-BY-3.0", &["attribution 3 0 unported", "adaptation"]),
    ("CC0-1.0", &["cc0 1 0 universal", "waiver", "public license fallback"]),
    (
        "Unlicense",
        &[
            "this is free and unencumbered software released into the public domain",
            "anyone is free to copy modify publish use compile sell or distribute",
            "relinquishment in perpetuity",
        ],
    ),
    (
        "BSD-3-Clause",
        &[
            "may be used to endorse or promote products",
            "redistribution and use in source and binary forms with or without modification are permitted",
            "redistributions of source code must retain",
            "redistributions in binary form must reproduce",
        ],
    ),
    (
        "BSD-2-Clause",
        &[
            "redistributions in binary form must reproduce",
            "redistribution and use in source and binary forms with or without modification are permitted",
            "redistributions of source code must retain",
            "this software is provided by",
        ],
    ),
    (
        "ISC",
        &[
            "permission to use copy modify and or distribute this software for any purpose with or without fee is hereby granted",
            "the software is provided as is and the author disclaims",
            "provided that the above copyright notice and this permission notice appear",
        ],
    ),
    (
        "MIT",
        &[
            "permission is hereby granted free of charge to any person obtaining a copy",
            "to deal in the software without restriction",
            "the above copyright notice and this permission notice shall be included",
            "the software is provided as is",
        ],
    ),
];

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
];

/// Recognises a licence's whole text: the one of whose phrases the largest share is there.
pub(super) fn text(text: &str) -> Option<Recognised> {
    let normal = normalised(text);
    let mut best: Option<(&str, f64)> = None;
    for (id, phrases) in TEXTS {
        let found = phrases.iter().filter(|phrase| has(&normal, phrase)).count();
        // The first phrase tells apart what shares the others: titles, or the grant itself.
        let similarity = found as f64 / phrases.len() as f64;
        let tells = has(&normal, phrases[0]) && !says_more(id, &normal);
        if tells && similarity >= ENOUGH && best.is_none_or(|(_, other)| similarity > other) {
            best = Some((id, similarity));
        }
    }
    let (id, similarity) = best?;
    let expression = expression::understand(id)?;
    Some(Recognised { expression, similarity })
}

/// The licences that a few sentences name; of names within each other the longest.
pub(super) fn named_in(prose: &str) -> Option<Expression> {
    let mut normal = normalised(prose);
    let mut found = Vec::new();
    for (name, id) in NAMES {
        if has(&normal, name) {
            normal = normal.replace(name, "");
            found.extend(expression::understand(id));
        }
    }
    expression::all(found)
}

/// Whether a text says more than the short licence that it otherwise is.
fn says_more(id: &str, normal: &str) -> bool {
    SHORT.iter().find(|(short, _)| *short == id).is_some_and(|(_, most)| {
        normal.split_whitespace().count() > *most || ADDED.iter().any(|phrase| has(normal, phrase))
    })
}

/// Whole words only: `submit licenses` names no licence.
fn has(normal: &str, phrase: &str) -> bool {
    normal.match_indices(phrase).any(|(at, _)| {
        let before = normal[..at].ends_with(' ');
        let after = normal[at + phrase.len()..].starts_with(' ');
        before && after
    })
}

/// Lower case, words divided by single spaces, a space at both ends.
fn normalised(text: &str) -> String {
    let mut normal = String::from(" ");
    for c in text.chars().take(MAX_TEXT_BYTES) {
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

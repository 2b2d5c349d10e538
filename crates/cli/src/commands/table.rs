//! Tables for people.

use comfy_table::presets::NOTHING;
use comfy_table::{ContentArrangement, Table};
use serde_json::Value;

/// A table with these headings, as wide as the terminal at the most.
pub(super) fn table<const N: usize>(headings: [&str; N]) -> Table {
    let mut table = Table::new();
    table.load_style(NOTHING).set_content_arrangement(ContentArrangement::Dynamic);
    if !headings.is_empty() {
        table.set_header(headings);
    }
    table
}

/// A word of an answer, or a dash.
pub(super) fn word(value: &Value) -> String {
    value.as_str().map_or_else(|| "–".to_owned(), printable)
}

/// Upstream's words may hold control characters, which a terminal would obey.
pub(super) fn printable(text: &str) -> String {
    text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect()
}

/// A score with two decimals, or a dash.
pub(super) fn score(value: &Value) -> String {
    value.as_f64().map_or_else(|| "–".to_owned(), |score| format!("{score:.2}"))
}

/// Bytes in the unit that people use.
pub(super) fn bytes(count: u64) -> String {
    const UNITS: [(&str, u64); 4] =
        [("TB", 1_000_000_000_000), ("GB", 1_000_000_000), ("MB", 1_000_000), ("kB", 1_000)];
    UNITS.into_iter().find(|(_, size)| count >= *size).map_or_else(
        || format!("{count} B"),
        |(unit, size)| format!("{:.1} {unit}", count as f64 / size as f64),
    )
}

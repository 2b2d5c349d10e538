//! Licence questions.

use touchstone_domain::Facts;
use touchstone_domain::license::{LicenseAnswer, Use, Verdict};

/// Whether the model may be used in a product under `target` in each of these ways. `target` is the
/// licence of the product as its repository states it (SPDX id or expression, or nothing).
#[must_use]
pub fn license_check(
    _facts: &Facts,
    target: Option<&str>,
    _target_seen_at: Option<&str>,
    _uses: &[Use],
) -> LicenseAnswer {
    LicenseAnswer {
        compatible: false,
        verdict: Verdict::Unclear,
        subject: None,
        target: target.map(str::to_owned),
        reasons: Vec::new(),
    }
}

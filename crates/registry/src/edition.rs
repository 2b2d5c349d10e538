//! Which rules are in force here.

use sha2::{Digest as _, Sha256};
use touchstone_domain::{Edition, Metric};
use touchstone_rating::{DeviceBudgets, RatingSettings, SCORING_VERSION};

/// Digits of the digest that tell settings apart.
const DIGITS: usize = 16;

/// The scoring version of this program with everything that an operator may set and that counts in
/// a score.
pub(crate) fn edition(settings: &RatingSettings) -> Edition {
    let RatingSettings { weights, license_target, budgets } = settings;
    let DeviceBudgets { raspberry_pi, jetson_nano, desktop_pc, aws_server } = budgets;
    let mut hash = Sha256::new();
    for metric in Metric::ALL {
        let weight = weights.get(&metric).copied().unwrap_or_default();
        hash.update(metric.as_str());
        hash.update(weight.to_le_bytes());
    }
    for bytes in [raspberry_pi, jetson_nano, desktop_pc, aws_server] {
        hash.update(bytes.to_le_bytes());
    }
    hash.update(license_target);
    let digest = touchstone_domain::Sha256::from_digest(&hash.finalize().into());
    Edition::new(SCORING_VERSION, digest.as_str().get(..DIGITS).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::edition;
    use touchstone_domain::Metric;
    use touchstone_rating::RatingSettings;

    #[test]
    fn every_setting_that_counts_makes_another_edition() {
        let usual = RatingSettings::default();
        let target = RatingSettings { license_target: "MIT".to_owned(), ..usual.clone() };
        let (mut weights, mut budgets) = (usual.clone(), usual.clone());
        weights.weights.insert(Metric::License, 0.5);
        budgets.budgets.desktop_pc += 1;
        for other in [target, weights, budgets] {
            assert!(edition(&other).is_outdated_under(&edition(&usual)), "{other:?}");
        }
        assert_eq!(edition(&usual), edition(&RatingSettings::default()));
    }
}

//! How each metric spreads over the models, and which models stand out.

use super::Rated;
use touchstone_domain::Metric;

/// Steps of the histogram.
const STEPS: usize = 10;
const HEIGHTS: [char; 9] = [' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/// Prints a line a metric, a line a model, and what stands out.
pub(super) fn print(models: &[Rated]) {
    println!("{} models\n", models.len());
    println!("{:<23} min   q1    med   q3    max   zero  0 ........ 1", "METRIC");
    let net: Vec<f64> = models.iter().map(|model| model.rating.net_score).collect();
    print_line("net_score", net);
    for metric in Metric::ALL {
        print_line(metric.as_str(), models.iter().filter_map(|one| counted(one, metric)).collect());
    }
    print_models(models);
    println!("\nOUTLIERS (beyond one and a half times the middle half)");
    for metric in Metric::ALL {
        print_outliers(metric, models);
    }
}

/// The score as it counts; nothing where the question does not apply.
fn counted(model: &Rated, metric: Metric) -> Option<f64> {
    model.rating.metric(metric).filter(|answer| answer.applies).map(|answer| answer.counted)
}

fn print_line(name: &str, mut scores: Vec<f64>) {
    if scores.is_empty() {
        println!("{name:<23} applies to none");
        return;
    }
    scores.sort_by(f64::total_cmp);
    let at = |share: f64| quantile(&scores, share);
    let zeros = scores.iter().filter(|score| **score < 1e-9).count();
    let constant = if at(0.0) < at(1.0) { "" } else { "  constant" };
    println!(
        "{name:<23} {:.2}  {:.2}  {:.2}  {:.2}  {:.2}  {:>3.0}%  {}{constant}",
        at(0.0),
        at(0.25),
        at(0.5),
        at(0.75),
        at(1.0),
        100.0 * zeros as f64 / scores.len() as f64,
        histogram(&scores),
    );
}

/// The value at a share of the way through sorted scores, between neighbours by their distance.
fn quantile(sorted: &[f64], share: f64) -> f64 {
    let place = share * (sorted.len().saturating_sub(1)) as f64;
    let value = |index: f64| sorted.get(as_index(index)).copied().unwrap_or_default();
    let (low, high) = (value(place.floor()), value(place.ceil()));
    low + (high - low) * place.fract()
}

fn histogram(scores: &[f64]) -> String {
    let mut counts = [0_usize; STEPS];
    for score in scores {
        let step = as_index(score.clamp(0.0, 1.0) * STEPS as f64).min(STEPS - 1);
        counts[step] += 1;
    }
    let most = counts.iter().copied().max().unwrap_or(1).max(1);
    counts.iter().map(|count| HEIGHTS[(count * (HEIGHTS.len() - 1)).div_ceil(most)]).collect()
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "small and positive")]
fn as_index(place: f64) -> usize {
    place.max(0.0) as usize
}

fn print_models(models: &[Rated]) {
    println!("\n{:<52} net   weakest", "MODEL (best first)");
    let mut sorted: Vec<&Rated> = models.iter().collect();
    sorted.sort_by(|a, b| b.rating.net_score.total_cmp(&a.rating.net_score));
    for model in sorted {
        let scores = Metric::ALL.map(|metric| match counted(model, metric) {
            Some(score) => format!("{score:.2}"),
            None => "  – ".to_owned(),
        });
        println!(
            "{:<52} {:.2}  {}",
            model.name,
            model.rating.net_score,
            model.rating.weakest.as_str()
        );
        println!("    {}", scores.join("  "));
    }
    println!("    in the order of: {}", Metric::ALL.map(Metric::as_str).join(", "));
}

fn print_outliers(metric: Metric, models: &[Rated]) {
    let mut scores: Vec<f64> = models.iter().filter_map(|one| counted(one, metric)).collect();
    scores.sort_by(f64::total_cmp);
    let (low, high) = (quantile(&scores, 0.25), quantile(&scores, 0.75));
    let reach = 1.5 * (high - low);
    for model in models {
        let Some(score) = counted(model, metric) else { continue };
        if score < low - reach || score > high + reach {
            println!("{:<23} {score:.2}  {}", metric.as_str(), model.name);
        }
    }
}

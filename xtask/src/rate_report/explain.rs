//! One model's evidence, line by line.

use super::Rated;
use touchstone_domain::Metric;
use touchstone_domain::rating::{Evidence, MetricScore};

/// Prints the evidence of all metrics, or of one.
pub(super) fn print(model: &Rated, only: Option<Metric>) {
    println!("{}: {:.3}", model.name, model.rating.net_score);
    let wanted = |answer: &&MetricScore| only.is_none_or(|metric| metric == answer.metric);
    for answer in model.rating.metrics.iter().filter(wanted) {
        println!("\n{} {:.3}", answer.metric.as_str(), answer.score);
        for line in &answer.evidence {
            print_line(line);
        }
    }
}

fn print_line(line: &Evidence) {
    let mark = match line {
        line if line.unavailable => "?",
        line if line.of > 0.0 && line.points <= 0.0 => "-",
        _ => " ",
    };
    println!(
        "{mark} {:.3} of {:.3}  {:<16} {}",
        line.points, line.of, line.criterion, line.observation
    );
    if let Some(seen_at) = &line.seen_at {
        println!("{:>18} {seen_at}", "");
    }
}

//! A rating on one line, for programs.

use serde_json::{Map, Value, json};
use std::time::Duration;
use touchstone_domain::rating::{RatingLatency, SizeScores};
use touchstone_domain::{Metric, Rating};

/// The compact form of a rating: scores with two decimals, latencies in whole milliseconds.
pub(super) fn line(name: &str, rating: &Rating, latency: &RatingLatency) -> Value {
    let milliseconds = |seconds: f64| {
        let duration = Duration::try_from_secs_f64(seconds.max(0.0)).unwrap_or_default();
        json!(duration.as_micros().div_ceil(1000))
    };
    let two_decimals = |score: f64| json!((score * 100.0).round() / 100.0);
    let mut line = Map::new();
    line.insert("name".to_owned(), json!(name));
    line.insert("category".to_owned(), json!("MODEL"));
    line.insert("net_score".to_owned(), two_decimals(rating.net_score));
    line.insert("net_score_latency".to_owned(), milliseconds(latency.net_seconds));
    for metric in &rating.metrics {
        let key = match metric.metric {
            Metric::TreeScore => "treescore",
            other => other.as_str(),
        };
        let value = match metric.metric {
            Metric::SizeScore => {
                let SizeScores { raspberry_pi, jetson_nano, desktop_pc, aws_server } = rating.size;
                json!({
                    "raspberry_pi": two_decimals(raspberry_pi),
                    "jetson_nano": two_decimals(jetson_nano),
                    "desktop_pc": two_decimals(desktop_pc),
                    "aws_server": two_decimals(aws_server),
                })
            }
            _ => two_decimals(metric.score),
        };
        let seconds = latency.metric_seconds.get(&metric.metric).copied().unwrap_or_default();
        line.insert(key.to_owned(), value);
        line.insert(format!("{key}_latency"), milliseconds(seconds));
    }
    Value::Object(line)
}

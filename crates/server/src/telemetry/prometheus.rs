//! The totals in Prometheus' text format.

use super::{STATUS_CLASSES, Telemetry};
use std::fmt::Write as _;
use std::sync::atomic::Ordering;
use std::time::Duration;
use touchstone_registry::{ComponentHealth, HealthStatus};

/// Everything that can be scraped.
pub(crate) fn render(
    telemetry: &Telemetry,
    components: &[ComponentHealth],
    version: &str,
    now: Duration,
) -> String {
    let mut page = Page(String::with_capacity(16 * 1024));
    page.family("touchstone_build_info", "gauge", "The running version.");
    page.sample("touchstone_build_info", &[("version", version)], 1);
    page.family("touchstone_uptime_seconds", "gauge", "Seconds since the start.");
    let uptime = telemetry.since_start(now).as_secs_f64();
    page.sample("touchstone_uptime_seconds", &[], uptime);
    page.family("touchstone_http_requests_in_flight", "gauge", "Requests being answered.");
    let in_flight = telemetry.in_flight.load(Ordering::Relaxed);
    page.sample("touchstone_http_requests_in_flight", &[], in_flight);
    page.requests(telemetry);
    page.components(components);
    page.0
}

struct Page(String);

impl Page {
    fn family(&mut self, name: &str, kind: &str, help: &str) {
        let _ = writeln!(self.0, "# HELP {name} {help}\n# TYPE {name} {kind}");
    }

    fn sample(&mut self, name: &str, labels: &[(&str, &str)], value: impl std::fmt::Display) {
        self.0.push_str(name);
        for (number, (label, text)) in labels.iter().enumerate() {
            let before = if number == 0 { '{' } else { ',' };
            let _ = write!(self.0, "{before}{label}=\"{}\"", escaped(text));
        }
        let after = if labels.is_empty() { "" } else { "}" };
        let _ = writeln!(self.0, "{after} {value}");
    }

    fn requests(&mut self, telemetry: &Telemetry) {
        const COUNT: &str = "touchstone_http_requests_total";
        const DURATION: &str = "touchstone_http_request_duration_seconds";
        let counts = telemetry.counts();
        self.family(COUNT, "counter", "Requests answered.");
        for (route, classes) in counts.routes.iter().zip(&counts.totals) {
            let (method, path) = route.split_once(' ').unwrap_or((route, ""));
            for (class, count) in STATUS_CLASSES.iter().zip(classes).filter(|(_, n)| **n > 0) {
                let labels = [("method", method), ("route", path), ("status", class)];
                self.sample(COUNT, &labels, count);
            }
        }
        self.family(DURATION, "histogram", "Seconds until the response began.");
        let bucket = format!("{DURATION}_bucket");
        for (end, count) in counts.latencies.cumulative() {
            self.sample(&bucket, &[("le", &end.to_string())], count);
        }
        let count = counts.latencies.count();
        self.sample(&bucket, &[("le", "+Inf")], count);
        self.sample(&format!("{DURATION}_sum"), &[], counts.latencies.sum().as_secs_f64());
        self.sample(&format!("{DURATION}_count"), &[], count);
    }

    fn components(&mut self, components: &[ComponentHealth]) {
        const HEALTHY: &str = "touchstone_component_healthy";
        const FIGURE: &str = "touchstone_component_figure";
        self.family(HEALTHY, "gauge", "Whether a component was well when last asked.");
        for component in components {
            let well = u8::from(component.status == HealthStatus::Ok);
            self.sample(HEALTHY, &[("component", component.id)], well);
        }
        self.family(FIGURE, "gauge", "Figures that components report of themselves.");
        for component in components {
            for (name, value) in &component.metrics {
                if let Some(number) = value.as_f64() {
                    self.sample(FIGURE, &[("component", component.id), ("figure", name)], number);
                }
            }
        }
    }
}

fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n")
}

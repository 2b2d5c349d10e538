//! The last 24 hours by minute. Minutes in which nothing happened take no room.

use super::clients::Sketch;
use super::latency::Latencies;
use super::{ByClass, Named};
use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;
use touchstone_domain::ArtifactType;

/// Minutes remembered.
const MINUTES: u64 = 24 * 60;

/// Buckets that a timeline has at the most.
const TIMELINE_BUCKETS: u64 = 60;

/// What was seen in one minute.
#[derive(Default)]
pub(super) struct Minute {
    number: u64,
    routes: Vec<ByClass<u32>>,
    kinds: [u32; ArtifactType::ALL.len()],
    failures: u32,
    latencies: Latencies<u32>,
    clients: Sketch,
    /// Looks at each component, and those of them that found it well.
    probes: BTreeMap<&'static str, (u32, u32)>,
}

impl Minute {
    /// Counts a request.
    pub(super) fn count(
        &mut self,
        route: usize,
        class: usize,
        kind: Option<ArtifactType>,
        failed: bool,
        took: Duration,
        client: u64,
    ) {
        if self.routes.len() <= route {
            self.routes.resize(route + 1, ByClass::default());
        }
        if let Some(count) = self.routes.get_mut(route).and_then(|by_class| by_class.get_mut(class))
        {
            *count += 1;
        }
        let kinds = ArtifactType::ALL.into_iter().zip(&mut self.kinds);
        kinds.filter(|(one, _)| Some(*one) == kind).for_each(|(_, count)| *count += 1);
        self.failures += u32::from(failed);
        self.latencies.add(took);
        self.clients.add(client);
    }

    /// Counts a look at a component.
    pub(super) fn probed(&mut self, component: &'static str, well: bool) {
        let (looks, found_well) = self.probes.entry(component).or_default();
        *looks += 1;
        *found_well += u32::from(well);
    }
}

/// What was seen over some minutes.
#[derive(Debug, PartialEq)]
pub(crate) struct Window {
    /// Requests answered.
    pub(crate) requests: u64,
    /// Those that failed by our own fault.
    pub(crate) failures: u64,
    /// Requests by route.
    pub(crate) per_route: Named,
    /// Requests by the type of artifact that their path names.
    pub(crate) per_artifact_type: Named,
    /// About how many different clients asked.
    pub(crate) unique_clients: u64,
    /// The median latency in seconds, where anything was asked.
    pub(crate) median_seconds: Option<f64>,
    /// Its 99th percentile.
    pub(crate) p99_seconds: Option<f64>,
}

/// A part of a timeline.
#[derive(Debug, PartialEq)]
pub(crate) struct Bucket {
    /// How many minutes ago it began.
    pub(crate) minutes_ago: u64,
    /// What was measured.
    pub(crate) value: f64,
}

/// Minutes, oldest first.
#[derive(Default)]
pub(super) struct Ring(VecDeque<Minute>);

impl Ring {
    /// The minute with this number; the newest one if the clock went back.
    pub(super) fn minute(&mut self, number: u64) -> &mut Minute {
        while self.0.front().is_some_and(|oldest| oldest.number + MINUTES <= number) {
            self.0.pop_front();
        }
        if self.0.back().is_none_or(|newest| newest.number < number) {
            self.0.push_back(Minute { number, ..Minute::default() });
        }
        let newest = self.0.len() - 1;
        &mut self.0[newest]
    }

    fn since(&self, first: u64) -> impl Iterator<Item = &Minute> {
        let from = self.0.partition_point(|minute| minute.number < first);
        self.0.range(from..)
    }

    /// The last so many minutes.
    pub(super) fn window(&self, now: u64, minutes: u64, routes: &[String]) -> Window {
        let (mut latencies, mut clients) = (Latencies::<u64>::default(), Sketch::default());
        let mut per_route = vec![0_u64; routes.len()];
        let mut per_kind = [0_u64; ArtifactType::ALL.len()];
        let mut failures = 0;
        for minute in self.since((now + 1).saturating_sub(minutes)) {
            latencies.merge(&minute.latencies);
            clients.merge(&minute.clients);
            failures += u64::from(minute.failures);
            add_up(&mut per_route, minute.routes.iter().map(|classes| classes.iter().sum()));
            add_up(&mut per_kind, minute.kinds.into_iter());
        }
        let kinds = ArtifactType::ALL.iter().map(|kind| kind.as_str().to_owned());
        Window {
            requests: latencies.count(),
            failures,
            per_route: named(routes.iter().cloned(), &per_route),
            per_artifact_type: named(kinds, &per_kind),
            unique_clients: clients.estimate(),
            median_seconds: latencies.quantile(0.5),
            p99_seconds: latencies.quantile(0.99),
        }
    }

    /// Requests a minute, oldest first.
    pub(super) fn requests_timeline(&self, now: u64, minutes: u64) -> Vec<Bucket> {
        let size = bucket_minutes(minutes);
        let mut buckets: BTreeMap<u64, u64> = (0..minutes.div_ceil(size)).map(|n| (n, 0)).collect();
        for (minute, ago) in self.with_age(now, minutes) {
            *buckets.entry(ago / size).or_default() += minute.latencies.count();
        }
        let bucket = |(number, count): (u64, u64)| Bucket {
            minutes_ago: number * size + size - 1,
            value: count as f64 / size as f64,
        };
        buckets.into_iter().rev().map(bucket).collect()
    }

    /// Share of looks at a component that found it well, oldest first; only where somebody looked.
    pub(super) fn probes_timeline(&self, component: &str, now: u64, minutes: u64) -> Vec<Bucket> {
        let size = bucket_minutes(minutes);
        let mut buckets = BTreeMap::<u64, (u32, u32)>::new();
        for (minute, ago) in self.with_age(now, minutes) {
            if let Some((looks, found_well)) = minute.probes.get(component) {
                let bucket = buckets.entry(ago / size).or_default();
                *bucket = (bucket.0 + looks, bucket.1 + found_well);
            }
        }
        buckets
            .into_iter()
            .rev()
            .map(|(number, (looks, found_well))| Bucket {
                minutes_ago: number * size + size - 1,
                value: f64::from(found_well) / f64::from(looks),
            })
            .collect()
    }

    fn with_age(&self, now: u64, minutes: u64) -> impl Iterator<Item = (&Minute, u64)> {
        self.since((now + 1).saturating_sub(minutes))
            .map(move |minute| (minute, now.saturating_sub(minute.number)))
    }
}

/// How many minutes one bucket of a timeline covers.
fn bucket_minutes(window_minutes: u64) -> u64 {
    window_minutes.div_ceil(TIMELINE_BUCKETS).max(1)
}

fn add_up(sums: &mut [u64], more: impl Iterator<Item = u32>) {
    sums.iter_mut().zip(more).for_each(|(sum, count)| *sum += u64::from(count));
}

fn named(names: impl Iterator<Item = String>, counts: &[u64]) -> Named {
    names.zip(counts.iter().copied()).filter(|(_, count)| *count > 0).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROUTES: [&str; 2] = ["GET /tracks", "GET /artifacts"];

    fn window(ring: &Ring, now: u64, minutes: u64) -> Window {
        ring.window(now, minutes, &ROUTES.map(str::to_owned))
    }

    fn count(ring: &mut Ring, minute: u64, route: usize) {
        let (kind, took) = (Some(ArtifactType::Code), Duration::from_millis(3));
        ring.minute(minute).count(route, 0, kind, route == 1, took, minute);
    }

    #[test]
    fn a_window_holds_its_minutes_and_no_others() {
        let mut ring = Ring::default();
        for (minute, route) in [(0, 0), (55, 0), (59, 1), (59, 1), (60, 0)] {
            count(&mut ring, minute, route);
        }
        let recent = window(&ring, 60, 5);
        assert_eq!((recent.requests, recent.failures), (3, 2));
        assert_eq!(recent.per_route["GET /artifacts"], 2);
        assert_eq!(recent.per_artifact_type["code"], 3);
        assert_eq!(window(&ring, 60, 60).requests, 4);
        assert_eq!(window(&ring, 60, 61).requests, 5);
        assert_eq!(window(&ring, 200, 60).requests, 0);
    }

    #[test]
    fn minutes_older_than_a_day_are_forgotten_and_quiet_ones_take_no_room() {
        let mut ring = Ring::default();
        (0..3000).for_each(|minute| count(&mut ring, minute, 0));
        assert_eq!(ring.0.len(), 1440);
        count(&mut ring, 10_000, 0);
        assert_eq!(ring.0.len(), 1);
    }

    #[test]
    fn a_timeline_adds_up_to_what_was_counted() {
        let mut ring = Ring::default();
        (100..220).for_each(|minute| count(&mut ring, minute, 0));
        let timeline = ring.requests_timeline(219, 120);
        assert_eq!(timeline.len(), 60);
        let counted: f64 = timeline.iter().map(|bucket| bucket.value * 2.0).sum();
        assert!((counted - 120.0).abs() < 1e-9, "{timeline:?}");
        assert_eq!(timeline.first().map(|bucket| bucket.minutes_ago), Some(119));
        assert_eq!(timeline.last().map(|bucket| bucket.minutes_ago), Some(1));
    }

    #[test]
    fn probes_are_shared_out_by_bucket() {
        let mut ring = Ring::default();
        for (minute, well) in [(1, true), (2, true), (2, false), (9, false)] {
            ring.minute(minute).probed("store", well);
        }
        let values: Vec<f64> =
            ring.probes_timeline("store", 9, 60).iter().map(|bucket| bucket.value).collect();
        assert_eq!(values, [1.0, 0.5, 0.0]);
        assert_eq!(ring.probes_timeline("blobs", 9, 60), []);
    }
}

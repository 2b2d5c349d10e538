//! The clients against local stand-ins of both upstreams, over real HTTP.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails, and says where")]

mod faults;
mod github;
mod guard;
mod hugging_face;
mod language_model;

use std::sync::Arc;
use std::time::{Duration, Instant};
use touchstone_domain::{ArtifactType, Clock, Source, Timestamp};
use touchstone_sources::{Patience, SourceSettings, Sources};
use touchstone_stand_in::StandIn;

/// The machine's clock.
struct Machine(Instant);

impl Clock for Machine {
    #[expect(clippy::disallowed_methods, reason = "limits of upstreams are in real time")]
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }

    fn elapsed(&self) -> Duration {
        self.0.elapsed()
    }
}

/// Settings that reach the stand-in and lose patience quickly.
fn settings(upstream: &StandIn) -> SourceSettings {
    let url = |text: String| text.parse().unwrap();
    SourceSettings {
        patience: Patience {
            document: Duration::from_secs(3),
            between_pieces: Duration::from_secs(1),
            first_retry: Duration::from_millis(5),
            ..Patience::default()
        },
        github_token: Some("a-token-for-tests".to_owned().into()),
        ..SourceSettings::at(url(upstream.hugging_face_url()), url(upstream.github_url()))
    }
}

fn connect(settings: SourceSettings) -> Sources {
    Sources::connect(settings, Arc::new(Machine(Instant::now()))).unwrap()
}

/// A deadline that nothing here comes near.
fn soon() -> tokio::time::Instant {
    tokio::time::Instant::now() + Duration::from_mins(1)
}

fn model(name: &str) -> Source {
    Source::parse(&format!("https://huggingface.co/{name}"), ArtifactType::Model).unwrap()
}

fn code(name: &str) -> Source {
    Source::parse(&format!("https://github.com/{name}"), ArtifactType::Code).unwrap()
}

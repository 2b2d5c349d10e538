//! The ingest job from registration to download, over the registry's public surface.

mod bytes;
mod collection;
mod faults;
mod lifecycle;
mod support;

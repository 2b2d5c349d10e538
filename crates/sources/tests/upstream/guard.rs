//! Addresses that are not public get not one packet.

use crate::{connect, model, settings};
use async_trait::async_trait;
use std::io;
use std::net::{IpAddr, Ipv4Addr, TcpListener};
use std::sync::Arc;
use touchstone_domain::{ArtifactType, Source};
use touchstone_sources::{Names, SourceError};
use touchstone_stand_in::{Content, Fault, Repository, StandIn};

/// Every name leads to this machine.
#[derive(Debug)]
struct Rebinding;

#[async_trait]
impl Names for Rebinding {
    async fn addresses(&self, _name: &str) -> io::Result<Vec<IpAddr>> {
        Ok(vec![Ipv4Addr::new(93, 184, 215, 14).into(), Ipv4Addr::LOCALHOST.into()])
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_that_leads_to_a_private_address_is_not_asked() {
    let upstream = StandIn::start();
    let mut settings = settings(&upstream);
    settings.names = Arc::new(Rebinding);
    let source = Source::parse("https://data.example.org/a.csv", ArtifactType::Dataset).unwrap();
    let error = connect(settings).resolve(&source).await.unwrap_err();
    assert!(matches!(error, SourceError::ForbiddenAddress { .. }), "{error}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_redirect_to_a_private_address_is_refused_without_a_packet() {
    let bystander = TcpListener::bind("127.0.0.1:0").unwrap();
    bystander.set_nonblocking(true).unwrap();
    let port = bystander.local_addr().unwrap().port();
    let upstream = StandIn::start();
    upstream
        .add(Repository::model("willow/oak").content("weights.bin", Content::synthetic(50_000, 1)));
    let sources = connect(settings(&upstream));
    let snapshot = sources.resolve(&model("willow/oak")).await.unwrap();
    for target in [
        format!("http://127.0.0.1:{port}/"),
        format!("https://2130706433:{port}/"),
        format!("https://[::ffff:127.0.0.1]:{port}/"),
        "http://169.254.169.254/latest/meta-data".to_owned(),
        format!("https://localhost:{port}/"),
    ] {
        upstream.clear_faults();
        upstream.fault("*weights.bin", Fault::Redirect(target.clone()));
        let opened = sources.open_file(&snapshot.source, &snapshot.commit, "weights.bin", 0).await;
        let error = opened.err();
        assert!(matches!(error, Some(SourceError::ForbiddenAddress { .. })), "{target}: {error:?}");
    }
    assert_eq!(bystander.accept().unwrap_err().kind(), io::ErrorKind::WouldBlock);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_upstream_may_not_send_us_to_the_private_address_of_another() {
    let bystander = TcpListener::bind("127.0.0.1:0").unwrap();
    bystander.set_nonblocking(true).unwrap();
    let github = format!("http://{}/", bystander.local_addr().unwrap());
    let upstream = StandIn::start();
    upstream.add(Repository::model("willow/oak").file("config.json", "{}"));
    let mut settings = settings(&upstream);
    settings.github = github.parse().unwrap();
    let sources = connect(settings);
    let snapshot = sources.resolve(&model("willow/oak")).await.unwrap();
    upstream.fault("*config.json", Fault::Redirect(github));
    let opened = sources.open_file(&snapshot.source, &snapshot.commit, "config.json", 0).await;
    assert!(matches!(opened.err(), Some(SourceError::ForbiddenAddress { .. })));
    assert_eq!(bystander.accept().unwrap_err().kind(), io::ErrorKind::WouldBlock);
}

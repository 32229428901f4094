//! Domain names are looked up where the session says: here at the sandbox, which never forwards.

use std::net::SocketAddr;
use std::time::Instant;

use pipelink_engine::dns::Dns;
use pipelink_plan::problem::{Party, Problem};
use tokio::net::UdpSocket;

use crate::stage::Stage;

/// The writer's name of the default scenario's private cluster, in public DNS with private addresses.
async fn a_name(stage: &Stage) -> String {
    stage.plan().await.source.tls_host.unwrap()
}

#[tokio::test]
async fn a_name_of_the_world_has_its_addresses_however_it_is_written() {
    let stage = Stage::set().await;
    let dns = stage.session().await.dns;
    let name = a_name(&stage).await;
    let addresses = dns.lookup(&name).await.unwrap();
    assert!(!addresses.is_empty());
    assert!(addresses[0].is_ipv4(), "{addresses:?}");
    for written in [format!("{name}."), name.to_uppercase()] {
        assert_eq!(dns.lookup(&written).await.as_ref(), Ok(&addresses));
    }
}

#[tokio::test]
async fn a_name_that_does_not_exist_has_no_addresses() {
    let stage = Stage::set().await;
    let dns = stage.session().await.dns;
    for name in ["nothing.example", "localhost.nothing.example"] {
        assert_eq!(dns.lookup(name).await, Ok(Vec::new()), "{name}");
    }
}

#[tokio::test]
async fn what_has_not_the_form_of_a_name_is_refused_without_asking() {
    // Nobody listens there.
    let dns = Dns::at(SocketAddr::from(([127, 0, 0, 1], 9)));
    let long = "a".repeat(64);
    for name in ["two..dots", long.as_str()] {
        let problem = dns.lookup(name).await.unwrap_err();
        assert!(
            matches!(problem, Problem::Refused { .. }),
            "{name}: {problem:?}"
        );
    }
}

#[tokio::test]
async fn a_name_server_that_does_not_answer_is_told_within_seconds() {
    let silent = UdpSocket::bind("127.0.0.1:0").await.unwrap();
    let dns = Dns::at(silent.local_addr().unwrap());
    let began = Instant::now();
    let problem = dns.lookup("orders.example").await.unwrap_err();
    let Problem::Unreachable { party, .. } = &problem else {
        panic!("{problem:?}")
    };
    assert_eq!(*party, Party::Computer);
    let took = began.elapsed().as_secs_f64();
    assert!((3.0..10.0).contains(&took), "two attempts of 2 s: {took}");
}

/// Answers every question by itself: the question's own bytes with another header.
async fn answering(flags: [u8; 2]) -> SocketAddr {
    let socket = UdpSocket::bind("127.0.0.1:0").await.unwrap();
    let address = socket.local_addr().unwrap();
    tokio::spawn(async move {
        let mut bytes = [0; 512];
        while let Ok((length, from)) = socket.recv_from(&mut bytes).await {
            bytes[2..4].copy_from_slice(&flags);
            socket.send_to(&bytes[..length], from).await.unwrap();
        }
    });
    address
}

#[tokio::test]
async fn a_name_server_that_cannot_tell_is_no_answer_of_no_such_name() {
    // SERVFAIL and REFUSED.
    for code in [2, 5] {
        let dns = Dns::at(answering([0x81, 0x80 | code]).await);
        let problem = dns.lookup("orders.example").await.unwrap_err();
        assert!(
            matches!(problem, Problem::ServerError { .. }),
            "{code}: {problem:?}"
        );
    }
    // NXDOMAIN, and NOERROR without an answer.
    for code in [3, 0] {
        let dns = Dns::at(answering([0x81, 0x80 | code]).await);
        assert_eq!(dns.lookup("orders.example").await, Ok(Vec::new()));
    }
}

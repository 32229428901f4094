//! The request limit, which the sandbox counts in real time as the API does. A tap between client and
//! sandbox sees every refusal, also those that the client deals with by itself.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use pipelink_clickhouse::{Budget, ClickHouse};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use crate::world::{World, key};

/// Passes everything on to the sandbox and back, and counts the answers that are a 429.
async fn tap(world: &World) -> (String, Arc<AtomicUsize>) {
    let url = reqwest::Url::parse(&world.sandbox.connection().clickhouse_url).unwrap();
    let behind = (url.host_str().unwrap().to_owned(), url.port().unwrap());
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let tapped = format!("http://{}/v1", listener.local_addr().unwrap());
    let refusals = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&refusals);
    tokio::spawn(async move {
        while let Ok((client, _)) = listener.accept().await {
            let server = TcpStream::connect(behind.clone()).await.unwrap();
            let (mut from_client, mut to_client) = client.into_split();
            let (mut from_server, mut to_server) = server.into_split();
            tokio::spawn(async move { tokio::io::copy(&mut from_client, &mut to_server).await });
            let counted = Arc::clone(&counted);
            tokio::spawn(async move {
                let mut chunk = [0; 4 * 1024];
                while let Ok(read @ 1..) = from_server.read(&mut chunk).await {
                    if chunk[..read].starts_with(b"HTTP/1.1 429") {
                        counted.fetch_add(1, Ordering::SeqCst);
                    }
                    if to_client.write_all(&chunk[..read]).await.is_err() {
                        break;
                    }
                }
            });
        }
    });
    (tapped, refusals)
}

#[tokio::test]
async fn many_readers_of_one_key_never_meet_a_429() {
    let world = World::start(60.0).await;
    let (url, refusals) = tap(&world).await;
    let one = ClickHouse::new(&url, key(world.sandbox.connection())).unwrap();
    let another = ClickHouse::new(&url, key(world.sandbox.connection())).unwrap();
    let began = Instant::now();
    let readers: Vec<_> = (0..25)
        .map(|n| {
            let client = if n % 2 == 0 { &one } else { &another }.clone();
            tokio::spawn(async move { client.organizations().await })
        })
        .collect();
    for reader in readers {
        reader.await.unwrap().unwrap();
    }
    assert_eq!(refusals.load(Ordering::SeqCst), 0);
    assert_eq!(world.calls("ListOrganizations").await, 25);
    // And it makes use of the budget: 25 requests are three windows' worth, so two waits.
    assert!(
        began.elapsed() < Duration::from_secs(25),
        "{:?}",
        began.elapsed()
    );
}

/// A key may be in use elsewhere too, so that the budget here does not know of it: the server's own word
/// has to be enough.
#[tokio::test]
async fn a_key_used_elsewhere_too_waits_as_the_server_says() {
    let world = World::start(60.0).await;
    let (url, refusals) = tap(&world).await;
    let unknowing = Budget::new(1000, Duration::from_millis(1));
    let client = ClickHouse::with_budget(&url, key(world.sandbox.connection()), unknowing).unwrap();
    let began = Instant::now();
    for _ in 0..12 {
        client.organizations().await.unwrap();
    }
    assert!(
        began.elapsed() >= Duration::from_secs(10),
        "{:?}",
        began.elapsed()
    );
    assert_eq!(refusals.load(Ordering::SeqCst), 1);
}

//! A server on loopback that says byte for byte what a test tells it to, and keeps what it was asked.

use std::time::Duration;

use pipelink_clickhouse::{ApiKey, Budget, ClickHouse};
use secrecy::SecretString;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// Answers one connection after the other, each with the next text; an empty text is a connection that
/// breaks off without an answer. Ends with the requests it saw; those beyond the script count too.
pub(crate) struct Script {
    url: String,
    seen: JoinHandle<Vec<String>>,
}

impl Script {
    pub(crate) async fn play(answers: Vec<String>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/v1/", listener.local_addr().unwrap());
        let seen = tokio::spawn(async move {
            let mut requests = Vec::new();
            let mut answers = answers.into_iter();
            // After the script's end it still listens, long enough that a request sent again without being
            // asked for would be seen.
            while let Ok(Ok((mut stream, _))) = tokio::time::timeout(
                Duration::from_millis(if answers.len() > 0 { 5000 } else { 600 }),
                listener.accept(),
            )
            .await
            {
                let mut request = Vec::new();
                while !complete(&request) {
                    let mut chunk = [0; 4096];
                    let read = stream.read(&mut chunk).await.unwrap_or(0);
                    if read == 0 {
                        break;
                    }
                    request.extend_from_slice(&chunk[..read]);
                }
                requests.push(String::from_utf8_lossy(&request).into_owned());
                let answer = answers.next().unwrap_or_default();
                // The client may hang up on an answer that is too long for it.
                let _ = stream.write_all(answer.as_bytes()).await;
            }
            requests
        });
        Self { url, seen }
    }

    pub(crate) fn client(&self) -> ClickHouse {
        let key = ApiKey::new("the-id".to_owned(), SecretString::from("the-secret"));
        ClickHouse::with_budget(&self.url, key, Budget::new(10, Duration::from_secs(10))).unwrap()
    }

    pub(crate) async fn requests(self) -> Vec<String> {
        self.seen.await.unwrap()
    }
}

fn complete(request: &[u8]) -> bool {
    let text = String::from_utf8_lossy(request);
    let Some((head, body)) = text.split_once("\r\n\r\n") else {
        return false;
    };
    let length = head
        .lines()
        .find_map(|line| {
            line.to_ascii_lowercase()
                .strip_prefix("content-length:")?
                .trim()
                .parse()
                .ok()
        })
        .unwrap_or(0);
    body.len() >= length
}

pub(crate) fn answer(status: &str, headers: &str, body: &str) -> String {
    format!(
        "HTTP/1.1 {status}\r\n{headers}content-length: {}\r\nconnection: close\r\n\r\n{body}",
        body.len()
    )
}

pub(crate) fn ok(body: &str) -> String {
    answer("200 OK", "content-type: application/json\r\n", body)
}

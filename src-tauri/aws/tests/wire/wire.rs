//! Loopback that answers every request with the same, and keeps what was sent: for what the sandbox cannot show.

use std::sync::{Arc, Mutex};

use pipelink_aws::Aws;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// A server on loopback, and a session that speaks to it alone.
pub(crate) struct Wire {
    aws: Aws,
    requests: Arc<Mutex<Vec<String>>>,
}

impl Wire {
    pub(crate) async fn answering(status: &'static str, body: impl Into<String>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let requests = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&requests);
        let body = body.into();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                answer(stream, &kept, status, &body).await;
            }
        });
        Self {
            aws: Aws::open_sandbox(&url, "us-east-1", "AKIAIOSFODNN7EXAMPLE", "secret"),
            requests,
        }
    }

    pub(crate) fn aws(&self) -> &Aws {
        &self.aws
    }

    /// The bodies that were sent, in order.
    pub(crate) fn requests(&self) -> Vec<String> {
        self.requests.lock().unwrap().clone()
    }
}

/// Keeps the body of one request, and answers it.
async fn answer(mut stream: TcpStream, kept: &Mutex<Vec<String>>, status: &str, body: &str) {
    let mut read = Vec::new();
    let sent = loop {
        if let Some(sent) = whole(&String::from_utf8_lossy(&read)) {
            break sent;
        }
        if !matches!(stream.read_buf(&mut read).await, Ok(more) if more > 0) {
            return;
        }
    };
    kept.lock().unwrap().push(sent);
    let answer = format!(
        "HTTP/1.1 {status}\r\ncontent-type: text/xml\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
        body.len()
    );
    let _told = stream.write_all(answer.as_bytes()).await;
}

/// The body of a request, once all of it is there.
fn whole(request: &str) -> Option<String> {
    let (head, body) = request.split_once("\r\n\r\n")?;
    let length = head.lines().find_map(|line| {
        let lower = line.to_lowercase();
        lower.strip_prefix("content-length: ")?.parse().ok()
    });
    (body.len() >= length.unwrap_or(0)).then(|| body.to_owned())
}

//! The listener: reads requests, tells AWS, the Cloud API and the control interface apart, lets faults
//! strike, and writes answers, or drops the connection where a fault says so.

use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use http_body_util::{BodyExt, Full, Limited};
use hyper::body::Incoming;
use hyper::header::{HeaderName, HeaderValue};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Response, StatusCode};
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream, UdpSocket};
use tokio::sync::oneshot;
use tokio::task::JoinSet;

use crate::connection::Connection;
use crate::faults::{Kind, Strike, Twist};
use crate::state::{Call, State};
use crate::wire::answer::Answer;
use crate::wire::request::Request;
use crate::wire::sigv4;
use crate::{aws, cloud, control, dns};

/// No request of the simulated services comes near this.
const LARGEST_BODY: usize = 1024 * 1024;

/// What every connection shares.
pub(crate) struct Shared {
    pub(crate) state: State,
    pub(crate) connection: Connection,
}

/// The connection ends without an answer.
#[derive(Debug, thiserror::Error)]
enum Dropped {
    #[error("the answer was lost")]
    Lost,
    #[error("the connection was reset")]
    Reset,
}

/// Serves until told to stop, then ends every connection and gives the world's file up.
pub(crate) async fn serve(
    shared: Arc<Shared>,
    listener: TcpListener,
    names: UdpSocket,
    stop: oneshot::Receiver<Infallible>,
) {
    let mut connections = JoinSet::new();
    connections.spawn(dns::serve(Arc::clone(&shared), names));
    let mut stop = stop;
    loop {
        tokio::select! {
            // The sender never sends: its end is the signal.
            _ = &mut stop => break,
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => {
                    connections.spawn(connection(Arc::clone(&shared), stream));
                }
                Err(error) => {
                    tracing::warn!(%error, "accepting a connection");
                    // Out of file descriptors, most likely: do not spin.
                    tokio::time::sleep(Duration::from_millis(50)).await;
                }
            },
            Some(_) = connections.join_next() => {}
        }
    }
    connections.shutdown().await;
    let closing = tokio::task::spawn_blocking(move || shared.state.close()).await;
    if let Err(error) = closing {
        tracing::error!(%error, "closing the world");
    }
}

async fn connection(shared: Arc<Shared>, stream: TcpStream) {
    // Answers are small and each is waited for.
    drop(stream.set_nodelay(true));
    let reset = Arc::new(AtomicBool::new(false));
    let io = TokioIo::new(Abortable {
        stream,
        reset: Arc::clone(&reset),
    });
    let service = service_fn(move |request| {
        let (shared, reset) = (Arc::clone(&shared), Arc::clone(&reset));
        async move {
            let answered = respond(&shared, request).await;
            if matches!(answered, Err(Dropped::Reset)) {
                reset.store(true, Ordering::SeqCst);
            }
            answered
        }
    });
    // When the client goes away, hyper drops the future of the request that is being held.
    if let Err(error) = http1::Builder::new().serve_connection(io, service).await {
        tracing::debug!(%error, "connection ended");
    }
}

async fn respond(
    shared: &Arc<Shared>,
    request: hyper::Request<Incoming>,
) -> Result<Response<Full<Bytes>>, Dropped> {
    let Some(request) = read(request).await else {
        return Ok(written(control::problem(
            413,
            "the request is too large or broke off",
        )));
    };
    answer(shared, request).await.map(written)
}

async fn answer(shared: &Arc<Shared>, request: Request) -> Result<Answer, Dropped> {
    if !is_loopback_host(request.header("host").unwrap_or_default()) {
        // A name that a web page made point here (DNS rebinding).
        return Ok(control::problem(
            403,
            "the Host header does not name this machine",
        ));
    }
    if request.path == control::BASE_PATH || request.path.starts_with("/_sandbox/") {
        let shared = Arc::clone(shared);
        return Ok(
            blocking(move || control::answer(&shared.state, &shared.connection, &request)).await,
        );
    }
    let call = match identify(&shared.state, &request) {
        Ok(call) => Arc::new(call),
        Err(refused) => return Ok(refused),
    };
    let strike = shared
        .state
        .faults()
        .strike(call.service(), call.operation());
    let answered = perform(shared, &call, strike).await;
    let status = match &answered {
        Ok(answer) => Some(answer.status),
        Err(_) => None,
    };
    shared.state.log(&call, status);
    answered
}

/// Carries the call out, with the fault that strikes it.
async fn perform(
    shared: &Arc<Shared>,
    call: &Arc<Call>,
    strike: Option<Strike>,
) -> Result<Answer, Dropped> {
    let carry_out = |twist: Option<Twist>| {
        let (shared, call) = (Arc::clone(shared), Arc::clone(call));
        blocking(move || shared.state.carry_out(&call, twist.as_ref()))
    };
    let Some(mut strike) = strike else {
        return Ok(carry_out(None).await);
    };
    let kind = strike.twist.kind;
    if let Some(refused) = call.faulted(kind) {
        return Ok(refused);
    }
    match kind {
        Kind::Reset => return Err(Dropped::Reset),
        Kind::HoldBefore => strike.hold().await,
        Kind::Delay => tokio::time::sleep(Duration::from_millis(strike.delay_ms)).await,
        _ => {}
    }
    let mut answer = carry_out(Some(strike.twist.clone())).await;
    match kind {
        Kind::LostAnswer => return Err(Dropped::Lost),
        Kind::HoldAfter => strike.hold().await,
        Kind::Malformed => answer.body = b"<!doctype html><title>upstream".to_vec(),
        Kind::GatewayTimeoutButDone => {
            answer =
                cloud::Refusal::new(504, "GATEWAY_TIMEOUT", "The upstream timed out.").answer();
        }
        _ => {}
    }
    Ok(answer)
}

/// Tells a request apart; the error is its whole answer.
fn identify(state: &State, request: &Request) -> Result<Call, Answer> {
    let authorization = request.header("authorization").unwrap_or_default();
    if authorization.starts_with("AWS4-") {
        let credential = sigv4::credential(authorization).ok_or_else(|| {
            let message = "The Authorization header is not of the form of Signature Version 4.";
            Answer::json(403, &serde_json::json!({ "message": message }))
                .with_header("x-amzn-errortype", "IncompleteSignatureException")
        })?;
        let call = aws::identify(&credential, request)?;
        let refused = state.look(|world| aws::authentication_failure(&call, &credential, world));
        return match refused {
            Some(refused) => Err(refused),
            None => Ok(Call::Aws(call)),
        };
    }
    let call = cloud::identify(request).map_err(|refusal| refusal.answer())?;
    state
        .look(|world| cloud::authenticate(request, &world.keys))
        .map_err(|refusal| refusal.answer())?;
    state.admit().map_err(|wait| {
        cloud::Refusal::new(429, "TOO_MANY_REQUESTS", "Too many requests.")
            .answer()
            .with_header("x-ratelimit-reset", format!("{:.3}", wait.as_secs_f64()))
    })?;
    Ok(Call::Cloud(call))
}

/// Runs what may wait for the disk off the runtime's threads. Once begun it is finished, even when
/// the client goes away: a commit is not undone by a closed connection.
async fn blocking(work: impl FnOnce() -> Answer + Send + 'static) -> Answer {
    tokio::task::spawn_blocking(work)
        .await
        .unwrap_or_else(|error| {
            tracing::error!(%error, "a request failed");
            control::problem(500, "the sandbox failed on this request")
        })
}

fn is_loopback_host(host: &str) -> bool {
    let name = match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => host.split(':').next().unwrap_or_default(),
    };
    name.eq_ignore_ascii_case("localhost")
        || name
            .parse::<std::net::IpAddr>()
            .is_ok_and(|address| address.is_loopback())
}

async fn read(request: hyper::Request<Incoming>) -> Option<Request> {
    let (parts, body) = request.into_parts();
    let body = Limited::new(body, LARGEST_BODY)
        .collect()
        .await
        .ok()?
        .to_bytes();
    let headers = parts
        .headers
        .iter()
        .filter_map(|(name, value)| {
            Some((name.as_str().to_owned(), value.to_str().ok()?.to_owned()))
        })
        .collect();
    Some(Request {
        method: parts.method.as_str().to_owned(),
        path: parts.uri.path().to_owned(),
        query: parts.uri.query().unwrap_or_default().to_owned(),
        headers,
        body: body.to_vec(),
    })
}

fn written(answer: Answer) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::new(Bytes::from(answer.body)));
    *response.status_mut() =
        StatusCode::from_u16(answer.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    for (name, value) in answer.headers {
        if let (Ok(name), Ok(value)) = (name.parse::<HeaderName>(), value.parse::<HeaderValue>()) {
            response.headers_mut().append(name, value);
        }
    }
    response
}

/// A stream that can end with a reset instead of a farewell.
struct Abortable {
    stream: TcpStream,
    reset: Arc<AtomicBool>,
}

impl Drop for Abortable {
    fn drop(&mut self) {
        if self.reset.load(Ordering::SeqCst) {
            drop(self.stream.set_zero_linger());
        }
    }
}

impl AsyncRead for Abortable {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<std::io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl AsyncWrite for Abortable {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &[u8],
    ) -> Poll<std::io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(context, buffer)
    }

    fn poll_flush(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<std::io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<std::io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

#[cfg(test)]
mod tests {
    use super::is_loopback_host;

    #[test]
    fn only_names_of_this_machine_are_hosts() {
        for good in [
            "127.0.0.1:4566",
            "localhost",
            "LOCALHOST:80",
            "[::1]:4566",
            "127.1.2.3",
        ] {
            assert!(is_loopback_host(good), "{good}");
        }
        for bad in [
            "",
            "example.com",
            "localhost.example.com",
            "127.0.0.1.example.com",
            "10.0.0.1",
        ] {
            assert!(!is_loopback_host(bad), "{bad}");
        }
    }
}

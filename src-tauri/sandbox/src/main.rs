//! The sandbox on its own: prints one JSON line that says how to reach it, and serves until it is
//! told to stop.

use std::io::Write;
use std::process::ExitCode;

use pipelink_sandbox::{Config, MAX_SPEED, Sandbox};

const USAGE: &str = "usage: pipelink-sandbox --listen 127.0.0.1:PORT [--scenario NAME] \
                     [--speed FACTOR] [--world FILE]";

/// Exit code for flags that cannot be understood, as shells have it.
const BAD_FLAGS: u8 = 2;

#[tokio::main]
async fn main() -> ExitCode {
    let config = match config(std::env::args().skip(1)) {
        Ok(config) => config,
        Err(problem) => {
            say(&format!("pipelink-sandbox: {problem}\n{USAGE}"));
            return ExitCode::from(BAD_FLAGS);
        }
    };
    // Before the line is printed: whoever reads it may stop us at once.
    let mut stop = match StopSignal::new() {
        Ok(stop) => stop,
        Err(error) => {
            say(&format!(
                "pipelink-sandbox: cannot listen for signals: {error}"
            ));
            return ExitCode::FAILURE;
        }
    };
    let sandbox = match Sandbox::start(config).await {
        Ok(sandbox) => sandbox,
        Err(error) => {
            say(&format!("pipelink-sandbox: {}", chain(&error)));
            return ExitCode::FAILURE;
        }
    };
    if let Err(error) = announce(&sandbox) {
        say(&format!("pipelink-sandbox: cannot print: {error}"));
        return ExitCode::FAILURE;
    }
    stop.wait().await;
    sandbox.stop().await;
    ExitCode::SUCCESS
}

fn config(arguments: impl Iterator<Item = String>) -> Result<Config, String> {
    let mut config = Config::default();
    let mut listen = None;
    let mut arguments = arguments;
    while let Some(flag) = arguments.next() {
        let mut value = || {
            arguments
                .next()
                .ok_or_else(|| format!("{flag} needs a value"))
        };
        match flag.as_str() {
            "--listen" => {
                let text = value()?;
                listen = Some(
                    text.parse()
                        .map_err(|_| format!("{text} is not ADDRESS:PORT"))?,
                );
            }
            "--scenario" => config.scenario = value()?,
            "--speed" => {
                let text = value()?;
                config.speed = text
                    .parse()
                    .ok()
                    .filter(|speed| (0.0..=MAX_SPEED).contains(speed))
                    .ok_or_else(|| format!("{text} is not a speed from 0 to {MAX_SPEED}"))?;
            }
            "--world" => config.world = Some(value()?.into()),
            other => return Err(format!("unknown flag {other}")),
        }
    }
    config.listen = listen.ok_or("--listen is required")?;
    if !config.listen.ip().is_loopback() {
        return Err(format!("{} is not a loopback address", config.listen));
    }
    Ok(config)
}

fn announce(sandbox: &Sandbox) -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    serde_json::to_writer(&mut out, sandbox.connection())?;
    out.write_all(b"\n")?;
    out.flush()
}

fn say(text: &str) {
    // Nobody is left to tell when stderr is closed.
    drop(writeln!(std::io::stderr(), "{text}"));
}

/// An error with its causes.
fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text.push_str(": ");
        text.push_str(&error.to_string());
        cause = error.source();
    }
    text
}

/// SIGINT and SIGTERM; Ctrl-C where there are no signals.
struct StopSignal {
    #[cfg(unix)]
    interrupt: tokio::signal::unix::Signal,
    #[cfg(unix)]
    terminate: tokio::signal::unix::Signal,
}

#[cfg(unix)]
impl StopSignal {
    fn new() -> std::io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self {
            interrupt: signal(SignalKind::interrupt())?,
            terminate: signal(SignalKind::terminate())?,
        })
    }

    async fn wait(&mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
        }
    }
}

#[cfg(not(unix))]
impl StopSignal {
    fn new() -> std::io::Result<Self> {
        Ok(Self {})
    }

    async fn wait(&mut self) {
        drop(tokio::signal::ctrl_c().await);
    }
}

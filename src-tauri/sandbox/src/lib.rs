//! A simulated AWS account and ClickHouse Cloud organization, at the wire: the real clients of both
//! speak to it on loopback and do the whole job, without an account and without a cost.
//!
//! [`Sandbox::start`] serves a world. A world is made from a scenario (`scenarios/`), lives in memory
//! or in a file, and has its own clock. `wire` speaks AWS's protocols from AWS's own service models;
//! `aws` and `cloud` say what each operation means; `clickpipes` does what ClickHouse does on its
//! side; `control` is the interface for tests and for the panel, with `faults`, `operator` and `exercises`
//! behind it. This crate shares no code with the planner: two
//! readings of the same pages must agree.

mod aws;
mod clickpipes;
mod cloud;
mod connection;
mod control;
mod dns;
mod exercises;
mod faults;
mod history;
mod operator;
mod server;
mod state;
mod wire;
mod world;

use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use std::convert::Infallible;
use tokio::net::{TcpListener, UdpSocket};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

pub use connection::{Connection, running};
pub use world::store::WorldError;

use server::Shared;
use state::State;
use world::store::{Durability, Store};
use world::{World, scenario};

/// The fastest that a sandbox's clock runs: a year in under six minutes.
pub const MAX_SPEED: f64 = 100_000.0;

/// What to serve, and where.
#[derive(Debug, Clone)]
pub struct Config {
    /// A loopback address; port 0 picks a free one.
    pub listen: SocketAddr,
    /// The scenario of a new world: `default`, `empty` or `crowded`. A kept world must have begun as it.
    pub scenario: String,
    /// Sandbox seconds per second, for new and kept worlds alike. 0 stops the clock but for
    /// `POST /_sandbox/clock`; at most [`MAX_SPEED`].
    pub speed: f64,
    /// Where to keep the world; None keeps it in memory.
    pub world: Option<PathBuf>,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from((IpAddr::from([127, 0, 0, 1]), 0)),
            scenario: "default".to_owned(),
            speed: 60.0,
            world: None,
        }
    }
}

/// Why a sandbox does not start.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StartError {
    /// The sandbox has no access control worth the name: it serves this machine only.
    #[error("{address} is not a loopback address")]
    NotLoopback {
        /// The address asked for.
        address: SocketAddr,
    },
    /// The address cannot be listened on.
    #[error("cannot listen on {address}")]
    Bind {
        /// The address asked for.
        address: SocketAddr,
        /// The system's error.
        #[source]
        source: std::io::Error,
    },
    /// The world's file cannot be used; it is left as it is.
    #[error("cannot use the world {}", path.display())]
    World {
        /// The world's file.
        path: PathBuf,
        /// What is wrong.
        #[source]
        source: WorldError,
    },
    /// A speed that time cannot have: negative, endless, or beyond [`MAX_SPEED`].
    #[error("{speed} is not a speed from 0 to {MAX_SPEED}")]
    BadSpeed {
        /// The speed asked for.
        speed: f64,
    },
    /// There is no such scenario.
    #[error("there is no scenario {name}")]
    UnknownScenario {
        /// The name asked for.
        name: String,
    },
}

/// A running sandbox. Dropping it stops it; [`Sandbox::stop`] also waits until its world is saved and
/// free for another process.
#[derive(Debug)]
pub struct Sandbox {
    connection: Connection,
    stop: Option<oneshot::Sender<Infallible>>,
    server: Option<JoinHandle<()>>,
}

impl Sandbox {
    /// Starts serving. Must be called within a tokio runtime.
    pub async fn start(config: Config) -> Result<Self, StartError> {
        if !config.listen.ip().is_loopback() {
            return Err(StartError::NotLoopback {
                address: config.listen,
            });
        }
        if !(0.0..=MAX_SPEED).contains(&config.speed) {
            return Err(StartError::BadSpeed {
                speed: config.speed,
            });
        }
        let (world, store) = world(&config)?;
        let bind = |source| StartError::Bind {
            address: config.listen,
            source,
        };
        let listener = TcpListener::bind(config.listen).await.map_err(bind)?;
        let address = listener.local_addr().map_err(bind)?;
        let names = UdpSocket::bind((config.listen.ip(), 0))
            .await
            .map_err(bind)?;
        let connection = Connection::new(address, names.local_addr().map_err(bind)?, &world);
        if let Some(store) = &store {
            connection::publish(store.path(), &connection).map_err(|source| {
                let source = WorldError::Io {
                    action: "writing the connection file",
                    source,
                };
                StartError::World {
                    path: store.path().to_owned(),
                    source,
                }
            })?;
        }
        let shared = Arc::new(Shared {
            state: State::new(world, store),
            connection: connection.clone(),
        });
        let (stop, stopped) = oneshot::channel();
        let server = tokio::spawn(server::serve(shared, listener, names, stopped));
        Ok(Self {
            connection,
            stop: Some(stop),
            server: Some(server),
        })
    }

    /// How to reach it.
    pub fn connection(&self) -> &Connection {
        &self.connection
    }

    /// Ends every connection, saves the world and gives its file up.
    pub async fn stop(mut self) {
        drop(self.stop.take());
        if let Some(server) = self.server.take()
            && let Err(error) = server.await
        {
            tracing::error!(%error, "stopping");
        }
    }
}

/// The world to serve: the kept one, or a new one, saved.
fn world(config: &Config) -> Result<(World, Option<Store>), StartError> {
    let Some(path) = &config.world else {
        return Ok((new_world(config, None)?, None));
    };
    let in_world = |source| StartError::World {
        path: path.clone(),
        source,
    };
    let (store, kept) = Store::open(path).map_err(in_world)?;
    // Of a process that was killed: it would name the wrong address.
    connection::withdraw(path);
    let mut world = match kept {
        Some(world) if world.scenario != config.scenario => {
            return Err(in_world(WorldError::OtherScenario {
                found: world.scenario,
                asked: config.scenario.clone(),
            }));
        }
        Some(world) => world,
        None => new_world(config, Some(path))?,
    };
    world.clock.resume(config.speed);
    store.save(&world, Durability::Synced).map_err(in_world)?;
    Ok((world, Some(store)))
}

fn new_world(config: &Config, path: Option<&Path>) -> Result<World, StartError> {
    scenario::new_world(&config.scenario, config.speed)
        .ok_or_else(|| StartError::UnknownScenario {
            name: config.scenario.clone(),
        })?
        .map_err(|source| StartError::World {
            path: path.unwrap_or_else(|| Path::new("")).to_owned(),
            source: WorldError::Corrupt { source },
        })
}

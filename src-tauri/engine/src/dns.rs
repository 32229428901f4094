//! What a domain name resolves to, from this computer.
//!
//! Owns the one resolver of a session: the system's name servers for a real account, the sandbox's own for
//! the sandbox. Knows nothing of VPCs: which answer is right for a source is a check's to say.
//!
//! Nothing is kept between two lookups, so that "check again" asks again, and the hosts file is not read:
//! what stands there is this computer's private view, and no gateway sees it.

use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use hickory_resolver::config::{NameServerConfig, ResolveHosts, ResolverConfig};
use hickory_resolver::net::runtime::TokioRuntimeProvider;
use hickory_resolver::net::{DnsError, NetError};
use hickory_resolver::proto::op::ResponseCode;
use hickory_resolver::proto::rr::rdata::TXT;
use hickory_resolver::proto::rr::{Name, RData, RecordType};
use hickory_resolver::{ResolverBuilder, TokioResolver};
use pipelink_plan::problem::{Party, Problem};

const OPERATION: &str = "ResolveName";
/// How long one attempt may take.
const TIMEOUT: Duration = Duration::from_secs(2);
/// Attempts after the first one.
const MORE_ATTEMPTS: usize = 1;

/// Who is asked.
#[derive(Clone, Copy, Debug)]
enum Servers {
    System,
    One(SocketAddr),
}

/// A resolver. It is set up anew for each lookup, so that a VPN that came up since is seen.
#[derive(Clone, Copy, Debug)]
pub struct Dns {
    servers: Servers,
}

impl Dns {
    /// The system's name servers, as they are configured at each lookup.
    pub const fn system() -> Self {
        Self {
            servers: Servers::System,
        }
    }

    /// The one name server at that address, over UDP.
    pub const fn at(server: SocketAddr) -> Self {
        Self {
            servers: Servers::One(server),
        }
    }

    /// Every address that the name has, IPv4 first; empty if there is no such name, or none with an address.
    /// Search domains are not tried.
    ///
    /// A missing answer about IPv6 does no harm where there are IPv4 addresses: a resource configuration
    /// reaches no other (`aws.md`, a: "public IPv6 targets unsupported").
    ///
    /// # Errors
    /// [`Problem::Refused`] if it is not the form of a name, [`Problem::Unreachable`] without an answer in
    /// time or where the system names no server, [`Problem::ServerError`] if the name server could not tell,
    /// [`Problem::Malformed`], and [`Problem::Internal`] if no resolver could be set up.
    pub async fn lookup(&self, name: &str) -> Result<Vec<IpAddr>, Problem> {
        let asked = absolute(name)?;
        let resolver = self.resolver()?;
        let (four, six) = tokio::join!(
            addresses(&resolver, asked.clone(), RecordType::A),
            addresses(&resolver, asked, RecordType::AAAA),
        );
        let mut found = four?;
        match six {
            Ok(six) => found.extend(six),
            Err(problem) if found.is_empty() => return Err(problem),
            Err(problem) => tracing::debug!(name, %problem, "not asked for IPv6"),
        }
        Ok(found)
    }

    /// Every text of the TXT records at a name, each record's strings joined; empty if there is no such name, or
    /// none with a TXT record.
    ///
    /// # Errors
    /// As [`Dns::lookup`].
    pub async fn lookup_txt(&self, name: &str) -> Result<Vec<String>, Problem> {
        let asked = absolute(name)?;
        match self.resolver()?.lookup(asked, RecordType::TXT).await {
            Ok(lookup) => Ok(lookup
                .answers()
                .iter()
                .filter_map(|record| match &record.data {
                    RData::TXT(text) => Some(joined(text)),
                    _ => None,
                })
                .collect()),
            Err(error) if says_there_is_none(&error) => Ok(Vec::new()),
            Err(error) => Err(problem(&error)),
        }
    }

    fn resolver(self) -> Result<TokioResolver, Problem> {
        let builder = match self.servers {
            Servers::System => TokioResolver::builder_tokio().map_err(|error| problem(&error))?,
            Servers::One(server) => {
                let mut at = NameServerConfig::udp(server.ip());
                for connection in &mut at.connections {
                    connection.port = server.port();
                }
                let config = ResolverConfig::from_parts(None, Vec::new(), vec![at]);
                let provider = TokioRuntimeProvider::default();
                TokioResolver::builder_with_config(config, provider)
            }
        };
        built(builder)
    }
}

/// A name below the root, whatever the system's search domains.
fn absolute(name: &str) -> Result<Name, Problem> {
    let mut name = Name::from_utf8(name).map_err(|error| Problem::Refused {
        party: Party::Computer,
        operation: OPERATION.to_owned(),
        message: error.to_string(),
    })?;
    name.set_fqdn(true);
    Ok(name)
}

/// A TXT record is a row of strings of at most 255 bytes each that are read as one (RFC 7208, 3.3).
fn joined(text: &TXT) -> String {
    let bytes: Vec<u8> = text.txt_data.iter().flatten().copied().collect();
    String::from_utf8_lossy(&bytes).into_owned()
}

async fn addresses(
    resolver: &TokioResolver,
    name: Name,
    kind: RecordType,
) -> Result<Vec<IpAddr>, Problem> {
    match resolver.lookup(name, kind).await {
        // Aliases on the way are among the answers.
        Ok(lookup) => Ok(lookup
            .answers()
            .iter()
            .filter_map(|record| record.data.ip_addr())
            .collect()),
        Err(error) if says_there_is_none(&error) => Ok(Vec::new()),
        Err(error) => Err(problem(&error)),
    }
}

fn built(mut builder: ResolverBuilder<TokioRuntimeProvider>) -> Result<TokioResolver, Problem> {
    let options = builder.options_mut();
    options.timeout = TIMEOUT;
    options.attempts = MORE_ATTEMPTS;
    options.use_hosts_file = ResolveHosts::Never;
    options.cache_size = 0;
    options.positive_max_ttl = Some(Duration::ZERO);
    options.negative_max_ttl = Some(Duration::ZERO);
    builder.build().map_err(|error| Problem::Internal {
        message: error.to_string(),
    })
}

/// No such name, or no address of that kind: an answer as good as any.
fn says_there_is_none(error: &NetError) -> bool {
    matches!(
        error,
        NetError::Dns(DnsError::NoRecordsFound(none))
            if matches!(none.response_code, ResponseCode::NXDomain | ResponseCode::NoError)
    )
}

fn problem(error: &NetError) -> Problem {
    let (party, operation, message) = (Party::Computer, OPERATION.to_owned(), error.to_string());
    match error {
        NetError::Dns(_) => Problem::ServerError {
            party,
            operation,
            message,
        },
        NetError::Proto(_)
        | NetError::Truncated
        | NetError::QueryCaseMismatch
        | NetError::ForeignClassRecord { .. } => Problem::Malformed {
            party,
            operation,
            message,
        },
        _ => Problem::Unreachable {
            party,
            operation,
            message,
        },
    }
}

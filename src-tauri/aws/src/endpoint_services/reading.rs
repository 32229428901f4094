//! What a discovery reads of endpoint services: the services, who may connect, and who does.

use std::collections::HashMap;

use aws_sdk_ec2::types::{
    DnsNameState, PrivateDnsNameConfiguration, ServiceConfiguration, ServiceState,
    VpcEndpointConnection,
};
use jiff::Timestamp;
use pipelink_plan::facts::load_balancing::{
    EndpointConnection, EndpointService, ServicePrivateDns, SupportedRegion,
};
use pipelink_plan::observed::Observed;
use pipelink_plan::problem::{Party, Problem};

use super::{CONFIGURATIONS, PAGE, SERVICE};
use crate::concurrent;
use crate::ec2::name_tag;
use crate::load_balancing::Look;
use crate::problems::missing;
use crate::session::Aws;

pub(super) const CONNECTIONS: &str = "DescribeVpcEndpointConnections";
/// Of how many services a discovery reads who may connect, one call each and all at once: half of what EC2 lets an
/// account ask at once in pages, of each kind of call (100, and 20 more a second; EC2 Developer Guide, "Request
/// throttling").
const ASKED: usize = 50;

/// What the two lists hold: the services, and the connections to all of them.
pub(crate) struct ListedServices {
    services: Result<Vec<ServiceConfiguration>, Problem>,
    connections: Result<Vec<EndpointConnection>, Problem>,
}

impl ListedServices {
    /// The load balancers of the services that are chosen, by ARN.
    pub(crate) fn load_balancers_behind(&self, look: Look<'_>) -> Vec<String> {
        let Look::At(chosen) = look else {
            return Vec::new();
        };
        let services = self.services.iter().flatten();
        services
            .filter(|service| is_chosen(service, chosen))
            .flat_map(|service| service.network_load_balancer_arns().to_vec())
            .collect()
    }
}

impl Aws {
    pub(crate) async fn list_endpoint_services(&self) -> ListedServices {
        let (services, connections) = tokio::join!(
            Box::pin(self.wire_services()),
            Box::pin(self.connections(None)),
        );
        ListedServices {
            services,
            connections,
        }
    }

    /// The facts of what was listed.
    pub(crate) async fn read_endpoint_services(
        &self,
        listed: ListedServices,
        look: Look<'_>,
    ) -> Observed<Vec<EndpointService>> {
        let connections = by_service(listed.connections);
        let services = match listed.services {
            Ok(services) => services,
            Err(problem) => return Observed::Unknown { problem },
        };
        let few = services.len() <= ASKED;
        let asked = |service: &ServiceConfiguration| {
            few || matches!(look, Look::At(chosen) if is_chosen(service, chosen))
        };
        let wanted: Vec<_> = services
            .into_iter()
            .map(|service| {
                let id = service.service_id().unwrap_or_default();
                let of_it = connections.as_ref().map(|all| all.get(id).cloned());
                let of_it = of_it.map(Option::unwrap_or_default).map_err(Clone::clone);
                (asked(&service), service, of_it.into())
            })
            .collect();
        let read = concurrent::for_each_up_to(ASKED, wanted, |(asked, wire, connections)| {
            let aws = self.clone();
            async move {
                let mut service = service(wire)?;
                service.connections = connections;
                if asked {
                    service.principals = aws.principals(&service.id).await.into();
                }
                Ok(service)
            }
        });
        read.await.into()
    }

    /// One service with its connections, by its ID.
    ///
    /// # Errors
    /// As every read of AWS; `NotFound` where the account has no such service.
    pub async fn endpoint_service(&self, id: &str) -> Result<EndpointService, Problem> {
        let (wire, connections) = tokio::join!(self.wire_service(id), self.connections(Some(id)));
        let wire = wire?.ok_or_else(|| Problem::NotFound {
            party: Party::Aws,
            operation: CONFIGURATIONS.to_owned(),
            message: id.to_owned(),
        })?;
        let mut service = service(wire)?;
        service.connections = connections.into();
        Ok(service)
    }

    async fn wire_services(&self) -> Result<Vec<ServiceConfiguration>, Problem> {
        self.session
            .ec2
            .describe_vpc_endpoint_service_configurations()
            .into_paginator()
            .page_size(PAGE)
            .items()
            .send()
            .try_collect()
            .await
            .map_err(self.problem(SERVICE, CONFIGURATIONS))
    }
}

fn is_chosen(service: &ServiceConfiguration, chosen: &[String]) -> bool {
    let own = service.network_load_balancer_arns();
    chosen
        .iter()
        .any(|it| service.service_id() == Some(it) || own.contains(it))
}

fn by_service(
    connections: Result<Vec<EndpointConnection>, Problem>,
) -> Result<HashMap<String, Vec<EndpointConnection>>, Problem> {
    let mut sorted: HashMap<String, Vec<EndpointConnection>> = HashMap::new();
    for connection in connections? {
        let of_service = sorted.entry(connection.service_id.clone()).or_default();
        of_service.push(connection);
    }
    Ok(sorted)
}

fn service(wire: ServiceConfiguration) -> Result<EndpointService, Problem> {
    let unread = || {
        Problem::NotAsked {
        reason: "there are too many endpoint services to read each of them: it is read once this one is chosen"
            .to_owned(),
    }
    };
    Ok(EndpointService {
        private_dns: private_dns(wire.private_dns_name, wire.private_dns_name_configuration),
        name: name_tag(wire.tags.as_deref()),
        id: wire
            .service_id
            .ok_or_else(|| missing(CONFIGURATIONS, "serviceId"))?,
        service_name: wire
            .service_name
            .ok_or_else(|| missing(CONFIGURATIONS, "serviceName"))?,
        state: wire
            .service_state
            .as_ref()
            .map_or("Unknown", ServiceState::as_str)
            .to_owned(),
        acceptance_required: wire
            .acceptance_required
            .ok_or_else(|| missing(CONFIGURATIONS, "acceptanceRequired"))?,
        load_balancer_arns: wire.network_load_balancer_arns.unwrap_or_default(),
        zones: wire.availability_zones.unwrap_or_default(),
        zone_ids: wire.availability_zone_ids.unwrap_or_default(),
        supported_regions: wire
            .supported_regions
            .unwrap_or_default()
            .into_iter()
            .filter_map(|region| {
                Some(SupportedRegion {
                    region: region.region?,
                    state: region.service_state,
                })
            })
            .collect(),
        principals: Observed::Unknown { problem: unread() },
        connections: Observed::Unknown { problem: unread() },
    })
}

/// The private DNS name of a service; none where it has none.
pub(super) fn private_dns(
    name: Option<String>,
    configuration: Option<PrivateDnsNameConfiguration>,
) -> Option<ServicePrivateDns> {
    let private_dns_name = name.filter(|name| !name.is_empty())?;
    let configuration =
        configuration.unwrap_or_else(|| PrivateDnsNameConfiguration::builder().build());
    Some(ServicePrivateDns {
        private_dns_name,
        state: configuration
            .state
            .as_ref()
            .map(DnsNameState::as_str)
            .map(str::to_owned),
        txt_name: configuration.name,
        txt_value: configuration.value,
    })
}

pub(super) fn connection(wire: VpcEndpointConnection) -> Result<EndpointConnection, Problem> {
    Ok(EndpointConnection {
        service_id: wire
            .service_id
            .ok_or_else(|| missing(CONNECTIONS, "serviceId"))?,
        vpc_endpoint_id: wire
            .vpc_endpoint_id
            .ok_or_else(|| missing(CONNECTIONS, "vpcEndpointId"))?,
        owner: wire.vpc_endpoint_owner,
        region: wire.vpc_endpoint_region,
        state: wire
            .vpc_endpoint_state
            .ok_or_else(|| missing(CONNECTIONS, "vpcEndpointState"))?
            .as_str()
            .to_owned(),
        created_at: wire
            .creation_timestamp
            .and_then(|at| Timestamp::from_second(at.secs()).ok()),
    })
}

//! What an endpoint is to be: the action's members, the call's body, and which endpoint can be the one.

use clickhouse_cloud_api::models;
use pipelink_plan::facts::clickhouse::ReversePrivateEndpoint;
use pipelink_plan::problem::Problem;
use pipelink_plan::run::RunId;
use pipelink_plan::step::{Action, EndpointTarget, Input, MskAuthentication, PrivateDnsMapping};

use super::description::described;

/// The members of the one action that makes something here.
pub(super) struct Wanted<'a> {
    pub(super) organization_id: &'a str,
    pub(super) service_id: &'a str,
    description: &'a str,
    pub(super) to: &'a EndpointTarget,
    private_dns: &'a [PrivateDnsMapping],
}

impl<'a> Wanted<'a> {
    pub(super) fn of(action: &'a Action) -> Result<Self, Problem> {
        match action {
            Action::CreateReversePrivateEndpoint {
                organization_id,
                service_id,
                description,
                to,
                private_dns,
            } => Ok(Self {
                organization_id,
                service_id,
                description,
                to,
                private_dns,
            }),
            // AWS's, this computer's, or a wait that makes nothing: none of them is asked for here.
            other => Err(Problem::Internal {
                message: format!("{} makes nothing in ClickHouse", other.operation()),
            }),
        }
    }

    /// Whether an endpoint that names the run is this step's: a run may make several. What it leads to tells them
    /// apart; an endpoint that does not say it in full, as one that failed early may, has to be described as this
    /// step describes its own, for the run describes each differently.
    pub(super) fn is_met_by(&self, endpoint: &ReversePrivateEndpoint, run: &RunId) -> bool {
        let members = match self.to {
            EndpointTarget::VpcResource {
                configuration,
                share,
            } => vec![
                same(
                    configuration.value(),
                    endpoint.resource_configuration_id.as_deref(),
                ),
                same(share.value(), endpoint.resource_share_arn.as_deref()),
            ],
            EndpointTarget::MskMultiVpc {
                cluster_arn,
                authentication,
            } => vec![
                same(Some(cluster_arn), endpoint.msk_cluster_arn.as_deref()),
                same(
                    Some(authentication.as_wire()),
                    endpoint.msk_authentication.as_deref(),
                ),
            ],
            EndpointTarget::EndpointService { service_name } => {
                vec![same(
                    service_name.value(),
                    endpoint.endpoint_service_name.as_deref(),
                )]
            }
        };
        let described_so = || endpoint.description.trim() == described(self.description, run);
        !members.contains(&Some(false)) && (members.iter().all(Option::is_some) || described_so())
    }
}

/// Whether a member is as wanted; `None` where one of the two is not told.
fn same(wanted: Option<&str>, found: Option<&str>) -> Option<bool> {
    Some(wanted? == found?)
}

/// The body of the call that creates the endpoint.
pub(super) fn request(
    wanted: &Wanted<'_>,
    run: &RunId,
) -> Result<models::CreateReversePrivateEndpoint, Problem> {
    let mut request = models::CreateReversePrivateEndpoint {
        description: described(wanted.description, run),
        ..Default::default()
    };
    match wanted.to {
        EndpointTarget::VpcResource {
            configuration,
            share,
        } => {
            request.r#type = models::CreateReversePrivateEndpointType::VPC_RESOURCE;
            request.vpc_resource_configuration_id = Some(literal(configuration)?.to_owned());
            request.vpc_resource_share_arn = Some(literal(share)?.to_owned());
        }
        EndpointTarget::MskMultiVpc {
            cluster_arn,
            authentication,
        } => {
            use models::CreateReversePrivateEndpointMskauthentication as Word;
            request.r#type = models::CreateReversePrivateEndpointType::MSK_MULTI_VPC;
            request.msk_cluster_arn = Some(cluster_arn.clone());
            request.msk_authentication = Some(match authentication {
                MskAuthentication::SaslIam => Word::SASL_IAM,
                MskAuthentication::SaslScram => Word::SASL_SCRAM,
            });
        }
        EndpointTarget::EndpointService { service_name } => {
            request.r#type = models::CreateReversePrivateEndpointType::VPC_ENDPOINT_SERVICE;
            request.vpc_endpoint_service_name = Some(literal(service_name)?.to_owned());
        }
    }
    if !wanted.private_dns.is_empty() {
        let mappings = wanted.private_dns.iter().map(mapping);
        request.custom_private_dns_mappings = Some(mappings.collect::<Result<_, _>>()?);
    }
    Ok(request)
}

fn mapping(wanted: &PrivateDnsMapping) -> Result<models::CustomPrivateDnsMapping, Problem> {
    Ok(models::CustomPrivateDnsMapping {
        private_dns_name: Some(wanted.name.clone()),
        target_id: match &wanted.target {
            Some(target) => Some(literal(target)?.to_owned()),
            None => None,
        },
    })
}

/// An input that is known by now.
pub(super) fn literal(input: &Input) -> Result<&str, Problem> {
    input.value().ok_or_else(|| Problem::Internal {
        message: "an input of the step is not resolved".to_owned(),
    })
}

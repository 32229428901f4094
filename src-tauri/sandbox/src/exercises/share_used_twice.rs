//! "The share was used twice": somebody made an endpoint by hand with the share of another one. A share serves
//! one endpoint, so it failed.

use jiff::Timestamp;
use serde_json::{Value, json};
use uuid::{Uuid, uuid};

use super::{Exercise, ground, ready_since};
use crate::clickpipes;
use crate::cloud::Operation;
use crate::operator::{Refused, call, cloud_call};
use crate::world::World;
use crate::world::lattice::Status;
use crate::world::organization::{
    CLICKPIPES_ACCOUNT, EndpointKind, EndpointStatus, ReversePrivateEndpoint, ServiceState,
};

/// Name and tag of what the exercise makes in AWS.
const NAME: &str = "practice-ledger";
const TAG: &str = "Exercise";
const ID: &str = "share-used-twice";

/// The service that lacks its endpoint. It belongs to the exercise alone.
const SERVICE: Uuid = uuid!("7c9e1a52-0d4b-4f36-9a8e-5b2f60c3d711");

pub(super) static EXERCISE: Exercise = Exercise {
    id: ID,
    title: "The share was used twice",
    situation: "Service practice-reports was given an endpoint to the database practice-ledger by hand, with the \
                resource share that an endpoint of another service uses already. The new endpoint is Failed.",
    goal: "Service practice-reports has a Ready endpoint to practice-ledger, through a new share of the resource \
           configuration that is there.",
    hints: &[
        "Endpoints shows both: the one that works, and the Failed one of service practice-reports. Compare their \
         resource shares on their pages.",
        "A resource share serves one endpoint, once. Nothing can be put right on the old share: a new one is needed.",
        "Set up a connection to practice-ledger for service practice-reports. Under Resource and network, choose to \
         use the resource configuration that is there: only a share and an endpoint are made then.",
        "The Failed endpoint can be left: ClickHouse deletes it after its grace period.",
    ],
    prepare,
    faults: Vec::new,
    reached,
};

fn prepare(world: &mut World) -> Result<(), Refused> {
    ground::lay(world)?;
    let owner = first_user(world)?;
    make_second_service(world)?;
    let configuration = configuration(world)?;
    let share = match used_share(world, &configuration) {
        Some(share) => share,
        None => connect(world, owner, &configuration)?,
    };
    let endpoints = endpoints_of(world, SERVICE);
    for endpoint in endpoints
        .iter()
        .filter(|it| it.status == EndpointStatus::Ready)
    {
        let ids = [SERVICE, endpoint.id];
        let operation = Operation::DeleteReversePrivateEndpoint;
        ground::at_once(world, |world| {
            cloud_call(world, operation, &ids, &Value::Null)
        })?;
    }
    let failed = |it: &&ReversePrivateEndpoint| {
        it.status == EndpointStatus::Failed && share_of(it) == Some(&*share)
    };
    if !endpoints.iter().any(|it| failed(&it)) {
        make_endpoint(world, SERVICE, &configuration, &share)?;
    }
    Ok(())
}

fn reached(world: &World, since: Timestamp) -> bool {
    let database = ground::database_arn(world, NAME);
    let own: Vec<Uuid> = endpoints_of(world, SERVICE)
        .iter()
        .map(|it| it.id)
        .collect();
    ready_since(world, since)
        .iter()
        .any(|it| own.contains(&it.endpoint.id) && it.leads_to(&database))
}

/// A service whose pipes are in the account's home region; awake.
fn first_user(world: &mut World) -> Result<Uuid, Refused> {
    let region = world.home_region.clone();
    let service = world
        .organization
        .services
        .iter_mut()
        .filter(|it| it.id != SERVICE && clickpipes::clickpipes_region(it) == region)
        .max_by_key(|it| it.state == ServiceState::Running)
        .ok_or(Refused::NoService { region })?;
    service.state = ServiceState::Running;
    service.due = None;
    Ok(service.id)
}

fn make_second_service(world: &mut World) -> Result<(), Refused> {
    let services = &mut world.organization.services;
    if let Some(service) = services.iter_mut().find(|it| it.id == SERVICE) {
        service.state = ServiceState::Running;
        service.due = None;
        return Ok(());
    }
    let service = json!({
        "id": SERVICE,
        "name": "practice-reports",
        "provider": "aws",
        "region": world.home_region,
        "state": "running",
        "created_at": world.clock.now().to_string(),
    });
    services.push(serde_json::from_value(service).map_err(ground::broken)?);
    Ok(())
}

/// The ID of the exercise's own configuration, made with its gateway where it is not there.
fn configuration(world: &mut World) -> Result<String, Refused> {
    let home = world.home_region.clone();
    let own = |region: &crate::world::Region| {
        let mut configurations = region.resource_configurations.iter();
        let found = configurations.find(|it| {
            it.status == Status::Active && it.tags.get(TAG).is_some_and(|tag| tag == ID)
        });
        found.map(|it| it.id.clone())
    };
    if let Some(id) = world.regions.get(&home).and_then(own) {
        return Ok(id);
    }
    let region = world.regions.get(&home);
    let taken = |name: &str| {
        region.is_some_and(|region| {
            let gateways = region.resource_gateways.iter().map(|it| &it.name);
            let configurations = region.resource_configurations.iter().map(|it| &it.name);
            gateways.chain(configurations).any(|it| it == name)
        })
    };
    let numbered = (2..).map(|number| format!("{NAME}-{number}"));
    let mut names = std::iter::once(NAME.to_owned()).chain(numbered);
    let name = names.find(|it| !taken(it)).unwrap_or_default();
    let gateway = json!({
        "name": name,
        "vpcIdentifier": ground::VPC,
        "subnetIds": ground::SUBNETS,
        "securityGroupIds": [ground::GATEWAY_GROUP],
        "tags": { TAG: ID },
    });
    let operation = ("vpc-lattice", "CreateResourceGateway");
    let gateway = ground::at_once(world, |world| call(world, &home, operation, gateway))?;
    let database = ground::database_arn(world, NAME);
    let configuration = json!({
        "name": name,
        "type": "ARN",
        "resourceGatewayIdentifier": gateway["id"],
        "resourceConfigurationDefinition": { "arnResource": { "arn": database } },
        "tags": { TAG: ID },
    });
    let operation = ("vpc-lattice", "CreateResourceConfiguration");
    let made = ground::at_once(world, |world| call(world, &home, operation, configuration))?;
    Ok(made["id"].as_str().unwrap_or_default().to_owned())
}

/// The live share through which another service's Ready endpoint uses the configuration.
fn used_share(world: &World, configuration: &str) -> Option<String> {
    let region = world.regions.get(&world.home_region)?;
    let services = world.organization.services.iter();
    let mut endpoints = services
        .filter(|it| it.id != SERVICE)
        .flat_map(|it| &it.endpoints)
        .filter(|it| it.status == EndpointStatus::Ready);
    endpoints.find_map(|it| match &it.kind {
        EndpointKind::VpcResource {
            configuration_id,
            share_arn,
        } if configuration_id == configuration => {
            let share = region.share(share_arn)?;
            (share.live() && share.used_by == Some(it.id)).then(|| share_arn.clone())
        }
        _ => None,
    })
}

/// Makes a share of the configuration and an endpoint of the service with it. Answers the share's ARN.
fn connect(world: &mut World, service: Uuid, configuration: &str) -> Result<String, Refused> {
    let home = world.home_region.clone();
    let account = &world.account.id;
    let share = json!({
        "name": NAME,
        "principals": [CLICKPIPES_ACCOUNT],
        "resourceArns": [
            format!("arn:aws:vpc-lattice:{home}:{account}:resourceconfiguration/{configuration}"),
        ],
        "tags": [{ "key": TAG, "value": ID }],
    });
    let operation = ("ram", "CreateResourceShare");
    let made = ground::at_once(world, |world| call(world, &home, operation, share))?;
    let arn = made["resourceShare"]["resourceShareArn"].as_str();
    let arn = arn.unwrap_or_default().to_owned();
    make_endpoint(world, service, configuration, &arn)?;
    Ok(arn)
}

fn make_endpoint(
    world: &mut World,
    service: Uuid,
    configuration: &str,
    share: &str,
) -> Result<(), Refused> {
    let body = json!({
        "description": NAME,
        "type": "VPC_RESOURCE",
        "vpcResourceConfigurationId": configuration,
        "vpcResourceShareArn": share,
    });
    let operation = Operation::CreateReversePrivateEndpoint;
    ground::at_once(world, |world| {
        cloud_call(world, operation, &[service], &body)
    })?;
    Ok(())
}

fn endpoints_of(world: &World, service: Uuid) -> Vec<ReversePrivateEndpoint> {
    let service = world.organization.service(&service.to_string());
    service.map(|it| it.endpoints.clone()).unwrap_or_default()
}

fn share_of(endpoint: &ReversePrivateEndpoint) -> Option<&str> {
    match &endpoint.kind {
        EndpointKind::VpcResource { share_arn, .. } => Some(share_arn),
        _ => None,
    }
}

//! The steps of the endpoint service path in words.

use super::Words;
use crate::readings::used;
use crate::readings::words::{counted, listed};
use crate::step::{Action, Input, Plan, TargetAddress};

pub(super) fn target_group(name: &str, port: u16, vpc_id: &str) -> Words {
    Words {
        title: format!("Create target group {name}"),
        result: format!(
            "Target group {name} in {vpc_id}, for addresses on TCP {port}. Health is whether the port answers."
        ),
        waits_for: "AWS has created it.".to_owned(),
        usual_seconds: (1, 10),
        undo: Some(
            "The target group is deleted (elasticloadbalancing:DeleteTargetGroup).".to_owned(),
        ),
    }
}

pub(super) fn load_balancer(
    name: &str,
    subnet_ids: &[String],
    security_group_ids: &[String],
) -> Words {
    let groups = if security_group_ids.is_empty() {
        "without security groups".to_owned()
    } else {
        format!("guarded by {}", security_group_ids.join(", "))
    };
    Words {
        title: format!("Create load balancer {name}"),
        result: format!(
            "Internal Network Load Balancer {name} in {}, {groups}. Whether it has security groups is fixed.",
            counted(subnet_ids.len(), "subnet")
        ),
        waits_for: "The load balancer is active.".to_owned(),
        usual_seconds: (120, 300),
        undo: Some(
            "The load balancer is deleted (elasticloadbalancing:DeleteLoadBalancer), and is billed no longer."
                .to_owned(),
        ),
    }
}

pub(super) fn cross_zone(plan: &Plan, load_balancer: &Input) -> Words {
    Words {
        title: "Turn on cross-zone load balancing".to_owned(),
        result: format!(
            "The {} sends traffic to targets in every zone, whichever zone it came in.",
            used::load_balancer(plan, load_balancer)
        ),
        waits_for: "The attribute is true.".to_owned(),
        usual_seconds: (1, 10),
        undo: Some(
            "Cross-zone load balancing is turned off again (elasticloadbalancing:ModifyLoadBalancerAttributes)."
                .to_owned(),
        ),
    }
}

pub(super) fn inbound_rules(
    plan: &Plan,
    load_balancer: &Input,
    security_group_ids: &[String],
) -> Words {
    Words {
        title: "Stop enforcing inbound rules on PrivateLink traffic".to_owned(),
        result: format!(
            "The inbound rules of {} do not count for traffic that reaches the {} through PrivateLink. Whom that is, \
             the endpoint service decides. For all other traffic they count as before.",
            listed(security_group_ids),
            used::load_balancer(plan, load_balancer)
        ),
        waits_for: "The load balancer says that they are not enforced.".to_owned(),
        usual_seconds: (1, 30),
        undo: Some(
            "They are enforced again (elasticloadbalancing:SetSecurityGroups): connections through PrivateLink fail \
             where no rule lets them in."
                .to_owned(),
        ),
    }
}

pub(super) fn listener(plan: &Plan, load_balancer: &Input, port: u16) -> Words {
    Words {
        title: format!("Listen on TCP {port}"),
        result: format!(
            "A listener of the {} on TCP {port}, which forwards to the target group on the same port.",
            used::load_balancer(plan, load_balancer)
        ),
        waits_for: "AWS has created it.".to_owned(),
        usual_seconds: (1, 10),
        undo: Some("The listener is deleted (elasticloadbalancing:DeleteListener).".to_owned()),
    }
}

pub(super) fn targets(plan: &Plan, target_group: &Input, targets: &[TargetAddress]) -> Words {
    let addresses: Vec<String> = targets
        .iter()
        .map(|it| {
            let outside = if it.outside_vpc {
                " outside of the VPC"
            } else {
                ""
            };
            format!("{}:{}{outside}", it.address, it.port)
        })
        .collect();
    Words {
        title: format!("Register {}", addresses.join(", ")),
        result: format!(
            "{} in {}. It stays this address when the source's name comes to mean another one, such as after a failover: \
             then it has to be registered anew.",
            counted(targets.len(), "target"),
            named_target_group(plan, target_group)
        ),
        waits_for: "Every target is healthy: it answers at its port.".to_owned(),
        usual_seconds: (30, 180),
        undo: Some(
            "The targets are deregistered (elasticloadbalancing:DeregisterTargets).".to_owned(),
        ),
    }
}

pub(super) fn service(
    plan: &Plan,
    name: &str,
    load_balancers: &[Input],
    supported_regions: &[String],
    private_dns_name: Option<&str>,
) -> Words {
    let on: Vec<String> = load_balancers
        .iter()
        .map(|it| used::load_balancer(plan, it))
        .collect();
    let regions = if supported_regions.is_empty() {
        String::new()
    } else {
        format!(
            " Endpoints in {} may connect, too.",
            supported_regions.join(", ")
        )
    };
    let private = private_dns_name.map_or_else(String::new, |name| {
        format!(" Its private DNS name is {name}, once the domain is verified.")
    });
    Words {
        title: format!("Create endpoint service {name}"),
        result: format!(
            "VPC endpoint service {name} on the {}. Each connection has to be accepted.{regions}{private}",
            on.join(" and the ")
        ),
        waits_for: "The service is Available.".to_owned(),
        usual_seconds: (5, 60),
        undo: Some(
            "The service is deleted (ec2:DeleteVpcEndpointServiceConfigurations). AWS does not do so while an endpoint \
             is connected to it: the undo stops then."
                .to_owned(),
        ),
    }
}

pub(super) fn principal(plan: &Plan, service: &Input, principal: &str) -> Words {
    Words {
        title: "Allow ClickPipes' account".to_owned(),
        result: format!(
            "Account {principal} may ask {} for connections, and nobody who could not before.",
            used::endpoint_service(plan, service)
        ),
        waits_for: "The account is among the allowed principals.".to_owned(),
        usual_seconds: (1, 10),
        undo: Some(
            "The account is taken off the allowed principals (ec2:ModifyVpcEndpointServicePermissions)."
                .to_owned(),
        ),
    }
}

pub(super) fn region(plan: &Plan, service: &Input, region: &str) -> Words {
    Words {
        title: format!("Let endpoints in {region} connect"),
        result: format!(
            "Endpoints in {region}, where ClickPipes run for your service, may connect to {}. The regions that may do \
             so already stay.",
            used::endpoint_service(plan, service)
        ),
        waits_for: format!("{region} is Available among the supported regions."),
        usual_seconds: (10, 300),
        undo: Some(format!(
            "{region} is taken off the supported regions (ec2:ModifyVpcEndpointServiceConfiguration)."
        )),
    }
}

pub(super) fn dns_record(name: &str) -> Words {
    Words {
        title: format!("Publish the TXT record for {name} yourself"),
        result: format!(
            "A TXT record in the public DNS of the domain of {name}, with the name and value that Pipelink shows. It \
             proves to AWS that the domain is yours."
        ),
        waits_for:
            "Public DNS answers with the record. How soon it does depends on your DNS provider."
                .to_owned(),
        usual_seconds: (60, 3600),
        undo: None,
    }
}

pub(super) fn private_dns(name: &str) -> Words {
    Words {
        title: format!("Verify {name}"),
        result: format!(
            "AWS has verified the domain: {name} resolves to the endpoint in ClickPipes' VPC."
        ),
        waits_for: "The name's state is verified.".to_owned(),
        usual_seconds: (30, 600),
        undo: None,
    }
}

pub(super) fn accept(plan: &Plan, service: &Input, owner: &str) -> Words {
    Words {
        title: "Accept ClickHouse's connection".to_owned(),
        result: format!(
            "The connection to {} is accepted: only the one whose endpoint ID is the one that ClickHouse reports and \
             whose owner is account {owner}. Any other one stays as it is.",
            used::endpoint_service(plan, service)
        ),
        waits_for: "The connection is available.".to_owned(),
        usual_seconds: (10, 180),
        undo: None,
    }
}

pub(super) fn acceptance(plan: &Plan, service: &Input, owner: &str) -> Words {
    Words {
        title: "Accept ClickHouse's connection yourself".to_owned(),
        result: format!(
            "The connection of account {owner} to {} is accepted by you, in the list of its connections. Pipelink shows \
             whether its endpoint ID is the one that ClickHouse reports.",
            used::endpoint_service(plan, service)
        ),
        waits_for: "The connection is available. ClickHouse deletes an endpoint that waits for more than a day."
            .to_owned(),
        usual_seconds: (60, 3600),
        undo: None,
    }
}

pub(super) fn connection(plan: &Plan, service: &Input, owner: &str, known: usize) -> Words {
    let which = match known {
        0 => format!("A connection of account {owner}"),
        1 => format!("A connection of account {owner}, besides the one that is there already,"),
        several => format!(
            "A connection of account {owner}, besides the {several} that are there already,"
        ),
    };
    Words {
        title: "Create the endpoint in ClickHouse yourself".to_owned(),
        result: format!(
            "A reverse private endpoint in ClickHouse, made by you with the service name that Pipelink shows, and its \
             connection to {} accepted by you.",
            used::endpoint_service(plan, service)
        ),
        waits_for: format!(
            "{which} is available. ClickHouse deletes an endpoint that waits for more than a day."
        ),
        usual_seconds: (60, 3600),
        undo: None,
    }
}

/// A target group by its name, where a step of the plan makes it.
fn named_target_group(plan: &Plan, target_group: &Input) -> String {
    let step = match target_group {
        Input::Literal { value } => return format!("target group {value}"),
        Input::Output { step, .. } => step,
    };
    plan.steps
        .iter()
        .find(|it| it.id == *step)
        .and_then(|it| {
            if let Action::CreateTargetGroup { name, .. } = &it.action {
                Some(format!("target group {name}"))
            } else {
                None
            }
        })
        .unwrap_or_else(|| "the target group".to_owned())
}

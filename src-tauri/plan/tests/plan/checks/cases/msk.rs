//! MSK Serverless: its state, its place, and the way to it.

use pipelink_plan::check::{CheckId, Verdict};
use pipelink_plan::step::DnsResolution;

use super::{Case, case};
use crate::facts::*;

pub(super) fn cases() -> Vec<Case> {
    use Verdict::{Failure, NotKnown, Passed, Warning};
    let state = CheckId::MskState;
    let serverless = |spoil: fn(&mut World)| {
        move |w: &mut World| {
            *w = w.clone().of_serverless();
            spoil(w);
        }
    };
    vec![
        case(state, Passed, "ACTIVE", serverless(|_| {})),
        case(
            state,
            Failure,
            "being created",
            serverless(|w| w.change_cluster(|it| "CREATING".clone_into(&mut it.state))),
        ),
        case(
            state,
            NotKnown,
            "clusters refused",
            serverless(|w| {
                w.msk = None;
                w.region.msk_clusters = denied("kafka:ListClustersV2");
            }),
        ),
        case(
            state,
            NotKnown,
            "a provisioned cluster",
            serverless(|w| w.change_cluster(|it| it.serverless = None)),
        ),
        case(
            state,
            NotKnown,
            "a cluster that is gone",
            serverless(|w| {
                w.msk = None;
                all(&mut w.region.msk_clusters).clear();
            }),
        ),
        case(
            CheckId::ClickPipesRegion,
            Passed,
            "MSK Serverless",
            serverless(|_| {}),
        ),
        case(
            CheckId::NotPublic,
            Passed,
            "MSK Serverless",
            serverless(|_| {}),
        ),
        case(
            CheckId::SameVpc,
            Passed,
            "MSK Serverless",
            serverless(|_| {}),
        ),
        case(
            CheckId::SameVpc,
            Failure,
            "MSK Serverless of another VPC",
            serverless(|w| {
                w.change_cluster(|it| {
                    let vpcs = &mut it.serverless.as_mut().unwrap().vpcs;
                    vpcs[0].subnet_ids = vec!["subnet-0a00000000000ffff".to_owned()];
                });
            }),
        ),
        case(
            CheckId::SecurityGroupPath,
            Passed,
            "MSK Serverless",
            serverless(|_| {}),
        ),
        case(
            CheckId::SecurityGroupPath,
            Failure,
            "MSK Serverless, whose group lets nobody in",
            serverless(|w| w.group(GROUP_DATABASE).rules.clear()),
        ),
        case(
            CheckId::ZoneSpread,
            Passed,
            "MSK Serverless",
            serverless(|_| {}),
        ),
        case(
            CheckId::ZoneSpread,
            Warning,
            "in no zone of MSK Serverless",
            serverless(|w| *w.subnet_ids() = vec![SUBNET_C.to_owned()]),
        ),
        case(
            CheckId::NetworkAcls,
            Passed,
            "MSK Serverless",
            serverless(|_| {}),
        ),
        case(
            CheckId::NameResolves,
            NotKnown,
            "MSK Serverless",
            serverless(|_| {}),
        ),
        case(
            CheckId::ReuseFits,
            Passed,
            "MSK Serverless",
            serverless(|_| {}),
        ),
        case(
            CheckId::ReuseFits,
            Failure,
            "MSK Serverless on a gateway that looks up in public DNS",
            |w| {
                *w = w.clone().on_gateway().of_serverless();
                w.gateway().dns_resolution = Some(DnsResolution::Public);
            },
        ),
        case(
            CheckId::ExistingEndpoint,
            Warning,
            "endpoint to the bootstrap host of MSK Serverless",
            |w| {
                *w = w.clone().on_gateway().of_serverless();
                let name = "boot-k3x9.c3.kafka-serverless.us-east-1.amazonaws.com";
                all(&mut w.region.configurations).push(to_name("rcfg-1", name, (9098, 9098)));
                w.add_endpoint(endpoint("e-1", "rcfg-1"));
            },
        ),
    ]
}

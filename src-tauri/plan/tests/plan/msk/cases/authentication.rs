//! Schemes, ACLs and unauthenticated access.

use pipelink_plan::check::{CheckId, Verdict};

use super::{Case, case};
use crate::facts::*;

pub(super) fn cases() -> Vec<Case> {
    use Verdict::{Failure, NotKnown, Passed};
    let enabled = CheckId::MskAuthentication;
    let acls = CheckId::MskAcls;
    let open = CheckId::MskUnauthenticated;
    let scram = |verdict, what, configuration: Option<&'static str>| {
        case(acls, verdict, what, |w| {
            *w = w.clone().scram();
            w.msk.configuration = known(configuration.map(str::to_owned));
        })
    };
    vec![
        case(enabled, Failure, "IAM is off, SCRAM on", |w| {
            w.provisioned().schemes.iam = false;
            w.provisioned().multi_vpc.scram = true;
        }),
        case(enabled, Failure, "SCRAM and IAM are off, TLS on", |w| {
            *w = w.clone().scram();
            w.provisioned().schemes.iam = false;
            w.provisioned().schemes.scram = false;
            w.provisioned().schemes.tls = true;
        }),
        case(enabled, Failure, "no TLS", |w| {
            w.provisioned().client_encryption = Some("PLAINTEXT".to_owned());
        }),
        case(enabled, Passed, "all schemes, all of them multi-VPC", |w| {
            w.provisioned().schemes.tls = true;
            w.provisioned().multi_vpc = w.provisioned().schemes;
        }),
        case(enabled, NotKnown, "serverless", |w| {
            w.cluster().provisioned = None;
            w.cluster().kind = "SERVERLESS".to_owned();
        }),
        scram(Failure, "no configuration of its own", None),
        scram(
            Failure,
            "not in the configuration",
            Some("delete.topic.enable=true"),
        ),
        scram(
            Failure,
            "true",
            Some("allow.everyone.if.no.acl.found: true"),
        ),
        scram(
            Failure,
            "false only in a comment and in a longer key",
            Some(
                "# allow.everyone.if.no.acl.found=false\nallow.everyone.if.no.acl.found.not=false",
            ),
        ),
        scram(
            Failure,
            "false first, true last",
            Some("allow.everyone.if.no.acl.found=false\nallow.everyone.if.no.acl.found=true"),
        ),
        scram(
            Passed,
            "false, behind a blank",
            Some("  allow.everyone.if.no.acl.found false"),
        ),
        case(
            acls,
            Failure,
            "SCRAM, the configuration's ARN not told",
            |w| {
                *w = w.clone().scram();
                w.provisioned().configuration = None;
                w.msk.configuration = known(Some(String::new()));
            },
        ),
        case(acls, NotKnown, "SCRAM, configuration refused", |w| {
            *w = w.clone().scram();
            w.msk.configuration = denied("kafka:DescribeConfigurationRevision");
        }),
        case(acls, Passed, "SCRAM, healthy", |w| *w = w.clone().scram()),
        case(acls, Passed, "IAM, configuration refused", |w| {
            w.msk.configuration = denied("kafka:DescribeConfigurationRevision");
        }),
        case(open, Failure, "unauthenticated access", |w| {
            w.provisioned().unauthenticated = true;
        }),
        case(open, NotKnown, "cluster refused", |w| {
            w.msk.cluster = denied("kafka:DescribeClusterV2");
        }),
    ]
}

//! Targets of load balancers: what can be one, and how each fares.

use crate::common::{Reply, Served};
use crate::load_balancing::{DATA_1A, PROD, all, nlb_form, refusal, the};
use reqwest::Method;
use serde_json::json;

/// The database of the default scenario that lets its whole VPC in.
const CRM_DATABASE: &str = "10.20.3.10";

struct Group<'a> {
    sandbox: &'a Served,
    arn: String,
}

impl Group<'_> {
    /// State and reason of each target.
    async fn health(&self) -> Vec<(String, String)> {
        let form = format!("TargetGroupArn={}", self.arn);
        let told = self.sandbox.elb("DescribeTargetHealth", &form).await;
        assert_eq!(told.status, 200, "{}", told.text);
        let one = |part: &str| {
            let part = Reply {
                status: 200,
                error: None,
                text: part.to_owned(),
            };
            let reason = all(&part, "Reason").pop().unwrap_or_default();
            (the(&part, "State"), reason)
        };
        all(&told, "TargetHealth")
            .iter()
            .map(|it| one(it))
            .collect()
    }

    async fn register(&self, target: &str) -> Reply {
        let form = format!("TargetGroupArn={}&{target}", self.arn);
        self.sandbox.elb("RegisterTargets", &form).await
    }

    async fn listened_to_by(&self, balancer: &str) -> Reply {
        let form = format!(
            "LoadBalancerArn={balancer}&Protocol=TCP&Port=5432&DefaultActions.member.1.Type=forward\
             &DefaultActions.member.1.TargetGroupArn={}",
            self.arn
        );
        self.sandbox.elb("CreateListener", &form).await
    }
}

async fn group(sandbox: &Served) -> Group<'_> {
    let form = format!("Name=orders&Protocol=TCP&Port=5432&VpcId={PROD}&TargetType=ip");
    let made = sandbox.elb("CreateTargetGroup", &form).await;
    let arn = the(&made, "TargetGroupArn");
    Group { sandbox, arn }
}

fn state(state: &str, reason: &str) -> (String, String) {
    (state.to_owned(), reason.to_owned())
}

#[tokio::test]
async fn a_target_is_unused_then_initial_then_healthy_and_drains() {
    let sandbox = Served::start().await;
    let group = group(&sandbox).await;
    let target = format!("Targets.member.1.Id={CRM_DATABASE}");
    assert_eq!(group.register(&target).await.status, 200);
    assert_eq!(group.health().await, [state("unused", "Target.NotInUse")]);
    let form = nlb_form("orders", &[DATA_1A], "");
    let balancer = the(
        &sandbox.elb("CreateLoadBalancer", &form).await,
        "LoadBalancerArn",
    );
    assert_eq!(group.listened_to_by(&balancer).await.status, 200);
    // The database is in a zone where the load balancer is not.
    assert_eq!(group.health().await, [state("unused", "Target.NotInUse")]);
    let across = format!(
        "LoadBalancerArn={balancer}&Attributes.member.1.Key=load_balancing.cross_zone.enabled\
         &Attributes.member.1.Value=true"
    );
    let set = sandbox.elb("ModifyLoadBalancerAttributes", &across).await;
    assert_eq!(set.status, 200, "{}", set.text);
    assert_eq!(
        group.health().await,
        [state("initial", "Elb.RegistrationInProgress")]
    );
    sandbox.advance(150).await;
    assert_eq!(group.health().await, [state("healthy", "")]);
    // Registered while the group is in use, a target is looked after first.
    group.register("Targets.member.1.Id=10.20.1.99").await;
    let both = [
        state("healthy", ""),
        state("initial", "Elb.InitialHealthChecking"),
    ];
    assert_eq!(group.health().await, both);
    sandbox.advance(90).await;
    let both = [
        state("healthy", ""),
        state("unhealthy", "Target.FailedHealthChecks"),
    ];
    assert_eq!(group.health().await, both, "nothing answers there");

    let taken = format!("TargetGroupArn={}&{target}", group.arn);
    assert_eq!(sandbox.elb("DeregisterTargets", &taken).await.status, 200);
    assert_eq!(
        group.health().await[0],
        state("draining", "Target.DeregistrationInProgress")
    );
    sandbox.advance(300).await;
    assert_eq!(group.health().await.len(), 1);
    let named = format!("TargetGroupArn={}&{target}", group.arn);
    let told = sandbox.elb("DescribeTargetHealth", &named).await;
    assert_eq!(the(&told, "Reason"), "Target.NotRegistered");
    // What is not in is out already.
    assert_eq!(sandbox.elb("DeregisterTargets", &taken).await.status, 200);
}

#[tokio::test]
async fn security_groups_and_a_stopped_database_make_a_target_unhealthy() {
    let sandbox = Served::start().await;
    let crm = Group {
        sandbox: &sandbox,
        arn: sandbox
            .elb_arn("us-east-1", "target_groups", "crm-postgres")
            .await,
    };
    assert_eq!(crm.health().await, [state("healthy", "")]);
    let balancer = sandbox
        .elb_arn("us-east-1", "load_balancers", "crm-postgres")
        .await;
    // A group that lets nothing out but HTTPS.
    let locked = format!("LoadBalancerArn={balancer}&SecurityGroups.member.1=sg-0d5ebdf2daa7e461e");
    assert_eq!(sandbox.elb("SetSecurityGroups", &locked).await.status, 200);
    assert_eq!(crm.health().await[0].0, "unhealthy");
    let open = format!("LoadBalancerArn={balancer}&SecurityGroups.member.1=sg-05a32a34d6db06e24");
    assert_eq!(sandbox.elb("SetSecurityGroups", &open).await.status, 200);
    assert_eq!(crm.health().await[0].0, "healthy");
    let act = json!({ "act": "stop-database crm-postgres" });
    sandbox
        .control(Method::POST, "/operator", Some(act))
        .await
        .ok();
    assert_eq!(crm.health().await[0].0, "unhealthy");
}

#[tokio::test]
async fn after_a_failover_a_target_is_unhealthy_or_worse_healthy() {
    let sandbox = Served::start().await;
    let fail_over = async |id: &str| {
        let act = json!({ "act": format!("fail-over {id}") });
        sandbox
            .control(Method::POST, "/operator", Some(act))
            .await
            .ok();
    };
    let crm = Group {
        sandbox: &sandbox,
        arn: sandbox
            .elb_arn("us-east-1", "target_groups", "crm-postgres")
            .await,
    };
    fail_over("crm-postgres").await;
    assert_eq!(
        crm.health().await,
        [state("unhealthy", "Target.FailedHealthChecks")]
    );
    // Of a cluster, another instance answers at the old address: only the name tells.
    let payments = Group {
        sandbox: &sandbox,
        arn: sandbox
            .elb_arn("us-east-1", "target_groups", "payments-postgres")
            .await,
    };
    fail_over("payments-postgres").await;
    assert_eq!(payments.health().await, [state("healthy", "")]);
}

#[tokio::test]
async fn targets_are_addresses_of_the_vpc_or_private_ones_elsewhere() {
    let sandbox = Served::start().await;
    let group = group(&sandbox).await;
    for (target, code) in [
        ("Targets.member.1.Id=orders.example.com", "InvalidTarget"),
        (
            "Targets.member.1.Id=203.0.113.10&Targets.member.1.AvailabilityZone=all",
            "InvalidTarget",
        ),
        ("Targets.member.1.Id=10.200.4.15", "InvalidTarget"),
        ("Targets.member.1.Id=10.20.200.1", "InvalidTarget"),
        (
            "Targets.member.1.Id=10.20.1.10&Targets.member.1.AvailabilityZone=us-east-1b",
            "InvalidTarget",
        ),
        ("Targets=", "ValidationError"),
    ] {
        assert_eq!(
            refusal(&group.register(target).await),
            (400, code.to_owned()),
            "{target}"
        );
    }
    let good = "Targets.member.1.Id=10.200.4.15&Targets.member.1.AvailabilityZone=all\
                &Targets.member.2.Id=10.20.1.10&Targets.member.2.Port=5433\
                &Targets.member.3.Id=100.64.0.9&Targets.member.3.AvailabilityZone=all";
    assert_eq!(group.register(good).await.status, 200);
    // Of several, one that is refused refuses all.
    let one_bad = "Targets.member.1.Id=10.20.1.11&Targets.member.2.Id=8.8.8.8";
    assert_eq!(group.register(one_bad).await.status, 400);
    assert_eq!(group.health().await.len(), 3);
}

//! Elastic Load Balancing at the wire: what is made, what is refused, and how targets fare.

use crate::common::{Reply, Served};
use reqwest::Method;
use serde_json::json;

/// Objects of the default scenario.
const PROD: &str = "vpc-0e79ac9aca8d7f7d3";
const DATA_1A: &str = "subnet-0e9f0009c2ffa9424";
const DATA_1B: &str = "subnet-0c31fffe36732be76";
const CRM_DATABASE: &str = "10.20.3.10";

impl Served {
    /// A call of Elastic Load Balancing; the form without the operation.
    pub(crate) async fn elb(&self, operation: &str, form: &str) -> Reply {
        let form = format!("Action={operation}&Version=2015-12-01&{form}");
        self.query("elasticloadbalancing", &form).await
    }

    /// The ARN of a load balancer or target group of the default scenario.
    pub(crate) async fn elb_arn(&self, region: &str, kind: &str, name: &str) -> String {
        let world = self.world().await;
        let all = world["regions"][region][kind].as_array().expect(kind);
        let found = all.iter().find(|it| it["name"] == name).expect(name);
        found["arn"].as_str().unwrap().to_owned()
    }

    /// A new internal load balancer, active.
    pub(crate) async fn nlb(&self, name: &str, subnets: &[&str], more: &str) -> String {
        let made = self
            .elb("CreateLoadBalancer", &nlb_form(name, subnets, more))
            .await;
        assert_eq!(made.status, 200, "{}", made.text);
        self.advance(150).await;
        the(&made, "LoadBalancerArn")
    }
}

fn nlb_form(name: &str, subnets: &[&str], more: &str) -> String {
    let subnets: String = (1..)
        .zip(subnets)
        .map(|(n, id)| format!("&Subnets.member.{n}={id}"))
        .collect();
    format!("Name={name}&Type=network&Scheme=internal{subnets}&{more}")
}

/// The texts of all elements with a name.
pub(crate) fn all(reply: &Reply, tag: &str) -> Vec<String> {
    let (open, close) = (format!("<{tag}>"), format!("</{tag}>"));
    let parts = reply.text.split(&open).skip(1);
    parts
        .map(|it| it.split(&close).next().unwrap().to_owned())
        .collect()
}

/// The text of the only element with a name.
pub(crate) fn the(reply: &Reply, tag: &str) -> String {
    let found = all(reply, tag);
    assert_eq!(found.len(), 1, "{tag} in {}", reply.text);
    found[0].clone()
}

/// Status and code of a refusal.
pub(crate) fn refusal(reply: &Reply) -> (u16, String) {
    assert!(reply.status >= 400, "{}", reply.text);
    (reply.status, the(reply, "Code"))
}

#[tokio::test]
async fn a_load_balancer_takes_minutes_an_address_in_each_subnet_and_gives_them_back() {
    let sandbox = Served::start().await;
    let form = nlb_form(
        "orders",
        &[DATA_1A, DATA_1B],
        "Tags.member.1.Key=run&Tags.member.1.Value=7",
    );
    let made = sandbox.elb("CreateLoadBalancer", &form).await;
    let arn = the(&made, "LoadBalancerArn");
    let path = arn.split_once("loadbalancer/").unwrap().1.to_owned();
    let state = async || {
        let form = format!("LoadBalancerArns.member.1={arn}");
        let told = sandbox.elb("DescribeLoadBalancers", &form).await;
        (
            all(&told, "Code"),
            all(&told, "ZoneName"),
            all(&told, "SecurityGroups").len(),
        )
    };
    let zones = vec!["us-east-1a".to_owned(), "us-east-1b".to_owned()];
    assert_eq!(
        state().await,
        (vec!["provisioning".to_owned()], zones.clone(), 0)
    );
    sandbox.advance(150).await;
    assert_eq!(state().await, (vec!["active".to_owned()], zones, 0));

    let interfaces = async || {
        let form = format!(
            "Action=DescribeNetworkInterfaces&Filter.1.Name=description&Filter.1.Value.1=ELB {path}"
        );
        let told = sandbox.query("ec2", &form.replace(' ', "%20")).await;
        (all(&told, "interfaceType"), all(&told, "subnetId"))
    };
    let (kinds, subnets) = interfaces().await;
    assert_eq!(kinds, ["network_load_balancer", "network_load_balancer"]);
    assert_eq!(subnets, [DATA_1A, DATA_1B]);
    let tags = sandbox
        .elb("DescribeTags", &format!("ResourceArns.member.1={arn}"))
        .await;
    assert_eq!(
        (the(&tags, "Key"), the(&tags, "Value")),
        ("run".into(), "7".into())
    );

    // Twice is once, and what is not there is gone.
    for _ in 0..2 {
        let gone = sandbox
            .elb("DeleteLoadBalancer", &format!("LoadBalancerArn={arn}"))
            .await;
        assert_eq!(gone.status, 200);
    }
    assert!(interfaces().await.0.is_empty());
}

#[tokio::test]
async fn the_same_again_is_answered_with_what_is_there_and_other_settings_are_refused() {
    let sandbox = Served::start().await;
    let first = sandbox.nlb("orders", &[DATA_1A], "").await;
    assert_eq!(sandbox.nlb("orders", &[DATA_1A], "").await, first);
    let other = nlb_form("orders", &[DATA_1B], "");
    let other = sandbox.elb("CreateLoadBalancer", &other).await;
    assert_eq!(refusal(&other), (400, "DuplicateLoadBalancerName".into()));

    let group =
        |port: u16| format!("Name=orders&Protocol=TCP&Port={port}&VpcId={PROD}&TargetType=ip");
    let made = sandbox.elb("CreateTargetGroup", &group(5432)).await;
    let arn = the(&made, "TargetGroupArn");
    let again = sandbox.elb("CreateTargetGroup", &group(5432)).await;
    assert_eq!(the(&again, "TargetGroupArn"), arn);
    let other = sandbox.elb("CreateTargetGroup", &group(5433)).await;
    assert_eq!(refusal(&other), (400, "DuplicateTargetGroupName".into()));

    let listener = |port: u16, group: &str| {
        format!(
            "LoadBalancerArn={first}&Protocol=TCP&Port={port}\
             &DefaultActions.member.1.Type=forward&DefaultActions.member.1.TargetGroupArn={group}"
        )
    };
    let made = sandbox.elb("CreateListener", &listener(5432, &arn)).await;
    let listener_arn = the(&made, "ListenerArn");
    let again = sandbox.elb("CreateListener", &listener(5432, &arn)).await;
    assert_eq!(the(&again, "ListenerArn"), listener_arn);
    let other = sandbox
        .elb_arn("us-east-1", "target_groups", "orders-postgres-old")
        .await;
    let other = sandbox.elb("CreateListener", &listener(5432, &other)).await;
    assert_eq!(refusal(&other), (400, "DuplicateListener".into()));
    // A group serves one load balancer.
    let taken = sandbox
        .elb_arn("us-east-1", "target_groups", "crm-postgres")
        .await;
    let taken = sandbox.elb("CreateListener", &listener(5433, &taken)).await;
    assert_eq!(refusal(&taken), (400, "TargetGroupAssociationLimit".into()));

    let used = sandbox
        .elb("DeleteTargetGroup", &format!("TargetGroupArn={arn}"))
        .await;
    assert_eq!(refusal(&used), (400, "ResourceInUse".into()));
    let gone = sandbox
        .elb("DeleteListener", &format!("ListenerArn={listener_arn}"))
        .await;
    assert_eq!(gone.status, 200);
    let gone = sandbox
        .elb("DeleteListener", &format!("ListenerArn={listener_arn}"))
        .await;
    assert_eq!(refusal(&gone), (400, "ListenerNotFound".into()));
    for _ in 0..2 {
        let gone = sandbox
            .elb("DeleteTargetGroup", &format!("TargetGroupArn={arn}"))
            .await;
        assert_eq!(gone.status, 200);
    }
}

#[tokio::test]
async fn names_subnets_groups_and_tags_are_held_to_their_rules() {
    let sandbox = Served::start().await;
    let tag = |n: u8, key: &str| format!("&Tags.member.{n}.Key={key}&Tags.member.{n}.Value=1");
    let twice = format!("{}{}", tag(1, "a"), tag(2, "a"));
    let tags: String = (0..51).map(|n| tag(n + 1, &format!("k{n}"))).collect();
    let public = "subnet-041251d43bf360568";
    let elsewhere = "subnet-048f7b8a30b296a89";
    for (name, subnets, more, code) in [
        ("-orders", vec![DATA_1A], "", "ValidationError"),
        ("orders-", vec![DATA_1A], "", "ValidationError"),
        ("orders.db", vec![DATA_1A], "", "ValidationError"),
        ("internal-orders", vec![DATA_1A], "", "ValidationError"),
        (
            "a-name-that-has-33-characters-now",
            vec![DATA_1A],
            "",
            "ValidationError",
        ),
        ("orders", vec![], "", "ValidationError"),
        (
            "orders",
            vec!["subnet-00000000000000000"],
            "",
            "SubnetNotFound",
        ),
        (
            "orders",
            vec![DATA_1A, public],
            "",
            "InvalidConfigurationRequest",
        ),
        (
            "orders",
            vec![DATA_1A, elsewhere],
            "",
            "InvalidConfigurationRequest",
        ),
        (
            "orders",
            vec![DATA_1A],
            "SecurityGroups.member.1=sg-00000000000000000",
            "InvalidSecurityGroup",
        ),
        (
            "orders",
            vec![DATA_1A],
            "SecurityGroups.member.1=sg-0f3adac04490b7d09",
            "InvalidConfigurationRequest",
        ),
        (
            "orders",
            vec![DATA_1A],
            "IpAddressType=dualstack",
            "InvalidConfigurationRequest",
        ),
        ("orders", vec![DATA_1A], &twice, "DuplicateTagKeys"),
        ("orders", vec![DATA_1A], &tags, "TooManyTags"),
    ] {
        let made = sandbox
            .elb("CreateLoadBalancer", &nlb_form(name, &subnets, more))
            .await;
        assert_eq!(
            refusal(&made),
            (400, code.to_owned()),
            "{name} {more}: {}",
            made.text
        );
    }
    for (form, status) in [
        ("Name=web&Subnets.member.1=subnet-0e9f0009c2ffa9424", 501),
        (
            "Name=web&Type=network&Scheme=internet-facing&Subnets.member.1=subnet-1",
            501,
        ),
    ] {
        assert_eq!(
            sandbox.elb("CreateLoadBalancer", form).await.status,
            status,
            "{form}"
        );
    }
    let full = sandbox.elb("DescribeTags", &many_arns(21)).await;
    assert_eq!(refusal(&full), (400, "ValidationError".into()));
}

fn many_arns(count: u8) -> String {
    let arns = (1..=count).map(|n| format!("ResourceArns.member.{n}=arn"));
    arns.collect::<Vec<_>>().join("&")
}

#[tokio::test]
async fn an_address_can_be_chosen_where_it_is_free() {
    let sandbox = Served::start().await;
    let form = |name: &str, address: &str| {
        format!(
            "Name={name}&Type=network&Scheme=internal&SubnetMappings.member.1.SubnetId={DATA_1A}\
             &SubnetMappings.member.1.PrivateIPv4Address={address}"
        )
    };
    let made = sandbox
        .elb("CreateLoadBalancer", &form("one", "10.20.1.200"))
        .await;
    assert_eq!(made.status, 200, "{}", made.text);
    for taken in ["10.20.1.200", "10.20.1.10", "10.20.2.200", "10.20.1.1"] {
        let made = sandbox.elb("CreateLoadBalancer", &form("two", taken)).await;
        assert_eq!(refusal(&made), (400, "InvalidSubnet".into()), "{taken}");
    }
}

#[tokio::test]
async fn groups_are_set_only_where_there_are_some_and_with_them_the_enforcement() {
    let sandbox = Served::start().await;
    let without = sandbox
        .elb_arn("us-east-1", "load_balancers", "inventory-postgres")
        .await;
    let form = format!("LoadBalancerArn={without}&SecurityGroups.member.1=sg-05a32a34d6db06e24");
    let refused = sandbox.elb("SetSecurityGroups", &form).await;
    assert_eq!(
        refusal(&refused),
        (400, "InvalidConfigurationRequest".into())
    );

    let with = sandbox
        .elb_arn("us-east-1", "load_balancers", "crm-postgres")
        .await;
    let flag = "EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic";
    let told = async || {
        let form = format!("LoadBalancerArns.member.1={with}");
        the(&sandbox.elb("DescribeLoadBalancers", &form).await, flag)
    };
    assert_eq!(told().await, "on");
    let none = format!("LoadBalancerArn={with}&SecurityGroups=");
    let none = sandbox.elb("SetSecurityGroups", &none).await;
    assert_eq!(refusal(&none), (400, "InvalidConfigurationRequest".into()));
    let form = format!("LoadBalancerArn={with}&SecurityGroups.member.1=sg-05a32a34d6db06e24");
    let kept = sandbox.elb("SetSecurityGroups", &form).await;
    assert_eq!(the(&kept, flag), "on", "{}", kept.text);
    let off = sandbox
        .elb("SetSecurityGroups", &format!("{form}&{flag}=off"))
        .await;
    assert_eq!(the(&off, flag), "off");
    assert_eq!(told().await, "off");
}

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

#[tokio::test]
async fn what_an_endpoint_service_or_its_owner_protects_is_not_deleted() {
    let sandbox = Served::start().await;
    let used = sandbox
        .elb_arn("us-east-1", "load_balancers", "billing-mysql")
        .await;
    let refused = sandbox
        .elb("DeleteLoadBalancer", &format!("LoadBalancerArn={used}"))
        .await;
    assert_eq!(refusal(&refused), (400, "ResourceInUse".into()));

    let free = sandbox
        .elb_arn("us-east-1", "load_balancers", "crm-postgres")
        .await;
    let attribute = |key: &str, value: &str| {
        format!(
            "LoadBalancerArn={free}&Attributes.member.1.Key={key}&Attributes.member.1.Value={value}"
        )
    };
    for (key, value) in [
        ("no.such.attribute", "true"),
        ("deletion_protection.enabled", "maybe"),
    ] {
        let set = sandbox
            .elb("ModifyLoadBalancerAttributes", &attribute(key, value))
            .await;
        assert_eq!(
            refusal(&set),
            (400, "InvalidConfigurationRequest".into()),
            "{key}"
        );
    }
    let protected = attribute("deletion_protection.enabled", "true");
    sandbox
        .elb("ModifyLoadBalancerAttributes", &protected)
        .await;
    let refused = sandbox
        .elb("DeleteLoadBalancer", &format!("LoadBalancerArn={free}"))
        .await;
    assert_eq!(refusal(&refused), (400, "OperationNotPermitted".into()));
    let open = attribute("deletion_protection.enabled", "false");
    sandbox.elb("ModifyLoadBalancerAttributes", &open).await;
    let gone = sandbox
        .elb("DeleteLoadBalancer", &format!("LoadBalancerArn={free}"))
        .await;
    assert_eq!(gone.status, 200);
    // Its listeners went with it, so that its target group is free.
    let group = sandbox
        .elb_arn("us-east-1", "target_groups", "crm-postgres")
        .await;
    let gone = sandbox
        .elb("DeleteTargetGroup", &format!("TargetGroupArn={group}"))
        .await;
    assert_eq!(gone.status, 200, "{}", gone.text);
}

#[tokio::test]
async fn what_is_not_there_is_named_and_pages_cover_everything() {
    let sandbox = Served::start().await;
    let arn = "arn:aws:elasticloadbalancing:us-east-1:111122223333";
    for (operation, form, code) in [
        (
            "DescribeLoadBalancers",
            format!("LoadBalancerArns.member.1={arn}:x"),
            "LoadBalancerNotFound",
        ),
        (
            "DescribeLoadBalancers",
            "Names.member.1=nothing".to_owned(),
            "LoadBalancerNotFound",
        ),
        (
            "DescribeLoadBalancerAttributes",
            format!("LoadBalancerArn={arn}:x"),
            "LoadBalancerNotFound",
        ),
        (
            "DescribeListeners",
            format!("LoadBalancerArn={arn}:x"),
            "LoadBalancerNotFound",
        ),
        ("DescribeListeners", String::new(), "ValidationError"),
        (
            "DescribeListenerAttributes",
            format!("ListenerArn={arn}:x"),
            "ListenerNotFound",
        ),
        (
            "DescribeTargetGroups",
            "Names.member.1=nothing".to_owned(),
            "TargetGroupNotFound",
        ),
        (
            "DescribeTargetHealth",
            format!("TargetGroupArn={arn}:x"),
            "TargetGroupNotFound",
        ),
        (
            "DescribeTags",
            format!("ResourceArns.member.1={arn}:loadbalancer/net/x/1"),
            "LoadBalancerNotFound",
        ),
        (
            "SetSecurityGroups",
            format!("LoadBalancerArn={arn}:x&SecurityGroups="),
            "LoadBalancerNotFound",
        ),
        (
            "RegisterTargets",
            format!("TargetGroupArn={arn}:x&Targets.member.1.Id=10.0.0.1"),
            "TargetGroupNotFound",
        ),
    ] {
        let told = sandbox.elb(operation, &form).await;
        assert_eq!(refusal(&told), (400, code.to_owned()), "{operation} {form}");
    }
    let whole = sandbox.elb("DescribeLoadBalancers", "").await;
    let (mut paged, mut marker) = (Vec::new(), String::new());
    loop {
        let form = format!("PageSize=4{marker}");
        let page = sandbox.elb("DescribeLoadBalancers", &form).await;
        paged.extend(all(&page, "LoadBalancerName"));
        match all(&page, "NextMarker").pop() {
            Some(next) => marker = format!("&Marker={next}"),
            None => break,
        }
    }
    assert!(paged.len() > 8);
    assert_eq!(all(&whole, "LoadBalancerName"), paged);
}

#[tokio::test]
async fn faults_strike_in_the_words_of_the_query_protocol() {
    let sandbox = Served::start().await;
    for (kind, status, code) in [
        ("throttle", 400, "Throttling"),
        ("deny", 403, "AccessDenied"),
        ("expired_credentials", 403, "ExpiredToken"),
        ("server_error", 500, "InternalFailure"),
        ("not_found_once", 400, "LoadBalancerNotFound"),
    ] {
        let fault = json!({
            "service": "elasticloadbalancing", "operation": "DescribeLoadBalancers", "kind": kind,
        });
        sandbox.fault(fault).await;
        let told = sandbox.elb("DescribeLoadBalancers", "").await;
        assert_eq!(refusal(&told), (status, code.to_owned()));
    }
    let empty = json!({
        "service": "elasticloadbalancing", "operation": "DescribeLoadBalancers", "kind": "empty_page",
    });
    sandbox.fault(empty).await;
    let page = sandbox.elb("DescribeLoadBalancers", "").await;
    assert!(all(&page, "LoadBalancerName").is_empty());
    let next = format!("Marker={}", the(&page, "NextMarker"));
    let page = sandbox.elb("DescribeLoadBalancers", &next).await;
    assert!(all(&page, "LoadBalancerName").len() > 8);

    let failed = json!({
        "service": "elasticloadbalancing", "operation": "CreateLoadBalancer", "kind": "failed_state",
        "reason": "no capacity in the zone",
    });
    sandbox.fault(failed).await;
    let arn = sandbox.nlb("orders", &[DATA_1A], "").await;
    let told = sandbox
        .elb(
            "DescribeLoadBalancers",
            &format!("LoadBalancerArns.member.1={arn}"),
        )
        .await;
    assert_eq!(
        (the(&told, "Code"), the(&told, "Reason")),
        ("failed".into(), "no capacity in the zone".into())
    );
}

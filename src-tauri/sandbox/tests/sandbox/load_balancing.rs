//! Elastic Load Balancing at the wire: what is made, and what is refused. Shared with the tests of
//! targets and of endpoint services.

use crate::common::{Reply, Served};

/// Objects of the default scenario.
pub(crate) const PROD: &str = "vpc-0e79ac9aca8d7f7d3";
pub(crate) const DATA_1A: &str = "subnet-0e9f0009c2ffa9424";
pub(crate) const DATA_1B: &str = "subnet-0c31fffe36732be76";

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

pub(crate) fn nlb_form(name: &str, subnets: &[&str], more: &str) -> String {
    let subnets = (1..).zip(subnets);
    let subnets: Vec<_> = subnets
        .map(|(n, id)| format!("Subnets.member.{n}={id}"))
        .collect();
    let subnets = subnets.join("&");
    format!("Name={name}&Type=network&Scheme=internal&{subnets}&{more}")
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

//! What Elastic Load Balancing refuses, and the faults that strike it.

use crate::common::Served;
use crate::load_balancing::{DATA_1A, PROD, all, nlb_form, refusal, the};
use serde_json::json;

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
    // What is not acted out is not made either.
    let subnet = format!("Subnets.member.1={DATA_1A}");
    for (operation, form) in [
        ("CreateLoadBalancer", format!("Name=web&{subnet}")),
        (
            "CreateLoadBalancer",
            format!("Name=web&Type=network&Scheme=internet-facing&{subnet}"),
        ),
        (
            "CreateLoadBalancer",
            format!(
                "Name=web&Type=network&Scheme=internal&{subnet}&EnablePrefixForIpv6SourceNat=on"
            ),
        ),
        (
            "CreateTargetGroup",
            "Name=web&Protocol=TCP&Port=1".to_owned(),
        ),
        (
            "CreateTargetGroup",
            "Name=web&Protocol=HTTP&Port=1&TargetType=ip".to_owned(),
        ),
        (
            "CreateTargetGroup",
            "Name=web&Protocol=TCP&Port=1&TargetType=ip&TargetControlPort=2".to_owned(),
        ),
    ] {
        let made = sandbox.elb(operation, &form).await;
        assert_eq!(refusal(&made), (501, "NotImplemented".into()), "{form}");
    }
    let full = sandbox.elb("DescribeTags", &many_arns(21)).await;
    assert_eq!(refusal(&full), (400, "ValidationError".into()));
}

#[tokio::test]
async fn target_groups_and_listeners_are_held_to_what_tcp_has() {
    let sandbox = Served::start().await;
    let group = |more: &str| {
        format!("Name=orders&Protocol=TCP&TargetType=ip&Port=5432&VpcId={PROD}&{more}")
    };
    for (form, code) in [
        (
            "Name=orders&Protocol=TCP&TargetType=ip&Port=5432".to_owned(),
            "ValidationError",
        ),
        (
            "Name=orders&TargetType=ip&Port=5432".to_owned(),
            "ValidationError",
        ),
        (
            format!("Name=orders&Protocol=TCP&TargetType=ip&VpcId={PROD}"),
            "ValidationError",
        ),
        (
            group("HealthCheckPath=/health"),
            "InvalidConfigurationRequest",
        ),
        (group("HealthCheckPort=http"), "ValidationError"),
        (group("HealthCheckEnabled=false"), "ValidationError"),
        (
            group("HealthCheckIntervalSeconds=10&HealthCheckTimeoutSeconds=10"),
            "ValidationError",
        ),
    ] {
        let made = sandbox.elb("CreateTargetGroup", &form).await;
        assert_eq!(refusal(&made), (400, code.to_owned()), "{form}");
    }
    let balancer = sandbox.nlb("orders", &[DATA_1A], "").await;
    let made = sandbox.elb("CreateTargetGroup", &group("")).await;
    let arn = the(&made, "TargetGroupArn");
    let forward = format!(
        "DefaultActions.member.1.Type=forward&DefaultActions.member.1.TargetGroupArn={arn}"
    );
    let insights = "vpc-012a26139df302e38";
    let elsewhere = format!("Name=elsewhere&Protocol=TCP&TargetType=ip&Port=1&VpcId={insights}");
    let elsewhere = the(
        &sandbox.elb("CreateTargetGroup", &elsewhere).await,
        "TargetGroupArn",
    );
    for (form, status, code) in [
        (
            format!("Protocol=HTTP&Port=80&{forward}"),
            400,
            "ValidationError",
        ),
        (format!("Protocol=TCP&{forward}"), 400, "ValidationError"),
        (format!("Port=80&{forward}"), 400, "ValidationError"),
        (
            format!("Protocol=TLS&Port=443&{forward}"),
            501,
            "NotImplemented",
        ),
        (
            format!("Protocol=TCP&Port=443&SslPolicy=any&{forward}"),
            400,
            "InvalidConfigurationRequest",
        ),
        (
            "Protocol=TCP&Port=443&DefaultActions.member.1.Type=redirect".to_owned(),
            400,
            "InvalidLoadBalancerAction",
        ),
        (
            "Protocol=TCP&Port=443&DefaultActions.member.1.Type=forward".to_owned(),
            400,
            "ValidationError",
        ),
        (
            format!("Protocol=TCP&Port=443&{}", forward.replace(&arn, "nothing")),
            400,
            "TargetGroupNotFound",
        ),
        (
            format!(
                "Protocol=TCP&Port=443&{}",
                forward.replace(&arn, &elsewhere)
            ),
            400,
            "InvalidConfigurationRequest",
        ),
    ] {
        let form = format!("LoadBalancerArn={balancer}&{form}");
        let made = sandbox.elb("CreateListener", &form).await;
        assert_eq!(refusal(&made), (status, code.to_owned()), "{form}");
    }
}

#[tokio::test]
async fn quotas_of_the_account_are_kept() {
    let sandbox = Served::start().await;
    let mut refused = None;
    for number in 0..60 {
        let form = nlb_form(&format!("many-{number}"), &[DATA_1A], "");
        let made = sandbox.elb("CreateLoadBalancer", &form).await;
        if made.status != 200 {
            refused = Some((number, refusal(&made)));
            break;
        }
    }
    let there = 10;
    let code = "TooManyLoadBalancers".to_owned();
    assert_eq!(refused, Some((50 - there, (400, code))));
}

fn many_arns(count: u8) -> String {
    let arns = (1..=count).map(|n| format!("ResourceArns.member.{n}=arn"));
    arns.collect::<Vec<_>>().join("&")
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

//! VPC endpoint services at the wire: made on load balancers, changed and deleted. Shared with the
//! tests of their names and connections.

use crate::common::{Reply, Served};
use crate::load_balancing::{DATA_1A, DATA_1B, all, refusal, the};
use reqwest::Method;
use serde_json::json;

/// Objects of the default scenario.
pub(crate) const CLICKSTREAM: &str = "vpce-svc-0ac96217ca67dcb4a";
pub(crate) const BILLING: &str = "vpce-svc-067154570d6ca8c45";

pub(crate) async fn ec2(sandbox: &Served, operation: &str, form: &str) -> Reply {
    let form = format!("Action={operation}&Version=2016-11-15&{form}");
    sandbox.query("ec2", &form).await
}

async fn create(sandbox: &Served, balancer: &str, more: &str) -> Reply {
    let form = format!("NetworkLoadBalancerArn.1={balancer}&{more}");
    ec2(sandbox, "CreateVpcEndpointServiceConfiguration", &form).await
}

/// A service on a new load balancer, available.
pub(crate) async fn service(sandbox: &Served, name: &str, more: &str) -> String {
    let balancer = sandbox.nlb(name, &[DATA_1A, DATA_1B], "").await;
    let made = create(sandbox, &balancer, more).await;
    assert_eq!(made.status, 200, "{}", made.text);
    sandbox.advance(10).await;
    the(&made, "serviceId")
}

pub(crate) async fn described(sandbox: &Served, id: &str) -> Reply {
    let form = format!("ServiceId.1={id}");
    ec2(sandbox, "DescribeVpcEndpointServiceConfigurations", &form).await
}

pub(crate) async fn modify(sandbox: &Served, id: &str, more: &str) -> Reply {
    let form = format!("ServiceId={id}&{more}");
    ec2(sandbox, "ModifyVpcEndpointServiceConfiguration", &form).await
}

pub(crate) async fn act(sandbox: &Served, act: &str) -> Reply {
    let act = json!({ "act": act });
    sandbox.control(Method::POST, "/operator", Some(act)).await
}

#[tokio::test]
async fn a_service_comes_up_is_found_by_its_tags_and_goes() {
    let sandbox = Served::start().await;
    let tags = "TagSpecification.1.ResourceType=vpc-endpoint-service&TagSpecification.1.Tag.1.Key=run\
                &TagSpecification.1.Tag.1.Value=7";
    let balancer = sandbox.nlb("orders", &[DATA_1A, DATA_1B], "").await;
    let made = create(&sandbox, &balancer, tags).await;
    let id = the(&made, "serviceId");
    assert_eq!(
        the(&made, "serviceName"),
        format!("com.amazonaws.vpce.us-east-1.{id}")
    );
    assert_eq!(
        the(&made, "acceptanceRequired"),
        "true",
        "unless said otherwise"
    );
    assert_eq!(all(&made, "serviceState")[0], "Pending");
    sandbox.advance(10).await;
    let tagged = "Filter.1.Name=tag:run&Filter.1.Value.1=7";
    let found = ec2(&sandbox, "DescribeVpcEndpointServiceConfigurations", tagged).await;
    assert_eq!(the(&found, "serviceId"), id);
    assert_eq!(all(&found, "serviceState")[0], "Available");
    assert!(
        found
            .text
            .contains("<item>use1-az4</item><item>use1-az6</item>"),
        "{}",
        found.text
    );
    let other = ec2(
        &sandbox,
        "DescribeVpcEndpointServiceConfigurations",
        "Filter.1.Name=tag:run&Filter.1.Value.1=8",
    )
    .await;
    assert!(all(&other, "serviceId").is_empty());

    let form = format!("ServiceId.1={id}&ServiceId.2=vpce-svc-00000000000000000");
    let gone = ec2(&sandbox, "DeleteVpcEndpointServiceConfigurations", &form).await;
    assert_eq!(gone.status, 200);
    assert_eq!(the(&gone, "code"), "InvalidVpcEndpointService.NotFound");
    assert_eq!(
        all(&described(&sandbox, &id).await, "serviceState")[0],
        "Deleting"
    );
    // Until it is gone, its load balancer is not free.
    let early = sandbox
        .elb("DeleteLoadBalancer", &format!("LoadBalancerArn={balancer}"))
        .await;
    assert_eq!(refusal(&early), (400, "ResourceInUse".into()));
    sandbox.advance(20).await;
    let told = described(&sandbox, &id).await;
    assert_eq!(
        refusal(&told),
        (400, "InvalidVpcEndpointServiceId.NotFound".into())
    );
    let free = sandbox
        .elb("DeleteLoadBalancer", &format!("LoadBalancerArn={balancer}"))
        .await;
    assert_eq!(free.status, 200);
}

#[tokio::test]
async fn a_token_makes_one_service_and_a_dry_run_none() {
    let sandbox = Served::start().await;
    let balancer = sandbox.nlb("orders", &[DATA_1A], "").await;
    let dry = create(&sandbox, &balancer, "DryRun=true").await;
    assert_eq!(refusal(&dry), (412, "DryRunOperation".into()));
    let made = create(&sandbox, &balancer, "ClientToken=one").await;
    assert_eq!(the(&made, "clientToken"), "one");
    let again = create(&sandbox, &balancer, "ClientToken=one").await;
    assert_eq!(the(&again, "serviceId"), the(&made, "serviceId"));
    let other = create(
        &sandbox,
        &balancer,
        "ClientToken=one&AcceptanceRequired=false",
    )
    .await;
    assert_eq!(refusal(&other), (400, "IdempotentParameterMismatch".into()));
    // A load balancer serves one service.
    let second = create(&sandbox, &balancer, "ClientToken=two").await;
    assert_eq!(refusal(&second), (400, "InvalidParameter".into()));
}

#[tokio::test]
async fn only_internal_network_load_balancers_that_are_active_carry_a_service() {
    let sandbox = Served::start().await;
    for name in ["storefront-public", "orders-web", "billing-mysql"] {
        let balancer = sandbox.elb_arn("us-east-1", "load_balancers", name).await;
        let made = create(&sandbox, &balancer, "").await;
        assert_eq!(refusal(&made), (400, "InvalidParameter".into()), "{name}");
    }
    let form = format!("Name=new&Type=network&Scheme=internal&Subnets.member.1={DATA_1A}");
    let new = the(
        &sandbox.elb("CreateLoadBalancer", &form).await,
        "LoadBalancerArn",
    );
    let early = create(&sandbox, &new, "").await;
    assert!(early.text.contains("not active"), "{}", early.text);
    for more in [
        "SupportedIpAddressType.1=ipv6",
        "PrivateDnsName=Kafka.example.com",
        "PrivateDnsName=example",
        "SupportedRegion.1=mars-north-1",
        "TagSpecification.1.ResourceType=vpc&TagSpecification.1.Tag.1.Key=a",
    ] {
        sandbox.advance(150).await;
        let made = create(&sandbox, &new, more).await;
        assert!(
            refusal(&made).1.starts_with("InvalidParameter"),
            "{more}: {}",
            made.text
        );
    }
    let none = ec2(&sandbox, "CreateVpcEndpointServiceConfiguration", "").await;
    assert_eq!(refusal(&none), (400, "InvalidParameter".into()));
}

#[tokio::test]
async fn other_regions_need_a_right_two_zones_and_no_idle_timeout() {
    let sandbox = Served::start().await;
    let regions = "SupportedRegion.1=us-east-2&SupportedRegion.2=us-east-1";
    let two = sandbox.nlb("two-zones", &[DATA_1A, DATA_1B], "").await;
    let right = async |given: bool| {
        let body = json!({ "allow_multi_region": given });
        sandbox
            .control(Method::POST, "/rights", Some(body))
            .await
            .ok();
    };
    right(false).await;
    // Without the right even a dry run says so; without other regions nobody asks for it.
    for more in [regions.to_owned(), format!("{regions}&DryRun=true")] {
        let refused = create(&sandbox, &two, &more).await;
        assert_eq!(refusal(&refused), (403, "UnauthorizedOperation".into()));
    }
    let made = create(&sandbox, &two, "").await;
    let id = the(&made, "serviceId");
    sandbox.advance(10).await;
    let refused = modify(&sandbox, &id, "AddSupportedRegion.1=us-east-2").await;
    assert_eq!(refusal(&refused), (403, "UnauthorizedOperation".into()));
    right(true).await;
    let done = modify(&sandbox, &id, "AddSupportedRegion.1=us-east-2").await;
    assert_eq!(the(&done, "return"), "true");
    let told = described(&sandbox, &id).await;
    assert_eq!(all(&told, "region"), ["us-east-1", "us-east-2"]);
    assert_eq!(the(&told, "remoteAccessEnabled"), "true");
    let own = modify(&sandbox, &id, "RemoveSupportedRegion.1=us-east-1").await;
    assert_eq!(refusal(&own), (400, "InvalidParameter".into()));
    modify(&sandbox, &id, "RemoveSupportedRegion.1=us-east-2").await;
    assert_eq!(
        all(&described(&sandbox, &id).await, "region"),
        ["us-east-1"]
    );

    let one = sandbox.nlb("one-zone", &[DATA_1A], "").await;
    let refused = create(&sandbox, &one, regions).await;
    assert!(
        refused.text.contains("two Availability Zones"),
        "{}",
        refused.text
    );
    let reports = world_service(&sandbox, "us-east-1", "reports").await;
    let refused = modify(&sandbox, &reports, "AddSupportedRegion.1=us-east-2").await;
    assert!(refused.text.contains("idle timeout"), "{}", refused.text);
}

/// The ID of a service of the default scenario, by its name tag.
pub(crate) async fn world_service(sandbox: &Served, region: &str, name: &str) -> String {
    let world = sandbox.world().await;
    let all = world["regions"][region]["endpoint_services"]
        .as_array()
        .unwrap();
    let found = all
        .iter()
        .find(|it| it["tags"]["Name"] == name)
        .expect(name);
    found["id"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn load_balancers_of_a_service_are_changed_while_nobody_is_connected() {
    let sandbox = Served::start().await;
    let second = sandbox.nlb("second", &[DATA_1A], "").await;
    let used = sandbox
        .elb_arn("us-east-1", "load_balancers", "billing-mysql")
        .await;
    let added = modify(
        &sandbox,
        BILLING,
        &format!("AddNetworkLoadBalancerArn.1={second}"),
    )
    .await;
    assert_eq!(the(&added, "return"), "true");
    let removed = modify(
        &sandbox,
        BILLING,
        &format!("RemoveNetworkLoadBalancerArn.1={used}"),
    )
    .await;
    assert_eq!(
        refusal(&removed),
        (400, "ExistingVpcEndpointConnections".into())
    );
    let partner = world_service(&sandbox, "us-east-1", "partner-crm").await;
    let own = sandbox
        .elb_arn("us-east-1", "load_balancers", "partner-crm")
        .await;
    let last = modify(
        &sandbox,
        &partner,
        &format!("RemoveNetworkLoadBalancerArn.1={own}"),
    )
    .await;
    assert_eq!(refusal(&last), (400, "InvalidParameter".into()));
    let third = sandbox.nlb("third", &[DATA_1A], "").await;
    let swap = format!("RemoveNetworkLoadBalancerArn.1={own}&AddNetworkLoadBalancerArn.1={third}");
    assert_eq!(
        the(&modify(&sandbox, &partner, &swap).await, "return"),
        "true"
    );
    let told = described(&sandbox, &partner).await;
    assert!(
        told.text.contains(&third) && !told.text.contains(&own),
        "{}",
        told.text
    );
}

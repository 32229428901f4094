//! VPC endpoint services at the wire: made on load balancers, their names proven, their connections decided.

use crate::common::{CLICKPIPES, Reply, Served};
use crate::load_balancing::{all, refusal, the};
use reqwest::Method;
use serde_json::{Value, json};

/// Objects of the default scenario.
const CLICKSTREAM: &str = "vpce-svc-0ac96217ca67dcb4a";
const BILLING: &str = "vpce-svc-067154570d6ca8c45";
const BILLING_ENDPOINT: &str = "vpce-0b51e202b00246dbf";
const DATA_1A: &str = "subnet-0e9f0009c2ffa9424";
const DATA_1B: &str = "subnet-0c31fffe36732be76";
const FOREIGN: &str = "555566667777";

async fn ec2(sandbox: &Served, operation: &str, form: &str) -> Reply {
    let form = format!("Action={operation}&Version=2016-11-15&{form}");
    sandbox.query("ec2", &form).await
}

async fn create(sandbox: &Served, balancer: &str, more: &str) -> Reply {
    let form = format!("NetworkLoadBalancerArn.1={balancer}&{more}");
    ec2(sandbox, "CreateVpcEndpointServiceConfiguration", &form).await
}

/// A service on a new load balancer, available.
async fn service(sandbox: &Served, name: &str, more: &str) -> String {
    let balancer = sandbox.nlb(name, &[DATA_1A, DATA_1B], "").await;
    let made = create(sandbox, &balancer, more).await;
    assert_eq!(made.status, 200, "{}", made.text);
    sandbox.advance(10).await;
    the(&made, "serviceId")
}

async fn described(sandbox: &Served, id: &str) -> Reply {
    let form = format!("ServiceId.1={id}");
    ec2(sandbox, "DescribeVpcEndpointServiceConfigurations", &form).await
}

async fn modify(sandbox: &Served, id: &str, more: &str) -> Reply {
    let form = format!("ServiceId={id}&{more}");
    ec2(sandbox, "ModifyVpcEndpointServiceConfiguration", &form).await
}

/// Endpoint IDs and states of a service's connections.
async fn connections(sandbox: &Served, id: &str, more: &str) -> Vec<(String, String)> {
    let form = format!("Filter.1.Name=service-id&Filter.1.Value.1={id}{more}");
    let told = ec2(sandbox, "DescribeVpcEndpointConnections", &form).await;
    assert_eq!(told.status, 200, "{}", told.text);
    let ids = all(&told, "vpcEndpointId");
    ids.into_iter()
        .zip(all(&told, "vpcEndpointState"))
        .collect()
}

/// Accepts or rejects a connection; the code of what did not succeed.
async fn decide(sandbox: &Served, operation: &str, id: &str, endpoint: &str) -> Option<String> {
    let form = format!("ServiceId={id}&VpcEndpointId.1={endpoint}");
    let done = ec2(sandbox, operation, &form).await;
    assert_eq!(done.status, 200, "{}", done.text);
    all(&done, "code").pop()
}

async fn act(sandbox: &Served, act: &str) -> Reply {
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
async fn world_service(sandbox: &Served, region: &str, name: &str) -> String {
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

#[tokio::test]
async fn principals_are_accounts_users_roles_or_everybody() {
    let sandbox = Served::start().await;
    let id = service(&sandbox, "orders", "").await;
    let change = async |form: &str| {
        let form = format!("ServiceId={id}&{form}");
        ec2(&sandbox, "ModifyVpcEndpointServicePermissions", &form).await
    };
    let account = format!("arn:aws:iam::{CLICKPIPES}:root");
    for bad in [
        CLICKPIPES,
        "arn:aws:iam::1:root",
        "arn:aws:iam::072088201116:role/path/name",
        "arn:aws:iam::072088201116",
    ] {
        let added = change(&format!("AddAllowedPrincipals.1={bad}")).await;
        assert_eq!(refusal(&added), (400, "InvalidPrincipal".into()), "{bad}");
    }
    let added = change(&format!(
        "AddAllowedPrincipals.1={account}&AddAllowedPrincipals.2=*"
    ))
    .await;
    assert_eq!(all(&added, "principalType"), ["Account", "All"]);
    assert_eq!(the(&added, "return"), "true");
    let again = change(&format!("AddAllowedPrincipals.1={account}")).await;
    assert!(all(&again, "principal").is_empty(), "{}", again.text);
    change("RemoveAllowedPrincipals.1=*").await;
    let form = format!("ServiceId={id}");
    let told = ec2(&sandbox, "DescribeVpcEndpointServicePermissions", &form).await;
    assert_eq!(the(&told, "principal"), account);
    let form = format!("{form}&Filter.1.Name=principal-type&Filter.1.Value.1=All");
    let told = ec2(&sandbox, "DescribeVpcEndpointServicePermissions", &form).await;
    assert!(all(&told, "principal").is_empty());
    let unknown = "ServiceId=vpce-svc-00000000000000000";
    let told = ec2(&sandbox, "DescribeVpcEndpointServicePermissions", unknown).await;
    assert_eq!(
        refusal(&told),
        (400, "InvalidVpcEndpointServiceId.NotFound".into())
    );
}

#[tokio::test]
async fn a_connection_waits_for_acceptance_then_takes_its_time() {
    let sandbox = Served::start().await;
    let waiting = connections(&sandbox, BILLING, "").await;
    assert_eq!(waiting.len(), 2);
    assert!(
        waiting.iter().all(|it| it.1 == "pendingAcceptance"),
        "{waiting:?}"
    );
    let foreign = connections(
        &sandbox,
        BILLING,
        &format!("&Filter.2.Name=vpc-endpoint-owner&Filter.2.Value.1={FOREIGN}"),
    )
    .await;
    let [(foreign, _)] = &foreign[..] else {
        panic!("{foreign:?}");
    };
    let of_region = "&Filter.2.Name=vpc-endpoint-region&Filter.2.Value.1=us-east-2";
    assert_eq!(
        connections(&sandbox, BILLING, of_region).await[0].0,
        BILLING_ENDPOINT
    );

    let (accept, reject) = (
        "AcceptVpcEndpointConnections",
        "RejectVpcEndpointConnections",
    );
    assert_eq!(
        decide(&sandbox, accept, BILLING, BILLING_ENDPOINT).await,
        None
    );
    assert_eq!(decide(&sandbox, reject, BILLING, foreign).await, None);
    let by_state = async |state: &str| {
        let filter = format!("&Filter.2.Name=vpc-endpoint-state&Filter.2.Value.1={state}");
        connections(&sandbox, BILLING, &filter).await.len()
    };
    assert_eq!(
        (by_state("pending").await, by_state("rejected").await),
        (1, 1)
    );
    // The model's own spelling is not the wire's.
    assert_eq!(by_state("Rejected").await, 0);
    sandbox.advance(60).await;
    assert_eq!(by_state("available").await, 1);
    for (operation, endpoint, code) in [
        (accept, BILLING_ENDPOINT, "InvalidState"),
        (accept, foreign.as_str(), "InvalidState"),
        (reject, foreign.as_str(), "InvalidState"),
        (
            accept,
            "vpce-00000000000000000",
            "InvalidVpcEndpointId.NotFound",
        ),
    ] {
        let refused = decide(&sandbox, operation, BILLING, endpoint).await;
        assert_eq!(refused.as_deref(), Some(code), "{operation} {endpoint}");
    }
    let delete = async || {
        let form = format!("ServiceId.1={BILLING}");
        let done = ec2(&sandbox, "DeleteVpcEndpointServiceConfigurations", &form).await;
        assert_eq!(done.status, 200);
        all(&done, "code").pop()
    };
    assert_eq!(
        delete().await.as_deref(),
        Some("ExistingVpcEndpointConnections")
    );
    assert_eq!(
        decide(&sandbox, reject, BILLING, BILLING_ENDPOINT).await,
        None
    );
    assert_eq!(delete().await, None);
}

#[tokio::test]
async fn who_is_allowed_connects_and_nobody_else() {
    let sandbox = Served::start().await;
    let partner = world_service(&sandbox, "us-east-1", "partner-crm").await;
    assert_eq!(
        act(&sandbox, &format!("ask-service {partner}"))
            .await
            .status,
        200
    );
    let at_once = connections(&sandbox, &partner, "").await;
    assert_eq!(at_once[0].1, "pending", "everybody may, and nobody accepts");
    sandbox.advance(60).await;
    assert_eq!(connections(&sandbox, &partner, "").await[0].1, "available");
    let reports = world_service(&sandbox, "us-east-1", "reports").await;
    let refused = act(&sandbox, &format!("ask-service {reports}")).await;
    assert_eq!(refused.status, 409);
    assert!(
        refused.text.contains("does not allow account"),
        "{}",
        refused.text
    );
    assert_eq!(connections(&sandbox, &reports, "").await, []);
    // Another organization of ClickHouse has the same account, and another endpoint.
    assert_eq!(
        act(&sandbox, &format!("ask-service {CLICKSTREAM}"))
            .await
            .status,
        200
    );
    let both = connections(&sandbox, CLICKSTREAM, "").await;
    assert_eq!(both.len(), 2);
    assert_eq!(both[1].1, "pendingAcceptance");
}

/// State, record and value of a service's private name.
async fn private_name(sandbox: &Served, id: &str) -> (String, String, String) {
    let told = described(sandbox, id).await;
    let inner = the(&told, "privateDnsNameConfiguration");
    let inner = Reply {
        status: 200,
        error: None,
        text: inner,
    };
    assert_eq!(the(&inner, "type"), "TXT");
    (
        the(&inner, "state"),
        the(&inner, "name"),
        the(&inner, "value"),
    )
}

#[tokio::test]
async fn a_private_name_is_verified_by_its_record_in_the_public_dns() {
    let sandbox = Served::start().await;
    assert_eq!(private_name(&sandbox, CLICKSTREAM).await.0, "verified");
    let id = service(&sandbox, "orders", "PrivateDnsName=db.orders.example.com").await;
    let (state, record, value) = private_name(&sandbox, &id).await;
    assert_eq!(state, "pendingVerification");
    assert!(
        record.starts_with('_') && value.starts_with("vpce:"),
        "{record} {value}"
    );
    let verify = async |id: &str| {
        let form = format!("ServiceId={id}");
        ec2(
            &sandbox,
            "StartVpcEndpointServicePrivateDnsVerification",
            &form,
        )
        .await
    };
    // Nothing is looked for until it is asked for.
    sandbox.advance(3600).await;
    assert_eq!(private_name(&sandbox, &id).await.0, "pendingVerification");
    verify(&id).await;
    sandbox.advance(60).await;
    assert_eq!(private_name(&sandbox, &id).await.0, "failed");
    let txt = json!({ "name": format!("{record}.orders.example.com"), "value": value });
    let published = sandbox
        .control(Method::POST, "/txt", Some(txt.clone()))
        .await
        .ok();
    assert_eq!(published["txt"], json!([value]));
    assert_eq!(the(&verify(&id).await, "return"), "true");
    assert_eq!(private_name(&sandbox, &id).await.0, "pendingVerification");
    sandbox.advance(60).await;
    assert_eq!(private_name(&sandbox, &id).await.0, "verified");

    // The same name keeps its proof, another one needs its own.
    modify(&sandbox, &id, "PrivateDnsName=db.orders.example.com").await;
    assert_eq!(private_name(&sandbox, &id).await.0, "verified");
    modify(&sandbox, &id, "PrivateDnsName=other.orders.example.com").await;
    let (state, _, other) = private_name(&sandbox, &id).await;
    assert_eq!(state, "pendingVerification");
    assert_ne!(other, value);
    let both = modify(
        &sandbox,
        &id,
        "PrivateDnsName=a.example.com&RemovePrivateDnsName=true",
    )
    .await;
    assert_eq!(refusal(&both), (400, "InvalidParameterCombination".into()));
    modify(&sandbox, &id, "RemovePrivateDnsName=true").await;
    assert!(
        !described(&sandbox, &id)
            .await
            .text
            .contains("privateDnsName")
    );
    assert_eq!(
        refusal(&verify(&id).await),
        (400, "InvalidParameter".into())
    );
    let gone = sandbox
        .control(Method::DELETE, "/txt", Some(txt))
        .await
        .ok();
    assert_eq!(gone["txt"], json!([]));
}

#[tokio::test]
async fn another_operator_publishes_the_record_and_takes_rights() {
    let sandbox = Served::start().await;
    let id = service(&sandbox, "orders", "PrivateDnsName=db.orders.example.com").await;
    assert_eq!(
        act(&sandbox, &format!("publish-txt {id}")).await.status,
        200
    );
    let form = format!("ServiceId={id}");
    ec2(
        &sandbox,
        "StartVpcEndpointServicePrivateDnsVerification",
        &form,
    )
    .await;
    sandbox.advance(60).await;
    assert_eq!(private_name(&sandbox, &id).await.0, "verified");
    assert_eq!(
        act(&sandbox, &format!("publish-txt {id}")).await.status,
        404
    );
    assert_eq!(
        act(&sandbox, &format!("withdraw-txt {id}")).await.status,
        200
    );

    assert_eq!(
        act(&sandbox, "take-right vpce:AllowMultiRegion")
            .await
            .status,
        200
    );
    assert_eq!(sandbox.world().await["allow_multi_region"], false);
    assert_eq!(
        act(&sandbox, "give-right vpce:AllowMultiRegion")
            .await
            .status,
        200
    );

    let crm = sandbox
        .elb_arn("us-east-1", "load_balancers", "crm-postgres")
        .await;
    assert_eq!(
        act(&sandbox, &format!("toggle-enforcement {crm}"))
            .await
            .status,
        200
    );
    let world = sandbox.world().await;
    let all = world["regions"]["us-east-1"]["load_balancers"]
        .as_array()
        .unwrap();
    let found = all.iter().find(|it| it["arn"] == crm.as_str()).unwrap();
    assert_eq!(found["enforces_on_private_link"], Value::Bool(false));
}

#[tokio::test]
async fn faults_hold_and_fail_services_connections_and_names() {
    let sandbox = Served::start().await;
    let fault = async |operation: &str, kind: &str| {
        let fault = json!({ "service": "ec2", "operation": operation, "kind": kind });
        sandbox.fault(fault).await
    };
    fault("CreateVpcEndpointServiceConfiguration", "failed_state").await;
    let failed = service(&sandbox, "failed", "").await;
    assert_eq!(
        all(&described(&sandbox, &failed).await, "serviceState")[0],
        "Failed"
    );
    let held = fault("AcceptVpcEndpointConnections", "stuck").await;
    decide(
        &sandbox,
        "AcceptVpcEndpointConnections",
        BILLING,
        BILLING_ENDPOINT,
    )
    .await;
    sandbox.advance(3600).await;
    let state = async || connections(&sandbox, BILLING, "").await[0].1.clone();
    assert_eq!(state().await, "pending");
    sandbox.remove_fault(held).await;
    sandbox.advance(60).await;
    assert_eq!(state().await, "available");
    fault(
        "StartVpcEndpointServicePrivateDnsVerification",
        "failed_state",
    )
    .await;
    let form = format!("ServiceId={CLICKSTREAM}");
    ec2(
        &sandbox,
        "StartVpcEndpointServicePrivateDnsVerification",
        &form,
    )
    .await;
    sandbox.advance(60).await;
    assert_eq!(private_name(&sandbox, CLICKSTREAM).await.0, "failed");
    fault("DescribeVpcEndpointServicePermissions", "not_found_once").await;
    let told = ec2(&sandbox, "DescribeVpcEndpointServicePermissions", &form).await;
    assert_eq!(
        refusal(&told),
        (400, "InvalidVpcEndpointServiceId.NotFound".into())
    );
}

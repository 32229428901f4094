//! Who may connect to an endpoint service, who does, and what its owner decides.

use crate::common::{CLICKPIPES, Served};
use crate::endpoint_service_names::private_name;
use crate::endpoint_services::{BILLING, CLICKSTREAM, act, described, ec2, service, world_service};
use crate::load_balancing::{all, refusal, the};
use serde_json::json;

const BILLING_ENDPOINT: &str = "vpce-0b51e202b00246dbf";
const FOREIGN: &str = "555566667777";

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

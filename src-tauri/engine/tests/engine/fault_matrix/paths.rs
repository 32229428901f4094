//! The same for the steps of the other paths: each with as much of a plan as it needs, and every call that makes it,
//! looks at it, finds it again and takes it back.

use super::{Call, backward, call, forward};
use crate::stage::Stage;
use crate::stage::calls::Calls;
use crate::stage::plans::{Shape, only};

/// The last step named of a plan of that shape: how it is carried out, and how it is taken back.
async fn step(shape: Shape, with_key: bool, steps: &'static [&'static str]) {
    let stage = Stage::set().await;
    let plan = only(&stage.plan_of(shape, with_key).await, steps);
    let calls = Calls::of(&plan.steps.last().unwrap().action);
    let of = |operation| Call {
        with_key,
        steps,
        ..call(shape, calls.service, operation)
    };
    let mut there: Vec<Call> = calls.make.into_iter().chain(calls.read).map(of).collect();
    if let Some(make) = calls.make {
        there.extend(calls.look.iter().map(|look| of(look).after(make)));
    }
    forward(&there).await;
    // Where the statement is the policy's only one, the policy goes with it.
    let last = matches!(steps, ["policy"]) && shape == Shape::MskIam;
    let remove = if last {
        Some("DeleteClusterPolicy")
    } else {
        calls.remove
    };
    if let Some(remove) = remove {
        let back: Vec<Call> = [remove].into_iter().chain(calls.read).map(of).collect();
        backward(&back).await;
    }
}

macro_rules! each_step {
    ($($name:ident: $shape:ident $key:literal $steps:expr;)*) => {
        $(
            #[tokio::test]
            async fn $name() {
                step(Shape::$shape, $key, &$steps).await;
            }
        )*
    };
}

each_step! {
    a_group_of_configurations: Nodes true ["gateway", "group"];
    a_child_of_a_group: Nodes true ["gateway", "group", "node-1"];

    connectivity: MskIam true ["connectivity"];
    the_cluster_policy: MskPolicy true ["policy"];
    the_first_cluster_policy: MskIam true ["policy"];
    an_endpoint_to_a_cluster: MskConnectivity true ["connectivity", "endpoint"];
    a_connection_by_hand: MskPolicy false ["policy", "connection"];
    the_bootstrap_brokers: MskPolicy true ["bootstrap"];

    a_target_group: Service true ["target-group"];
    a_load_balancer: Service true ["load-balancer"];
    cross_zone: OnBalancer true ["cross-zone"];
    inbound_rules: OnBalancer true ["inbound-rules"];
    a_listener: Service true ["target-group", "load-balancer", "listener"];
    targets: Service true ["target-group", "load-balancer", "listener", "targets"];
    a_service: OnBalancer true ["service"];
    a_principal: OnService true ["principal"];
    a_region: OnServiceAbroad true ["region"];
    a_private_name: ServiceGuarded true
        ["load-balancer", "service", "dns-record", "private-dns"];
    an_endpoint_to_a_service: OnReadyService true ["endpoint"];
    its_acceptance: OnReadyService true ["endpoint", "acceptance"];
    its_readiness: OnReadyService true ["endpoint", "acceptance", "ready"];
    its_acceptance_by_hand: OnReadyService false ["connection"];
}

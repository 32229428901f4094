//! Plans that build upon what is there, and plans for names and addresses.

use pipelink_plan::facts::lattice::ResourceGateway;
use pipelink_plan::names::Field;
use pipelink_plan::paths::vpc_resource::choices::{Choices, Extent};
use pipelink_plan::paths::vpc_resource::{change_gateway_groups, plan, source_ref};
use pipelink_plan::step::{Action, ActionKind, Definition, DnsResolution, Plan, Used};
use proptest::prelude::*;
use serde_json::Value;

use crate::facts::*;

fn planned(world: &World) -> Plan {
    plan(&world.region, &world.choices).unwrap()
}

fn refused(world: &World) -> Vec<(Field, String)> {
    plan(&world.region, &world.choices)
        .unwrap_err()
        .into_iter()
        .map(|it| (it.field, it.rule))
        .collect()
}

#[test]
fn a_private_name_gets_a_gateway_that_looks_up_in_the_vpc() {
    let mut world = World::healthy();
    world.choices.source = domain_name(
        "Orders.Internal.Example.",
        "9092-9094, 9096",
        DnsResolution::InVpc,
    );
    insta::assert_json_snapshot!("plan_private_name", planned(&world));
}

#[test]
fn an_address_on_a_gateway_that_is_there_has_no_gateway_step() {
    let mut world = World::healthy().on_gateway();
    world.choices.source = ip_address("10.20.1.40", "5432");
    insta::assert_json_snapshot!("plan_address_on_gateway", planned(&world));
}

#[test]
fn on_a_configuration_only_share_and_endpoint_are_made() {
    insta::assert_json_snapshot!(
        "plan_on_configuration",
        planned(&World::healthy().on_configuration())
    );
}

#[test]
fn an_address_names_no_host_for_its_certificate() {
    let world = World::healthy();
    let name = domain_name("DB.example.com", "6432, 5432", DnsResolution::Public);
    let source = source_ref(&world.region, &name).unwrap();
    assert_eq!(
        (source.name.as_str(), source.port),
        ("db.example.com", 6432)
    );
    assert_eq!(source.tls_host.as_deref(), Some("db.example.com"));
    let source = source_ref(&world.region, &ip_address("10.20.1.40", "5432")).unwrap();
    assert_eq!(
        (source.name.as_str(), source.tls_host),
        ("10.20.1.40", None)
    );
    assert_eq!(
        source_ref(&world.region, &ip_address("8.8.8.8", "5432")),
        None
    );
}

#[test]
fn what_is_typed_is_refused_at_its_field() {
    let mut world = World::healthy();
    world.choices.source = domain_name("localhost", "0", DnsResolution::Public);
    let fields: Vec<Field> = refused(&world).into_iter().map(|it| it.0).collect();
    assert_eq!(fields, [Field::Source, Field::Ports]);

    world.choices.source = ip_address("10.20.1.40", "5432");
    world.region.vpcs = known(Vec::new());
    assert_eq!(refused(&world)[0].0, Field::Vpc);
    // A list that could not be read refuses nobody.
    world.region.vpcs = denied("ec2:DescribeVpcs");
    assert!(plan(&world.region, &world.choices).is_ok());
}

#[test]
fn what_cannot_be_built_upon_is_refused_at_its_field() {
    let gateway = |spoil: fn(&mut World)| {
        let mut world = World::healthy().on_gateway();
        spoil(&mut world);
        refused(&world)
    };
    let configuration = |spoil: fn(&mut World)| {
        let mut world = World::healthy().on_configuration();
        spoil(&mut world);
        refused(&world)
    };
    let refusals = [
        gateway(|w| all(&mut w.region.gateways).clear()),
        gateway(|w| w.gateway().service_managed = true),
        gateway(|w| w.gateway().arn = w.gateway().arn.replace(ACCOUNT, "444455556666")),
        gateway(|w| w.region.gateways = denied("vpc-lattice:ListResourceGateways")),
        configuration(|w| all(&mut w.region.configurations).clear()),
        configuration(|w| w.gateway().service_managed = true),
        configuration(|w| w.choices.source = database(BILLING)),
        configuration(|w| {
            w.choices.source = domain_name("db.example.com", "5432", DnsResolution::Public);
            all(&mut w.region.configurations)[0] =
                to_name(STANDING_CONFIGURATION, "db.example.com", (5433, 5439));
        }),
    ];
    let lines: Vec<String> = refusals
        .into_iter()
        .map(|errors| {
            assert_eq!(errors.len(), 1);
            format!("{:?}: {}", errors[0].0, errors[0].1)
        })
        .collect();
    insta::assert_snapshot!("reuse_refused", lines.join("\n"));
}

#[test]
fn a_configuration_of_the_name_covers_ports_by_touching_ranges() {
    let mut world = World::healthy().on_configuration();
    world.choices.source = domain_name("db.example.com", "9000-9010", DnsResolution::Public);
    let mut standing = to_name(STANDING_CONFIGURATION, "DB.EXAMPLE.COM", (9005, 9020));
    if let Some(Definition::DomainName { ports, .. }) = &mut standing.definition {
        let mut lower = ports[0];
        (lower.first, lower.last) = (8000, 9004);
        ports.push(lower);
    }
    all(&mut world.region.configurations)[0] = standing;
    assert!(plan(&world.region, &world.choices).is_ok());
}

#[test]
fn other_groups_for_a_gateway_are_one_step_that_knows_the_way_back() {
    let world = World::healthy();
    let source = source_ref(&world.region, &world.choices.source).unwrap();
    let gateway = gateway(STANDING_GATEWAY, "standing");
    let change = |groups: &[&str]| {
        let groups: Vec<String> = groups.iter().map(|it| (*it).to_owned()).collect();
        change_gateway_groups(&world.region.identity, &gateway, &source, &groups)
    };
    let plan = change(&[GROUP_WEB, GROUP_DEFAULT]).unwrap();
    assert_eq!(plan.steps[0].action.kind(), ActionKind::Merge);
    assert!(plan.steps[0].action.takes_token());
    insta::assert_json_snapshot!("plan_group_change", plan);
    assert_eq!(plan, change(&[GROUP_DEFAULT, GROUP_WEB]).unwrap());
    for groups in [&[][..], &[GROUP_GATEWAY][..], &["sg-1"][..]] {
        let fields: Vec<Field> = change(groups)
            .unwrap_err()
            .iter()
            .map(|it| it.field)
            .collect();
        assert_eq!(fields, [Field::SecurityGroups], "{groups:?}");
    }
}

#[test]
fn the_groups_of_a_gateway_that_is_not_ours_or_not_at_rest_stay() {
    let world = World::healthy();
    let source = source_ref(&world.region, &world.choices.source).unwrap();
    let standing = gateway(STANDING_GATEWAY, "standing");
    let spoilers: [fn(&mut ResourceGateway); 4] = [
        |it| it.arn = it.arn.replace(ACCOUNT, "444455556666"),
        |it| it.service_managed = true,
        |it| it.status = "UPDATE_IN_PROGRESS".to_owned(),
        |it| it.status = "CREATE_FAILED".to_owned(),
    ];
    for spoil in spoilers {
        let mut gateway = standing.clone();
        spoil(&mut gateway);
        let errors = change_gateway_groups(
            &world.region.identity,
            &gateway,
            &source,
            &[GROUP_WEB.to_owned()],
        )
        .unwrap_err();
        assert_eq!(errors[0].field, Field::Gateway);
    }
}

#[test]
fn the_groups_of_a_gateway_whose_last_change_failed_can_be_changed_again() {
    let world = World::healthy();
    let source = source_ref(&world.region, &world.choices.source).unwrap();
    let gateway = ResourceGateway {
        status: "UPDATE_FAILED".to_owned(),
        ..gateway(STANDING_GATEWAY, "standing")
    };
    let groups = [GROUP_WEB.to_owned()];
    let plan = change_gateway_groups(&world.region.identity, &gateway, &source, &groups).unwrap();
    assert!(matches!(
        &plan.steps[0].action,
        Action::UpdateGatewaySecurityGroups { previous_security_group_ids, .. }
            if *previous_security_group_ids == gateway.security_group_ids
    ));
}

/// The inputs that an action names itself, and so that were there before.
fn literals(action: &Action) -> Vec<String> {
    fn collect(value: &Value, into: &mut Vec<String>) {
        match value {
            Value::Object(members) if members.get("from") == Some(&Value::from("literal")) => {
                into.push(members["value"].as_str().unwrap().to_owned());
            }
            Value::Object(members) => members.values().for_each(|it| collect(it, into)),
            Value::Array(items) => items.iter().for_each(|it| collect(it, into)),
            _ => {}
        }
    }
    let mut literals = Vec::new();
    collect(&serde_json::to_value(action).unwrap(), &mut literals);
    literals
}

fn any_choices() -> impl Strategy<Value = (Choices, bool)> {
    let source = prop_oneof![
        Just(database(ORDERS)),
        Just(domain_name("db.example.com", "5432", DnsResolution::InVpc)),
        Just(ip_address("10.20.1.40", "5432, 5433")),
    ];
    let extent = prop_oneof![
        Just(choices().extent),
        Just(Extent::OnGateway {
            gateway_id: STANDING_GATEWAY.to_owned(),
            configuration_name: "made-by-run".to_owned(),
        }),
        Just(Extent::OnConfiguration {
            configuration_id: STANDING_CONFIGURATION.to_owned(),
        }),
    ];
    (source, extent, any::<bool>()).prop_map(|(source, extent, by_hand)| {
        let choices = Choices {
            source,
            extent,
            ..choices()
        };
        (choices, by_hand)
    })
}

proptest! {
    #[test]
    fn what_is_there_is_never_a_step_and_never_undone((choices, by_hand) in any_choices()) {
        let mut world = World::healthy().on_configuration();
        world.choices = choices;
        if by_hand {
            world = world.by_hand();
        }
        let Ok(plan) = plan(&world.region, &world.choices) else {
            // Only a configuration that leads elsewhere is refused here.
            let on_configuration = matches!(world.choices.extent, Extent::OnConfiguration { .. });
            prop_assert!(on_configuration);
            return Ok(());
        };
        let makes = |wanted: fn(&Action) -> bool| plan.steps.iter().filter(|it| wanted(&it.action)).count();
        let gateways = makes(|it| matches!(it, Action::CreateResourceGateway { .. }));
        let configurations = makes(|it| matches!(it, Action::CreateResourceConfiguration { .. }));
        let (expected, used) = match world.choices.extent {
            Extent::Everything { .. } => ((1, 1), 0),
            Extent::OnGateway { .. } => ((0, 1), 1),
            Extent::OnConfiguration { .. } => ((0, 0), 2),
        };
        prop_assert_eq!((gateways, configurations), expected);
        prop_assert_eq!(plan.uses.len(), used);
        prop_assert_eq!(makes(|it| matches!(it, Action::CreateResourceShare { .. })), 1);

        // Whatever a step names without having made it is said to be used, and nothing else is.
        let mut there: Vec<String> = Vec::new();
        for used in &plan.uses {
            match used {
                Used::ResourceGateway { id, .. } => there.push(id.clone()),
                Used::ResourceConfiguration { id, arn, .. } => there.extend([id.clone(), arn.clone()]),
                Used::LoadBalancer { .. } | Used::EndpointService { .. } => {
                    prop_assert!(false, "{used:?} is another path's");
                }
            }
        }
        for step in &plan.steps {
            for literal in literals(&step.action) {
                prop_assert!(there.contains(&literal), "{} names {}", step.id, literal);
            }
            // What undo removes is what the step put out under its own name: a made thing has no ID yet.
            let text = serde_json::to_string(&step.action).unwrap();
            if matches!(step.action, Action::CreateResourceGateway { .. }) {
                prop_assert!(there.iter().all(|id| !text.contains(id.as_str())));
            }
        }
    }
}

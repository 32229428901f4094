//! Whatever is typed for several hosts: the plan holds together, and its names are AWS's.

use std::collections::BTreeSet;

use pipelink_plan::names;
use pipelink_plan::paths::vpc_resource::choices::Extent;
use pipelink_plan::paths::vpc_resource::{field_errors, plan};
use pipelink_plan::step::{Action, Definition, Input};
use proptest::prelude::*;

use super::private_dns;
use crate::facts::*;

fn any_host() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[a-z]{1,3}(-[0-9])?\\.(example|kafka\\.example)\\.(com|org)",
        2 => (0_u8..4, 1_u8..9).prop_map(|(net, host)| format!("10.20.{net}.{host}")),
        1 => "[a-zA-Z.*:0-9-]{0,12}",
    ]
}

fn any_hosts() -> impl Strategy<Value = String> {
    let one = (
        any_host(),
        prop_oneof![Just(String::new()), "(:[1-9][0-9]{0,4})?"],
    );
    let one = one.prop_map(|(host, port)| format!("{host}{port}"));
    (proptest::collection::vec(one, 1..70), "(, ?|\n)")
        .prop_map(|(hosts, between)| hosts.join(&between))
}

proptest! {
    #[test]
    fn whatever_is_typed_the_plan_holds_together(
        typed in any_hosts(),
        registry in prop_oneof![Just(String::new()), any_host().prop_map(|it| format!("{it}:8081"))],
        name in "[a-z]{3}(-?[a-z0-9]){0,37}|rcfg|a{38}-1|a{31}-registry",
    ) {
        let mut world = World::healthy().of_brokers(&typed, &registry);
        *world.names().1 = name.clone();
        prop_assume!(names::configuration_name(&name).is_ok());
        let Ok(plan) = plan(world.facts(), &world.choices) else {
            prop_assert!(!field_errors(&world.choices).is_empty());
            return Ok(());
        };
        let mut ids = BTreeSet::new();
        let mut configurations = BTreeSet::new();
        let mut children: Vec<(&str, &Definition)> = Vec::new();
        let mut group_ports = Vec::new();
        for step in &plan.steps {
            prop_assert!(ids.insert(&step.id), "{} is there twice", step.id);
            match &step.action {
                Action::CreateResourceConfiguration { name, .. } => {
                    configurations.insert(name.clone());
                }
                Action::CreateConfigurationGroup { name, ports, .. } => {
                    configurations.insert(name.clone());
                    group_ports.clone_from(ports);
                }
                Action::CreateChildConfiguration { name, definition, .. } => {
                    prop_assert_eq!(names::configuration_name(name), Ok(()), "{}", name);
                    prop_assert!(configurations.insert(name.clone()), "{name} is there twice");
                    children.push((step.id.0.as_str(), definition));
                }
                _ => {}
            }
        }
        prop_assert!(children.len() != 1 && children.len() <= 60);
        // Every port of every child is one of the group's.
        for range in children.iter().flat_map(|(_, it)| it.ports()) {
            let held = group_ports.iter().any(|it| it.first <= range.first && range.last <= it.last);
            prop_assert!(held, "{range} is not among {group_ports:?}");
        }
        // One mapping for each host that has a name, to its child.
        let mapped: BTreeSet<(String, Option<String>)> = private_dns(&plan)
            .iter()
            .map(|it| (it.name.clone(), it.target.as_ref().map(|target| match target {
                Input::Output { step, .. } => step.0.clone(),
                Input::Literal { value } => value.clone(),
            })))
            .collect();
        prop_assert_eq!(mapped.len(), private_dns(&plan).len());
        let of_children: BTreeSet<(String, Option<String>)> = children
            .iter()
            .filter_map(|(id, definition)| match definition {
                Definition::DomainName { name, .. } => Some((name.clone(), Some((*id).to_owned()))),
                _ => None,
            })
            .collect();
        if !children.is_empty() {
            prop_assert_eq!(mapped, of_children);
        }
        // Whatever a step takes from another was made before it.
        let before = |id: &str| plan.steps.iter().position(|it| it.id.0 == id);
        prop_assert!(before("share") < before("endpoint"));
        prop_assert!(children.iter().all(|(id, _)| before("group") < before(id) && before(id) < before("share")));
        let Extent::Everything { configuration_name, .. } = &world.choices.extent else {
            return Ok(());
        };
        prop_assert!(configurations.contains(configuration_name));
    }

    #[test]
    fn a_childs_name_is_valid_and_tells_it_from_every_other(
        group in "[a-z]{3}(-?[a-z0-9]){0,37}|rcfg|a{38}-1|a{37}-10",
    ) {
        prop_assume!(names::configuration_name(&group).is_ok());
        let endings = (1..=60).map(|it| it.to_string()).chain(["registry".to_owned()]);
        let mut all = BTreeSet::from([group.clone()]);
        for ending in endings {
            let name = names::child_name(&group, &ending);
            prop_assert_eq!(names::configuration_name(&name), Ok(()), "{}", name);
            prop_assert!(all.insert(name.clone()), "{} is there twice", name);
        }
    }
}

//! Names of load balancers and target groups: always within AWS's rule, whatever is typed and however many there are.

use std::collections::BTreeSet;

use pipelink_plan::names;
use pipelink_plan::names::load_balancing::{
    load_balancer_name, numbered, numbered_description, numbers, private_dns_name,
    propose_load_balancer_name, refused_suffix,
};
use proptest::prelude::*;

#[test]
fn the_rule_of_names_is_aws_s() {
    for good in ["a", "orders-2", "Orders", &"x".repeat(32)] {
        assert!(load_balancer_name(good).is_ok(), "{good}");
    }
    for bad in [
        "",
        "-a",
        "a-",
        "a_b",
        "ä",
        "internal-a",
        "Internal-a",
        "internal",
        &"x".repeat(33),
    ] {
        assert!(load_balancer_name(bad).is_err(), "{bad}");
    }
}

#[test]
fn a_private_dns_name_is_public_lower_case_and_plain() {
    assert_eq!(private_dns_name(" "), Ok(None));
    assert_eq!(
        private_dns_name(" db.example.com "),
        Ok(Some("db.example.com".to_owned()))
    );
    for bad in [
        "Db.example.com",
        "db.example.com.",
        "*.example.com",
        "db",
        "10.0.0.1",
    ] {
        assert!(private_dns_name(bad).is_err(), "{bad}");
    }
    assert_eq!(refused_suffix("a.b.Corp"), Some("corp"));
    assert_eq!(refused_suffix("corp.example.com"), None);
}

proptest! {
    #[test]
    fn numbered_names_keep_to_the_rule_and_differ(
        name in "[A-Za-z0-9-]{1,32}",
        count in 1_usize..120,
    ) {
        prop_assume!(load_balancer_name(&name).is_ok());
        let all: Vec<String> = numbers(count).map(|number| numbered(&name, number)).collect();
        prop_assert_eq!(all.len(), count);
        for one in &all {
            prop_assert!(load_balancer_name(one).is_ok(), "{}", one);
        }
        prop_assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), count);
    }

    #[test]
    fn proposed_names_keep_to_the_rule_and_are_free(
        source in ".{0,60}",
        count in 1_usize..60,
        taken in prop::collection::vec((".{0,40}", 0_usize..40), 0..8),
    ) {
        // Names that would really be in the way, among others.
        let mut names: Vec<String> = taken.iter().map(|(name, _)| name.clone()).collect();
        for (_, number) in &taken {
            let taken: Vec<&str> = names.iter().map(String::as_str).collect();
            let proposed = propose_load_balancer_name(&source, count, &taken);
            prop_assert!(load_balancer_name(&proposed).is_ok(), "{}", proposed);
            prop_assert!(!taken.contains(&proposed.as_str()), "{} is taken", proposed);
            let all: Vec<String> = numbers(count).map(|it| numbered(&proposed, it)).collect();
            for one in &all {
                prop_assert!(load_balancer_name(one).is_ok(), "{}", one);
                prop_assert!(!taken.contains(&one.as_str()), "{} is taken", one);
            }
            names.push(all[number % all.len()].clone());
        }
    }

    #[test]
    fn numbered_descriptions_keep_to_the_rule(text in "[ -~äあ]{0,198}[!-~]", number in 1_usize..200) {
        prop_assume!(names::description(&text).is_ok());
        let several = numbered_description(&text, Some(number));
        prop_assert!(names::description(&several).is_ok());
        prop_assert!(several.ends_with(&number.to_string()));
        prop_assert!(names::description(&numbered_description(&text, None)).is_ok());
    }
}

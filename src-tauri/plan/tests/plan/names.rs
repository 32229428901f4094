//! Names: what the rules let through, and that what is proposed always keeps to them.

use pipelink_plan::names::{self, Field, RdsKind};
use proptest::prelude::*;

#[test]
fn lattice_names_keep_to_the_pattern_of_aws() {
    for good in [
        "abc",
        "orders-postgres",
        "a1-b2-c3",
        "rcfg-is-fine-for-a-gateway",
        &"a".repeat(40),
    ] {
        assert_eq!(names::gateway_name(good), Ok(()), "{good}");
    }
    for bad in [
        "",
        "ab",
        "-abc",
        "abc-",
        "a--b",
        "Abc",
        "a_b",
        "a b",
        "rgw-abc",
        "naïve",
        "ab\n",
        &"a".repeat(41),
    ] {
        assert_eq!(
            names::gateway_name(bad).unwrap_err().field,
            Field::GatewayName,
            "{bad}"
        );
    }
    assert!(names::configuration_name("rcfg-abc").is_err());
    assert!(names::configuration_name("rgw-abc").is_ok());
}

#[test]
fn rules_say_what_is_allowed() {
    let rules: Vec<String> = [
        names::gateway_name(""),
        names::configuration_name(""),
        names::share_name(""),
        names::description(""),
        names::service_region(""),
        names::created_on("").map(drop),
        names::cloud_id(""),
        names::subnets(&[]),
        names::security_groups(&[]),
        names::rds_arn("").map(drop),
    ]
    .into_iter()
    .map(|result| {
        let error = result.unwrap_err();
        format!("{:?}: {}", error.field, error.rule)
    })
    .collect();
    insta::assert_snapshot!("field_rules", rules.join("\n"));
}

#[test]
fn an_rds_arn_gives_its_parts() {
    let cluster = names::rds_arn("arn:aws-cn:rds:cn-north-1:111122223333:cluster:orders").unwrap();
    assert_eq!(
        (
            cluster.partition.as_str(),
            cluster.region.as_str(),
            cluster.kind,
            cluster.name.as_str()
        ),
        ("aws-cn", "cn-north-1", RdsKind::Cluster, "orders")
    );
    let instance = names::rds_arn("arn:aws:rds:us-gov-west-1:111122223333:db:billing-1").unwrap();
    assert_eq!(
        (instance.account_id.as_str(), instance.kind),
        ("111122223333", RdsKind::Instance)
    );
    for bad in [
        "orders",
        "arn:aws:rds:us-east-1:111122223333:cluster",
        "arn:aws:rds:us-east-1:111122223333:cluster:",
        "arn:aws:rds:us-east-1:111122223333:cluster:orders:more",
        "arn:aws:rds:us-east-1:111122223333:snapshot:orders",
        "arn:aws:rds:us-east-1:1111:cluster:orders",
        "arn:aws:rds::111122223333:cluster:orders",
        "arn:aws:kafka:us-east-1:111122223333:cluster:orders",
        "arn:aws:rds:us-east-1:111122223333:cluster:orders\n",
        "arn:aws:rds:us-east-1:111122223333:cluster:$(reboot)",
        " arn:aws:rds:us-east-1:111122223333:cluster:orders",
    ] {
        assert_eq!(
            names::rds_arn(bad).unwrap_err().field,
            Field::Source,
            "{bad}"
        );
    }
}

#[test]
fn descriptions_leave_room_for_the_run() {
    assert!(names::description(&"é".repeat(200)).is_ok());
    assert!(names::description(&"é".repeat(201)).is_err());
    assert!(names::description("two\nlines").is_err());
    assert!(names::description("  ").is_err());
}

#[test]
fn ids_are_told_from_anything_else() {
    let owned = |ids: &[&str]| ids.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>();
    assert!(names::subnets(&owned(&["subnet-0a0000000000000a1", "subnet-12345678"])).is_ok());
    assert!(names::subnets(&owned(&["subnet-12345678", "subnet-12345678"])).is_err());
    assert!(names::subnets(&owned(&["subnet-1 --force"])).is_err());
    assert!(names::security_groups(&owned(&["sg-12345678"])).is_ok());
    assert!(names::security_groups(&vec!["sg-12345678".to_owned(); 2]).is_err());
    assert!(names::cloud_id("5d9a4f3e-7c2b-4e1a-9f0d-6b8c7a5e4d31").is_ok());
    assert!(names::cloud_id("5d9a4f3e-7c2b-4e1a-9f0d-6b8c7a5e4d31/../x").is_err());
}

#[test]
fn a_taken_name_gets_a_number() {
    assert_eq!(
        names::propose_gateway_name("Orders Postgres", []),
        "orders-postgres-clickpipes"
    );
    assert_eq!(
        names::propose_gateway_name(
            "orders",
            ["orders-clickpipes", "orders-clickpipes-2", "other"]
        ),
        "orders-clickpipes-3"
    );
    assert_eq!(
        names::propose_gateway_name("rgw-orders", []),
        "db-rgw-orders-clickpipes"
    );
    assert_eq!(names::propose_gateway_name("rgw", []), "db-rgw-clickpipes");
    assert_eq!(
        names::propose_configuration_name("rgw-orders", []),
        "rgw-orders-clickpipes"
    );
    assert_eq!(names::propose_gateway_name("注文", []), "clickpipes");
    // Cut in the source's part, and not right after a hyphen.
    assert_eq!(
        names::propose_gateway_name("a-source-with-a-name-that-is-very-long", []),
        "a-source-with-a-name-that-is-clickpipes"
    );
}

proptest! {
    #[test]
    fn proposals_are_valid_and_free_whatever_the_source(source in prop_oneof![any::<String>(), "[a-z-]{0,80}", "(rgw|rcfg|-)[a-zA-Z-]{0,50}"]) {
        let mut taken: Vec<String> = Vec::new();
        for _ in 0..12 {
            let gateway = names::propose_gateway_name(&source, taken.iter().map(String::as_str));
            prop_assert_eq!(names::gateway_name(&gateway), Ok(()), "{}", gateway);
            prop_assert!(!taken.contains(&gateway));
            taken.push(gateway);
        }
        let configuration = names::propose_configuration_name(&source, []);
        prop_assert_eq!(names::configuration_name(&configuration), Ok(()), "{}", configuration);
        let share = names::propose_share_name(&source, []);
        prop_assert_eq!(names::share_name(&share), Ok(()), "{}", share);
        let description = names::propose_description(&source);
        prop_assert_eq!(names::description(&description), Ok(()), "{}", description);
    }

    #[test]
    fn parsing_never_panics(text in any::<String>()) {
        let _ = names::rds_arn(&text);
        let _ = names::service_region(&text);
        let _ = names::created_on(&text);
        let _ = names::cloud_id(&text);
        let _ = names::share_name(&text);
    }
}

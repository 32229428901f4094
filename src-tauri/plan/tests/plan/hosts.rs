//! What may be typed for a source that is no database of RDS.

use std::net::Ipv4Addr;

use pipelink_plan::names::{self, Field};
use pipelink_plan::step::PortRange;
use proptest::prelude::*;

#[test]
fn a_domain_name_is_read_as_aws_is_given_it() {
    for (typed, read) in [
        ("db.example.com", "db.example.com"),
        (" DB.Example.COM. ", "db.example.com"),
        (
            "b-1.demo.c3.kafka.us-east-1.amazonaws.com",
            "b-1.demo.c3.kafka.us-east-1.amazonaws.com",
        ),
        ("_srv.corp.internal", "_srv.corp.internal"),
        ("1db.xn--bcher-kva.example", "1db.xn--bcher-kva.example"),
    ] {
        assert_eq!(names::domain_name(typed).as_deref(), Ok(read), "{typed}");
    }
    for bad in [
        "",
        "db",
        "localhost",
        "db.localhost",
        "*.example.com",
        "db..example.com",
        ".example.com",
        "db.example.com..",
        "-db.example.com",
        "db-.example.com",
        "10.20.1.5",
        "db.10",
        "db.example.com:5432",
        "https://db.example.com",
        "db.example.com\nX: y",
        "db example.com",
        "dbé.example.com",
        "2001:db8::1",
        &format!("{}.example.com", "a".repeat(64)),
        &format!("{}com", "abcdefg.".repeat(32)),
    ] {
        assert_eq!(
            names::domain_name(bad).map_err(|it| it.field),
            Err(Field::Source),
            "{bad}"
        );
    }
    assert_eq!(names::domain_name("a.b").as_deref(), Ok("a.b"));
}

#[test]
fn an_address_has_to_be_private() {
    for good in [
        "10.0.0.1",
        "10.255.255.255",
        "100.64.0.0",
        "100.127.255.255",
        "172.16.0.1",
        "172.31.255.255",
        " 192.168.1.1 ",
    ] {
        assert_eq!(
            names::private_address(good),
            Ok(good.trim().parse::<Ipv4Addr>().unwrap())
        );
    }
    for bad in [
        "",
        "9.255.255.255",
        "11.0.0.0",
        "100.63.255.255",
        "100.128.0.0",
        "172.15.255.255",
        "172.32.0.0",
        "192.167.255.255",
        "192.169.0.0",
        "127.0.0.1",
        "169.254.169.254",
        "8.8.8.8",
        "10.0.0.1/32",
        "10.0.0",
        "fd00::1",
        "db.example.com",
    ] {
        assert_eq!(
            names::private_address(bad).map_err(|it| it.field),
            Err(Field::Source),
            "{bad}"
        );
    }
}

fn read(text: &str) -> Result<Vec<String>, Field> {
    names::ports(text)
        .map(|ranges| ranges.iter().map(ToString::to_string).collect())
        .map_err(|it| it.field)
}

#[test]
fn ports_are_read_in_the_order_typed() {
    for (typed, expected) in [
        ("5432", vec!["5432"]),
        (" 9092 - 9094 , 9096 ", vec!["9092-9094", "9096"]),
        ("9096,9092-9094", vec!["9096", "9092-9094"]),
        ("1-65535", vec!["1-65535"]),
        ("443-443", vec!["443"]),
    ] {
        assert_eq!(
            read(typed),
            Ok(expected.into_iter().map(str::to_owned).collect()),
            "{typed}"
        );
    }
    for bad in [
        "",
        ",",
        "5432,",
        "0",
        "65536",
        "000443",
        "+5432",
        "-5432",
        "9094-9092",
        "1-2-3",
        "http",
        "5432 5433",
        "5432,5432",
        "9092-9094,9094",
        "1-65535,80",
        "５４３２",
    ] {
        assert_eq!(read(bad), Err(Field::Ports), "{bad}");
    }
}

#[test]
fn rules_of_hosts_say_what_is_allowed() {
    let rules: Vec<String> = [
        names::domain_name("").map(drop),
        names::private_address("").map(drop),
        names::ports("").map(drop),
        names::ports("9092-9094, 9094").map(drop),
        names::vpc_id(""),
    ]
    .into_iter()
    .map(|result| {
        let error = result.unwrap_err();
        format!("{:?}: {}", error.field, error.rule)
    })
    .collect();
    insta::assert_snapshot!("host_rules", rules.join("\n"));
}

proptest! {
    #[test]
    fn what_is_read_is_read_again_as_itself(text in prop_oneof![any::<String>(), "[A-Za-z0-9._-]{1,40}"]) {
        if let Ok(name) = names::domain_name(&text) {
            prop_assert_eq!(names::domain_name(&name), Ok(name.clone()));
            prop_assert!((3..=255).contains(&name.len()));
        }
        let _ = names::private_address(&text);
        let _ = names::vpc_id(&text);
    }

    #[test]
    fn ranges_keep_to_aws_pattern_and_never_overlap(
        text in prop_oneof![any::<String>(), "[0-9]{1,6}(-[0-9]{1,6})?(, ?[0-9]{1,5}(-[0-9]{1,5})?){0,4}"]
    ) {
        if let Ok(ranges) = names::ports(&text) {
            let mut seen = std::collections::BTreeSet::new();
            for PortRange { first, last } in &ranges {
                prop_assert!(*first >= 1 && first <= last);
                prop_assert!((*first..=*last).all(|port| seen.insert(port)), "{}", text);
            }
            for range in &ranges {
                let written = range.to_string();
                prop_assert!(written.len() <= 11);
                prop_assert!(names::ports(&written).is_ok());
            }
        }
    }
}

//! The rule table of ClickPipes' regions.

use jiff::civil::date;
use pipelink_plan::region::{ClickPipesRegion, clickpipes_region, created_on};

fn region(service: &str, created: Option<jiff::civil::Date>) -> Option<String> {
    match clickpipes_region("aws", service, created) {
        ClickPipesRegion::Region { region, .. } => Some(region),
        _ => None,
    }
}

#[test]
fn the_day_of_the_change_is_the_first_of_the_new_region() {
    // Region, first day, where older services have their ClickPipes: read from ClickHouse's page.
    for (service, (year, month, day), before) in [
        ("eu-west-1", (2026, 1, 20), "eu-central-1"),
        ("eu-west-2", (2026, 4, 15), "eu-central-1"),
        ("eu-north-1", (2026, 4, 15), "eu-central-1"),
        ("us-west-2", (2025, 6, 24), "us-east-2"),
        ("ap-south-1", (2025, 6, 25), "us-east-2"),
        ("ap-southeast-2", (2025, 6, 25), "us-east-2"),
        ("ap-northeast-2", (2025, 11, 14), "us-east-2"),
        ("ap-southeast-3", (2026, 3, 6), "us-east-2"),
        ("ap-southeast-1", (2026, 3, 18), "us-east-2"),
        ("af-south-1", (2026, 4, 15), "us-east-2"),
        ("ap-east-1", (2026, 4, 15), "us-east-2"),
        ("ap-northeast-1", (2026, 4, 15), "us-east-2"),
        ("ca-central-1", (2026, 4, 15), "us-east-2"),
        ("il-central-1", (2026, 4, 15), "us-east-2"),
        ("sa-east-1", (2026, 4, 15), "us-east-2"),
        ("mx-central-1", (2026, 5, 19), "us-east-2"),
    ] {
        let first = date(year, month, day);
        assert_eq!(region(service, Some(first)).as_deref(), Some(service));
        assert_eq!(
            region(service, first.yesterday().ok()).as_deref(),
            Some(before)
        );
        assert_eq!(region(service, None), None, "{service}");
    }
}

#[test]
fn some_regions_do_not_depend_on_the_day() {
    for (service, clickpipes) in [
        ("us-east-1", "us-east-1"),
        ("us-east-2", "us-east-2"),
        ("eu-central-1", "eu-central-1"),
        ("eu-west-3", "eu-central-1"),
        ("eu-south-2", "eu-central-1"),
        ("us-west-1", "us-east-2"),
        ("me-central-1", "us-east-2"),
    ] {
        assert_eq!(region(service, None).as_deref(), Some(clickpipes));
        assert_eq!(
            region(service, Some(date(2030, 1, 1))).as_deref(),
            Some(clickpipes)
        );
    }
}

#[test]
fn other_clouds_have_no_privatelink() {
    assert_eq!(
        clickpipes_region("gcp", "europe-west4", None),
        ClickPipesRegion::NotOnAws {
            provider: "gcp".to_owned()
        }
    );
}

#[test]
fn a_service_created_late_in_the_evening_belongs_to_that_day_in_utc() {
    assert_eq!(
        created_on("2026-01-19T23:59:59Z".parse().unwrap()),
        date(2026, 1, 19)
    );
    assert_eq!(
        created_on("2026-01-20T01:00:00+02:00".parse().unwrap()),
        date(2026, 1, 19)
    );
}

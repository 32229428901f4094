//! Where the pipes of a service run: the table of ClickHouse's page on static IPs.

use jiff::civil::{Date, date};
use jiff::tz::TimeZone;

use crate::world::organization::Service;

/// The AWS region in which the pipes of a service run: by its region, and for regions that got
/// ClickPipes later, by whether it was created since.
pub(crate) fn clickpipes_region(service: &Service) -> String {
    let created = service.created_at.to_zoned(TimeZone::UTC).date();
    let own = match service.region.as_str() {
        "us-east-1" | "us-east-2" | "eu-central-1" => Some(Date::MIN),
        "us-west-2" => Some(date(2025, 6, 24)),
        "ap-south-1" | "ap-southeast-2" => Some(date(2025, 6, 25)),
        "ap-northeast-2" => Some(date(2025, 11, 14)),
        "eu-west-1" => Some(date(2026, 1, 20)),
        "ap-southeast-3" => Some(date(2026, 3, 6)),
        "ap-southeast-1" => Some(date(2026, 3, 18)),
        "eu-west-2" | "eu-north-1" | "af-south-1" | "ap-east-1" | "ap-northeast-1"
        | "ca-central-1" | "il-central-1" | "sa-east-1" => Some(date(2026, 4, 15)),
        "mx-central-1" => Some(date(2026, 5, 19)),
        _ => None,
    };
    if service.provider == "aws" && own.is_some_and(|since| created >= since) {
        return service.region.clone();
    }
    let european = match service.provider.as_str() {
        "aws" => service.region.starts_with("eu-"),
        "gcp" => service.region.starts_with("europe-"),
        _ => ["westeurope", "northeurope", "germanywestcentral"].contains(&service.region.as_str()),
    };
    if european {
        "eu-central-1"
    } else {
        "us-east-2"
    }
    .to_owned()
}

#[cfg(test)]
mod tests {
    #![allow(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        reason = "tests"
    )]

    use uuid::Uuid;

    use super::*;
    use crate::world::organization::ServiceState;

    #[test]
    fn the_region_of_the_pipes_follows_the_services_creation() {
        for (region, created, expected) in [
            ("us-east-1", "2020-01-01", "us-east-1"),
            ("eu-west-1", "2026-01-19", "eu-central-1"),
            ("eu-west-1", "2026-01-20", "eu-west-1"),
            ("eu-north-1", "2026-04-14", "eu-central-1"),
            ("us-west-2", "2025-06-23", "us-east-2"),
            ("us-west-2", "2025-06-24", "us-west-2"),
            ("ap-southeast-1", "2026-03-18", "ap-southeast-1"),
            ("eu-west-3", "2026-11-01", "eu-central-1"),
            ("me-central-1", "2026-11-01", "us-east-2"),
        ] {
            let service = Service {
                id: Uuid::nil(),
                name: String::new(),
                provider: "aws".into(),
                region: region.into(),
                state: ServiceState::Running,
                due: None,
                created_at: format!("{created}T00:00:00Z").parse().unwrap(),
                custom_private_dns: false,
                clickpipes: vec![],
                endpoints: vec![],
            };
            assert_eq!(clickpipes_region(&service), expected, "{region} {created}");
        }
    }
}

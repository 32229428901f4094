//! The region in which a service's ClickPipes run, and from which they connect.
//!
//! No API tells it. The table is that of ClickHouse's documentation page "Static IPs for ClickPipes"
//! (clickhouse-docs, `docs/integrations/data-ingestion/clickpipes/networking/static-ips.md`, commit 14c5201,
//! read November 2026): it goes by the service's region and the day the service was created. The page names
//! no time zone for its days; a service's time of creation is read in UTC.

use jiff::Timestamp;
use jiff::civil::{Date, date};
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

/// Where a service's ClickPipes run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(
    tag = "state",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum ClickPipesRegion {
    /// In this AWS region.
    Region {
        /// Its name.
        region: String,
        /// The rule that says so, as a sentence.
        why: String,
    },
    /// The service is not on AWS: AWS PrivateLink does not apply.
    NotOnAws {
        /// `gcp`, `azure`, ...
        provider: String,
    },
    /// It depends on the day the service was created, which is not known.
    DependsOnDate {
        /// The day of the change.
        #[cfg_attr(feature = "specta", specta(type = String))]
        since: Date,
        /// The region for services created on that day or later.
        from_then_on: String,
        /// The region for older services.
        before: String,
    },
}

/// Serves every other region of the EU.
const EU: &str = "eu-central-1";
/// Serves every other region of the world.
const WORLD: &str = "us-east-2";

/// Regions that have always had ClickPipes.
const ALWAYS: [&str; 3] = ["us-east-1", "us-east-2", EU];

/// Regions that have had ClickPipes since a day, for services created on that day or later; older services
/// keep the region named last.
const SINCE: [(&str, Date, &str); 16] = [
    ("eu-west-1", date(2026, 1, 20), EU),
    ("eu-west-2", date(2026, 4, 15), EU),
    ("eu-north-1", date(2026, 4, 15), EU),
    ("us-west-2", date(2025, 6, 24), WORLD),
    ("ap-south-1", date(2025, 6, 25), WORLD),
    ("ap-southeast-2", date(2025, 6, 25), WORLD),
    ("ap-northeast-2", date(2025, 11, 14), WORLD),
    ("ap-southeast-3", date(2026, 3, 6), WORLD),
    ("ap-southeast-1", date(2026, 3, 18), WORLD),
    ("af-south-1", date(2026, 4, 15), WORLD),
    ("ap-east-1", date(2026, 4, 15), WORLD),
    ("ap-northeast-1", date(2026, 4, 15), WORLD),
    ("ca-central-1", date(2026, 4, 15), WORLD),
    ("il-central-1", date(2026, 4, 15), WORLD),
    ("sa-east-1", date(2026, 4, 15), WORLD),
    ("mx-central-1", date(2026, 5, 19), WORLD),
];

/// Where the ClickPipes of a service run, given its provider (`aws`, ...), region and day of creation.
pub fn clickpipes_region(
    provider: &str,
    region: &str,
    created_on: Option<Date>,
) -> ClickPipesRegion {
    if !provider.eq_ignore_ascii_case("aws") {
        return ClickPipesRegion::NotOnAws {
            provider: provider.to_owned(),
        };
    }
    if ALWAYS.contains(&region) {
        return known(
            region,
            format!("Services in {region} have their ClickPipes in {region}."),
        );
    }
    let Some((_, since, before)) = SINCE.iter().find(|(name, ..)| *name == region) else {
        let (serving, kind) = if region.starts_with("eu-") {
            (EU, "Services in an EU region without ClickPipes of its own")
        } else {
            (WORLD, "Services in a region without ClickPipes of its own")
        };
        return known(
            serving,
            format!("{kind}, such as {region}, have their ClickPipes in {serving}."),
        );
    };
    match created_on {
        None => ClickPipesRegion::DependsOnDate {
            since: *since,
            from_then_on: region.to_owned(),
            before: (*before).to_owned(),
        },
        Some(day) if day >= *since => known(
            region,
            format!(
                "Services in {region} created on {since} or later have their ClickPipes in {region}."
            ),
        ),
        Some(_) => known(
            before,
            format!(
                "Services in {region} created before {since} have their ClickPipes in {before}."
            ),
        ),
    }
}

/// The day of a service's creation, as the rule reads it.
pub fn created_on(created_at: Timestamp) -> Date {
    created_at.to_zoned(TimeZone::UTC).date()
}

fn known(region: &str, why: String) -> ClickPipesRegion {
    ClickPipesRegion::Region {
        region: region.to_owned(),
        why,
    }
}

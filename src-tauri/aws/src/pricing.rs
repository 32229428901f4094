//! Price List API: what AWS bills the account for what a plan makes, at its own list price in the region.
//!
//! Owns how AWS's price rows are told apart. A row counts only if its attributes say beyond doubt what it is
//! the price of; what no row names for sure has no price here, and no price is written into the code.
//!
//! Of a VPC resource set-up, AWS bills the account that owns the gateway for the data that the gateway
//! processes ("Access VPC resources", AWS `PrivateLink` Guide; `PayerResponsibilityEntry` in VPC Lattice's
//! service model), under the usage type `VpcResource-Provider-Bytes` ("Understand codes for Amazon VPC in billing and usage reports", Amazon VPC
//! User Guide). The endpoint's hours (`VpcEndpoint-Resource-Hours`) are on the bill of who owns the endpoint,
//! which is ClickHouse; the hours of resources in a service network
//! (`VpcLattice-Service-Network-Resource-Hours`) are on nobody's here, since nothing joins one.

use std::collections::BTreeMap;

use aws_sdk_pricing::types::{Filter, FilterType};
use pipelink_plan::facts::billing::Price;
use pipelink_plan::problem::{Party, Problem};
use pipelink_plan::step::OutputName;
use serde::Deserialize;
use serde_json::Value;

use crate::problems::unreadable;
use crate::session::Aws;

/// The one of the few regions with this API that is asked, wherever the prices are for.
pub(crate) const SERVED_IN: &str = "us-east-1";

const CALL: &str = "GetProducts";
/// Under which the usage types of Amazon VPC, VPC Lattice's resources among them, are listed.
const SERVICE_CODE: &str = "AmazonVPC";
/// The most that a page of this call may have.
const PAGE: i32 = 100;
/// How the regions of the other partitions begin. Their prices are kept apart, in lists of their own.
const OTHER_PARTITIONS: [&str; 5] = ["cn-", "us-gov-", "us-iso", "eu-iso", "eusc-"];

/// The usage types that count, without the billing code of the region in front of them (`USE1-`), each with
/// the unit it must have and the thing it is the price of.
const KNOWN: [(&str, &str, OutputName); 1] =
    [("VpcResource-Provider-Bytes", "GB", OutputName::GatewayId)];

impl Aws {
    /// What AWS bills for what a VPC resource plan makes in the region: one entry for each tier, the first
    /// one first. AWS's own words in `description` say which tier it is.
    ///
    /// `NotFound` where no row of the list is surely the price of any of it, `NotAsked` outside of the
    /// partition `aws`, `Malformed` where a row cannot be read.
    pub async fn prices(&self) -> Result<Vec<Price>, Problem> {
        let region = &self.session.region;
        if OTHER_PARTITIONS.iter().any(|it| region.starts_with(it)) {
            return Err(Problem::NotAsked {
                reason: format!("the price list of {region} is not one of AWS's public regions"),
            });
        }
        let rows = self
            .session
            .pricing
            .get_products()
            .service_code(SERVICE_CODE)
            .filters(filter("regionCode", region)?)
            .into_paginator()
            .page_size(PAGE)
            .items()
            .send()
            .try_collect()
            .await
            .map_err(self.problem("pricing", CALL))?;
        let mut prices = Vec::new();
        for row in &rows {
            prices.extend(prices_in(row, region)?);
        }
        if prices.is_empty() {
            return Err(Problem::NotFound {
                party: Party::Aws,
                operation: CALL.to_owned(),
                message: format!(
                    "none of the {} rows of {SERVICE_CODE} in {region} is surely a price of what a plan makes",
                    rows.len()
                ),
            });
        }
        Ok(prices)
    }
}

fn filter(field: &str, value: &str) -> Result<Filter, Problem> {
    Filter::builder()
        .r#type(FilterType::TermMatch)
        .field(field)
        .value(value)
        .build()
        .map_err(|incomplete| Problem::Internal {
            message: incomplete.to_string(),
        })
}

/// A row of the list: JSON inside of a string. Its terms are read only where the product counts.
#[derive(Deserialize)]
struct Row {
    product: Product,
    #[serde(default)]
    terms: Value,
}

#[derive(Deserialize)]
struct Product {
    attributes: BTreeMap<String, Value>,
}

impl Product {
    fn is(&self, attribute: &str, value: &str) -> bool {
        self.text(attribute) == Some(value)
    }

    fn text(&self, attribute: &str) -> Option<&str> {
        self.attributes.get(attribute)?.as_str()
    }
}

#[derive(Deserialize)]
struct Terms {
    #[serde(rename = "OnDemand", default)]
    on_demand: BTreeMap<String, Offer>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Offer {
    effective_date: Option<String>,
    price_dimensions: BTreeMap<String, Tier>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Tier {
    unit: String,
    description: String,
    /// Where it begins, in units; `0` for the first.
    begin_range: String,
    price_per_unit: PricePerUnit,
}

#[derive(Deserialize)]
struct PricePerUnit {
    #[serde(rename = "USD")]
    usd: String,
}

/// The prices in a row: none where it is not surely one of those that count.
fn prices_in(row: &str, region: &str) -> Result<Vec<Price>, Problem> {
    let row: Row = serde_json::from_str(row).map_err(|broken| malformed(&broken))?;
    let Some((unit, of)) = counted(&row.product, region) else {
        return Ok(Vec::new());
    };
    let terms: Terms = serde_json::from_value(row.terms).map_err(|broken| malformed(&broken))?;
    let mut tiers = Vec::new();
    for offer in terms.on_demand.into_values() {
        for tier in offer.price_dimensions.into_values() {
            if tier.unit != unit {
                continue;
            }
            let begins: f64 = tier.begin_range.parse().map_err(|_| {
                unreadable(
                    CALL,
                    &format!("beginRange {} cannot be read", tier.begin_range),
                )
            })?;
            let price = Price {
                of,
                usd: tier.price_per_unit.usd,
                unit: tier.unit,
                description: tier.description,
                effective_from: offer.effective_date.clone(),
            };
            tiers.push((begins, price));
        }
    }
    tiers.sort_by(|(one, _), (other, _)| one.total_cmp(other));
    Ok(tiers.into_iter().map(|(_, price)| price).collect())
}

fn counted(product: &Product, region: &str) -> Option<(&'static str, OutputName)> {
    if !product.is("servicecode", SERVICE_CODE) || !product.is("regionCode", region) {
        return None;
    }
    let usage = product.text("usagetype")?;
    KNOWN.into_iter().find_map(|(known, unit, of)| {
        let before = usage.strip_suffix(known)?;
        // The rest is the region's billing code alone, or nothing, as in the oldest usage types of us-east-1.
        let code_alone = before
            .strip_suffix('-')
            .map_or(before.is_empty(), |code| !code.contains('-'));
        code_alone.then_some((unit, of))
    })
}

fn malformed(broken: &serde_json::Error) -> Problem {
    unreadable(CALL, &format!("a row of the price list: {broken}"))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic, reason = "a test may panic")]
mod tests {
    use serde_json::json;

    use super::*;

    /// A row in the list's own shape; the figures are made up.
    fn row(usage: &str, region: &str, unit: &str) -> Value {
        json!({
            "product": {
                "productFamily": "VpcEndpoint",
                "sku": "ABC",
                "attributes": {
                    "servicecode": "AmazonVPC", "servicename": "Amazon Virtual Private Cloud",
                    "regionCode": region, "usagetype": usage, "operation": "VpcResourceProvider",
                },
            },
            "serviceCode": "AmazonVPC",
            "terms": { "OnDemand": { "ABC.JRTCKXETXF": {
                "sku": "ABC", "offerTermCode": "JRTCKXETXF", "termAttributes": {},
                "effectiveDate": "2026-09-01T00:00:00Z",
                "priceDimensions": {
                    "ABC.JRTCKXETXF.A": {
                        "unit": unit, "beginRange": "1048576", "endRange": "Inf", "appliesTo": [],
                        "rateCode": "ABC.JRTCKXETXF.A", "description": "over 1 PB",
                        "pricePerUnit": { "USD": "7.0000000000" },
                    },
                    "ABC.JRTCKXETXF.B": {
                        "unit": unit, "beginRange": "0", "endRange": "1048576", "appliesTo": [],
                        "rateCode": "ABC.JRTCKXETXF.B", "description": "first 1 PB",
                        "pricePerUnit": { "USD": "9.0000000000" },
                    },
                },
            }}},
            "version": "20260917190528", "publicationDate": "2026-09-17T19:05:28Z",
        })
    }

    fn found(row: &Value) -> Vec<Price> {
        prices_in(&row.to_string(), "us-east-1").unwrap()
    }

    #[test]
    fn every_tier_is_told_from_the_first_on() {
        let prices = found(&row("USE1-VpcResource-Provider-Bytes", "us-east-1", "GB"));
        let told: Vec<_> = prices
            .iter()
            .map(|price| (price.usd.as_str(), price.description.as_str()))
            .collect();
        assert_eq!(
            told,
            [
                ("9.0000000000", "first 1 PB"),
                ("7.0000000000", "over 1 PB")
            ]
        );
        for price in &prices {
            assert_eq!(price.of, OutputName::GatewayId);
            assert_eq!(price.unit, "GB");
            assert_eq!(
                price.effective_from.as_deref(),
                Some("2026-09-01T00:00:00Z")
            );
        }
    }

    #[test]
    fn the_regions_billing_code_may_be_missing() {
        assert_eq!(
            found(&row("VpcResource-Provider-Bytes", "us-east-1", "GB")).len(),
            2
        );
    }

    #[test]
    fn what_is_not_surely_it_is_left_out() {
        for (usage, region, unit) in [
            ("USE1-VpcEndpoint-Resource-Hours", "us-east-1", "Hrs"),
            ("USE1-VpcResource-Consumer-Bytes", "us-east-1", "GB"),
            (
                "USE1-VpcLattice-Service-Network-Resource-Hours",
                "us-east-1",
                "Hrs",
            ),
            ("USE1-USE2-VpcResource-Provider-Bytes", "us-east-1", "GB"),
            ("USE1-OtherVpcResource-Provider-Bytes", "us-east-1", "GB"),
            ("USE2-VpcResource-Provider-Bytes", "us-east-2", "GB"),
            ("USE1-VpcResource-Provider-Bytes", "us-east-1", "Hrs"),
        ] {
            assert_eq!(found(&row(usage, region, unit)), [], "{usage} {unit}");
        }
        let mut other = row("USE1-VpcResource-Provider-Bytes", "us-east-1", "GB");
        other["product"]["attributes"]["servicecode"] = "AmazonEC2".into();
        assert_eq!(found(&other), []);
    }

    #[test]
    fn a_row_without_a_price_on_demand_has_none() {
        let mut reserved = row("USE1-VpcResource-Provider-Bytes", "us-east-1", "GB");
        reserved["terms"] = json!({ "Reserved": {} });
        assert_eq!(found(&reserved), []);
    }

    #[test]
    fn what_cannot_be_read_is_malformed() {
        let mut no_price = row("USE1-VpcResource-Provider-Bytes", "us-east-1", "GB");
        no_price["terms"]["OnDemand"]["ABC.JRTCKXETXF"]["priceDimensions"]["ABC.JRTCKXETXF.A"]["pricePerUnit"] =
            json!({});
        let mut no_start = row("USE1-VpcResource-Provider-Bytes", "us-east-1", "GB");
        no_start["terms"]["OnDemand"]["ABC.JRTCKXETXF"]["priceDimensions"]["ABC.JRTCKXETXF.A"]["beginRange"] =
            "far".into();
        for text in ["{", "{}", &no_price.to_string(), &no_start.to_string()] {
            match prices_in(text, "us-east-1") {
                Err(Problem::Malformed { operation, .. }) => assert_eq!(operation, "GetProducts"),
                other => panic!("{text}: {other:?}"),
            }
        }
    }
}

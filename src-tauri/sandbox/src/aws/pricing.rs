//! The Price List API: products of the VPC in the shape that AWS gives them. Which products there are
//! and how they are identified follows AWS; their prices are the sandbox's own and say so.

use std::sync::LazyLock;

use serde::Deserialize;
use serde_json::{Value, json};

use super::{Act, Context, Outcome, members, number, page, text};
use crate::wire::Members;
use crate::wire::failure::Failure;

pub(super) fn meaning(operation: &str) -> Option<(bool, Act)> {
    match operation {
        "GetProducts" => Some((false, get_products)),
        _ => None,
    }
}

/// Where AWS serves the price list, for all regions.
const SERVED_IN: [&str; 3] = ["us-east-1", "eu-central-1", "ap-south-1"];

const SERVICE: &str = "AmazonVPC";
const FORMAT: &str = "aws_v1";

/// Code of an on-demand offer, and of its price per unit: the same in every price list of AWS.
const ON_DEMAND: &str = "JRTCKXETXF";
const PER_UNIT: &str = "6YS6EN2CT7";
/// Code of the price above the first tier; the sandbox's own.
const PER_UNIT_ABOVE: &str = "SANDBOX2ND";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PriceList {
    version: String,
    publication_date: String,
    effective_date: String,
    regions: Vec<Place>,
    products: Vec<Product>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Place {
    code: String,
    location: String,
    /// What usage types begin with there.
    billing: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Product {
    sku: String,
    family: String,
    usage: String,
    operation: String,
    #[serde(default)]
    group: Option<String>,
    #[serde(default)]
    endpoint_type: Option<String>,
    unit: String,
    usd: String,
    what: String,
    #[serde(default)]
    next_tier: Option<NextTier>,
}

/// From how many units on it has another price.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NextTier {
    begins: String,
    usd: String,
}

static PRICES: LazyLock<Option<PriceList>> = LazyLock::new(|| {
    serde_json::from_str(include_str!("../../scenarios/prices.json"))
        .inspect_err(|error| tracing::error!(%error, "the price list"))
        .ok()
});

fn get_products(context: &mut Context<'_>, input: &Members) -> Outcome {
    if !SERVED_IN.contains(&context.region) {
        return Err(Failure::not_simulated(format_args!(
            "the price list in {}, where AWS has no endpoint for it",
            context.region
        )));
    }
    if text(input, "ServiceCode") != Some(SERVICE) {
        return Err(invalid("The ServiceCode is not one of the price list."));
    }
    if text(input, "FormatVersion").is_some_and(|version| version != FORMAT) {
        return Err(invalid("The FormatVersion is not known."));
    }
    let filters = input.get("Filters").and_then(Value::as_array);
    let filters: Vec<&Members> = filters
        .into_iter()
        .flatten()
        .filter_map(Value::as_object)
        .collect();
    let found: Vec<Value> = PRICES
        .iter()
        .flat_map(documents)
        .filter(|document| filters.iter().all(|filter| passes(document, filter)))
        .map(|document| Value::String(document.to_string()))
        .collect();
    let size = number(input, "MaxResults").unwrap_or(100);
    let (items, next) = page::page(found, Some(size), text(input, "NextToken"), || {
        Failure::new(
            "InvalidNextTokenException",
            400,
            "The NextToken is not valid.",
        )
    })?;
    Ok(members(
        json!({ "FormatVersion": FORMAT, "PriceList": items, "NextToken": next }),
    ))
}

fn invalid(message: &str) -> Failure {
    Failure::new("InvalidParameterException", 400, message)
}

/// Whether a document passes one filter: on an attribute of its product, its family or its SKU.
fn passes(document: &Value, filter: &Members) -> bool {
    let field = text(filter, "Field").unwrap_or_default();
    let wanted = text(filter, "Value").unwrap_or_default();
    let product = &document["product"];
    let held = match field {
        "productFamily" | "sku" => product[field].as_str(),
        "ServiceCode" => document["serviceCode"].as_str(),
        _ => product["attributes"][field].as_str(),
    };
    let any = || wanted.split(',').any(|one| held == Some(one.trim()));
    match text(filter, "Type").unwrap_or_default() {
        "CONTAINS" => held.is_some_and(|held| held.contains(wanted)),
        "ANY_OF" => any(),
        "NONE_OF" => !any(),
        _ => held == Some(wanted),
    }
}

fn documents(list: &PriceList) -> Vec<Value> {
    let all = list
        .regions
        .iter()
        .flat_map(|place| list.products.iter().map(move |it| (place, it)));
    all.map(|(place, product)| document(list, place, product))
        .collect()
}

fn document(list: &PriceList, place: &Place, product: &Product) -> Value {
    let sku = format!("{}{}", product.sku, place.billing);
    let offer = format!("{sku}.{ON_DEMAND}");
    let mut attributes = members(json!({
        "servicecode": SERVICE,
        "servicename": "Amazon Virtual Private Cloud",
        "location": place.location,
        "locationType": "AWS Region",
        "regionCode": place.code,
        "usagetype": format!("{}-{}", place.billing, product.usage),
        "operation": product.operation,
    }));
    for (name, value) in [
        ("group", &product.group),
        ("endpointType", &product.endpoint_type),
    ] {
        if let Some(value) = value {
            attributes.insert(name.to_owned(), value.clone().into());
        }
    }
    json!({
        "product": { "productFamily": product.family, "attributes": attributes, "sku": sku },
        "serviceCode": SERVICE,
        "terms": {
            "OnDemand": {
                offer.as_str(): {
                    "priceDimensions": dimensions(product, &offer),
                    "sku": sku,
                    "effectiveDate": list.effective_date,
                    "offerTermCode": ON_DEMAND,
                    "termAttributes": {},
                },
            },
        },
        "version": list.version,
        "publicationDate": list.publication_date,
    })
}

/// The price of each tier, by its rate code.
fn dimensions(product: &Product, offer: &str) -> Members {
    let next = product.next_tier.as_ref();
    let first_ends = next.map_or("Inf", |it| it.begins.as_str());
    let first = (PER_UNIT, "0", first_ends, &product.usd);
    let next = next.map(|it| (PER_UNIT_ABOVE, it.begins.as_str(), "Inf", &it.usd));
    let tiers = std::iter::once(first).chain(next);
    tiers
        .map(|(code, begins, ends, usd)| {
            let rate = format!("{offer}.{code}");
            let what = &product.what;
            let dimension = json!({
                "unit": product.unit,
                "beginRange": begins,
                "endRange": ends,
                "description": format!(
                    "${usd} per {what} from {begins} to {ends} (a number of the sandbox, not AWS's price)"
                ),
                "appliesTo": [],
                "rateCode": rate,
                "pricePerUnit": { "USD": usd },
            });
            (rate, dimension)
        })
        .collect()
}

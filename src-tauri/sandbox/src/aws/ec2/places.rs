//! Regions and zones.

use serde_json::{Value, json};

use super::filter::{Filters, is};
use super::{known, members};
use crate::aws::{Context, Outcome, texts};
use crate::wire::Members;

pub(super) fn describe_regions(context: &mut Context<'_>, input: &Members) -> Outcome {
    let filters = Filters::read(input, &["region-name", "opt-in-status", "endpoint"])?;
    let wanted = texts(input, "RegionNames");
    let regions = &context.world.regions;
    known(
        wanted.as_deref(),
        |id| regions.contains_key(id),
        "InvalidParameterValue",
        "region",
    )?;
    let described: Vec<Value> = regions
        .keys()
        .filter(|name| wanted.as_ref().is_none_or(|wanted| wanted.contains(name)))
        .filter(|name| {
            filters.pass("", |filter| match filter {
                "region-name" => is(name),
                "opt-in-status" => is("opt-in-not-required"),
                _ => is(format!("ec2.{name}.amazonaws.com")),
            })
        })
        .map(|name| {
            json!({
                "RegionName": name,
                "Endpoint": format!("ec2.{name}.amazonaws.com"),
                "OptInStatus": "opt-in-not-required",
            })
        })
        .collect();
    Ok(members(json!({ "Regions": described })))
}

pub(super) fn describe_availability_zones(context: &mut Context<'_>, input: &Members) -> Outcome {
    let filters = Filters::read(
        input,
        &[
            "region-name",
            "state",
            "zone-id",
            "zone-name",
            "zone-type",
            "opt-in-status",
            "group-name",
        ],
    )?;
    let (ids, names) = (texts(input, "ZoneIds"), texts(input, "ZoneNames"));
    let zones = &context.here().zones;
    let code = "InvalidParameterValue";
    known(
        ids.as_deref(),
        |id| zones.iter().any(|it| it.id == id),
        code,
        "zone ID",
    )?;
    known(
        names.as_deref(),
        |name| zones.iter().any(|it| it.name == name),
        code,
        "zone",
    )?;
    let region = context.region;
    let described: Vec<Value> = zones
        .iter()
        .filter(|zone| ids.as_ref().is_none_or(|wanted| wanted.contains(&zone.id)))
        .filter(|zone| {
            names
                .as_ref()
                .is_none_or(|wanted| wanted.contains(&zone.name))
        })
        .filter(|zone| {
            filters.pass("", |filter| match filter {
                "region-name" | "group-name" => is(region),
                "state" => is("available"),
                "zone-id" => is(&zone.id),
                "zone-name" => is(&zone.name),
                "zone-type" => is("availability-zone"),
                _ => is("opt-in-not-required"),
            })
        })
        .map(|zone| {
            json!({
                "ZoneName": zone.name,
                "ZoneId": zone.id,
                "ZoneType": "availability-zone",
                "State": "available",
                "RegionName": region,
                "GroupName": region,
                "NetworkBorderGroup": region,
                "OptInStatus": "opt-in-not-required",
                "Messages": [],
            })
        })
        .collect();
    Ok(members(json!({ "AvailabilityZones": described })))
}

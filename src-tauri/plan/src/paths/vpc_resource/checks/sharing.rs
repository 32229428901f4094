//! Checks on sharing: whether the account may share outside of its organization, and one share for one endpoint.

use super::{Subject, advice, check_again, finding, passed, unread};
use crate::CLICKPIPES_ACCOUNT;
use crate::check::{Check, CheckId, Verdict};
use crate::facts::lattice::{AssociationKind, ResourceShare};
use crate::paths::vpc_resource::choices::Extent;
use crate::paths::vpc_resource::fit::{holds, shares_of};
use crate::paths::vpc_resource::reuse::Reuse;

pub(super) fn external(subject: &Subject<'_>) -> Check {
    let id = CheckId::ExternalSharing;
    let Some(shares) = subject.region.shares.known() else {
        return unread(
            id,
            "Whether the account may share outside of its organization is not known.",
            subject.region.shares.problem(),
        );
    };
    let mut proofs: Vec<String> = shares.iter().filter_map(proof).collect();
    proofs.sort_unstable();
    if !proofs.is_empty() {
        return passed(
            id,
            "The account shares outside of its organization already.",
            proofs,
        );
    }
    finding(
        id,
        Verdict::NotKnown,
        "Whether the account may share outside of its organization is known only when it is tried.",
        vec![format!(
            "No share of the account in {} is with an account outside of its organization.",
            subject.region.identity.region
        )],
        Some(advice(format!(
            "If the account belongs to an organization, ask those who look after it whether a service control policy \
             forbids AWS RAM to share with account {CLICKPIPES_ACCOUNT}. If it is forbidden, the run stops at the share \
             and says so."
        ))),
    )
}

/// A share with an account outside, as a line of evidence.
fn proof(share: &ResourceShare) -> Option<String> {
    let outside = share.associations.iter().find(|it| {
        it.kind == AssociationKind::Principal
            && holds(&it.status)
            && (it.entity == CLICKPIPES_ACCOUNT || it.external == Some(true))
    })?;
    Some(format!(
        "Share {} with account {} is {}.",
        share.name, outside.entity, outside.status
    ))
}

pub(super) fn once(subject: &Subject<'_>) -> Check {
    let id = CheckId::ShareOnce;
    let own = format!("The plan makes share {}.", subject.choices.share_name);
    let Extent::OnConfiguration { configuration_id } = &subject.choices.extent else {
        return passed(id, "The endpoint gets a share of its own.", vec![own]);
    };
    let Ok(Reuse::Configuration(configuration, _)) = subject.reuse else {
        return unread(
            id,
            format!("Configuration {configuration_id} could not be looked at."),
            subject.region.configurations.problem(),
        );
    };
    if subject.region.shares.problem().is_some() {
        return unread(
            id,
            "Whether the configuration is shared with ClickPipes already is not known.",
            subject.region.shares.problem(),
        );
    }
    let mut evidence = vec![own];
    let mut idle = Vec::new();
    for (share, accepted) in shares_of(subject.region, configuration) {
        let user = user_of(subject, share);
        evidence.push(match (&user, accepted) {
            (Some(endpoint), _) => format!("Share {} serves endpoint {endpoint}.", share.name),
            (None, true) => format!("Share {} has been accepted by ClickPipes.", share.name),
            (None, false) => format!("Share {} has not been accepted yet.", share.name),
        });
        if user.is_none() && !accepted {
            idle.push(share.name.as_str());
        }
    }
    if idle.is_empty() {
        return passed(id, "The endpoint gets a share of its own.", evidence);
    }
    finding(
        id,
        Verdict::Warning,
        format!(
            "Shared with ClickPipes already, and not used by an endpoint: {}.",
            idle.join(", ")
        ),
        evidence,
        Some(check_again(
            "Finish what that share was made for, or delete it, then check again.",
        )),
    )
}

/// The endpoint of the service that was made with a share, where the service's endpoints were read.
fn user_of(subject: &Subject<'_>, share: &ResourceShare) -> Option<String> {
    subject
        .clickhouse?
        .endpoints
        .known()?
        .iter()
        .filter(|it| it.resource_share_arn.as_deref() == Some(share.arn.as_str()))
        .map(|it| format!("{} ({})", it.description, it.id))
        .min()
}

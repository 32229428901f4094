//! Checks on sharing: whether the account may share outside of its organization, and one share for one endpoint.

use super::{Subject, advice, check_again, finding, first_lines, passed, unread};
use crate::CLICKPIPES_ACCOUNT;
use crate::check::{Check, CheckId, Verdict};
use crate::facts::lattice::{AssociationKind, ResourceShare, ShareAssociation};
use crate::paths::clickhouse::odd;
use crate::paths::vpc_resource::choices::Extent;
use crate::paths::vpc_resource::fit::{lends_to_clickpipes, shares_of};
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
    let mut proofs: Vec<String> = shares
        .iter()
        .filter_map(|share| Some(line(share, lends_to_clickpipes(share, of_lattice)?)))
        .collect();
    proofs.sort_unstable();
    if !proofs.is_empty() {
        return passed(
            id,
            "The account shares with ClickPipes already.",
            first_lines(proofs),
        );
    }
    let mut ends: Vec<(bool, String)> = shares
        .iter()
        .flat_map(|share| {
            outside(share).map(|it| (it.entity != CLICKPIPES_ACCOUNT, line(share, it)))
        })
        .collect();
    // Those with ClickPipes first: they say most.
    ends.sort_unstable();
    let lines = ends.into_iter().map(|(_, line)| line).collect();
    let mut evidence = first_lines(lines);
    if evidence.is_empty() {
        evidence.push(format!(
            "No share of the account in {} is with an account outside of its organization.",
            subject.region.identity.region
        ));
    } else {
        evidence.push("Nothing of VPC Lattice is shared with ClickPipes now.".to_owned());
    }
    finding(
        id,
        Verdict::NotKnown,
        "Whether the account may share with ClickPipes is known only when it is tried.",
        evidence,
        Some(advice(format!(
            "If the account belongs to an organization, ask those who look after it whether a service control policy \
             forbids AWS RAM to share with account {CLICKPIPES_ACCOUNT}. If it is forbidden, the run stops at the share \
             and says so."
        ))),
    )
}

/// The ends of a share that are outside of the organization, whatever became of them: a policy may have come
/// after them, or may say otherwise for another account or another kind of resource.
fn outside(share: &ResourceShare) -> impl Iterator<Item = &ShareAssociation> {
    share.associations.iter().filter(|it| {
        it.kind == AssociationKind::Principal
            && (it.entity == CLICKPIPES_ACCOUNT || it.external == Some(true))
    })
}

fn of_lattice(arn: &str) -> bool {
    arn.split(':').nth(2) == Some("vpc-lattice")
}

/// A share with an account, as a line of evidence.
fn line(share: &ResourceShare, with: &ShareAssociation) -> String {
    let message = with.message.as_deref().unwrap_or_default();
    let state = if share.status == "ACTIVE" {
        with.status.clone()
    } else {
        format!("{}, the share itself {}", with.status, share.status)
    };
    let line = format!(
        "Share {} with account {}: {state}.",
        share.name, with.entity
    );
    [line.as_str(), message].join(" ").trim_end().to_owned()
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
    let idle = idle.join(", ");
    if let Some(unseen) = unseen(subject) {
        evidence.push(unseen);
        return finding(
            id,
            Verdict::NotKnown,
            format!(
                "Shared with ClickPipes already, and whether an endpoint uses it is not known: {idle}."
            ),
            evidence,
            Some(check_again(
                "Look in the ClickHouse console whether an endpoint uses that share. If none does, finish what it was \
                 made for, or delete it, then check again.",
            )),
        );
    }
    finding(
        id,
        Verdict::Warning,
        format!("Shared with ClickPipes already, and not used by an endpoint: {idle}."),
        evidence,
        Some(check_again(
            "Finish what that share was made for, or delete it, then check again.",
        )),
    )
}

/// Why an endpoint could use a share without being seen, if one could.
fn unseen(subject: &Subject<'_>) -> Option<String> {
    let Some(clickhouse) = subject.clickhouse else {
        return Some("ClickHouse was not asked for its endpoints.".to_owned());
    };
    if let Some(problem) = clickhouse.endpoints.problem() {
        return Some(problem.headline());
    }
    odd(clickhouse)
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

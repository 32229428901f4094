//! STS: who the caller is, and the roles of the account that it may assume.

use jiff::SignedDuration;
use serde_json::json;

use super::{Act, Context, Outcome, members, number, text};
use crate::wire::Members;
use crate::wire::failure::Failure;
use crate::world::access::{Role, Session};
use crate::world::ids;

pub(super) fn meaning(operation: &str) -> Option<(bool, Act)> {
    match operation {
        "GetCallerIdentity" => Some((false, get_caller_identity)),
        "AssumeRole" => Some((true, assume_role)),
        _ => None,
    }
}

/// How long a session lasts when nothing else is asked for, and at most when a session asks, in seconds.
const HOUR: usize = 3600;

#[allow(clippy::unnecessary_wraps, reason = "every operation has this type")]
fn get_caller_identity(context: &mut Context<'_>, _: &Members) -> Outcome {
    let caller = Caller::of(context);
    Ok(members(json!({
        "Account": context.account(),
        "Arn": caller.arn,
        "UserId": caller.user_id,
    })))
}

struct Caller {
    arn: String,
    user_id: String,
}

impl Caller {
    fn of(context: &Context<'_>) -> Self {
        let world = &*context.world;
        let session = world.session(context.access_key_id);
        let role = session.and_then(|it| world.roles.iter().find(|role| role.name == it.role));
        match (session, role) {
            (Some(session), Some(role)) => Self::assumed(context.account(), role, &session.name),
            _ => Self {
                arn: world.account.user_arn.clone(),
                user_id: world.account.user_id.clone(),
            },
        }
    }

    fn assumed(account: &str, role: &Role, session: &str) -> Self {
        Self {
            arn: format!(
                "arn:aws:sts::{account}:assumed-role/{}/{session}",
                role.name
            ),
            user_id: format!("{}:{session}", role.id),
        }
    }
}

fn assume_role(context: &mut Context<'_>, input: &Members) -> Outcome {
    for member in [
        "Policy",
        "PolicyArns",
        "Tags",
        "TransitiveTagKeys",
        "SourceIdentity",
        "ProvidedContexts",
    ] {
        if input.contains_key(member) {
            return Err(Failure::not_simulated(format_args!(
                "{member} of AssumeRole"
            )));
        }
    }
    let arn = text(input, "RoleArn").unwrap_or_default();
    let prefix = format!("arn:aws:iam::{}:role/", context.account());
    let role = arn
        .strip_prefix(&prefix)
        .and_then(|name| context.world.roles.iter().find(|role| role.name == name))
        .cloned();
    // STS does not tell a role that is not there from one that may not be assumed.
    let role = role
        .filter(|role| {
            let mfa = role.mfa.as_ref().map(|mfa| mfa.serial.as_str());
            let known = role.external_id.as_deref();
            known.is_none_or(|id| text(input, "ExternalId") == Some(id))
                && mfa.is_none_or(|serial| text(input, "SerialNumber") == Some(serial))
        })
        .ok_or_else(|| {
            let caller = Caller::of(context).arn;
            denied(format!(
                "User: {caller} is not authorized to perform: sts:AssumeRole on resource: {arn}"
            ))
        })?;
    if let Some(mfa) = &role.mfa
        && text(input, "TokenCode") != Some(&mfa.code)
    {
        return Err(denied(
            "MultiFactorAuthentication failed with invalid MFA one time pass code.",
        ));
    }
    let seconds = number(input, "DurationSeconds").unwrap_or(HOUR);
    if seconds > HOUR && context.world.session(context.access_key_id).is_some() {
        let message = "The requested DurationSeconds exceeds the 1 hour session limit for roles \
                       assumed by role chaining";
        return Err(Failure::new("ValidationError", 400, message));
    }
    let lasts = SignedDuration::from_secs(i64::try_from(seconds).unwrap_or_default());
    let session = Session {
        access_key_id: format!("ASIA{}", ids::upper(16)),
        secret_access_key: ids::random(40),
        token: ids::random(64),
        role: role.name.clone(),
        name: text(input, "RoleSessionName")
            .unwrap_or_default()
            .to_owned(),
        expires_at: context.now + lasts,
    };
    let caller = Caller::assumed(context.account(), &role, &session.name);
    let output = members(json!({
        "AssumedRoleUser": { "Arn": caller.arn, "AssumedRoleId": caller.user_id },
        "Credentials": {
            "AccessKeyId": session.access_key_id,
            "SecretAccessKey": session.secret_access_key,
            "SessionToken": session.token,
            "Expiration": session.expires_at.to_string(),
        },
    }));
    context.world.sessions.push(session);
    Ok(output)
}

fn denied(message: impl Into<String>) -> Failure {
    Failure::new("AccessDenied", 403, message)
}

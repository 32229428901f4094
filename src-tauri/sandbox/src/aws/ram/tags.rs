//! Tags of shares.

use super::{find, given_tags, invalid};
use crate::aws::{Context, Outcome, text, texts};
use crate::wire::Members;
use crate::wire::failure::Failure;

pub(super) fn tag(context: &mut Context<'_>, input: &Members) -> Outcome {
    let arn = share_arn(context, input)?;
    let added = given_tags(input)?;
    if let Some(share) = context.here_mut().share_mut(&arn) {
        let mut merged = share.tags.clone();
        merged.extend(added);
        if merged.len() > 50 {
            let message = "A resource has at most 50 tags.";
            return Err(Failure::new("TagLimitExceededException", 400, message));
        }
        share.tags = merged;
    }
    Ok(Members::new())
}

pub(super) fn untag(context: &mut Context<'_>, input: &Members) -> Outcome {
    let arn = share_arn(context, input)?;
    let keys = texts(input, "tagKeys").unwrap_or_default();
    if let Some(share) = context.here_mut().share_mut(&arn) {
        share.tags.retain(|key, _| !keys.contains(key));
    }
    Ok(Members::new())
}

fn share_arn(context: &Context<'_>, input: &Members) -> Result<String, Failure> {
    let arn = text(input, "resourceShareArn")
        .or_else(|| text(input, "resourceArn"))
        .ok_or_else(|| invalid("resourceShareArn is required"))?;
    Ok(find(context, arn)?.arn.clone())
}

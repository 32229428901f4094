//! STS: who is calling. The one call that needs no right, and the first one made.

use pipelink_plan::facts::Identity;
use pipelink_plan::problem::Problem;

use crate::problems::{missing, unreadable};
use crate::session::Aws;

impl Aws {
    /// Who acts, where, and past which endpoint override. Needs no right in IAM.
    pub async fn identity(&self) -> Result<Identity, Problem> {
        const CALL: &str = "GetCallerIdentity";
        let answer = self
            .session
            .sts
            .get_caller_identity()
            .send()
            .await
            .map_err(self.problem("sts", CALL))?;
        let arn = answer.arn.ok_or_else(|| missing(CALL, "Arn"))?;
        // ARNs are built from the caller's partition, never from a fixed "aws".
        let partition = arn
            .split(':')
            .nth(1)
            .filter(|word| !word.is_empty())
            .ok_or_else(|| unreadable(CALL, &format!("{arn} is not an ARN")))?
            .to_owned();
        Ok(Identity {
            account_id: answer.account.ok_or_else(|| missing(CALL, "Account"))?,
            arn,
            partition,
            region: self.session.region.clone(),
            endpoint_override: self.session.endpoint_override.clone(),
        })
    }
}

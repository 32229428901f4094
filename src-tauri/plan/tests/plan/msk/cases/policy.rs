//! The cluster's policy.

use pipelink_plan::check::{CheckId, Verdict};

use super::{Case, case};
use crate::facts::*;
use crate::msk::facts::*;

pub(super) fn cases() -> Vec<Case> {
    use Verdict::{Failure, NotKnown, Passed, Warning};
    let id = CheckId::MskPolicy;
    let with = |verdict, what, text: String| {
        case(id, verdict, what, |w: &mut MskWorld| w.set_policy(&text))
    };
    vec![
        with(Passed, "others' statements", document(&[FOREIGN])),
        with(Passed, "allows already", document(&[FOREIGN, ENOUGH])),
        with(
            Passed,
            "allows under a condition",
            document(&[&ENOUGH.replace(
                "\"Effect\"",
                "\"Condition\":{\"Bool\":{\"aws:SecureTransport\":\"true\"}},\"Effect\"",
            )]),
        ),
        with(
            Passed,
            "many statements",
            document(&[
                FOREIGN, FOREIGN, FOREIGN, FOREIGN, FOREIGN, FOREIGN, FOREIGN,
            ]),
        ),
        with(
            Failure,
            "denies everybody",
            document(&[
                ENOUGH,
                r#"{"Sid":"Nobody","Effect":"Deny","Principal":"*","Action":"kafka:CreateVpcConnection","Resource":"*"}"#,
                r#"{"Effect":"Deny","Principal":{"AWS":["arn:aws:iam::072088201116:root"]},"Action":"*","Resource":"*"}"#,
            ]),
        ),
        with(
            Warning,
            "denies under a condition",
            document(&[
                r#"{"Sid":"Inside","Effect":"Deny","Principal":"*","Action":"kafka:*","Resource":"*","Condition":{"StringNotEquals":{"aws:PrincipalOrgID":"o-abc"}}}"#,
            ]),
        ),
        with(Failure, "not JSON", "{".to_owned()),
        with(Failure, "no policy", r#"{"Statement":"none"}"#.to_owned()),
        with(
            Failure,
            "no room",
            document(&[&FOREIGN.replace("Analytics", &"A".repeat(20_000))])
                .replace("\"Version\"", "\"Id\":\"clicks\",\"Version\""),
        ),
        case(id, NotKnown, "refused", |w| {
            w.msk.policy = denied("kafka:GetClusterPolicy");
        }),
    ]
}

//! What tests and the panel set around endpoint services: records of the public DNS, and the one right that the
//! sandbox knows to be missing.

use serde::Deserialize;
use serde_json::json;

use super::{body, problem, read, saved};
use crate::state::State;
use crate::wire::answer::Answer;
use crate::wire::request::Request;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TxtRecord {
    name: String,
    value: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Rights {
    allow_multi_region: bool,
}

/// Puts a TXT record into the public DNS, or takes it out.
pub(super) fn set_txt(state: &State, request: &Request, there: bool) -> Answer {
    let TxtRecord { name, value } = match read(request) {
        Ok(record) => record,
        Err(refused) => return refused,
    };
    let done = state.adjust(|world| {
        if there {
            world.dns.publish_txt(&name, &value);
        } else {
            world.dns.withdraw_txt(&name, &value);
        }
        world.dns.public(&name).map(|it| it.txt.clone())
    });
    match done {
        Ok(txt) => body(&json!({ "name": name, "txt": txt.unwrap_or_default() })),
        Err(error) => problem(500, &error.to_string()),
    }
}

/// Gives or takes the right to `vpce:AllowMultiRegion`.
pub(super) fn set_rights(state: &State, request: &Request) -> Answer {
    match read::<Rights>(request) {
        Ok(Rights { allow_multi_region }) => {
            let done = state.adjust(|world| world.allow_multi_region = allow_multi_region);
            saved(done, &json!({ "allow_multi_region": allow_multi_region }))
        }
        Err(refused) => refused,
    }
}

//! Facts that stand inside of others, such as the listeners of each load balancer, taken out of them: so that one that
//! is not known leaves the others comparable.

use std::collections::BTreeMap;

use serde_json::Value;

/// The facts by name: each a list of what every holder of it says.
pub(crate) type Facts = BTreeMap<String, Vec<Value>>;

/// Takes the facts out of a value, and answers what is left of it.
pub(crate) fn take_apart(name: &str, value: Value, found: &mut Facts) -> Value {
    match value {
        // Told from when the world began.
        Value::String(_) if name == "createdAt" => Value::Null,
        Value::Object(members) if members.contains_key("state") && is_fact(&members) => {
            let fact = members
                .into_iter()
                .map(|(member, value)| {
                    let left = take_apart(&member, value, found);
                    (member, left)
                })
                .collect();
            found.entry(name.to_owned()).or_default().push(fact);
            Value::Null
        }
        Value::Object(members) => members
            .into_iter()
            .map(|(member, value)| {
                let left = take_apart(&member, value, found);
                (member, left)
            })
            .collect(),
        Value::Array(items) => items
            .into_iter()
            .map(|item| take_apart("", item, found))
            .collect(),
        other => other,
    }
}

fn is_fact(members: &serde_json::Map<String, Value>) -> bool {
    members["state"] == "known" || members["state"] == "unknown"
}

//! Reads the form-encoded requests of the EC2 and AWS query protocols. The two differ in how members
//! are named and in how lists are counted:
//!
//! | | EC2 (ec2) | AWS query (sts, rds) |
//! |---|---|---|
//! | member | `queryName`, else `locationName` with a capital, else its name | `locationName`, else its name |
//! | list | `Name.1` | `Name.member.1`, or the list member's `locationName` for `member`; flattened: `Name.1` |

use std::collections::BTreeSet;

use serde_json::Value;

use super::Members;
use super::failure::{Failure, Invalid};
use super::model::{Kind, Model, Operation, Protocol, Reference, Shape};
use super::request::{Request, form_pairs};
use super::rest::scalar;

/// A decoded form.
pub(crate) struct Form {
    pairs: Vec<(String, String)>,
}

impl Form {
    pub(crate) fn read(request: &Request) -> Self {
        let mut pairs = form_pairs(&String::from_utf8_lossy(&request.body));
        pairs.extend(request.query_pairs());
        Self { pairs }
    }

    fn get(&self, name: &str) -> Option<&str> {
        self.pairs
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }

    pub(crate) fn action(&self) -> Option<&str> {
        self.get("Action")
    }

    pub(crate) fn version(&self) -> Option<&str> {
        self.get("Version")
    }

    fn any_under(&self, prefix: &str) -> bool {
        self.pairs.iter().any(|(key, _)| {
            key.strip_prefix(prefix)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        })
    }

    /// The indexes used under `prefix.`, in order. AWS takes gaps.
    fn indexes(&self, prefix: &str) -> BTreeSet<u32> {
        self.pairs
            .iter()
            .filter_map(|(key, _)| key.strip_prefix(prefix)?.strip_prefix('.'))
            .filter_map(|rest| rest.split('.').next()?.parse().ok())
            .collect()
    }
}

/// The operation's input, by member name.
pub(crate) fn input(
    service: &str,
    model: &Model,
    operation: &Operation,
    form: &Form,
) -> Result<Members, Failure> {
    let Some(reference) = &operation.input else {
        return Ok(Members::new());
    };
    let reader = Reader {
        service,
        model,
        form,
        ec2: model.metadata.protocol == Protocol::Ec2,
    };
    reader.structure(model.shape(reference), "")
}

struct Reader<'a> {
    service: &'a str,
    model: &'a Model,
    form: &'a Form,
    ec2: bool,
}

impl Reader<'_> {
    fn structure(&self, shape: &Shape, prefix: &str) -> Result<Members, Failure> {
        let mut members = Members::new();
        for (name, member) in &shape.members {
            let wire_name = self.wire_name(name, member);
            let path = if prefix.is_empty() {
                wire_name
            } else {
                format!("{prefix}.{wire_name}")
            };
            if let Some(value) = self.value(member, &path)? {
                members.insert(name.clone(), value);
            }
        }
        Ok(members)
    }

    fn wire_name(&self, name: &str, member: &Reference) -> String {
        if !self.ec2 {
            return member.location_name.as_deref().unwrap_or(name).to_owned();
        }
        if let Some(query_name) = &member.query_name {
            return query_name.clone();
        }
        member
            .location_name
            .as_deref()
            .map_or_else(|| name.to_owned(), capitalised)
    }

    fn value(&self, reference: &Reference, path: &str) -> Result<Option<Value>, Failure> {
        let shape = self.model.shape(reference);
        if !self.form.any_under(path) {
            return Ok(None);
        }
        Ok(match shape.kind {
            Kind::Structure => Some(Value::Object(self.structure(shape, path)?)),
            Kind::List => {
                let Some(member) = &shape.member else {
                    return Ok(None);
                };
                let prefix = if self.ec2 || shape.flattened {
                    path.to_owned()
                } else {
                    format!(
                        "{path}.{}",
                        member.location_name.as_deref().unwrap_or("member")
                    )
                };
                let mut items = Vec::new();
                for index in self.form.indexes(&prefix) {
                    items.extend(self.value(member, &format!("{prefix}.{index}"))?);
                }
                Some(Value::Array(items))
            }
            // No operation acts on one that it is given: they belong to actions of a listener that is refused.
            Kind::Map => None,
            kind => match self.form.get(path) {
                None => None,
                Some(text) => Some(scalar(kind, text.to_owned()).map_err(|reason| {
                    Failure::invalid(
                        self.service,
                        self.model.metadata.protocol,
                        path,
                        &Invalid::Value(reason.to_owned()),
                    )
                })?),
            },
        })
    }
}

fn capitalised(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

#[cfg(test)]
mod tests {
    #![allow(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        reason = "tests"
    )]

    use serde_json::json;

    use super::*;
    use crate::wire::model;

    fn read(service: &str, body: &str) -> Value {
        let (name, model) = model::service(service).unwrap();
        let form = Form::read(&Request {
            body: body.as_bytes().to_vec(),
            ..Request::default()
        });
        let operation = &model.operations[form.action().unwrap()];
        Value::Object(input(name, model, operation, &form).unwrap())
    }

    #[test]
    fn ec2_lists_are_counted_without_a_member_name() {
        let read = read(
            "ec2",
            "Action=DescribeNetworkInterfaces&Filter.1.Name=subnet-id&Filter.1.Value.1=subnet-1\
             &Filter.1.Value.2=subnet-2&NetworkInterfaceId.1=eni-1&DryRun=false",
        );
        assert_eq!(
            read,
            json!({
                "DryRun": false,
                "Filters": [{ "Name": "subnet-id", "Values": ["subnet-1", "subnet-2"] }],
                "NetworkInterfaceIds": ["eni-1"],
            })
        );
    }

    #[test]
    fn query_lists_carry_their_members_name() {
        let read = read(
            "rds",
            "Action=DescribeDBInstances&Filters.Filter.1.Name=engine\
             &Filters.Filter.1.Values.Value.1=mysql&MaxRecords=20",
        );
        assert_eq!(
            read,
            json!({ "Filters": [{ "Name": "engine", "Values": ["mysql"] }], "MaxRecords": 20 })
        );
    }
}

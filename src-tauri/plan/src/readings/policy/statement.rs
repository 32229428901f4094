//! One statement of a policy, and how it is written in IAM's language.

use serde_json::{Map, Value, json};

use super::Purpose;
use crate::RUN_TAG;

/// What is allowed, on what, and when.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Statement {
    /// Letters and digits only. What two steps need under the same Sid is one statement.
    pub(super) sid: &'static str,
    pub(super) purpose: Purpose,
    pub(super) why: &'static str,
    pub(super) actions: Vec<&'static str>,
    /// ARNs with wildcards; empty means everything, for actions that AWS cannot tie to a resource.
    pub(super) resources: Vec<String>,
    pub(super) conditions: Conditions,
    pub(super) optional: bool,
}

impl Statement {
    /// A statement on everything, without conditions.
    pub(super) fn new(
        purpose: Purpose,
        sid: &'static str,
        why: &'static str,
        actions: &'static [&'static str],
    ) -> Self {
        Self {
            sid,
            purpose,
            why,
            actions: actions.to_vec(),
            resources: Vec::new(),
            conditions: Conditions::default(),
            optional: false,
        }
    }

    pub(super) fn on(mut self, resources: impl IntoIterator<Item = String>) -> Self {
        self.resources.extend(resources);
        self
    }

    pub(super) fn when(mut self, operator: &str, key: &str, value: Value) -> Self {
        self.conditions.add(operator, key, value);
        self
    }

    /// The request has to set the run's tag.
    pub(super) fn tagging(self) -> Self {
        self.when("Null", &format!("aws:RequestTag/{RUN_TAG}"), json!("false"))
    }

    /// The resource has to carry the run's tag. AWS counts the tags that a creation sets.
    pub(super) fn tagged(self) -> Self {
        self.when(
            "Null",
            &format!("aws:ResourceTag/{RUN_TAG}"),
            json!("false"),
        )
    }

    /// The request has to say it, and nothing that is not among these.
    pub(super) fn only(self, key: &str, values: &[String]) -> Self {
        self.when("Null", key, json!("false"))
            .when("ForAllValues:StringEquals", key, json!(values))
    }

    /// Only the run's tag may be set, and only on what carries it, or is created with it: whoever could put it on
    /// anything else could delete that too.
    pub(super) fn only_the_runs_tag(self) -> Self {
        self.tagging()
            .tagged()
            .when("ForAllValues:StringEquals", "aws:TagKeys", json!([RUN_TAG]))
    }

    pub(super) fn optional(mut self) -> Self {
        self.optional = true;
        self
    }

    /// Takes in another statement of the same Sid, which is there for the same reason under the same conditions.
    pub(super) fn merge(&mut self, other: Self) {
        for action in other.actions {
            if !self.actions.contains(&action) {
                self.actions.push(action);
            }
        }
        for resource in other.resources {
            if !self.resources.contains(&resource) {
                self.resources.push(resource);
            }
        }
    }

    pub(super) fn to_json(&self) -> Value {
        let mut statement = Map::new();
        statement.insert("Sid".to_owned(), json!(self.sid));
        statement.insert("Effect".to_owned(), json!("Allow"));
        statement.insert("Action".to_owned(), json!(self.actions));
        let resource = if self.resources.is_empty() {
            json!("*")
        } else {
            json!(self.resources)
        };
        statement.insert("Resource".to_owned(), resource);
        if !self.conditions.0.is_empty() {
            statement.insert(
                "Condition".to_owned(),
                Value::Object(self.conditions.0.clone()),
            );
        }
        Value::Object(statement)
    }
}

/// Operator, key, value: all of them have to hold.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Conditions(Map<String, Value>);

impl Conditions {
    fn add(&mut self, operator: &str, key: &str, value: Value) {
        let keys = self
            .0
            .entry(operator.to_owned())
            .or_insert_with(|| Value::Object(Map::new()));
        if let Value::Object(keys) = keys {
            keys.insert(key.to_owned(), value);
        }
    }
}

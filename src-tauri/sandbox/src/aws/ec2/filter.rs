//! EC2's filters: every named filter must match one of its values; `*` and `?` stand for characters;
//! a name that the operation does not have is refused.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::wire::Members;
use crate::wire::failure::Failure;

/// The filters of one request.
pub(super) struct Filters {
    filters: Vec<(String, Vec<String>)>,
}

/// What an object has under a filter's name: values, or no such filter.
pub(super) type Has = Option<Vec<String>>;

/// One value.
#[allow(clippy::unnecessary_wraps, reason = "reads as the value of a filter")]
pub(super) fn is(value: impl std::fmt::Display) -> Has {
    Some(vec![value.to_string()])
}

impl Filters {
    /// Reads the request's filters; `names` are those that the operation has (besides tags).
    pub(super) fn read(input: &Members, names: &[&str]) -> Result<Self, Failure> {
        let mut filters = Vec::new();
        for filter in input
            .get("Filters")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
        {
            let name = filter["Name"].as_str().unwrap_or_default().to_owned();
            if !names.contains(&name.as_str()) && !name.starts_with("tag:") && name != "tag-key" {
                return Err(Failure::new(
                    "InvalidParameterValue",
                    400,
                    format!("The filter '{name}' is invalid"),
                ));
            }
            let values = filter["Values"].as_array().into_iter().flatten();
            filters.push((
                name,
                values
                    .filter_map(Value::as_str)
                    .map(str::to_owned)
                    .collect(),
            ));
        }
        Ok(Self { filters })
    }

    /// Whether an object passes; `name_tag` is its Name tag, the only one that scenarios give to the network.
    pub(super) fn pass(&self, name_tag: &str, has: impl Fn(&str) -> Has) -> bool {
        let mut tags = BTreeMap::new();
        if !name_tag.is_empty() {
            tags.insert("Name".to_owned(), name_tag.to_owned());
        }
        self.pass_tagged(&tags, has)
    }

    /// Whether an object with these tags passes.
    pub(super) fn pass_tagged(
        &self,
        tags: &BTreeMap<String, String>,
        has: impl Fn(&str) -> Has,
    ) -> bool {
        self.filters.iter().all(|(name, wanted)| {
            let values = match name.strip_prefix("tag:") {
                Some(key) => tags.get(key).cloned().into_iter().collect(),
                None if name == "tag-key" => tags.keys().cloned().collect(),
                None => has(name).unwrap_or_default(),
            };
            values
                .iter()
                .any(|value| wanted.iter().any(|pattern| like(pattern, value)))
        })
    }
}

/// Shell-like matching of EC2's filter values.
fn like(pattern: &str, value: &str) -> bool {
    fn step(pattern: &[u8], value: &[u8]) -> bool {
        match (pattern, value) {
            ([], []) => true,
            ([b'*', rest @ ..], _) => {
                (0..=value.len()).any(|skipped| step(rest, &value[skipped..]))
            }
            ([b'?', rest @ ..], [_, tail @ ..]) => step(rest, tail),
            ([first, rest @ ..], [head, tail @ ..]) => first == head && step(rest, tail),
            _ => false,
        }
    }
    step(pattern.as_bytes(), value.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::like;

    #[test]
    fn wildcards() {
        assert!(like("prod-*", "prod-data-1a"));
        assert!(like("prod-data-1?", "prod-data-1a"));
        assert!(like("*", ""));
        assert!(!like("prod", "prod-data"));
        assert!(!like("prod-?", "prod-"));
    }
}

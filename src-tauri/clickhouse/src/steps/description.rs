//! The run's ID in an endpoint's description: the only mark that the Cloud API lets a run leave.

use pipelink_plan::run::RunId;
use serde_json::Value;

/// The API's limit for a description, in characters.
const LONGEST_DESCRIPTION: usize = 255;
const MARK_BEGINS: &str = "[pipelink:";
const MARK_ENDS: char = ']';

/// The run that a description names, if one does.
pub fn run_in(description: &str) -> Option<RunId> {
    let (_, rest) = description.rsplit_once(MARK_BEGINS)?;
    let (id, _) = rest.split_once(MARK_ENDS)?;
    (!id.is_empty()).then(|| RunId(id.to_owned()))
}

fn mark(run: &RunId) -> String {
    format!("{MARK_BEGINS}{run}{MARK_ENDS}")
}

/// The description with the run's mark at its end; where both do not fit, the text gives way. The limit is
/// counted in UTF-16 units, the strictest reading of "255 characters".
pub(super) fn described(text: &str, run: &RunId) -> String {
    let mark = mark(run);
    let text = text.trim();
    if text.contains(&mark) && text.encode_utf16().count() <= LONGEST_DESCRIPTION {
        return text.to_owned();
    }
    let mut room = LONGEST_DESCRIPTION.saturating_sub(mark.len() + 1);
    let kept: String = text
        .chars()
        .take_while(|c| match room.checked_sub(c.len_utf16()) {
            Some(left) => {
                room = left;
                true
            }
            None => false,
        })
        .collect();
    format!("{} {mark}", kept.trim_end())
        .trim_start()
        .to_owned()
}

/// Whether a row names the run, read from the row itself so that an otherwise odd one is seen too.
pub(super) fn marked(row: &Value, run: &RunId) -> bool {
    row.get("description")
        .and_then(Value::as_str)
        .is_some_and(|description| description.contains(&mark(run)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn run() -> RunId {
        RunId("01990a2b-3c4d-7e5f-8a6b-7c8d9e0f1a2b".to_owned())
    }

    #[test]
    fn a_description_ends_with_the_run_and_keeps_the_limit() {
        let run = run();
        assert_eq!(
            described("orders-postgres", &run),
            format!("orders-postgres [pipelink:{run}]")
        );
        assert_eq!(described("  ", &run), format!("[pipelink:{run}]"));
        for long in ["x".repeat(1000), "é".repeat(255), "🚀".repeat(200)] {
            let description = described(&long, &run);
            let length = description.encode_utf16().count();
            assert!((254..=255).contains(&length), "{length}");
            assert!(description.ends_with(&format!(" [pipelink:{run}]")));
            assert_eq!(run_in(&description), Some(run.clone()));
        }
        let already = described("orders-postgres", &run);
        assert_eq!(described(&already, &run), already);
    }

    #[test]
    fn the_run_is_read_back_from_a_description() {
        assert_eq!(run_in("a [pipelink:r-1]"), Some(RunId("r-1".to_owned())));
        assert_eq!(
            run_in("[pipelink:fake] a [pipelink:r-1]"),
            Some(RunId("r-1".to_owned()))
        );
        for none in ["", "a", "[pipelink:", "[pipelink:]", "pipelink:r-1]"] {
            assert_eq!(run_in(none), None, "{none}");
        }
    }

    #[test]
    fn only_rows_that_name_the_run_are_its_own() {
        let run = run();
        let text = described("orders", &run);
        assert!(marked(&json!({"description": text}), &run));
        assert!(marked(&json!({"description": text, "id": 7}), &run));
        for other in [
            json!({"description": "orders"}),
            json!({"description": format!("orders [pipelink:{run}")}),
            json!({"description": null}),
            json!({}),
            json!("text"),
        ] {
            assert!(!marked(&other, &run), "{other}");
        }
    }
}

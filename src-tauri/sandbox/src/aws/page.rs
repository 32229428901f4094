//! Pages of a list, by an opaque token.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::wire::failure::Failure;

/// One page: at most `size` items from where the token points, and the token of the next page.
/// `refusal` is what the service answers to a token that it did not make.
pub(crate) fn page<T>(
    items: Vec<T>,
    size: Option<usize>,
    token: Option<&str>,
    refusal: impl FnOnce() -> Failure,
) -> Result<(Vec<T>, Option<String>), Failure> {
    let start = match token {
        None => 0,
        Some(token) => position(token).ok_or_else(refusal)?,
    };
    let total = items.len();
    let end = size.map_or(total, |size| total.min(start.saturating_add(size)));
    let page = items
        .into_iter()
        .skip(start)
        .take(end.saturating_sub(start))
        .collect();
    Ok((
        page,
        (end < total).then(|| URL_SAFE_NO_PAD.encode(format!("from:{end}"))),
    ))
}

fn position(token: &str) -> Option<usize> {
    let bytes = URL_SAFE_NO_PAD.decode(token).ok()?;
    std::str::from_utf8(&bytes)
        .ok()?
        .strip_prefix("from:")?
        .parse()
        .ok()
}

#[cfg(test)]
mod tests {
    #![allow(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        reason = "tests"
    )]

    use super::*;

    #[test]
    fn pages_cover_the_list_once() {
        let refusal = || Failure::new("InvalidNextToken", 400, "");
        let mut seen = Vec::new();
        let mut token = None;
        loop {
            let (items, next) = page((0..7).collect(), Some(3), token.as_deref(), refusal).unwrap();
            seen.extend(items);
            token = next;
            if token.is_none() {
                break;
            }
        }
        assert_eq!(seen, (0..7).collect::<Vec<_>>());
        assert!(page(vec![1], None, Some("made up"), refusal).is_err());
    }
}

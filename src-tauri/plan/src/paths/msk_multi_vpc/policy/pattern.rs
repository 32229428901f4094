//! Whether what a policy statement names matches: wildcards, and what cannot be told.

/// Whether something matches; what cannot be told is never taken for either.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Match {
    No,
    Perhaps,
    Yes,
}

impl Match {
    /// The same for "everything but this".
    pub(super) fn not(self) -> Self {
        match self {
            Self::No => Self::Yes,
            Self::Perhaps => Self::Perhaps,
            Self::Yes => Self::No,
        }
    }
}

/// Whether an action's name matches a pattern of IAM's: `*` for any letters, `?` for one, in any case.
pub(super) fn action(pattern: &str, name: &str) -> Match {
    let fits = glob(
        pattern.to_ascii_lowercase().as_bytes(),
        name.to_ascii_lowercase().as_bytes(),
    );
    if fits { Match::Yes } else { Match::No }
}

/// Whether an ARN matches a pattern: `*` and `?` within each of its six parts. A pattern with a variable, or one whose
/// wildcard would have to stand for several parts, may match (IAM User Guide, "IAM JSON policy elements: Resource").
pub(super) fn arn(pattern: &str, arn: &str) -> Match {
    if pattern == "*" {
        return Match::Yes;
    }
    if pattern.contains("${") {
        return Match::Perhaps;
    }
    let wanted: Vec<&str> = pattern.splitn(PARTS, ':').collect();
    let parts: Vec<&str> = arn.splitn(PARTS, ':').collect();
    let by_parts = wanted.len() == parts.len()
        && wanted
            .iter()
            .zip(&parts)
            .all(|(pattern, part)| glob(pattern.as_bytes(), part.as_bytes()));
    if by_parts {
        Match::Yes
    } else if glob(pattern.as_bytes(), arn.as_bytes()) {
        Match::Perhaps
    } else {
        Match::No
    }
}

/// `arn:partition:service:region:account:resource`.
const PARTS: usize = 6;

/// Goes back to the last `*` where the letters after it do not fit: no recursion, whatever the pattern.
fn glob(pattern: &[u8], text: &[u8]) -> bool {
    let (mut at, mut from) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    while from < text.len() {
        match pattern.get(at) {
            Some(b'*') => {
                star = Some((at, from));
                at += 1;
            }
            Some(letter) if *letter == b'?' || *letter == text[from] => {
                at += 1;
                from += 1;
            }
            _ => {
                let Some((back, taken)) = star else {
                    return false;
                };
                star = Some((back, taken + 1));
                at = back + 1;
                from = taken + 1;
            }
        }
    }
    pattern[at..].iter().all(|letter| *letter == b'*')
}

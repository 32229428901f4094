//! The cached sign-in of IAM Identity Center: when it ends.
//!
//! Owns the reading of one file, `~/.aws/sso/cache/<SHA-1>.json`. The SDK has no public type for "the
//! sign-in has expired", and for profiles without an `sso_session` it does not look at all; the file tells
//! before any call is made. Nothing but its times is read: the token stays where it is.

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::Deserialize;
use sha1::{Digest, Sha1};

/// Where a profile's sign-in is cached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CachedToken {
    path: PathBuf,
}

/// How a sign-in stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SignIn {
    /// It can be tried: still good, or good for a refresh, or its file cannot be understood.
    Usable,
    /// Its time is over, and it cannot be refreshed.
    Expired,
    /// There is none.
    Absent,
}

/// The times of a cached token file. Every field may be missing; other fields are not read.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct TokenFile {
    expires_at: Option<String>,
    registration_expires_at: Option<String>,
    #[serde(default, deserialize_with = "is_there")]
    refresh_token: bool,
}

impl CachedToken {
    /// The cache entry of a session name, or of a start URL where the profile has no session.
    pub(crate) fn of(session_or_start_url: &str) -> Option<Self> {
        // The same rule by which the SDK finds it (aws-runtime, fs_util).
        let home = std::env::var_os("HOME").or_else(|| std::env::var_os("USERPROFILE"))?;
        Some(Self::in_home(Path::new(&home), session_or_start_url))
    }

    fn in_home(home: &Path, session_or_start_url: &str) -> Self {
        use std::fmt::Write;
        let mut file = String::with_capacity(45);
        for byte in Sha1::digest(session_or_start_url.as_bytes()) {
            // Writing to a string does not fail.
            let _ = write!(file, "{byte:02x}");
        }
        file.push_str(".json");
        Self {
            path: home.join(".aws").join("sso").join("cache").join(file),
        }
    }

    /// How the sign-in stands at a moment.
    pub(crate) fn at(&self, now: Timestamp) -> SignIn {
        let Ok(bytes) = std::fs::read(&self.path) else {
            return SignIn::Absent;
        };
        let Ok(file) = serde_json::from_slice::<TokenFile>(&bytes) else {
            return SignIn::Usable;
        };
        let over = |time: &Option<String>| {
            time.as_deref()
                .and_then(timestamp)
                .is_some_and(|end| end <= now)
        };
        // Only registered clients can refresh, and only until the registration ends.
        let refreshable = file.refresh_token
            && file.registration_expires_at.is_some()
            && !over(&file.registration_expires_at);
        if over(&file.expires_at) && !refreshable {
            SignIn::Expired
        } else {
            SignIn::Usable
        }
    }
}

/// RFC 3339; older AWS CLI versions wrote `UTC` in place of `Z`.
fn timestamp(text: &str) -> Option<Timestamp> {
    match text.strip_suffix("UTC") {
        Some(start) => format!("{start}Z").parse().ok(),
        None => text.parse().ok(),
    }
}

/// Whether a string is there, without keeping it.
fn is_there<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<bool, D::Error> {
    Ok(Option::<serde::de::IgnoredAny>::deserialize(deserializer)?.is_some())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use super::*;

    fn sign_in(file: Option<&str>) -> SignIn {
        let home = tempfile::tempdir().unwrap();
        let token = CachedToken::in_home(home.path(), "my-sso");
        if let Some(text) = file {
            std::fs::create_dir_all(token.path.parent().unwrap()).unwrap();
            std::fs::write(&token.path, text).unwrap();
        }
        token.at("2026-11-23T12:00:00Z".parse().unwrap())
    }

    #[test]
    fn the_file_is_named_by_the_sha1_of_the_session() {
        let token = CachedToken::in_home(Path::new("/home/a"), "my-sso");
        // printf my-sso | sha1sum
        assert_eq!(
            token.path,
            Path::new("/home/a/.aws/sso/cache/0ad374308c5a4e22f723adf10145eafad7c4031c.json")
        );
    }

    #[test]
    fn a_sign_in_is_judged_by_its_times() {
        assert_eq!(sign_in(None), SignIn::Absent);
        assert_eq!(sign_in(Some("{")), SignIn::Usable);
        assert_eq!(
            sign_in(Some(r#"{"expiresAt":"2026-11-23T13:00:00Z"}"#)),
            SignIn::Usable
        );
        assert_eq!(
            sign_in(Some(r#"{"expiresAt":"2026-11-23T11:00:00Z"}"#)),
            SignIn::Expired
        );
        assert_eq!(
            sign_in(Some(r#"{"expiresAt":"2026-11-23T11:00:00UTC"}"#)),
            SignIn::Expired
        );
    }

    #[test]
    fn a_refresh_saves_it_until_the_registration_ends() {
        let file = |registration: &str| {
            format!(
                r#"{{"expiresAt":"2026-11-23T11:00:00Z","refreshToken":"x","clientId":"c","clientSecret":"s","registrationExpiresAt":"{registration}"}}"#
            )
        };
        assert_eq!(sign_in(Some(&file("2026-12-01T00:00:00Z"))), SignIn::Usable);
        assert_eq!(
            sign_in(Some(&file("2026-11-01T00:00:00Z"))),
            SignIn::Expired
        );
    }
}

//! The API key as a value that cannot give its secret away by accident.
//!
//! It has no `Display` and no `Serialize`, its `Debug` shows the ID alone, and the secret's memory is
//! overwritten when the key is dropped. Only this crate can read the secret: to sign a request, and to hand
//! it to the keyring.

use std::fmt;

use secrecy::{ExposeSecret, SecretString};

/// A ClickHouse Cloud API key: its ID, which may be shown, and its secret, which may not.
#[derive(Clone)]
pub struct ApiKey {
    id: String,
    secret: SecretString,
}

impl ApiKey {
    /// A key as the admin pasted it. White space around either part, which comes along when copying from a
    /// page, is dropped: neither part ever holds any.
    pub fn new(id: String, secret: SecretString) -> Self {
        let pasted = secret.expose_secret();
        let secret = match pasted.trim() {
            trimmed if trimmed.len() == pasted.len() => secret,
            trimmed => SecretString::from(trimmed),
        };
        let id = match id.trim() {
            trimmed if trimmed.len() == id.len() => id,
            trimmed => trimmed.to_owned(),
        };
        Self { id, secret }
    }

    /// The key's ID: it names the key in ClickHouse's console and is no secret.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The secret, for the two places that need it.
    pub(crate) fn secret(&self) -> &str {
        self.secret.expose_secret()
    }

    /// Whether a part is missing, so that no request can be made with it.
    pub(crate) fn is_blank(&self) -> bool {
        self.id.is_empty() || self.secret().is_empty()
    }
}

impl fmt::Debug for ApiKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ApiKey")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    /// Compiles only while `$type` does not implement `$trait`: with it, two implementations would apply
    /// and the compiler could not choose.
    macro_rules! assert_does_not_implement {
        ($type:ty, $bound:path) => {{
            trait Either<Which> {
                fn chosen() {}
            }
            impl<T: ?Sized> Either<()> for T {}
            struct Implements;
            impl<T: ?Sized + $bound> Either<Implements> for T {}
            <$type as Either<_>>::chosen();
        }};
    }

    fn key() -> ApiKey {
        ApiKey::new("the-id".to_owned(), SecretString::from("the-secret"))
    }

    #[test]
    fn the_key_has_no_display_and_cannot_be_serialized() {
        assert_does_not_implement!(ApiKey, std::fmt::Display);
        assert_does_not_implement!(ApiKey, serde::Serialize);
        assert_does_not_implement!(crate::ClickHouse, std::fmt::Display);
        assert_does_not_implement!(crate::ClickHouse, serde::Serialize);
    }

    #[test]
    fn debug_shows_the_id_and_not_the_secret() {
        let shown = format!("{:?} {:#?}", key(), key());
        assert!(shown.contains("the-id"));
        assert!(!shown.contains("the-secret"));
    }

    #[test]
    fn debug_of_the_client_does_not_show_the_secret() {
        let client = crate::ClickHouse::new("http://127.0.0.1:9/v1", key()).unwrap();
        let shown = format!("{client:?} {client:#?}");
        assert!(shown.contains("the-id"));
        assert!(!shown.contains("the-secret"));
    }

    #[test]
    fn white_space_from_copying_is_dropped() {
        let key = ApiKey::new(" id\n".to_owned(), SecretString::from("\tsecret \r\n"));
        assert_eq!((key.id(), key.secret()), ("id", "secret"));
    }
}

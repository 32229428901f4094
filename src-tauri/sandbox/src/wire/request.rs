//! An HTTP request as far as the sandbox looks at it.

use std::collections::BTreeMap;

use percent_encoding::percent_decode_str;

/// A request with its whole body.
#[derive(Debug, Clone, Default)]
pub(crate) struct Request {
    pub(crate) method: String,
    /// As sent: percent-encoded, so that an encoded slash stays inside its segment.
    pub(crate) path: String,
    pub(crate) query: String,
    /// By lower-case name; of a repeated header the last.
    pub(crate) headers: BTreeMap<String, String>,
    pub(crate) body: Vec<u8>,
}

impl Request {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(String::as_str)
    }

    /// The query string's pairs, in order.
    pub(crate) fn query_pairs(&self) -> Vec<(String, String)> {
        form_pairs(&self.query)
    }

    /// The path's segments, each decoded.
    pub(crate) fn segments(&self) -> Vec<String> {
        self.path
            .trim_start_matches('/')
            .split('/')
            .map(decoded)
            .collect()
    }
}

/// `a=b&c=d`, decoded; `+` is a space.
pub(crate) fn form_pairs(text: &str) -> Vec<(String, String)> {
    text.split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (
                decoded(name.replace('+', " ")),
                decoded(value.replace('+', " ")),
            )
        })
        .collect()
}

fn decoded(text: impl AsRef<str>) -> String {
    percent_decode_str(text.as_ref())
        .decode_utf8_lossy()
        .into_owned()
}

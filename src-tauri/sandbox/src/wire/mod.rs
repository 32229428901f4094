//! The wire of AWS, driven by AWS's own service models: who a request is for, what it asks, whether
//! it is well formed, and how answers and errors look. Nothing here knows what an operation means.

pub(crate) mod answer;
pub(crate) mod failure;
pub(crate) mod json;
pub(crate) mod model;
pub(crate) mod query;
pub(crate) mod request;
pub(crate) mod rest;
pub(crate) mod sigv4;
pub(crate) mod validate;
pub(crate) mod xml;

/// Members by their name in the model: what an operation is given, and what it returns.
pub(crate) type Members = serde_json::Map<String, serde_json::Value>;

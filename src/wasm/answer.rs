//! The results of the functions.

use serde::Serialize;
use serde_wasm_bindgen::{Serializer, preserve};
use tsify::Tsify;
use wasm_bindgen::{JsValue, prelude::wasm_bindgen};

use crate::issue::Issues;

/// The result of a check: the canonical value with its warnings, or the issues.
#[derive(Serialize, Tsify)]
#[serde(untagged)]
#[tsify(rename = "Result", type = "Accepted<T> | Refused", type_params = "T")]
enum Answer<'a> {
    Accepted(Accepted<'a>),
    Refused(Refused<'a>),
}

/// A value that passed its check.
#[derive(Serialize, Tsify)]
#[tsify(type_params = "T")]
struct Accepted<'a> {
    /// There is no error.
    #[tsify(type = "true")]
    ok: bool,
    /// In canonical form.
    #[serde(with = "preserve")]
    #[tsify(type = "T")]
    value: JsValue,
    /// Warnings.
    #[tsify(type = "Issue[]")]
    issues: &'a Issues,
}

/// What did not pass its check.
#[derive(Serialize, Tsify)]
struct Refused<'a> {
    /// There is no value.
    #[tsify(type = "false")]
    ok: bool,
    /// At least one error, and warnings.
    #[tsify(type = "Issue[]")]
    issues: &'a Issues,
}

/// `{ ok: true, value, issues }` if there is a value and no error, otherwise `{ ok: false, issues }`.
pub(super) fn result(value: Option<JsValue>, issues: &Issues) -> JsValue {
    to_js(&match value.filter(|_| !issues.has_error()) {
        Some(value) => Answer::Accepted(Accepted { ok: true, value, issues }),
        None => Answer::Refused(Refused { ok: false, issues }),
    })
}

/// The value that `JSON.parse` would return for its JSON.
pub(super) fn to_js(value: &impl Serialize) -> JsValue {
    // Our types always serialise, and every key is a string.
    value.serialize(&Serializer::json_compatible()).unwrap_or_default()
}

//! What the functions answer with.

use serde::Serialize;
use serde_wasm_bindgen::{Serializer, preserve};
use tsify::Tsify;
use wasm_bindgen::{JsValue, prelude::wasm_bindgen};

use crate::issue::Issues;

/// What a check answers: the canonical value with its warnings, or the issues that stand against it.
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
    /// Nothing stands against it.
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

/// `{ ok: true, value, issues }` where there is a value and nothing stands against it, else `{ ok: false, issues }`.
pub(super) fn result(value: Option<JsValue>, issues: &Issues) -> JsValue {
    to_js(&match value.filter(|_| !issues.has_error()) {
        Some(value) => Answer::Accepted(Accepted { ok: true, value, issues }),
        None => Answer::Refused(Refused { ok: false, issues }),
    })
}

/// As `JSON.parse` would give it, had it been written as JSON.
pub(super) fn to_js(value: &impl Serialize) -> JsValue {
    // No `Serialize` of ours refuses, and every key is text.
    value.serialize(&Serializer::json_compatible()).unwrap_or_default()
}

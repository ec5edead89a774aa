//! What the functions answer with.

use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::{JsCast, JsValue, prelude::wasm_bindgen};

use crate::issue::Issues;

#[wasm_bindgen(typescript_custom_section)]
const RESULT: &str = r"
/** What a check answers: the canonical value with its warnings, or the issues that stand against it. */
export type Result<T> =
  | {
      /** Nothing stands against it. */
      ok: true;
      /** In canonical form. */
      value: T;
      /** Warnings. */
      issues: Issue[];
    }
  | {
      /** There is no value. */
      ok: false;
      /** At least one error, and warnings. */
      issues: Issue[];
    };
";

/// `Result<T>` of TypeScript.
#[derive(Serialize)]
struct Answer<'a> {
    ok: bool,
    issues: &'a Issues,
}

/// `{ ok: true, value, issues }` where there is a value and nothing stands against it, else `{ ok: false, issues }`.
pub(super) fn result(value: Option<JsValue>, issues: &Issues) -> JsValue {
    let value = value.filter(|_| !issues.has_error());
    let answer = to_js(&Answer { ok: value.is_some(), issues });
    if let Some(value) = value {
        answer.unchecked_ref::<Object>().set_value(value);
    }
    answer
}

#[wasm_bindgen]
extern "C" {
    type Object;

    #[wasm_bindgen(method, setter, structural)]
    fn set_value(this: &Object, value: JsValue);
}

/// As `JSON.parse` would give it, had it been written as JSON.
pub(super) fn to_js(value: &impl Serialize) -> JsValue {
    // No `Serialize` of ours refuses, and every key is text.
    value.serialize(&Serializer::json_compatible()).unwrap_or_default()
}

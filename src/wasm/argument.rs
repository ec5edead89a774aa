//! An argument as it comes: copied by `pkg/src/copy.ts`, so that it is plain.

use serde_json::Value;
use wasm_bindgen::{JsCast, JsValue, prelude::wasm_bindgen};

use crate::input::Gaps;

#[wasm_bindgen]
extern "C" {
    /// What stands for everything but well-formed text.
    type Copy;

    /// The value as JSON text, with `null` where JSON cannot hold it.
    #[wasm_bindgen(method, getter, structural)]
    fn json(this: &Copy) -> String;

    /// Where that is, and what stood there: [`Gaps`] as JSON text; empty where there is nothing of the kind.
    #[wasm_bindgen(method, getter, structural)]
    fn gaps(this: &Copy) -> String;
}

/// One argument of a call.
#[derive(Debug)]
pub(super) struct Argument {
    pub(super) value: Value,
    pub(super) gaps: Gaps,
}

impl Argument {
    pub(super) fn new(copied: JsValue) -> Self {
        if let Some(text) = copied.as_string() {
            return Self { value: Value::String(text), gaps: Gaps::new() };
        }
        let copy: Copy = copied.unchecked_into();
        let gaps = match read_json(&copy.gaps()) {
            Value::Object(gaps) => gaps,
            _ => Gaps::new(),
        };
        Self { value: read_json(&copy.json()), gaps }
    }
}

/// The copy is JSON.
fn read_json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_default()
}

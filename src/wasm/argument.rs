//! An argument as it comes: copied by `pkg/src/copy.ts`, so that it is plain.

#[cfg(feature = "js")]
use serde_json::Map;
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

    /// Where that is, and what stood there: [`Gaps`] as JSON text, if there is anything of the kind.
    #[wasm_bindgen(method, getter, structural)]
    fn gaps(this: &Copy) -> Option<String>;
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
        Self { value: read_json(&copy.json()), gaps: copy.read_gaps() }
    }

    /// An object in which the list under `key` is empty: its items were shown to `see`, each with its index and the gaps, one after the
    /// other. As values they all together take many times as much memory as their JSON.
    #[cfg(feature = "js")]
    pub(super) fn without_items(copied: JsValue, key: &str, see: &mut dyn FnMut(usize, Value, &Gaps)) -> Self {
        if copied.is_string() {
            return Self::new(copied);
        }
        let copy: Copy = copied.unchecked_into();
        let (json, gaps) = (copy.json(), copy.read_gaps());
        let mut parts = Parts { rest: &json };
        if !parts.skip(b'{') {
            return Self { value: read_json(&json), gaps };
        }
        let mut object = Map::new();
        while let Some(Value::String(name)) = parts.next() {
            parts.skip(b':');
            if name == key && parts.skip(b'[') {
                let mut index = 0;
                while let Some(item) = parts.next() {
                    see(index, item, &gaps);
                    index += 1;
                    parts.skip(b',');
                }
                parts.skip(b']');
                object.insert(name, Value::Array(Vec::new()));
            } else if let Some(value) = parts.next() {
                object.insert(name, value);
            }
            parts.skip(b',');
        }
        Self { value: Value::Object(object), gaps }
    }
}

/// JSON without white space, of which a value is read after the other.
struct Parts<'j> {
    rest: &'j str,
}

impl Parts<'_> {
    /// Whether this stood there.
    #[cfg(feature = "js")]
    fn skip(&mut self, sign: u8) -> bool {
        let is_there = self.rest.as_bytes().first() == Some(&sign);
        if is_there {
            self.rest = &self.rest[1..];
        }
        is_there
    }

    fn next(&mut self) -> Option<Value> {
        let mut values = serde_json::Deserializer::from_str(self.rest).into_iter();
        let value = values.next()?.ok();
        self.rest = &self.rest[values.byte_offset()..];
        value
    }
}

impl Copy {
    fn read_gaps(&self) -> Gaps {
        match self.gaps().map(|gaps| read_json(&gaps)) {
            Some(Value::Object(gaps)) => gaps,
            _ => Gaps::new(),
        }
    }
}

/// The copy is JSON.
fn read_json(text: &str) -> Value {
    Parts { rest: text }.next().unwrap_or_default()
}

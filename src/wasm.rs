//! The JavaScript door: text in, text out. The single place that knows that JavaScript exists.
//!
//! Every function of the package goes through [`call`]: its name, its arguments as a JSON list, and what the TypeScript
//! layer could not copy or knows of the page. The answer is JSON too. No JavaScript value ever crosses, so nothing that a
//! caller passes (a getter that throws, a Proxy) can run in the middle of a call, and all of it is tested without a browser.

#[cfg(target_arch = "wasm32")]
mod allocator;
mod functions;
mod input;
mod onboarding;
mod plan;

use serde_json::Value;
use wasm_bindgen::prelude::wasm_bindgen;

use self::input::{Fields, Input};
pub use self::onboarding::Onboarding;

/// Calls `function` with `arguments` (a JSON list). `facts` is what JavaScript alone can know:
/// `{ faults?: [[path, kind]], asciiUrls?: [[typed, ascii]], pageOrigin? }`, or empty.
#[wasm_bindgen]
#[must_use]
pub fn call(function: &str, arguments: &str, facts: &str) -> String {
    let Some(function) = functions::FUNCTIONS.iter().find(|candidate| candidate.name == function) else {
        return String::new();
    };
    let (input, entries) = Input::open(function.parameters, arguments, &read_facts(facts));
    let mut arguments = Fields::new(&input, entries);
    if function.parameters != functions::SETTINGS {
        return (function.run)(arguments);
    }
    match arguments.object("") {
        Some(settings) => (function.run)(settings),
        None => functions::refused(arguments),
    }
}

fn read_facts(facts: &str) -> Value {
    serde_json::from_str(facts).unwrap_or_default()
}

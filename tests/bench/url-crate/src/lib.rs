//! The check that a careful developer writes with the `url` crate, called from JavaScript by wasm-bindgen.

use js_sys::Uint8Array;
use url::Url;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
#[must_use]
pub fn is_inside(base: &str, text: &str) -> bool {
    Url::parse(base).is_ok_and(|base| lies_in(&base, text))
}

/// 1 for each URL inside.
#[wasm_bindgen]
#[must_use]
pub fn are_inside(base: &str, texts: Vec<String>) -> Uint8Array {
    let Ok(base) = Url::parse(base) else { return Uint8Array::new_with_length(0) };
    let verdicts: Vec<u8> = texts.iter().map(|text| u8::from(lies_in(&base, text))).collect();
    Uint8Array::from(verdicts.as_slice())
}

fn lies_in(base: &Url, text: &str) -> bool {
    let Ok(url) = Url::parse(text) else { return false };
    let is_plain = url.username().is_empty() && url.password().is_none() && url.query().is_none() && url.fragment().is_none();
    let root = base.path().trim_end_matches('/');
    is_plain
        && url.origin() == base.origin()
        && url.path().strip_prefix(root).and_then(|path| path.strip_prefix('/')).is_some_and(|path| {
            path.split('/').filter(|segment| !segment.is_empty()).count() >= 2
        })
}

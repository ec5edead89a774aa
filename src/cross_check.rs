//! Another parser reads each URL that the strict reader accepts: a cross-check.
//!
//! In the package it is the platform's [`URL`](https://url.spec.whatwg.org/#url-class), since that is what reads the address
//! when `fetch` gets it; everywhere else it is the `url` crate. It can only refuse. A page that has put something else in the
//! place of `URL` gets fewer URLs accepted, never more.

/// `text` as the other parser writes it out; nothing where it refuses it.
#[cfg(not(all(target_arch = "wasm32", feature = "js")))]
pub(crate) fn href(text: &str) -> Option<String> {
    url::Url::parse(text).ok().map(String::from)
}

/// As above, by `new URL(text).href`.
#[cfg(all(target_arch = "wasm32", feature = "js"))]
pub(crate) fn href(text: &str) -> Option<String> {
    platform::Url::new(text).and_then(|url| url.href()).ok()
}

#[cfg(all(target_arch = "wasm32", feature = "js"))]
mod platform {
    use wasm_bindgen::{JsValue, prelude::wasm_bindgen};

    #[wasm_bindgen]
    extern "C" {
        #[wasm_bindgen(js_name = URL)]
        pub(super) type Url;

        #[wasm_bindgen(catch, constructor, js_class = "URL")]
        pub(super) fn new(text: &str) -> Result<Url, JsValue>;

        // What the page has put there may throw, and an exception that passes through the core leaves it half-way.
        #[wasm_bindgen(catch, method, getter)]
        pub(super) fn href(this: &Url) -> Result<String, JsValue>;
    }
}

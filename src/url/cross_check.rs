//! Another parser reads each URL that the strict reader accepts: a cross-check.
//!
//! In the package it is the platform's [`URL`](https://url.spec.whatwg.org/#url-class), since that is what reads the address
//! when `fetch` gets it; everywhere else it is the `url` crate. It can only refuse. A page that has put something else in the
//! place of `URL` gets fewer URLs accepted, never more.

/// `text` as the other parser writes it out; nothing where it refuses it.
#[cfg(not(all(target_arch = "wasm32", feature = "js-validate")))]
pub(crate) fn href(text: &str) -> Option<String> {
    url::Url::parse(text).ok().map(String::from)
}

/// As above, by `new URL(text).href`: what the page has put there may throw, or be no text.
#[cfg(all(target_arch = "wasm32", feature = "js-validate"))]
pub(crate) fn href(text: &str) -> Option<String> {
    platform::url(&text.into())?.href().ok()?.as_string()
}

/// Whether the other parser writes `text` out as `expected`.
#[cfg(not(all(target_arch = "wasm32", feature = "js-validate")))]
pub(crate) fn is_written_as(text: &str, expected: &str) -> bool {
    href(text).is_some_and(|href| href == expected)
}

/// As above. JavaScript compares: its text need not come here, and nearly always the other is there already.
#[cfg(all(target_arch = "wasm32", feature = "js-validate"))]
pub(crate) fn is_written_as(text: &str, expected: &str) -> bool {
    let typed = text.into();
    let Some(Ok(href)) = platform::url(&typed).map(|url| url.href()) else { return false };
    href == if text == expected { typed } else { expected.into() }
}

#[cfg(feature = "js-validate")]
pub(crate) mod platform {
    use js_sys::Array;
    use wasm_bindgen::{JsCast, JsValue, prelude::wasm_bindgen};

    #[wasm_bindgen]
    extern "C" {
        /// [`web_sys::Url`], whose own methods stop the core when they throw.
        pub(crate) type Url;

        #[wasm_bindgen(catch, method, getter, structural)]
        pub(crate) fn href(this: &Url) -> Result<JsValue, JsValue>;

        #[wasm_bindgen(catch, method, getter, structural)]
        pub(crate) fn hostname(this: &Url) -> Result<Option<String>, JsValue>;

        #[wasm_bindgen(catch, method, setter, structural)]
        pub(crate) fn set_hostname(this: &Url, host: &str) -> Result<(), JsValue>;

        /// The global object: what a page has put there may be missing, or throw.
        type Global;

        #[wasm_bindgen(catch, method, getter, structural, js_name = URL)]
        fn constructor(this: &Global) -> Result<Option<Constructor>, JsValue>;

        type Constructor;

        // Not `new URL`: the place of a constructor's result in wasm-bindgen's table is never given back when it throws (0.2.130).
        #[wasm_bindgen(catch, js_namespace = Reflect, js_name = construct)]
        fn construct(constructor: &Constructor, arguments: &Array) -> Result<Option<web_sys::Url>, JsValue>;
    }

    /// `new URL(text)`; nothing where it throws.
    pub(crate) fn url(text: &JsValue) -> Option<Url> {
        let constructor = js_sys::global().unchecked_ref::<Global>().constructor().ok()??;
        construct(&constructor, &Array::of1(text)).ok()?.map(JsCast::unchecked_into)
    }
}

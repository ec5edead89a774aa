//! What the platform alone knows: how a host outside ASCII is written, and which page this is.

use wasm_bindgen::{JsCast, JsValue, prelude::wasm_bindgen};

#[wasm_bindgen]
extern "C" {
    /// The global object. What a page has put there may be missing, or throw.
    type Global;

    #[wasm_bindgen(catch, method, getter, structural)]
    fn location(this: &Global) -> Result<Option<Location>, JsValue>;

    type Location;

    #[wasm_bindgen(catch, method, getter, structural)]
    fn origin(this: &Location) -> Result<Option<String>, JsValue>;
}

/// Longer text is no URL that anybody typed.
const LONGEST: usize = 8_000;

/// A URL with its host outside ASCII in the platform's spelling: the tables for that are too large to be ours.
pub(super) fn ascii_url(text: &str) -> Option<String> {
    if text.len() > LONGEST {
        return None;
    }
    let (scheme, rest) = text.trim_ascii().split_once("://")?;
    let (host, rest) = rest.split_at(rest.find([':', '/', '\\', '?', '#']).unwrap_or(rest.len()));
    Some(format!("{scheme}://{}{rest}", ascii_host(host)?))
}

/// What no host becomes.
const NO_HOST: &str = "no-host.invalid";

fn ascii_host(host: &str) -> Option<String> {
    // A setter, because it leaves alone what it cannot read. `URL.canParse` would do, but says no to every
    // host outside ASCII once V8 has optimised the call (Node.js 20 and 22).
    let url = crate::url::cross_check::platform::url(&format!("https://{NO_HOST}/").into())?;
    url.set_hostname(host).ok()?;
    url.hostname().ok()?.filter(|ascii| ascii != NO_HOST)
}

/// The origin of the page that this runs in, where there is one.
pub(super) fn page_origin() -> Option<String> {
    js_sys::global().unchecked_ref::<Global>().location().ok()??.origin().ok()?
}

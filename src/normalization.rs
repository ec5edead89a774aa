//! Unicode's Normalization Form C ([UAX #15](https://www.unicode.org/reports/tr15/)), in which some programs keep every text.
//!
//! In the package the platform is asked, by `String.prototype.normalize`: the tables that this takes would be a quarter
//! of the wasm. Everywhere else it is the crate `unicode-normalization`.

/// Whether `text` is in Normalization Form C, so that a program that normalises it leaves it as it is.
pub(crate) fn is_nfc(text: &str) -> bool {
    // ASCII is in every form, and most names are ASCII.
    text.is_ascii() || is_left_alone(text)
}

#[cfg(not(all(target_arch = "wasm32", feature = "js")))]
fn is_left_alone(text: &str) -> bool {
    unicode_normalization::is_nfc(text)
}

#[cfg(all(target_arch = "wasm32", feature = "js"))]
fn is_left_alone(text: &str) -> bool {
    use wasm_bindgen::{JsCast, JsValue};

    JsValue::from_str(text).unchecked_into::<platform::Text>().normalize().is_ok_and(|normal| normal == text)
}

#[cfg(all(target_arch = "wasm32", feature = "js"))]
mod platform {
    use wasm_bindgen::{JsValue, prelude::wasm_bindgen};

    #[wasm_bindgen]
    extern "C" {
        #[wasm_bindgen(js_name = String)]
        pub(super) type Text;

        // NFC is its default. What the page has put there may throw.
        #[wasm_bindgen(catch, method, js_class = "String")]
        pub(super) fn normalize(this: &Text) -> Result<String, JsValue>;
    }
}

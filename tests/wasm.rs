//! The tables of the native tests once more, as WebAssembly: in Node.js, and in Chromium.
//! `cargo xtask test` starts them, with the runner that fits the version of wasm-bindgen.
#![cfg(target_arch = "wasm32")]

use serde_json::Value;
use torque_gitlab_connect::base_url::BaseUrl;
use torque_gitlab_connect::repository_url::RepositoryUrl;
use wasm_bindgen_test::wasm_bindgen_test;

fn rows(table: &str) -> Vec<Value> {
    serde_json::from_str(table).expect("the table is JSON")
}

#[wasm_bindgen_test]
fn base_urls_are_judged_as_natively() {
    for row in rows(include_str!("data/base-urls.json")) {
        let input = row["input"].as_str().expect("a text");
        let checked = BaseUrl::check(input);
        let url = checked.as_ref().ok().map(|checked| checked.value.as_str());
        assert_eq!(url, row["url"].as_str(), "{input:?}");
    }
}

#[wasm_bindgen_test]
fn repository_urls_are_judged_as_natively() {
    for row in rows(include_str!("data/repository-urls.json")) {
        let input = row["input"].as_str().expect("a text");
        let base = row["base"].as_str().map(|base| BaseUrl::check(base).expect("a good base URL").value);
        let checked = RepositoryUrl::check(base.as_ref(), input);
        let url = checked.as_ref().ok().map(|checked| checked.value.as_str());
        assert_eq!(url, row["url"].as_str(), "{input:?} in {:?}", row["base"]);
    }
}

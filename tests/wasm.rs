//! The tables of the native tests once more, as WebAssembly and through the binding: in Node.js, and in Chromium.
//! `cargo xtask test` starts them, with the runner that fits the version of wasm-bindgen.
#![cfg(target_arch = "wasm32")]

use serde_json::{Value, json};
use torque_gitlab_connect::wasm;
use wasm_bindgen_test::wasm_bindgen_test;

fn rows(table: &str) -> Vec<Value> {
    serde_json::from_str(table).expect("the table is JSON")
}

fn call(function: &str, arguments: Value) -> Value {
    let answer = wasm::call(function, &arguments.to_string(), "");
    serde_json::from_str(&answer).expect("an answer is JSON")
}

/// The codes of those issues that are about `parameter`.
fn codes<'a>(answer: &'a Value, parameter: &str) -> Vec<&'a Value> {
    let issues = answer["issues"].as_array().expect("issues");
    issues.iter().filter(|issue| issue["path"][0] == parameter).map(|issue| &issue["code"]).collect()
}

fn compare(answer: &Value, row: &Value, parameter: &str) {
    assert_eq!(answer["value"]["url"], row["url"], "{row}");
    let expected: Vec<&Value> = row["codes"].as_array().expect("codes").iter().collect();
    assert_eq!(codes(answer, parameter), expected, "{row}");
}

#[wasm_bindgen_test]
fn base_urls_are_judged_as_natively() {
    for row in rows(include_str!("data/base-urls.json")) {
        compare(&call("checkBaseUrl", json!([row["input"]])), &row, "baseUrl");
    }
}

#[wasm_bindgen_test]
fn portal_urls_are_judged_as_natively() {
    for row in rows(include_str!("data/portal-urls.json")) {
        compare(&call("checkPortalUrl", json!([row["input"]])), &row, "portalUrl");
    }
}

#[wasm_bindgen_test]
fn repository_urls_are_judged_as_natively() {
    for row in rows(include_str!("data/repository-urls.json")) {
        compare(&call("checkRepositoryUrl", json!([row["base"], row["input"]])), &row, "repositoryUrl");
    }
}

#[wasm_bindgen_test]
fn texts_of_tokens_are_judged_as_natively() {
    for row in rows(include_str!("data/token-text.json")) {
        let answer = call("checkToken", json!([row["input"], "provider"]));
        assert_eq!(answer["value"]["kind"], row["kind"], "{row}");
        let expected: Vec<&Value> = row["codes"].as_array().expect("codes").iter().collect();
        assert_eq!(codes(&answer, "token"), expected, "{row}");
    }
}

#[wasm_bindgen_test]
fn answers_about_tokens_are_judged_as_natively() {
    for row in rows(include_str!("data/token-vectors.json")) {
        for purpose in ["provider", "repository"] {
            for scopes in ["literal", "effective"] {
                let answer = json!({ "status": row["status"], "body": row["body"] });
                let options = json!({ "purpose": purpose, "scopes": scopes, "now": "2026-11-22T12:00:00Z" });
                let assessment = call("assessToken", json!([answer, options]));
                assert_eq!(assessment["verdict"], row[purpose][scopes], "{} {purpose} {scopes}", row["n"]);
            }
        }
    }
}

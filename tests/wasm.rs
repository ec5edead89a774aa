//! The exports as JavaScript calls them, as WebAssembly: in Node.js, and in browsers. The tables are those of the native tests.
//! `cargo xtask test` starts them, with the runner that fits the version of wasm-bindgen.
#![cfg(target_arch = "wasm32")]

use js_sys::{JSON, Object, Reflect};
use serde_json::{Value, json};
use torque_gitlab_connect::wasm;
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

const TOKEN: &str = "glpat-0123456789abcdefghij";

fn rows(table: &str) -> Vec<Value> {
    serde_json::from_str(table).expect("the table is JSON")
}

/// An argument as `pkg/src/copy.ts` makes it: `gaps` is what stood where `value` has `null`.
fn copied(value: &Value, gaps: &Value) -> JsValue {
    if let Value::String(text) = value {
        return text.into();
    }
    let copy = Object::new();
    let gaps = if gaps.is_null() { String::new() } else { gaps.to_string() };
    for (key, text) in [("json", value.to_string()), ("gaps", gaps)] {
        Reflect::set(&copy, &key.into(), &text.into()).expect("a plain object");
    }
    copy.into()
}

fn plain(value: &Value) -> JsValue {
    copied(value, &Value::Null)
}

fn read(answer: &JsValue) -> Value {
    let text = JSON::stringify(answer).expect("plain").as_string().expect("text");
    serde_json::from_str(&text).expect("JSON")
}

/// Code, path and suggestion of each issue, as `code path=suggestion`.
fn issues(answer: &JsValue) -> Vec<String> {
    let line = |issue: &Value| {
        let path: Vec<String> =
            issue["path"].as_array().expect("path").iter().map(|step| step.to_string().replace('"', "")).collect();
        let suggestion = issue["suggestion"].as_str().map(|text| format!("={text}")).unwrap_or_default();
        format!("{} {}{suggestion}", issue["code"].as_str().expect("code"), path.join("."))
    };
    read(answer)["issues"].as_array().expect("issues").iter().map(line).collect()
}

/// The codes of those issues that are about `parameter`.
fn codes<'a>(answer: &'a Value, parameter: &str) -> Vec<&'a Value> {
    let issues = answer["issues"].as_array().expect("issues");
    issues.iter().filter(|issue| issue["path"][0] == parameter).map(|issue| &issue["code"]).collect()
}

fn compare(answer: &JsValue, row: &Value, parameter: &str) {
    let answer = read(answer);
    assert_eq!(answer["value"]["url"], row["url"], "{row}");
    let expected: Vec<&Value> = row["codes"].as_array().expect("codes").iter().collect();
    assert_eq!(codes(&answer, parameter), expected, "{row}");
}

#[wasm_bindgen_test]
fn base_urls_are_judged_as_natively() {
    for row in rows(include_str!("data/base-urls.json")) {
        compare(&wasm::check_base_url(plain(&row["input"])), &row, "baseUrl");
    }
}

/// The host of the page that runs the tests; none in Node.js.
fn page_host() -> Option<String> {
    let location = Reflect::get(&js_sys::global(), &"location".into()).ok()?;
    Reflect::get(&location, &"hostname".into()).ok()?.as_string()
}

#[wasm_bindgen_test]
fn portal_urls_are_judged_as_natively() {
    for mut row in rows(include_str!("data/portal-urls.json")) {
        // The page's own host, where a portal's proxy lives, needs no warning.
        let own = page_host().map(|host| format!("//{host}"));
        if own.is_some_and(|own| row["url"].as_str().is_some_and(|url| url.contains(&own))) {
            row["codes"].as_array_mut().expect("codes").retain(|code| code != "portal_url.unknown_host");
        }
        compare(&wasm::check_portal_url(plain(&row["input"])), &row, "portalUrl");
    }
}

#[wasm_bindgen_test]
fn repository_urls_are_judged_as_natively() {
    for row in rows(include_str!("data/repository-urls.json")) {
        let answer = wasm::check_repository_url(plain(&row["base"]), plain(&row["input"]));
        compare(&answer, &row, "repositoryUrl");
    }
}

#[wasm_bindgen_test]
fn texts_of_tokens_are_judged_as_natively() {
    for row in rows(include_str!("data/token-text.json")) {
        let answer = read(&wasm::check_token(plain(&row["input"]), "provider".into()));
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
                let assessment = read(&wasm::assess_token(plain(&answer), plain(&options)));
                assert_eq!(assessment["verdict"], row[purpose][scopes], "{} {purpose} {scopes}", row["n"]);
            }
        }
    }
}

#[wasm_bindgen_test]
fn positional_arguments_have_their_names() {
    let check = |base: JsValue, url: JsValue| issues(&wasm::check_repository_url(base, url));
    assert_eq!(check(plain(&Value::Null), plain(&json!(1))), ["input.wrong_type repositoryUrl"]);
    let undefined = || copied(&Value::Null, &json!({ "[]": "undefined" }));
    assert_eq!(check(undefined(), undefined()), ["input.missing baseUrl", "input.missing repositoryUrl"]);
    let odd = copied(&Value::Null, &json!({ "[]": "not_well_formed" }));
    assert_eq!(check(plain(&Value::Null), odd), ["input.not_well_formed repositoryUrl"]);
}

#[wasm_bindgen_test]
fn settings_have_their_keys() {
    let settings = json!({ "nmae": "x", "type": "gitlab", "token": TOKEN, "baseUrl": null });
    let gaps = json!({ r#"["baseUrl"]"#: "bigint", r#"["unheard","of"]"#: "function" });
    assert_eq!(
        issues(&wasm::provider_payload(copied(&settings, &gaps))),
        [
            "input.missing name",
            "torque.provider_type type=gitLabEnterprise",
            "input.wrong_type baseUrl",
            "input.unknown_key nmae=name"
        ]
    );
    assert_eq!(issues(&wasm::provider_payload("x".into())), ["input.wrong_type "]);
}

#[wasm_bindgen_test]
fn what_is_passed_on_as_json_must_be_readable_as_a_whole() {
    let answer = json!({ "status": 200, "body": { "a": [null] } });
    let gap = |kind: &str| copied(&answer, &json!({ r#"["body","a",0]"#: kind }));
    assert_eq!(issues(&wasm::read_repositories(gap("unreadable"))), ["input.unreadable answer.body.a.0"]);
    assert_eq!(issues(&wasm::read_provider_answer(gap("undefined"))), Vec::<String>::new());
}

#[wasm_bindgen_test]
fn a_plan_reports_everything_at_once() {
    let plan = json!({
        "portalUrl": "http://portal.qtorque.io", "method": { "kind": "provider", "baseUrl": "ftp://x" },
        "repositories": [{ "url": "x y", "agents": [1] }], "policy": { "pollMs": 1.5, "expiry": "never" },
    });
    assert_eq!(
        issues(&wasm::to_curl(plain(&plan))),
        [
            "input.missing space",
            "input.missing method.name",
            "input.wrong_type repositories.0.agents.0",
            "input.not_allowed policy.pollMs",
            "input.not_allowed policy.expiry",
            "portal_url.http_not_allowed portalUrl=https://portal.qtorque.io/",
            "base_url.scheme_not_supported method.baseUrl",
            "repository_url.white_space repositories.0.url",
        ]
    );
}

#[wasm_bindgen_test]
fn a_host_outside_ascii_is_suggested_in_the_platforms_spelling() {
    let plan = json!({
        "portalUrl": "https://portal.qtorque.io", "space": "s", "method": { "kind": "token_per_repository" },
        "repositories": [{ "url": "https://münchen.example/a/b" }],
    });
    assert_eq!(
        issues(&wasm::to_curl(plain(&plan))),
        ["repository_url.host_not_ascii repositories.0.url=https://xn--mnchen-3ya.example/a/b"]
    );
    assert_eq!(
        issues(&wasm::check_repository_url("https://gitlab.example/".into(), "https://münchen.example/a/b".into())),
        ["repository_url.host_not_ascii repositoryUrl"]
    );
}

#[wasm_bindgen_test]
fn an_answer_that_is_no_json_is_text() {
    let plan = json!({
        "portalUrl": "https://portal.qtorque.io", "space": "s", "method": { "kind": "token_per_repository" },
        "repositories": [{ "url": "https://h.example/a/b", "token": TOKEN }], "policy": { "inspect": false },
    });
    let undefined = copied(&Value::Null, &json!({ "[]": "undefined" }));
    let mut job = wasm::Onboarding::new(plain(&plan), undefined, 0, 1.0);
    let turn = read(&job.next_turn());
    assert_eq!(turn["effect"]["type"], "send");
    let id = u32::try_from(turn["effect"]["id"].as_u64().expect("id")).expect("small");
    job.answer(id, 401, "<html>no", None, 2.0);
    let turn = read(&job.next_turn());
    assert_eq!(turn["effect"]["type"], "done");
    assert_eq!(turn["effect"]["report"]["outcome"], "failed");
    assert!(!turn.to_string().contains(TOKEN));
}

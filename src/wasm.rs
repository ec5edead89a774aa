//! The JavaScript door: text in, text out. The single place that knows that JavaScript exists.
//!
//! Every function of the package goes through [`call`]: its name, its arguments as a JSON list, and what the TypeScript
//! layer could not copy or knows of the page. The answer is JSON too. No JavaScript value ever crosses, so nothing that a
//! caller passes (a getter that throws, a Proxy) can run in the middle of a call, and all of it is tested without a browser.

#[cfg(target_arch = "wasm32")]
mod allocator;
mod fields;
mod functions;
mod input;
mod json_reader;
mod onboarding;
mod plan;
mod schemas;

use serde_json::Value;
use wasm_bindgen::prelude::wasm_bindgen;

pub use self::onboarding::Onboarding;
use self::{fields::Fields, input::Input};
use crate::{base_url::BaseUrl, repository_url};

/// Calls `function` with `arguments` (a JSON list). `facts` is what JavaScript alone can know:
/// `{ faults?: [[path, kind]], asciiUrls?: [[typed, ascii]], pageOrigin? }`, or empty.
#[wasm_bindgen]
#[must_use]
pub fn call(function: &str, arguments: &str, facts: &str) -> String {
    let Some(function) = functions::FUNCTIONS.iter().find(|candidate| candidate.name == function) else {
        return String::new();
    };
    let input = Input::new(function.parameters, &read_json(facts));
    let mut arguments = read_json(arguments);
    let mut arguments = Fields::of_arguments(&input, function.parameters, &mut arguments);
    let value = if function.parameters == functions::SETTINGS {
        arguments.object("", function.run).flatten()
    } else {
        let value = (function.run)(&mut arguments);
        arguments.finish();
        value
    };
    let issues = input.take_issues();
    (function.answer)(value, issues)
}

/// One verdict for each URL of a list ([`repository_url::Verdict`] as a number). `urls` is all of them joined; `lengths` says
/// how long each is, in UTF-16 units as JavaScript counts, so that no character can be mistaken for a boundary. `base` has
/// passed its check.
#[wasm_bindgen]
#[must_use]
pub fn verdicts(base: &str, urls: &str, lengths: &[u32]) -> Vec<u8> {
    let Ok(base) = BaseUrl::check(base) else { return vec![0; lengths.len()] };
    let mut rest = urls;
    let verdict_of_next = |length: &u32| {
        let (url, behind) = split_utf16(rest, *length as usize);
        rest = behind;
        repository_url::verdict(&base.value, url) as u8
    };
    lengths.iter().map(verdict_of_next).collect()
}

/// Divides `text` behind so many UTF-16 units.
fn split_utf16(text: &str, length: usize) -> (&str, &str) {
    if text.as_bytes().get(..length).is_some_and(<[u8]>::is_ascii) {
        return text.split_at(length);
    }
    let mut units = 0;
    let end = text.char_indices().find(|(_, character)| {
        let is_behind = units >= length;
        units += character.len_utf16();
        is_behind
    });
    text.split_at(end.map_or(text.len(), |(at, _)| at))
}

/// Null where it is no JSON.
fn read_json(text: &str) -> Value {
    json_reader::read(text).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    const TOKEN: &str = "glpat-0123456789abcdefghij";

    fn answer(function: &str, arguments: &Value, facts: &Value) -> Value {
        serde_json::from_str(&call(function, &arguments.to_string(), &facts.to_string())).expect("JSON")
    }

    /// Code, path and suggestion of each issue, as `code path=suggestion`.
    fn issues(answer: &Value) -> Vec<String> {
        let told = |issue: &Value| {
            let path: Vec<String> =
                issue["path"].as_array().expect("path").iter().map(|step| step.to_string().replace('"', "")).collect();
            let suggestion = issue["suggestion"].as_str().map(|text| format!("={text}")).unwrap_or_default();
            format!("{} {}{suggestion}", issue["code"].as_str().expect("code"), path.join("."))
        };
        answer["issues"].as_array().expect("issues").iter().map(told).collect()
    }

    #[test]
    fn positional_arguments_have_their_names() {
        let check = |arguments, facts| issues(&answer("checkRepositoryUrl", &arguments, &facts));
        assert_eq!(check(json!([null, 1]), json!({})), ["input.wrong_type repositoryUrl"]);
        assert_eq!(check(json!([]), json!({})), ["input.missing baseUrl", "input.missing repositoryUrl"]);
        let undefined = json!({ "faults": [[[0], "undefined"], [[1], "not_well_formed"]] });
        assert_eq!(
            check(json!([null, null]), undefined),
            ["input.missing baseUrl", "input.not_well_formed repositoryUrl"]
        );
    }

    #[test]
    fn settings_have_their_keys() {
        let settings = json!([{ "nmae": "x", "type": "gitlab", "token": TOKEN, "baseUrl": null }]);
        let facts = json!({ "faults": [[[0, "baseUrl"], "bigint"], [[0, "unheard", "of"], "function"]] });
        assert_eq!(
            issues(&answer("providerPayload", &settings, &facts)),
            [
                "input.missing name",
                "torque.provider_type type=gitLabEnterprise",
                "input.wrong_type baseUrl",
                "input.unknown_key nmae=name"
            ]
        );
        assert_eq!(issues(&answer("providerPayload", &json!(["x"]), &json!({}))), ["input.wrong_type "]);
    }

    #[test]
    fn what_is_passed_on_as_json_must_be_readable_as_a_whole() {
        let arguments = json!([{ "status": 200, "body": { "a": [null] } }]);
        let facts = json!({ "faults": [[[0, "body", "a", 0], "unreadable"]] });
        assert_eq!(issues(&answer("readRepositories", &arguments, &facts)), ["input.unreadable answer.body.a.0"]);
        let undefined = json!({ "faults": [[[0, "body", "a", 0], "undefined"]] });
        assert_eq!(issues(&answer("readProviderAnswer", &arguments, &undefined)), Vec::<String>::new());
    }

    #[test]
    fn a_plan_is_told_everything_at_once() {
        let plan = json!({
            "portalUrl": "http://portal.qtorque.io", "method": { "kind": "provider", "baseUrl": "ftp://x" },
            "repositories": [{ "url": "x y", "agents": [1] }], "policy": { "pollMs": 1.5, "expiry": "never" },
        });
        assert_eq!(
            issues(&answer("toCurl", &json!([plan]), &json!({}))),
            [
                "input.missing space",
                "input.missing method.name",
                "input.wrong_type repositories.0.agents.0",
                "input.not_allowed policy.expiry",
                "input.not_allowed policy.pollMs",
                "portal_url.http_not_allowed portalUrl=https://portal.qtorque.io/",
                "base_url.scheme_not_supported method.baseUrl",
                "repository_url.white_space repositories.0.url",
            ]
        );
    }

    #[test]
    fn a_host_outside_ascii_is_offered_in_the_platforms_spelling() {
        let facts = json!({ "asciiUrls": [["https://münchen.example/a/b", "https://xn--mnchen-3ya.example/a/b"]] });
        let plan = json!({
            "portalUrl": "https://portal.qtorque.io", "space": "s", "method": { "kind": "token_per_repository" },
            "repositories": [{ "url": "https://münchen.example/a/b" }],
        });
        assert_eq!(
            issues(&answer("toCurl", &json!([plan]), &facts)),
            ["repository_url.host_not_ascii repositories.0.url=https://xn--mnchen-3ya.example/a/b"]
        );
        let elsewhere = json!(["https://gitlab.example/", "https://münchen.example/a/b"]);
        assert_eq!(
            issues(&answer("checkRepositoryUrl", &elsewhere, &facts)),
            ["repository_url.host_not_ascii repositoryUrl"]
        );
    }

    #[test]
    fn an_answer_that_is_no_json_is_text() {
        let plan = json!({
            "portalUrl": "https://portal.qtorque.io", "space": "s", "method": { "kind": "token_per_repository" },
            "repositories": [{ "url": "https://h.example/a/b", "token": TOKEN }], "policy": { "inspect": false },
        });
        let mut job = Onboarding::new(&json!([plan]).to_string(), r#"{"now":1}"#);
        let turn: Value = serde_json::from_str(&job.advance("")).expect("JSON");
        assert_eq!(turn["effect"]["type"], "send");
        let came = json!({ "type": "answer", "id": turn["effect"]["id"], "status": 401, "body": "<html>no", "now": 2 });
        let turn: Value = serde_json::from_str(&job.advance(&came.to_string())).expect("JSON");
        assert_eq!(turn["effect"]["type"], "done");
        assert_eq!(turn["effect"]["report"]["outcome"], "failed");
        assert!(!turn.to_string().contains(TOKEN));
    }
}

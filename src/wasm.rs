//! The JavaScript door: text in, text out. It alone knows that JavaScript exists, but for the one question of
//! `cross_check`.
//!
//! Every function of the package goes through [`call`]: its name, its arguments as a JSON list, and what the TypeScript
//! layer could not copy or knows of the page. The answer is JSON too. No JavaScript value of a caller's crosses, so nothing
//! that one passes (a getter that throws, a Proxy) can run in the middle of a call, and all of it is tested without a browser.

#[cfg(target_arch = "wasm32")]
mod allocator;
mod fields;
mod functions;
mod input;
mod onboarding;
mod plan;
mod schemas;
mod tokens;

use std::cell::RefCell;
use std::rc::Rc;

use serde_json::Value;
use wasm_bindgen::prelude::wasm_bindgen;

pub use self::onboarding::Onboarding;
use self::{fields::Fields, input::Input};
use crate::{base_url::BaseUrl, repository_url, swar};

/// Calls `function` with `arguments` (a JSON list). `facts` is what JavaScript alone can know:
/// `{ faults?: [[path, kind]], asciiUrls?: [[typed, ascii]], pageOrigin? }`, or empty.
#[wasm_bindgen]
#[must_use]
pub fn call(function: &str, arguments: &str, facts: &str) -> String {
    let Some(function) = functions::FUNCTIONS.iter().find(|candidate| candidate.name == function) else {
        return String::new();
    };
    let facts = read_json(facts);
    let input = Input::new(function.parameters, &facts);
    let mut arguments = read_json(arguments);
    let mut fields = Fields::of_arguments(&input, function.parameters, &mut arguments);
    let value = if function.parameters == functions::SETTINGS {
        fields.object("", function.run).flatten()
    } else {
        let value = (function.run)(&mut fields);
        fields.finish();
        value
    };
    let mut issues = input.take_issues();
    tokens::guard(function.parameters, &arguments, &mut issues);
    (function.answer)(value, issues)
}

thread_local! {
    /// The base that was compared with last, as it was written.
    static BASE: RefCell<Option<(String, Rc<BaseUrl>)>> = const { RefCell::new(None) };
}

/// What `compare` makes of `base`, which is checked only where it is another one than the last time: a form or a list compares
/// many URLs with one base. Nothing where it does not pass.
fn with_base<T>(base: &str, compare: impl FnOnce(&BaseUrl) -> T) -> Option<T> {
    let known =
        BASE.with_borrow(|known| known.as_ref().filter(|(text, _)| text == base).map(|(_, base)| Rc::clone(base)));
    if let Some(known) = known {
        return Some(compare(&known));
    }
    // The check asks the platform's `URL`. A page may have put its own there, which may call this module.
    let checked = Rc::new(BaseUrl::check(base).ok()?.value);
    BASE.set(Some((base.to_owned(), Rc::clone(&checked))));
    Some(compare(&checked))
}

/// Of a URL that is accepted below `base`, without anything to be told about it, as it is written but for `.git` or a
/// slash at its end: where the project begins, times 65,536, and where the canonical URL ends. 0 for every other text;
/// that is no verdict, and `checkRepositoryUrl` has it.
#[wasm_bindgen]
#[must_use]
pub fn plain_parts(base: &str, url: &str) -> u32 {
    let in_words =
        |(project, end)| Some(u32::from(u16::try_from(project).ok()?) << 16 | u32::from(u16::try_from(end).ok()?));
    with_base(base, |base| repository_url::plain_parts(base, url).and_then(in_words)).flatten().unwrap_or_default()
}

/// One verdict for each URL of a list ([`repository_url::Verdict`] as a number), below `base`; 0 where that does not pass.
/// `urls` is all of them joined by NUL, in UTF-8. No URL has a NUL in it; who passes one that has gets a verdict too many.
#[wasm_bindgen]
#[must_use]
pub fn verdicts(base: &str, urls: &[u8]) -> Vec<u8> {
    let mut verdicts = Vec::new();
    let judged = with_base(base, |base| {
        let mut start = 0;
        while start <= urls.len() {
            let end = swar::position_of(urls, start, 0);
            verdicts.push(repository_url::verdict_of_utf8(base, &urls[start..end]) as u8);
            start = end + 1;
        }
    });
    if judged.is_none() {
        verdicts.resize(urls.split(|byte| *byte == 0).count(), 0);
    }
    verdicts
}

/// Null where it is no JSON.
fn read_json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Value, json};

    use super::*;
    use crate::repository_url::RepositoryUrl;

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

    proptest! {
        #[test]
        fn the_short_way_says_what_the_check_says(
            base in prop::sample::select(vec!["https://h.example", "https://h.example/root/", "http://h.example:8080/a/b"]),
            below in "(/?([a-zA-Z0-9._-]{1,4}|-|api|tree|issues/7|\\.\\.|a/b|%2e|\\\\|@|\u{e9}|\n)){0,5}",
            end in "(\\.git|\\.wiki|/| |\\?x|#)?",
            before in "[ A]?",
        ) {
            let written = base;
            let base = BaseUrl::check(base).unwrap().value;
            let text = format!("{before}{}{}{end}", base.url, below.trim_start_matches('/'));
            let cuts = plain_parts(written, &text);
            let (project, stop) = ((cuts >> 16) as usize, (cuts & 0xffff) as usize);
            match RepositoryUrl::check(Some(&base), &text) {
                Ok(checked)
                    if text.starts_with(&base.url) && !text.ends_with([' ', '\n']) && checked.warnings.is_empty() =>
                {
                    prop_assert_eq!(&text[..stop], &checked.value.url);
                    prop_assert_eq!(checked.value.parts.project, (project, stop));
                    prop_assert_eq!(checked.value.parts.namespace, (base.url.len(), project - 1));
                    prop_assert_eq!(checked.value.parts.base_path.1, base.url.len());
                }
                _ => prop_assert_eq!(cuts, 0, "{}", text),
            }
        }
    }

    #[test]
    fn the_short_way_ends_where_urls_end() {
        let base = "https://h.example";
        let long = |length: usize| format!("https://h.example/a/{}", "b".repeat(length - 20));
        assert_eq!(plain_parts(base, &long(8_000)), 20 << 16 | 8_000);
        assert_eq!(plain_parts(base, &long(8_001)), 0);
        assert_eq!(plain_parts("h.example", "https://h.example/a/b"), 0);
        assert_eq!(verdicts("h.example", b"https://h.example/a/b\0"), [0, 0]);
        assert_eq!(verdicts(base, b"https://h.example/a/b\0https://h.example.org/a/b\0"), [2, 1, 0]);
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
    fn a_text_is_asked_about_before_it_is_stored() {
        let tokens = ["Zq7mark1Vv9Kk2Ww3Xx4", "short", "glpat-AbcdefghiJklmnopqrst"];
        let texts = ["zq7mark1", "my Zq7m\u{34f}ark1", "glpat-0123456789abcdefghij", "AbcdefghiJ", "a short name"];
        assert_eq!(
            answer("holdTokens", &json!([texts, tokens]), &json!({})),
            json!({ "ok": true, "value": [true, true, true, true, false], "issues": [] })
        );
    }

    #[test]
    fn a_key_that_holds_a_token_is_not_cut_before_it_is_struck_out() {
        let token = "Zq7mark1Vv9Kk2Ww3Xx4";
        let key = format!("{} {token}", "x".repeat(34));
        let plan = json!({ "portalUrl": "https://portal.qtorque.io", "space": "s", "method": { "kind": "elsewise", "token": token },
            "repositories": [], key.clone(): 1 });
        let told = answer("toCurl", &json!([plan]), &json!({ "faults": [[[0, "more", key], "function"]] }));
        assert!(
            issues(&told).iter().any(|issue| issue == &format!("input.unknown_key {} [hidd", "x".repeat(34))),
            "{told}"
        );
        assert!(!told.to_string().contains("Zq7"), "{told}");
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

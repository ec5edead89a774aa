//! Tokens: their text, their scopes, and what GitLab says of them.

use serde::Serialize;
use serde_json::Value;
use tsify::Tsify;
use wasm_bindgen::{JsValue, prelude::wasm_bindgen};

use super::{
    answer::to_js,
    call::{Call, in_list},
    inputs::{AssessTokenOptions, AtTime, ForPurpose, HttpAnswer, ScopesOptions, TokenLinksOptions},
};
use crate::{
    gitlab,
    input::{not_allowed, wrong_type},
    instant,
    issue::{Issue, IssueCode},
    misplaced::Tokens,
    secret::Secret,
    token::{self, Assessment, Purpose, TokenPolicy, Verdict},
    torque::Name,
};

/// Judges the text of a GitLab access token by its shape alone, without asking GitLab. Issues: `token.…`; none of them holds
/// the token or a piece of it.
///
/// @example
/// ```ts
/// checkToken('glpat-0123456789abcdefghij', 'provider').value; // { kind: 'access_token', masked: 'glpat-…' }
/// ```
#[wasm_bindgen(js_name = checkToken, unchecked_return_type = "Result<TokenText>")]
#[must_use]
pub fn check_token(
    #[wasm_bindgen(unchecked_param_type = "string", param_description = "as somebody pasted it")] token: JsValue,
    #[wasm_bindgen(unchecked_param_type = "Purpose", param_description = "what it is for")] purpose: JsValue,
) -> JsValue {
    Call::answer(|call| {
        let token: String = call.argument("token", token)?;
        // Without a purpose the text can be read all the same.
        let purpose: Purpose = call.argument("purpose", purpose)?;
        call.pass(&["token"], token::check_token(&token, purpose))
    })
}

/// For the element: in which of the texts one of the tokens stands, so that they are not stored.
#[wasm_bindgen(js_name = holdTokens, unchecked_return_type = "Result<boolean[]>")]
#[must_use]
pub fn hold_tokens(
    #[wasm_bindgen(unchecked_param_type = "readonly string[]")] text: JsValue,
    #[wasm_bindgen(unchecked_param_type = "readonly string[]")] tokens: JsValue,
) -> JsValue {
    Call::answer(|call| {
        let texts: Option<Vec<String>> = call.argument("text", text);
        let tokens: Vec<Secret> = call.argument("tokens", tokens)?;
        let tokens = Tokens::of(tokens.iter());
        Some(texts?.iter().map(|text| tokens.are_in(text)).collect::<Vec<_>>())
    })
}

/// What `stripToken` answers.
#[derive(Serialize, Tsify)]
struct StrippedToken {
    /// The token alone.
    token: String,
}

/// The token without what `token.pasted_header` and `token.quoted` found around it, for a user who accepts that. No issue
/// carries a token, so it is no suggestion; this is the one function that returns one.
///
/// @example
/// ```ts
/// stripToken('PRIVATE-TOKEN: glpat-xyzzy').value; // { token: 'glpat-xyzzy' }
/// ```
#[wasm_bindgen(js_name = stripToken, unchecked_return_type = "Result<StrippedToken>")]
#[must_use]
pub fn strip_token(
    #[wasm_bindgen(unchecked_param_type = "string", param_description = "as somebody pasted it")] token: JsValue,
) -> JsValue {
    Call::answer(|call| {
        let token: String = call.argument("token", token)?;
        Some(StrippedToken { token: token::strip_token(&token).expose().to_owned() })
    })
}

/// Judges scopes alone, as somebody lists them. Issues: `token.missing_scope`, `token.scope_misspelled`, ….
///
/// @example
/// ```ts
/// checkScopes(['read_api'], { purpose: 'provider' }).verdict; // 'reject'
/// ```
#[wasm_bindgen(js_name = checkScopes, unchecked_return_type = "Assessment")]
#[must_use]
pub fn check_scopes(
    #[wasm_bindgen(unchecked_param_type = "readonly string[]", param_description = "names of scopes")] scopes: JsValue,
    #[wasm_bindgen(unchecked_param_type = "ScopesOptions", param_description = "what is asked of them")]
    options: JsValue,
) -> JsValue {
    assessment(|call| {
        let scopes: Vec<String> = call.argument("scopes", scopes)?;
        let (policy, ForPurpose { purpose }): ScopesOptions = call.argument("options", options)?;
        call.pass(&["options"], policy.misspelled().or_value(()));
        call.ensure_no_error()?;
        let mut assessment = token::check_scopes(&scopes, &policy, purpose);
        in_list(&mut assessment.issues, "scopes");
        Some(assessment)
    })
}

/// Judges GitLab's answer to `inspectTokenRequest`: scopes, expiry, state. What proves nothing is `unknown`, and the user may
/// go on knowingly.
///
/// @example
/// ```ts
/// const body = { name: 'torque', active: true, scopes: ['read_api', 'read_repository'], expires_at: null };
/// assessToken({ status: 200, body }, { purpose: 'provider', now: Date.now() }).verdict; // 'ok'
/// ```
#[wasm_bindgen(js_name = assessToken, unchecked_return_type = "Assessment")]
#[must_use]
pub fn assess_token(
    #[wasm_bindgen(unchecked_param_type = "HttpAnswer", param_description = "what GitLab answered")] answer: JsValue,
    #[wasm_bindgen(unchecked_param_type = "AssessTokenOptions", param_description = "what is asked of the token")]
    options: JsValue,
) -> JsValue {
    assessment(|call| {
        let answer: HttpAnswer = call.argument("answer", answer)?;
        let (policy, ForPurpose { purpose }, AtTime { now }): AssessTokenOptions = call.argument("options", options)?;
        let answer = call.pass(&["answer"], answer.check());
        call.pass(&["options"], policy.misspelled().or_value(()));
        let now = moment(call, now);
        call.ensure_no_error()?;
        Some(token::assess_token(&answer?, &policy, purpose, now?))
    })
}

/// Milliseconds since 1970, or text that says when.
#[expect(clippy::cast_possible_truncation, reason = "part of a millisecond is nothing")]
fn moment(call: &Call, now: Option<Value>) -> Option<i64> {
    let expected = "milliseconds since 1970, or RFC 3339";
    let (moment, issue) = match now {
        None => (None, Issue::new(IssueCode::InputMissing).with("expected", expected)),
        Some(Value::Number(number)) => {
            (number.as_i64().or_else(|| Some(number.as_f64()? as i64)), not_allowed(expected))
        }
        Some(Value::String(text)) => (instant::rfc3339_ms(&text), not_allowed(expected)),
        Some(other) => (None, wrong_type(&other, "number or string")),
    };
    if moment.is_none() {
        call.report(&["options", "now"], issue.into());
    }
    moment
}

/// The pages of a GitLab that make a token, with name and scopes filled in.
///
/// @example
/// ```ts
/// tokenLinks('https://gitlab.example.com', { purpose: 'provider', name: 'torque' }).value.before18_9;
/// // 'https://gitlab.example.com/-/user_settings/personal_access_tokens?name=torque&scopes=read_api,read_repository'
/// ```
#[wasm_bindgen(js_name = tokenLinks, unchecked_return_type = "Result<TokenLinks>")]
#[must_use]
pub fn token_links(
    #[wasm_bindgen(js_name = baseUrl, unchecked_param_type = "string", param_description = "address of the GitLab")]
    base_url: JsValue,
    #[wasm_bindgen(unchecked_param_type = "TokenLinksOptions", param_description = "what the form proposes")]
    options: JsValue,
) -> JsValue {
    Call::answer(|call| {
        let base: String = call.argument("baseUrl", base_url)?;
        let options: TokenLinksOptions = call.argument("options", options)?;
        let base = call.base_url(&["baseUrl"], &base);
        let policy = TokenPolicy { required_scopes: options.required_scopes, ..TokenPolicy::default() };
        call.pass(&["options"], policy.misspelled().or_value(()));
        let name = options.name.and_then(|name| call.pass(&["options", "name"], Name::check(&name)));
        call.ensure_no_error()?;
        Some(token::token_links(&*base?, &policy, options.purpose, name.as_ref().map(Name::as_str)))
    })
}

/// Asks GitLab what it knows about the token itself (`GET …/api/v4/personal_access_tokens/self`); `assessToken` judges the
/// answer.
///
/// @example
/// ```ts
/// inspectTokenRequest({ baseUrl: 'https://gitlab.example.com', token }).value.url;
/// // 'https://gitlab.example.com/api/v4/personal_access_tokens/self'
/// ```
#[wasm_bindgen(js_name = inspectTokenRequest, unchecked_return_type = "Result<HttpRequest>")]
#[must_use]
pub fn inspect_token_request(
    #[wasm_bindgen(unchecked_param_type = "GitLabInput", param_description = "which GitLab, with which token")]
    input: JsValue,
) -> JsValue {
    Call::answer(|call| call.gitlab_request(input, gitlab::inspect_token_request))
}

/// A judgement; input that cannot be read proves nothing.
fn assessment(run: impl FnOnce(&Call) -> Option<Assessment>) -> JsValue {
    let call = Call::default();
    let judged = run(&call);
    let issues = call.take_issues();
    let judged = judged.filter(|_| !issues.has_error());
    to_js(&judged.unwrap_or(Assessment { verdict: Verdict::Unknown, issues, token: None }))
}

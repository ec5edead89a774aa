//! What GitLab's `GET /personal_access_tokens/self` says about a token, against what Torque needs.
//!
//! That endpoint answers for every classic scope, so a 200 proves nothing by itself (GitLab's
//! `lib/api/personal_access_tokens/self_information.rb`).

use serde::Serialize;
use serde_json::{Map, Value};

use super::{ExpiryRule, Purpose, TokenPolicy, scopes};
use crate::{
    gitlab::ErrorBody,
    http::HttpAnswer,
    instant,
    issue::{Issue, IssueCode, Issues},
    server_text::plain,
};

/// With at most this many days left, `token.expires_soon` is reported.
const SOON_DAYS: i64 = 30;

/// Whether a token meets the requirements.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "js-validate", derive(tsify::Tsify))]
pub enum Verdict {
    /// It does.
    Ok,
    /// It does not: at least one issue is an error.
    Reject,
    /// That is not known. The issues say what to try next, and the user may continue knowingly.
    Unknown,
}

impl Verdict {
    /// The verdict on several tokens together: one that is rejected counts more than one that is unknown. None for none.
    pub(crate) fn of_all(verdicts: impl IntoIterator<Item = Self>) -> Option<Self> {
        let weight = |verdict: &Self| match verdict {
            Self::Ok => 0,
            Self::Unknown => 1,
            Self::Reject => 2,
        };
        verdicts.into_iter().max_by_key(weight)
    }
}

/// A verdict with its reasons. The verdict decides; it is `reject` exactly when one of the issues is an error.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "js-validate", derive(tsify::Tsify))]
pub struct Assessment {
    /// Whether the token meets the requirements.
    pub verdict: Verdict,
    /// The reasons, and what else the user should know.
    pub issues: Issues,
    /// What GitLab says about the token.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub token: Option<Box<TokenDetails>>,
}

/// What may be shown of a token that GitLab knows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "js-validate", derive(tsify::Tsify), tsify(missing_as_null))]
pub struct TokenDetails {
    /// The name that its owner gave it.
    pub name: String,
    /// Its scopes, as GitLab lists them.
    pub scopes: Vec<String>,
    /// The date at whose beginning (UTC) it expires, as GitLab writes it; none if it never expires or GitLab does not say.
    pub expires_at: Option<String>,
    /// Whether GitLab says when it expires, or that it never does. Otherwise there is `token.expiry_unknown`.
    pub expiry_known: bool,
    /// Days until then, rounded up; zero or less when that has passed.
    pub days_left: Option<i64>,
}

impl Assessment {
    /// The verdict `unknown` for a token that GitLab was not asked about, with the reason.
    ///
    /// ```
    /// use torque_gitlab_connect::{issue::{Issue, IssueCode}, token::{Assessment, Verdict}};
    ///
    /// let assessment = Assessment::unknown(Issue::new(IssueCode::TokenNoBaseUrl));
    /// assert_eq!(assessment.verdict, Verdict::Unknown);
    /// ```
    #[must_use]
    pub fn unknown(reason: Issue) -> Self {
        Self { verdict: Verdict::Unknown, issues: reason.into(), token: None }
    }

    fn rejected(reason: Issue) -> Self {
        Self { verdict: Verdict::Reject, issues: reason.into(), token: None }
    }
}

/// Judges scopes alone, as somebody lists them. `read.api` and `read.repository` are errors with the right name as
/// suggestion; other unknown names are tolerated.
///
/// ```
/// use torque_gitlab_connect::token::{Purpose, TokenPolicy, Verdict, check_scopes};
///
/// let policy = TokenPolicy::default();
/// assert_eq!(check_scopes(&["api".to_owned()], &policy, Purpose::Provider).verdict, Verdict::Ok);
/// assert_eq!(check_scopes(&["read_api".to_owned()], &policy, Purpose::Provider).verdict, Verdict::Reject);
/// assert_eq!(check_scopes(&["granular".to_owned()], &policy, Purpose::Provider).verdict, Verdict::Unknown);
/// ```
#[must_use]
pub fn check_scopes(scopes: &[String], policy: &TokenPolicy, purpose: Purpose) -> Assessment {
    if scopes::are_fine_grained(scopes) {
        return Assessment::unknown(Issue::new(IssueCode::TokenFineGrained));
    }
    let mut issues = scopes::misspelled(scopes);
    // A misspelt scope counts as the right one: reporting it as missing, too, would only confuse.
    let corrected = scopes.iter().map(|scope| scopes::correct_spelling(scope).unwrap_or(scope));
    issues.extend(scopes::judge(corrected.collect(), policy, purpose));
    let verdict = if issues.has_error() { Verdict::Reject } else { Verdict::Ok };
    Assessment { verdict, issues, token: None }
}

/// Judges GitLab's answer to [`inspect_token_request`](crate::gitlab::inspect_token_request); `now_ms` is the present
/// in milliseconds since 1970 (UTC).
///
/// The tests are made in this order, and the first that decides gives the verdict: HTTP status, shape of the answer,
/// inactive, dated expiry, fine-grained, scopes, unknown expiry, clock. What the others find is reported, too.
///
/// ```
/// use torque_gitlab_connect::{http::HttpAnswer, token::{Purpose, TokenPolicy, Verdict, assess_token}};
///
/// let body = r#"{ "name": "torque", "active": true, "scopes": ["read_repository"], "expires_at": "2027-01-01" }"#;
/// let answer = HttpAnswer::new(200, body);
/// let now = 1_795_348_800_000; // 2026-11-22T12:00:00Z
/// let assessment = assess_token(&answer, &TokenPolicy::default(), Purpose::Repository, now);
/// assert_eq!(assessment.verdict, Verdict::Ok);
/// assert_eq!(assessment.token.unwrap().days_left, Some(40));
/// ```
#[must_use]
pub fn assess_token(answer: &HttpAnswer, policy: &TokenPolicy, purpose: Purpose, now_ms: i64) -> Assessment {
    if !answer.is_success() {
        return assess_refusal(answer, policy, purpose);
    }
    let body = match &answer.body {
        Value::Object(body) => body,
        Value::String(_) => return Assessment::unknown(Issue::new(IssueCode::TokenNotGitlabJson)),
        _ => return Assessment::unknown(malformed("body")),
    };
    match Facts::read(body) {
        Ok(facts) => assess_facts(&facts, policy, purpose, now_ms),
        Err(issues) => Assessment { verdict: Verdict::Unknown, issues, token: None },
    }
}

/// The part of the answer that decides, with the right types.
struct Facts {
    name: String,
    active: bool,
    scopes: Vec<String>,
    expiry: Expiry,
}

enum Expiry {
    /// The key is absent: nothing is known.
    NotGiven,
    /// The key is null: the token has no end.
    Never,
    At {
        text: String,
        instant_ms: i64,
    },
}

impl Facts {
    fn read(body: &Map<String, Value>) -> Result<Self, Issues> {
        let mut issues = Issues::new();
        let active = body.get("active").and_then(Value::as_bool);
        if active.is_none() {
            issues.push(malformed("active"));
        }
        let scopes = body.get("scopes").and_then(texts);
        if scopes.is_none() {
            issues.push(malformed("scopes"));
        }
        let expiry = Expiry::read(body.get("expires_at"));
        if expiry.is_none() {
            issues.push(malformed("expires_at"));
        }
        // Not every version has these two; where they are, they may only agree.
        let mut ended = false;
        for field in ["revoked", "expired"] {
            match body.get(field) {
                None | Some(Value::Null) => {}
                Some(Value::Bool(value)) => ended |= value,
                Some(_) => issues.push(malformed(field)),
            }
        }
        match (active, scopes, expiry) {
            (Some(active), Some(scopes), Some(expiry)) if issues.is_empty() => {
                let name = body.get("name").and_then(Value::as_str).map(plain).unwrap_or_default();
                Ok(Self { name, active: active && !ended, scopes, expiry })
            }
            _ => Err(issues),
        }
    }

    fn details(&self, now_ms: i64) -> TokenDetails {
        let (expires_at, days_left) = match &self.expiry {
            Expiry::At { text, instant_ms } => (Some(text.clone()), Some(instant::days_between(now_ms, *instant_ms))),
            Expiry::NotGiven | Expiry::Never => (None, None),
        };
        let scopes = self.scopes.iter().map(|scope| plain(scope)).collect();
        let expiry_known = !matches!(self.expiry, Expiry::NotGiven);
        TokenDetails { name: self.name.clone(), scopes, expires_at, expiry_known, days_left }
    }
}

impl Expiry {
    /// The column is a date and printed as such; the API's own annotation says date and time, so both are read.
    fn read(value: Option<&Value>) -> Option<Self> {
        match value {
            None => Some(Self::NotGiven),
            Some(Value::Null) => Some(Self::Never),
            Some(Value::String(text)) => {
                let instant_ms = instant::midnight_ms(text).or_else(|| instant::rfc3339_ms(text))?;
                Some(Self::At { text: plain(text), instant_ms })
            }
            Some(_) => None,
        }
    }
}

fn texts(value: &Value) -> Option<Vec<String>> {
    value.as_array()?.iter().map(|item| item.as_str().map(str::to_owned)).collect()
}

fn malformed(field: &'static str) -> Issue {
    Issue::new(IssueCode::TokenMalformed).with("field", field)
}

fn assess_facts(facts: &Facts, policy: &TokenPolicy, purpose: Purpose, now_ms: i64) -> Assessment {
    let details = facts.details(now_ms);
    let TokenDetails { days_left, expiry_known, .. } = details;
    let mut issues = Issues::new();
    let mut verdict = None;
    // The first test that decides wins.
    let mut decide = |decided: Verdict| {
        verdict.get_or_insert(decided);
    };

    if !facts.active {
        issues.push(Issue::new(IssueCode::TokenInactive));
        decide(Verdict::Reject);
    }
    if let (Purpose::Provider, Some(days)) = (purpose, days_left) {
        let issue = Issue::new(IssueCode::TokenHasExpiry).with("days", days);
        match policy.expiry {
            ExpiryRule::Forbid => {
                issues.push(issue);
                decide(Verdict::Reject);
            }
            ExpiryRule::Warn => issues.push(issue.as_warning()),
        }
    }
    if scopes::are_fine_grained(&facts.scopes) {
        issues.push(Issue::new(IssueCode::TokenFineGrained));
        decide(Verdict::Unknown);
    } else {
        let found = scopes::judge(facts.scopes.iter().map(String::as_str).collect(), policy, purpose);
        if found.has_error() {
            decide(Verdict::Reject);
        }
        issues.extend(found);
    }
    if !expiry_known {
        issues.push(Issue::new(IssueCode::TokenExpiryUnknown));
        if purpose == Purpose::Provider {
            decide(Verdict::Unknown);
        }
    }
    match days_left {
        Some(..=0) if facts.active => {
            issues.push(Issue::new(IssueCode::TokenClockDisagrees));
            decide(Verdict::Unknown);
        }
        Some(days @ 1..=SOON_DAYS) if facts.active => {
            issues.push(Issue::new(IssueCode::TokenExpiresSoon).with("days", days));
        }
        _ => {}
    }
    Assessment { verdict: verdict.unwrap_or(Verdict::Ok), issues, token: Some(Box::new(details)) }
}

/// Judges every answer but a 2xx. The bodies are those of GitLab's `lib/api/api_guard.rb` and its REST documentation.
fn assess_refusal(answer: &HttpAnswer, policy: &TokenPolicy, purpose: Purpose) -> Assessment {
    let with_status = |code| Assessment::unknown(Issue::new(code).with("status", i64::from(answer.status)));
    match answer.status {
        _ if answer.is_redirect() => return Assessment::unknown(Issue::new(IssueCode::TokenRedirected)),
        404 => return Assessment::unknown(Issue::new(IssueCode::TokenEndpointMissing)),
        429 => return Assessment::unknown(Issue::new(IssueCode::TokenRateLimited)),
        // What stands in front wants to be signed on to.
        407 | 511 => return Assessment::unknown(Issue::new(IssueCode::TokenNotGitlabJson)),
        500.. => return with_status(IssueCode::TokenServerError),
        400 | 401 | 403 => {}
        _ => return with_status(IssueCode::TokenUnexpectedStatus),
    }
    // 400, 401 and 403 mean something only in GitLab's own words: a sign-on page or a proxy uses them as well.
    let Some(body) = ErrorBody::read(&answer.body) else {
        return Assessment::unknown(Issue::new(IssueCode::TokenNotGitlabJson));
    };
    match answer.status {
        400 => assess_bad_request(&body),
        _ if !body.is_gitlabs(answer.status) => Assessment::unknown(Issue::new(IssueCode::TokenNotGitlabJson)),
        401 => Assessment::rejected(Issue::new(why_unauthorized(&body))),
        _ => assess_forbidden(&body, policy, purpose),
    }
}

fn assess_bad_request(body: &ErrorBody) -> Assessment {
    if body.message.contains("token type") {
        return Assessment::rejected(Issue::new(IssueCode::TokenOauthToken));
    }
    // Before 15.5 "self" is taken for a malformed id.
    Assessment::unknown(Issue::new(IssueCode::TokenEndpointMissing))
}

fn why_unauthorized(body: &ErrorBody) -> IssueCode {
    let description = body.description.to_ascii_lowercase();
    let says = |word| description.contains(word);
    match body.error.as_str() {
        "dpop_error" => IssueCode::TokenDpopRequired,
        "invalid_token" if says("expired") => IssueCode::TokenExpired,
        "invalid_token" if says("impersonation") => IssueCode::TokenImpersonationDisabled,
        "invalid_token" if says("revoked") => IssueCode::TokenRevoked,
        _ => IssueCode::TokenUnknown,
    }
}

fn assess_forbidden(body: &ErrorBody, policy: &TokenPolicy, purpose: Purpose) -> Assessment {
    match body.error.as_str() {
        "insufficient_granular_scope" => Assessment::unknown(Issue::new(IssueCode::TokenFineGrained)),
        // Not expected here; from another endpoint it says only that no scope for reading the API is there.
        "insufficient_scope" => {
            let required = scopes::required(policy, purpose);
            match required.into_iter().find(|scope| matches!(*scope, "read_api" | "api")) {
                Some(scope) => {
                    Assessment::rejected(Issue::new(IssueCode::TokenMissingScope).with("scope", plain(scope)))
                }
                None => Assessment::unknown(Issue::new(IssueCode::TokenInsufficientScope)),
            }
        }
        _ => Assessment::rejected(Issue::new(IssueCode::TokenForbidden).with("answer", plain(body.text()))),
    }
}

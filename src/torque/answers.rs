//! What Torque answers, and what that means.

use serde::Serialize;
use serde_json::Value;

use crate::http::{HttpAnswer, is_web_page};
use crate::issue::{Check, Checked, Issue, IssueCode, Issues};
use crate::server_text::Redactor;

/// What Torque says about a new provider (S, D).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "js-validate", derive(tsify::Tsify), tsify(missing_as_null))]
pub struct ProviderAnswer {
    /// Torque's id of it; `None` if the answer has none.
    pub id: Option<String>,
}

/// Reads the answer to [`super::create_provider_request`]. Whatever text Torque sends
/// back goes through `redactor`.
///
/// # Errors
///
/// One `torque.…` issue that says why there is no new provider, or that nobody knows.
pub fn read_provider_answer(answer: &HttpAnswer, redactor: &Redactor) -> Check<ProviderAnswer> {
    refusal(answer, Step::Provider, redactor)?;
    let id = provider_id(&answer.body, true).filter(|id| redactor.leaves(id));
    Ok(Checked::clean(ProviderAnswer { id }))
}

/// The keys under which an id is looked for; D shows a bare JSON string, other pages of Torque an object.
const ID_KEYS: [&str; 7] =
    ["id", "provider_id", "providerId", "repository_provider_id", "repositoryProviderId", "guid", "uuid"];

fn provider_id(body: &Value, descend: bool) -> Option<String> {
    let id = match body {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.as_i64()?.to_string(),
        Value::Object(fields) => {
            let own = ID_KEYS.iter().find_map(|key| provider_id(fields.get(*key)?, false));
            let nested =
                || ["data", "result", "provider", "value"].iter().find_map(|key| provider_id(fields.get(*key)?, true));
            return own.or_else(|| if descend { nested() } else { None });
        }
        _ => return None,
    };
    is_provider_id(&id).then_some(id)
}

/// Torque's are GUIDs (D). Room is left for other words that name a thing, and none for markup, addresses, sentences, or a body
/// that begins as JSON does and cannot be read as such; the provider is created all the same, because an answer need not have an id.
pub(crate) fn is_provider_id(text: &str) -> bool {
    let is_character = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b':');
    !text.is_empty() && text.len() <= 128 && text.bytes().all(is_character)
}

/// Reads the answer to [`super::connect_repository_request`].
///
/// # Errors
///
/// One `torque.…` issue that says why the repository is not connected. It is no proof: Torque may go on syncing although
/// it answered with an error (T), so the space's list has the last word.
pub fn read_repository_answer(answer: &HttpAnswer, redactor: &Redactor) -> Check<()> {
    refusal(answer, Step::Repository, redactor)?;
    Ok(Checked::clean(()))
}

/// A repository as the space lists it (T). Its `token`, always null, is not read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "js", derive(tsify::Tsify), tsify(missing_as_null))]
pub struct RepositoryDetails {
    /// Unique in the space.
    pub name: String,
    /// As Torque stores it.
    pub url: Option<String>,
    /// The branch it reads.
    pub branch: Option<String>,
    /// The stored credential it uses.
    pub credential_name: Option<String>,
    /// Torque's own word. `Syncing` and `Connected` are the two that T knows.
    pub status: Option<String>,
    /// What Torque says went wrong, as plain text; the first of many.
    pub errors: Vec<String>,
}

/// Nobody reads more about one repository.
const MOST_ERRORS: usize = 10;

impl RepositoryDetails {
    fn of_entry(entry: &Value, name: &str, redactor: &Redactor) -> Self {
        let text = |key: &str| text_of_entry(entry, key, redactor);
        Self {
            name: name.to_owned(),
            url: text("repository_url"),
            branch: text("branch"),
            credential_name: text("credential_name"),
            ..Self::standing(entry, redactor)
        }
    }

    /// Only how it stands: all that has to be read again and again while it syncs.
    pub(crate) fn standing(entry: &Value, redactor: &Redactor) -> Self {
        let errors = match entry.get("errors") {
            Some(Value::Array(errors)) => {
                errors.iter().take(MOST_ERRORS).map(|error| error_text(error, redactor)).collect()
            }
            Some(error @ (Value::String(_) | Value::Object(_))) => vec![error_text(error, redactor)],
            _ => Vec::new(),
        };
        Self { status: text_of_entry(entry, "status", redactor), errors, ..Self::default() }
    }

    /// Whether Torque has it connected.
    #[must_use]
    pub fn is_connected(&self) -> bool {
        self.status.as_deref().is_some_and(|word| word.eq_ignore_ascii_case("connected"))
    }

    /// Whether Torque gave up on it: it has errors and is neither connected nor syncing. A word that is not known
    /// decides nothing by itself.
    #[must_use]
    pub fn is_failed(&self) -> bool {
        let syncing = self.status.as_deref().is_some_and(|word| word.eq_ignore_ascii_case("syncing"));
        !self.errors.is_empty() && !self.is_connected() && !syncing
    }
}

/// Reads the answer to [`super::list_repositories_request`]. An entry without a name is passed over; in the others, what is of
/// the wrong type counts as missing.
///
/// # Errors
///
/// One `torque.…` issue where there is no list.
pub fn read_repositories(answer: &HttpAnswer, redactor: &Redactor) -> Check<Vec<RepositoryDetails>> {
    let details = |entry| {
        let name = name_of_entry(entry)?;
        // It is compared with ours, of which none holds a token.
        let shown = if redactor.hides_in(name) { redactor.plain(name) } else { name.to_owned() };
        Some(RepositoryDetails::of_entry(entry, &shown, redactor))
    };
    Ok(Checked::clean(list_entries(answer, redactor)?.iter().filter_map(details).collect()))
}

/// The entries of a list as they came.
pub(crate) fn list_entries<'a>(answer: &'a HttpAnswer, redactor: &Redactor) -> Result<&'a [Value], Issues> {
    refusal(answer, Step::List, redactor)?;
    let Value::Array(entries) = &answer.body else {
        return Err(Issue::new(IssueCode::TorqueUnreadableAnswer).with("status", i64::from(answer.status)).into());
    };
    Ok(entries)
}

/// A text of an entry as it may be shown.
fn text_of_entry(entry: &Value, key: &str, redactor: &Redactor) -> Option<String> {
    entry.get(key).and_then(Value::as_str).map(|text| redactor.plain(text)).filter(|text| !text.is_empty())
}

/// Names and addresses are compared with ours, so they stay as they are; a job shows them to nobody.
pub(crate) fn name_of_entry(entry: &Value) -> Option<&str> {
    entry.get("name")?.as_str()
}

pub(crate) fn url_of_entry(entry: &Value) -> Option<&str> {
    entry.get("repository_url")?.as_str()
}

/// What was asked, because the same status means another thing to do.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    Provider,
    Repository,
    List,
}

/// Why an answer is not a success, as one issue that says what to do next.
fn refusal(answer: &HttpAnswer, step: Step, redactor: &Redactor) -> Result<(), Issues> {
    let code = match (answer.status, step) {
        _ if answer.is_redirect() => IssueCode::TorqueRedirected,
        // A web page in place of an answer: a sign-on page or a single-page application behind a wrong address.
        _ if answer.is_success() && is_web_page(&answer.body) => IssueCode::TorqueNotTorque,
        _ if answer.is_success() => return Ok(()),
        (401, _) => IssueCode::TorqueUnauthorized,
        (403, _) if is_from_proxy(&answer.body) => IssueCode::TorqueProxyForbidden,
        (403, Step::Provider) => IssueCode::TorqueProviderForbidden,
        (403, _) => IssueCode::TorqueSpaceForbidden,
        (404, Step::Provider) => IssueCode::TorqueNotFound,
        (404, _) => IssueCode::TorqueSpaceNotFound,
        (409, Step::Provider) => IssueCode::TorqueProviderExists,
        (409, Step::Repository) => IssueCode::TorqueRepositoryExists,
        (429, _) => IssueCode::TorqueRateLimited,
        (400..=499, _) => IssueCode::TorqueRefused,
        (500..=599, _) => IssueCode::TorqueServerError,
        _ => IssueCode::TorqueUnexpectedStatus,
    };
    let mut issue = Issue::new(code);
    if code.text().contains("{status}") {
        issue = issue.with("status", i64::from(answer.status));
    }
    if code.text().contains("{answer}") {
        issue = issue.with("answer", error_text(&answer.body, redactor));
    }
    Err(issue.into())
}

/// As [`answer_text`], and in words where there is no text to show.
fn error_text(body: &Value, redactor: &Redactor) -> String {
    if is_web_page(body) {
        return "(a web page)".to_owned();
    }
    let text = answer_text(body, redactor);
    if text.is_empty() { "(no text)".to_owned() } else { text }
}

/// Whether the server in front of Torque answers for itself: `torque-gitlab-connect/proxy`, the program, or the page around the form.
fn is_from_proxy(body: &Value) -> bool {
    body.get("refusedBy").is_some_and(|by| by == "proxy")
}

/// The text of an answer's body: plain, short and without secrets.
///
/// Looks for `message`, `error`, `error_description`, `errors[].message`, `title` and `detail`, wherever they are text,
/// and takes a bare string as it is.
#[must_use]
pub fn answer_text(body: &Value, redactor: &Redactor) -> String {
    fn gather(value: &Value, depth: usize, found: &mut Vec<String>) {
        if depth > 3 || found.len() >= 10 {
            return;
        }
        match value {
            Value::String(text) if !text.trim().is_empty() && !found.contains(text) => found.push(text.clone()),
            Value::Array(items) => items.iter().for_each(|item| gather(item, depth + 1, found)),
            Value::Object(fields) => {
                let keys = ["title", "message", "error", "error_description", "detail", "errors"];
                let before = found.len();
                keys.iter().filter_map(|key| fields.get(*key)).for_each(|field| gather(field, depth + 1, found));
                // Problems by field, as in {"errors": {"repository_url": ["is not valid"]}}.
                if found.len() == before && depth > 0 {
                    fields.iter().for_each(|(_, field)| gather(field, depth + 1, found));
                }
            }
            _ => {}
        }
    }
    let mut found = Vec::new();
    gather(body, 0, &mut found);
    redactor.plain(&found.join("; "))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;
    use crate::issue::collect;
    use crate::secret::Secret;

    const TOKEN: &str = "glpat-0123456789abcdefghij";

    fn codes<T>(check: Check<T>) -> Vec<&'static str> {
        let mut issues = Issues::new();
        collect(check, &mut issues);
        issues.iter().map(|issue| issue.code.as_str()).collect()
    }

    fn answer(status: u16, body: serde_json::Value) -> HttpAnswer {
        HttpAnswer::new(status, &body.to_string())
    }

    #[test]
    fn the_id_of_a_provider_is_found_in_every_shape() {
        let guid = "7d7d6c1e-4f5a-4b0e-9a53-0c1f2e3d4c5b";
        for body in
            [json!(guid), json!({ "id": guid }), json!({ "providerId": guid }), json!({ "data": { "id": guid } })]
        {
            let read = read_provider_answer(&answer(202, body), &Redactor::default()).unwrap().value;
            assert_eq!(read.id.as_deref(), Some(guid));
        }
        for body in [
            json!(""),
            json!(null),
            json!({}),
            json!([guid]),
            json!("The provider was created."),
            json!({ "id": null }),
        ] {
            assert_eq!(read_provider_answer(&answer(200, body), &Redactor::default()).unwrap().value.id, None);
        }
        // No JSON, so the text is all there is.
        for body in [r#"{"id":1e999}"#, r#"{"id":"7"#, "[7", "\"7"] {
            let answer = HttpAnswer::new(200, body);
            assert_eq!(read_provider_answer(&answer, &Redactor::default()).unwrap().value.id, None, "{body}");
        }
    }

    #[test]
    fn each_refusal_of_a_provider_has_its_own_code() {
        let code = |status, body| codes(read_provider_answer(&answer(status, body), &Redactor::default())).concat();
        assert_eq!(code(401, json!({})), "torque.unauthorized");
        assert_eq!(code(403, json!("")), "torque.provider_forbidden");
        assert_eq!(code(404, json!({})), "torque.not_found");
        assert_eq!(code(409, json!({})), "torque.provider_exists");
        assert_eq!(code(422, json!({})), "torque.refused");
        assert_eq!(code(429, json!("Retry later")), "torque.rate_limited");
        assert_eq!(code(502, json!("<html><h1>Bad gateway")), "torque.server_error");
        assert_eq!(code(302, json!("")), "torque.redirected");
        assert_eq!(code(0, json!("")), "torque.redirected");
        assert_eq!(code(200, json!("<!doctype html><title>Sign in</title>")), "torque.not_torque");
        assert_eq!(code(999, json!("")), "torque.unexpected_status");
    }

    #[test]
    fn each_refusal_of_a_repository_has_its_own_code() {
        let code = |status| codes(read_repository_answer(&answer(status, json!({})), &Redactor::default())).concat();
        assert_eq!(code(200), "");
        assert_eq!(code(202), "");
        assert_eq!(code(403), "torque.space_forbidden");
        assert_eq!(code(404), "torque.space_not_found");
        assert_eq!(code(409), "torque.repository_exists");
        assert_eq!(code(400), "torque.refused");
    }

    #[test]
    fn an_error_is_read_out_of_every_listed_shape() {
        let error_text = |body: serde_json::Value| answer_text(&answer(400, body).body, &Redactor::default());
        assert_eq!(error_text(json!({ "message": "No such space" })), "No such space");
        assert_eq!(error_text(json!({ "error": "bad", "error_description": "worse" })), "bad; worse");
        assert_eq!(
            error_text(json!({ "errors": [{ "message": "one", "code": "X" }, { "message": "two" }] })),
            "one; two"
        );
        assert_eq!(
            error_text(json!({ "title": "Bad Request", "detail": "name is taken", "status": 400 })),
            "Bad Request; name is taken"
        );
        assert_eq!(
            error_text(json!({ "title": "Invalid", "errors": { "Name": ["is required"] } })),
            "Invalid; is required"
        );
        assert_eq!(error_text(json!("plain")), "plain");
        assert_eq!(error_text(json!({ "message": 7 })), "");
        let issues = read_repository_answer(&answer(500, json!("<html>")), &Redactor::default()).unwrap_err();
        assert!(issues.to_string().ends_with("Torque says: (a web page)"), "{issues}");
        let issues = read_repository_answer(&answer(500, json!("")), &Redactor::default()).unwrap_err();
        assert!(issues.to_string().ends_with("Torque says: (no text)"), "{issues}");
    }

    #[test]
    fn an_echoed_token_is_struck_out_even_in_part() {
        let token = Secret::new(TOKEN.to_owned());
        for echoed in [TOKEN, &TOKEN[..20], &TOKEN[7..], &TOKEN.to_uppercase()] {
            let body = json!({ "message": format!("the token '{echoed}' is bad") });
            let issues = read_repository_answer(&answer(422, body), &Redactor::new([&token])).unwrap_err();
            assert!(issues.to_string().ends_with("Torque says: the token '[hidden]' is bad"), "{issues}");
        }
        assert_eq!(read_provider_answer(&answer(200, json!(TOKEN)), &Redactor::new([&token])).unwrap().value.id, None);
        assert_eq!(Redactor::default().plain("old glpat-zzzz!"), "old …!");
        assert_eq!(Redactor::new([&token]).plain("ünïcödé glpat-ü"), "ünïcödé [hidden]ü");
    }

    /// As many as a plan may have.
    #[test]
    fn a_list_is_read_however_short_its_entries_are() {
        for entry in [
            json!({ "name": "a", "repository_url": "https://g/a", "status": "Connected" }),
            json!({ "name": "a", "repository_url": "https://g/a", "status": "x", "agents": [{ "name": "b", "status": "x" }], "errors": [] }),
        ] {
            let list = vec![entry; 10_000];
            let read = read_repositories(&HttpAnswer::new(200, &json!(list).to_string()), &Redactor::default());
            assert_eq!(read.map_or(0, |read| read.value.len()), 10_000, "{}", list[0]);
        }
    }

    #[test]
    fn a_list_survives_entries_of_any_shape() {
        let list = json!([
            { "name": "a", "repository_url": "https://g.example/x/a", "token": null, "branch": "main", "status": "Connected",
              "credential_name": "c", "use_all_agents": true, "agents": [{ "name": "n", "status": "s" }], "errors": [] },
            { "name": "b", "repository_url": 7, "status": "Pondering", "errors": [{ "message": "no agent" }, "x", 9] },
            { "name": "c", "status": "Syncing", "errors": { "message": "old" } },
            { "status": "nameless" }, null, "text", 5, { "name": 5 },
        ]);
        let list = read_repositories(&answer(200, list), &Redactor::default()).unwrap().value;
        assert_eq!(list.iter().map(|entry| entry.name.as_str()).collect::<Vec<_>>(), ["a", "b", "c"]);
        assert!(list[0].is_connected() && !list[0].is_failed());
        assert_eq!(list[1].status.as_deref(), Some("Pondering"));
        assert_eq!(list[1].errors, ["no agent", "x", "(no text)"]);
        assert!(list[1].is_failed());
        assert!(!list[2].is_failed() && !list[2].is_connected());
        assert_eq!(
            codes(read_repositories(&answer(200, json!({})), &Redactor::default())),
            ["torque.unreadable_answer"]
        );
        assert_eq!(
            codes(read_repositories(&answer(200, json!("<html>")), &Redactor::default())),
            ["torque.not_torque"]
        );
        assert_eq!(codes(read_repositories(&answer(404, json!("")), &Redactor::default())), ["torque.space_not_found"]);
    }

    proptest! {
        /// Any JSON with any status is judged, never a panic.
        #[test]
        fn any_answer_is_read(status in 0u16..1000, text in "\\PC*") {
            for body in [json!(text), json!({ "message": text, "errors": [text] }), json!([{ "name": text, "errors": text }])] {
                let answer = answer(status, body);
                let _ = read_provider_answer(&answer, &Redactor::default());
                let _ = read_repositories(&answer, &Redactor::default());
                prop_assert_eq!(read_repository_answer(&answer, &Redactor::default()).is_ok(), answer.is_success() && !is_web_page(&answer.body));
            }
        }
    }
}

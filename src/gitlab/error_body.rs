use serde_json::Value;

/// The body of an answer that says no, in either of the two shapes that GitLab has: `message`, or `error` with
/// `error_description` and perhaps `scope`. What is absent is empty.
pub(crate) struct ErrorBody {
    /// Text, or JSON as text: with 400 and 422 it may be an object or a list.
    pub message: String,
    /// `invalid_token`, `insufficient_scope`, …
    pub error: String,
    /// A sentence that belongs to `error`.
    pub description: String,
    /// The scopes that would do, joined by blanks.
    pub scope: String,
}

impl ErrorBody {
    /// None where neither shape is there: then something else than GitLab's API answered.
    pub fn read(body: &Value) -> Option<Self> {
        let text = |key: &str| body.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
        let message = match body.get("message") {
            None | Some(Value::Null) => String::new(),
            Some(Value::String(message)) => message.clone(),
            Some(other) => other.to_string(),
        };
        let body = Self { message, error: text("error"), description: text("error_description"), scope: text("scope") };
        let is_gitlabs = !body.message.is_empty() || !body.error.is_empty();
        is_gitlabs.then_some(body)
    }

    /// What GitLab says to a person.
    pub fn text(&self) -> &str {
        [&self.message, &self.description, &self.error]
            .into_iter()
            .find(|text| !text.is_empty())
            .map_or("", String::as_str)
    }
}

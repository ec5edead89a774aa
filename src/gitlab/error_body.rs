use serde_json::Value;

/// The body of an answer that says no, in either of the two shapes that GitLab has: `message`, or `error` with
/// `error_description` and perhaps `scope`. What is absent is empty.
pub(crate) struct ErrorBody {
    /// With 400 and 422 it may be an object or a list: then the texts in it.
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
        let message = body.get("message").unwrap_or(&Value::Null);
        let has_either = !(message.is_null() || message.as_str() == Some("")) || !text("error").is_empty();
        has_either.then(|| Self {
            message: texts(message),
            error: text("error"),
            description: text("error_description"),
            scope: text("scope"),
        })
    }

    /// Whether it is GitLab that speaks: its messages begin with the status. Proxies and other products answer with JSON
    /// that has a `message` or an `error`, too.
    pub fn is_gitlabs(&self, status: u16) -> bool {
        const ERRORS: &[&str] = &["invalid_token", "dpop_error", "insufficient_scope", "insufficient_granular_scope"];
        self.message.trim_start().starts_with(&status.to_string()) || ERRORS.contains(&self.error.as_str())
    }

    /// What GitLab says to a person.
    pub fn text(&self) -> &str {
        [&self.message, &self.description, &self.error]
            .into_iter()
            .find(|text| !text.is_empty())
            .map_or("", String::as_str)
    }
}

/// `{"name": ["is taken"]}` as people write it: `name: is taken`.
fn texts(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(texts).collect::<Vec<_>>().join(", "),
        Value::Object(fields) => {
            (fields.iter().map(|(key, value)| format!("{key}: {}", texts(value))).collect::<Vec<_>>()).join(", ")
        }
        _ => String::new(),
    }
}

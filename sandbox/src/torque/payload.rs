//! Request bodies, read strictly: each field is taken by its name, and fields that are left over are errors.

use std::collections::BTreeSet;

use axum::Json;
use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Map, Value, json};

use crate::http::{Result, error};

/// The agents that a repository may name.
pub(super) const AGENTS: [&str; 2] = ["agent-1", "agent-2"];

/// A JSON object whose fields are taken one by one. Errors are collected. They never quote a value, which may be a token.
pub(super) struct Payload {
    /// In front of the names of fields in errors: `details.` for those of an inner object.
    prefix: String,
    fields: Map<String, Value>,
    errors: Vec<Value>,
}

impl<S: Send + Sync> FromRequest<S> for Payload {
    type Rejection = Response;

    async fn from_request(request: Request, state: &S) -> Result<Self> {
        let content_type = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
        let essence = content_type.and_then(|value| value.split(';').next()).unwrap_or_default().trim();
        if !essence.eq_ignore_ascii_case("application/json") {
            return Err(error(StatusCode::UNSUPPORTED_MEDIA_TYPE, "The body must be application/json."));
        }
        let body = Bytes::from_request(request, state).await.map_err(IntoResponse::into_response)?;
        match serde_json::from_slice(&body) {
            Ok(Value::Object(fields)) => Ok(Self { prefix: String::new(), fields, errors: Vec::new() }),
            Ok(_) => Err(unprocessable(vec![complaint("", "must be a JSON object")])),
            Err(_) => Err(problem(StatusCode::BAD_REQUEST, "Bad Request", "the body is not valid JSON")),
        }
    }
}

impl Payload {
    pub(super) fn complain(&mut self, field: &str, what: &str) {
        self.errors.push(complaint(&format!("{}{field}", self.prefix), what));
    }

    pub(super) fn take(&mut self, field: &str) -> Option<Value> {
        self.fields.remove(field)
    }

    pub(super) fn text(&mut self, field: &str) -> Option<String> {
        if self.fields.get(field).is_none_or(Value::is_null) {
            self.complain(field, "is required");
        }
        self.optional_text(field)
    }

    /// A text that is not empty; `None` if it is `null` or left out.
    pub(super) fn optional_text(&mut self, field: &str) -> Option<String> {
        match self.take(field)? {
            Value::Null => None,
            Value::String(text) if !text.trim().is_empty() => Some(text),
            _ => {
                self.complain(field, "must be a text that is not empty");
                None
            }
        }
    }

    /// A text that can be a segment of a path.
    pub(super) fn name(&mut self, field: &str) -> Option<String> {
        let name = self.text(field)?;
        if name == "." || name == ".." || name.chars().any(char::is_control) || name.chars().count() > 255 {
            self.complain(field, "must have at most 255 characters, no control character, and not be . or ..");
            return None;
        }
        Some(name)
    }

    pub(super) fn optional_flag(&mut self, field: &str) -> Option<bool> {
        match self.take(field)? {
            Value::Null => None,
            Value::Bool(flag) => Some(flag),
            _ => {
                self.complain(field, "must be true or false");
                None
            }
        }
    }

    pub(super) fn object(&mut self, field: &str) -> Self {
        let fields = match self.take(field) {
            Some(Value::Object(fields)) => fields,
            _ => {
                self.complain(field, "must be an object");
                Map::new()
            }
        };
        Self { prefix: format!("{}{field}.", self.prefix), fields, errors: Vec::new() }
    }

    /// `agents` and `use_all_agents`, which exclude each other.
    pub(super) fn agents(&mut self) -> (Vec<String>, bool) {
        let agents = match self.take("agents") {
            None | Some(Value::Null) => Vec::new(),
            Some(Value::Array(list)) => {
                let names: BTreeSet<String> = list.iter().filter_map(Value::as_str).map(str::to_owned).collect();
                if names.len() != list.len() || names.iter().any(|name| !AGENTS.contains(&name.as_str())) {
                    self.complain("agents", "must be names of agents, each once");
                }
                names.into_iter().collect()
            }
            Some(_) => {
                self.complain("agents", "must be a list of names");
                Vec::new()
            }
        };
        let use_all_agents = self.optional_flag("use_all_agents").unwrap_or(true);
        if use_all_agents != agents.is_empty() {
            self.complain("use_all_agents", "must be true without agents and false with agents");
        }
        (agents, use_all_agents)
    }

    /// Takes the errors of an object in it, also for fields that are left over.
    pub(super) fn absorb(&mut self, mut part: Self) {
        part.complain_about_rest();
        self.errors.append(&mut part.errors);
    }

    fn complain_about_rest(&mut self) {
        for field in std::mem::take(&mut self.fields).keys() {
            let short: String = field.chars().take(60).collect();
            self.complain(&short, "is not a field that this Torque knows");
        }
    }

    pub(super) fn accept(mut self) -> Result<()> {
        self.complain_about_rest();
        if self.errors.is_empty() { Ok(()) } else { Err(unprocessable(self.errors)) }
    }
}

pub(super) fn complaint(field: &str, what: &str) -> Value {
    let subject = if field.is_empty() { "The payload" } else { field };
    json!({ "field": field, "message": format!("{subject} {what}.") })
}

pub(super) fn unprocessable(errors: Vec<Value>) -> Response {
    (StatusCode::UNPROCESSABLE_ENTITY, Json(json!({ "errors": errors }))).into_response()
}

pub(super) fn problem(status: StatusCode, title: &str, detail: &str) -> Response {
    (status, Json(json!({ "title": title, "status": status.as_u16(), "detail": detail }))).into_response()
}

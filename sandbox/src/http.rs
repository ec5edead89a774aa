//! Requests read strictly, and answers in JSON.

use axum::body::{Body, Bytes};
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use axum::response::Response;
use percent_encoding::percent_decode_str;
use serde_json::{Value, json};

/// The largest body that is read as one: a payload of Torque has a few hundred bytes.
pub(crate) const BODY_LIMIT: usize = 1024 * 1024;

/// More than this is not even read to its end before it is refused.
const DRAIN_LIMIT: usize = 64 * 1024 * 1024;

/// A request whose path, query and body could be read.
#[derive(Debug)]
pub(crate) struct Call {
    pub(crate) method: Method,
    pub(crate) uri: Uri,
    /// The path's segments, each decoded on its own, so that `%2F` stays inside its segment.
    pub(crate) segments: Vec<String>,
    pub(crate) query: Vec<(String, String)>,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl Call {
    /// The last value of a query parameter, as Rails takes it.
    pub(crate) fn query(&self, name: &str) -> Option<&str> {
        self.query.iter().rev().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// A header that occurs and is readable text.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    /// What follows `Bearer ` in the Authorization header.
    pub(crate) fn bearer(&self) -> Option<&str> {
        let (scheme, token) = self.header("authorization")?.split_once(' ')?;
        scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
    }

    /// The path's segments as a slice of texts, for matching.
    pub(crate) fn path(&self) -> Vec<&str> {
        self.segments.iter().map(String::as_str).collect()
    }

    /// A browser's question whether it may send the real request.
    pub(crate) fn is_preflight(&self) -> bool {
        self.method == Method::OPTIONS
            && self.headers.contains_key(header::ORIGIN)
            && self.headers.contains_key(header::ACCESS_CONTROL_REQUEST_METHOD)
    }

    pub(crate) async fn read(request: Request) -> Result<Self, (StatusCode, &'static str)> {
        let (head, body) = request.into_parts();
        let unreadable = (StatusCode::BAD_REQUEST, "the address is not percent-encoded UTF-8");
        let path = head.uri.path();
        let segments: Option<Vec<String>> = path.strip_prefix('/').unwrap_or(path).split('/').map(decode).collect();
        let query: Option<Vec<(String, String)>> = head
            .uri
            .query()
            .unwrap_or_default()
            .split('&')
            .filter(|pair| !pair.is_empty())
            .map(|pair| {
                let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
                Some((decode(&key.replace('+', " "))?, decode(&value.replace('+', " "))?))
            })
            .collect();
        let too_large = (StatusCode::PAYLOAD_TOO_LARGE, "the body is larger than 1 MiB");
        // Read to the end although it will be refused: a client that still writes would not see the answer.
        let body = axum::body::to_bytes(body, DRAIN_LIMIT).await.map_err(|_| too_large)?;
        if body.len() > BODY_LIMIT {
            return Err(too_large);
        }
        Ok(Self {
            segments: segments.ok_or(unreadable)?,
            query: query.ok_or(unreadable)?,
            method: head.method,
            uri: head.uri,
            headers: head.headers,
            body,
        })
    }
}

/// Strict percent-decoding: a stray `%`, control characters and anything but UTF-8 are refused.
fn decode(text: &str) -> Option<String> {
    let bytes = text.as_bytes();
    let stray = bytes.iter().enumerate().any(|(at, byte)| {
        *byte == b'%' && !bytes.get(at + 1..at + 3).is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
    });
    let decoded = percent_decode_str(text).decode_utf8().ok()?;
    (!stray && !decoded.chars().any(char::is_control)).then(|| decoded.into_owned())
}

/// An answer that ends the matter early.
pub(crate) type Refused = Box<Response>;

/// An answer with a JSON body.
pub(crate) fn json_answer(status: StatusCode, body: &Value) -> Response {
    with_body(status, "application/json", body.to_string())
}

/// An answer with a body of the given type.
pub(crate) fn with_body(status: StatusCode, content_type: &'static str, body: impl Into<Body>) -> Response {
    let mut answer = Response::new(body.into());
    *answer.status_mut() = status;
    answer.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    answer
}

/// An answer without a body.
pub(crate) fn empty(status: StatusCode) -> Response {
    let mut answer = Response::new(Body::empty());
    *answer.status_mut() = status;
    answer
}

/// An answer `{"message": …}`.
pub(crate) fn message(status: StatusCode, text: impl Into<String>) -> Response {
    json_answer(status, &json!({ "message": text.into() }))
}

/// An answer `{"error": …}`.
pub(crate) fn error(status: StatusCode, text: impl Into<String>) -> Response {
    json_answer(status, &json!({ "error": text.into() }))
}

/// Sets a header to a text that was made here; one that cannot be a header is left out.
pub(crate) fn set_header(answer: &mut Response, name: &'static str, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        answer.headers_mut().insert(name, value);
    }
}

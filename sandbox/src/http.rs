//! Checks of requests that all origins make, and answers in JSON.

use axum::Json;
use axum::body::to_bytes;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use percent_encoding::percent_decode_str;
use serde_json::json;

/// What a handler answers. An error is an answer, too.
pub(crate) type Result<T = Response> = std::result::Result<T, Response>;

/// Makes an origin's answer to a request that it refuses.
pub(crate) type Refuse = fn(StatusCode, &str) -> Response;

/// The largest body that is accepted. A payload of Torque has a few hundred bytes.
pub(crate) const BODY_LIMIT: usize = 1024 * 1024;

/// A body that is larger than this is refused before it is read to its end.
const DRAIN_LIMIT: usize = 64 * 1024 * 1024;

/// A layer that reads the body into memory and refuses requests that are too large or whose path or query cannot be decoded.
pub(crate) async fn read_strictly(State(refuse): State<Refuse>, request: Request, next: Next) -> Response {
    let (head, body) = request.into_parts();
    // Read to its end even if it will be refused: a client that is still writing would not see the answer.
    let body = match to_bytes(body, DRAIN_LIMIT).await {
        Ok(body) if body.len() <= BODY_LIMIT => body,
        _ => return refuse(StatusCode::PAYLOAD_TOO_LARGE, "the body is larger than 1 MiB"),
    };
    if !is_readable(head.uri.path()) || !is_readable(head.uri.query().unwrap_or_default()) {
        return refuse(StatusCode::BAD_REQUEST, "the address is not percent-encoded UTF-8");
    }
    next.run(Request::from_parts(head, body.into())).await
}

/// Whether this is percent-encoded UTF-8, without a stray `%` and without control characters.
fn is_readable(text: &str) -> bool {
    let bytes = text.as_bytes();
    let stray = bytes.iter().enumerate().any(|(at, byte)| {
        *byte == b'%' && !bytes.get(at + 1..at + 3).is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
    });
    let decoded = percent_decode_str(text).decode_utf8();
    !stray && decoded.is_ok_and(|decoded| !decoded.chars().any(char::is_control))
}

/// What follows `Bearer ` in the Authorization header.
pub(crate) fn bearer(headers: &HeaderMap) -> Option<&str> {
    let (scheme, token) = headers.get(header::AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

/// Whether this is a CORS preflight.
pub(crate) fn is_preflight(request: &Request) -> bool {
    request.method() == Method::OPTIONS
        && request.headers().contains_key(header::ORIGIN)
        && request.headers().contains_key(header::ACCESS_CONTROL_REQUEST_METHOD)
}

/// An answer `{"message": …}`.
pub(crate) fn message(status: StatusCode, text: &str) -> Response {
    (status, Json(json!({ "message": text }))).into_response()
}

/// An answer `{"error": …}`.
pub(crate) fn error(status: StatusCode, text: &str) -> Response {
    (status, Json(json!({ "error": text }))).into_response()
}

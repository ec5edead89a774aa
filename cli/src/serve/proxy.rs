//! Passes Torque's endpoints on, and nothing else.
//!
//! This server carries the administrator's Torque token, so it is narrow on purpose: nobody but its own page, nothing but
//! the endpoints of [`Endpoint`], nowhere but to the one address that was given, with certificates checked. Nothing is
//! stored and nothing is logged.

use std::error::Error as _;
use std::io;
use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::Response;
use torque_gitlab_connect::address::PortalUrl;
use torque_gitlab_connect::torque::{ANSWER_LIMIT, Endpoint, REQUEST_LIMIT, content_type_passed_on};

use super::{head, refuse};
use crate::client::{Client, reason};

/// For the body of a request, whose sender is on this machine.
const BODY_TIME: Duration = Duration::from_secs(30);
/// A browser's own time limit comes first, so that the page decides what an answer that does not come means.
const ANSWER_TIME: Duration = Duration::from_secs(120);

/// Of a request. Cookies of this origin, for one, are nobody's business.
const PASSED_ON: [HeaderName; 3] = [header::AUTHORIZATION, header::CONTENT_TYPE, header::ACCEPT];

pub struct Proxy {
    torque: PortalUrl,
    client: Client,
}

impl Proxy {
    pub fn new(torque: PortalUrl, client: Client) -> Self {
        Self { torque, client }
    }

    /// Judges the head before it reads the body.
    pub async fn pass_on(&self, request: Request) -> Response {
        let endpoint = match head(&request).judge("/", None) {
            Ok(endpoint) => endpoint,
            Err(refusal) => {
                let status = StatusCode::from_u16(refusal.status()).unwrap_or(StatusCode::FORBIDDEN);
                return refuse(status, refusal.message());
            }
        };
        let (head, body) = request.into_parts();
        let limit = usize::try_from(REQUEST_LIMIT).unwrap_or(usize::MAX);
        let body = match tokio::time::timeout(BODY_TIME, to_bytes(body, limit)).await {
            Ok(Ok(body)) => body,
            Ok(Err(_)) => return refuse(StatusCode::PAYLOAD_TOO_LARGE, "the body is larger than 1 MB, or was cut"),
            Err(_) => return refuse(StatusCode::REQUEST_TIMEOUT, "the body did not come in time"),
        };
        let url = endpoint.url(&self.torque);
        let client = self.client.for_url(&url);
        let mut request = match &endpoint {
            Endpoint::ListRepositories { .. } => client.get(&url),
            Endpoint::CreateProvider | Endpoint::ConnectRepository { .. } => client.post(&url).body(body),
        };
        for name in PASSED_ON {
            if let Some(value) = head.headers.get(&name) {
                request = request.header(name, value);
            }
        }
        match request.timeout(ANSWER_TIME).send().await {
            Ok(answer) => passed_on(answer),
            Err(failure) => refuse_failure(&failure),
        }
    }
}

/// Status, type, `Retry-After` and body, as they come.
fn passed_on(answer: reqwest::Response) -> Response {
    let mut headers = HeaderMap::new();
    let content_type = answer.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let content_type = content_type_passed_on(content_type.unwrap_or_default());
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    if let Some(wait) = answer.headers().get(header::RETRY_AFTER) {
        headers.insert(header::RETRY_AFTER, wait.clone());
    }
    if let Some(length) = answer.content_length() {
        if length > ANSWER_LIMIT {
            return refuse(StatusCode::BAD_GATEWAY, "the answer is longer than 16 MB");
        }
        headers.insert(header::CONTENT_LENGTH, HeaderValue::from(length));
    }
    let status = answer.status();
    // What is cut ends the connection without its end, so that the page sees a lost answer and not a short one.
    let mut rest = ANSWER_LIMIT;
    let body = futures_util::StreamExt::map(answer.bytes_stream(), move |piece| {
        let piece = piece.map_err(io::Error::other)?;
        rest =
            rest.checked_sub(piece.len() as u64).ok_or_else(|| io::Error::other("the answer is longer than 16 MB"))?;
        Ok::<_, io::Error>(piece)
    });
    let mut passed = Response::new(Body::from_stream(body));
    *passed.status_mut() = status;
    *passed.headers_mut() = headers;
    passed
}

/// What came between this server and Torque. 503 says that nothing was done there; after the others nobody knows.
fn refuse_failure(failure: &reqwest::Error) -> Response {
    let hint = if is_certificate_refused(failure) {
        " Start with --ca FILE if an authority of your own vouches for it."
    } else {
        ""
    };
    let status = if failure.is_connect() {
        StatusCode::SERVICE_UNAVAILABLE
    } else if failure.is_timeout() {
        StatusCode::GATEWAY_TIMEOUT
    } else {
        StatusCode::BAD_GATEWAY
    };
    refuse(status, &format!("This machine did not get an answer from Torque: {}.{hint}", reason(failure)))
}

/// TLS shows the certificate before it carries anything (RFC 8446 section 2).
fn is_certificate_refused(failure: &reqwest::Error) -> bool {
    let mut inner: Option<&dyn std::error::Error> = failure.source();
    while let Some(error) = inner {
        let tls = error.downcast_ref::<rustls::Error>().or_else(|| {
            error.downcast_ref::<io::Error>().and_then(|error| error.get_ref()?.downcast_ref::<rustls::Error>())
        });
        if matches!(tls, Some(rustls::Error::InvalidCertificate(_))) {
            return true;
        }
        inner = error.source();
    }
    false
}

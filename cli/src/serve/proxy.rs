//! Passes on requests to Torque's endpoints, and nothing else.
//!
//! The requests have the administrator's Torque API token, so the proxy is narrow: only its own page can use it, only for the endpoints
//! of [`Endpoint`], and only to the given Torque URL, whose certificate is checked. Nothing is stored and nothing is logged.

use std::io;
use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::Response;
use torque_gitlab_connect::address::PortalUrl;
use torque_gitlab_connect::torque::{ANSWER_LIMIT, Endpoint, REQUEST_LIMIT, content_type_passed_on};

use super::{head, refuse};
use crate::client::{Client, reason, tls_error};

/// Time limit for the body of a request. The client is on this machine.
const BODY_TIME: Duration = Duration::from_secs(30);
/// Time limit for Torque's answer. That of the page is shorter, so that the page decides what a missing answer means.
const ANSWER_TIME: Duration = Duration::from_secs(120);

/// Headers of a request that are passed on. Others, such as cookies of this origin, are not.
const PASSED_ON: [HeaderName; 3] = [header::AUTHORIZATION, header::CONTENT_TYPE, header::ACCEPT];

pub struct Proxy {
    torque: PortalUrl,
    client: Client,
}

impl Proxy {
    pub fn new(torque: PortalUrl, client: Client) -> Self {
        Self { torque, client }
    }

    /// Checks the head, then reads the body and sends the request.
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

/// Torque's answer: status, type, `Retry-After` and body.
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
    // An error in the body breaks the connection, so that the page sees a lost answer and not a short one.
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

/// The answer if Torque did not answer. 503 says that nothing was done; with the others that is unknown.
fn refuse_failure(failure: &reqwest::Error) -> Response {
    let hint =
        if is_certificate_refused(failure) { " If your own authority issued it, start with --ca FILE." } else { "" };
    let status = if failure.is_connect() {
        StatusCode::SERVICE_UNAVAILABLE
    } else if failure.is_timeout() {
        StatusCode::GATEWAY_TIMEOUT
    } else {
        StatusCode::BAD_GATEWAY
    };
    refuse(status, &format!("This machine did not get an answer from Torque: {}.{hint}", reason(failure)))
}

/// Whether the certificate was rejected. TLS checks it before anything is sent (RFC 8446 section 2).
fn is_certificate_refused(failure: &reqwest::Error) -> bool {
    matches!(tls_error(failure), Some(rustls::Error::InvalidCertificate(_)))
}

//! The GitLab's origin: what a user reaches by typing one base URL or another.

use std::sync::Arc;

use axum::http::StatusCode;
use axum::response::Response;
use httpdate::fmt_http_date;
use time::{Duration, OffsetDateTime};

use crate::facts::Facts;
use crate::gitlab::{GitLab, Release};
use crate::http::{Call, error, message, set_header, with_body};
use crate::origin::{Head, Origin};
use crate::state::State;
use crate::variant::{SlashProxy, Variant};

/// The server of the GitLab's origin.
#[derive(Debug)]
pub(crate) struct Host {
    state: Arc<State>,
    facts: Facts,
    current: GitLab,
    old: GitLab,
    /// Behind the proxies that break slashes.
    inner: GitLab,
}

impl Host {
    pub(crate) fn new(state: Arc<State>, facts: Facts) -> Self {
        let gitlab = |variant, release| GitLab::new(Arc::clone(&state), state.base(variant), release);
        Self {
            current: gitlab(Variant::Current, Release::CURRENT),
            old: gitlab(Variant::Old, Release::OLD),
            inner: GitLab::new(Arc::clone(&state), INNER_ADDRESS.to_owned(), Release::CURRENT),
            state,
            facts,
        }
    }
}

impl Origin for Host {
    const NAME: &'static str = "gitlab";

    async fn answer(&self, call: &Call) -> Response {
        let path = call.path();
        let variant = Variant::of(path[0]);
        let api = path.get(1) == Some(&"api");
        match variant {
            Some(Variant::SignOn) => sent_to_login(&self.state.base(Variant::SignOnPage)),
            Some(Variant::PasswordProxy) => password_wanted(),
            Some(Variant::SignOnPage | Variant::OtherProduct) if call.is_preflight() => preflight(call),
            Some(Variant::OtherProduct) => message(StatusCode::UNAUTHORIZED, "Unauthorized"),
            Some(Variant::SignOnPage) => login(),
            Some(Variant::Slashes(proxy)) if has_encoded_slash(call.uri.path()) => match proxy {
                SlashProxy::Apache => apache_not_found(),
                SlashProxy::Tomcat => tomcat_bad_request(),
                SlashProxy::ApacheTwice | SlashProxy::Nginx if call.is_preflight() => preflight(call),
                SlashProxy::ApacheTwice => {
                    let encoded: Vec<String> = path[1..].iter().map(|segment| segment.replace('/', "%2F")).collect();
                    self.inner.answer(call, &encoded.iter().map(String::as_str).collect::<Vec<_>>())
                }
                SlashProxy::Nginx => {
                    let decoded = path[1..].join("/");
                    self.inner.answer(call, &decoded.split('/').collect::<Vec<_>>())
                }
            },
            Some(Variant::Current | Variant::Old | Variant::RateLimited | Variant::Slashes(_))
                if api && call.is_preflight() =>
            {
                preflight(call)
            }
            Some(Variant::Slashes(_)) => self.inner.answer(call, &path[1..]),
            Some(Variant::RateLimited) => rate_limited(),
            Some(Variant::Old) => self.old.answer(call, &path[1..]),
            Some(Variant::Current) => self.current.answer(call, &path[1..]),
            None => self.current.web_page(call, &[]),
        }
    }

    fn refuse(&self, status: StatusCode, why: &str) -> Response {
        error(status, why)
    }

    /// CORS as GitLab's `Rack::Cors` block: two rules for `/api/*`, nothing elsewhere.
    fn finish(&self, head: &Head, answer: &mut Response) {
        let Some(origin) = head.origin.as_ref() else { return };
        let mut segments = head.path.split('/').skip(1);
        let variant = segments.next().and_then(Variant::of);
        let open = match variant {
            // What these two answer themselves, GitLab has not seen.
            Some(Variant::Slashes(SlashProxy::Apache | SlashProxy::Tomcat)) if has_encoded_slash(&head.path) => false,
            Some(Variant::Current | Variant::Old | Variant::RateLimited | Variant::Slashes(_)) => {
                segments.next() == Some("api") && segments.next().is_some()
            }
            Some(Variant::SignOnPage | Variant::OtherProduct) => true,
            Some(Variant::SignOn | Variant::PasswordProxy) | None => false,
        };
        if !open {
            return;
        }
        let own = self.state.host.trim_end_matches('/');
        if origin.as_bytes() == own.as_bytes() {
            set_header(answer, "access-control-allow-origin", own);
            set_header(answer, "access-control-allow-credentials", "true");
        } else {
            set_header(answer, "access-control-allow-origin", "*");
        }
        set_header(answer, "access-control-allow-methods", "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS");
        set_header(answer, "access-control-expose-headers", EXPOSED_HEADERS);
        set_header(answer, "access-control-max-age", "7200");
        set_header(answer, "vary", "Origin");
    }

    fn redact(&self, path: &str) -> String {
        self.facts.redact(path)
    }
}

/// What a GitLab takes for its own address that nobody has told how it is reached: the links in its answers begin so.
const INNER_ADDRESS: &str = "http://gitlab.internal:8181/";

fn has_encoded_slash(path: &str) -> bool {
    path.to_ascii_uppercase().contains("%2F")
}

/// Neither `Retry-After` nor `RateLimit-*` is among them.
const EXPOSED_HEADERS: &str = "Link, X-Total, X-Total-Pages, X-Per-Page, X-Page, X-Next-Page, X-Prev-Page, \
    X-Gitlab-Blob-Id, X-Gitlab-Commit-Id, X-Gitlab-Content-Sha256, X-Gitlab-Encoding, X-Gitlab-File-Name, \
    X-Gitlab-File-Path, X-Gitlab-Last-Commit-Id, X-Gitlab-Ref, X-Gitlab-Size, X-Request-Id, ETag";

fn preflight(call: &Call) -> Response {
    let mut answer = with_body(StatusCode::OK, "text/plain", "");
    if let Some(asked) = call.header("access-control-request-headers") {
        set_header(&mut answer, "access-control-allow-headers", asked);
    }
    answer
}

fn sent_to_login(login: &str) -> Response {
    let html = format!("<html><body>Please <a href=\"{login}\">sign in</a>.</body></html>\n");
    let mut answer = with_body(StatusCode::FOUND, "text/html; charset=utf-8", html);
    set_header(&mut answer, "location", login);
    answer
}

fn login() -> Response {
    let html = "<!DOCTYPE html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\"><title>Sign in</title></head>\n\
        <body><h1>Company sign-on of the sandbox</h1><p>Whatever lies behind it is not reached without a session. \
        There is nothing to sign in to.</p></body>\n</html>\n";
    with_body(StatusCode::OK, "text/html; charset=utf-8", html)
}

fn password_wanted() -> Response {
    let html = "<html>\n<head><title>401 Authorization Required</title></head>\n\
        <body><center><h1>401 Authorization Required</h1></center></body>\n</html>\n";
    let mut answer = with_body(StatusCode::UNAUTHORIZED, "text/html", html);
    set_header(&mut answer, "www-authenticate", "Basic realm=\"Company\"");
    answer
}

fn apache_not_found() -> Response {
    let html = "<!DOCTYPE HTML PUBLIC \"-//IETF//DTD HTML 2.0//EN\">\n<html><head>\n<title>404 Not Found</title>\n</head><body>\n\
        <h1>Not Found</h1>\n<p>The requested URL was not found on this server.</p>\n</body></html>\n";
    with_body(StatusCode::NOT_FOUND, "text/html; charset=iso-8859-1", html)
}

fn tomcat_bad_request() -> Response {
    let html = "<!doctype html><html lang=\"en\"><head><title>HTTP Status 400 – Bad Request</title></head>\
        <body><h1>HTTP Status 400 – Bad Request</h1></body></html>";
    with_body(StatusCode::BAD_REQUEST, "text/html;charset=utf-8", html)
}

/// Headers and body of GitLab's throttle (facts, 9), whose period ends soon so that nobody waits long.
fn rate_limited() -> Response {
    const SECONDS: i64 = 1;
    let reset = OffsetDateTime::now_utc().saturating_add(Duration::seconds(SECONDS));
    let mut answer = with_body(StatusCode::TOO_MANY_REQUESTS, "text/plain", "Retry later\n");
    set_header(&mut answer, "retry-after", &SECONDS.to_string());
    set_header(&mut answer, "ratelimit-name", "throttle_authenticated_api");
    set_header(&mut answer, "ratelimit-limit", "7200");
    set_header(&mut answer, "ratelimit-observed", "7201");
    set_header(&mut answer, "ratelimit-remaining", "0");
    set_header(&mut answer, "ratelimit-reset", &reset.unix_timestamp().to_string());
    set_header(&mut answer, "ratelimit-resettime", &fmt_http_date(reset.into()));
    answer
}

//! GitLab's origin: what each base URL leads to.

use std::future::ready;
use std::sync::Arc;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, Uri, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{Html, IntoResponse, Response};
use httpdate::fmt_http_date;
use time::{Duration, OffsetDateTime};
use tower::ServiceExt;

use crate::gitlab::{self, GitLab, Release};
use crate::http::{Refuse, error, is_preflight, message, read_strictly};
use crate::state;
use crate::variant::{SlashProxy, Variant};

/// GitLab's origin. Each variant is below its own segment.
pub(crate) fn router(state: &Arc<state::State>) -> Router {
    let own = HeaderValue::from_str(state.host.trim_end_matches('/')).unwrap_or(HeaderValue::from_static("null"));
    let strict = || from_fn_with_state(error as Refuse, read_strictly);
    let open = |router: Router| router.layer(strict()).layer(from_fn_with_state(own.clone(), cors));
    let served =
        |gitlab: &Arc<GitLab>| gitlab::pages(gitlab).layer(strict()).nest_service("/api", open(gitlab::api(gitlab)));
    let gitlab = |base_url, release| Arc::new(GitLab::new(Arc::clone(state), base_url, release));
    let current = gitlab(state.base(Variant::Current), Release::CURRENT);
    let inner = served(&gitlab(INTERNAL_URL.to_owned(), Release::CURRENT));
    let refusing = |answer: fn() -> Response| inner.clone().layer(from_fn_with_state(answer, refuse_slashes));
    let rewriting =
        |rewrite: fn(Request) -> Request| Router::new().fallback_service(inner.clone().map_request(rewrite));
    let login = state.base(Variant::SignOnPage);
    let variant = |variant| match variant {
        Variant::Current => served(&current),
        Variant::Old => served(&gitlab(state.base(variant), Release::OLD)),
        Variant::SignOn => {
            let login = login.clone();
            always(move || sent_to_login(&login)).layer(strict())
        }
        Variant::SignOnPage => open(always(login_page)),
        Variant::RateLimited => always(rate_limited).layer(strict()).nest_service("/api", open(always(rate_limited))),
        Variant::PasswordProxy => always(password_wanted).layer(strict()),
        Variant::OtherProduct => open(always(|| message(StatusCode::UNAUTHORIZED, "Unauthorized"))),
        Variant::Slashes(SlashProxy::Apache) => refusing(apache_not_found),
        Variant::Slashes(SlashProxy::Tomcat) => refusing(tomcat_bad_request),
        Variant::Slashes(SlashProxy::ApacheTwice) => rewriting(|request| with_slashes(request, "%252F")),
        Variant::Slashes(SlashProxy::Nginx) => rewriting(|request| with_slashes(request, "/")),
    };
    let elsewhere = gitlab::to_sign_in(&current).layer(strict());
    Variant::ALL
        .into_iter()
        .fold(elsewhere, |router, each| router.nest_service(&format!("/{}", each.segment()), variant(each)))
}

/// Answers every request alike.
fn always(answer: impl Fn() -> Response + Clone + Send + Sync + 'static) -> Router {
    Router::new().fallback(move || ready(answer()))
}

/// CORS, as GitLab configures it (`Rack::Cors`).
async fn cors(State(own): State<HeaderValue>, request: Request, next: Next) -> Response {
    let Some(origin) = request.headers().get(header::ORIGIN).cloned() else { return next.run(request).await };
    let answer = if is_preflight(&request) {
        let asked = request.headers().get(header::ACCESS_CONTROL_REQUEST_HEADERS).cloned();
        let allowed = asked.map(|asked| [(header::ACCESS_CONTROL_ALLOW_HEADERS, asked)]);
        (allowed, [(header::CONTENT_TYPE, "text/plain")], "").into_response()
    } else {
        next.run(request).await
    };
    let is_own = origin == own;
    let credentials = is_own.then_some([(header::ACCESS_CONTROL_ALLOW_CREDENTIALS, "true")]);
    let allowed = [(header::ACCESS_CONTROL_ALLOW_ORIGIN, if is_own { own } else { HeaderValue::from_static("*") })];
    let headers = [
        (header::ACCESS_CONTROL_ALLOW_METHODS, "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS"),
        (header::ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED_HEADERS),
        (header::ACCESS_CONTROL_MAX_AGE, "7200"),
        (header::VARY, "Origin"),
    ];
    (allowed, credentials, headers, answer).into_response()
}

/// A proxy that rejects a path with an encoded slash.
async fn refuse_slashes(State(answer): State<fn() -> Response>, request: Request, next: Next) -> Response {
    let slash = request.uri().path().to_ascii_uppercase().contains("%2F");
    if slash { answer() } else { next.run(request).await }
}

/// The request with the encoded slashes of its path replaced.
fn with_slashes(mut request: Request, slash: &str) -> Request {
    let path = request.uri().path().replace("%2F", slash).replace("%2f", slash);
    let query = request.uri().query().map_or(String::new(), |query| format!("?{query}"));
    // Always a URI: only its slashes are written in another way.
    if let Ok(uri) = Uri::try_from(path + &query) {
        *request.uri_mut() = uri;
    }
    request
}

/// The URL of a GitLab whose `external_url` is not set to its public one. The links in its answers start with it.
const INTERNAL_URL: &str = "http://gitlab.internal:8181/";

/// Neither `Retry-After` nor `RateLimit-*` is among them.
const EXPOSED_HEADERS: &str = "Link, X-Total, X-Total-Pages, X-Per-Page, X-Page, X-Next-Page, X-Prev-Page, \
    X-Gitlab-Blob-Id, X-Gitlab-Commit-Id, X-Gitlab-Content-Sha256, X-Gitlab-Encoding, X-Gitlab-File-Name, \
    X-Gitlab-File-Path, X-Gitlab-Last-Commit-Id, X-Gitlab-Ref, X-Gitlab-Size, X-Request-Id, ETag";

fn sent_to_login(login: &str) -> Response {
    let html = format!("<html><body>Please <a href=\"{login}\">sign in</a>.</body></html>\n");
    (StatusCode::FOUND, [(header::LOCATION, login)], Html(html)).into_response()
}

fn login_page() -> Response {
    let html = "<!DOCTYPE html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\"><title>Sign in</title></head>\n\
        <body><h1>Company sign-on of the sandbox</h1><p>Whatever lies behind it is not reached without a session. \
        There is nothing to sign in to.</p></body>\n</html>\n";
    Html(html).into_response()
}

fn password_wanted() -> Response {
    let html = "<html>\n<head><title>401 Authorization Required</title></head>\n\
        <body><center><h1>401 Authorization Required</h1></center></body>\n</html>\n";
    let headers = [(header::CONTENT_TYPE, "text/html"), (header::WWW_AUTHENTICATE, "Basic realm=\"Company\"")];
    (StatusCode::UNAUTHORIZED, headers, html).into_response()
}

fn apache_not_found() -> Response {
    let html = "<!DOCTYPE HTML PUBLIC \"-//IETF//DTD HTML 2.0//EN\">\n<html><head>\n<title>404 Not Found</title>\n</head><body>\n\
        <h1>Not Found</h1>\n<p>The requested URL was not found on this server.</p>\n</body></html>\n";
    (StatusCode::NOT_FOUND, [(header::CONTENT_TYPE, "text/html; charset=iso-8859-1")], html).into_response()
}

fn tomcat_bad_request() -> Response {
    let html = "<!doctype html><html lang=\"en\"><head><title>HTTP Status 400 – Bad Request</title></head>\
        <body><h1>HTTP Status 400 – Bad Request</h1></body></html>";
    (StatusCode::BAD_REQUEST, [(header::CONTENT_TYPE, "text/html;charset=utf-8")], html).into_response()
}

/// Headers and body of GitLab's throttle (its `doc/administration/settings/user_and_ip_rate_limits.md`), with a short period, so that
/// tests do not wait long.
fn rate_limited() -> Response {
    const SECONDS: i64 = 1;
    let reset = OffsetDateTime::now_utc().saturating_add(Duration::seconds(SECONDS));
    let headers = [
        ("content-type", "text/plain".to_owned()),
        ("retry-after", SECONDS.to_string()),
        ("ratelimit-name", "throttle_authenticated_api".to_owned()),
        ("ratelimit-limit", "7200".to_owned()),
        ("ratelimit-observed", "7201".to_owned()),
        ("ratelimit-remaining", "0".to_owned()),
        ("ratelimit-reset", reset.unix_timestamp().to_string()),
        ("ratelimit-resettime", fmt_http_date(reset.into())),
    ];
    (StatusCode::TOO_MANY_REQUESTS, headers, "Retry later\n").into_response()
}

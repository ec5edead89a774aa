//! The page's origin: the files of `www/`, and the sandbox's facts as JSON.

use std::fs::read_to_string;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{Method, StatusCode, header};
use axum::middleware::{Next, from_fn, from_fn_with_state, map_response};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use tower_http::services::ServeDir;

use crate::facts::Facts;
use crate::http::{Refuse, error, read_strictly};

/// Only the page's own files, no inline script or style. `connect-src` is open because the user types the GitLab base URL
/// later. `trusted-types lit-html` is the one policy that the custom element's templates need.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
    img-src 'self'; font-src 'self'; manifest-src 'self'; connect-src https: http:; base-uri 'none'; \
    form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types lit-html";

struct Page {
    www: PathBuf,
    /// The page offers them as examples.
    facts: Arc<Facts>,
}

/// The page's origin.
pub(crate) fn router(www: &Path, facts: Arc<Facts>) -> Router {
    Router::new()
        .route("/", get(index))
        .route("/index.html", get(index))
        .route("/sandbox.json", get(sandbox))
        .fallback(file)
        .layer(from_fn(only_read))
        .layer(from_fn_with_state(error as Refuse, read_strictly))
        .layer(map_response(add_headers))
        .with_state(Arc::new(Page { www: www.to_owned(), facts }))
}

async fn only_read(request: Request, next: Next) -> Response {
    if matches!(*request.method(), Method::GET | Method::HEAD) {
        return next.run(request).await;
    }
    let refused = error(StatusCode::METHOD_NOT_ALLOWED, "the page is only read: GET or HEAD");
    ([(header::ALLOW, "GET, HEAD")], refused).into_response()
}

async fn add_headers(answer: Response) -> impl IntoResponse {
    let headers = [
        (header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (header::CACHE_CONTROL, "no-store"),
    ];
    (headers, answer)
}

async fn sandbox(State(page): State<Arc<Page>>) -> impl IntoResponse {
    Json(page.facts.to_json())
}

async fn index(State(page): State<Arc<Page>>) -> Response {
    let Ok(text) = read_to_string(page.www.join("index.html")) else { return page.missing() };
    // In the HTML, so that the page never proposes another Torque, not even before it has loaded `sandbox.json`.
    let attributes = format!("data-sandbox=\"sandbox.json\" data-torque=\"{}\"", page.facts.torque);
    Html(text.replacen("<html ", &format!("<html {attributes} "), 1)).into_response()
}

/// Serves the whole file: headers for ranges and conditions are removed.
async fn file(State(page): State<Arc<Page>>, mut request: Request) -> Response {
    request.headers_mut().clear();
    match ServeDir::new(&page.www).try_call(request).await {
        Ok(answer) if answer.status() != StatusCode::NOT_FOUND => answer.map(Body::new),
        Ok(_) => page.missing(),
        Err(_) => error(StatusCode::NOT_FOUND, "this file cannot be read"),
    }
}

impl Page {
    /// Looks at the folder for each request, because the page may be built after the sandbox was started.
    fn missing(&self) -> Response {
        let text = if self.www.join("index.html").is_file() {
            "There is no such file.\n"
        } else {
            "The page has not been built yet.\nRun `cargo xtask demo`, which builds everything and serves it, \
             or start the sandbox with `--www DIR`, a folder that holds an index.html.\n"
        };
        (StatusCode::NOT_FOUND, text).into_response()
    }
}

//! The origin of the page: the files of `www/`, and what the sandbox has to offer as JSON.

use std::fs::read_to_string;
use std::path::{Path, PathBuf};

use axum::body::Body;
use axum::extract::Request;
use axum::http::{Method, StatusCode};
use axum::response::Response;
use tower_http::services::ServeDir;

use crate::facts::Facts;
use crate::http::{Call, error, json_answer, set_header, with_body};
use crate::origin::{Head, Origin};

/// Nothing but the page's own files, no inline script or style; `connect-src` is open because the GitLab host is typed
/// later. `trusted-types lit-html` is the one policy that the custom element's templates need.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
    img-src 'self'; font-src 'self'; manifest-src 'self'; connect-src https: http:; base-uri 'none'; \
    form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types lit-html";

/// The page's server.
#[derive(Debug)]
pub(crate) struct Page {
    www: PathBuf,
    /// The page offers examples of them.
    facts: Facts,
}

impl Page {
    pub(crate) fn new(www: &Path, facts: Facts) -> Self {
        Self { www: www.to_owned(), facts }
    }

    /// The request's headers are left out: no ranges and no conditions, always the whole file of now.
    async fn file(&self, call: &Call) -> Response {
        if matches!(call.uri.path(), "/" | "/index.html")
            && let Ok(page) = read_to_string(self.www.join("index.html"))
        {
            return with_body(StatusCode::OK, "text/html; charset=utf-8", self.mark(&page));
        }
        let mut request = Request::new(Body::empty());
        *request.method_mut() = call.method.clone();
        *request.uri_mut() = call.uri.clone();
        match ServeDir::new(&self.www).try_call(request).await {
            Ok(answer) if answer.status() != StatusCode::NOT_FOUND => answer.map(Body::new),
            Ok(_) => self.missing(),
            Err(_) => error(StatusCode::NOT_FOUND, "this file cannot be read"),
        }
    }

    fn mark(&self, page: &str) -> String {
        // Its own Torque is named here, so that the page proposes no other one, not even for a moment.
        let attributes = format!("data-sandbox=\"sandbox.json\" data-torque=\"{}\"", self.facts.torque);
        page.replacen("<html ", &format!("<html {attributes} "), 1)
    }

    /// The page may be built after the sandbox was started, so the folder is looked at now and not at the start.
    fn missing(&self) -> Response {
        let text = if self.www.join("index.html").is_file() {
            "There is no such file.\n"
        } else {
            "The page has not been built yet.\nRun `cargo xtask demo`, which builds everything and serves it, \
             or start the sandbox with `--www DIR`, a folder that holds an index.html.\n"
        };
        with_body(StatusCode::NOT_FOUND, "text/plain; charset=utf-8", text)
    }
}

impl Origin for Page {
    const NAME: &'static str = "page";

    async fn answer(&self, call: &Call) -> Response {
        if call.method != Method::GET && call.method != Method::HEAD {
            let mut answer = error(StatusCode::METHOD_NOT_ALLOWED, "the page is only read: GET or HEAD");
            set_header(&mut answer, "allow", "GET, HEAD");
            return answer;
        }
        match call.uri.path() {
            "/sandbox.json" => json_answer(StatusCode::OK, &self.facts.to_json()),
            _ => self.file(call).await,
        }
    }

    fn refuse(&self, status: StatusCode, why: &str) -> Response {
        error(status, why)
    }

    fn finish(&self, _head: &Head, answer: &mut Response) {
        set_header(answer, "content-security-policy", CONTENT_SECURITY_POLICY);
        set_header(answer, "x-content-type-options", "nosniff");
        set_header(answer, "referrer-policy", "no-referrer");
        set_header(answer, "cross-origin-opener-policy", "same-origin");
        set_header(answer, "cache-control", "no-store");
    }

    fn redact(&self, path: &str) -> String {
        self.facts.redact(path)
    }
}

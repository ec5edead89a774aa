//! The files of the page, embedded in the program.

use axum::body::Body;
use axum::extract::Request;
use axum::http::{Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use rust_embed::RustEmbed;
use torque_gitlab_connect::address::PortalUrl;

use super::refuse;

/// What `cargo xtask build` has made of `www/`.
#[derive(RustEmbed)]
#[folder = "../www/dist"]
#[allow_missing = true]
struct Files;

/// With every answer. Nothing but the page's own files, no inline script or style; `connect-src` is open because the GitLab
/// host is typed later. `trusted-types lit-html` is the one policy that the templates of the element need.
pub const HEADERS: [(&str, &str); 5] = [
    (
        "content-security-policy",
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self'; font-src 'self'; \
         manifest-src 'self'; connect-src https: http:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; \
         require-trusted-types-for 'script'; trusted-types lit-html",
    ),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cache-control", "no-store"),
];

/// The page.
pub struct Page {
    /// Attributes of the document's first element: where Torque is. The page takes no setting from its own address.
    attributes: String,
}

impl Page {
    /// Of a server at `address`, for `torque`. Neither holds a quote or `&`, which would need escaping: both are canonical
    /// addresses.
    pub fn new(address: &str, torque: &PortalUrl) -> Self {
        Self { attributes: format!("data-portal=\"{address}\" data-public-portal=\"{}\"", torque.as_str()) }
    }

    pub fn answer(&self, request: &Request) -> Response {
        if request.method() != Method::GET && request.method() != Method::HEAD {
            let refusal = refuse(StatusCode::METHOD_NOT_ALLOWED, "the page is only read: GET or HEAD");
            return ([(header::ALLOW, "GET, HEAD")], refusal).into_response();
        }
        let path = match request.uri().path() {
            "/" => "index.html",
            path => path.trim_start_matches('/'),
        };
        let Some(file) = Files::get(path) else {
            return refuse(StatusCode::NOT_FOUND, missing());
        };
        let body = match path {
            "index.html" => {
                String::from_utf8_lossy(&file.data).replacen("<html ", &format!("<html {} ", self.attributes), 1).into()
            }
            _ => Body::from(file.data.into_owned()),
        };
        ([(header::CONTENT_TYPE, file.metadata.mimetype())], body).into_response()
    }
}

fn missing() -> &'static str {
    if Files::get("index.html").is_some() {
        "there is no such file"
    } else {
        "this program was built without the page: run `cargo xtask build`, then build it again"
    }
}

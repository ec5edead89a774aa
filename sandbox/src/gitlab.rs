//! GitLab below its base URL: the part of its REST API that reads tokens, projects, branches and files.
//!
//! Statuses and bodies are those of GitLab's source and documentation. `sandbox/README.md` lists the assumptions.

mod lists;
mod projects;

use std::collections::HashMap;
use std::future::ready;
use std::sync::{Arc, Mutex, PoisonError};

use axum::extract::{Query, RawPathParams, Request, State};
use axum::http::request::Parts;
use axum::http::{Method, StatusCode, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use serde_json::{Value, json};
use time::OffsetDateTime;

use self::lists::Parameters;
use crate::http::{Result, bearer, error, message};
use crate::state::{self, Kind, Project, Sight, Token, User};

/// One GitLab at its base URL.
#[derive(Debug)]
pub(crate) struct GitLab {
    state: Arc<state::State>,
    /// Ends in `/`.
    base_url: String,
    release: Release,
    /// When each token was last used; `null` in the first answer about it.
    last_used: Mutex<HashMap<u64, OffsetDateTime>>,
}

/// The differences between versions of GitLab.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Release {
    version: &'static str,
    /// Whether it has `personal_access_tokens/self` (since 15.5).
    has_token_self: bool,
    /// Whether the old path of a moved project redirects to its number (since 16.7).
    redirects_moved_projects: bool,
    /// Whether lists of projects have the filter `active`, and an empty project has a default branch.
    is_recent: bool,
}

impl Release {
    /// A version with fine-grained tokens (a beta in 18.10).
    pub(crate) const CURRENT: Self =
        Self { version: "18.11.2-ee", has_token_self: true, redirects_moved_projects: true, is_recent: true };
    /// The last version without `personal_access_tokens/self`.
    pub(crate) const OLD: Self =
        Self { version: "15.4.6-ee", has_token_self: false, redirects_moved_projects: false, is_recent: false };
}

/// Who calls: a token with its user, or nobody.
#[derive(Debug, Clone, Copy)]
struct Caller<'state> {
    token: Option<(&'state Token, &'state User)>,
}

impl<'state> Caller<'state> {
    fn user(self) -> Option<&'state User> {
        self.token.map(|(_, user)| user)
    }
}

const READS_API: &[&str] = &["api", "read_api"];
const READS_FILES: &[&str] = &["read_repository", "api", "read_api"];
const READS_USER: &[&str] = &["read_user", "api", "read_api"];

/// The routes of the API, below `api`.
pub(crate) fn api(gitlab: &Arc<GitLab>) -> Router {
    let mut routes = Router::new()
        .route("/v4/version", get(version))
        .route("/v4/metadata", get(version))
        .route("/v4/user", get(current_user))
        .route("/v4/projects", get(projects::list))
        .route("/v4/projects/{id}", get(projects::one))
        .route("/v4/projects/{id}/repository/branches", get(projects::branches))
        .route("/v4/projects/{id}/repository/branches/{name}", get(projects::branch))
        .route("/v4/projects/{id}/repository/files/{path}", get(projects::file))
        .route("/v4/projects/{id}/repository/files/{path}/raw", get(projects::raw_file));
    if gitlab.release.has_token_self {
        routes = routes.route("/v4/personal_access_tokens/self", get(token_itself));
    }
    routes
        .route_layer(from_fn_with_state(Arc::clone(gitlab), only_read))
        .fallback(|| ready(error(StatusCode::NOT_FOUND, "404 Not Found")))
        .with_state(Arc::clone(gitlab))
}

/// The routes outside the API. They redirect to the sign-in page.
pub(crate) fn pages(gitlab: &Arc<GitLab>) -> Router {
    to_sign_in(gitlab).route("/users/sign_in", get(sign_in_page).fallback(not_allowed))
}

/// Redirects every path to the sign-in page.
pub(crate) fn to_sign_in(gitlab: &Arc<GitLab>) -> Router {
    let sign_in = format!("{}users/sign_in", gitlab.base_url);
    let answer = move || {
        let html = format!("<html><body>You are being <a href=\"{sign_in}\">redirected</a>.</body></html>");
        ready((StatusCode::FOUND, [(header::LOCATION, sign_in)], Html(html)))
    };
    Router::new().fallback(get(answer).fallback(not_allowed))
}

async fn not_allowed() -> Response {
    error(StatusCode::METHOD_NOT_ALLOWED, "405 Method Not Allowed")
}

/// Refuses methods that change something. A moved project is checked before that, as GitLab does.
async fn only_read(
    State(gitlab): State<Arc<GitLab>>,
    path: RawPathParams,
    head: Parts,
    request: Request,
    next: Next,
) -> Result {
    if matches!(head.method, Method::GET | Method::HEAD) {
        return Ok(next.run(request).await);
    }
    if let Some((_, id)) = path.iter().find(|(name, _)| *name == "id")
        && gitlab.state.project(id).is_some_and(|project| project.moved_from(id))
    {
        gitlab.visible_project(&head, gitlab.caller(&head, READS_API)?, id)?;
    }
    Ok(([(header::ALLOW, "GET, HEAD, OPTIONS")], not_allowed().await).into_response())
}

async fn sign_in_page() -> Html<&'static str> {
    Html(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\"><title>Sign in · GitLab</title></head>\n\
        <body><h1>GitLab of the sandbox</h1><p>Only the REST API is here, below <code>api/v4</code>. \
        There is nothing to sign in to.</p></body>\n</html>\n",
    )
}

async fn token_itself(State(gitlab): State<Arc<GitLab>>, head: Parts) -> Result<Json<Value>> {
    let (token, user) = gitlab.signed_in(&head, &[])?;
    if token.kind == Kind::Oauth {
        let text = "400 Bad request - This endpoint requires token type to be a personal access token";
        return Err(message(StatusCode::BAD_REQUEST, text));
    }
    let mut last_used = gitlab.last_used.lock().unwrap_or_else(PoisonError::into_inner);
    let before = last_used.insert(token.id, OffsetDateTime::now_utc());
    Ok(Json(json!({
        "id": token.id,
        "name": token.name,
        "revoked": false,
        "created_at": timestamp(token.created_at),
        "description": null,
        "scopes": token.scopes,
        "user_id": user.id,
        "last_used_at": before.map(timestamp),
        "active": true,
        "expires_at": token.expires_at.map(|date| date.to_string()),
        "last_used_ips": before.map_or_else(Vec::new, |_| vec!["127.0.0.1"]),
    })))
}

async fn version(State(gitlab): State<Arc<GitLab>>, head: Parts) -> Result<Json<Value>> {
    gitlab.signed_in(&head, READS_USER)?;
    Ok(Json(json!({ "version": gitlab.release.version, "revision": "5a4db0c2e10" })))
}

async fn current_user(State(gitlab): State<Arc<GitLab>>, head: Parts) -> Result<Json<Value>> {
    let (_, user) = gitlab.signed_in(&head, READS_USER)?;
    Ok(Json(json!({
        "id": user.id,
        "username": user.username,
        "name": user.username,
        "state": "active",
        "locked": false,
        "web_url": format!("{}{}", gitlab.base_url, user.username),
    })))
}

impl GitLab {
    pub(crate) fn new(state: Arc<state::State>, base_url: String, release: Release) -> Self {
        Self { state, base_url, release, last_used: Mutex::default() }
    }

    /// The caller, or nobody if there is no token. The token must have one of the scopes, if any are given.
    ///
    /// The order of the checks is that of GitLab's `AccessTokenValidationService`.
    fn caller(&self, head: &Parts, scopes: &[&str]) -> Result<Caller<'_>> {
        let Query(query) = Query::<Parameters>::try_from_uri(&head.uri).unwrap_or_default();
        let in_header = || head.headers.get("private-token").and_then(|value| value.to_str().ok());
        let private = query.last("private_token").or_else(in_header).map(str::trim);
        let (text, as_private) = match private.or_else(|| bearer(&head.headers)) {
            Some(text) => (text, private.is_some()),
            None if head.headers.contains_key("private-token") || head.headers.contains_key("authorization") => {
                return Err(unauthorized());
            }
            None => return Ok(Caller { token: None }),
        };
        let token = self.state.token_by_text(text).ok_or_else(unauthorized)?;
        // Deploy and job tokens cannot use this API. An OAuth token is not accepted as a private token.
        if matches!(token.kind, Kind::Deploy | Kind::Job) || (token.kind == Kind::Oauth && as_private) {
            return Err(unauthorized());
        }
        let user = self.state.user(token).ok_or_else(unauthorized)?;
        if token.expired() {
            return Err(invalid_token("Token is expired. You can either do re-authorization or token refresh."));
        }
        if token.revoked {
            return Err(invalid_token("Token was revoked. You have to re-authorize from the user."));
        }
        match token.kind {
            Kind::FineGrained { permitted: false } => return Err(insufficient_granular_scope()),
            Kind::FineGrained { permitted: true } => (),
            _ if !scopes.is_empty() && !token.has_scope(scopes) => return Err(insufficient_scope(scopes)),
            _ => (),
        }
        if token.kind == Kind::Impersonation {
            return Err(invalid_token("Token is an impersonation token but impersonation was disabled."));
        }
        if token.kind == Kind::ProofRequired {
            let description = "DPoP validation error: DPoP header is missing";
            let body = json!({ "error": "dpop_error", "error_description": description });
            return Err((StatusCode::UNAUTHORIZED, Json(body)).into_response());
        }
        if user.blocked {
            return Err(message(StatusCode::FORBIDDEN, "403 Forbidden - Your account has been blocked."));
        }
        Ok(Caller { token: Some((token, user)) })
    }

    fn signed_in(&self, head: &Parts, scopes: &[&str]) -> Result<(&Token, &User)> {
        self.caller(head, scopes)?.token.ok_or_else(unauthorized)
    }

    fn visible_project(&self, head: &Parts, caller: Caller<'_>, id: &str) -> Result<(&Project, Sight)> {
        let project = self.state.project(id).ok_or_else(|| not_found("Project"))?;
        let sight = self.state.sight(caller.user(), project);
        if sight == Sight::Hidden {
            return Err(not_found("Project"));
        }
        if self.release.redirects_moved_projects && project.moved_from(id) {
            return Err(self.moved(head, project));
        }
        Ok((project, sight))
    }

    /// Redirects from a project's old path to the same URL with its number. Methods other than GET are refused.
    fn moved(&self, head: &Parts, project: &Project) -> Response {
        if head.method != Method::GET {
            let text = "Non GET methods are not allowed for moved projects";
            return message(StatusCode::METHOD_NOT_ALLOWED, text);
        }
        // What follows …/projects/<id>, exactly as it was requested.
        let requested = head.uri.path_and_query().map_or("", |requested| requested.as_str());
        let rest = requested.find("/projects/").map_or("", |at| &requested[at + "/projects/".len()..]);
        let rest = rest.find(['/', '?']).map_or("", |at| &rest[at..]);
        let address = format!("{}api/v4/projects/{}{rest}", self.base_url, project.id);
        let text = format!("This resource has been moved permanently to {address}.");
        let headers = [(header::CONTENT_TYPE, "text/plain"), (header::LOCATION, &address)];
        (StatusCode::MOVED_PERMANENTLY, headers, text).into_response()
    }
}

fn unauthorized() -> Response {
    message(StatusCode::UNAUTHORIZED, "401 Unauthorized")
}

fn forbidden() -> Response {
    message(StatusCode::FORBIDDEN, "403 Forbidden")
}

fn not_found(what: &str) -> Response {
    message(StatusCode::NOT_FOUND, &format!("404 {what} Not Found"))
}

fn invalid_token(description: &str) -> Response {
    let body = json!({ "error": "invalid_token", "error_description": description });
    (StatusCode::UNAUTHORIZED, Json(body)).into_response()
}

fn insufficient_scope(scopes: &[&str]) -> Response {
    let body = json!({
        "error": "insufficient_scope",
        "error_description": "The request requires higher privileges than provided by the access token.",
        "scope": scopes.join(" "),
    });
    (StatusCode::FORBIDDEN, Json(body)).into_response()
}

fn insufficient_granular_scope() -> Response {
    let description =
        "Access denied: your fine-grained personal access token lacks the permissions that this request needs.";
    let body = json!({ "error": "insufficient_granular_scope", "error_description": description });
    (StatusCode::FORBIDDEN, Json(body)).into_response()
}

/// A time as GitLab writes it: `2026-01-05T09:12:44.512Z`.
fn timestamp(moment: OffsetDateTime) -> String {
    let (hour, minute, second, millisecond) = moment.to_hms_milli();
    format!("{}T{hour:02}:{minute:02}:{second:02}.{millisecond:03}Z", moment.date())
}

//! A GitLab below its base path: the part of its REST API that reads tokens, projects, branches and files.
//!
//! Statuses and bodies are those of GitLab's source and documentation, as far as known; `sandbox/README.md` lists what
//! is an assumption.

mod lists;
mod projects;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use axum::http::{Method, StatusCode};
use axum::response::Response;
use serde_json::json;
use time::OffsetDateTime;

use crate::http::{Call, Refused, error, json_answer, message, set_header, with_body};
use crate::state::{Kind, Project, Sight, State, Token, User};

/// One GitLab at its base URL.
#[derive(Debug)]
pub(crate) struct GitLab {
    state: Arc<State>,
    /// Ends in `/`.
    base_url: String,
    release: Release,
    /// When each token was used before; the first inspection says `null`.
    last_used: Mutex<HashMap<u64, OffsetDateTime>>,
}

/// What differs from one version of GitLab to the other.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Release {
    version: &'static str,
    /// `personal_access_tokens/self` is there (since 15.5).
    tells_tokens: bool,
    /// A project's old path leads to its number instead of answering for it (since 16.7).
    redirects_moved_projects: bool,
    /// Lists of projects know `active`, and an empty project has the branch that would be its first as default branch.
    is_recent: bool,
}

impl Release {
    /// New enough for fine-grained tokens (a beta in 18.10).
    pub(crate) const CURRENT: Self =
        Self { version: "18.11.2-ee", tells_tokens: true, redirects_moved_projects: true, is_recent: true };
    /// The last one without `personal_access_tokens/self`.
    pub(crate) const OLD: Self =
        Self { version: "15.4.6-ee", tells_tokens: false, redirects_moved_projects: false, is_recent: false };
}

/// Who calls: nobody, or a token with its user.
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

impl GitLab {
    pub(crate) fn new(state: Arc<State>, base_url: String, release: Release) -> Self {
        Self { state, base_url, release, last_used: Mutex::default() }
    }

    /// Answers for a path below the base URL.
    pub(crate) fn answer(&self, call: &Call, path: &[&str]) -> Response {
        match path {
            ["api", "v4", route @ ..] => self.api(call, route).unwrap_or_else(|refused| *refused),
            ["api", ..] => error(StatusCode::NOT_FOUND, "404 Not Found"),
            _ => self.web_page(call, path),
        }
    }

    fn api(&self, call: &Call, route: &[&str]) -> Result<Response, Refused> {
        type Endpoint = fn(&GitLab, &Call, &[&str]) -> Result<Response, Refused>;
        let endpoint: Endpoint = match route {
            ["personal_access_tokens", "self"] if self.release.tells_tokens => {
                |gitlab, call, _| gitlab.token_itself(call)
            }
            ["version" | "metadata"] => |gitlab, call, _| gitlab.version(call),
            ["user"] => |gitlab, call, _| gitlab.current_user(call),
            ["projects"] => |gitlab, call, _| gitlab.list_projects(call),
            ["projects", _] => |gitlab, call, route| gitlab.one_project(call, route[1]),
            ["projects", _, "repository", "branches"] => |gitlab, call, route| gitlab.list_branches(call, route[1]),
            ["projects", _, "repository", "branches", _] => {
                |gitlab, call, route| gitlab.one_branch(call, route[1], route[4])
            }
            ["projects", _, "repository", "files", _] => |gitlab, call, route| gitlab.file(call, route[1], route[4]),
            ["projects", _, "repository", "files", _, "raw"] => {
                |gitlab, call, route| gitlab.raw_file(call, route[1], route[4])
            }
            _ => return Err(Box::new(error(StatusCode::NOT_FOUND, "404 Not Found"))),
        };
        if call.method != Method::GET && call.method != Method::HEAD {
            if let ["projects", id, ..] = route
                && self.state.project(id).is_some_and(|project| project.moved_from(id))
            {
                self.visible_project(call, self.caller(call, READS_API)?, id)?;
            }
            let mut answer = error(StatusCode::METHOD_NOT_ALLOWED, "405 Method Not Allowed");
            set_header(&mut answer, "allow", "GET, HEAD, OPTIONS");
            return Ok(answer);
        }
        endpoint(self, call, route)
    }

    // ---- who calls, and with what right ----

    /// The caller, whose token must have one of the scopes; nobody at all where there is no token.
    ///
    /// `scopes` empty: every scope will do. The order of tests is that of GitLab's `AccessTokenValidationService`.
    fn caller(&self, call: &Call, scopes: &[&str]) -> Result<Caller<'_>, Refused> {
        let private = call.query("private_token").or_else(|| call.header("private-token")).map(str::trim);
        let (text, as_private) = match private.or_else(|| call.bearer()) {
            Some(text) => (text, private.is_some()),
            None if call.headers.contains_key("private-token") || call.headers.contains_key("authorization") => {
                return Err(unauthorized());
            }
            None => return Ok(Caller { token: None }),
        };
        let token = self.state.token_by_text(text).ok_or_else(unauthorized)?;
        // Deploy and job tokens are no users of this API; an OAuth token is not looked up as a private token.
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
        if token.kind == Kind::ProofDemanded {
            let description = "DPoP validation error: DPoP header is missing";
            let body = json!({ "error": "dpop_error", "error_description": description });
            return Err(Box::new(json_answer(StatusCode::UNAUTHORIZED, &body)));
        }
        if user.blocked {
            return Err(Box::new(message(StatusCode::FORBIDDEN, "403 Forbidden - Your account has been blocked.")));
        }
        Ok(Caller { token: Some((token, user)) })
    }

    fn signed_in(&self, call: &Call, scopes: &[&str]) -> Result<(&Token, &User), Refused> {
        self.caller(call, scopes)?.token.ok_or_else(unauthorized)
    }

    fn visible_project(&self, call: &Call, caller: Caller<'_>, id: &str) -> Result<(&Project, Sight), Refused> {
        let project = self.state.project(id).ok_or_else(|| not_found("Project"))?;
        let sight = self.state.sight(caller.user(), project);
        if sight == Sight::Hidden {
            return Err(not_found("Project"));
        }
        if self.release.redirects_moved_projects && project.moved_from(id) {
            return Err(self.moved(call, project));
        }
        Ok((project, sight))
    }

    /// A project's old path leads to the same address with the project's number in it, and only for GET.
    fn moved(&self, call: &Call, project: &Project) -> Refused {
        if call.method != Method::GET {
            let text = "Non GET methods are not allowed for moved projects";
            return Box::new(message(StatusCode::METHOD_NOT_ALLOWED, text));
        }
        // /<base>/api/v4/projects/<id> and what follows it, written as it was asked for.
        let asked = call.uri.path_and_query().map_or("", |asked| asked.as_str());
        let rest = asked.find("/projects/").map_or("", |at| &asked[at + "/projects/".len()..]);
        let rest = rest.find(['/', '?']).map_or("", |at| &rest[at..]);
        let address = format!("{}api/v4/projects/{}{rest}", self.base_url, project.id);
        let text = format!("This resource has been moved permanently to {address}.");
        let mut answer = with_body(StatusCode::MOVED_PERMANENTLY, "text/plain", text);
        set_header(&mut answer, "location", &address);
        Box::new(answer)
    }

    // ---- tokens, users, version ----

    fn token_itself(&self, call: &Call) -> Result<Response, Refused> {
        let (token, user) = self.signed_in(call, &[])?;
        if token.kind == Kind::Oauth {
            let text = "400 Bad request - This endpoint requires token type to be a personal access token";
            return Err(Box::new(message(StatusCode::BAD_REQUEST, text)));
        }
        let mut last_used = self.last_used.lock().unwrap_or_else(PoisonError::into_inner);
        let before = last_used.insert(token.id, OffsetDateTime::now_utc());
        Ok(json_answer(
            StatusCode::OK,
            &json!({
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
            }),
        ))
    }

    fn version(&self, call: &Call) -> Result<Response, Refused> {
        self.signed_in(call, READS_USER)?;
        Ok(json_answer(StatusCode::OK, &json!({ "version": self.release.version, "revision": "5a4db0c2e10" })))
    }

    fn current_user(&self, call: &Call) -> Result<Response, Refused> {
        let (_, user) = self.signed_in(call, READS_USER)?;
        let web_url = format!("{}{}", self.base_url, user.username);
        Ok(json_answer(
            StatusCode::OK,
            &json!({
                "id": user.id,
                "username": user.username,
                "name": user.username,
                "state": "active",
                "locked": false,
                "web_url": web_url,
            }),
        ))
    }

    /// What is not the API wants a signed-in browser.
    pub(crate) fn web_page(&self, call: &Call, path: &[&str]) -> Response {
        if call.method != Method::GET && call.method != Method::HEAD {
            return error(StatusCode::METHOD_NOT_ALLOWED, "405 Method Not Allowed");
        }
        if path == ["users", "sign_in"] {
            let html = "<!DOCTYPE html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\"><title>Sign in · GitLab</title></head>\n\
                <body><h1>GitLab of the sandbox</h1><p>Only the REST API is here, below <code>api/v4</code>. \
                There is nothing to sign in to.</p></body>\n</html>\n";
            return with_body(StatusCode::OK, "text/html; charset=utf-8", html);
        }
        let sign_in = format!("{}users/sign_in", self.base_url);
        let html = format!("<html><body>You are being <a href=\"{sign_in}\">redirected</a>.</body></html>");
        let mut answer = with_body(StatusCode::FOUND, "text/html; charset=utf-8", html);
        set_header(&mut answer, "location", &sign_in);
        answer
    }
}

fn unauthorized() -> Refused {
    Box::new(message(StatusCode::UNAUTHORIZED, "401 Unauthorized"))
}

fn forbidden() -> Refused {
    Box::new(message(StatusCode::FORBIDDEN, "403 Forbidden"))
}

fn not_found(what: &str) -> Refused {
    Box::new(message(StatusCode::NOT_FOUND, format!("404 {what} Not Found")))
}

fn invalid_token(description: &str) -> Refused {
    let body = json!({ "error": "invalid_token", "error_description": description });
    Box::new(json_answer(StatusCode::UNAUTHORIZED, &body))
}

fn insufficient_scope(scopes: &[&str]) -> Refused {
    Box::new(json_answer(
        StatusCode::FORBIDDEN,
        &json!({
            "error": "insufficient_scope",
            "error_description": "The request requires higher privileges than provided by the access token.",
            "scope": scopes.join(" "),
        }),
    ))
}

fn insufficient_granular_scope() -> Refused {
    Box::new(json_answer(
        StatusCode::FORBIDDEN,
        &json!({
            "error": "insufficient_granular_scope",
            "error_description": "Access denied: your fine-grained personal access token lacks the permissions \
                                  that this request needs.",
        }),
    ))
}

/// A moment as GitLab writes it: `2026-01-05T09:12:44.512Z`.
fn timestamp(moment: OffsetDateTime) -> String {
    let (hour, minute, second, millisecond) = moment.to_hms_milli();
    format!("{}T{hour:02}:{minute:02}:{second:02}.{millisecond:03}Z", moment.date())
}

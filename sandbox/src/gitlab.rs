//! A GitLab below its base path: the part of its REST API that reads tokens, projects, branches and files.
//!
//! Statuses and bodies are those of GitLab's source and documentation, as far as known; `sandbox/README.md` lists what
//! is an assumption.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use axum::http::{Method, StatusCode};
use axum::response::Response;
use base64::Engine as _;
use serde_json::{Map, Value, json};
use time::OffsetDateTime;
use url::form_urlencoded::Serializer;

use crate::exchange::{Call, empty, error, json_answer, message, set_header, with_body};
use crate::world::{
    Branch, FILES, File, Kind, Level, Project, RepositoryAccess, Sight, Token, User, Visibility, World,
};

/// One GitLab at its base URL.
#[derive(Debug)]
pub(crate) struct GitLab {
    world: Arc<World>,
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
    /// `personal_access_tokens/self` is there (facts, 2: since 15.5).
    tells_tokens: bool,
    /// A project's old path leads to its number instead of answering for it (facts, 6: since 16.7).
    redirects_moved_projects: bool,
}

impl Release {
    /// New enough for fine-grained tokens (facts: beta 18.10).
    pub(crate) const CURRENT: Self = Self { version: "18.11.2-ee", tells_tokens: true, redirects_moved_projects: true };
    /// The last one without `personal_access_tokens/self`.
    pub(crate) const OLD: Self = Self { version: "15.4.6-ee", tells_tokens: false, redirects_moved_projects: false };
}

/// Who calls: nobody, or a token with its user.
#[derive(Debug, Clone, Copy)]
struct Caller<'world> {
    token: Option<(&'world Token, &'world User)>,
}

impl<'world> Caller<'world> {
    fn user(self) -> Option<&'world User> {
        self.token.map(|(_, user)| user)
    }
}

/// An answer that ends the matter early.
type Refused = Box<Response>;

const READS_API: &[&str] = &["api", "read_api"];
const READS_FILES: &[&str] = &["read_repository", "api", "read_api"];
const READS_USER: &[&str] = &["read_user", "api", "read_api"];

impl GitLab {
    pub(crate) fn new(world: Arc<World>, base_url: String, release: Release) -> Self {
        Self { world, base_url, release, last_used: Mutex::default() }
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
                && self.world.project(id).is_some_and(|project| project.moved_from(id))
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
        let token = self.world.token_by_text(text).ok_or_else(unauthorized)?;
        // Deploy and job tokens are no users of this API; an OAuth token is not looked up as a private token.
        if matches!(token.kind, Kind::Deploy | Kind::Job) || (token.kind == Kind::Oauth && as_private) {
            return Err(unauthorized());
        }
        let user = self.world.user(token).ok_or_else(unauthorized)?;
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
        let project = self.world.project(id).ok_or_else(|| not_found("Project"))?;
        let sight = self.world.sight(caller.user(), project);
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

    // ---- projects ----

    fn one_project(&self, call: &Call, id: &str) -> Result<Response, Refused> {
        let caller = self.caller(call, READS_API)?;
        let (project, _) = self.visible_project(call, caller, id)?;
        Ok(json_answer(StatusCode::OK, &self.project_json(caller, project, false)))
    }

    fn list_projects(&self, call: &Call) -> Result<Response, Refused> {
        let caller = self.caller(call, READS_API)?;
        let page = PageWanted::read(call)?;
        let order = one_of(call, "order_by", &["id", "name", "path", "created_at", "updated_at", "last_activity_at"])?
            .unwrap_or("created_at");
        let descending = one_of(call, "sort", &["asc", "desc"])?.unwrap_or("desc") == "desc";
        let keyset = one_of(call, "pagination", &["legacy", "offset", "keyset"])? == Some("keyset");
        if keyset && order != "id" {
            let text = "Keyset pagination is not yet available for this type of request";
            return Err(Box::new(error(StatusCode::METHOD_NOT_ALLOWED, text)));
        }
        let membership = flag(call, "membership")?.unwrap_or(false);
        let simple = flag(call, "simple")?.unwrap_or(false);
        let archived = flag(call, "archived")?;
        let search = call.query("search").map(str::to_ascii_lowercase);
        // With the groups above, as far as they are in the path.
        let above = flag(call, "search_namespaces")?.unwrap_or(false);
        let id_after = number(call, "id_after")?;
        let id_before = number(call, "id_before")?;

        let mut projects: Vec<&Project> = self
            .world
            .projects
            .iter()
            .filter(|project| self.world.sight(caller.user(), project) != Sight::Hidden)
            .filter(|project| !membership || caller.user().is_none_or(|user| self.world.level(user, project).is_some()))
            .filter(|project| archived.is_none_or(|archived| project.archived == archived))
            .filter(|project| {
                let searched = if above { project.path.as_str() } else { last_segment(&project.path) };
                search.as_ref().is_none_or(|part| searched.to_ascii_lowercase().contains(part))
            })
            .filter(|project| id_after.is_none_or(|id| project.id > id) && id_before.is_none_or(|id| project.id < id))
            .collect();
        // Ids rise with time, so every order by date is the order by id.
        match order {
            "name" | "path" => projects.sort_by_key(|project| (last_segment(&project.path), project.id)),
            _ => projects.sort_by_key(|project| project.id),
        }
        if descending {
            projects.reverse();
        }
        let json = |shown: &[&Project]| {
            Value::Array(shown.iter().map(|project| self.project_json(caller, project, simple)).collect())
        };
        if !keyset {
            let shown = page.slice(&projects);
            let mut answer = json_answer(StatusCode::OK, &json(shown));
            self.offset_headers(call, &mut answer, page, projects.len());
            return Ok(answer);
        }
        let shown = &projects[..projects.len().min(page.size)];
        let mut answer = json_answer(StatusCode::OK, &json(shown));
        // As documented, only an empty page has no next one.
        if let Some(last) = shown.last() {
            let cursor = if descending { "id_before" } else { "id_after" };
            let next = self.link(call, &[(cursor, last.id.to_string())], "next");
            set_header(&mut answer, "link", &next);
        }
        Ok(answer)
    }

    fn project_json(&self, caller: Caller<'_>, project: &Project, simple: bool) -> Value {
        let base = &self.base_url;
        let path = &project.path;
        let (namespace, name) = path.rsplit_once('/').unwrap_or(("", path));
        let host = base.split('/').nth(2).and_then(|host| host.split(':').next()).unwrap_or_default();
        let mut json = json!({
            "id": project.id,
            "description": null,
            "name": name,
            "name_with_namespace": path.replace('/', " / "),
            "path": name,
            "path_with_namespace": path,
            "created_at": "2026-01-05T09:12:44.512Z",
            "topics": [],
            // GitLab leaves its relative root out of SSH addresses.
            "ssh_url_to_repo": format!("git@{host}:{path}.git"),
            "http_url_to_repo": format!("{base}{path}.git"),
            "web_url": format!("{base}{path}"),
            "readme_url": null,
            "forks_count": 0,
            "avatar_url": null,
            "star_count": 0,
            "last_activity_at": "2026-02-11T15:40:02.108Z",
            "visibility": match project.visibility {
                Visibility::Private => "private",
                Visibility::Public => "public",
            },
            "namespace": {
                "id": self.world.group_id(namespace),
                "name": last_segment(namespace),
                "path": last_segment(namespace),
                "kind": "group",
                "full_path": namespace,
                "parent_id": namespace.rsplit_once('/').and_then(|(parent, _)| self.world.group_id(parent)),
                "avatar_url": null,
                "web_url": format!("{base}groups/{namespace}"),
            },
        });
        let Value::Object(fields) = &mut json else { return json };
        // Only for those who may read code (GitLab's basic project details).
        if self.world.sight(caller.user(), project) == Sight::Code {
            fields.insert("default_branch".to_owned(), json!(project.default_branch()));
        }
        if !simple {
            self.add_details(caller, project, fields);
        }
        json
    }

    fn add_details(&self, caller: Caller<'_>, project: &Project, fields: &mut Map<String, Value>) {
        fields.insert("archived".to_owned(), json!(project.archived));
        fields.insert("empty_repo".to_owned(), json!(project.branches.is_empty()));
        let access = match project.repository {
            RepositoryAccess::Disabled => "disabled",
            RepositoryAccess::MembersOnly => "private",
            RepositoryAccess::Enabled => "enabled",
        };
        fields.insert("repository_access_level".to_owned(), json!(access));
        let Some(user) = caller.user() else { return };
        let (own, inherited) = self.world.levels(user, project);
        let access =
            |level: Option<Level>| level.map(|level| json!({ "access_level": level as u8, "notification_level": 3 }));
        let permissions = json!({ "project_access": access(own), "group_access": access(inherited) });
        fields.insert("permissions".to_owned(), permissions);
    }

    // ---- branches ----

    fn readable_repository(&self, call: &Call, id: &str) -> Result<&Project, Refused> {
        let caller = self.caller(call, READS_API)?;
        let (project, sight) = self.visible_project(call, caller, id)?;
        if project.repository == RepositoryAccess::Disabled {
            return Err(not_found("Repository"));
        }
        if sight == Sight::Code { Ok(project) } else { Err(forbidden()) }
    }

    fn list_branches(&self, call: &Call, id: &str) -> Result<Response, Refused> {
        let project = self.readable_repository(call, id)?;
        let page = PageWanted::read(call)?;
        let search = call.query("search").unwrap_or_default();
        let mut branches: Vec<&Branch> =
            project.branches.iter().filter(|branch| branch.name.contains(search)).collect();
        branches.sort_by_key(|branch| branch.name);
        let shown = page.slice(&branches).iter().map(|branch| self.branch_json(project, branch)).collect();
        let mut answer = json_answer(StatusCode::OK, &Value::Array(shown));
        self.offset_headers(call, &mut answer, page, branches.len());
        Ok(answer)
    }

    fn one_branch(&self, call: &Call, id: &str, name: &str) -> Result<Response, Refused> {
        let project = self.readable_repository(call, id)?;
        let branch = project.branch(name).ok_or_else(|| not_found("Branch"))?;
        if call.method == Method::HEAD {
            return Ok(empty(StatusCode::NO_CONTENT));
        }
        Ok(json_answer(StatusCode::OK, &self.branch_json(project, branch)))
    }

    fn branch_json(&self, project: &Project, branch: &Branch) -> Value {
        let default = branch.name == project.default_branch();
        json!({
            "name": branch.name,
            "commit": {
                "id": branch.commit,
                "short_id": &branch.commit[..8],
                "title": "Serve from the sandbox",
                "message": "Serve from the sandbox\n",
                "created_at": "2026-02-11T15:40:02.000+00:00",
            },
            "merged": false,
            "protected": default,
            "developers_can_push": false,
            "developers_can_merge": false,
            "can_push": false,
            "default": default,
            "web_url": format!("{}{}/-/tree/{}", self.base_url, project.path, encode(branch.name)),
        })
    }

    // ---- files ----

    fn find_file(
        &self,
        call: &Call,
        id: &str,
        path: &str,
        reference: &str,
    ) -> Result<(&Branch, &'static File), Refused> {
        let caller = self.caller(call, READS_FILES)?;
        let (project, sight) = self.visible_project(call, caller, id)?;
        if sight != Sight::Code {
            return Err(forbidden());
        }
        let branch = project.commit(reference).ok_or_else(|| not_found("Commit"))?;
        let file = FILES.iter().find(|file| file.path == path).ok_or_else(|| not_found("File"))?;
        Ok((branch, file))
    }

    fn file(&self, call: &Call, id: &str, path: &str) -> Result<Response, Refused> {
        let reference = match call.query("ref") {
            None => return Err(Box::new(error(StatusCode::BAD_REQUEST, "ref is missing"))),
            Some("") => return Err(Box::new(error(StatusCode::BAD_REQUEST, "ref is empty"))),
            Some(reference) => reference,
        };
        let (branch, file) = self.find_file(call, id, path, reference)?;
        let mut answer = json_answer(
            StatusCode::OK,
            &json!({
                "file_name": last_segment(path),
                "file_path": path,
                "size": file.content.len(),
                "encoding": "base64",
                "content_sha256": file.sha256,
                "ref": reference,
                "blob_id": file.blob_id,
                "commit_id": branch.commit,
                "last_commit_id": branch.commit,
                "execute_filemode": false,
                "content": base64::engine::general_purpose::STANDARD.encode(file.content),
            }),
        );
        file_headers(&mut answer, branch, file, reference);
        Ok(answer)
    }

    fn raw_file(&self, call: &Call, id: &str, path: &str) -> Result<Response, Refused> {
        let reference = call.query("ref").filter(|reference| !reference.is_empty()).unwrap_or("HEAD");
        let (branch, file) = self.find_file(call, id, path, reference)?;
        let mut answer = with_body(StatusCode::OK, "text/plain; charset=utf-8", file.content);
        file_headers(&mut answer, branch, file, reference);
        Ok(answer)
    }

    // ---- pages of a list ----

    fn offset_headers(&self, call: &Call, answer: &mut Response, page: PageWanted, total: usize) {
        let pages = total.div_ceil(page.size).max(1);
        let previous = (page.number > 1).then(|| page.number - 1);
        let next = (page.number < pages).then(|| page.number + 1);
        let text = |number: Option<usize>| number.map(|number| number.to_string()).unwrap_or_default();
        set_header(answer, "x-page", &page.number.to_string());
        set_header(answer, "x-per-page", &page.size.to_string());
        set_header(answer, "x-prev-page", &text(previous));
        set_header(answer, "x-next-page", &text(next));
        set_header(answer, "x-total", &total.to_string());
        set_header(answer, "x-total-pages", &pages.to_string());
        let links: Vec<String> = [(previous, "prev"), (next, "next"), (Some(1), "first"), (Some(pages), "last")]
            .into_iter()
            .filter_map(|(number, relation)| {
                let own = [("page", number?.to_string()), ("per_page", page.size.to_string())];
                Some(self.link(call, &own, relation))
            })
            .collect();
        set_header(answer, "link", &links.join(", "));
    }

    /// The called address with some parameters set anew, as one entry of a `Link` header.
    fn link(&self, call: &Call, own: &[(&str, String)], relation: &str) -> String {
        let kept = call.query.iter().map(|(key, value)| (key.as_str(), value.as_str()));
        let kept = kept.filter(|(key, _)| *key != "private_token" && own.iter().all(|(name, _)| name != key));
        let mut pairs: Vec<(&str, &str)> = kept.chain(own.iter().map(|(key, value)| (*key, value.as_str()))).collect();
        pairs.sort_unstable();
        let query = Serializer::new(String::new()).extend_pairs(pairs).finish();
        let path = call.uri.path().splitn(3, '/').nth(2).unwrap_or_default();
        format!("<{}{path}?{query}>; rel=\"{relation}\"", self.base_url)
    }
}

impl GitLab {
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

/// The page of a list that the caller asks for.
#[derive(Debug, Clone, Copy)]
struct PageWanted {
    number: usize,
    size: usize,
}

impl PageWanted {
    fn read(call: &Call) -> Result<Self, Refused> {
        let at_least_one = |value: u64| usize::try_from(value).unwrap_or(usize::MAX).max(1);
        let size = number(call, "per_page")?.unwrap_or(20);
        if size == 0 {
            return Err(Box::new(error(StatusCode::BAD_REQUEST, "per_page has a value not allowed")));
        }
        Ok(Self { number: at_least_one(number(call, "page")?.unwrap_or(1)), size: at_least_one(size).min(100) })
    }

    fn slice<T>(self, all: &[T]) -> &[T] {
        let start = (self.number - 1).saturating_mul(self.size).min(all.len());
        &all[start..start.saturating_add(self.size).min(all.len())]
    }
}

fn number(call: &Call, name: &str) -> Result<Option<u64>, Refused> {
    let invalid = || Box::new(error(StatusCode::BAD_REQUEST, format!("{name} is invalid")));
    call.query(name).map(|text| text.parse().map_err(|_| invalid())).transpose()
}

/// The spellings of Grape's parameter type, which clients in Python rely on (`True`).
fn flag(call: &Call, name: &str) -> Result<Option<bool>, Refused> {
    match call.query(name).map(str::to_ascii_lowercase).as_deref() {
        None => Ok(None),
        Some("1" | "on" | "t" | "true" | "y" | "yes") => Ok(Some(true)),
        Some("0" | "off" | "f" | "false" | "n" | "no") => Ok(Some(false)),
        Some(_) => Err(Box::new(error(StatusCode::BAD_REQUEST, format!("{name} is invalid")))),
    }
}

fn one_of<'call>(call: &'call Call, name: &str, known: &[&str]) -> Result<Option<&'call str>, Refused> {
    match call.query(name) {
        Some(value) if !known.contains(&value) => {
            let text = format!("{name} does not have a valid value");
            Err(Box::new(error(StatusCode::BAD_REQUEST, text)))
        }
        value => Ok(value),
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

fn file_headers(answer: &mut Response, branch: &Branch, file: &File, reference: &str) {
    set_header(answer, "x-gitlab-blob-id", file.blob_id);
    set_header(answer, "x-gitlab-commit-id", &branch.commit);
    set_header(answer, "x-gitlab-content-sha256", file.sha256);
    set_header(answer, "x-gitlab-encoding", "base64");
    set_header(answer, "x-gitlab-file-name", last_segment(file.path));
    set_header(answer, "x-gitlab-file-path", file.path);
    set_header(answer, "x-gitlab-last-commit-id", &branch.commit);
    set_header(answer, "x-gitlab-ref", reference);
    set_header(answer, "x-gitlab-size", &file.content.len().to_string());
}

fn last_segment(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

fn encode(text: &str) -> String {
    percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string()
}

/// A moment as GitLab writes it: `2026-01-05T09:12:44.512Z`.
fn timestamp(moment: OffsetDateTime) -> String {
    let (hour, minute, second, millisecond) = moment.to_hms_milli();
    format!("{}T{hour:02}:{minute:02}:{second:02}.{millisecond:03}Z", moment.date())
}

//! Projects, their branches and their files.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::request::Parts;
use axum::http::{Method, StatusCode, header};
use axum::response::IntoResponse;
use base64::Engine as _;
use serde_json::{Map, Value, json};

use super::lists::Parameters;
use super::{Caller, GitLab, READS_API, READS_FILES, forbidden, not_found};
use crate::fixtures::FILES;
use crate::http::{Result, error};
use crate::state::{Branch, File, Level, Project, RepositoryAccess, Sight, Visibility};

// ---- projects ----

pub(super) async fn one(State(gitlab): State<Arc<GitLab>>, Path(id): Path<String>, head: Parts) -> Result<Json<Value>> {
    let caller = gitlab.caller(&head, READS_API)?;
    let (project, _) = gitlab.visible_project(&head, caller, &id)?;
    Ok(Json(gitlab.project_json(caller, project, false)))
}

pub(super) async fn list(State(gitlab): State<Arc<GitLab>>, Query(query): Query<Parameters>, head: Parts) -> Result {
    let caller = gitlab.caller(&head, READS_API)?;
    let page = query.page()?;
    let order = query
        .one_of("order_by", &["id", "name", "path", "created_at", "updated_at", "last_activity_at"])?
        .unwrap_or("created_at");
    let descending = query.one_of("sort", &["asc", "desc"])?.unwrap_or("desc") == "desc";
    let keyset = query.one_of("pagination", &["legacy", "offset", "keyset"])? == Some("keyset");
    if keyset && order != "id" {
        let text = "Keyset pagination is not yet available for this type of request";
        return Err(error(StatusCode::METHOD_NOT_ALLOWED, text));
    }
    let membership = query.flag("membership")?.unwrap_or(false);
    let simple = query.flag("simple")?.unwrap_or(false);
    let archived = query.flag("archived")?;
    // Older versions ignore parameters that they do not know.
    let active = if gitlab.release.is_recent { query.flag("active")? } else { None };
    let is_active = |project: &Project| !project.archived && project.marked_for_deletion_on.is_none();
    let search = query.last("search").map(str::to_ascii_lowercase);
    // Whether the search includes the groups in the path.
    let above = query.flag("search_namespaces")?.unwrap_or(false);
    let id_after = query.number("id_after")?;
    let id_before = query.number("id_before")?;

    let mut projects: Vec<&Project> = gitlab
        .state
        .projects
        .iter()
        .filter(|project| gitlab.state.sight(caller.user(), project) != Sight::Hidden)
        .filter(|project| !membership || caller.user().is_none_or(|user| gitlab.state.level(user, project).is_some()))
        .filter(|project| archived.is_none_or(|archived| project.archived == archived))
        .filter(|project| active.is_none_or(|active| is_active(project) == active))
        .filter(|project| {
            let searched = if above { project.path.as_str() } else { last_segment(&project.path) };
            search.as_ref().is_none_or(|part| searched.to_ascii_lowercase().contains(part))
        })
        .filter(|project| id_after.is_none_or(|id| project.id > id) && id_before.is_none_or(|id| project.id < id))
        .collect();
    // Ids rise with time, so ordering by a date is ordering by id.
    match order {
        "name" | "path" => projects.sort_by_key(|project| (last_segment(&project.path), project.id)),
        _ => projects.sort_by_key(|project| project.id),
    }
    if descending {
        projects.reverse();
    }
    let json = |shown: &[&Project]| {
        Json(Value::Array(shown.iter().map(|project| gitlab.project_json(caller, project, simple)).collect()))
    };
    if !keyset {
        let headers = gitlab.offset_headers(&head.uri, &query, page, projects.len());
        return Ok((headers, json(page.slice(&projects))).into_response());
    }
    let shown = &projects[..projects.len().min(page.size)];
    // As documented, only an empty page has no next page.
    let next = shown.last().map(|last| {
        let cursor = if descending { "id_before" } else { "id_after" };
        [(header::LINK, gitlab.link(&head.uri, &query, &[(cursor, last.id.to_string())], "next"))]
    });
    Ok((next, json(shown)).into_response())
}

// ---- branches ----

pub(super) async fn branches(
    State(gitlab): State<Arc<GitLab>>,
    Path(id): Path<String>,
    Query(query): Query<Parameters>,
    head: Parts,
) -> Result {
    let project = gitlab.readable_repository(&head, &id)?;
    let page = query.page()?;
    let search = query.last("search").unwrap_or_default();
    let mut branches: Vec<&Branch> = project.branches.iter().filter(|branch| branch.name.contains(search)).collect();
    branches.sort_by_key(|branch| branch.name);
    let shown = page.slice(&branches).iter().map(|branch| gitlab.branch_json(project, branch)).collect();
    let headers = gitlab.offset_headers(&head.uri, &query, page, branches.len());
    Ok((headers, Json(Value::Array(shown))).into_response())
}

pub(super) async fn branch(
    State(gitlab): State<Arc<GitLab>>,
    Path((id, name)): Path<(String, String)>,
    head: Parts,
) -> Result {
    let project = gitlab.readable_repository(&head, &id)?;
    let branch = project.branch(&name).ok_or_else(|| not_found("Branch"))?;
    if head.method == Method::HEAD {
        return Ok(StatusCode::NO_CONTENT.into_response());
    }
    Ok(Json(gitlab.branch_json(project, branch)).into_response())
}

// ---- files ----

pub(super) async fn file(
    State(gitlab): State<Arc<GitLab>>,
    Path((id, path)): Path<(String, String)>,
    Query(query): Query<Parameters>,
    head: Parts,
) -> Result {
    let reference = match query.last("ref") {
        None => return Err(error(StatusCode::BAD_REQUEST, "ref is missing")),
        Some("") => return Err(error(StatusCode::BAD_REQUEST, "ref is empty")),
        Some(reference) => reference,
    };
    let (branch, file) = gitlab.find_file(&head, &id, &path, reference)?;
    let body = json!({
        "file_name": last_segment(&path),
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
    });
    Ok((file_headers(branch, file, reference), Json(body)).into_response())
}

pub(super) async fn raw_file(
    State(gitlab): State<Arc<GitLab>>,
    Path((id, path)): Path<(String, String)>,
    Query(query): Query<Parameters>,
    head: Parts,
) -> Result {
    let reference = query.last("ref").filter(|reference| !reference.is_empty()).unwrap_or("HEAD");
    let (branch, file) = gitlab.find_file(&head, &id, &path, reference)?;
    Ok((file_headers(branch, file, reference), file.content).into_response())
}

impl GitLab {
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
                "id": self.state.group_id(namespace),
                "name": last_segment(namespace),
                "path": last_segment(namespace),
                "kind": "group",
                "full_path": namespace,
                "parent_id": namespace.rsplit_once('/').and_then(|(parent, _)| self.state.group_id(parent)),
                "avatar_url": null,
                "web_url": format!("{base}groups/{namespace}"),
            },
        });
        let Value::Object(fields) = &mut json else { return json };
        // Only for those who may read code (GitLab's basic project details).
        if self.state.sight(caller.user(), project) == Sight::Code {
            let has_default_branch = self.release.is_recent || !project.branches.is_empty();
            fields.insert("default_branch".to_owned(), json!(has_default_branch.then(|| project.default_branch())));
        }
        if !simple {
            self.add_details(caller, project, fields);
        }
        json
    }

    fn add_details(&self, caller: Caller<'_>, project: &Project, fields: &mut Map<String, Value>) {
        fields.insert("archived".to_owned(), json!(project.archived));
        fields.insert("empty_repo".to_owned(), json!(project.branches.is_empty()));
        let marked = json!(project.marked_for_deletion_on);
        fields.insert("marked_for_deletion_at".to_owned(), marked.clone());
        fields.insert("marked_for_deletion_on".to_owned(), marked);
        let access = match project.repository {
            RepositoryAccess::Disabled => "disabled",
            RepositoryAccess::MembersOnly => "private",
            RepositoryAccess::Enabled => "enabled",
        };
        fields.insert("repository_access_level".to_owned(), json!(access));
        let Some(user) = caller.user() else { return };
        let (own, inherited) = self.state.levels(user, project);
        let access =
            |level: Option<Level>| level.map(|level| json!({ "access_level": level as u8, "notification_level": 3 }));
        let permissions = json!({ "project_access": access(own), "group_access": access(inherited) });
        fields.insert("permissions".to_owned(), permissions);
    }

    fn readable_repository(&self, head: &Parts, id: &str) -> Result<&Project> {
        let caller = self.caller(head, READS_API)?;
        let (project, sight) = self.visible_project(head, caller, id)?;
        if project.repository == RepositoryAccess::Disabled {
            return Err(not_found("Repository"));
        }
        if sight == Sight::Code { Ok(project) } else { Err(forbidden()) }
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

    fn find_file(&self, head: &Parts, id: &str, path: &str, reference: &str) -> Result<(&Branch, &'static File)> {
        let caller = self.caller(head, READS_FILES)?;
        let (project, sight) = self.visible_project(head, caller, id)?;
        if sight != Sight::Code {
            return Err(forbidden());
        }
        let branch = project.commit(reference).ok_or_else(|| not_found("Commit"))?;
        let file = FILES.iter().find(|file| file.path == path).ok_or_else(|| not_found("File"))?;
        Ok((branch, file))
    }
}

fn file_headers(branch: &Branch, file: &File, reference: &str) -> [(&'static str, String); 9] {
    [
        ("x-gitlab-blob-id", file.blob_id.to_owned()),
        ("x-gitlab-commit-id", branch.commit.clone()),
        ("x-gitlab-content-sha256", file.sha256.to_owned()),
        ("x-gitlab-encoding", "base64".to_owned()),
        ("x-gitlab-file-name", last_segment(file.path).to_owned()),
        ("x-gitlab-file-path", file.path.to_owned()),
        ("x-gitlab-last-commit-id", branch.commit.clone()),
        ("x-gitlab-ref", reference.to_owned()),
        ("x-gitlab-size", file.content.len().to_string()),
    ]
}

fn last_segment(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

fn encode(text: &str) -> String {
    percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string()
}

//! Projects, their branches and their files.

use axum::http::{Method, StatusCode};
use axum::response::Response;
use base64::Engine as _;
use serde_json::{Map, Value, json};

use super::lists::{PageWanted, flag, number, one_of};
use super::{Caller, GitLab, READS_API, READS_FILES, forbidden, not_found};
use crate::fixtures::FILES;
use crate::http::{Call, Refused, empty, error, json_answer, set_header, with_body};
use crate::state::{Branch, File, Level, Project, RepositoryAccess, Sight, Visibility};

impl GitLab {
    // ---- projects ----

    pub(super) fn one_project(&self, call: &Call, id: &str) -> Result<Response, Refused> {
        let caller = self.caller(call, READS_API)?;
        let (project, _) = self.visible_project(call, caller, id)?;
        Ok(json_answer(StatusCode::OK, &self.project_json(caller, project, false)))
    }

    pub(super) fn list_projects(&self, call: &Call) -> Result<Response, Refused> {
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
        // An older one drops what it does not know.
        let active = if self.release.is_recent { flag(call, "active")? } else { None };
        let is_active = |project: &Project| !project.archived && project.marked_for_deletion_on.is_none();
        let search = call.query("search").map(str::to_ascii_lowercase);
        // With the groups above, as far as they are in the path.
        let above = flag(call, "search_namespaces")?.unwrap_or(false);
        let id_after = number(call, "id_after")?;
        let id_before = number(call, "id_before")?;

        let mut projects: Vec<&Project> = self
            .state
            .projects
            .iter()
            .filter(|project| self.state.sight(caller.user(), project) != Sight::Hidden)
            .filter(|project| !membership || caller.user().is_none_or(|user| self.state.level(user, project).is_some()))
            .filter(|project| archived.is_none_or(|archived| project.archived == archived))
            .filter(|project| active.is_none_or(|active| is_active(project) == active))
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
            let is_told = self.release.is_recent || !project.branches.is_empty();
            fields.insert("default_branch".to_owned(), json!(is_told.then(|| project.default_branch())));
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

    // ---- branches ----

    fn readable_repository(&self, call: &Call, id: &str) -> Result<&Project, Refused> {
        let caller = self.caller(call, READS_API)?;
        let (project, sight) = self.visible_project(call, caller, id)?;
        if project.repository == RepositoryAccess::Disabled {
            return Err(not_found("Repository"));
        }
        if sight == Sight::Code { Ok(project) } else { Err(forbidden()) }
    }

    pub(super) fn list_branches(&self, call: &Call, id: &str) -> Result<Response, Refused> {
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

    pub(super) fn one_branch(&self, call: &Call, id: &str, name: &str) -> Result<Response, Refused> {
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

    pub(super) fn file(&self, call: &Call, id: &str, path: &str) -> Result<Response, Refused> {
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

    pub(super) fn raw_file(&self, call: &Call, id: &str, path: &str) -> Result<Response, Refused> {
        let reference = call.query("ref").filter(|reference| !reference.is_empty()).unwrap_or("HEAD");
        let (branch, file) = self.find_file(call, id, path, reference)?;
        let mut answer = with_body(StatusCode::OK, "text/plain; charset=utf-8", file.content);
        file_headers(&mut answer, branch, file, reference);
        Ok(answer)
    }
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

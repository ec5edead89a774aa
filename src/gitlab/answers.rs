//! What GitLab's answers about a project, a branch and a file mean.

use serde::Serialize;
use serde_json::{Map, Value};

use super::ErrorBody;
use super::branch::Branch;
use crate::{
    address::RepositoryUrl,
    http::{HttpAnswer, is_web_page},
    issue::{Check, Checked, Issue, IssueCode, Issues},
    server_text::{Redactor, plain},
};

/// A project as GitLab knows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "js", derive(tsify::Tsify), tsify(missing_as_null))]
pub struct Project {
    /// GitLab's number for it; stays when it moves.
    pub id: u64,
    /// Its full path in GitLab's own spelling.
    pub path: String,
    /// To be proposed as the branch; none where the repository is empty.
    pub default_branch: Option<String>,
    /// `private`, `internal` or `public`.
    pub visibility: Option<String>,
    /// Whether it is read-only.
    pub archived: bool,
    /// Whether there is nothing in it yet.
    pub empty: bool,
    /// Whether GitLab is going to delete it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub marked_for_deletion: Option<DeletionMark>,
}

impl Project {
    /// The project as it may be shown: without the token that it was looked up with.
    pub(super) fn redacted(self, redactor: &Redactor) -> Self {
        Self {
            path: redactor.plain(&self.path),
            default_branch: self.default_branch.filter(|name| redactor.leaves(name)),
            visibility: self.visibility.map(|text| redactor.plain(&text)),
            ..self
        }
    }
}

/// The mark that a project, or a group above it, will be deleted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "js", derive(tsify::Tsify), tsify(missing_as_null))]
pub struct DeletionMark {
    /// The day of the mark, if GitLab sends it. A setting of the server says when the deletion follows.
    pub on: Option<String>,
}

/// A branch that exists.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "js", derive(tsify::Tsify))]
pub struct FoundBranch {
    /// Its name.
    pub name: String,
    /// Whether it is the project's default branch.
    pub default: bool,
}

/// Judges the answer to [`project_request`](super::project_request).
///
/// GitLab shows `default_branch` only to those who may read the code, so without it this token may not; of an
/// empty repository there is none to read.
///
/// ```
/// use torque_gitlab_connect::{address::RepositoryUrl, gitlab::assess_project, http::HttpAnswer};
///
/// let repository = RepositoryUrl::check(None, "https://gitlab.example.com/group/project").unwrap().value;
/// let body = r#"{ "id": 7, "path_with_namespace": "group/project", "default_branch": "main" }"#;
/// let project = assess_project(&HttpAnswer::new(200, body), &repository).unwrap().value;
/// assert_eq!(project.default_branch.as_deref(), Some("main"));
///
/// let hidden = HttpAnswer::new(404, r#"{ "message": "404 Project Not Found" }"#);
/// let issues = assess_project(&hidden, &repository).unwrap_err();
/// assert_eq!(issues.iter().next().unwrap().code.as_str(), "gitlab.project_not_found");
/// ```
///
/// # Errors
///
/// Why the project cannot be used, or why that is unknown. After `gitlab.insufficient_scope` the Repository Files API
/// may still answer, see [`look_up`](super::look_up).
pub fn assess_project(answer: &HttpAnswer, repository: &RepositoryUrl) -> Check<Project> {
    let body = project_object(answer)?;
    let id = body.get("id").and_then(Value::as_u64);
    let path = body.get("path_with_namespace").and_then(Value::as_str);
    let (Some(id), Some(path)) = (id, path) else {
        return Err(Issue::new(IssueCode::GitlabNotGitlabJson).into());
    };

    let mut issues = Issues::new();
    let marked_for_deletion = deletion_mark(body);
    // GitLab renames what it is going to delete, so the other path is no news then.
    let original = without_deletion_suffixes(path);
    let in_case_only = path.eq_ignore_ascii_case(repository.path());
    let is_renamed_for_deletion = original != path && original.eq_ignore_ascii_case(repository.path());
    // What was asked for may be shown.
    let shown = if in_case_only || is_renamed_for_deletion { path.to_owned() } else { plain(path) };
    if path != repository.path() && !is_renamed_for_deletion {
        let code = if in_case_only { IssueCode::GitlabPathCase } else { IssueCode::GitlabMoved };
        // The look-up still finds it, and so does Git, until somebody takes the old path.
        let issue = Issue::new(code).with("path", shown.clone()).as_warning();
        issues.push(match url_with_path(repository, &shown) {
            Some(url) => issue.suggest(url),
            None => issue,
        });
    }
    let archived = body.get("archived").and_then(Value::as_bool).unwrap_or_default();
    let empty = is_empty(body);
    if let Some(DeletionMark { on }) = &marked_for_deletion {
        let date = on.clone().unwrap_or_else(|| "unknown".to_owned());
        issues.push(Issue::new(IssueCode::GitlabMarkedForDeletion).with("date", date));
    } else if archived {
        // What GitLab marks for deletion it archives, too, in versions before 2026.
        issues.push(Issue::new(IssueCode::GitlabArchived));
    }
    if body.get("repository_access_level").and_then(Value::as_str) == Some("disabled") {
        issues.push(Issue::new(IssueCode::GitlabRepositoryDisabled));
    } else if empty {
        issues.push(Issue::new(IssueCode::GitlabEmptyRepository));
    } else if body.get("default_branch").is_none() {
        issues.push(Issue::new(IssueCode::GitlabCodeNotReadable));
    }
    let visibility = body.get("visibility").and_then(Value::as_str).map(plain);
    issues.or_value(Project {
        id,
        path: shown,
        default_branch: default_branch(body),
        visibility,
        archived,
        empty,
        marked_for_deletion,
    })
}

/// Judges the answer to [`branch_request`](super::branch_request).
///
/// # Errors
///
/// `gitlab.branch_not_found`, or why that is not known.
pub fn assess_branch(answer: &HttpAnswer, branch: &Branch) -> Check<FoundBranch> {
    if is_not_found(answer, "branch") {
        return Err(branch_not_found(branch).into());
    }
    let body = project_object(answer)?;
    match body.get("name").and_then(Value::as_str) {
        Some(name) if name == branch.as_str() => {
            let default = body.get("default").and_then(Value::as_bool).unwrap_or_default();
            Ok(Checked::clean(FoundBranch { name: name.to_owned(), default }))
        }
        _ => Err(Issue::new(IssueCode::GitlabNotGitlabJson).into()),
    }
}

/// Judges the answer to [`probe_request`](super::probe_request) with the same `branch`: fine when the token can read the
/// code, whether or not the file is there.
///
/// # Errors
///
/// Why the token cannot read the code, or why that is not known.
pub fn assess_probe(answer: &HttpAnswer, branch: Option<&Branch>) -> Check<()> {
    if is_not_found(answer, "file") {
        return Ok(Checked::clean(()));
    }
    if is_not_found(answer, "commit") {
        return match branch {
            Some(branch) => Err(branch_not_found(branch).into()),
            // There is no HEAD only where there is no commit.
            None => Issues::from(Issue::new(IssueCode::GitlabEmptyRepository)).or_value(()),
        };
    }
    if is_plainly_forbidden(answer) {
        return Err(Issue::new(IssueCode::GitlabCodeNotReadable).into());
    }
    project_object(answer)?;
    Ok(Checked::clean(()))
}

/// Reads the answer to [`version_request`](super::version_request): the version as GitLab writes it, `17.3.2-ee`.
///
/// # Errors
///
/// Why it is unknown.
pub fn read_version(answer: &HttpAnswer) -> Check<String> {
    match object(answer)?.get("version").and_then(Value::as_str) {
        Some(version) => Ok(Checked::clean(plain(version))),
        None => Err(Issue::new(IssueCode::GitlabNotGitlabJson).into()),
    }
}

/// The JSON object of an answer that says yes, else why there is none.
fn object(answer: &HttpAnswer) -> Result<&Map<String, Value>, Issues> {
    if !answer.is_success() {
        return Err(refusal(answer));
    }
    answer.body.as_object().ok_or_else(|| Issue::new(IssueCode::GitlabNotGitlabJson).into())
}

/// As [`object`], of an answer about a project, which may have moved.
fn project_object(answer: &HttpAnswer) -> Result<&Map<String, Value>, Issues> {
    if has_moved(answer) { Err(Issue::new(IssueCode::GitlabMoved).into()) } else { object(answer) }
}

/// GitLab points from a project's old path to its number by 301, in a line of text, and answers other methods than `GET`
/// with 405. To a sign-on page servers point by 302, 303 or 307; from http to https often by 301 too, with a web page.
fn has_moved(answer: &HttpAnswer) -> bool {
    match answer.status {
        301 | 308 => !is_web_page(&answer.body),
        405 => ErrorBody::read(&answer.body).is_some_and(|body| body.message.contains("moved projects")),
        _ => false,
    }
}

/// What every answer but a 2xx means, whatever was asked for.
pub(super) fn refusal(answer: &HttpAnswer) -> Issues {
    let with_status = |code| Issue::new(code).with("status", i64::from(answer.status));
    let body = ErrorBody::read(&answer.body);
    let issue = match (answer.status, body) {
        _ if answer.is_redirect() => Issue::new(IssueCode::GitlabRedirected),
        (429, _) => Issue::new(IssueCode::GitlabRateLimited),
        // What stands in front wants to be signed on to, or a certificate.
        (407 | 511, _) | (400 | 401 | 403 | 404, None) => Issue::new(IssueCode::GitlabNotGitlabJson),
        (500.., _) => with_status(IssueCode::GitlabServerError),
        (401 | 403, Some(body)) if !body.is_gitlabs(answer.status) => Issue::new(IssueCode::GitlabNotGitlabJson),
        (401, Some(_)) => Issue::new(IssueCode::GitlabUnauthorized),
        (403, Some(body)) => refused_scope(&body)
            .unwrap_or_else(|| Issue::new(IssueCode::GitlabForbidden).with("answer", plain(body.text()))),
        (404, Some(_)) if is_not_found(answer, "project") => Issue::new(IssueCode::GitlabProjectNotFound),
        (404, Some(_)) => Issue::new(IssueCode::GitlabEndpointMissing),
        _ => with_status(IssueCode::GitlabUnexpectedStatus),
    };
    issue.into()
}

/// The scope does not allow it: an error here, because nothing was learnt; what to ask next is the caller's to decide.
fn refused_scope(body: &ErrorBody) -> Option<Issue> {
    let accepted = match body.error.as_str() {
        "insufficient_scope" if !body.scope.is_empty() => plain(&body.scope.replace(' ', ", ")),
        "insufficient_scope" => "read_api".to_owned(),
        "insufficient_granular_scope" => "a fine-grained permission for this".to_owned(),
        _ => return None,
    };
    Some(Issue::new(IssueCode::GitlabInsufficientScope).with("accepted", accepted))
}

/// Without a reason: the project is visible, its code is not. A blocked account and the like come with a reason.
fn is_plainly_forbidden(answer: &HttpAnswer) -> bool {
    answer.status == 403 && ErrorBody::read(&answer.body).is_some_and(|body| body.message.trim() == "403 Forbidden")
}

/// GitLab says what it did not find: `404 Project Not Found`, `404 Branch Not Found`, `404 File Not Found`, …
fn is_not_found(answer: &HttpAnswer, what: &str) -> bool {
    let expected = format!("404 {what} not found");
    answer.status == 404
        && ErrorBody::read(&answer.body).is_some_and(|body| body.message.trim().eq_ignore_ascii_case(&expected))
}

pub(super) fn branch_not_found(branch: &Branch) -> Issue {
    Issue::new(IssueCode::GitlabBranchNotFound).with("branch", branch.as_str())
}

/// A project without any branch. Older servers say so by `"default_branch": null`, newer ones name the branch that would be
/// the first (python-gitlab issue 2249); `empty_repo` is what counts where it is there.
fn is_empty(project: &Map<String, Value>) -> bool {
    let is_empty = project.get("empty_repo").and_then(Value::as_bool);
    is_empty.unwrap_or_else(|| project.get("default_branch").is_some_and(Value::is_null))
}

/// The date is `marked_for_deletion_on`, in older versions `marked_for_deletion_at`; lists in short form have neither. What is
/// marked is renamed by newer versions, and so is a group with all that is in it (renovate PR 45928).
pub(super) fn deletion_mark(project: &Map<String, Value>) -> Option<DeletionMark> {
    let dates =
        ["marked_for_deletion_on", "marked_for_deletion_at"].map(|key| project.get(key).and_then(Value::as_str));
    let date = dates.into_iter().flatten().find(|date| !date.is_empty());
    let path = project.get("path_with_namespace").and_then(Value::as_str).unwrap_or_default();
    let is_marked = date.is_some() || without_deletion_suffixes(path) != path;
    is_marked.then(|| DeletionMark { on: date.map(|date| plain(date.split('T').next().unwrap_or(date))) })
}

/// The path that was renamed when it was marked: each segment without `-deletion_scheduled-` and the number behind it.
fn without_deletion_suffixes(path: &str) -> String {
    let original = |segment| match str::rsplit_once(segment, "-deletion_scheduled-") {
        Some((name, id)) if !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => segment,
    };
    path.split('/').map(original).collect::<Vec<_>>().join("/")
}

/// Only a name that may be sent on: this one comes from the server and is proposed to the user.
pub(super) fn default_branch(project: &Map<String, Value>) -> Option<String> {
    let name = project.get("default_branch")?.as_str().filter(|name| plain(name) == **name)?;
    Branch::check(name).ok().map(|branch| branch.value.as_str().to_owned())
}

/// The repository's URL with another path, where that is the URL of a repository, too.
fn url_with_path(repository: &RepositoryUrl, path: &str) -> Option<String> {
    let root = repository.as_str().strip_suffix(repository.path())?;
    let url = format!("{root}{path}");
    let moved = RepositoryUrl::check(None, &url).ok()?.value;
    (moved.as_str() == url).then_some(url)
}

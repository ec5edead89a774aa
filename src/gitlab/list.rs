//! The projects that a token reaches, page by page, for whoever would rather pick one than type its URL.

use serde::Serialize;
use serde_json::{Map, Value};

use super::Access;
use super::answers::{default_branch, refusal};
use crate::{
    base_url::BaseUrl,
    http::{HttpAnswer, HttpRequest, percent_encoded},
    issue::{Check, Checked, Issue, IssueCode, Issues},
    repository_url::RepositoryUrl,
};

/// A project that may be picked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ListedProject {
    /// GitLab's number for it.
    pub id: u64,
    /// Its full path.
    pub path: String,
    /// The URL of its repository, below the base URL: GitLab's own idea of its URLs may differ.
    pub url: String,
    /// To be proposed as the branch; none where the repository is empty or the token may not read its code.
    pub default_branch: Option<String>,
}

/// Asks for the first hundred projects that the token's owner is a member of; [`read_projects`] reads the answer. Needs
/// a token with `read_api` or `api`. `search` narrows the list to names and paths that contain it.
#[must_use]
pub fn list_projects_request(gitlab: &Access, search: Option<&str>) -> HttpRequest {
    let search =
        search.map(|text| format!("&search_namespaces=true&search={}", percent_encoded(text))).unwrap_or_default();
    // Pages by key, which GitLab offers for this order only: pages by offset skip or repeat what changes meanwhile.
    let query = "membership=true&simple=true&per_page=100&order_by=id&sort=asc&pagination=keyset";
    gitlab.get(&format!("projects?{query}{search}"))
}

/// The request for the page after the one that came with this `Link` header (empty where there was none); nothing at the
/// end of the list.
///
/// ```
/// use torque_gitlab_connect::{base_url::BaseUrl, gitlab::{Access, next_projects_request}, secret::Secret};
///
/// let base = BaseUrl::check("https://gitlab.example.com/").unwrap().value;
/// let gitlab = Access::check(&base, &Secret::new("glpat-example".to_owned()), false).unwrap().value;
/// let link = r#"<https://gitlab.example.com/api/v4/projects?id_after=42>; rel="next""#;
/// let next = next_projects_request(&gitlab, link).unwrap().value.unwrap();
/// assert_eq!(next.url, "https://gitlab.example.com/api/v4/projects?id_after=42");
///
/// let elsewhere = r#"<https://evil.example/api/v4/projects?id_after=42>; rel="next""#;
/// assert!(next_projects_request(&gitlab, elsewhere).is_err());
/// ```
///
/// # Errors
///
/// `gitlab.next_page_outside` when the header cannot be read or points anywhere but at the list of projects below its base URL:
/// the token would go along.
pub fn next_projects_request(gitlab: &Access, link: &str) -> Check<Option<HttpRequest>> {
    let outside = || Issues::from(Issue::new(IssueCode::GitlabNextPageOutside));
    let Some(url) = next_link(link).map_err(|_| outside())? else {
        return Ok(Checked::clean(None));
    };
    let list = format!("{}api/v4/projects?", gitlab.base().as_str());
    let query = url.strip_prefix(&list).ok_or_else(outside)?;
    let is_plain = query.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~*%&=+[],:".contains(&byte));
    if !is_plain {
        return Err(outside());
    }
    Ok(Checked::clean(Some(gitlab.get(&format!("projects?{query}")))))
}

/// Reads a page of projects. What cannot be understood is left out and counted.
///
/// # Errors
///
/// Why there is no list.
pub fn read_projects(answer: &HttpAnswer, base: &BaseUrl) -> Check<Vec<ListedProject>> {
    if !answer.is_success() {
        return Err(refusal(answer));
    }
    let Some(items) = answer.body.as_array() else {
        return Err(Issue::new(IssueCode::GitlabNotGitlabJson).into());
    };
    let projects: Vec<_> = items.iter().filter_map(|item| listed_project(item.as_object()?, base)).collect();
    let mut issues = Issues::new();
    let left_out = items.len() - projects.len();
    if left_out > 0 {
        let count = i64::try_from(left_out).unwrap_or(i64::MAX);
        issues.push(Issue::new(IssueCode::GitlabProjectsLeftOut).with("count", count));
    }
    issues.or_value(projects)
}

fn listed_project(project: &Map<String, Value>, base: &BaseUrl) -> Option<ListedProject> {
    let id = project.get("id")?.as_u64()?;
    let path = project.get("path_with_namespace")?.as_str()?;
    let repository = RepositoryUrl::check(Some(base), &format!("{}{path}", base.as_str())).ok()?.value;
    // What is picked must be the project that GitLab named, not what is left of a path that reads otherwise.
    let is_same = repository.path == path;
    is_same.then(|| ListedProject {
        id,
        path: path.to_owned(),
        url: repository.as_str().to_owned(),
        default_branch: default_branch(project),
    })
}

/// A `Link` header that is not written as RFC 8288 section 3 says.
struct Malformed;

/// The target of the link whose relation is `next`. Read strictly: `<target>; name="value"; …`, joined by commas.
fn next_link(header: &str) -> Result<Option<&str>, Malformed> {
    let mut rest = header.trim();
    let mut next = None;
    while !rest.is_empty() {
        let (target, after) = rest.strip_prefix('<').and_then(|rest| rest.split_once('>')).ok_or(Malformed)?;
        rest = after.trim_start();
        while let Some(parameter) = rest.strip_prefix(';') {
            let (name, value) = parameter.split_once("=\"").ok_or(Malformed)?;
            let (value, after) = value.split_once('"').ok_or(Malformed)?;
            let is_next =
                name.trim().eq_ignore_ascii_case("rel") && value.split(' ').any(|relation| relation == "next");
            if is_next && next.replace(target).is_some() {
                return Err(Malformed);
            }
            rest = after.trim_start();
        }
        if !rest.is_empty() {
            rest = rest.strip_prefix(',').ok_or(Malformed)?.trim_start();
        }
    }
    Ok(next)
}

//! The little of GitLab's REST API that is needed: requests built, answers judged.
//!
//! Every request is a `GET` (other methods on the same paths revoke or replace a token) below a checked base URL, with the
//! token as `Authorization: Bearer`: on a redirect to another origin browsers drop that header, `PRIVATE-TOKEN` they keep.

mod answers;
mod error_body;
mod list;
mod look_up;

use crate::{
    base_url::BaseUrl,
    branch::Branch,
    http::{HttpRequest, percent_encoded},
    repository_url::RepositoryUrl,
    secret::Secret,
};

pub use answers::{FoundBranch, Project, assess_branch, assess_probe, assess_project, read_version};
pub(crate) use error_body::ErrorBody;
pub use list::{ListedProject, list_projects_request, next_projects_request, read_projects};
pub use look_up::{LookUp, look_up};
pub(crate) use look_up::{are_undecided, files_may_answer};

/// Asks GitLab what it knows about the token itself (GitLab 15.5 and later); [`crate::token::assess_token`] judges.
///
/// ```
/// use torque_gitlab_connect::{base_url::BaseUrl, gitlab::inspect_token_request, secret::Secret};
///
/// let base = BaseUrl::check("https://gitlab.example.com/gitlab").unwrap().value;
/// let request = inspect_token_request(&base, &Secret::new("glpat-example".to_owned()));
/// assert_eq!(request.url, "https://gitlab.example.com/gitlab/api/v4/personal_access_tokens/self");
/// ```
#[must_use]
pub fn inspect_token_request(base: &BaseUrl, token: &Secret) -> HttpRequest {
    get(base, "personal_access_tokens/self", token)
}

/// Asks for GitLab's version; [`read_version`] reads it. Needs a token with `read_api` or `api`.
#[must_use]
pub fn version_request(base: &BaseUrl, token: &Secret) -> HttpRequest {
    get(base, "version", token)
}

/// Looks the project of a repository up; [`assess_project`] judges. Needs a token with `read_api` or `api`.
///
/// ```
/// use torque_gitlab_connect::{base_url::BaseUrl, gitlab::project_request, repository_url::RepositoryUrl, secret::Secret};
///
/// let base = BaseUrl::check("https://gitlab.example.com/").unwrap().value;
/// let repository = RepositoryUrl::check(Some(&base), "https://gitlab.example.com/group/sub/project").unwrap().value;
/// let request = project_request(&base, &repository, &Secret::new("glpat-example".to_owned()));
/// assert_eq!(request.url, "https://gitlab.example.com/api/v4/projects/group%2Fsub%2Fproject");
/// ```
#[must_use]
pub fn project_request(base: &BaseUrl, repository: &RepositoryUrl, token: &Secret) -> HttpRequest {
    get(base, &project_path(repository), token)
}

/// Looks a branch up; [`assess_branch`] judges. Needs a token with `read_api` or `api`.
#[must_use]
pub fn branch_request(base: &BaseUrl, repository: &RepositoryUrl, branch: &Branch, token: &Secret) -> HttpRequest {
    let path = format!("{}/repository/branches/{}", project_path(repository), percent_encoded(branch.as_str()));
    get(base, &path, token)
}

/// Asks for a file that need not exist, on `branch` or else the default branch; [`assess_probe`] judges.
///
/// The Repository Files API is the one part of GitLab's API that a token with `read_repository` alone may use, and its
/// answers tell a missing project, unreadable code and a missing branch apart (GitLab's `lib/api/files.rb`). `GET`, because
/// the answer to `HEAD` has no body to tell them by.
#[must_use]
pub fn probe_request(
    base: &BaseUrl,
    repository: &RepositoryUrl,
    branch: Option<&Branch>,
    token: &Secret,
) -> HttpRequest {
    let reference = branch.map_or("HEAD", Branch::as_str);
    // A name that hardly any repository has: "no such file" proves as much as a file, and is shorter.
    let path =
        format!("{}/repository/files/.torque-probe?ref={}", project_path(repository), percent_encoded(reference));
    get(base, &path, token)
}

fn get(base: &BaseUrl, path: &str, token: &Secret) -> HttpRequest {
    HttpRequest::get(format!("{}api/v4/{path}", base.as_str()), Some(token))
}

/// GitLab takes the whole path of a project as one segment.
fn project_path(repository: &RepositoryUrl) -> String {
    format!("projects/{}", percent_encoded(&repository.path))
}

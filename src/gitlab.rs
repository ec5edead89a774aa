//! Requests to GitLab's REST API and what its answers mean.
//!
//! Every request is a `GET` (other methods on the same paths revoke or replace a token) below a checked base URL, with the
//! token as `Authorization: Bearer`: on a redirect to another origin browsers drop that header, `PRIVATE-TOKEN` they keep.
//! Each is built from an [`Access`]. A token that would cross the network unencrypted gets none.

mod access;
#[cfg(feature = "onboarding")]
mod answers;
mod branch;
mod error_body;
#[cfg(feature = "onboarding")]
mod link;
#[cfg(feature = "onboarding")]
mod list;
#[cfg(feature = "onboarding")]
mod look_up;

use crate::{
    address::RepositoryUrl,
    http::{HttpRequest, percent_encoded},
};

pub use access::Access;
#[cfg(feature = "onboarding")]
pub use answers::{DeletionMark, FoundBranch, Project, assess_branch, assess_probe, assess_project, read_version};
pub use branch::Branch;
pub(crate) use error_body::ErrorBody;
#[cfg(feature = "onboarding")]
pub use list::{ListedProject, list_projects_request, next_projects_request, read_projects};
#[cfg(feature = "onboarding")]
pub(crate) use look_up::{Asked, Inquiry, Subject, are_undecided};
#[cfg(feature = "onboarding")]
pub use look_up::{LookUp, LookUpEnd, NextLookUp, look_up};

/// Asks GitLab about the token itself (GitLab 15.5 and later); [`crate::token::assess_token`] reads the answer.
///
/// ```
/// use torque_gitlab_connect::{address::BaseUrl, gitlab::{Access, inspect_token_request}, secret::Secret};
///
/// let base = BaseUrl::check("https://gitlab.example.com/gitlab").unwrap().value;
/// let gitlab = Access::check(&base, &Secret::new("glpat-example".to_owned()), false).unwrap().value;
/// let request = inspect_token_request(&gitlab);
/// assert_eq!(request.url, "https://gitlab.example.com/gitlab/api/v4/personal_access_tokens/self");
/// ```
#[must_use]
pub fn inspect_token_request(gitlab: &Access) -> HttpRequest {
    gitlab.get("personal_access_tokens/self")
}

/// Asks for GitLab's version; [`read_version`] reads it. Needs a token with `read_api` or `api`.
#[must_use]
pub fn version_request(gitlab: &Access) -> HttpRequest {
    gitlab.get("version")
}

/// Looks up the project of a repository; [`assess_project`] reads the answer. Needs a token with `read_api` or `api`.
///
/// ```
/// use torque_gitlab_connect::{
///     address::{BaseUrl, RepositoryUrl}, gitlab::{Access, project_request}, secret::Secret,
/// };
///
/// let base = BaseUrl::check("https://gitlab.example.com/").unwrap().value;
/// let gitlab = Access::check(&base, &Secret::new("glpat-example".to_owned()), false).unwrap().value;
/// let repository = RepositoryUrl::check(Some(&base), "https://gitlab.example.com/group/sub/project").unwrap().value;
/// let request = project_request(&gitlab, &repository);
/// assert_eq!(request.url, "https://gitlab.example.com/api/v4/projects/group%2Fsub%2Fproject");
/// ```
#[must_use]
pub fn project_request(gitlab: &Access, repository: &RepositoryUrl) -> HttpRequest {
    gitlab.get(&project_path(repository))
}

/// Looks up a branch; [`assess_branch`] reads the answer. Needs a token with `read_api` or `api`.
#[must_use]
pub fn branch_request(gitlab: &Access, repository: &RepositoryUrl, branch: &Branch) -> HttpRequest {
    gitlab.get(&branch_path(&project_path(repository), branch))
}

/// Asks for a file that need not exist, on `branch` or the default branch; [`assess_probe`] reads the answer.
///
/// The Repository Files API is the one part of GitLab's API that a token with `read_repository` alone may use, and its
/// answers distinguish a missing project, unreadable code and a missing branch (GitLab's `lib/api/files.rb`). `GET`, because the
/// answer to `HEAD` has no body.
#[must_use]
pub fn probe_request(gitlab: &Access, repository: &RepositoryUrl, branch: Option<&Branch>) -> HttpRequest {
    gitlab.get(&file_path(&project_path(repository), branch))
}

/// GitLab takes the whole path of a project as one segment.
fn project_path(repository: &RepositoryUrl) -> String {
    format!("projects/{}", percent_encoded(repository.path()))
}

fn branch_path(project: &str, branch: &Branch) -> String {
    format!("{project}/repository/branches/{}", percent_encoded(branch.as_str()))
}

fn file_path(project: &str, branch: Option<&Branch>) -> String {
    let reference = percent_encoded(branch.map_or("HEAD", Branch::as_str));
    // A name that hardly any repository has: "no such file" proves as much as a file, and is shorter.
    format!("{project}/repository/files/.torque-probe?ref={reference}")
}

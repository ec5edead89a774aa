//! The look-up of one repository, question after question: which one comes next is decided by what was answered.

use serde::Serialize;

use super::{Project, assess_branch, assess_probe, assess_project, branch_request, probe_request, project_request};
use crate::{
    base_url::BaseUrl,
    branch::Branch,
    http::{HttpAnswer, HttpRequest},
    issue::{Check, IssueCode, Issues},
    repository_url::RepositoryUrl,
    secret::Secret,
};

/// Where a look-up stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum LookUp {
    /// The next question.
    Request(HttpRequest),
    /// All is known: the token can read the code. None where it may not ask for the project.
    Project(Option<Project>),
}

/// Looks a repository up: the project; where the token may not ask for that, a file; and `branch`, unless it is the default
/// one. `answers` are those to the requests that this function gave before, in their order; none at first.
///
/// ```
/// use serde_json::json;
/// use torque_gitlab_connect::{
///     base_url::BaseUrl, gitlab::{LookUp, look_up}, http::HttpAnswer, repository_url::RepositoryUrl, secret::Secret,
/// };
///
/// let base = BaseUrl::check("https://gitlab.example.com/").unwrap().value;
/// let repository = RepositoryUrl::check(Some(&base), "https://gitlab.example.com/group/project").unwrap().value;
/// let token = Secret::new("glpat-example".to_owned());
/// let next = |answers: &[HttpAnswer]| look_up(&base, &repository, None, &token, answers).unwrap().value;
///
/// assert!(matches!(next(&[]), LookUp::Request(request) if request.url.ends_with("/projects/group%2Fproject")));
/// let refused = HttpAnswer { status: 403, body: json!({ "error": "insufficient_scope", "scope": "api read_api" }) };
/// assert!(matches!(next(&[refused.clone()]), LookUp::Request(request) if request.url.contains("/repository/files/")));
/// let no_such_file = HttpAnswer { status: 404, body: json!({ "message": "404 File Not Found" }) };
/// assert_eq!(next(&[refused, no_such_file]), LookUp::Project(None));
/// ```
///
/// # Errors
///
/// Why the repository cannot be used, or why that cannot be told.
pub fn look_up(
    base: &BaseUrl,
    repository: &RepositoryUrl,
    branch: Option<&Branch>,
    token: &Secret,
    answers: &[HttpAnswer],
) -> Check<LookUp> {
    let Some(first) = answers.first() else {
        return Issues::new().or_value(LookUp::Request(project_request(base, repository, token)));
    };
    let second = answers.get(1);
    let project = match assess_project(first, repository) {
        Err(issues) if files_may_answer(&issues) => {
            let Some(answer) = second else {
                return Issues::new().or_value(LookUp::Request(probe_request(base, repository, branch, token)));
            };
            return assess_probe(answer, branch)?.warnings.or_value(LookUp::Project(None));
        }
        check => check?,
    };
    let mut warnings = project.warnings;
    if let Some(branch) = branch.filter(|branch| project.value.default_branch.as_deref() != Some(branch.as_str())) {
        let Some(answer) = second else {
            return warnings.or_value(LookUp::Request(branch_request(base, repository, branch, token)));
        };
        warnings.extend(assess_branch(answer, branch)?.warnings);
    }
    warnings.or_value(LookUp::Project(Some(project.value)))
}

/// Whether the Repository Files API may tell what a look-up of the project did not: the token may read code, but not ask
/// for projects.
pub(crate) fn files_may_answer(issues: &Issues) -> bool {
    issues.has(IssueCode::GitlabInsufficientScope)
}

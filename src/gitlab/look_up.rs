//! The look-up of one repository, question after question: which one comes next is decided by what was answered.

use serde::Serialize;

use super::{
    Access, Project, assess_branch, assess_probe, assess_project, branch_request, probe_request, project_request,
};
use crate::{
    branch::Branch,
    http::{HttpAnswer, HttpRequest},
    issue::{Check, Checked, Issue, IssueCode, Issues},
    repository_url::RepositoryUrl,
};

/// Where a look-up stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum LookUp {
    /// There is something to ask.
    Next {
        /// The next question.
        request: HttpRequest,
    },
    /// It has come to its end.
    Known {
        /// Whether the token can read the code; else nothing proves or disproves it, and the warnings say what to try next.
        proved: bool,
        /// None where the token may not ask for the project.
        project: Option<Project>,
    },
}

/// Looks a repository up: the project; where the token may not ask for that, a file; and `branch`, unless it is the default
/// one. `answers` are those to the requests that this function gave before, in their order; none at first.
///
/// ```
/// use torque_gitlab_connect::{
///     base_url::BaseUrl, gitlab::{Access, LookUp, look_up}, http::HttpAnswer, repository_url::RepositoryUrl,
///     secret::Secret,
/// };
///
/// let base = BaseUrl::check("https://gitlab.example.com/").unwrap().value;
/// let repository = RepositoryUrl::check(Some(&base), "https://gitlab.example.com/group/project").unwrap().value;
/// let gitlab = Access::check(&base, &Secret::new("glpat-example".to_owned()), false).unwrap().value;
/// let next = |answers: &[HttpAnswer]| look_up(&gitlab, &repository, None, answers).unwrap().value;
///
/// assert!(matches!(next(&[]), LookUp::Next { request } if request.url.ends_with("/projects/group%2Fproject")));
/// let refused = HttpAnswer::new(403, r#"{ "error": "insufficient_scope", "scope": "api read_api" }"#);
/// assert!(matches!(next(&[refused.clone()]), LookUp::Next { request } if request.url.contains("/repository/files/")));
/// let no_such_file = HttpAnswer::new(404, r#"{ "message": "404 File Not Found" }"#);
/// assert_eq!(next(&[refused, no_such_file]), LookUp::Known { proved: true, project: None });
/// ```
///
/// # Errors
///
/// Why the repository cannot be used.
pub fn look_up(
    gitlab: &Access,
    repository: &RepositoryUrl,
    branch: Option<&Branch>,
    answers: &[HttpAnswer],
) -> Check<LookUp> {
    let Some(first) = answers.first() else {
        return next(Issues::new(), project_request(gitlab, repository));
    };
    let second = answers.get(1);
    let project = match assess_project(first, repository) {
        Ok(project) => project,
        Err(issues) if files_may_answer(&issues) => {
            return match second {
                None => next(Issues::new(), probe_request(gitlab, repository, branch)),
                Some(answer) => known(Issues::new(), assess_probe(answer, branch), None),
            };
        }
        Err(issues) => return known(Issues::new(), Err::<Checked<()>, _>(issues), None),
    };
    let (warnings, project) = (project.warnings, project.value);
    let other = branch.filter(|branch| project.default_branch.as_deref() != Some(branch.as_str()));
    match (other, second) {
        (None, _) => known(warnings, Ok(Checked::clean(())), Some(project)),
        (Some(branch), None) => next(warnings, branch_request(gitlab, repository, branch)),
        (Some(branch), Some(answer)) => known(warnings, assess_branch(answer, branch), Some(project)),
    }
}

fn next(warnings: Issues, request: HttpRequest) -> Check<LookUp> {
    warnings.or_value(LookUp::Next { request })
}

/// The end of a look-up, by what the last answer says.
fn known<T>(mut warnings: Issues, last: Check<T>, project: Option<Project>) -> Check<LookUp> {
    let proved = last.is_ok();
    match last {
        Ok(checked) => warnings.extend(checked.warnings),
        Err(issues) if are_undecided(&issues) => {
            warnings.extend(issues.into_iter().map(Issue::as_warning).collect());
        }
        Err(issues) => warnings.extend(issues),
    }
    warnings.or_value(LookUp::Known { proved, project })
}

/// Whether the Repository Files API may tell what a look-up of the project did not: the token may read code, but not ask
/// for projects.
pub(crate) fn files_may_answer(issues: &Issues) -> bool {
    issues.has(IssueCode::GitlabInsufficientScope)
}

/// Whether GitLab's answer neither proves nor disproves that the repository can be read.
pub(crate) fn are_undecided(issues: &Issues) -> bool {
    issues.iter().any(|issue| {
        matches!(
            issue.code,
            IssueCode::GitlabInsufficientScope
                | IssueCode::GitlabEndpointMissing
                | IssueCode::GitlabRateLimited
                | IssueCode::GitlabServerError
                | IssueCode::GitlabRedirected
                | IssueCode::GitlabNotGitlabJson
                | IssueCode::GitlabUnexpectedStatus
        )
    })
}

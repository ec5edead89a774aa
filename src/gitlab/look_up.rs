//! The look-up of one repository, request by request. Each answer decides what is asked next.

use serde::Serialize;

use super::answers::branch_not_found;
use super::branch::Branch;
use super::list::{Search, find_project, search_request};
use super::{
    Access, ErrorBody, Project, assess_branch, assess_probe, assess_project, branch_path, file_path, project_path,
};
use crate::{
    address::RepositoryUrl,
    http::{HttpAnswer, HttpRequest},
    issue::{Check, Checked, Issue, IssueCode, Issues, Param},
};

/// The state of a look-up: what is asked next, or all that is known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
// In TypeScript, `request` distinguishes the two.
#[cfg_attr(feature = "js", derive(tsify::Tsify), tsify(type = "NextLookUp | (LookUpEnd & { request?: never })"))]
pub enum LookUp {
    /// There is a request to send.
    Next(NextLookUp),
    /// The look-up is complete.
    Known(LookUpEnd),
}

/// What a look-up asks next.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "js", derive(tsify::Tsify))]
pub struct NextLookUp {
    /// To be sent next.
    pub request: HttpRequest,
}

/// What a look-up found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "js", derive(tsify::Tsify), tsify(missing_as_null))]
pub struct LookUpEnd {
    /// Whether the token can certainly read the code. If not, nothing is proved, and the warnings say what to try next.
    pub proved: bool,
    /// Nothing where the token may not ask for the project.
    pub project: Option<Project>,
}

/// Looks a repository up: its project, or a file where the token may not look up projects; then `branch`, unless it is the
/// default branch. Where a proxy does not pass on the project's path, the project is found in the list of projects and looked up by
/// its number. `answers` are the answers to the requests that this function returned before, in order; none at first.
///
/// ```
/// use torque_gitlab_connect::{
///     address::{BaseUrl, RepositoryUrl}, gitlab::{Access, LookUp, LookUpEnd, NextLookUp, look_up}, http::HttpAnswer,
///     secret::Secret,
/// };
///
/// let base = BaseUrl::check("https://gitlab.example.com/").unwrap().value;
/// let repository = RepositoryUrl::check(Some(&base), "https://gitlab.example.com/group/project").unwrap().value;
/// let gitlab = Access::check(&base, &Secret::new("glpat-example".to_owned()), false).unwrap().value;
/// let next = |answers: &[HttpAnswer]| look_up(&gitlab, &repository, None, answers).unwrap().value;
///
/// assert!(matches!(next(&[]), LookUp::Next(NextLookUp { request }) if request.url.ends_with("/projects/group%2Fproject")));
/// let refused = HttpAnswer::new(403, r#"{ "error": "insufficient_scope", "scope": "api read_api" }"#);
/// assert!(matches!(next(&[refused.clone()]), LookUp::Next(NextLookUp { request }) if request.url.contains("/repository/files/")));
/// let no_such_file = HttpAnswer::new(404, r#"{ "message": "404 File Not Found" }"#);
/// assert_eq!(next(&[refused, no_such_file]), LookUp::Known(LookUpEnd { proved: true, project: None }));
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
    let mut inquiry = Inquiry::default();
    for answer in answers {
        match inquiry.answered(answer, repository, branch) {
            Asked::Further(further) => inquiry = further,
            Asked::Enough { project, mut warnings, last } => {
                let proved = last.is_ok();
                match last {
                    Ok(checked) => warnings.extend(checked.warnings),
                    Err(issues) if are_undecided(&issues) => {
                        warnings.extend(issues.into_iter().map(Issue::as_warning).collect());
                    }
                    Err(issues) => warnings.extend(issues),
                }
                let redactor = gitlab.redactor();
                redactor.clean(&mut warnings);
                let project = project.map(|project| project.redacted(&redactor));
                return warnings.or_value(LookUp::Known(LookUpEnd { proved, project }));
            }
        }
    }
    let request = inquiry.request(gitlab, repository, branch);
    inquiry.warnings.or_value(LookUp::Next(NextLookUp { request }))
}

/// A look-up in progress: what is asked next, and what is known.
#[derive(Clone, Debug, Default)]
pub(crate) struct Inquiry {
    question: Question,
    /// GitLab's number for the project, where its path does not get through.
    number: Option<u64>,
    project: Option<Project>,
    warnings: Issues,
}

#[derive(Clone, Debug, Default)]
enum Question {
    #[default]
    Project,
    /// Where the project is in the list.
    List(Page),
    Branch,
    /// Whether code can be read on the branch.
    File,
    /// Whether there is any commit.
    Head,
}

/// A page of the list in which the project is looked for.
#[derive(Clone, Debug)]
struct Page {
    /// Counted from 1.
    number: u32,
    /// The last id of the page before.
    after: Option<u64>,
    /// What the project's path was answered with: the status, and what it means if the list says nothing else.
    status: Param,
    refusal: Issues,
}

/// What a request is about.
#[derive(Clone, Copy)]
pub(crate) enum Subject {
    Project,
    Branch,
    File,
}

/// What follows from an answer.
pub(crate) enum Asked {
    Further(Inquiry),
    Enough {
        /// None where the token may not ask for the project.
        project: Option<Project>,
        /// What is worth knowing whatever `last` says.
        warnings: Issues,
        /// Whether the code can be read; see [`are_undecided`].
        last: Check<()>,
    },
}

/// No path is part of so many others that its project comes later; a list without end would be asked for ever.
const MOST_PAGES: u32 = 10;

impl Inquiry {
    pub(crate) fn subject(&self) -> Subject {
        match self.question {
            Question::Project | Question::List(_) => Subject::Project,
            Question::Branch => Subject::Branch,
            Question::File | Question::Head => Subject::File,
        }
    }

    pub(crate) fn request(&self, gitlab: &Access, repository: &RepositoryUrl, branch: Option<&Branch>) -> HttpRequest {
        let project = self.number.map_or_else(|| project_path(repository), |number| format!("projects/{number}"));
        match (&self.question, branch) {
            (Question::Project, _) => gitlab.get(&project),
            (Question::List(page), _) => search_request(gitlab, repository.path(), page.after),
            (Question::Branch, Some(branch)) => gitlab.get(&branch_path(&project, branch)),
            (Question::File, branch) => gitlab.get(&file_path(&project, branch)),
            (Question::Branch | Question::Head, _) => gitlab.get(&file_path(&project, None)),
        }
    }

    pub(crate) fn answered(
        mut self,
        answer: &HttpAnswer,
        repository: &RepositoryUrl,
        branch: Option<&Branch>,
    ) -> Asked {
        match (std::mem::take(&mut self.question), branch) {
            (Question::Project, _) => match assess_project(answer, repository) {
                Ok(project) => self.found(project, branch),
                // The token may read code, but not ask for projects.
                Err(issues) if issues.has(IssueCode::GitlabInsufficientScope) => self.ask(Question::File),
                Err(issues) if self.number.is_none() && may_be_encoded_slashes(answer, &issues) => {
                    Asked::Further(self.search(i64::from(answer.status).into(), issues))
                }
                Err(issues) => self.end(Err(issues)),
            },
            (Question::List(page), _) => self.searched(find_project(answer, repository.path()), page),
            (Question::Branch, Some(branch)) => {
                let found = assess_branch(answer, branch);
                self.judged(found.map(|checked| Checked { value: (), warnings: checked.warnings }))
            }
            (Question::Branch | Question::File, branch) => self.judged(assess_probe(answer, branch)),
            // That the branch is missing is known by now.
            (Question::Head, _) => match assess_probe(answer, None) {
                Ok(checked) if checked.warnings.has(IssueCode::GitlabEmptyRepository) => self.end(Ok(checked)),
                _ => self.end(branch.map_or(Ok(Checked::clean(())), |branch| Err(branch_not_found(branch).into()))),
            },
        }
    }

    /// What to ask next, if anything, where GitLab can be reached and the last question got no answer. The project's path may be what
    /// failed: a browser shows no page the answer of a proxy that does not allow its origin (CORS).
    pub(crate) fn unanswered(self) -> Option<Self> {
        let can_be_searched = matches!(self.question, Question::Project) && self.number.is_none();
        can_be_searched.then(|| self.search("no answer".into(), Issue::new(IssueCode::GitlabNotReached).into()))
    }

    /// What is known since it was last asked for.
    pub(crate) fn take_warnings(&mut self) -> Issues {
        std::mem::take(&mut self.warnings)
    }

    fn ask(self, question: Question) -> Asked {
        Asked::Further(Self { question, ..self })
    }

    fn end(self, last: Check<()>) -> Asked {
        Asked::Enough { project: self.project, warnings: self.warnings, last }
    }

    fn found(mut self, project: Checked<Project>, branch: Option<&Branch>) -> Asked {
        self.warnings.extend(project.warnings);
        let project = self.project.insert(project.value);
        // An empty repository has no branch that could be asked for.
        let other = branch.filter(|name| !project.empty && project.default_branch.as_deref() != Some(name.as_str()));
        match other {
            None => self.end(Ok(Checked::clean(()))),
            // The name of a branch may have a slash, too; in the query it gets through.
            Some(branch) if self.number.is_some() && branch.as_str().contains('/') => self.ask(Question::File),
            Some(_) => self.ask(Question::Branch),
        }
    }

    /// Issues about a branch, or about a file on it. In an empty repository every branch is missing.
    fn judged(self, found: Check<()>) -> Asked {
        let has_branches = self.project.as_ref().is_some_and(|project| project.default_branch.is_some());
        match found {
            Err(issues) if issues.has(IssueCode::GitlabBranchNotFound) && !has_branches => self.ask(Question::Head),
            found => self.end(found),
        }
    }

    fn search(self, status: Param, refusal: Issues) -> Self {
        Self { question: Question::List(Page { number: 1, after: None, status, refusal }), ..self }
    }

    /// Whether it is the encoded slashes is known by how the same API answers without them.
    fn searched(mut self, found: Result<Search, Issues>, page: Page) -> Asked {
        // GitLab refused a path. Only a project of that path shows that the proxy passed on another one.
        let is_missing = page.refusal.has(IssueCode::GitlabProjectNotFound);
        let is_proved = match &found {
            Ok(Search::Found(_)) => true,
            Ok(_) => !is_missing,
            Err(issues) => !is_missing && is_refusal_of_gitlab(issues),
        };
        let is_told = page.number > 1 && !is_missing;
        if is_proved && !is_told {
            let issue = Issue::new(IssueCode::GitlabEncodedSlashes).with("status", page.status.clone());
            self.warnings.push(issue);
        }
        match found {
            Ok(Search::Found(number)) => Self { number: Some(number), ..self }.ask(Question::Project),
            Ok(Search::Missing) => self.end(Err(Issue::new(IssueCode::GitlabProjectNotFound).into())),
            Ok(Search::GoesOn(last)) if page.number < MOST_PAGES && page.after.is_none_or(|after| after < last) => {
                self.ask(Question::List(Page { number: page.number + 1, after: Some(last), ..page }))
            }
            Err(issues) if is_proved => self.end(Err(issues)),
            Ok(Search::GoesOn(_)) | Err(_) => self.end(Err(page.refusal)),
        }
    }
}

/// What comes back where a proxy does not let `%2F` through. Apache answers 404, Tomcat and Traefik 400, a firewall perhaps 403, none
/// of them in the words of GitLab's API. Or GitLab answers to another path: nginx has decoded it, so there is no such route;
/// or it was encoded once more (Apache without `nocanon`), so there is no such project. A gateway's 5xx is a bad moment, which
/// says nothing about the path.
fn may_be_encoded_slashes(answer: &HttpAnswer, issues: &Issues) -> bool {
    let is_gitlabs = ErrorBody::read(&answer.body).is_some_and(|body| body.is_gitlabs(answer.status));
    matches!(answer.status, 400 | 403 | 404) && !is_gitlabs || issues.has(IssueCode::GitlabProjectNotFound)
}

/// Whether GitLab itself rejected the request.
fn is_refusal_of_gitlab(issues: &Issues) -> bool {
    let codes = [IssueCode::GitlabInsufficientScope, IssueCode::GitlabUnauthorized, IssueCode::GitlabForbidden];
    codes.into_iter().any(|code| issues.has(code))
}

/// Whether GitLab's answer neither proves nor disproves that the repository can be read.
pub(crate) fn are_undecided(issues: &Issues) -> bool {
    issues.iter().any(|issue| {
        matches!(
            issue.code,
            IssueCode::GitlabInsufficientScope
                | IssueCode::GitlabNotReached
                | IssueCode::GitlabEndpointMissing
                | IssueCode::GitlabRateLimited
                | IssueCode::GitlabServerError
                | IssueCode::GitlabRedirected
                | IssueCode::GitlabNotGitlabJson
                | IssueCode::GitlabUnexpectedStatus
        )
    })
}

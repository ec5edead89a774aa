//! Asks GitLab about tokens and projects.

use super::work::{RequestKind, Stage, StepContext, Work, end, share_issues};
use crate::gitlab::{self, Asked, Branch, Inquiry};
use crate::http::HttpAnswer;
use crate::issue::{Check, Issue, IssueCode, Issues};
use crate::onboarding::plan::OnUnknown;
use crate::onboarding::report::RepositoryOutcome;
use crate::token::{Assessment, TokenDetails, Verdict};

impl Work {
    pub(super) fn begin_inspection(&mut self) {
        if !self.plan.policy.inspect || self.tokens.is_empty() {
            return;
        }
        let allow_http = self.plan.policy.allow_http;
        self.ready.reserve(self.tokens.len());
        for index in 0..self.tokens.len() {
            let not_asked = match (self.plan.method.base_url(), self.secret(index)) {
                (Some(base), Some(secret)) if gitlab::Access::check(base, secret, allow_http).is_ok() => {
                    self.queue(RequestKind::Token(index));
                    continue;
                }
                (Some(_), _) => IssueCode::TokenHttpNotAsked,
                (None, _) => IssueCode::TokenNoBaseUrl,
            };
            self.tokens[index].assessment = Some(Assessment::unknown(Issue::new(not_asked)));
        }
    }

    pub(super) fn assessed(&mut self, token: usize, mut assessment: Assessment) {
        self.redactor.clean(&mut assessment.issues);
        if let Some(TokenDetails { name, scopes, .. }) = assessment.token.as_deref_mut() {
            for text in scopes.iter_mut().chain([name]) {
                *text = self.redactor.plain(text);
            }
        }
        let goes_on = match assessment.verdict {
            Verdict::Ok => true,
            Verdict::Reject => false,
            Verdict::Unknown => self.plan.policy.on_unknown == OnUnknown::Continue,
        };
        if let Some(before) = token.checked_sub(1).and_then(|before| self.tokens[before].assessment.as_ref()) {
            assessment.issues.share(&before.issues);
        }
        self.tokens[token].assessment = Some(assessment);
        if goes_on {
            self.ready.reserve(self.tokens[token].repositories.len());
            for position in 0..self.tokens[token].repositories.len() {
                self.queue(RequestKind::Project(self.tokens[token].repositories[position]));
            }
        }
    }

    pub(super) fn project_answered(&mut self, index: usize, answer: &HttpAnswer, context: &mut StepContext<'_>) {
        let planned = &self.plan.repositories[index];
        let inquiry = self.runs[index].inquiry.take().map(|inquiry| *inquiry).unwrap_or_default();
        match inquiry.answered(answer, &planned.repository_url, planned.branch.as_ref()) {
            Asked::Further(inquiry) => self.ask_further(index, inquiry),
            Asked::Enough { project, warnings, last } => {
                self.learn(index, warnings);
                if let Some(default) = project.and_then(|project| project.default_branch)
                    && self.plan.repositories[index].branch.is_none()
                    && self.redactor.leaves(&default)
                {
                    self.plan.repositories[index].branch = Branch::check(&default).ok().map(|branch| branch.value);
                }
                self.looked_up(index, last, context);
            }
        }
    }

    /// No answer came, not even to the last try.
    pub(super) fn project_not_answered(&mut self, index: usize, context: &mut StepContext<'_>) {
        let inquiry = self.runs[index].inquiry.take().map(|inquiry| *inquiry).unwrap_or_default();
        let assessment = self.token_of(index).and_then(|token| self.tokens[token].assessment.as_ref());
        let has_told_of_token = assessment.is_some_and(|assessment| assessment.token.is_some());
        match inquiry.unanswered().filter(|_| has_told_of_token) {
            Some(inquiry) => self.ask_further(index, inquiry),
            None => self.undecided(index, Issue::new(IssueCode::GitlabNotReached).into(), context),
        }
    }

    fn ask_further(&mut self, index: usize, mut inquiry: Inquiry) {
        // Should the job stop before the answer, its report has what is known.
        self.learn(index, inquiry.take_warnings());
        self.runs[index].inquiry = Some(Box::new(inquiry));
        self.queue(RequestKind::Project(index));
    }

    fn learn(&mut self, index: usize, mut warnings: Issues) {
        self.redactor.clean(&mut warnings);
        self.runs[index].issues.extend(warnings);
        share_issues(&mut self.runs, index);
    }

    fn looked_up(&mut self, index: usize, mut check: Check<()>, context: &mut StepContext<'_>) {
        if let Err(issues) = &mut check {
            self.redactor.clean(issues);
        }
        match check {
            Ok(checked) => self.learn(index, checked.warnings),
            // Sent before a crash: what GitLab says now decides nothing about it.
            Err(_) if !matches!(self.runs[index].stage, Stage::Planned) => {}
            Err(issues) if issues.has(IssueCode::GitlabUnauthorized) => {
                // 401 ends all use of the token, whatever it was good for before.
                if let Some(token) = self.token_of(index) {
                    let issue = Issue::new(IssueCode::GitlabUnauthorized);
                    self.tokens[token].assessment =
                        Some(Assessment { verdict: Verdict::Reject, issues: issue.into(), token: None });
                    for position in 0..self.tokens[token].repositories.len() {
                        let other = self.tokens[token].repositories[position];
                        if matches!(self.runs[other].stage, Stage::Planned) {
                            self.runs[other].issues.extend(issues.clone());
                            end(&mut self.runs, other, RepositoryOutcome::Failed, context.events);
                        }
                    }
                }
            }
            Err(issues) if gitlab::are_undecided(&issues) => self.undecided(index, issues, context),
            Err(issues) => {
                self.runs[index].issues.extend(issues);
                end(&mut self.runs, index, RepositoryOutcome::Failed, context.events);
            }
        }
    }

    /// GitLab did not answer whether the repository can be read.
    pub(super) fn undecided(&mut self, index: usize, issues: Issues, context: &mut StepContext<'_>) {
        if !matches!(self.runs[index].stage, Stage::Planned) {
            return;
        }
        let warnings = if issues.has_error() { issues.into_iter().map(Issue::as_warning).collect() } else { issues };
        self.runs[index].issues.extend(warnings);
        share_issues(&mut self.runs, index);
        if self.plan.policy.on_unknown == OnUnknown::Stop {
            self.runs[index].issues.push(Issue::new(IssueCode::PlanStoppedUnknown));
            end(&mut self.runs, index, RepositoryOutcome::NotStarted, context.events);
        }
    }
}

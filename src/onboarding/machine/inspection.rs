//! GitLab is asked about tokens and projects.

use super::{Stage, Turn, What, Work, end};
use crate::branch::Branch;
use crate::gitlab;
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
        for index in 0..self.tokens.len() {
            let token = &mut self.tokens[index];
            let not_asked = match self.plan.method.base_url() {
                None => IssueCode::TokenNoBaseUrl,
                Some(base) if gitlab::Access::check(base, &token.secret, allow_http).is_err() => {
                    IssueCode::TokenHttpNotAsked
                }
                Some(_) => {
                    self.queue(What::Token(index));
                    continue;
                }
            };
            token.assessment = Some(Assessment::unknown(Issue::new(not_asked)));
        }
    }

    pub(super) fn assessed(&mut self, token: usize, mut assessment: Assessment) {
        self.redactor.clean(&mut assessment.issues);
        if let Some(TokenDetails { name, scopes, .. }) = &mut assessment.token {
            for text in scopes.iter_mut().chain([name]) {
                *text = self.redactor.plain(text);
            }
        }
        let goes_on = match assessment.verdict {
            Verdict::Ok => true,
            Verdict::Reject => false,
            Verdict::Unknown => self.plan.policy.on_unknown == OnUnknown::Continue,
        };
        self.tokens[token].assessment = Some(assessment);
        if goes_on {
            for position in 0..self.tokens[token].repositories.len() {
                self.queue(What::Project(self.tokens[token].repositories[position]));
            }
        }
    }

    pub(super) fn project(&mut self, index: usize, answer: &HttpAnswer, turn: &mut Turn<'_>) {
        let is_planned = matches!(self.runs[index].stage, Stage::Planned);
        match gitlab::assess_project(answer, &self.plan.repositories[index].repository_url) {
            Ok(mut project) => {
                self.redactor.clean(&mut project.warnings);
                let branch = &mut self.plan.repositories[index].branch;
                let default = project.value.default_branch.as_deref();
                let default = default.filter(|name| self.redactor.leaves(name));
                match branch {
                    None => *branch = default.and_then(|name| Branch::check(name).ok()).map(|branch| branch.value),
                    Some(branch) if Some(branch.as_str()) == default => {}
                    Some(_) => self.queue(What::Branch(index)),
                }
                self.runs[index].issues.extend(project.warnings);
            }
            // Sent before a crash: what GitLab says now decides nothing about it.
            Err(_) if !is_planned => {}
            Err(issues) if gitlab::files_may_answer(&issues) => self.queue(What::Probe(index)),
            Err(issues) => self.looked_up(index, Err(issues), turn),
        }
    }

    pub(super) fn looked_up(&mut self, index: usize, mut check: Check<()>, turn: &mut Turn<'_>) {
        match &mut check {
            Ok(checked) => self.redactor.clean(&mut checked.warnings),
            Err(issues) => self.redactor.clean(issues),
        }
        match check {
            Ok(checked) => self.runs[index].issues.extend(checked.warnings),
            Err(issues) if issues.has(IssueCode::GitlabUnauthorized) => {
                // 401 ends all use of the token, whatever it was good for before.
                if let Some(token) = self.runs[index].token {
                    let issue = Issue::new(IssueCode::GitlabUnauthorized);
                    self.tokens[token].assessment =
                        Some(Assessment { verdict: Verdict::Reject, issues: issue.into(), token: None });
                    for position in 0..self.tokens[token].repositories.len() {
                        let other = self.tokens[token].repositories[position];
                        if matches!(self.runs[other].stage, Stage::Planned) {
                            self.runs[other].issues.extend(issues.clone());
                            end(&mut self.runs, other, RepositoryOutcome::Failed, turn.events);
                        }
                    }
                }
            }
            Err(issues) if gitlab::are_undecided(&issues) => self.undecided(index, issues, turn),
            Err(issues) => {
                self.runs[index].issues.extend(issues);
                end(&mut self.runs, index, RepositoryOutcome::Failed, turn.events);
            }
        }
    }

    /// GitLab did not tell whether the repository can be read.
    pub(super) fn undecided(&mut self, index: usize, issues: Issues, turn: &mut Turn<'_>) {
        if !matches!(self.runs[index].stage, Stage::Planned) {
            return;
        }
        self.runs[index].issues.extend(issues.into_iter().map(Issue::as_warning).collect());
        if self.plan.policy.on_unknown == OnUnknown::Stop {
            self.runs[index].issues.push(Issue::new(IssueCode::PlanStoppedUnknown));
            end(&mut self.runs, index, RepositoryOutcome::NotStarted, turn.events);
        }
    }
}

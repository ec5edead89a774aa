//! How the job ends, and the report of it.

use std::collections::VecDeque;
use std::mem::take;

use super::list::NOT_LISTED;
use super::work::{RequestKind, Stage, Work, end};
use crate::issue::{Issue, IssueCode, Issues};
use crate::onboarding::plan::{Boxes, CheckedMethod};
use crate::onboarding::report::{
    NextStep, Outcome, Progress, ProviderReport, Report, RepositoryOutcome, RepositoryReport, StepOutcome, TokenReport,
};
use crate::server_text::Redactor;
use crate::token::{Assessment, Verdict};

impl Work {
    pub(super) fn all_ended(&self) -> bool {
        self.runs.iter().all(|run| matches!(run.stage, Stage::Ended(_)))
    }

    /// Sends no further request to Torque. Requests under way may still be answered.
    pub(super) fn stop(&mut self, why: Issue) {
        self.stopped.get_or_insert(why);
    }

    /// Ends every repository that has not ended, with what is known of it.
    pub(super) fn end_open(&mut self, events: &mut Vec<Progress>) {
        // Nothing is sent any more.
        self.ready = VecDeque::new();
        events.reserve_exact(self.runs.len());
        let not_started = Issues::from(Issue::new(self.ended_by.unwrap_or(IssueCode::PlanNotStarted)));
        // The first in the plan's order says it for all that had no connection, whichever was tried last.
        let mut not_connected = self.stopped.clone().filter(|why| why.code == IssueCode::TorqueNotConnected);
        for index in 0..self.runs.len() {
            let run = &mut self.runs[index];
            let outcome = match &run.stage {
                Stage::Ended(_) => continue,
                Stage::Planned if run.lost == 0 => {
                    if let Some(why) = not_connected.take() {
                        run.issues.push(why);
                        RepositoryOutcome::Failed
                    } else {
                        run.issues.extend(not_started.clone());
                        RepositoryOutcome::NotStarted
                    }
                }
                // Posted, or posted and lost before it was to be posted again.
                Stage::Posting | Stage::Planned => {
                    run.lost = run.lost.saturating_add(u8::from(matches!(run.stage, Stage::Posting)));
                    run.issues.push(Issue::new(IssueCode::TorqueRepositoryUnknown));
                    RepositoryOutcome::Unknown
                }
                Stage::Looking(look_up) => {
                    run.issues.push(look_up.issue.clone());
                    look_up.ending(&run.sent, &mut run.issues)
                }
                Stage::Syncing(_) => {
                    let status = run.status.as_deref().unwrap_or(NOT_LISTED);
                    run.issues.push(match self.ended_by {
                        Some(IssueCode::PlanAborted) => Issue::new(IssueCode::PlanAbortedWhileSyncing),
                        Some(_) => Issue::new(IssueCode::TorqueSyncTimeout).with("status", status),
                        None => Issue::new(IssueCode::TorqueNotWatched),
                    });
                    RepositoryOutcome::Syncing
                }
            };
            end(&mut self.runs, index, outcome, events);
        }
        self.lists.waiting.clear();
    }

    /// Ends the job where it stands.
    pub(super) fn terminate(&mut self, why: IssueCode, events: &mut Vec<Progress>) {
        self.ended_by = Some(why);
        let lost_provider = self.in_flight.iter().any(|(_, queued)| matches!(queued.kind, RequestKind::Provider));
        if self.provider.outcome.is_none() && matches!(self.plan.method, CheckedMethod::Provider(_)) {
            let (outcome, code) = if lost_provider {
                (StepOutcome::Unknown, IssueCode::TorqueProviderUnknown)
            } else {
                (StepOutcome::Aborted, why)
            };
            self.end_provider(outcome, events);
            self.provider.issues.push(Issue::new(code));
        }
        self.end_open(events);
    }

    /// The report. What goes into it and what is no longer needed is taken out, so that a long plan is not there twice.
    pub(super) fn take_report(&mut self, started_at: i64, finished_at: i64) -> Report {
        let mut issues = take(&mut self.warnings);
        self.redactor = Redactor::default();
        self.by_name = Vec::new();
        if let Some(why) = self.stopped.as_ref().filter(|why| why.code != IssueCode::PlanNotStarted) {
            issues.push(why.clone());
        }
        issues.extend(self.ended_by.into_iter().map(Issue::new).collect());
        let tokens: Vec<TokenReport> = take(&mut self.tokens)
            .into_iter()
            .filter_map(|token| {
                let Assessment { verdict, issues, token: details } = token.assessment?;
                let (purpose, repositories) = (token.purpose, token.repositories);
                Some(TokenReport { purpose, repositories, verdict, issues, token: details })
            })
            .collect();
        let runs = take(&mut self.runs).into_iter().zip(take(&mut self.plan.repositories)).enumerate();
        let repositories: Boxes<RepositoryReport> = runs
            .map(|(index, (run, planned))| {
                Box::new(RepositoryReport {
                    index,
                    name: planned.repository_name.into(),
                    url: planned.repository_url.into(),
                    branch: planned.branch.map(String::from),
                    outcome: match run.stage {
                        Stage::Ended(outcome) => outcome,
                        _ => RepositoryOutcome::Unknown,
                    },
                    status: run.status.map(String::from),
                    issues: run.issues,
                    sent: run.sent,
                })
            })
            .collect();
        let outcome = self.outcome(&repositories);
        Report {
            outcome,
            issues,
            provider: self.provider_report(),
            token_verdict: Verdict::of_all(tokens.iter().map(|token| token.verdict)),
            tokens,
            next: self.next_step(&repositories),
            repositories,
            started_at,
            finished_at,
        }
    }

    fn provider_report(&self) -> Option<ProviderReport> {
        let base_url = self.plan.method.base_url()?.as_str().to_owned();
        let name = match &self.plan.method {
            CheckedMethod::Provider(provider) => Some(provider.name.as_str().to_owned()),
            CheckedMethod::ExistingProvider { .. } => None,
            CheckedMethod::TokenPerRepository { .. } => return None,
        };
        let run = &self.provider;
        let outcome = run.outcome.unwrap_or(StepOutcome::Skipped);
        Some(ProviderReport {
            outcome,
            name,
            base_url,
            id: run.id.clone(),
            issues: run.issues.clone(),
            sent: run.sent.clone(),
        })
    }

    fn outcome(&self, repositories: &[Box<RepositoryReport>]) -> Outcome {
        if self.ended_by == Some(IssueCode::PlanAborted) {
            return Outcome::Aborted;
        }
        match self.provider.outcome {
            Some(StepOutcome::Unknown) => return Outcome::Unknown,
            Some(StepOutcome::Failed | StepOutcome::Skipped | StepOutcome::Aborted) => return Outcome::Failed,
            _ => {}
        }
        let some = |outcome| repositories.iter().any(|repository| repository.outcome == outcome);
        if repositories.iter().all(|repository| repository.outcome == RepositoryOutcome::Connected) {
            Outcome::Connected
        } else if some(RepositoryOutcome::Connected) || some(RepositoryOutcome::Syncing) {
            Outcome::Partial
        } else if some(RepositoryOutcome::Unknown) {
            Outcome::Unknown
        } else {
            Outcome::Failed
        }
    }

    fn next_step(&self, repositories: &[Box<RepositoryReport>]) -> Option<NextStep> {
        let is_taken = |outcome| matches!(outcome, RepositoryOutcome::Connected | RepositoryOutcome::Syncing);
        if !repositories.iter().any(|repository| is_taken(repository.outcome)) {
            return None;
        }
        let url = self.plan.portal_for_people().as_str().to_owned();
        let space = self.plan.space.iter().map(|space| space.as_str().to_owned());
        // The space's Repositories page has the button (Torque documentation, "Discover Your Assets").
        let menu = space.chain(["Repositories".to_owned(), "Discover Assets".to_owned()]).collect();
        Some(NextStep { url, menu })
    }
}

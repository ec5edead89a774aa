//! Posts repositories, each at most twice.

use super::answers::outcome_is_unknown;
use super::work::{LookUp, LookupReason, RequestKind, Stage, StepContext, Syncing, Work, end};
use crate::http::HttpAnswer;
use crate::issue::{Issue, IssueCode};
use crate::onboarding::report::{Progress, RepositoryEvent, RepositoryOutcome};
use crate::torque;

impl Work {
    pub(super) fn begin_repositories(&mut self, now: i64) {
        if self.stopped.is_some() {
            return;
        }
        self.ready.reserve(self.runs.len());
        for index in 0..self.runs.len() {
            match &mut self.runs[index].stage {
                Stage::Planned => self.queue(RequestKind::Connect(index)),
                // Sent before a crash. The list is asked for from now on, so the time begins now.
                Stage::Looking(look_up) => {
                    look_up.since = now;
                    self.wait_for_list(index, 0, now);
                }
                Stage::Syncing(syncing) => {
                    syncing.until = now + self.plan.policy.sync_timeout_ms;
                    self.wait_for_list(index, 0, now);
                }
                Stage::Posting | Stage::Ended(_) => {}
            }
        }
    }

    pub(super) fn note_status(&mut self, index: usize, status: u16) {
        if let Some(record) = self.runs[index].sent.last_mut() {
            record.status = Some(status);
        }
    }

    pub(super) fn repository_answered(&mut self, index: usize, answer: &HttpAnswer, context: &mut StepContext<'_>) {
        self.note_status(index, answer.status);
        let Err(issues) = torque::read_repository_answer(answer, &self.redactor) else {
            let until = self.first_look(context.now) + self.plan.policy.sync_timeout_ms;
            self.runs[index].stage = Stage::Syncing(Box::new(Syncing { until, since_list: self.lists.asked }));
            self.announce(index, RepositoryOutcome::Syncing, context);
            self.wait_for_list(index, self.plan.policy.poll_ms, context.now);
            return;
        };
        let issue = issues.into_iter().next().unwrap_or_else(|| Issue::new(IssueCode::TorqueUnreachable));
        // An earlier one may still arrive in the list, whatever became of this one.
        let was_lost = self.runs[index].lost > 0;
        match issue.code {
            // The token, the space or the address is wrong: nothing else will go better.
            IssueCode::TorqueUnauthorized
            | IssueCode::TorqueSpaceForbidden
            | IssueCode::TorqueProxyForbidden
            | IssueCode::TorqueRedirected
            | IssueCode::TorqueNotTorque => self.repository_stops_all(index, issue, context),
            // Torque still says no to what it certainly did not do.
            IssueCode::TorqueRateLimited if !was_lost => {
                self.runs[index].issues.push(issue);
                end(&mut self.runs, index, RepositoryOutcome::Failed, context.events);
            }
            IssueCode::TorqueServerError if answer.status == 503 && !was_lost => {
                self.runs[index].issues.push(issue);
                end(&mut self.runs, index, RepositoryOutcome::Failed, context.events);
            }
            // 409 meets most likely what was lost before, and no refusal says what became of that: the list does, sooner or later.
            _ if was_lost || outcome_is_unknown(answer.status) => {
                self.look_up(index, LookupReason::Lost, issue, context);
            }
            IssueCode::TorqueRepositoryExists => self.look_up(index, LookupReason::Taken, issue, context),
            _ => self.look_up(index, LookupReason::Refused, issue, context),
        }
    }

    /// Ends a repository, and with it all that goes to Torque.
    pub(super) fn repository_stops_all(&mut self, index: usize, why: Issue, context: &mut StepContext<'_>) {
        self.runs[index].issues.push(why.clone());
        let outcome = if self.runs[index].lost > 0 {
            self.runs[index].issues.push(Issue::new(IssueCode::TorqueRepositoryUnknown));
            RepositoryOutcome::Unknown
        } else {
            RepositoryOutcome::Failed
        };
        end(&mut self.runs, index, outcome, context.events);
        self.stop_watching(why, context);
    }

    /// Lets the list decide about a repository whose `POST` was refused or lost.
    pub(super) fn look_up(&mut self, index: usize, reason: LookupReason, issue: Issue, context: &mut StepContext<'_>) {
        let since = self.first_look(context.now);
        let look_up = LookUp { reason, issue, since, since_list: self.lists.asked, lists_without: 0 };
        let run = &mut self.runs[index];
        run.lost = run.lost.saturating_add(u8::from(reason == LookupReason::Lost));
        self.runs[index].stage = Stage::Looking(Box::new(look_up));
        self.wait_for_list(index, 0, context.now);
    }

    pub(super) fn announce(&mut self, index: usize, outcome: RepositoryOutcome, context: &mut StepContext<'_>) {
        let status = self.runs[index].status.as_deref().map(str::to_owned);
        context.events.push(Progress::Repository(RepositoryEvent {
            repository: index,
            outcome,
            status,
            settled: false,
            done: false,
        }));
    }
}

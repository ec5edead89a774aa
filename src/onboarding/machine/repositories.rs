//! Repositories are posted, at most twice.

use super::{LookUp, Stage, Turn, What, Why, Work, end, outcome_is_unknown};
use crate::http::HttpAnswer;
use crate::issue::{Issue, IssueCode};
use crate::onboarding::report::{Progress, RepositoryOutcome};
use crate::torque;

impl Work {
    pub(super) fn begin_repositories(&mut self, now: i64) {
        if self.stopped.is_some() {
            return;
        }
        for index in 0..self.runs.len() {
            match &mut self.runs[index].stage {
                Stage::Planned => self.queue(What::Connect(index)),
                // Sent before a crash. The list is asked for from now on, so the time begins now.
                Stage::Looking(look_up) => {
                    look_up.since = now;
                    self.wait_for_list(index, 0, now);
                }
                Stage::Syncing { until, .. } => {
                    *until = now + self.plan.policy.sync_timeout_ms;
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

    pub(super) fn repository_answered(&mut self, index: usize, answer: &HttpAnswer, turn: &mut Turn<'_>) {
        self.note_status(index, answer.status);
        let Err(issues) = torque::read_repository_answer(answer, &self.redactor) else {
            let until = self.first_look(turn.now) + self.plan.policy.sync_timeout_ms;
            self.runs[index].stage = Stage::Syncing { until, since_list: self.lists.asked };
            self.tell(index, RepositoryOutcome::Syncing, turn);
            self.wait_for_list(index, self.plan.policy.poll_ms, turn.now);
            return;
        };
        let issue = issues.into_iter().next().unwrap_or_else(|| Issue::new(IssueCode::TorqueUnreachable));
        // An earlier one may still arrive in the list, whatever became of this one.
        let was_lost = self.runs[index].lost > 0;
        match issue.code {
            // The token, the space or the address is wrong: nothing else will go better.
            IssueCode::TorqueUnauthorized
            | IssueCode::TorqueSpaceForbidden
            | IssueCode::TorqueRedirected
            | IssueCode::TorqueNotTorque => {
                self.runs[index].issues.push(issue.clone());
                let outcome = if was_lost {
                    self.runs[index].issues.push(Issue::new(IssueCode::TorqueRepositoryUnknown));
                    RepositoryOutcome::Unknown
                } else {
                    RepositoryOutcome::Failed
                };
                end(&mut self.runs, index, outcome, turn.events);
                self.stop_watching(issue, turn);
            }
            // Torque still says no to what it certainly did not do.
            IssueCode::TorqueRateLimited if !was_lost => {
                self.runs[index].issues.push(issue);
                end(&mut self.runs, index, RepositoryOutcome::Failed, turn.events);
            }
            IssueCode::TorqueServerError if answer.status == 503 && !was_lost => {
                self.runs[index].issues.push(issue);
                end(&mut self.runs, index, RepositoryOutcome::Failed, turn.events);
            }
            // 409 meets most likely what was lost before, and no refusal says what became of that: the list does, sooner or later.
            _ if was_lost || outcome_is_unknown(answer.status) => self.look_up(index, Why::Lost, issue, turn),
            IssueCode::TorqueRepositoryExists => self.look_up(index, Why::Taken, issue, turn),
            _ => self.look_up(index, Why::Refused, issue, turn),
        }
    }

    /// Lets the list decide about a repository whose `POST` was refused or lost.
    pub(super) fn look_up(&mut self, index: usize, why: Why, issue: Issue, turn: &mut Turn<'_>) {
        let since = self.first_look(turn.now);
        let look_up = LookUp { why, issue, since, since_list: self.lists.asked, lists_without: 0 };
        self.runs[index].lost += u32::from(why == Why::Lost);
        self.runs[index].stage = Stage::Looking(look_up);
        self.wait_for_list(index, 0, turn.now);
    }

    pub(super) fn tell(&mut self, index: usize, outcome: RepositoryOutcome, turn: &mut Turn<'_>) {
        let status = self.runs[index].status.clone();
        turn.events.push(Progress::Repository { repository: index, outcome, status });
    }
}

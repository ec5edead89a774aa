//! Writing and restoring checkpoints.

use super::answers::{MOST_LOST, refusal};
use super::work::{LookUp, LookupReason, Phase, RequestKind, Stage, Syncing, Work};
use crate::issue::{Issue, IssueCode, Issues};
use crate::onboarding::checkpoint::{Checkpoint, ProviderCheckpoint, RepositoryCheckpoint, SentState};
use crate::onboarding::report::{Progress, RepositoryOutcome, SentRequest, StepOutcome};

impl Work {
    /// The checkpoint just before `about_to` goes out, or at the end.
    pub(super) fn checkpoint(&self, about_to: Option<RequestKind>, started_at: i64, now: i64) -> Checkpoint {
        let mut checkpoint = Checkpoint::new(self.fingerprint.clone(), started_at);
        let with_next = |sent: &[SentRequest], is_next: bool| {
            sent.iter().cloned().chain(is_next.then_some(SentRequest { at: now, status: None })).collect::<Vec<_>>()
        };
        let is_next = matches!(about_to, Some(RequestKind::Provider));
        let sent = with_next(&self.provider.sent, is_next);
        if !sent.is_empty() {
            let state = match self.provider.outcome {
                Some(StepOutcome::Done) => SentState::Done,
                Some(StepOutcome::Unknown) => SentState::Unknown,
                _ if is_next => SentState::Unknown,
                _ => SentState::Refused,
            };
            checkpoint.provider = Some(ProviderCheckpoint { state, id: self.provider.id.clone(), sent });
        }
        for (index, run) in self.runs.iter().enumerate() {
            let is_next = matches!(about_to, Some(RequestKind::Connect(next)) if next == index);
            let sent = with_next(&run.sent, is_next);
            if sent.is_empty() {
                continue;
            }
            let is_under_way = is_next || matches!(run.stage, Stage::Posting);
            let state = match run.stage {
                Stage::Syncing(_) | Stage::Ended(RepositoryOutcome::Connected | RepositoryOutcome::Syncing) => {
                    SentState::Done
                }
                // The list has shown it.
                Stage::Ended(RepositoryOutcome::Failed) if run.status.is_some() => SentState::Done,
                Stage::Looking(_) | Stage::Ended(RepositoryOutcome::Unknown) => SentState::Unknown,
                _ if is_under_way || run.lost > 0 => SentState::Unknown,
                _ => SentState::Refused,
            };
            let lost = match &run.stage {
                // Another POST would get the same answer.
                Stage::Looking(look_up) if look_up.reason == LookupReason::Taken => MOST_LOST,
                // One that was refused and not yet looked for may be there all the same.
                Stage::Looking(_) | Stage::Ended(RepositoryOutcome::Unknown) => run.lost.max(1),
                _ => run.lost.saturating_add(u8::from(is_under_way)),
            };
            checkpoint.repositories.push(RepositoryCheckpoint { index, state, lost, sent });
        }
        checkpoint
    }

    /// Continues from a checkpoint of this plan.
    pub(super) fn restore(&mut self, checkpoint: &Checkpoint, events: &mut Vec<Progress>) -> Result<(), Issues> {
        let id = checkpoint.provider.as_ref().and_then(|mark| mark.id.as_ref());
        if id.is_some_and(|id| !self.redactor.leaves(id)) {
            // No answer contains a token, so somebody else wrote it there.
            return Err(Issue::new(IssueCode::CheckpointUnreadable).into());
        }
        if let Some(mark) = checkpoint.provider.as_ref().filter(|_| self.provider.outcome.is_none()) {
            self.provider.sent.clone_from(&mark.sent);
            self.provider.id.clone_from(&mark.id);
            match (mark.state, checkpoint.provider_created) {
                (SentState::Done, _) | (SentState::Unknown, Some(true)) => {
                    self.end_provider(StepOutcome::Done, events);
                }
                (SentState::Refused, _) | (SentState::Unknown, Some(false)) => {}
                (SentState::Unknown, None) => {
                    self.provider_lost(Issue::new(IssueCode::PlanInterrupted), events);
                    // GitLab is not asked either.
                    self.phase = Phase::Provider;
                }
            }
            self.use_provider_id();
        }
        for mark in &checkpoint.repositories {
            let Some(run) = self.runs.get_mut(mark.index) else {
                return Err(Issue::new(IssueCode::CheckpointUnreadable).into());
            };
            run.sent.clone_from(&mark.sent);
            run.lost = mark.lost;
            run.stage = match mark.state {
                SentState::Done => Stage::Syncing(Box::new(Syncing { until: 0, since_list: 0 })),
                SentState::Unknown => {
                    let issue = known_refusal(&mark.sent).unwrap_or_else(|| Issue::new(IssueCode::PlanInterrupted));
                    Stage::Looking(Box::new(LookUp {
                        reason: LookupReason::Lost,
                        issue,
                        since: 0,
                        since_list: 0,
                        lists_without: 0,
                    }))
                }
                SentState::Refused => Stage::Planned,
            };
        }
        Ok(())
    }
}

/// Torque's rejection of the last of these. The checkpoint does not have its text.
fn known_refusal(sent: &[SentRequest]) -> Option<Issue> {
    let status = refusal(sent)?;
    let issue = match status {
        409 => Issue::new(IssueCode::TorqueRepositoryExists),
        _ => Issue::new(IssueCode::TorqueRefused).with("status", i64::from(status)),
    };
    Some(issue.with("answer", "(not stored)"))
}

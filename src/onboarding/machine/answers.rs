//! What an answer changes, and what it changes that none came.

use super::work::{LookupReason, QueuedRequest, RequestKind, Server, Stage, StepContext, Work};
use crate::http::HttpAnswer;
use crate::issue::{Issue, IssueCode, Issues};
use crate::onboarding::backoff::MOST_TRIES;
use crate::onboarding::plan::OnUnknown;
use crate::onboarding::report::{FailureReason, SentRequest};
use crate::token::{Assessment, assess_token};

/// After so many `POST`s with an unknown outcome there is no other: the first, and the one that the list allows (`list.rs`).
pub(super) const MOST_LOST: u8 = 2;

/// How often a request without an answer is sent again where it certainly changed nothing: a `GET`, or a request that had no
/// connection.
const MOST_FAILURES: u32 = 2;

impl Work {
    pub(super) fn answered(
        &mut self,
        queued: QueuedRequest,
        answer: &HttpAnswer,
        retry_after: Option<&str>,
        context: &mut StepContext<'_>,
    ) {
        self.is_torque_reached |= queued.kind.server() == Server::Torque;
        // RFC 9110 section 15.6.4 and RFC 6585 section 4: not done, come back later.
        if matches!(answer.status, 429 | 503) && !matches!(queued.kind, RequestKind::List) {
            if let RequestKind::Connect(index) = queued.kind {
                self.note_status(index, answer.status);
                self.runs[index].stage = Stage::Planned;
            }
            if let Some(wait) = context.jitter.pause(queued.tries, retry_after, context.now) {
                let until = context.now + wait;
                let paused = self.pause_of(queued);
                self.pause[queued.kind.server() as usize] = until.max(paused);
                if queued.kind.server() == Server::Torque {
                    self.wait_longer(until - until.min(paused).max(context.now));
                }
                self.schedule_at(until, queued);
                return;
            }
        }
        match queued.kind {
            RequestKind::Token(token) => {
                let assessment = assess_token(answer, &self.plan.policy.token, self.tokens[token].purpose, context.now);
                self.assessed(token, assessment);
            }
            RequestKind::Project(index) => self.project_answered(index, answer, context),
            RequestKind::Provider => self.provider_answered(answer, context.events),
            RequestKind::Connect(index) => self.repository_answered(index, answer, context),
            RequestKind::List => self.list_answered(queued, answer, retry_after, context),
        }
    }

    pub(super) fn failed(&mut self, queued: QueuedRequest, reason: FailureReason, context: &mut StepContext<'_>) {
        if queued.kind.server() == Server::Torque && reason != FailureReason::Connect {
            self.is_torque_reached = true;
        }
        match queued.kind {
            RequestKind::Token(_) | RequestKind::Project(_) if queued.tries <= MOST_FAILURES => {
                self.schedule_at(context.now + context.jitter.delay(queued.tries), queued);
            }
            RequestKind::Token(token) => {
                self.tokens[token].assessment = Some(Assessment::unknown(Issue::new(IssueCode::TokenNotReached)));
                // Nor would it answer for each project: with many of them the user would wait for hours.
                if self.plan.policy.on_unknown == OnUnknown::Continue {
                    let why = Issues::from(Issue::new(IssueCode::GitlabNotReached).as_warning());
                    for position in 0..self.tokens[token].repositories.len() {
                        let index = self.tokens[token].repositories[position];
                        self.undecided(index, why.clone(), context);
                    }
                }
            }
            RequestKind::Project(index) => self.project_not_answered(index, context),
            RequestKind::Provider | RequestKind::Connect(_) if reason == FailureReason::Connect => {
                self.not_connected(queued, context);
            }
            RequestKind::List if reason == FailureReason::Connect && !self.is_torque_reached => {
                self.not_connected(queued, context);
            }
            RequestKind::Provider => self.provider_lost(Issue::new(IssueCode::TorqueUnreachable), context.events),
            RequestKind::Connect(index) => {
                self.look_up(index, LookupReason::Lost, Issue::new(IssueCode::TorqueUnreachable), context);
            }
            RequestKind::List => self.list_missing(false, None, context),
        }
    }

    /// A request that had no connection was not sent. It is sent again after a pause, a bounded number of times.
    fn not_connected(&mut self, queued: QueuedRequest, context: &mut StepContext<'_>) {
        self.not_sent(queued.kind);
        // As long as a server may ask to wait: a network that is away for a moment ends no job of hundreds. Before the first
        // connection it is more likely that the URL is wrong.
        let is_waited_for = self.is_torque_reached && matches!(queued.kind, RequestKind::Connect(_));
        let most = if is_waited_for { MOST_TRIES } else { 1 + MOST_FAILURES };
        if queued.tries < most {
            let until = context.now + context.jitter.delay(queued.tries);
            if !self.is_torque_reached {
                let pause = &mut self.pause[Server::Torque as usize];
                *pause = until.max(*pause);
            }
            self.schedule_at(until, queued);
            return;
        }
        let why = Issue::new(IssueCode::TorqueNotConnected);
        match queued.kind {
            RequestKind::Provider => self.provider_refused(why.into(), context.events),
            _ => self.stop_watching(why, context),
        }
    }
}

/// Whether a `POST` may have been carried out although this status came back: a gateway or a crash in between. 429 and 503
/// say that it was not.
pub(super) fn outcome_is_unknown(status: u16) -> bool {
    matches!(status, 100..=199 | 408 | 500..=502 | 504..)
}

/// Whether the outcome of one of these is unknown.
pub(super) fn was_lost(sent: &[SentRequest]) -> bool {
    sent.iter().any(|request| request.status.is_none_or(outcome_is_unknown))
}

/// The status with which Torque rejected the last of these.
pub(super) fn refusal(sent: &[SentRequest]) -> Option<u16> {
    let is_refusal = |status: &u16| matches!(status, 400..=499) && !outcome_is_unknown(*status) && *status != 429;
    sent.last()?.status.filter(is_refusal)
}

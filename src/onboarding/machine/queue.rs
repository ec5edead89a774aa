//! Requests to be sent, and requests in flight.

use super::answers::MOST_LOST;
use super::work::{QueuedRequest, RequestKind, Server, Stage, Work};
use crate::gitlab;
use crate::http::HttpRequest;
use crate::onboarding::plan::CheckedMethod;
use crate::onboarding::report::SentRequest;
use crate::secret::Secret;
use crate::torque::{self, RepositoryPayload};

impl Work {
    /// The request of this id, if it is under way.
    pub(super) fn take_in_flight(&mut self, id: u32) -> Option<QueuedRequest> {
        let index = self.in_flight.iter().position(|(known, _)| *known == id)?;
        Some(self.in_flight.remove(index).1)
    }

    pub(super) fn schedule_at(&mut self, until: i64, queued: QueuedRequest) {
        // It would not be sent, and would only delay the end.
        if queued.kind.server() == Server::Torque && self.stopped.is_some() {
            return;
        }
        self.first_due = self.first_due.min(until);
        self.delayed.push((until, queued));
    }

    /// Moves to the front of the queue whatever has waited long enough.
    pub(super) fn promote_due(&mut self, now: i64) {
        if now < self.first_due {
            return;
        }
        let mut index = 0;
        self.first_due = i64::MAX;
        while index < self.delayed.len() {
            let until = self.delayed[index].0;
            if until <= now {
                let (_, queued) = self.delayed.swap_remove(index);
                self.ready.push_front(queued);
            } else {
                self.first_due = self.first_due.min(until);
                index += 1;
            }
        }
    }

    /// The next request that may go out now, and whether its checkpoint is stored.
    pub(super) fn take_next(&mut self, now: i64) -> Option<(QueuedRequest, bool)> {
        if let Some((queued, is_stored)) = self.pending_checkpoint.take() {
            if self.pause_of(queued) <= now {
                return Some((queued, is_stored));
            }
            self.ready.push_front(queued);
        }
        // All that is ready at one time is for one server.
        if self.pause_of(*self.ready.front()?) > now {
            return None;
        }
        Some((self.ready.pop_front()?, false))
    }

    /// Before this time nothing is sent to its server.
    pub(super) fn pause_of(&self, queued: QueuedRequest) -> i64 {
        self.pause[queued.kind.server() as usize]
    }

    /// When the next request is due, if one waits for its time.
    pub(super) fn next_due(&self) -> i64 {
        let paused = self.ready.front().map_or(i64::MAX, |queued| self.pause_of(*queued));
        paused.min(self.first_due)
    }

    pub(super) fn queue(&mut self, kind: RequestKind) {
        self.ready.push_back(QueuedRequest { kind, tries: 0, list: 0 });
    }

    /// The request itself. None if it is not needed any more.
    pub(super) fn request(&self, queued: &QueuedRequest) -> Option<HttpRequest> {
        let plan = &self.plan;
        let torque_token = plan.torque_token.as_ref();
        if queued.kind.server() == Server::Torque && self.stopped.is_some() {
            return None;
        }
        let repository = |index: usize| &*plan.repositories[index];
        let secret = |index: usize| self.secret(self.token_of(index)?);
        // An ended repository is not asked about; a rejected token is not used.
        let open = |index: usize| matches!(self.runs[index].stage, Stage::Planned).then_some(());
        // After a crash: the second POST needs the branch, too.
        let may_be_posted_again = |index: usize| {
            let run = &self.runs[index];
            let is_needed = run.lost < MOST_LOST && repository(index).branch.is_none();
            (matches!(run.stage, Stage::Looking(_)) && is_needed).then_some(())
        };
        let gitlab = |token: &Secret| {
            let check = gitlab::Access::check(plan.method.base_url()?, token, plan.policy.allow_http);
            check.ok().map(|checked| checked.value)
        };
        let request = match queued.kind {
            RequestKind::Token(token) => gitlab::inspect_token_request(&gitlab(self.secret(token)?)?),
            RequestKind::Project(index) => {
                open(index).or_else(|| may_be_posted_again(index))?;
                let RepositoryPayload { repository_url, branch, .. } = repository(index);
                self.inquiry(index).request(&gitlab(secret(index)?)?, repository_url, branch.as_ref())
            }
            RequestKind::Provider => match &plan.method {
                CheckedMethod::Provider(provider) => {
                    torque::create_provider_request(&plan.portal, torque_token, provider)
                }
                _ => return None,
            },
            RequestKind::Connect(index) => {
                open(index)?;
                let space = plan.space.as_ref()?;
                torque::connect_repository_request(&plan.portal, torque_token, space, repository(index))
            }
            RequestKind::List => torque::list_repositories_request(&plan.portal, torque_token, plan.space.as_ref()?),
        };
        Some(request)
    }

    /// Records that a request goes out now.
    pub(super) fn sent(&mut self, queued: &mut QueuedRequest, now: i64) {
        let record = SentRequest { at: now, status: None };
        match queued.kind {
            RequestKind::Provider => self.provider.sent.push(record),
            RequestKind::Connect(index) => {
                self.runs[index].stage = Stage::Posting;
                let sent = &mut self.runs[index].sent;
                // Most are sent once.
                sent.reserve_exact(1);
                sent.push(record);
            }
            RequestKind::List => {
                self.lists.asked += 1;
                queued.list = self.lists.asked;
            }
            _ => {}
        }
    }

    /// Takes that record back: the request did not go out.
    pub(super) fn not_sent(&mut self, kind: RequestKind) {
        match kind {
            RequestKind::Provider => {
                self.provider.sent.pop();
            }
            RequestKind::Connect(index) => {
                self.runs[index].stage = Stage::Planned;
                self.runs[index].sent.pop();
            }
            RequestKind::Token(_) | RequestKind::Project(_) | RequestKind::List => {}
        }
    }
}

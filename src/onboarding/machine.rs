//! The state machine: what to send next, and what an answer changes.

mod answers;
mod crash;
mod ending;
mod inspection;
mod list;
mod preview;
mod provider;
mod queue;
mod repositories;
mod work;

#[cfg(feature = "js")]
pub(crate) use preview::PlannedRequests;
pub use preview::{PlannedRequest, preview_plan};

use std::sync::Arc;

use work::{QueuedRequest, RequestKind, StepContext, Work};

use super::backoff::Jitter;
use super::checkpoint::Checkpoint;
use super::driver::{Effect, Event};
use super::plan::{CheckedMethod, CheckedPlan, Plan};
use super::report::{AnswerEvent, FailureEvent, Progress, Report, RequestEvent, WaitEvent};
use crate::http::HttpRequest;
use crate::issue::{Issue, IssueCode, Issues};

/// No other answer needs more, but the list of a space with ten thousand repositories has a few megabytes.
const MOST_BYTES: u32 = 1_000_000;
const MOST_BYTES_OF_LIST: u32 = 16_000_000;

/// A job as a state machine. [`crate::onboarding`] has an example.
pub struct Onboarding {
    now: i64,
    started_at: i64,
    next_id: u32,
    concurrency: usize,
    checkpoints: bool,
    /// Whether the last checkpoint is out of date: it was made before a `POST`, or by an earlier job.
    is_behind: bool,
    jitter: Jitter,
    events: Vec<Progress>,
    state: State,
}

/// An invalid plan is done from the beginning.
enum State {
    Working(Box<Work>),
    /// `last` is the checkpoint that the driver has yet to store. It has time for that `until` then.
    Done {
        report: Arc<Report>,
        last: Option<Box<Checkpoint>>,
        until: i64,
    },
}

impl Onboarding {
    /// Begins a job. If the plan is invalid, the first effect is the report. `now` is in milliseconds since 1970.
    #[must_use]
    pub fn new(plan: &Plan, now: i64) -> Self {
        match plan.check() {
            Ok(checked) => Self::begin(checked.value, checked.warnings, now),
            Err(issues) => Self::refused(issues, now),
        }
    }

    /// Begins a job with a checked plan and its warnings.
    pub(crate) fn begin(plan: CheckedPlan, warnings: Issues, now: i64) -> Self {
        let now = within_time(now);
        let seed = plan.policy.seed;
        Self::in_state(State::Working(Box::new(Work::new(plan, warnings, now))), seed, now)
    }

    /// A job that has ended, because its plan is invalid.
    pub(crate) fn refused(issues: Issues, now: i64) -> Self {
        let now = within_time(now);
        Self::in_state(State::Done { report: Arc::new(Report::invalid(issues, now)), last: None, until: now }, 0, now)
    }

    fn in_state(state: State, seed: u64, now: i64) -> Self {
        let (next_id, concurrency, checkpoints, is_behind) = (1, 4, false, false);
        Self {
            now,
            started_at: now,
            next_id,
            concurrency,
            checkpoints,
            is_behind,
            jitter: Jitter(seed),
            events: Vec::new(),
            state,
        }
    }

    /// Resumes a job after a crash, an abort or a rejection, with the same plan and the last stored checkpoint. Only tokens and policy
    /// may differ.
    ///
    /// A `POST` that may have been sent counts as lost, and the space's list decides about it. What Torque rejected is tried again.
    /// [`Checkpoint::provider_created`] decides about a provider that may have been created. Without it nothing is sent, and the
    /// report says so.
    ///
    /// # Errors
    ///
    /// `checkpoint.other_plan`, and `checkpoint.unreadable` where it names repositories that the plan does not have.
    pub fn resume(plan: &Plan, checkpoint: &Checkpoint, now: i64) -> Result<Self, Issues> {
        let mut onboarding = Self::new(plan, now);
        onboarding.restore(checkpoint)?;
        Ok(onboarding)
    }

    /// Whether a job of this plan may begin without `checkpoint`, which [`Onboarding::resume`] refuses for it. Not while nobody knows
    /// whether Torque created a provider: its `POST` would go out a second time. A repository that is sent once more is safe, because
    /// its name is unique in the space.
    ///
    /// ```
    /// use serde_json::json;
    /// use torque_gitlab_connect::onboarding::{Checkpoint, Method, Onboarding, Plan};
    /// use torque_gitlab_connect::secret::Secret;
    ///
    /// let (name, base_url) = ("gitlab-1".to_owned(), "https://gitlab.example.com/".to_owned());
    /// let token = Some(Secret::new("glpat-0123456789abcdefghij".to_owned()));
    /// let plan = Plan::new("https://portal.qtorque.io", "demo", Method::Provider { name, base_url, token });
    /// let sent = json!([{ "at": 1_795_348_800_000_i64, "status": null }]);
    /// let mut checkpoint = Checkpoint::read(&json!({ "version": 1, "plan": "of other entries", "startedAt": 1_795_348_800_000_i64,
    ///     "provider": { "state": "unknown", "id": null, "sent": sent }, "repositories": [] })).unwrap().value;
    /// assert!(!Onboarding::may_start_over(&plan, &checkpoint));
    /// checkpoint.provider_created = Some(false); // the user has looked
    /// assert!(Onboarding::may_start_over(&plan, &checkpoint));
    /// ```
    #[must_use]
    pub fn may_start_over(plan: &Plan, checkpoint: &Checkpoint) -> bool {
        plan.check().is_ok_and(|checked| Self::may_start_over_checked(checked.value, checkpoint))
    }

    /// The same of a plan whose check has passed.
    pub(crate) fn may_start_over_checked(plan: CheckedPlan, checkpoint: &Checkpoint) -> bool {
        let creates_provider = matches!(plan.method, CheckedMethod::Provider(_));
        Self::begin(plan, Issues::new(), 0).restore(checkpoint).is_err()
            && !(creates_provider && checkpoint.leaves_provider_unknown())
    }

    /// Continues from a checkpoint. Call it before `next`.
    pub(crate) fn restore(&mut self, checkpoint: &Checkpoint) -> Result<(), Issues> {
        if let State::Working(work) = &mut self.state {
            if work.fingerprint != checkpoint.plan {
                return Err(Issue::new(IssueCode::CheckpointOtherPlan).into());
            }
            work.restore(checkpoint, &mut self.events)?;
            self.started_at = checkpoint.started_at;
            self.is_behind = true;
        }
        Ok(())
    }

    /// Asks the driver to store a [`Checkpoint`] before each `POST`, and at the end if it has changed.
    #[must_use]
    pub fn with_checkpoints(mut self) -> Self {
        self.checkpoints = true;
        self
    }

    /// Sets how many requests may be in flight at the same time: by default 4, at least 1.
    #[must_use]
    pub fn with_concurrency(mut self, concurrency: usize) -> Self {
        self.concurrency = concurrency.max(1);
        self
    }

    /// Returns what to do now.
    #[expect(clippy::should_implement_trait, reason = "it never ends: an iterator is something else")]
    pub fn next(&mut self) -> Effect {
        while let State::Working(work) = &mut self.state {
            if self.now >= work.deadline {
                work.terminate(IssueCode::PlanOutOfTime, &mut self.events);
                self.finish();
                break;
            }
            work.promote_due(self.now);
            if matches!(work.pending_checkpoint, Some((_, false))) {
                return Effect::Wait { until: Some(work.deadline) };
            }
            if work.in_flight.len() < self.concurrency
                && let Some((queued, is_stored)) = work.take_next(self.now)
            {
                let Some(request) = work.request(&queued) else { continue };
                if self.checkpoints && !is_stored && request.method == "POST" {
                    work.pending_checkpoint = Some((queued, false));
                    self.is_behind = true;
                    let checkpoint = Box::new(work.checkpoint(Some(queued.kind), self.started_at, self.now));
                    return Effect::Checkpoint { checkpoint };
                }
                return self.send(queued, request);
            }
            if work.in_flight.is_empty() && work.ready.is_empty() && work.delayed.is_empty() {
                if work.advance(self.now, &mut self.events) {
                    continue;
                }
                self.finish();
                break;
            }
            let is_full = work.in_flight.len() >= self.concurrency;
            let until = if is_full { work.deadline } else { work.deadline.min(work.next_due()) };
            if work.in_flight.is_empty() {
                self.events.push(Progress::Wait(WaitEvent { ms: until - self.now }));
            }
            return Effect::Wait { until: Some(until) };
        }
        let State::Done { report, last, until } = &mut self.state else { return Effect::Wait { until: None } };
        if let Some(checkpoint) = last.take() {
            return Effect::Checkpoint { checkpoint };
        }
        if self.now < *until {
            return Effect::Wait { until: Some(*until) };
        }
        Effect::Done { report: report.clone() }
    }

    /// Ends the job with its report.
    fn finish(&mut self) {
        let State::Working(work) = &mut self.state else { return };
        let last =
            (self.checkpoints && self.is_behind).then(|| Box::new(work.checkpoint(None, self.started_at, self.now)));
        let is_storing = matches!(work.pending_checkpoint, Some((_, false)));
        // A job that ends while a checkpoint is being stored, or because it cannot be stored, does not wait for another.
        let patience = if last.is_none() || is_storing { 0 } else { work.plan.policy.request_timeout_ms };
        let report = Arc::new(work.take_report(self.started_at, self.now));
        self.state = State::Done { report, last, until: self.now + patience };
    }

    fn send(&mut self, mut queued: QueuedRequest, request: HttpRequest) -> Effect {
        let id = self.next_id;
        self.next_id = self.next_id.wrapping_add(1);
        queued.tries += 1;
        let mut timeout_ms = 0;
        if let State::Working(work) = &mut self.state {
            let (step, repository) = work.step(queued.kind);
            let (method, url) = (request.method, request.url.clone());
            self.events.push(Progress::Request(Box::new(RequestEvent { id, step, repository, method, url })));
            timeout_ms = work.plan.policy.request_timeout_ms;
            work.sent(&mut queued, self.now);
            work.in_flight.push((id, queued));
        }
        let most_bytes = if matches!(queued.kind, RequestKind::List) { MOST_BYTES_OF_LIST } else { MOST_BYTES };
        Effect::Send { id, request, timeout_ms, most_bytes }
    }

    /// Records what happened. A second or late answer is ignored.
    pub fn handle(&mut self, event: Event) {
        let now = match &event {
            Event::Answer { now, .. }
            | Event::Failure { now, .. }
            | Event::CheckpointStored { now }
            | Event::Time { now }
            | Event::Abort { now } => *now,
        };
        // A clock that is set back must not stop the job.
        self.now = self.now.max(within_time(now));
        let work = match &mut self.state {
            State::Working(work) => work,
            State::Done { until, .. } => {
                if matches!(event, Event::CheckpointStored { .. } | Event::Abort { .. }) {
                    *until = self.now;
                }
                return;
            }
        };
        let mut context = StepContext { now: self.now, jitter: &mut self.jitter, events: &mut self.events };
        match event {
            Event::Time { .. } => {}
            Event::CheckpointStored { .. } => {
                if let Some((_, is_stored)) = &mut work.pending_checkpoint {
                    *is_stored = true;
                }
            }
            Event::Abort { .. } => {
                work.terminate(IssueCode::PlanAborted, context.events);
                self.finish();
            }
            Event::Answer { id, answer, retry_after, .. } => {
                let Some(queued) = work.take_in_flight(id) else { return };
                let (step, repository) = work.step(queued.kind);
                context.events.push(Progress::Answer(AnswerEvent { id, step, repository, status: answer.status }));
                work.answered(queued, &answer, retry_after.as_deref(), &mut context);
            }
            Event::Failure { id, reason, .. } => {
                let Some(queued) = work.take_in_flight(id) else { return };
                let (step, repository) = work.step(queued.kind);
                context.events.push(Progress::Failure(FailureEvent { id, step, repository, reason }));
                work.failed(queued, reason, &mut context);
            }
        }
    }

    /// Returns what happened since the last call, to be shown.
    pub fn take_events(&mut self) -> Vec<Progress> {
        std::mem::take(&mut self.events)
    }
}

impl std::fmt::Debug for Onboarding {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.state {
            State::Working(work) => write!(formatter, "Onboarding({:?})", work.phase),
            State::Done { report, .. } => write!(formatter, "Onboarding({:?})", report.outcome),
        }
    }
}

/// The times that JavaScript knows (ECMAScript, "Time Values"): with these nothing overflows.
fn within_time(now: i64) -> i64 {
    now.clamp(-8_640_000_000_000_000, 8_640_000_000_000_000)
}

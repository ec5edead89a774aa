//! The state machine: what to send next, and what an answer changes.

mod crash;
mod ending;
mod inspection;
mod list;
mod preview;
mod provider;
mod queue;
mod repositories;

pub use preview::{PlannedRequest, preview_plan};

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use super::backoff::Jitter;
use super::checkpoint::{Checkpoint, fingerprint};
use super::driver::{Effect, Event};
use super::plan::{CheckedMethod, CheckedPlan, Method, OnUnknown, Plan, folded};
use super::report::{FailureReason, Progress, Report, RepositoryOutcome, SentRequest, Step, StepOutcome};
use crate::gitlab::{Inquiry, Subject};
use crate::http::{HttpAnswer, HttpRequest};
use crate::issue::{Issue, IssueCode, Issues};
use crate::secret::Secret;
use crate::server_text::Redactor;
use crate::token::{Assessment, Purpose, assess_token};

/// The first `POST`, and the one more that the list allows (`list.rs`): after this many lost ones there is no other.
const MOST_LOST: u32 = 2;

/// A job may take this long, and [`MINUTE_MS`] for each repository, in addition to its own time limits.
const HOUR_MS: i64 = 3_600_000;
const MINUTE_MS: i64 = 60_000;

/// Two weeks, which a timer of JavaScript can still count (2^31 ms).
const LONGEST_JOB_MS: i64 = 336 * HOUR_MS;

/// How often a request is sent again after no answer at all, where it has certainly done nothing: GitLab is only asked, and
/// what was never connected was not sent.
const MOST_FAILURES: u32 = 2;

/// No answer that matters is longer, but for the list: a space of ten thousand repositories has one of a few megabytes.
const MOST_BYTES: u32 = 1_000_000;
const MOST_BYTES_OF_LIST: u32 = 16_000_000;

/// A job as a state machine; see the module.
pub struct Onboarding {
    now: i64,
    started_at: i64,
    next_id: u32,
    concurrency: usize,
    checkpoints: bool,
    /// The last checkpoint that was given says only that a `POST` goes out, or is that of an earlier job.
    is_behind: bool,
    jitter: Jitter,
    events: Vec<Progress>,
    state: State,
}

/// A plan that did not pass has its report from the beginning.
enum State {
    Working(Box<Work>),
    /// `last` is still to be given; it is waited for `until` then.
    Done {
        report: Arc<Report>,
        last: Option<Box<Checkpoint>>,
        until: i64,
    },
}

/// The part that only a valid plan has.
struct Work {
    plan: CheckedPlan,
    warnings: Issues,
    redactor: Redactor,
    phase: Phase,
    ready: VecDeque<QueuedRequest>,
    delayed: Vec<(i64, QueuedRequest)>,
    /// Of these the first is due; some time before that, if there is none.
    first_due: i64,
    /// Few: as many as may be under way at once.
    in_flight: Vec<(u32, QueuedRequest)>,
    /// A `POST` that waits until its checkpoint is stored, and whether it is.
    pending_checkpoint: Option<(QueuedRequest, bool)>,
    /// Of the plan as it was given.
    fingerprint: String,
    /// The job ends here, whatever is still under way.
    deadline: i64,
    /// No request to this server before this time: it asked to wait.
    pause: [i64; 2],
    tokens: Vec<TokenRun>,
    provider: ProviderRun,
    runs: Vec<RepositoryState>,
    /// Index by name, without regard to case.
    names: BTreeMap<String, usize>,
    lists: Lists,
    /// Why nothing more goes to Torque.
    stopped: Option<Issue>,
    /// Why it ended before its time: `plan.aborted` or `plan.out_of_time`.
    ended_by: Option<IssueCode>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    Start,
    Inspection,
    Provider,
    Repositories,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Server {
    GitLab,
    Torque,
}

/// A request that is to be sent, or is under way.
#[derive(Clone, Copy)]
struct QueuedRequest {
    kind: RequestKind,
    /// How often it went out.
    tries: u32,
    /// Of a list: its number, so that it is known what was lost before it was asked for.
    list: u32,
}

#[derive(Clone, Copy)]
enum RequestKind {
    Token(usize),
    /// The repository's project and what has to be asked besides ([`Inquiry`]).
    Project(usize),
    Provider,
    Connect(usize),
    List,
}

impl RequestKind {
    fn server(self) -> Server {
        match self {
            Self::Token(_) | Self::Project(_) => Server::GitLab,
            Self::Provider | Self::Connect(_) | Self::List => Server::Torque,
        }
    }
}

/// A GitLab token of the plan, once for all that use it.
struct TokenRun {
    secret: Secret,
    purpose: Purpose,
    repositories: Vec<usize>,
    assessment: Option<Box<Assessment>>,
}

struct ProviderRun {
    outcome: Option<StepOutcome>,
    id: Option<String>,
    issues: Issues,
    sent: Vec<SentRequest>,
}

/// One repository on its way.
struct RepositoryState {
    stage: Stage,
    status: Option<String>,
    issues: Issues,
    sent: Vec<SentRequest>,
    /// How many of these nobody knows the outcome of.
    lost: u32,
    token: Option<usize>,
    /// How far GitLab was asked about it, while it is.
    inquiry: Option<Box<Inquiry>>,
}

enum Stage {
    /// Nothing was sent to Torque yet, or what was sent counts as never arrived.
    Planned,
    /// The `POST` is under way.
    Posting,
    /// It was refused, or its answer was lost: the list decides.
    Looking(Box<LookUp>),
    /// Torque has taken it.
    Syncing { until: i64, since_list: u32 },
    /// For good.
    Ended(RepositoryOutcome),
}

struct LookUp {
    reason: LookupReason,
    issue: Issue,
    since: i64,
    since_list: u32,
    lists_without: u32,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum LookupReason {
    /// Torque said no, which is no proof: it may go on all the same (see [`crate::torque`]). Two looks are enough.
    Refused,
    /// Torque says that it has one of this name, or of this URL. Which one, the list will tell, even if it lags behind.
    Taken,
    /// Nobody knows.
    Lost,
}

/// The space's list, read for all who wait for it.
#[derive(Default)]
struct Lists {
    /// Repositories in stage `Looking` or `Syncing`, in the plan's order.
    waiting: Vec<usize>,
    /// Number of the last one asked for.
    asked: u32,
    /// Number of the last one that came.
    came: u32,
    /// One is in the queue or under way.
    busy: bool,
    /// In a row.
    failures: u32,
}

impl Onboarding {
    /// Checks the plan. Its verdict is the first effect when it is not valid; `now` is milliseconds since 1970.
    #[must_use]
    pub fn new(plan: &Plan, now: i64) -> Self {
        match plan.check() {
            Ok(checked) => Self::begin(checked.value, checked.warnings, now),
            Err(issues) => Self::refused(issues, now),
        }
    }

    /// With a plan that has passed its check, and what is worth knowing about it.
    pub(crate) fn begin(plan: CheckedPlan, warnings: Issues, now: i64) -> Self {
        let now = within_time(now);
        let seed = plan.policy.seed;
        Self::in_state(State::Working(Box::new(Work::new(plan, warnings, now))), seed, now)
    }

    /// With a plan that cannot be used, and why: it has ended.
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
        let creates_provider = matches!(plan.method, Method::Provider { .. });
        Self::resume(plan, checkpoint, 0).is_err() && !(creates_provider && checkpoint.leaves_provider_unknown())
    }

    /// From a checkpoint, before anything else.
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
                && let Some((queued, is_kept)) = work.take_next(self.now)
            {
                let Some(request) = work.request(&queued) else { continue };
                if self.checkpoints && !is_kept && request.method == "POST" {
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
                self.events.push(Progress::Wait { ms: until - self.now });
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

    /// Every repository is at its end.
    fn finish(&mut self) {
        let State::Working(work) = &self.state else { return };
        let report = Arc::new(work.report(self.started_at, self.now));
        let last =
            (self.checkpoints && self.is_behind).then(|| Box::new(work.checkpoint(None, self.started_at, self.now)));
        let is_keeping = matches!(work.pending_checkpoint, Some((_, false)));
        // Whoever ends the job while a checkpoint is being kept, or because it cannot be kept, does not wait for one more.
        let patience = if last.is_none() || is_keeping { 0 } else { work.plan.policy.request_timeout_ms };
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
            self.events.push(Progress::Request { id, step, repository, method, url });
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
                if let Some((_, is_kept)) = &mut work.pending_checkpoint {
                    *is_kept = true;
                }
            }
            Event::Abort { .. } => {
                work.terminate(IssueCode::PlanAborted, context.events);
                self.finish();
            }
            Event::Answer { id, answer, retry_after, .. } => {
                let Some(queued) = work.take_in_flight(id) else { return };
                let (step, repository) = work.step(queued.kind);
                context.events.push(Progress::Answer { id, step, repository, status: answer.status });
                work.answered(queued, &answer, retry_after.as_deref(), &mut context);
            }
            Event::Failure { id, reason, .. } => {
                let Some(queued) = work.take_in_flight(id) else { return };
                let (step, repository) = work.step(queued.kind);
                context.events.push(Progress::Failure { id, step, repository, reason });
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

/// What an event may use: the time, randomness, and the list of events for the caller.
struct StepContext<'a> {
    now: i64,
    jitter: &'a mut Jitter,
    events: &'a mut Vec<Progress>,
}

impl Work {
    fn new(plan: CheckedPlan, warnings: Issues, now: i64) -> Self {
        let policy = &plan.policy;
        let limit = HOUR_MS
            + MINUTE_MS * plan.repositories.len() as i64
            + policy.sync_timeout_ms
            + 4 * (policy.poll_ms + policy.request_timeout_ms);
        let limit = limit.min(LONGEST_JOB_MS);
        let mut tokens: Vec<TokenRun> = Vec::new();
        let mut runs = Vec::with_capacity(plan.repositories.len());
        if let CheckedMethod::Provider(provider) = &plan.method {
            let secret = provider.details.token.clone();
            tokens.push(TokenRun { secret, purpose: Purpose::Provider, repositories: Vec::new(), assessment: None });
        }
        let serves_all = tokens.len().checked_sub(1);
        let mut known = BTreeMap::new();
        let mut names = BTreeMap::new();
        for (index, repository) in plan.repositories.iter().enumerate() {
            names.entry(folded(repository.repository_name.as_str())).or_insert(index);
            let token = match &repository.token {
                None => serves_all,
                Some(secret) => {
                    let token = *known.entry(secret.expose()).or_insert(tokens.len());
                    if token == tokens.len() {
                        let secret = secret.clone();
                        let purpose = Purpose::Repository;
                        tokens.push(TokenRun { secret, purpose, repositories: Vec::new(), assessment: None });
                    }
                    Some(token)
                }
            };
            if let Some(token) = token {
                tokens[token].repositories.push(index);
            }
            let issues = Issues::new();
            runs.push(RepositoryState {
                stage: Stage::Planned,
                status: None,
                issues,
                sent: Vec::new(),
                lost: 0,
                token,
                inquiry: None,
            });
        }
        let redactor = Redactor::new(plan.torque_token.iter().chain(tokens.iter().map(|token| &token.secret)));
        Self {
            warnings,
            redactor,
            phase: Phase::Start,
            ready: VecDeque::new(),
            delayed: Vec::new(),
            first_due: i64::MAX,
            in_flight: Vec::new(),
            pending_checkpoint: None,
            fingerprint: fingerprint(&plan),
            deadline: now + limit,
            pause: [i64::MIN; 2],
            tokens,
            provider: ProviderRun {
                outcome: matches!(plan.method, CheckedMethod::ExistingProvider { .. }).then_some(StepOutcome::Exists),
                id: None,
                issues: Issues::new(),
                sent: Vec::new(),
            },
            runs,
            names,
            lists: Lists::default(),
            stopped: None,
            ended_by: None,
            plan,
        }
    }

    /// Nothing is under way: begins the next phase. False when there is none.
    fn advance(&mut self, now: i64, events: &mut Vec<Progress>) -> bool {
        self.phase = match self.phase {
            Phase::Start => {
                self.begin_inspection();
                Phase::Inspection
            }
            Phase::Inspection => {
                self.begin_provider(events);
                Phase::Provider
            }
            Phase::Provider => {
                self.begin_repositories(now);
                Phase::Repositories
            }
            Phase::Repositories => {
                self.end_open(events);
                return false;
            }
        };
        true
    }

    /// What GitLab is to be asked about a repository.
    fn inquiry(&self, index: usize) -> Inquiry {
        self.runs[index].inquiry.as_deref().cloned().unwrap_or_default()
    }

    /// What a request of this kind is for, and which repository it is about.
    fn step(&self, kind: RequestKind) -> (Step, Option<usize>) {
        match kind {
            RequestKind::Token(_) => (Step::Token, None),
            RequestKind::Project(index) => {
                let step = match self.inquiry(index).subject() {
                    Subject::Project => Step::Project,
                    Subject::Branch => Step::Branch,
                    Subject::File => Step::Probe,
                };
                (step, Some(index))
            }
            RequestKind::Provider => (Step::Provider, None),
            RequestKind::Connect(index) => (Step::Repository, Some(index)),
            RequestKind::List => (Step::List, None),
        }
    }

    fn answered(
        &mut self,
        queued: QueuedRequest,
        answer: &HttpAnswer,
        retry_after: Option<&str>,
        context: &mut StepContext<'_>,
    ) {
        // RFC 9110 sections 15.6.4 and RFC 6585 section 4: not done, come back later.
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

    fn failed(&mut self, queued: QueuedRequest, reason: FailureReason, context: &mut StepContext<'_>) {
        if reason == FailureReason::Connect {
            self.not_sent(queued.kind);
        }
        match queued.kind {
            RequestKind::Token(_) | RequestKind::Project(_) if queued.tries <= MOST_FAILURES => {
                self.schedule_at(context.now + context.jitter.delay(queued.tries), queued);
            }
            RequestKind::Token(token) => {
                self.tokens[token].assessment =
                    Some(Box::new(Assessment::unknown(Issue::new(IssueCode::TokenNotReached))));
                // Nor would it answer for each project: with many of them the user would wait for hours.
                if self.plan.policy.on_unknown == OnUnknown::Continue {
                    for position in 0..self.tokens[token].repositories.len() {
                        let index = self.tokens[token].repositories[position];
                        self.undecided(index, Issue::new(IssueCode::GitlabNotReached).into(), context);
                    }
                }
            }
            RequestKind::Project(index) => self.project_not_answered(index, context),
            RequestKind::Provider if reason == FailureReason::Connect => {
                if queued.tries <= MOST_FAILURES {
                    self.schedule_at(context.now + context.jitter.delay(queued.tries), queued);
                    return;
                }
                self.provider_refused(Issue::new(IssueCode::TorqueNotConnected).into(), context.events);
            }
            RequestKind::Connect(index) if reason == FailureReason::Connect => {
                // As long as a server may ask to wait: a network that is away for a moment ends no job of hundreds.
                if let Some(wait) = context.jitter.pause(queued.tries, None, context.now) {
                    self.schedule_at(context.now + wait, queued);
                    return;
                }
                self.repository_stops_all(index, Issue::new(IssueCode::TorqueNotConnected), context);
            }
            RequestKind::Provider => self.provider_lost(Issue::new(IssueCode::TorqueUnreachable), context.events),
            RequestKind::Connect(index) => {
                self.look_up(index, LookupReason::Lost, Issue::new(IssueCode::TorqueUnreachable), context);
            }
            RequestKind::List => self.list_missing(false, None, context),
        }
    }
}

/// The times that JavaScript knows (ECMAScript, "Time Values"): with these nothing overflows.
fn within_time(now: i64) -> i64 {
    now.clamp(-8_640_000_000_000_000, 8_640_000_000_000_000)
}

/// Brings a repository to its end, once.
fn end(runs: &mut [RepositoryState], index: usize, outcome: RepositoryOutcome, events: &mut Vec<Progress>) {
    let run = &mut runs[index];
    if !matches!(run.stage, Stage::Ended(_)) {
        run.stage = Stage::Ended(outcome);
        events.push(Progress::Repository { repository: index, outcome, status: run.status.clone() });
    }
}

/// Whether a `POST` may have been carried out although this status came back: a gateway or a crash in between. 429 and 503
/// say that it was not.
fn outcome_is_unknown(status: u16) -> bool {
    matches!(status, 100..=199 | 408 | 500..=502 | 504..)
}

/// Whether the answer to one of these is not known.
fn was_lost(sent: &[SentRequest]) -> bool {
    sent.iter().any(|request| request.status.is_none_or(outcome_is_unknown))
}

/// The status by which Torque said no to the last of these.
fn refusal(sent: &[SentRequest]) -> Option<u16> {
    let is_refusal = |status: &u16| matches!(status, 400..=499) && !outcome_is_unknown(*status) && *status != 429;
    sent.last()?.status.filter(is_refusal)
}

/// What stands for Torque's word about a repository that no list has shown.
const NOT_LISTED: &str = "not listed";

//! The state machine: what to send next, and what an answer changes.

use std::borrow::Cow;
use std::collections::VecDeque;

use serde::Serialize;
use serde_json::Value;

use super::backoff::Jitter;
use super::checkpoint::{Checkpoint, Mark, ProviderMark, RepositoryMark, fingerprint};
use super::plan::{CheckedMethod, CheckedPlan, OnUnknown, Plan, folded};
use super::report::{
    NextStep, Outcome, Progress, ProviderReport, Report, RepositoryOutcome, RepositoryReport, SentRequest, Step,
    StepOutcome, TokenReport,
};
use crate::branch::Branch;
use crate::gitlab;
use crate::http::{HttpAnswer, HttpRequest};
use crate::issue::{Check, Checked, Issue, IssueCode, Issues};
use crate::numbered::Numbered;
use crate::repository_url::RepositoryUrl;
use crate::secret::Secret;
use crate::server_text::Redactor;
use crate::token::{Assessment, Purpose, TokenDetails, Verdict, assess_token};
use crate::torque::{self, RepositoryDetails, RepositoryPayload};

/// A repository whose `POST` was lost is looked for in the space's list for so long, and in [`LOOK_UPS`] lists at least,
/// before it is posted once more: Torque's own client polls for a minute (see [`crate::torque`]).
const LOOK_UP_MS: i64 = 60_000;
const LOOK_UPS: u32 = 2;

/// A look-up that gets no list at all ends here.
const LOOK_UP_LIMIT_MS: i64 = 180_000;

/// The first `POST`, and the one more that the rule above allows: after so many lost ones there is no other.
const MOST_LOST: u32 = 2;

/// Besides its own time limits, a job may take so long, and as much again as [`MINUTE_MS`] for each repository.
const HOUR_MS: i64 = 3_600_000;
const MINUTE_MS: i64 = 60_000;

/// Two weeks, which a timer of JavaScript can still count (2^31 ms).
const LONGEST_JOB_MS: i64 = 336 * HOUR_MS;

/// How often GitLab is asked again after no answer at all: these are only look-ups.
const MOST_GITLAB_FAILURES: u32 = 2;

/// No answer that matters is longer, but for the list: a space of ten thousand repositories has one of a few megabytes.
const MOST_BYTES: u32 = 1_000_000;
const MOST_BYTES_OF_LIST: u32 = 16_000_000;

/// What the driver does next.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Effect {
    /// Send this request, and tell what came of it under this id. Then ask again at once: more may go out beside it.
    Send {
        /// Of this request.
        id: u32,
        /// As it stands.
        request: HttpRequest,
        /// Without an answer within this time it counts as lost.
        timeout_ms: i64,
        /// No more of the body is read.
        most_bytes: u32,
    },
    /// A `POST` is about to go out: keep this where it outlives a crash, then tell [`Event::Kept`]. Only
    /// [`Onboarding::with_checkpoints`].
    Checkpoint {
        /// Replaces all earlier ones.
        checkpoint: Box<Checkpoint>,
    },
    /// Nothing to send. Ask again after the next answer, or after [`Event::Time`] says that it is `until`.
    Wait {
        /// Milliseconds since 1970; none when only an answer can bring something new.
        until: Option<i64>,
    },
    /// The end; every further call answers the same.
    Done {
        /// What was done.
        report: Box<Report>,
    },
}

/// What the driver tells.
#[derive(Clone, Debug)]
pub enum Event {
    /// An answer came.
    Answer {
        /// Of the request.
        id: u32,
        /// No more of it than was asked for.
        answer: HttpAnswer,
        /// The text of the header `Retry-After`, where it is readable.
        retry_after: Option<String>,
        /// Milliseconds since 1970.
        now: i64,
    },
    /// No answer came, or none in time.
    Failure {
        /// Of the request.
        id: u32,
        /// As far as the driver knows.
        reason: FailureReason,
        /// Milliseconds since 1970.
        now: i64,
    },
    /// The checkpoint is kept: the `POST` may go out. If it cannot be kept, [`Event::Abort`] is what to tell.
    Kept {
        /// Milliseconds since 1970.
        now: i64,
    },
    /// Time has passed.
    Time {
        /// Milliseconds since 1970.
        now: i64,
    },
    /// The user wants to end it. Requests that are under way count as lost.
    Abort {
        /// Milliseconds since 1970.
        now: i64,
    },
}

/// Why no answer came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum FailureReason {
    /// Unreachable, reset, or forbidden to this page (a browser does not say which).
    Network,
    /// Not in time.
    Timeout,
}

/// The whole job as a state machine; see the module.
pub struct Onboarding {
    now: i64,
    started_at: i64,
    next_id: u32,
    concurrency: usize,
    checkpoints: bool,
    jitter: Jitter,
    events: Vec<Progress>,
    state: State,
}

/// A plan that did not pass has its report from the beginning.
enum State {
    Working(Box<Work>),
    Done(Box<Report>),
}

/// The part that only a valid plan has.
struct Work {
    plan: CheckedPlan,
    warnings: Issues,
    redactor: Redactor,
    phase: Phase,
    ready: VecDeque<Job>,
    delayed: Vec<(i64, Job)>,
    /// Of these the first is due; some time before that, if there is none.
    first_due: i64,
    /// Few: as many as may be under way at once.
    in_flight: Vec<(u32, Job)>,
    /// A `POST` that waits until its checkpoint is kept, and whether it is.
    announced: Option<(Job, bool)>,
    /// Of the plan as it was given.
    fingerprint: String,
    /// The job ends here, whatever is still under way.
    deadline: i64,
    /// No request to this server before this time: it asked to wait.
    pause: [i64; 2],
    tokens: Vec<TokenRun>,
    provider: ProviderRun,
    runs: Vec<Run>,
    /// Index by name, without regard to case.
    names: Numbered<'static>,
    lists: Lists,
    /// Why nothing more goes to Torque.
    stopped: Option<Issue>,
    /// Why it ended before its time: `plan.aborted` or `plan.out_of_time`.
    cut_short: Option<IssueCode>,
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
struct Job {
    what: What,
    /// How often it went out.
    tries: u32,
    /// Of a list: its number, so that it is known what was lost before it was asked for.
    list: u32,
}

#[derive(Clone, Copy)]
enum What {
    Token(usize),
    Project(usize),
    Branch(usize),
    Probe(usize),
    Provider,
    Connect(usize),
    List,
}

impl What {
    fn server(self) -> Server {
        match self {
            Self::Token(_) | Self::Project(_) | Self::Branch(_) | Self::Probe(_) => Server::GitLab,
            Self::Provider | Self::Connect(_) | Self::List => Server::Torque,
        }
    }

    fn step(self) -> (Step, Option<usize>) {
        match self {
            Self::Token(_) => (Step::Token, None),
            Self::Project(index) => (Step::Project, Some(index)),
            Self::Branch(index) => (Step::Branch, Some(index)),
            Self::Probe(index) => (Step::Probe, Some(index)),
            Self::Provider => (Step::Provider, None),
            Self::Connect(index) => (Step::Repository, Some(index)),
            Self::List => (Step::List, None),
        }
    }
}

/// A GitLab token of the plan, once for all that use it.
struct TokenRun {
    secret: Secret,
    purpose: Purpose,
    repositories: Vec<usize>,
    assessment: Option<Assessment>,
}

struct ProviderRun {
    outcome: Option<StepOutcome>,
    id: Option<String>,
    issues: Issues,
    sent: Vec<SentRequest>,
}

/// One repository on its way.
struct Run {
    stage: Stage,
    status: Option<String>,
    issues: Issues,
    sent: Vec<SentRequest>,
    /// How many of these nobody knows the outcome of.
    lost: u32,
    token: Option<usize>,
}

enum Stage {
    /// Nothing was sent to Torque yet, or what was sent counts as never arrived.
    Planned,
    /// The `POST` is under way.
    Posting,
    /// It was refused, or its answer was lost: the list decides.
    Looking(LookUp),
    /// Torque has taken it.
    Syncing { until: i64, since_list: u32 },
    /// For good.
    Ended(RepositoryOutcome),
}

struct LookUp {
    why: Why,
    issue: Issue,
    since: i64,
    since_list: u32,
    lists_without: u32,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Why {
    /// Torque said no; one look is enough.
    Refused,
    /// Torque says that it has one of this name. Which one, the list will tell, even if it lags behind.
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

impl Lists {
    fn wait(&mut self, index: usize) {
        if let Err(place) = self.waiting.binary_search(&index) {
            self.waiting.insert(place, index);
        }
    }
}

impl Onboarding {
    /// Checks the plan. Its verdict is the first effect when it is not valid; `now` is milliseconds since 1970.
    #[must_use]
    pub fn new(plan: &Plan, now: i64) -> Self {
        let now = within_time(now);
        let state = match plan.check() {
            Ok(checked) => State::Working(Box::new(Work::new(checked.value, checked.warnings, now))),
            Err(issues) => State::Done(Box::new(Report {
                outcome: Outcome::Invalid,
                issues,
                provider: None,
                tokens: Vec::new(),
                repositories: Vec::new(),
                next: None,
                started_at: now,
                finished_at: now,
            })),
        };
        let jitter = Jitter(plan.policy.seed);
        let (next_id, concurrency, checkpoints) = (1, 4, false);
        Self { now, started_at: now, next_id, concurrency, checkpoints, jitter, events: Vec::new(), state }
    }

    /// Goes on after a crash, with the same plan (tokens and policy may be others) and the last checkpoint that was kept.
    ///
    /// A `POST` that may have gone out counts as lost, so the space's list is asked for it. What Torque refused is tried
    /// again. A provider that may have been made is decided by [`Checkpoint::provider_created`]; without it nothing is
    /// sent, and the report says so.
    ///
    /// # Errors
    ///
    /// `checkpoint.other_plan`, and `checkpoint.unreadable` where it names repositories that the plan does not have.
    pub fn resume(plan: &Plan, checkpoint: &Checkpoint, now: i64) -> Result<Self, Issues> {
        let mut onboarding = Self::new(plan, now);
        if let State::Working(work) = &mut onboarding.state {
            if work.fingerprint != checkpoint.plan {
                return Err(Issue::new(IssueCode::CheckpointOtherPlan).into());
            }
            work.restore(checkpoint)?;
            onboarding.started_at = checkpoint.started_at;
        }
        Ok(onboarding)
    }

    /// Asks the driver to keep a [`Checkpoint`] before each `POST`.
    #[must_use]
    pub fn with_checkpoints(mut self) -> Self {
        self.checkpoints = true;
        self
    }

    /// At most so many requests are under way at once; 4 unless said otherwise, at least 1.
    #[must_use]
    pub fn with_concurrency(mut self, concurrency: usize) -> Self {
        self.concurrency = concurrency.max(1);
        self
    }

    /// What to do now.
    #[expect(clippy::should_implement_trait, reason = "it never ends: an iterator is something else")]
    pub fn next(&mut self) -> Effect {
        while let State::Working(work) = &mut self.state {
            if self.now >= work.deadline {
                work.cut_short(IssueCode::PlanOutOfTime, &mut self.events);
                let report = work.report(self.started_at, self.now);
                self.state = State::Done(Box::new(report));
                break;
            }
            work.wake(self.now);
            if matches!(work.announced, Some((_, false))) {
                return Effect::Wait { until: Some(work.deadline) };
            }
            if work.in_flight.len() < self.concurrency
                && let Some((job, is_kept)) = work.take_next(self.now)
            {
                let Some(request) = work.request(&job) else { continue };
                if self.checkpoints && !is_kept && request.method == "POST" {
                    work.announced = Some((job, false));
                    let checkpoint = Box::new(work.checkpoint(job.what, self.started_at, self.now));
                    return Effect::Checkpoint { checkpoint };
                }
                return self.send(job, request);
            }
            if work.in_flight.is_empty() && work.ready.is_empty() && work.delayed.is_empty() {
                if work.advance(self.now, &mut self.events) {
                    continue;
                }
                let report = work.report(self.started_at, self.now);
                self.state = State::Done(Box::new(report));
                break;
            }
            let is_full = work.in_flight.len() >= self.concurrency;
            let until = if is_full { work.deadline } else { work.deadline.min(work.next_due()) };
            if work.in_flight.is_empty() {
                self.events.push(Progress::Wait { ms: until - self.now });
            }
            return Effect::Wait { until: Some(until) };
        }
        match &self.state {
            State::Done(report) => Effect::Done { report: report.clone() },
            State::Working(_) => Effect::Wait { until: None },
        }
    }

    fn send(&mut self, mut job: Job, request: HttpRequest) -> Effect {
        let id = self.next_id;
        self.next_id = self.next_id.wrapping_add(1);
        job.tries += 1;
        let (step, repository) = job.what.step();
        self.events.push(Progress::Request { id, step, repository, method: request.method, url: request.url.clone() });
        let mut timeout_ms = 0;
        if let State::Working(work) = &mut self.state {
            timeout_ms = work.plan.policy.request_timeout_ms;
            work.sent(&mut job, self.now);
            work.in_flight.push((id, job));
        }
        let most_bytes = if matches!(job.what, What::List) { MOST_BYTES_OF_LIST } else { MOST_BYTES };
        Effect::Send { id, request, timeout_ms, most_bytes }
    }

    /// Takes note of what happened. An answer to a request that is not under way (a second one, or a late one) is passed
    /// over.
    pub fn handle(&mut self, event: Event) {
        let now = match &event {
            Event::Answer { now, .. }
            | Event::Failure { now, .. }
            | Event::Kept { now }
            | Event::Time { now }
            | Event::Abort { now } => *now,
        };
        // A clock that is set back must not stop the job.
        self.now = self.now.max(within_time(now));
        let State::Working(work) = &mut self.state else { return };
        let mut turn = Turn { now: self.now, jitter: &mut self.jitter, events: &mut self.events };
        match event {
            Event::Time { .. } => {}
            Event::Kept { .. } => {
                if let Some((_, is_kept)) = &mut work.announced {
                    *is_kept = true;
                }
            }
            Event::Abort { .. } => {
                work.cut_short(IssueCode::PlanAborted, turn.events);
                let report = work.report(self.started_at, self.now);
                self.state = State::Done(Box::new(report));
            }
            Event::Answer { id, answer, retry_after, .. } => {
                let Some(job) = work.take_in_flight(id) else { return };
                let (step, repository) = job.what.step();
                turn.events.push(Progress::Answer { id, step, repository, status: answer.status });
                work.answered(job, &answer, retry_after.as_deref(), &mut turn);
            }
            Event::Failure { id, reason, .. } => {
                let Some(job) = work.take_in_flight(id) else { return };
                let (step, repository) = job.what.step();
                turn.events.push(Progress::Failure { id, step, repository, reason });
                work.failed(job, &mut turn);
            }
        }
    }

    /// What happened since the last call, for whoever shows it.
    pub fn take_events(&mut self) -> Vec<Progress> {
        std::mem::take(&mut self.events)
    }
}

impl std::fmt::Debug for Onboarding {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.state {
            State::Working(work) => write!(formatter, "Onboarding({:?})", work.phase),
            State::Done(report) => write!(formatter, "Onboarding({:?})", report.outcome),
        }
    }
}

/// What an event may use: the time, chance, and a place to tell.
struct Turn<'a> {
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
            let secret = provider.token.clone();
            tokens.push(TokenRun { secret, purpose: Purpose::Provider, repositories: Vec::new(), assessment: None });
        }
        let serves_all = tokens.len().checked_sub(1);
        let mut known = Numbered::new();
        let mut names = Numbered::new();
        for (index, repository) in plan.repositories.iter().enumerate() {
            names.entry(folded(repository.repository_name.as_str()).into(), index);
            let token = match &repository.token {
                None => serves_all,
                Some(secret) => {
                    let token = *known.entry(Cow::Borrowed(secret.expose()), tokens.len());
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
            runs.push(Run { stage: Stage::Planned, status: None, issues, sent: Vec::new(), lost: 0, token });
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
            announced: None,
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
            cut_short: None,
            plan,
        }
    }

    // ---- the queue ----

    /// The request of this id, if it is under way.
    fn take_in_flight(&mut self, id: u32) -> Option<Job> {
        let index = self.in_flight.iter().position(|(known, _)| *known == id)?;
        Some(self.in_flight.remove(index).1)
    }

    fn put_off(&mut self, until: i64, job: Job) {
        self.first_due = self.first_due.min(until);
        self.delayed.push((until, job));
    }

    /// Moves to the front of the queue whatever has waited long enough.
    fn wake(&mut self, now: i64) {
        if now < self.first_due {
            return;
        }
        let mut index = 0;
        self.first_due = i64::MAX;
        while index < self.delayed.len() {
            let until = self.delayed[index].0;
            if until <= now {
                let (_, job) = self.delayed.swap_remove(index);
                self.ready.push_front(job);
            } else {
                self.first_due = self.first_due.min(until);
                index += 1;
            }
        }
    }

    /// The next job that may go out now, and whether its checkpoint is kept.
    fn take_next(&mut self, now: i64) -> Option<(Job, bool)> {
        if let Some((job, is_kept)) = self.announced.take() {
            if self.pause_of(job) <= now {
                return Some((job, is_kept));
            }
            self.ready.push_front(job);
        }
        // All that is ready at one time is for one server.
        if self.pause_of(*self.ready.front()?) > now {
            return None;
        }
        Some((self.ready.pop_front()?, false))
    }

    /// Before this time nothing goes to the server that it is for.
    fn pause_of(&self, job: Job) -> i64 {
        self.pause[job.what.server() as usize]
    }

    /// When the next job is due, if one waits for its time.
    fn next_due(&self) -> i64 {
        let paused = self.ready.front().map_or(i64::MAX, |job| self.pause_of(*job));
        paused.min(self.first_due)
    }

    fn queue(&mut self, what: What) {
        self.ready.push_back(Job { what, tries: 0, list: 0 });
    }

    /// The request of a job; none when there is no need for it any more.
    fn request(&self, job: &Job) -> Option<HttpRequest> {
        let plan = &self.plan;
        let torque_token = plan.torque_token.as_ref();
        if job.what.server() == Server::Torque && self.stopped.is_some() {
            return None;
        }
        let repository = |index: usize| &plan.repositories[index];
        let secret = |index: usize| Some(&self.tokens[self.runs[index].token?].secret);
        // An ended repository is not asked about; a rejected token is not used.
        let open = |index: usize| matches!(self.runs[index].stage, Stage::Planned).then_some(());
        // After a crash: the second POST needs the branch, too.
        let may_be_posted_again = |index: usize| {
            let run = &self.runs[index];
            let is_needed = run.lost < MOST_LOST && repository(index).branch.is_none();
            (matches!(run.stage, Stage::Looking(_)) && is_needed).then_some(())
        };
        let request = match job.what {
            What::Token(token) => gitlab::inspect_token_request(plan.method.base_url()?, &self.tokens[token].secret),
            What::Project(index) => {
                open(index).or_else(|| may_be_posted_again(index))?;
                gitlab::project_request(plan.method.base_url()?, &repository(index).repository_url, secret(index)?)
            }
            What::Branch(index) => {
                open(index)?;
                let (base, branch) = (plan.method.base_url()?, repository(index).branch.as_ref()?);
                gitlab::branch_request(base, &repository(index).repository_url, branch, secret(index)?)
            }
            What::Probe(index) => {
                open(index)?;
                let branch = repository(index).branch.as_ref();
                gitlab::probe_request(
                    plan.method.base_url()?,
                    &repository(index).repository_url,
                    branch,
                    secret(index)?,
                )
            }
            What::Provider => match &plan.method {
                CheckedMethod::Provider(provider) => {
                    torque::create_provider_request(&plan.portal, torque_token, provider)
                }
                _ => return None,
            },
            What::Connect(index) => {
                open(index)?;
                let space = plan.space.as_ref()?;
                torque::connect_repository_request(&plan.portal, torque_token, space, repository(index))
            }
            What::List => torque::list_repositories_request(&plan.portal, torque_token, plan.space.as_ref()?),
        };
        Some(request)
    }

    /// Takes note that a job goes out now.
    fn sent(&mut self, job: &mut Job, now: i64) {
        let record = SentRequest { at: now, status: None };
        match job.what {
            What::Provider => self.provider.sent.push(record),
            What::Connect(index) => {
                self.runs[index].stage = Stage::Posting;
                self.runs[index].sent.push(record);
            }
            What::List => {
                self.lists.asked += 1;
                job.list = self.lists.asked;
            }
            _ => {}
        }
    }

    // ---- the order of things ----

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

    fn begin_inspection(&mut self) {
        if !self.plan.policy.inspect || self.tokens.is_empty() {
            return;
        }
        let not_asked = match self.plan.method.base_url() {
            None => Some(IssueCode::TokenNoBaseUrl),
            Some(base) if !base.is_https() && !base.is_loopback() && !self.plan.policy.allow_http_probe => {
                Some(IssueCode::TokenHttpNotAsked)
            }
            Some(_) => None,
        };
        for token in 0..self.tokens.len() {
            match not_asked {
                None => self.queue(What::Token(token)),
                Some(code) => self.tokens[token].assessment = Some(Assessment::unknown(Issue::new(code))),
            }
        }
    }

    /// Draws the line under the inspection; then the provider, if all is well.
    fn begin_provider(&mut self, events: &mut Vec<Progress>) {
        let stops_at_unknown = self.plan.policy.on_unknown == OnUnknown::Stop;
        let mut provider_token = None;
        for token in &self.tokens {
            let verdict = token.assessment.as_ref().map_or(Verdict::Ok, |assessment| assessment.verdict);
            let unknown = verdict == Verdict::Unknown && stops_at_unknown;
            if verdict != Verdict::Reject && !unknown {
                continue;
            }
            if token.purpose == Purpose::Provider {
                provider_token = Some(unknown);
            }
            let found = token.assessment.as_ref().map(|assessment| assessment.issues.clone()).unwrap_or_default();
            for index in &token.repositories {
                // What was sent before a crash is no longer this token's matter.
                if !matches!(self.runs[*index].stage, Stage::Planned) {
                    continue;
                }
                // With a provider its own part of the report tells why.
                if token.purpose == Purpose::Repository {
                    self.runs[*index].issues.extend(found.clone().at("token"));
                }
                if token.purpose == Purpose::Provider {
                    self.runs[*index].issues.push(Issue::new(IssueCode::PlanNotStarted));
                } else if unknown {
                    self.runs[*index].issues.push(Issue::new(IssueCode::PlanStoppedUnknown));
                }
                let outcome = if unknown || token.purpose == Purpose::Provider {
                    RepositoryOutcome::NotStarted
                } else {
                    RepositoryOutcome::Failed
                };
                end(&mut self.runs, *index, outcome, events);
            }
            if token.purpose == Purpose::Provider {
                self.provider.issues.extend(found.at("token"));
                if unknown {
                    self.provider.issues.push(Issue::new(IssueCode::PlanStoppedUnknown));
                }
            }
        }
        match self.plan.method {
            CheckedMethod::ExistingProvider { .. } | CheckedMethod::TokenPerRepository { .. } => {}
            // Made before the crash.
            CheckedMethod::Provider(_) if self.provider.outcome.is_some() => {}
            CheckedMethod::Provider(_) if provider_token.is_some() => {
                let refused = provider_token == Some(false);
                self.provider.outcome = Some(if refused { StepOutcome::Failed } else { StepOutcome::Skipped });
                self.stop(Issue::new(IssueCode::PlanNotStarted));
            }
            // A provider for repositories of which none can be connected would be in the way of the next try.
            CheckedMethod::Provider(_) if !self.runs.is_empty() && self.all_ended() => {
                self.provider.outcome = Some(StepOutcome::Skipped);
                self.provider.issues.push(Issue::new(IssueCode::PlanNotStarted));
            }
            CheckedMethod::Provider(_) => self.queue(What::Provider),
        }
    }

    fn begin_repositories(&mut self, now: i64) {
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

    // ---- before and after a crash ----

    /// How it stands just before `about_to` goes out.
    fn checkpoint(&self, about_to: What, started_at: i64, now: i64) -> Checkpoint {
        let mut checkpoint = Checkpoint::new(self.fingerprint.clone(), started_at);
        let with_next = |sent: &[SentRequest], is_next: bool| {
            sent.iter().cloned().chain(is_next.then_some(SentRequest { at: now, status: None })).collect::<Vec<_>>()
        };
        let is_next = matches!(about_to, What::Provider);
        let sent = with_next(&self.provider.sent, is_next);
        if !sent.is_empty() {
            let state = match self.provider.outcome {
                Some(StepOutcome::Done) => Mark::Done,
                Some(StepOutcome::Unknown) => Mark::Unknown,
                _ if is_next => Mark::Unknown,
                _ => Mark::Refused,
            };
            checkpoint.provider = Some(ProviderMark { state, id: self.provider.id.clone(), sent });
        }
        for (index, run) in self.runs.iter().enumerate() {
            let is_next = matches!(about_to, What::Connect(next) if next == index);
            let sent = with_next(&run.sent, is_next);
            if sent.is_empty() {
                continue;
            }
            let is_under_way = is_next || matches!(run.stage, Stage::Posting);
            let state = match run.stage {
                Stage::Syncing { .. } | Stage::Ended(RepositoryOutcome::Connected | RepositoryOutcome::Syncing) => {
                    Mark::Done
                }
                // The list has shown it.
                Stage::Ended(RepositoryOutcome::Failed) if run.status.is_some() => Mark::Done,
                Stage::Looking(_) => Mark::Unknown,
                _ if is_under_way || run.lost > 0 => Mark::Unknown,
                _ => Mark::Refused,
            };
            let lost = match &run.stage {
                // Another POST would be told the same.
                Stage::Looking(look_up) if look_up.why == Why::Taken => MOST_LOST,
                // One that was refused and not yet looked for may be there all the same.
                Stage::Looking(_) => run.lost.max(1),
                _ => run.lost + u32::from(is_under_way),
            };
            checkpoint.repositories.push(RepositoryMark { index, state, lost, sent });
        }
        checkpoint
    }

    /// Takes over what a checkpoint of this plan says.
    fn restore(&mut self, checkpoint: &Checkpoint) -> Result<(), Issues> {
        if let Some(mark) = checkpoint.provider.as_ref().filter(|_| self.provider.outcome.is_none()) {
            self.provider.sent.clone_from(&mark.sent);
            self.provider.id.clone_from(&mark.id);
            match (mark.state, checkpoint.provider_created) {
                (Mark::Done, _) | (Mark::Unknown, Some(true)) => self.provider.outcome = Some(StepOutcome::Done),
                (Mark::Refused, _) | (Mark::Unknown, Some(false)) => {}
                (Mark::Unknown, None) => {
                    self.provider_lost(Issue::new(IssueCode::PlanInterrupted));
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
                Mark::Done => Stage::Syncing { until: 0, since_list: 0 },
                Mark::Unknown => {
                    let issue = Issue::new(IssueCode::PlanInterrupted);
                    Stage::Looking(LookUp { why: Why::Lost, issue, since: 0, since_list: 0, lists_without: 0 })
                }
                Mark::Refused => Stage::Planned,
            };
        }
        Ok(())
    }

    fn all_ended(&self) -> bool {
        self.runs.iter().all(|run| matches!(run.stage, Stage::Ended(_)))
    }

    /// No further request goes to Torque. What waits for a list ends; what is under way may still be answered.
    fn stop(&mut self, why: Issue) {
        self.stopped.get_or_insert(why);
    }

    /// Ends every repository that is not at its end, as far as it came.
    fn end_open(&mut self, events: &mut Vec<Progress>) {
        for index in 0..self.runs.len() {
            let run = &mut self.runs[index];
            let outcome = match &run.stage {
                Stage::Ended(_) => continue,
                Stage::Planned if run.lost == 0 => {
                    run.issues.push(Issue::new(self.cut_short.unwrap_or(IssueCode::PlanNotStarted)));
                    RepositoryOutcome::NotStarted
                }
                // Posted, or posted and lost before it was to be posted again.
                Stage::Posting | Stage::Planned => {
                    run.issues.push(Issue::new(IssueCode::TorqueRepositoryUnknown));
                    RepositoryOutcome::Unknown
                }
                Stage::Looking(look_up) => {
                    run.issues.push(look_up.issue.clone());
                    look_up.ending(&mut run.issues)
                }
                Stage::Syncing { .. } => {
                    let status = run.status.clone().unwrap_or_else(|| NOT_LISTED.to_owned());
                    run.issues.push(if self.cut_short.is_some() {
                        Issue::new(IssueCode::TorqueSyncTimeout).with("status", status)
                    } else {
                        Issue::new(IssueCode::TorqueNotWatched)
                    });
                    RepositoryOutcome::Syncing
                }
            };
            end(&mut self.runs, index, outcome, events);
        }
        self.lists.waiting.clear();
    }

    /// Ends the job where it stands.
    fn cut_short(&mut self, why: IssueCode, events: &mut Vec<Progress>) {
        self.cut_short = Some(why);
        let lost_provider = self.in_flight.iter().any(|(_, job)| matches!(job.what, What::Provider));
        if self.provider.outcome.is_none() && matches!(self.plan.method, CheckedMethod::Provider(_)) {
            let (outcome, code) = if lost_provider {
                (StepOutcome::Unknown, IssueCode::TorqueProviderUnknown)
            } else {
                (StepOutcome::Aborted, why)
            };
            self.provider.outcome = Some(outcome);
            self.provider.issues.push(Issue::new(code));
        }
        self.end_open(events);
    }

    // ---- what comes back ----

    fn answered(&mut self, job: Job, answer: &HttpAnswer, retry_after: Option<&str>, turn: &mut Turn<'_>) {
        // RFC 9110 sections 15.6.4 and RFC 6585 section 4: not done, come back later.
        if matches!(answer.status, 429 | 503) && !matches!(job.what, What::List) {
            if let What::Connect(index) = job.what {
                self.note_status(index, answer.status);
                self.runs[index].stage = Stage::Planned;
            }
            if let Some(wait) = turn.jitter.pause(job.tries, retry_after, turn.now) {
                let until = turn.now + wait;
                let paused = self.pause_of(job);
                self.pause[job.what.server() as usize] = until.max(paused);
                if job.what.server() == Server::Torque {
                    self.wait_longer(until - until.min(paused).max(turn.now));
                }
                self.put_off(until, job);
                return;
            }
        }
        match job.what {
            What::Token(token) => {
                let assessment = assess_token(answer, &self.plan.policy.token, self.tokens[token].purpose, turn.now);
                self.assessed(token, assessment);
            }
            What::Project(index) => self.project(index, answer, turn),
            What::Branch(index) => {
                let Some(branch) = self.plan.repositories[index].branch.clone() else { return };
                self.looked_up(index, gitlab::assess_branch(answer, &branch).map(drop_value), turn);
            }
            What::Probe(index) => {
                let branch = self.plan.repositories[index].branch.clone();
                self.looked_up(index, gitlab::assess_probe(answer, branch.as_ref()), turn);
            }
            What::Provider => self.provider_answered(answer),
            What::Connect(index) => self.repository_answered(index, answer, turn),
            What::List => self.list_answered(job, answer, retry_after, turn),
        }
    }

    fn failed(&mut self, job: Job, turn: &mut Turn<'_>) {
        match job.what {
            What::Token(_) | What::Project(_) | What::Branch(_) | What::Probe(_)
                if job.tries <= MOST_GITLAB_FAILURES =>
            {
                self.put_off(turn.now + turn.jitter.delay(job.tries), job);
            }
            What::Token(token) => {
                self.tokens[token].assessment = Some(Assessment::unknown(Issue::new(IssueCode::TokenNotReached)));
                // Nor would it answer for each project: with many of them the user would wait for hours.
                if self.plan.policy.on_unknown == OnUnknown::Continue {
                    for position in 0..self.tokens[token].repositories.len() {
                        let index = self.tokens[token].repositories[position];
                        self.undecided(index, Issue::new(IssueCode::GitlabNotReached).into(), turn);
                    }
                }
            }
            What::Project(index) | What::Branch(index) | What::Probe(index) => {
                self.undecided(index, Issue::new(IssueCode::GitlabNotReached).into(), turn);
            }
            What::Provider => self.provider_lost(Issue::new(IssueCode::TorqueUnreachable)),
            What::Connect(index) => self.look_up(index, Why::Lost, Issue::new(IssueCode::TorqueUnreachable), turn),
            What::List => self.list_missing(false, None, turn),
        }
    }

    // ---- GitLab ----

    fn assessed(&mut self, token: usize, mut assessment: Assessment) {
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

    fn project(&mut self, index: usize, answer: &HttpAnswer, turn: &mut Turn<'_>) {
        let is_planned = matches!(self.runs[index].stage, Stage::Planned);
        match gitlab::assess_project(answer, &self.plan.repositories[index].repository_url) {
            Ok(mut project) => {
                self.redactor.clean(&mut project.warnings);
                let branch = &mut self.plan.repositories[index].branch;
                let default = project.value.default_branch.as_deref();
                let default = default.filter(|name| self.redactor.plain(name) == **name);
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

    fn looked_up(&mut self, index: usize, mut check: Check<()>, turn: &mut Turn<'_>) {
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
    fn undecided(&mut self, index: usize, issues: Issues, turn: &mut Turn<'_>) {
        if !matches!(self.runs[index].stage, Stage::Planned) {
            return;
        }
        self.runs[index].issues.extend(issues.into_iter().map(Issue::as_warning).collect());
        if self.plan.policy.on_unknown == OnUnknown::Stop {
            self.runs[index].issues.push(Issue::new(IssueCode::PlanStoppedUnknown));
            end(&mut self.runs, index, RepositoryOutcome::NotStarted, turn.events);
        }
    }

    // ---- the provider ----

    fn provider_answered(&mut self, answer: &HttpAnswer) {
        if let Some(record) = self.provider.sent.last_mut() {
            record.status = Some(answer.status);
        }
        match torque::read_provider_answer(answer, &self.redactor) {
            Ok(checked) => {
                self.provider.outcome = Some(StepOutcome::Done);
                self.provider.id = checked.value.id;
                self.use_provider_id();
            }
            Err(issues) if outcome_is_unknown(answer.status) => {
                self.provider_lost(
                    issues.into_iter().next().unwrap_or_else(|| Issue::new(IssueCode::TorqueUnreachable)),
                );
            }
            Err(issues) => {
                self.provider.outcome = Some(StepOutcome::Failed);
                self.provider.issues.extend(issues);
                self.stop(Issue::new(IssueCode::PlanNotStarted));
            }
        }
    }

    fn use_provider_id(&mut self) {
        if self.plan.policy.send_provider_id {
            for repository in self.plan.repositories.iter_mut().filter(|repository| repository.token.is_none()) {
                repository.provider_id.clone_from(&self.provider.id);
            }
        }
    }

    fn provider_lost(&mut self, why: Issue) {
        self.provider.outcome = Some(StepOutcome::Unknown);
        self.provider.issues.push(why);
        self.provider.issues.push(Issue::new(IssueCode::TorqueProviderUnknown));
        self.stop(Issue::new(IssueCode::PlanNotStarted));
    }

    // ---- repositories ----

    fn note_status(&mut self, index: usize, status: u16) {
        if let Some(record) = self.runs[index].sent.last_mut() {
            record.status = Some(status);
        }
    }

    fn repository_answered(&mut self, index: usize, answer: &HttpAnswer, turn: &mut Turn<'_>) {
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
            // 409 meets most likely what was lost before, which the list shows sooner or later.
            IssueCode::TorqueRepositoryExists | IssueCode::TorqueRateLimited if was_lost => {
                self.look_up(index, Why::Lost, issue, turn);
            }
            IssueCode::TorqueRepositoryExists => self.look_up(index, Why::Taken, issue, turn),
            _ if was_lost && answer.status == 503 => self.look_up(index, Why::Lost, issue, turn),
            _ if outcome_is_unknown(answer.status) => self.look_up(index, Why::Lost, issue, turn),
            _ => self.look_up(index, Why::Refused, issue, turn),
        }
    }

    /// Lets the list decide about a repository whose `POST` was refused or lost.
    fn look_up(&mut self, index: usize, why: Why, issue: Issue, turn: &mut Turn<'_>) {
        let since = self.first_look(turn.now);
        let look_up = LookUp { why, issue, since, since_list: self.lists.asked, lists_without: 0 };
        self.runs[index].lost += u32::from(why == Why::Lost);
        self.runs[index].stage = Stage::Looking(look_up);
        self.wait_for_list(index, 0, turn.now);
    }

    fn tell(&mut self, index: usize, outcome: RepositoryOutcome, turn: &mut Turn<'_>) {
        let status = self.runs[index].status.clone();
        turn.events.push(Progress::Repository { repository: index, outcome, status });
    }

    // ---- the list ----

    fn wait_for_list(&mut self, index: usize, delay: i64, now: i64) {
        if self.stopped.is_some() {
            return;
        }
        self.lists.wait(index);
        if !self.lists.busy {
            self.lists.busy = true;
            self.put_off(now + delay, Job { what: What::List, tries: 0, list: 0 });
        }
    }

    fn list_answered(&mut self, job: Job, answer: &HttpAnswer, retry_after: Option<&str>, turn: &mut Turn<'_>) {
        let entries = match torque::list_entries(answer, &self.redactor) {
            Ok(entries) => entries,
            Err(issues) => {
                let issue = issues.into_iter().next();
                let ends = |issue: &Issue| {
                    matches!(
                        issue.code,
                        IssueCode::TorqueUnauthorized
                            | IssueCode::TorqueSpaceForbidden
                            | IssueCode::TorqueSpaceNotFound
                            | IssueCode::TorqueRedirected
                    )
                };
                match issue.filter(ends) {
                    Some(issue) => self.stop_watching(issue, turn),
                    None => self.list_missing(matches!(answer.status, 429 | 503), retry_after, turn),
                }
                return;
            }
        };
        self.lists.failures = 0;
        self.lists.came = job.list;
        let shown = self.shown_in(entries);
        // A second POST that has not gone out yet is not needed if the first turns up.
        for (index, run) in self.runs.iter().enumerate() {
            if run.lost > 0 && matches!(run.stage, Stage::Planned) {
                self.lists.wait(index);
            }
        }
        for index in std::mem::take(&mut self.lists.waiting) {
            match shown[index] {
                Some(entry) => self.found(index, entry, turn),
                None => self.not_found(index, job.list, turn),
            }
            if matches!(self.runs[index].stage, Stage::Looking(_) | Stage::Syncing { .. }) {
                self.lists.wait(index);
            }
        }
        self.give_up_late(turn);
        self.ask_list_again(self.plan.policy.poll_ms, turn);
    }

    /// For each repository the entry of its name. Whether Torque tells names apart by case is not known: one in another case
    /// is meant where there is none in the same.
    fn shown_in<'a>(&self, entries: &'a [Value]) -> Vec<Option<&'a Value>> {
        let mut shown: Vec<Option<&Value>> = vec![None; self.runs.len()];
        for entry in entries {
            let Some(name) = torque::name_of_entry(entry) else { continue };
            let Some(index) = self.names.get(&folded(name)) else { continue };
            if shown[index].is_none() || name == self.plan.repositories[index].repository_name.as_str() {
                shown[index] = Some(entry);
            }
        }
        shown
    }

    fn found(&mut self, index: usize, entry: &Value, turn: &mut Turn<'_>) {
        let planned = &self.plan.repositories[index];
        let run = &mut self.runs[index];
        if !is_same_repository(entry, planned) {
            let name = planned.repository_name.as_str();
            run.issues.push(Issue::new(IssueCode::TorqueNameTaken).at("name").with("name", name));
            end(&mut self.runs, index, RepositoryOutcome::Failed, turn.events);
            return;
        }
        let details = RepositoryDetails::standing(entry, &self.redactor);
        let changed = run.status != details.status;
        run.status.clone_from(&details.status);
        if matches!(&run.stage, Stage::Looking(look_up) if look_up.why == Why::Taken) {
            run.issues.push(Issue::new(IssueCode::TorqueAlreadyConnected));
        }
        if matches!(run.stage, Stage::Looking(_) | Stage::Planned) {
            let until = turn.now + self.plan.policy.sync_timeout_ms;
            run.stage = Stage::Syncing { until, since_list: self.lists.asked };
        }
        if details.is_connected() {
            end(&mut self.runs, index, RepositoryOutcome::Connected, turn.events);
        } else if details.is_failed() {
            let status = details.status.clone().unwrap_or_else(|| "none".to_owned());
            let said = details.errors.join("; ");
            run.issues.push(
                Issue::new(IssueCode::TorqueSyncFailed)
                    .with("status", status)
                    .with("answer", self.redactor.plain(&said)),
            );
            end(&mut self.runs, index, RepositoryOutcome::Failed, turn.events);
        } else if changed {
            self.tell(index, RepositoryOutcome::Syncing, turn);
        }
    }

    /// A list without a repository that should or might be in it.
    fn not_found(&mut self, index: usize, list: u32, turn: &mut Turn<'_>) {
        let run = &mut self.runs[index];
        let Stage::Looking(look_up) = &mut run.stage else { return };
        // It was asked for before the answer was lost, so it proves nothing.
        if list <= look_up.since_list {
            return;
        }
        look_up.lists_without += 1;
        match look_up.why {
            Why::Refused => {
                run.issues.push(look_up.issue.clone());
                end(&mut self.runs, index, RepositoryOutcome::Failed, turn.events);
            }
            _ if look_up.lists_without < LOOK_UPS || turn.now < look_up.since + LOOK_UP_MS => {}
            Why::Lost if run.lost < MOST_LOST => {
                run.stage = Stage::Planned;
                self.queue(What::Connect(index));
            }
            Why::Lost | Why::Taken => {
                run.issues.push(look_up.issue.clone());
                let outcome = look_up.ending(&mut run.issues);
                end(&mut self.runs, index, outcome, turn.events);
            }
        }
    }

    /// No list came. It is asked for again until nobody waits for it any more.
    fn list_missing(&mut self, is_busy: bool, retry_after: Option<&str>, turn: &mut Turn<'_>) {
        self.lists.failures += 1;
        self.give_up_late(turn);
        let own = self.plan.policy.poll_ms.max(turn.jitter.delay(self.lists.failures));
        let asked = turn.jitter.pause(1, retry_after, turn.now).unwrap_or(LOOK_UP_MS);
        if is_busy {
            // Nothing else goes there either. Nobody waits longer for it, or a list that is always refused would never end.
            let pause = &mut self.pause[Server::Torque as usize];
            *pause = (turn.now + asked).max(*pause);
        }
        self.ask_list_again(own.max(asked), turn);
    }

    /// Ends what has waited too long.
    fn give_up_late(&mut self, turn: &mut Turn<'_>) {
        for index in std::mem::take(&mut self.lists.waiting) {
            let run = &mut self.runs[index];
            let outcome = match &run.stage {
                Stage::Syncing { until, since_list } if turn.now >= *until => {
                    if self.lists.came > *since_list {
                        let status = run.status.clone().unwrap_or_else(|| NOT_LISTED.to_owned());
                        run.issues.push(Issue::new(IssueCode::TorqueSyncTimeout).with("status", status));
                    } else {
                        run.issues.push(Issue::new(IssueCode::TorqueNotWatched));
                    }
                    RepositoryOutcome::Syncing
                }
                Stage::Looking(look_up) if turn.now >= look_up.since + LOOK_UP_LIMIT_MS => {
                    run.issues.push(look_up.issue.clone());
                    look_up.ending(&mut run.issues)
                }
                _ => {
                    self.lists.wait(index);
                    continue;
                }
            };
            end(&mut self.runs, index, outcome, turn.events);
        }
    }

    /// The time for which Torque has asked us to wait does not count: nobody may look.
    fn first_look(&self, now: i64) -> i64 {
        now.max(self.pause[Server::Torque as usize])
    }

    /// The same for those who wait already.
    fn wait_longer(&mut self, time: i64) {
        for index in &self.lists.waiting {
            match &mut self.runs[*index].stage {
                Stage::Syncing { until, .. } => *until += time,
                Stage::Looking(look_up) => look_up.since += time,
                Stage::Planned | Stage::Posting | Stage::Ended(_) => {}
            }
        }
    }

    fn ask_list_again(&mut self, delay: i64, turn: &Turn<'_>) {
        self.lists.busy = !self.lists.waiting.is_empty();
        if self.lists.busy {
            self.put_off(turn.now + delay, Job { what: What::List, tries: 0, list: 0 });
        }
    }

    /// Torque does not let us in any more: nothing further is sent, and nobody waits for a list.
    fn stop_watching(&mut self, why: Issue, turn: &mut Turn<'_>) {
        for index in std::mem::take(&mut self.lists.waiting) {
            let run = &mut self.runs[index];
            let outcome = match &run.stage {
                Stage::Looking(look_up) => {
                    run.issues.push(look_up.issue.clone());
                    look_up.ending(&mut run.issues)
                }
                _ => {
                    run.issues.push(Issue::new(IssueCode::TorqueNotWatched));
                    RepositoryOutcome::Syncing
                }
            };
            end(&mut self.runs, index, outcome, turn.events);
        }
        self.lists.busy = false;
        self.stop(why);
        // What was put off would only keep the job waiting.
        self.delayed.retain(|(_, job)| job.what.server() != Server::Torque);
        self.ready.retain(|job| job.what.server() != Server::Torque);
    }

    // ---- the end ----

    fn report(&self, started_at: i64, finished_at: i64) -> Report {
        let mut issues = self.warnings.clone();
        if let Some(why) = self.stopped.as_ref().filter(|why| why.code != IssueCode::PlanNotStarted) {
            issues.push(why.clone());
        }
        issues.extend(self.cut_short.into_iter().map(Issue::new).collect());
        let repositories: Vec<RepositoryReport> = self
            .runs
            .iter()
            .enumerate()
            .map(|(index, run)| {
                let planned = &self.plan.repositories[index];
                RepositoryReport {
                    index,
                    name: planned.repository_name.as_str().to_owned(),
                    url: planned.repository_url.as_str().to_owned(),
                    branch: planned.branch.as_ref().map(|branch| branch.as_str().to_owned()),
                    outcome: match run.stage {
                        Stage::Ended(outcome) => outcome,
                        _ => RepositoryOutcome::Unknown,
                    },
                    status: run.status.clone(),
                    issues: run.issues.clone(),
                    sent: run.sent.clone(),
                }
            })
            .collect();
        let outcome = self.outcome(&repositories);
        Report {
            outcome,
            issues,
            provider: self.provider_report(),
            tokens: self
                .tokens
                .iter()
                .filter_map(|token| {
                    let Assessment { verdict, issues, token: details } = token.assessment.clone()?;
                    let (purpose, repositories) = (token.purpose, token.repositories.clone());
                    Some(TokenReport { purpose, repositories, verdict, issues, token: details })
                })
                .collect(),
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

    fn outcome(&self, repositories: &[RepositoryReport]) -> Outcome {
        if self.cut_short == Some(IssueCode::PlanAborted) {
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

    fn next_step(&self, repositories: &[RepositoryReport]) -> Option<NextStep> {
        let taken = |repository: &RepositoryReport| {
            matches!(repository.outcome, RepositoryOutcome::Connected | RepositoryOutcome::Syncing)
        };
        if !repositories.iter().any(taken) {
            return None;
        }
        let url = self.plan.portal_for_people().as_str().to_owned();
        let space = self.plan.space.iter().map(|space| space.as_str().to_owned());
        // The space's Repositories page has the button (Torque documentation, "Discover Your Assets").
        let menu = space.chain(["Repositories".to_owned(), "Discover Assets".to_owned()]).collect();
        Some(NextStep { url, menu })
    }
}

impl LookUp {
    /// How a repository ends that the list could not decide about.
    fn ending(&self, issues: &mut Issues) -> RepositoryOutcome {
        if self.why != Why::Refused {
            issues.push(Issue::new(IssueCode::TorqueRepositoryUnknown));
            return RepositoryOutcome::Unknown;
        }
        RepositoryOutcome::Failed
    }
}

/// The times that JavaScript knows (ECMAScript, "Time Values"): with these nothing overflows.
fn within_time(now: i64) -> i64 {
    now.clamp(-8_640_000_000_000_000, 8_640_000_000_000_000)
}

/// What stands for Torque's word about a repository that no list has shown.
const NOT_LISTED: &str = "not listed";

/// Brings a repository to its end, once.
fn end(runs: &mut [Run], index: usize, outcome: RepositoryOutcome, events: &mut Vec<Progress>) {
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

/// Whether the list's entry is the planned repository. GitLab looks paths up without regard to case.
fn is_same_repository(entry: &Value, planned: &RepositoryPayload) -> bool {
    let Some(listed) = torque::url_of_entry(entry) else { return true };
    let canonical = RepositoryUrl::check(None, listed).map(|checked| checked.value.as_str().to_owned());
    canonical.as_deref().unwrap_or(listed).eq_ignore_ascii_case(planned.repository_url.as_str())
}

fn drop_value<T>(checked: Checked<T>) -> Checked<()> {
    Checked { value: (), warnings: checked.warnings }
}

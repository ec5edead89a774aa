//! A job under way: what is known of it, and its phases one after the other.

use std::collections::{BTreeMap, VecDeque};

use crate::gitlab::{Inquiry, Subject};
use crate::issue::{Issue, IssueCode, Issues};
use crate::onboarding::backoff::Jitter;
use crate::onboarding::checkpoint::fingerprint;
use crate::onboarding::plan::{Boxes, CheckedMethod, CheckedPlan};
use crate::onboarding::report::{Progress, RepositoryEvent, RepositoryOutcome, SentRequest, Step, StepOutcome};
use crate::secret::Secret;
use crate::server_text::Redactor;
use crate::token::{Assessment, Purpose};

/// What is known of a job whose plan is valid.
pub(super) struct Work {
    pub(super) plan: CheckedPlan,
    pub(super) warnings: Issues,
    pub(super) redactor: Redactor,
    pub(super) phase: Phase,
    pub(super) ready: VecDeque<QueuedRequest>,
    pub(super) delayed: Vec<(i64, QueuedRequest)>,
    /// No request in `delayed` is due before this time.
    pub(super) first_due: i64,
    /// Requests under way, with their ids.
    pub(super) in_flight: Vec<(u32, QueuedRequest)>,
    /// A `POST` that waits until its checkpoint is stored, and whether it is.
    pub(super) pending_checkpoint: Option<(QueuedRequest, bool)>,
    /// Of the plan, before GitLab's answers added branches to it.
    pub(super) fingerprint: String,
    /// The job ends here, whatever is still under way.
    pub(super) deadline: i64,
    /// No request to this server before this time: it asked to wait.
    pub(super) pause: [i64; 2],
    pub(super) tokens: Vec<TokenRun>,
    pub(super) provider: ProviderRun,
    pub(super) runs: Boxes<RepositoryState>,
    /// The indices in the order of the names as they are compared. Empty until it is needed.
    pub(super) by_name: Vec<usize>,
    pub(super) lists: Lists,
    /// Whether there was a connection to Torque before.
    pub(super) is_torque_reached: bool,
    /// Why nothing more goes to Torque.
    pub(super) stopped: Option<Issue>,
    /// Why the job ended early: `plan.aborted` or `plan.out_of_time`.
    pub(super) ended_by: Option<IssueCode>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Phase {
    Start,
    Inspection,
    Provider,
    Repositories,
}

/// A request that is to be sent, or is under way.
#[derive(Clone, Copy)]
pub(super) struct QueuedRequest {
    pub(super) kind: RequestKind,
    /// How often it went out.
    pub(super) tries: u32,
    /// Of a list: its number, so that it is known what was lost before it was asked for.
    pub(super) list: u32,
}

#[derive(Clone, Copy)]
pub(super) enum RequestKind {
    Token(usize),
    /// The repository's project and what has to be asked besides ([`Inquiry`]).
    Project(usize),
    Provider,
    Connect(usize),
    List,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Server {
    GitLab,
    Torque,
}

/// A GitLab token of the plan, once for all that use it.
pub(super) struct TokenRun {
    pub(super) purpose: Purpose,
    /// Those that use it: all of them, or each that brings it.
    pub(super) repositories: Vec<usize>,
    pub(super) assessment: Option<Assessment>,
}

pub(super) struct ProviderRun {
    pub(super) outcome: Option<StepOutcome>,
    pub(super) id: Option<String>,
    pub(super) issues: Issues,
    pub(super) sent: Vec<SentRequest>,
}

/// One repository on its way.
pub(super) struct RepositoryState {
    pub(super) stage: Stage,
    pub(super) status: Option<Box<str>>,
    pub(super) issues: Issues,
    pub(super) sent: Vec<SentRequest>,
    /// How many of these have an unknown outcome.
    pub(super) lost: u8,
    pub(super) token: Option<u16>,
    /// What GitLab was asked about it so far.
    pub(super) inquiry: Option<Box<Inquiry>>,
}

pub(super) enum Stage {
    /// Nothing was sent to Torque yet, or what was sent counts as never arrived.
    Planned,
    /// The `POST` is under way.
    Posting,
    /// It was refused, or its answer was lost: the list decides.
    Looking(Box<LookUp>),
    /// Torque has taken it.
    Syncing(Box<Syncing>),
    /// The end.
    Ended(RepositoryOutcome),
}

pub(super) struct Syncing {
    pub(super) until: i64,
    pub(super) since_list: u32,
}

pub(super) struct LookUp {
    pub(super) reason: LookupReason,
    pub(super) issue: Issue,
    pub(super) since: i64,
    pub(super) since_list: u32,
    pub(super) lists_without: u32,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum LookupReason {
    /// Torque rejected it, which is no proof: it may continue all the same (see [`crate::torque`]). Two lists are enough.
    Refused,
    /// Torque has one of this name, or of this URL. The list shows which, even if it lags behind.
    Taken,
    /// The outcome of the `POST` is unknown.
    Lost,
}

/// The space's list, read for all who wait for it.
#[derive(Default)]
pub(super) struct Lists {
    /// Repositories in stage `Looking` or `Syncing`, in the plan's order.
    pub(super) waiting: Vec<usize>,
    /// Number of the last one asked for.
    pub(super) asked: u32,
    /// Number of the last one that came.
    pub(super) came: u32,
    /// One is in the queue or under way.
    pub(super) busy: bool,
    /// How many failed in a row.
    pub(super) failures: u32,
}

/// What an event may use: the time, randomness, and the list of events for the caller.
pub(super) struct StepContext<'a> {
    pub(super) now: i64,
    pub(super) jitter: &'a mut Jitter,
    pub(super) events: &'a mut Vec<Progress>,
}

/// A job may take this long, and [`MINUTE_MS`] for each repository, in addition to its own time limits.
const HOUR_MS: i64 = 3_600_000;
const MINUTE_MS: i64 = 60_000;

impl Work {
    pub(super) fn new(plan: CheckedPlan, warnings: Issues, now: i64) -> Self {
        // First: it takes the room of the one that the check of the plan has used.
        let redactor = Redactor::new(plan.tokens());
        let mut work = Self::unanswered(plan, warnings, now);
        work.fingerprint = fingerprint(&work.plan);
        work.by_name = work.plan.in_order_of_names();
        work.redactor = redactor;
        work
    }

    /// Of a job that gets no answer and is not resumed: what these need takes more time and memory than all else.
    pub(super) fn unanswered(plan: CheckedPlan, warnings: Issues, now: i64) -> Self {
        let policy = &plan.policy;
        let limit = HOUR_MS
            + MINUTE_MS * plan.repositories.len() as i64
            + policy.sync_timeout_ms
            + 4 * (policy.poll_ms + policy.request_timeout_ms);
        let mut tokens: Vec<TokenRun> = Vec::new();
        let mut runs = Vec::with_capacity(plan.repositories.len());
        let own = plan.repositories.iter().filter(|repository| repository.token.is_some()).count();
        tokens.reserve_exact(own + 1);
        if matches!(plan.method, CheckedMethod::Provider(_)) {
            let repositories = Vec::with_capacity(plan.repositories.len() - own);
            tokens.push(TokenRun { purpose: Purpose::Provider, repositories, assessment: None });
        }
        let serves_all = tokens.len().checked_sub(1);
        let mut known = BTreeMap::new();
        for (index, repository) in plan.repositories.iter().enumerate() {
            let token = match &repository.token {
                None => serves_all,
                Some(secret) => {
                    let token = *known.entry(secret.expose()).or_insert(tokens.len());
                    if token == tokens.len() {
                        let repositories = Vec::with_capacity(1);
                        tokens.push(TokenRun { purpose: Purpose::Repository, repositories, assessment: None });
                    }
                    Some(token)
                }
            };
            if let Some(token) = token {
                tokens[token].repositories.push(index);
            }
            // A plan has no more repositories than such a number can tell, and no more tokens.
            let token = token.and_then(|token| u16::try_from(token).ok());
            runs.push(Box::new(RepositoryState {
                stage: Stage::Planned,
                status: None,
                issues: Issues::new(),
                sent: Vec::new(),
                lost: 0,
                token,
                inquiry: None,
            }));
        }
        Self {
            warnings,
            redactor: Redactor::default(),
            phase: Phase::Start,
            ready: VecDeque::new(),
            delayed: Vec::new(),
            first_due: i64::MAX,
            in_flight: Vec::new(),
            pending_checkpoint: None,
            fingerprint: String::new(),
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
            by_name: Vec::new(),
            lists: Lists::default(),
            is_torque_reached: false,
            stopped: None,
            ended_by: None,
            plan,
        }
    }

    /// Nothing is under way: begins the next phase. False when there is none.
    pub(super) fn advance(&mut self, now: i64, events: &mut Vec<Progress>) -> bool {
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

    /// The index of the token that a repository uses.
    pub(super) fn token_of(&self, index: usize) -> Option<usize> {
        self.runs[index].token.map(usize::from)
    }

    /// The token itself.
    pub(super) fn secret(&self, token: usize) -> Option<&Secret> {
        let TokenRun { purpose, repositories, .. } = &self.tokens[token];
        match (&self.plan.method, purpose) {
            (CheckedMethod::Provider(provider), Purpose::Provider) => Some(&provider.details.token),
            _ => self.plan.repositories[*repositories.first()?].token.as_ref(),
        }
    }

    /// What GitLab is to be asked about a repository.
    pub(super) fn inquiry(&self, index: usize) -> Inquiry {
        self.runs[index].inquiry.as_deref().cloned().unwrap_or_default()
    }

    /// What a request of this kind is for, and which repository it is about.
    pub(super) fn step(&self, kind: RequestKind) -> (Step, Option<usize>) {
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
}

impl RequestKind {
    pub(super) fn server(self) -> Server {
        match self {
            Self::Token(_) | Self::Project(_) => Server::GitLab,
            Self::Provider | Self::Connect(_) | Self::List => Server::Torque,
        }
    }
}

/// What is wrong with a server is said of thousands of repositories, one after the other.
pub(super) fn share_issues(runs: &mut [Box<RepositoryState>], index: usize) {
    let (before, rest) = runs.split_at_mut(index);
    if let (Some(before), Some(run)) = (before.last(), rest.first_mut()) {
        run.issues.share(&before.issues);
    }
}

/// Brings a repository to its end, once.
pub(super) fn end(
    runs: &mut [Box<RepositoryState>],
    index: usize,
    outcome: RepositoryOutcome,
    events: &mut Vec<Progress>,
) {
    share_issues(runs, index);
    let run = &mut runs[index];
    if !matches!(run.stage, Stage::Ended(_)) {
        run.stage = Stage::Ended(outcome);
        events.push(Progress::Repository(RepositoryEvent {
            repository: index,
            outcome,
            status: run.status.as_deref().map(str::to_owned),
            settled: true,
            done: outcome != RepositoryOutcome::NotStarted,
        }));
    }
}

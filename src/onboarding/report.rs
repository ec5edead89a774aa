//! Progress while a job runs, and the report at its end. Neither contains a secret.

use serde::{Deserialize, Serialize};

use super::plan::Boxes;
use crate::instant;
use crate::issue::Issues;
use crate::token::{Purpose, TokenDetails, Verdict};

/// How the whole job ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "js", derive(tsify::Tsify))]
pub enum Outcome {
    /// Everything is done: the provider, if there is a new one, is created, and every repository is `Connected`.
    Connected,
    /// Torque accepted some repositories (connected or still syncing), but not all are connected.
    Partial,
    /// Torque accepted no repository, and that is certain.
    Failed,
    /// Torque is not known to have accepted a repository, but an answer was lost: look in Torque before you try again.
    Unknown,
    /// The user ended it.
    Aborted,
    /// The plan did not pass its check; nothing was sent.
    Invalid,
}

/// How the provider step ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "js", derive(tsify::Tsify))]
pub enum StepOutcome {
    /// Torque created the provider.
    Done,
    /// The plan says that it exists.
    Exists,
    /// An earlier step ended the job; nothing was sent.
    Skipped,
    /// Torque did not create it.
    Failed,
    /// The answer was lost.
    Unknown,
    /// The job was stopped before the request was sent.
    Aborted,
}

/// The outcome of one repository.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "js", derive(tsify::Tsify))]
pub enum RepositoryOutcome {
    /// Torque says `Connected`.
    Connected,
    /// Torque accepted it, and was still syncing it in the last list.
    Syncing,
    /// It is not connected, and the issues say why.
    Failed,
    /// The answer was lost, or says that the space has one of this name or URL, but the list does not show it.
    Unknown,
    /// Nothing was sent to Torque for it, or Torque asked to try again later.
    NotStarted,
}

/// What a request is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "js", derive(tsify::Tsify), tsify(rename = "ConnectStep"))]
pub enum Step {
    /// Tests a token with GitLab.
    Token,
    /// Looks up a project in GitLab.
    Project,
    /// Looks up a branch in GitLab.
    Branch,
    /// Looks up a file in GitLab, where the token may not look up the project.
    Probe,
    /// Creates the provider in Torque.
    Provider,
    /// Connects a repository in Torque.
    Repository,
    /// Lists the repositories of the space.
    List,
}

/// One thing that happened, to show a job while it runs. Holds no secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
#[cfg_attr(feature = "js", derive(tsify::Tsify), tsify(rename = "ConnectEvent"))]
pub enum Progress {
    /// A request goes out.
    Request(Box<RequestEvent>),
    /// An answer came.
    Answer(AnswerEvent),
    /// No answer came.
    Failure(FailureEvent),
    /// Nothing goes out before some time has passed.
    Wait(WaitEvent),
    /// It is known now what came of creating the provider.
    Provider(ProviderEvent),
    /// Something is known now about a repository.
    Repository(RepositoryEvent),
}

/// A request goes out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename = "request")]
#[cfg_attr(feature = "js", derive(tsify::Tsify))]
pub struct RequestEvent {
    /// Of this request; what comes of it carries the same.
    pub id: u32,
    /// What it is for.
    #[cfg_attr(feature = "js", tsify(type = "ConnectStep"))]
    pub step: Step,
    /// Index in the plan, where it is about one repository.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "js", tsify(optional))]
    pub repository: Option<usize>,
    /// `GET` or `POST`.
    pub method: &'static str,
    /// Holds no secret.
    pub url: String,
}

/// An answer came.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename = "answer")]
#[cfg_attr(feature = "js", derive(tsify::Tsify))]
pub struct AnswerEvent {
    /// Of the request.
    pub id: u32,
    /// What the request was for.
    #[cfg_attr(feature = "js", tsify(type = "ConnectStep"))]
    pub step: Step,
    /// Index in the plan, where it is about one repository.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "js", tsify(optional))]
    pub repository: Option<usize>,
    /// HTTP status; `0` for a redirect that the browser hides.
    pub status: u16,
}

/// No answer came.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename = "failure")]
#[cfg_attr(feature = "js", derive(tsify::Tsify))]
pub struct FailureEvent {
    /// Of the request.
    pub id: u32,
    /// What the request was for.
    #[cfg_attr(feature = "js", tsify(type = "ConnectStep"))]
    pub step: Step,
    /// Index in the plan, where it is about one repository.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "js", tsify(optional))]
    pub repository: Option<usize>,
    /// `network`: unreachable, or refused by CORS or the page's policy; a browser does not say which.
    pub reason: FailureReason,
}

/// Nothing goes out before this time has passed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename = "wait")]
#[cfg_attr(feature = "js", derive(tsify::Tsify))]
pub struct WaitEvent {
    /// Milliseconds.
    pub ms: i64,
}

/// It is known now what came of creating the provider.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename = "provider")]
#[cfg_attr(feature = "js", derive(tsify::Tsify))]
pub struct ProviderEvent {
    /// How the step ended.
    pub outcome: StepOutcome,
}

/// Something is known now about a repository.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename = "repository")]
#[cfg_attr(feature = "js", derive(tsify::Tsify), tsify(missing_as_null))]
pub struct RepositoryEvent {
    /// Index in the plan.
    pub repository: usize,
    /// The outcome so far.
    pub outcome: RepositoryOutcome,
    /// Torque's own status word, if it sent one.
    pub status: Option<String>,
    /// Whether this outcome is the last one of this job.
    pub settled: bool,
    /// Whether the job has done its part: `settled`, and not `not_started`. A job that is stopped also settles what it did not start.
    pub done: bool,
}

/// Why no answer came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
// The package never reports `connect`: see record 26.
#[cfg_attr(feature = "js", derive(tsify::Tsify), tsify(type = "\"network\" | \"timeout\""))]
#[non_exhaustive]
pub enum FailureReason {
    /// Unreachable, reset, or forbidden to this page (a browser does not say which).
    Network,
    /// Not in time.
    Timeout,
    /// There was no connection to send the request on: the name was not found, the connection was refused, or TLS failed.
    /// So nothing was sent, and a `POST` may be repeated. Only for a driver that knows this for certain.
    Connect,
}

/// What was done, truthfully, also when it was ended early. JSON without secrets.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "js", derive(tsify::Tsify), tsify(missing_as_null))]
pub struct Report {
    /// How it ended.
    pub outcome: Outcome,
    /// About the plan as a whole; where the plan is invalid, everything that is wrong with it.
    pub issues: Issues,
    /// None where the plan has none.
    pub provider: Option<ProviderReport>,
    /// GitLab's answer about each token that was tested, or why it was not tested.
    pub tokens: Vec<TokenReport>,
    /// The verdict on all of `tokens` together; none where no token was tested.
    pub token_verdict: Option<Verdict>,
    /// In the plan's order; empty for an invalid plan.
    #[cfg_attr(feature = "js", tsify(type = "RepositoryReport[]"))]
    pub repositories: Boxes<RepositoryReport>,
    /// Where to continue; none where Torque accepted no repository.
    pub next: Option<NextStep>,
    /// Milliseconds since 1970, by the driver's clock.
    pub started_at: i64,
    /// Milliseconds since 1970.
    pub finished_at: i64,
}

impl Report {
    /// Of a plan that cannot be used: nothing was sent.
    pub(crate) fn invalid(issues: Issues, now: i64) -> Self {
        Self {
            outcome: Outcome::Invalid,
            issues,
            provider: None,
            tokens: Vec::new(),
            token_verdict: None,
            repositories: Boxes::new(),
            next: None,
            started_at: now,
            finished_at: now,
        }
    }
}

/// What became of the provider.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "js", derive(tsify::Tsify), tsify(missing_as_null))]
pub struct ProviderReport {
    /// How the step ended.
    pub outcome: StepOutcome,
    /// Display name; none for an existing provider.
    pub name: Option<String>,
    /// Its base URL.
    pub base_url: String,
    /// Torque's id, if its answer had one.
    pub id: Option<String>,
    /// Why it is so, and what to do.
    pub issues: Issues,
    /// What was sent for it.
    pub sent: Vec<SentRequest>,
}

/// What is known of one token.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "js", derive(tsify::Tsify))]
pub struct TokenReport {
    /// What it is for.
    pub purpose: Purpose,
    /// Indices of the repositories that use it.
    pub repositories: Vec<usize>,
    /// Whether it meets the requirements.
    pub verdict: Verdict,
    /// The reasons, and what else the user should know.
    pub issues: Issues,
    /// GitLab's answer about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub token: Option<Box<TokenDetails>>,
}

/// What became of one repository.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "js", derive(tsify::Tsify), tsify(missing_as_null))]
pub struct RepositoryReport {
    /// Index in the plan.
    pub index: usize,
    /// Name in the space.
    pub name: String,
    /// Canonical URL.
    pub url: String,
    /// The branch in the request.
    pub branch: Option<String>,
    /// The outcome.
    pub outcome: RepositoryOutcome,
    /// Torque's own status word, if it sent one.
    pub status: Option<String>,
    /// Why it is so, and what to do.
    pub issues: Issues,
    /// What was sent to Torque for it.
    pub sent: Vec<SentRequest>,
}

/// A `POST` that went out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "js", derive(tsify::Tsify), tsify(missing_as_null))]
pub struct SentRequest {
    /// When, in milliseconds since 1970.
    #[serde(deserialize_with = "instant::read_ms")]
    pub at: i64,
    /// The status that came back; none where no answer came.
    pub status: Option<u16>,
}

/// Where the user continues: assets are discovered in Torque, repository by repository.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "js", derive(tsify::Tsify))]
pub struct NextStep {
    /// Torque, for the user's browser.
    pub url: String,
    /// What to choose there, one after the other.
    pub menu: Vec<String>,
}

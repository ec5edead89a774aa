//! A job: from a [`Plan`] to connected repositories and a [`Report`] that is true whatever the network does.
//!
//! [`Onboarding`] is a state machine without I/O, clock or randomness. A driver asks [`Onboarding::next`] what to do, does it, and
//! passes the result to [`Onboarding::handle`]. The steps are:
//!
//! 1. Check the plan. If there is an error, nothing is sent.
//! 2. Ask GitLab about tokens and projects.
//! 3. Create the provider.
//! 4. Connect the repositories, and read the space's list until each is connected, has failed or is out of time.
//!
//! These rules keep the report true:
//!
//! - A `POST` with an unknown outcome is never repeated, with one exception. A repository's name is unique in the space, so if the
//!   space's list does not show it for 60 s and in two lists, it may be posted once more.
//! - The list decides about a repository, also after an error, because Torque may continue although it answered with one. A rejection
//!   is reported even so: what the list shows at once existed before and was not changed.
//! - 401 ends all use of that token. 403 ends the provider step, or the space, or (GitLab) that project.
//! - After a crash, an abort or a rejection, [`Onboarding::resume`] continues from the last [`Checkpoint`]. What may have been sent counts
//!   as lost, and what was rejected as not done.
//! - 429 and 503 are retried a few times, after `Retry-After` where it is readable.
//!
//! ```
//! use torque_gitlab_connect::onboarding::{Effect, Event, Method, Onboarding, Outcome, Plan, PlanRepository};
//! use torque_gitlab_connect::{http::HttpAnswer, secret::Secret};
//!
//! let mut plan = Plan::new("https://portal.qtorque.io", "demo", Method::TokenPerRepository { base_url: None });
//! plan.policy.inspect = false; // GitLab is not asked
//! plan.repositories.push(PlanRepository {
//!     token: Some(Secret::new("glpat-0123456789abcdefghij".to_owned())),
//!     ..PlanRepository::new("https://gitlab.example.com/group/project")
//! });
//!
//! let mut now = 1_795_348_800_000;
//! let mut onboarding = Onboarding::new(&plan, now);
//! let report = loop {
//!     match onboarding.next() {
//!         Effect::Send { id, request, .. } => {
//!             let body = if request.method == "GET" {
//!                 r#"[{ "name": "project", "repository_url": "https://gitlab.example.com/group/project", "status": "Connected" }]"#
//!             } else {
//!                 ""
//!             };
//!             onboarding.handle(Event::Answer { id, answer: HttpAnswer::new(200, body), retry_after: None, now });
//!         }
//!         Effect::Wait { until: Some(time) } => {
//!             now = time;
//!             onboarding.handle(Event::Time { now });
//!         }
//!         Effect::Wait { until: None } => unreachable!("every request was answered"),
//!         Effect::Checkpoint { .. } => unreachable!("they were not asked for"),
//!         Effect::Done { report } => break report,
//!     }
//! };
//! assert_eq!(report.outcome, Outcome::Connected);
//! ```

mod backoff;
mod checkpoint;
mod csv;
mod draft;
mod driver;
mod lines;
mod machine;
mod plan;
mod read;
mod report;
mod stored;
mod summary;
mod texts;

pub use crate::torque::PlanRepository;
pub use checkpoint::Checkpoint;
pub use draft::Draft;
pub use driver::{Effect, Event};
pub use lines::{Correction, PlanLines, column, correct_lines, corrections, is_address_alone};
#[cfg(feature = "js")]
pub(crate) use machine::PlannedRequests;
pub use machine::{Onboarding, PlannedRequest, preview_plan};
pub(crate) use plan::place;
#[cfg(feature = "js")]
pub(crate) use plan::{Boxes, MOST_REPOSITORIES};
pub use plan::{CheckedMethod, CheckedPlan, Method, OnUnknown, Plan, Policy};
pub use report::{
    AnswerEvent, FailureEvent, FailureReason, NextStep, Outcome, Progress, ProviderEvent, ProviderReport, Report,
    RepositoryEvent, RepositoryOutcome, RepositoryReport, RequestEvent, SentRequest, Step, StepOutcome, TokenReport,
    WaitEvent,
};

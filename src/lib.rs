//! Connects a self-managed GitLab to a [Quali Torque](https://www.qtorque.io/) space.
//!
//! The crate checks base URLs, repository URLs and tokens, builds requests to GitLab and Torque, reads their answers, and decides what
//! comes next. It has no I/O, no clock and no randomness: you send its requests with your own HTTP client.
//!
//! A repository URL is accepted only if it is inside the base URL, because the GitLab token is sent where the URL points.
//!
//! ```
//! use torque_gitlab_connect::address::{BaseUrl, RepositoryUrl};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let base: BaseUrl = "https://gitlab.example.com/".parse()?;
//! let repository = RepositoryUrl::check(Some(&base), "https://GitLab.example.com/platform/network.git")?.value;
//! assert_eq!(repository.as_str(), "https://gitlab.example.com/platform/network");
//! # Ok(())
//! # }
//! ```
//!
//! A whole job:
//!
//! ```
//! use torque_gitlab_connect::address::{BaseUrl, RepositoryUrl};
//! use torque_gitlab_connect::http::{HttpAnswer, HttpRequest};
//! use torque_gitlab_connect::onboarding::{Effect, Event, FailureReason, Method, Onboarding, Outcome, Plan, PlanRepository};
//! use torque_gitlab_connect::secret::Secret;
//!
//! // Your HTTP client and your clock.
//! fn send(request: &HttpRequest) -> Option<HttpAnswer> {
//!     println!("{} {}", request.method, request.url);
//!     None // no answer
//! }
//! let mut now = 1_795_348_800_000;
//!
//! // Check what a user typed. An error says what is wrong and, where possible, what would pass.
//! let base = BaseUrl::check("https://gitlab.example.com/").unwrap().value;
//! let issues = RepositoryUrl::check(Some(&base), "git@gitlab.example.com:platform/network.git").unwrap_err();
//! let suggestion = issues.iter().next().unwrap().suggestion.as_deref();
//! assert_eq!(suggestion, Some("https://gitlab.example.com/platform/network"));
//!
//! // Plan the job.
//! let token = Some(Secret::new("glpat-0123456789abcdefghij".to_owned()));
//! let method = Method::Provider { name: "gitlab-1".into(), base_url: base.as_str().into(), token };
//! let mut plan = Plan::new("https://portal.qtorque.io/", "Network", method);
//! plan.repositories.push(PlanRepository::new(suggestion.unwrap()));
//!
//! // Run it: do what the state machine says, and pass on what happened.
//! let mut job = Onboarding::new(&plan, now);
//! let report = loop {
//!     match job.next() {
//!         Effect::Send { id, request, .. } => job.handle(match send(&request) {
//!             Some(answer) => Event::Answer { id, answer, retry_after: None, now },
//!             None => Event::Failure { id, reason: FailureReason::Network, now },
//!         }),
//!         Effect::Wait { until } => {
//!             now = until.unwrap_or(now); // sleep until then
//!             job.handle(Event::Time { now });
//!         }
//!         Effect::Checkpoint { .. } => job.handle(Event::CheckpointStored { now }), // store it first
//!         Effect::Done { report } => break report,
//!     }
//! };
//! // GitLab could not be reached, so nothing was sent to Torque.
//! assert_eq!(report.outcome, Outcome::Failed);
//! ```
//!
//! | module | what it has |
//! | --- | --- |
//! | [`url`] | the strict reader of URLs |
//! | [`address`] | the three kinds of URL: GitLab base URL, repository URL, Torque URL |
//! | [`token`] | the text of a GitLab token, its scopes, and GitLab's answer about it |
//! | [`gitlab`] | requests to GitLab and what its answers mean |
//! | [`torque`] | requests to Torque and what its answers mean |
//! | [`onboarding`] | plan, state machine, checkpoint and report of a job |
//! | [`export`] | a plan as a curl script and as Terraform configuration |
//! | [`issue`] | what can be wrong: codes, parameters, English texts |
//! | [`input`] | plain data read as a type, with everything that is wrong with it |
//! | [`http`], [`instant`] | requests and answers as plain data; dates and times as text |
//! | [`secret`], [`server_text`] | tokens that cannot be printed; text from servers, made safe to show |
//!
//! The folder `examples` has a program for each use: checking URLs, checking a token, connecting with an HTTP client of your own, exporting.
//!
//! The feature `onboarding`, which is on by default, has the whole job: [`onboarding`], [`export`], and of [`gitlab`] projects and
//! branches. The features with `js` in their name build the npm package.

// No I/O, and no panic: bad input is an error value.
#![deny(clippy::disallowed_methods, clippy::disallowed_types)]
#![deny(clippy::expect_used, clippy::panic, clippy::print_stderr, clippy::print_stdout, clippy::unwrap_used)]
#![cfg_attr(not(feature = "onboarding"), allow(dead_code, unused_imports, reason = "a part of what only a job needs"))]

pub mod address;
#[cfg(feature = "onboarding")]
pub mod export;
pub mod gitlab;
pub mod http;
pub mod input;
pub mod instant;
mod invisible;
pub mod issue;
mod misplaced;
#[cfg(feature = "onboarding")]
mod normalization;
#[cfg(feature = "onboarding")]
pub mod onboarding;
pub mod secret;
pub mod server_text;
pub mod token;
pub mod torque;
pub mod url;
#[cfg(feature = "js-validate")]
pub mod wasm;

/// The README's example, tested.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

//! The whole job, for the driver in `pkg/src/connect.ts`: what happened goes in, what to do comes out.

use serde::Serialize;
use serde_json::Value;
use wasm_bindgen::prelude::wasm_bindgen;

use super::{
    functions::to_json,
    input::{Fields, Input, not_allowed},
    plan, read_json,
};
use crate::{
    http::HttpAnswer,
    issue::{Issue, IssueCode, Issues, UrlFault},
    onboarding::{self, Effect, Event, FailureReason, Outcome, Progress, Report},
};

/// The state machine of [`crate::onboarding`], in JSON.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Onboarding {
    state: State,
    /// What is worth knowing about the plan, on this page.
    warnings: Issues,
}

#[derive(Debug)]
enum State {
    Running(Box<onboarding::Onboarding>),
    /// Nothing is sent: the plan or the options are not valid.
    Refused(Box<Report>),
}

/// What the driver is told.
#[derive(Serialize)]
struct Turn {
    effect: Effect,
    events: Vec<Progress>,
}

#[wasm_bindgen]
impl Onboarding {
    /// Begins with `arguments`, the JSON list of plan and options; `facts` as in [`super::call`], and `now` and `chance`.
    #[wasm_bindgen(constructor)]
    #[must_use]
    pub fn new(arguments: &str, facts: &str) -> Self {
        let facts = read_json(facts);
        let parameters = ["", "options"];
        let input = Input::new(&parameters, &facts);
        let mut arguments = read_json(arguments);
        let mut arguments = Fields::of_arguments(&input, &parameters, &mut arguments);
        let concurrency = arguments.optional_object("options", read_options).flatten();
        let plan = arguments.object("", plan::read).flatten();
        if let Some(plan) = &plan {
            // Told together with what could not be read, so that one round mends everything.
            plan::pass(&arguments, plan, plan.check());
        }
        let issues = input.take_issues();
        let now = facts["now"].as_i64().unwrap_or_default();
        let Some(plan) = plan.filter(|_| !issues.has_error()) else {
            return Self { state: State::Refused(Box::new(invalid(issues, now))), warnings: Issues::new() };
        };
        let machine = onboarding::Onboarding::new(&plan, now);
        let machine = match concurrency {
            Some(concurrency) => machine.with_concurrency(concurrency),
            None => machine,
        };
        Self { state: State::Running(Box::new(machine)), warnings: issues }
    }

    /// Takes note of what happened (JSON, or empty) and says what to do next: `{ effect, events }`.
    #[must_use]
    pub fn advance(&mut self, event: &str) -> String {
        let machine = match &mut self.state {
            State::Running(machine) => machine,
            State::Refused(report) => {
                return to_json(&Turn { effect: Effect::Done { report: report.clone() }, events: Vec::new() });
            }
        };
        if let Some(event) = serde_json::from_str(event).ok().and_then(read_event) {
            machine.handle(event);
        }
        let mut effect = machine.next();
        if let Effect::Done { report } = &mut effect {
            let unknown_host = IssueCode::PortalUrl(UrlFault::UnknownHost);
            let known = |issue: &Issue| issue.code != unknown_host || self.warnings.iter().any(|known| known == issue);
            report.issues.retain(known);
        }
        to_json(&Turn { effect, events: machine.take_events() })
    }
}

fn invalid(issues: Issues, now: i64) -> Report {
    Report {
        outcome: Outcome::Invalid,
        issues,
        provider: None,
        tokens: Vec::new(),
        repositories: Vec::new(),
        next: None,
        started_at: now,
        finished_at: now,
    }
}

/// How many requests may be under way at once. What JavaScript keeps for itself is only looked at.
fn read_options(options: &mut Fields) -> Option<usize> {
    options.kept("fetch", "function");
    options.kept("signal", "AbortSignal");
    options.kept("onEvent", "function");
    let concurrency = options.count("concurrency");
    if concurrency == Some(0) {
        options.report("concurrency", not_allowed("a whole number from 1"));
    }
    concurrency.and_then(|count| usize::try_from(count).ok())
}

/// The driver's own text: `{ type, now, id?, status?, body?, retryAfter?, reason? }`.
fn read_event(event: Value) -> Option<Event> {
    let now = event["now"].as_i64()?;
    let id = || u32::try_from(event["id"].as_u64()?).ok();
    Some(match event["type"].as_str()? {
        "answer" => Event::Answer {
            id: id()?,
            answer: HttpAnswer {
                status: u16::try_from(event["status"].as_u64()?).ok()?,
                body: read_body(event["body"].as_str()?),
            },
            retry_after: event["retryAfter"].as_str().map(str::to_owned),
            now,
        },
        "failure" => {
            let is_timeout = event["reason"] == "timeout";
            Event::Failure {
                id: id()?,
                reason: if is_timeout { FailureReason::Timeout } else { FailureReason::Network },
                now,
            }
        }
        "time" => Event::Time { now },
        "abort" => Event::Abort { now },
        _ => return None,
    })
}

/// JSON where it is JSON, else the text.
fn read_body(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|_| Value::String(text.to_owned()))
}

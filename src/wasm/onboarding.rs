//! The whole job, for the driver in `pkg/src/connect.ts`: what happened goes in, what to do comes out.

use serde::Serialize;
use serde_json::Value;
use wasm_bindgen::prelude::wasm_bindgen;

use super::{
    fields::{Fields, not_allowed},
    input::Input,
    plan, read_json, tokens,
};
use crate::{
    http::{HttpAnswer, json_text},
    issue::Issues,
    onboarding::{self, CheckedPlan, Checkpoint, Effect, Event, FailureReason, Progress},
};

/// The state machine of [`crate::onboarding`], in JSON.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Onboarding {
    machine: onboarding::Onboarding,
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
        let mut fields = Fields::of_arguments(&input, &parameters, &mut arguments);
        let options = fields.optional_object("options", read_options).unwrap_or_default();
        let plan = fields.object("", plan::read).flatten();
        // Told together with what could not be read, so that one round mends everything.
        let plan = plan.and_then(|plan| plan::pass(&fields, &plan, plan.check()));
        let mut issues = input.take_issues();
        tokens::guard(&parameters, &arguments, &mut issues);
        let now = facts["now"].as_i64().unwrap_or_default();
        let machine = match plan {
            Some(plan) if !issues.has_error() => begin(plan, issues, &options, now),
            _ => onboarding::Onboarding::refused(issues, now),
        };
        Self { machine }
    }

    /// Takes note of what happened (JSON, or empty) and says what to do next: `{ effect, events }`.
    #[must_use]
    pub fn advance(&mut self, event: &str) -> String {
        if let Some(event) = read_event(&read_json(event)) {
            self.machine.handle(event);
        }
        json_text(&Turn { effect: self.machine.next(), events: self.machine.take_events() })
    }
}

/// The job, from its checkpoint if there is one.
fn begin(plan: CheckedPlan, warnings: Issues, options: &Options, now: i64) -> onboarding::Onboarding {
    let mut machine = onboarding::Onboarding::begin(plan, warnings, now);
    if let Some(stored) = &options.resume
        && let Err(issues) = Checkpoint::read(stored).and_then(|checkpoint| machine.go_on(&checkpoint.value))
    {
        return onboarding::Onboarding::refused(issues.at("resume").at("options"), now);
    }
    if let Some(concurrency) = options.concurrency {
        machine = machine.with_concurrency(concurrency);
    }
    if options.keeps_checkpoints {
        machine = machine.with_checkpoints();
    }
    machine
}

/// How the job is done.
#[derive(Default)]
struct Options {
    /// How many requests may be under way at once.
    concurrency: Option<usize>,
    keeps_checkpoints: bool,
    /// A checkpoint, as it was kept.
    resume: Option<Value>,
}

/// What JavaScript keeps for itself is only looked at.
fn read_options(options: &mut Fields) -> Options {
    options.kept("fetch", "function");
    options.kept("signal", "AbortSignal");
    options.kept("onEvent", "function");
    let keeps_checkpoints = options.kept("onCheckpoint", "function");
    let resume = options.optional_json("resume");
    let concurrency = options.count("concurrency");
    if concurrency == Some(0) {
        options.report("concurrency", not_allowed("a whole number from 1"));
    }
    let concurrency = concurrency.and_then(|count| usize::try_from(count).ok());
    Options { concurrency, keeps_checkpoints, resume }
}

/// The driver's own text: `{ type, now, id?, status?, body?, retryAfter?, reason? }`.
fn read_event(event: &Value) -> Option<Event> {
    let now = event["now"].as_i64()?;
    let id = || u32::try_from(event["id"].as_u64()?).ok();
    Some(match event["type"].as_str()? {
        "answer" => Event::Answer {
            id: id()?,
            answer: HttpAnswer::new(u16::try_from(event["status"].as_u64()?).ok()?, event["body"].as_str()?),
            retry_after: event["retryAfter"].as_str().map(str::to_owned),
            now,
        },
        "failure" => {
            let is_timeout = event["reason"].as_str() == Some("timeout");
            Event::Failure {
                id: id()?,
                reason: if is_timeout { FailureReason::Timeout } else { FailureReason::Network },
                now,
            }
        }
        "kept" => Event::Kept { now },
        "time" => Event::Time { now },
        "abort" => Event::Abort { now },
        _ => return None,
    })
}

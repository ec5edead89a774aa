//! The state machine for the driver in `pkg/src/connect.ts`, which reports what happened and asks what to do.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use tsify::Tsify;
use wasm_bindgen::{JsValue, prelude::wasm_bindgen};

use super::{answer::to_js, call::Call, plan};
use crate::{
    http::HttpAnswer,
    input::not_allowed,
    issue::Issues,
    misplaced::Tokens,
    onboarding::{self, CheckedPlan, Checkpoint, Effect, Event, FailureReason, Plan, Progress},
};

/// The state machine of one job.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Onboarding {
    machine: onboarding::Onboarding,
}

/// What the driver does next, and what it reports.
#[derive(Serialize, Tsify)]
struct Step {
    /// What to do next.
    effect: Effect,
    /// What has happened since the last time.
    #[tsify(type = "ConnectEvent[]")]
    events: Vec<Progress>,
}

/// Times are milliseconds since 1970, as JavaScript has them.
#[wasm_bindgen]
impl Onboarding {
    /// Starts a job with the plan and the options that are not the driver's own. `random_seed` is for the jitter of a plan
    /// that has no seed.
    #[wasm_bindgen(constructor)]
    #[must_use]
    pub fn new(
        #[wasm_bindgen(unchecked_param_type = "unknown")] plan: JsValue,
        #[wasm_bindgen(unchecked_param_type = "unknown")] options: JsValue,
        #[wasm_bindgen(js_name = randomSeed)] random_seed: u32,
        now: f64,
    ) -> Self {
        let (call, now) = (Call::default(), whole(now));
        let options: Option<Options> = call.argument("options", options).flatten();
        let options = options.unwrap_or_default();
        if options.concurrency == Some(0) {
            call.report(&["options", "concurrency"], not_allowed("a whole number from 1").into());
        }
        call.reading.sort_by_key();
        let plan = plan::read(&call, plan, random_seed.into());
        // Reported together with what could not be read, so that the user can fix everything at once.
        let checked = plan.and_then(|plan| {
            let mut check =
                |plan: &Plan, repositories, tokens: &Tokens| plan.check_last(repositories, tokens, &mut |_, _, _| {});
            plan::pass(&call, plan, &mut check)
        });
        let issues = call.take_issues();
        let machine = match checked {
            Some(plan) if !issues.has_error() => begin(plan, issues, &options, now),
            _ => onboarding::Onboarding::refused(issues, now),
        };
        Self { machine }
    }

    /// What to do next, and what has happened since the last time: `{ effect, events }`.
    #[wasm_bindgen(js_name = next, unchecked_return_type = "Step")]
    #[must_use]
    pub fn next_turn(&mut self) -> JsValue {
        to_js(&Step { effect: self.machine.next(), events: self.machine.take_events() })
    }

    /// An answer came.
    pub fn answer(
        &mut self,
        id: u32,
        status: u16,
        body: &str,
        #[wasm_bindgen(js_name = retryAfter)] retry_after: Option<String>,
        now: f64,
    ) {
        let answer = HttpAnswer::new(status, body);
        self.machine.handle(Event::Answer { id, answer, retry_after, now: whole(now) });
    }

    /// No answer came, or none in time.
    pub fn failure(&mut self, id: u32, #[wasm_bindgen(js_name = isTimeout)] is_timeout: bool, now: f64) {
        let reason = if is_timeout { FailureReason::Timeout } else { FailureReason::Network };
        self.machine.handle(Event::Failure { id, reason, now: whole(now) });
    }

    /// The checkpoint is stored.
    #[wasm_bindgen(js_name = checkpointStored)]
    pub fn checkpoint_stored(&mut self, now: f64) {
        self.machine.handle(Event::CheckpointStored { now: whole(now) });
    }

    /// Time has passed.
    pub fn time(&mut self, now: f64) {
        self.machine.handle(Event::Time { now: whole(now) });
    }

    /// The user wants to end it.
    pub fn abort(&mut self, now: f64) {
        self.machine.handle(Event::Abort { now: whole(now) });
    }
}

#[expect(clippy::cast_possible_truncation, reason = "fractions of a millisecond do not matter")]
fn whole(milliseconds: f64) -> i64 {
    milliseconds as i64
}

/// The job, from its checkpoint if there is one.
fn begin(plan: CheckedPlan, warnings: Issues, options: &Options, now: i64) -> onboarding::Onboarding {
    let mut machine = onboarding::Onboarding::begin(plan, warnings, now);
    if let Some(stored) = &options.resume
        && let Err(issues) = Checkpoint::read(stored).and_then(|checkpoint| machine.restore(&checkpoint.value))
    {
        return onboarding::Onboarding::refused(issues.at("resume").at("options"), now);
    }
    if let Some(concurrency) = options.concurrency {
        machine = machine.with_concurrency(usize::try_from(concurrency).unwrap_or(usize::MAX));
    }
    if options.on_checkpoint.is_some() {
        machine = machine.with_checkpoints();
    }
    machine
}

/// The options of `connect`. Those of the driver are only checked.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(dead_code, reason = "the driver has them")]
struct Options {
    fetch: Option<Function>,
    signal: Option<AbortSignal>,
    on_event: Option<Function>,
    on_checkpoint: Option<Function>,
    /// A checkpoint, as it was stored.
    resume: Option<Value>,
    /// How many requests may be in flight at once.
    concurrency: Option<u64>,
}

#[derive(Deserialize)]
#[serde(rename = "function")]
struct Function(());

#[derive(Deserialize)]
struct AbortSignal(());

//! What the state machine costs: nanoseconds for each event and bytes for each repository, as one line of JSON for each
//! size of plan.
//!
//! `cargo run --release --example onboarding_cost`
//!
//! Torque and GitLab are plain data that always say yes; only the machine's own calls are timed. The list of the space, which
//! grows with it, is told apart from the other events, by its entries.

use std::alloc::{GlobalAlloc, Layout, System};
use std::collections::VecDeque;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use torque_gitlab_connect::http::{HttpAnswer, HttpRequest};
use torque_gitlab_connect::onboarding::{Effect, Event, Method, Onboarding, Outcome, Plan, PlanRepository};
use torque_gitlab_connect::secret::Secret;

/// The ceiling for each finished repository.
const MOST_BYTES: usize = 2_048;

/// How long an answer takes, in the machine's time.
const LATENCY_MS: i64 = 300;

fn main() {
    for repositories in [10, 100, 500, 2_000] {
        for checkpoints in [false, true] {
            println!("{}", measure(repositories, checkpoints));
        }
    }
}

fn measure(repositories: usize, checkpoints: bool) -> Value {
    // The fastest of some runs: whatever else this machine did made the others slower.
    let runs = (2_000 / repositories).clamp(5, 50);
    let fastest = (0..runs)
        .map(|_| play(repositories, checkpoints, false).1)
        .min_by_key(|cost| cost.events + cost.lists)
        .unwrap_or_default();
    let nanoseconds = |time: Duration, count: usize| u64::try_from(time.as_nanos() / count as u128).unwrap_or(u64::MAX);
    let bytes = bytes_of_machine(repositories, true) / repositories;
    assert!(bytes <= MOST_BYTES, "{bytes} bytes for each of {repositories}");
    json!({
        "repositories": repositories,
        "checkpoints": checkpoints,
        "events": fastest.count,
        "nanosecondsPerEvent": nanoseconds(fastest.events, fastest.count),
        "nanosecondsPerListEntry": nanoseconds(fastest.lists, fastest.entries),
        "bytesPerFinishedRepository": bytes,
        "bytesPerRepositoryInTheReport": bytes_of_machine(repositories, false) / repositories,
    })
}

/// What the machine holds when every repository is at its end, or only when the report is made.
fn bytes_of_machine(repositories: usize, stops_before_report: bool) -> usize {
    let (machine, _) = play(repositories, false, stops_before_report);
    let before = held();
    drop(machine);
    before - held()
}

#[derive(Default)]
struct Cost {
    /// All but lists.
    events: Duration,
    count: usize,
    lists: Duration,
    entries: usize,
}

fn plan(repositories: usize) -> Plan {
    let method = Method::Provider {
        name: "gitlab-1".into(),
        base_url: "https://gitlab.example.com/".into(),
        token: Some(Secret::new("glpat-0123456789abcdefghij".into())),
    };
    let mut plan = Plan::new("https://portal.qtorque.io/", "demo", method);
    plan.torque_token = Some(Secret::new("torque-token-0123456789".into()));
    let address = |number| format!("https://gitlab.example.com/platform/services/service-{number:04}");
    plan.repositories = (0..repositories).map(|number| PlanRepository::new(&address(number))).collect();
    plan
}

/// A Torque and a GitLab that always say yes.
#[derive(Default)]
struct World {
    listed: Vec<Value>,
}

impl World {
    fn answer(&mut self, request: &HttpRequest) -> Value {
        let last = request.url.rsplit('/').next().unwrap_or_default();
        match (request.method, last) {
            (_, "self") => json!({ "id": 1, "name": "torque", "revoked": false, "active": true,
                "scopes": ["read_api", "read_repository"], "expires_at": null }),
            (_, "repository_providers") => json!("7d7d6c1e-4f5a-4b0e-9a53-0c1f2e3d4c5b"),
            (_, "gitlabEnterprise") => {
                let body: Value = serde_json::from_str(request.body.as_deref().unwrap_or_default()).unwrap_or_default();
                self.listed.push(json!({ "name": body["repository_name"], "repository_url": body["repository_url"],
                    "token": null, "branch": "main", "credential_name": "gitlab-1", "use_all_agents": true,
                    "agents": [{ "name": "agent-1", "status": "online" }], "status": "Connected", "space_name": "demo",
                    "errors": [] }));
                json!("")
            }
            (_, "repositories") => json!(self.listed),
            (_, project) => {
                json!({ "id": 7, "path_with_namespace": project.replace("%2F", "/"), "default_branch": "main" })
            }
        }
    }
}

/// Plays a plan of so many repositories to its end.
fn play(repositories: usize, checkpoints: bool, stops_before_report: bool) -> (Onboarding, Cost) {
    let plan = plan(repositories);
    let mut world = World::default();
    let mut now = 1_795_348_800_000;
    let mut cost = Cost::default();
    let mut pending: VecDeque<(i64, u32, Value)> = VecDeque::new();
    let mut machine = Onboarding::new(&plan, now);
    if checkpoints {
        machine = machine.with_checkpoints();
    }
    loop {
        let begun = Instant::now();
        let effect = machine.next();
        cost.events += begun.elapsed();
        let _ = machine.take_events();
        match effect {
            Effect::Send { id, request, .. } => pending.push_back((now + LATENCY_MS, id, world.answer(&request))),
            Effect::Checkpoint { .. } => machine.handle(Event::CheckpointStored { now }),
            Effect::Wait { until } => {
                let is_due = pending.front().is_some_and(|(at, ..)| until.is_none_or(|until| *at <= until));
                let Some((at, id, body)) = is_due.then(|| pending.pop_front()).flatten() else {
                    now = until.unwrap_or(now);
                    machine.handle(Event::Time { now });
                    continue;
                };
                now = now.max(at);
                let entries = body.as_array().map(Vec::len);
                let event =
                    Event::Answer { id, answer: HttpAnswer::new(200, &body.to_string()), retry_after: None, now };
                let begun = Instant::now();
                machine.handle(event);
                let spent = begun.elapsed();
                if let Some(entries) = entries {
                    cost.lists += spent;
                    cost.entries += entries.max(1);
                    if entries == repositories && stops_before_report {
                        return (machine, cost);
                    }
                } else {
                    cost.events += spent;
                    cost.count += 1;
                }
            }
            Effect::Done { report } => {
                assert_eq!(report.outcome, Outcome::Connected);
                return (machine, cost);
            }
        }
    }
}

/// Counts what is held.
struct Counting;

static HELD: AtomicUsize = AtomicUsize::new(0);

fn held() -> usize {
    HELD.load(Relaxed)
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

#[expect(unsafe_code, reason = "an allocator cannot be written without")]
// SAFETY: everything is passed on to the system's allocator as it comes.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        HELD.fetch_add(layout.size(), Relaxed);
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        HELD.fetch_sub(layout.size(), Relaxed);
        unsafe { System.dealloc(block, layout) }
    }
}

//! Connects repositories to a Torque space with an HTTP client of one's own: the state machine says what to send, this loop sends it.
//!
//! ```sh
//! TORQUE_TOKEN=… GITLAB_TOKEN=… cargo run --example connect -- https://portal.qtorque.io/ MySpace gitlab-1 https://gitlab.example.com/ https://gitlab.example.com/platform/network
//! ```
//!
//! One request at a time, without checkpoints. The program in `cli/` sends several at once and goes on after a crash.

mod client;

use std::error::Error;
use std::process::ExitCode;
use std::thread::sleep;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use torque_gitlab_connect::onboarding::{Effect, Event, Method, Onboarding, Outcome, Plan, PlanRepository};
use torque_gitlab_connect::secret::Secret;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("{why}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [portal_url, space, name, base_url, repositories @ ..] = &arguments[..] else {
        return Err("usage: connect PORTAL_URL SPACE PROVIDER_NAME BASE_URL REPOSITORY_URL...".into());
    };
    let token = Some(Secret::new(std::env::var("GITLAB_TOKEN")?));
    let method = Method::Provider { name: name.clone(), base_url: base_url.clone(), token };
    let mut plan = Plan::new(portal_url, space, method);
    plan.torque_token = Some(Secret::new(std::env::var("TORQUE_TOKEN")?));
    plan.repositories = repositories.iter().map(|url| PlanRepository::new(url)).collect();

    let mut job = Onboarding::new(&plan, now());
    let report = loop {
        match job.next() {
            Effect::Send { id, request, timeout_ms, most_bytes } => {
                println!("{} {}", request.method, request.url);
                let limit = Duration::from_millis(timeout_ms.unsigned_abs());
                job.handle(match client::send(&request, limit, most_bytes.into()) {
                    Ok((answer, retry_after)) => Event::Answer { id, answer, retry_after, now: now() },
                    Err(reason) => Event::Failure { id, reason, now: now() },
                });
            }
            Effect::Wait { until } => {
                let pause = until.map_or(0, |until| (until - now()).max(0));
                sleep(Duration::from_millis(pause.unsigned_abs()));
                job.handle(Event::Time { now: now() });
            }
            // A job without checkpoints has none to store.
            Effect::Checkpoint { .. } => job.handle(Event::CheckpointStored { now: now() }),
            Effect::Done { report } => break report,
        }
    };
    for line in report.lines() {
        println!("{line}");
    }
    if report.outcome == Outcome::Connected { Ok(()) } else { Err("not everything is connected".into()) }
}

/// Milliseconds since 1970.
fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    since.as_millis().try_into().unwrap_or(i64::MAX)
}

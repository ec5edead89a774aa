//! Drives the state machine: sends its requests, waits as it says, and passes on the results.

use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use tokio::sync::watch;
use tokio::task::{JoinError, JoinSet};
use tokio::time::sleep;
use torque_gitlab_connect::onboarding::{Checkpoint, Effect, Event, Onboarding, Progress, Report};

use crate::client::{Answer, Client, NoAnswer};

/// Milliseconds since 1970.
pub fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}

/// Receives what a running job reports.
pub trait Observer {
    /// Stores a checkpoint where it outlives this process. If it cannot, the job is aborted.
    fn store(&mut self, checkpoint: &Checkpoint) -> std::io::Result<()>;
    /// Shows progress.
    fn show(&mut self, progress: &Progress);
    /// Shows why no answer came to a request.
    fn show_no_answer(&mut self, id: u32, why: &str);
}

/// Runs a job to its end. When `stop` becomes true, nothing new is sent. Requests in flight end first, so that report and checkpoint
/// have their outcome.
pub async fn drive(
    mut machine: Onboarding,
    client: &Client,
    observer: &mut impl Observer,
    mut stop: watch::Receiver<bool>,
) -> Arc<Report> {
    let mut in_flight = JoinSet::new();
    let mut is_aborted = false;
    loop {
        if *stop.borrow_and_update() && !is_aborted {
            while let Some(sent) = in_flight.join_next().await {
                pass_on(&mut machine, observer, sent);
            }
            is_aborted = true;
            machine.handle(Event::Abort { now: now() });
        }
        let effect = machine.next();
        machine.take_events().iter().for_each(|progress| observer.show(progress));
        match effect {
            Effect::Send { id, request, timeout_ms, most_bytes } => {
                let client = client.clone();
                let limit = Duration::from_millis(timeout_ms.unsigned_abs());
                in_flight.spawn(async move { (id, client.send(&request, limit, most_bytes).await) });
            }
            Effect::Checkpoint { checkpoint } => match observer.store(&checkpoint) {
                Ok(()) => machine.handle(Event::CheckpointStored { now: now() }),
                Err(_) => {
                    is_aborted = true;
                    machine.handle(Event::Abort { now: now() });
                }
            },
            Effect::Wait { until } => {
                let pause = until.map(|until| Duration::from_millis(until.saturating_sub(now()).max(0).unsigned_abs()));
                tokio::select! {
                    Some(sent) = in_flight.join_next() => pass_on(&mut machine, observer, sent),
                    () = sleep(pause.unwrap_or_default()), if pause.is_some() => machine.handle(Event::Time { now: now() }),
                    Ok(()) = stop.changed(), if !is_aborted => {}
                }
            }
            Effect::Done { report } => return report,
        }
    }
}

/// The outcome of the task that sends one request.
type Sent = Result<(u32, Result<Answer, NoAnswer>), JoinError>;

fn pass_on(machine: &mut Onboarding, observer: &mut impl Observer, sent: Sent) {
    // A task fails only when this process ends.
    let Ok((id, outcome)) = sent else { return };
    machine.handle(match outcome {
        Ok(answer) => Event::Answer { id, answer: answer.answer, retry_after: answer.retry_after, now: now() },
        Err(NoAnswer { reason, text }) => {
            observer.show_no_answer(id, &text);
            Event::Failure { id, reason, now: now() }
        }
    });
}

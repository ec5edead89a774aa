//! What the state machine and its driver pass to each other.

use std::sync::Arc;

use serde::Serialize;

use super::checkpoint::Checkpoint;
use super::report::{FailureReason, Report};
use crate::http::{HttpAnswer, HttpRequest};

/// What the driver does next.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[cfg_attr(feature = "js", derive(tsify::Tsify), tsify(missing_as_null))]
pub enum Effect {
    /// Send this request, and pass on the result with this id. Then call `next` again at once: other requests may be sent at the same time.
    Send {
        /// Of this request.
        id: u32,
        /// As it stands.
        request: HttpRequest,
        /// Without an answer within this time it counts as lost.
        timeout_ms: i64,
        /// No more of the body is read.
        most_bytes: u32,
    },
    /// A `POST` is about to go out, or the job has ended and what came of its `POST`s is known: store this where it outlives a
    /// crash, then pass on [`Event::CheckpointStored`]. Only [`with_checkpoints`](super::Onboarding::with_checkpoints).
    Checkpoint {
        /// Replaces all earlier ones.
        #[cfg_attr(feature = "js", tsify(type = "Checkpoint"))]
        checkpoint: Box<Checkpoint>,
    },
    /// Nothing to send. Call `next` again after the next answer, or after [`Event::Time`] with `until`.
    Wait {
        /// Milliseconds since 1970; none when only an answer can bring something new.
        until: Option<i64>,
    },
    /// The end; every further call answers the same.
    Done {
        /// What was done.
        #[cfg_attr(feature = "js", tsify(type = "Report"))]
        report: Arc<Report>,
    },
}

/// What the driver passes on.
#[derive(Clone, Debug)]
pub enum Event {
    /// An answer came.
    Answer {
        /// Of the request.
        id: u32,
        /// No more of it than was asked for.
        answer: HttpAnswer,
        /// The text of the header `Retry-After`, where it is readable.
        retry_after: Option<String>,
        /// Milliseconds since 1970.
        now: i64,
    },
    /// No answer came, or none in time, or the request could not be sent.
    Failure {
        /// Of the request.
        id: u32,
        /// As far as the driver knows.
        reason: FailureReason,
        /// Milliseconds since 1970.
        now: i64,
    },
    /// The checkpoint is stored: the `POST` may go out, or the job is over. If it cannot be stored, pass on [`Event::Abort`].
    CheckpointStored {
        /// Milliseconds since 1970.
        now: i64,
    },
    /// Time has passed.
    Time {
        /// Milliseconds since 1970.
        now: i64,
    },
    /// The user wants to end it. Requests that are under way count as lost.
    Abort {
        /// Milliseconds since 1970.
        now: i64,
    },
}

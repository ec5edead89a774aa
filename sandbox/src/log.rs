//! One line on standard error for each request.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;

use crate::facts::Facts;
use crate::failures::InjectedNames;

/// Settings of the log of one origin.
#[derive(Debug, Clone)]
pub(crate) struct Log {
    pub(crate) origin: &'static str,
    /// Has the tokens that are hidden in paths.
    pub(crate) facts: Arc<Facts>,
}

/// A layer that writes origin, method, path, status and injected failures; never a query or a token.
pub(crate) async fn log(State(log): State<Log>, request: Request, next: Next) -> Response {
    let start = format!("{} {} {}", log.origin, request.method(), log.facts.redact(request.uri().path()));
    let answer = next.run(request).await;
    let failures =
        answer.extensions().get::<InjectedNames>().map_or(String::new(), |InjectedNames(names)| format!(" {names}"));
    eprintln!("{start} {}{failures}", answer.status().as_u16());
    answer
}

//! What the three origins share: a request is read, answered and logged in one line.

use std::future::Future;
use std::sync::Arc;

use axum::Router;
use axum::extract::{ConnectInfo, Request};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;

use crate::connection::{Cutter, End};
use crate::faults::Faulty;
use crate::http::Call;

/// One of the three origins.
pub(crate) trait Origin: Send + Sync + 'static {
    /// The name in the log.
    const NAME: &'static str;

    /// Answers a request that could be read. An answer with an [`End`] among its extensions is not sent.
    fn answer(&self, call: &Call) -> impl Future<Output = Response> + Send;

    /// Answers a request that could not be read, in the origin's own words.
    fn refuse(&self, status: StatusCode, why: &str) -> Response;

    /// Adds what every answer carries.
    fn finish(&self, head: &Head, answer: &mut Response);

    /// Takes everything secret out of a path before it is logged.
    fn redact(&self, path: &str) -> String;
}

/// What is left of a request when its answer goes out.
#[derive(Debug)]
pub(crate) struct Head {
    pub(crate) path: String,
    pub(crate) origin: Option<HeaderValue>,
}

/// Serves an origin.
pub(crate) fn router<O: Origin>(origin: Arc<O>, verbose: bool) -> Router {
    Router::new().fallback(move |request: Request| {
        let origin = Arc::clone(&origin);
        async move {
            let method = request.method().clone();
            let line = request.extensions().get::<ConnectInfo<Cutter>>().cloned();
            let head =
                Head { path: request.uri().path().to_owned(), origin: request.headers().get(header::ORIGIN).cloned() };
            let mut answer = match Call::read(request).await {
                Ok(call) => origin.answer(&call).await,
                Err((status, why)) => origin.refuse(status, why),
            };
            origin.finish(&head, &mut answer);
            if verbose {
                let faults =
                    answer.extensions().get::<Faulty>().map_or(String::new(), |Faulty(names)| format!(" {names}"));
                eprintln!("{} {method} {} {}{faults}", O::NAME, origin.redact(&head.path), answer.status().as_u16());
            }
            if let (Some(end), Some(ConnectInfo(line))) = (answer.extensions().get::<End>(), line) {
                line.cut(*end);
            }
            answer
        }
    })
}

//! The connections of the server: how many there are, for how long, and which one is closed when there are too many.
//!
//! An idle connection costs a socket and a few hundred bytes. One with a request also costs a body and an answer. So both are
//! counted separately, and idle connections never keep a request from being answered. They can only replace connections whose request
//! has not arrived yet.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::future;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Duration;

use axum::body::Body;
use axum::extract::Request;
use axum::response::Response;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::TcpStream;
use tokio::sync::{Notify, Semaphore};

/// Requests that are answered at once. A browser opens six connections to an origin, so this is enough for a few tabs.
const REQUESTS: usize = 32;
/// Connections that have not sent the head of a request. If there are more, the oldest is closed. Together with two sockets
/// for each request they are fewer than the 256 descriptors that macOS gives a process.
const WAITING: usize = 128;
/// Time limit for the head of a request. The client is on this machine.
const HEAD_TIME: Duration = Duration::from_secs(30);
/// Time limit for a connection. It is longer than head, body and Torque's answer may take together, so that it only ends connections
/// whose client does not read.
const CONNECTION_TIME: Duration = Duration::from_secs(200);

/// Serves connections with one request each.
pub struct Connections {
    requests: Arc<Semaphore>,
    waiting: Arc<Waiting>,
}

impl Default for Connections {
    fn default() -> Self {
        Self { requests: Arc::new(Semaphore::new(REQUESTS)), waiting: Arc::default() }
    }
}

impl Connections {
    /// Reads a request and sends the answer of `answer`, which gets `None` if too many requests are being answered.
    pub fn serve<A>(&self, stream: TcpStream, answer: impl Fn(Option<Request>) -> A + Send + Sync + 'static)
    where
        A: Future<Output = Response> + Send + 'static,
    {
        let (requests, waiting) = (Arc::clone(&self.requests), Arc::clone(&self.waiting));
        let must_close = waiting.join();
        tokio::spawn(async move {
            // Set when the request arrives; `None` if too many are being answered. It is released when the connection ends, after the
            // answer.
            let permit = OnceLock::new();
            let service = service_fn(|request: hyper::Request<_>| {
                waiting.leave(&must_close);
                let permit = permit.get_or_init(|| Arc::clone(&requests).try_acquire_owned().ok());
                let answered = answer(permit.is_some().then(|| request.map(Body::new)));
                async { Ok::<_, Infallible>(answered.await) }
            });
            let closed_early = async {
                must_close.notified().await;
                // Read the sockets once more. A request that has arrived is answered: the page would count a POST without an answer
                // as unknown.
                tokio::task::yield_now().await;
                if permit.get().is_some() {
                    future::pending::<()>().await;
                }
            };
            let mut server = http1::Builder::new();
            server.timer(TokioTimer::new()).header_read_timeout(HEAD_TIME).max_buf_size(64 * 1024).keep_alive(false);
            tokio::select! {
                // The connection first, so that its request is read before the connection is closed.
                biased;
                // If the connection breaks, there is nobody to answer.
                _ = server.serve_connection(TokioIo::new(stream), service) => (),
                () = closed_early => (),
                () = tokio::time::sleep(CONNECTION_TIME) => (),
            }
            waiting.leave(&must_close);
        });
    }

    /// Closes the oldest of those that have not sent the head of a request.
    pub fn close_oldest(&self) {
        close_oldest(&mut self.waiting.list());
    }
}

/// Connections that have not sent the head of a request, the oldest first.
#[derive(Default)]
struct Waiting(Mutex<VecDeque<Arc<Notify>>>);

impl Waiting {
    fn list(&self) -> MutexGuard<'_, VecDeque<Arc<Notify>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Adds one. It is notified when it must close.
    fn join(&self) -> Arc<Notify> {
        let new = Arc::new(Notify::new());
        let mut waiting = self.list();
        if waiting.len() == WAITING {
            close_oldest(&mut waiting);
        }
        waiting.push_back(Arc::clone(&new));
        new
    }

    fn leave(&self, one: &Arc<Notify>) {
        self.list().retain(|other| !Arc::ptr_eq(other, one));
    }
}

fn close_oldest(waiting: &mut VecDeque<Arc<Notify>>) {
    if let Some(oldest) = waiting.pop_front() {
        oldest.notify_one();
    }
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::TcpListener;

    use super::*;

    /// Sends these bytes on a connection that must close before they are read. Returns the answer.
    async fn answer_to(sent: &str) -> String {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let mut outside = TcpStream::connect(listener.local_addr().unwrap()).await.unwrap();
        outside.write_all(sent.as_bytes()).await.unwrap();
        let (inside, _) = listener.accept().await.unwrap();
        let connections = Connections::default();
        connections.serve(inside, |request| async move {
            tokio::task::yield_now().await;
            Response::new(Body::from(if request.is_some() { "taken" } else { "refused" }))
        });
        connections.close_oldest();
        let mut answer = Vec::new();
        // Bytes that were not read make the end of a connection an error.
        let _ = outside.read_to_end(&mut answer).await;
        String::from_utf8(answer).unwrap()
    }

    #[tokio::test]
    async fn a_request_that_has_arrived_is_answered_though_its_connection_must_close() {
        // If both are ready, their order may be random.
        for _ in 0..20 {
            assert!(answer_to("POST / HTTP/1.1\r\nhost: a\r\n\r\n").await.ends_with("\r\n\r\ntaken"));
        }
        assert_eq!(answer_to("POST / HTTP/1.1\r\nhost: a\r\n").await, "", "no request has arrived");
    }
}

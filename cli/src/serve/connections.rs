//! The connections of the server: how many, for how long, and which one goes when there are too many.
//!
//! A connection that says nothing costs a socket and a few hundred bytes, one with a request also a body and an answer. So
//! the two are counted apart: a crowd that says nothing takes no request's place. It can only close connections whose
//! request has not arrived, by being faster than their other side.

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

/// Requests that are answered at once: a browser opens six connections to one origin, and a few tabs need no more.
const REQUESTS: usize = 32;
/// Connections that have not sent the head of a request. Where more come, the oldest is closed. Together with two sockets
/// for each request they are fewer than the 256 descriptors that macOS gives a process.
const WAITING: usize = 128;
/// For the head of a request, whose sender is on this machine.
const HEAD_TIME: Duration = Duration::from_secs(30);
/// For all of a connection: longer than head, body and the answer of Torque together may take, so that it ends only those
/// whose other side does not read.
const CONNECTION_TIME: Duration = Duration::from_secs(200);

/// One request each.
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
    /// Reads a request and sends the answer of `answer`, which is given `None` where too many are answered already.
    pub fn serve<A>(&self, stream: TcpStream, answer: impl Fn(Option<Request>) -> A + Send + Sync + 'static)
    where
        A: Future<Output = Response> + Send + 'static,
    {
        let (requests, waiting) = (Arc::clone(&self.requests), Arc::clone(&self.waiting));
        let crowded_out = waiting.join();
        tokio::spawn(async move {
            // Set when the request is there: `None` where too many are answered. It is given back when the connection ends,
            // so that it lasts as long as the answer.
            let permit = OnceLock::new();
            let service = service_fn(|request: hyper::Request<_>| {
                waiting.leave(&crowded_out);
                let permit = permit.get_or_init(|| Arc::clone(&requests).try_acquire_owned().ok());
                let answered = answer(permit.is_some().then(|| request.map(Body::new)));
                async { Ok::<_, Infallible>(answered.await) }
            });
            let has_to_go = async {
                crowded_out.notified().await;
                // The sockets are looked at once more, for a request that has arrived. One that was taken is answered: the
                // page would count a POST without an answer as unknown.
                tokio::task::yield_now().await;
                if permit.get().is_some() {
                    future::pending::<()>().await;
                }
            };
            let mut server = http1::Builder::new();
            server.timer(TokioTimer::new()).header_read_timeout(HEAD_TIME).max_buf_size(64 * 1024).keep_alive(false);
            tokio::select! {
                // The connection first, so that its request is taken before it has to go.
                biased;
                // A connection that breaks is the other side's business.
                _ = server.serve_connection(TokioIo::new(stream), service) => (),
                () = has_to_go => (),
                () = tokio::time::sleep(CONNECTION_TIME) => (),
            }
            waiting.leave(&crowded_out);
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

    /// Adds one, which is notified when it has to go.
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

    /// A connection whose first bytes these are, and which has to go before they are read. Gives the answer.
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
        // Bytes that nobody read make the end of a connection an error.
        let _ = outside.read_to_end(&mut answer).await;
        String::from_utf8(answer).unwrap()
    }

    #[tokio::test]
    async fn a_request_that_has_arrived_is_answered_though_its_connection_has_to_go() {
        // Which of two that are ready comes first may be left to chance.
        for _ in 0..20 {
            assert!(answer_to("POST / HTTP/1.1\r\nhost: a\r\n\r\n").await.ends_with("\r\n\r\ntaken"));
        }
        assert_eq!(answer_to("POST / HTTP/1.1\r\nhost: a\r\n").await, "", "no request has arrived");
    }
}

//! A Torque and a GitLab to try torque-gitlab-connect against: three origins on loopback, state in memory.
//!
//! The demo and the tests use it. Nothing here calls the crate `torque-gitlab-connect`: the sandbox implements the same facts
//! independently, so it can disagree.
//!
//! ```
//! # fn main() -> std::io::Result<()> {
//! let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
//! runtime.block_on(async {
//!     let running = sandbox::start(sandbox::Options { port: 0, ..Default::default() }).await?;
//!     assert!(running.facts.gitlab.base_url.ends_with("/gitlab/"));
//!     assert!(running.facts.token("provider_good").is_some());
//!     running.shutdown().await;
//!     Ok(())
//! })
//! # }
//! ```

#![expect(clippy::result_large_err, reason = "an error is an answer")]

mod connection;
mod facts;
mod failures;
mod fixtures;
mod gitlab;
mod host;
mod http;
mod log;
mod page;
mod seed;
mod state;
mod torque;
mod variant;

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;

use axum::Router;
use axum::middleware::from_fn_with_state;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

pub use facts::{Facts, GitLabFacts, NamedFact, RepositoryFact, TokenFact, TorqueTokens};
pub use failures::Failures;

/// How a sandbox starts.
#[derive(Debug, Clone)]
pub struct Options {
    /// Port of the page; Torque and GitLab have the next two. 0 takes free ports.
    pub port: u16,
    /// Determines all tokens and ids.
    pub seed: u64,
    /// Folder with the files of the page; it need not exist.
    pub www: PathBuf,
    /// Number of the list request that first shows a new repository's result; earlier ones show `Syncing`.
    pub sync_polls: u32,
    /// Failures that are injected into requests to Torque.
    pub failures: Failures,
    /// Let Torque's administrator change the failures at `sandbox/failures`.
    pub failures_switch: bool,
    /// Log each request to standard error.
    pub verbose: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            port: 8080,
            seed: 1,
            www: PathBuf::from("www/dist"),
            sync_polls: 2,
            failures: Failures::default(),
            failures_switch: false,
            verbose: false,
        }
    }
}

/// A running sandbox. It ends when it is shut down or dropped.
#[derive(Debug)]
pub struct Running {
    /// Its URLs, tokens and repositories.
    pub facts: Facts,
    servers: Servers,
}

impl Running {
    /// Ends all three origins at once and closes open connections.
    pub async fn shutdown(self) {
        self.servers.shutdown().await;
    }
}

/// Servers that end when this is dropped.
#[derive(Debug)]
pub(crate) struct Servers(Vec<JoinHandle<()>>);

impl Servers {
    async fn shutdown(mut self) {
        for server in std::mem::take(&mut self.0) {
            server.abort();
            // The only outcome is "cancelled".
            let _ = server.await;
        }
    }
}

impl Drop for Servers {
    fn drop(&mut self) {
        for server in &self.0 {
            server.abort();
        }
    }
}

/// Starts the three origins on 127.0.0.1, inside the current tokio runtime.
///
/// # Errors
///
/// An error that names the port, if it is in use.
pub async fn start(options: Options) -> io::Result<Running> {
    let mut listeners = Vec::new();
    for (offset, origin) in (0..).zip(["page", "Torque", "GitLab"]) {
        let port = if options.port == 0 { 0 } else { options.port.saturating_add(offset) };
        listeners.push(listen(port, origin).await?);
    }
    let [page, torque, gitlab] =
        <[TcpListener; 3]>::try_from(listeners).map_err(|_| io::Error::other("there must be three listeners"))?;

    let seed = seed::Seed(options.seed);
    let state = Arc::new(fixtures::state(seed, origin(&gitlab)?));
    let mut facts = torque::facts(seed, &state, &origin(&page)?, &origin(&torque)?);
    facts.failures = options.failures_switch.then(|| format!("{}sandbox/failures", facts.torque));
    let shared = Arc::new(facts.clone());
    let torque_server =
        torque::Torque::new(seed, Arc::clone(&shared), Arc::clone(&state), options.sync_polls, options.failures);
    let serve = |listener, origin, mut router: Router| {
        if options.verbose {
            let log = log::Log { origin, facts: Arc::clone(&shared) };
            router = router.layer(from_fn_with_state(log, log::log));
        }
        serve(listener, router)
    };
    let servers = vec![
        serve(page, "page", page::router(&options.www, Arc::clone(&shared))),
        serve(torque, "torque", torque::router(torque_server)),
        serve(gitlab, "gitlab", host::router(&state)),
    ];
    Ok(Running { facts, servers: Servers(servers) })
}

async fn listen(port: u16, origin: &str) -> io::Result<TcpListener> {
    TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port))).await.map_err(|error| {
        let text =
            format!("port {port} of 127.0.0.1 cannot be used for the {origin} ({error}): choose another --port, or 0");
        io::Error::new(error.kind(), text)
    })
}

fn origin(listener: &TcpListener) -> io::Result<String> {
    Ok(format!("http://{}/", listener.local_addr()?))
}

fn serve(listener: TcpListener, router: Router) -> JoinHandle<()> {
    tokio::spawn(async move {
        // Ends only with the task: axum continues after errors of single connections.
        let service = router.into_make_service_with_connect_info::<connection::Cutter>();
        let _ = axum::serve(connection::Connections(listener), service).await;
    })
}

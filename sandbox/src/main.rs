//! The command `sandbox`: starts the three origins and prints their URLs, tokens and repositories.

use std::io::{IsTerminal, Read, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use sandbox::{Failures, Options, start};

/// A Torque and a GitLab to try torque-gitlab-connect against, and the page, on this machine only.
#[derive(Debug, Parser)]
#[command(name = "sandbox", version)]
struct Flags {
    /// Port of the page; Torque has the next one, GitLab the one after. 0 selects free ports
    #[arg(long, value_name = "N", default_value_t = 8080, value_parser = clap::value_parser!(u16).range(0..=65533))]
    port: u16,
    /// Determines all tokens and ids: the same number gives the same sandbox
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// Files of the page
    #[arg(long, value_name = "DIR", default_value = "www/dist")]
    www: PathBuf,
    /// Number of the list request that first shows a new repository's result; earlier ones show `Syncing`
    #[arg(long, value_name = "N", default_value_t = 2)]
    sync_polls: u32,
    /// Failures of requests to Torque: FAILURE[=NUMBER][:ENDPOINT]:OFTEN, separated by commas; see README.md
    #[arg(long, value_name = "SPEC")]
    failures: Option<Failures>,
    /// Let tests change the failures while it runs, by POST to Torque's /sandbox/failures
    #[arg(long)]
    failures_switch: bool,
    /// Print one line of JSON instead of the table
    #[arg(long)]
    json: bool,
    /// Print one line on standard error for each request: origin, method, path, status, failures
    #[arg(long)]
    verbose: bool,
    /// End when standard input closes, so that the sandbox ends with the test that started it
    #[arg(long)]
    until_stdin_closes: bool,
}

fn main() -> ExitCode {
    let flags = Flags::parse();
    let outcome = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .and_then(|runtime| runtime.block_on(run(&flags)));
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("sandbox: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(flags: &Flags) -> std::io::Result<()> {
    // Before anything is printed: a program that reads the facts may end this process at once.
    let ended = ended(flags.until_stdin_closes)?;
    let running = start(Options {
        port: flags.port,
        seed: flags.seed,
        www: flags.www.clone(),
        sync_polls: flags.sync_polls,
        failures: flags.failures.clone().unwrap_or_default(),
        failures_switch: flags.failures_switch,
        verbose: flags.verbose,
    })
    .await?;
    print(&if flags.json { format!("{}\n", running.facts.to_json()) } else { running.facts.to_string() })?;
    ended.await;
    running.shutdown().await;
    Ok(())
}

fn print(text: &str) -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()
}

/// Resolves on Ctrl-C, on SIGTERM and, if `until_stdin_closes`, when standard input closes.
fn ended(until_stdin_closes: bool) -> std::io::Result<impl Future<Output = ()>> {
    let (closed, stdin_closed) = tokio::sync::oneshot::channel();
    let watched = until_stdin_closes && !std::io::stdin().is_terminal();
    if watched {
        // In a separate thread: reading tokio's standard input would keep the runtime from ending.
        std::thread::spawn(move || {
            let mut ignored = [0; 1024];
            let mut stdin = std::io::stdin().lock();
            while matches!(stdin.read(&mut ignored), Ok(read) if read > 0) {}
            let _ = closed.send(());
        });
    }
    #[cfg(unix)]
    let mut terminated = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())?;
    #[cfg(unix)]
    let mut interrupted = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::interrupt())?;
    Ok(async move {
        let stdin_end = async {
            match stdin_closed.await {
                Ok(()) => (),
                Err(_) => std::future::pending().await,
            }
        };
        #[cfg(unix)]
        let signal = async {
            tokio::select! { _ = terminated.recv() => (), _ = interrupted.recv() => () }
        };
        #[cfg(not(unix))]
        let signal = async {
            let _ = tokio::signal::ctrl_c().await;
        };
        tokio::select! { () = stdin_end => (), () = signal => () }
    })
}

//! The program `torque-gitlab-connect`: the crate used natively, from a terminal or a pipeline.

use std::process::{ExitCode, Termination};

use clap::{CommandFactory, Parser};

use crate::args::{Arguments, Command};
use crate::failure::{Context, Exit, Result};

mod args;
mod check;
mod client;
mod connect;
mod driver;
mod export;
mod failure;
mod json;
mod messages;
mod output;
mod plan;
mod secrets;
mod serve;
mod style;
mod token;
mod whole_file;

fn main() -> ExitCode {
    secrets::forbid_core_dumps();
    // What reqwest takes as the process's cryptography. It is the first to be installed, so it cannot be refused.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let arguments: Vec<String> = std::env::args_os().map(|argument| argument.to_string_lossy().into_owned()).collect();
    match run(&arguments) {
        Ok(exit) => exit.report(),
        Err(failure) => {
            output::say(&failure);
            // What cannot be printed there is said above.
            if arguments.iter().any(|argument| argument == "--json") {
                let _ = output::print_json_line(&failure);
            }
            failure.exit.report()
        }
    }
}

fn run(arguments: &[String]) -> Result<Exit> {
    // Before clap, whose messages repeat what they do not understand.
    secrets::refuse_urls_in_variables()?;
    secrets::refuse_in_arguments(arguments)?;
    let arguments = match Arguments::try_parse() {
        Err(help) if !help.use_stderr() => help.exit(),
        parsed => parsed?,
    };
    match arguments.command {
        Command::Serve(options) => serve::serve(&options),
        Command::Check(options) => check::check(&options),
        Command::Token(options) => token::token(&options),
        Command::Connect(options) => connect::connect(&options),
        Command::Export(options) => export::export(&options),
        Command::Completions { shell } => {
            let mut text = Vec::new();
            clap_complete::generate(shell, &mut Arguments::command(), "torque-gitlab-connect", &mut text);
            output::print(&String::from_utf8_lossy(&text)).map(|()| Exit::Good)
        }
        Command::Man { folder } => {
            let what = format!("write the man pages into {}", folder.display());
            clap_mangen::generate_to(Arguments::command(), &folder).context(what).map(|()| Exit::Good)
        }
    }
}

/// The one thread that sends and waits.
fn runtime() -> Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_current_thread().enable_all().build().context("start")
}

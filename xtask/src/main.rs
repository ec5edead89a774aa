//! The commands of this repository. `cargo xtask` alone explains them.

use std::process::ExitCode;

use clap::{Parser, Subcommand};

#[expect(dead_code, reason = "the tests will use the rest")]
mod build;
#[expect(dead_code, reason = "the tests will use the rest")]
mod setup;
#[expect(dead_code, reason = "the tests will use the rest")]
mod step;

/// The commands of this repository. Each sets up what it lacks, once, and shows what it does.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", arg_required_else_help = true)]
struct Arguments {
    #[command(subcommand)]
    command: Task,
}

#[derive(Debug, Subcommand)]
enum Task {
    /// Builds the wasm and the npm package, ready to import at pkg/, and the page at www/dist/
    Build,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let outcome = setup::Places::find().and_then(|places| match arguments.command {
        Task::Build => build::build(&places),
    });
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failed) => {
            // A failed step has said what is to be said.
            if !failed.message.is_empty() {
                eprintln!("{failed}");
            }
            ExitCode::FAILURE
        }
    }
}

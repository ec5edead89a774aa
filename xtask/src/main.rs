//! The commands of this repository. `cargo xtask` alone explains them.

use std::process::ExitCode;

use clap::{Parser, Subcommand};

mod build;
mod demo;
mod setup;
mod sizes;
mod step;
mod test;

/// The commands of this repository. Each sets up what it lacks, once, and shows what it does.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", arg_required_else_help = true)]
struct Arguments {
    #[command(subcommand)]
    command: Task,
}

#[derive(Debug, Subcommand)]
enum Task {
    /// Starts a sandbox (a Torque and a GitLab on this machine) with the page, and prints the address
    Demo {
        /// Does the main job once through the npm package, without a person, and exits 0 or 1
        #[arg(long, conflicts_with_all = ["port", "seed"])]
        check: bool,
        /// Port of the page; the sandbox's Torque and GitLab have the next two [default: 8080, or free ones]
        #[arg(long, value_name = "N")]
        port: Option<u16>,
        /// The same number gives the same tokens and ids
        #[arg(long, value_name = "N", default_value_t = 1)]
        seed: u64,
    },
    /// Runs every check and test there is
    Test {
        /// Leaves out what needs a browser
        #[arg(long)]
        quick: bool,
    },
    /// Builds the wasm and the npm package, ready to import at pkg/, and the page at www/dist/
    Build,
    /// Prints what a user downloads, in bytes
    Bench,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let outcome = setup::Places::find().and_then(|places| match arguments.command {
        Task::Demo { check: true, .. } => demo::check(&places),
        Task::Demo { port, seed, .. } => demo::demo(&places, port, seed),
        Task::Test { quick } => test::test(&places, quick),
        Task::Build => build::build(&places),
        Task::Bench => build::build(&places).and_then(|()| sizes::print(&places)),
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

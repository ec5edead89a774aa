//! The commands of this repository. `cargo xtask` alone explains them.

use std::process::ExitCode;

use clap::{Parser, Subcommand};

mod bench;
mod build;
mod checks;
mod consumers;
mod demo;
mod documents;
mod engines;
mod files;
mod proofs;
mod release;
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
    /// Serves the demo and builds again what is changed meanwhile
    Watch {
        /// Port of the page; the sandbox's Torque and GitLab have the next two [default: 8080, or free ones]
        #[arg(long, value_name = "N")]
        port: Option<u16>,
        /// The same number gives the same tokens and ids
        #[arg(long, value_name = "N", default_value_t = 1)]
        seed: u64,
    },
    /// Builds what is published, checks it, and shows what is in it; the workflow publishes
    Release {
        /// The version need not be ready: its changes may still be unreleased, its repository unnamed
        #[arg(long)]
        dry_run: bool,
    },
    /// Runs every check and test there is
    Test {
        /// Leaves out what needs a browser or another's program
        #[arg(long)]
        quick: bool,
    },
    /// Runs only those tests that use the packed npm package from outside: bundlers, runtimes, form libraries
    Consumers,
    /// Runs only the tests in browsers
    Browsers {
        /// Only in this one
        engine: Option<engines::Engine>,
    },
    /// Builds the wasm and the npm package, ready to import at pkg/, and the page at www/dist/
    Build,
    /// Builds the pages about the Rust crates and the npm package
    Docs,
    /// Tells how much of the core the Rust tests run, and writes target/llvm-cov/html/
    Coverage,
    /// Writes down the public TypeScript surface anew, into docs/api/
    Api,
    /// Measures bytes, times and memory beside peers, in one run; writes target/bench.json and two plots beside it, and with
    /// UPDATE=1 the tables and plots of docs/benchmarks.md
    Bench,
    /// Walks every string of dangerous characters up to a length through the containment check, and asks git about many
    Exhaust {
        /// Longest string; each character more takes about 22 times as long
        #[arg(long, value_name = "N", default_value_t = 5)]
        length: u8,
    },
    /// Runs the onboarding's state machine against a model of Torque with random faults
    Simulate {
        /// How many runs, each with a seed of its own
        #[arg(long, value_name = "N", default_value_t = 100_000)]
        runs: u32,
        /// Break each rule once, in a copy, and see the simulation notice; takes some minutes
        #[arg(long, conflicts_with = "runs")]
        broken_rules: bool,
    },
    /// Takes a picture of the page in each of its states, into target/screenshots/
    Screenshots {
        /// Only those whose file names fit this regular expression
        pattern: Option<String>,
    },
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let outcome = setup::Places::find().and_then(|places| match arguments.command {
        Task::Demo { check: true, .. } => demo::check(&places),
        Task::Demo { port, seed, .. } => demo::demo(&places, port, seed),
        Task::Watch { port, seed } => demo::watch(&places, port, seed),
        Task::Test { quick } => test::test(&places, quick),
        Task::Consumers => test::test_consumers(&places),
        Task::Browsers { engine } => test::test_browsers(&places, engine),
        Task::Release { dry_run } => release::release(&places, dry_run),
        Task::Build => build::build(&places),
        Task::Coverage => test::coverage(&places),
        Task::Docs => documents::docs(&places),
        Task::Api => documents::api(&places),
        Task::Exhaust { length } => proofs::exhaust(&places, length),
        Task::Simulate { broken_rules: true, .. } => proofs::simulate_broken_rules(&places),
        Task::Simulate { runs, .. } => proofs::simulate(&places, runs),
        Task::Bench => bench::bench(&places),
        Task::Screenshots { pattern } => documents::screenshots(&places, pattern.as_deref()),
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

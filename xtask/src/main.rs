//! The commands of this repository. `cargo xtask` lists them.

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
mod program;
mod proofs;
mod release;
mod setup;
mod sizes;
mod step;
mod test;

/// The commands of this repository. Each installs what it needs, once, and prints what it does.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", arg_required_else_help = true)]
struct Arguments {
    #[command(subcommand)]
    command: Task,
}

#[derive(Debug, Subcommand)]
enum Task {
    /// Serve the page with a sandbox: a Torque and a GitLab on this machine
    Demo {
        /// Connect once, unattended; exit with 0 or 1
        #[arg(long, conflicts_with_all = ["port", "seed"])]
        check: bool,
        /// Port of the page; the sandbox's Torque and GitLab have the next two [default: 8080, or free ones]
        #[arg(long, value_name = "N")]
        port: Option<u16>,
        /// Determines tokens and ids: the same number gives the same ones
        #[arg(long, value_name = "N", default_value_t = 1)]
        seed: u64,
    },
    /// Serve the demo and rebuild what you change
    Watch {
        /// Port of the page; the sandbox's Torque and GitLab have the next two [default: 8080, or free ones]
        #[arg(long, value_name = "N")]
        port: Option<u16>,
        /// Determines tokens and ids: the same number gives the same ones
        #[arg(long, value_name = "N", default_value_t = 1)]
        seed: u64,
    },
    /// Build what is published, check it, and list its files; the workflow publishes it
    Release {
        /// Accept an unreleased changelog and a missing `repository`; also build the program for other systems
        #[arg(long)]
        dry_run: bool,
    },
    /// Build the program for administrators for a target, run it, and pack it into target/publish/
    Program {
        /// Such as x86_64-unknown-linux-musl
        target: String,
    },
    /// Run every check and test
    Test {
        /// Skip tests that need browsers or third-party tools
        #[arg(long)]
        quick: bool,
    },
    /// Test the packed npm package in bundlers, runtimes and form libraries
    Consumers,
    /// Run only the tests in browsers
    Browsers {
        /// Only in this one
        engine: Option<engines::Engine>,
    },
    /// Build the wasm, the npm package in pkg/, the page in www/dist/ and the examples
    Build,
    /// Build the API documentation of the crates and the npm package
    Docs,
    /// Measure which code of the core the Rust tests run; write target/llvm-cov/html/
    Coverage,
    /// Regenerate the public TypeScript API report in docs/api/
    Api,
    /// Measure sizes, times and memory, and those of comparable packages, in about ten minutes; write target/bench.json and two
    /// plots, and with UPDATE=1 the tables and plots of docs/benchmarks.md
    Bench {
        /// Take two minutes: fewer rounds, no browsers, no list over 100,000
        #[arg(long)]
        quick: bool,
    },
    /// Test containment with every string of dangerous characters up to a length, and compare with git
    Exhaust {
        /// Longest string; each further character takes about 22 times as long
        #[arg(long, value_name = "N", default_value_t = 5)]
        length: u8,
    },
    /// Test the state machine against a model of Torque with random failures
    Simulate {
        /// Number of runs, each with its own seed
        #[arg(long, value_name = "N", default_value_t = 100_000)]
        runs: u32,
    },
    /// Change one expression of the state machine at a time and expect its tests to fail; takes about two hours
    Mutants {
        /// Options of cargo-mutants, such as `--re list.rs` or `--shard 0/8`
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        options: Vec<String>,
    },
    /// Save a screenshot of each state of the page in target/screenshots/
    Screenshots {
        /// Only those whose file names match this regular expression
        pattern: Option<String>,
    },
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let outcome = setup::Workspace::find().and_then(|workspace| match arguments.command {
        Task::Demo { check: true, .. } => demo::check(&workspace),
        Task::Demo { port, seed, .. } => demo::demo(&workspace, port, seed),
        Task::Watch { port, seed } => demo::watch(&workspace, port, seed),
        Task::Test { quick } => test::test(&workspace, quick),
        Task::Consumers => test::test_consumers(&workspace),
        Task::Browsers { engine } => test::test_browsers(&workspace, engine),
        Task::Release { dry_run } => release::release(&workspace, dry_run),
        Task::Program { target } => program::program(&workspace, &target),
        Task::Build => build::build(&workspace),
        Task::Coverage => test::coverage(&workspace),
        Task::Docs => documents::docs(&workspace),
        Task::Api => documents::api(&workspace),
        Task::Exhaust { length } => proofs::exhaust(&workspace, length),
        Task::Simulate { runs } => proofs::simulate(&workspace, runs),
        Task::Mutants { options } => proofs::mutants(&workspace, &options),
        Task::Bench { quick } => bench::bench(&workspace, quick),
        Task::Screenshots { pattern } => documents::screenshots(&workspace, pattern.as_deref()),
    });
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failed) => {
            // A failed step has already printed why.
            if !failed.message.is_empty() {
                eprintln!("{failed}");
            }
            ExitCode::FAILURE
        }
    }
}

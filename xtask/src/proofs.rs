//! Tests whose length the user chooses. `cargo xtask test` runs a part of each.

use crate::setup::Workspace;
use crate::step::{Context, Failed, Program, Result, Step};

/// Tests containment with every string up to `length` at every place of a URL, and compares 20,000 mutations with git.
pub fn exhaust(workspace: &Workspace, length: u8) -> Result<()> {
    let program = test(workspace, &["containment", "differential"]).env("EXHAUST_LENGTH", length.to_string());
    show(&format!("containment, every string of up to {length} characters"), &program)
}

/// Runs the state machine `runs` times, each time with other failures.
pub fn simulate(workspace: &Workspace, runs: u32) -> Result<()> {
    let program = test(workspace, &["onboarding"]).env("SIMULATION_RUNS", runs.to_string());
    show(&format!("onboarding, {runs} simulated runs"), &program)
}

/// The version of cargo-mutants.
const CARGO_MUTANTS: &str = "27.1.0";

/// Changes one expression of the state machine at a time, as `.cargo/mutants.toml` says, and expects its tests to fail.
pub fn mutants(workspace: &Workspace, arguments: &[String]) -> Result<()> {
    let programs = workspace.cargo_tool("cargo-mutants", CARGO_MUTANTS, &["cargo-mutants"])?;
    let program =
        workspace.program(programs.join("cargo-mutants")).args(["mutants", "--output"]).arg(&workspace.target);
    let program = program.args(arguments);
    // It prints its own progress.
    let status = program.command().status().context(format!("run {program}"))?;
    if status.success() { Ok(()) } else { Err(Failed::new(format!("this command failed: {program}"))) }
}

/// Runs tests of the core, optimised, with their output.
fn test(workspace: &Workspace, files: &[&str]) -> Program {
    let files = files.iter().flat_map(|file| ["--test", file]);
    workspace.program("cargo").args(["test", "--release"]).args(files).args(["--", "--nocapture"])
}

fn show(title: &str, program: &Program) -> Result<()> {
    let output = Step::of(title, |step| step.run(program))?;
    println!("{}", output.trim());
    Ok(())
}

//! The proofs that take longer than a test may; `cargo xtask test` runs a part of each.

use crate::setup::Places;
use crate::step::{Program, Result, Step};

/// Every string up to `length` at every place of a URL, and twenty thousand mutations that git judges too.
pub fn exhaust(places: &Places, length: u8) -> Result<()> {
    let program = test(places, &["containment", "differential"]).env("EXHAUST_LENGTH", length.to_string());
    show(&format!("containment, every string of up to {length} characters"), &program)
}

/// So many runs of the state machine, each with faults of its own.
pub fn simulate(places: &Places, runs: u32) -> Result<()> {
    let program = test(places, &["onboarding"]).env("SIMULATION_RUNS", runs.to_string());
    show(&format!("onboarding, {runs} simulated runs"), &program)
}

/// Tests of the core, compiled for speed, with what they print.
fn test(places: &Places, files: &[&str]) -> Program {
    let files = files.iter().flat_map(|file| ["--test", file]);
    places.program("cargo").args(["test", "--release"]).args(files).args(["--", "--nocapture"])
}

fn show(title: &str, program: &Program) -> Result<()> {
    let output = Step::of(title, |step| step.run(program))?;
    println!("{}", output.trim());
    Ok(())
}

//! Tests that run for as long as you like; `cargo xtask test` runs a part of each.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::files::copy_crate;
use crate::setup::Workspace;
use crate::step::{Context, Failed, Program, Result, Step};

/// Every string up to `length` at every place of a URL, and twenty thousand mutations that git reads, too.
pub fn exhaust(workspace: &Workspace, length: u8) -> Result<()> {
    let program = test(workspace, &["containment", "differential"]).env("EXHAUST_LENGTH", length.to_string());
    show(&format!("containment, every string of up to {length} characters"), &program)
}

/// So many runs of the state machine, each with its own failures.
pub fn simulate(workspace: &Workspace, runs: u32) -> Result<()> {
    let program = test(workspace, &["onboarding"]).env("SIMULATION_RUNS", runs.to_string());
    show(&format!("onboarding, {runs} simulated runs"), &program)
}

/// Applies each mutation of `tests/onboarding/mutations.json` to a copy and expects the simulation to fail: within five thousand
/// runs, or as many as the mutation says.
pub fn simulate_mutations(workspace: &Workspace) -> Result<()> {
    let table =
        fs::read_to_string(workspace.root.join("tests/onboarding/mutations.json")).context("read the mutations")?;
    let mutations: Vec<Value> =
        serde_json::from_str(&table).map_err(|error| Failed::new(format!("the mutations: {error}")))?;
    let copy = workspace.root.join("target/mutations");
    let mut unnoticed = Vec::new();
    for mutation in &mutations {
        let part = |key: &str| mutation[key].as_str().unwrap_or_default();
        copy_crate(&workspace.root, &copy, &["src", "tests/onboarding"])?;
        let file = copy.join(part("file"));
        let text = fs::read_to_string(&file).context(format!("read {}", file.display()))?;
        if text.matches(part("from")).count() != 1 {
            return Err(Failed::new(format!("`{}` is not once in {}", part("from"), part("file"))));
        }
        fs::write(&file, text.replace(part("from"), part("to"))).context(format!("write {}", file.display()))?;
        let runs = mutation["runs"].as_u64().unwrap_or(FEW_RUNS);
        match notice(&copy, runs)? {
            Some(told) => println!("✓ {}\n    {told}", part("rule")),
            None => {
                println!("✗ {}\n    not noticed in {runs} runs", part("rule"));
                unnoticed.push(part("rule"));
            }
        }
    }
    if unnoticed.is_empty() {
        println!("{} mutations, all noticed", mutations.len());
        return Ok(());
    }
    Err(Failed::new(format!("not noticed:\n{}", unnoticed.join("\n"))))
}

/// Most mutations are noticed in the first hundred.
const FEW_RUNS: u64 = 5_000;

/// The first seed for which the simulation fails in the copy, and why; none if it passes.
fn notice(copy: &Path, runs: u64) -> Result<Option<String>> {
    // For many runs an optimised build is faster in all.
    let profile = if runs > FEW_RUNS { "--release" } else { "--quiet" };
    let test = Program::new("cargo", copy).args(["test", profile, "--test", "onboarding"]);
    test.clone().arg("--no-run").ask()?;
    let program = test
        .args(["the_rules_hold", "--", "--nocapture"])
        .env("SIMULATION_RUNS", runs.to_string())
        .env("RUST_BACKTRACE", "0");
    let output = program.command().output().context(format!("run {program}"))?;
    if output.status.success() {
        return Ok(None);
    }
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    let seed = out.lines().find_map(|line| line.strip_prefix("seed ")?.split(';').next()).unwrap_or("?");
    let why = err.lines().skip_while(|line| !line.contains("panicked at")).nth(1).unwrap_or("?");
    Ok(Some(format!("seed {seed}: {}", why.chars().take(100).collect::<String>())))
}

/// Tests of the core, optimised, with their output.
fn test(workspace: &Workspace, files: &[&str]) -> Program {
    let files = files.iter().flat_map(|file| ["--test", file]);
    workspace.program("cargo").args(["test", "--release"]).args(files).args(["--", "--nocapture"])
}

fn show(title: &str, program: &Program) -> Result<()> {
    let output = Step::of(title, |step| step.run(program))?;
    println!("{}", output.trim());
    Ok(())
}

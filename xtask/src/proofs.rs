//! The proofs that take longer than a test may; `cargo xtask test` runs a part of each.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::files::copy_crate;
use crate::setup::Places;
use crate::step::{Context, Failed, Program, Result, Step};

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

/// Breaks each rule of `tests/onboarding/broken-rules.json` once, in a copy, and sees the simulation notice: in five thousand
/// runs, or in as many as the rule says.
pub fn simulate_broken_rules(places: &Places) -> Result<()> {
    let table = fs::read_to_string(places.root.join("tests/onboarding/broken-rules.json")).cannot("read the rules")?;
    let rules: Vec<Value> = serde_json::from_str(&table).map_err(|error| Failed::new(format!("the rules: {error}")))?;
    let copy = places.root.join("target/broken-rules");
    let mut unnoticed = Vec::new();
    for rule in &rules {
        let part = |key: &str| rule[key].as_str().unwrap_or_default();
        copy_crate(&places.root, &copy, &["src", "tests/onboarding"])?;
        let file = copy.join(part("file"));
        let text = fs::read_to_string(&file).cannot(format!("read {}", file.display()))?;
        if text.matches(part("from")).count() != 1 {
            return Err(Failed::new(format!("`{}` does not stand once in {}", part("from"), part("file"))));
        }
        fs::write(&file, text.replace(part("from"), part("to"))).cannot(format!("write {}", file.display()))?;
        let runs = rule["runs"].as_u64().unwrap_or(FEW_RUNS);
        match notice(&copy, runs)? {
            Some(told) => println!("✓ {}\n    {told}", part("rule")),
            None => {
                println!("✗ {}\n    {runs} runs notice nothing", part("rule"));
                unnoticed.push(part("rule"));
            }
        }
    }
    if unnoticed.is_empty() {
        println!("{} rules, each broken once, each noticed", rules.len());
        return Ok(());
    }
    Err(Failed::new(format!("broken and not noticed:\n{}", unnoticed.join("\n"))))
}

/// Most rules are missed in the first hundred.
const FEW_RUNS: u64 = 5_000;

/// What the simulation says about the copy, if something: the first seed that fails, and why.
fn notice(copy: &Path, runs: u64) -> Result<Option<String>> {
    // Many runs are worth the time that it takes to compile them for speed.
    let profile = if runs > FEW_RUNS { "--release" } else { "--quiet" };
    let test = Program::new("cargo", copy).args(["test", profile, "--test", "onboarding"]);
    test.clone().arg("--no-run").ask()?;
    let program = test
        .args(["the_rules_hold", "--", "--nocapture"])
        .env("SIMULATION_RUNS", runs.to_string())
        .env("RUST_BACKTRACE", "0");
    let output = program.command().output().cannot(format!("run {program}"))?;
    if output.status.success() {
        return Ok(None);
    }
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    let seed = out.lines().find_map(|line| line.strip_prefix("seed ")?.split(';').next()).unwrap_or("?");
    let why = err.lines().skip_while(|line| !line.contains("panicked at")).nth(1).unwrap_or("?");
    Ok(Some(format!("seed {seed}: {}", why.chars().take(100).collect::<String>())))
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

//! Runs every check and test, and counts them.

use std::fs;
use std::path::Path;

use crate::build::{build, build_cli, build_sandbox};
use crate::checks;
use crate::consumers;
use crate::demo;
use crate::engines::{Browser, Engine};
use crate::files::files_below;
use crate::setup::{WASM, Workspace};
use crate::sizes;
use crate::step::{Context, Failed, Program, Result, Step};

/// The crate of the program for administrators.
const PROGRAM: &str = "torque-gitlab-connect-cli";

/// Runs all checks and tests; with `quick`, without those that need browsers or third-party tools.
pub fn test(workspace: &Workspace, quick: bool) -> Result<()> {
    workspace.rust_checkers()?;
    workspace.rust()?;
    workspace.shells()?;
    workspace.node()?;
    let checkers = workspace.checkers()?;

    let mut tally = Tally::default();
    let cargo = |words: &[&str]| workspace.program("cargo").args(words);

    for (title, programs) in checks::of_sources(workspace, &checkers) {
        tally.run(title, &programs);
    }
    tally.run("Rust tests", &[cargo(&["test", "--workspace", "--exclude", PROGRAM, "--no-fail-fast"])]);
    tally.run("Rust tests with the feature js", &[cargo(&["test", "--lib", "--features", "js"])]);

    if let Err(failed) = build(workspace).and_then(|()| build_sandbox(workspace)).and_then(|()| build_cli(workspace)) {
        // The other tests need the build. The reason was printed.
        tally.failed += 1;
        tally.failures.push("build".to_owned());
        return tally.verdict(Some(failed));
    }
    for (title, programs) in checks::of_the_package(workspace) {
        tally.run(title, &programs);
    }
    tally.work("no path of this machine in wasm and package", |_| checks::no_private_path(workspace));
    tally.work("sizes below their ceilings", |step| sizes::check(workspace, step));
    tally.work("wasm tests in Node.js", |step| step.run(&wasm_tests(workspace)?));
    tally.work("npm package tests in Node.js", |step| node_tests(workspace, step, "package", None));
    // After the build, because the program contains the page.
    tally.run("program", &[cargo(&["test", "--package", PROGRAM, "--no-fail-fast"])]);
    tally.run("demo --check", &[demo::main_job(workspace)]);

    if !quick {
        match checks::of_advisories(workspace, &checkers) {
            Some((title, programs)) => tally.run(title, &programs),
            None => println!("- known vulnerabilities of crates: not checked, because their list cannot be reached"),
        }
        tally.work("third-party clients with the sandbox", |step| node_tests(workspace, step, "clients", None));
        in_browsers(workspace, &mut tally, Engine::all());
        let chromium = workspace.browser(Engine::Chromium)?;
        let consumers = consumers::prepare(workspace)?;
        tally.work("npm package in bundlers and runtimes", |step| consumers.test(step, &chromium));
        let backstage = consumers::prepare_backstage(workspace)?;
        tally.work("npm package in Backstage", |step| backstage.test(step, &chromium));
    }
    tally.verdict(None)
}

/// Runs only the tests in browsers, in one of them or in all.
pub fn test_browsers(workspace: &Workspace, engine: Option<Engine>) -> Result<()> {
    build(workspace)?;
    build_sandbox(workspace)?;
    build_cli(workspace)?;
    let mut tally = Tally::default();
    in_browsers(workspace, &mut tally, engine.as_ref().map_or(Engine::all(), std::slice::from_ref));
    tally.verdict(None)
}

/// Runs only the tests of the packed package.
pub fn test_consumers(workspace: &Workspace) -> Result<()> {
    build(workspace)?;
    build_sandbox(workspace)?;
    let (browser, consumers) = (workspace.browser(Engine::Chromium)?, consumers::prepare(workspace)?);
    let mut tally = Tally::default();
    tally.work("npm package in bundlers and runtimes", |step| consumers.test(step, &browser));
    let backstage = consumers::prepare_backstage(workspace)?;
    tally.work("npm package in Backstage", |step| backstage.test(step, &browser));
    tally.verdict(None)
}

/// Measures which code of the core the Rust tests run: prints a table, and writes lines to `target/llvm-cov/html/`. Reported, not
/// enforced: a line that runs is not necessarily tested. The binding is mostly run by the package's tests, which do not count.
pub fn coverage(workspace: &Workspace) -> Result<()> {
    workspace.llvm_tools()?;
    let checkers = workspace.checkers()?;
    let cover = |words: &[&str]| workspace.program(checkers.join("cargo-llvm-cov")).arg("llvm-cov").args(words);
    Step::of("Rust tests, with counters", |step| {
        step.run(&cover(&["--no-report", "--all-features", "--no-fail-fast"]))
    })?;
    println!("{}", cover(&["report", "--summary-only"]).ask()?);
    cover(&["report", "--html"]).ask().map(|_| ())
}

#[derive(Debug, Default)]
struct Tally {
    passed: u64,
    failed: u64,
    /// Titles of the steps that failed.
    failures: Vec<String>,
}

impl Tally {
    /// Runs programs one after the other, as one step.
    fn run(&mut self, title: &str, programs: &[Program]) {
        self.work(title, |step| programs.iter().map(|program| step.run(program)).collect());
    }

    /// Runs `work` as one step and counts the tests in the output that it returns. Output without a count is one test.
    fn work(&mut self, title: impl Into<String>, work: impl FnOnce(&Step) -> Result<String>) {
        let title = title.into();
        let step = Step::start(title.clone());
        match work(&step) {
            Ok(output) => match count(&output) {
                Some((passed, _)) => {
                    self.passed += passed;
                    step.done(&format!("{passed} tests"));
                }
                None => {
                    self.passed += 1;
                    step.done("");
                }
            },
            Err(why) => {
                let (passed, failed) = count(&why.output).unwrap_or_default();
                self.passed += passed;
                self.failed += failed.max(1);
                self.failures.push(title);
                step.failed(&why);
            }
        }
    }

    /// Prints what failed, and then the counts.
    fn verdict(&self, why: Option<Failed>) -> Result<()> {
        if let Some(why) = why.filter(|why| !why.message.is_empty()) {
            println!("{why}");
        }
        if !self.failures.is_empty() {
            println!("\nfailed: {}", self.failures.join(", "));
        }
        println!("\n{} passed, {} failed", self.passed, self.failed);
        if self.failed == 0 { Ok(()) } else { Err(Failed::new("")) }
    }
}

/// Adds up the counts that Rust's and Node's test runners print at their end. `None` if there are none.
fn count(output: &str) -> Option<(u64, u64)> {
    let mut sum = None;
    for line in output.lines() {
        let words: Vec<&str> = line.split_whitespace().collect();
        let number = |word: &str| word.parse::<u64>().ok();
        let (passed, failed) = match words[..] {
            // test result: ok. 3 passed; 0 failed; …
            ["test", "result:", _, passed, "passed;", failed, "failed;", ..] => (number(passed), number(failed)),
            // ℹ pass 3
            ["ℹ", "pass", passed] => (number(passed), Some(0)),
            ["ℹ", "fail" | "cancelled", failed] => (Some(0), number(failed)),
            _ => continue,
        };
        let (passed_before, failed_before) = sum.unwrap_or_default();
        sum = Some((passed_before + passed.unwrap_or(0), failed_before + failed.unwrap_or(0)));
    }
    sum
}

/// Compiled with Rust's own std and with panic messages, so that a failing test says where. The tests of the npm package run the
/// bytes of the build recipe.
fn wasm_tests(workspace: &Workspace) -> Result<Program> {
    let runner = workspace.wasm_bindgen()?.join("wasm-bindgen-test-runner");
    Ok(workspace
        .program("cargo")
        .args(["test", "--target", WASM, "--features", "js", "--test", "wasm"])
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", runner)
        .env("WASM_BINDGEN_TEST_TIMEOUT", "300"))
}

/// The wasm tests in a browser. The runner takes `WebKitGTK`'s driver for Safari's, which has the same protocol.
fn wasm_in(workspace: &Workspace, browser: &Browser) -> Result<Program> {
    // The last five keep Chromium from calling its maker's servers at each start.
    let arguments = [
        "--headless",
        "--no-sandbox", // Root in a container cannot create a sandbox.
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ];
    let (driver, capabilities) = match browser.engine {
        Engine::Chromium => {
            let options = serde_json::json!({ "binary": browser.program, "args": arguments });
            ("CHROMEDRIVER", serde_json::json!({ "goog:chromeOptions": options }))
        }
        Engine::Firefox => {
            let options = serde_json::json!({ "binary": browser.program });
            ("GECKODRIVER", serde_json::json!({ "moz:firefoxOptions": options }))
        }
        Engine::WebKit => ("SAFARIDRIVER", serde_json::json!({})),
    };
    let file = workspace.target.join("xtask-webdriver.json");
    fs::write(&file, capabilities.to_string()).context(format!("write {}", file.display()))?;
    let mut program = wasm_tests(workspace)?;
    // The runner takes the first driver that a variable names.
    for other in ["CHROMEDRIVER", "GECKODRIVER", "SAFARIDRIVER"] {
        program = program.without_env(other);
    }
    let program = program.env("WASM_BINDGEN_USE_BROWSER", "1").env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", file);
    Ok(browser.with(program).env(driver, &browser.driver))
}

fn in_browsers(workspace: &Workspace, tally: &mut Tally, engines: &[Engine]) {
    for &engine in engines {
        match workspace.browser(engine) {
            Ok(browser) => {
                tally.work(format!("wasm tests in {engine}"), |step| step.run(&wasm_in(workspace, &browser)?));
                tally.work(format!("page tests in {engine}"), |step| {
                    node_tests(workspace, step, "browser", Some(&browser))
                });
            }
            Err(why) => tally.work(engine.to_string(), |_| Err(why)),
        }
    }
}

/// `node --test` over `tests/<folder>/*.test.mjs`.
fn node_tests(workspace: &Workspace, step: &Step, folder: &str, browser: Option<&Browser>) -> Result<String> {
    let folder = workspace.root.join("tests").join(folder);
    let is_test = |file: &Path| file.to_string_lossy().ends_with(".test.mjs");
    let files: Vec<_> = files_below(&folder, &[])?.into_iter().filter(|file| is_test(file)).collect();
    if files.is_empty() {
        return Err(Failed::new(format!("no *.test.mjs in {}", folder.display())));
    }
    // The timeout is for each file and much longer than any takes, so that a browser that hangs does not stop the whole run.
    // Two files at a time, because each often waits for a browser or a server.
    let options = ["--test", "--test-reporter=spec", "--test-timeout=3000000", "--test-concurrency=2"];
    let program = workspace.program("node").args(options).args(&files);
    let program = program.env("SANDBOX", workspace.sandbox()).env("PROGRAM", workspace.cli());
    match browser {
        Some(browser) => step.run(&browser.with(program)),
        None => step.run(&program),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tests_are_counted_over_all_closing_lines() {
        let rust = "running 2 tests\ntest result: ok. 2 passed; 0 failed; 1 ignored; 0 measured\n\
                    test result: FAILED. 1 passed; 3 failed; 0 ignored; 0 measured\n";
        assert_eq!(count(rust), Some((3, 3)));
        let node = "ℹ tests 7\nℹ suites 0\nℹ pass 5\nℹ fail 1\nℹ cancelled 1\nℹ skipped 0\n";
        assert_eq!(count(node), Some((5, 2)));
    }

    #[test]
    fn a_program_without_counts_is_not_a_test_runner() {
        assert_eq!(count("Checked 12 files. 3 passed\n"), None);
    }
}

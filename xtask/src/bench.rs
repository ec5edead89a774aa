//! Sizes, times and memory of the package, the program and comparable packages. `tests/bench` measures, this prepares.

use std::env;
use std::fs;
use std::path::PathBuf;

use crate::build::build;
use crate::engines::Engine;
use crate::files::{copy, fingerprint, if_stale};
use crate::setup::{WASM, Workspace};
use crate::step::{Context, Program, Result, Step};

/// Builds the package, the program and the packages to compare with, measures, and prints the tables. With `quick` in fewer
/// rounds, without browsers, and with no list over 100,000.
pub fn bench(workspace: &Workspace, quick: bool) -> Result<()> {
    build(workspace)?;
    let browsers = if quick { &[] } else { Engine::all() };
    let browsers = browsers.iter().map(|engine| workspace.browser(*engine)).collect::<Result<Vec<_>>>()?;
    workspace.with_lock(|| peers(workspace).and_then(|()| url_crate(workspace)))?;
    let program = program(workspace)?;
    let load = load();

    remove_figures(workspace)?;
    for browser in browsers {
        let node = workspace.program("node").arg("tests/bench/browser.mjs");
        let name = browser.engine.to_string();
        measure(workspace, &format!("measurements in {name}"), &name.to_lowercase(), &browser.with(node))?;
    }
    let lines = if quick { "100000" } else { "1000000" };
    let node = |script: &str| workspace.program("node").arg(format!("tests/bench/{script}")).arg(&workspace.target);
    let cli = node("program.mjs").arg(program).arg(lines);
    measure(workspace, "measurements of the program", "program", &cli)?;
    let package = if quick { node("node.mjs").arg("--quick") } else { node("node.mjs") };
    measure(workspace, "measurements in Node.js", "node", &package)?;
    println!("{}", node("tables.mjs").arg(load).ask()?);
    Ok(())
}

/// Runs a script that prints JSON, and stores that below the target folder.
fn measure(workspace: &Workspace, title: &str, name: &str, program: &Program) -> Result<()> {
    let file = workspace.target.join("bench").join(format!("{name}.json"));
    Step::of(title, |step| fs::write(&file, step.run(program)?).context(format!("write {}", file.display())))
}

/// Removes the figures of an earlier run, so that they are not mixed with those of this one.
fn remove_figures(workspace: &Workspace) -> Result<()> {
    for name in ["chromium", "firefox", "webkit", "program", "node"] {
        let file = workspace.target.join("bench").join(format!("{name}.json"));
        if file.exists() {
            fs::remove_file(&file).context(format!("remove {}", file.display()))?;
        }
    }
    Ok(())
}

/// The load average of the last minute on Linux; elsewhere `unknown`.
fn load() -> String {
    let averages = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    averages.split(' ').next().filter(|load| !load.is_empty()).unwrap_or("unknown").to_owned()
}

/// Builds the program as it is released, with the page in it.
fn program(workspace: &Workspace) -> Result<PathBuf> {
    let build = workspace.program("cargo").args(["build", "--release", "--package", "torque-gitlab-connect-cli"]);
    Step::of("the program", |step| step.run(&build))?;
    Ok(workspace.target.join("release").join(format!("torque-gitlab-connect{}", env::consts::EXE_SUFFIX)))
}

/// Installs the packages to compare with, below the target folder.
fn peers(workspace: &Workspace) -> Result<()> {
    let (from, to) = (workspace.root.join("tests/bench"), workspace.target.join("bench"));
    let stamp = to.join("node_modules/.xtask-stamp");
    let state = fingerprint(&[from.join("package-lock.json")])?;
    if_stale(&stamp, &state, || {
        copy(&["package.json", "package-lock.json"].map(|file| from.join(file)), &from, &to)?;
        let install = Program::new("npm", &to).args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]);
        Step::of("setting up: whatwg-url, git-url-parse, zod", |step| step.run(&install).map(|_| ()))
    })
}

/// Compiles the `url` crate alone, as wasm-bindgen's guide describes, to `bench/url-crate` below the target folder.
fn url_crate(workspace: &Workspace) -> Result<()> {
    let crate_folder = workspace.root.join("tests/bench/url-crate");
    let target = workspace.target.join("bench/url-crate-target");
    let out = workspace.target.join("bench/url-crate");
    let sources = ["Cargo.toml", "Cargo.lock", "src/lib.rs"].map(|file| crate_folder.join(file));
    let wasm_bindgen = workspace.wasm_bindgen()?.join("wasm-bindgen");
    if_stale(&out.join("stamp"), &fingerprint(&sources)?, || {
        let cargo = Program::new("cargo", &crate_folder)
            .args(["build", "--release", "--locked", "--target", WASM, "--target-dir"])
            .arg(&target);
        let bindgen = Program::new(wasm_bindgen, &crate_folder)
            .args(["--target", "web", "--out-dir"])
            .arg(&out)
            .arg(target.join(WASM).join("release/url_crate.wasm"));
        Step::of("the url crate to compare with", |step| {
            [cargo, bindgen].iter().try_for_each(|program| step.run(program).map(|_| ()))
        })
    })
}

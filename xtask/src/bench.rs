//! What the package costs, beside its peers: `tests/bench` measures, this prepares.

use std::fs;

use crate::build::build;
use crate::engines::Engine;
use crate::files::{copy, copy_crate, files_below, fingerprint, once};
use crate::setup::Places;
use crate::step::{Context, Program, Result, Step};

/// Builds the package, its peers and the naive build, measures, and prints the tables.
pub fn bench(places: &Places) -> Result<()> {
    build(places)?;
    let browsers = Engine::all().iter().map(|engine| places.browser(*engine)).collect::<Result<Vec<_>>>()?;
    places.alone(|| peers(places).and_then(|()| naive(places)))?;
    let folder = places.target.join("bench");
    let cost = places.program("cargo").args(["run", "--quiet", "--release", "--example", "onboarding_cost"]);
    Step::of("the state machine", |step| {
        let measured = folder.join("onboarding.jsonl");
        fs::write(&measured, step.run(&cost)?).cannot(format!("write {}", measured.display()))
    })?;
    for browser in browsers {
        let told = folder.join(format!("{}.json", browser.engine).to_lowercase());
        if told.exists() {
            fs::remove_file(&told).cannot(format!("remove {}", told.display()))?;
        }
        let node = places.program("node").arg("tests/bench/browser.mjs").arg(told);
        Step::of(format!("measurements in {}", browser.engine), |step| step.run(&browser.with(node)).map(|_| ()))?;
    }
    let node = places.program("node").arg("tests/bench/bench.mjs").arg(&places.target);
    let tables =
        Step::of("measurements in Node.js (some minutes; the less else runs, the steadier)", |step| step.run(&node))?;
    println!("{tables}");
    Ok(())
}

/// Installs what the package is measured beside, below the target folder.
fn peers(places: &Places) -> Result<()> {
    let (from, to) = (places.root.join("tests/bench"), places.target.join("bench"));
    let stamp = to.join("node_modules/.xtask-stamp");
    let state = fingerprint(&[from.join("package-lock.json")])?;
    once(&stamp, &state, || {
        copy(&["package.json", "package-lock.json"].map(|file| from.join(file)), &from, &to)?;
        let install = Program::new("npm", &to).args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]);
        Step::of("setting up: whatwg-url, git-url-parse, zod", |step| step.run(&install).map(|_| ()))
    })
}

/// The same crate as one builds it without thinking of bytes: opt-level 3, the platform's std, no wasm-opt. `bench/naive.wasm` below the target folder.
fn naive(places: &Places) -> Result<()> {
    let folder = places.target.join("bench");
    let mut sources = files_below(&places.root.join("src"), &[])?;
    sources.extend([places.root.join("Cargo.toml"), places.root.join("Cargo.lock")]);
    let wasm_bindgen = places.wasm_bindgen()?.join("wasm-bindgen");
    once(&folder.join("naive.stamp"), &fingerprint(&sources)?, || {
        let naive = folder.join("naive");
        copy_crate(&places.root, &naive, &["src"])?;
        let cargo = || Program::new("cargo", &naive);
        let target = folder.join("naive-target");
        let build = cargo()
            .args(["rustc", "--release", "--lib", "--crate-type", "cdylib", "--features", "js"])
            .args(["--target", "wasm32-unknown-unknown", "--target-dir"])
            .arg(&target)
            .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "3")
            .env("CARGO_PROFILE_RELEASE_LTO", "false")
            .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16");
        let compiled = target.join("wasm32-unknown-unknown/release/torque_gitlab_connect.wasm");
        let out = folder.join("naive-package");
        let bindgen = Program::new(&wasm_bindgen, &folder).args(["--target", "web", "--out-dir"]);
        let bindgen = bindgen.arg(&out).arg(&compiled);
        Step::of("the naive build to compare with", |step| {
            [build, bindgen].iter().try_for_each(|program| step.run(program).map(|_| ()))
        })?;
        let made = out.join("torque_gitlab_connect_bg.wasm");
        fs::copy(&made, folder.join("naive.wasm")).cannot(format!("copy {}", made.display())).map(|_| ())
    })
}

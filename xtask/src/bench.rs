//! What the package costs, beside its peers: `tests/bench` measures, this prepares.

use std::fs;

use crate::build::{build, files_below};
use crate::engines::Engine;
use crate::setup::{Places, fingerprint};
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
    fs::create_dir_all(&to).cannot(format!("make {}", to.display()))?;
    let stamp = to.join("node_modules/.xtask-stamp");
    let state = fingerprint(&[from.join("package-lock.json")])?;
    if fs::read_to_string(&stamp).is_ok_and(|found| found == state) {
        return Ok(());
    }
    for file in ["package.json", "package-lock.json"] {
        fs::copy(from.join(file), to.join(file)).cannot(format!("copy {file}"))?;
    }
    Step::of("setting up: whatwg-url, git-url-parse, zod", |step| {
        step.run(&Program::new("npm", &to).args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]))?;
        fs::write(&stamp, state).cannot(format!("write {}", stamp.display()))
    })
}

/// The same crate as one builds it without thinking of bytes: opt-level 3, the platform's std, `url` with its default
/// Unicode tables, no wasm-opt. `bench/naive.wasm` below the target folder.
fn naive(places: &Places) -> Result<()> {
    let folder = places.target.join("bench");
    let copy = folder.join("naive");
    let mut sources = files_below(&places.root.join("src"), &[])?;
    sources.extend([places.root.join("Cargo.toml"), places.root.join("Cargo.lock")]);
    let stamp = folder.join("naive.stamp");
    let state = fingerprint(&sources)?;
    if fs::read_to_string(&stamp).is_ok_and(|found| found == state) {
        return Ok(());
    }
    for file in &sources {
        let to = copy.join(file.strip_prefix(&places.root).unwrap_or(file));
        let made = to.parent().map_or(Ok(()), fs::create_dir_all);
        made.and_then(|()| fs::copy(file, &to)).cannot(format!("copy {}", file.display()))?;
    }
    // The copy is a workspace of its own, with the lock file but for the pinned package without tables.
    let manifest = copy.join("Cargo.toml");
    let text = fs::read_to_string(&manifest).cannot("read Cargo.toml")?;
    let alone = text.replace(r#"members = [".", "sandbox", "xtask"]"#, r#"members = ["."]"#);
    fs::write(&manifest, alone).cannot("write Cargo.toml")?;
    let wasm_bindgen = places.wasm_bindgen()?;
    Step::of("the naive build to compare with", |step| {
        let cargo = || Program::new("cargo", &copy);
        step.run(&cargo().args(["update", "--package", "idna_adapter"]))?;
        let target = folder.join("naive-target");
        let build = cargo()
            .args(["rustc", "--release", "--lib", "--crate-type", "cdylib", "--features", "js"])
            .args(["--target", "wasm32-unknown-unknown", "--target-dir"])
            .arg(&target)
            .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "3")
            .env("CARGO_PROFILE_RELEASE_LTO", "false")
            .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16");
        step.run(&build)?;
        let compiled = target.join("wasm32-unknown-unknown/release/torque_gitlab_connect.wasm");
        let out = folder.join("naive-package");
        let bindgen = Program::new(wasm_bindgen.join("wasm-bindgen"), &folder).args(["--target", "web", "--out-dir"]);
        step.run(&bindgen.arg(&out).arg(&compiled))?;
        let made = out.join("torque_gitlab_connect_bg.wasm");
        fs::copy(&made, folder.join("naive.wasm")).cannot(format!("copy {}", made.display()))?;
        fs::write(&stamp, &state).cannot(format!("write {}", stamp.display()))
    })
}

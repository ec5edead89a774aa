//! THE build recipe: wasm, npm package, page. Development, tests and releases all use it.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use crate::files::{files_below, fingerprint};
use crate::setup::Places;
use crate::step::{Context, Failed, Result, Step};

/// Written down rather than left to wasm-opt, which otherwise refuses code that Rust's wasm target emits today.
const WASM_FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// Sets up what building needs, then builds what is out of date: `pkg/src/wasm`, `pkg/dist`, `www/dist`, `examples/dist`.
pub fn build(places: &Places) -> Result<()> {
    places.rust()?;
    places.node()?;
    let wasm_bindgen = places.wasm_bindgen()?;
    places.alone(|| {
        CORES.iter().try_for_each(|core| core.build(places, &wasm_bindgen))?;
        npm_build(places, "npm package", "pkg", &[])?;
        npm_build(places, "page", "www", &["pkg/dist"])?;
        npm_build(places, "examples", "examples", &["pkg/dist"])
    })
}

/// Builds the sandbox that demo and tests start.
pub fn build_sandbox(places: &Places) -> Result<()> {
    let program = places.program("cargo").args(["build", "--package", "sandbox"]);
    Step::of("sandbox", |step| step.run(&program).map(|_| ()))
}

/// Builds the program for administrators, with the page in it.
pub fn build_cli(places: &Places) -> Result<()> {
    let program = places.program("cargo").args(["build", "--package", "torque-gitlab-connect-cli"]);
    Step::of("program", |step| step.run(&program).map(|_| ()))
}

/// The core with one choice of its exports: those of the package's entry of the same name.
struct Core {
    /// Of its files in `pkg/src/wasm`.
    name: &'static str,
    feature: &'static str,
}

const CORES: [Core; 2] = [Core { name: "core", feature: "js" }, Core { name: "validate", feature: "js-validate" }];

/// Where the optimised wasm lies: with all exports, and with those of `/validate`.
pub fn wasm_files(places: &Places) -> [PathBuf; 2] {
    CORES.map(|core| core.file(places))
}

/// Folders whose names must not be found in what is built.
pub fn private_folders(places: &Places) -> Vec<PathBuf> {
    let home = env::home_dir();
    let cargo = env::var_os("CARGO_HOME").map(PathBuf::from);
    let rustup = env::var_os("RUSTUP_HOME").map(PathBuf::from);
    [Some(places.root.clone()), Some(places.target.clone()), home, cargo, rustup]
        .into_iter()
        .flatten()
        .filter(|folder| folder.parent().is_some()) // "/" is everywhere
        .collect()
}

impl Core {
    fn file(&self, places: &Places) -> PathBuf {
        places.root.join("pkg/src/wasm").join(format!("{}_bg.wasm", self.name))
    }

    fn build(&self, places: &Places, wasm_bindgen: &Path) -> Result<()> {
        // A folder of its own: RUSTC_BOOTSTRAP changes how some build scripts decide, and the two kinds of build would
        // otherwise undo each other.
        let folder = places.target.join("recipe");
        let compiled = folder.join("wasm32-unknown-unknown/release/torque_gitlab_connect.wasm");
        let cargo = places
            .program("cargo")
            .args(["rustc", "--release", "--locked", "--lib", "--crate-type", "cdylib", "--features", self.feature])
            .args(["--target", "wasm32-unknown-unknown", "-Zbuild-std=std", "-Zbuild-std-features=optimize_for_size"])
            .arg("--target-dir")
            .arg(&folder)
            // The pinned stable compiler rebuilds std, which is what the unstable options are for.
            .env("RUSTC_BOOTSTRAP", "1")
            // Replaces flags from the environment and from the user's configuration: one recipe, the same bytes.
            .env("CARGO_ENCODED_RUSTFLAGS", rust_flags(places)?.join("\u{1f}"))
            .without_env("RUSTFLAGS");
        Step::of(format!("wasm, {} (with std, for size)", self.name), |step| step.run(&cargo).map(|_| ()))?;

        let file = self.file(places);
        let out = places.root.join("pkg/src/wasm");
        let bindgen = places
            .program(wasm_bindgen.join("wasm-bindgen"))
            .args(["--target", "web", "--omit-default-module-path", "--remove-producers-section"])
            .args(["--out-name", self.name, "--out-dir"])
            .arg(&out)
            .arg(&compiled);
        let optimise = places
            .npm_program("wasm-opt")
            .args(WASM_FEATURES)
            .arg(&file)
            .arg("-o")
            .arg(&file)
            .args(["-Oz", "--converge"])
            // The stack ends there, and whoever gets so far is about to trap.
            .arg("--low-memory-unused")
            .args(["--strip-debug", "--strip-producers", "--strip-target-features"]);
        let recipe = format!("{bindgen}\n{optimise}");
        let made = ["_bg.wasm", ".js", ".d.ts"].map(|end| out.join(format!("{}{end}", self.name)));
        when_changed(places, self.name, &recipe, std::slice::from_ref(&compiled), &made, || {
            Step::of("JavaScript glue (wasm-bindgen), wasm-opt -Oz", |step| {
                step.run(&bindgen)?;
                step.run(&optimise).map(|_| ())
            })
        })
    }
}

/// The flags of the recipe. Paths are remapped so that the bytes do not tell, nor depend on, where they were built.
fn rust_flags(places: &Places) -> Result<Vec<String>> {
    let sysroot = places.program("rustc").args(["--print", "sysroot"]).ask()?;
    let cargo_home =
        env::var_os("CARGO_HOME").map(PathBuf::from).or_else(|| env::home_dir().map(|home| home.join(".cargo")));
    let mut flags = vec!["-Zunstable-options".to_owned(), "-Cpanic=immediate-abort".to_owned()];
    let mut remap = |from: &Path, to: &str| flags.push(format!("--remap-path-prefix={}={to}", from.display()));
    // The last one that fits wins, so the checkout comes last.
    if let Some(cargo_home) = cargo_home {
        remap(&cargo_home, "/cargo");
    }
    remap(Path::new(sysroot.trim()), "/rust");
    remap(&places.target, "/target");
    remap(&places.root, "/torque-gitlab-connect");
    Ok(flags)
}

/// Runs the package's own `npm run build` when one of its files or something it is made of has changed.
fn npm_build(places: &Places, title: &str, workspace: &str, made_of: &[&str]) -> Result<()> {
    let folder = places.root.join(workspace);
    let manifest = fs::read_to_string(folder.join("package.json")).cannot(format!("read {workspace}/package.json"))?;
    let manifest: serde_json::Value =
        serde_json::from_str(&manifest).map_err(|error| Failed::new(format!("{workspace}/package.json: {error}")))?;
    if manifest["scripts"]["build"].is_null() {
        println!("- {title}: no build script in {workspace}/package.json");
        return Ok(());
    }
    let mut sources = files_below(&folder, &["dist", "node_modules"])?;
    for other in made_of {
        sources.extend(files_below(&places.root.join(other), &[])?);
    }
    for shared in ["package-lock.json", "tsconfig.base.json"] {
        sources.push(places.root.join(shared));
    }
    let program = places.program("npm").args(["run", "--silent", "build", "--workspace", workspace]);
    when_changed(places, workspace, &program.to_string(), &sources, &[folder.join("dist")], || {
        // The package's build ends with the hash that a page without a bundler puts beside the file's address.
        let told = Step::of(title, |step| step.run(&program))?;
        told.trim().lines().for_each(|line| println!("    {line}"));
        Ok(())
    })
}

/// Does `work` unless recipe, inputs and outputs are as they were after it was done last.
fn when_changed(
    places: &Places,
    name: &str,
    recipe: &str,
    inputs: &[PathBuf],
    outputs: &[PathBuf],
    work: impl FnOnce() -> Result<()>,
) -> Result<()> {
    let stamp = places.target.join(format!("xtask-{name}.stamp"));
    let state = || -> Result<String> {
        let mut made = Vec::new();
        for output in outputs {
            if output.is_file() { made.push(output.clone()) } else { made.extend(files_below(output, &[])?) }
        }
        Ok(format!("{recipe}\n{}\n{}\n{}", fingerprint(inputs)?, made.len(), fingerprint(&made)?))
    };
    let there = outputs.iter().all(|output| output.exists());
    if there && fs::read_to_string(&stamp).is_ok_and(|found| state().is_ok_and(|now| now == found)) {
        return Ok(());
    }
    work()?;
    fs::write(&stamp, state()?).cannot(format!("write {}", stamp.display()))
}

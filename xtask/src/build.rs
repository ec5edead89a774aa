//! The build recipe: wasm, npm package, page. Development, tests and releases use it.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use crate::files::{files_below, fingerprint};
use crate::setup::Workspace;
use crate::step::{Context, Failed, Result, Step};

/// Given to wasm-opt, which otherwise rejects what Rust's wasm target emits.
const WASM_FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// Installs what building needs, then builds what is out of date: `pkg/src/wasm`, `pkg/dist`, `www/dist`, `examples/dist`.
pub fn build(workspace: &Workspace) -> Result<()> {
    workspace.rust()?;
    workspace.node()?;
    let wasm_bindgen = workspace.wasm_bindgen()?;
    workspace.with_lock(|| {
        CORES.iter().try_for_each(|core| core.build(workspace, &wasm_bindgen))?;
        npm_build(workspace, "npm package", "pkg", &[])?;
        npm_build(workspace, "page", "www", &["pkg/dist"])?;
        npm_build(workspace, "examples", "examples", &["pkg/dist"])
    })
}

/// Builds the sandbox for demo and tests.
pub fn build_sandbox(workspace: &Workspace) -> Result<()> {
    let program = workspace.program("cargo").args(["build", "--package", "sandbox"]);
    Step::of("sandbox", |step| step.run(&program).map(|_| ()))
}

/// Builds the program for administrators, with the page in it.
pub fn build_cli(workspace: &Workspace) -> Result<()> {
    let program = workspace.program("cargo").args(["build", "--package", "torque-gitlab-connect-cli"]);
    Step::of("program", |step| step.run(&program).map(|_| ()))
}

/// The core with the exports of one entry of the package.
struct Core {
    /// The name of its files in `pkg/src/wasm`.
    name: &'static str,
    feature: &'static str,
}

const CORES: [Core; 2] = [Core { name: "core", feature: "js" }, Core { name: "validate", feature: "js-validate" }];

/// The optimised wasm: with all exports, and with those of `/validate`.
pub fn wasm_files(workspace: &Workspace) -> [PathBuf; 2] {
    CORES.map(|core| core.file(workspace))
}

/// Folders whose paths must not be in what is built.
pub fn private_folders(workspace: &Workspace) -> Vec<PathBuf> {
    let home = env::home_dir();
    let cargo = env::var_os("CARGO_HOME").map(PathBuf::from);
    let rustup = env::var_os("RUSTUP_HOME").map(PathBuf::from);
    [Some(workspace.root.clone()), Some(workspace.target.clone()), home, cargo, rustup]
        .into_iter()
        .flatten()
        .filter(|folder| folder.parent().is_some()) // "/" is everywhere
        .collect()
}

impl Core {
    fn file(&self, workspace: &Workspace) -> PathBuf {
        workspace.root.join("pkg/src/wasm").join(format!("{}_bg.wasm", self.name))
    }

    fn build(&self, workspace: &Workspace, wasm_bindgen: &Path) -> Result<()> {
        // A separate folder: RUSTC_BOOTSTRAP changes the result of some build scripts, so in one folder the two kinds of build
        // would make each other start again.
        let folder = workspace.target.join("recipe");
        let compiled = folder.join("wasm32-unknown-unknown/release/torque_gitlab_connect.wasm");
        let cargo = workspace
            .program("cargo")
            .args(["rustc", "--release", "--locked", "--lib", "--crate-type", "cdylib"])
            .args(["--no-default-features", "--features", self.feature])
            .args(["--target", "wasm32-unknown-unknown", "-Zbuild-std=std", "-Zbuild-std-features=optimize_for_size"])
            .arg("--target-dir")
            .arg(&folder)
            // Lets the pinned stable compiler take the unstable options that rebuild std.
            .env("RUSTC_BOOTSTRAP", "1")
            // Replaces flags of the environment and of the user's configuration, so that the bytes are the same everywhere.
            .env("CARGO_ENCODED_RUSTFLAGS", rust_flags(workspace)?.join("\u{1f}"))
            .without_env("RUSTFLAGS");
        Step::of(format!("wasm, {} (with std, for size)", self.name), |step| step.run(&cargo).map(|_| ()))?;

        let file = self.file(workspace);
        let out = workspace.root.join("pkg/src/wasm");
        let bindgen = workspace
            .program(wasm_bindgen.join("wasm-bindgen"))
            .args(["--target", "web", "--omit-default-module-path", "--remove-producers-section"])
            .args(["--out-name", self.name, "--out-dir"])
            .arg(&out)
            .arg(&compiled);
        let optimise = workspace
            .npm_program("wasm-opt")
            .args(WASM_FEATURES)
            .arg(&file)
            .arg("-o")
            .arg(&file)
            .args(["-Oz", "--converge"])
            // The stack comes first in memory, so only a stack that is about to overflow uses the low addresses.
            .arg("--low-memory-unused")
            .args(["--strip-debug", "--strip-producers", "--strip-target-features"]);
        let recipe = format!("{bindgen}\n{optimise}");
        let outputs = ["_bg.wasm", ".js", ".d.ts"].map(|end| out.join(format!("{}{end}", self.name)));
        when_changed(workspace, self.name, &recipe, std::slice::from_ref(&compiled), &outputs, || {
            Step::of("JavaScript glue (wasm-bindgen), wasm-opt -Oz", |step| {
                step.run(&bindgen)?;
                step.run(&optimise).map(|_| ())
            })
        })
    }
}

/// The flags of the recipe. Paths are remapped, so that the bytes neither contain nor depend on the folder of the build.
fn rust_flags(workspace: &Workspace) -> Result<Vec<String>> {
    let sysroot = workspace.program("rustc").args(["--print", "sysroot"]).ask()?;
    let cargo_home =
        env::var_os("CARGO_HOME").map(PathBuf::from).or_else(|| env::home_dir().map(|home| home.join(".cargo")));
    let mut flags = vec!["-Zunstable-options".to_owned(), "-Cpanic=immediate-abort".to_owned()];
    // Each job has an instance of its own. The deepest values that are read take 42 KB of the stack; the default is 1 MB.
    flags.push("-Clink-args=-z stack-size=131072".to_owned());
    let mut remap = |from: &Path, to: &str| flags.push(format!("--remap-path-prefix={}={to}", from.display()));
    // The last one that matches is used, so the checkout comes last.
    if let Some(cargo_home) = cargo_home {
        remap(&cargo_home, "/cargo");
    }
    remap(Path::new(sysroot.trim()), "/rust");
    remap(&workspace.target, "/target");
    remap(&workspace.root, "/torque-gitlab-connect");
    Ok(flags)
}

/// Runs `npm run build` of a package if its files, or those that it is made of, have changed.
fn npm_build(workspace: &Workspace, title: &str, package: &str, made_of: &[&str]) -> Result<()> {
    let folder = workspace.root.join(package);
    let manifest = fs::read_to_string(folder.join("package.json")).context(format!("read {package}/package.json"))?;
    let manifest: serde_json::Value =
        serde_json::from_str(&manifest).map_err(|error| Failed::new(format!("{package}/package.json: {error}")))?;
    if manifest["scripts"]["build"].is_null() {
        println!("- {title}: no build script in {package}/package.json");
        return Ok(());
    }
    let mut sources = files_below(&folder, &["dist", "node_modules"])?;
    for other in made_of {
        sources.extend(files_below(&workspace.root.join(other), &[])?);
    }
    for shared in ["package-lock.json", "tsconfig.base.json"] {
        sources.push(workspace.root.join(shared));
    }
    let program = workspace.program("npm").args(["run", "--silent", "build", "--workspace", package]);
    when_changed(workspace, package, &program.to_string(), &sources, &[folder.join("dist")], || {
        // The package's build prints the hash that a page without a bundler needs for `integrity`.
        let printed = Step::of(title, |step| step.run(&program))?;
        printed.trim().lines().for_each(|line| println!("    {line}"));
        Ok(())
    })
}

/// Does `work` unless recipe, inputs and outputs are the same as after the last time.
fn when_changed(
    workspace: &Workspace,
    name: &str,
    recipe: &str,
    inputs: &[PathBuf],
    outputs: &[PathBuf],
    work: impl FnOnce() -> Result<()>,
) -> Result<()> {
    let stamp = workspace.target.join(format!("xtask-{name}.stamp"));
    let state = || -> Result<String> {
        let mut files = Vec::new();
        for output in outputs {
            if output.is_file() { files.push(output.clone()) } else { files.extend(files_below(output, &[])?) }
        }
        Ok(format!("{recipe}\n{}\n{}\n{}", fingerprint(inputs)?, files.len(), fingerprint(&files)?))
    };
    let exist = outputs.iter().all(|output| output.exists());
    if exist && fs::read_to_string(&stamp).is_ok_and(|found| state().is_ok_and(|now| now == found)) {
        return Ok(());
    }
    work()?;
    fs::write(&stamp, state()?).context(format!("write {}", stamp.display()))
}

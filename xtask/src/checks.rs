//! Checks that do not run the product: format, types, documents, dependencies, and the built files.

use std::fs;
use std::path::Path;

use crate::build::{private_folders, wasm_files};
use crate::files::files_below;
use crate::setup::{WASM, Workspace};
use crate::step::{Context, Failed, Program, Result};

/// A line of the output: its title and the programs that must all be content.
pub type Check = (&'static str, Vec<Program>);

/// What reads the sources alone. `checkers` is the folder of `Workspace::checkers`.
pub fn of_sources(workspace: &Workspace, checkers: &Path) -> Vec<Check> {
    let cargo = |words: &[&str]| workspace.program("cargo").args(words);
    let clippy = |words: &[&str]| cargo(&["clippy"]).args(words).args(["--", "--deny", "warnings"]);
    let deny = cargo_deny(workspace, checkers).args(["--locked", "check", "bans", "licenses", "sources"]);
    vec![
        ("formatting (rustfmt)", vec![cargo(&["fmt", "--all", "--check"])]),
        ("formatting and lints (Biome)", vec![workspace.npm_program("biome").args(["check", "--error-on-warnings"])]),
        ("spelling (typos)", vec![workspace.program(checkers.join("typos"))]),
        ("links in documents (remark)", vec![links(workspace)]),
        ("unused crates and files (cargo-shear)", vec![workspace.program(checkers.join("cargo-shear"))]),
        (
            "unused packages and exports (knip)",
            vec![workspace.npm_program("knip").arg("--treat-config-hints-as-errors")],
        ),
        ("licences, duplicates and sources of crates (cargo-deny)", vec![deny]),
        ("scripts (shellcheck)", vec![workspace.program("shellcheck").arg(".ci/run")]),
        ("clippy (native)", vec![clippy(&["--workspace", "--all-targets", "--all-features"])]),
        ("clippy (wasm)", vec![clippy(&["--target", WASM, "--features", "js", "--lib", "--test", "wasm"])]),
        ("documentation (rustdoc)", vec![rustdoc(workspace)]),
    ]
}

/// What reads the built package.
pub fn of_the_package(workspace: &Workspace) -> Vec<Check> {
    vec![
        ("types (tsc)", types(workspace)),
        ("TypeScript surface as in docs/api (API Extractor)", vec![surface(workspace)]),
        ("documentation (typedoc)", vec![typedoc(workspace)]),
    ]
}

/// Looks for crates with known vulnerabilities; none where their list, which is in no registry, cannot be reached.
pub fn of_advisories(workspace: &Workspace, checkers: &Path) -> Option<Check> {
    cargo_deny(workspace, checkers).args(["fetch", "db"]).ask().ok()?;
    let deny = cargo_deny(workspace, checkers).args(["check", "--disable-fetch", "advisories"]);
    Some(("known vulnerabilities of crates (cargo-deny)", vec![deny]))
}

/// Checks that wasm and package do not contain the paths of this machine.
pub fn no_private_path(workspace: &Workspace) -> Result<String> {
    for file in files_below(&workspace.root.join("pkg/dist"), &[])?.into_iter().chain(wasm_files(workspace)) {
        let bytes = fs::read(&file).context(format!("read {}", file.display()))?;
        let text = String::from_utf8_lossy(&bytes);
        for folder in private_folders(workspace) {
            // A home such as /root is short: as a folder it goes on with a slash.
            let folder = format!("{}/", folder.display());
            if text.contains(&folder) {
                return Err(Failed::new(format!("{} contains {folder}", file.display())));
            }
        }
    }
    Ok(String::new())
}

/// The pages of the Rust crates, into `target/doc/`.
pub fn rustdoc(workspace: &Workspace) -> Program {
    let program = workspace.program("cargo").args(["doc", "--workspace", "--no-deps", "--all-features"]);
    program.env("RUSTDOCFLAGS", "-Dwarnings")
}

/// The pages of the npm package, into `target/doc/typescript/`.
pub fn typedoc(workspace: &Workspace) -> Program {
    workspace.program("npm").args(["run", "--silent", "pages", "--workspace", "docs/api"])
}

/// Compares the package's types with the committed reports; with `--write` it writes these again.
pub fn surface(workspace: &Workspace) -> Program {
    workspace.program("npm").args(["run", "--silent", "report", "--workspace", "docs/api", "--"])
}

fn cargo_deny(workspace: &Workspace, checkers: &Path) -> Program {
    // The program that is shipped, too, and not the crate alone.
    workspace.program(checkers.join("cargo-deny")).args(["--workspace"])
}

fn links(workspace: &Workspace) -> Program {
    workspace.npm_program("remark").args([".", "--frail", "--quiet", "--ignore-pattern", "target/"])
}

fn types(workspace: &Workspace) -> Vec<Program> {
    let projects = ["pkg", "www", "tests"].into_iter();
    let projects = projects.filter(|folder| workspace.root.join(folder).join("tsconfig.json").exists());
    projects.map(|folder| workspace.npm_program("tsc").args(["--noEmit", "--project", folder])).collect()
}

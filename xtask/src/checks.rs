//! Checks that do not run the product: formatting, types, documents, dependencies, and the built files.

use std::fs;
use std::path::Path;

use crate::build::{private_folders, wasm_files};
use crate::files::files_below;
use crate::setup::{WASM, Workspace};
use crate::step::{Context, Failed, Program, Result};

/// A title and the programs that must all succeed.
pub type Check = (&'static str, Vec<Program>);

/// Checks of the sources. `checkers` is the folder of `Workspace::checkers`.
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

/// Checks of the built package.
pub fn of_the_package(workspace: &Workspace) -> Vec<Check> {
    vec![
        ("types (tsc)", types(workspace)),
        ("TypeScript surface as in docs/api (API Extractor)", vec![surface(workspace)]),
        ("documentation (typedoc)", vec![typedoc(workspace)]),
    ]
}

/// The check for crates with known vulnerabilities. `None` if their list, which is in no registry, cannot be downloaded.
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
            // With a slash, because a home such as /root is short and may be part of another word.
            let folder = format!("{}/", folder.display());
            if text.contains(&folder) {
                return Err(Failed::new(format!("{} contains {folder}", file.display())));
            }
        }
    }
    Ok(String::new())
}

/// Builds the documentation of the Rust crates in `target/doc/`.
pub fn rustdoc(workspace: &Workspace) -> Program {
    let program = workspace.program("cargo").args(["doc", "--workspace", "--no-deps", "--all-features"]);
    program.env("RUSTDOCFLAGS", "-Dwarnings")
}

/// Builds the documentation of the npm package in `target/doc/typescript/`.
pub fn typedoc(workspace: &Workspace) -> Program {
    workspace.program("npm").args(["run", "--silent", "pages", "--workspace", "docs/api"])
}

/// Compares the package's types with the committed reports. With `--write` it writes new reports.
pub fn surface(workspace: &Workspace) -> Program {
    workspace.program("npm").args(["run", "--silent", "report", "--workspace", "docs/api", "--"])
}

fn cargo_deny(workspace: &Workspace, checkers: &Path) -> Program {
    // With `--workspace`, because the program is published, too.
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

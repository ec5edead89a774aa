//! What is checked without running the product: form, types, documents, dependencies, and what the build left in its files.

use std::fs;
use std::path::Path;

use crate::build::{private_folders, wasm_files};
use crate::setup::{Places, WASM};
use crate::step::{Context, Failed, Program, Result};

/// A line of the output: its title and the programs that must all be content.
pub type Check = (&'static str, Vec<Program>);

/// What reads the sources alone. `checkers` is the folder of `Places::checkers`.
pub fn of_sources(places: &Places, checkers: &Path) -> Vec<Check> {
    let cargo = |words: &[&str]| places.program("cargo").args(words);
    let clippy = |words: &[&str]| cargo(&["clippy"]).args(words).args(["--", "--deny", "warnings"]);
    let deny = cargo_deny(places, checkers).args(["--locked", "check", "bans", "licenses", "sources"]);
    vec![
        ("formatting (rustfmt)", vec![cargo(&["fmt", "--all", "--check"])]),
        ("formatting and lints (Biome)", vec![places.npm_program("biome").args(["check", "--error-on-warnings"])]),
        ("spelling (typos)", vec![places.program(checkers.join("typos"))]),
        ("links in documents (remark)", vec![links(places)]),
        ("unused crates and files (cargo-shear)", vec![places.program(checkers.join("cargo-shear"))]),
        ("unused packages and exports (knip)", vec![places.npm_program("knip").arg("--treat-config-hints-as-errors")]),
        ("licences, duplicates and sources of crates (cargo-deny)", vec![deny]),
        ("scripts (shellcheck)", vec![places.program("shellcheck").arg(".ci/run")]),
        ("clippy (native)", vec![clippy(&["--workspace", "--all-targets", "--all-features"])]),
        ("clippy (wasm)", vec![clippy(&["--target", WASM, "--features", "js", "--lib", "--test", "wasm"])]),
        ("documentation (rustdoc)", vec![rustdoc(places)]),
    ]
}

/// What reads the built package.
pub fn of_the_package(places: &Places) -> Vec<Check> {
    vec![
        ("types (tsc)", types(places)),
        ("TypeScript surface as in docs/api (API Extractor)", vec![surface(places)]),
        ("documentation (typedoc)", vec![typedoc(places)]),
    ]
}

/// Looks for crates with known faults; none where their list, which is in no registry, cannot be had.
pub fn of_advisories(places: &Places, checkers: &Path) -> Option<Check> {
    cargo_deny(places, checkers).args(["fetch", "db"]).ask().ok()?;
    let deny = cargo_deny(places, checkers).args(["check", "--disable-fetch", "advisories"]);
    Some(("known faults of crates (cargo-deny)", vec![deny]))
}

/// The wasm tells nothing about where it was built.
pub fn no_private_path(places: &Places) -> Result<String> {
    for file in wasm_files(places) {
        let bytes = fs::read(&file).cannot(format!("read {}", file.display()))?;
        let text = String::from_utf8_lossy(&bytes);
        for folder in private_folders(places) {
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
pub fn rustdoc(places: &Places) -> Program {
    let program = places.program("cargo").args(["doc", "--workspace", "--no-deps", "--all-features"]);
    program.env("RUSTDOCFLAGS", "-Dwarnings")
}

/// The pages of the npm package, into `target/doc/typescript/`.
pub fn typedoc(places: &Places) -> Program {
    places.program("npm").args(["run", "--silent", "pages", "--workspace", "docs/api"])
}

/// Compares the package's types with the committed reports; with `--write` it writes these anew.
pub fn surface(places: &Places) -> Program {
    places.program("npm").args(["run", "--silent", "report", "--workspace", "docs/api", "--"])
}

fn cargo_deny(places: &Places, checkers: &Path) -> Program {
    // The program that is shipped, too, and not the crate alone.
    places.program(checkers.join("cargo-deny")).args(["--workspace"])
}

fn links(places: &Places) -> Program {
    places.npm_program("remark").args([".", "--frail", "--quiet", "--ignore-pattern", "target/"])
}

fn types(places: &Places) -> Vec<Program> {
    let projects = ["pkg", "www", "tests"].into_iter();
    let projects = projects.filter(|folder| places.root.join(folder).join("tsconfig.json").exists());
    projects.map(|folder| places.npm_program("tsc").args(["--noEmit", "--project", folder])).collect()
}

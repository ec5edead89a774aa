//! Builds and checks what is published: npm package, crate and, in the rehearsal, the program. The workflow `release.yml`
//! publishes it.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use crate::build::build;
use crate::files::{files_below, remove_folder};
use crate::program;
use crate::setup::Workspace;
use crate::step::{Context, Failed, Program, Result, Step};

/// Builds what is published, twice and in two folders, compares both, and stores it in `target/publish`. With `rehearsal` the
/// version need not be ready to be published.
pub fn release(workspace: &Workspace, rehearsal: bool) -> Result<()> {
    workspace.node()?;
    let version = Step::of("version, changelog, licences, repository", |_| manifests(workspace, rehearsal))?;
    Step::of("a clean commit", |_| clean(workspace))?;
    let publish = workspace.target.join("publish");
    let here = Artifacts::make(workspace, &publish, &version)?;
    // Another folder with its own target folder and packages: if the bytes are the same, they depend only on the commit.
    let elsewhere = workspace.target.join("publish-elsewhere");
    let there = Step::of("the same commit in another folder", |step| clone(workspace, &elsewhere, step))?;
    let again = Artifacts::make(&there, &elsewhere.join("publish"), &version)?;
    Step::of("both are the same, byte by byte", |_| here.same_as(&again))?;
    inventories(&there, &publish, &version)?;
    remove_folder(&elsewhere)?;
    if rehearsal {
        program::rehearse(workspace, &publish)?;
    }
    println!("\n{}\n{}", here.contents, checksums(workspace, &publish)?);
    println!("{}", if rehearsal { "rehearsal complete: nothing was published" } else { "ready to be published" });
    Ok(())
}

/// The files that are published.
struct Artifacts {
    wasm: PathBuf,
    tarball: PathBuf,
    krate: PathBuf,
    /// Files in the tarball and in the crate, with their sizes.
    contents: String,
}

impl Artifacts {
    fn make(workspace: &Workspace, folder: &Path, version: &str) -> Result<Self> {
        build(workspace)?;
        remove_folder(folder)?;
        fs::create_dir_all(folder).context(format!("make {}", folder.display()))?;
        let wasm = folder.join("core_bg.wasm");
        let [core, _] = crate::build::wasm_files(workspace);
        fs::copy(core, &wasm).context("copy the wasm")?;

        let pack = workspace.program("npm").args(["pack", "--json", "--pack-destination"]).arg(folder).arg("./pkg");
        let packed = Step::of("npm pack", |_| pack.ask())?;
        let tarball = folder.join(format!("torque-gitlab-connect-{version}.tgz"));

        let package = workspace.program("cargo").args(["package", "--locked", "--package", "torque-gitlab-connect"]);
        let package = package.arg("--target-dir").arg(workspace.target.join("package-build"));
        Step::of("cargo package, compiled from its own files", |step| step.run(&package))?;
        let packed_crate =
            workspace.target.join(format!("package-build/package/torque-gitlab-connect-{version}.crate"));
        let krate = folder.join(format!("torque-gitlab-connect-{version}.crate"));
        fs::copy(&packed_crate, &krate).context(format!("copy {}", packed_crate.display()))?;
        let listed = workspace.program("cargo").args(["package", "--locked", "--list"]).ask()?;
        let contents =
            format!("npm package:\n{}\ncrate:\n{}", npm_contents(&packed)?, crate_contents(workspace, &listed));
        Ok(Self { wasm, tarball, krate, contents })
    }

    fn files(&self) -> [&PathBuf; 3] {
        [&self.wasm, &self.tarball, &self.krate]
    }

    fn same_as(&self, other: &Self) -> Result<()> {
        for (one, two) in self.files().into_iter().zip(other.files()) {
            if read(one)? != read(two)? {
                return Err(Failed::new(format!("{} and {} differ", one.display(), two.display())));
            }
        }
        Ok(())
    }
}

/// The version of cargo-cyclonedx.
const CARGO_CYCLONEDX: &str = "0.5.9";

/// Writes the dependencies of the crate, the program and the npm package (SBOM, `CycloneDX`). The tools write into the checkout,
/// so `workspace` is one that is removed afterwards.
fn inventories(workspace: &Workspace, folder: &Path, version: &str) -> Result<()> {
    let programs = workspace.cargo_tool("cargo-cyclonedx", CARGO_CYCLONEDX, &["cargo-cyclonedx"])?;
    let cargo = workspace.program(programs.join("cargo-cyclonedx")).args(["cyclonedx", "--format", "json"]);
    let cargo = cargo.args(["--spec-version", "1.5", "--target", "all", "--override-filename", "sbom"]);
    // Outside the npm workspace, whose root npm would describe, and in a folder of the package's name, because npm uses that.
    let package = workspace.root.join("torque-gitlab-connect");
    let npm = Program::new("npm", &package);
    let resolve = npm.clone().args(["install", "--package-lock-only", "--no-audit", "--no-fund"]);
    let list = npm.args(["sbom", "--package-lock-only", "--omit", "dev", "--sbom-format", "cyclonedx"]);
    let save = |name: &str, text: String| {
        let to = folder.join(format!("torque-gitlab-connect-{version}.{name}.cdx.json"));
        // cargo-cyclonedx names our own crates by their folders.
        let text = text.replace(&*workspace.root.to_string_lossy(), "/torque-gitlab-connect");
        fs::write(&to, text).context(format!("write {}", to.display()))
    };
    Step::of("dependencies (SBOM)", |step| {
        // The crate with all features, as in the npm package; the program with its own.
        for (name, part, features) in [("crate", ".", Some("--all-features")), ("program", "cli", None)] {
            step.run(&cargo.clone().args(features).arg("--manifest-path").arg(format!("{part}/Cargo.toml")))?;
            let sbom = workspace.root.join(part).join("sbom.json");
            save(name, fs::read_to_string(&sbom).context(format!("read {}", sbom.display()))?)?;
        }
        fs::create_dir(&package).context("make a folder for npm")?;
        fs::copy(workspace.root.join("pkg/package.json"), package.join("package.json")).context("copy package.json")?;
        step.run(&resolve)?;
        save("npm", list.ask()?)
    })
}

/// Writes `SHA256SUMS` for all files of a folder. Returns its lines with the size of each file.
fn checksums(workspace: &Workspace, folder: &Path) -> Result<String> {
    let files = files_below(folder, &[])?;
    let sums = workspace.program("node").args(["--eval", SUMS]).args(&files).ask()?;
    let mut table = format!("{:>10}  sha256\n", "bytes");
    for (file, sum) in files.iter().zip(sums.lines()) {
        let _ = writeln!(table, "{:>10}  {sum}", read(file)?.len());
    }
    let to = folder.join("SHA256SUMS");
    fs::write(&to, sums).context(format!("write {}", to.display()))?;
    Ok(table)
}

/// Node.js prints the lines of `sha256sum`, because Rust's standard library has no SHA-256.
const SUMS: &str = "for (const file of process.argv.slice(1)) { const bytes = require('fs').readFileSync(file); \
     console.log(require('crypto').createHash('sha256').update(bytes).digest('hex') + '  ' + require('path').basename(file)); }";

/// Checks that both manifests, the changelog and the licences agree. Returns the version.
fn manifests(workspace: &Workspace, rehearsal: bool) -> Result<String> {
    let text = |file: &str| fs::read_to_string(workspace.root.join(file)).context(format!("read {file}"));
    let parse =
        |text: &str| serde_json::from_str::<serde_json::Value>(text).map_err(|error| Failed::new(error.to_string()));
    let npm = parse(&text("pkg/package.json")?)?;
    let metadata =
        workspace.program("cargo").args(["metadata", "--no-deps", "--locked", "--format-version", "1"]).ask()?;
    let metadata = parse(&metadata)?;
    let cargo = metadata["packages"].as_array().into_iter().flatten().find(|package| package["name"] == npm["name"]);
    let cargo = cargo.ok_or_else(|| Failed::new("no crate has the name of the npm package"))?;
    for key in ["version", "license"] {
        if npm[key] != cargo[key] {
            return Err(Failed::new(format!("{key}: {} in pkg/package.json, {} in Cargo.toml", npm[key], cargo[key])));
        }
    }
    let version = npm["version"].as_str().unwrap_or_default();
    for licence in ["LICENSE-MIT", "LICENSE-APACHE"] {
        if text(licence)? != text(&format!("pkg/{licence}"))? {
            return Err(Failed::new(format!("{licence} and pkg/{licence} differ")));
        }
    }
    changelog(&text("CHANGELOG.md")?, version, rehearsal).map_err(Failed::new)?;
    if !rehearsal && (npm["repository"].is_null() || cargo["repository"].is_null()) {
        return Err(Failed::new(
            "`repository` is missing in pkg/package.json or Cargo.toml: npm shows where a package was built only if it names \
             the repository of the workflow",
        ));
    }
    Ok(version.to_owned())
}

/// Checks that the changelog has a section for the version. In a rehearsal "Unreleased" is enough.
fn changelog(text: &str, version: &str, rehearsal: bool) -> std::result::Result<(), String> {
    let section = |title: &str| {
        let mut lines = text.lines().skip_while(|line| line.split(" - ").next() != Some(title)).skip(1);
        lines.by_ref().take_while(|line| !line.starts_with("## ")).any(|line| line.starts_with("- "))
    };
    if section(&format!("## {version}")) || (rehearsal && section("## Unreleased")) {
        return Ok(());
    }
    Err(format!("CHANGELOG.md has no entries below \"## {version} - <date>\""))
}

fn clean(workspace: &Workspace) -> Result<()> {
    let changed = git(workspace).args(["status", "--porcelain"]).ask()?;
    if changed.is_empty() {
        return Ok(());
    }
    Err(Failed::new(format!("commit these changes first, because a commit is published:\n{changed}")))
}

fn clone(workspace: &Workspace, folder: &Path, step: &Step) -> Result<Workspace> {
    remove_folder(folder)?;
    step.run(&git(workspace).args(["clone", "--quiet", "--no-hardlinks", "."]).arg(folder))?;
    let head = git(workspace).args(["rev-parse", "HEAD"]).ask()?;
    step.run(&Program::new("git", folder).args(["checkout", "--quiet", "--detach", head.trim()]))?;
    let there = workspace.at(folder);
    there.node()?;
    Ok(there)
}

fn git(workspace: &Workspace) -> Program {
    workspace.program("git")
}

/// The sizes and names in the output of `npm pack --json`.
fn npm_contents(packed: &str) -> Result<String> {
    let listing: serde_json::Value = serde_json::from_str(packed).map_err(|error| Failed::new(error.to_string()))?;
    let files = listing[0]["files"].as_array().ok_or_else(|| Failed::new("npm pack listed no files"))?;
    Ok(files.iter().fold(String::new(), |mut lines, file| {
        let size = file["size"].as_u64().unwrap_or_default();
        let _ = writeln!(lines, "{size:>10}  {}", file["path"].as_str().unwrap_or_default());
        lines
    }))
}

/// The files of `cargo package --list` with their sizes. Files that cargo generates have none yet.
fn crate_contents(workspace: &Workspace, listed: &str) -> String {
    listed.lines().fold(String::new(), |mut lines, file| {
        let size = fs::metadata(workspace.root.join(file)).map_or(String::new(), |file| file.len().to_string());
        let _ = writeln!(lines, "{size:>10}  {file}");
        lines
    })
}

fn read(file: &Path) -> Result<Vec<u8>> {
    fs::read(file).context(format!("read {}", file.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_needs_words_in_the_changelog() {
        let log =
            "# Changelog\n\n## Unreleased\n\n- New.\n\n## 0.2.0 - 2026-12-01\n\n### Added\n\n- More.\n\n## 0.1.0\n";
        assert!(changelog(log, "0.2.0", false).is_ok());
        assert!(changelog(log, "0.1.0", false).is_err());
        assert!(changelog(log, "0.3.0", false).is_err());
        assert!(changelog(log, "0.3.0", true).is_ok());
    }
}

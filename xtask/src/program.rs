//! The program for administrators as it is published: one archive for each target.

use std::env::consts::{ARCH, EXE_SUFFIX, OS};
use std::fs;
use std::path::Path;

use crate::build::build;
use crate::files::remove_folder;
use crate::setup::Workspace;
use crate::step::{Context, Failed, Program, Result, Step};

/// Targets that the rehearsal builds. The workflow builds each target of a release on its own system, Windows with Microsoft's linker.
const REHEARSED: [&str; 3] = ["x86_64-unknown-linux-gnu", "x86_64-unknown-linux-musl", "x86_64-pc-windows-gnu"];
/// Targets that only the workflow builds, and why.
const NOT_REHEARSED: [(&str, &str); 4] = [
    ("aarch64-unknown-linux-musl", "the workflow builds it on ARM, where it runs"),
    ("aarch64-apple-darwin", "linking needs Apple's SDK"),
    ("x86_64-apple-darwin", "linking needs Apple's SDK"),
    ("x86_64-pc-windows-msvc", "linking needs Microsoft's SDK"),
];
const NAME: &str = "torque-gitlab-connect";
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Builds the program for one target and packs it into `target/publish`.
pub fn program(workspace: &Workspace, target: &str) -> Result<()> {
    build(workspace)?;
    let folder = workspace.target.join("publish");
    fs::create_dir_all(&folder).context(format!("make {}", folder.display()))?;
    archive(workspace, target, compiler(workspace, target)?, &folder)
}

/// Packs the program for each target whose tools this machine has or can install, and lists the others.
pub fn rehearse(workspace: &Workspace, folder: &Path) -> Result<()> {
    for target in REHEARSED {
        match compiler(workspace, target) {
            Ok(cargo) => archive(workspace, target, cargo, folder)?,
            Err(why) => not_built(target, why.message.lines().next().unwrap_or("its tools could not be installed")),
        }
    }
    for (target, why) in NOT_REHEARSED {
        not_built(target, why);
    }
    Ok(())
}

fn not_built(target: &str, why: &str) {
    println!("- not built here: {target}: {why}");
}

/// The build command: cargo for this machine's own target; for others cargo with zig, which has the linkers and C libraries.
fn compiler(workspace: &Workspace, target: &str) -> Result<Program> {
    workspace.rust_target(target)?;
    let host = workspace.program("rustc").args(["--print", "host-tuple"]).ask()?;
    if target == host.trim() {
        return Ok(workspace.program("cargo").arg("build"));
    }
    let zig = workspace.zig()?;
    let python = zig.join(format!("python{EXE_SUFFIX}"));
    let cargo = workspace.program(zig.join(format!("cargo-zigbuild{EXE_SUFFIX}"))).arg("zigbuild");
    Ok(cargo.env("CARGO_ZIGBUILD_PYTHON_PATH", python))
}

/// Builds the program, runs it if it is for this machine, and packs it with its licences.
fn archive(workspace: &Workspace, target: &str, cargo: Program, folder: &Path) -> Result<()> {
    let cargo = cargo.args(["--release", "--locked", "--package", "torque-gitlab-connect-cli", "--target", target]);
    let cargo = cargo.arg("--target-dir").arg(&workspace.target);
    let name = format!("{NAME}-{VERSION}-{target}");
    let packed = workspace.target.join("program").join(&name);
    let file = format!("{NAME}{}", if target.contains("windows") { ".exe" } else { "" });
    let is_for_this_machine = target.starts_with(ARCH) && target.contains(if OS == "macos" { "apple" } else { OS });
    Step::of(format!("program for {target}"), |step| {
        step.run(&cargo)?;
        remove_folder(&packed)?;
        fs::create_dir_all(&packed).context(format!("make {}", packed.display()))?;
        let built = workspace.target.join(target).join("release").join(&file);
        let licences = ["LICENSE-MIT", "LICENSE-APACHE"].map(|licence| workspace.root.join(licence));
        for (from, name) in [built].iter().chain(&licences).zip([&*file, "LICENSE-MIT", "LICENSE-APACHE"]) {
            fs::copy(from, packed.join(name)).context(format!("copy {}", from.display()))?;
        }
        if is_for_this_machine {
            run(step, &packed, &file)?;
        }
        // Relative paths, because some versions of tar read `C:` as a host name.
        let tar = Program::new("tar", folder).args(["-czf", &format!("{name}.tar.gz"), "-C", "../program", &name]);
        step.run(&tar).map(|_| ())
    })?;
    if !is_for_this_machine {
        println!("- not run here, and therefore packed without completions and man pages: {target}");
    }
    Ok(())
}

/// Runs the program: it prints its version, checks a URL, and writes completions and man pages into its folder.
fn run(step: &Step, folder: &Path, file: &str) -> Result<()> {
    let program = Program::new(folder.join(file), folder);
    let version = program.clone().arg("--version").ask()?;
    if version.trim() != format!("{NAME} {VERSION}") {
        return Err(Failed::new(format!("{file} --version says {version}")));
    }
    let urls = folder.with_file_name("urls.txt");
    fs::write(&urls, "https://gitlab.example.com/group/project\n").context(format!("write {}", urls.display()))?;
    step.run(&program.clone().args(["check", "--base-url", "https://gitlab.example.com"]).arg(&urls))?;

    let [completions, man] = ["completions", "man"].map(|name| folder.join(name));
    for folder in [&completions, &man] {
        fs::create_dir(folder).context(format!("make {}", folder.display()))?;
    }
    for (shell, ending) in [("bash", "bash"), ("zsh", "zsh"), ("fish", "fish"), ("powershell", "ps1")] {
        let text = program.clone().args(["completions", shell]).ask()?;
        let path = completions.join(format!("{NAME}.{ending}"));
        fs::write(&path, text).context(format!("write {}", path.display()))?;
    }
    step.run(&program.arg("man").arg(&man)).map(|_| ())
}

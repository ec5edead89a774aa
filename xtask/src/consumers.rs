//! The packed npm package, installed beside third-party tools: bundlers, runtimes, form libraries.

use std::fs;
use std::path::PathBuf;

use crate::engines::Browser;
use crate::files::{copy, files_below, fingerprint, if_stale};
use crate::setup::Workspace;
use crate::step::{Context, Program, Result, Step};

/// Copies `tests/consumers` below the target folder and installs the tools of its lock file.
pub fn prepare(workspace: &Workspace) -> Result<Consumers> {
    // Only here is Next.js installed.
    let parts = &[("tests/consumers", ""), ("examples/next", "next-portal")];
    Consumers::prepare(
        workspace,
        "consumers",
        parts,
        "third-party tools (bundlers, Next.js, Angular, Deno, Bun …, about 850 MB)",
    )
}

/// The same for `tests/backstage` and the plugin in `examples`, because Backstage needs another version of React.
pub fn prepare_backstage(workspace: &Workspace) -> Result<Consumers> {
    let parts = &[("tests/backstage", ""), ("tests/consumers/support.mjs", ""), ("examples/backstage", "")];
    Consumers::prepare(workspace, "backstage", parts, "Backstage (about 448 MB)")
}

/// A folder in which the package can be installed and used.
#[derive(Debug)]
pub struct Consumers {
    folder: PathBuf,
    workspace: Workspace,
}

impl Consumers {
    /// Copies each of `parts` (a file or folder, and the folder to copy it to) and installs the tools.
    fn prepare(workspace: &Workspace, name: &str, parts: &[(&str, &str)], tools: &str) -> Result<Self> {
        let consumers = Self { folder: workspace.target.join(name), workspace: workspace.clone() };
        workspace.with_lock(|| consumers.copy(parts).and_then(|()| consumers.tools(tools)))?;
        Ok(consumers)
    }

    /// Packs the package as npm publishes it, installs it, and runs every test.
    pub fn test(&self, step: &Step, browser: &Browser) -> Result<String> {
        let pack = self.workspace.program("npm").args(["pack", "--silent", "--pack-destination"]);
        let tarball = step.run(&pack.arg(&self.folder).arg("./pkg"))?;
        let install = self.npm(&["install", "--no-save", "--prefer-offline"]).arg(format!("./{}", tarball.trim()));
        step.run(&install)?;
        let tests = files_below(&self.folder, &["node_modules", "out"])?;
        let tests = tests.into_iter().filter(|file| file.to_string_lossy().ends_with(".test.mjs"));
        // Third-party tools may hang, so they have a time limit.
        let bounded = ["--test", "--test-reporter=spec", "--test-timeout=900000"];
        let node =
            Program::new("node", &self.folder).args(bounded).args(tests).env("SANDBOX", self.workspace.sandbox());
        step.run(&browser.with(node))
    }

    /// Removes everything but the installed tools, and copies the files.
    fn copy(&self, parts: &[(&str, &str)]) -> Result<()> {
        fs::create_dir_all(&self.folder).context(format!("make {}", self.folder.display()))?;
        for entry in fs::read_dir(&self.folder).context(format!("list {}", self.folder.display()))? {
            let path = entry.context(format!("list {}", self.folder.display()))?.path();
            if path.ends_with("node_modules") {
                continue;
            }
            let removed = if path.is_dir() { fs::remove_dir_all(&path) } else { fs::remove_file(&path) };
            removed.context(format!("remove {}", path.display()))?;
        }
        for (part, to) in parts {
            let from = self.workspace.root.join(part);
            let (files, from) = match from.parent().filter(|_| from.is_file()) {
                Some(folder) => (vec![from.clone()], folder.to_path_buf()),
                None => (files_below(&from, &["node_modules", ".next"])?, from),
            };
            copy(&files, &from, &self.folder.join(to))?;
        }
        Ok(())
    }

    fn tools(&self, what: &str) -> Result<()> {
        let stamp = self.folder.join("node_modules/.xtask-stamp");
        let state = fingerprint(&[self.folder.join("package-lock.json")])?;
        // Not `npm ci`: it rejects a lock file without the programs for other systems, which registries may lack.
        let install = self.npm(&["install", "--no-save"]);
        if_stale(&stamp, &state, || Step::of(format!("setting up: {what}"), |step| step.run(&install).map(|_| ())))
    }

    /// npm, without the scripts of packages: some download what is not in the registry.
    fn npm(&self, words: &[&str]) -> Program {
        let quiet = ["--ignore-scripts", "--no-audit", "--no-fund"];
        Program::new("npm", &self.folder).args(words).args(quiet)
    }
}

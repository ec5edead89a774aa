//! Installs what is missing on this machine, once, with one line for each part.

use std::env;
use std::fs::{self, File, TryLockError};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

use crate::files::{fingerprint, if_stale, remove_folder};
use crate::step::{Context, Failed, Program, Result, Step};

/// The Rust target of the npm package.
pub const WASM: &str = "wasm32-unknown-unknown";
const OLDEST_NODE: (u32, u32) = (20, 19);

/// The folders: the checkout, cargo's target folder, and the cache of tools that checkouts share.
#[derive(Debug, Clone)]
pub struct Workspace {
    /// The checkout.
    pub root: PathBuf,
    /// Cargo's target folder, which the user may have set.
    pub target: PathBuf,
    cache: PathBuf,
}

impl Workspace {
    /// Finds the folders from the environment.
    pub fn find() -> Result<Self> {
        // Read at run time, because checkouts that share a target folder share this program.
        let package = env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
        let root = package.as_deref().and_then(Path::parent).map(Path::to_path_buf);
        let root = root.ok_or_else(|| Failed::new("start this program with `cargo xtask`"))?;
        // xtask itself is <target>/debug/xtask.
        let program = env::current_exe().context("find the running program")?;
        let target = program.ancestors().nth(2).map_or_else(|| root.join("target"), Path::to_path_buf);
        let cache = env::var_os("XDG_CACHE_HOME")
            .filter(|folder| !folder.is_empty())
            .map(PathBuf::from)
            .or_else(|| env::home_dir().map(|home| home.join(".cache")))
            .ok_or_else(|| Failed::new("no folder for tools: set HOME or XDG_CACHE_HOME"))?;
        Ok(Self { root, target, cache: cache.join("torque-gitlab-connect") })
    }

    /// The folders of another checkout: its own target folder, the same tools.
    pub fn at(&self, root: &Path) -> Self {
        Self { root: root.to_path_buf(), target: root.join("target"), cache: self.cache.clone() }
    }

    /// A program to run in the checkout.
    pub fn program(&self, name: impl AsRef<std::ffi::OsStr>) -> Program {
        Program::new(name, &self.root)
    }

    /// Where the sandbox's program is built.
    pub fn sandbox(&self) -> PathBuf {
        self.target.join("debug").join(format!("sandbox{}", env::consts::EXE_SUFFIX))
    }

    /// Where the program for administrators is built.
    pub fn cli(&self) -> PathBuf {
        self.target.join("debug").join(format!("torque-gitlab-connect{}", env::consts::EXE_SUFFIX))
    }

    /// Runs `work` while it holds the checkout's lock, so that no other xtask builds.
    pub fn with_lock<T>(&self, work: impl FnOnce() -> Result<T>) -> Result<T> {
        let _lock = locked(&self.target.join("xtask.lock"))?;
        work()
    }

    /// Installs the wasm target and the sources of std for the pinned toolchain.
    pub fn rust(&self) -> Result<()> {
        self.rust_part(&format!("{WASM}/lib"), format!("Rust's {WASM} target (20 MB)"), &["target", "add", WASM])?;
        let sources = "the sources of Rust's std (5 MB)";
        self.rust_part("src/rust/library/Cargo.lock", sources, &["component", "add", "rust-src"])
    }

    /// Installs the standard library of another target.
    pub fn rust_target(&self, target: &str) -> Result<()> {
        self.rust_part(&format!("{target}/lib"), format!("Rust's {target} target (30 MB)"), &["target", "add", target])
    }

    /// Calls rustup with `words` if the pinned toolchain lacks `path`.
    fn rust_part(&self, path: &str, what: impl std::fmt::Display, words: &[&str]) -> Result<()> {
        let sysroot = self.program("rustc").args(["--print", "sysroot"]).ask()?;
        let _lock = locked(&self.cache.join("lock"))?;
        let exists = Path::new(sysroot.trim()).join("lib/rustlib").join(path).exists();
        if exists { Ok(()) } else { self.rustup(what, words) }
    }

    /// Installs Rust's formatter and linter, which a minimal toolchain lacks.
    pub fn rust_checkers(&self) -> Result<()> {
        let _lock = locked(&self.cache.join("lock"))?;
        if self.program("cargo").args(["fmt", "--version"]).ask().is_err() {
            self.rustup("rustfmt", &["component", "add", "rustfmt"])?;
        }
        if self.program("cargo").args(["clippy", "--version"]).ask().is_err() {
            self.rustup("clippy", &["component", "add", "clippy"])?;
        }
        Ok(())
    }

    /// Installs the tools that read the counters of a coverage run.
    pub fn llvm_tools(&self) -> Result<()> {
        let _lock = locked(&self.cache.join("lock"))?;
        let installed = self.program("rustup").args(["component", "list", "--installed"]).ask().unwrap_or_default();
        if !installed.lines().any(|component| component.starts_with("llvm-tools")) {
            self.rustup("llvm-tools, for coverage (30 MB)", &["component", "add", "llvm-tools"])?;
        }
        Ok(())
    }

    /// Checks the version of Node.js and installs the packages of the lock file.
    pub fn node(&self) -> Result<()> {
        let (major, minor) = OLDEST_NODE;
        let wanted =
            format!("Node.js {major}.{minor} or later is needed: https://nodejs.org, or your system's packages");
        let found = self.program("node").arg("--version").ask().map_err(|_| Failed::new(wanted.clone()))?;
        if node_version(&found).is_none_or(|found| found < OLDEST_NODE) {
            return Err(Failed::new(format!("{wanted} (found: {})", found.trim())));
        }
        self.with_lock(|| {
            // Inside node_modules, which `npm ci` removes first: an interrupted installation leaves no stamp.
            let stamp = self.root.join("node_modules/.xtask-stamp");
            let state = fingerprint(&[self.root.join("package-lock.json")])?;
            // Without scripts: the packages work without them, and those of others do not run here.
            let program = self.program("npm").args(["ci", "--no-audit", "--no-fund", "--ignore-scripts"]);
            let title = "setting up: npm packages (TypeScript, esbuild, wasm-opt …, about 400 MB)";
            if_stale(&stamp, &state, || Step::of(title, |step| step.run(&program).map(|_| ())))
        })
    }

    /// A program of an npm package in the lock file.
    pub fn npm_program(&self, name: &str) -> Program {
        let ending = if cfg!(windows) { ".cmd" } else { "" };
        self.program(self.root.join("node_modules/.bin").join(format!("{name}{ending}")))
    }

    /// Installs the checkers in `requirements.txt` beside this program. Returns their folder.
    pub fn checkers(&self) -> Result<PathBuf> {
        self.python_programs("checkers", "requirements.txt", "checkers of spelling and dependencies (75 MB)")
    }

    /// Installs cargo-zigbuild, which links for other systems, and zig for it. Returns the folder of its programs.
    pub fn zig(&self) -> Result<PathBuf> {
        self.python_programs("zig", "zig-requirements.txt", "zig, which links for other systems (400 MB)")
    }

    /// Installs the Python packages in a list beside this program. Returns the folder of their programs.
    fn python_programs(&self, name: &str, list: &str, what: &str) -> Result<PathBuf> {
        let list = self.root.join("xtask").join(list);
        let wanted = fs::read_to_string(&list).context(format!("read {}", list.display()))?;
        let folder = self.cache.join(format!("{name}-{}", fingerprint_of(&wanted)));
        let programs = folder.join(if cfg!(windows) { "Scripts" } else { "bin" });
        let complete = folder.join("complete");
        if complete.exists() {
            return Ok(programs);
        }
        let python = self.python()?;
        let _lock = locked(&self.cache.join("lock"))?;
        let environment = python.args(["-m", "venv", "--clear"]).arg(&folder);
        let install = self
            .program(programs.join(format!("python{}", env::consts::EXE_SUFFIX)))
            .args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps", "--requirement"])
            .arg(&list);
        Step::of(format!("setting up: {what}"), |step| {
            step.run(&environment)?;
            step.run(&install)?;
            fs::write(&complete, "").context(format!("write {}", complete.display()))
        })?;
        Ok(programs)
    }

    /// Finds or installs Python with venv.
    fn python(&self) -> Result<Program> {
        let python = self.program(if cfg!(windows) { "python" } else { "python3" });
        let works = || python.clone().args(["-c", "import ensurepip, venv"]).ask().is_ok();
        if !works() {
            self.debian("Python", &["python3-venv"])?;
        }
        let wanted = "Python 3 with venv and pip is needed: https://www.python.org, or your system's packages (Debian: \
                      python3-venv)";
        if works() { Ok(python) } else { Err(Failed::new(wanted)) }
    }

    /// Installs `wasm-bindgen` and its test runner at the version in `Cargo.lock`. Returns their folder.
    pub fn wasm_bindgen(&self) -> Result<PathBuf> {
        let file = self.root.join("Cargo.lock");
        let lock = fs::read_to_string(&file).context(format!("read {}", file.display()))?;
        let version = locked_version(&lock, "wasm-bindgen")
            .ok_or_else(|| Failed::new("Cargo.lock does not name wasm-bindgen; is the feature `js` gone?"))?;
        self.cargo_tool("wasm-bindgen-cli", version, &["wasm-bindgen", "wasm-bindgen-test-runner"])
    }

    /// Installs programs of a crate, compiled once for all checkouts. Returns their folder.
    pub fn cargo_tool(&self, name: &str, version: &str, programs: &[&str]) -> Result<PathBuf> {
        let folder = self.cache.join(format!("{name}-{version}"));
        let _lock = locked(&self.cache.join("lock"))?;
        if folder.is_dir() {
            return Ok(folder.join("bin"));
        }
        // Installed under another name and then renamed, so that the folder is always complete.
        let unfinished = self.cache.join(format!("{name}-{version}.unfinished"));
        let program = self
            .program("cargo")
            .args(["install", name, "--version", &format!("={version}"), "--root"])
            .arg(&unfinished)
            .args(programs.iter().flat_map(|program| ["--bin", program]))
            .arg("--target-dir")
            .arg(unfinished.join("build"))
            // They run for seconds, so the time to compile them matters more than their speed.
            .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1")
            .without_env("RUSTFLAGS")
            .without_env("CARGO_BUILD_TARGET");
        Step::of(format!("setting up: {name} {version} (compiles, 2 to 4 minutes)"), |step| {
            remove_folder(&unfinished)?;
            step.run(&program)?;
            fs::remove_dir_all(unfinished.join("build")).context("remove what the compiler left")?;
            fs::rename(&unfinished, &folder).context(format!("make {}", folder.display()))
        })?;
        Ok(folder.join("bin"))
    }

    /// Installs shellcheck, which checks the exported scripts, and busybox, one of the shells that run them. The tests work
    /// without busybox.
    pub fn shells(&self) -> Result<()> {
        if in_path(&["shellcheck"]).is_some() && in_path(&["busybox"]).is_some() {
            return Ok(());
        }
        self.debian("shellcheck and busybox", &["shellcheck", "busybox"])?;
        let found = in_path(&["shellcheck"]).map(|_| ());
        found.ok_or_else(|| Failed::new("shellcheck is needed: install it (Debian: apt-get install shellcheck)"))
    }

    fn rustup(&self, what: impl std::fmt::Display, words: &[&str]) -> Result<()> {
        if in_path(&["rustup"]).is_none() {
            return Err(Failed::new(format!(
                "{what} is missing and there is no rustup to add it: install Rust by https://rustup.rs, or this part of \
                 it the way you installed Rust"
            )));
        }
        Step::of(format!("setting up: {what}"), |step| step.run(&self.program("rustup").args(words)).map(|_| ()))
    }

    /// Installs Debian packages on Debian, as root. Elsewhere it does nothing.
    pub fn debian(&self, what: &str, packages: &[&str]) -> Result<()> {
        if !is_debian() || !is_root() {
            return Ok(());
        }
        let _lock = locked(&self.cache.join("lock"))?;
        let apt = || self.program("apt-get").env("DEBIAN_FRONTEND", "noninteractive");
        Step::of(format!("setting up: {what}"), |step| {
            step.run(&apt().arg("update"))?;
            // With recommended packages: Chromium draws no text without a font.
            step.run(&apt().args(["install", "-y"]).args(packages)).map(|_| ())
        })
    }
}

/// The version of a package in `Cargo.lock`.
pub fn locked_version<'a>(lock: &'a str, package: &str) -> Option<&'a str> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines().skip_while(|line| *line != name);
    lines.nth(1)?.strip_prefix("version = \"")?.strip_suffix('"')
}

fn fingerprint_of(text: &str) -> String {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}

/// Locks a file until it is dropped. The system releases the lock if the process ends.
fn locked(path: &Path) -> Result<File> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).context(format!("make {}", folder.display()))?;
    }
    let file = File::create(path).context(format!("open {}", path.display()))?;
    match file.try_lock() {
        Ok(()) => return Ok(file),
        Err(TryLockError::WouldBlock) => println!("  waiting for another cargo xtask …"),
        Err(TryLockError::Error(error)) => return Err(error).context(format!("lock {}", path.display())),
    }
    file.lock().context(format!("lock {}", path.display()))?;
    Ok(file)
}

fn node_version(text: &str) -> Option<(u32, u32)> {
    let mut numbers = text.trim().strip_prefix('v')?.split('.').map(str::parse);
    Some((numbers.next()?.ok()?, numbers.next()?.ok()?))
}

/// The first of these programs that `PATH` has.
pub fn in_path(names: &[&str]) -> Option<PathBuf> {
    let folders: Vec<PathBuf> = env::split_paths(&env::var_os("PATH")?).collect();
    let candidates = names.iter().flat_map(|name| {
        let file = format!("{name}{}", env::consts::EXE_SUFFIX);
        folders.iter().map(move |folder| folder.join(&file))
    });
    candidates.into_iter().find(|path| path.is_file())
}

fn is_debian() -> bool {
    fs::read_to_string("/etc/os-release").is_ok_and(|text| text.lines().any(|line| line == "ID=debian"))
}

#[cfg(unix)]
fn is_root() -> bool {
    use std::os::unix::fs::MetadataExt;
    fs::metadata("/proc/self").is_ok_and(|process| process.uid() == 0)
}

#[cfg(not(unix))]
fn is_root() -> bool {
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOCK: &str = include_str!("../../Cargo.lock");

    #[test]
    fn a_version_is_read_from_the_lock_file_by_the_whole_name() {
        let lock =
            "[[package]]\nname = \"ab\"\nversion = \"1.0.0\"\n\n[[package]]\nname = \"a\"\nversion = \"2.1.0\"\n";
        assert_eq!(locked_version(lock, "a"), Some("2.1.0"));
        assert_eq!(locked_version(lock, "b"), None);
    }

    #[test]
    fn idna_adapter_has_tables() {
        // Without them, as in 1.0.0, the `url` crate refuses every `xn--` host. None of it is in the wasm.
        assert_ne!(locked_version(LOCK, "idna_adapter"), Some("1.0.0"));
    }

    #[test]
    fn node_is_checked_by_its_first_two_numbers() {
        assert_eq!(node_version("v20.19.1\n"), Some((20, 19)));
        assert_eq!(node_version("nonsense"), None);
        assert!(node_version("v18.20.0") < Some(OLDEST_NODE));
    }

    #[test]
    fn a_second_holder_of_a_lock_has_to_wait() {
        let path = env::temp_dir().join(format!("xtask-lock-{}", std::process::id()));
        let first = locked(&path).expect("free");
        let second = File::open(&path).expect("it exists");
        assert!(matches!(second.try_lock(), Err(TryLockError::WouldBlock)));
        drop(first);
        assert!(second.try_lock().is_ok());
        fs::remove_file(&path).expect("remove");
    }
}

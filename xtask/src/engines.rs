//! Browsers for the tests, each with its `WebDriver`: named by a variable, found in `PATH`, or installed if possible.

use std::env;
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

use clap::ValueEnum;

use crate::setup::{Workspace, in_path};
use crate::step::{Failed, Program, Result};

/// The version on crates.io. Neither Debian 12 nor npm has a compiled one.
const GECKODRIVER: &str = "0.37.1";

/// A browser engine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
#[value(rename_all = "lower")]
pub enum Engine {
    /// Chromium or Chrome.
    Chromium,
    /// Firefox, also its extended support release.
    Firefox,
    /// `WebKitGTK`. It needs a screen, so it gets one in memory.
    WebKit,
}

/// A browser and the program that drives it.
#[derive(Debug, Clone)]
pub struct Browser {
    /// Its engine.
    pub engine: Engine,
    /// The browser itself.
    pub program: PathBuf,
    /// Its `WebDriver` server.
    pub driver: PathBuf,
}

impl Engine {
    /// All engines on this system: `WebKitGTK` exists only on Linux.
    pub fn all() -> &'static [Self] {
        const ALL: [Engine; 3] = [Engine::Chromium, Engine::Firefox, Engine::WebKit];
        if cfg!(target_os = "linux") { &ALL } else { &ALL[..2] }
    }

    /// The variables that name browser and driver. The user may set them; the tests read them.
    fn variables(self) -> (&'static str, &'static str) {
        match self {
            Self::Chromium => ("CHROME", "CHROMEDRIVER"),
            Self::Firefox => ("FIREFOX", "GECKODRIVER"),
            Self::WebKit => ("MINIBROWSER", "WEBKITWEBDRIVER"),
        }
    }

    fn programs(self) -> &'static [&'static str] {
        match self {
            Self::Chromium => &["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"],
            Self::Firefox => &["firefox-esr", "firefox"],
            Self::WebKit => &["MiniBrowser"],
        }
    }

    fn drivers(self) -> &'static [&'static str] {
        match self {
            Self::Chromium => &["chromedriver"],
            Self::Firefox => &["geckodriver"],
            Self::WebKit => &["WebKitWebDriver"],
        }
    }

    /// A description for the user, and the packages to install on Debian.
    fn packages(self) -> (&'static str, &'static [&'static str]) {
        match self {
            Self::Chromium => ("Chromium and ChromeDriver (Debian's, about 450 MB)", &["chromium", "chromium-driver"]),
            Self::Firefox => ("Firefox (Debian's, about 300 MB)", &["firefox-esr"]),
            Self::WebKit => {
                ("WebKitGTK and a screen in memory (Debian's, about 300 MB)", &["webkit2gtk-driver", "xvfb", "xauth"])
            }
        }
    }

    fn find_program(self) -> Option<PathBuf> {
        let outside_path = match self {
            Self::Chromium => vec![PathBuf::from("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")],
            Self::Firefox => vec![PathBuf::from("/Applications/Firefox.app/Contents/MacOS/firefox")],
            Self::WebKit => mini_browsers(),
        };
        named(self.variables().0)
            .or_else(|| in_path(self.programs()))
            .or_else(|| outside_path.into_iter().find(|path| path.exists()))
    }

    fn find_driver(self) -> Option<PathBuf> {
        named(self.variables().1).or_else(|| in_path(self.drivers()))
    }

    /// Whether something that Debian's packages contain is missing.
    fn lacks_packages(self) -> bool {
        let driver = self == Self::Firefox || self.find_driver().is_some();
        let screen = self != Self::WebKit || in_path(&["xvfb-run"]).is_some();
        self.find_program().is_none() || !driver || !screen
    }
}

impl fmt::Display for Engine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Chromium => "Chromium",
            Self::Firefox => "Firefox",
            Self::WebKit => "WebKit",
        })
    }
}

impl Workspace {
    /// Finds or installs an engine's browser and driver.
    pub fn browser(&self, engine: Engine) -> Result<Browser> {
        if engine.lacks_packages() {
            let (what, packages) = engine.packages();
            self.debian(what, packages)?;
        }
        let found = (!engine.lacks_packages()).then(|| engine.find_program()).flatten();
        let program = found.ok_or_else(|| missing(engine))?;
        let driver = match (engine.find_driver(), engine) {
            (Some(driver), _) => driver,
            (None, Engine::Firefox) => {
                self.cargo_tool("geckodriver", GECKODRIVER, &["geckodriver"])?.join("geckodriver")
            }
            (None, _) => return Err(missing(engine)),
        };
        Ok(Browser { engine, program, driver })
    }
}

impl Browser {
    /// Sets the variables by which `tests/browser/support.mjs` finds this browser, and starts a screen if it needs one.
    pub fn with(&self, program: Program) -> Program {
        let (browser, driver) = self.engine.variables();
        let program = program
            .env("ENGINE", self.engine.to_string().to_lowercase())
            .env(browser, &self.program)
            .env(driver, &self.driver);
        if self.engine != Engine::WebKit {
            return program;
        }
        program
            .under(&["xvfb-run", "--auto-servernum", "--server-args=-screen 0 1600x1200x24"])
            // There is no desktop, so WebKit must not look for its accessibility bus.
            .env("NO_AT_BRIDGE", "1")
    }
}

fn missing(engine: Engine) -> Failed {
    let (_, packages) = engine.packages();
    let (browser, driver) = engine.variables();
    Failed::new(format!(
        "{engine} with its WebDriver is needed: install both (Debian: apt-get install {}), or name them in the variables \
         {browser} and {driver}",
        packages.join(" ")
    ))
}

fn named(variable: &str) -> Option<PathBuf> {
    env::var_os(variable).map(PathBuf::from).filter(|path| path.exists())
}

/// `WebKitGTK`'s small browser, which is beside the library, at `/usr/lib/<machine>/webkit2gtk-<version>/MiniBrowser`.
fn mini_browsers() -> Vec<PathBuf> {
    let below = |folder: &Path| -> Vec<PathBuf> {
        fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect()
    };
    let libraries = ["/usr/lib", "/usr/libexec"].map(PathBuf::from);
    let machines = libraries.iter().flat_map(|folder| below(folder)).chain(libraries.iter().cloned());
    let is_webkit =
        |folder: &PathBuf| folder.file_name().is_some_and(|name| name.to_string_lossy().starts_with("webkit"));
    let mut found: Vec<PathBuf> = machines
        .flat_map(|folder| below(&folder))
        .filter(is_webkit)
        .map(|folder| folder.join("MiniBrowser"))
        .filter(|program| program.is_file())
        .collect();
    found.sort();
    found
}

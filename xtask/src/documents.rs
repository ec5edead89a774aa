//! Documents that are generated: API documentation, reports of the public API, screenshots of the page.

use crate::build::{build, build_sandbox};
use crate::checks;
use crate::engines::Engine;
use crate::setup::Workspace;
use crate::step::{Result, Step};

/// Builds the API documentation of the crates and the package.
pub fn docs(workspace: &Workspace) -> Result<()> {
    build(workspace)?;
    Step::of("API documentation of the crates", |step| step.run(&checks::rustdoc(workspace)))?;
    Step::of("API documentation of the npm package", |step| step.run(&checks::typedoc(workspace)))?;
    let doc = workspace.target.join("doc");
    println!("\n{}", doc.join("torque_gitlab_connect/index.html").display());
    println!("{}", doc.join("typescript/index.html").display());
    Ok(())
}

/// Regenerates the reports in `docs/api/`.
pub fn api(workspace: &Workspace) -> Result<()> {
    build(workspace)?;
    Step::of("docs/api/*.api.md", |step| step.run(&checks::surface(workspace).arg("--write")).map(|_| ()))
}

/// Saves screenshots of the page; see `tests/browser/screenshots.mjs`.
pub fn screenshots(workspace: &Workspace, pattern: Option<&str>) -> Result<()> {
    build(workspace)?;
    build_sandbox(workspace)?;
    let program = workspace.program("node").arg("tests/browser/screenshots.mjs").args(pattern);
    let program = workspace.browser(Engine::Chromium)?.with(program.env("SANDBOX", workspace.sandbox()));
    Step::of("screenshots, into target/screenshots/", |step| step.run(&program).map(|_| ()))
}

//! What is made from the sources to be looked at: pages for readers, reports of the public surface, pictures of the page.

use crate::build::{build, build_sandbox};
use crate::checks;
use crate::engines::Engine;
use crate::setup::Places;
use crate::step::{Result, Step};

/// Builds the pages about the crates and the package.
pub fn docs(places: &Places) -> Result<()> {
    build(places)?;
    Step::of("pages about the Rust crates", |step| step.run(&checks::rustdoc(places)))?;
    Step::of("pages about the npm package", |step| step.run(&checks::typedoc(places)))?;
    let doc = places.target.join("doc");
    println!("\n{}", doc.join("torque_gitlab_connect/index.html").display());
    println!("{}", doc.join("typescript/index.html").display());
    Ok(())
}

/// Writes the reports in `docs/api/` anew.
pub fn api(places: &Places) -> Result<()> {
    build(places)?;
    Step::of("docs/api/*.api.md", |step| step.run(&checks::surface(places).arg("--write")).map(|_| ()))
}

/// Takes pictures of the page; see `tests/browser/screenshots.mjs`.
pub fn screenshots(places: &Places, pattern: Option<&str>) -> Result<()> {
    build(places)?;
    build_sandbox(places)?;
    let program = places.program("node").arg("tests/browser/screenshots.mjs").args(pattern);
    let program = places.browser(Engine::Chromium)?.with(program.env("SANDBOX", places.sandbox()));
    Step::of("screenshots, into target/screenshots/", |step| step.run(&program).map(|_| ()))
}

//! What is written from the sources: pages for readers, and the reports of the public surface.

use crate::build::build;
use crate::checks;
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

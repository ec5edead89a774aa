//! Measures what a user downloads, and fails above a ceiling.

use crate::setup::Workspace;
use crate::step::{Failed, Result, Step};

/// The size of one download, in bytes.
#[derive(Debug)]
struct Size {
    what: &'static str,
    raw: u64,
    gzip: u64,
    brotli: u64,
    /// The largest `brotli`.
    ceiling: u64,
}

/// What to do if a size is above its ceiling.
const ADVICE: &str = "\
    A download is larger than its ceiling in xtask/src/sizes.rs. Make it smaller first: look for a dependency or a text that is not needed.\n\
    If users get something for the bytes, raise the ceiling to 2 % above the new size, in a commit of its own that says what they get\n\
    and why it cannot be smaller. The goals are in docs/benchmarks.md.";

/// Fails if a size is above its ceiling.
pub fn check(workspace: &Workspace, step: &Step) -> Result<String> {
    let sizes = measure(workspace, step)?;
    if sizes.iter().all(|size| size.brotli <= size.ceiling) {
        return Ok(table(&sizes));
    }
    Err(Failed::new(format!("{}\n{ADVICE}", table(&sizes))))
}

fn measure(workspace: &Workspace, step: &Step) -> Result<Vec<Size>> {
    let program = workspace.program("node").arg("xtask/src/sizes.mjs");
    let output = step.run(&program)?;
    let measured: Vec<[u64; 3]> = serde_json::from_str(output.trim())
        .map_err(|error| Failed::new(format!("{program} did not print sizes ({error}): {output}")))?;
    // In the order of sizes.mjs, each 2 % above what was measured. docs/benchmarks.md has the goals, and why they are not met.
    let rows = [
        ("wasm of /validate", 88_100),
        ("wasm of everything", 161_200),
        ("entry /validate with the wasm inside", 99_400),
        ("API entry with the wasm inside", 179_400),
        ("element without the API entry", 38_700),
    ];
    let size = |(&[raw, gzip, brotli], (what, ceiling)): (&[u64; 3], _)| Size { what, raw, gzip, brotli, ceiling };
    Ok(measured.iter().zip(rows).map(size).collect())
}

fn table(sizes: &[Size]) -> String {
    let mut text = format!("{:<38}{:>10}{:>10}{:>10}{:>10}\n", "bytes", "raw", "gzip 9", "brotli", "ceiling");
    for Size { what, raw, gzip, brotli, ceiling } in sizes {
        let over = if brotli > ceiling { "  TOO LARGE" } else { "" };
        text += &format!("{what:<38}{raw:>10}{gzip:>10}{brotli:>10}{ceiling:>10}{over}\n");
    }
    text
}

//! A plan as a curl script for a shell, and as Terraform configuration.

mod curl;
mod terraform;

#[cfg(feature = "js")]
pub(crate) use curl::script;
pub use curl::to_curl;
#[cfg(feature = "js")]
pub(crate) use terraform::configuration;
pub use terraform::to_terraform;

use crate::issue::{Issue, IssueCode};

/// What of a plan an export leaves out, or ends at.
fn not_expressible(what: &str) -> Issue {
    Issue::new(IssueCode::ExportNotExpressible).with("what", what)
}

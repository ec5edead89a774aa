//! A plan as text that does the same elsewhere: as `curl` for a shell, and as a Terraform configuration.

mod curl;
mod terraform;

pub use curl::to_curl;
pub use terraform::to_terraform;

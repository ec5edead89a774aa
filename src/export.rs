//! A plan as a curl script for a shell, and as Terraform configuration.

mod curl;
mod terraform;

pub use curl::to_curl;
pub use terraform::to_terraform;

/// Appends one of so many parts that are still to come. They are about equally long, so that a long text need not be copied to
/// where it has more room each time that it has doubled.
fn append(text: &mut String, part: &str, parts: usize) {
    if text.capacity() - text.len() < part.len() {
        text.reserve_exact((part.len() + part.len() / 8) * parts.max(1));
    }
    text.push_str(part);
}

//! Everything that stands between a self-managed GitLab and a Quali Torque space, decided without I/O, clock or
//! randomness: URL containment, token checks, payloads, requests, answers and the order of things.

pub mod base_url;
mod containment;
pub mod entries;
pub mod export;
pub mod gitlab;
pub mod http;
pub mod issue;
mod numbered;
pub mod onboarding;
mod pasted;
pub mod portal_url;
pub mod repository_url;
pub mod secret;
pub mod server_text;
pub mod token;
pub mod torque;
pub mod url_reader;
#[cfg(feature = "js")]
pub mod wasm;

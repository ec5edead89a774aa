//! Everything that stands between a self-managed GitLab and a Quali Torque space, decided without I/O, clock or
//! randomness: URL containment, token checks, payloads, requests, answers and the order of things.

// Decisions only, and none that gives up: bad input is answered, not panicked at.
#![deny(clippy::disallowed_methods, clippy::disallowed_types)]
#![deny(clippy::expect_used, clippy::panic, clippy::print_stderr, clippy::print_stdout, clippy::unwrap_used)]

pub mod base_url;
pub mod branch;
mod containment;
mod cross_check;
pub mod export;
pub mod gitlab;
pub mod http;
pub mod input;
pub mod instant;
mod invisible;
pub mod issue;
mod normalization;
pub mod onboarding;
mod pages;
mod pasted;
pub mod portal_url;
pub mod repository_url;
mod reserved;
pub mod secret;
pub mod server_text;
mod swar;
pub mod token;
pub mod torque;
pub mod url_reader;
#[cfg(feature = "js")]
pub mod wasm;

/// The README's example, tested.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

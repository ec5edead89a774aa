//! Everything that stands between a self-managed GitLab and a Quali Torque space, decided without I/O, clock or
//! randomness: URL containment, token checks, payloads, requests, answers and the order of things.

pub mod http;
pub mod issue;
pub mod secret;

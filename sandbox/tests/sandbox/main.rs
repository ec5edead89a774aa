//! The sandbox over real HTTP, by a client that knows nothing of it.

mod bad_input;
mod client;
mod command;
mod failures;
mod gitlab;
mod page;
mod torque;
mod variant;

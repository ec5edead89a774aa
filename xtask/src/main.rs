//! A Torque and a GitLab to try against.
fn main() {}

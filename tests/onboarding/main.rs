//! The whole job against a Torque and a GitLab that are plain data, on a network that can fail.

mod model;
mod outcomes;
mod plans;
mod preview;
mod resumption;
mod scenarios;
mod simulation;
mod summary;
mod waiting;

//! How the program ends.

use std::fmt;
use std::process::{ExitCode, Termination};

use torque_gitlab_connect::issue::Issues;

use crate::style::{BAD, issue_line};

/// The exit status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// All good.
    Good = 0,
    /// Something was refused or failed.
    Failed = 1,
    /// Wrong usage, or input that cannot be read.
    Usage = 2,
    /// An outcome is unknown.
    Unknown = 3,
}

impl Termination for Exit {
    fn report(self) -> ExitCode {
        ExitCode::from(self as u8)
    }
}

/// Why a command could not do its work, as it is printed on standard error.
#[derive(Debug)]
pub struct Failure {
    pub exit: Exit,
    text: String,
}

pub type Result<T> = std::result::Result<T, Failure>;

impl Failure {
    /// Wrong usage, or input that cannot be read.
    pub fn usage(message: impl fmt::Display) -> Self {
        Self { exit: Exit::Usage, text: format!("{BAD}error{BAD:#}: {message}") }
    }

    /// Something failed.
    pub fn failed(message: impl fmt::Display) -> Self {
        Self { exit: Exit::Failed, ..Self::usage(message) }
    }

    /// What is wrong with the value of an argument, called by its name.
    pub fn argument(name: &str, issues: Issues) -> Self {
        let lines: Vec<String> = issues.at(name).iter().map(issue_line).collect();
        Self { exit: Exit::Usage, text: lines.join("\n") }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.text)
    }
}

/// Says what could not be done, where an error of the system says only why.
pub trait Context<T> {
    /// `what` completes "Cannot …".
    fn context(self, what: impl fmt::Display) -> Result<T>;
}

impl<T, E: fmt::Display> Context<T> for std::result::Result<T, E> {
    fn context(self, what: impl fmt::Display) -> Result<T> {
        self.map_err(|why| Failure::usage(format!("Cannot {what}: {why}")))
    }
}

//! How the program ends.

use std::fmt;
use std::process::{ExitCode, Termination};

use anstream::adapter::strip_str;
use serde::{Serialize, Serializer, ser::SerializeStruct};
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

/// Why a command could not do its work, as it is printed on standard error and, with `--json`, on standard output.
#[derive(Debug)]
pub struct Failure {
    pub exit: Exit,
    text: String,
    issues: Issues,
}

pub type Result<T> = std::result::Result<T, Failure>;

impl Failure {
    /// Wrong usage, or input that cannot be read.
    pub fn usage(message: impl fmt::Display) -> Self {
        Self { exit: Exit::Usage, text: format!("{BAD}error{BAD:#}: {message}"), issues: Issues::new() }
    }

    /// Something failed.
    pub fn failed(message: impl fmt::Display) -> Self {
        Self { exit: Exit::Failed, ..Self::usage(message) }
    }

    /// What is wrong with the value of an argument, called by its name.
    pub fn argument(name: &str, issues: Issues) -> Self {
        let issues = issues.at(name);
        let lines: Vec<String> = issues.iter().map(issue_line).collect();
        Self { exit: Exit::Usage, text: lines.join("\n"), issues }
    }

    /// The same with its issues, which are on standard error already.
    pub fn because_of(self, issues: Issues) -> Self {
        Self { issues, ..self }
    }
}

/// Arguments that cannot be read.
impl From<clap::Error> for Failure {
    fn from(error: clap::Error) -> Self {
        let text = error.render().ansi().to_string();
        Self { exit: Exit::Usage, text: text.trim_end().to_owned(), issues: Issues::new() }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.text)
    }
}

/// A result that is not `ok`, with the text for people.
impl Serialize for Failure {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        let mut result = serializer.serialize_struct("Failure", 3)?;
        result.serialize_field("ok", &false)?;
        result.serialize_field("message", &strip_str(&self.text).to_string())?;
        result.serialize_field("issues", &self.issues)?;
        result.end()
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

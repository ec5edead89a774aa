//! Output: text for people on standard error, data on standard output.

use std::io::{self, Write};

use anstream::AutoStream;
use serde::Serialize;
use torque_gitlab_connect::issue::Issue;

use crate::failure::{Failure, Result};
use crate::secrets::redactor;
use crate::style::issue_line;

/// Standard error, with colour only on a terminal.
pub fn people() -> AutoStream<io::Stderr> {
    anstream::stderr()
}

/// Prints a line for people, without tokens. A closed standard error is ignored.
pub fn say(text: impl std::fmt::Display) {
    let _ = writeln!(people(), "{}", redactor().strike_out(&text.to_string()));
}

/// Prints text on standard output, without tokens.
pub fn print(text: &str) -> Result<()> {
    written(io::stdout().lock().write_all(redactor().strike_out(text).as_bytes()))
}

/// Prints one JSON document on standard output.
pub fn print_json(value: &impl Serialize) -> Result<()> {
    let text = serde_json::to_string_pretty(value).map_err(|why| Failure::failed(why.to_string()))?;
    print(&format!("{text}\n"))
}

/// Prints one JSON document in one line, which may follow others.
pub fn print_json_line(value: &impl Serialize) -> Result<()> {
    let text = serde_json::to_string(value).map_err(|why| Failure::failed(why.to_string()))?;
    print(&format!("{text}\n"))
}

/// Ignores a reader that closed the pipe (`head`). Other errors are failures.
pub fn written(outcome: io::Result<()>) -> Result<()> {
    match outcome {
        Err(why) if why.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        outcome => outcome.map_err(|why| Failure::failed(format!("Cannot write to standard output: {why}"))),
    }
}

/// Prints issues for people.
pub fn say_issues<'a>(issues: impl IntoIterator<Item = &'a Issue>) {
    issues.into_iter().for_each(|issue| say(issue_line(issue)));
}

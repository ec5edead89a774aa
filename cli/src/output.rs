//! What people read: issues and verdicts on standard error, data on standard output.

use std::io::{self, Write};

use anstream::AutoStream;
use clap::builder::styling::{AnsiColor, Style};
use serde::Serialize;
use torque_gitlab_connect::issue::{Issue, Severity, path_text};

use crate::failure::{Failure, Result};

pub const GOOD: Style = AnsiColor::Green.on_default();
pub const BAD: Style = AnsiColor::Red.on_default();
pub const DOUBTFUL: Style = AnsiColor::Yellow.on_default();

/// Standard error, with colour on a terminal alone.
pub fn people() -> AutoStream<io::Stderr> {
    anstream::stderr()
}

/// Prints a line for people. Nobody is left to tell when standard error is closed.
pub fn say(text: impl std::fmt::Display) {
    let _ = writeln!(people(), "{text}");
}

/// Prints text on standard output as it is.
pub fn print(text: &str) -> Result<()> {
    written(io::stdout().lock().write_all(text.as_bytes()))
}

/// Prints one JSON document on standard output.
pub fn print_json(value: &impl Serialize) -> Result<()> {
    let text = serde_json::to_string_pretty(value).map_err(|why| Failure::failed(why.to_string()))?;
    print(&format!("{text}\n"))
}

/// A reader that has seen enough (`head`) is no failure of ours; everything else is.
pub fn written(outcome: io::Result<()>) -> Result<()> {
    match outcome {
        Err(why) if why.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        outcome => outcome.map_err(|why| Failure::failed(format!("Cannot write to standard output: {why}"))),
    }
}

/// One issue: severity, place, text, code and suggestion.
pub fn issue_line(issue: &Issue) -> String {
    let (style, word) = match issue.severity {
        Severity::Error => (BAD, "error"),
        Severity::Warning => (DOUBTFUL, "warning"),
    };
    let place = path_text(&issue.path);
    let place = if place.is_empty() { place } else { format!("{place}: ") };
    let mut text = format!("{style}{word}{style:#}: {place}{} [{}]", issue.message(), issue.code.as_str());
    if let Some(suggestion) = &issue.suggestion {
        text += &format!("\n  did you mean: {suggestion}");
    }
    text
}

/// Prints issues for people.
pub fn say_issues<'a>(issues: impl IntoIterator<Item = &'a Issue>) {
    issues.into_iter().for_each(|issue| say(issue_line(issue)));
}

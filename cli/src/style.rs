//! How verdicts and issues look on a terminal.

use clap::builder::styling::{AnsiColor, Style};
use torque_gitlab_connect::issue::{Issue, Severity, path_text};

use crate::messages::message;

pub const GOOD: Style = AnsiColor::Green.on_default();
pub const BAD: Style = AnsiColor::Red.on_default();
pub const DOUBTFUL: Style = AnsiColor::Yellow.on_default();

/// One issue: severity, place, text, code and suggestion.
pub fn issue_line(issue: &Issue) -> String {
    let (style, word) = match issue.severity {
        Severity::Error => (BAD, "error"),
        Severity::Warning => (DOUBTFUL, "warning"),
    };
    let place = path_text(&issue.path);
    let place = if place.is_empty() { place } else { format!("{place}: ") };
    let mut text = format!("{style}{word}{style:#}: {place}{} [{}]", message(issue), issue.code.as_str());
    if let Some(suggestion) = &issue.suggestion {
        text += &format!("\n  did you mean: {suggestion}");
    }
    text
}

//! The report as a table for a spreadsheet.

use crate::json::{self, Value};

use super::report::Report;
use crate::instant::rfc3339_text;
use crate::issue::{Check, Checked, Issue, IssueCode};
use crate::text;

impl Report {
    /// The report as CSV (RFC 4180, every cell in quotes): a header row, the provider where the plan has one, and the
    /// repositories. Without secrets.
    ///
    /// Safe to open in a spreadsheet: what would begin a formula gets an apostrophe in front.
    ///
    /// ```
    /// use torque_gitlab_connect::onboarding::{Effect, Method, Onboarding, Plan};
    ///
    /// let invalid = Plan::new("", "", Method::TokenPerRepository { base_url: None });
    /// let Effect::Done { report } = Onboarding::new(&invalid, 0).next() else { unreachable!() };
    /// assert_eq!(report.to_csv(), "\"kind\",\"name\",\"url\",\"branch\",\"outcome\",\"status\",\"sent\",\"what to know\"\r\n");
    /// ```
    #[must_use]
    pub fn to_csv(&self) -> String {
        let json = Value::read(&json::write(self)).unwrap_or_default();
        csv(&json).unwrap_or_default()
    }

    /// The same from a report that was kept as JSON; messages in it may have been translated.
    ///
    /// # Errors
    ///
    /// `input.not_allowed` where it is no report.
    pub fn csv_of_json(report: &Value) -> Check<String> {
        let no_report = || Issue::new(IssueCode::InputNotAllowed).with("expected", "a report of connect").into();
        csv(report).map(Checked::clean).ok_or_else(no_report)
    }
}

fn csv(report: &Value) -> Option<String> {
    let mut csv = String::new();
    row(&mut csv, &["kind", "name", "url", "branch", "outcome", "status", "sent", "what to know"]);
    if let provider @ Value::Object(_) = &report["provider"] {
        // One that was made earlier has no name here.
        let name = provider["name"].as_str().unwrap_or_default();
        let (url, outcome) = (provider["baseUrl"].as_str()?, provider["outcome"].as_str()?);
        row(&mut csv, &["provider", name, url, "", outcome, "", &told(provider)?, &messages(provider)?]);
    }
    for repository in report["repositories"].as_array()? {
        let text = |key: &str| repository[key].as_str();
        let (name, url, outcome) = (text("name")?, text("url")?, text("outcome")?);
        let (branch, status) = (text("branch").unwrap_or_default(), text("status").unwrap_or_default());
        let (sent, issues) = (told(repository)?, messages(repository)?);
        row(&mut csv, &["repository", name, url, branch, outcome, status, &sent, &issues]);
    }
    Some(csv)
}

/// OWASP, "CSV Injection": what spreadsheets take for the beginning of a formula, wide forms too, and the blanks that some
/// of them skip in front of it.
fn begins_formula(character: char) -> bool {
    matches!(character, '=' | '+' | '-' | '@' | '\t' | '\r' | '＝' | '＋' | '－' | '＠')
}

/// A spreadsheet that was told another separator, as many a country's is, sees the beginning of a cell behind these, too.
fn ends_cell(character: char) -> bool {
    matches!(character, ';' | '\t' | '\r' | '\n')
}

fn row(csv: &mut String, cells: &[&str]) {
    for (index, cell) in cells.iter().enumerate() {
        csv.push_str(if index > 0 { ",\"" } else { "\"" });
        let mut is_beginning = true;
        for character in cell.chars() {
            if is_beginning && begins_formula(character) {
                csv.push('\'');
            }
            if character == '"' {
                csv.push('"');
            }
            csv.push(character);
            is_beginning = ends_cell(character);
        }
        csv.push('"');
    }
    csv.push_str("\r\n");
}

/// `2026-11-22T12:00:00Z 202`, one after the other.
fn told(entry: &Value) -> Option<String> {
    let mut told = Vec::new();
    for request in entry["sent"].as_array()? {
        let at = rfc3339_text(request["at"].as_i64()?);
        told.push(match request["status"].as_u64() {
            Some(status) => format!("{at} {}", text::decimal(status as i64)),
            None => format!("{at} no answer"),
        });
    }
    Some(text::join(&told, ", "))
}

fn messages(entry: &Value) -> Option<String> {
    let mut messages = Vec::new();
    for issue in entry["issues"].as_array()? {
        messages.push(format!("{}: {}", issue["code"].as_str()?, issue["message"].as_str()?));
    }
    Some(text::join(&messages, "\n"))
}

//! The report as a table for a spreadsheet.

use serde_json::Value;

use super::report::{Report, SentRequest};
use super::stored::{Provider, Repository, Stored, StoredIssue};
use crate::instant::rfc3339_text;
use crate::issue::Check;

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
        serde_json::to_value(self)
            .ok()
            .and_then(|report| Self::csv_of_json(&report).ok())
            .map(|csv| csv.value)
            .unwrap_or_default()
    }

    /// The same from a report that was stored as JSON. Its messages may have been translated.
    ///
    /// # Errors
    ///
    /// `input.not_allowed` where it is no report.
    pub fn csv_of_json(report: &Value) -> Check<String> {
        Stored::read(report).map(|read| read.map(|report| report.to_csv()))
    }
}

impl Stored {
    fn to_csv(&self) -> String {
        let mut csv = String::new();
        row(&mut csv, ["kind", "name", "url", "branch", "outcome", "status", "sent", "what to know"]);
        if let Some(Provider { name, base_url, outcome, sent, issues }) = &self.provider {
            let name = name.as_deref().unwrap_or_default();
            row(&mut csv, ["provider", name, base_url, "", outcome, "", &requests(sent), &messages(issues)]);
        }
        for Repository { name, url, branch, outcome, status, sent, issues } in &self.repositories {
            let [branch, status] = [branch, status].map(|text| text.as_deref().unwrap_or_default());
            row(&mut csv, ["repository", name, url, branch, outcome, status, &requests(sent), &messages(issues)]);
        }
        csv
    }
}

/// OWASP, "CSV Injection": what spreadsheets take for the beginning of a formula, wide forms too, and the blanks that some
/// of them skip in front of it.
fn begins_formula(character: char) -> bool {
    matches!(character, '=' | '+' | '-' | '@' | '\t' | '\r' | '＝' | '＋' | '－' | '＠')
}

/// With another separator, as in many countries, a spreadsheet begins a cell after these, too.
fn ends_cell(character: char) -> bool {
    matches!(character, ';' | '\t' | '\r' | '\n')
}

/// Whether an apostrophe goes in front: also of one that was there before, so that it can be taken away again.
fn needs_guard(rest: &str) -> bool {
    rest.trim_start_matches('\'').starts_with(begins_formula)
}

fn row(csv: &mut String, cells: [&str; 8]) {
    for (index, cell) in cells.into_iter().enumerate() {
        csv.push_str(if index > 0 { ",\"" } else { "\"" });
        let mut is_beginning = true;
        for (at, character) in cell.char_indices() {
            if is_beginning && needs_guard(&cell[at..]) {
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

/// A cell of such a table as it was before.
pub(super) fn without_guards(cell: &str) -> String {
    let mut text = String::with_capacity(cell.len());
    let mut is_beginning = true;
    for (at, character) in cell.char_indices() {
        if !(is_beginning && character == '\'' && needs_guard(&cell[at + 1..])) {
            text.push(character);
        }
        is_beginning = ends_cell(character);
    }
    text
}

/// `2026-11-22T12:00:00Z 202`, one after the other.
fn requests(sent: &[SentRequest]) -> String {
    let requests = sent.iter().map(|request| {
        let at = rfc3339_text(request.at);
        request.status.map_or_else(|| format!("{at} no answer"), |status| format!("{at} {status}"))
    });
    requests.collect::<Vec<_>>().join(", ")
}

fn messages(issues: &[StoredIssue]) -> String {
    issues.iter().map(|StoredIssue { code, message, .. }| format!("{code}: {message}")).collect::<Vec<_>>().join("\n")
}

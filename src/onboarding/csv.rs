//! The report as a table for a spreadsheet.

use super::report::{Report, RepositoryOutcome, SentRequest, StepOutcome};
use crate::issue::Issues;
use crate::token::rfc3339_text;

impl Report {
    /// The report as CSV (RFC 4180, every cell in quotes): a header row, the provider where the plan has one, and the
    /// repositories. Without secrets.
    ///
    /// Safe to open in a spreadsheet: a cell that would begin a formula gets an apostrophe in front.
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
        let mut csv = String::new();
        row(&mut csv, &["kind", "name", "url", "branch", "outcome", "status", "sent", "what to know"]);
        if let Some(provider) = &self.provider {
            let name = provider.name.as_deref().unwrap_or_default();
            let (sent, issues) = (told(&provider.sent), messages(&provider.issues));
            row(&mut csv, &["provider", name, &provider.base_url, "", step_word(provider.outcome), "", &sent, &issues]);
        }
        for repository in &self.repositories {
            let branch = repository.branch.as_deref().unwrap_or_default();
            let status = repository.status.as_deref().unwrap_or_default();
            let (sent, issues) = (told(&repository.sent), messages(&repository.issues));
            let outcome = word(repository.outcome);
            row(&mut csv, &["repository", &repository.name, &repository.url, branch, outcome, status, &sent, &issues]);
        }
        csv
    }
}

/// OWASP, "CSV Injection": what spreadsheets take for a formula, and the blanks that some of them skip in front of it.
fn begins_formula(cell: &str) -> bool {
    cell.starts_with(['=', '+', '-', '@', '\t', '\r'])
}

fn row(csv: &mut String, cells: &[&str]) {
    for (index, cell) in cells.iter().enumerate() {
        csv.push_str(if index > 0 { ",\"" } else { "\"" });
        if begins_formula(cell) {
            csv.push('\'');
        }
        for character in cell.chars() {
            if character == '"' {
                csv.push('"');
            }
            csv.push(character);
        }
        csv.push('"');
    }
    csv.push_str("\r\n");
}

/// `2026-11-22T12:00:00Z 202`, one after the other.
fn told(sent: &[SentRequest]) -> String {
    let told = |request: &SentRequest| match request.status {
        Some(status) => format!("{} {status}", rfc3339_text(request.at)),
        None => format!("{} no answer", rfc3339_text(request.at)),
    };
    sent.iter().map(told).collect::<Vec<_>>().join(", ")
}

fn messages(issues: &Issues) -> String {
    let messages = issues.iter().map(|issue| format!("{}: {}", issue.code.as_str(), issue.message()));
    messages.collect::<Vec<_>>().join("\n")
}

/// As in JSON.
fn word(outcome: RepositoryOutcome) -> &'static str {
    match outcome {
        RepositoryOutcome::Connected => "connected",
        RepositoryOutcome::Syncing => "syncing",
        RepositoryOutcome::Failed => "failed",
        RepositoryOutcome::Unknown => "unknown",
        RepositoryOutcome::NotStarted => "not_started",
    }
}

fn step_word(outcome: StepOutcome) -> &'static str {
    match outcome {
        StepOutcome::Done => "done",
        StepOutcome::Exists => "exists",
        StepOutcome::Skipped => "skipped",
        StepOutcome::Failed => "failed",
        StepOutcome::Unknown => "unknown",
        StepOutcome::Aborted => "aborted",
    }
}

//! The report in lines: what happened, why, and what to do.

use serde_json::Value;

use super::report::Report;
use super::stored::{Provider, Repository, Stored, StoredIssue, Token};
use crate::issue::{Check, IssueCode, PathSegment, path_text};

impl Report {
    /// What happened, why, and what to do, in lines for a person: first how the job ended, then what is wrong with the plan,
    /// the tokens, the provider and each repository, at last where to go on. Without secrets.
    ///
    /// ```
    /// use torque_gitlab_connect::onboarding::{Effect, Method, Onboarding, Plan};
    ///
    /// let invalid = Plan::new("", "", Method::TokenPerRepository { base_url: None });
    /// let Effect::Done { report } = Onboarding::new(&invalid, 0).next() else { unreachable!() };
    /// let lines = report.lines();
    /// assert_eq!(lines[0], "The plan has errors. Nothing was sent.");
    /// assert!(lines.iter().any(|line| line.starts_with("portalUrl: ")));
    /// ```
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        serde_json::to_value(self)
            .ok()
            .and_then(|report| Self::lines_of_json(&report).ok())
            .map(|lines| lines.value)
            .unwrap_or_default()
    }

    /// The same from a report that was stored as JSON. Its messages may have been translated.
    ///
    /// # Errors
    ///
    /// `input.not_allowed` where it is no report.
    pub fn lines_of_json(report: &Value) -> Check<Vec<String>> {
        Stored::read(report).map(|read| read.map(|report| report.lines()))
    }
}

impl Stored {
    fn lines(&self) -> Vec<String> {
        let mut lines = vec![self.headline()];
        for issue in &self.issues {
            let place = path_text(&segments(&issue.path));
            let place = if place.is_empty() { place } else { format!("{place}: ") };
            lines.push(format!("{place}{}", text(issue)));
        }
        lines.extend(self.tokens.iter().flat_map(|token| self.token_lines(token)));
        // What stopped the whole job, or a token, stands with the steps that it stopped, too.
        let of_tokens = self.tokens.iter().flat_map(|token| &token.issues);
        let shown: Vec<&str> = self.issues.iter().chain(of_tokens).map(|issue| issue.message.as_str()).collect();
        let is_new = |issue: &&StoredIssue| !shown.contains(&issue.message.as_str());
        lines.extend(self.provider.iter().flat_map(|provider| provider_lines(provider, is_new)));
        let (not_started, others): (Vec<_>, Vec<_>) = self.repositories.iter().partition(|one| is_not_started(one));
        lines.extend(others.into_iter().flat_map(|one| repository_lines(one, is_new)));
        let why = if self.outcome == "aborted" { "the job was stopped" } else { "an earlier step stopped the job" };
        match not_started.as_slice() {
            [] => {}
            [repository] => lines.push(format!("Not started, because {why}: {}", repository.url)),
            several => lines.push(format!("{} repositories were not started, because {why}.", several.len())),
        }
        if let Some(next) = &self.next {
            lines.push(format!("Next: open {} and choose {}.", next.url, next.menu.join(" > ")));
        }
        lines
    }

    fn headline(&self) -> String {
        let all = self.repositories.len();
        let connected = self.repositories.iter().filter(|one| one.outcome == "connected").count();
        match self.outcome.as_str() {
            "connected" if all == 0 => "Provider created. Connect repositories at any time.".to_owned(),
            "connected" => format!("Connected: {connected} of {all} repositories."),
            "partial" => format!("Connected: {connected} of {all} repositories. The others are listed below."),
            "aborted" => format!("Stopped. Connected: {connected} of {all} repositories. Resume the job to continue."),
            "unknown" => "Unknown: an answer was lost. Look in Torque before you try again.".to_owned(),
            "invalid" => "The plan has errors. Nothing was sent.".to_owned(),
            _ if all == 0 => "Failed: the provider was not created.".to_owned(),
            _ => "Failed: no repository was connected.".to_owned(),
        }
    }

    fn token_lines(&self, token: &Token) -> Vec<String> {
        let of = match token.repositories.as_slice() {
            _ if token.purpose == "provider" => "GitLab token of the provider".to_owned(),
            [index] => {
                let name = self.repositories.get(*index).map_or("", |repository| repository.name.as_str());
                format!("GitLab token of {name}")
            }
            several => format!("GitLab token of {} repositories", several.len()),
        };
        token.issues.iter().map(|issue| format!("{of}: {}", text(issue))).collect()
    }
}

fn provider_lines(provider: &Provider, is_new: impl Fn(&&StoredIssue) -> bool) -> Vec<String> {
    let name = provider.name.as_deref().unwrap_or(&provider.base_url);
    let outcome = match provider.outcome.as_str() {
        "done" => "created",
        "exists" => "exists already",
        "skipped" => "not started, because an earlier step stopped the job",
        "aborted" => "not started, because the job was stopped",
        "unknown" => "unknown",
        _ => "not created",
    };
    let mut lines = Vec::new();
    if provider.outcome != "exists" {
        lines.push(format!("Provider {name}: {outcome}."));
    }
    lines.extend(
        provider.issues.iter().filter(|issue| is_new(issue)).map(|issue| format!("Provider {name}: {}", text(issue))),
    );
    lines
}

fn repository_lines(repository: &Repository, is_new: impl Fn(&&StoredIssue) -> bool) -> Vec<String> {
    let Repository { url, outcome, status, issues, .. } = repository;
    let status = status.as_ref().filter(|status| !status.eq_ignore_ascii_case(outcome));
    let status = status.map(|status| format!(" ({status})")).unwrap_or_default();
    let mut lines = vec![format!("{url}: {}{status}.", outcome.replace('_', " "))];
    lines.extend(issues.iter().filter(|issue| is_new(issue)).map(|issue| format!("{url}: {}", text(issue))));
    lines
}

/// Nothing was sent for it, and it is not the reason.
fn is_not_started(repository: &Repository) -> bool {
    let stopped = [IssueCode::PlanNotStarted, IssueCode::PlanAborted].map(IssueCode::as_str);
    repository.outcome == "not_started" && repository.issues.iter().all(|issue| stopped.contains(&issue.code.as_str()))
}

fn text(issue: &StoredIssue) -> String {
    match &issue.suggestion {
        Some(suggestion) => format!("{} Did you mean: {suggestion}", issue.message),
        None => issue.message.clone(),
    }
}

fn segments(path: &[Value]) -> Vec<PathSegment> {
    let segment = |step: &Value| match step.as_u64().and_then(|index| usize::try_from(index).ok()) {
        Some(index) => index.into(),
        None => step.as_str().unwrap_or_default().into(),
    };
    path.iter().map(segment).collect()
}

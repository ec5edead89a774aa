//! A report that was stored as JSON, as far as it is shown again.

use serde::Deserialize;
use serde_json::Value;

use super::report::SentRequest;
use crate::input::Reading;
use crate::issue::{Check, Checked, Issue, IssueCode};

#[derive(Deserialize)]
pub(super) struct Stored {
    pub(super) outcome: String,
    pub(super) issues: Vec<StoredIssue>,
    pub(super) provider: Option<Provider>,
    pub(super) tokens: Vec<Token>,
    pub(super) repositories: Vec<Repository>,
    pub(super) next: Option<Next>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Provider {
    /// One that existed before the job has no name here.
    pub(super) name: Option<String>,
    pub(super) base_url: String,
    pub(super) outcome: String,
    pub(super) sent: Vec<SentRequest>,
    pub(super) issues: Vec<StoredIssue>,
}

#[derive(Deserialize)]
pub(super) struct Token {
    pub(super) purpose: String,
    pub(super) repositories: Vec<usize>,
    pub(super) issues: Vec<StoredIssue>,
}

#[derive(Deserialize)]
pub(super) struct Repository {
    pub(super) name: String,
    pub(super) url: String,
    pub(super) branch: Option<String>,
    pub(super) outcome: String,
    pub(super) status: Option<String>,
    pub(super) sent: Vec<SentRequest>,
    pub(super) issues: Vec<StoredIssue>,
}

#[derive(Deserialize)]
pub(super) struct Next {
    pub(super) url: String,
    pub(super) menu: Vec<String>,
}

#[derive(Deserialize)]
pub(super) struct StoredIssue {
    pub(super) code: String,
    /// Keys and indices.
    pub(super) path: Vec<Value>,
    /// May have been translated.
    pub(super) message: String,
    pub(super) suggestion: Option<String>,
}

impl Stored {
    /// `input.not_allowed` where it is no report.
    pub(super) fn read(report: &Value) -> Check<Self> {
        let no_report = || Issue::new(IssueCode::InputNotAllowed).with("expected", "a report of connect").into();
        Reading::read_stored(report).map(Checked::clean).ok_or_else(no_report)
    }
}

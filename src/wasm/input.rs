//! What came with a call besides its values, and what was found wrong so far.
//!
//! The TypeScript layer copies the arguments into JSON and lists what no JSON can hold ([`Fault`]): what to say about
//! that is decided here.

use std::cell::RefCell;

use serde_json::Value;

use crate::issue::{Issue, IssueCode, Issues, PathSegment};

/// Something that the copy could not hold: where it stood and what it was.
#[derive(Debug)]
struct Fault<'a> {
    path: Vec<PathSegment>,
    kind: &'a str,
}

/// One call: what could not be copied, facts about the page, and the issues found so far.
#[derive(Debug)]
pub(super) struct Input<'a> {
    /// `{ faults?: [[path, kind]], asciiUrls?: [[typed, ascii]], pageOrigin?, chance? }`
    facts: &'a Value,
    faults: Vec<Fault<'a>>,
    issues: RefCell<Issues>,
}

impl<'a> Input<'a> {
    /// What is known about the arguments of a call, which are named by `parameters`.
    pub(super) fn new(parameters: &[&'static str], facts: &'a Value) -> Self {
        let mut faults = Vec::new();
        for fault in list(&facts["faults"]) {
            faults.extend(read_fault(fault, parameters));
        }
        Self { facts, faults, issues: RefCell::default() }
    }

    /// The origin of the page that this runs in, where there is one.
    pub(super) fn page_origin(&self) -> Option<&str> {
        self.facts["pageOrigin"].as_str()
    }

    /// The platform's spelling of a URL, where its host needs another one.
    pub(super) fn ascii_url(&self, typed: &str) -> Option<&str> {
        list(&self.facts["asciiUrls"]).iter().find_map(|pair| match list(pair) {
            [known, ascii] if known.as_str() == Some(typed) => ascii.as_str(),
            _ => None,
        })
    }

    /// A number that differs from call to call, for jitter.
    pub(super) fn chance(&self) -> u64 {
        self.facts["chance"].as_u64().unwrap_or_default()
    }

    /// Whether something is wrong already with the value at `path` or with one around it.
    pub(super) fn has_issue_at(&self, path: &[PathSegment]) -> bool {
        let is_around = |issue: &Issue| path.starts_with(&issue.path);
        self.issues.borrow().iter().any(|issue| issue.code != IssueCode::InputTooManyIssues && is_around(issue))
    }

    /// Whether one of the issues found so far is an error.
    pub(super) fn has_error(&self) -> bool {
        self.issues.borrow().has_error()
    }

    /// Whether what is found now may be counted only.
    pub(super) fn is_full(&self) -> bool {
        self.issues.borrow().is_full()
    }

    /// The issues found so far; none are left behind.
    pub(super) fn take_issues(&self) -> Issues {
        self.issues.take()
    }

    pub(super) fn report(&self, issue: Issue, path: &[PathSegment]) {
        let issue = path.iter().rev().fold(issue, |issue, segment| issue.at(segment.clone()));
        self.issues.borrow_mut().push(issue);
    }

    pub(super) fn report_all(&self, issues: Issues, path: &[PathSegment]) {
        for issue in issues {
            self.report(issue, path);
        }
    }

    pub(super) fn fault_at(&self, path: &[PathSegment]) -> Option<&str> {
        self.faults.iter().find(|fault| fault.path == path).map(|fault| fault.kind)
    }

    /// Says what is wrong with a value that is not what was `expected`.
    pub(super) fn refuse(&self, path: &[PathSegment], value: &Value, expected: &str) {
        let got = self.fault_at(path).unwrap_or_else(|| type_of(value));
        let issue = match got {
            "unreadable" => Issue::new(IssueCode::InputUnreadable),
            "too_large" => Issue::new(IssueCode::InputTooLarge),
            "not_well_formed" => Issue::new(IssueCode::InputNotWellFormed),
            "undefined" => Issue::new(IssueCode::InputMissing).with("expected", expected),
            got => Issue::new(IssueCode::InputWrongType).with("expected", expected).with("got", got),
        };
        self.report(issue, path);
    }

    pub(super) fn text_at<'v>(&self, path: &[PathSegment], value: &'v Value) -> Option<&'v str> {
        let text = value.as_str();
        if text.is_none() {
            self.refuse(path, value, "string");
        }
        text
    }

    /// Whether a value that is passed on as it is was copied as a whole; what was not is reported.
    pub(super) fn is_readable(&self, path: &[PathSegment]) -> bool {
        let mut is_readable = true;
        for fault in &self.faults {
            if fault.path.starts_with(path) && fault.kind != "undefined" {
                self.refuse(&fault.path, &Value::Null, "JSON");
                is_readable = false;
            }
        }
        is_readable
    }
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map(Vec::as_slice).unwrap_or_default()
}

fn type_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

/// `[[0, "baseUrl"], "function"]`: the first step is the argument's index, which becomes the parameter's name.
fn read_fault<'a>(fault: &'a Value, parameters: &[&'static str]) -> Option<Fault<'a>> {
    let [Value::Array(steps), Value::String(kind)] = list(fault) else { return None };
    let argument = usize::try_from(steps.first()?.as_u64()?).ok()?;
    let name = *parameters.get(argument)?;
    let mut path = Vec::new();
    if !name.is_empty() {
        path.push(name.into());
    }
    for step in &steps[1..] {
        path.push(match step {
            Value::String(key) => key.as_str().into(),
            step => usize::try_from(step.as_u64()?).ok()?.into(),
        });
    }
    Some(Fault { path, kind })
}

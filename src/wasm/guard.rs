//! The tokens among the arguments of a call. No other text of the call may contain them, and no issue repeats them.

use serde_json::Value;

use crate::{
    input::Path,
    issue::{Issue, IssueCode, Issues, Param, PathSegment, Severity, UrlError},
    misplaced::Tokens,
    secret::{self, Secret},
};

/// Parameters and keys whose values the user did not type: answers of servers, what this package wrote, and the table whose tokens are
/// read with it.
const NOT_TYPED: &[&str] = &["answer", "answers", "link", "report", "resume", "text"];

/// An unknown key is cut to this length in issues.
const LONGEST_KEY: usize = 40;

/// An argument that was read, with the name of its parameter. There is none if paths begin with the keys of the value.
pub(super) type NamedArgument = (Option<&'static str>, Value);

/// The tokens among the arguments of a call, and the issues of texts that contain them.
#[derive(Default)]
pub(super) struct Guard {
    /// None where there is no token.
    tokens: Option<Tokens>,
    refused: Issues,
}

impl Guard {
    /// Collects the values of keys for tokens, and tokens with GitLab's prefix in other texts. `seen` are those of arguments that are
    /// not kept.
    pub(super) fn of(arguments: &[NamedArgument], seen: Vec<Secret>) -> Self {
        let mut tokens = seen;
        each_text(arguments, &mut |text, _, is_token| push_tokens(text, is_token, &mut tokens));
        if tokens.is_empty() {
            return Self::default();
        }
        let tokens = Tokens::taken(tokens);
        let mut refused = Issues::new();
        each_text(arguments, &mut |text, path, is_token| {
            // The check of a plan has compared its repositories.
            if !is_token && path.first_key() != Some("repositories") {
                tokens.refuse(text, code(path), || path.steps(), &mut refused);
            }
        });
        Self { tokens: Some(tokens), refused }
    }

    /// Those among them, if there are any.
    pub(super) fn tokens(&self) -> Option<&Tokens> {
        self.tokens.as_ref()
    }

    /// Reports those texts, unless they have another error, then removes the tokens from all `issues`.
    pub(super) fn clean(self, issues: &mut Issues) {
        let is_reported = |issue: &Issue| {
            issues.iter().any(|reported| reported.path == issue.path && reported.severity == Severity::Error)
        };
        let refused: Issues = self.refused.into_iter().filter(|issue| !is_reported(issue)).collect();
        issues.extend(refused);
        if let Some(tokens) = &self.tokens {
            tokens.redactor.clean(issues);
        }
        shorten_keys(issues);
    }
}

impl std::fmt::Debug for Guard {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Guard")
    }
}

/// Collects the tokens in a part of an argument whose key names none.
#[cfg(feature = "js")]
pub(super) fn collect_tokens(part: &Value, tokens: &mut Vec<Secret>) {
    each_below(part, &Path::Start(None), false, &mut |text, _, is_token| push_tokens(text, is_token, tokens));
}

fn push_tokens(text: &str, is_token: bool, tokens: &mut Vec<Secret>) {
    if is_token {
        tokens.push(Secret::new(text.to_owned()));
    } else {
        tokens.extend(secret::marked_in(std::iter::once(text)));
    }
}

/// After the tokens are removed: a part of a token would not be found.
fn shorten_keys(issues: &mut Issues) {
    for issue in issues.iter_mut() {
        for segment in &mut issue.path {
            if let PathSegment::Key(key) = segment {
                shorten(key);
            }
        }
        for param in &mut issue.params {
            if let ("key", Param::Text(key)) = param {
                shorten(key);
            }
        }
    }
}

fn shorten(key: &mut String) {
    if let Some((end, _)) = key.char_indices().nth(LONGEST_KEY) {
        key.truncate(end);
    }
}

/// The code with which a text at `path` is refused.
fn code(path: &Path) -> IssueCode {
    match path.last_key() {
        Some("baseUrl") => IssueCode::BaseUrl(UrlError::HasToken),
        Some("portalUrl" | "publicPortalUrl") => IssueCode::PortalUrl(UrlError::HasToken),
        Some("url" | "repositoryUrl" | "repositoryUrls") => IssueCode::RepositoryUrl(UrlError::HasToken),
        _ => IssueCode::NameIsToken,
    }
}

/// Called with each text or number, its path, and whether it is a token. Everything below a key that names a token is one, in any case
/// of the key and at any depth.
type Visit<'v> = &'v mut dyn FnMut(&str, &Path, bool);

fn each_text(arguments: &[NamedArgument], visit: Visit) {
    for (parameter, argument) in arguments {
        let name = *parameter;
        if !name.is_some_and(|name| NOT_TYPED.contains(&name)) {
            each_below(argument, &Path::Start(name), name.is_some_and(secret::is_name_of_secret), visit);
        }
    }
}

fn each_below(value: &Value, path: &Path, is_token: bool, visit: Visit) {
    match value {
        Value::String(text) => visit(text, path, is_token),
        // Larger numbers lost digits in JavaScript and tokens have no fraction; to write either takes 1.6 KB (brotli).
        Value::Number(number) => {
            let digits = number.as_i64().map(|number| number.to_string());
            let digits = digits.or_else(|| number.as_u64().map(|number| number.to_string()));
            visit(&digits.unwrap_or_default(), path, is_token);
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                each_below(item, &Path::Index(path, index), is_token, visit);
            }
        }
        Value::Object(entries) => {
            for (key, value) in entries.iter().filter(|(key, _)| !NOT_TYPED.contains(&key.as_str())) {
                each_below(value, &Path::Key(path, key), is_token || secret::is_name_of_secret(key), visit);
            }
        }
        Value::Null | Value::Bool(_) => {}
    }
}

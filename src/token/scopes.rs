//! What scopes allow. Scope names are case-sensitive, their order does not matter, and unknown ones are ignored: GitLab adds scopes
//! with almost every release.

use std::collections::BTreeSet;

use super::{Purpose, ScopeReading, TokenPolicy};
use crate::{
    issue::{Issue, IssueCode, Issues},
    server_text::plain,
};

/// The scopes that Torque's documentation asks for.
pub(super) fn asked_for(purpose: Purpose) -> &'static [&'static str] {
    match purpose {
        Purpose::Provider => &["read_api", "read_repository"],
        Purpose::Repository => &["read_repository"],
    }
}

/// Scopes that write code or administer. Others that Torque does not need (`read_user`, registries, rotation of the very
/// token) open nothing that matters here.
const POWERFUL: &[&str] = &["api", "write_repository", "sudo", "admin_mode"];

/// The scopes that matter here, as GitLab spells them.
const KNOWN: &[&str] = &["api", "read_api", "read_repository", "write_repository"];

/// GitLab marks a fine-grained token by this single scope; beside others it says nothing.
pub(super) fn are_fine_grained(scopes: &[String]) -> bool {
    !scopes.is_empty() && scopes.iter().all(|scope| scope == "granular")
}

/// Each scope once.
pub(super) fn required(policy: &TokenPolicy, purpose: Purpose) -> Vec<&str> {
    let Some(scopes) = &policy.required_scopes else { return asked_for(purpose).to_vec() };
    let mut known = BTreeSet::new();
    scopes.iter().map(String::as_str).filter(|scope| known.insert(*scope)).collect()
}

/// Which scopes are missing, and which are not needed. With an error, the token does not meet the requirements.
pub(super) fn judge(mut scopes: Vec<&str>, policy: &TokenPolicy, purpose: Purpose) -> Issues {
    scopes.sort_unstable();
    let required = required(policy, purpose);
    let listed = |name: &str| scopes.binary_search(&name).is_ok();
    let effective = |name: &str| listed(name) || containing(name).iter().any(|other| listed(other));
    let has = |name: &str| match policy.scopes {
        ScopeReading::Effective => effective(name),
        ScopeReading::Literal => listed(name),
    };

    let mut issues = policy.misspelled();
    for scope in required.iter().filter(|scope| correct_spelling(scope).is_none() && !has(scope)) {
        issues.push(Issue::new(IssueCode::TokenMissingScope).with("scope", plain(scope)));
    }
    if required.contains(&"read_repository") && listed("read_api") && !effective("read_repository") {
        issues.push(Issue::new(IssueCode::TokenCloneUndocumented));
    }
    if listed("write_repository") && !effective("read_api") && !listed("read_repository") {
        issues.push(Issue::new(IssueCode::TokenNoApiAccess));
    }
    let excess: Vec<&str> =
        POWERFUL.iter().copied().filter(|scope| listed(scope) && !required.contains(scope)).collect();
    if !excess.is_empty() {
        issues.push(Issue::new(IssueCode::TokenMoreThanNeeded).with("scopes", excess.join(", ")));
    }
    issues
}

/// One issue for each name that is spelled otherwise than GitLab does, at its place in the list.
pub(super) fn misspelled(scopes: &[String]) -> Issues {
    let issues = scopes.iter().enumerate().filter_map(|(index, scope)| {
        let correct = correct_spelling(scope)?;
        Some(Issue::new(IssueCode::TokenScopeMisspelled).at(index).with("scope", plain(scope)).suggest(correct))
    });
    issues.collect()
}

impl TokenPolicy {
    /// What is wrong with the policy itself: names of scopes that GitLab does not have.
    #[must_use]
    pub fn misspelled(&self) -> Issues {
        self.required_scopes.as_deref().map(misspelled).unwrap_or_default().at("requiredScopes")
    }
}

/// GitLab's spelling of a scope that somebody wrote with other separators or letters, as Torque's documentation does
/// (`read.api`).
pub(super) fn correct_spelling(scope: &str) -> Option<&'static str> {
    let is_meant = |known: &&&str| {
        let written =
            scope.trim().chars().map(|c| if matches!(c, '.' | '-' | ' ') { '_' } else { c.to_ascii_lowercase() });
        written.eq(known.chars())
    };
    KNOWN.iter().find(is_meant).copied().filter(|known| *known != scope)
}

/// The scopes that contain `scope` (GitLab's `lib/gitlab/auth.rb` and `lib/api/api.rb`). That `read_api` can clone too is
/// promised nowhere, so it does not count.
fn containing(scope: &str) -> &'static [&'static str] {
    match scope {
        "read_api" => &["api"],
        "read_repository" => &["api", "write_repository"],
        _ => &[],
    }
}

//! The name of a Git branch.

use serde::Serialize;

use crate::invisible::is_unprintable;
use crate::issue::{Check, Checked, Issue, IssueCode};
use crate::secret::holds_access_token;

/// Longer names are a paste gone wrong: Git keeps a branch in a file of its name.
const MAX_LENGTH: usize = 255;

/// The name of a Git branch, by the rules of `git check-ref-format --branch`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Branch(Box<str>);

impl Branch {
    /// Reads a branch name that is not empty; blanks around it are dropped.
    ///
    /// ```
    /// use torque_gitlab_connect::gitlab::Branch;
    ///
    /// assert_eq!(Branch::check("feature/a#1").unwrap().value.as_str(), "feature/a#1");
    /// let issues = Branch::check("refs/heads/main").unwrap_err();
    /// assert_eq!(issues.iter().next().unwrap().suggestion.as_deref(), Some("main"));
    /// ```
    ///
    /// # Errors
    ///
    /// `gitlab.branch_not_allowed`.
    pub fn check(text: &str) -> Check<Self> {
        let name = text.trim_ascii();
        let Some(rule) = broken_branch_rule(name) else { return Ok(Checked::clean(Self(name.into()))) };
        let issue = Issue::new(IssueCode::GitlabBranchNotAllowed).with("rule", rule);
        let short = ["refs/heads/", "refs/remotes/origin/"].iter().find_map(|prefix| name.strip_prefix(prefix));
        Err(match short.filter(|short| broken_branch_rule(short).is_none()) {
            Some(short) => issue.suggest(short).into(),
            None => issue.into(),
        })
    }

    /// The name itself.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<Branch> for String {
    fn from(branch: Branch) -> Self {
        branch.0.into()
    }
}

/// <https://git-scm.com/docs/git-check-ref-format>, and a branch is neither `HEAD` nor a full reference.
fn broken_branch_rule(name: &str) -> Option<&'static str> {
    let forbidden = |character: char| matches!(character, ' ' | '~' | '^' | ':' | '?' | '*' | '[' | '\\');
    let has_part = |is_bad: fn(&str) -> bool| name.split('/').any(is_bad);
    let rules = [
        (name.is_empty(), "it is empty"),
        (name.len() > MAX_LENGTH, "it is too long"),
        (name.contains(is_unprintable), "it contains an invisible character"),
        (name.contains(forbidden), "it contains a space character or one of ~ ^ : ? * [ \\"),
        (holds_access_token(name), "it is an access token"),
        (name.contains(".."), "it contains two dots in a row"),
        (name.contains("@{"), "it contains @{"),
        (name.starts_with('-'), "it starts with -"),
        (name.ends_with('.'), "it ends with a dot"),
        (has_part(str::is_empty), "it starts or ends with a slash, or has two in a row"),
        (has_part(|part| part.starts_with('.')), "a part of it starts with a dot"),
        (has_part(|part| part.ends_with(".lock")), "a part of it ends with .lock"),
        (name == "@" || name == "HEAD", "Git uses this name itself"),
        (name.starts_with("refs/"), "it is the full name of a reference"),
    ];
    rules.iter().find_map(|(broken, rule)| broken.then_some(*rule))
}

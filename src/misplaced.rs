//! Finds the tokens of a plan in its other texts, where others could read them.

use crate::issue::{Issue, IssueCode, Issues, PathSegment, Severity};
use crate::secret::{Secret, Secrets};
use crate::server_text::{Redactor, unknown_tokens_in};
use crate::token::strip_token;

/// The tokens of a plan, of a table of repositories, or of whatever else a caller gives.
pub(crate) struct Tokens {
    /// Where one of them is no secret in another text; else they are those of the redactor.
    secrets: Option<Secrets>,
    /// Lets none of them through.
    pub(crate) redactor: Redactor,
}

impl Tokens {
    /// As they were given: what was pasted around one is no secret, but there may be other tokens in it.
    pub(crate) fn of<'a>(tokens: impl Iterator<Item = &'a Secret>) -> Self {
        Self::taken(tokens.cloned().collect())
    }

    /// The same of tokens that nobody else needs: they take as much memory as the plan that they are from.
    pub(crate) fn taken(mut tokens: Vec<Secret>) -> Self {
        let mut others = Vec::new();
        for token in &mut tokens {
            let pasted = std::mem::replace(token, strip_token(token.expose()));
            if pasted.expose().trim() != token.expose() || pasted.expose().contains("://") {
                others.extend(unknown_tokens_in(pasted.expose()));
            }
        }
        tokens.extend(others);
        // An address in a token's field is refused there, and is no token where addresses belong.
        let is_secret = |token: &&Secret| !token.expose().contains("://");
        let secrets =
            (!tokens.iter().all(|token| is_secret(&token))).then(|| Secrets::new(tokens.iter().filter(is_secret)));
        Self { secrets, redactor: Redactor::new(&tokens) }
    }

    /// Whether one of them, or a piece of one, stands in `text`.
    pub(crate) fn are_in(&self, text: &str) -> bool {
        self.secrets.as_ref().or(self.redactor.secrets()).is_some_and(|secrets| secrets.are_in(text))
    }

    /// Reports `text` where one of them stands in it, unless something is wrong with it anyhow.
    pub(crate) fn refuse(
        &self,
        text: &str,
        code: IssueCode,
        path: impl FnOnce() -> Vec<PathSegment>,
        issues: &mut Issues,
    ) {
        if !self.are_in(text) {
            return;
        }
        let mut issue = Issue::new(code);
        issue.path = path();
        if !issues.iter().any(|other| other.path == issue.path && other.severity == Severity::Error) {
            issues.push(issue);
        }
    }
}

//! What the text of a token shows before anything is asked: its kind, and what was copied along with it.
//!
//! Prefixes can be changed or left out by an administrator, so a prefix may refuse a known wrong kind or give a hint; it
//! is never needed, and neither length nor alphabet is judged (GitLab's documentation of token prefixes).

use serde::Serialize;

use super::kind::{Shape, TokenKind, kind_at, named, shape};
use super::pasted::{Pasted, is_more_than_one, pasted_around};
use super::stand_in::stand_in;
use super::{Purpose, scopes};
use crate::{
    issue::{Check, Issue, IssueCode, Issues},
    secret::{RANDOM, Secret, holds_access_token},
};

/// What may be shown of a token.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "js-validate", derive(tsify::Tsify))]
pub struct TokenText {
    /// The kind, by its shape.
    pub kind: TokenKind,
    /// The token with all of it hidden but a prefix that every such token has.
    pub masked: &'static str,
}

const MASKED_ACCESS_TOKEN: &str = "glpat-…";
const MASKED: &str = "…";

/// What may be shown in the place of a secret, also of one that is no token of GitLab's.
pub(crate) fn masked(secret: &Secret) -> Secret {
    let is_access_token = matches!(shape(secret.expose()), Shape::AccessToken { .. });
    Secret::new(if is_access_token { MASKED_ACCESS_TOKEN } else { MASKED }.to_owned())
}

/// Judges the text of a GitLab access token, without asking GitLab. White space around it is not part of it.
///
/// ```
/// use torque_gitlab_connect::token::{Purpose, TokenKind, check_token};
///
/// let token = check_token(" glpat-abcdefghijklmnopqrst\n", Purpose::Provider).unwrap().value;
/// assert_eq!((token.kind, token.masked), (TokenKind::AccessToken, "glpat-…"));
///
/// let issues = check_token("glrt-abcdefghijklmnopqrst", Purpose::Provider).unwrap_err();
/// assert_eq!(issues.iter().next().unwrap().code.as_str(), "token.wrong_kind");
/// ```
///
/// # Errors
///
/// What keeps the text from being a token that Torque can use.
pub fn check_token(text: &str, purpose: Purpose) -> Check<TokenText> {
    let token = text.trim();
    if token.is_empty() {
        return Err(Issue::new(IssueCode::TokenEmpty).into());
    }
    let Pasted { token, issue: around } = pasted_around(token);
    let Some(around) = around else { return judge(token, purpose) };
    // What the text is matters more than what stands around it.
    match judge(token, purpose) {
        Err(issues) if !token.is_empty() && !issues.has(IssueCode::TokenBadCharacter) => Err(issues),
        _ => Err(around.into()),
    }
}

/// As [`check_token`], for a text with nothing around it.
fn judge(token: &str, purpose: Purpose) -> Check<TokenText> {
    let wrong_kind =
        |kind| Err(Issue::new(IssueCode::TokenWrongKind).with("kind", kind).with("scopes", needed(purpose)).into());
    if let Some(kind) = named(token) {
        return wrong_kind(kind);
    }
    if is_address(token) {
        let mut issues = Issues::from(Issue::new(IssueCode::TokenIsUrl));
        let credentials = ["@", "token=", "password="];
        if holds_access_token(token) || credentials.iter().any(|mark| token.contains(mark)) {
            issues.push(Issue::new(IssueCode::TokenSeenInUrl));
        }
        return Err(issues);
    }
    let (kind, masked, warning) = match shape(token) {
        Shape::AccessToken { at_start: true } => (TokenKind::AccessToken, MASKED_ACCESS_TOKEN, None),
        Shape::AccessToken { at_start: false } => {
            (TokenKind::AccessToken, MASKED_ACCESS_TOKEN, Some(IssueCode::TokenCustomPrefix))
        }
        Shape::Unknown { hint } => (TokenKind::Unknown, MASKED, Some(hint)),
        Shape::OauthAccessToken => {
            return Issues::from(Issue::new(IssueCode::TokenMaybeOauth))
                .or_value(TokenText { kind: TokenKind::OauthAccessToken, masked: MASKED });
        }
        // Of a kind that Torque cannot use, the whole token would not do either.
        Shape::DeployToken => {
            return Err(Issue::new(IssueCode::TokenDeployToken).with("scopes", needed(purpose)).into());
        }
        Shape::WrongKind(kind) => return wrong_kind(kind),
        Shape::OtherProduct(product) => {
            return Err(Issue::new(IssueCode::TokenOtherProduct).with("product", product).into());
        }
    };
    let more = || is_more_than_one(token).then_some(IssueCode::TokenMoreThanOne);
    if let Some(code) = stand_in(token).or_else(more) {
        return Err(Issue::new(code).into());
    }
    if let Some(issue) = bad_character(token) {
        return Err(issue.into());
    }
    warning.map_or_else(Issues::new, |code| Issue::new(code).into()).or_value(TokenText { kind, masked })
}

/// `https://…`, or `glpat-…@gitlab.example.com/group/project`: no random part has a slash.
fn is_address(text: &str) -> bool {
    let behind = text.rsplit_once('@').filter(|_| kind_at(text).is_some()).map(|(_, behind)| behind);
    text.contains("://") || behind.is_some_and(|behind| behind.len() < RANDOM || behind.contains('/'))
}

/// As [`check_token`], for whoever goes on to send the token: the checked text without the blanks around it.
///
/// # Errors
///
/// As [`check_token`].
pub fn check_secret(text: &str, purpose: Purpose) -> Check<Secret> {
    check_token(text, purpose)?.warnings.or_value(Secret::new(text.trim().to_owned()))
}

/// The text without what `token.pasted_header`, `token.has_user_name` and `token.quoted` find around it: what a user gets who accepts the offer
/// to strip it. No issue can carry this as its suggestion, because no issue carries a token.
///
/// ```
/// use torque_gitlab_connect::token::strip_token;
///
/// let token = strip_token("'PRIVATE-TOKEN: glpat-example'");
/// assert_eq!(token.expose(), "glpat-example");
/// ```
#[must_use]
pub fn strip_token(text: &str) -> Secret {
    Secret::new(pasted_around(text.trim()).token.to_owned())
}

fn needed(purpose: Purpose) -> String {
    scopes::asked_for(purpose).join(" and ")
}

/// Names the kind of the character only: the character itself is a piece of what may be a token.
fn bad_character(token: &str) -> Option<Issue> {
    let (index, character) = token.chars().enumerate().find(|(_, character)| !character.is_ascii_graphic())?;
    let found = match character {
        _ if character.is_whitespace() => "a space character or a line break",
        _ if character.is_control() => "a control character",
        _ => "a character outside ASCII",
    };
    let position = i64::try_from(index + 1).unwrap_or(i64::MAX);
    Some(Issue::new(IssueCode::TokenBadCharacter).with("found", found).with("position", position))
}

//! What people paste together with a token: quotes, headers, commands, names, user names.

use super::kind::{kind_at, named};
use super::stand_in::{LONGEST, stand_in};
use crate::issue::{Issue, IssueCode};
use crate::secret::{ACCESS_TOKEN_MARK, RANDOM, SEPARATORS, is_of_token};

/// A pasted text without what was copied along with the token.
pub(super) struct Pasted<'a> {
    pub(super) token: &'a str,
    /// What was around it.
    pub(super) issue: Option<Issue>,
}

/// Names in front of tokens on command lines, in scripts and documents; in the order in which they are looked for. Case does
/// not matter, blanks after one belong to it. A last character that is a blank must be there; before a last colon there may
/// be a quote and blanks, and it may be an equals sign.
const NAMES: &[&str] = &[
    "curl ",
    "-H ",
    "--header ",
    "-u ",
    "--user ",
    "--token ",
    "Authorization:",
    "Bearer ",
    "PRIVATE-TOKEN:",
    "JOB-TOKEN:",
    "Deploy-Token:",
    "Cookie:",
    "private_token:",
    "access_token:",
    "export ",
    "set ",
    "env ",
    "GITLAB_TOKEN:",
    "token:",
    "Token ",
    "password:",
];

/// Those of a command's headers that carry a token.
const HEADERS: [&str; 4] = ["PRIVATE-TOKEN:", "Authorization:", "JOB-TOKEN:", "Deploy-Token:"];

/// What stands for the name of a variable, which may be anything.
const ASSIGNMENT: &str = "NAME=";

/// Finds the token in a text that is trimmed.
pub(super) fn pasted_around(text: &str) -> Pasted<'_> {
    // Whatever is looked for has another character.
    if text.bytes().all(is_of_token) || named(text).is_some() {
        return Pasted { token: text, issue: None };
    }
    let mut token = text;
    // Each once: that is enough to find it, and the text of the issue stays short whatever was pasted.
    let mut found: Vec<&str> = Vec::new();
    let mut add = |name: &'static str| {
        if !found.contains(&name) {
            found.push(name);
        }
    };
    let (mut quoted, mut searched) = (false, false);
    loop {
        if let Some((name, rest)) = NAMES.iter().find_map(|name| without_name(token, name)) {
            add(name);
            token = rest;
        } else if let Some(rest) = without_assignment(token) {
            add(ASSIGNMENT);
            token = rest;
        } else if !std::mem::replace(&mut searched, true) {
            // Other options of a command stand in front.
            token = header_in(token).unwrap_or(token);
        } else if let Some(rest) = trimmed(token, is_mark) {
            (token, quoted) = (rest, true);
        } else if let Some(rest) = trimmed(token, is_bracket).filter(|_| !has_brackets_of_its_own(token)) {
            (token, quoted) = (rest, true);
        } else {
            break;
        }
    }
    if !found.is_empty() {
        // A header in quotes may be followed by the rest of the command.
        token = token.split_once(is_quote).map_or(token, |(token, _)| token);
    }
    let alone = without_user_name(token);
    let issue = if !found.is_empty() {
        Some(Issue::new(IssueCode::TokenPastedHeader).with("found", found.join(" ")))
    } else if alone.is_some() {
        Some(Issue::new(IssueCode::TokenHasUserName))
    } else {
        quoted.then(|| Issue::new(IssueCode::TokenQuoted))
    };
    Pasted { token: alone.unwrap_or(token), issue }
}

/// `name` at the beginning of `text`, without its colon where an equals sign stands there, and what follows.
fn without_name<'a>(text: &'a str, name: &'static str) -> Option<(&'static str, &'a str)> {
    let bare = name.strip_suffix(':').unwrap_or(name);
    let rest = starts_with_ignoring_case(text, bare).then(|| &text[bare.len()..])?;
    if bare == name {
        return Some((name.trim(), rest.trim_start()));
    }
    let rest = rest.strip_prefix(is_quote).unwrap_or(rest).trim_start();
    let (shown, rest) = match behind_equals_sign(rest) {
        Some(rest) => (bare, rest),
        None => (name, rest.strip_prefix(':')?),
    };
    Some((shown, rest.trim_start()))
}

fn behind_equals_sign(text: &str) -> Option<&str> {
    [":=", "=>", "="].iter().find_map(|sign| text.strip_prefix(sign))
}

/// What follows `NAME=`, `"name": ` or `$env:NAME = ` where the name is that of a token, or where GitLab's mark follows.
fn without_assignment(text: &str) -> Option<&str> {
    let text = text.trim_start_matches('-');
    let text = if starts_with_ignoring_case(text, "$env:") { &text["$env:".len()..] } else { text };
    let text = text.strip_prefix('$').unwrap_or(text);
    let length = text.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || b"_-.".contains(byte)).count();
    let (name, rest) = text.split_at(length);
    let rest = rest.strip_prefix(is_quote).unwrap_or(rest).trim_start();
    if let Some(value) = behind_equals_sign(rest) {
        let value = value.trim_start();
        let is_marked = kind_at(value.trim_start_matches(is_quote)).is_some();
        return (!name.is_empty() && (is_marked || names_a_token(name))).then_some(value);
    }
    // A colon may belong to a prefix, or part a user name from the token.
    let value = rest
        .strip_prefix(':')
        .filter(|value| value.starts_with(|next: char| next.is_whitespace() || is_quote(next)))?;
    names_a_token(name).then(|| value.trim_start())
}

fn names_a_token(name: &str) -> bool {
    ["token", "pat", "secret", "password", "key"].iter().any(|word| ends_with_ignoring_case(name, word))
}

/// The first header of a command that carries a token, with what follows it.
fn header_in(command: &str) -> Option<&str> {
    if !command.contains(' ') {
        return None;
    }
    let small = command.to_ascii_lowercase();
    let at = HEADERS.iter().filter_map(|header| small.find(&header.to_ascii_lowercase())).min()?;
    Some(&command[at..])
}

/// Whether the text is more than one token: several with GitLab's mark, one that begins anew, or as many characters as a random part
/// has on either side of one that no token has: neither a prefix of GitLab's, nor any that is sent as a bearer (RFC 6750, section 2.1).
/// Random text never is.
pub(crate) fn is_more_than_one(text: &str) -> bool {
    let is_repeated = |part: &str| text.matches(part).count() > 1;
    let ends_token = |byte: &u8| !is_of_token(*byte) && !SEPARATORS.contains(byte) && *byte != b'~';
    let parts = text.as_bytes().split(ends_token).filter(|part| part.len() >= RANDOM);
    is_repeated(ACCESS_TOKEN_MARK) || text.get(..RANDOM).is_some_and(is_repeated) || parts.count() > 1
}

/// Names that stand in front of a token where Git wants a user name. Deploy tokens have names of their own choice, but a mark.
const USERS: [&str; 8] = [
    "oauth2",
    "oauth",
    "gitlab-ci-token",
    "gitlab-deploy-token",
    "x-token-auth",
    "x-access-token",
    "private-token",
    "git",
];

/// The token of `oauth2:token`, of `anybody:glpat-…`, and of `glpat-…:x-oauth-basic`.
fn without_user_name(text: &str) -> Option<&str> {
    if text.contains("://") {
        return None;
    }
    let (user, rest) = text.split_once(':')?;
    if USERS.iter().any(|known| known.eq_ignore_ascii_case(user)) || kind_at(rest).is_some() {
        return Some(rest);
    }
    // What follows the mark of a token may have a colon, but is longer then.
    let (token, behind) = text.rsplit_once(':')?;
    (kind_at(text).is_some() && behind.len() < RANDOM).then_some(token)
}

fn is_quote(character: char) -> bool {
    matches!(character, '"' | '\'' | '`')
}

/// Quotes of any language, and what separates values.
fn is_mark(character: char) -> bool {
    is_quote(character)
        || ",;´".chars().any(|mark| mark == character)
        || matches!(character, '\u{2018}'..='\u{201f}' | '«' | '»' | '‹' | '›' | '「'..='』' | '＂' | '＇')
}

fn is_bracket(character: char) -> bool {
    "<>()[]{}".chars().any(|bracket| bracket == character)
}

/// A placeholder such as `<your token>`.
fn has_brackets_of_its_own(text: &str) -> bool {
    text.len() <= LONGEST && stand_in(text).is_some()
}

/// The text without such characters around it, if there are any.
fn trimmed(text: &str, is_around: fn(char) -> bool) -> Option<&str> {
    let rest = text.trim_matches(is_around).trim();
    (rest.len() < text.len()).then_some(rest)
}

fn starts_with_ignoring_case(text: &str, name: &str) -> bool {
    text.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name))
}

fn ends_with_ignoring_case(text: &str, name: &str) -> bool {
    text.len()
        .checked_sub(name.len())
        .and_then(|start| text.get(start..))
        .is_some_and(|end| end.eq_ignore_ascii_case(name))
}

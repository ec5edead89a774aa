//! Text that is entered instead of a token: masks, names of variables, placeholders.
//!
//! An administrator chooses what tokens begin with, from `[a-zA-Z0-9_+=/@:.-]` (GitLab's `ApplicationSetting`); what
//! follows is random, at least twenty characters of base64url and `.` (`lib/authn/token_field`). So no rule here rests on
//! the beginning alone: each asks for a character that no token has, or for something in the last twenty that random ones
//! do not show.

use crate::issue::IssueCode;
use crate::secret::{ACCESS_TOKEN_MARK, RANDOM, without_checksum};

/// Nobody writes longer placeholders or names of variables.
pub(super) const LONGEST: usize = 200;

/// So many of the same character in a row are not random.
const RUN: usize = 8;

/// What kind of placeholder the text is; none if it may be a token.
pub(super) fn stand_in(text: &str) -> Option<IssueCode> {
    // A placeholder may begin as a token does.
    let body = text.rsplit(ACCESS_TOKEN_MARK).next().unwrap_or_default();
    if body.is_empty() || text == ACCESS_TOKEN_MARK.trim_end_matches('-') {
        return Some(IssueCode::TokenPrefixAlone);
    }
    if is_mask(body) {
        return Some(IssueCode::TokenIsMasked);
    }
    if is_expression(body) {
        return Some(IssueCode::TokenIsVariable);
    }
    if text.len() > LONGEST {
        return None;
    }
    let is_in_brackets = body.len() == text.len() && is_in_angle_brackets(text);
    name(body).or(is_in_brackets.then_some(IssueCode::TokenIsPlaceholder))
}

/// As [`stand_in`], for a token of which nothing else is known: by the characters alone, not by words.
pub(crate) fn is_stand_in(text: &str) -> bool {
    is_mask(text) || is_expression(text) || is_in_angle_brackets(text) || is_made_of_words(text, HIDDEN)
}

fn is_mask(text: &str) -> bool {
    let hides = |byte: u8| b"xX.#_-?".contains(&byte);
    let random = without_checksum(text).as_bytes();
    let last = &random[random.len().saturating_sub(RANDOM)..];
    text.chars().any(is_bullet)
        || last.windows(3).any(|three| three == b"...")
        || last.windows(RUN).any(|run| hides(run[0]) && run.iter().all(|byte| *byte == run[0]))
        // `xxx`, `xxxx-xxxx`
        || (text.bytes().all(hides) && text.bytes().filter(|byte| byte.eq_ignore_ascii_case(&b'x')).count() > 2)
}

fn is_bullet(character: char) -> bool {
    matches!(character, '*' | '·' | '•' | '…' | '⁎' | '∗' | '∙' | '█' | '■' | '▪' | '○' | '●' | '◦' | '＊')
}

/// What a shell, a template or a program would put a value in the place of.
fn is_expression(text: &str) -> bool {
    const OBJECTS: [&str; 9] =
        ["process.", "env.", "env:", "secrets.", "vars.", "var.", "local.", "inputs.", "parameters."];
    let mut member = text;
    while let Some(rest) = OBJECTS.iter().find_map(|object| member.strip_prefix(object)) {
        member = rest;
    }
    let pairs = || text.as_bytes().windows(2);
    text.starts_with(['$', '!'])
        || pairs().any(|pair| [b"${", b"$(", b"{{", b"}}", b"#{", b"<%"].iter().any(|mark| pair == *mark))
        // `ENV["X"]`
        || pairs().skip(1).any(|pair| b"[(".contains(&pair[0]) && b"'\"".contains(&pair[1]))
        || (text.len() > 2 && text.starts_with('%') && text.ends_with('%'))
        || (text.starts_with('@') && text.len() <= RANDOM)
        || (member.len() < text.len() && member.len() < RANDOM)
}

/// `<token>`, `<your access token>`. Behind brackets there may be a token, too.
fn is_in_angle_brackets(text: &str) -> bool {
    let inside = text.strip_prefix('<').and_then(|text| text.strip_suffix('>'));
    inside.is_some_and(|inside| inside.len() < RANDOM || inside.contains(' '))
}

/// What the name of a token ends with.
const CREDENTIALS: &[&str] =
    &["token", "tokens", "secret", "password", "passwd", "credential", "credentials", "pat", "key", "pass", "pwd"];
const HIDDEN: &[&str] = &["masked", "redacted", "hidden", "filtered", "removed", "sensitive", "obfuscated", "censored"];
const INSTRUCTIONS: &[&str] = &[
    "your",
    "ihr",
    "dein",
    "change",
    "replace",
    "insert",
    "paste",
    "enter",
    "put",
    "add",
    "todo",
    "tbd",
    "fixme",
    "placeholder",
    "null",
    "none",
    "nil",
    "undefined",
    "object",
    "empty",
];
/// What stands between those.
const OTHERS: &[&str] = &[
    "my",
    "mein",
    "me",
    "the",
    "a",
    "an",
    "this",
    "that",
    "with",
    "here",
    "hier",
    "in",
    "of",
    "for",
    "to",
    "it",
    "is",
    "new",
    "real",
    "actual",
    "valid",
    "some",
    "gitlab",
    "git",
    "lab",
    "gl",
    "gh",
    "ci",
    "api",
    "access",
    "personal",
    "private",
    "project",
    "group",
    "job",
    "deploy",
    "oauth",
    "oauth2",
    "auth",
    "bearer",
    "user",
    "admin",
    "bot",
    "service",
    "account",
    "read",
    "write",
    "repo",
    "repository",
    "provider",
    "torque",
    "value",
    "text",
    "name",
    "env",
    "environ",
    "getenv",
    "os",
    "process",
    "example",
    "sample",
    "dummy",
    "fake",
    "demo",
    "test",
    "own",
    "prod",
    "dev",
    "main",
    "long",
    "very",
    "super",
];

/// A text that is made of the words of placeholders, or ends as the name of a token does.
fn name(text: &str) -> Option<IssueCode> {
    let is_of = |kind: &'static [&'static str]| is_made_of_words(text, kind);
    if is_of(HIDDEN) {
        return Some(IssueCode::TokenIsMasked);
    }
    if is_of(INSTRUCTIONS) {
        return Some(IssueCode::TokenIsPlaceholder);
    }
    if !is_of(CREDENTIALS) && !ends_as_a_name(text) {
        return None;
    }
    let is_identifier = |character: char| character.is_ascii_alphanumeric() || "_.".contains(character);
    let has_parts = text.bytes().skip(1).any(|byte| b"_.".contains(&byte) || byte.is_ascii_uppercase());
    let has_small = text.bytes().any(|byte| byte.is_ascii_lowercase());
    let is_variable = text.chars().all(is_identifier) && has_parts && (has_small || text.contains('_'));
    Some(if is_variable { IssueCode::TokenIsVariable } else { IssueCode::TokenIsPlaceholder })
}

/// Whether the letters, whatever parts them, are words of these lists alone, one of `decisive` among them. A number may
/// follow.
fn is_made_of_words(text: &str, decisive: &[&str]) -> bool {
    if !text.is_ascii() {
        return false;
    }
    let letters = text.bytes().filter(u8::is_ascii_alphanumeric).map(|byte| byte.to_ascii_lowercase());
    let mut letters: Vec<u8> = letters.collect();
    let digits = letters.iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
    if digits <= 3 {
        letters.truncate(letters.len() - digits);
    }
    // For each place whether words lead there, and whether one of them marks a placeholder.
    let mut led = vec![(false, false); letters.len() + 1];
    led[0].0 = true;
    for at in 0..letters.len() {
        let (plain, marked) = led[at];
        if !plain && !marked {
            continue;
        }
        for word in [CREDENTIALS, HIDDEN, INSTRUCTIONS, OTHERS].into_iter().flatten() {
            if letters[at..].starts_with(word.as_bytes()) {
                let is_decisive = decisive.contains(word);
                let next = &mut led[at + word.len()];
                next.0 |= plain && !is_decisive;
                next.1 |= marked || is_decisive;
            }
        }
    }
    led[letters.len()].1
}

/// `acme-prod-token`, `ACME_PAT_2`.
fn ends_as_a_name(text: &str) -> bool {
    let is_constant = text.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_');
    let mut end = text.len();
    while let Some(start) = text[..end].rfind(['-', '_', '.', ' ']) {
        let word = text[start + 1..end].to_ascii_lowercase();
        let is_credential = CREDENTIALS.contains(&word.as_str());
        if is_constant && is_credential {
            return true;
        }
        if !is_constant {
            // Shorter words end random parts, too.
            return is_credential && word.len() > 4;
        }
        end = start;
        if text.len() - end >= RANDOM {
            return false;
        }
    }
    false
}

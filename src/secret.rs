//! Secrets: access tokens of GitLab and API tokens of Torque.

mod prefix;
mod search;

use serde::{Deserialize, Deserializer};
use zeroize::Zeroizing;

use crate::invisible::is_unprintable;

pub(crate) use prefix::{RANDOM, SEPARATORS, without_checksum};
pub use search::Secrets;
pub(crate) use search::marked_in;

/// This many consecutive characters of a secret must not be shown.
const PIECE: usize = 8;

/// GitLab's default prefix of access tokens (<https://docs.gitlab.com/security/tokens/#token-prefixes>). Administrators can set
/// another one.
pub(crate) const ACCESS_TOKEN_MARK: &str = "glpat-";

/// With its prefix. GitLab's have 26 characters or more; a few may have been lost in copying.
pub(crate) const SHORTEST_ACCESS_TOKEN: usize = 22;

/// Whether `text` contains a GitLab access token, which people paste into wrong places.
///
/// Finds it in any case (hosts are lower case), with invisible characters between, in full-width forms, and with the escapes of URLs,
/// JSON and HTML. A token has upper case and digits, unlike a name such as `glpat-rotation-service`.
///
/// ```
/// use torque_gitlab_connect::secret::holds_access_token;
///
/// assert!(holds_access_token("my glpat-AbcdefghiJklmnopqrst"));
/// assert!(holds_access_token("gl\u{34f}pat%2DAbcdefghiJklmnopqrst"));
/// assert!(!holds_access_token("glpat-rotation-service"));
/// ```
#[must_use]
pub fn holds_access_token(text: &str) -> bool {
    if text.len() < SHORTEST_ACCESS_TOKEN {
        return false;
    }
    if is_access_token_in(text.as_bytes()) {
        return true;
    }
    // The usual case: nothing is invisible or escaped.
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) && !search::has_escapes(text) {
        return false;
    }
    let seen: String = text.chars().filter(|character| !is_unprintable(*character)).collect();
    if is_access_token_in(seen.as_bytes()) {
        return true;
    }
    let decoded = || search::decoded(text).map(|(byte, _)| byte).collect::<Vec<u8>>();
    search::has_escapes(text) && is_access_token_in(&decoded())
}

/// As [`holds_access_token`], in bytes of which none is invisible or escaped.
pub(crate) fn is_access_token_in(bytes: &[u8]) -> bool {
    // By its last character, which few places have: every text is searched.
    let (word, dash) = ACCESS_TOKEN_MARK.as_bytes().split_at(ACCESS_TOKEN_MARK.len() - 1);
    let mut at = word.len();
    while at + SHORTEST_ACCESS_TOKEN <= bytes.len() + word.len() {
        if bytes[at] == dash[0]
            && bytes[at - word.len()..at].eq_ignore_ascii_case(word)
            && begins_with_random_part(&bytes[at + 1..])
        {
            return true;
        }
        at += 1;
    }
    false
}

fn begins_with_random_part(bytes: &[u8]) -> bool {
    let (mut length, mut is_random) = (0, false);
    while length < bytes.len() && is_of_token(bytes[length]) {
        is_random |= bytes[length].is_ascii_uppercase() || bytes[length].is_ascii_digit();
        length += 1;
    }
    is_random && ACCESS_TOKEN_MARK.len() + length >= SHORTEST_ACCESS_TOKEN
}

/// Whether what has this name is a secret: a key of an object, a column of a table.
pub(crate) fn is_name_of_secret(name: &str) -> bool {
    // Nothing is allocated: every key of every repository of a plan is asked about.
    name.bytes().enumerate().any(|(at, first)| {
        let word = match first.to_ascii_lowercase() {
            b't' => "token",
            b's' => "secret",
            b'p' => "password",
            _ => return false,
        };
        name.as_bytes()[at..].get(..word.len()).is_some_and(|run| run.eq_ignore_ascii_case(word.as_bytes()))
    })
}

/// A character of the random part, and of the parts behind it.
pub(crate) fn is_of_token(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"_-.".contains(&byte)
}

/// A token, wiped from memory on drop. It has no `Debug`, `Display` or `Serialize`.
///
/// ```
/// use torque_gitlab_connect::secret::Secret;
///
/// let token = Secret::new("glpat-example".to_owned());
/// assert_eq!(token.expose(), "glpat-example");
/// ```
#[derive(Clone)]
#[expect(missing_debug_implementations, reason = "what cannot be printed cannot be printed by mistake")]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// Takes ownership of the text. Keep no other copy of it.
    #[must_use]
    pub fn new(text: String) -> Self {
        Self(Zeroizing::new(text))
    }

    /// Returns the text, for the one place that sends it.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

/// As it was typed; nothing writes it.
impl<'de> Deserialize<'de> for Secret {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self::new)
    }
}

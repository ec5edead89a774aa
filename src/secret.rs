//! Text that must not be seen: access tokens of GitLab and Torque.

use zeroize::Zeroizing;

use crate::text;

/// The mark that GitLab ships for access tokens, and how long what stands behind it is at least
/// (<https://docs.gitlab.com/security/tokens/#token-prefixes>). An administrator may have another mark, which nobody can know.
const ACCESS_TOKEN: (&str, usize) = ("glpat-", 20);

/// Whether an access token of GitLab's stands in `text`: people paste tokens into the wrong places.
///
/// ```
/// use torque_gitlab_connect::secret::holds_access_token;
///
/// assert!(holds_access_token("my glpat-abcdefghijklmnopqrst"));
/// assert!(!holds_access_token("glpat-rotation"));
/// ```
#[must_use]
pub fn holds_access_token(text: &str) -> bool {
    let (mark, shortest) = ACCESS_TOKEN;
    let is_token = |byte: &u8| byte.is_ascii_alphanumeric() || b"_-.".contains(byte);
    let mut rest = text;
    while let Some((_, behind)) = text::split_once(rest, mark) {
        if behind.bytes().take_while(is_token).count() >= shortest {
            return true;
        }
        rest = behind;
    }
    false
}

/// An access token. It has no `Debug`, no `Display` and no `Serialize`, and its memory is wiped when it is dropped.
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
    /// Takes the text over; nothing else may keep a copy of it.
    #[must_use]
    pub fn new(text: String) -> Self {
        Self(Zeroizing::new(text))
    }

    /// The text itself, for the one place that sends it.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

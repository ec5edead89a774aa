//! Text that must not be seen: access tokens of GitLab and Torque.

use zeroize::Zeroizing;

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

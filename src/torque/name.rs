//! Names of things in Torque.

use serde::Serialize;

use crate::http::percent_encoded;
use crate::invisible::is_unprintable;
use crate::issue::{Check, Checked, Issue, IssueCode};
use crate::secret::holds_access_token;

/// A name of something in Torque: a space, a repository, a credential, an agent, a provider.
///
/// Any text, unless it changes the meaning of a URL path in which it is a segment, or is invisible.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Name(Box<str>);

impl Name {
    /// In characters. Longer names are pasted by mistake; Torque's own limit is not known.
    pub const LONGEST: usize = 255;

    /// Checks a name. White space around it is dropped.
    ///
    /// ```
    /// use torque_gitlab_connect::torque::Name;
    ///
    /// assert_eq!(Name::check(" My Space/1 ").unwrap().value.as_str(), "My Space/1");
    /// assert!(Name::check("..").is_err());
    /// assert!(Name::check("../admin").is_err() && Name::check("%2E%2e%2fadmin").is_err());
    /// ```
    ///
    /// # Errors
    ///
    /// `name.empty`, `name.dot_segment`, `name.control_character`, `name.too_long`, `name.is_token`.
    pub fn check(text: &str) -> Check<Self> {
        let name = text.trim_ascii();
        let issue = if name.is_empty() {
            Issue::new(IssueCode::NameEmpty)
        } else if let Some(index) = name.chars().position(is_unprintable) {
            Issue::new(IssueCode::NameControlCharacter).with("position", index as i64 + 1)
        } else if name.chars().count() > Self::LONGEST {
            Issue::new(IssueCode::NameTooLong).with("maximum", Self::LONGEST as i64)
        } else if is_dot_segment_in(name) {
            Issue::new(IssueCode::NameDotSegment)
        } else if holds_access_token(name) {
            // Everybody in the space reads names.
            Issue::new(IssueCode::NameIsToken)
        } else {
            return Ok(Checked::clean(Self(name.into())));
        };
        Err(issue.into())
    }

    /// The text as Torque shows it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The name as one segment of a URL path.
    #[must_use]
    pub fn path_segment(&self) -> String {
        percent_encoded(&self.0)
    }
}

impl From<Name> for String {
    fn from(name: Name) -> Self {
        name.0.into()
    }
}

/// RFC 3986 section 5.2.4 and the WHATWG URL standard resolve a dot segment, `%2e` too: it would name another resource. Between
/// slashes, which are sent as `%2F`, so does a gateway that decodes them before Torque, and the `%252e` that is sent for `%2e`.
fn is_dot_segment_in(name: &str) -> bool {
    // Most of a plan's thousands of names have neither.
    if !name.bytes().any(|byte| matches!(byte, b'.' | b'%')) {
        return false;
    }
    let decoded = name.to_ascii_lowercase().replace("%2e", ".").replace("%2f", "/").replace("%5c", "/");
    decoded.split(['/', '\\']).any(|segment| matches!(segment, "." | ".."))
}

//! Plain data read as a type, with everything that is wrong with it.
//!
//! serde ends at the first error. [`Reading`] is a serde data format that has none: what is missing, of another type or
//! unknown becomes an [`Issue`] with its path, an empty value stands in its place, and the reading goes on. So a type
//! becomes readable by `derive(Deserialize)` alone, as long as what may be left out is an [`Option`] or read by
//! [`or_default`], and an enum has words alone. A tuple of structs is read from one object, of which each takes its keys.

mod path;
mod reader;

use std::borrow::Cow;
use std::cell::RefCell;

use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};

pub(crate) use self::path::Path;
use self::reader::Reader;
use crate::issue::{Issue, IssueCode, Issues, PathSegment};

/// Nobody has a longer key in mind.
const LONGEST_KEY: usize = 40;

/// What stood where the data has `null`, for data that was copied from somewhere that knows more than JSON does: by its
/// path (`["repositories",0]`, as JSON text), the kind of the value (`function`, `undefined`, …), or why there is none
/// (`unreadable`, `too_large`, `not_well_formed`).
pub type Gaps = Map<String, Value>;

/// The reading of one or more values, with the issues found so far.
#[derive(Debug, Default)]
pub struct Reading {
    issues: RefCell<Issues>,
    keys: RefCell<Keys>,
    /// Whether this was written by this crate and stored: there `null` is nothing.
    is_stored: bool,
    /// Whether other keys are another version's, and of no interest.
    skips_keys: bool,
}

/// The keys of the object that was read last, in their order.
#[derive(Debug, Default)]
struct Keys {
    of: Cow<'static, [&'static str]>,
    /// Where they stand in a path: behind the object's name, if it has one.
    start: usize,
}

impl Reading {
    /// Reads `value` (nothing where it is missing) as a `T`. `name` is the first step of its issues' paths, if any.
    ///
    /// The value that comes out is only good as long as [`Reading::has_error`] says no. A text of more than 100,000 bytes is
    /// `input.too_large`, but in what is called `text`.
    ///
    /// ```
    /// use serde::Deserialize;
    /// use torque_gitlab_connect::input::{Gaps, Reading};
    ///
    /// #[derive(Deserialize)]
    /// #[serde(rename_all = "camelCase")]
    /// struct Settings {
    ///     base_url: String,
    ///     branch: Option<String>,
    /// }
    ///
    /// let reading = Reading::default();
    /// let typed = serde_json::json!({ "baseUlr": "https://gitlab.example.com", "branch": 7 });
    /// let settings: Option<Settings> = reading.read(None, Some(&typed), &Gaps::new());
    /// assert!(reading.has_error() && settings.is_some());
    /// let issues: Vec<_> = reading.take_issues().into_iter().map(|issue| issue.code.as_str()).collect();
    /// assert_eq!(issues, ["input.missing", "input.wrong_type", "input.unknown_key"]);
    /// ```
    pub fn read<'de, T: Deserialize<'de>>(&self, name: Option<&str>, value: Option<&Value>, gaps: &Gaps) -> Option<T> {
        self.read_at(&Path::Start(name), value, gaps)
    }

    /// The same of the item with this index in the list that stands under `key` of an object without a name.
    #[cfg(feature = "js")]
    pub(crate) fn read_item<'de, T: Deserialize<'de>>(
        &self,
        key: &str,
        index: usize,
        item: &Value,
        gaps: &Gaps,
    ) -> Option<T> {
        self.read_at(&Path::Index(&Path::Key(&Path::Start(None), key), index), Some(item), gaps)
    }

    fn read_at<'de, T: Deserialize<'de>>(&self, path: &Path, value: Option<&Value>, gaps: &Gaps) -> Option<T> {
        let value = T::deserialize(Reader::new(value, path, gaps, self)).ok();
        if value.is_none() {
            self.report(Issue::new(IssueCode::InputUnreadable), path);
        }
        value
    }

    /// Reads what this crate wrote and the caller stored. Unknown keys are ignored.
    #[must_use]
    pub fn read_stored<'de, T: Deserialize<'de>>(value: &Value) -> Option<T> {
        Self { is_stored: true, skips_keys: true, ..Self::default() }.read_whole(value)
    }

    /// Reads what this version wrote and the caller stored. Unknown keys are errors.
    #[must_use]
    pub fn read_own<'de, T: Deserialize<'de>>(value: &Value) -> Option<T> {
        Self { is_stored: true, ..Self::default() }.read_whole(value)
    }

    /// Whether a `T` can be read from `value`, with whatever other keys.
    ///
    /// ```
    /// use torque_gitlab_connect::input::Reading;
    ///
    /// assert!(Reading::fits::<Vec<String>>(&serde_json::json!(["main"])));
    /// assert!(!Reading::fits::<Vec<String>>(&serde_json::json!(["main", null])));
    /// ```
    #[must_use]
    pub fn fits<'de, T: Deserialize<'de>>(value: &Value) -> bool {
        Self { skips_keys: true, ..Self::default() }.read_whole::<T>(value).is_some()
    }

    fn read_whole<'de, T: Deserialize<'de>>(&self, value: &Value) -> Option<T> {
        let value = self.read(None, Some(value), &Gaps::new());
        value.filter(|_| !self.has_error())
    }

    /// Adds an issue of the caller's own.
    pub fn push(&self, issue: Issue) {
        self.issues.borrow_mut().push(issue);
    }

    /// Adds issues about values that were read; not those about a value that could not be read, or lies in such a one:
    /// about it nothing more is known.
    pub fn extend(&self, issues: Issues) {
        let mut is_unread = false;
        let known = issues.into_iter().filter(|issue| {
            // How many more there are is said last, and they came after the last one that is listed.
            if issue.code != IssueCode::InputTooManyIssues {
                is_unread = self.is_within_unread(&issue.path);
            }
            !is_unread
        });
        let known: Issues = known.collect();
        self.issues.borrow_mut().extend(known);
    }

    fn is_within_unread(&self, path: &[PathSegment]) -> bool {
        self.issues.borrow().iter().any(|issue| is_about_input(issue) && path.starts_with(&issue.path))
    }

    /// Whether the value at `path` could not be read.
    #[must_use]
    pub fn is_unread(&self, path: &[PathSegment]) -> bool {
        self.issues.borrow().iter().any(|issue| is_about_input(issue) && issue.path == path)
    }

    /// Whether one of the items of the list at `path` could not be read.
    #[must_use]
    pub fn is_any_unread(&self, path: &[PathSegment]) -> bool {
        let is_item = |issue: &Issue| issue.path.len() == path.len() + 1 && issue.path.starts_with(path);
        self.issues.borrow().iter().any(|issue| is_about_input(issue) && is_item(issue))
    }

    /// Whether one of the issues found so far is an error.
    #[must_use]
    pub fn has_error(&self) -> bool {
        self.issues.borrow().has_error()
    }

    /// The issues found so far; none are left behind.
    pub fn take_issues(&self) -> Issues {
        self.issues.take()
    }

    /// Puts the issues found so far into the order of the keys of the object that was read last: what is about none of them
    /// comes first, and keys that it does not have last.
    pub fn sort_by_key(&self) {
        let keys = self.keys.borrow();
        let place = |issue: &Issue| match issue.path.get(keys.start) {
            Some(PathSegment::Key(_))
                if issue.code == IssueCode::InputUnknownKey && issue.path.len() == keys.start + 1 =>
            {
                usize::MAX
            }
            Some(PathSegment::Key(key)) => keys.of.iter().position(|known| known == key).map_or(0, |place| place + 1),
            _ => 0,
        };
        self.issues.borrow_mut().sort_by_key(place);
    }

    fn report(&self, issue: Issue, path: &Path) {
        self.push(path.put_before(issue));
    }
}

/// Reads what may be left out as its default.
///
/// # Errors
///
/// Those of the data format.
pub fn or_default<'de, T, D>(deserializer: D) -> Result<T, D::Error>
where
    T: Deserialize<'de> + Default,
    D: Deserializer<'de>,
{
    Ok(Option::deserialize(deserializer)?.unwrap_or_default())
}

/// Whether an issue says that a value could not be read, rather than that it is a bad one.
fn is_about_input(issue: &Issue) -> bool {
    matches!(
        issue.code,
        IssueCode::InputMissing
            | IssueCode::InputWrongType
            | IssueCode::InputUnreadable
            | IssueCode::InputTooLarge
            | IssueCode::InputNotWellFormed
            | IssueCode::InputNotAllowed
    )
}

/// `input.not_allowed`: the value is none of those that are.
#[must_use]
pub fn not_allowed(expected: &str) -> Issue {
    Issue::new(IssueCode::InputNotAllowed).with("expected", expected)
}

/// `input.wrong_type`: the value is none of the types that were `expected`.
#[must_use]
pub fn wrong_type(value: &Value, expected: &str) -> Issue {
    of_type(type_of(value), expected)
}

fn of_type(got: &str, expected: &str) -> Issue {
    Issue::new(IssueCode::InputWrongType).with("expected", expected).with("got", got)
}

/// `input.unknown_key`, with the nearest known one.
#[must_use]
pub fn unknown_key(key: &str, known: &[&str]) -> Issue {
    let mut issue = Issue::new(IssueCode::InputUnknownKey).with("key", key);
    issue.suggestion = nearest(key, known).map(str::to_owned);
    issue.at(key)
}

/// The nearest known name, if it is near: at most one edit in three letters.
fn nearest<'a>(typed: &str, names: &[&'a str]) -> Option<&'a str> {
    if typed.len() > LONGEST_KEY {
        return None;
    }
    let letters = |text: &str| text.to_ascii_lowercase().replace(|letter: char| !letter.is_ascii_alphanumeric(), "");
    let typed = letters(typed);
    let near = names.iter().copied().filter_map(|name| {
        let edits = strsim::osa_distance(&typed, &letters(name));
        (edits * 3 <= name.len()).then_some((edits, name))
    });
    near.min_by_key(|(edits, _)| *edits).map(|(_, name)| name)
}

fn type_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

#[cfg(test)]
mod tests {
    use super::path::FILE;
    use super::reader::LONGEST_TEXT;
    use super::*;

    #[test]
    fn a_text_is_as_long_as_a_file_only_where_one_belongs() {
        #[derive(Deserialize)]
        struct Settings {
            search: Option<String>,
        }
        let codes = |reading: &Reading| -> Vec<&'static str> {
            reading.take_issues().into_iter().map(|issue| issue.code.as_str()).collect()
        };
        for (length, expected) in [(LONGEST_TEXT, vec![]), (LONGEST_TEXT + 1, vec!["input.too_large"])] {
            let (reading, text) = (Reading::default(), Value::from("x".repeat(length)));
            let settings: Option<Settings> =
                reading.read(None, Some(&serde_json::json!({ "search": text })), &Gaps::new());
            let is_there = settings.and_then(|settings| settings.search).is_some_and(|search| search.len() == length);
            assert_eq!((codes(&reading), is_there), (expected.clone(), expected.is_empty()));
            let _: Option<Vec<String>> = reading.read(Some("scopes"), Some(&serde_json::json!([text])), &Gaps::new());
            assert_eq!(codes(&reading), expected);
            let table: Option<String> = reading.read(Some(FILE), Some(&text), &Gaps::new());
            assert_eq!((codes(&reading).len(), table.map(|table| table.len())), (0, Some(length)));
        }
    }
}

//! What can be wrong: every code with its severity, parameters and English text.
//!
//! A check never panics on bad input; it answers with [`Issues`]. The `code` is the contract that programs rely on, the
//! text is for people and may be replaced. No issue holds a token or the text of a URL with credentials.

mod codes;

use std::iter::Chain;
use std::sync::Arc;

use serde::{Serialize, Serializer, ser::SerializeStruct};

pub use codes::{IssueCode, UrlError};

use crate::secret::holds_access_token;

/// How bad an issue is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "js-validate", derive(tsify::Tsify))]
pub enum Severity {
    /// The value cannot be used.
    Error,
    /// The value can be used; the user should know something about it.
    Warning,
}

/// What an issue is about, for a form that sorts what it shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "js", derive(tsify::Tsify), tsify(rename = "IssueTopic"))]
pub enum Topic {
    /// A URL: `base_url.…`, `repository_url.…`, `portal_url.…`.
    Url,
    /// What surrounds a pasted token, which [`crate::token::strip_token`] removes.
    TokenText,
    /// Which kind of token it is.
    TokenKind,
    /// The scopes of a token.
    TokenScopes,
    /// When a token expires.
    TokenExpiry,
    /// That the user stopped the job.
    Pause,
    /// Everything else.
    Other,
}

/// One step on the way to the value that an issue is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum PathSegment {
    /// A key of an object, or the name of a parameter.
    Key(String),
    /// An index in a list.
    Index(usize),
}

/// A path as JavaScript writes it.
///
/// ```
/// use torque_gitlab_connect::issue::path_text;
///
/// assert_eq!(path_text(&["repositories".into(), 3.into(), "url".into()]), "repositories[3].url");
/// ```
#[must_use]
pub fn path_text(path: &[PathSegment]) -> String {
    let mut text = String::new();
    for segment in path {
        match segment {
            PathSegment::Index(index) => text.push_str(&format!("[{index}]")),
            PathSegment::Key(key) => {
                if !text.is_empty() {
                    text.push('.');
                }
                text.push_str(key);
            }
        }
    }
    text
}

impl From<&str> for PathSegment {
    /// A key that is a token was pasted there, and is not repeated.
    fn from(key: &str) -> Self {
        Self::Key(without_token(key.to_owned()))
    }
}

impl From<usize> for PathSegment {
    fn from(index: usize) -> Self {
        Self::Index(index)
    }
}

/// A detail of an issue, for a page that wants to show it or to write its own text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Param {
    /// A piece of text, never secret.
    Text(String),
    /// A count or a position.
    Number(i64),
}

impl From<&str> for Param {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

impl From<String> for Param {
    /// A text that holds a token was pasted into the wrong place, and is not repeated.
    fn from(text: String) -> Self {
        Self::Text(without_token(text))
    }
}

impl From<i64> for Param {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

/// One thing that is wrong or worth knowing, where it is, and what would be right.
///
/// As JSON: `{ code, severity, path, message, params?, suggestion? }`.
///
/// ```
/// use torque_gitlab_connect::issue::{Issue, IssueCode};
///
/// let issue = Issue::new(IssueCode::InputUnknownKey).at("nmae").with("key", "nmae").suggest("name");
/// assert_eq!(issue.code.as_str(), "input.unknown_key");
/// assert!(issue.message().contains("nmae"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issue {
    /// What is wrong.
    pub code: IssueCode,
    /// Whether it stops the user; the code's own severity unless a policy says otherwise.
    pub severity: Severity,
    /// Where, relative to the value that was checked; empty for that value itself.
    pub path: Vec<PathSegment>,
    /// Details, named as in the code's row of the table, in the order of their names.
    pub params: Vec<(&'static str, Param)>,
    /// A value that would pass, offered and never applied silently.
    pub suggestion: Option<String>,
}

impl Issue {
    /// An issue of the code's own severity, about the checked value itself.
    #[must_use]
    #[inline(never)] // made in some two hundred places
    pub fn new(code: IssueCode) -> Self {
        Self { code, severity: code.severity(), path: Vec::new(), params: Vec::new(), suggestion: None }
    }

    /// Puts `segment` in front of the path: the caller's view of where the checked value lies.
    #[must_use]
    pub fn at(mut self, segment: impl Into<PathSegment>) -> Self {
        self.put_before(segment.into());
        self
    }

    /// Adds a detail.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<Param>) -> Self {
        self.set_param(name, value.into());
        self
    }

    /// Offers a value that would pass; none that holds a token.
    #[must_use]
    pub fn suggest(mut self, value: impl Into<String>) -> Self {
        self.set_suggestion(value.into());
        self
    }

    #[inline(never)]
    fn put_before(&mut self, segment: PathSegment) {
        // Most paths are short, and a job keeps thousands.
        self.path.reserve_exact(1);
        self.path.insert(0, segment);
    }

    #[inline(never)]
    fn set_param(&mut self, name: &'static str, value: Param) {
        match self.params.binary_search_by_key(&name, |(known, _)| known) {
            Ok(place) => self.params[place].1 = value,
            Err(place) => {
                // Most issues have one.
                self.params.reserve_exact(1);
                self.params.insert(place, (name, value));
            }
        }
    }

    /// The detail of this name.
    #[must_use]
    pub fn param(&self, name: &str) -> Option<&Param> {
        self.params.iter().find(|(known, _)| *known == name).map(|(_, value)| value)
    }

    /// As [`Issue::suggest`], where it lies.
    pub(crate) fn set_suggestion(&mut self, value: String) {
        self.suggestion = Some(value).filter(|value| !holds_access_token(value));
    }

    /// Its parameter `count`.
    fn count(&self) -> i64 {
        if let Some(Param::Number(count)) = self.param("count") { *count } else { 0 }
    }

    /// The same issue, only as a warning.
    #[must_use]
    pub fn as_warning(mut self) -> Self {
        self.severity = Severity::Warning;
        self
    }

    /// The English text, with the details filled in.
    #[must_use]
    pub fn message(&self) -> String {
        let mut message = String::new();
        let mut rest = self.code.text();
        while let Some((before, after)) = rest.split_once('{') {
            let (name, after) = after.split_once('}').unwrap_or((after, ""));
            message.push_str(before);
            match self.param(name) {
                Some(Param::Text(text)) => message.push_str(text),
                Some(Param::Number(number)) => message.push_str(&number.to_string()),
                None => message.push('…'),
            }
            rest = after;
        }
        message.push_str(rest);
        message
    }
}

/// The code as text, as of [`IssueCode::as_str`].
impl std::fmt::Display for IssueCode {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(self.as_str())
    }
}

/// The English text, as of [`Issue::message`].
impl std::fmt::Display for Issue {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.message())
    }
}

impl std::error::Error for Issue {}

fn without_token(text: String) -> String {
    if holds_access_token(&text) { "…".to_owned() } else { text }
}

/// One thing that is wrong or worth knowing: where it is, what it is, and what would be right.
#[derive(Serialize)]
#[cfg_attr(feature = "js-validate", derive(tsify::Tsify), tsify(rename = "Issue"))]
struct Shown<'a> {
    /// What is wrong, `subject.what`. The contract: programs and translations rely on it.
    #[cfg_attr(feature = "js-validate", tsify(type = "IssueCode"))]
    code: &'static str,
    /// An error stops the value, a warning does not.
    severity: Severity,
    /// Where: the name of the parameter or the keys of the object, and the index in a list.
    #[cfg_attr(feature = "js-validate", tsify(type = "(string | number)[]"))]
    path: &'a [PathSegment],
    /// English text for people; may be replaced per code.
    message: String,
    /// The details that the message names.
    #[serde(skip_serializing_if = "<[_]>::is_empty", serialize_with = "as_object")]
    #[cfg_attr(feature = "js-validate", tsify(optional, type = "Record<string, string | number>"))]
    params: &'a [(&'static str, Param)],
    /// A value that would pass, offered and never applied silently.
    #[serde(skip_serializing_if = "Option::is_none")]
    suggestion: Option<&'a str>,
}

/// Pairs of names and values as an object.
pub(crate) fn as_object<S: Serializer, V: Serialize>(
    pairs: &[(&'static str, V)],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    // JavaScript gets the name of a field as one text for all objects, and each key of a map as a new one: a preview has thousands.
    let mut object = serializer.serialize_struct("Object", pairs.len())?;
    for (name, value) in pairs {
        object.serialize_field(name, value)?;
    }
    object.end()
}

impl Serialize for Issue {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { code, severity, path, params, suggestion } = self;
        let suggestion = suggestion.as_deref();
        Shown { code: code.as_str(), severity: *severity, path, message: self.message(), params, suggestion }
            .serialize(serializer)
    }
}

/// A list of issues; as the error of a check it holds at least one of severity error.
///
/// It has room for a hundred. Of further ones a last issue, `input.too_many_issues`, gives the count: nobody reads them, and
/// what is wrong with a long list must take neither memory nor time without end. Errors go before warnings then.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "js-validate", derive(tsify::Tsify), tsify(type = "Issue[]"))]
pub struct Issues {
    /// None where there is no issue: every result of a check carries a list, and most are empty.
    found: Option<Arc<Found>>,
}

/// At least one issue.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Found {
    listed: Vec<Issue>,
    /// Most lists have none, and it is as large as all else here.
    left_out: Option<Box<Issue>>,
}

/// How many issues are listed.
const MOST: usize = 100;

impl Issues {
    /// No issue.
    ///
    /// ```
    /// use torque_gitlab_connect::issue::{Issue, IssueCode, Issues};
    ///
    /// let issues: Issues = (0..1_000).map(|index| Issue::new(IssueCode::NameEmpty).at(index)).collect();
    /// assert_eq!(issues.iter().count(), 101);
    /// let last = issues.iter().last().unwrap();
    /// assert_eq!(last.message(), "There are 900 more issues. Fix those listed, then check again.");
    /// ```
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds one.
    pub fn push(&mut self, issue: Issue) {
        Arc::make_mut(self.found.get_or_insert_default()).push(issue);
    }

    /// Puts those that are listed into another order.
    pub(crate) fn sort_by_key(&mut self, key: impl FnMut(&Issue) -> usize) {
        if let Some(found) = self.found_mut() {
            found.listed.sort_by_key(key);
        }
    }

    /// Whether what comes now may be left out.
    pub(crate) fn is_full(&self) -> bool {
        self.found.as_ref().is_some_and(|found| found.is_full())
    }

    /// Adds all of `other`.
    pub fn extend(&mut self, other: Self) {
        if self.is_empty() {
            *self = other;
            return;
        }
        other.into_iter().for_each(|issue| self.push(issue));
    }

    /// Is one with `other` where they say the same, so that what is said of thousands is there once.
    #[cfg(feature = "onboarding")]
    pub(crate) fn share(&mut self, other: &Self) {
        if self == other {
            self.clone_from(other);
        }
    }

    /// Puts `segment` in front of every path; what was left out has many.
    #[must_use]
    pub fn at(mut self, segment: impl Into<PathSegment>) -> Self {
        let segment = segment.into();
        self.listed_mut().iter_mut().for_each(|issue| issue.put_before(segment.clone()));
        self
    }

    /// Offers a value that would pass, where there is one, with the first of them.
    pub fn suggest(&mut self, value: Option<String>) {
        if let (Some(issue), Some(value)) = (self.listed_mut().first_mut(), value) {
            issue.set_suggestion(value);
        }
    }

    /// Whether one of them is an error.
    #[must_use]
    pub fn has_error(&self) -> bool {
        self.iter().any(|issue| issue.severity == Severity::Error)
    }

    /// How many errors there are, with those that are only counted: of these, warnings come last.
    #[must_use]
    pub fn error_count(&self) -> usize {
        let is_error = |issue: &&Issue| issue.severity == Severity::Error;
        let Some(found) = &self.found else { return 0 };
        let left_out = found.left_out.as_deref().filter(is_error).map_or(0, Issue::count);
        found.listed.iter().filter(is_error).count() + usize::try_from(left_out).unwrap_or(0)
    }

    /// Whether one of them has this code.
    #[must_use]
    pub fn has(&self, code: IssueCode) -> bool {
        self.iter().any(|issue| issue.code == code)
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.found.is_none()
    }

    /// In the order in which they were found, and the count of the others.
    pub fn iter(&self) -> Iter<'_> {
        let (listed, left_out): (&[Issue], _) = match &self.found {
            Some(found) => (&found.listed, found.left_out.as_deref()),
            None => (&[], None),
        };
        listed.iter().chain(left_out)
    }

    pub(crate) fn iter_mut(&mut self) -> impl Iterator<Item = &mut Issue> {
        let (listed, left_out): (&mut [Issue], _) = match self.found_mut() {
            Some(found) => (&mut found.listed, found.left_out.as_deref_mut()),
            None => (&mut [], None),
        };
        listed.iter_mut().chain(left_out)
    }

    fn listed_mut(&mut self) -> &mut [Issue] {
        self.found_mut().map_or(&mut [], |found| &mut found.listed)
    }

    fn found_mut(&mut self) -> Option<&mut Found> {
        self.found.as_mut().map(Arc::make_mut)
    }

    /// Removes the listed issues for which `keep` is false.
    pub fn retain(&mut self, keep: impl FnMut(&Issue) -> bool) {
        if let Some(found) = self.found_mut() {
            found.listed.retain(keep);
            if found.listed.is_empty() && found.left_out.is_none() {
                self.found = None;
            }
        }
    }

    /// `value` with these as warnings, or these alone when one of them is an error.
    ///
    /// # Errors
    ///
    /// The issues themselves, when one is an error.
    pub fn or_value<T>(self, value: T) -> Check<T> {
        if self.has_error() { Err(self) } else { Ok(Checked { value, warnings: self }) }
    }
}

impl Found {
    fn is_full(&self) -> bool {
        self.listed.len() >= MOST
    }

    #[inline(never)]
    fn push(&mut self, issue: Issue) {
        if issue.code == IssueCode::InputTooManyIssues {
            return self.leave_out(&issue, issue.count());
        }
        if !self.is_full() {
            // Most lists are short, and a job keeps one for each of its repositories.
            self.listed.reserve_exact(1);
            return self.listed.push(issue);
        }
        let is_warning = |issue: &Issue| issue.severity == Severity::Warning;
        match self.listed.iter().rposition(is_warning).filter(|_| !is_warning(&issue)) {
            Some(place) => {
                let warning = self.listed.remove(place);
                self.listed.push(issue);
                self.leave_out(&warning, 1);
            }
            None => self.leave_out(&issue, 1),
        }
    }

    fn leave_out(&mut self, issue: &Issue, count: i64) {
        let last = self.left_out.get_or_insert_with(|| Box::new(Issue::new(IssueCode::InputTooManyIssues)));
        if issue.severity == Severity::Error {
            last.severity = Severity::Error;
        }
        let count = last.count() + count;
        last.set_param("count", count.into());
    }
}

impl Serialize for Issues {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self)
    }
}

impl From<Issue> for Issues {
    fn from(issue: Issue) -> Self {
        std::iter::once(issue).collect()
    }
}

impl FromIterator<Issue> for Issues {
    fn from_iter<I: IntoIterator<Item = Issue>>(issues: I) -> Self {
        let mut all = Self::new();
        issues.into_iter().for_each(|issue| all.push(issue));
        all
    }
}

impl IntoIterator for Issues {
    type Item = Issue;
    type IntoIter = Chain<std::vec::IntoIter<Issue>, std::option::IntoIter<Issue>>;

    fn into_iter(self) -> Self::IntoIter {
        let Found { listed, left_out } = self.found.map(Arc::unwrap_or_clone).unwrap_or_default();
        listed.into_iter().chain(left_out.map(|issue| *issue))
    }
}

/// Issues, one after the other.
type Iter<'a> = Chain<std::slice::Iter<'a, Issue>, std::option::IntoIter<&'a Issue>>;

impl<'a> IntoIterator for &'a Issues {
    type Item = &'a Issue;
    type IntoIter = Iter<'a>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// Each in a line of its own: where, the code, the English text.
///
/// ```
/// use torque_gitlab_connect::issue::{Issue, IssueCode, Issues};
///
/// let issues = Issues::from(Issue::new(IssueCode::NameEmpty).at("name"));
/// assert_eq!(issues.to_string(), "name: name.empty: Enter a name.");
/// ```
impl std::fmt::Display for Issues {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (index, issue) in self.iter().enumerate() {
            if index > 0 {
                formatter.write_str("\n")?;
            }
            if !issue.path.is_empty() {
                write!(formatter, "{}: ", path_text(&issue.path))?;
            }
            write!(formatter, "{}: {issue}", issue.code)?;
        }
        Ok(())
    }
}

impl std::error::Error for Issues {}

/// A value that passed, with what the user should know about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked<T> {
    /// The canonical value.
    pub value: T,
    /// Warnings only.
    pub warnings: Issues,
}

impl<T> Checked<T> {
    /// A value with nothing to say about it.
    pub fn clean(value: T) -> Self {
        Self { value, warnings: Issues::new() }
    }

    /// Another value with the same warnings.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Checked<U> {
        Checked { value: change(self.value), warnings: self.warnings }
    }
}

/// The result of a check: the canonical value with its warnings, or the issues.
pub type Check<T> = Result<Checked<T>, Issues>;

/// As [`collect`], of a value that lies under `key`.
pub(crate) fn collect_at<T>(check: Check<T>, key: &str, issues: &mut Issues) -> Option<T> {
    let mut found = Issues::new();
    let value = collect(check, &mut found);
    issues.extend(found.at(key));
    value
}

/// Takes the value out of a check and leaves its issues in `issues`, so that one pass reports everything that is wrong.
pub fn collect<T>(check: Check<T>, issues: &mut Issues) -> Option<T> {
    match check {
        Ok(checked) => {
            issues.extend(checked.warnings);
            Some(checked.value)
        }
        Err(found) => {
            issues.extend(found);
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// However many there are, and in whatever pieces they come: a hundred are listed in the order in which they were
        /// found, the errors before the warnings, and the last one counts the others.
        #[test]
        fn a_hundred_are_listed_and_the_others_counted(
            pieces in prop::collection::vec(prop::collection::vec(any::<bool>(), 0..90), 0..5),
        ) {
            let (mut issues, mut found) = (Issues::new(), Vec::new());
            for piece in &pieces {
                let piece: Vec<_> = piece.iter().map(|is_error| {
                    let issue = Issue::new(IssueCode::NameEmpty).at(found.len());
                    let issue = if *is_error { issue } else { issue.as_warning() };
                    found.push(issue.clone().at("list"));
                    issue
                }).collect();
                issues.extend(piece.into_iter().collect::<Issues>().at("list"));
            }
            let is_error = |issue: &&Issue| issue.severity == Severity::Error;
            let mut expected: Vec<&Issue> = found.iter().filter(is_error).take(MOST).collect();
            expected.extend(found.iter().filter(|issue| !is_error(issue)).take(MOST - expected.len()));
            expected.sort_by_key(|issue| found.iter().position(|other| other == *issue));
            let listed: Vec<&Issue> = issues.iter().filter(|issue| issue.code == IssueCode::NameEmpty).collect();
            prop_assert_eq!(&listed, &expected);
            prop_assert_eq!(issues.has_error(), found.iter().any(|issue| is_error(&issue)));
            let last = issues.iter().last().filter(|issue| issue.code == IssueCode::InputTooManyIssues);
            prop_assert_eq!(last.map_or(0, Issue::count), (found.len() - listed.len()) as i64);
            if let Some(last) = last {
                prop_assert!(last.path.is_empty());
                let left_out = found.iter().filter(|issue| !listed.contains(issue));
                prop_assert_eq!(last.severity == Severity::Error, left_out.clone().any(|issue| is_error(&issue)));
            }
        }
    }
}

//! Reads what JavaScript passed, key by key: everything that is wrong with it in one pass, each issue with its path.

use serde_json::Value;

use super::input::Input;
use crate::issue::{Check, Issue, IssueCode, Issues, PathSegment, UrlFault, collect};

/// The entries of an object, taken one after the other; what nobody took is unknown.
#[derive(Debug)]
pub(super) struct Fields<'a> {
    pub(super) input: &'a Input<'a>,
    path: Vec<PathSegment>,
    entries: Vec<(&'a str, &'a mut Value)>,
    known: Vec<&'static str>,
}

impl<'a> Fields<'a> {
    /// The arguments of a call, a JSON list, by the names of the parameters. An object whose keys stand for themselves
    /// has the name `""`.
    pub(super) fn of_arguments(input: &'a Input<'a>, parameters: &[&'static str], arguments: &'a mut Value) -> Self {
        let entries = match arguments {
            Value::Array(arguments) => parameters.iter().copied().zip(arguments).collect(),
            _ => {
                input.report(Issue::new(IssueCode::InputUnreadable), &[]);
                Vec::new()
            }
        };
        Self { input, path: Vec::new(), entries, known: Vec::new() }
    }

    fn path_of(&self, key: &str) -> Vec<PathSegment> {
        let mut path = self.path.clone();
        if !key.is_empty() {
            path.push(key.into());
        }
        path
    }

    /// Takes a value; nothing where the key is absent or `undefined`.
    fn take(&mut self, key: &'static str) -> Option<&'a mut Value> {
        self.known.push(key);
        let at = self.entries.iter().position(|(name, _)| *name == key)?;
        let (_, value) = self.entries.remove(at);
        if value.is_null() && self.input.fault_at(&self.path_of(key)) == Some("undefined") { None } else { Some(value) }
    }

    fn take_required(&mut self, key: &'static str, expected: &str) -> Option<&'a mut Value> {
        let value = self.take(key);
        if value.is_none() {
            self.report(key, Issue::new(IssueCode::InputMissing).with("expected", expected));
        }
        value
    }

    /// Reports an issue about the value of `key`.
    pub(super) fn report(&self, key: &str, issue: Issue) {
        self.input.report(issue, &self.path_of(key));
    }

    /// Reports issues about this object, whose paths name its keys.
    pub(super) fn report_all(&self, issues: Issues) {
        self.input.report_all(issues, &self.path);
    }

    /// Whether anything is wrong so far.
    pub(super) fn has_error(&self) -> bool {
        self.input.has_error()
    }

    /// Whether JavaScript's `null` was passed, where that has a meaning.
    pub(super) fn is_null(&mut self, key: &'static str) -> bool {
        let found = self.entries.iter().position(|(name, value)| *name == key && value.is_null());
        match found.filter(|_| self.input.fault_at(&self.path_of(key)).is_none()) {
            Some(at) => {
                self.entries.remove(at);
                true
            }
            None => false,
        }
    }

    /// Text that must be there.
    pub(super) fn text(&mut self, key: &'static str) -> Option<&'a str> {
        let value = self.take_required(key, "string")?;
        self.input.text_at(&self.path_of(key), value)
    }

    /// Text that may be left out.
    pub(super) fn optional_text(&mut self, key: &'static str) -> Option<&'a str> {
        let value = self.take(key)?;
        self.input.text_at(&self.path_of(key), value)
    }

    /// Text that must be there and pass `check`.
    pub(super) fn check<T>(&mut self, key: &'static str, check: &dyn Fn(&str) -> Check<T>) -> Option<T> {
        let text = self.text(key);
        self.pass_text(key, text, check)
    }

    /// Text that, where it is there, must pass `check`.
    pub(super) fn optional_check<T>(&mut self, key: &'static str, check: &dyn Fn(&str) -> Check<T>) -> Option<T> {
        let text = self.optional_text(key);
        self.pass_text(key, text, check)
    }

    fn pass_text<T>(&self, key: &str, text: Option<&str>, check: &dyn Fn(&str) -> Check<T>) -> Option<T> {
        let text = text?;
        let mut issues = Issues::new();
        let value = collect(check(text), &mut issues);
        self.report_judged(key, text, issues, &|text| check(text).is_ok());
        value
    }

    /// Reports what a check said of the text of `key`. Where only the spelling of the host is in the way, the platform's
    /// spelling is offered, if it `passes`.
    fn report_judged(&self, key: &str, text: &str, mut issues: Issues, passes: &dyn Fn(&str) -> bool) {
        if let Some(ascii) = self.input.ascii_url(text) {
            issues.iter_mut().for_each(|issue| offer_ascii_host(issue, ascii, passes));
        }
        self.report_at(key, issues);
    }

    /// The value of a check about `key`; its issues are reported.
    pub(super) fn pass<T>(&self, key: &str, check: Check<T>) -> Option<T> {
        let mut issues = Issues::new();
        let value = collect(check, &mut issues);
        self.report_at(key, issues);
        value
    }

    /// The value of a check about this object as a whole, whose issues name the keys themselves.
    pub(super) fn pass_whole<T>(&self, check: Check<T>) -> Option<T> {
        let mut issues = Issues::new();
        let value = collect(check, &mut issues);
        self.report_all(issues);
        value
    }

    /// Reports issues about the value of `key`.
    pub(super) fn report_at(&self, key: &str, issues: Issues) {
        if !issues.is_empty() {
            self.input.report_all(issues, &self.path_of(key));
        }
    }

    /// `true` or `false`, where it is given.
    pub(super) fn flag(&mut self, key: &'static str) -> Option<bool> {
        let value = self.take(key)?;
        let flag = value.as_bool();
        if flag.is_none() {
            self.input.refuse(&self.path_of(key), value, "boolean");
        }
        flag
    }

    /// A whole number from 0 up, where it is given.
    pub(super) fn count(&mut self, key: &'static str) -> Option<u64> {
        let value = self.take(key)?;
        self.count_of(key, value)
    }

    fn count_of(&self, key: &str, value: &Value) -> Option<u64> {
        if !matches!(value, Value::Number(_)) {
            self.input.refuse(&self.path_of(key), value, "number");
            return None;
        }
        let count = whole(value).and_then(|number| u64::try_from(number).ok());
        if count.is_none() {
            self.report(key, not_allowed("a whole number from 0 to 9007199254740991"));
        }
        count
    }

    /// A point in time: milliseconds since 1970, or text that `parse` understands.
    pub(super) fn time(&mut self, key: &'static str, parse: impl FnOnce(&str) -> Option<i64>) -> Option<i64> {
        let expected = "milliseconds since 1970, or RFC 3339";
        let value = self.take_required(key, expected)?;
        #[expect(clippy::cast_possible_truncation, reason = "part of a millisecond is nothing")]
        let time = match value {
            Value::Number(number) => number.as_i64().or_else(|| Some(number.as_f64()? as i64)),
            Value::String(text) => parse(text),
            _ => {
                self.input.refuse(&self.path_of(key), value, "number or string");
                return None;
            }
        };
        if time.is_none() {
            self.report(key, not_allowed(expected));
        }
        time
    }

    /// One of the given words, where there is one.
    pub(super) fn choice<T: Copy, const N: usize>(
        &mut self,
        key: &'static str,
        choices: [(&'static str, T); N],
    ) -> Option<T> {
        let word = self.optional_text(key);
        self.choose(key, word, &choices.map(|(name, _)| name)).map(|at| choices[at].1)
    }

    /// One of the given words, which must be there.
    pub(super) fn required_choice<T: Copy, const N: usize>(
        &mut self,
        key: &'static str,
        choices: [(&'static str, T); N],
    ) -> Option<T> {
        let word = self.text(key);
        self.choose(key, word, &choices.map(|(name, _)| name)).map(|at| choices[at].1)
    }

    /// Which of the names a word is.
    fn choose(&self, key: &str, word: Option<&str>, names: &[&str]) -> Option<usize> {
        let word = word?;
        let chosen = names.iter().position(|name| *name == word);
        if chosen.is_none() {
            self.report(key, meant(not_allowed(&names.join(", ")), word, names));
        }
        chosen
    }

    /// A list of texts, where it is given.
    pub(super) fn texts(&mut self, key: &'static str) -> Option<Vec<String>> {
        let value = self.take(key)?;
        self.texts_of(key, value)
    }

    /// A list of texts, which must be there.
    pub(super) fn required_texts(&mut self, key: &'static str) -> Option<Vec<String>> {
        let value = self.take_required(key, "array")?;
        self.texts_of(key, value)
    }

    fn texts_of(&self, key: &str, value: &'a mut Value) -> Option<Vec<String>> {
        let mut texts = Vec::new();
        let take = &mut |path: Vec<_>, item: &'a mut Value| {
            texts.extend(self.input.text_at(&path, item).map(str::to_owned));
        };
        let count = self.each(key, value, take)?;
        (texts.len() == count).then_some(texts)
    }

    /// What `read` makes of the objects of a list, which must be there; nothing unless it is so of each of them.
    pub(super) fn objects<T>(
        &mut self,
        key: &'static str,
        read: impl Fn(&mut Fields<'a>) -> Option<T>,
    ) -> Option<Vec<T>> {
        let value = self.take_required(key, "array")?;
        let mut objects = Vec::new();
        let take = &mut |path, item| self.object_at(path, item, &mut |fields| objects.extend(read(fields)));
        let count = self.each(key, value, take)?;
        (objects.len() == count).then_some(objects)
    }

    /// Passes the items of a list on, each with its path, and says how many there were.
    fn each(
        &self,
        key: &str,
        value: &'a mut Value,
        take: &mut dyn FnMut(Vec<PathSegment>, &'a mut Value),
    ) -> Option<usize> {
        let path = self.path_of(key);
        let Value::Array(items) = value else {
            self.input.refuse(&path, value, "array");
            return None;
        };
        let count = items.len();
        for (index, item) in items.iter_mut().enumerate() {
            let mut path = path.clone();
            path.push(index.into());
            take(path, item);
        }
        Some(count)
    }

    /// What `read` makes of an object inside this one, which must be there.
    pub(super) fn object<T>(&mut self, key: &'static str, mut read: impl FnMut(&mut Fields<'a>) -> T) -> Option<T> {
        let value = self.take_required(key, "object")?;
        let mut object = None;
        self.object_at(self.path_of(key), value, &mut |fields| object = Some(read(fields)));
        object
    }

    /// What `read` makes of an object inside this one, where it is given.
    pub(super) fn optional_object<T>(
        &mut self,
        key: &'static str,
        mut read: impl FnMut(&mut Fields<'a>) -> T,
    ) -> Option<T> {
        let value = self.take(key)?;
        let mut object = None;
        self.object_at(self.path_of(key), value, &mut |fields| object = Some(read(fields)));
        object
    }

    fn object_at(&self, path: Vec<PathSegment>, value: &'a mut Value, read: &mut dyn FnMut(&mut Fields<'a>)) {
        let Value::Object(entries) = value else {
            self.input.refuse(&path, value, "object");
            return;
        };
        let entries = entries.iter_mut().map(|(key, value)| (key.as_str(), value)).collect();
        let mut fields = Fields { input: self.input, path, entries, known: Vec::new() };
        read(&mut fields);
        fields.finish();
    }

    /// Any JSON; the empty text where there is none, as an empty body is. Nothing where a part of it cannot be read.
    pub(super) fn json(&mut self, key: &'static str) -> Option<Value> {
        let value = self.take(key).map_or_else(|| Value::String(String::new()), std::mem::take);
        self.input.is_readable(&self.path_of(key)).then_some(value)
    }

    /// An HTTP status, which must be there; 0 stands for a redirect that the browser hides.
    pub(super) fn status(&mut self, key: &'static str) -> Option<u16> {
        let value = self.take_required(key, "number")?;
        let count = self.count_of(key, value)?;
        let status = u16::try_from(count).ok().filter(|status| *status <= 999);
        if status.is_none() {
            self.report(key, not_allowed("an HTTP status, or 0"));
        }
        status
    }

    /// Something that no JSON can hold and that JavaScript keeps for itself: only what it was is looked at.
    /// Whether it is there, and is that.
    pub(super) fn kept(&mut self, key: &'static str, kind: &str) -> bool {
        let path = self.path_of(key);
        let Some(value) = self.take(key) else { return false };
        let is_kind = self.input.fault_at(&path) == Some(kind);
        if !is_kind {
            self.input.refuse(&path, value, kind);
        }
        is_kind
    }

    /// Any JSON, where it is given.
    pub(super) fn optional_json(&mut self, key: &'static str) -> Option<Value> {
        let value = std::mem::take(self.take(key)?);
        self.input.is_readable(&self.path_of(key)).then_some(value)
    }

    /// Whatever is left may well have a meaning.
    pub(super) fn pass_over(&mut self) {
        self.entries.clear();
    }

    /// Ends the reading of this object: whatever is left has no meaning here.
    pub(super) fn finish(self) {
        if let Some("not_well_formed") = self.input.fault_at(&self.path) {
            self.input.report(Issue::new(IssueCode::InputNotWellFormed), &self.path);
        }
        for (key, _) in &self.entries {
            if self.input.fault_at(&self.path_of(key)) == Some("undefined") {
                continue;
            }
            let issue = Issue::new(IssueCode::InputUnknownKey).with("key", *key);
            // To look for the name that was meant takes long, with thousands of keys.
            self.report(key, if self.input.is_full() { issue } else { meant(issue, key, &self.known) });
        }
    }
}

/// Puts `ascii` as suggestion to an issue about a host outside ASCII, if it `passes`.
pub(super) fn offer_ascii_host(issue: &mut Issue, ascii: &str, passes: &dyn Fn(&str) -> bool) {
    if let IssueCode::BaseUrl(fault) | IssueCode::RepositoryUrl(fault) | IssueCode::PortalUrl(fault) = issue.code
        && fault == UrlFault::HostNotAscii
        && issue.suggestion.is_none()
        && passes(ascii)
    {
        issue.offer(ascii.to_owned());
    }
}

pub(super) fn not_allowed(expected: &str) -> Issue {
    Issue::new(IssueCode::InputNotAllowed).with("expected", expected)
}

/// JavaScript knows one kind of number: `4000.0` is the whole number 4000.
#[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "whole and in the exact range")]
fn whole(number: &Value) -> Option<i64> {
    const LARGEST: i64 = 9_007_199_254_740_991;
    let whole = match number.as_i64() {
        Some(whole) => whole,
        None => number.as_f64().filter(|number| number.fract() == 0.0 && number.abs() <= LARGEST as f64)? as i64,
    };
    (whole.abs() <= LARGEST).then_some(whole)
}

/// Suggests the name that was most likely meant, if one is near.
fn meant(mut issue: Issue, typed: &str, names: &[&str]) -> Issue {
    issue.suggestion = nearest(typed, names).map(str::to_owned);
    issue
}

/// The name that was most likely meant, if one is near: at most one edit in three letters.
fn nearest<'a>(typed: &str, names: &[&'a str]) -> Option<&'a str> {
    if typed.len() > 40 {
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

//! Plain data read as a type, with everything that is wrong with it.
//!
//! serde ends at the first error. [`Reading`] is a serde data format that has none: what is missing, of another type or
//! unknown becomes an [`Issue`] with its path, an empty value stands in its place, and the reading goes on. So a type
//! becomes readable by `derive(Deserialize)` alone, as long as what may be left out is an [`Option`] or read by
//! [`or_default`], and an enum has words alone. A tuple of structs is read from one object, of which each takes its keys.

use std::cell::RefCell;

use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, Error as _, IntoDeserializer, MapAccess, SeqAccess, VariantAccess,
    Visitor, value::StrDeserializer,
};
use serde::{Deserialize, forward_to_deserialize_any};
use serde_json::{Map, Value};

use crate::issue::{Issue, IssueCode, Issues, PathSegment};

/// Nobody has a longer key in mind.
const LONGEST_KEY: usize = 40;

/// In bytes: a longer text is a file in the place of a URL, a name or a token. It is refused before anything is made of it, so
/// that it takes no more memory than it came with.
const LONGEST_TEXT: usize = 100_000;

/// What a caller names that is a file: a table of repositories, a stored draft.
const FILE: &str = "text";

/// What a copy has in place of a key with half of a surrogate pair; a gap stands behind it.
const ILL_FORMED_KEY: &str = "\u{fffd}";

/// The largest whole number that JavaScript knows exactly.
const LARGEST: i64 = 9_007_199_254_740_991;

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
    of: Vec<&'static str>,
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
        let reader = Reader { source: Source::Passed, path, gaps, reading: self, parts: None };
        let value = T::deserialize(reader.of(value, path)).ok();
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

/// A path as JSON text.
fn key_of(path: &[PathSegment]) -> String {
    serde_json::to_string(path).unwrap_or_default()
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

/// Where a value stands: in what is called by a name, or by none.
#[derive(Clone, Copy)]
enum Path<'p> {
    Start(Option<&'p str>),
    Key(&'p Path<'p>, &'p str),
    Index(&'p Path<'p>, usize),
}

impl Path<'_> {
    fn put_before(&self, issue: Issue) -> Issue {
        match self {
            Self::Start(None) => issue,
            Self::Start(Some(name)) => issue.at(*name),
            Self::Key(above, key) => above.put_before(issue.at(*key)),
            Self::Index(above, index) => above.put_before(issue.at(*index)),
        }
    }

    fn is_in_file(&self) -> bool {
        match self {
            Self::Start(name) => *name == Some(FILE),
            Self::Key(above, _) | Self::Index(above, _) => above.is_in_file(),
        }
    }

    /// The steps from the start, as JSON text.
    fn key(&self) -> String {
        let mut steps = Vec::new();
        let mut path = self;
        loop {
            path = match path {
                Self::Start(_) => break,
                Self::Key(above, key) => {
                    steps.push(PathSegment::Key((*key).to_owned()));
                    above
                }
                Self::Index(above, index) => {
                    steps.push(PathSegment::Index(*index));
                    above
                }
            };
        }
        steps.reverse();
        key_of(&steps)
    }
}

#[derive(Clone, Copy)]
enum Source<'v> {
    Value(&'v Value),
    /// Neither the key nor the argument is there.
    Missing,
    /// Something around it is wrong, and was reported.
    Passed,
}

/// One value that is to be read. Its methods that are the same for all types have no type parameter: each is there once.
#[derive(Clone, Copy)]
struct Reader<'r> {
    source: Source<'r>,
    path: &'r Path<'r>,
    gaps: &'r Gaps,
    reading: &'r Reading,
    /// Where this is one of several types that an object is read as, the keys of all of them.
    parts: Option<&'r RefCell<Vec<&'static str>>>,
}

impl<'r> Reader<'r> {
    /// The reader of a value in this one.
    fn of<'s>(&self, value: Option<&'s Value>, path: &'s Path<'s>) -> Reader<'s>
    where
        'r: 's,
    {
        let source = value.map_or(Source::Missing, Source::Value);
        let mut reader = Reader { source, path, gaps: self.gaps, reading: self.reading, parts: None };
        if reader.gap() == Some("undefined") {
            reader.source = Source::Missing;
        }
        reader
    }

    /// What stood where the data has `null`.
    fn gap(&self) -> Option<&'r str> {
        match self.source {
            Source::Value(Value::Null) if !self.gaps.is_empty() => {
                self.gaps.get(&self.path.key()).and_then(Value::as_str)
            }
            _ => None,
        }
    }

    fn report(&self, issue: Issue) {
        self.reading.report(issue, self.path);
    }

    /// Says what is wrong with a value that is not what was `expected`.
    fn refuse(&self, expected: &str) {
        let got = match self.source {
            Source::Passed => return,
            Source::Missing => "undefined",
            Source::Value(value) => self.gap().unwrap_or_else(|| type_of(value)),
        };
        self.report(match got {
            "unreadable" => Issue::new(IssueCode::InputUnreadable),
            "too_large" => Issue::new(IssueCode::InputTooLarge),
            "not_well_formed" => Issue::new(IssueCode::InputNotWellFormed),
            "undefined" => Issue::new(IssueCode::InputMissing).with("expected", expected),
            got => of_type(got, expected),
        });
    }

    fn text(&self) -> Option<&'r str> {
        match self.source {
            Source::Value(Value::String(text)) if text.len() > LONGEST_TEXT && !self.path.is_in_file() => {
                self.report(Issue::new(IssueCode::InputTooLarge));
                None
            }
            Source::Value(Value::String(text)) => Some(text),
            _ => {
                self.refuse("string");
                None
            }
        }
    }

    fn flag(&self) -> bool {
        match self.source {
            Source::Value(Value::Bool(flag)) => *flag,
            _ => {
                self.refuse("boolean");
                false
            }
        }
    }

    #[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "whole and in the exact range")]
    fn count(&self) -> u64 {
        let Source::Value(Value::Number(number)) = self.source else {
            self.refuse("number");
            return 0;
        };
        // JavaScript knows one kind of number: `4000.0` is the whole number 4000.
        let whole = number.as_i64().or_else(|| {
            number.as_f64().filter(|number| number.fract() == 0.0 && number.abs() <= LARGEST as f64).map(|it| it as i64)
        });
        match whole.and_then(|number| u64::try_from(number).ok()).filter(|count| *count <= LARGEST as u64) {
            Some(count) => count,
            None => {
                self.report(not_allowed("a whole number from 0 to 9007199254740991"));
                0
            }
        }
    }

    fn items(&self) -> &'r [Value] {
        match self.source {
            Source::Value(Value::Array(items)) => items,
            _ => {
                self.refuse("array");
                &[]
            }
        }
    }

    fn entries(&self) -> Option<&'r Map<String, Value>> {
        match self.source {
            Source::Value(Value::Object(entries)) => Some(entries),
            _ => {
                self.refuse("object");
                None
            }
        }
    }

    /// The entries of an object with these keys. Other keys are reported.
    fn fields(&self, keys: &'static [&'static str]) -> Fields<'r> {
        match self.parts {
            Some(known) => known.borrow_mut().extend(keys),
            None => self.set_keys(keys.to_vec()),
        }
        Fields { reader: *self, entries: self.entries(), keys, place: 0 }
    }

    fn set_keys(&self, of: Vec<&'static str>) {
        if let Path::Start(name) = self.path {
            self.reading.keys.replace(Keys { of, start: usize::from(name.is_some()) });
        }
    }

    fn report_unknown_keys(&self, entries: &Map<String, Value>, keys: &[&str]) {
        if self.reading.skips_keys {
            return;
        }
        for (key, value) in entries.iter().filter(|(key, _)| !keys.contains(&key.as_str())) {
            let path = Path::Key(self.path, key);
            let reader = self.of(Some(value), &path);
            if key == ILL_FORMED_KEY && reader.gap() == Some("not_well_formed") {
                reader.report_gap();
                continue;
            }
            // Looking for the nearest name takes long with thousands of keys.
            let known = if self.reading.issues.borrow().is_full() { &[] } else { keys };
            self.report(unknown_key(key, known));
        }
    }

    /// Which of the words this is: its number, or the first one where it is none.
    fn choice(&self, words: &[&str]) -> usize {
        let Some(word) = self.text() else { return 0 };
        let chosen = words.iter().position(|known| *known == word);
        if chosen.is_none() {
            let mut issue = not_allowed(&words.join(", "));
            issue.suggestion = nearest(word, words).map(str::to_owned);
            self.report(issue);
        }
        chosen.unwrap_or(0)
    }

    /// If a value that is taken as it is was not copied as a whole, that is reported.
    fn report_gap(&self) {
        if self.gap().is_some() {
            self.refuse("JSON");
        }
    }
}

/// The fields of an object, one after the other.
struct Fields<'r> {
    reader: Reader<'r>,
    entries: Option<&'r Map<String, Value>>,
    keys: &'static [&'static str],
    place: usize,
}

impl Fields<'_> {
    /// Calls `read` with the next field, which need not be there.
    fn next<T>(&mut self, read: impl FnOnce(Reader) -> T) -> Option<T> {
        let key = *self.keys.get(self.place)?;
        self.place += 1;
        let path = Path::Key(self.reader.path, key);
        let value = self.entries.and_then(|entries| entries.get(key));
        let reader = match self.entries {
            Some(_) => self.reader.of(value, &path),
            None => Reader { source: Source::Passed, path: &path, ..self.reader },
        };
        let field = read(reader);
        if self.place == self.keys.len()
            && self.reader.parts.is_none()
            && let Some(entries) = self.entries
        {
            self.reader.report_unknown_keys(entries, self.keys);
        }
        Some(field)
    }
}

/// serde reads the fields of a struct in their order where a format has no keys; here the keys come from the struct.
impl<'de> SeqAccess<'de> for Fields<'_> {
    type Error = Unreadable;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Unreadable> {
        self.next(|reader| seed.deserialize(reader)).transpose()
    }
}

/// The types that one object is read as, one after the other.
struct Parts<'r> {
    reader: Reader<'r>,
    known: RefCell<Vec<&'static str>>,
    left: usize,
}

impl<'de> SeqAccess<'de> for Parts<'_> {
    type Error = Unreadable;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Unreadable> {
        let part = seed.deserialize(Reader { parts: Some(&self.known), ..self.reader })?;
        self.left -= 1;
        self.end_part();
        Ok(Some(part))
    }
}

impl Parts<'_> {
    fn end_part(&mut self) {
        let Source::Value(Value::Object(entries)) = self.reader.source else {
            // The first of them reported that it is no object.
            self.reader.source = Source::Passed;
            return;
        };
        if self.left > 0 {
            return;
        }
        let known = self.known.take();
        self.reader.report_unknown_keys(entries, &known);
        self.reader.set_keys(known);
    }
}

/// The items of a list, one after the other.
struct Items<'r> {
    reader: Reader<'r>,
    list: &'r [Value],
    place: usize,
}

impl<'de> SeqAccess<'de> for Items<'_> {
    type Error = Unreadable;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Unreadable> {
        let Some(item) = self.list.get(self.place) else { return Ok(None) };
        let path = Path::Index(self.reader.path, self.place);
        self.place += 1;
        seed.deserialize(self.reader.of(Some(item), &path)).map(Some)
    }
}

/// The entries of an object that is taken as it is.
struct Entries<'r> {
    reader: Reader<'r>,
    rest: serde_json::map::Iter<'r>,
    entry: Option<(&'r String, &'r Value)>,
}

impl<'de> MapAccess<'de> for Entries<'_> {
    type Error = Unreadable;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Unreadable> {
        self.entry = self.rest.next();
        let Some((key, _)) = self.entry else { return Ok(None) };
        seed.deserialize(StrDeserializer::new(key)).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Unreadable> {
        let (key, value) = self.entry.ok_or(Unreadable)?;
        let path = Path::Key(self.reader.path, key);
        seed.deserialize(self.reader.of(Some(value), &path))
    }
}

/// The word that was chosen, by its number.
struct Choice(usize);

impl<'de> EnumAccess<'de> for Choice {
    type Error = Unreadable;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Self), Unreadable> {
        let number = u32::try_from(self.0).map_err(Unreadable::custom)?;
        Ok((seed.deserialize(number.into_deserializer())?, self))
    }
}

impl<'de> VariantAccess<'de> for Choice {
    type Error = Unreadable;

    fn unit_variant(self) -> Result<(), Unreadable> {
        Ok(())
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, _: T) -> Result<T::Value, Unreadable> {
        Err(Unreadable)
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, _: V) -> Result<V::Value, Unreadable> {
        Err(Unreadable)
    }

    fn struct_variant<V: Visitor<'de>>(self, _: &'static [&'static str], _: V) -> Result<V::Value, Unreadable> {
        Err(Unreadable)
    }
}

/// A type asked for something that is not read here.
#[derive(Debug)]
struct Unreadable;

impl std::fmt::Display for Unreadable {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("unreadable")
    }
}

impl std::error::Error for Unreadable {}

impl serde::de::Error for Unreadable {
    fn custom<T: std::fmt::Display>(_: T) -> Self {
        Self
    }
}

impl<'de> Deserializer<'de> for Reader<'_> {
    type Error = Unreadable;

    /// Whatever it is, as it is.
    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        self.report_gap();
        match self.source {
            Source::Missing | Source::Passed | Source::Value(Value::Null) => visitor.visit_unit(),
            Source::Value(Value::Bool(flag)) => visitor.visit_bool(*flag),
            Source::Value(Value::String(text)) => visitor.visit_str(text),
            Source::Value(Value::Array(items)) => visitor.visit_seq(Items { reader: self, list: items, place: 0 }),
            Source::Value(Value::Object(entries)) => {
                visitor.visit_map(Entries { reader: self, rest: entries.iter(), entry: None })
            }
            Source::Value(Value::Number(number)) => match (number.as_u64(), number.as_i64()) {
                (Some(number), _) => visitor.visit_u64(number),
                (_, Some(number)) => visitor.visit_i64(number),
                _ => visitor.visit_f64(number.as_f64().unwrap_or_default()),
            },
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        match self.source {
            Source::Missing | Source::Passed => visitor.visit_none(),
            Source::Value(Value::Null) if self.reading.is_stored => visitor.visit_none(),
            Source::Value(_) => visitor.visit_some(self),
        }
    }

    /// What JSON cannot hold is named by a newtype; only what kind of thing it was is looked at.
    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        kind: &'static str,
        visitor: V,
    ) -> Result<V::Value, Unreadable> {
        if self.gap() != Some(kind) {
            self.refuse(kind);
        }
        visitor.visit_newtype_struct(().into_deserializer())
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        visitor.visit_bool(self.flag())
    }

    fn deserialize_u64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        visitor.visit_u64(self.count())
    }

    fn deserialize_i64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        self.deserialize_u64(visitor)
    }

    fn deserialize_u32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        self.deserialize_u64(visitor)
    }

    fn deserialize_u16<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        self.deserialize_u64(visitor)
    }

    fn deserialize_u8<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        self.deserialize_u64(visitor)
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        visitor.visit_str(self.text().unwrap_or_default())
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        self.deserialize_str(visitor)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        visitor.visit_seq(Items { reader: self, list: self.items(), place: 0 })
    }

    /// Several types that one object is read as: each takes its keys.
    fn deserialize_tuple<V: Visitor<'de>>(self, count: usize, visitor: V) -> Result<V::Value, Unreadable> {
        visitor.visit_seq(Parts { reader: self, known: RefCell::default(), left: count })
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        keys: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unreadable> {
        visitor.visit_seq(self.fields(keys))
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        words: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unreadable> {
        visitor.visit_enum(Choice(self.choice(words)))
    }

    forward_to_deserialize_any! {
        i8 i16 i32 i128 u128 f32 f64 char bytes byte_buf unit unit_struct tuple_struct map
        identifier ignored_any
    }
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

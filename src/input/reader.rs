//! One value, as a data format of serde.

use std::borrow::Cow;
use std::cell::RefCell;

use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, Error as _, IntoDeserializer, MapAccess, SeqAccess, VariantAccess,
    Visitor, value::StrDeserializer,
};
use serde::forward_to_deserialize_any;
use serde_json::{Map, Value};

use super::path::Path;
use super::{Gaps, Keys, Reading, nearest, not_allowed, of_type, type_of, unknown_key};
use crate::issue::{Issue, IssueCode};

/// In bytes: a longer text is a file in the place of a URL, a name or a token. It is refused before anything is made of it, so
/// that it takes no more memory than it came with.
pub(super) const LONGEST_TEXT: usize = 100_000;

/// What a copy has in place of a key with half of a surrogate pair; a gap stands behind it.
const ILL_FORMED_KEY: &str = "\u{fffd}";

/// The largest whole number that JavaScript knows exactly.
const LARGEST: i64 = 9_007_199_254_740_991;

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
pub(super) struct Reader<'r> {
    source: Source<'r>,
    path: &'r Path<'r>,
    gaps: &'r Gaps,
    reading: &'r Reading,
    /// Where this is one of several types that an object is read as, the keys of all of them.
    parts: Option<&'r RefCell<Vec<&'static str>>>,
}

impl<'r> Reader<'r> {
    pub(super) fn new(value: Option<&'r Value>, path: &'r Path<'r>, gaps: &'r Gaps, reading: &'r Reading) -> Self {
        let source = value.map_or(Source::Missing, Source::Value);
        let mut reader = Self { source, path, gaps, reading, parts: None };
        if reader.gap() == Some("undefined") {
            reader.source = Source::Missing;
        }
        reader
    }

    /// The reader of a value in this one.
    fn of<'s>(&self, value: Option<&'s Value>, path: &'s Path<'s>) -> Reader<'s>
    where
        'r: 's,
    {
        Reader::new(value, path, self.gaps, self.reading)
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
            None => self.set_keys(Cow::Borrowed(keys)),
        }
        Fields { reader: *self, entries: self.entries(), keys, place: 0 }
    }

    fn set_keys(&self, of: Cow<'static, [&'static str]>) {
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
        self.reader.set_keys(Cow::Owned(known));
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
pub(super) struct Unreadable;

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

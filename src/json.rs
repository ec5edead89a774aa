//! JSON (RFC 8259), read and written. Ours, because what `serde_json` does beyond the need here is a tenth of the wasm: sorted
//! maps, the best number for any fraction, errors that say where a text stops being JSON.

mod reader;
mod writer;

pub(crate) use self::writer::write;

/// What a JSON text holds.
///
/// ```
/// use torque_gitlab_connect::json::Value;
///
/// let body = Value::read(r#"{ "id": 7, "scopes": ["read_api"] }"#).unwrap();
/// assert_eq!(body["id"].as_u64(), Some(7));
/// assert_eq!(body["scopes"].as_array().map(<[_]>::len), Some(1));
/// assert_eq!(body["expires_at"], Value::Null);
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Value {
    /// `null`
    #[default]
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A whole number, exactly.
    Whole(i64),
    /// Any other number, nearly: up to fifteen digits and 22 places are exact.
    Fraction(f64),
    /// `"…"`
    String(String),
    /// `[…]`
    Array(Vec<Value>),
    /// `{…}`
    Object(Object),
}

impl Value {
    /// Reads JSON text; nothing where it is none, or is nested more than 127 deep.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        reader::read(text)
    }

    /// The value of a key, where this is an object that has it.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Self> {
        self.as_object()?.get(key)
    }

    /// Whether it is `null`.
    #[must_use]
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// Of `true` and `false`.
    #[must_use]
    pub fn as_bool(&self) -> Option<bool> {
        if let Self::Bool(value) = self { Some(*value) } else { None }
    }

    /// Of a whole number.
    #[must_use]
    pub fn as_i64(&self) -> Option<i64> {
        if let Self::Whole(number) = self { Some(*number) } else { None }
    }

    /// Of a whole number from 0 up.
    #[must_use]
    pub fn as_u64(&self) -> Option<u64> {
        u64::try_from(self.as_i64()?).ok()
    }

    /// Of text.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        if let Self::String(text) = self { Some(text) } else { None }
    }

    /// Of a list.
    #[must_use]
    pub fn as_array(&self) -> Option<&[Self]> {
        if let Self::Array(items) = self { Some(items) } else { None }
    }

    /// Of an object.
    #[must_use]
    pub fn as_object(&self) -> Option<&Object> {
        if let Self::Object(entries) = self { Some(entries) } else { None }
    }
}

/// The value of a key; `null` where there is none.
impl std::ops::Index<&str> for Value {
    type Output = Self;

    fn index(&self, key: &str) -> &Self {
        self.get(key).unwrap_or(&Self::Null)
    }
}

/// The entries of an object, as they stand in the text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Object(pub(crate) Vec<(String, Value)>);

impl Object {
    /// The value of a key: the last one, should it stand there more than once.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.iter().rfind(|(known, _)| known == key).map(|(_, value)| value)
    }

    /// In the order of the text.
    #[expect(clippy::iter_without_into_iter, reason = "nobody takes it apart")]
    pub fn iter(&self) -> std::slice::Iter<'_, (String, Value)> {
        self.0.iter()
    }
}

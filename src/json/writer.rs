//! Writes JSON.

use serde::{Serialize, Serializer, ser};

/// Writes a value as JSON text, without blanks.
pub(crate) fn write(value: &impl Serialize) -> String {
    let mut writer = Writer { text: String::new(), is_first: true };
    match value.serialize(&mut writer) {
        Ok(()) => writer.text,
        Err(never) => match never {},
    }
}

/// Cannot fail. One flag is enough to know where commas belong: whether nothing stands yet in the innermost brackets.
struct Writer {
    text: String,
    is_first: bool,
}

// One copy of each, in a build for size.
impl Writer {
    #[inline(never)]
    fn string(&mut self, string: &str) {
        self.text.push('"');
        let mut start = 0;
        for (at, byte) in string.bytes().enumerate() {
            let escape = match byte {
                b'"' | b'\\' => byte,
                0x8 => b'b',
                0xc => b'f',
                b'\n' => b'n',
                b'\r' => b'r',
                b'\t' => b't',
                0..0x20 => b'u',
                _ => continue,
            };
            self.text.push_str(&string[start..at]);
            start = at + 1;
            self.text.push('\\');
            self.text.push(char::from(escape));
            if escape == b'u' {
                self.text.push_str(if byte < 0x10 { "000" } else { "001" });
                self.text.push(char::from(b"0123456789abcdef"[usize::from(byte & 15)]));
            }
        }
        self.text.push_str(&string[start..]);
        self.text.push('"');
    }

    #[inline(never)]
    fn number(&mut self, number: u64) {
        if number >= 10 {
            self.number(number / 10);
        }
        self.text.push(char::from(b'0' + (number % 10) as u8));
    }

    #[inline(never)]
    fn open(&mut self, bracket: char) {
        self.text.push(bracket);
        self.is_first = true;
    }

    #[inline(never)]
    fn close(&mut self, bracket: char) {
        self.text.push(bracket);
        self.is_first = false;
    }

    #[inline(never)]
    fn next(&mut self) {
        if !self.is_first {
            self.text.push(',');
        }
        self.is_first = false;
    }

    #[inline(never)]
    fn key(&mut self, key: &str) {
        self.next();
        self.string(key);
        self.text.push(':');
    }
}

/// There is none.
#[derive(Debug)]
enum Never {}

impl std::fmt::Display for Never {
    fn fmt(&self, _: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match *self {}
    }
}

impl std::error::Error for Never {}

impl ser::Error for Never {
    fn custom<T: std::fmt::Display>(message: T) -> Self {
        unreachable!("nothing in this crate refuses to be written: {message}")
    }
}

type Written = Result<(), Never>;

/// Numbers that all end in one of two functions.
macro_rules! whole_numbers {
    ($($function:ident $kind:ty => $into:ident,)*) => {
        $(fn $function(self, value: $kind) -> Written { self.$into(value.into()) })*
    };
}

impl Serializer for &mut Writer {
    type Ok = ();
    type Error = Never;
    type SerializeSeq = Self;
    type SerializeTuple = Self;
    type SerializeTupleStruct = Self;
    type SerializeTupleVariant = ser::Impossible<(), Never>;
    type SerializeMap = Self;
    type SerializeStruct = Self;
    type SerializeStructVariant = ser::Impossible<(), Never>;

    whole_numbers! {
        serialize_i8 i8 => serialize_i64,
        serialize_i16 i16 => serialize_i64,
        serialize_i32 i32 => serialize_i64,
        serialize_u8 u8 => serialize_u64,
        serialize_u16 u16 => serialize_u64,
        serialize_u32 u32 => serialize_u64,
        serialize_f32 f32 => serialize_f64,
    }

    fn serialize_i64(self, value: i64) -> Written {
        if value < 0 {
            self.text.push('-');
        }
        self.serialize_u64(value.unsigned_abs())
    }

    fn serialize_u64(self, value: u64) -> Written {
        self.number(value);
        Ok(())
    }

    fn serialize_f64(self, value: f64) -> Written {
        self.text.push_str(&if value.is_finite() { value.to_string() } else { "null".to_owned() });
        Ok(())
    }

    fn serialize_bool(self, value: bool) -> Written {
        self.text.push_str(if value { "true" } else { "false" });
        Ok(())
    }

    fn serialize_char(self, value: char) -> Written {
        self.string(value.encode_utf8(&mut [0; 4]));
        Ok(())
    }

    fn serialize_str(self, value: &str) -> Written {
        self.string(value);
        Ok(())
    }

    fn serialize_bytes(self, value: &[u8]) -> Written {
        value.serialize(self)
    }

    fn serialize_none(self) -> Written {
        self.serialize_unit()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Written {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Written {
        self.text.push_str("null");
        Ok(())
    }

    fn serialize_unit_struct(self, _: &'static str) -> Written {
        self.serialize_unit()
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Written {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Written {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Written {
        self.open('{');
        self.key(variant);
        value.serialize(&mut *self)?;
        self.close('}');
        Ok(())
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Self, Never> {
        self.open('[');
        Ok(self)
    }

    fn serialize_tuple(self, _: usize) -> Result<Self, Never> {
        self.serialize_seq(None)
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Self, Never> {
        self.serialize_seq(None)
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, Never> {
        unreachable!("nothing in this crate is written so")
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Self, Never> {
        self.open('{');
        Ok(self)
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Self, Never> {
        self.serialize_map(None)
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, Never> {
        unreachable!("nothing in this crate is written so")
    }
}

/// Lists, whatever they are called.
macro_rules! lists {
    ($($kind:ident $function:ident,)*) => {
        $(impl ser::$kind for &mut Writer {
            type Ok = ();
            type Error = Never;

            fn $function<T: Serialize + ?Sized>(&mut self, value: &T) -> Written {
                self.next();
                value.serialize(&mut **self)
            }

            fn end(self) -> Written {
                self.close(']');
                Ok(())
            }
        })*
    };
}

lists! {
    SerializeSeq serialize_element,
    SerializeTuple serialize_element,
    SerializeTupleStruct serialize_field,
}

impl ser::SerializeMap for &mut Writer {
    type Ok = ();
    type Error = Never;

    /// Every key is text.
    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Written {
        self.next();
        key.serialize(&mut **self)
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Written {
        self.text.push(':');
        value.serialize(&mut **self)
    }

    fn end(self) -> Written {
        self.close('}');
        Ok(())
    }
}

impl ser::SerializeStruct for &mut Writer {
    type Ok = ();
    type Error = Never;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Written {
        self.key(key);
        value.serialize(&mut **self)
    }

    fn end(self) -> Written {
        self.close('}');
        Ok(())
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use proptest::prelude::*;
    use serde_json::Value;

    use super::*;

    /// What the reader's test reads, too.
    pub(crate) fn any_value() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            any::<u64>().prop_map(Value::from),
            "[\\PC\\x00-\\x1f\"\\\\\\x7f]{0,12}".prop_map(Value::from),
        ];
        leaf.prop_recursive(4, 40, 6, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
                prop::collection::btree_map("[\\PC\"\\n]{0,6}", inner, 0..6)
                    .prop_map(|entries| Value::Object(entries.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn any_value_is_written_as_serde_json_does(value in any_value()) {
            prop_assert_eq!(write(&value), serde_json::to_string(&value).unwrap());
        }
    }

    #[test]
    fn what_has_fields_and_tags_is_written_as_serde_json_does() {
        #[derive(Serialize)]
        #[serde(tag = "type", rename_all = "camelCase")]
        enum Tagged {
            WithFields { left: Option<u8>, right: (i64, char), list: Vec<()> },
            Alone,
        }
        #[derive(Serialize)]
        struct Wrapped(Vec<Tagged>);
        let value = Wrapped(vec![
            Tagged::WithFields { left: None, right: (i64::MIN, '"'), list: vec![] },
            Tagged::Alone,
            Tagged::WithFields { left: Some(7), right: (0, 'ü'), list: vec![(), ()] },
        ]);
        assert_eq!(write(&value), serde_json::to_string(&value).unwrap());
    }
}

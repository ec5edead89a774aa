//! Reads JSON.

use super::{Object, Value};

/// Deeper nesting is refused: the stack is finite.
const MAX_DEPTH: u32 = 128;

/// Reads JSON text; nothing where it is none.
pub(super) fn read(text: &str) -> Option<Value> {
    let mut reader = Reader { text, at: 0 };
    let value = reader.value(MAX_DEPTH)?;
    reader.skip_white_space();
    (reader.at == text.len()).then_some(value)
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl Reader<'_> {
    /// The next byte; 0 at the end, which no JSON text has.
    fn peek(&self) -> u8 {
        self.text.as_bytes().get(self.at).copied().unwrap_or_default()
    }

    fn skip_white_space(&mut self) {
        while matches!(self.peek(), b' ' | b'\t' | b'\n' | b'\r') {
            self.at += 1;
        }
    }

    /// Passes over `byte`, if it is the next one behind white space.
    fn takes(&mut self, byte: u8) -> bool {
        self.skip_white_space();
        let is_next = self.peek() == byte;
        self.at += usize::from(is_next);
        is_next
    }

    fn value(&mut self, depth: u32) -> Option<Value> {
        self.skip_white_space();
        match self.peek() {
            b'"' => {
                self.at += 1;
                Some(Value::String(self.string()?))
            }
            b'[' => {
                self.at += 1;
                let depth = depth.checked_sub(1).filter(|depth| *depth > 0)?;
                let mut items = Vec::new();
                if self.takes(b']') {
                    return Some(Value::Array(items));
                }
                loop {
                    items.push(self.value(depth)?);
                    if self.takes(b']') {
                        return Some(Value::Array(items));
                    }
                    self.takes(b',').then_some(())?;
                }
            }
            b'{' => {
                self.at += 1;
                let depth = depth.checked_sub(1).filter(|depth| *depth > 0)?;
                let mut entries = Vec::new();
                if self.takes(b'}') {
                    return Some(Value::Object(Object(entries)));
                }
                loop {
                    self.takes(b'"').then_some(())?;
                    let key = self.string()?;
                    self.takes(b':').then_some(())?;
                    entries.push((key, self.value(depth)?));
                    if self.takes(b'}') {
                        return Some(Value::Object(Object(entries)));
                    }
                    self.takes(b',').then_some(())?;
                }
            }
            b'n' => self.word("null", Value::Null),
            b't' => self.word("true", Value::Bool(true)),
            b'f' => self.word("false", Value::Bool(false)),
            _ => self.number(),
        }
    }

    fn word(&mut self, word: &str, value: Value) -> Option<Value> {
        let is_next = self.text.as_bytes()[self.at..].starts_with(word.as_bytes());
        self.at += word.len();
        is_next.then_some(value)
    }

    /// Behind the opening quote.
    fn string(&mut self) -> Option<String> {
        let mut string = String::new();
        loop {
            let start = self.at;
            while !matches!(self.peek(), b'"' | b'\\' | 0..0x20) {
                self.at += 1;
            }
            string.push_str(self.text.get(start..self.at)?);
            let byte = self.peek();
            self.at += 1;
            match byte {
                b'"' => return Some(string),
                b'\\' => string.push(self.escape()?),
                _ => return None,
            }
        }
    }

    /// Behind the backslash.
    fn escape(&mut self) -> Option<char> {
        let byte = self.peek();
        self.at += 1;
        Some(match byte {
            b'"' | b'\\' | b'/' => char::from(byte),
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => {
                let unit = self.four_digits()?;
                if !(0xd800..0xdc00).contains(&unit) {
                    return char::from_u32(unit);
                }
                self.word("\\u", Value::Null)?;
                let low = self.four_digits()?.checked_sub(0xdc00).filter(|low| *low < 0x400)?;
                return char::from_u32(0x1_0000 + ((unit - 0xd800) << 10) + low);
            }
            _ => return None,
        })
    }

    fn four_digits(&mut self) -> Option<u32> {
        let mut unit = 0;
        for _ in 0..4 {
            unit = unit * 16 + char::from(self.peek()).to_digit(16)?;
            self.at += 1;
        }
        Some(unit)
    }

    /// Whole numbers are exact. Others too, up to fifteen digits and 22 places, which is more than anybody asks for here.
    fn number(&mut self) -> Option<Value> {
        let is_negative = self.peek() == b'-';
        self.at += usize::from(is_negative);
        let start = self.at;
        let (mut digits, mut exponent) = (0_u64, 0_i32);
        self.digits(&mut digits, &mut exponent)?;
        if self.at > start + 1 && self.text.as_bytes()[start] == b'0' {
            return None;
        }
        let mut is_whole = exponent == 0;
        if self.peek() == b'.' {
            is_whole = false;
            self.at += 1;
            let point = self.at;
            self.digits(&mut digits, &mut exponent)?;
            exponent = exponent.saturating_sub_unsigned(u32::try_from(self.at - point).ok()?);
        }
        if matches!(self.peek(), b'e' | b'E') {
            is_whole = false;
            self.at += 1;
            let is_small = self.peek() == b'-';
            self.at += usize::from(matches!(self.peek(), b'+' | b'-'));
            let (mut power, mut beyond) = (0, 0);
            self.digits(&mut power, &mut beyond)?;
            let power = if beyond > 0 { i32::MAX } else { i32::try_from(power).unwrap_or(i32::MAX) };
            exponent = exponent.saturating_add(if is_small { -power } else { power });
        }
        let whole = if is_negative { 0_i64.checked_sub_unsigned(digits) } else { i64::try_from(digits).ok() };
        if let Some(number) = whole.filter(|number| is_whole && (*number != 0 || !is_negative)) {
            return Some(Value::Whole(number));
        }
        let number = float(digits, exponent) * if is_negative { -1.0 } else { 1.0 };
        number.is_finite().then_some(Value::Fraction(number))
    }

    /// Appends the decimal digits that come, one at least, to `number`; those that it cannot hold count in `beyond`.
    fn digits(&mut self, number: &mut u64, beyond: &mut i32) -> Option<()> {
        let start = self.at;
        while self.peek().is_ascii_digit() {
            let digit = u64::from(self.peek() - b'0');
            match number.checked_mul(10).and_then(|number| number.checked_add(digit)) {
                Some(longer) if *beyond == 0 => *number = longer,
                _ => *beyond += 1,
            }
            self.at += 1;
        }
        (self.at > start).then_some(())
    }
}

/// `digits` times ten to the power of `exponent`.
#[expect(clippy::cast_precision_loss, reason = "as precise as the type")]
fn float(digits: u64, exponent: i32) -> f64 {
    let mut number = digits as f64;
    let mut rest = exponent.unsigned_abs().min(700);
    while rest > 0 && number != 0.0 {
        let step = rest.min(22);
        let power = (0..step).fold(1.0, |power, _| power * 10.0);
        number = if exponent < 0 { number / power } else { number * power };
        rest -= step;
    }
    number
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;
    use crate::json::writer::tests::any_value;

    /// What `serde_json` reads, as this reader has it: whole numbers beyond `i64` are fractions.
    fn of_serde_json(value: serde_json::Value) -> Value {
        match value {
            serde_json::Value::Null => Value::Null,
            serde_json::Value::Bool(value) => Value::Bool(value),
            serde_json::Value::Number(number) => {
                number.as_i64().map_or_else(|| Value::Fraction(number.as_f64().unwrap()), Value::Whole)
            }
            serde_json::Value::String(text) => Value::String(text),
            serde_json::Value::Array(items) => Value::Array(items.into_iter().map(of_serde_json).collect()),
            serde_json::Value::Object(entries) => {
                Value::Object(Object(entries.into_iter().map(|(key, value)| (key, of_serde_json(value))).collect()))
            }
        }
    }

    /// With the keys of its objects in order and each of them once, as `serde_json` has them.
    fn sorted(value: Value) -> Value {
        match value {
            Value::Array(items) => Value::Array(items.into_iter().map(sorted).collect()),
            Value::Object(entries) => {
                let once: BTreeMap<_, _> = entries.0.into_iter().map(|(key, value)| (key, sorted(value))).collect();
                Value::Object(Object(once.into_iter().collect()))
            }
            value => value,
        }
    }

    fn reads_as_serde_json(text: &str) {
        let expected = serde_json::from_str(text).ok().map(of_serde_json);
        assert_eq!(read(text).map(sorted), expected, "{text:?}");
    }

    proptest! {
        #[test]
        fn any_value_is_read_as_serde_json_does(value in any_value()) {
            reads_as_serde_json(&serde_json::to_string(&value).unwrap());
            reads_as_serde_json(&serde_json::to_string_pretty(&value).unwrap());
        }

        #[test]
        fn text_that_is_almost_json_is_judged_as_serde_json_does(
            value in any_value(), at in any::<prop::sample::Index>(), with in "[\\[\\]{}\",:\\\\ u0-9eE.+nulltruefalse-]{0,3}"
        ) {
            let mut text: Vec<char> = serde_json::to_string(&value).unwrap().chars().collect();
            let at = at.index(text.len());
            text.splice(at..=at, with.chars());
            let text: String = text.into_iter().collect();
            // Fractions of many digits may differ in the last of them.
            if !text.contains(['.', 'e', 'E']) && !text.contains("0000000") {
                reads_as_serde_json(&text);
            } else {
                prop_assert_eq!(read(&text).is_some(), serde_json::from_str::<serde_json::Value>(&text).is_ok(), "{}", text);
            }
        }

        #[test]
        fn escapes_are_read_as_serde_json_does(text in "\"(\\\\[\"\\\\/bfnrtux]|\\\\u[dD][8-9a-fA-F][0-9a-f]{2}|\\\\u[0-9a-fA-F]{3,4}|[a-z]){0,5}\"") {
            reads_as_serde_json(&text);
        }

        #[test]
        fn numbers_as_javascript_writes_them_are_read_as_serde_json_does(number in prop::num::f64::NORMAL, places in 0_usize..4) {
            reads_as_serde_json(&format!("{:.places$}", number % 1e11));
        }
    }

    #[test]
    fn numbers_are_read_by_their_grammar() {
        for text in [
            "0",
            "-0",
            "-1",
            "1.5",
            "-1.5e3",
            "1e5",
            "1E+5",
            "1e-5",
            "1795348800000.25",
            "9007199254740991",
            "1e400",
            "-1e400",
            "1e-400",
            "18446744073709551615",
            "-9223372036854775808",
            "01",
            "-",
            "+1",
            "1.",
            ".5",
            "1e",
            "1e+",
            "--1",
            "0x1",
            "1 2",
            "00",
            "0.0",
            "0e999999999999999999999",
            "1e99999999999999999999",
            "Infinity",
            "NaN",
        ] {
            reads_as_serde_json(text);
        }
        // Beyond every whole number the nearest fraction is enough.
        assert_eq!(read("18446744073709551616"), Some(Value::Fraction(18_446_744_073_709_551_616.0)));
    }

    #[test]
    fn texts_that_are_no_json_are_told_apart() {
        for text in [
            "",
            " ",
            "null",
            " null ",
            "nul",
            "nulll",
            "true",
            "false",
            "[",
            "]",
            "[]",
            "[1,]",
            "[,1]",
            "[1 2]",
            "{}",
            "{,}",
            "{\"a\"}",
            "{\"a\":}",
            "{\"a\":1,}",
            "{\"a\":1 \"b\":2}",
            "{a:1}",
            "{\"a\":1,\"a\":2}",
            "\"",
            "\"a",
            "\"\u{0}\"",
            "\"\t\"",
            "\"\\",
            "\"\\u12\"",
            "\"\\ud800\"",
            "\"\\udc00\"",
            "\"\\ud83d\\ude00\"",
            "\"\\ud83dx\"",
            "\u{feff}1",
            "\"é\u{10ffff}\"",
            "'a'",
            "[1]x",
            "\u{a0}1",
            "\"\u{7f}\"",
            "-x",
            "t",
        ] {
            reads_as_serde_json(text);
        }
    }

    #[test]
    fn nesting_has_an_end() {
        for depth in [100, 126, 127, 128, 129, 100_000] {
            reads_as_serde_json(&format!("{}{}", "[".repeat(depth), "]".repeat(depth)));
            reads_as_serde_json(&format!("{}1{}", "{\"a\":".repeat(depth), "}".repeat(depth)));
        }
    }
}

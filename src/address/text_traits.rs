//! What the three checked addresses have in common: they are made by a check, read like text, and become a [`url::Url`].

/// Implements `FromStr`, `TryFrom<&str>`, `Deserialize` (from text), `Display`, `AsRef<str>` and `Into<url::Url>` for an
/// address, by a function from text to `Check<Self>` and by its `as_str`.
macro_rules! text_traits {
    ($address:ident, $check:expr) => {
        impl std::str::FromStr for $address {
            type Err = crate::issue::Issues;

            /// Without warnings; the check of the same type gives them.
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                let check: fn(&str) -> crate::issue::Check<Self> = $check;
                check(text).map(|checked| checked.value)
            }
        }

        impl TryFrom<&str> for $address {
            type Error = crate::issue::Issues;

            fn try_from(text: &str) -> Result<Self, Self::Error> {
                text.parse()
            }
        }

        impl<'de> serde::Deserialize<'de> for $address {
            /// From its text, which is checked.
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }

        impl std::fmt::Display for $address {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.pad(self.as_str())
            }
        }

        impl AsRef<str> for $address {
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        impl From<$address> for url::Url {
            // Every check has this crate, or in JavaScript another reader, parse the text.
            fn from(address: $address) -> Self {
                url::Url::parse(address.as_str()).expect("a checked address is a URL")
            }
        }
    };
}

pub(crate) use text_traits;

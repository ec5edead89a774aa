//! The text of a URL: the one strict reader, the parser that cross-checks it, and what people paste in a URL's place.

pub(crate) mod cross_check;
pub(crate) mod pasted;
pub(crate) mod reader;
pub(crate) mod swar;

pub use self::reader::Scheme;

//! Reproducible random text. The same seed and label give the same text, in any order of calls.

use std::hash::Hasher;

use fastrand::Rng;
use fnv::FnvHasher;

/// The source of tokens and ids.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Seed(pub(crate) u64);

const TOKEN_ALPHABET: &[u8] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz-";

impl Seed {
    /// A number that depends only on the seed and the label.
    pub(crate) fn number(self, label: &str) -> u64 {
        self.random(label).u64(..)
    }

    /// `length` characters of GitLab's token alphabet.
    pub(crate) fn token_text(self, label: &str, length: usize) -> String {
        self.text(label, TOKEN_ALPHABET, length)
    }

    /// `length` characters of base 36, as at the end of GitLab's routable tokens.
    pub(crate) fn base36(self, label: &str, length: usize) -> String {
        self.text(label, b"0123456789abcdefghijklmnopqrstuvwxyz", length)
    }

    /// `length` hexadecimal digits.
    pub(crate) fn hex(self, label: &str, length: usize) -> String {
        self.text(label, b"0123456789abcdef", length)
    }

    /// A GUID as Torque writes it.
    pub(crate) fn guid(self, label: &str) -> String {
        let hex = self.hex(label, 30);
        format!("{}-{}-4{}-a{}-{}", &hex[..8], &hex[8..12], &hex[12..15], &hex[15..18], &hex[18..30])
    }

    fn text(self, label: &str, alphabet: &[u8], length: usize) -> String {
        let mut random = self.random(label);
        (0..length).map(|_| char::from(alphabet[random.usize(..alphabet.len())])).collect()
    }

    fn random(self, label: &str) -> Rng {
        let mut hasher = FnvHasher::default();
        hasher.write_u64(self.0);
        hasher.write(label.as_bytes());
        Rng::with_seed(hasher.finish())
    }
}

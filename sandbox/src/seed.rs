//! Reproducible random text: the same seed and label give the same text, whatever else was made before.

/// Source of token texts and ids.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Seed(pub(crate) u64);

const TOKEN_ALPHABET: &[u8] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz-";

impl Seed {
    /// A number that depends on nothing but the seed and the label.
    pub(crate) fn number(self, label: &str) -> u64 {
        self.stream(label).next_number()
    }

    /// `length` characters of GitLab's token alphabet.
    pub(crate) fn token_text(self, label: &str, length: usize) -> String {
        self.stream(label).text(TOKEN_ALPHABET, length)
    }

    /// `length` characters of base 36, as at the end of GitLab's routable tokens.
    pub(crate) fn base36(self, label: &str, length: usize) -> String {
        self.stream(label).text(b"0123456789abcdefghijklmnopqrstuvwxyz", length)
    }

    /// `length` hexadecimal digits.
    pub(crate) fn hex(self, label: &str, length: usize) -> String {
        self.stream(label).text(b"0123456789abcdef", length)
    }

    /// A GUID in the form that Torque shows.
    pub(crate) fn guid(self, label: &str) -> String {
        let hex = self.hex(label, 30);
        format!("{}-{}-4{}-a{}-{}", &hex[..8], &hex[8..12], &hex[12..15], &hex[15..18], &hex[18..30])
    }

    fn stream(self, label: &str) -> Stream {
        // FNV-1a: spreads labels well enough, and needs no dependency.
        let hash = label.bytes().fold(0xcbf2_9ce4_8422_2325_u64 ^ self.0, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
        });
        Stream(hash)
    }
}

/// `SplitMix64`.
struct Stream(u64);

impl Stream {
    fn next_number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn text(&mut self, alphabet: &[u8], length: usize) -> String {
        let mut digit = || usize::try_from(self.next_number() % alphabet.len() as u64).unwrap_or_default();
        (0..length).map(|_| char::from(alphabet[digit()])).collect()
    }
}

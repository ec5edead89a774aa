//! Text that a server wrote, made fit to be shown: plain, short, and without anything that could be a token.

use std::hash::Hasher;

use fnv::FnvHasher;

use crate::invisible::is_unprintable;
use crate::issue::{Issues, Param};
use crate::secret::{ACCESS_TOKEN_MARK, Secret};

/// What is shown at most, in characters.
const LONGEST: usize = 500;

/// From this length on an unbroken run of the tokens' alphabet is taken for a token (GitLab's shortest random part).
const TOKEN_LENGTH: usize = 20;

/// `text` without control and bidirectional formatting characters and without what bears GitLab's mark of an access token,
/// at most 500 characters.
///
/// ```
/// use torque_gitlab_connect::server_text::plain;
///
/// assert_eq!(plain("line\r\nnext\u{202e} glpat-0123456789"), "line next [hidden]");
/// ```
#[must_use]
pub fn plain(text: &str) -> String {
    Redactor::default().plain(text)
}

/// As [`plain`], and with everything else left out that has the shape of a token: GitLab never repeats one, a proxy might.
///
/// ```
/// use torque_gitlab_connect::server_text::without_tokens;
///
/// assert_eq!(without_tokens("bad header: Bearer glpat-0123456789abcdefghij!"), "bad header: Bearer …!");
/// ```
#[must_use]
pub fn without_tokens(text: &str) -> String {
    // Before it is shortened: half a token has no shape to be known by.
    let text = visible(text);
    let mut shown = String::new();
    let mut rest = text.as_str();
    while !rest.is_empty() {
        let run = rest.find(|c: char| !is_token_character(c)).unwrap_or(rest.len());
        let (word, after) = rest.split_at(run);
        shown.push_str(if looks_like_token(word) { "…" } else { word });
        let gap = after.find(is_token_character).unwrap_or(after.len());
        shown.push_str(&after[..gap]);
        rest = &after[gap..];
    }
    shortened(shown)
}

/// Strikes secrets out of text that a server sent, and longer pieces of them too.
///
/// ```
/// use torque_gitlab_connect::{secret::Secret, server_text::Redactor};
///
/// let token = Secret::new("glpat-0123456789".to_owned());
/// assert_eq!(Redactor::new([&token]).plain("bad token\nglpat-0123456789!"), "bad token [hidden]!");
/// ```
#[derive(Clone, Debug, Default)]
pub struct Redactor {
    /// Hashes of every run of eight characters of every secret, sorted: a plan may hold thousands of tokens, and each
    /// text is compared with all of them.
    pieces: Vec<u64>,
}

/// A run of so many characters of a secret is too many to be shown.
const PIECE: usize = 8;

impl Redactor {
    /// Knows `secrets`; shorter ones than any real token are not looked for.
    #[must_use]
    pub fn new<'a>(secrets: impl IntoIterator<Item = &'a Secret>) -> Self {
        let pieces_of = |secret: &'a Secret| secret.expose().as_bytes().windows(PIECE).map(hash_of);
        let mut pieces: Vec<u64> = secrets.into_iter().flat_map(pieces_of).collect();
        pieces.sort_unstable();
        pieces.dedup();
        Self { pieces }
    }

    /// `text` as [`plain`] shows it, without secrets.
    #[must_use]
    pub fn plain(&self, text: &str) -> String {
        // What nobody sees goes first: it could stand between two pieces of a token. A body may be a megabyte, and only its
        // beginning is shown; so much more of it is looked at that no piece of a token is left over where it is cut.
        let beginning: String = visible(text).chars().take(8 * LONGEST).collect();
        shortened(self.strike_out(&beginning))
    }

    /// Whether nothing of `text` would be struck out or changed.
    pub(crate) fn leaves(&self, text: &str) -> bool {
        self.plain(text) == text
    }

    /// Strikes secrets out of issues that a server's answer led to. A suggestion that holds one is made no longer.
    pub fn clean(&self, issues: &mut Issues) {
        for issue in issues.iter_mut() {
            for param in issue.params.values_mut() {
                if let Param::Text(text) = param {
                    *text = self.plain(text);
                }
            }
            issue.suggestion.take_if(|suggestion| !self.leaves(suggestion));
        }
    }

    fn strike_out(&self, text: &str) -> String {
        let bytes = text.as_bytes();
        let mut hidden = vec![false; bytes.len()];
        if !self.pieces.is_empty() {
            for (start, window) in bytes.windows(PIECE).enumerate() {
                if self.pieces.binary_search(&hash_of(window)).is_ok() {
                    hidden[start..start + PIECE].fill(true);
                }
            }
        }
        // A token that is not among ours (the user's from yesterday, say) is known by GitLab's prefix.
        let folded = text.to_ascii_lowercase();
        let mut start = 0;
        while let Some(at) = folded[start..].find(ACCESS_TOKEN_MARK) {
            start += at;
            while start < bytes.len() && (bytes[start].is_ascii_alphanumeric() || b"_-.=".contains(&bytes[start])) {
                hidden[start] = true;
                start += 1;
            }
        }
        let mut shown = String::with_capacity(text.len());
        let mut inside = false;
        for (index, character) in text.char_indices() {
            let hide = hidden[index..index + character.len_utf8()].contains(&true);
            if hide && !inside {
                shown.push_str("[hidden]");
            } else if !hide {
                shown.push(character);
            }
            inside = hide;
        }
        shown
    }
}

/// Letters count alike in either case: some servers change it in what they echo.
fn hash_of(piece: &[u8]) -> u64 {
    let mut hasher = FnvHasher::default();
    hasher.write(&piece.to_ascii_lowercase());
    hasher.finish()
}

fn visible(text: &str) -> String {
    let mut shown = String::new();
    for character in text.trim().chars() {
        if matches!(character, '\n' | '\r' | '\t' | ' ') {
            if !shown.ends_with(' ') {
                shown.push(' ');
            }
        } else if !is_unprintable(character) {
            shown.push(character);
        }
    }
    shown
}

fn shortened(mut text: String) -> String {
    if let Some((end, _)) = text.char_indices().nth(LONGEST) {
        text.truncate(end);
        text.push('…');
    }
    text
}

fn is_token_character(character: char) -> bool {
    character.is_ascii_alphanumeric() || matches!(character, '_' | '-' | '.' | '=')
}

fn looks_like_token(word: &str) -> bool {
    word.contains(ACCESS_TOKEN_MARK) || word.split('.').any(|part| part.len() >= TOKEN_LENGTH)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn long_text_is_cut_and_marked() {
        let shown = plain(&"word ".repeat(1000));
        assert_eq!(shown.chars().count(), LONGEST + 1);
        assert!(shown.ends_with('…'));
    }

    #[test]
    fn nothing_invisible_remains() {
        assert_eq!(plain("a\u{0}\u{1b}[31m\u{202a}b\u{2066}c\u{85}\u{200b}"), "a[31mbc");
        assert_eq!(plain("gl\u{ad}pat\u{e0041}\u{fff9}"), "glpat");
    }

    #[test]
    fn every_shape_of_token_is_left_out() {
        for token in [
            "glpat-short",
            "acme-glpat-short",
            "abcdefghijklmnopqrst",
            "glpat-0123456789abcdefghijklmnopqrstuv.120abcdef",
        ] {
            let shown = without_tokens(&format!("seen: \"{token}\", refused"));
            assert_eq!(shown, "seen: \"…\", refused");
        }
    }

    #[test]
    fn no_token_is_cut_into_a_shorter_one() {
        let shown = without_tokens(&format!("{} glpat-0123456789abcdefghij", "x ".repeat(LONGEST / 2 - 4)));
        assert!(!shown.contains("gl"), "{shown}");
    }

    #[test]
    fn ordinary_sentences_and_hosts_stay() {
        let text = "403 Forbidden - Accept the terms at https://gitlab.example.com/users/terms.";
        assert_eq!(without_tokens(text), text);
    }

    proptest! {
        /// No eight characters in a row of a secret get through, whatever stands around them.
        #[test]
        fn redaction_leaves_no_piece(
            secret in "[!-~]{8,40}", before in "\\PC{0,30}", after in "\\PC{0,30}", from in 0usize..8,
            // What is dropped before the text is shown, behind each character or none.
            dropped in prop::sample::select(vec!["", "\u{ad}", "\u{200b}", "\u{7}", "\u{202e}", "\u{feff}\u{0}"]),
        ) {
            let from = from.min(secret.len() - 8);
            let sent: String = secret[from..].chars().flat_map(|character| [character.to_string(), dropped.to_owned()]).collect();
            let shown = Redactor::new([&Secret::new(secret.clone())]).plain(&format!("{before}{sent}{after}"));
            for piece in secret.as_bytes().windows(8) {
                prop_assert!(!shown.contains(std::str::from_utf8(piece).unwrap()) || "[hidden]".contains(std::str::from_utf8(piece).unwrap()));
            }
        }
    }
}

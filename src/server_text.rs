//! Text from a server, made safe to show: plain, short, and without anything that could be a token.

use std::ops::Range;

use crate::invisible::is_unprintable;
use crate::issue::{Issues, Param, PathSegment};
use crate::secret::{self, ACCESS_TOKEN_MARK, RANDOM, Secret, Secrets};

/// The most characters that are shown.
const LONGEST: usize = 500;

/// Replaces a secret, or what may be one.
const HIDDEN: &str = "[hidden]";
const LEFT_OUT: &str = "…";

/// Makes text from a server safe to show where its secrets are not known; see [`Redactor::plain`].
///
/// ```
/// use torque_gitlab_connect::server_text::plain;
///
/// assert_eq!(plain("bad\r\nheader:\u{202e} Bearer glpat-0123456789!"), "bad header: Bearer …!");
/// ```
#[must_use]
pub fn plain(text: &str) -> String {
    Redactor::default().plain(text)
}

/// Makes text from a server safe to show: no control or invisible characters, no secrets, at most 500 characters.
///
/// With the secrets, it removes them and pieces of eight of their characters, as [`Secrets`] finds them. Without (the default), it
/// removes everything that looks like a token: GitLab never repeats one, but a proxy might. Both remove text with GitLab's prefix
/// of an access token.
///
/// ```
/// use torque_gitlab_connect::{secret::Secret, server_text::Redactor};
///
/// let token = Secret::new("Zq7mark1Vv9Kk2Ww3Xx4".to_owned());
/// assert_eq!(Redactor::new([&token]).plain("bad token\nzq7mark1!"), "bad token [hidden]!");
/// let odd = Secret::new("Zq7\"mark\\3Vv9Kk2Ww".to_owned());
/// assert_eq!(Redactor::new([&odd]).plain(r#"{"token":"Zq7\"mark\\3Vv9Kk2Ww"}"#), r#"{"token":"[hidden]"}"#);
/// assert_eq!(Redactor::default().plain("bad\r\nheader:\u{202e} Bearer Zq7mark1Vv9Kk2Ww3Xx4!"), "bad header: Bearer …!");
/// ```
#[derive(Clone, Default)]
pub struct Redactor {
    /// None where they are not known.
    secrets: Option<Secrets>,
}

impl Redactor {
    /// Removes `secrets`, except those that are shorter than any real token.
    #[must_use]
    pub fn new<'a>(secrets: impl IntoIterator<Item = &'a Secret>) -> Self {
        Self { secrets: Some(Secrets::new(secrets)) }
    }

    /// Returns `text`, safe to show.
    #[must_use]
    pub fn plain(&self, text: &str) -> String {
        // Only the beginning of a body is shown. Enough of the rest is searched, and what the cut may have left of a token is dropped.
        let mut beginning = visible(text);
        if let Some((end, _)) = beginning.char_indices().nth(8 * LONGEST) {
            let whole = beginning[..end].rfind(|character: char| !u8::try_from(character).is_ok_and(is_of_token));
            beginning.truncate(whole.unwrap_or(end));
        }
        let word = if self.secrets.is_some() { HIDDEN } else { LEFT_OUT };
        let mut shown = struck_out(&beginning, self.places_in(&beginning), word);
        if let Some((end, _)) = shown.char_indices().nth(LONGEST) {
            shown.truncate(end);
            shown.push('…');
        }
        shown
    }

    /// Returns `text` as it is, except for the secrets.
    ///
    /// ```
    /// use torque_gitlab_connect::{secret::Secret, server_text::Redactor};
    ///
    /// let token = Secret::new("Zq7mark1Vv9Kk2Ww".to_owned());
    /// assert_eq!(Redactor::new([&token]).strike_out("line 1\n  Zq7mark1Vv9Kk2Ww: 2"), "line 1\n  [hidden]: 2");
    /// ```
    #[must_use]
    pub fn strike_out(&self, text: &str) -> String {
        struck_out(text, self.places_in(text), HIDDEN)
    }

    /// Those that it knows.
    pub(crate) fn secrets(&self) -> Option<&Secrets> {
        self.secrets.as_ref()
    }

    /// Whether `text` would be shown unchanged.
    pub(crate) fn leaves(&self, text: &str) -> bool {
        self.plain(text) == text
    }

    /// Whether `text` contains a secret.
    pub(crate) fn hides_in(&self, text: &str) -> bool {
        !self.places_in(&visible(text)).is_empty()
    }

    /// Removes the known secrets from issues: from their params and the keys in their paths. A suggestion that contains one is
    /// dropped.
    pub fn clean(&self, issues: &mut Issues) {
        let Some(secrets) = &self.secrets else { return };
        let clean = |text: &mut String| *text = struck_out(text, secrets.places_in(text), HIDDEN);
        for issue in issues.iter_mut() {
            for (_, param) in &mut issue.params {
                if let Param::Text(text) = param {
                    clean(text);
                }
            }
            for segment in &mut issue.path {
                if let PathSegment::Key(key) = segment {
                    clean(key);
                }
            }
            issue.suggestion.take_if(|suggestion| secrets.are_in(suggestion));
        }
    }

    /// The positions of secrets in text from a server.
    fn places_in(&self, text: &str) -> Vec<Range<usize>> {
        let mut places = match &self.secrets {
            Some(secrets) => secrets.places_in(text),
            None => tokens_in(text),
        };
        // Another token, such as an older one of the user, is found by GitLab's prefix.
        places.extend(marked_in(text));
        places
    }
}

impl std::fmt::Debug for Redactor {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Redactor")
    }
}

/// Returns `text` with `word` instead of what is at `places`.
fn struck_out(text: &str, mut places: Vec<Range<usize>>, word: &str) -> String {
    places.sort_unstable_by_key(|place| place.start);
    let (mut shown, mut end) = (String::with_capacity(text.len()), None);
    for place in places {
        if end.is_none_or(|end| end < place.start) {
            shown.push_str(&text[end.unwrap_or(0)..place.start]);
            shown.push_str(word);
        }
        end = end.max(Some(place.end));
    }
    shown.push_str(&text[end.unwrap_or(0)..]);
    shown
}

/// The positions of tokens with GitLab's prefix, from the prefix on.
fn marked_in(text: &str) -> Vec<Range<usize>> {
    let folded = text.to_ascii_lowercase();
    let of_mark = |(start, _): (usize, &str)| {
        let length = text[start..].bytes().position(|byte| !is_of_token(byte)).unwrap_or(text.len() - start);
        start..start + length
    };
    folded.match_indices(ACCESS_TOKEN_MARK).map(of_mark).collect()
}

/// The positions of what looks like a token by its length and characters, or is one by its prefix.
pub(crate) fn tokens_in(text: &str) -> Vec<Range<usize>> {
    let mut places = Vec::new();
    let mut start = 0;
    for run in text.split(|character: char| !u8::try_from(character).is_ok_and(is_of_token)) {
        let place = start..start + run.len();
        start = place.end + text[place.end..].chars().next().map_or(0, char::len_utf8);
        let is_marked = run.to_ascii_lowercase().contains(ACCESS_TOKEN_MARK);
        if is_marked || run.split('.').any(looks_like_token) {
            places.push(place);
        }
    }
    places
}

/// What looks like a token in `text`.
pub(crate) fn unknown_tokens_in(text: &str) -> impl Iterator<Item = Secret> {
    tokens_in(text).into_iter().map(|place| Secret::new(text[place].to_owned()))
}

/// Of tokens of any server: Base64 may end in equals signs.
fn is_of_token(byte: u8) -> bool {
    secret::is_of_token(byte) || byte == b'='
}

/// Whether an unbroken run of characters of the token alphabet counts as a token: as long as GitLab's random part. Names of many
/// words are as long, but their words are words; and so are the ids that servers speak of (UUIDs).
pub(crate) fn looks_like_token(run: &str) -> bool {
    run.len() >= RANDOM && !run.split(['-', '_', '=']).all(is_word) && !is_uuid(run)
}

fn is_uuid(run: &str) -> bool {
    run.split('-').map(str::len).eq([8, 4, 4, 4, 12])
        && run.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-')
}

/// Letters of one case, perhaps with a number: `eks`, `AKS2`, `k8s`; a number; or words written together: `CustomerPortal`.
fn is_word(word: &str) -> bool {
    let count = |is: fn(&u8) -> bool| word.bytes().filter(is).count();
    let (capitals, small, digits) =
        (count(u8::is_ascii_uppercase), count(u8::is_ascii_lowercase), count(u8::is_ascii_digit));
    let numbers = word.split(|character: char| !character.is_ascii_digit()).filter(|digits| !digits.is_empty()).count();
    let is_short = word.len() < RANDOM;
    match (capitals, small) {
        (0, 0) => digits <= 8,
        (_, 0) | (0, _) => is_short && numbers <= 1 && digits <= 4,
        (1, _) => is_short && digits == 0,
        // Words are seldom shorter on average, and random letters seldom that long between two capitals.
        _ => digits == 0 && word.len() >= 4 * capitals,
    }
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

#[cfg(test)]
mod tests {
    use proptest::{prelude::*, strategy::ValueTree, test_runner::TestRunner};

    use super::*;
    use crate::issue::{Issue, IssueCode};

    #[test]
    fn long_text_is_cut_and_marked() {
        let shown = plain(&"word ".repeat(1000));
        assert_eq!(shown.chars().count(), LONGEST + 1);
        assert!(shown.ends_with('…'));
    }

    #[test]
    fn nothing_invisible_remains() {
        assert_eq!(plain("a\u{0}\u{1b}[31m\u{202a}b\u{2066}c\u{85}\u{200b}"), "a[31mbc");
        assert_eq!(plain("gl\u{ad}p\u{34f}at\u{e0041}\u{fff9}"), "glpat");
    }

    #[test]
    fn every_shape_of_token_is_left_out() {
        for token in [
            "glpat-short",
            "GLPAT-short",
            "acme-glpat-short",
            "abcdefghijklmnopqrst",
            "Zq7mark1Vv9Kk2Ww3Xx4",
            "ZQ7MARK1VV9KK2WW3XX4",
            "Zq7m\u{34f}ark1Vv9Kk2Ww3Xx4",
            "AbCdEfGhIjKlMnOpQrSt",
            "Abc-Def_Ghi1Jkl2Mno3",
            "torque-secret-0123456789",
            "glpat-0123456789abcdefghijklmnopqrstuv.120abcdef",
        ] {
            let shown = plain(&format!("seen: \"{token}\", refused"));
            assert_eq!(shown, "seen: \"…\", refused");
        }
    }

    #[test]
    fn no_token_is_cut_into_a_shorter_one() {
        let shown = plain(&format!("{} glpat-0123456789abcdefghij", "x ".repeat(LONGEST / 2 - 4)));
        assert!(!shown.contains("gl"), "{shown}");
        // What is hidden is shorter than it was, so that the end of what is looked at may be shown.
        let token = "Zq7mark1Vv9Kk2Ww3Xx4";
        for between in [" ", "; ", "\u{e9}", ": \"", ""] {
            let text = format!("{token}{between}").repeat(8 * LONGEST);
            for shown in [plain(&text), Redactor::new([&Secret::new(token.to_owned())]).plain(&text)] {
                assert!(!shown.contains("Zq7mark1"), "{shown}");
            }
        }
    }

    #[test]
    fn ordinary_sentences_hosts_and_names_stay() {
        for text in [
            "403 Forbidden - Accept the terms at https://gitlab.example.com/users/terms.",
            "platform/network-infrastructure-modules_2024",
            "terraform-aws-eks-v2-k8s-modules",
            "CustomerPortalBackendService",
            "read_package_registry, write_virtual_registry",
            "17.3.2-ee",
            "There is no space 7D7D6C1E-4f5a-4b0e-9a53-0c1f2e3d4c5b.",
            "2027-01-01T00:00:00.000Z",
        ] {
            assert_eq!(plain(text), text);
        }
    }

    #[test]
    fn issues_repeat_no_secret_in_details_paths_and_suggestions() {
        let redactor = Redactor::new([&Secret::new("Zq7mark1Vv9Kk2Ww3Xx4".to_owned())]);
        let issue = Issue::new(IssueCode::InputUnknownKey).at("a ZQ7MARK1VV").with("key", "see Zq7m\u{34f}ark1!");
        let mut issues = Issues::from(issue.clone().suggest("https://x.example/Zq7mark1"));
        issues.push(issue.clone().suggest("glpat-rotation-service"));
        redactor.clean(&mut issues);
        let shown = serde_json::to_value(&issues).unwrap();
        assert_eq!(shown[0]["path"], serde_json::json!(["a [hidden]"]));
        assert_eq!(shown[0]["params"]["key"], "see [hidden]!");
        assert_eq!(shown[0]["suggestion"], serde_json::Value::Null);
        assert_eq!(shown[1]["suggestion"], "glpat-rotation-service");
    }

    proptest! {
        /// No eight characters in a row of a secret get through, whatever stands around them.
        #[test]
        fn redaction_leaves_no_piece(
            secret in "[!-~]{8,40}", before in "\\PC{0,30}", after in "\\PC{0,30}", from in 0usize..8,
            // What is dropped before the text is shown, behind each character or none.
            dropped in prop::sample::select(vec!["", "\u{ad}", "\u{200b}", "\u{7}", "\u{202e}", "\u{feff}\u{0}", "\u{34f}"]),
        ) {
            let from = from.min(secret.len() - 8);
            let sent: String = secret[from..].chars().flat_map(|character| [character.to_string(), dropped.to_owned()]).collect();
            let known = Redactor::new([&Secret::new(secret.clone())]);
            let shown = known.plain(&format!("{before}{sent}{after}"));
            prop_assert!(shown.split(HIDDEN).all(|part| known.places_in(part).is_empty()), "{}", shown);
        }
    }

    #[test]
    fn random_parts_look_like_tokens() {
        let alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        let sign = prop::sample::select(alphabet.to_vec()).prop_map(char::from);
        let token = prop::collection::vec(sign, RANDOM..28).prop_map(String::from_iter);
        let mut runner = TestRunner::deterministic();
        let tokens: Vec<String> = (0..2000).map(|_| token.new_tree(&mut runner).unwrap().current()).collect();
        let unknown = tokens.iter().filter(|token| !looks_like_token(token)).count();
        assert!(unknown < 10, "{unknown} of {} read like words", tokens.len());
    }
}

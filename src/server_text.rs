//! Text that a server wrote, made fit to be shown: plain, short, and without anything that could be a token.

/// What is shown at most, in characters.
const LONGEST: usize = 500;

/// From this length on an unbroken run of the tokens' alphabet is taken for a token (GitLab's shortest random part).
const TOKEN_LENGTH: usize = 20;

/// `text` without control and bidirectional formatting characters, at most 500 characters.
///
/// ```
/// use torque_gitlab_connect::server_text::plain;
///
/// assert_eq!(plain("line\r\nnext\u{202e}"), "line next");
/// ```
#[must_use]
pub fn plain(text: &str) -> String {
    shortened(visible(text))
}

/// As [`plain`], and with everything left out that has the shape of a token: GitLab never repeats one, a proxy might.
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

fn visible(text: &str) -> String {
    let mut shown = String::new();
    for character in text.trim().chars() {
        if matches!(character, '\n' | '\r' | '\t' | ' ') {
            if !shown.ends_with(' ') {
                shown.push(' ');
            }
        } else if !is_hidden(character) {
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
    word.contains("glpat-") || word.split('.').any(|part| part.len() >= TOKEN_LENGTH)
}

/// Characters that change how the text around them is read or drawn without being seen themselves.
fn is_hidden(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
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
}

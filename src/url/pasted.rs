//! Suggestions for what people paste instead of a URL.
//!
//! Nothing here decides. The strict reader checks each result before it is suggested, and a suggestion is never applied.
//! Credentials, queries and fragments are dropped, and what may be a credential is not suggested.

mod address;
mod link;

use percent_encoding::percent_decode_str;

use self::address::{read_address, read_word, unwrap};
use super::reader::{Scheme, split_scp};
use crate::invisible::is_invisible;
use crate::server_text::looks_like_token;

/// The parts of a pasted address that can become a URL.
#[derive(Debug)]
pub(crate) struct Pasted {
    /// None where none was written, or where it was SSH's.
    pub(crate) scheme: Option<Scheme>,
    /// `git@host:path`, `host:path` or `ssh://…`.
    pub(crate) is_ssh: bool,
    pub(crate) host: String,
    pub(crate) port: Option<String>,
    /// Of the path; empty ones are gone.
    pub(crate) segments: Vec<String>,
    /// Perhaps no address but a path, or a secret in the wrong field: no name of a host, or an `@` behind it that may end a
    /// password with a slash in it. To be offered only where a base URL says which host is meant.
    pub(crate) is_doubtful: bool,
    /// What stands in the host's place may be a group, where a base URL says which host is meant: nothing in front of an `@`, and
    /// no token's prefix. [GitLab's](https://docs.gitlab.com/security/tokens/#token-prefixes) may hold `@` and `/`.
    pub(crate) may_be_path: bool,
}

impl Pasted {
    /// The parts as a URL, not yet checked.
    pub(crate) fn to_url(&self, scheme: Scheme) -> String {
        let mut url = format!("{}://{}", scheme.as_str(), self.host);
        if let Some(port) = &self.port {
            url.push(':');
            url.push_str(port);
        }
        for segment in &self.segments {
            url.push('/');
            url.push_str(segment);
        }
        url
    }
}

/// The one URL that `to_url` makes of each address in `text`. Nothing where it makes none of one of them or another one of
/// another, and where guessing would be dangerous: control characters, blanks in the path, backslashes among slashes, dot
/// segments, what may be a token.
pub(crate) fn suggest(text: &str, to_url: impl Fn(Pasted) -> Option<String>) -> Option<String> {
    // Longer text is a file in the wrong field and no address, so that nothing here has to be quick.
    const LONGEST: usize = 4_000;
    if text.len() > LONGEST {
        return None;
    }
    let text = plain(text);
    let letters = text.to_ascii_lowercase();
    let names_https = ["https:", "https/", "https%"].iter().any(|name| letters.contains(name));
    let mut found = None;
    for mut address in addresses(&text)? {
        // https never becomes http, whichever of two addresses had it.
        if names_https {
            address.scheme = Some(Scheme::Https);
        }
        let url = to_url(address).filter(|url| !has_token_in_path(url))?;
        if found.as_ref().is_some_and(|found| *found != url) {
            return None;
        }
        found = Some(url);
    }
    found
}

/// Whether a segment of the path of `url` may be a token.
fn has_token_in_path(url: &str) -> bool {
    has_token(url.split_once("://").and_then(|(_, rest)| rest.split_once('/')).map_or("", |(_, path)| path))
}

/// Whether a part of `url`, its host too, may be a token. The ASCII form of a label in Unicode looks like one.
pub(crate) fn has_token(url: &str) -> bool {
    url.split(['/', '.']).any(|part| !part.starts_with("xn--") && may_be_token(part))
}

/// Whether a part of a host or a path looks like a token's random part. Small letters alone are a long word.
fn may_be_token(part: &str) -> bool {
    looks_like_token(part) && !part.bytes().all(|letter| letter.is_ascii_lowercase())
}

/// `text` without what pages, chats, documents and keyboards put into an address: characters that nobody sees, wide forms of
/// ASCII, escapes of HTML and JSON, dots that are no dots so that nobody clicks, and percent-encoding of the whole.
fn plain(text: &str) -> String {
    let mut plain: String = text.chars().filter(|character| !is_invisible(*character)).map(narrow).collect();
    for (written, meant) in ESCAPES {
        if plain.contains(written) {
            plain = plain.replace(written, meant);
        }
    }
    if plain.split('\\').skip(1).all(|behind| behind.starts_with('/')) {
        plain = plain.replace("\\/", "/");
    }
    // Encoded once, or again by a program that passed it on.
    for _ in 0..3 {
        let letters = plain.trim_start().to_ascii_lowercase();
        let is_encoded = ["http%3a", "https%3a", "ssh%3a"].iter().any(|scheme| letters.starts_with(scheme))
            || !letters.contains('/') && (letters.contains("%2f") || letters.contains("%252f"));
        match percent_decode_str(&plain).decode_utf8() {
            Ok(decoded) if is_encoded => plain = decoded.into_owned(),
            _ => break,
        }
    }
    plain
}

/// ASCII for its wide form ([Halfwidth and Fullwidth Forms](https://www.unicode.org/charts/PDF/UFF00.pdf)) and for the full stop
/// of Chinese and Japanese; not for those that divide a URL in another way.
fn narrow(character: char) -> char {
    match character {
        '＠' | '％' | '？' | '＃' | '＼' => character,
        '！'..='～' => char::from_u32(u32::from(character) - 0xfee0).unwrap_or(character),
        '。' | '｡' => '.',
        '、' => ',',
        _ => character,
    }
}

const ESCAPES: [(&str, &str); 10] = [
    ("&amp;", "&"),
    ("&quot;", "\""),
    ("&#34;", "\""),
    ("&#39;", "'"),
    ("&#x27;", "'"),
    ("&lt;", "<"),
    ("&gt;", ">"),
    ("&#x2F;", "/"),
    ("hxxp", "http"),
    ("[.]", "."),
];

/// The addresses in a text: the text itself where it is one word, those in `git clone URL …`, `origin URL (fetch)` and the like.
/// Nothing where there is none, or where the blank behind one may belong to its path.
fn addresses(text: &str) -> Option<Vec<Pasted>> {
    let words: Vec<&str> = text.split_whitespace().collect();
    if let [word] = words[..] {
        return Some(vec![read_word(word, "")?]);
    }
    // `laptop:~$`, `main:main` and `host:group/project`: the last is an address where there is no better one.
    let is_path =
        |word: &str| split_scp(unwrap(word)).is_some_and(|(_, path)| path.contains('/') && !path.contains('~'));
    let is_url = |word: &str| word.contains("://") || word.contains('@') && is_path(word);
    let has_url = words.iter().any(|word| is_url(word));
    let is_address = |word: &str| is_url(word) || !has_url && is_path(word);
    let found: Vec<usize> = (0..words.len()).filter(|at| is_address(words[*at])).collect();
    if found.is_empty() {
        return Some(vec![read_path(&words)?]);
    }
    let ends_there = |at: usize| {
        let (word, address) = (words[at], unwrap(words[at]));
        let is_command =
            || words[..at].iter().any(|other| ["git", "clone"].iter().any(|name| other.eq_ignore_ascii_case(name)));
        let is_followed_by_other = |next: &&str| {
            next.starts_with(['#', '&', '|', ';', '>', '"'])
                || matches!(*next, "(fetch)" | "(push)")
                || is_address(next)
        };
        words.get(at + 1).is_none_or(is_followed_by_other)
            || address.ends_with(".git")
            || !word.ends_with(address)
            || word.starts_with('[')
            || is_command()
    };
    if !found.iter().all(|at| ends_there(*at)) {
        return None;
    }
    found.into_iter().map(|at| read_word(words[at], &words[at + 1..].join(" "))).collect()
}

/// `project: group/project`, `glab repo clone group/project`, `go get host/group/project`: behind a word that says so.
fn read_path(words: &[&str]) -> Option<Pasted> {
    let (last, before) = words.split_last()?;
    let names = ["path:", "project:", "repo:", "repository:", "clone", "get", "install"];
    let is_named = before.last().is_some_and(|label| names.contains(label));
    let path = unwrap(last);
    if is_named && path.contains('/') { read_address(path, false) } else { None }
}

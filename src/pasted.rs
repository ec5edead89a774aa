//! What people paste instead of a URL, read generously, so that a suggestion can be made.
//!
//! Nothing here decides: whatever comes out goes through the strict reader again before it is offered, and it is only
//! ever offered. Credentials, queries and fragments are left behind.

use std::net::{Ipv4Addr, Ipv6Addr};

use crate::invisible::is_invisible;
use crate::url_reader::{Scheme, before_path, is_ssh_scheme, position, serialize_ipv6, split_scp};

/// The pieces of a pasted text that can become a URL.
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
}

impl Pasted {
    /// Reads `text`, or nothing where it is too long or guessing would be dangerous: control characters, blanks in the
    /// path, backslashes among slashes, dot segments.
    pub(crate) fn read(text: &str) -> Option<Self> {
        if text.len() > LONGEST {
            return None;
        }
        // Pages and chats put them into texts, and whoever pastes them cannot see them.
        let text: String = text.chars().filter(|character| !is_invisible(*character)).collect();
        let word = pick_word(&text)?;
        if word.contains(char::is_control) {
            return None;
        }
        if word.contains('\\') {
            // `https:\\host\group\project`: slashes as Windows has them, and nothing else that could be one.
            return if word.contains('/') || word.contains('@') { None } else { Self::read(&word.replace('\\', "/")) };
        }
        let start = address_start(word);
        let mut pasted = Self::read_address(unwrap(word), word[..start].ends_with("git::"))?;
        let tail = text.split_once(word).map_or(word, |(before, _)| &text[before.len() + start..]);
        // Which of two addresses is meant, nobody knows; the other may be the encrypted one.
        pasted.is_doubtful |= tail.find("://") != tail.rfind("://");
        // What it ends has been cut off, but may have been a password.
        pasted.is_doubtful |= tail[authority_end(tail)..].contains('@');
        Some(pasted)
    }

    fn read_address(address: &str, is_terraform: bool) -> Option<Self> {
        let (scheme, is_ssh, authority, path) = split(address)?;
        let path = &path[..position(path, |byte| matches!(byte, b'?' | b'#')).unwrap_or(path.len())];
        // Terraform's `//` divides the repository from a folder in it.
        let path = if is_terraform { path.split_once("//").map_or(path, |(path, _)| path) } else { path };
        let named_user = authority.contains('@');
        let authority = authority.rsplit('@').next().unwrap_or(&authority);
        let (host, mut port) = split_port(authority);
        let mut segments: Vec<String> =
            path.split('/').filter(|segment| !segment.is_empty()).map(str::to_owned).collect();
        // `ssh://git@host:group/project`: both forms at once.
        if is_ssh && let Some(group) = port.take_if(|port| port.contains(|digit: char| !digit.is_ascii_digit())) {
            segments.insert(0, group.to_owned());
        }
        if segments.iter().any(|segment| segment == "." || segment == "..") {
            return None;
        }
        let is_network_path = scheme.is_some() || is_ssh && address.contains("://") || address.starts_with("//");
        Some(Self {
            scheme,
            is_ssh,
            is_doubtful: !is_network_path && !named_user && !is_host_name(host, port),
            host: host_of(host),
            port: port.map(|port| port.trim_start_matches('0')).filter(|port| !port.is_empty()).map(str::to_owned),
            segments,
        })
    }

    /// The pieces as a URL, not yet checked.
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

/// Longer text is a file in the wrong field and no address, so that nothing here has to be quick.
const LONGEST: usize = 4_000;

/// The word that is an address in `git clone … URL …`, `origin URL (fetch)` and the like; the whole text where it is one
/// word. Nothing where there are several, or where the blank behind it may belong to its path.
fn pick_word(text: &str) -> Option<&str> {
    let words: Vec<&str> = text.split_whitespace().collect();
    if let [word] = words[..] {
        return Some(word);
    }
    let is_url = |word: &&&str| word.contains("://");
    let is_scp = |word: &&&str| split_scp(unwrap(word)).is_some();
    let word = words.iter().find(is_url).or_else(|| words.iter().find(is_scp))?;
    let is_the_only_one = words.iter().filter(|other| is_url(other) || is_scp(other)).all(|other| other == word);
    let before = words.iter().take_while(|other| *other != word);
    let is_last = before.clone().count() + 1 == words.len();
    let address = unwrap(word);
    let ends_itself = address.ends_with(".git") || !word.ends_with(address);
    let is_command = || before.clone().any(|other| other.eq_ignore_ascii_case("git"));
    (is_the_only_one && (is_last || ends_itself || is_command())).then_some(word)
}

/// Signs that stand around an address and never in it, apart from the brackets of IPv6.
const AROUND: &[char] =
    &['"', '\'', '`', '<', '>', '(', ')', '{', '}', '[', ']', '|', ',', ';', '!', '“', '”', '‘', '’', '„', '«', '»'];

/// The address in a word, without quotes, brackets and what stands in front of them.
fn unwrap(word: &str) -> &str {
    let start = address_start(word);
    let has_ipv6 = brackets_hold_ipv6(&word[start..]);
    let is_around = |character: char| AROUND.contains(&character) && !(has_ipv6 && character == '[');
    let address = word[start..].trim_start_matches(is_around);
    let authority_end = authority_end(address);
    // A password may hold any of them.
    let host = address[..authority_end].rfind('@').unwrap_or_default();
    let is_end = |(at, character): &(usize, char)| {
        let is_of_ipv6 = has_ipv6 && *at < authority_end && matches!(character, '[' | ']');
        *at >= host && AROUND.contains(character) && !is_of_ipv6
    };
    let end = address.char_indices().find(is_end).map_or(address.len(), |(at, _)| at);
    // Within a path that nothing stands around they are somebody's mistake, and no end.
    let is_wrapped = address.len() < word.len();
    let is_at_the_end = address[end..].chars().all(|character| AROUND.contains(&character) || character == '.');
    if is_wrapped || is_at_the_end { &address[..end] } else { address }
}

/// Where the address begins: at the scheme of `git::https://…`, `git+https://…`, `url=https://…`, `[text](https://…)`.
fn address_start(word: &str) -> usize {
    let Some(colon) = word.find("://") else {
        return word.strip_prefix("git::").map_or(0, |rest| word.len() - rest.len());
    };
    let name = word[..colon].bytes().rev().take_while(u8::is_ascii_alphanumeric).count();
    let before = &word[..colon - name];
    // Something that is an address itself must not hide another one.
    let is_label = before.ends_with("](") || position(before, |byte| b"/?#@.".contains(&byte)).is_none();
    if is_label && !is_ssh_scheme(&word[..colon]) { before.len() } else { 0 }
}

fn brackets_hold_ipv6(address: &str) -> bool {
    let inside = address.split_once('[').and_then(|(_, rest)| rest.split_once(']'));
    inside.is_some_and(|(inside, _)| is_ipv6(inside.rsplit('@').next().unwrap_or(inside)))
}

fn is_ipv6(text: &str) -> bool {
    text.parse::<Ipv6Addr>().is_ok()
}

/// Scheme, whether SSH, authority, and the path with what follows it.
fn split(address: &str) -> Option<(Option<Scheme>, bool, String, &str)> {
    let of = |scheme, is_ssh, rest| {
        let (authority, path) = str::split_at(rest, authority_end(rest));
        Some((scheme, is_ssh, authority.to_owned(), path))
    };
    if let Some((scheme, rest)) = strip_http(address) {
        return of(Some(scheme), false, rest);
    }
    if let Some((scheme, rest)) = address.split_once("://") {
        return if is_ssh_scheme(scheme) { of(None, true, rest) } else { None };
    }
    if let Some((host, path)) = split_scp(address) {
        return Some((None, true, host, path));
    }
    of(None, false, address.trim_start_matches('/'))
}

/// What follows `https:` or `http:`, also where colon or slashes are too few, too many, or all of it is there twice.
fn strip_http(mut text: &str) -> Option<(Scheme, &str)> {
    let mut found = None;
    loop {
        let name = text.bytes().take_while(u8::is_ascii_alphabetic).count();
        let scheme = match &text[..name] {
            name if name.eq_ignore_ascii_case("https") => Scheme::Https,
            name if name.eq_ignore_ascii_case("http") => Scheme::Http,
            _ => break,
        };
        let rest = &text[name..];
        if !rest.starts_with(':') && !rest.starts_with("//") {
            break;
        }
        text = rest.strip_prefix(':').unwrap_or(rest).trim_start_matches('/');
        // https never becomes http.
        found = Some(if found == Some(Scheme::Https) { Scheme::Https } else { scheme });
    }
    found.map(|scheme| (scheme, text))
}

/// Where the authority ends that `address` has behind its `//`, or begins with.
fn authority_end(address: &str) -> usize {
    let start = address.find("//").filter(|at| *at == 0 || address[..*at].ends_with(':')).map_or(0, |at| at + 2);
    start + before_path(&address[start..]).len()
}

fn split_port(authority: &str) -> (&str, Option<&str>) {
    match authority.rfind(':') {
        Some(colon) if !authority.ends_with(']') && !is_ipv6(authority) => {
            (&authority[..colon], Some(&authority[colon + 1..]))
        }
        _ => (authority, None),
    }
}

/// The host as the strict reader wants it: without a dot at the end, an IPv6 address in brackets and in its short form.
fn host_of(text: &str) -> String {
    match text.trim_matches(['[', ']']).parse() {
        Ok(address) => format!("[{}]", serialize_ipv6(address)),
        Err(_) => text.strip_suffix('.').unwrap_or(text).to_owned(),
    }
}

/// Whether what stands in front of a path, or alone, is the name of a host. The last label of a name is letters
/// (<https://www.rfc-editor.org/rfc/rfc3696#section-2>), which that of a token in several parts rarely is.
fn is_host_name(text: &str, port: Option<&str>) -> bool {
    if text.parse::<Ipv4Addr>().is_ok() || is_ipv6(text.trim_matches(['[', ']'])) {
        return true;
    }
    let last = text.rsplit('.').next().unwrap_or(text);
    let is_top_level = last.starts_with("xn--") || last.bytes().all(|byte| byte.is_ascii_alphabetic());
    let has_name = text.contains('.') || port.is_some() || text.eq_ignore_ascii_case("localhost");
    has_name && !last.is_empty() && is_top_level && !looks_like_token(text)
}

/// A text with one of [GitLab's prefixes](https://docs.gitlab.com/security/tokens/#token-prefixes), such as `glpat-`, or one
/// that begins as a JSON web token does.
fn looks_like_token(text: &str) -> bool {
    let is_prefix = |word: &str| {
        word.starts_with("gl") && (4..8).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_alphabetic())
    };
    text.starts_with("eyJ") || text.rsplit('-').skip(1).any(is_prefix)
}

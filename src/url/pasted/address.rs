//! One pasted word, and the address in it.

use std::net::{Ipv4Addr, Ipv6Addr};

use super::{Pasted, link, may_be_token};
use crate::url::reader::{Scheme, before_path, is_ssh_scheme, position, segments, serialize_ipv6, split_scp};

/// Reads the address in `word`, which has no blank in it; `behind` is what follows it in the text.
pub(super) fn read_word(word: &str, behind: &str) -> Option<Pasted> {
    let mut pasted = read_nested(word, 0)?;
    pasted.is_doubtful |= behind.contains("://") || behind.contains('@');
    Some(pasted)
}

fn read_nested(word: &str, depth: usize) -> Option<Pasted> {
    /// A program's link, which a page passed on in a link of its own, and some more.
    const DEEPEST: usize = 4;
    if word.contains(char::is_control) || depth > DEEPEST {
        return None;
    }
    let start = address_start(word);
    if let Some(address) = behind_scheme(&word[start..]).filter(|address| behind_scheme(address).is_some()) {
        // Somebody put the scheme in front of an address that had one.
        return read_nested(address, depth + 1);
    }
    // At the end of a line a shell goes on behind it.
    let address = unwrap(word).trim_end_matches('\\');
    if address.contains('\\') {
        // `https:\\host\group\project`: slashes as Windows has them, and nothing else that could be one.
        return if address.contains('/') || address.contains('@') {
            None
        } else {
            read_nested(&address.replace('\\', "/"), depth + 1)
        };
    }
    if let Some(found) = link::addresses(&word[start..]) {
        return if let [address] = &found[..] { read_nested(address, depth + 1) } else { None };
    }
    let is_source = word[..start].ends_with("git::") || word[..start].ends_with("git+");
    let mut pasted = read_address(address, is_source)?;
    let tail = &word[start..];
    // It is not known which of two URLs is the right one; the other may be the encrypted one.
    pasted.is_doubtful |= tail.find("://") != tail.rfind("://");
    // What it ends has been cut off, but may have been a password.
    pasted.is_doubtful |= tail[authority_end(tail)..].contains('@');
    Some(pasted)
}

/// What follows `http://` or `https://`.
fn behind_scheme(text: &str) -> Option<&str> {
    let (scheme, behind) = text.split_once("://")?;
    (scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https")).then_some(behind)
}

/// Reads an address alone. That of a program's source, `git::https://…` or `git+https://…`, may have a folder or a version
/// behind it.
pub(super) fn read_address(address: &str, is_source: bool) -> Option<Pasted> {
    let (scheme, is_ssh, authority, path) = split(address)?;
    let path_end = position(path, |byte| matches!(byte, b'?' | b'#')).unwrap_or(path.len());
    let (path, query) = str::split_at(path, path_end);
    // `//` divides the repository from a folder in it: Terraform's sources and Kustomize's.
    let names_folder = is_source || ["ref=", "version="].iter().any(|name| query.contains(name));
    let mut path = match path.trim_start_matches('/').find("//") {
        Some(at) if names_folder => &path[..path.len() - path.trim_start_matches('/').len() + at],
        _ => path,
    };
    // `@main` and `@v1.2` name a version where programs have their sources; what stands there elsewhere may be a host.
    if let Some((before, version)) = path.split_once('@')
        && (is_source || is_version(version))
    {
        path = before;
    }
    while let Some(end) = JUNK.iter().find_map(|junk| start_of_end(path, junk)) {
        path = &path[..end];
    }
    let (user, authority) = authority.rsplit_once('@').map_or((None, &*authority), |(user, host)| (Some(user), host));
    let (host, mut port) = split_port(authority);
    let mut segments: Vec<String> = segments(path).map(str::to_owned).collect();
    // `ssh://git@host:group/project`: both forms at once.
    if is_ssh && let Some(group) = port.take_if(|port| port.contains(|digit: char| !digit.is_ascii_digit())) {
        segments.insert(0, group.to_owned());
    }
    // `git@host:2222/group/project`: the other way round.
    let is_scp = is_ssh && !address.contains("://");
    if is_scp && segments.len() > 2 && segments[0].parse::<u16>().is_ok() {
        segments.remove(0);
    }
    if segments.iter().any(|segment| segment == "." || segment == "..") {
        return None;
    }
    // A secret may have an `@` in it, and then what follows is no host. Of `git@gitlab:group/project` it is one.
    let is_host = match user {
        Some("git") if is_scp && path.contains('/') => true,
        Some(_) => is_host_name(host, None),
        None => scheme.is_some() || is_ssh && !is_scp || address.starts_with("//") || is_host_name(host, port),
    };
    Some(Pasted {
        scheme,
        is_ssh,
        is_doubtful: !is_host || host.split('.').any(may_be_token),
        may_be_path: user.is_none() && !has_token_prefix(host),
        host: host_of(host),
        port: port.map(|port| port.trim_start_matches('0')).filter(|port| !port.is_empty()).map(str::to_owned),
        segments,
    })
}

/// A colon, and blanks, quotes and brackets that were copied along and then encoded.
const JUNK: [&str; 10] = [":", "%20", "%0a", "%0d", "%09", "%c2%a0", "%e2%80%8b", "%22", "%27", "%3e"];

/// Where `end` begins, in whatever case, if `text` ends in it. It is all ASCII.
fn start_of_end(text: &str, end: &str) -> Option<usize> {
    let start = text.len().checked_sub(end.len())?;
    text.as_bytes()[start..].eq_ignore_ascii_case(end.as_bytes()).then_some(start)
}

/// `v1.2.3`
fn is_version(text: &str) -> bool {
    text.strip_prefix('v').is_some_and(|number| {
        number.starts_with(|first: char| first.is_ascii_digit())
            && number.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
    })
}

/// Signs that stand around an address and never in it, apart from the brackets of IPv6.
const AROUND: &[char] = &[
    '"', '\'', '`', '<', '>', '(', ')', '{', '}', '[', ']', '|', ',', ';', '!', '*', '“', '”', '‘', '’', '„', '«', '»',
    '…', '「', '」', '『', '』', '【', '】', '《', '》',
];

/// The address in a word, without quotes, brackets and what stands in front of them.
pub(super) fn unwrap(word: &str) -> &str {
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
    // Within a path that nothing stands around they are somebody's mistake, and no end; but `URL[text]` is a link.
    let is_wrapped = address.len() < word.len()
        || address[..end].ends_with(".git")
        || (address[end..].starts_with('[') && word.ends_with(']'));
    let is_at_the_end = address[end..].chars().all(|character| AROUND.contains(&character) || character == '.');
    if is_wrapped || is_at_the_end { &address[..end] } else { address }
}

/// Where the address begins: at the scheme of `git::https://…`, `git+https://…`, `url=https://…`, `[text](https://…)`, at the
/// user of `repo:git@host:path`.
fn address_start(word: &str) -> usize {
    let Some(colon) = word.find("://") else {
        let user_end = word.find('@').unwrap_or_default();
        let is_of_user = |byte: &u8| byte.is_ascii_alphanumeric() || b"._-".contains(byte);
        let user = word[..user_end].bytes().rev().take_while(is_of_user).count();
        let before = &word[..user_end - user];
        let is_label = before.ends_with("](") || before.trim_end_matches(AROUND).ends_with([':', '=']);
        return if is_label && user_end > 0 { before.len() } else { 0 };
    };
    let name = word[..colon].bytes().rev().take_while(u8::is_ascii_alphanumeric).count();
    let before = &word[..colon - name];
    // Something that is an address itself must not hide another one.
    let may_be_address = |marks: &[u8]| position(before, |byte| marks.contains(&byte)).is_some();
    let is_label =
        before.ends_with("](") || !may_be_address(b"/?#@.") || before.ends_with(['=', ':']) && !may_be_address(b"/?#@");
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
        // git's own protocol names projects as SSH does.
        return if is_ssh_scheme(scheme) || scheme.eq_ignore_ascii_case("git") {
            of(None, true, rest)
        } else if scheme.bytes().all(|letter| b"https".contains(&letter)) {
            of(None, false, rest) // `ttps`, `htps`
        } else {
            None
        };
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
    has_name && !last.is_empty() && is_top_level && !has_token_prefix(text)
}

/// A text with one of [GitLab's prefixes](https://docs.gitlab.com/security/tokens/#token-prefixes), such as `glpat-`, or one
/// that begins as a JSON web token does.
fn has_token_prefix(text: &str) -> bool {
    let is_prefix = |word: &str| {
        word.starts_with("gl") && (4..8).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_alphabetic())
    };
    text.starts_with("eyJ") || text.rsplit('-').skip(1).any(is_prefix)
}

//! What people paste instead of a URL, read generously, so that a suggestion can be made.
//!
//! Nothing here decides: whatever comes out goes through the strict reader again before it is offered, and it is only
//! ever offered. Credentials, queries and fragments are left behind.

use crate::url_reader::Scheme;

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
}

impl Pasted {
    /// Reads `text`, or nothing where guessing would be dangerous: control characters, blanks, backslashes, an `@` behind
    /// the authority, dot segments.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let text = unwrap(pick_word(text)?);
        let (text, is_terraform) = match text.strip_prefix("git::") {
            Some(source) => (source, true),
            None => (text, false),
        };
        if text.contains(|character: char| character.is_control() || character.is_whitespace() || character == '\\') {
            return None;
        }
        let (scheme, is_ssh, authority, path) = split(text)?;
        let (path, _) = path.split_once(['?', '#']).unwrap_or((path, ""));
        if path.contains('@') {
            return None;
        }
        // Terraform's `//` divides the repository from a folder in it.
        let path = if is_terraform { path.split("//").next().unwrap_or(path) } else { path };
        let authority = authority.rsplit('@').next().unwrap_or_default();
        let (host, port) = split_port(authority);
        let segments: Vec<String> = path.split('/').filter(|segment| !segment.is_empty()).map(str::to_owned).collect();
        if segments.iter().any(|segment| segment == "." || segment == "..") {
            return None;
        }
        let host = host.strip_suffix('.').unwrap_or(host).to_owned();
        Some(Self { scheme, is_ssh, host, port: port.filter(|port| !port.is_empty()).map(str::to_owned), segments })
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

/// The URL in `git clone … URL …`; the whole text where it is no command.
fn pick_word(text: &str) -> Option<&str> {
    let text = text.trim();
    if !text.starts_with("git ") {
        return Some(text);
    }
    let mut candidates =
        text.split_whitespace().filter(|word| word.contains("://") || scp_colon(unwrap(word)).is_some());
    let word = candidates.next()?;
    candidates.next().is_none().then_some(word)
}

/// Without quotes, brackets and punctuation around it.
fn unwrap(text: &str) -> &str {
    let text = text.trim_end_matches([',', ';']);
    // Markdown: [text](URL)
    if let Some((_, target)) = text.strip_suffix(')').and_then(|link| link.split_once("](")) {
        return target;
    }
    for (open, close) in
        [('"', '"'), ('\'', '\''), ('`', '`'), ('<', '>'), ('(', ')'), ('[', ']'), ('“', '”'), ('‘', '’')]
    {
        if let Some(inner) = text.strip_prefix(open).and_then(|inner| inner.strip_suffix(close)) {
            return unwrap(inner.trim());
        }
    }
    text
}

/// Scheme, whether SSH, authority, and the path with what follows it.
fn split(text: &str) -> Option<(Option<Scheme>, bool, String, &str)> {
    let lower = text.get(..6.min(text.len())).unwrap_or_default().to_ascii_lowercase();
    for (prefix, scheme) in [("https:", Scheme::Https), ("http:", Scheme::Http)] {
        if lower.starts_with(prefix) && text[prefix.len()..].starts_with('/') {
            let (authority, path) = split_authority(text[prefix.len()..].trim_start_matches('/'));
            return Some((Some(scheme), false, authority.to_owned(), path));
        }
    }
    if let Some((scheme, rest)) = text.split_once("://") {
        let is_ssh = ["ssh", "git+ssh", "ssh+git"].iter().any(|ssh| scheme.eq_ignore_ascii_case(ssh));
        let (authority, path) = split_authority(rest);
        return is_ssh.then(|| (None, true, authority.to_owned(), path));
    }
    if let Some(colon) = scp_colon(text) {
        let (authority, path) = (&text[..colon], &text[colon + 1..]);
        let authority = match authority.strip_prefix('[') {
            // GitLab puts the user inside the brackets of an IPv6 host: [git@::1]:group/project.git
            Some(address) => format!("[{}", address.rsplit('@').next().unwrap_or(address)),
            None => authority.to_owned(),
        };
        return Some((None, true, authority, path));
    }
    let (authority, path) = split_authority(text.trim_start_matches('/'));
    authority.contains(['.', ':']).then(|| (None, false, authority.to_owned(), path))
}

fn split_authority(text: &str) -> (&str, &str) {
    text.split_at(text.find(['/', '?', '#']).unwrap_or(text.len()))
}

/// Where the colon stands in scp's `[user@]host:path`; none where what follows it is a port.
fn scp_colon(text: &str) -> Option<usize> {
    let colon = if text.starts_with('[') { text.find("]:")? + 1 } else { text.find(':')? };
    let (host, path) = (&text[..colon], &text[colon + 1..]);
    let first = path.split(['/', '?', '#']).next().unwrap_or_default();
    let is_port = first.bytes().all(|byte| byte.is_ascii_digit()) && !host.contains('@');
    (!host.is_empty() && !host.contains('/') && !path.starts_with("//") && !is_port).then_some(colon)
}

fn split_port(authority: &str) -> (&str, Option<&str>) {
    match authority.rfind(':') {
        Some(colon) if !authority.ends_with(']') => (&authority[..colon], Some(&authority[colon + 1..])),
        _ => (authority, None),
    }
}

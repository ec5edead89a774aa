//! Links that have an address in them: of programs that clone, of pages that pass on.

use percent_encoding::percent_decode_str;

use crate::url::reader::{before_path, is_ssh_scheme, position, split_scp};

/// Pages whose links lead to the address in them. Of other pages it is not known which of the two URLs is the right one.
const PAGES_THAT_PASS_ON: [&str; 5] =
    ["gitpod.io", "safelinks.protection.outlook.com", "slack-redir.net", "vscode.dev", "www.google.com"];

/// The addresses in a link such as `vscode://vscode.git/clone?url=…`; nothing where `text` is no such link.
pub(super) fn addresses(text: &str) -> Option<Vec<String>> {
    let (scheme, rest) = text.split_once(':')?;
    let is_program = !scheme.is_empty()
        && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric())
        && !scheme.bytes().all(|letter| b"https".contains(&letter.to_ascii_lowercase()))
        && !is_ssh_scheme(scheme)
        && !scheme.eq_ignore_ascii_case("git")
        && (rest.starts_with("//") || scheme.eq_ignore_ascii_case("about"));
    let host = before_path(rest.trim_start_matches('/'));
    let passes_on = || {
        PAGES_THAT_PASS_ON
            .iter()
            .any(|page| host == *page || host.strip_suffix(page).is_some_and(|subdomain| subdomain.ends_with('.')))
    };
    (is_program || passes_on()).then(|| parts(rest).into_iter().filter_map(address).collect())
}

/// The values of query and fragment, and what stands in the path from an address on.
fn parts(rest: &str) -> Vec<&str> {
    let path_end = position(rest, |byte| matches!(byte, b'?' | b'#')).unwrap_or(rest.len());
    let begin = ["http", "ssh", "git@", "git%40"].iter().filter_map(|begin| rest[..path_end].find(begin)).min();
    match begin {
        // `x-github-client://openRepo/https://…`: all that follows is its own.
        Some(at) => vec![&rest[at..]],
        None => rest[path_end..].split(['?', '#', '&']).map(value_of).collect(),
    }
}

/// Behind `name=`.
fn value_of(part: &str) -> &str {
    match part.split_once('=') {
        Some((name, value)) if !name.contains(':') => value,
        _ => part,
    }
}

fn address(part: &str) -> Option<String> {
    let decoded = percent_decode_str(part).decode_utf8().ok()?;
    let is_address = decoded.contains("://") || decoded.contains('@') && split_scp(&decoded).is_some();
    is_address.then(|| decoded.into_owned())
}

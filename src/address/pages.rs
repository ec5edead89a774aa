//! URLs of GitLab's API, pages and repositories. Where one of them is entered instead of another, the project or the base URL in it
//! becomes the suggestion.

use percent_encoding::percent_decode_str;

use super::reserved::{NUMBERED_PAGES, is_top_level, page_start};
use crate::issue::UrlError;
use crate::url::reader::segments;

/// Of a path on `host` that was given for a GitLab server's own: what it is instead, and how many of its segments lead to the
/// server.
///
/// GitLab may live at any depth ([relative URL root](https://docs.gitlab.com/install/relative_url/)), so that a name which it
/// reserves below its root is a page where the root ends: at a host or behind a segment that is named after GitLab. Elsewhere it
/// takes the shape of a page, since a root may have any name.
pub(crate) fn below_server(host: &str, segments: &[&str]) -> Option<(UrlError, usize)> {
    let page_of_project = page_start(segments.join("/").as_bytes());
    (0..segments.len()).find_map(|at| {
        let (before, segment, rest) = (&segments[..at], segments[at], &segments[at + 1..]);
        if segment == "-" {
            let is_of_server = match rest.first() {
                Some(page) => PAGES_OF_SERVER.contains(page),
                None => before.last().is_some_and(|last| is_named_after_gitlab(last)),
            };
            return Some((UrlError::WebPage, if is_of_server { at } else { root_above_project(before) }));
        }
        if is_api(segment, rest) {
            return Some((UrlError::ApiUrl, at));
        }
        if has_end(segment, ".git") {
            return Some((UrlError::CloneUrl, root_above_project(&segments[..=at])));
        }
        if is_page_of_server(host, before.last().copied(), segment, rest) {
            let is_api = segment.eq_ignore_ascii_case("api");
            return Some((if is_api { UrlError::ApiUrl } else { UrlError::WebPage }, at));
        }
        // `project/tree` may be a folder of the host, `project/tree/main` is a page.
        let is_page_of_project = page_of_project == Some(at) && !rest.is_empty() && !rest.iter().any(is_gitlab);
        is_page_of_project.then(|| (UrlError::WebPage, root_above_project(before)))
    })
}

/// `api/v4/…`, `api/graphql`.
fn is_api(segment: &str, rest: &[&str]) -> bool {
    segment.eq_ignore_ascii_case("api")
        && rest.first().is_some_and(|next| is_version(next) || next.eq_ignore_ascii_case("graphql"))
}

fn is_version(segment: &str) -> bool {
    segment.strip_prefix(['v', 'V']).is_some_and(is_number)
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_page_of_server(host: &str, before: Option<&str>, segment: &str, rest: &[&str]) -> bool {
    let root_ends = is_named_after_gitlab(before.unwrap_or(host));
    let page = PAGES.iter().find(|(page, _)| *page == segment);
    let is_page = match page {
        Some((_, below)) => root_ends || before.is_none() || below.contains(rest.first().unwrap_or(&"")),
        None => {
            let is_below = root_ends || before.is_none() && !FOLDERS.contains(&segment);
            is_below && is_top_level(segment.as_bytes())
        }
    };
    // `/projects/gitlab/` is a folder of the host with a GitLab in it, `/admin/projects/acme/gitlab` is none.
    let is_folder = || match segment {
        "groups" | "users" => false,
        _ if page.is_some() => rest.first().is_some_and(is_gitlab),
        _ => rest.iter().any(is_gitlab),
    };
    is_page && !is_folder()
}

/// Of the names that GitLab reserves those that other servers have, too, so that they may be where a GitLab lives.
const FOLDERS: [&str; 11] =
    ["api", "assets", "files", "import", "login", "projects", "public", "s", "search", "uploads", "v2"];

/// The name that a relative URL root has mostly.
fn is_gitlab(segment: &&str) -> bool {
    ["gitlab", "git"].iter().any(|name| segment.eq_ignore_ascii_case(name))
}

/// How many segments lead to the GitLab that has a project of this path: as many as end in one that is named after GitLab, and
/// leave a namespace and a name.
fn root_above_project(project: &[&str]) -> usize {
    let longest = match project.len() {
        // No project: whatever stands here leads to the GitLab.
        0 | 1 if !project.iter().any(|segment| has_end(segment, ".git")) => return project.len(),
        length => length.saturating_sub(2),
    };
    (1..=longest).rev().find(|length| is_named_after_gitlab(project[length - 1])).unwrap_or_default()
}

/// A relative URL root is named by whoever installed GitLab, mostly after GitLab or git; other names are mostly groups.
pub(crate) fn is_named_after_gitlab(segment: &str) -> bool {
    let segment = segment.to_ascii_lowercase();
    segment.contains("gitlab") || segment.split(['-', '_', '.']).any(|word| word == "git")
}

/// Pages of the server itself behind `-`; the others are a project's or a group's.
const PAGES_OF_SERVER: [&str; 11] = [
    "graphql-explorer",
    "health",
    "ide",
    "jira_connect",
    "jwks",
    "liveness",
    "profile",
    "readiness",
    "user_settings",
    "users",
    "whats_new",
];

/// Pages of the server that are taken for nothing else behind a host, by their first two segments: so they are known behind a
/// root of any name. `""` where the first alone is enough.
const PAGES: [(&str, &[&str]); 8] = [
    (
        "admin",
        &["", "application_settings", "applications", "dashboard", "groups", "jobs", "projects", "runners", "users"],
    ),
    (
        "dashboard",
        &["", "activity", "groups", "home", "issues", "merge_requests", "milestones", "projects", "snippets", "todos"],
    ),
    ("explore", &["", "catalog", "groups", "projects", "snippets"]),
    ("groups", &["new"]),
    ("help", &["", "administration", "api", "ci", "development", "install", "security", "ssh", "user"]),
    ("oauth", &["applications", "authorize", "token"]),
    ("profile", &["account", "keys", "personal_access_tokens", "preferences"]),
    ("users", &["auth", "confirmation", "password", "sign_in", "sign_out", "sign_up"]),
];

/// The segments of the project that an address below a GitLab is about, as far as that is known: of one of its pages, of
/// its feed, of the API's address of it.
pub(crate) fn project(below: &[String]) -> Option<Vec<String>> {
    if let [api, version, projects, id, ..] = below
        && api == "api"
        && is_version(version)
        && projects == "projects"
    {
        return project_of_id(id);
    }
    // An encoded slash is one that somebody encoded; what else is encoded nobody need guess.
    let path = below.join("/").replace("%2F", "/").replace("%2f", "/");
    let names: Vec<&str> = segments(&path).collect();
    let mut project = match names[..] {
        ["-", "ide", "project", ref path @ ..] | ["ide", "project", ref path @ ..] => {
            let end = path.iter().position(|name| ["-", "blob", "edit", "merge_requests", "tree"].contains(name));
            path[..end.unwrap_or(path.len())].to_vec()
        }
        _ => names,
    };
    if let Some((at, end)) = project.iter().enumerate().find_map(|(at, name)| Some((at, end_of_clone_name(name)?))) {
        project.truncate(at + 1);
        project[at] = &project[at][..end];
    }
    // A page may have pages: `project/merge_requests/12/commits`.
    while let Some(start) = page_start(project.join("/").as_bytes()).or_else(|| old_page_start(&project)) {
        // `project/issues/new`; `project/new/main` is a new file.
        let is_of_collection = project[start..] == ["new"] && start > 2;
        project.truncate(start - usize::from(is_of_collection));
    }
    // `group/project!12`, as GitLab refers to a merge request, and `$12` to a snippet.
    let mut name = project.pop()?;
    if let Some((before, number)) = name.split_once(['!', '$'])
        && is_number(number)
    {
        name = before;
    }
    while let Some(end) = [".git", ".atom", "."].iter().find(|end| has_end(name, end)) {
        name = &name[..name.len() - end.len()];
        // Which project a wiki belongs to is only guessed at: it may have its name by itself.
        if *end == ".git" && has_end(name, ".wiki") {
            return None;
        }
    }
    project.push(name);
    Some(project.into_iter().map(str::to_owned).collect())
}

/// Of the API's `group%2Fproject`; a number names no path.
fn project_of_id(id: &str) -> Option<Vec<String>> {
    // Once more where somebody encoded the address as a whole.
    let path = percent_decode_str(id).decode_utf8().ok()?.replace("%2F", "/");
    let segments: Vec<String> = segments(&path).map(str::to_owned).collect();
    (segments.len() > 1).then_some(segments)
}

/// Where the name of a repository ends in `project.git@main` and `project.git:folder`.
fn end_of_clone_name(segment: &str) -> Option<usize> {
    [".git@", ".git:"].iter().find_map(|end| segment.find(end)).map(|at| at + ".git".len())
}

/// Where a page without `/-/` begins, as links from before GitLab 12 have it, or a feed. The words are possible names, too.
pub(crate) fn old_page_start(segments: &[&str]) -> Option<usize> {
    (2..segments.len()).find(|at| is_old_page(segments[*at], &segments[at + 1..]))
}

fn is_old_page<'a>(segment: &str, rest: &[&'a str]) -> bool {
    let is_archive =
        |name: &&&str| [".zip", ".tar", ".tar.gz", ".tar.bz2", ".tgz"].iter().any(|end| has_end(name, end));
    let before_dot = |name: &'a str| name.split('.').next().unwrap_or(name);
    let is_hexadecimal = |name: &str| name.bytes().all(|byte| byte.is_ascii_hexdigit());
    match (segment, rest) {
        ("activity" | "container_registry" | "project_members", []) => true,
        ("commit", [id, ..]) => id.len() >= 7 && is_hexadecimal(before_dot(id)),
        ("compare", [range, ..]) => range.contains("..."),
        ("archive" | "repository", [.., _]) => rest.last().iter().any(is_archive),
        ("uploads", [id, _, ..]) => id.len() == 32 && is_hexadecimal(id),
        (_, [number, ..]) if COLLECTIONS.contains(&segment) || NUMBERED_PAGES.has(segment.as_bytes()) => {
            is_number(before_dot(number))
        }
        (_, []) => segment.strip_suffix(".atom").is_some_and(|name| COLLECTIONS.contains(&name)),
        _ => false,
    }
}

/// What a project has many of, each with a number and a page.
const COLLECTIONS: [&str; 9] =
    ["boards", "environments", "hooks", "issues", "labels", "merge_requests", "milestones", "snippets", "tags"];

/// Whether `text` ends in `end`, which is in small letters, in any case.
fn has_end(text: &str, end: &str) -> bool {
    let start = text.len().checked_sub(end.len());
    start.and_then(|start| text.get(start..)).is_some_and(|tail| tail.eq_ignore_ascii_case(end))
}

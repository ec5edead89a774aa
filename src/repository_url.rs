//! The address of a repository in a self-managed GitLab.

use serde::Serialize;

use crate::{
    base_url::BaseUrl,
    containment,
    issue::{Check, Issue, IssueCode, Issues, UrlFault},
    pasted::Pasted,
    url_reader::{self, Scheme, StrictUrl},
};

/// First segments directly below the base that are GitLab's own
/// (<https://docs.gitlab.com/user/reserved_names/#reserved-project-and-group-names>).
const RESERVED_TOP_LEVEL: &[&str] = &[
    "-",
    ".well-known",
    "404.html",
    "422.html",
    "500.html",
    "502.html",
    "503.html",
    "admin",
    "api",
    "apple-touch-icon.png",
    "assets",
    "dashboard",
    "deploy.html",
    "explore",
    "favicon.ico",
    "favicon.png",
    "files",
    "groups",
    "health_check",
    "help",
    "import",
    "jwt",
    "login",
    "oauth",
    "profile",
    "projects",
    "public",
    "robots.txt",
    "s",
    "search",
    "sitemap",
    "sitemap.xml",
    "sitemap.xml.gz",
    "slash-command-logo.png",
    "snippets",
    "unsubscribes",
    "uploads",
    "users",
    "v2",
];

/// No subgroup or project has these names, so that behind a project they begin a page of it: links without `/-/`
/// (`PROJECT_WILDCARD_ROUTES` of GitLab's path rules; the ones with a slash are their first segment and the next).
const RESERVED_IN_PROJECT: &[&str] = &[
    "badges",
    "blame",
    "blob",
    "builds",
    "commits",
    "create",
    "create_dir",
    "edit",
    "files",
    "find_file",
    "new",
    "preview",
    "raw",
    "refs",
    "tree",
    "update",
    "wikis",
];

/// Pages of a project that end in a number. Their names are possible as subgroups', but a project that is a number in
/// such a subgroup is not what anybody means.
const NUMBERED_PAGES: &[&str] = &["issues", "jobs", "merge_requests", "milestones", "pipelines"];

/// Where a part stands in the canonical URL: start and end, in characters (it is all ASCII).
pub type PartRange = (usize, usize);

/// Where the parts stand in the canonical URL of a repository.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct RepositoryUrlParts {
    /// `https`.
    pub scheme: PartRange,
    /// `gitlab.example.com`.
    pub host: PartRange,
    /// `8443`; none where it is the scheme's own.
    pub port: Option<PartRange>,
    /// `/gitlab/`: the base's path with both slashes; `/` where the base has none or is not known.
    pub base_path: PartRange,
    /// `group/subgroup`.
    pub namespace: PartRange,
    /// `project`.
    pub project: PartRange,
}

/// A checked repository URL, inside its base URL where one was given.
///
/// ```
/// use torque_gitlab_connect::{base_url::BaseUrl, repository_url::RepositoryUrl};
///
/// let base = BaseUrl::check("https://gitlab.example.com/").unwrap().value;
/// let inside = RepositoryUrl::check(Some(&base), "https://gitlab.example.com/group/sub/project.git").unwrap().value;
/// assert_eq!(inside.as_str(), "https://gitlab.example.com/group/sub/project");
/// assert_eq!((inside.namespace.as_str(), inside.project.as_str()), ("group/sub", "project"));
///
/// let outside = RepositoryUrl::check(Some(&base), "https://gitlab.example.com.evil.example/group/project").unwrap_err();
/// assert_eq!(outside.iter().next().unwrap().code.as_str(), "repository_url.outside_base_url");
///
/// let ssh = RepositoryUrl::check(Some(&base), "git@gitlab.example.com:group/project.git").unwrap_err();
/// assert_eq!(ssh.iter().next().unwrap().suggestion.as_deref(), Some("https://gitlab.example.com/group/project"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct RepositoryUrl {
    /// Canonical text, without `.git` and without a slash at the end.
    pub url: String,
    /// `group/subgroup/project`: the full path in GitLab, relative to the base.
    pub path: String,
    /// `group/subgroup`.
    pub namespace: String,
    /// `project`.
    pub project: String,
    /// Where the parts stand in `url`.
    pub parts: RepositoryUrlParts,
}

impl RepositoryUrl {
    /// Reads the address of a repository; with `base`, only one that lies inside it.
    ///
    /// # Errors
    ///
    /// One `repository_url.…` error, with a suggestion that passes this very check where one can be made.
    /// `repository_url.outside_base_url` tells the part that differs. Without a base plain http is a warning; with one the
    /// base has it.
    pub fn check(base: Option<&BaseUrl>, text: &str) -> Check<Self> {
        let repository = read(base, text).map_err(|mut issues| {
            issues.suggest(suggest(base, text));
            issues
        })?;
        let mut warnings = Issues::new();
        if base.is_none() && repository.url.starts_with("http:") {
            warnings.push(Issue::new(IssueCode::RepositoryUrl(UrlFault::NotEncrypted)));
        }
        warnings.or_value(repository)
    }

    /// The canonical text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.url
    }

    /// `group/subgroup/project`, relative to the base.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// `group/subgroup`.
    #[must_use]
    pub fn namespace(&self) -> &str {
        &self.namespace
    }

    /// `project`.
    #[must_use]
    pub fn project(&self) -> &str {
        &self.project
    }
}

fn fault(fault: UrlFault) -> Issue {
    Issue::new(IssueCode::RepositoryUrl(fault))
}

/// The whole check, without suggestion and warnings.
fn read(base: Option<&BaseUrl>, text: &str) -> Result<RepositoryUrl, Issues> {
    let read = url_reader::read(text).map_err(|refusal| refusal.issue(IssueCode::RepositoryUrl, text))?;
    if !url_reader::url_crate_agrees(url_reader::trim(text), &read) {
        return Err(fault(UrlFault::Ambiguous).into());
    }
    let below = match base {
        None => read.path().strip_prefix('/').unwrap_or_default(),
        Some(base) => containment::path_below(base, &read).map_err(|difference| {
            let mut issues = Issues::new();
            let in_case_only = difference.is_in_case_only();
            issues.push(
                fault(UrlFault::OutsideBaseUrl)
                    .with("part", difference.part)
                    .with("expected", difference.expected)
                    .with("got", difference.got),
            );
            if in_case_only {
                issues.push(fault(UrlFault::DiffersInCase));
            }
            issues
        })?,
    };
    let project_path = read_project_path(below, base.is_some())?;
    Ok(from_parts(&read, read.as_str().len() - below.len(), project_path))
}

/// The project's path in what stands below the base: without one slash at the end and without one `.git`.
fn read_project_path(below: &str, base_is_known: bool) -> Result<&str, Issue> {
    let segments = || below.split('/').filter(|segment| !segment.is_empty());
    if base_is_known {
        let first = segments().next().unwrap_or_default();
        if RESERVED_TOP_LEVEL.iter().any(|reserved| first.eq_ignore_ascii_case(reserved)) {
            return Err(fault(UrlFault::ReservedPath).with("segment", first));
        }
    }
    if page_start(below).is_some() {
        return Err(fault(UrlFault::WebLink));
    }
    if below.ends_with(".git/") {
        return Err(fault(UrlFault::GitSlash));
    }
    let path = below.strip_suffix('/').unwrap_or(below);
    if path.split('/').filter(|segment| !segment.is_empty()).count() < 2 {
        return Err(fault(UrlFault::ProjectMissing));
    }
    let path = path.strip_suffix(".git").unwrap_or(path);
    let project = path.rsplit('/').next().unwrap_or_default();
    if ends_with_ignoring_case(project, ".wiki") {
        return Err(fault(UrlFault::Wiki));
    }
    if project.is_empty() || ends_with_ignoring_case(project, ".git") {
        return Err(fault(UrlFault::ProjectName));
    }
    Ok(path)
}

fn ends_with_ignoring_case(text: &str, end: &str) -> bool {
    text.len() >= end.len() && text.as_bytes()[text.len() - end.len()..].eq_ignore_ascii_case(end.as_bytes())
}

/// Where a page begins behind a project, as an index of a segment of the path below the base.
///
/// `-` is no possible slug, so the first one ends the project's path. Older links lack it; there the words that GitLab
/// reserves inside a project tell, from the third segment on. Nothing lies below a segment that ends in `.git`.
fn page_start(below: &str) -> Option<usize> {
    let segments: Vec<&str> = below.split('/').filter(|segment| !segment.is_empty()).collect();
    let begins_page = |index: usize| {
        let (segment, next) = (segments[index], segments.get(index + 1).copied());
        let is_numbered = NUMBERED_PAGES.contains(&segment)
            && index + 2 == segments.len()
            && next.is_some_and(|number| number.bytes().all(|byte| byte.is_ascii_digit()));
        let is_reserved_pair = matches!(
            (segment, next),
            ("environments", Some("folders")) | ("gitlab-lfs", Some("objects")) | ("info", Some("lfs" | "refs"))
        );
        segment == "-"
            || segments[index - 1].ends_with(".git")
            || RESERVED_IN_PROJECT.contains(&segment)
            || is_numbered
            || is_reserved_pair
    };
    let dash = segments.iter().position(|segment| *segment == "-").filter(|index| *index < 2);
    dash.or_else(|| (2..segments.len()).find(|index| begins_page(*index)))
}

fn from_parts(read: &StrictUrl, below_start: usize, project_path: &str) -> RepositoryUrl {
    let end = below_start + project_path.len();
    let namespace_length = project_path.rfind('/').unwrap_or_default();
    let port = (read.host_end() < read.path_start()).then(|| (read.host_end() + 1, read.path_start()));
    RepositoryUrl {
        url: read.as_str()[..end].to_owned(),
        path: project_path.to_owned(),
        namespace: project_path[..namespace_length].to_owned(),
        project: project_path[namespace_length + 1..].to_owned(),
        parts: RepositoryUrlParts {
            scheme: (0, read.scheme.as_str().len()),
            host: (read.host_start(), read.host_end()),
            port,
            base_path: (read.path_start(), below_start),
            namespace: (below_start, below_start + namespace_length),
            project: (below_start + namespace_length + 1, end),
        },
    }
}

/// What the user may have meant; passes the check.
fn suggest(base: Option<&BaseUrl>, text: &str) -> Option<String> {
    let mut pasted = Pasted::read(text)?;
    let below = match base {
        None => std::mem::take(&mut pasted.segments),
        Some(base) => move_into(base, &mut pasted)?,
    };
    let below = project_segments(below);
    pasted.segments.extend(below);
    let scheme = match (pasted.scheme, base) {
        // http may become the base's https; https never becomes http
        (Some(Scheme::Https), _) | (None, None) => Scheme::Https,
        (Some(Scheme::Http) | None, Some(base)) => base.scheme,
        (Some(Scheme::Http), None) => Scheme::Http,
    };
    if pasted.is_ssh && base.is_none() {
        pasted.port = None;
    }
    read(base, &pasted.to_url(scheme)).ok().map(|repository| repository.url)
}

/// Gives `pasted` the base's authority and path where it names the same host, and takes out the segments below them.
fn move_into(base: &BaseUrl, pasted: &mut Pasted) -> Option<Vec<String>> {
    if !pasted.host.eq_ignore_ascii_case(&base.host) {
        return None;
    }
    let is_default_port = |port: &str| ["80", "443"].contains(&port);
    let may_take_port = pasted.is_ssh || pasted.scheme != Some(base.scheme) || pasted.port.is_none();
    if may_take_port && (pasted.is_ssh || pasted.port.as_deref().is_none_or(is_default_port)) {
        pasted.port = Some(base.port.to_string());
    }
    let root: Vec<String> = base.path.split('/').filter(|segment| !segment.is_empty()).map(str::to_owned).collect();
    let is_below = |segments: &[String]| {
        segments.len() >= root.len() && segments.iter().zip(&root).all(|(got, want)| got.eq_ignore_ascii_case(want))
    };
    let mut below = std::mem::replace(&mut pasted.segments, root.clone());
    // GitLab's SSH paths have no relative root (its own `build_gitlab_shell_ssh_path_prefix`).
    if !pasted.is_ssh {
        if !is_below(&below) {
            return None;
        }
        below.drain(..root.len());
    }
    Some(below)
}

/// The segments of the project alone: pages, `.git` and `.wiki` behind it are cut.
fn project_segments(mut segments: Vec<String>) -> Vec<String> {
    if let Some(start) = page_start(&segments.join("/")) {
        segments.truncate(start);
    }
    if let Some(project) = segments.last_mut() {
        while let Some(shorter) = project.strip_suffix(".git").or_else(|| project.strip_suffix(".wiki")) {
            *project = shorter.to_owned();
        }
    }
    segments
}

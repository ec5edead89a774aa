//! The address of a repository in a self-managed GitLab.

use std::ops::Range;
use std::sync::Arc;

use serde::{Serialize, Serializer};

use super::base_url::BaseUrl;
use super::containment::{self, Difference};
use super::pages;
use super::reserved::{cut_segment, is_top_level, may_be_top_level, may_begin_page, page_start};
use super::text_traits::text_traits;
use crate::issue::{Check, Issue, IssueCode, Issues, UrlError};
use crate::url::pasted::{self, Pasted};
use crate::url::reader::{self, Scheme, StrictUrl, segments};
use crate::url::swar;

/// The position of a part in the canonical URL: start and end, in characters (it is all ASCII).
pub type PartRange = (usize, usize);

/// The positions of the parts in the canonical URL of a repository.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
#[cfg_attr(feature = "js-validate", derive(tsify::Tsify), tsify(missing_as_null))]
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
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RepositoryUrl {
    url: Arc<str>,
    marks: Marks,
}

/// Where the parts of a URL end. It has 8,000 characters at most, and a plan has thousands of URLs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
struct Marks {
    scheme: u16,
    host: u16,
    /// With `:` and port, if there is one.
    origin: u16,
    base_path: u16,
    namespace: u16,
}

/// A checked repository URL, inside its base URL where one was given.
#[derive(Serialize)]
#[cfg_attr(feature = "js-validate", derive(tsify::Tsify), tsify(rename = "RepositoryUrl"))]
struct Shown<'a> {
    /// Canonical text, without `.git` and without a slash at the end.
    url: &'a str,
    /// `group/subgroup/project`: the full path in GitLab, relative to the base.
    path: &'a str,
    /// `group/subgroup`.
    namespace: &'a str,
    /// `project`.
    project: &'a str,
    /// The positions of the parts in `url`.
    parts: RepositoryUrlParts,
}

impl Serialize for RepositoryUrl {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (path, namespace, project) = (self.path(), self.namespace(), self.project());
        Shown { url: &self.url, path, namespace, project, parts: self.parts() }.serialize(serializer)
    }
}

text_traits!(RepositoryUrl, |text| RepositoryUrl::check(None, text));

impl From<RepositoryUrl> for String {
    fn from(address: RepositoryUrl) -> Self {
        address.as_str().to_owned()
    }
}

impl RepositoryUrl {
    /// Checks the URL of a repository; with `base`, only one that is inside it.
    ///
    /// ```
    /// use torque_gitlab_connect::address::{BaseUrl, RepositoryUrl};
    ///
    /// let base = BaseUrl::check("https://gitlab.example.com/").unwrap().value;
    /// let inside = RepositoryUrl::check(Some(&base), "https://gitlab.example.com/group/sub/project.git").unwrap().value;
    /// assert_eq!(inside.as_str(), "https://gitlab.example.com/group/sub/project");
    /// assert_eq!((inside.namespace(), inside.project()), ("group/sub", "project"));
    ///
    /// let outside = RepositoryUrl::check(Some(&base), "https://gitlab.example.com.evil.example/group/project").unwrap_err();
    /// assert_eq!(outside.iter().next().unwrap().code.as_str(), "repository_url.outside_base_url");
    ///
    /// let ssh = RepositoryUrl::check(Some(&base), "git@gitlab.example.com:group/project.git").unwrap_err();
    /// assert_eq!(ssh.iter().next().unwrap().suggestion.as_deref(), Some("https://gitlab.example.com/group/project"));
    /// ```
    ///
    /// # Errors
    ///
    /// One `repository_url.…` error, with a suggestion that passes this very check where one can be made.
    /// `repository_url.outside_base_url` names the part that differs. Without a base plain http is a warning; with one the
    /// base has it.
    pub fn check(base: Option<&BaseUrl>, text: &str) -> Check<Self> {
        let repository = read(base, text).map_err(|mut issues| {
            issues.suggest(suggest(base, text));
            issues
        })?;
        let mut warnings = Issues::new();
        // What is wrong with the base is reported for the base.
        if base.is_none() {
            if repository.url.starts_with("http:") {
                warnings.push(error(UrlError::NotEncrypted));
            }
            if repository.part(repository.parts().host).contains('_') {
                warnings.push(error(UrlError::HostUnderscore));
            }
        }
        if let Some(what) = doubt(repository.path()) {
            let mut doubt = Issues::from(error(what));
            doubt.suggest(suggest(base, &repository.url).filter(|url| **url != *repository.url));
            warnings.extend(doubt);
        }
        warnings.or_value(repository)
    }

    /// The canonical text, without `.git` and without a slash at the end.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.url
    }

    /// The same, for who keeps it.
    #[cfg(feature = "onboarding")]
    pub(crate) fn shared(&self) -> Arc<str> {
        Arc::clone(&self.url)
    }

    /// `group/subgroup/project`: the full path in GitLab, relative to the base.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.url[self.marks.base_path.into()..]
    }

    /// `group/subgroup`.
    #[must_use]
    pub fn namespace(&self) -> &str {
        self.part(self.parts().namespace)
    }

    /// `project`.
    #[must_use]
    pub fn project(&self) -> &str {
        self.part(self.parts().project)
    }

    fn part(&self, (start, end): PartRange) -> &str {
        &self.url[start..end]
    }

    /// Returns the positions of the parts in [`RepositoryUrl::as_str`].
    #[must_use]
    pub fn parts(&self) -> RepositoryUrlParts {
        let Marks { scheme, host, origin, base_path, namespace } = self.marks;
        let [scheme, host, origin, base_path, namespace] =
            [scheme, host, origin, base_path, namespace].map(usize::from);
        RepositoryUrlParts {
            scheme: (0, scheme),
            host: (scheme + "://".len(), host),
            port: (host < origin).then_some((host + 1, origin)),
            base_path: (origin, base_path),
            namespace: (base_path, namespace),
            project: (namespace + 1, self.url.len()),
        }
    }
}

/// The verdict about each URL of a list; [`RepositoryUrl::check`] says why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Verdict {
    /// No repository URL, or not one that every program reads alike.
    Invalid = 0,
    /// A URL of another place than the base.
    Outside = 1,
    /// A repository inside the base.
    Inside = 2,
}

impl Verdict {
    /// The verdict behind what [`RepositoryUrl::check`] returned.
    ///
    /// ```
    /// use torque_gitlab_connect::address::{BaseUrl, RepositoryUrl, Verdict};
    ///
    /// let base = BaseUrl::check("https://gitlab.example.com/").unwrap().value;
    /// let check = |url| Verdict::of(&RepositoryUrl::check(Some(&base), url));
    /// assert_eq!(check("https://gitlab.example.com/group/project"), Verdict::Inside);
    /// assert_eq!(check("https://gitlab.example.org/group/project"), Verdict::Outside);
    /// assert_eq!(check("group/project"), Verdict::Invalid);
    /// ```
    #[must_use]
    pub fn of(checked: &Check<RepositoryUrl>) -> Self {
        let outside = IssueCode::RepositoryUrl(UrlError::OutsideBaseUrl);
        match checked {
            Ok(_) => Self::Inside,
            Err(issues) if issues.has(outside) => Self::Outside,
            Err(_) => Self::Invalid,
        }
    }

    /// `invalid`, `outside` or `inside`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Invalid => "invalid",
            Self::Outside => "outside",
            Self::Inside => "inside",
        }
    }
}

/// The verdict of [`RepositoryUrl::check`] without its reasons and without the cross-check, for long lists.
///
/// ```
/// use torque_gitlab_connect::address::{BaseUrl, Verdict, verdict};
///
/// let base = BaseUrl::check("https://gitlab.example.com/").unwrap().value;
/// let urls = ["https://gitlab.example.com/group/project.git", "https://gitlab.example.org/group/project", "group/project"];
/// assert_eq!(urls.map(|url| verdict(&base, url)), [Verdict::Inside, Verdict::Outside, Verdict::Invalid]);
/// ```
#[must_use]
pub fn verdict(base: &BaseUrl, text: &str) -> Verdict {
    verdict_of_utf8(base, text.as_bytes())
}

/// As above; `text` is UTF-8, or it is invalid.
pub(crate) fn verdict_of_utf8(base: &BaseUrl, text: &[u8]) -> Verdict {
    if read_below(base, text).is_some() {
        return Verdict::Inside;
    }
    let Some(url) = str::from_utf8(text).ok().and_then(|text| reader::read(text).ok()) else {
        return Verdict::Invalid;
    };
    let Ok(below) = containment::path_below(base, &url) else {
        return Verdict::Outside;
    };
    match read_project_path(below.as_bytes(), true) {
        Ok(_) => Verdict::Inside,
        Err(_) => Verdict::Invalid,
    }
}

/// Where the project stands below the base in a text that begins, letter for letter, with the canonical base.
///
/// It ends in `/`, so nothing that follows can belong to scheme, host or port: they are the base's, and so is the path up
/// to there. The reader has read all that already, and only the rest of the path is left to it. Nothing also where that
/// is not as it should be; what is wrong is for [`reader::read`] to say.
fn read_below(base: &BaseUrl, text: &[u8]) -> Option<Range<usize>> {
    if reader::is_too_long(text) || !swar::begins_with(text, base.url.as_bytes()) {
        return None;
    }
    read_project_path(&text[base.url.len()..], true).ok()
}

fn error(error: UrlError) -> Issue {
    Issue::new(IssueCode::RepositoryUrl(error))
}

/// The whole check, without suggestion and warnings.
fn read(base: Option<&BaseUrl>, text: &str) -> Result<RepositoryUrl, Issues> {
    let url = reader::read(text).map_err(|refusal| refusal.issue(IssueCode::RepositoryUrl, text))?;
    let below = match base {
        None => url.path.strip_prefix('/').unwrap_or_default(),
        Some(base) => {
            containment::path_below(base, &url).map_err(|part| outside(containment::difference(part, base, &url)))?
        }
    };
    let project = read_project_path(below.as_bytes(), base.is_some()).map_err(|what| match what {
        UrlError::ReservedPath => error(what).with("segment", &below[..cut_segment(below.as_bytes()).0.len()]),
        _ => error(what),
    })?;
    // Asked last, of what would be accepted: so a list, which does not ask, says of everything else the same.
    if !reader::agrees_with(reader::trim(text), &url) {
        return Err(error(UrlError::Ambiguous).into());
    }
    Ok(from_parts(&url, below, project))
}

fn outside(difference: Difference) -> Issues {
    let in_case_only = difference.is_in_case_only();
    let mut issues = Issues::from(
        error(UrlError::OutsideBaseUrl)
            .with("part", difference.part)
            .with("expected", shown(&difference.expected))
            .with("got", shown(&difference.got)),
    );
    if in_case_only {
        issues.push(error(UrlError::DiffersInCase));
    }
    issues
}

/// A part of a URL for people: nobody reads more, and a pasted file must not come back in an issue. All ASCII.
fn shown(part: &str) -> String {
    const LONGEST: usize = 255;
    if part.len() <= LONGEST { part.to_owned() } else { format!("{}…", &part[..LONGEST]) }
}

/// Where the project stands in what stands below the base, without one slash at the end and without one `.git`: its path
/// ends there, too. Nothing of it need have been read before.
fn read_project_path(below: &[u8], base_is_known: bool) -> Result<Range<usize>, UrlError> {
    let path = if let [path @ .., b'/'] = below { path } else { below };
    let path = if let [path @ .., b'.', b'g', b'i', b't'] = path { path } else { path };
    let (mut start, mut may_be_reserved, mut may_have_page) = (0, false, false);
    let read = reader::check_segments(path, 0, |at, segment| {
        may_be_reserved |= at == 0 && may_be_top_level(segment);
        may_have_page |= may_begin_page(segment);
        start = at;
    });
    if base_is_known && may_be_reserved && is_top_level(cut_segment(below).0) {
        return Err(UrlError::ReservedPath);
    }
    if matches!(below, [.., b'.', b'g', b'i', b't', b'/']) {
        return Err(UrlError::GitSlash);
    }
    // Without `.git`, so that what is left passes as it is: `group/-.git` is as little a project as `group/-`.
    if may_have_page && page_start(path).is_some() {
        return Err(UrlError::WebLink);
    }
    if let [.., b'/'] = path {
        return Err(UrlError::ProjectName);
    }
    if start == 0 {
        return Err(UrlError::ProjectMissing);
    }
    let project = &path[start..];
    // `project.wiki` is a possible name, `project.wiki.git` is where GitLab has a project's wiki.
    if has_end(project, b".wiki") && path.len() < below.len() && !matches!(below, [.., b'/']) {
        return Err(UrlError::Wiki);
    }
    // The feed of a project: no name ends so.
    if has_end(project, b".atom") {
        return Err(UrlError::WebLink);
    }
    // `..git` and `...git` would leave a dot segment behind.
    if read.is_err() || has_end(project, b".git") {
        return Err(UrlError::ProjectName);
    }
    Ok(start..path.len())
}

/// Whether `text` ends in `end`, whichever of its letters are capitals. `end` begins with a dot.
fn has_end(text: &[u8], end: &[u8]) -> bool {
    text.len().checked_sub(end.len()).is_some_and(|at| text[at] == b'.' && text[at..].eq_ignore_ascii_case(end))
}

fn from_parts(read: &StrictUrl, below: &str, project: Range<usize>) -> RepositoryUrl {
    let root = &read.path[..read.path.len() - below.len()];
    let mut url = read.origin();
    let path_start = url.len();
    url.push_str(root);
    let below_start = url.len();
    url.push_str(&below[..project.end]);
    let scheme_end = read.scheme.as_str().len();
    let host_end = scheme_end + "://".len() + read.host.len();
    let mark = |at: usize| u16::try_from(at).unwrap_or(u16::MAX);
    let marks = Marks {
        scheme: mark(scheme_end),
        host: mark(host_end),
        origin: mark(path_start),
        base_path: mark(below_start),
        // A slash stands between it and the project.
        namespace: mark(below_start + project.start - 1),
    };
    RepositoryUrl { url: url.into(), marks }
}

/// What an accepted path may be instead; GitLab alone knows.
fn doubt(path: &str) -> Option<UrlError> {
    let segments: Vec<&str> = segments(path).collect();
    match segments.last()?.as_bytes() {
        [.., b'.'] => Some(UrlError::EndsWithDot),
        name if has_end(name, b".wiki") => Some(UrlError::MayBeWiki),
        _ => pages::old_page_start(&segments).map(|_| UrlError::MayBePage),
    }
}

/// What the user may have meant; passes the check.
fn suggest(base: Option<&BaseUrl>, text: &str) -> Option<String> {
    if let (Some(base), Ok(url)) = (base, reader::read(text)) {
        let has_other_port = url.port != base.port && url.port != url.scheme.default_port();
        if !url.host.eq_ignore_ascii_case(&base.host) || has_other_port || !is_below_root(base, segments(url.path)) {
            // An address outside the base, with nothing around it: it means what it says.
            return None;
        }
    }
    pasted::suggest(text, |mut pasted| {
        let below = match base {
            None if pasted.is_doubtful => return None,
            None => std::mem::take(&mut pasted.segments),
            Some(base) => move_into(base, &mut pasted)?,
        };
        pasted.segments.extend(pages::project(&below)?);
        let scheme = match (pasted.scheme, base) {
            // http may become the base's https; https never becomes http
            (Some(Scheme::Https), _) | (None, None) => Scheme::Https,
            (Some(Scheme::Http) | None, Some(base)) => base.scheme,
            (Some(Scheme::Http), None) => Scheme::Http,
        };
        if pasted.is_ssh && base.is_none() {
            pasted.port = None;
        }
        read(base, &pasted.to_url(scheme)).ok().map(|repository| repository.url.as_ref().into())
    })
}

/// Gives `pasted` the base's authority and path where it names the same host, or is a path alone, and takes out the
/// segments below them.
fn move_into(base: &BaseUrl, pasted: &mut Pasted) -> Option<Vec<String>> {
    let is_path = !names_server(base, pasted);
    if !is_path {
        pasted.host.clone_from(&base.host);
    }
    if is_path {
        let may_be_path = pasted.is_doubtful && pasted.may_be_path;
        if !may_be_path || pasted.scheme.is_some() || pasted.is_ssh || pasted.port.is_some() {
            return None;
        }
        let first = std::mem::replace(&mut pasted.host, base.host.clone());
        pasted.segments.insert(0, first);
    }
    // SSH has a port of its own; http's own port says nothing about https.
    let has_no_port = match pasted.port.as_deref() {
        None => true,
        Some(port) => pasted.is_ssh || (port == "80" && pasted.scheme == Some(Scheme::Http) && base.is_https()),
    };
    if has_no_port {
        pasted.port = Some(base.port.to_string());
    }
    let root: Vec<String> = segments(&base.path).map(str::to_owned).collect();
    let mut below = std::mem::replace(&mut pasted.segments, root.clone());
    // GitLab's SSH paths have no relative root (its own `build_gitlab_shell_ssh_path_prefix`).
    if !pasted.is_ssh {
        if is_below_root(base, below.iter().map(String::as_str)) {
            below.drain(..root.len());
        } else if !is_path {
            return None;
        }
    }
    Some(below)
}

/// Whether a path begins with the segments of the base's, in whatever case.
fn is_below_root<'a>(base: &BaseUrl, mut path: impl Iterator<Item = &'a str>) -> bool {
    segments(&base.path).all(|want| path.next().is_some_and(|got| got.eq_ignore_ascii_case(want)))
}

/// Whether the host is the base's, or the one that GitLab's SSH has beside it (its setting `ssh_host`).
fn names_server(base: &BaseUrl, pasted: &Pasted) -> bool {
    let host = pasted.host.to_ascii_lowercase();
    let of_ssh = || ["ssh", "altssh", "gitssh", "git-ssh"].iter().any(|name| host == format!("{name}.{}", base.host));
    host == base.host || pasted.is_ssh && of_ssh()
}

#[cfg(test)]
mod tests {
    use super::super::reserved::{NUMBERED_PAGES, RESERVED_IN_PROJECT, RESERVED_TOP_LEVEL};
    use super::*;

    #[test]
    fn no_word_that_begins_a_page_is_passed_over() {
        let others = ["-", "environments", "gitlab-lfs", "info", "c.git", "c"];
        let words: Vec<&str> =
            [RESERVED_IN_PROJECT.names, NUMBERED_PAGES.names, &others, &["7", "folders", "objects", "refs", "lfs"]]
                .concat();
        let mut pages = 0;
        for path in words.iter().flat_map(|one| words.iter().map(move |two| format!("a/b/{one}/{two}"))) {
            for path in [format!("{path}/d"), path] {
                let is_page = page_start(path.as_bytes()).is_some();
                pages += usize::from(is_page);
                assert_eq!(read_project_path(path.as_bytes(), true) == Err(UrlError::WebLink), is_page, "{path}");
            }
        }
        assert!(pages > 1_000, "{pages}");
    }

    #[test]
    fn each_reserved_name_is_found_as_it_is_written() {
        for name in RESERVED_TOP_LEVEL.names {
            for first in [(*name).to_owned(), name.to_ascii_uppercase()] {
                let path = format!("{first}/project");
                assert_eq!(read_project_path(path.as_bytes(), true), Err(UrlError::ReservedPath), "{path}");
                assert_eq!(
                    read_project_path(format!("{first}/").as_bytes(), true),
                    Err(UrlError::ReservedPath),
                    "{first}"
                );
            }
        }
    }
}

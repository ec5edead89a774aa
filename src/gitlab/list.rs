//! The projects that a token reaches, page by page, for whoever would rather pick one than type its URL.

use serde::Serialize;
use serde_json::{Map, Value};

use super::Access;
use super::answers::{DeletionMark, default_branch, deletion_mark, refusal};
use super::link;
use crate::{
    address::{BaseUrl, RepositoryUrl},
    http::{HttpAnswer, HttpRequest, percent_encoded},
    issue::{Check, Checked, Issue, IssueCode, Issues},
    server_text::plain,
};

/// A project that may be picked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "js", derive(tsify::Tsify), tsify(missing_as_null))]
pub struct ListedProject {
    /// GitLab's number for it.
    pub id: u64,
    /// Its full path.
    pub path: String,
    /// The URL of its repository, below the base URL: GitLab's own idea of its URLs may differ.
    pub url: String,
    /// To be proposed as the branch; none where the repository is empty or the token may not read its code.
    pub default_branch: Option<String>,
    /// Whether GitLab is going to delete it: older versions list such projects, too.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub marked_for_deletion: Option<DeletionMark>,
}

/// Asks for the first hundred projects that the token's owner is a member of; [`read_projects`] reads the answer. Needs
/// a token with `read_api` or `api`. `search` narrows the list to names and paths that contain it.
#[must_use]
pub fn list_projects_request(gitlab: &Access, search: Option<&str>) -> HttpRequest {
    let search =
        search.map(|text| format!("&search_namespaces=true&search={}", percent_encoded(text))).unwrap_or_default();
    // Pages by key, which GitLab offers for this order only: pages by offset skip or repeat what changes meanwhile.
    // Archived projects and those that are about to be deleted are left out by GitLab where it knows `active` (gitlab issue
    // 526205); an older one drops what it does not know.
    let query = "membership=true&active=true&simple=true&per_page=100&order_by=id&sort=asc&pagination=keyset";
    gitlab.get(&format!("projects?{query}{search}"))
}

/// The request for the page after the one that came with this `Link` header (empty where there was none); nothing at the
/// end of the list.
///
/// Behind a proxy GitLab often does not know its own address: its links then have another scheme, host or port, or lack the
/// relative root. So the address is always that of the list below the base URL, and of the link only parameters for pages and filters
/// are taken.
///
/// ```
/// use torque_gitlab_connect::{address::BaseUrl, gitlab::{Access, next_projects_request}, secret::Secret};
///
/// let base = BaseUrl::check("https://gitlab.example.com/").unwrap().value;
/// let gitlab = Access::check(&base, &Secret::new("glpat-example".to_owned()), false).unwrap().value;
/// let link = r#"<http://internal:8080/api/v4/projects?id_after=42&private_token=x>; rel="next""#;
/// let next = next_projects_request(&gitlab, link, None).unwrap().value.unwrap();
/// assert_eq!(next.url, "https://gitlab.example.com/api/v4/projects?id_after=42");
///
/// assert!(next_projects_request(&gitlab, "<https://gitlab.example.com/>; rel=next", None).is_err());
/// ```
///
/// # Errors
///
/// `gitlab.next_page_unreadable` when the header cannot be read or does not say where the next page begins;
/// `gitlab.next_page_repeated` when that is not behind the page that was `asked` for (a URL that these functions gave before;
/// the first page where there is none): whoever follows such a list never comes to its end.
pub fn next_projects_request(gitlab: &Access, link: &str, asked: Option<&str>) -> Check<Option<HttpRequest>> {
    let unreadable = || Issues::from(Issue::new(IssueCode::GitlabNextPageUnreadable));
    let mut next: Option<(String, Position)> = None;
    for target in link::targets(link, "next").map_err(|_| unreadable())? {
        let query = Query::of(target);
        // A server that repeats the token would have it written into a URL, which logs keep.
        if query.pairs().any(|(_, value)| gitlab.is_token_in(value)) {
            return Err(unreadable());
        }
        let page = (query.taken_over(), query.position().ok_or_else(unreadable)?);
        // Two next pages are none, unless they are one.
        if next.replace(page.clone()).is_some_and(|other| other != page) {
            return Err(unreadable());
        }
    }
    let Some((query, position)) = next else { return Ok(Checked::clean(None)) };
    if !position.is_behind(asked.and_then(|asked| Query::of(asked).position())) {
        return Err(Issue::new(IssueCode::GitlabNextPageRepeated).into());
    }
    Ok(Checked::clean(Some(gitlab.get(&format!("projects?{query}")))))
}

/// The parameters that say where a page begins, how the list is ordered, and what is in it (GitLab's `doc/api/projects.md`
/// and `doc/api/rest/_index.md`). Left out are those that act for somebody else (`private_token`, `sudo`, …) and those that only add
/// to the answer (`statistics`, `with_custom_attributes`, …).
const TAKEN_OVER: &[&str] = &[
    "active",
    "archived",
    "cursor",
    "id_after",
    "id_before",
    "imported",
    "include_hidden",
    "include_pending_delete",
    "last_activity_after",
    "last_activity_before",
    "marked_for_deletion_on",
    "membership",
    "min_access_level",
    "order_by",
    "owned",
    "page",
    "pagination",
    "per_page",
    "repository_checksum_failed",
    "repository_storage",
    "search",
    "search_namespaces",
    "simple",
    "sort",
    "starred",
    "topic",
    "topic_id",
    "updated_after",
    "updated_before",
    "visibility",
    "wiki_checksum_failed",
    "with_issues_enabled",
    "with_merge_requests_enabled",
    "with_programming_language",
];

/// The decoded names and values behind the `?` of a URL or of a reference to one.
struct Query(Vec<(String, String)>);

impl Query {
    fn of(reference: &str) -> Self {
        let (reference, _) = reference.split_once('#').unwrap_or((reference, ""));
        let (_, query) = reference.split_once('?').unwrap_or_default();
        Self(form_urlencoded::parse(query.as_bytes()).into_owned().collect())
    }

    /// Those that are taken over.
    fn pairs(&self) -> impl Iterator<Item = &(String, String)> {
        self.0.iter().filter(|(name, _)| TAKEN_OVER.contains(&name.as_str()))
    }

    /// Encoded anew.
    fn taken_over(&self) -> String {
        form_urlencoded::Serializer::new(String::new()).extend_pairs(self.pairs()).finish()
    }

    /// None where a page would begin nowhere or anywhere.
    fn position(&self) -> Option<Position> {
        // Of several values Rails takes the last.
        let value = |name| self.0.iter().rev().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
        let number = |name| value(name).map(str::parse::<u64>);
        // A link by key or cursor may still name a page, which has no meaning then.
        match (number("id_after"), number("id_before"), value("cursor"), number("page")) {
            (Some(id), ..) => id.ok().map(Position::After),
            (_, Some(id), ..) => id.ok().map(Position::Before),
            (_, _, Some(cursor), _) => (!cursor.is_empty()).then(|| Position::Cursor(cursor.to_owned())),
            (.., Some(page)) => page.ok().map(Position::Page),
            _ => None,
        }
    }
}

/// Where a page of a list begins.
#[derive(Clone, PartialEq, Eq)]
enum Position {
    /// Behind this id, in rising order.
    After(u64),
    /// Behind this id, in falling order.
    Before(u64),
    /// Known to GitLab alone.
    Cursor(String),
    /// Counted from 1.
    Page(u64),
}

impl Position {
    /// Whether the list goes on here after the page that began at `asked`, or after its first page.
    fn is_behind(&self, asked: Option<Self>) -> bool {
        match (self, asked) {
            (Self::After(next), Some(Self::After(asked))) | (Self::Page(next), Some(Self::Page(asked))) => {
                *next > asked
            }
            (Self::Before(next), Some(Self::Before(asked))) => *next < asked,
            (Self::Cursor(next), Some(Self::Cursor(asked))) => *next != asked,
            (Self::Page(next), _) => *next > 1,
            _ => true,
        }
    }
}

/// Asks for those projects whose path has `path` in it, in the order of their ids and from behind one of them; [`find_project`] reads
/// the answer. Without `membership`, because a token may see a project that its owner is no member of.
pub(super) fn search_request(gitlab: &Access, path: &str, after: Option<u64>) -> HttpRequest {
    let after = after.map(|id| format!("&id_after={id}")).unwrap_or_default();
    // A slash has no meaning in a query (RFC 3986 section 3.4), so it need not be encoded, which is what fails here.
    let search = path.split('/').map(percent_encoded).collect::<Vec<_>>().join("/");
    let query = "simple=true&per_page=100&order_by=id&sort=asc&pagination=keyset&search_namespaces=true";
    gitlab.get(&format!("projects?{query}{after}&search={search}"))
}

/// What a page of [`search_request`] says about the project with a path.
pub(super) enum Search {
    /// Its number.
    Found(u64),
    /// Perhaps on the page behind this id.
    GoesOn(u64),
    /// The list has ended.
    Missing,
}

/// Reads the answer to [`search_request`] for the project whose path is `path`, in any case, as GitLab looks paths up.
pub(super) fn find_project(answer: &HttpAnswer, path: &str) -> Result<Search, Issues> {
    let items = projects_of(answer)?;
    let id = |item: &Value| item.get("id").and_then(Value::as_u64);
    let is_meant = |item: &&Value| {
        item.get("path_with_namespace").and_then(Value::as_str).is_some_and(|listed| listed.eq_ignore_ascii_case(path))
    };
    Ok(match (items.iter().find(is_meant).and_then(id), items.iter().filter_map(id).max()) {
        (Some(number), _) => Search::Found(number),
        (None, Some(last)) => Search::GoesOn(last),
        (None, None) => Search::Missing,
    })
}

/// Reads a page of projects. What cannot be understood is left out and counted.
///
/// # Errors
///
/// Why there is no list.
pub fn read_projects(answer: &HttpAnswer, base: &BaseUrl) -> Check<Vec<ListedProject>> {
    let items = projects_of(answer)?;
    let projects: Vec<_> = items.iter().filter_map(|item| listed_project(item.as_object()?, base)).collect();
    let mut issues = Issues::new();
    let left_out = items.len() - projects.len();
    if left_out > 0 {
        let count = i64::try_from(left_out).unwrap_or(i64::MAX);
        issues.push(Issue::new(IssueCode::GitlabProjectsLeftOut).with("count", count));
    }
    issues.or_value(projects)
}

fn projects_of(answer: &HttpAnswer) -> Result<&[Value], Issues> {
    if !answer.is_success() {
        return Err(refusal(answer));
    }
    match answer.body.as_array() {
        Some(items) => Ok(items),
        None => Err(Issue::new(IssueCode::GitlabNotGitlabJson).into()),
    }
}

fn listed_project(project: &Map<String, Value>, base: &BaseUrl) -> Option<ListedProject> {
    let id = project.get("id")?.as_u64()?;
    let path = project.get("path_with_namespace")?.as_str().filter(|path| plain(path) == **path)?;
    let repository = RepositoryUrl::check(Some(base), &format!("{}{path}", base.as_str())).ok()?.value;
    // What is picked must be the project that GitLab named, not what is left of a path that reads otherwise.
    let is_same = repository.path() == path;
    is_same.then(|| ListedProject {
        id,
        path: path.to_owned(),
        url: repository.as_str().to_owned(),
        default_branch: default_branch(project),
        marked_for_deletion: deletion_mark(project),
    })
}

//! GitLab: the table of answers, the URLs of all requests, and what must hold for every answer.

use proptest::prelude::*;
use serde::Deserialize;
use serde_json::{Map, Value, json};
use torque_gitlab_connect::{
    address::{BaseUrl, RepositoryUrl},
    gitlab::{
        Access, Branch, LookUp, LookUpEnd, NextLookUp, assess_branch, assess_probe, assess_project, branch_request,
        inspect_token_request, list_projects_request, look_up, next_projects_request, probe_request, project_request,
        read_projects, read_version, version_request,
    },
    http::{HttpAnswer, HttpRequest},
    issue::{Check, Issue, Severity},
    secret::Secret,
};
use url::Url;

const BASE: &str = "https://gitlab.example.com/gitlab/";

fn base() -> BaseUrl {
    BaseUrl::check(BASE).expect("a base URL").value
}

fn repository() -> RepositoryUrl {
    RepositoryUrl::check(Some(&base()), &format!("{BASE}group/sub/project")).expect("inside").value
}

fn branch(name: &str) -> Branch {
    Branch::check(name).expect("a branch").value
}

fn access() -> Access {
    Access::check(&base(), &Secret::new("glpat-example".to_owned()), false).expect("https").value
}

#[derive(Deserialize)]
struct Row {
    reader: String,
    why: String,
    status: u16,
    body: Value,
    codes: Vec<String>,
    #[serde(default)]
    error: bool,
    #[serde(default)]
    params: Map<String, Value>,
    suggestion: Option<String>,
}

/// Reads `answer` as the answer to the request that `reader` names; the value as JSON.
fn read(reader: &str, answer: &HttpAnswer) -> Result<(Value, Vec<Issue>), Vec<Issue>> {
    fn plain<T: serde::Serialize>(check: Check<T>) -> Result<(Value, Vec<Issue>), Vec<Issue>> {
        match check {
            Ok(checked) => Ok((json!(checked.value), checked.warnings.into_iter().collect())),
            Err(issues) => Err(issues.into_iter().collect()),
        }
    }
    match reader {
        "project" => plain(assess_project(answer, &repository())),
        "branch" => plain(assess_branch(answer, &branch("main"))),
        "probe" => plain(assess_probe(answer, Some(&branch("main")))),
        "default_probe" => plain(assess_probe(answer, None)),
        "projects" => plain(read_projects(answer, &base())),
        "version" => plain(read_version(answer)),
        other => panic!("no reader {other}"),
    }
}

#[test]
fn every_answer_of_the_table() {
    let rows: Vec<Row> = serde_json::from_str(include_str!("data/gitlab-answers.json")).expect("the table");
    for Row { reader, why, status, body, codes, error, params, suggestion } in rows {
        let outcome = read(&reader, &HttpAnswer::new(status, &body.to_string()));
        let what = format!("{reader}: {why} ({status})");
        assert_eq!(outcome.is_err(), error, "{what}");
        let issues = outcome.map_or_else(|issues| issues, |(_, warnings)| warnings);
        assert_eq!(issues.iter().map(|issue| issue.code.as_str()).collect::<Vec<_>>(), codes, "{what}");
        for (name, expected) in params {
            assert_eq!(json!(issues[0])["params"][&name], expected, "{what}");
        }
        assert_eq!(issues.first().and_then(|issue| issue.suggestion.clone()), suggestion, "{what}");
    }
}

#[test]
fn a_project_is_reported_as_the_package_promises() {
    let body = json!({
        "id": 7, "path_with_namespace": "group/sub/project", "default_branch": "main", "visibility": "private",
        "archived": true,
    });
    let (project, _) = read("project", &HttpAnswer::new(200, &body.to_string())).expect("a project");
    let expected = json!({
        "id": 7, "path": "group/sub/project", "defaultBranch": "main", "visibility": "private", "archived": true,
        "empty": false,
    });
    assert_eq!(project, expected);
}

#[test]
fn a_proposed_branch_is_one_that_git_allows() {
    for name in ["", "a..b", "-x", "a b", "x.lock", "\u{7}"] {
        let body = json!({ "id": 7, "path_with_namespace": "group/sub/project", "default_branch": name });
        let (project, _) = read("project", &HttpAnswer::new(200, &body.to_string())).expect("a project");
        assert_eq!(project["defaultBranch"], Value::Null, "{name:?}");
    }
}

#[test]
fn a_listed_project_has_its_url_below_the_base_url() {
    let body = json!([{
        "id": 3, "path_with_namespace": "Group/sub/project", "default_branch": "trunk",
        "http_url_to_repo": "http://internal.example/Group/sub/project.git",
    }]);
    let (projects, _) = read("projects", &HttpAnswer::new(200, &body.to_string())).expect("a list");
    let url = format!("{BASE}Group/sub/project");
    assert_eq!(projects, json!([{ "id": 3, "path": "Group/sub/project", "url": url, "defaultBranch": "trunk" }]));
}

fn segments(request: &HttpRequest) -> Vec<String> {
    let url = Url::parse(&request.url).expect("a URL");
    assert_eq!(url.as_str(), request.url, "canonical already");
    url.path_segments().expect("a path").map(str::to_owned).collect()
}

#[test]
fn every_request_reads_back_unchanged() {
    let (gitlab, repository) = (access(), repository());
    let odd = branch("feature/a#1%é+b");
    let project = ["gitlab", "api", "v4", "projects", "group%2Fsub%2Fproject"];
    assert_eq!(segments(&inspect_token_request(&gitlab))[3..], ["personal_access_tokens", "self"]);
    assert_eq!(segments(&version_request(&gitlab))[1..], ["api", "v4", "version"]);
    assert_eq!(segments(&project_request(&gitlab, &repository)), project);
    let request = branch_request(&gitlab, &repository, &odd);
    assert_eq!(segments(&request)[5..], ["repository", "branches", "feature%2Fa%231%25%C3%A9%2Bb"]);
    assert_eq!(segments(&probe_request(&gitlab, &repository, None))[..5], project);
    let probe = probe_request(&gitlab, &repository, Some(&odd));
    let query: Vec<_> = Url::parse(&probe.url).expect("a URL").query_pairs().into_owned().collect();
    assert_eq!(query, [("ref".to_owned(), odd.as_str().to_owned())]);
}

#[test]
fn every_request_only_reads_and_goes_below_the_base_url() {
    let gitlab = access();
    let mut requests = every_request(&gitlab, &repository());
    requests.push(list_projects_request(&gitlab, Some("a&b=c d")));
    for request in requests {
        assert_eq!(request.method, "GET");
        assert!(request.url.starts_with("https://gitlab.example.com/gitlab/api/v4/"), "{}", request.url);
        assert!(!request.url.contains("glpat"));
        assert_eq!(request.header("Authorization"), Some("Bearer glpat-example"));
        assert_eq!(request.header("PRIVATE-TOKEN"), None);
        assert_eq!(request.credentials, "omit");
        segments(&request);
    }
}

/// One of each kind.
fn every_request(gitlab: &Access, repository: &RepositoryUrl) -> Vec<HttpRequest> {
    let (main, base) = (branch("main"), repository.as_str().strip_suffix(&repository.path()).expect("a base URL"));
    let link = format!("<{base}api/v4/projects?id_after=1>; rel=\"next\"");
    let first = look_up(gitlab, repository, None, &[]).expect("a question").value;
    let mut requests = vec![
        inspect_token_request(gitlab),
        version_request(gitlab),
        project_request(gitlab, repository),
        branch_request(gitlab, repository, &main),
        probe_request(gitlab, repository, Some(&main)),
        list_projects_request(gitlab, None),
    ];
    requests.extend(next_projects_request(gitlab, &link, None).expect("below the base URL").value);
    let LookUp::Next(NextLookUp { request }) = first else { panic!("nothing was answered yet") };
    requests.push(request);
    requests
}

#[test]
fn a_token_crosses_the_network_readable_only_where_that_is_allowed() {
    let token = Secret::new("glpat-example".to_owned());
    let base = |text: &str| BaseUrl::check(text).expect("a base URL").value;
    for text in [
        "http://gitlab.corp.example",
        "HTTP://GitLab.corp.example:8080/gitlab",
        "http://10.0.0.7/",
        "http://[fd00::7]/",
        "http://localhost.corp.example/",
        "http://127.0.0.2/",
        "http://[::2]/",
    ] {
        let base = base(text);
        let issues = Access::check(&base, &token, false).expect_err(text);
        assert_eq!(issues.iter().map(|issue| issue.code.as_str()).collect::<Vec<_>>(), ["gitlab.http_not_allowed"]);
        let allowed = Access::check(&base, &token, true).expect("allowed").value;
        let repository = RepositoryUrl::check(Some(&base), &format!("{}a/b", base.as_str())).expect("inside").value;
        let requests = every_request(&allowed, &repository);
        assert!(requests.iter().all(|request| request.url.starts_with(base.as_str())), "{text}");
    }
    for text in ["https://gitlab.corp.example", "http://localhost:8080/", "http://127.0.0.1/", "http://[::1]/"] {
        assert!(Access::check(&base(text), &token, false).is_ok(), "{text}");
    }
}

/// Asks `look_up` until it is done; `answer` stands for GitLab. What was asked for, and what came of it.
fn looked_up(
    branch: Option<&str>,
    answer: impl Fn(&str) -> HttpAnswer,
) -> (Vec<String>, Result<Option<Value>, String>) {
    let (gitlab, repository) = (access(), repository());
    let branch = branch.map(self::branch);
    let (mut asked, mut answers) = (Vec::new(), Vec::new());
    loop {
        match look_up(&gitlab, &repository, branch.as_ref(), &answers) {
            Ok(checked) => match checked.value {
                LookUp::Next(NextLookUp { request }) => {
                    let rest = request.url.strip_prefix(&format!("{BASE}api/v4/projects")).expect("about projects");
                    let rest = rest.strip_prefix("/group%2Fsub%2Fproject").unwrap_or(rest).to_owned();
                    answers.push(answer(&rest));
                    asked.push(rest);
                }
                LookUp::Known(LookUpEnd { proved: true, project }) => {
                    return (asked, Ok(project.map(|project| json!(project))));
                }
                LookUp::Known(LookUpEnd { proved: false, .. }) => {
                    let warning = checked.warnings.iter().last().expect("a warning");
                    assert_eq!(warning.severity, Severity::Warning);
                    return (asked, Err(format!("unknown: {}", warning.code.as_str())));
                }
            },
            Err(issues) => {
                let mut errors = issues.iter().filter(|issue| issue.severity == Severity::Error);
                return (asked, Err(errors.next().expect("an error").code.as_str().to_owned()));
            }
        }
    }
}

#[test]
fn a_look_up_asks_for_the_project_then_for_what_its_answer_left_open() {
    let answer = |status, body: Value| HttpAnswer::new(status, &body.to_string());
    let project =
        || answer(200, json!({ "id": 7, "path_with_namespace": "group/sub/project", "default_branch": "main" }));
    let no_scope = || answer(403, json!({ "error": "insufficient_scope", "scope": "api read_api" }));
    let missing = |what| answer(404, json!({ "message": format!("404 {what} Not Found") }));
    let file = |reference| format!("/repository/files/.torque-probe?ref={reference}");
    let other = "/repository/branches/release%2F2".to_owned();

    for branch in [None, Some("main")] {
        let (asked, found) = looked_up(branch, |_| project());
        assert_eq!(
            (asked, found.map(|project| project.expect("a project")["id"].clone())),
            (vec![String::new()], Ok(json!(7)))
        );
    }
    let by_path = |rest: &str| if rest.is_empty() { project() } else { missing("Branch") };
    assert_eq!(
        looked_up(Some("release/2"), by_path),
        (vec![String::new(), other.clone()], Err("gitlab.branch_not_found".to_owned()))
    );
    let by_path = |rest: &str| if rest.is_empty() { project() } else { answer(200, json!({ "name": "release/2" })) };
    assert!(matches!(looked_up(Some("release/2"), by_path), (asked, Ok(Some(_))) if asked == [String::new(), other]));

    let by_path = |rest: &str| if rest.is_empty() { no_scope() } else { missing("File") };
    assert_eq!(looked_up(None, by_path), (vec![String::new(), file("HEAD")], Ok(None)));
    let by_path = |rest: &str| match rest {
        "" => no_scope(),
        rest if rest.ends_with("ref=HEAD") => missing("File"),
        _ => missing("Commit"),
    };
    let to_the_end = vec![String::new(), file("main"), file("HEAD")];
    assert_eq!(looked_up(Some("main"), by_path), (to_the_end.clone(), Err("gitlab.branch_not_found".to_owned())));
    // No branch is missing where there is none.
    let by_path = |rest: &str| if rest.is_empty() { no_scope() } else { missing("Commit") };
    assert_eq!(looked_up(Some("main"), by_path), (to_the_end, Ok(None)));
    let asked_again = looked_up(None, |_| no_scope());
    assert_eq!(asked_again, (vec![String::new(), file("HEAD")], Err("unknown: gitlab.insufficient_scope".to_owned())));
    // Only the list tells whether GitLab was given this very path.
    let (asked, found) = looked_up(Some("main"), |_| missing("Project"));
    assert_eq!((asked.len(), found), (2, Err("gitlab.project_not_found".to_owned())));
}

#[test]
fn a_path_that_a_proxy_does_not_let_through_is_looked_up_by_the_list_and_the_number() {
    let answer = |status, body: Value| HttpAnswer::new(status, &body.to_string());
    let apache = || HttpAnswer::new(404, "<!DOCTYPE HTML><title>404 Not Found</title>");
    let list = "?simple=true&per_page=100&order_by=id&sort=asc&pagination=keyset&search_namespaces=true";
    let first = format!("{list}&search=group/sub/project");
    let project = json!({ "id": 42, "path_with_namespace": "Group/sub/project", "default_branch": "main" });
    let others = json!([{ "id": 7, "path_with_namespace": "group/sub/project-x" }, { "id": 9, "path_with_namespace": "x/group/sub/project" }]);
    let serve = |rest: &str| match rest {
        "" => apache(),
        "/42" => answer(200, project.clone()),
        "/42/repository/branches/develop" => answer(200, json!({ "name": "develop" })),
        "/42/repository/files/.torque-probe?ref=release%2F2" => answer(404, json!({ "message": "404 File Not Found" })),
        rest if rest.contains("id_after=9") => answer(200, json!([project])),
        rest if rest.starts_with('?') => answer(200, others.clone()),
        rest => panic!("{rest}"),
    };
    let second = format!("{list}&id_after=9&search=group/sub/project");
    for (branch, last) in [
        (None, None),
        (Some("main"), None),
        (Some("develop"), Some("/42/repository/branches/develop")),
        (Some("release/2"), Some("/42/repository/files/.torque-probe?ref=release%2F2")),
    ] {
        let (asked, found) = looked_up(branch, serve);
        let expected = ["", &first, &second, "/42"].into_iter().chain(last).map(str::to_owned).collect::<Vec<_>>();
        assert_eq!((asked, found.map(|project| project.expect("a project")["id"].clone())), (expected, Ok(json!(42))));
    }

    // A proxy has encoded the path once more: GitLab knows no such project, and lists it.
    let twice = |rest: &str| match rest {
        "" => answer(404, json!({ "message": "404 Project Not Found" })),
        rest => serve(rest),
    };
    let (asked, found) = looked_up(None, twice);
    assert_eq!((asked.len(), found.map(|project| project.expect("a project")["id"].clone())), (4, Ok(json!(42))));
    let missing = |rest: &str| match rest {
        rest if rest.starts_with('?') => answer(200, json!([])),
        _ => answer(404, json!({ "message": "404 Project Not Found" })),
    };
    let (gitlab, place) = (access(), repository());
    let answers = ["", "?"].map(missing);
    let issues = look_up(&gitlab, &place, None, &answers).expect_err("missing");
    assert_eq!(issues.iter().map(|issue| issue.code.as_str()).collect::<Vec<_>>(), ["gitlab.project_not_found"]);

    // A list that ends, one that never does, and one that is no list.
    let ends = |rest: &str| match rest {
        "" => apache(),
        rest if rest.contains("id_after") => answer(200, json!([])),
        _ => answer(200, others.clone()),
    };
    assert_eq!(looked_up(None, ends).1, Err("gitlab.project_not_found".to_owned()));
    let repeats = |rest: &str| if rest.is_empty() { apache() } else { answer(200, others.clone()) };
    assert_eq!(looked_up(None, repeats).1, Err("unknown: gitlab.not_gitlab_json".to_owned()));
    let endless = |rest: &str| {
        let after = rest.split_once("id_after=").map_or("0", |(_, rest)| rest.split('&').next().expect("an id"));
        let id = 1 + after.parse::<u64>().expect("an id");
        if rest.is_empty() { apache() } else { answer(200, json!([{ "id": id, "path_with_namespace": "a/b" }])) }
    };
    let (asked, found) = looked_up(None, endless);
    assert_eq!((asked.len(), found), (11, Err("unknown: gitlab.not_gitlab_json".to_owned())));
    let (asked, found) = looked_up(None, |_| apache());
    assert_eq!((asked, found), (vec![String::new(), first.clone()], Err("unknown: gitlab.not_gitlab_json".to_owned())));
    // The number is not to be had, and it is known why.
    let no_scope = || answer(403, json!({ "error": "insufficient_scope", "scope": "api read_api" }));
    let closed = |rest: &str| if rest.is_empty() { apache() } else { no_scope() };
    assert_eq!(looked_up(None, closed).1, Err("unknown: gitlab.insufficient_scope".to_owned()));
    let unknown = |rest: &str| {
        if rest.is_empty() { apache() } else { answer(401, json!({ "message": "401 Unauthorized" })) }
    };
    assert_eq!(looked_up(None, unknown).1, Err("gitlab.unauthorized".to_owned()));
}

#[test]
fn a_project_that_is_marked_for_deletion_is_reported_by_its_date_or_its_path() {
    let project = |path: &str, more: Value| {
        let mut body = json!({ "id": 7, "path_with_namespace": path, "default_branch": "main" });
        body.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
        body
    };
    let path = "group/sub/project";
    for (body, on) in [
        (project(path, json!({ "marked_for_deletion_on": "2026-11-20" })), json!("2026-11-20")),
        (project(path, json!({ "marked_for_deletion_at": "2026-11-20" })), json!("2026-11-20")),
        (
            project(path, json!({ "marked_for_deletion_on": null, "marked_for_deletion_at": "2026-11-20" })),
            json!("2026-11-20"),
        ),
        (
            project(path, json!({ "marked_for_deletion_on": "2026-11-20T09:12:44.512Z", "archived": true })),
            json!("2026-11-20"),
        ),
        (project("group/sub/project-deletion_scheduled-7", json!({})), Value::Null),
        (project("group/sub-deletion_scheduled-12/Project", json!({})), Value::Null),
        (
            project("group/sub/project-deletion_scheduled-7", json!({ "marked_for_deletion_on": "2026-11-20" })),
            json!("2026-11-20"),
        ),
    ] {
        let answer = HttpAnswer::new(200, &body.to_string());
        let (found, issues) = read("project", &answer).expect("a warning");
        assert_eq!(found["markedForDeletion"], json!({ "on": on }), "{body}");
        // That it has another path now is no further news.
        assert_eq!(
            issues.iter().map(|issue| issue.code.as_str()).collect::<Vec<_>>(),
            ["gitlab.marked_for_deletion"],
            "{body}"
        );
        assert_eq!(json!(issues[0])["params"]["date"], if on.is_null() { json!("unknown") } else { on.clone() });
        let (listed, issues) = read("projects", &HttpAnswer::new(200, &json!([body]).to_string())).expect("a list");
        assert_eq!((&listed[0]["markedForDeletion"], issues.len()), (&json!({ "on": on }), 0), "{body}");
    }
    for body in [
        project(path, json!({ "marked_for_deletion_on": null, "marked_for_deletion_at": null })),
        project(path, json!({ "marked_for_deletion_on": "" })),
    ] {
        let (found, issues) = read("project", &HttpAnswer::new(200, &body.to_string())).expect("a project");
        assert_eq!((found.get("markedForDeletion"), issues.len()), (None, 0), "{body}");
    }
    for other in [
        "group/sub/project-deletion_scheduled-",
        "group/sub/project-deletion_scheduled-7x",
        "group/sub/deletion_scheduled-7",
    ] {
        let (found, _) = read("project", &HttpAnswer::new(200, &project(other, json!({})).to_string())).expect("moved");
        assert_eq!(found.get("markedForDeletion"), None, "{other}");
    }
}

/// The next page, or the code of what is wrong with it.
fn next(link: &str) -> Result<Option<String>, &'static str> {
    address_or_code(next_projects_request(&access(), link, None))
}

fn address_or_code(check: Check<Option<HttpRequest>>) -> Result<Option<String>, &'static str> {
    match check {
        Ok(checked) => Ok(checked.value.map(|request| request.url.clone())),
        Err(issues) => Err(issues.iter().next().expect("an issue").code.as_str()),
    }
}

const UNREADABLE: &str = "gitlab.next_page_unreadable";
const REPEATED: &str = "gitlab.next_page_repeated";

#[test]
fn the_next_page_is_asked_for_at_our_address_whatever_gitlab_takes_for_its_own() {
    let ours = format!("{BASE}api/v4/projects?id_after=42&order_by=id");
    for place in [
        "https://gitlab.example.com/gitlab/api/v4/projects",
        "http://gitlab.example.com/gitlab/api/v4/projects",
        "HTTPS://GITLAB.EXAMPLE.COM/gitlab/api/v4/projects",
        "https://gitlab.example.com:443/gitlab/api/v4/projects",
        "http://gitlab.example.com:8080/gitlab/api/v4/projects",
        "http://10.0.0.7:8181/api/v4/projects",
        "http://localhost/api/v4/projects",
        "https://gitlab.example.com/api/v4/projects",
        "https://gitlab.example.com/gitlab//api/v4/projects",
        "https://user:secret@gitlab.example.com/gitlab/api/v4/projects",
        "https://evil.example/gitlab/api/v4/personal_access_tokens/self",
        "https://gitlab.example.com\\@evil.example/../../x",
        "//gitlab.example.com/gitlab/api/v4/projects",
        "/api/v4/projects",
        "projects",
        "",
    ] {
        let link = format!("<{place}?id_after=42&order_by=id>; rel=\"next\"");
        assert_eq!(next(&link), Ok(Some(ours.clone())), "{place}");
        let link = format!("<{place}?page=1>; rel=first, <{place}?id_after=42&order_by=id#top>; Rel = \"prev NEXT\"");
        assert_eq!(next(&link), Ok(Some(ours.clone())), "{place}");
    }
}

#[test]
fn of_a_link_only_what_pages_and_filters_a_list_is_taken() {
    let query = |link: &str| {
        let url = next(&format!("<{link}>; rel=\"next\"")).expect("readable").expect("a next page");
        let url = Url::parse(&url).expect("a URL");
        assert_eq!(url.path(), "/gitlab/api/v4/projects");
        url.query_pairs().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>()
    };
    // All that is asked for on the first page is there on the next one.
    let first = list_projects_request(&access(), Some("a&b=c d/é#")).url.clone();
    let asked: Vec<_> = Url::parse(&first).expect("a URL").query_pairs().map(|(n, v)| format!("{n}={v}")).collect();
    assert_eq!(query(&format!("{first}&id_after=42")), [&asked[..], &["id_after=42".to_owned()]].concat());
    assert_eq!(query("?cursor=eyJpZCI6NDJ9&min_access_level=20&sort=desc").len(), 3);
    for other in
        ["private_token=x", "access_token=x", "job_token=x", "sudo=root", "statistics=true", "x", "PAGE=9", "_=1"]
    {
        assert_eq!(query(&format!("?{other}&page=2")), ["page=2"], "{other}");
    }
    // What is no query is encoded, not passed on.
    assert_eq!(query("?page=2&search=x y\r\nHost: evil%00\u{e9}"), ["page=2", "search=x y\r\nHost: evil\0\u{e9}"]);
}

#[test]
fn a_list_that_goes_on_at_no_known_place_is_reported_and_does_not_end_in_silence() {
    assert_eq!(next(""), Ok(None));
    assert_eq!(next("<?page=1>; rel=\"first\""), Ok(None));
    for target in [
        "",
        "?",
        "x",
        "javascript:alert(1)",
        "?membership=true",
        "?id_after=",
        "?id_after=x",
        "?page=2x",
        "?cursor=",
        "#?page=2",
        "?id_after=-1",
        "?id_after=99999999999999999999",
    ] {
        assert_eq!(next(&format!("<{target}>; rel=\"next\"")), Err(UNREADABLE), "{target}");
    }
    for header in [
        "next",
        "<?page=2",
        "<?page=2>; rel=\"next",
        "<?page=2> <?page=3>",
        "<?page=2>; rel=next, x",
        "<?page=2>; rel=\"next\", <?page=3>; rel=\"next\"",
    ] {
        assert_eq!(next(header), Err(UNREADABLE), "{header}");
    }
    // Said twice, it is no less clear.
    let twice = "<http://a/projects?page=2>; rel=next, <https://b/projects?page=2>; rel=next";
    assert_eq!(next(twice), Ok(Some(format!("{BASE}api/v4/projects?page=2"))));
}

#[test]
fn a_next_page_that_leads_nowhere_new_is_reported() {
    for link in ["<?page=1>; rel=next", "<?page=0>; rel=next"] {
        assert_eq!(next(link), Err(REPEATED), "{link}");
    }
    let after = |asked: &str, target: &str| {
        let asked = format!("{BASE}api/v4/projects?{asked}");
        address_or_code(next_projects_request(&access(), &format!("<{target}>; rel=\"next\""), Some(&asked)))
            .map(|_| ())
    };
    for (asked, target, expected) in [
        ("order_by=id", "?id_after=42", Ok(())),
        ("id_after=42", "?id_after=43&page=1", Ok(())),
        ("id_after=42", "?id_after=42", Err(REPEATED)),
        ("id_after=42", "?id_after=7", Err(REPEATED)),
        ("id_before=42", "?id_before=7", Ok(())),
        ("id_before=42", "?id_before=42", Err(REPEATED)),
        ("page=2", "?page=3", Ok(())),
        ("page=2", "?page=2", Err(REPEATED)),
        ("page=2", "?page=1", Err(REPEATED)),
        ("cursor=a", "?cursor=b", Ok(())),
        ("cursor=a", "?cursor=a", Err(REPEATED)),
        ("page=2", "?x", Err(UNREADABLE)),
    ] {
        assert_eq!(after(asked, target), expected, "{asked} {target}");
    }
}

/// A sentence or clause that begins with what somebody can do.
fn says_what_to_try(message: &str) -> bool {
    let mut clauses = message.split(['.', ',']).map(str::trim_start);
    clauses.any(|clause| ["Check ", "Open ", "Use ", "Wait ", "Try "].iter().any(|start| clause.starts_with(start)))
}

#[test]
fn what_proves_nothing_is_reported_as_that_and_says_what_to_try() {
    let (gitlab, repository) = (access(), repository());
    for (status, body) in [
        (0, json!("")),
        (302, json!("")),
        (200, json!("<html>Sign in")),
        (200, json!({ "status": "ok" })),
        (400, json!("<html>400")),
        (401, json!("<html>401")),
        (403, json!({ "message": "Forbidden" })),
        (403, json!("<html>403")),
        (404, json!({ "error": "404 Not Found" })),
        (404, json!("<html>404")),
        (418, json!({ "message": "418" })),
        (429, json!("Retry later\n")),
        (502, json!("<html>502")),
    ] {
        // To the list, too, where that is asked for.
        let answers = vec![HttpAnswer::new(status, &body.to_string()); 2];
        let check = look_up(&gitlab, &repository, None, &answers).expect("no refusal");
        assert_eq!(check.value, LookUp::Known(LookUpEnd { proved: false, project: None }), "{status}");
        let message = check.warnings.iter().next().expect("a reason").message();
        assert!(says_what_to_try(&message), "{message}");
    }
    let no_scope = HttpAnswer::new(403, &json!({ "error": "insufficient_scope", "scope": "api read_api" }).to_string());
    let check = look_up(&gitlab, &repository, None, &[no_scope.clone(), no_scope]).expect("no refusal");
    assert!(says_what_to_try(&check.warnings.iter().next().expect("a reason").message()));
}

/// What a single reader says of `answer`, as a person sees it.
fn shown_by(reader: &str, answer: &HttpAnswer) -> String {
    match read(reader, answer) {
        Ok((value, issues)) => format!("{value} {}", json!(issues)),
        Err(issues) => json!(issues).to_string(),
    }
}

#[test]
fn no_reader_shows_what_looks_like_a_token() {
    for token in ["Zq7mark1Vv9Kk2Ww3Xx4", "ZQ7MARK1VV9KK2WW3XX4", "glpat-Zq7mark1Vv9Kk2", "Zq7m\u{34f}ark1Vv9Kk2Ww3Xx4"]
    {
        let project = json!({
            "id": 7, "path_with_namespace": format!("group/{token}"), "default_branch": token, "visibility": token,
            "version": token, "name": token, "marked_for_deletion_on": token,
        });
        let echo = format!("you sent {token}");
        let answers = [
            (200, project.clone()),
            (200, json!([project])),
            (403, json!({ "error": "insufficient_scope", "scope": format!("{token} api") })),
            (403, json!({ "message": format!("403 Forbidden - {echo}") })),
            (404, json!({ "message": format!("404 {echo}") })),
            (500, json!({ "message": echo })),
        ];
        for reader in ["project", "branch", "probe", "default_probe", "projects", "version"] {
            for (status, body) in &answers {
                let shown = shown_by(reader, &HttpAnswer::new(*status, &body.to_string())).to_ascii_lowercase();
                assert!(!shown.contains("q7m") && !shown.contains("mark1"), "{reader} {status}: {shown}");
            }
        }
    }
}

#[test]
fn names_of_many_words_are_shown_as_gitlab_writes_them() {
    for name in
        ["network-infrastructure-modules-for-production", "CustomerPortalBackendService", "terraform-aws-eks-v2"]
    {
        let project = json!({ "id": 7, "path_with_namespace": format!("group/{name}"), "default_branch": name });
        let (read_project, issues) = read("project", &HttpAnswer::new(200, &project.to_string())).expect("a project");
        assert_eq!(
            [&read_project["path"], &read_project["defaultBranch"]],
            [&json!(format!("group/{name}")), &json!(name)]
        );
        assert_eq!(issues[0].suggestion.as_deref(), Some(format!("{BASE}group/{name}").as_str()));
        let list = json!([project]).to_string();
        let (projects, _) = read("projects", &HttpAnswer::new(200, &list)).expect("a list");
        assert_eq!(projects[0]["path"], format!("group/{name}"));
    }
}

#[test]
fn a_look_up_repeats_no_piece_of_its_token() {
    let token = "corp-Qr9_St0_Uv1_Wx2";
    let gitlab = Access::check(&base(), &Secret::new(token.to_owned()), false).expect("https").value;
    let body = json!({
        "id": 7, "path_with_namespace": "group/St0_Uv1_Wx2", "default_branch": "qr9_st0_uv1", "visibility": "Qr9_St0_",
    });
    let answers = [HttpAnswer::new(200, &body.to_string())];
    let check = look_up(&gitlab, &repository(), None, &answers).expect("no refusal");
    let shown = format!("{} {}", json!(check.value), json!(check.warnings)).to_ascii_lowercase();
    assert!(check.warnings.iter().any(|issue| issue.code.as_str() == "gitlab.moved"));
    assert!(!shown.contains("st0_uv1"), "{shown}");
    assert!(!shown.contains("qr9_st0"), "{shown}");
}

#[test]
fn a_branch_that_cannot_be_looked_up_leaves_what_is_known_of_the_project() {
    let body =
        json!({ "id": 7, "path_with_namespace": "group/sub/project", "default_branch": "main", "archived": true });
    let answers = [HttpAnswer::new(200, &body.to_string()), HttpAnswer::new(503, &json!("").to_string())];
    let check = look_up(&access(), &repository(), Some(&branch("other")), &answers).expect("no refusal");
    assert!(
        matches!(check.value, LookUp::Known(LookUpEnd { proved: false, project: Some(project) }) if project.id == 7)
    );
    let codes: Vec<_> = check.warnings.iter().map(|issue| issue.code.as_str()).collect();
    assert_eq!(codes, ["gitlab.archived", "gitlab.server_error"]);
}

#[test]
fn a_huge_header_is_read_like_a_short_one() {
    let list = format!("{BASE}api/v4/projects?");
    let first = format!("<{list}x>; rel=\"first\", ").repeat(50_000);
    assert_eq!(next(&format!("{first}<{list}id_after=1>; rel=\"next\"")), Ok(Some(format!("{list}id_after=1"))));
    assert_eq!(next(&first.repeat(2)), Ok(None));
    assert_eq!(
        next(&format!("<{list}{}>; rel=\"next\"; {}", "x".repeat(1_000_000), "a=\"".repeat(100_000))),
        Err(UNREADABLE)
    );
}

proptest! {
    #[test]
    fn a_next_page_is_always_the_list_below_the_base_url(
        link in prop_oneof![any::<String>(), "[<>;,=\" a-z:/.?@]{0,80}", "<[ -=?-~]{0,20}\\?page=2[ -=?-~]{0,20}>; rel=\"next\""],
    ) {
        if let Ok(Some(url)) = next(&link) {
            let url = Url::parse(&url).expect("a URL");
            prop_assert_eq!(url.host_str(), Some("gitlab.example.com"));
            prop_assert_eq!(url.path(), "/gitlab/api/v4/projects");
        }
    }

    #[test]
    fn no_answer_makes_a_reader_panic_and_every_refusal_has_an_error(
        status in prop_oneof![Just(200u16), Just(401), Just(403), Just(404), any::<u16>()],
        body in any_json(),
        reader in proptest::sample::select(vec!["project", "branch", "probe", "default_probe", "projects", "version"]),
    ) {
        if let Err(issues) = read(reader, &HttpAnswer::new(status, &body.to_string())) {
            prop_assert!(issues.iter().any(|issue| json!(issue)["severity"] == "error"));
            for issue in issues {
                prop_assert!(issue.params.iter().all(|(name, _)| issue.code.params().contains(name)));
            }
        }
    }
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
        proptest::sample::select(vec!["404 Project Not Found", "403 Forbidden", "insufficient_scope", "main", "a/b"])
            .prop_map(Value::from),
    ];
    let key = proptest::sample::select(vec![
        "id",
        "path_with_namespace",
        "default_branch",
        "message",
        "error",
        "error_description",
        "scope",
        "name",
        "archived",
        "version",
    ]);
    leaf.prop_recursive(3, 24, 6, move |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            proptest::collection::btree_map(key.clone(), inner, 0..8).prop_map(|map| json!(map)),
        ]
    })
}

#[test]
fn a_next_page_that_repeats_the_token_is_not_asked_for() {
    let base = BaseUrl::check("https://gitlab.example.com/").expect("a base URL").value;
    for token in ["glpat-Xq7Rk2Lm9Pv4Tz8Wb3Nq", "_uJ5yPX4XaNu_LC0C4V7"] {
        let gitlab = Access::check(&base, &Secret::new(token.to_owned()), false).expect("https").value;
        for parameter in ["search", "cursor", "topic"] {
            for written in [token.to_owned(), token.to_uppercase(), token[4..].to_owned()] {
                let link =
                    format!("<https://gitlab.example.com/api/v4/projects?page=2&{parameter}={written}>; rel=\"next\"");
                let issues = next_projects_request(&gitlab, &link, None).expect_err("a token in a URL");
                let codes: Vec<&str> = issues.iter().map(|issue| issue.code.as_str()).collect();
                assert_eq!(codes, ["gitlab.next_page_unreadable"], "{parameter}");
            }
        }
    }
}

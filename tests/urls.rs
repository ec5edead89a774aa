//! Base, repository and portal URLs against the tables in `tests/data/`, which the package's tests run too.

use serde::Deserialize;
use serde_json::{Map, Value};
use torque_gitlab_connect::{
    base_url::BaseUrl,
    issue::{Issue, Issues},
    portal_url::PortalUrl,
    repository_url::RepositoryUrl,
};

#[derive(Deserialize)]
struct Row {
    input: String,
    #[serde(default)]
    base: Option<String>,
    url: Option<String>,
    path: Option<String>,
    codes: Vec<String>,
    suggestion: Option<String>,
    #[serde(default)]
    params: Map<String, Value>,
}

fn rows(table: &str) -> Vec<Row> {
    serde_json::from_str(table).expect("the table is JSON")
}

#[track_caller]
fn compare(row: &Row, url: Option<&str>, issues: &Issues) {
    let input = &row.input;
    assert_eq!(url, row.url.as_deref(), "{input:?}: {issues}");
    let codes: Vec<&str> = issues.iter().map(|issue| issue.code.as_str()).collect();
    assert_eq!(codes, row.codes, "{input:?}");
    assert_eq!(issues.iter().find_map(|issue| issue.suggestion.clone()), row.suggestion, "{input:?}");
    if row.url.is_none() {
        let first = issues.iter().next().expect("a refusal has an issue");
        let params = serde_json::to_value(first).expect("an issue is JSON")["params"].clone();
        for (name, value) in &row.params {
            assert_eq!(&params[name], value, "{input:?}: {name}");
        }
    }
    for issue in issues {
        assert_params_are_the_codes_own(issue);
    }
}

#[track_caller]
fn assert_params_are_the_codes_own(issue: &Issue) {
    let expected = issue.code.params();
    let got: Vec<&str> = issue.params.names().collect();
    assert!(expected.iter().all(|name| got.contains(name)) && got.len() == expected.len(), "{issue:?}");
    assert!(!issue.message().contains('{'), "{}", issue.message());
}

#[test]
fn base_urls() {
    for row in rows(include_str!("data/base-urls.json")) {
        match BaseUrl::check(&row.input) {
            Ok(checked) => compare(&row, Some(checked.value.as_str()), &checked.warnings),
            Err(issues) => compare(&row, None, &issues),
        }
    }
}

#[test]
fn portal_urls() {
    for row in rows(include_str!("data/portal-urls.json")) {
        match PortalUrl::check(&row.input) {
            Ok(checked) => compare(&row, Some(checked.value.as_str()), &checked.warnings),
            Err(issues) => compare(&row, None, &issues),
        }
    }
}

#[test]
fn a_portals_own_host_needs_no_warning() {
    let check =
        |origin| PortalUrl::check_on_page("https://portal.example.com/torque/", origin).expect("valid").warnings;
    assert!(check(Some("https://portal.example.com")).is_empty());
    assert!(!check(Some("https://other.example.com")).is_empty());
    assert!(!check(Some("null")).is_empty());
}

#[test]
fn plain_http_is_for_this_machine_alone() {
    let is_loopback = |url| BaseUrl::check(url).expect("valid").value.is_loopback();
    assert!(["http://localhost:8080/", "http://127.0.0.1/", "http://[::1]/"].into_iter().all(is_loopback));
    let others = ["http://localhost.example.com/", "http://127.0.0.2/", "http://[::]/", "http://gitlab.example.com/"];
    assert!(!others.into_iter().any(is_loopback));
}

#[test]
fn repository_urls() {
    for row in rows(include_str!("data/repository-urls.json")) {
        let base = row.base.as_deref().map(|base| BaseUrl::check(base).expect("the table's bases are good").value);
        match RepositoryUrl::check(base.as_ref(), &row.input) {
            Ok(checked) => {
                compare(&row, Some(checked.value.as_str()), &checked.warnings);
                assert_eq!(Some(checked.value.path.as_str()), row.path.as_deref());
            }
            Err(issues) => {
                compare(&row, None, &issues);
                if let Some(suggestion) = &row.suggestion {
                    let again = RepositoryUrl::check(base.as_ref(), suggestion).expect("a suggestion passes").value;
                    assert_eq!(again.as_str(), suggestion);
                }
            }
        }
    }
}

#[test]
fn a_pasted_file_does_not_come_back_in_an_issue() {
    let base = BaseUrl::check("https://gitlab.example.com/").expect("valid").value;
    for text in [format!("https://{}/group/project", "a".repeat(1_000_000)), "a/".repeat(500_000)] {
        let issues = RepositoryUrl::check(Some(&base), &text).expect_err("no repository of this base");
        assert!(issues.to_string().len() < 1_000);
    }
}

#[test]
fn parts_tell_where_they_stand_in_the_canonical_url() {
    let base = BaseUrl::check("https://gitlab.example.com:8443/root/gitlab").expect("valid").value;
    let url = "HTTPS://GITLAB.example.com:8443/root/gitlab/group/sub/project.git";
    let repository = RepositoryUrl::check(Some(&base), url).expect("inside").value;
    let text = |(start, end): (usize, usize)| &repository.url[start..end];
    let parts = &repository.parts;
    assert_eq!(text(parts.scheme), "https");
    assert_eq!(text(parts.host), "gitlab.example.com");
    assert_eq!(parts.port.map(text), Some("8443"));
    let without = RepositoryUrl::check(None, "https://gitlab.example.com/group/project").expect("valid").value;
    assert_eq!(without.parts.port, None);
    assert_eq!(text(parts.base_path), "/root/gitlab/");
    assert_eq!(text(parts.namespace), "group/sub");
    assert_eq!(text(parts.project), "project");
}

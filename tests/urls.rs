//! Base, repository and portal URLs against the tables in `tests/data/`, which the package's tests run too.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use serde_json::{Map, Value};
use torque_gitlab_connect::{
    address::{BaseUrl, PortalUrl, RepositoryUrl, Verdict, verdict},
    issue::{Issue, IssueCode, Issues, Severity, UrlError},
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
    /// What the package offers, since JavaScript's `URL` knows IDNA; the core alone has no suggestion.
    #[serde(rename = "suggestionOfPlatform")]
    suggestion_of_platform: Option<String>,
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
    let got: Vec<&str> = issue.params.iter().map(|(name, _)| *name).collect();
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
fn a_host_whose_text_no_host_may_have_is_left_to_the_other_parser() {
    // A capital letter, a wide slash, a wide full stop.
    for host in ["xn--wca.example", "xn--ab-1u3n.example", "gitlab.xn--ab-r13a"] {
        let issues = BaseUrl::check(&format!("https://{host}/")).expect_err(host);
        assert_eq!(
            issues.iter().map(|issue| issue.code.as_str()).collect::<Vec<_>>(),
            ["base_url.ambiguous"],
            "{host}"
        );
        let url = format!("https://{host}/group/project");
        assert!(
            RepositoryUrl::check(None, &url)
                .is_err_and(|issues| issues.has(IssueCode::RepositoryUrl(UrlError::Ambiguous)))
        );
        // A list does not ask the other parser, and says the same.
        let base = BaseUrl::check("https://gitlab.example.com/").expect("valid").value;
        assert_eq!(Verdict::of(&RepositoryUrl::check(Some(&base), &url)), verdict(&base, &url));
    }
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
        if let Some(base) = &base {
            let expected = match row.codes.first().map(String::as_str) {
                _ if row.url.is_some() => Verdict::Inside,
                Some("repository_url.outside_base_url") => Verdict::Outside,
                _ => Verdict::Invalid,
            };
            assert_eq!(verdict(base, &row.input), expected, "{:?} in a list", row.input);
        }
        match RepositoryUrl::check(base.as_ref(), &row.input) {
            Ok(checked) => {
                compare(&row, Some(checked.value.as_str()), &checked.warnings);
                assert_eq!(Some(checked.value.path()), row.path.as_deref());
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

/// An address below a GitLab, given for the GitLab's own, is refused with the GitLab in it.
#[test]
fn an_address_below_a_gitlab_is_no_base_url() {
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Pages {
        roots: Vec<String>,
        below: BTreeMap<String, String>,
        roots_of_another_name: Vec<String>,
        below_any_root: BTreeMap<String, String>,
        servers: Vec<String>,
    }
    let pages: Pages = serde_json::from_str(include_str!("data/gitlab-pages.json")).expect("the table is JSON");
    for (roots, below) in [(pages.roots, pages.below), (pages.roots_of_another_name, pages.below_any_root)] {
        for (root, (page, code)) in roots.iter().flat_map(|root| below.iter().map(move |page| (root, page))) {
            let address = format!("{root}{page}");
            let issues = BaseUrl::check(&address).expect_err(&address);
            let shown: Vec<_> = issues.iter().map(|issue| (issue.code.as_str(), issue.suggestion.as_deref())).collect();
            assert_eq!(shown, [(format!("base_url.{code}").as_str(), Some(root.as_str()))], "{address}");
        }
    }
    for server in pages.servers {
        assert_eq!(BaseUrl::check(&server).map(|checked| checked.value.to_string()), Ok(server));
    }
}

/// URLs as people paste them, each with the right repository: as a suggestion, or accepted as it is.
#[derive(Deserialize)]
struct PastedRow {
    base: Option<String>,
    input: String,
    meant: Option<String>,
}

#[test]
fn what_is_pasted_leads_to_the_repository_that_was_pasted() {
    let rows: Vec<PastedRow> = serde_json::from_str(include_str!("data/pasted-urls.json")).expect("the table is JSON");
    let mut led = 0;
    for PastedRow { base, input, meant } in &rows {
        let base = base.as_deref().map(|base| BaseUrl::check(base).expect("the table's bases are good").value);
        let (accepted, issues) = match RepositoryUrl::check(base.as_ref(), input) {
            Ok(checked) => (Some(checked.value.to_string()), checked.warnings),
            Err(issues) => (None, issues),
        };
        let offered = issues.iter().find_map(|issue| issue.suggestion.clone());
        if let Some(offered) = &offered {
            let again = RepositoryUrl::check(base.as_ref(), offered).expect("a suggestion passes").value;
            assert_eq!(again.as_str(), offered);
        }
        assert_eq!(offered.or(accepted), *meant, "{input:?}: {issues}");
        assert!(!serde_json::to_string(&issues).expect("issues are JSON").contains("secret"), "{input:?}");
        led += usize::from(meant.is_some());
    }
    println!("{led} of {} lead to the right repository", rows.len());
}

/// A rule with the nearest texts on both sides of it. Without a subject it is a rule of every URL; then each text is read
/// as a base URL, as a portal URL and as a repository URL.
#[derive(Deserialize)]
struct Examples {
    rule: String,
    base: Option<String>,
    subject: Option<String>,
    refused: Vec<String>,
    accepted: Vec<String>,
}

fn rules() -> Vec<Examples> {
    serde_json::from_str(include_str!("data/url-rules.json")).expect("the table is JSON")
}

/// The issues of `text` as the URL called `subject`.
fn issues_of(subject: &str, base: Option<&str>, text: &str) -> Issues {
    let base = base.map(|base| BaseUrl::check(base).expect("the table's bases are good").value);
    let (refused, warnings) = match subject {
        "base_url" => BaseUrl::check(text).map(|checked| checked.warnings),
        "portal_url" => PortalUrl::check(text).map(|checked| checked.warnings),
        _ => RepositoryUrl::check(base.as_ref(), text).map(|checked| checked.warnings),
    }
    .map_or_else(|issues| (issues, Issues::new()), |warnings| (Issues::new(), warnings));
    refused.into_iter().chain(warnings).collect()
}

#[test]
fn each_rule_refuses_and_lets_pass() {
    let codes: BTreeSet<&str> = IssueCode::all().map(IssueCode::as_str).collect();
    for Examples { rule, base, subject, refused, accepted } in rules() {
        let subjects = match &subject {
            Some(subject) => vec![subject.as_str()],
            None => vec!["base_url", "portal_url", "repository_url"],
        };
        let subject_of_all = subject.is_none();
        assert!(!refused.is_empty() && !accepted.is_empty(), "{rule}");
        for subject in subjects {
            let code = format!("{subject}.{rule}");
            if !codes.contains(code.as_str()) {
                continue;
            }
            for text in &refused {
                let issues = issues_of(subject, base.as_deref(), text);
                assert_eq!(issues.iter().next().map(|issue| issue.code.as_str()), Some(code.as_str()), "{text:?}");
            }
            for text in &accepted {
                let errors = issues_of(subject, base.as_deref(), text);
                let error = errors.iter().find(|issue| {
                    // http, and that a repository's URL is no base URL, are other rules' business.
                    let of_other_rules =
                        [IssueCode::PortalUrl(UrlError::HttpNotAllowed), IssueCode::BaseUrl(UrlError::CloneUrl)];
                    let is_told_elsewhere = subject_of_all && of_other_rules.contains(&issue.code);
                    issue.severity == Severity::Error && !is_told_elsewhere
                });
                assert_eq!(error, None, "{text:?} as {subject}");
            }
        }
    }
}

#[test]
fn a_list_takes_urls_as_long_as_the_check_does() {
    let base = BaseUrl::check("https://gitlab.example.com/").expect("it is one").value;
    for (length, around, expected) in
        [(8_000, "", Verdict::Inside), (8_000, "\r\n", Verdict::Inside), (8_001, "", Verdict::Invalid)]
    {
        for host in ["gitlab.example.com", "GitLab.example.com"] {
            let url = format!("https://{host}/group/{}", "a".repeat(length - 33));
            let text = format!("{around}{url}{around}");
            assert_eq!(verdict(&base, &text), expected, "{length} {around:?} {host}");
            assert_eq!(Verdict::of(&RepositoryUrl::check(Some(&base), &text)), expected, "{length} {around:?} {host}");
        }
    }
}

#[test]
fn no_rule_and_no_code_is_forgotten() {
    let errors_of = |subject: &'static str| {
        IssueCode::all().filter(move |code| code.severity() == Severity::Error).filter_map(move |code| {
            let what = code.as_str().strip_prefix(subject)?.strip_prefix('.')?;
            // Platforms differ in it.
            (what != "ambiguous").then_some(what)
        })
    };
    let rules: BTreeSet<String> = rules().into_iter().map(|rule| rule.rule).collect();
    let expected: BTreeSet<&str> =
        ["base_url", "repository_url", "portal_url"].into_iter().flat_map(errors_of).collect();
    assert_eq!(rules.iter().map(String::as_str).collect::<BTreeSet<_>>(), expected);

    let tables = [
        include_str!("data/base-urls.json"),
        include_str!("data/repository-urls.json"),
        include_str!("data/portal-urls.json"),
    ];
    let shown: BTreeSet<String> = tables.into_iter().flat_map(rows).flat_map(|row| row.codes).collect();
    for code in IssueCode::all().filter(|code| code.severity() == Severity::Warning) {
        let is_of_a_url =
            ["base_url.", "repository_url.", "portal_url."].iter().any(|of| code.as_str().starts_with(of));
        assert!(!is_of_a_url || shown.contains(code.as_str()), "{} occurs in no table", code.as_str());
    }
}

/// Beside an `@` any word may be a credential, and so may whatever looks like a token.
#[test]
fn no_suggestion_holds_what_may_be_a_credential() {
    const BESIDE_AT: &[&str] = &[
        "@S",
        "@S/",
        "@S:8443",
        "@S/group/project",
        "git@S",
        "git@S/group/project",
        "me@S",
        "me@S:8443/group/project",
        "me:S@S/group/project",
        "glpat-acme@S",
        "glpat-acme@team/S",
        "glpat-team/S",
        "glpat-team/S/project",
        "acme-glpat-/S/project",
        "https://host@S",
        "https://host@S/group/project",
        "https://gitlab.example.com@S",
        "https://gitlab.example.com@S/group/project",
        "https://gitlab.example.com:443@S:443/group/project",
        "https:/gitlab.example.com@S/group/project",
        "https://me@@S/group/project",
        "https://me:S@gitlab.example.com/group/project",
        "https://S:x-oauth-basic@gitlab.example.com/group/project.git",
        "me:S@gitlab.example.com/group/project",
        "S@gitlab.example.com:group/project",
        "ssh://S@gitlab.example.com/group/project",
        "ssh://me@S/group/project",
        "//me@S/group/project",
        "git clone https://me@S/group/project",
        "origin me@S:group/project (fetch)",
        "https%3A%2F%2Fme%40S%2Fgroup%2Fproject",
        "vscode://vscode.git/clone?url=https%3A%2F%2Fme%40S%2Fgroup%2Fproject",
        "https://gitlab.example.com/group/project?private_token=S",
        "https://gitlab.example.com/S@gitlab.example.com/group/project",
        "gitlab.example.com/group@S/project",
    ];
    const ANYWHERE: &[&str] = &[
        "S",
        "S/project",
        "group/S",
        "acme.S/group",
        "S:8443",
        "S:8443/group/project",
        "acme:team/S",
        "git@S:group/project",
        "git@gitlab.example.com:S/project",
        "gitlab.example.com/group/S",
        "gitlab.example.com/group/acme.S",
        "https://S/group/project/-/tree/main",
        "https://acme.S/api/v4",
        "git+https://gitlab.example.com/group/S@main",
        "https://gitlab.example.com/group/S@v1.2",
        "project: group/S",
    ];
    let base = BaseUrl::check("https://gitlab.example.com/").expect("it is one").value;
    let short = ["hunter2", "Zq7mark1", "s3cr_t-Word", "correct-horse"];
    let long = [
        "Zq7mark1Vv9Kk2Ww3Xx4",
        "AbCdEfGhIjKlMnOpQrSt",
        "ZQ7MARK1VV9KK2WW3XX4",
        "Zq7mark1Vv9Kk2Ww3Xx4Yy5.01.1abcdefgh",
    ];
    let beside_at = BESIDE_AT.iter().flat_map(|shape| short.iter().chain(&long).map(move |secret| (shape, secret)));
    let anywhere = ANYWHERE.iter().flat_map(|shape| long.iter().map(move |secret| (shape, secret)));
    for (shape, secret) in beside_at.chain(anywhere) {
        let text = shape.replace('S', secret);
        let inside = RepositoryUrl::check(Some(&base), &text).map(|checked| checked.warnings);
        let issues = [
            BaseUrl::check(&text).map(|checked| checked.warnings),
            PortalUrl::check(&text).map(|checked| checked.warnings),
            RepositoryUrl::check(None, &text).map(|checked| checked.warnings),
            inside,
        ];
        for issue in issues.into_iter().flat_map(|issues| issues.unwrap_or_else(|issues| issues)) {
            let suggestion = issue.suggestion.unwrap_or_default().to_ascii_lowercase();
            assert!(!suggestion.contains(&secret[..7].to_ascii_lowercase()), "{text}: {suggestion}");
        }
    }
}

#[test]
fn what_the_platform_offers_for_a_host_outside_ascii_passes() {
    for row in rows(include_str!("data/base-urls.json")) {
        let offered = row.suggestion_of_platform;
        assert!(offered.is_none_or(|url| BaseUrl::check(&url).is_ok()), "{}", row.input);
    }
    for row in rows(include_str!("data/portal-urls.json")) {
        let offered = row.suggestion_of_platform;
        assert!(offered.is_none_or(|url| PortalUrl::check(&url).is_ok()), "{}", row.input);
    }
    for row in rows(include_str!("data/repository-urls.json")) {
        let base = row.base.map(|base| BaseUrl::check(&base).expect("the table's bases are good").value);
        let offered = row.suggestion_of_platform;
        assert!(offered.is_none_or(|url| RepositoryUrl::check(base.as_ref(), &url).is_ok()), "{}", row.input);
    }
}

#[test]
fn a_token_in_the_wrong_field_does_not_come_back() {
    #[derive(Deserialize)]
    struct Token {
        input: String,
        codes: Vec<String>,
    }
    let tokens: Vec<Token> = serde_json::from_str(include_str!("data/token-text.json")).expect("the table is JSON");
    for Token { input, codes } in tokens {
        // What stands in a token's place is no secret.
        if ["token.is_masked", "token.is_variable", "token.is_placeholder"]
            .iter()
            .any(|code| codes.contains(&(*code).to_owned()))
        {
            continue;
        }
        // What is a secret of it; the rest is a header's name, a host, quotes and the like.
        let is_of_a_word = |character: char| character.is_ascii_alphanumeric() || "._-".contains(character);
        let words = || input.split(|character| !is_of_a_word(character)).filter(|word| word.len() > 15);
        let secrets = || words().filter(|word| !word.contains(".example"));
        for subject in ["base_url", "repository_url", "portal_url"] {
            for base in [None, Some("https://gitlab.example.com/")] {
                let shown = serde_json::to_string(&issues_of(subject, base, &input)).expect("issues are JSON");
                for secret in secrets() {
                    assert!(!shown.to_ascii_lowercase().contains(&secret.to_ascii_lowercase()), "{subject}: {shown}");
                }
            }
        }
    }
}

#[test]
fn a_pasted_file_does_not_come_back_in_an_issue() {
    let base = BaseUrl::check("https://gitlab.example.com/").expect("valid").value;
    for text in [
        format!("https://{}/group/project", "a".repeat(1_000_000)),
        "a/".repeat(500_000),
        // Page behind page: reading it must not take the square of its length.
        format!("https://gitlab.example.com/group/project/{}", "issues/1/".repeat(100_000)),
        format!("git clone {}", "git@gitlab.example.com:group/project ".repeat(30_000)),
    ] {
        let issues = RepositoryUrl::check(Some(&base), &text).expect_err("no repository of this base");
        assert!(issues.to_string().len() < 1_000);
    }
}

#[test]
fn parts_tell_where_they_stand_in_the_canonical_url() {
    // base, typed, then scheme, host, port, base path, namespace, project
    let rows = [
        (
            Some("https://gitlab.example.com:8443/root/gitlab"),
            "HTTPS://GITLAB.example.com:8443/root/gitlab/group/sub/project.git",
            ["https", "gitlab.example.com", "8443", "/root/gitlab/", "group/sub", "project"],
        ),
        (
            Some("https://gitlab.example.com:443/"),
            " https://gitlab.example.com:443/Group/Sub/Project/\n",
            ["https", "gitlab.example.com", "", "/", "Group/Sub", "Project"],
        ),
        (Some("http://[2001:db8::1]:80"), "http://[2001:db8::1]/g/p", ["http", "[2001:db8::1]", "", "/", "g", "p"]),
        (Some("https://[::1]:8443"), "https://[::1]:8443/g/p", ["https", "[::1]", "8443", "/", "g", "p"]),
        (Some("http://g:443/a"), "http://g:443/a/b/c/d/e", ["http", "g", "443", "/a/", "b/c/d", "e"]),
        (None, "https://192.0.2.10:65535/group/project.git", ["https", "192.0.2.10", "65535", "/", "group", "project"]),
    ];
    for (base, typed, expected) in rows {
        let base = base.map(|base| BaseUrl::check(base).expect("valid").value);
        let repository = RepositoryUrl::check(base.as_ref(), typed).expect("inside").value;
        let (url, parts) = (repository.as_str(), repository.parts());
        let text = |(start, end): (usize, usize)| &url[start..end];
        let got = [
            text(parts.scheme),
            text(parts.host),
            parts.port.map_or("", text),
            text(parts.base_path),
            text(parts.namespace),
            text(parts.project),
        ];
        assert_eq!(got, expected, "{typed}");
        assert_eq!((repository.namespace(), repository.project()), (expected[4], expected[5]), "{typed}");
        let port = if expected[2].is_empty() { String::new() } else { format!(":{}", expected[2]) };
        let [scheme, host, _, base_path, namespace, project] = expected;
        assert_eq!(url, format!("{scheme}://{host}{port}{base_path}{namespace}/{project}"));
    }
}

#[test]
fn a_checked_address_is_read_from_text_compared_and_shown_as_its_canonical_text() {
    let base: BaseUrl = "HTTPS://GitLab.Example.com:443/gitlab".parse().expect("a base URL");
    assert_eq!(base.to_string(), "https://gitlab.example.com/gitlab/");
    assert_eq!(AsRef::<str>::as_ref(&base), base.as_str());
    assert_eq!(BaseUrl::try_from("https://gitlab.example.com/gitlab/"), Ok(base.clone()));
    assert_eq!(serde_json::from_str::<BaseUrl>("\"https://gitlab.example.com/gitlab\"").ok().as_ref(), Some(&base));
    assert_eq!(url::Url::from(base.clone()).as_str(), base.as_str());

    let refused =
        serde_json::from_str::<BaseUrl>("\"https://me:secret@gitlab.example.com/\"").expect_err("credentials");
    assert!(refused.to_string().contains("base_url.has_credentials"), "{refused}");
    assert!(!refused.to_string().contains("secret"), "{refused}");
    assert!("ftp://gitlab.example.com/".parse::<PortalUrl>().is_err());
    let later: RepositoryUrl = "https://gitlab.example.com/b/c.git".parse().expect("a repository URL");
    let earlier: RepositoryUrl = "https://gitlab.example.com/a/c".parse().expect("a repository URL");
    assert!(earlier < later);
    assert_eq!(url::Url::from(later).as_str(), "https://gitlab.example.com/b/c");
}

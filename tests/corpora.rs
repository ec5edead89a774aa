//! The containment corpora: what git, Argo CD, Backstage, Renovate, curl and the web platform test, as pairs of base and
//! repository URL with the verdicts that are right. `tests/corpora/README.md` tells where they come from.

use std::{fs, path::Path};

use serde_json::Value;
use torque_gitlab_connect::{
    address::{BaseUrl, RepositoryUrl},
    issue::{IssueCode, UrlError},
};

/// Whether a rule refuses that the sources of the corpora do not have: hosts that a URL may have, but no name in DNS, and bases
/// that are repositories.
fn is_of_another_rule(base: &str, repository: &str) -> bool {
    let errors = [UrlError::HostHyphen, UrlError::HostTooLong, UrlError::HostPunycode, UrlError::CloneUrl];
    let found = BaseUrl::check(base).err().or_else(|| RepositoryUrl::check(None, repository).err());
    found.is_some_and(|issues| {
        issues.iter().any(|issue| match &issue.code {
            IssueCode::BaseUrl(error) | IssueCode::RepositoryUrl(error) => errors.contains(error),
            _ => false,
        })
    })
}

fn verdict(base: &str, repository: &str) -> &'static str {
    let Ok(base) = BaseUrl::check(base) else {
        return "invalid-base";
    };
    match RepositoryUrl::check(Some(&base.value), repository) {
        Ok(_) => "inside",
        Err(issues) if issues.has(IssueCode::RepositoryUrl(UrlError::OutsideBaseUrl)) => "outside",
        Err(_) => "invalid-repo",
    }
}

struct Case {
    place: String,
    base: String,
    repository: String,
    right: Vec<String>,
}

fn cases() -> Vec<Case> {
    let folder = Path::new("tests/corpora");
    let mut cases = Vec::new();
    for file in ["git-urlmatch.jsonl", "idn.jsonl", "tools.jsonl", "whatwg.jsonl"] {
        let text = fs::read_to_string(folder.join(file)).expect("the corpus is part of the repository");
        for (number, line) in text.lines().enumerate() {
            let row: Value = serde_json::from_str(line).expect("a JSON object on each line");
            let text = |key: &str| row[key].as_str().unwrap_or_default().to_owned();
            let right = match (row["accept"].as_array(), row["expect"].as_str()) {
                (Some(accept), _) => accept.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
                (None, Some("either")) => {
                    ["inside", "outside", "invalid-base", "invalid-repo"].map(str::to_owned).to_vec()
                }
                (None, expect) => vec![expect.expect("every row has a verdict").to_owned()],
            };
            cases.push(Case {
                place: format!("{file}:{}", number + 1),
                base: text("base"),
                repository: text("repo"),
                right,
            });
        }
    }
    cases
}

#[test]
fn no_token_leaves_and_no_good_repository_is_refused() {
    let cases = cases();
    assert_eq!(cases.len(), 1457);
    let (mut of_another_rule, mut wrong_kind) = (0, 0);
    for Case { place, base, repository, right } in &cases {
        let got = verdict(base, repository);
        if right.iter().any(|right| right == got) {
            continue;
        }
        assert_ne!(got, "inside", "{place}: {repository:?} must not be inside {base:?}");
        if is_of_another_rule(base, repository) {
            of_another_rule += 1;
            continue;
        }
        assert!(!right.iter().any(|right| right == "inside"), "{place}: {repository:?} lies in {base:?}, got {got}");
        wrong_kind += 1;
        println!("{place}: {repository:?} in {base:?}: {got} instead of {right:?}");
    }
    println!("{of_another_rule} refused by a rule of our own, {wrong_kind} for another reason than the right one");
    assert!(wrong_kind * 50 < cases.len(), "{wrong_kind} cases are refused for another reason than the right one");
}

#[test]
fn every_suggestion_passes_the_check_itself() {
    let mut suggestions = 0;
    for Case { place, base, repository, .. } in cases() {
        let base = match BaseUrl::check(&base) {
            Ok(base) => base.value,
            Err(issues) => {
                for suggestion in issues.iter().filter_map(|issue| issue.suggestion.as_deref()) {
                    suggestions += 1;
                    let value = BaseUrl::check(suggestion).unwrap_or_else(|_| panic!("{place}: {suggestion}")).value;
                    assert_eq!(value.as_str(), suggestion, "{place}");
                }
                continue;
            }
        };
        let Err(issues) = RepositoryUrl::check(Some(&base), &repository) else {
            continue;
        };
        for suggestion in issues.iter().filter_map(|issue| issue.suggestion.as_deref()) {
            suggestions += 1;
            let checked =
                RepositoryUrl::check(Some(&base), suggestion).unwrap_or_else(|_| panic!("{place}: {suggestion}"));
            assert_eq!(checked.value.as_str(), suggestion, "{place}");
            let typed = repository.trim().to_ascii_lowercase();
            assert!(!(typed.starts_with("https:") && suggestion.starts_with("http:")), "{place}: {suggestion}");
        }
    }
    assert!(suggestions > 50, "only {suggestions} suggestions");
}

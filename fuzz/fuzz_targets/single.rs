//! The single check: whatever is inside is the same place to the `url` crate, and stays inside in its canonical form.
//! Input: a base URL and a repository URL, divided by the first line end.
#![no_main]

use libfuzzer_sys::fuzz_target;
use torque_gitlab_connect::{
    address::{BaseUrl, RepositoryUrl},
    issue::{IssueCode, UrlError},
};

fuzz_target!(|text: &str| {
    let (base, repository) = text.split_once('\n').unwrap_or(("https://gitlab.example.com/root/", text));
    let Ok(base) = BaseUrl::check(base) else { return };
    let base = base.value;
    let inside = match RepositoryUrl::check(Some(&base), repository) {
        Ok(inside) => inside.value,
        Err(issues) => {
            assert!(!issues.has(IssueCode::RepositoryUrl(UrlError::Ambiguous)));
            for suggestion in issues.iter().filter_map(|issue| issue.suggestion.as_deref()) {
                assert!(RepositoryUrl::check(Some(&base), suggestion).is_ok(), "{suggestion}");
            }
            return;
        }
    };
    assert_eq!(RepositoryUrl::check(Some(&base), inside.as_str()).expect("canonical").value, inside);
    let expected = url::Url::parse(base.as_str()).expect("a checked base");
    let actual = url::Url::parse(repository).expect("a checked repository");
    assert_eq!(actual.origin(), expected.origin());
    assert!(actual.path().starts_with(expected.path()));
});

//! The check of a list: one verdict for each line, the single check's own.
#![no_main]

use libfuzzer_sys::fuzz_target;
use torque_gitlab_connect::{
    address::{BaseUrl, RepositoryUrl, Verdict, verdict},
    issue::{IssueCode, UrlError},
};

fuzz_target!(|text: &str| {
    let base = BaseUrl::check("https://gitlab.example.com:8443/root/").expect("valid").value;
    for line in text.split('\n') {
        let single = match RepositoryUrl::check(Some(&base), line) {
            Ok(_) => Verdict::Inside,
            Err(issues) if issues.has(IssueCode::RepositoryUrl(UrlError::OutsideBaseUrl)) => Verdict::Outside,
            Err(_) => Verdict::Invalid,
        };
        assert_eq!(verdict(&base, line), single, "{line:?}");
    }
});

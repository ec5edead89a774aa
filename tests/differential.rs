//! git as a second witness: `git config --get-urlmatch` decides which configuration, credentials too, applies to a URL.
//!
//! What this crate calls inside, git must match. Where git matches and this crate refuses, a rule of this crate must be the
//! reason, and one that git is known not to have; a place that git matches is never called another place.

use std::{
    cell::RefCell,
    collections::BTreeMap,
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

use proptest::{
    prelude::*,
    test_runner::{Config, TestRunner},
};
use serde_json::Value;
use torque_gitlab_connect::{base_url::BaseUrl, repository_url::RepositoryUrl};

/// Rules that git does not have, and what it does instead.
const EXCUSES: &[(&str, &str)] = &[
    ("at_sign", "an @ in the path is an ordinary character to git"),
    ("backslash", "a path character to git"),
    ("control_character", "percent-encoded by git"),
    ("dot_segment", "resolved by git"),
    ("empty_segment", "folded by git"),
    ("git_slash", "git knows nothing of projects"),
    ("has_credentials", "git compares the user name only where the configuration has one"),
    ("has_fragment", "not compared by git"),
    ("has_query", "not compared by git"),
    ("host_empty_label", "git has no rule for labels"),
    ("host_ends_with_dot", "git has no rule for labels"),
    ("host_ipv6", "compared as text by git"),
    ("host_number", "compared as text by git"),
    ("path_character", "sub-delimiters are ordinary characters to git"),
    ("path_not_ascii", "percent-encoded by git"),
    ("percent_encoding", "decoded and encoded again by git"),
    ("port", "an empty port and leading zeros are dropped by git"),
    ("project_missing", "git knows nothing of projects"),
    ("project_name", "git knows nothing of projects"),
    ("reserved_path", "git knows nothing of GitLab's pages"),
    ("tilde", "an ordinary character to git"),
    ("web_link", "git knows nothing of GitLab's pages"),
    ("white_space", "percent-encoded by git"),
    ("wiki", "git knows nothing of projects"),
];

/// git's answer on whether the configuration of `base` applies to `repository`.
struct Git {
    config: PathBuf,
}

impl Git {
    fn new(name: &str) -> Self {
        Self {
            config: PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("urlmatch-{name}-{}", std::process::id())),
        }
    }

    fn matches(&self, base: &BaseUrl, repository: &str) -> bool {
        // No character of a checked base means anything in git's configuration syntax.
        fs::write(&self.config, format!("[http \"{}\"]\n\tmarker = inside\n", base.as_str()))
            .expect("a file is written");
        let run = |url: &str| {
            let mut git = Command::new("git");
            git.args(["config", "--file"]).arg(&self.config).args(["--get-urlmatch", "http.marker", url]);
            git.output().expect("git is installed")
        };
        // NUL cannot be an argument.
        !repository.contains('\0') && run(repository.trim()).stdout == b"inside\n"
    }
}

impl Drop for Git {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.config);
    }
}

/// Compares one pair; counts by rule where git is more generous.
fn compare(git: &Git, base: &BaseUrl, repository: &str, differences: &mut BTreeMap<String, u32>) -> Result<(), String> {
    let matches = git.matches(base, repository);
    let issues = match RepositoryUrl::check(Some(base), repository) {
        Ok(_) if matches => return Ok(()),
        Ok(_) => return Err(format!("{repository:?} is inside {} here and not to git", base.as_str())),
        Err(_) if !matches => return Ok(()),
        Err(issues) => issues,
    };
    let code = issues.iter().next().expect("a refusal has an issue").code.as_str();
    let rule = code.trim_start_matches("repository_url.");
    if !EXCUSES.iter().any(|(excused, _)| *excused == rule) {
        return Err(format!("{repository:?} in {}: git matches, here it is {code}", base.as_str()));
    }
    *differences.entry(rule.to_owned()).or_default() += 1;
    Ok(())
}

fn corpus() -> Vec<(BaseUrl, String)> {
    let folder = Path::new("tests/corpora");
    let mut pairs = Vec::new();
    for file in ["git-urlmatch.jsonl", "idn.jsonl", "tools.jsonl", "whatwg.jsonl"] {
        for line in fs::read_to_string(folder.join(file)).expect("part of the repository").lines() {
            let row: Value = serde_json::from_str(line).expect("JSON");
            let text = |key: &str| row[key].as_str().unwrap_or_default().to_owned();
            if let Ok(base) = BaseUrl::check(&text("base")) {
                pairs.push((base.value, text("repo")));
            }
        }
    }
    pairs
}

#[test]
fn git_agrees_on_the_corpora() {
    let git = Git::new("corpora");
    let mut differences = BTreeMap::new();
    let failures: Vec<String> = corpus()
        .iter()
        .filter_map(|(base, repository)| compare(&git, base, repository, &mut differences).err())
        .collect();
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    println!("git is more generous by rule: {differences:?}");
}

#[test]
fn git_agrees_on_mutations() {
    let git = Git::new("mutations");
    let differences = RefCell::new(BTreeMap::new());
    let good = "https://gitlab.example.com:8443/root/group/project.git";
    let base = BaseUrl::check("https://gitlab.example.com:8443/root/").expect("valid").value;
    let pieces = proptest::sample::select(vec![
        "/", "//", "\\", ".", "..", "/./", "/../", "%2e", "%2F", "@", "a@", ":", ":8443", ":08443", "?", "#", " ",
        "\t", "é", "~", "+", "-", "/-/", "A", "root", "[", "]", "", "http", "x", "0", "\u{ff0e}",
    ]);
    let mutation = (0..good.len(), 0usize..3, pieces);
    let cases = if env::var_os("EXHAUST_LENGTH").is_some() { 20_000 } else { 600 };
    let mut runner = TestRunner::new(Config { cases, ..Config::default() });
    let result = runner.run(&proptest::collection::vec(mutation, 1..3), |mutations| {
        let mut url = good.to_owned();
        for (at, removed, piece) in mutations {
            let start = url.char_indices().map(|(at, _)| at).rfind(|index| *index <= at).unwrap_or(0);
            let end = url[start..].char_indices().map(|(at, _)| start + at).nth(removed).unwrap_or(url.len());
            url.replace_range(start..end, piece);
        }
        compare(&git, &base, &url, &mut differences.borrow_mut()).map_err(TestCaseError::fail)
    });
    println!("git is more generous by rule: {:?}", differences.borrow());
    result.unwrap_or_else(|failure| panic!("{failure}"));
}

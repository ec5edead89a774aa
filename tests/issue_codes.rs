//! Holds the README's list of issue codes against the table. `UPDATE=1 cargo test --test issue_codes` writes it anew.

use std::{collections::BTreeSet, env, fs};

use torque_gitlab_connect::issue::{IssueCode, Topic};

// Cargo runs a test in the folder of its package.
const PARAMS: &str = "tests/data/issue-params.json";
const README: &str = "pkg/README.md";

/// Fails where `file` does not hold `text`; with `UPDATE` set, writes it first.
fn assert_holds(file: &str, text: &str) {
    if env::var_os("UPDATE").is_some() {
        fs::write(file, text).unwrap();
    }
    assert_eq!(fs::read_to_string(file).unwrap(), text, "run UPDATE=1 cargo test --test issue_codes");
}

#[test]
fn the_readme_of_the_package_has_every_code() {
    let readme = fs::read_to_string(README).unwrap();
    let (before, rest) = readme.split_once("<!-- issue codes -->\n").unwrap();
    let (_, after) = rest.split_once("<!-- end of issue codes -->").unwrap();
    // Most issues of a base URL are also those of the other two, with the same text: one row for all.
    let mut rows: Vec<(String, IssueCode)> = Vec::new();
    for code in IssueCode::all() {
        let name = format!("`{}`", code.as_str());
        match rows.iter_mut().find(|(_, known)| known.text() == code.text() && known.severity() == code.severity()) {
            Some((names, _)) => names.push_str(&format!(", {name}")),
            None => rows.push((name, code)),
        }
    }
    let mut table = String::from("| code | severity | message |\n| --- | --- | --- |\n");
    for (names, code) in rows {
        let severity = serde_json::to_string(&code.severity()).unwrap().replace('"', "");
        let text = code.text().replace('|', "\\|").replace('<', "&lt;");
        table.push_str(&format!("| {names} | {severity} | {text} |\n"));
    }
    assert_holds(README, &format!("{before}<!-- issue codes -->\n\n{table}\n<!-- end of issue codes -->{after}"));
}

#[test]
fn no_code_stands_for_two_things() {
    let codes: Vec<&str> = IssueCode::all().map(IssueCode::as_str).collect();
    assert_eq!(codes.iter().collect::<BTreeSet<_>>().len(), codes.len());
}

#[test]
fn each_code_has_the_topic_under_which_a_form_shows_it() {
    for (code, topic) in [
        ("base_url.not_encrypted", Topic::Url),
        ("repository_url.outside_base_url", Topic::Url),
        ("portal_url.http_not_allowed", Topic::Url),
        ("token.pasted_header", Topic::TokenText),
        ("token.deploy_token", Topic::TokenKind),
        ("token.missing_scope", Topic::TokenScopes),
        ("token.has_expiry", Topic::TokenExpiry),
        ("plan.aborted", Topic::Pause),
        ("token.not_reached", Topic::Other),
        ("gitlab.unauthorized", Topic::Other),
    ] {
        let found = IssueCode::all().find(|found| found.as_str() == code);
        assert_eq!(found.map(IssueCode::topic), Some(topic), "{code}");
    }
    // A topic of a token is one of its codes alone.
    let is_of_token =
        |topic| matches!(topic, Topic::TokenText | Topic::TokenKind | Topic::TokenScopes | Topic::TokenExpiry);
    let mut of_token = IssueCode::all().filter(|code| is_of_token(code.topic()));
    assert!(of_token.all(|code| code.as_str().starts_with("token.")));
}

/// What translations are held against: the params of each code, and those of them that the English text names.
#[test]
fn translators_know_the_params() {
    let rows: Vec<String> = IssueCode::all()
        .map(|code| {
            let mut places: Vec<&str> =
                code.params().iter().copied().filter(|name| code.text().contains(&format!("{{{name}}}"))).collect();
            places.sort_unstable();
            let row = serde_json::json!({ "code": code.as_str(), "params": code.params(), "places": places });
            row.to_string()
        })
        .collect();
    let table = format!("[\n{}\n]\n", rows.join(",\n"));
    assert_holds(PARAMS, &table);
}

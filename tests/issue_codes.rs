//! Holds the TypeScript union of issue codes against the table. `UPDATE=1 cargo test --test issue_codes` writes it anew.

use std::{collections::BTreeSet, env, fs};

use torque_gitlab_connect::issue::IssueCode;

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/pkg/src/issue-codes.ts");
const PARAMS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/issue-params.json");

#[test]
fn typescript_knows_every_code() {
    let mut union = String::from(
        "/** Every code of an issue; written from the table in `src/issue/codes.rs` by `tests/issue_codes.rs`. */\nexport type IssueCode =\n",
    );
    for code in IssueCode::all() {
        union.push_str(&format!("  | '{}'\n", code.as_str()));
    }
    union.truncate(union.len() - 1);
    union.push_str(";\n");
    if env::var_os("UPDATE").is_some() {
        fs::write(FILE, &union).unwrap();
    }
    assert_eq!(fs::read_to_string(FILE).unwrap(), union, "run UPDATE=1 cargo test --test issue_codes");
}

#[test]
fn no_code_stands_for_two_things() {
    let codes: Vec<&str> = IssueCode::all().map(IssueCode::as_str).collect();
    assert_eq!(codes.iter().collect::<BTreeSet<_>>().len(), codes.len());
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
    if env::var_os("UPDATE").is_some() {
        fs::write(PARAMS, &table).unwrap();
    }
    assert_eq!(fs::read_to_string(PARAMS).unwrap(), table, "run UPDATE=1 cargo test --test issue_codes");
}

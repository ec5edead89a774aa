//! Checks repository URLs against the base URL of a GitLab, without a network.
//!
//! ```sh
//! cargo run --example check_urls -- https://gitlab.example.com/ https://gitlab.example.com/platform/network git@gitlab.example.com:platform/network.git
//! ```

use std::process::ExitCode;

use torque_gitlab_connect::address::{BaseUrl, RepositoryUrl};
use torque_gitlab_connect::issue::Issues;

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let Some(base) = arguments.next() else {
        eprintln!("usage: check_urls BASE_URL REPOSITORY_URL...");
        return ExitCode::from(2);
    };
    let base = match BaseUrl::check(&base) {
        Ok(checked) => checked.value,
        Err(issues) => {
            print(&issues);
            return ExitCode::FAILURE;
        }
    };
    let mut all_inside = true;
    for url in arguments {
        match RepositoryUrl::check(Some(&base), &url) {
            Ok(checked) => println!("inside: {}", checked.value),
            Err(issues) => {
                all_inside = false;
                print(&issues);
            }
        }
    }
    if all_inside { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// What is wrong, and what would pass. The refused text itself may hold a password, so it is not printed.
fn print(issues: &Issues) {
    for issue in issues {
        println!("{}: {issue}", issue.code);
        if let Some(suggestion) = &issue.suggestion {
            println!("    try {suggestion}");
        }
    }
}

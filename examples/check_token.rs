//! Asks a GitLab about a token, and says whether the token is good enough to be stored in Torque.
//!
//! ```sh
//! GITLAB_TOKEN=… cargo run --example check_token -- https://gitlab.example.com/
//! ```

mod client;

use std::error::Error;
use std::process::ExitCode;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use torque_gitlab_connect::address::BaseUrl;
use torque_gitlab_connect::gitlab::{Access, inspect_token_request};
use torque_gitlab_connect::token::{Purpose, TokenPolicy, assess_token, check_secret, token_links};

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("{why}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), Box<dyn Error>> {
    let base: BaseUrl = std::env::args().nth(1).ok_or("usage: check_token BASE_URL")?.parse()?;
    let policy = TokenPolicy::default();
    let Ok(text) = std::env::var("GITLAB_TOKEN") else {
        println!("Create a token: {}", token_links(&base, &policy, Purpose::Provider, None).current);
        return Err("GITLAB_TOKEN is not set".into());
    };

    // By its text alone: a deploy token, a placeholder or a URL is refused here.
    let token = check_secret(&text, Purpose::Provider)?.value;

    // By GitLab's answer: scopes, expiry. Plain http to another machine is refused.
    let gitlab = Access::check(&base, &token, false)?.value;
    let (answer, _) = client::send(&inspect_token_request(&gitlab), Duration::from_secs(30), 1_000_000)
        .map_err(|reason| format!("GitLab did not answer: {reason:?}"))?;
    let now = SystemTime::now().duration_since(UNIX_EPOCH)?.as_millis().try_into()?;
    let assessment = assess_token(&answer, &policy, Purpose::Provider, now);
    println!("verdict: {:?}", assessment.verdict);
    for issue in &assessment.issues {
        println!("{}: {issue}", issue.code);
    }
    Ok(())
}

//! `token`: what GitLab says about a token.

use std::time::Duration;

use torque_gitlab_connect::address::BaseUrl;
use torque_gitlab_connect::gitlab::{Access, inspect_token_request};
use torque_gitlab_connect::issue::{Issue, IssueCode, Issues};
use torque_gitlab_connect::token::{Assessment, TokenPolicy, Verdict, assess_token, check_secret};

use crate::args::Token;
use crate::client::{Client, NoAnswer};
use crate::driver::now;
use crate::failure::{Exit, Failure, Result};
use crate::style::{BAD, DOUBTFUL, GOOD};
use crate::{output, secrets};

const LIMIT: Duration = Duration::from_secs(30);
const MOST_BYTES: u32 = 1_000_000;

/// Asks GitLab about the token and prints the checklist.
pub fn token(options: &Token) -> Result<Exit> {
    let purpose = options.purpose.into();
    let base = BaseUrl::check(&options.base_url).map_err(|issues| Failure::argument("--base-url", issues))?;
    output::say_issues(&base.warnings);
    let typed = secrets::require(secrets::GITLAB_TOKEN, "GitLab access token")?;
    let assessment = match check_secret(typed.expose(), purpose) {
        Err(issues) => Assessment { verdict: Verdict::Reject, issues, token: None },
        Ok(secret) => {
            let access = match Access::check(&base.value, &secret.value, options.allow_http) {
                Ok(access) => access.value,
                Err(issues) => return refused(issues, options.json),
            };
            let request = inspect_token_request(&access);
            let client = Client::new(options.trust.ca.as_deref(), [base.value.as_str()])?;
            match crate::runtime()?.block_on(client.send(&request, LIMIT, MOST_BYTES)) {
                Ok(came) => {
                    let mut assessment = assess_token(&came.answer, &TokenPolicy::default(), purpose, now());
                    assessment.issues.extend(secret.warnings);
                    assessment
                }
                Err(NoAnswer { text, .. }) => {
                    output::say(format!("GitLab did not answer: {text}."));
                    Assessment::unknown(Issue::new(IssueCode::TokenNotReached))
                }
            }
        }
    };
    if options.json {
        output::print_json(&assessment)?;
    }
    show(&assessment);
    Ok(match assessment.verdict {
        Verdict::Ok => Exit::Good,
        Verdict::Reject => Exit::Failed,
        Verdict::Unknown => Exit::Unknown,
    })
}

/// The checklist: what GitLab says about the token, then the verdict, then its reasons.
fn show(assessment: &Assessment) {
    if let Some(token) = &assessment.token {
        output::say(format!("Name     {}", token.name));
        output::say(format!("Scopes   {}", token.scopes.join(", ")));
        let expiry = match (&token.expires_at, token.days_left) {
            (Some(date), Some(days)) => format!("{date} at 00:00 UTC, in {days} days"),
            (Some(date), None) => date.clone(),
            (None, _) if token.expiry_known => "none".to_owned(),
            (None, _) => "unknown".to_owned(),
        };
        output::say(format!("Expiry   {expiry}"));
    }
    let (style, text) = match assessment.verdict {
        Verdict::Ok => (GOOD, "This token meets the requirements."),
        Verdict::Reject => (BAD, "This token does not meet the requirements."),
        Verdict::Unknown => (DOUBTFUL, "The answer is inconclusive. The token may still work."),
    };
    output::say(format!("{style}{text}{style:#}"));
    output::say_issues(&assessment.issues);
}

/// A request that must not be sent.
fn refused(issues: Issues, is_json: bool) -> Result<Exit> {
    output::say_issues(&issues);
    output::say("Nothing was sent.");
    if is_json {
        output::print_json(&Assessment { verdict: Verdict::Unknown, issues, token: None })?;
    }
    Ok(Exit::Failed)
}

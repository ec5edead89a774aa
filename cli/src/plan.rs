//! Reads a plan and the tokens that belong to it.

use std::fs;
use std::io::{self, Read};
use std::path::Path;

use serde::Serialize;
use serde_json::Value;
use torque_gitlab_connect::input::{Gaps, Reading};
use torque_gitlab_connect::issue::{Check, Issues};
use torque_gitlab_connect::onboarding::{Method, Plan};

use crate::failure::{Context, Failure, Result};
use crate::{output, secrets};

/// A larger file is not a plan.
const LONGEST: u64 = 64 * 1024 * 1024;

/// Reads the plan in `file` (`-`: standard input), YAML or JSON, and its tokens from the environment.
pub fn read(file: &Path) -> Result<Plan> {
    let name = if is_stdin(file) { "standard input".to_owned() } else { file.display().to_string() };
    let mut text = String::new();
    let read = |reader: &mut dyn Read, text: &mut String| reader.take(LONGEST + 1).read_to_string(text);
    let length = if is_stdin(file) {
        read(&mut io::stdin().lock(), &mut text)
    } else {
        fs::File::open(file).and_then(|mut file| read(&mut file, &mut text))
    };
    let length = length.context(format!("read the plan from {name}"))?;
    if length as u64 > LONGEST {
        return Err(Failure::usage(format!("The plan in {name} is longer than 64 MB.")));
    }
    // Before anything of it can be repeated: a comment may hold one, too, or a key.
    let advice = format!(
        "Remove it, revoke it, and set a new one in the environment: {} or {}.",
        secrets::GITLAB_TOKEN,
        secrets::TORQUE_TOKEN
    );
    secrets::refuse_in(&name, &text, &advice)?;
    let value = parse(file, &text).map_err(|why| Failure::usage(format!("{name}: {why}")))?;
    refuse_tokens(&value, &name)?;
    let reading = Reading::default();
    let read = Plan::read(&reading, Some(&value), &Gaps::new());
    let has_error = reading.has_error();
    output::say_issues(&reading.take_issues());
    let Some(mut plan) = read.filter(|_| !has_error) else {
        return Err(Failure::usage(format!("{name} is not a plan.")));
    };
    add_tokens(&mut plan);
    Ok(plan)
}

fn is_stdin(file: &Path) -> bool {
    file.as_os_str() == "-"
}

/// Parses JSON if the name ends in `.json` or the first character is `{` or `[`, otherwise YAML.
fn parse(file: &Path, text: &str) -> std::result::Result<Value, String> {
    let is_json = file.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("json"))
        || text.trim_start().starts_with(['{', '[']);
    if is_json {
        // The message has line and column, but not the text.
        return serde_json::from_str(text).map_err(|why| format!("this is not JSON: {why}"));
    }
    serde_saphyr::from_str(text).map_err(|why| {
        let place =
            why.location().map(|at| format!(" at line {} column {}", at.line(), at.column())).unwrap_or_default();
        format!("this is not YAML that can be read{place}: {}", why.without_snippet())
    })
}

/// Refuses tokens, because plans are stored in repositories, mails and tickets.
fn refuse_tokens(plan: &Value, name: &str) -> Result<()> {
    let mut found = Vec::new();
    if plan.get("torqueToken").is_some() {
        found.push(format!("torqueToken (set {})", secrets::TORQUE_TOKEN));
    }
    if plan.pointer("/method/token").is_some() {
        found.push(format!("method.token (set {})", secrets::GITLAB_TOKEN));
    }
    let repositories = plan.get("repositories").and_then(Value::as_array);
    for (index, repository) in repositories.into_iter().flatten().enumerate() {
        if repository.get("token").is_some() {
            found.push(format!("repositories[{index}].token (set {}_{})", secrets::GITLAB_TOKEN, index + 1));
        }
    }
    if found.is_empty() {
        return Ok(());
    }
    Err(Failure::usage(format!(
        "{name} contains tokens. Remove them and set them in the environment: {}.",
        found.join(", ")
    )))
}

/// Adds the tokens in the environment. The plan's check reports missing ones.
fn add_tokens(plan: &mut Plan) {
    plan.torque_token = secrets::from_environment(secrets::TORQUE_TOKEN);
    match &mut plan.method {
        Method::Provider { token, .. } => *token = secrets::from_environment(secrets::GITLAB_TOKEN),
        Method::TokenPerRepository { .. } => {
            for (index, repository) in plan.repositories.iter_mut().enumerate() {
                if repository.lacks_credentials() {
                    repository.token = secrets::from_environment(&format!("{}_{}", secrets::GITLAB_TOKEN, index + 1))
                        .or_else(|| secrets::from_environment(secrets::GITLAB_TOKEN));
                }
            }
        }
        Method::ExistingProvider { .. } => {}
    }
}

/// Asks for the tokens that `connect` needs and the environment lacks, on a terminal.
pub fn ask_for_tokens(plan: &mut Plan) -> Result<()> {
    if plan.torque_token.is_none() {
        plan.torque_token = Some(secrets::require(secrets::TORQUE_TOKEN, "Torque API token")?);
    }
    match &mut plan.method {
        Method::Provider { token, .. } if token.is_none() => {
            *token = Some(secrets::require(secrets::GITLAB_TOKEN, "GitLab access token")?);
        }
        Method::TokenPerRepository { .. } => {
            for (index, repository) in plan.repositories.iter_mut().enumerate() {
                if repository.lacks_credentials() {
                    let variable = format!("{}_{}", secrets::GITLAB_TOKEN, index + 1);
                    repository.token = secrets::ask(&variable, &format!("GitLab token for {}", repository.url))?;
                }
            }
        }
        _ => {}
    }
    Ok(())
}

/// The result of a check, as JSON of the package's `Result`.
#[derive(Serialize)]
pub struct Outcome<'a, T> {
    ok: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<&'a T>,
    issues: &'a Issues,
}

impl<'a, T> Outcome<'a, T> {
    pub fn new(check: &'a Check<T>) -> Self {
        match check {
            Ok(checked) => Self { ok: true, value: Some(&checked.value), issues: &checked.warnings },
            Err(issues) => Self { ok: false, value: None, issues },
        }
    }
}

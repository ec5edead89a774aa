//! Reads a plan and the tokens that belong to it.

use std::fs;
use std::io::{self, Read};
use std::path::Path;

use serde::Serialize;
use serde_json::Value;
use serde_saphyr::UserMessageFormatter;
use torque_gitlab_connect::input::{Gaps, Reading};
use torque_gitlab_connect::issue::{Check, Issues};
use torque_gitlab_connect::onboarding::{Method, Plan};

use crate::failure::{Failure, Result};
use crate::json::Unambiguous;
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
    let length = length.map_err(|why| match why.kind() {
        io::ErrorKind::InvalidData => Failure::usage(format!("{name} is not UTF-8. Save it as UTF-8.")),
        _ => Failure::usage(format!("Cannot read the plan from {name}: {why}")),
    })?;
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
    let value =
        parse(file, text.trim_start_matches('\u{feff}')).map_err(|why| Failure::usage(format!("{name}: {why}")))?;
    if value.is_null() {
        return Err(Failure::usage(format!("{name} is empty. `torque-gitlab-connect connect --help` shows a plan.")));
    }
    refuse_tokens(&value, &name)?;
    let reading = Reading::default();
    let read = Plan::read(&reading, Some(&value), &Gaps::new());
    let has_error = reading.has_error();
    let issues = reading.take_issues();
    output::say_issues(&issues);
    let Some(mut plan) = read.filter(|_| !has_error) else {
        return Err(Failure::usage(format!("{name} is not a plan.")).because_of(issues));
    };
    add_tokens(&mut plan);
    Ok(plan)
}

fn is_stdin(file: &Path) -> bool {
    file.as_os_str() == "-"
}

/// Parses JSON or YAML, by the name and, without one of theirs, by the first character. The messages have line and column.
fn parse(file: &Path, text: &str) -> std::result::Result<Value, String> {
    let extension = file.extension().unwrap_or_default().to_ascii_lowercase();
    let is_like_json = text.trim_start().starts_with(['{', '[']);
    if extension == "json" {
        json(text)
    } else if extension != "yaml" && extension != "yml" {
        if is_like_json { json(text) } else { yaml(text) }
    } else if is_like_json && let Ok(value) = json(text) {
        // Not all of JSON can be read as YAML: tabs, and escapes of the two halves of a character.
        Ok(value)
    } else {
        yaml(text)
    }
}

fn json(text: &str) -> std::result::Result<Value, String> {
    let read = serde_json::from_str(text).map(|Unambiguous(value)| value);
    read.map_err(|why| format!("this is not JSON that can be read: {why}"))
}

fn yaml(text: &str) -> std::result::Result<Value, String> {
    serde_saphyr::from_str(text).map_err(|why| {
        // Without the lines of the text, which can be long.
        let why = why.without_snippet().render_with_formatter(&UserMessageFormatter);
        format!("this is not YAML that can be read: {why}")
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

//! Tokens: from the environment or from a prompt, never from an argument.

use std::env;
use std::io::{IsTerminal, stderr, stdin};
use std::sync::LazyLock;

use torque_gitlab_connect::issue::IssueCode;
use torque_gitlab_connect::secret::{Secret, Secrets, holds_access_token};
use torque_gitlab_connect::server_text::Redactor;
use torque_gitlab_connect::token::{Purpose, check_token};
use torque_gitlab_connect::torque::check_torque_token;

use crate::failure::{Context, Failure, Result};

/// The variable of the Torque API token.
pub const TORQUE_TOKEN: &str = "TORQUE_TOKEN";
/// The variable of the GitLab access token; with a token for each repository `GITLAB_TOKEN_1` and so on.
pub const GITLAB_TOKEN: &str = "GITLAB_TOKEN";

/// Options of other programs that a user may try.
const TOKEN_OPTIONS: [&str; 6] =
    ["--token", "--torque-token", "--gitlab-token", "--private-token", "--access-token", "--password"];

/// Forbids core dumps and debuggers of this process, as far as the system allows.
pub fn forbid_core_dumps() {
    #[cfg(unix)]
    {
        // Without effect if the system refuses.
        let _ = nix::sys::resource::setrlimit(nix::sys::resource::Resource::RLIMIT_CORE, 0, 0);
        #[cfg(target_os = "linux")]
        let _ = nix::sys::prctl::set_dumpable(false);
    }
}

/// The tokens in the environment, prepared for searching.
struct Known {
    /// With the names of their variables.
    tokens: Vec<(String, Secret)>,
    searched: Secrets,
    redactor: Redactor,
}

static KNOWN: LazyLock<Known> = LazyLock::new(|| {
    let variables = env::vars_os()
        .filter_map(|(name, value)| Some((name.into_string().ok()?, value.to_string_lossy().into_owned())));
    let tokens: Vec<(String, Secret)> = variables
        .filter(|(name, _)| is_token_variable(name))
        .map(|(name, token)| (name, Secret::new(token.trim().to_owned())))
        .collect();
    let secrets = || tokens.iter().map(|(_, token)| token);
    Known { searched: Secrets::new(secrets()), redactor: Redactor::new(secrets()), tokens }
});

/// Removes the tokens in the environment, and everything with a prefix of GitLab's tokens, from output.
pub fn redactor() -> &'static Redactor {
    &KNOWN.redactor
}

/// Whether `text` contains a token in the environment, a piece of one, or a prefix of GitLab's tokens with a token behind it.
pub fn is_token_in(text: &str) -> bool {
    holds_access_token(text)
        || KNOWN.searched.are_in(text)
        || KNOWN.tokens.iter().any(|(_, token)| is_whole_in(token, text))
}

/// Those that look like words are found as a whole.
fn is_whole_in(token: &Secret, text: &str) -> bool {
    token.expose().len() >= SHORTEST && text.contains(token.expose())
}

/// The variable whose value a text holds, or a piece of it.
fn variable_in(text: &str) -> Option<&'static str> {
    let found = KNOWN.tokens.iter().find(|(_, token)| is_whole_in(token, text) || Secrets::new([token]).are_in(text));
    found.map(|(name, _)| name.as_str())
}

/// Refuses a text that holds a token; `what` names it, and `advice` says what to do if it is one.
pub fn refuse_in(what: &str, text: &str, advice: &str) -> Result<()> {
    if !is_token_in(text) {
        return Ok(());
    }
    Err(Failure::usage(match variable_in(text).filter(|_| !holds_access_token(text)) {
        None => format!("{what} contains a token. {advice}"),
        Some(variable) => format!(
            "{what} contains the value of {variable}, or a piece of it. {advice}\nIf that value is no token, correct {variable}."
        ),
    }))
}

/// Refuses variables that hold a URL in the place of a token: every plan and every argument would hold a piece of it.
pub fn refuse_urls_in_variables() -> Result<()> {
    for (name, token) in &KNOWN.tokens {
        let check = if name == TORQUE_TOKEN {
            check_torque_token(token.expose()).map(drop)
        } else {
            check_token(token.expose(), Purpose::Provider).map(drop)
        };
        if check.is_err_and(|issues| issues.has(IssueCode::TokenIsUrl)) {
            return Err(Failure::usage(format!("{name} is a URL, not a token. Set it to the token alone.")));
        }
    }
    Ok(())
}

/// A shorter value of a variable is not searched for.
const SHORTEST: usize = 8;

/// Refuses arguments that contain a token, before anything can repeat them.
pub fn refuse_in_arguments(arguments: &[String]) -> Result<()> {
    let is_token_option = |argument: &String| {
        let name = argument.split('=').next().unwrap_or_default();
        TOKEN_OPTIONS.contains(&name)
    };
    let advice = format!(
        "Other users of this machine can see arguments, and the shell's history stores them.\n\
         Revoke that token, create another one, and set {GITLAB_TOKEN} or {TORQUE_TOKEN} in the environment, or type it when asked."
    );
    for argument in arguments {
        refuse_in("An argument", argument, &advice)?;
        if is_token_option(argument) {
            return Err(Failure::usage(format!("An argument contains a token. {advice}")));
        }
    }
    Ok(())
}

/// Whether the program reads a token from this variable: `GITLAB_TOKEN_URL` is somebody else's.
pub fn is_token_variable(name: &str) -> bool {
    let is_number = |rest: &str| !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit());
    name == TORQUE_TOKEN || name == GITLAB_TOKEN || name.strip_prefix("GITLAB_TOKEN_").is_some_and(is_number)
}

/// The token of a variable; an empty one counts as not set. What is not UTF-8 is no token, and its check says so.
pub fn from_environment(variable: &str) -> Option<Secret> {
    env::var_os(variable)
        .map(|value| value.to_string_lossy().into_owned())
        .filter(|text| !text.trim().is_empty())
        .map(Secret::new)
}

/// What a shell reports of a program that ended by SIGINT.
const INTERRUPTED: i32 = 130;

/// The token of a variable, or what the user types on a terminal.
pub fn ask(variable: &str, what: &str) -> Result<Option<Secret>> {
    if let Some(secret) = from_environment(variable) {
        return Ok(Some(secret));
    }
    if !stdin().is_terminal() || !stderr().is_terminal() {
        return Ok(None);
    }
    let typed = prompt(&format!("{what} ({variable} is not set): ")).context("read the token")?;
    Ok(Some(Secret::new(typed)).filter(|secret| !secret.expose().trim().is_empty()))
}

/// Reads a line from the terminal without echo. Ctrl-C ends the program once the terminal is as it was.
fn prompt(text: &str) -> std::io::Result<String> {
    // rpassword raises the signal while the terminal still shows nothing that is typed.
    #[cfg(unix)]
    let interrupt = nix::sys::signal::SigSet::from(nix::sys::signal::Signal::SIGINT);
    #[cfg(unix)]
    interrupt.thread_block()?;
    let typed = rpassword::prompt_password(text);
    #[cfg(unix)]
    interrupt.thread_unblock()?;
    if typed.as_ref().is_err_and(|error| error.kind() == std::io::ErrorKind::Interrupted) {
        // The signal has not ended the program where it is ignored, as in a shell's background.
        std::process::exit(INTERRUPTED);
    }
    typed
}

/// As [`ask`], but a missing token is an error.
pub fn require(variable: &str, what: &str) -> Result<Secret> {
    ask(variable, what)?.ok_or_else(|| Failure::usage(format!("{what} is missing. Set {variable} in the environment.")))
}

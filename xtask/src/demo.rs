//! The demo: the sandbox with the page, or one unattended job.

use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::process::{Child, ChildStdin, Stdio};
use std::thread;
use std::time::Duration;

use serde_json::Value;

use crate::build::{build, build_sandbox};
use crate::files::{files_below, fingerprint};
use crate::setup::Workspace;
use crate::step::{Context, Failed, Program, Result};

/// The port of the page if it and the next two, for Torque and GitLab, are free.
const PORT: u16 = 8080;

const POLL_INTERVAL: Duration = Duration::from_millis(500);

/// Installs what is missing, builds, and serves the demo until Ctrl-C.
pub fn demo(workspace: &Workspace, port: Option<u16>, seed: u64) -> Result<()> {
    serve(workspace, &flags(port, seed), &invitation)?.wait()
}

/// Serves the demo and rebuilds it when a file changes. The user reloads the page.
pub fn watch(workspace: &Workspace, port: Option<u16>, seed: u64) -> Result<()> {
    let flags = flags(port, seed);
    let state = |folders: &[&str]| {
        let files = folders.iter().map(|folder| files_below(&workspace.root.join(folder), &["dist", "wasm"]));
        fingerprint(&files.collect::<Result<Vec<_>>>()?.concat())
    };
    let of_core_and_page = || state(&["src", "pkg", "www"]);
    let of_sandbox = || state(&["sandbox/src"]);

    let mut before = (of_core_and_page()?, of_sandbox()?);
    let mut running = before.1.clone();
    let mut sandbox = serve(workspace, &flags, &invitation)?;
    println!("   Changes in src, pkg, www and sandbox are rebuilt. Reload the page to see them.\n");
    loop {
        thread::sleep(POLL_INTERVAL);
        let now = (of_core_and_page()?, of_sandbox()?);
        if now == before {
            continue;
        }
        // A failed step has printed why. The next change may fix it.
        if build(workspace).is_ok() && now.1 != running && build_sandbox(workspace).is_ok() {
            sandbox.stop()?;
            sandbox = serve(workspace, &flags, &|_| "   The sandbox has been restarted.".to_owned())?;
            running.clone_from(&now.1);
        }
        before = now;
    }
}

/// The sandbox's options.
fn flags(port: Option<u16>, seed: u64) -> [String; 4] {
    let port = port.unwrap_or_else(|| if is_free(PORT, 3) { PORT } else { 0 });
    ["--port".to_owned(), port.to_string(), "--seed".to_owned(), seed.to_string()]
}

/// A running sandbox.
struct Serving {
    program: Program,
    child: Child,
    /// The sandbox ends when this closes, also if this process is killed.
    stdin: Option<ChildStdin>,
}

impl Serving {
    fn wait(mut self) -> Result<()> {
        let status = self.child.wait().context("wait for the sandbox")?;
        if status.success() {
            return Ok(());
        }
        Err(Failed::new(format!("this command ended with {status}: {}", self.program)))
    }

    fn stop(mut self) -> Result<()> {
        drop(self.stdin.take());
        self.wait()
    }
}

/// Builds and starts the sandbox with the page, and prints the text that `describe` makes of its facts.
fn serve(workspace: &Workspace, flags: &[String], describe: &dyn Fn(&Value) -> String) -> Result<Serving> {
    build(workspace)?;
    build_sandbox(workspace)?;

    let program = workspace
        .program(workspace.sandbox())
        .args(["--json", "--until-stdin-closes", "--www", "www/dist"])
        .args(flags);
    let mut command = program.command();
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().context(format!("run {program}"))?;
    let stdin = child.stdin.take();
    let out = child.stdout.take().ok_or_else(|| Failed::new("the sandbox has no output"))?;
    let mut line = String::new();
    BufReader::new(out).read_line(&mut line).context("read what the sandbox says")?;
    if let Ok(facts) = serde_json::from_str(&line) {
        println!("{}", describe(&facts));
    }
    Ok(Serving { program, child, stdin })
}

/// Installs what is missing, builds, and runs one job of the npm package over HTTP.
pub fn check(workspace: &Workspace) -> Result<()> {
    build(workspace)?;
    build_sandbox(workspace)?;
    let program = main_job(workspace);
    let status = program.command().stdin(Stdio::null()).status().context(format!("run {program}"))?;
    if status.success() { Ok(()) } else { Err(Failed::new(format!("this command failed: {program}"))) }
}

/// Runs one job from start to end; see `tests/demo/check.mjs`.
pub fn main_job(workspace: &Workspace) -> Program {
    workspace.program("node").arg("tests/demo/check.mjs").env("SANDBOX", workspace.sandbox())
}

fn is_free(port: u16, count: u16) -> bool {
    (port..port + count).all(|port| TcpListener::bind(("127.0.0.1", port)).is_ok())
}

/// The text that the demo prints: its URL, and what to enter in which field.
fn invitation(facts: &Value) -> String {
    let at = |pointer: &str| facts.pointer(pointer).and_then(Value::as_str).unwrap_or("?").to_owned();
    let token = |name: &str| {
        let tokens = facts["tokens"].as_array().into_iter().flatten();
        tokens.filter(|token| token["name"] == name).find_map(|token| token["token"].as_str()).unwrap_or("?").to_owned()
    };
    let gitlab = at("/gitlab/baseUrl");
    let page = at("/page");
    let line = "━".repeat(page.chars().count() + 24);
    format!(
        "
{line}
   Open     {page}
{line}

   Enter there
     Torque URL              {torque}
     Torque API token        {admin}
     Torque space            {space}
     GitLab base URL         {gitlab}
     GitLab token            {token}
     Repositories            {gitlab}platform/terraform-modules
                             {gitlab}payments/ledger.git

   Refused
     Token that expires      {expiring}
     Token without a scope   {lacking}
     Outside the base URL    {outside}platform/terraform-modules

   All tokens and URLs: {page}sandbox.json      Everything is in memory. Ctrl-C ends it.
",
        torque = at("/torque"),
        admin = at("/torqueTokens/admin"),
        space = at("/space"),
        token = token("provider_good"),
        expiring = token("provider_expiring"),
        lacking = token("read_api_only"),
        outside = gitlab.replace("/gitlab/", "/gitlab-old/"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_invitation_names_the_page_and_a_token_that_works() {
        let facts = serde_json::json!({
            "page": "http://127.0.0.1:8080/",
            "gitlab": { "baseUrl": "http://127.0.0.1:8082/gitlab/" },
            "tokens": [{ "name": "provider_good", "token": "glpat-example" }],
        });
        let text = invitation(&facts);
        assert!(text.contains("Open     http://127.0.0.1:8080/\n"), "{text}");
        assert!(text.contains("GitLab token            glpat-example\n"), "{text}");
    }
}

//! The demo: the sandbox with the page, or one job without a person.

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

/// The port of the page, if it is free; Torque and GitLab have the next two.
const PORT: u16 = 8080;

const LOOK_EVERY: Duration = Duration::from_millis(500);

/// Installs what is missing, builds, and serves until Ctrl-C.
pub fn demo(workspace: &Workspace, port: Option<u16>, seed: u64) -> Result<()> {
    let port = port.unwrap_or_else(|| if is_free(PORT, 3) { PORT } else { 0 });
    serve(workspace, &["--port", &port.to_string(), "--seed", &seed.to_string()], &invitation)?.wait()
}

/// The demo, rebuilt when a file changes. Reload the page by hand.
pub fn watch(workspace: &Workspace, port: Option<u16>, seed: u64) -> Result<()> {
    let port = port.unwrap_or_else(|| if is_free(PORT, 3) { PORT } else { 0 });
    let flags = ["--port", &port.to_string(), "--seed", &seed.to_string()];
    let state = |folders: &[&str]| {
        let files = folders.iter().map(|folder| files_below(&workspace.root.join(folder), &["dist", "wasm"]));
        fingerprint(&files.collect::<Result<Vec<_>>>()?.concat())
    };
    let of_core_and_page = || state(&["src", "pkg", "www"]);
    let of_sandbox = || state(&["sandbox/src"]);

    let mut before = (of_core_and_page()?, of_sandbox()?);
    let mut sandbox = serve(workspace, &flags, &invitation)?;
    println!("   Changes in src, pkg, www and sandbox are rebuilt. Reload the page to see them.\n");
    loop {
        thread::sleep(LOOK_EVERY);
        let now = (of_core_and_page()?, of_sandbox()?);
        if now == before {
            continue;
        }
        // A step that failed has said why. The next change may fix it.
        if build(workspace).is_ok() && now.1 != before.1 && build_sandbox(workspace).is_ok() {
            sandbox.stop()?;
            sandbox = serve(workspace, &flags, &|_| "   The sandbox has been restarted.".to_owned())?;
        }
        before = now;
    }
}

/// The sandbox's program, running.
struct Serving {
    program: Program,
    child: Child,
    /// The sandbox ends when this closes, so also when this process is killed.
    until_then: Option<ChildStdin>,
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
        drop(self.until_then.take());
        self.wait()
    }
}

/// Starts the sandbox with the page, and prints what `tell` makes of its description.
fn serve(workspace: &Workspace, flags: &[&str], tell: &dyn Fn(&Value) -> String) -> Result<Serving> {
    build(workspace)?;
    build_sandbox(workspace)?;

    let program = workspace
        .program(workspace.sandbox())
        .args(["--json", "--until-stdin-closes", "--www", "www/dist"])
        .args(flags);
    let mut command = program.command();
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().context(format!("run {program}"))?;
    let until_then = child.stdin.take();
    let out = child.stdout.take().ok_or_else(|| Failed::new("the sandbox has no output"))?;
    let mut line = String::new();
    BufReader::new(out).read_line(&mut line).context("read what the sandbox says")?;
    if let Ok(facts) = serde_json::from_str(&line) {
        println!("{}", tell(&facts));
    }
    Ok(Serving { program, child, until_then })
}

/// Installs what is missing, builds, and runs one job of the npm package over HTTP.
pub fn check(workspace: &Workspace) -> Result<()> {
    build(workspace)?;
    build_sandbox(workspace)?;
    let program = main_job(workspace);
    let status = program.command().stdin(Stdio::null()).status().context(format!("run {program}"))?;
    if status.success() { Ok(()) } else { Err(Failed::new(format!("this command failed: {program}"))) }
}

/// One job, from start to end; see `tests/demo/check.mjs`.
pub fn main_job(workspace: &Workspace) -> Program {
    workspace.program("node").arg("tests/demo/check.mjs").env("SANDBOX", workspace.sandbox())
}

fn is_free(port: u16, count: u16) -> bool {
    (port..port + count).all(|port| TcpListener::bind(("127.0.0.1", port)).is_ok())
}

/// The text that the demo prints: its address, and what to enter in which field.
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

   Type there
     Torque's address        {torque}
     Torque token            {admin}
     Space                   {space}
     GitLab's address        {gitlab}
     GitLab token            {good}
     Repositories            {gitlab}platform/terraform-modules
                             {gitlab}payments/ledger.git

   What is refused, and why
     a token about to expire {expiring}
     a token that lacks one  {lacking}
     outside the address     {outside}platform/terraform-modules

   All of it: {page}sandbox.json      Everything is in memory. Ctrl-C ends it.
",
        torque = at("/torque"),
        admin = at("/torqueTokens/admin"),
        space = at("/space"),
        good = token("provider_good"),
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

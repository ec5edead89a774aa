//! The sandbox with the page on it, for a person; or its main job once, for a machine.

use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::process::{Child, ChildStdin, Stdio};
use std::thread;
use std::time::Duration;

use serde_json::Value;

use crate::build::{build, build_sandbox};
use crate::files::{files_below, fingerprint};
use crate::setup::Places;
use crate::step::{Context, Failed, Program, Result};

/// Where the page is unless someone sits there already; Torque and GitLab have the next two.
const PORT: u16 = 8080;

const LOOK_EVERY: Duration = Duration::from_millis(500);

/// Sets up, builds, then serves until Ctrl-C.
pub fn demo(places: &Places, port: Option<u16>, seed: u64) -> Result<()> {
    let port = port.unwrap_or_else(|| if is_free(PORT, 3) { PORT } else { 0 });
    serve(places, &["--port", &port.to_string(), "--seed", &seed.to_string()], &invitation)?.wait()
}

/// The demo, kept up to date: what is changed is built again. The page has to be loaded again, by hand.
pub fn watch(places: &Places, port: Option<u16>, seed: u64) -> Result<()> {
    let port = port.unwrap_or_else(|| if is_free(PORT, 3) { PORT } else { 0 });
    let flags = ["--port", &port.to_string(), "--seed", &seed.to_string()];
    let state = |folders: &[&str]| {
        let files = folders.iter().map(|folder| files_below(&places.root.join(folder), &["dist", "wasm"]));
        fingerprint(&files.collect::<Result<Vec<_>>>()?.concat())
    };
    let of_core_and_page = || state(&["src", "pkg", "www"]);
    let of_sandbox = || state(&["sandbox/src"]);

    let mut before = (of_core_and_page()?, of_sandbox()?);
    let mut sandbox = serve(places, &flags, &invitation)?;
    println!("   What you change in src, pkg, www and sandbox is built again.\n");
    loop {
        thread::sleep(LOOK_EVERY);
        let now = (of_core_and_page()?, of_sandbox()?);
        if now == before {
            continue;
        }
        // A step that fails has said why; the next change may mend it.
        if build(places).is_ok() && now.1 != before.1 && build_sandbox(places).is_ok() {
            sandbox.stop()?;
            sandbox = serve(places, &flags, &|_| "   The sandbox has begun anew.".to_owned())?;
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
        let status = self.child.wait().cannot("wait for the sandbox")?;
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

/// Starts the sandbox's program with the page, and shows what `tell` makes of what it says about itself.
fn serve(places: &Places, flags: &[&str], tell: &dyn Fn(&Value) -> String) -> Result<Serving> {
    build(places)?;
    build_sandbox(places)?;

    let program =
        places.program(places.sandbox()).args(["--json", "--until-stdin-closes", "--www", "www/dist"]).args(flags);
    let mut command = program.command();
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().cannot(format!("run {program}"))?;
    let until_then = child.stdin.take();
    let out = child.stdout.take().ok_or_else(|| Failed::new("the sandbox has no output"))?;
    let mut line = String::new();
    BufReader::new(out).read_line(&mut line).cannot("read what the sandbox says")?;
    if let Ok(facts) = serde_json::from_str(&line) {
        println!("{}", tell(&facts));
    }
    Ok(Serving { program, child, until_then })
}

/// Sets up, builds, then lets the npm package do its main job over HTTP.
pub fn check(places: &Places) -> Result<()> {
    build(places)?;
    build_sandbox(places)?;
    let program = main_job(places);
    let status = program.command().stdin(Stdio::null()).status().cannot(format!("run {program}"))?;
    if status.success() { Ok(()) } else { Err(Failed::new(format!("this command failed: {program}"))) }
}

/// The demo's main job, from start to end; see `tests/demo/check.mjs`.
pub fn main_job(places: &Places) -> Program {
    places.program("node").arg("tests/demo/check.mjs").env("SANDBOX", places.sandbox())
}

fn is_free(port: u16, count: u16) -> bool {
    (port..port + count).all(|port| TcpListener::bind(("127.0.0.1", port)).is_ok())
}

/// What one sees when the demo runs: the address, large and clear, and what to type where.
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

//! Calls the program, against a sandbox where one is needed.

use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

use sandbox::{Facts, Failures, Options, Running, start};
use serde_json::{Value, json};

/// A call of the program without any of the caller's own tokens and proxies.
pub fn program(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_torque-gitlab-connect"));
    command
        .args(arguments)
        .env("RUST_BACKTRACE", "0")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    for name in ["TORQUE_TOKEN", "GITLAB_TOKEN", "HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY"]
    {
        command.env_remove(name);
    }
    command
}

/// What a call came to.
#[derive(Debug)]
pub struct Called {
    pub status: i32,
    pub out: String,
    pub err: String,
}

impl From<Output> for Called {
    fn from(output: Output) -> Self {
        Self {
            status: output.status.code().unwrap_or(-1),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

impl Called {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|why| panic!("{why}: {self:?}"))
    }
}

pub fn call(arguments: &[&str]) -> Called {
    program(arguments).output().unwrap().into()
}

/// With text on standard input.
pub fn call_with(arguments: &[&str], input: &str) -> Called {
    let mut child = program(arguments).stdin(Stdio::piped()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_owned();
    // Beside the reading of the output, so that neither side waits for the other.
    let writer = std::thread::spawn(move || drop(stdin.write_all(input.as_bytes())));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    output.into()
}

/// A running sandbox; it ends when this is dropped.
pub struct Sandbox {
    pub facts: Facts,
    _running: Running,
    _runtime: tokio::runtime::Runtime,
}

impl Sandbox {
    pub fn start(failures: &str) -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let failures = if failures.is_empty() { Failures::default() } else { failures.parse().unwrap() };
        let options = Options {
            port: 0,
            www: PathBuf::from("no-such-folder"),
            failures,
            failures_switch: true,
            sync_polls: 1,
            ..Options::default()
        };
        let running = runtime.block_on(start(options)).unwrap();
        Self { facts: running.facts.clone(), _running: running, _runtime: runtime }
    }

    pub fn token(&self, name: &str) -> &str {
        self.facts.token(name).unwrap_or_else(|| panic!("no token {name}"))
    }

    /// The address of a project of the GitLab.
    pub fn project(&self, path: &str) -> String {
        format!("{}{path}", self.facts.gitlab.base_url)
    }

    /// A plan with a new provider.
    pub fn plan(&self, projects: &[&str]) -> Value {
        let repositories: Vec<Value> = projects.iter().map(|path| json!({ "url": self.project(path) })).collect();
        json!({
            "portalUrl": self.facts.torque,
            "space": self.facts.space,
            "method": { "kind": "provider", "name": "gitlab-1", "baseUrl": self.facts.gitlab.base_url },
            "repositories": repositories,
            "policy": { "pollMs": 20 },
        })
    }

    /// The names of the space's repositories.
    pub fn repositories(&self) -> Vec<String> {
        let list = self.get(&format!("api/spaces/{}/repositories", self.facts.space));
        list.as_array().unwrap().iter().map(|one| one["name"].as_str().unwrap().to_owned()).collect()
    }

    /// How many requests to this endpoint have arrived, where a rule of failures is for it.
    pub fn requests(&self, endpoint: &str) -> u64 {
        let failures = self.get("sandbox/failures");
        let is_for = |rule: &&Value| rule["rule"].as_str().unwrap().contains(&format!(":{endpoint}:"));
        failures["failures"].as_array().unwrap().iter().find(is_for).unwrap()["requests"].as_u64().unwrap()
    }

    /// Creates the provider of [`Sandbox::plan`].
    pub fn create_provider(&self) {
        let details = json!({ "token": self.token("provider_good"), "base_url": self.facts.gitlab.base_url });
        let payload = json!({ "name": "gitlab-1", "type": "gitLabEnterprise", "details": details, "repos": [] });
        ureq::post(format!("{}api/settings/repository_providers", self.facts.torque))
            .header("authorization", format!("Bearer {}", self.facts.torque_tokens.admin))
            .header("content-type", "application/json")
            .send(payload.to_string())
            .unwrap();
    }

    fn get(&self, path: &str) -> Value {
        let bearer = format!("Bearer {}", self.facts.torque_tokens.admin);
        let mut answer =
            ureq::get(format!("{}{path}", self.facts.torque)).header("authorization", bearer).call().unwrap();
        serde_json::from_str(&answer.body_mut().read_to_string().unwrap()).unwrap()
    }

    /// A call with the tokens that may do everything.
    pub fn program(&self, arguments: &[&str]) -> Command {
        let mut command = program(arguments);
        command.env("TORQUE_TOKEN", &self.facts.torque_tokens.admin).env("GITLAB_TOKEN", self.token("provider_good"));
        command
    }
}

/// A folder of its own for each test; removed when this is dropped.
pub struct Folder(tempfile::TempDir);

impl Folder {
    pub fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    pub fn path(&self, name: &str) -> String {
        self.0.path().join(name).to_str().unwrap().to_owned()
    }

    pub fn write(&self, name: &str, text: &str) -> String {
        let path = self.path(name);
        std::fs::write(&path, text).unwrap();
        path
    }

    pub fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).unwrap()
    }
}

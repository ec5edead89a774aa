//! The examples do what they say, against the sandbox.

#![cfg(not(target_arch = "wasm32"))]

use std::path::PathBuf;
use std::process::{Command, Output};

use sandbox::{Options, Running, start};

/// The sandbox; it ends when this is dropped.
struct Sandbox {
    running: Running,
    runtime: tokio::runtime::Runtime,
}

impl Sandbox {
    fn start() -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let options = Options { port: 0, www: PathBuf::from("no-such-folder"), sync_polls: 1, ..Options::default() };
        Self { running: runtime.block_on(start(options)).unwrap(), runtime }
    }

    fn token(&self, name: &str) -> &str {
        self.running.facts.token(name).unwrap()
    }
}

/// Runs an example, which Cargo built beside the tests.
fn run(name: &str, arguments: &[&str], tokens: &[(&str, &str)]) -> (bool, String) {
    let tests = std::env::current_exe().unwrap();
    let examples = tests.parent().unwrap().with_file_name("examples");
    let output: Output = Command::new(examples.join(name))
        .args(arguments)
        .env_remove("GITLAB_TOKEN")
        .envs(tokens.iter().copied())
        .output()
        .unwrap_or_else(|why| panic!("{name}: {why}; `cargo build --examples` makes it"));
    (output.status.success(), String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned())
}

#[test]
fn check_urls_tells_what_is_inside_and_what_would_be() {
    let base = "https://gitlab.example.com/";
    let (is_good, out) = run("check_urls", &[base, "https://gitlab.example.com/platform/network.git"], &[]);
    assert_eq!((is_good, out.as_str()), (true, "inside: https://gitlab.example.com/platform/network\n"));
    let (is_good, out) = run("check_urls", &[base, "git@gitlab.example.com:platform/network.git"], &[]);
    assert!(!is_good && out.contains("try https://gitlab.example.com/platform/network\n"), "{out}");
}

#[test]
fn check_token_tells_what_gitlab_says() {
    let sandbox = Sandbox::start();
    let base = sandbox.running.facts.gitlab.base_url.as_str();
    let verdict = |token| run("check_token", &[base], &[("GITLAB_TOKEN", token)]);
    let (is_good, out) = verdict(sandbox.token("provider_good"));
    assert!(is_good && out.contains("verdict: Ok"), "{out}");
    let (_, out) = verdict(sandbox.token("repository_good"));
    assert!(out.contains("verdict: Reject") && out.contains("token.missing_scope"), "{out}");
    let (is_good, out) = run("check_token", &[base], &[]);
    assert!(!is_good && out.contains("scopes=read_api,read_repository"), "{out}");
}

#[test]
fn connect_connects() {
    let sandbox = Sandbox::start();
    let facts = &sandbox.running.facts;
    let base = facts.gitlab.base_url.as_str();
    let url = format!("{base}platform/network/edge/load-balancer");
    let tokens =
        [("TORQUE_TOKEN", facts.torque_tokens.admin.as_str()), ("GITLAB_TOKEN", sandbox.token("provider_good"))];
    let (is_good, out) = run("connect", &[&facts.torque, &facts.space, "gitlab-1", base, &url], &tokens);
    assert!(is_good, "{out}");
    assert!(tokens.iter().all(|(_, token)| !out.contains(token)), "no token is printed");
    // The name of the provider is taken now, and the example says so.
    let (is_good, out) = run("connect", &[&facts.torque, &facts.space, "gitlab-1", base, &url], &tokens);
    assert!(!is_good && out.contains("gitlab-1"), "{out}");
    drop(sandbox.runtime);
}

#[test]
fn export_writes_either_format() {
    let arguments = ["https://gitlab.example.com/", "https://gitlab.example.com/platform/network"];
    for (format, part) in [("curl", "command curl "), ("terraform", "resource ")] {
        let (is_good, out) = run("export", &[&[format][..], &arguments].concat(), &[]);
        assert!(is_good && out.contains(part), "{out}");
    }
}

//! `token`, against the sandbox's GitLab.

use std::io::{BufRead, BufReader, Write};

use crate::support::{Called, Sandbox, program};

fn ask(sandbox: &Sandbox, token: &str, more: &[&str]) -> Called {
    let arguments = [&["token", "--base-url", &sandbox.facts.gitlab.base_url, "--json"], more].concat();
    program(&arguments).env("GITLAB_TOKEN", sandbox.token(token)).output().unwrap().into()
}

#[test]
fn the_verdict_is_the_exit_status() {
    let sandbox = Sandbox::start("");
    for (token, more, status, verdict) in [
        ("provider_good", &[][..], 0, "ok"),
        ("repository_good", &["--purpose", "repository"], 0, "ok"),
        ("read_api_only", &[], 1, "reject"),
        ("expired", &[], 1, "reject"),
        ("fine_grained", &["--purpose", "repository"], 3, "unknown"),
    ] {
        let called = ask(&sandbox, token, more);
        assert_eq!(called.status, status, "{token}: {called:?}");
        assert_eq!(called.json()["verdict"], verdict, "{token}");
        assert!(!called.out.contains(sandbox.token(token)) && !called.err.contains(sandbox.token(token)), "{token}");
    }
}

#[test]
fn the_checklist_is_for_people() {
    let sandbox = Sandbox::start("");
    let called = ask(&sandbox, "read_api_only", &[]);
    assert!(
        called.err.contains("Scopes   read_api") && called.err.contains("does not meet the requirements"),
        "{called:?}"
    );
    assert!(called.err.contains("read_repository"), "{called:?}");
}

#[test]
fn an_expiry_that_gitlab_does_not_give_is_unknown() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    let server = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut head = BufReader::new(stream.try_clone().unwrap()).lines();
        while head.next().is_some_and(|line| !line.unwrap().is_empty()) {}
        let body = r#"{"name":"old","active":true,"scopes":["read_api","read_repository"]}"#;
        write!(stream, "HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{body}", body.len()).unwrap();
    });
    let called: Called = program(&["token", "--base-url", &base])
        .env("GITLAB_TOKEN", "glpat-0123456789abcdefghij")
        .output()
        .unwrap()
        .into();
    server.join().unwrap();
    assert!(called.status == 3 && called.err.contains("Expiry   unknown"), "{called:?}");
}

#[test]
fn a_gitlab_out_of_reach_is_unknown() {
    let called: Called = program(&["token", "--base-url", "https://127.0.0.1:1", "--json"])
        .env("GITLAB_TOKEN", "glpat-0123456789abcdefghij")
        .output()
        .unwrap()
        .into();
    assert_eq!((called.status, called.json()["verdict"].as_str()), (3, Some("unknown")), "{called:?}");
}

#[test]
fn plain_http_to_another_machine_needs_leave() {
    let called: Called = program(&["token", "--base-url", "http://gitlab.example.com"])
        .env("GITLAB_TOKEN", "glpat-0123456789abcdefghij")
        .output()
        .unwrap()
        .into();
    assert!(called.status == 1 && called.err.contains("gitlab.http_not_allowed"), "{called:?}");
    let json: Called = program(&["token", "--base-url", "http://gitlab.example.com", "--json"])
        .env("GITLAB_TOKEN", "glpat-0123456789abcdefghij")
        .output()
        .unwrap()
        .into();
    let (verdict, code) = (&json.json()["verdict"], &json.json()["issues"][0]["code"]);
    assert_eq!((json.status, verdict, code), (1, &"unknown".into(), &"gitlab.http_not_allowed".into()), "{json:?}");
    // It says what can be typed here.
    assert!(called.err.contains("--allow-http") && !called.err.contains("set allowHttp"), "{called:?}");
}

#[test]
fn without_a_token_nothing_is_asked() {
    let called: Called = program(&["token", "--base-url", "https://gitlab.example.com"]).output().unwrap().into();
    assert!(called.status == 2 && called.err.contains("Set GITLAB_TOKEN"), "{called:?}");
}

#[cfg(unix)]
#[test]
fn a_variable_that_is_no_text_is_not_missing() {
    use std::os::unix::ffi::OsStrExt;

    let token = std::ffi::OsStr::from_bytes(b"glpat-0123456789abcdefghi\xff");
    let called: Called = program(&["token", "--base-url", "https://gitlab.example.com"])
        .env("GITLAB_TOKEN", token)
        .output()
        .unwrap()
        .into();
    assert!(called.status == 1 && called.err.contains("does not meet"), "{called:?}");
    assert!(!called.err.contains("0123456789"), "{called:?}");
}

/// A terminal is needed: script (util-linux) makes one.
#[cfg(target_os = "linux")]
#[test]
fn ctrl_c_at_the_prompt_leaves_the_terminal_as_it_was() {
    use std::process::{Command, Stdio};

    let ready = "(while stty -a </dev/tty | grep -q ' icanon'; do :; done; echo it reads) &";
    let call = "\"$PROGRAM\" token --base-url https://gitlab.example.com";
    let mut child = Command::new("script")
        .args(["--quiet", "--command", &format!("trap : INT; {ready} {call}; echo status $?; stty -a"), "/dev/null"])
        .env("PROGRAM", env!("CARGO_BIN_EXE_torque-gitlab-connect"))
        .env("SHELL", "/bin/sh")
        .env_remove("GITLAB_TOKEN")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let (mut terminal, mut shown) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
    let mut text = Vec::new();
    while !text.ends_with(b"it reads") {
        let mut byte = [0];
        std::io::Read::read_exact(&mut shown, &mut byte).unwrap();
        text.push(byte[0]);
    }
    terminal.write_all(b"\x03").unwrap();
    let mut rest = String::new();
    std::io::Read::read_to_string(&mut shown, &mut rest).unwrap();
    child.wait().unwrap();
    assert!(rest.contains("status 130"), "{rest}");
    let flags: Vec<&str> = rest.split_whitespace().collect();
    assert!(["echo", "icanon", "isig"].iter().all(|flag| flags.contains(flag)), "{rest}");
}

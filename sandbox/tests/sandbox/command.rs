//! The program itself: what it prints, how it ends, what it logs.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};

use serde_json::Value;

/// Starts the program with these flags, on free ports.
fn command(flags: &[&str]) -> Child {
    Command::new(env!("CARGO_BIN_EXE_sandbox"))
        .args(["--port", "0"])
        .args(flags)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

fn first_line(child: &mut Child) -> String {
    let mut line = String::new();
    BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
    line
}

fn get(origin: &Value, target: &str, header: &str) -> String {
    let address = origin.as_str().unwrap().split('/').nth(2).unwrap();
    let mut stream = TcpStream::connect(address).unwrap();
    write!(stream, "GET {target} HTTP/1.1\r\nhost: {address}\r\n{header}connection: close\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

#[test]
fn one_line_of_json_then_it_serves_until_standard_input_closes() {
    let mut child = command(&["--json", "--until-stdin-closes"]);
    let facts: Value = serde_json::from_str(&first_line(&mut child)).unwrap();
    assert!(get(&facts["page"], "/sandbox.json", "").starts_with("HTTP/1.1 200"));
    drop(child.stdin.take());
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

#[cfg(unix)]
#[test]
fn a_signal_ends_it_with_success_even_with_a_connection_open() {
    for signal in ["-INT", "-TERM"] {
        let mut child = command(&["--json"]);
        let facts: Value = serde_json::from_str(&first_line(&mut child)).unwrap();
        let address = facts["torque"].as_str().unwrap().split('/').nth(2).unwrap();
        let mut open = TcpStream::connect(address).unwrap();
        open.write_all(b"POST /api/settings/repository_providers HTTP/1.1\r\ncontent-length: 9\r\n").unwrap();
        assert!(Command::new("kill").args([signal, &child.id().to_string()]).status().unwrap().success());
        assert_eq!(child.wait().unwrap().code(), Some(0), "{signal}");
    }
}

#[test]
fn a_port_that_is_taken_is_named() {
    let mut child = command(&["--json", "--until-stdin-closes"]);
    let facts: Value = serde_json::from_str(&first_line(&mut child)).unwrap();
    let port = facts["page"].as_str().unwrap().trim_end_matches('/').rsplit(':').next().unwrap().to_owned();
    let second = Command::new(env!("CARGO_BIN_EXE_sandbox")).args(["--port", &port]).output().unwrap();
    assert_eq!(second.status.code(), Some(1));
    let text = String::from_utf8(second.stderr).unwrap();
    assert!(text.contains(&port) && text.contains("--port"), "{text}");
    drop(child.stdin.take());
    child.wait().unwrap();
}

#[test]
fn people_get_every_address_token_and_repository_with_what_will_happen() {
    let mut child = command(&["--until-stdin-closes"]);
    drop(child.stdin.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    let text = String::from_utf8(output.stdout).unwrap();
    for part in ["Page", "Torque", "GitLab", "/gitlab/", "provider_good", "glpat-", "payments/ledger", "outsider"] {
        assert!(text.contains(part), "{part} is not in:\n{text}");
    }
    let widest = text.lines().map(|line| line.chars().count()).max().unwrap_or_default();
    assert!(widest <= 120, "a line has {widest} characters");
}

#[test]
fn the_log_names_each_request_and_no_token() {
    let mut child = command(&["--json", "--verbose", "--until-stdin-closes"]);
    let facts: Value = serde_json::from_str(&first_line(&mut child)).unwrap();
    let token = facts["tokens"][0]["token"].as_str().unwrap();
    let admin = facts["torqueTokens"]["admin"].as_str().unwrap();
    let gitlab = &facts["gitlab"]["baseUrl"];
    get(gitlab, &format!("/gitlab/api/v4/user?private_token={token}"), "");
    get(gitlab, &format!("/gitlab/api/v4/projects/{token}"), &format!("private-token: {token}\r\n"));
    get(&facts["torque"], &format!("/api/spaces/{admin}"), &format!("authorization: Bearer {admin}\r\n"));
    get(&facts["page"], &format!("/{token}?{admin}"), "");
    drop(child.stdin.take());
    let log = String::from_utf8(child.wait_with_output().unwrap().stderr).unwrap();
    let lines: Vec<&str> = log.lines().collect();
    assert_eq!(
        lines,
        [
            "gitlab GET /gitlab/api/v4/user 200",
            "gitlab GET /gitlab/api/v4/projects/[token] 404",
            "torque GET /api/spaces/[token] 404",
            "page GET /[token] 404",
        ]
    );
}

#[test]
fn nothing_is_logged_unless_asked_for() {
    let mut child = command(&["--json", "--until-stdin-closes"]);
    let facts: Value = serde_json::from_str(&first_line(&mut child)).unwrap();
    get(&facts["page"], "/nothing", "");
    drop(child.stdin.take());
    assert_eq!(String::from_utf8(child.wait_with_output().unwrap().stderr).unwrap(), "");
}

#[test]
fn failures_come_by_flag_and_are_named_in_the_log() {
    let flags = ["--json", "--verbose", "--until-stdin-closes", "--failures", "429:list:1", "--failures-switch"];
    let mut child = command(&flags);
    let facts: Value = serde_json::from_str(&first_line(&mut child)).unwrap();
    assert_eq!(facts["failures"], format!("{}sandbox/failures", facts["torque"].as_str().unwrap()));
    assert!(get(&facts["torque"], "/api/spaces/demo/repositories", "").starts_with("HTTP/1.1 429"));
    assert!(get(&facts["torque"], "/api/spaces/demo/repositories", "").starts_with("HTTP/1.1 401"));
    drop(child.stdin.take());
    let log = String::from_utf8(child.wait_with_output().unwrap().stderr).unwrap();
    let path = "torque GET /api/spaces/demo/repositories";
    assert_eq!(log, format!("{path} 429 429\n{path} 401\n"));

    let refused = command(&["--failures", "gone:1"]).wait_with_output().unwrap();
    assert_eq!(refused.status.code(), Some(2));
    assert!(String::from_utf8(refused.stderr).unwrap().contains("lost-before"));
}

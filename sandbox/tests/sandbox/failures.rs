//! The Torque with failures switched on, as a client meets them.

use std::io::{ErrorKind, Read, Write};
use std::net::TcpStream;

use sandbox::Options;
use serde_json::{Value, json};

use crate::client::{Answer, Sandbox};

const SWITCH: &str = "sandbox/failures";
const CONNECT: &str = "api/spaces/demo/repositories/gitlabEnterprise";
const LIST: &str = "api/spaces/demo/repositories";
const PROVIDERS: &str = "api/settings/repository_providers";

fn with_failures(failures: &str) -> Sandbox {
    Sandbox::start_with(Options { port: 0, failures: failures.parse().unwrap(), ..Options::default() })
}

impl Sandbox {
    fn payload(&self, name: &str) -> Value {
        json!({
            "repository_name": name,
            "repository_url": format!("{}payments/ledger", self.facts.gitlab.base_url),
            "credential_name": "gitlab-shared",
        })
    }

    fn post(&self, name: &str) -> Answer {
        self.request(&self.facts.torque_tokens.member, "POST", CONNECT, &self.payload(name))
    }

    fn get_list(&self) -> Answer {
        let bearer = format!("Bearer {}", self.facts.torque_tokens.member);
        self.send("GET", &self.torque(LIST), &[("authorization", &bearer)], None)
    }

    /// Names and status words.
    fn listed(&self) -> Vec<(String, String)> {
        let text = |entry: &Value, key: &str| entry[key].as_str().unwrap().to_owned();
        let list = self.get_list().json();
        list.as_array().unwrap().iter().map(|entry| (text(entry, "name"), text(entry, "status"))).collect()
    }

    fn set_failures(&self, failures: &str) -> Answer {
        self.request(&self.facts.torque_tokens.admin, "POST", SWITCH, &json!({ "failures": failures }))
    }

    /// Posts over a connection of its own: all that came back, or how reading it failed.
    fn post_bare(&self, name: &str) -> Result<String, ErrorKind> {
        let address = self.facts.torque.split('/').nth(2).unwrap();
        let body = self.payload(name).to_string();
        let token = &self.facts.torque_tokens.member;
        let mut stream = TcpStream::connect(address).unwrap();
        write!(
            stream,
            "POST /{CONNECT} HTTP/1.1\r\nhost: {address}\r\nauthorization: Bearer {token}\r\n\
             content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
            body.len()
        )
        .unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).map(|_| answer).map_err(|error| error.kind())
    }
}

#[test]
fn an_answer_is_lost_before_or_after_the_effect() {
    for (failure, outcome, listed) in [
        ("lost-before", Ok(String::new()), 0),
        ("lost-after", Ok(String::new()), 1),
        ("reset-before", Err(ErrorKind::ConnectionReset), 0),
        ("reset-after", Err(ErrorKind::ConnectionReset), 1),
    ] {
        let sandbox = with_failures(&format!("{failure}:connect:1"));
        assert_eq!(sandbox.post_bare("r"), outcome, "{failure}");
        assert_eq!(sandbox.listed().len(), listed, "{failure}");
        // The rule was for the first one only.
        assert_eq!(sandbox.post("again").status, 202, "{failure}");
    }
}

#[test]
fn errors_and_redirects_come_instead_of_the_answer() {
    for (failure, status, content_type, retry_after, listed) in [
        ("429", 429, "application/json", "", 0),
        ("429-retry-after", 429, "application/json", "1", 0),
        ("503-retry-after", 503, "text/plain", "1", 0),
        ("500-before", 500, "application/json", "", 0),
        ("500-after", 500, "application/json", "", 1),
        ("502-before", 502, "text/html", "", 0),
        ("502-after", 502, "text/html", "", 1),
        ("redirect", 302, "text/html", "", 0),
    ] {
        let sandbox = with_failures(&format!("{failure}:connect:1"));
        let answer = sandbox.post("r");
        assert_eq!((answer.status, answer.header("content-type")), (status, content_type), "{failure}");
        assert_eq!(answer.header("retry-after"), retry_after, "{failure}");
        assert_eq!(answer.header("location").is_empty(), status != 302, "{failure}");
        assert_eq!(sandbox.listed().len(), listed, "{failure}");
    }
}

#[test]
fn json_ends_in_its_middle() {
    let sandbox = with_failures("truncated:2,truncated:list:1");
    let answer = sandbox.post("r");
    assert_eq!((answer.status, answer.header("content-type")), (202, "application/json"));
    assert!(serde_json::from_str::<Value>(&answer.text).is_err(), "{}", answer.text);
    let list = sandbox.get_list();
    assert_eq!(list.status, 200);
    assert!(list.text.starts_with("[{") && serde_json::from_str::<Value>(&list.text).is_err(), "{}", list.text);
    assert_eq!(sandbox.listed().len(), 1);
}

#[test]
fn a_request_is_delivered_twice() {
    let sandbox = with_failures("duplicate:2");
    assert_eq!(sandbox.post("r").status, 409);
    let provider = json!({
        "name": "gitlab-1",
        "type": "gitLabEnterprise",
        "details": { "token": "glpat-x", "base_url": sandbox.facts.gitlab.base_url },
        "repos": [],
    });
    assert_eq!(sandbox.request(&sandbox.facts.torque_tokens.admin, "POST", PROVIDERS, &provider).status, 409);
    assert_eq!(sandbox.listed(), [("r".to_owned(), "Syncing".to_owned())]);
}

#[test]
fn syncing_takes_longer_or_fails() {
    let sandbox = with_failures("slow-sync=2:1,failing-sync:connect:1");
    assert_eq!((sandbox.post("slow").status, sandbox.post("good").status), (202, 202));
    let statuses: Vec<[String; 2]> = (0..4)
        .map(|_| {
            let list = sandbox.listed();
            [list[0].1.clone(), list[1].1.clone()]
        })
        .collect();
    let expected =
        [["Syncing", "Syncing"], ["Syncing", "Connected"], ["Syncing", "Connected"], ["Failed", "Connected"]];
    assert_eq!(statuses, expected);
    assert!(sandbox.get_list().json()[0]["errors"][0]["message"].as_str().unwrap().contains("agent"));
}

#[test]
fn a_list_lags_behind_a_lost_answer() {
    let sandbox = with_failures("lost-after:connect:1,lagging-list=3:1");
    assert_eq!(sandbox.post_bare("r"), Ok(String::new()));
    for _ in 0..2 {
        assert_eq!(sandbox.listed(), []);
    }
    assert_eq!(sandbox.post("r").status, 409, "the name is taken although no list shows it");
    assert_eq!(sandbox.listed(), []);
    let statuses: Vec<String> = (0..2).map(|_| sandbox.listed()[0].1.clone()).collect();
    assert_eq!(statuses, ["Syncing", "Connected"]);
}

#[test]
fn a_client_that_does_not_wait_for_a_late_answer_has_caused_its_effect() {
    let sandbox = with_failures("delay=10000:connect:1");
    let address = sandbox.facts.torque.split('/').nth(2).unwrap().to_owned();
    let body = sandbox.payload("r").to_string();
    let token = &sandbox.facts.torque_tokens.member;
    let mut stream = TcpStream::connect(address).unwrap();
    write!(
        stream,
        "POST /{CONNECT} HTTP/1.1\r\nhost: a\r\nauthorization: Bearer {token}\r\n\
         content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    )
    .unwrap();
    while sandbox.listed().is_empty() {
        std::thread::yield_now();
    }
    stream.set_nonblocking(true).unwrap();
    let early = stream.read(&mut [0; 1]).map_err(|error| error.kind());
    assert_eq!(early, Err(ErrorKind::WouldBlock), "nothing was answered yet");
    drop(stream);
    assert_eq!(sandbox.listed().len(), 1);
}

#[test]
fn the_seed_decides_which_requests_fail() {
    let statuses = |seed| {
        let failures = "429:list:50%".parse().unwrap();
        let sandbox = Sandbox::start_with(Options { port: 0, seed, failures, ..Options::default() });
        (0..40).map(|_| sandbox.get_list().status).collect::<Vec<u16>>()
    };
    assert_eq!(statuses(7), statuses(7));
    assert_ne!(statuses(7), statuses(8));
    assert!(statuses(7).contains(&200) && statuses(7).contains(&429));
}

#[test]
fn failures_are_switched_and_counted_while_it_runs() {
    let sandbox = Sandbox::start_with(Options { port: 0, failures_switch: true, ..Options::default() });
    assert_eq!(sandbox.facts.failures, Some(sandbox.torque(SWITCH)));
    let answer = sandbox.set_failures("500-before:connect:1,429:list:100%");
    let rule =
        |rule: &str, requests: u32, injected: u32| json!({ "rule": rule, "requests": requests, "injected": injected });
    let expected = json!({ "failures": [rule("500-before:connect:1", 0, 0), rule("429:list:100%", 0, 0)] });
    assert_eq!((answer.status, answer.json()), (200, expected));
    assert_eq!((sandbox.post("r").status, sandbox.post("r").status), (500, 202));
    assert_eq!(sandbox.get_list().status, 429);

    let bearer = format!("Bearer {}", sandbox.facts.torque_tokens.admin);
    let answer = sandbox.send("GET", &sandbox.torque(SWITCH), &[("authorization", &bearer)], None);
    let expected = json!({ "failures": [rule("500-before:connect:1", 2, 1), rule("429:list:100%", 1, 1)] });
    assert_eq!(answer.json(), expected);

    let refused = sandbox.set_failures("gone:1");
    assert_eq!(refused.status, 422);
    assert!(refused.json()["errors"][0]["message"].as_str().unwrap().contains("lost-before"), "{}", refused.text);
    assert_eq!(sandbox.get_list().status, 429, "the old ones stay");
    assert_eq!(sandbox.set_failures("").json(), json!({ "failures": [] }));
    assert_eq!(sandbox.get_list().status, 200);
}

#[test]
fn nobody_else_switches_failures() {
    let closed = Sandbox::start();
    assert_eq!((closed.set_failures("429:1").status, &closed.facts.failures), (404, &None));
    let open = Sandbox::start_with(Options { port: 0, failures_switch: true, ..Options::default() });
    let body = json!({ "failures": "429:1" });
    assert_eq!(open.request(&open.facts.torque_tokens.member, "POST", SWITCH, &body).status, 403);
    assert_eq!(open.request("wrong", "POST", SWITCH, &body).status, 401);
    assert_eq!(open.get_list().status, 200);
}

//! `to_curl` run as pasted, by real shells and the real curl, against a server that notes what it gets.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Command, Output, Stdio};
use std::thread;

use serde_json::{Value, json};
use torque_gitlab_connect::export::to_curl;
use torque_gitlab_connect::onboarding::{Method, Plan, PlanRepository};
use torque_gitlab_connect::secret::Secret;
use torque_gitlab_connect::torque::{Name, RepositoryPayload};

const TORQUE_TOKEN: &str = "torque.Token~with+every/kind-of_character==&|;<>(){}[]*?#%^!!$(id)";
const GITLAB_TOKEN: &str = "glpat-Sesame_0123456789-ab.01.abcdefghi";

/// The shells in which people paste; the last is an interactive one, which replaces `!` as at a prompt.
const SHELLS: [&[&str]; 5] =
    [&["sh"], &["dash"], &["busybox", "sh"], &["bash"], &["bash", "--norc", "--noprofile", "-i"]];

/// Those of them that this machine has; `sh` is everywhere.
fn shells() -> impl Iterator<Item = &'static [&'static str]> {
    SHELLS.into_iter().filter(|shell| shell[0] == "sh" || is_installed(shell[0]))
}

fn is_installed(program: &str) -> bool {
    Command::new(program)
        .arg("--version")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok()
}

/// Names that have ended other people's scripts.
const NAMES: [&str; 12] = [
    "plain",
    "it's",
    "say \"hello\"",
    "$HOME and ${PATH} and $(id)",
    "`id`",
    "back\\slash \\n \\u0041 \\",
    "wow! !! !1 !$ !x",
    "EOF",
    "# no comment; & | < > ( ) { } [ ] * ? ~ ^ = % @ +",
    "ünï ✓ 𝄞 名前",
    "-d @/etc/passwd",
    "'\"'\"'$(exit 9)",
];

struct Received {
    line: String,
    authorization: String,
    body: Value,
    /// What was shown by `/proc` while curl waited for the answer.
    shown: String,
}

/// Answers one request for each of these, in that order, and notes them.
fn serve(listener: TcpListener, answers: Vec<(u16, String)>) -> thread::JoinHandle<Vec<Received>> {
    thread::spawn(move || {
        let accept =
            |(status, body): (u16, String)| answer(&listener.accept().expect("a request comes").0, status, &body);
        answers.into_iter().map(accept).collect()
    })
}

fn taken(status: u16) -> (u16, String) {
    (status, "{}".to_owned())
}

/// The space's list, with this status of each of the plan's first repositories, and with much that is not meant.
fn list(statuses: &[&str]) -> (u16, String) {
    let other = json!({ "name": "other \\\"", "repository_url": "https://gitlab.example.com/other", "status": "Pondering",
        "agents": [{ "name": "https://gitlab.example.com/group/project-0", "status": "Connected" }], "errors": ["old"] });
    let entries = statuses.iter().enumerate().map(|(number, status)| {
        json!({ "agents": [{ "status": "x", "name": "}]," }], "errors": [], "token": null, "use_all_agents": true,
            "status": status, "repository_url": format!("https://gitlab.example.com/group/project-{number}"),
            "name": "[{\"status\":\"Connected\"}]\\" })
    });
    let list: Vec<_> = std::iter::once(other).chain(entries).collect();
    // Some servers write slashes so.
    (200, serde_json::to_string_pretty(&list).unwrap().replace('/', "\\/"))
}

fn answer(mut stream: &TcpStream, status: u16, answer: &str) -> Received {
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    reader.read_line(&mut line).unwrap();
    let (mut authorization, mut length) = (String::new(), 0);
    loop {
        let mut header = String::new();
        reader.read_line(&mut header).unwrap();
        let Some((name, value)) = header.trim_end().split_once(": ") else { break };
        match name.to_ascii_lowercase().as_str() {
            "authorization" => value.clone_into(&mut authorization),
            "content-length" => length = value.parse().unwrap(),
            _ => {}
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).unwrap();
    let shown = processes();
    let location = if status == 302 { "Location: /elsewhere\r\n" } else { "" };
    let length = answer.len();
    write!(stream, "HTTP/1.1 {status} X\r\n{location}Content-Length: {length}\r\nConnection: close\r\n\r\n{answer}")
        .unwrap();
    Received {
        line: line.trim_end().to_owned(),
        authorization,
        body: if body.is_empty() { Value::Null } else { serde_json::from_slice(&body).expect("the body is JSON") },
        shown,
    }
}

/// Arguments and environment of every process that can be seen.
fn processes() -> String {
    let mut shown = String::new();
    for entry in fs::read_dir("/proc").into_iter().flatten().flatten() {
        for file in ["cmdline", "environ"] {
            if let Ok(bytes) = fs::read(entry.path().join(file)) {
                shown.push_str(&String::from_utf8_lossy(&bytes));
                shown.push('\n');
            }
        }
    }
    shown
}

/// Pastes `text` into a shell in which the tokens are variables but not exported.
fn paste(shell: &[&str], tokens: &[(&str, &str)], text: &str) -> Output {
    let mut child = Command::new(shell[0])
        .args(&shell[1..])
        .env_remove("TORQUE_TOKEN")
        .env_remove("GITLAB_TOKEN")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the shell is installed");
    let variables: String = tokens.iter().map(|(name, value)| format!("{name}='{value}'\n")).collect();
    child.stdin.take().unwrap().write_all(format!("{variables}{text}").as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

fn both_tokens() -> [(&'static str, &'static str); 2] {
    [("TORQUE_TOKEN", TORQUE_TOKEN), ("GITLAB_TOKEN", GITLAB_TOKEN)]
}

fn plan(listener: &TcpListener, name: &str, repositories: usize) -> Plan {
    let base_url = "https://gitlab.example.com/".to_owned();
    let method = Method::Provider { name: name.to_owned(), base_url, token: None };
    let mut plan = Plan::new(&format!("http://{}", listener.local_addr().unwrap()), &format!("{name}/ space"), method);
    for number in 0..repositories {
        plan.repositories.push(PlanRepository {
            name: Some(format!("{name} {number}")),
            agents: vec![name.to_owned()],
            ..PlanRepository::new(&format!("https://gitlab.example.com/group/project-{number}"))
        });
    }
    plan
}

fn listen() -> TcpListener {
    TcpListener::bind("127.0.0.1:0").unwrap()
}

fn script(plan: &Plan) -> String {
    to_curl(plan).expect("the plan is valid").value
}

#[test]
fn whatever_a_name_contains_every_shell_sends_exactly_the_payload() {
    for shell in shells() {
        for name in NAMES {
            let listener = listen();
            let plan = plan(&listener, name, 1);
            let server = serve(listener, vec![taken(200), taken(202), list(&["Connected"])]);
            let output = paste(shell, &both_tokens(), &script(&plan));
            assert!(output.status.success(), "{shell:?} {name:?}: {output:?}");
            let received = server.join().unwrap();

            assert_eq!(received[0].line, "POST /api/settings/repository_providers HTTP/1.1");
            assert_eq!(received[0].authorization, format!("Bearer {TORQUE_TOKEN}"));
            let details = json!({ "token": GITLAB_TOKEN, "base_url": "https://gitlab.example.com/" });
            let expected = json!({ "name": name, "type": "gitLabEnterprise", "details": details, "repos": [] });
            assert_eq!(received[0].body, expected, "{shell:?}");

            let space = Name::check(&plan.space).unwrap().value.path_segment();
            assert_eq!(received[1].line, format!("POST /api/spaces/{space}/repositories/gitlabEnterprise HTTP/1.1"));
            assert_eq!(received[1].body["repository_name"], format!("{name} 0"));
            assert_eq!(received[1].body["agents"], json!([name]));
            assert_eq!(received[1].body["token"], Value::Null);
            assert_eq!(received[2].line, format!("GET /api/spaces/{space}/repositories HTTP/1.1"));
            assert_eq!(received[2].authorization, format!("Bearer {TORQUE_TOKEN}"));
        }
    }
}

#[cfg(target_os = "linux")] // where /proc shows every process
#[test]
fn no_process_shows_a_token() {
    for shell in shells() {
        let listener = listen();
        let script = script(&plan(&listener, "gitlab-1", 1));
        let server = serve(listener, vec![taken(200), taken(200), list(&["Connected"])]);
        assert!(paste(shell, &both_tokens(), &script).status.success());
        let received = server.join().unwrap();
        assert_eq!(received.len(), 3);
        for received in received {
            assert!(received.shown.contains("--config"), "curl itself is seen");
            assert!(!received.shown.contains(TORQUE_TOKEN) && !received.shown.contains(GITLAB_TOKEN), "{shell:?}");
        }
    }
}

#[test]
fn each_repository_gets_its_own_token() {
    let listener = listen();
    let portal = format!("http://{}", listener.local_addr().unwrap());
    let mut plan = Plan::new(&portal, "demo", Method::TokenPerRepository { base_url: None });
    plan.repositories.push(PlanRepository::new("https://gitlab.example.com/group/one"));
    plan.repositories.push(PlanRepository {
        credential_name: Some("stored".to_owned()),
        ..PlanRepository::new("https://gitlab.example.com/group/two")
    });
    plan.repositories.push(PlanRepository {
        token: Some(Secret::new(GITLAB_TOKEN.to_owned())),
        ..PlanRepository::new("https://gitlab.example.com/group/three")
    });
    let script = script(&plan);
    assert!(!script.contains(GITLAB_TOKEN), "a token of the plan is not in the text");

    let urls = [
        "https://gitlab.example.com/group/one",
        "https://gitlab.example.com/group/two.git",
        "https://gitlab.example.com/Group/Three",
    ];
    let all = json!(urls.map(|url| json!({ "repository_url": url, "status": "Connected" }))).to_string();
    let server = serve(listener, vec![taken(200), taken(200), taken(200), (200, all)]);
    let tokens = [("TORQUE_TOKEN", "t"), ("GITLAB_TOKEN_1", "glpat-first"), ("GITLAB_TOKEN_3", "glpat-third")];
    let output = paste(&["sh"], &tokens, &script);
    assert!(output.status.success(), "{output:?}");
    let received = server.join().unwrap();
    let said: Vec<_> =
        received[..3].iter().map(|request| (&request.body["token"], &request.body["credential_name"])).collect();
    assert_eq!(
        said,
        [
            (&json!("glpat-first"), &json!("one")),
            (&Value::Null, &json!("stored")),
            (&json!("glpat-third"), &json!("three")),
        ]
    );
}

#[test]
fn the_first_failure_ends_it_and_a_redirect_is_one() {
    for status in [302, 409, 500] {
        let listener = listen();
        let script = script(&plan(&listener, "gitlab-1", 2));
        let server = serve(listener, vec![taken(200), taken(status)]);
        let output = paste(&["sh"], &both_tokens(), &script);
        assert!(!output.status.success(), "{status}");
        assert!(String::from_utf8_lossy(&output.stdout).ends_with(&format!("(HTTP {status})\n")), "{output:?}");
        assert_eq!(server.join().unwrap().len(), 2);
    }
}

/// The script's answer to these lists, with a pause of a second and four tries.
fn wait_for(answers: Vec<(u16, String)>) -> (bool, String) {
    let listener = listen();
    let mut plan = plan(&listener, "gitlab-1", 2);
    (plan.policy.poll_ms, plan.policy.sync_timeout_ms) = (1_000, 3_000);
    let script = script(&plan);
    let count = answers.len();
    let server = serve(listener, [taken(200), taken(202), taken(202)].into_iter().chain(answers).collect());
    let output = paste(&["sh"], &both_tokens(), &script);
    assert_eq!(server.join().unwrap().len(), 3 + count);
    let told = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    (output.status.success(), told)
}

#[test]
fn it_waits_until_everything_is_connected() {
    let bad_gateway = (502, "<a href=\"x\">it's bad</a>".to_owned());
    let lists =
        vec![list(&["Connected"]), bad_gateway, list(&["Connected", "Syncing"]), list(&["Connected", "Connected"])];
    let (success, told) = wait_for(lists);
    assert!(success && told.ends_with("Torque is connected to everything.\n"), "{told}");
}

#[test]
fn it_waits_no_longer_than_the_policy_says() {
    let (success, told) = wait_for(vec![list(&["Connected", "Syncing"]); 4]);
    assert!(!success && told.contains("https://gitlab.example.com/group/project-1: Syncing\n"), "{told}");
    assert!(!told.contains("project-0:"), "{told}");
}

#[test]
fn it_waits_for_nothing_that_cannot_come() {
    for status in [302, 401, 403, 404] {
        let (success, told) = wait_for(vec![(status, "\"no\"".to_owned())]);
        assert!(!success && told.contains(&format!("(HTTP {status})")), "{told}");
    }
    let failed = json!([{ "repository_url": "https://gitlab.example.com/group/project-1", "status": "Failed \u{1b}[31m",
        "errors": [{ "message": "cannot clone" }] }]);
    let (success, told) = wait_for(vec![(200, failed.to_string())]);
    assert!(!success && told.contains("project-0: not listed\n"), "{told}");
    assert!(told.contains("project-1: Failed \\u001b[31m, with errors\n"), "{told}");
}

#[test]
fn nothing_is_sent_without_a_token_or_with_one_that_cannot_be_one() {
    let listener = listen();
    listener.set_nonblocking(true).unwrap();
    let script = script(&plan(&listener, "gitlab-1", 0));
    for shell in shells() {
        for bad in ["", "two words", "quo\"te", "back\\slash", "line\nbreak", "end\n", "umläut"] {
            let good = "glpat-good";
            for (torque, gitlab) in [(bad, good), (good, bad)] {
                let tokens = [("TORQUE_TOKEN", torque), ("GITLAB_TOKEN", gitlab)];
                let output = paste(shell, &tokens, &script);
                assert!(!output.status.success(), "{shell:?} {bad:?}");
            }
        }
    }
    assert!(listener.accept().is_err(), "no request came");
}

#[test]
fn shellcheck_has_nothing_to_say() {
    if !is_installed("shellcheck") {
        eprintln!("not checked: shellcheck is not installed (Debian: apt-get install shellcheck)");
        return;
    }
    let mut child = Command::new("shellcheck")
        .args(["--shell=sh", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(script(&plan(&listen(), NAMES[11], 2)).as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
}

#[test]
fn a_plan_that_is_wrong_is_not_exported() {
    let plan = Plan::new("http://portal.example.com", "..", Method::TokenPerRepository { base_url: None });
    let issues = to_curl(&plan).unwrap_err();
    let codes: Vec<_> = issues.iter().map(|issue| issue.code.as_str()).collect();
    assert_eq!(codes, ["portal_url.http_not_allowed", "name.dot_segment", "plan.no_repositories"]);
}

#[test]
fn a_script_goes_to_torque_itself_and_not_through_the_proxy_of_a_page() {
    let mut plan = plan(&listen(), "gitlab-1", 1);
    plan.portal_url = "https://portal.example.com/torque-proxy".to_owned();
    plan.public_portal_url = Some("https://torque.example.com/".to_owned());
    let script = script(&plan);
    assert!(script.contains("https://torque.example.com/api/") && !script.contains("torque-proxy"));
}

#[test]
fn the_text_holds_the_payload_as_the_api_sends_it() {
    let repository = PlanRepository::new("https://gitlab.example.com/group/project-0");
    let payload = RepositoryPayload::check(&repository, None).unwrap().value;
    let mut plan = plan(&listen(), "gitlab-1", 1);
    plan.repositories[0].name = None;
    plan.repositories[0].agents = Vec::new();
    assert!(script(&plan).contains(&format!("data-raw = {}\n", payload.to_json())));
}

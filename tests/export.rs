//! `to_curl` run as pasted, by real shells and the real curl, against a server that notes what it gets.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Command, Output, Stdio};
use std::thread;

use serde_json::{Value, json};
use torque_gitlab_connect::export::to_curl;
use torque_gitlab_connect::issue::Severity;
use torque_gitlab_connect::onboarding::{Method, Plan, PlanRepository};
use torque_gitlab_connect::secret::Secret;
use torque_gitlab_connect::torque::{Name, RepositoryPayload};

const TORQUE_TOKEN: &str = "torque.Token~with+every/kind-of_character==&|;<>(){}[]*?#%^!!$(id)";
const GITLAB_TOKEN: &str = "glpat-Sesame_0123456789-ab.01.abcdefghi";

/// The shells in which people paste; the last is an interactive one, which replaces `!` as at a prompt.
const SHELLS: [&[&str]; 6] =
    [&["sh"], &["dash"], &["busybox", "sh"], &["zsh"], &["bash"], &["bash", "--norc", "--noprofile", "-i"]];

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

/// What the server answers.
#[derive(Clone, Debug)]
struct Answer {
    status: u16,
    body: String,
    /// How often the body comes, one after the other, and whether its length is sent before.
    times: usize,
    length_is_told: bool,
}

fn answer(status: u16, body: impl Into<String>) -> Answer {
    Answer { status, body: body.into(), times: 1, length_is_told: true }
}

fn taken(status: u16) -> Answer {
    answer(status, "{}")
}

/// Answers one request for each of these, in that order, and notes them.
fn serve(listener: TcpListener, answers: Vec<Answer>) -> thread::JoinHandle<Vec<Received>> {
    thread::spawn(move || {
        let accept = |answer| exchange(&listener.accept().expect("a request comes").0, &answer);
        answers.into_iter().map(accept).collect()
    })
}

fn exchange(mut stream: &TcpStream, answer: &Answer) -> Received {
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
    let Answer { status, body: text, times, length_is_told } = answer;
    let location = if *status == 302 { "Location: /elsewhere\r\n" } else { "" };
    let length = if *length_is_told { format!("Content-Length: {}\r\n", text.len() * times) } else { String::new() };
    write!(stream, "HTTP/1.1 {status} X\r\n{location}{length}Connection: close\r\n\r\n").unwrap();
    // Whoever has read enough hangs up.
    let _all_of_it_is_read = (0..*times).try_for_each(|_| stream.write_all(text.as_bytes()));
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
            let server = serve(listener, vec![taken(200), taken(202)]);
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
            assert_eq!(received[1].authorization, format!("Bearer {TORQUE_TOKEN}"));
        }
    }
}

#[cfg(target_os = "linux")] // where /proc shows every process
#[test]
fn no_process_shows_a_token() {
    for shell in shells() {
        let listener = listen();
        let script = script(&plan(&listener, "gitlab-1", 1));
        let server = serve(listener, vec![taken(200), taken(200)]);
        assert!(paste(shell, &both_tokens(), &script).status.success());
        let received = server.join().unwrap();
        assert_eq!(received.len(), 2);
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

    let server = serve(listener, vec![taken(200); 3]);
    let tokens = [("TORQUE_TOKEN", "t"), ("GITLAB_TOKEN_1", "glpat-first"), ("GITLAB_TOKEN_3", "glpat-third")];
    let output = paste(&["sh"], &tokens, &script);
    assert!(output.status.success(), "{output:?}");
    let received = server.join().unwrap();
    let shown: Vec<_> =
        received.iter().map(|request| (&request.body["token"], &request.body["credential_name"])).collect();
    assert_eq!(
        shown,
        [
            (&json!("glpat-first"), &json!("one")),
            (&Value::Null, &json!("stored")),
            (&json!("glpat-third"), &json!("three")),
        ]
    );
}

/// What the script prints of an answer to its first request, in each shell, and whether it goes on.
fn output_of(given: &Answer) -> Vec<(String, bool)> {
    let in_shell = |shell: &[&str]| {
        let listener = listen();
        let script = script(&plan(&listener, "gitlab-1", 0));
        let server = serve(listener, vec![given.clone()]);
        let output = paste(shell, &both_tokens(), &script);
        server.join().unwrap();
        let shown = String::from_utf8(output.stdout).expect("ASCII");
        let answer = shown.lines().nth(1).unwrap_or_else(|| panic!("{shell:?} {shown:?}"));
        (answer.to_owned(), output.status.success())
    };
    shells().map(in_shell).collect()
}

#[test]
fn the_first_failure_ends_it_and_a_redirect_is_one() {
    for status in [204, 302, 304, 401, 409, 500] {
        let listener = listen();
        let script = script(&plan(&listener, "gitlab-1", 2));
        let is_good = status == 204;
        let server =
            serve(listener, [taken(200), answer(status, "")].into_iter().chain(is_good.then(|| taken(202))).collect());
        let output = paste(&["sh"], &both_tokens(), &script);
        let shown = String::from_utf8_lossy(&output.stdout);
        assert!(shown.contains(&format!(" (HTTP {status})\n")), "{output:?}");
        assert_eq!(output.status.success(), is_good, "{output:?}");
        let all = "accepted everything. To see the status, open ";
        assert_eq!(shown.contains(all), is_good, "{shown}");
        assert_eq!(server.join().unwrap().len(), 2 + usize::from(is_good));
    }
}

#[test]
fn an_answer_is_printed_without_what_moves_a_terminal() {
    let sent = "\u{1b}]0;title\u{7}\u{1b}[31mred\u{9b}2J\r\n back\u{8}space \u{202e}ünï \\033[0m %s %d\0 -n";
    for (shown, goes_on) in output_of(&answer(200, sent)) {
        assert_eq!(shown, "]0;title[31mred2J backspace n \\033[0m %s %d -n (HTTP 200)");
        assert!(goes_on);
    }
}

#[test]
fn an_answer_is_cut_at_500_characters() {
    for status in [200, 409] {
        for (shown, goes_on) in output_of(&answer(status, "zyxwvutsrq".repeat(60))) {
            assert_eq!(shown, format!("{} (HTTP {status})", "zyxwvutsrq".repeat(50)));
            assert_eq!(goes_on, status == 200);
        }
    }
}

#[test]
fn an_answer_that_repeats_a_token_shows_no_piece_of_it() {
    let parted: String = GITLAB_TOKEN.chars().flat_map(|character| [character, '\u{1b}', '\u{200b}']).collect();
    let bodies = [
        format!("{{\"message\":\"{TORQUE_TOKEN} may not store {GITLAB_TOKEN}\"}}"),
        format!("{} {}", TORQUE_TOKEN.to_ascii_uppercase(), GITLAB_TOKEN.to_ascii_lowercase()),
        format!("without its end {}, without its beginning {}", &GITLAB_TOKEN[..20], &TORQUE_TOKEN[9..]),
        format!("parted {parted}."),
        // Where the answer is cut.
        format!("{}{GITLAB_TOKEN}", "x".repeat(490)),
        format!("{}{TORQUE_TOKEN}{}", "x".repeat(99_980), "y".repeat(99_980)),
    ];
    for body in bodies {
        for (shown, _) in output_of(&answer(400, &body)) {
            let shown = shown.to_ascii_lowercase();
            assert!(shown.ends_with(" (http 400)"), "{shown}");
            for token in [TORQUE_TOKEN, GITLAB_TOKEN] {
                for piece in token.to_ascii_lowercase().as_bytes().windows(8) {
                    assert!(!shown.contains(std::str::from_utf8(piece).unwrap()), "{shown}");
                }
            }
            assert!(body.len() > 500 || shown.contains("********"), "{shown}");
        }
    }
    for (shown, _) in output_of(&answer(400, format!("The token {GITLAB_TOKEN} is of no use."))) {
        assert_eq!(shown, format!("The token {} is of no use. (HTTP 400)", "*".repeat(GITLAB_TOKEN.len())));
    }
}

#[test]
fn an_answer_of_250_megabytes_is_read_no_further_than_is_of_use() {
    for length_is_told in [true, false] {
        let body = format!("{}\u{1b}[2J\n", "z".repeat(999_995));
        for (shown, _) in output_of(&Answer { times: 250, length_is_told, ..answer(200, body) }) {
            assert!(shown.len() <= 500 + " (HTTP 200)".len() && shown.ends_with(" (HTTP 200)"), "{shown}");
        }
    }
}

#[test]
fn a_server_cannot_write_the_status_itself() {
    for (shown, goes_on) in output_of(&answer(403, "no 200/0")) {
        assert_eq!((shown.as_str(), goes_on), ("no 200/0 (HTTP 403)", false));
    }
}

#[test]
fn a_lost_answer_ends_it_and_tells_to_look_first() {
    let listener = listen();
    let script = script(&plan(&listener, "gitlab-1", 1));
    let server = thread::spawn(move || drop(listener.accept()));
    let output = paste(&["sh"], &both_tokens(), &script);
    server.join().unwrap();
    assert!(String::from_utf8_lossy(&output.stdout).ends_with(" (HTTP 000)\n"), "{output:?}");
    assert!(String::from_utf8_lossy(&output.stderr).contains("Look in Torque before you run this again."));
    assert!(!output.status.success());
}

#[test]
fn no_trace_of_the_shell_shows_a_token() {
    // An interactive one shows what is pasted, the user's own lines too.
    for shell in shells().filter(|shell| !shell.contains(&"-i")) {
        let listener = listen();
        // `-a` would export what is set, to every program that the script starts.
        let script = format!("set -axv\n{}", script(&plan(&listener, "gitlab-1", 0)));
        let server = serve(listener, vec![taken(409)]);
        let tokens = both_tokens();
        let output = paste(shell, &tokens, &script);
        assert_eq!(server.join().unwrap().len(), 1);
        let shown = format!("{output:?}");
        assert!(tokens.iter().all(|(_, token)| !shown.contains(token)), "{shell:?} {shown}");
    }
}

#[test]
fn what_goes_to_this_machine_goes_through_no_proxy() {
    let (proxy, listener) = (listen(), listen());
    proxy.set_nonblocking(true).unwrap();
    let address = format!("export http_proxy=http://{}\n", proxy.local_addr().unwrap());
    let script = address + &script(&plan(&listener, "gitlab-1", 0));
    let server = serve(listener, vec![taken(200)]);
    assert!(paste(&["sh"], &both_tokens(), &script).status.success());
    assert_eq!(server.join().unwrap().len(), 1);
    assert!(proxy.accept().is_err(), "the proxy was not asked");
}

#[test]
fn a_shell_whose_printf_is_a_program_is_reported_as_unusable() {
    if !is_installed("bash") {
        return;
    }
    let listener = listen();
    listener.set_nonblocking(true).unwrap();
    let script = format!("enable -n printf\n{}", script(&plan(&listener, "gitlab-1", 0)));
    let output = paste(&["bash"], &both_tokens(), &script);
    assert!(!output.status.success() && output.stderr.starts_with(b"Run this in sh, dash, bash"), "{output:?}");
    assert!(listener.accept().is_err(), "no request came");
}

#[test]
fn a_request_that_is_too_long_for_curl_is_not_expressible() {
    let listener = listen();
    let mut plan = plan(&listener, "gitlab-1", 2);
    // As it is written in the script, an agent's name has 12 characters for each of these.
    let agent = |number: usize| format!("{number:03}{}", "𝄞".repeat(252));
    plan.repositories[1].agents = (0..32).map(agent).collect();
    let text = script(&plan);
    let server = serve(listener, vec![taken(200); 3]);
    let long = "t".repeat(2_000);
    assert!(paste(&["sh"], &[("TORQUE_TOKEN", &long), ("GITLAB_TOKEN", &long)], &text).status.success());
    assert_eq!(server.join().unwrap()[2].body["agents"].as_array().unwrap().len(), 32);

    plan.repositories[1].agents.push(agent(32));
    let issues = to_curl(&plan).unwrap_err();
    let error = issues.iter().find(|issue| issue.severity == Severity::Error).unwrap();
    assert_eq!(error.code.as_str(), "export.not_expressible");
    assert_eq!(serde_json::to_string(&error.path).unwrap(), r#"["repositories",1]"#);
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
    assert!(script(&plan).contains(&format!(" '{}'\n", payload.to_json())));
}

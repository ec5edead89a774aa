//! `connect`, against the sandbox's Torque and GitLab.

use std::process::Stdio;

use serde_json::{Value, json};

use crate::support::{Called, Folder, Sandbox, program};

const PROJECTS: [&str; 2] = ["platform/terraform-modules", "payments/ledger"];

fn connect(sandbox: &Sandbox, folder: &Folder, plan: &Value, more: &[&str]) -> Called {
    let file = folder.write("plan.json", &plan.to_string());
    sandbox.program(&[&["connect", &file, "--json"], more].concat()).output().unwrap().into()
}

fn outcomes(report: &Value) -> Vec<&str> {
    report["repositories"].as_array().unwrap().iter().map(|one| one["outcome"].as_str().unwrap()).collect()
}

#[test]
fn one_provider_connects_its_repositories() {
    let (sandbox, folder) = (Sandbox::start(""), Folder::new());
    let called = connect(&sandbox, &folder, &sandbox.plan(&PROJECTS), &["--report", &folder.path("report.csv")]);
    assert_eq!(called.status, 0, "{called:?}");
    let report = called.json();
    assert_eq!((report["outcome"].as_str(), outcomes(&report)), (Some("connected"), vec!["connected", "connected"]));
    assert!(
        called.err.contains("Connected: 2 of 2 repositories.") && called.err.contains("Discover Assets"),
        "{called:?}"
    );
    assert!(folder.read("report.csv").contains("\"connected\""));
    for token in [&sandbox.facts.torque_tokens.admin, sandbox.token("provider_good")] {
        assert!(!called.out.contains(token) && !called.err.contains(token));
    }
}

#[test]
fn a_token_for_each_repository_comes_from_its_own_variable() {
    let (sandbox, folder) = (Sandbox::start(""), Folder::new());
    let mut plan = sandbox.plan(&PROJECTS);
    plan["method"] = json!({ "kind": "token_per_repository", "baseUrl": sandbox.facts.gitlab.base_url });
    let file = folder.write("plan.json", &plan.to_string());
    let called: Called = program(&["connect", &file, "--json"])
        .env("TORQUE_TOKEN", &sandbox.facts.torque_tokens.admin)
        .env("GITLAB_TOKEN_1", sandbox.token("repository_modules"))
        .env("GITLAB_TOKEN_2", sandbox.token("repository_good"))
        .output()
        .unwrap()
        .into();
    assert_eq!((called.status, outcomes(&called.json())), (0, vec!["connected", "connected"]), "{called:?}");
}

#[test]
fn the_cause_of_a_failure_is_reported() {
    let (sandbox, folder) = (Sandbox::start(""), Folder::new());
    let file = folder.write("plan.json", &sandbox.plan(&PROJECTS).to_string());
    for (variable, value, words) in [
        ("GITLAB_TOKEN", sandbox.token("expired"), &["GitLab token", "expired"][..]),
        ("GITLAB_TOKEN", sandbox.token("read_api_only"), &["GitLab token", "read_repository"]),
        ("TORQUE_TOKEN", "wrong-torque-token", &["Provider gitlab-1", "401"]),
        ("TORQUE_TOKEN", &sandbox.facts.torque_tokens.member, &["Provider gitlab-1", "403"]),
    ] {
        let called: Called = sandbox.program(&["connect", &file]).env(variable, value).output().unwrap().into();
        assert_eq!(called.status, 1, "{variable}: {called:?}");
        for word in words {
            assert!(called.err.contains(word), "{word}: {called:?}");
        }
        assert!(!called.err.contains(value) && called.out.is_empty(), "{called:?}");
    }
}

#[test]
fn a_torque_out_of_reach_is_reported_and_unknown_is_3() {
    let (sandbox, folder) = (Sandbox::start("lost-after:provider:100%"), Folder::new());
    let called = connect(&sandbox, &folder, &sandbox.plan(&PROJECTS), &[]);
    assert_eq!((called.status, called.json()["provider"]["outcome"].as_str()), (3, Some("unknown")), "{called:?}");
    assert!(called.err.contains("--provider-created") && !called.err.contains("providerCreated"), "{called:?}");
}

#[test]
fn a_torque_without_a_connection_was_sent_nothing_and_is_1() {
    let (sandbox, folder) = (Sandbox::start(""), Folder::new());
    let mut plan = sandbox.plan(&PROJECTS);
    plan["portalUrl"] = json!(format!("http://127.0.0.1:{}/", closed_port()));
    let called = connect(&sandbox, &folder, &plan, &["--checkpoint", &folder.path("job.json")]);
    let report = called.json();
    assert_eq!((called.status, report["provider"]["outcome"].as_str()), (1, Some("failed")), "{called:?}");
    assert_eq!(report["provider"]["issues"][0]["code"], "torque.not_connected");
    let server = plan["portalUrl"].as_str().unwrap().trim_end_matches('/');
    assert!(called.err.contains(&format!("No answer from Torque at {server}: ")), "{called:?}");
    assert!(called.err.contains("refused") && called.err.contains("HTTPS_PROXY"), "{called:?}");
    assert!(!std::path::Path::new(&folder.path("job.json.lock")).exists(), "the lock stays behind");
    // Nobody has to look in Torque before the job is resumed.
    let resumed = connect(&sandbox, &folder, &plan, &["--checkpoint", &folder.path("job.json"), "--resume"]);
    assert_eq!((resumed.status, &resumed.json()["provider"]["outcome"]), (1, &json!("failed")), "{resumed:?}");
}

#[test]
fn a_host_without_an_address_and_a_server_without_tls_were_sent_nothing_either() {
    let sandbox = Sandbox::start("");
    let without_tls = sandbox.facts.torque.replace("http://", "https://");
    // RFC 2606: no name below `.invalid` has an address.
    for portal in ["https://torque.invalid/", &without_tls] {
        let (folder, mut plan) = (Folder::new(), sandbox.plan(&PROJECTS));
        plan["portalUrl"] = json!(portal);
        let called = connect(&sandbox, &folder, &plan, &[]);
        let report = called.json();
        assert_eq!((called.status, &report["provider"]["outcome"]), (1, &json!("failed")), "{called:?}");
        assert_eq!(report["provider"]["issues"][0]["code"], "torque.not_connected", "{called:?}");
    }
}

#[test]
fn a_torque_that_was_never_reached_fails_at_the_first_repository_and_the_others_do_not_start() {
    let sandbox = Sandbox::start("");
    let existing = json!({ "kind": "provider", "baseUrl": sandbox.facts.gitlab.base_url, "existing": true });
    let per_repository = json!({ "kind": "token_per_repository", "baseUrl": sandbox.facts.gitlab.base_url });
    for method in [existing, per_repository] {
        let (folder, mut plan) = (Folder::new(), sandbox.plan(&PROJECTS));
        plan["portalUrl"] = json!(format!("http://127.0.0.1:{}/", closed_port()));
        plan["method"] = method;
        let called = connect(&sandbox, &folder, &plan, &["--checkpoint", &folder.path("job.json")]);
        let report = called.json();
        assert_eq!((called.status, outcomes(&report)), (1, vec!["failed", "not_started"]), "{called:?}");
        assert_eq!(report["repositories"][0]["issues"][0]["code"], "torque.not_connected", "{called:?}");
        let attempts = called.err.lines().filter(|line| line.starts_with("Connecting ")).count();
        assert!(attempts <= 3 * PROJECTS.len(), "the job ends in seconds: {called:?}");
        let started = called.err.matches("not started").count();
        assert!(started == 0 && called.err.matches("Not started").count() == 1, "once for all: {called:?}");
        assert_eq!(called.err.matches("There is no connection to Torque").count(), 1, "{called:?}");
    }
}

#[test]
fn a_file_that_cannot_be_written_is_found_before_anything_is_sent() {
    let (sandbox, folder) = (Sandbox::start(""), Folder::new());
    let long = format!("{}.json", "a".repeat(300));
    for option in ["--report", "--checkpoint"] {
        for (name, words) in [("none/file.json", "there is no folder"), (long.as_str(), "too long")] {
            let called = connect(&sandbox, &folder, &sandbox.plan(&PROJECTS), &[option, &folder.path(name)]);
            assert!(called.status == 2 && called.err.contains(words), "{option} {name}: {called:?}");
            assert!(!called.err.contains("at path") && !called.err.contains("Testing"), "{called:?}");
        }
    }
}

#[test]
fn a_report_that_can_no_longer_be_written_is_printed_all_the_same() {
    let (sandbox, folder) = (Sandbox::start(""), Folder::new());
    // A GitLab that closes each connection. With the first, the job is under way and its folder goes.
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let base = format!("http://{}/", listener.local_addr().unwrap());
    let mut plan = sandbox.plan(&[]);
    plan["method"]["baseUrl"] = json!(base);
    plan["repositories"] = json!([{ "url": format!("{base}a/b") }]);
    let reports = folder.path("reports");
    std::fs::create_dir(&reports).unwrap();
    std::thread::spawn(move || {
        for (index, stream) in listener.incoming().enumerate() {
            if index == 0 {
                std::fs::remove_dir(&reports).unwrap();
            }
            drop(stream);
        }
    });
    let called = connect(&sandbox, &folder, &plan, &["--report", &folder.path("reports/report.csv")]);
    assert_eq!((called.status, outcomes(&called.json())), (1, vec!["not_started"]), "{called:?}");
    assert!(called.err.contains("Cannot write the report") && called.err.contains("there is no folder"), "{called:?}");
    assert!(called.err.contains("no repository was connected"), "{called:?}");
}

/// A port that nobody listens on any more.
fn closed_port() -> u16 {
    std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

#[test]
fn a_plan_with_errors_sends_nothing() {
    let (sandbox, folder) = (Sandbox::start(""), Folder::new());
    let mut plan = sandbox.plan(&PROJECTS);
    plan["repositories"][0]["url"] = json!("https://gitlab.example.org/a/b");
    let called = connect(&sandbox, &folder, &plan, &[]);
    assert_eq!((called.status, called.json()["outcome"].as_str()), (1, Some("invalid")), "{called:?}");
    assert!(called.err.contains("repositories[0].url"), "{called:?}");
}

#[test]
fn without_tokens_nothing_is_sent() {
    let (sandbox, folder) = (Sandbox::start(""), Folder::new());
    let file = folder.write("plan.json", &sandbox.plan(&PROJECTS).to_string());
    let called: Called = program(&["connect", &file]).output().unwrap().into();
    assert!(called.status == 2 && called.err.contains("Set TORQUE_TOKEN"), "{called:?}");
}

#[test]
fn a_dry_run_shows_the_requests_and_masks_the_tokens() {
    let (sandbox, folder) = (Sandbox::start(""), Folder::new());
    let called = connect(&sandbox, &folder, &sandbox.plan(&PROJECTS), &["--dry-run"]);
    assert_eq!(called.status, 0, "{called:?}");
    let requests = called.json();
    let urls: Vec<_> = requests["value"].as_array().unwrap().iter().map(|one| one["url"].as_str().unwrap()).collect();
    assert!(urls.iter().any(|url| url.ends_with("api/settings/repository_providers")), "{urls:?}");
    assert_eq!(urls.iter().filter(|url| url.ends_with("gitlabEnterprise")).count(), 2);
    assert!(
        !called.out.contains(sandbox.token("provider_good"))
            && !called.out.contains(&sandbox.facts.torque_tokens.admin)
    );
    // Nothing was done: the same plan still creates its provider.
    assert_eq!(connect(&sandbox, &folder, &sandbox.plan(&PROJECTS), &[]).status, 0);
}

#[test]
fn a_checkpoint_is_not_written_over() {
    let (sandbox, folder) = (Sandbox::start(""), Folder::new());
    let checkpoint = folder.path("job.json");
    let plan = sandbox.plan(&PROJECTS);
    assert_eq!(connect(&sandbox, &folder, &plan, &["--checkpoint", &checkpoint]).status, 0);
    let again = connect(&sandbox, &folder, &plan, &["--checkpoint", &checkpoint]);
    assert!(again.status == 2 && again.err.contains("--resume"), "{again:?}");
    let resumed = connect(&sandbox, &folder, &plan, &["--checkpoint", &checkpoint, "--resume"]);
    assert_eq!((resumed.status, outcomes(&resumed.json())), (0, vec!["connected", "connected"]), "{resumed:?}");
}

#[test]
fn a_checkpoint_of_another_plan_or_of_nothing_is_refused() {
    let (sandbox, folder) = (Sandbox::start(""), Folder::new());
    let checkpoint = folder.path("job.json");
    assert_eq!(connect(&sandbox, &folder, &sandbox.plan(&PROJECTS), &["--checkpoint", &checkpoint]).status, 0);
    let resume = ["--checkpoint", &checkpoint, "--resume"];
    let other = connect(&sandbox, &folder, &sandbox.plan(&PROJECTS[..1]), &resume);
    assert!(other.status == 2 && other.err.contains("checkpoint.other_plan"), "{other:?}");
    folder.write("job.json", "{");
    assert_eq!(connect(&sandbox, &folder, &sandbox.plan(&PROJECTS), &resume).status, 2);
}

#[cfg(unix)]
#[test]
fn the_checkpoint_is_for_its_owner_alone_and_holds_no_token() {
    use std::os::unix::fs::PermissionsExt;

    let (sandbox, folder) = (Sandbox::start(""), Folder::new());
    let checkpoint = folder.path("job.json");
    connect(&sandbox, &folder, &sandbox.plan(&PROJECTS), &["--checkpoint", &checkpoint]);
    assert_eq!(std::fs::metadata(&checkpoint).unwrap().permissions().mode() & 0o777, 0o600);
    let text = folder.read("job.json");
    assert!(!text.contains(sandbox.token("provider_good")) && !text.contains(&sandbox.facts.torque_tokens.admin));
}

#[cfg(unix)]
#[test]
fn what_is_no_ordinary_file_or_has_another_use_is_not_replaced() {
    let (sandbox, folder) = (Sandbox::start(""), Folder::new());
    let plan = sandbox.plan(&PROJECTS);
    std::os::unix::fs::symlink(folder.write("kept.csv", "kept"), folder.path("link.csv")).unwrap();
    // As special as a device, and no test has to risk one.
    let _socket = std::os::unix::net::UnixListener::bind(folder.path("socket")).unwrap();
    let paths =
        ["link.csv", "socket", "", "no-such-folder/file", "plan.json", "./plan.json"].map(|name| folder.path(name));
    for path in &paths {
        for option in ["--report", "--checkpoint"] {
            let called = connect(&sandbox, &folder, &plan, &[option, path]);
            assert_eq!((called.status, &called.json()["ok"]), (2, &json!(false)), "{option} {path}: {called:?}");
        }
    }
    assert_eq!(folder.read("kept.csv"), "kept");
    assert_eq!(folder.read("plan.json"), plan.to_string());
    assert_eq!(sandbox.repositories(), Vec::<String>::new(), "nothing was sent");
}

#[test]
fn each_file_of_a_call_has_one_use() {
    let (sandbox, folder) = (Sandbox::start(""), Folder::new());
    let plan = sandbox.plan(&PROJECTS);
    folder.write("ca.pem", "kept");
    folder.write("ca.lock", "kept");
    for (first, one, second, other) in [
        ("--checkpoint", "job.json", "--report", "./job.json"),
        // On some disks these are one file.
        ("--checkpoint", "job.json", "--report", "JOB.json"),
        ("--checkpoint", "job.json", "--report", "job.json.lock"),
        ("--report", "ca.pem", "--ca", "./ca.pem"),
        ("--checkpoint", "ca.pem", "--ca", "ca.pem"),
        ("--checkpoint", "ca", "--ca", "ca.lock"),
    ] {
        let (one, other) = (folder.path(one), folder.path(other));
        let called = connect(&sandbox, &folder, &plan, &[first, &one, second, &other]);
        let ok = &called.json()["ok"];
        assert_eq!((called.status, ok), (2, &json!(false)), "{first} {one} {second} {other}: {called:?}");
        assert!(called.err.contains("would be used twice"), "{first} {one} {second} {other}: {called:?}");
    }
    // The plan as the file that would be locked.
    let file = folder.write("job.lock", &plan.to_string());
    let called: Called =
        sandbox.program(&["connect", &file, "--checkpoint", &folder.path("job")]).output().unwrap().into();
    assert_eq!(called.status, 2, "{called:?}");
    assert_eq!(folder.read("job.lock"), plan.to_string());
    assert_eq!((folder.read("ca.pem"), folder.read("ca.lock")), ("kept".to_owned(), "kept".to_owned()));
    assert_eq!(sandbox.repositories(), Vec::<String>::new(), "nothing was sent");
}

#[cfg(unix)]
#[test]
fn a_plan_behind_a_link_is_not_replaced() {
    let (sandbox, folder) = (Sandbox::start(""), Folder::new());
    let plan = sandbox.plan(&PROJECTS);
    let real = folder.write("real.json", &plan.to_string());
    std::os::unix::fs::symlink(&real, folder.path("link.json")).unwrap();
    for option in ["--report", "--checkpoint"] {
        let called: Called =
            sandbox.program(&["connect", &folder.path("link.json"), option, &real]).output().unwrap().into();
        assert!(called.status == 2 && called.err.contains("would be used twice"), "{option}: {called:?}");
    }
    assert_eq!(folder.read("real.json"), plan.to_string());
}

#[test]
fn a_file_with_bytes_is_locked_and_kept() {
    let (sandbox, folder) = (Sandbox::start(""), Folder::new());
    folder.write("job.json.lock", "kept");
    let called = connect(&sandbox, &folder, &sandbox.plan(&PROJECTS), &["--checkpoint", &folder.path("job.json")]);
    assert_eq!(called.status, 0, "{called:?}");
    assert_eq!(folder.read("job.json.lock"), "kept");
}

#[cfg(unix)]
#[test]
fn the_lock_of_another_job_is_kept() {
    use std::io::{BufRead, BufReader};

    let (sandbox, folder) = (Sandbox::start("delay=300:connect:100%"), Folder::new());
    let file = folder.write("plan.json", &sandbox.plan(&PROJECTS).to_string());
    let arguments = ["connect", &file, "--checkpoint", &folder.path("job.json")];
    let mut child = sandbox.program(&arguments).stderr(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(child.stderr.take().unwrap()).lines().map(Result::unwrap);
    lines.by_ref().find(|line| line.starts_with("Connecting ")).expect("a repository is connected");
    // Somebody cleans up, and the next job locks a file of its own.
    std::fs::remove_file(folder.path("job.json.lock")).unwrap();
    folder.write("job.json.lock", "");
    lines.for_each(drop);
    assert_eq!(child.wait().unwrap().code(), Some(0));
    assert_eq!(folder.read("job.json.lock"), "");
}

#[cfg(unix)]
#[test]
fn ctrl_c_ends_the_requests_under_way_and_the_job_can_be_resumed() {
    use std::io::{BufRead, BufReader};

    let (sandbox, folder) = (Sandbox::start("delay=300:connect:100%"), Folder::new());
    let projects: Vec<String> = (1..=12).map(|number| format!("fleet/unit-{number:03}")).collect();
    let plan = sandbox.plan(&projects.iter().map(String::as_str).collect::<Vec<_>>());
    let file = folder.write("plan.json", &plan.to_string());
    let (checkpoint, report) = (folder.path("job.json"), folder.path("report.json"));
    let arguments = ["connect", &file, "--checkpoint", &checkpoint, "--report", &report];
    let mut child = sandbox.program(&arguments).stderr(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(child.stderr.take().unwrap()).lines().map(Result::unwrap);
    lines.by_ref().find(|line| line.starts_with("Connecting ")).expect("a repository is connected");
    nix::sys::signal::kill(nix::unistd::Pid::from_raw(child.id().cast_signed()), nix::sys::signal::Signal::SIGINT)
        .unwrap();
    let rest: Vec<String> = lines.collect();
    let status = child.wait().unwrap().code();
    assert_eq!(status, Some(1), "{rest:#?}");
    let report: Value = serde_json::from_str(&folder.read("report.json")).unwrap();
    assert_eq!(report["outcome"], "aborted");
    // The requests under way came to their end: the report knows the answer to each.
    let sent: Vec<&Value> =
        report["repositories"].as_array().unwrap().iter().flat_map(|one| one["sent"].as_array().unwrap()).collect();
    assert!(!sent.is_empty() && sent.iter().all(|one| one["status"].is_number()), "{report:#}");

    let resumed = connect(&sandbox, &folder, &plan, &["--checkpoint", &checkpoint, "--resume"]);
    assert_eq!(resumed.status, 0, "{resumed:?}");
    assert_eq!((sandbox.repositories().len(), sandbox.requests("connect")), (12, 12));
}

/// Killed a hundred times while the sandbox loses answers, each time resumed to its end: when the nth request to connect a
/// repository has arrived, so that its outcome is open, or as soon as the job says something before that.
#[cfg(unix)]
#[test]
fn killed_at_any_moment_and_resumed_nothing_is_created_twice() {
    std::thread::scope(|scope| {
        // All at once: where a request was on its way, the job waits a minute for it to arrive.
        for round in 0..100 {
            scope.spawn(move || kill_and_resume(round));
        }
    });
}

#[cfg(unix)]
fn kill_and_resume(round: usize) {
    use std::io::{BufRead, BufReader};

    let failures =
        ["lost-after:connect:1", "lost-after:connect:50%", "502-after:connect:2", "delay=20:connect:100%"][round % 4];
    let (sandbox, folder) = (Sandbox::start(failures), Folder::new());
    let projects: Vec<String> = (1..=4).map(|number| format!("fleet/unit-{number:03}")).collect();
    let projects: Vec<&str> = projects.iter().map(String::as_str).collect();
    let mut plan = sandbox.plan(&projects);
    // A provider has no list that could settle a lost answer: the user is asked, and that is another test.
    sandbox.create_provider();
    plan["method"] = json!({ "kind": "provider", "baseUrl": sandbox.facts.gitlab.base_url, "existing": true });
    let file = folder.write("plan.json", &plan.to_string());
    let checkpoint = folder.path("job.json");
    let mut child =
        sandbox.program(&["connect", &file, "--checkpoint", &checkpoint]).stderr(Stdio::piped()).spawn().unwrap();
    let arrived = round / 4 % 5;
    let mut lines = BufReader::new(child.stderr.take().unwrap()).lines().map(Result::unwrap);
    match arrived {
        0 => drop(lines.next()),
        _ => drop(lines.by_ref().filter(|line| line.starts_with("Connecting ")).nth(arrived - 1)),
    }
    while sandbox.requests("connect") < arrived as u64 && child.try_wait().unwrap().is_none() {
        std::thread::yield_now();
    }
    // It may have come to its end meanwhile.
    let _ = child.kill();
    child.wait().unwrap();
    let resumed = connect(&sandbox, &folder, &plan, &["--checkpoint", &checkpoint, "--resume"]);
    assert_eq!((resumed.status, outcomes(&resumed.json())), (0, vec!["connected"; 4]), "{round}: {resumed:?}");
    assert_eq!((sandbox.repositories().len(), sandbox.requests("connect")), (4, 4), "{round}: each was asked for once");
}

#[cfg(unix)]
#[test]
fn a_provider_whose_answer_was_lost_is_never_created_again() {
    let (sandbox, folder) = (Sandbox::start("lost-after:provider:1"), Folder::new());
    let plan = sandbox.plan(&PROJECTS);
    let checkpoint = folder.path("job.json");
    let lost = connect(&sandbox, &folder, &plan, &["--checkpoint", &checkpoint]);
    assert_eq!(lost.status, 3, "{lost:?}");
    let resume = ["--checkpoint", checkpoint.as_str(), "--resume"];
    let undecided = connect(&sandbox, &folder, &plan, &resume);
    assert_eq!((undecided.status, sandbox.requests("provider")), (3, 1), "{undecided:?}");
    let decided = connect(&sandbox, &folder, &plan, &[&resume[..], &["--provider-created", "true"]].concat());
    assert_eq!((decided.status, sandbox.requests("provider")), (0, 1), "{decided:?}");
}

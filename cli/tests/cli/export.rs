//! `export`.

use crate::support::{Called, Folder, call, call_with, program};

const PLAN: &str = "portalUrl: https://portal.qtorque.io
space: Network
method: { kind: provider, name: gitlab-1, baseUrl: https://gitlab.example.com }
repositories:
  - url: https://gitlab.example.com/platform/network.git
";

/// Torque's Terraform provider knows no repository providers, and no repositories without a branch.
const TERRAFORM: &str = "portalUrl: https://portal.qtorque.io
space: Network
method: { kind: token_per_repository, baseUrl: https://gitlab.example.com }
repositories:
  - url: https://gitlab.example.com/platform/network.git
    branch: main
";

#[test]
fn a_plan_becomes_a_script_or_configuration() {
    let folder = Folder::new();
    let plan = folder.write("plan.yaml", PLAN);
    let script = call(&["export", "curl", &plan]);
    assert!(
        script.status == 0 && script.out.contains("https://portal.qtorque.io/api/settings/repository_providers"),
        "{script:?}"
    );
    let plan = folder.write("terraform.yaml", TERRAFORM);
    let configuration = call(&["export", "terraform", &plan]);
    assert!(
        configuration.status == 0 && configuration.out.contains("https://gitlab.example.com/platform/network\""),
        "{configuration:?}"
    );
    let json = call(&["export", "terraform", &plan, "--json"]);
    assert_eq!(
        (json.json()["ok"].as_bool(), json.json()["value"].as_str()),
        (Some(true), Some(configuration.out.as_str()))
    );
}

#[test]
fn no_token_of_the_environment_gets_into_it() {
    for (format, plan) in [("curl", PLAN), ("terraform", TERRAFORM)] {
        let mut child = program(&["export", format, "-"]);
        child.env("GITLAB_TOKEN", "glpat-0123456789abcdefghij").env("TORQUE_TOKEN", "torque-0123456789");
        child.stdin(std::process::Stdio::piped());
        let mut child = child.spawn().unwrap();
        std::io::Write::write_all(&mut child.stdin.take().unwrap(), plan.as_bytes()).unwrap();
        let called = Called::from(child.wait_with_output().unwrap());
        assert_eq!(called.status, 0, "{called:?}");
        assert!(!called.out.contains("0123456789"), "{called:?}");
    }
}

#[test]
fn a_plan_is_json_as_well() {
    let json = r#"{"portalUrl":"https://portal.qtorque.io","space":"Network","method":{"kind":"provider","baseUrl":"https://gitlab.example.com","existing":true},"repositories":[{"url":"https://gitlab.example.com/a/b"}]}"#;
    assert_eq!(call_with(&["export", "curl", "-"], json).status, 0);
}

#[test]
fn a_plan_is_read_as_editors_and_shells_write_it() {
    let folder = Folder::new();
    let json = r#"{"portalUrl":"https://portal.qtorque.io","space":"Network","method":{"kind":"provider","baseUrl":"https://gitlab.example.com","existing":true},"repositories":[{"url":"https://gitlab.example.com/a/b"}]}"#;
    let flow = "{ portalUrl: https://portal.qtorque.io, space: Network, method: { kind: provider, baseUrl: 'https://gitlab.example.com', existing: true }, repositories: [{ url: 'https://gitlab.example.com/a/b' }] }";
    for (name, text) in [
        ("mark.yaml", format!("\u{feff}{PLAN}")),
        ("lines.yaml", PLAN.replace('\n', "\r\n")),
        ("mark.json", format!("\u{feff}{json}")),
        ("mark", format!("\u{feff}{json}")),
        ("flow.yaml", flow.to_owned()),
        ("flow.YML", flow.to_owned()),
        ("json.yaml", json.replace("\"space\"", "\n\t\"space\"").replace("Network", "Net\\ud83d\\ude00work")),
    ] {
        let called = call(&["export", "curl", &folder.write(name, &text)]);
        assert!(called.status == 0 && called.out.contains("repositories/gitlabEnterprise"), "{name}: {called:?}");
    }
}

#[test]
fn a_file_that_is_no_plan_is_called_what_it_is() {
    let folder = Folder::new();
    let twice = |key: &str| format!("{{{key}: 1, \"method\": {{}}, {key}: 2}}");
    let utf_16: Vec<u8> = [0xff, 0xfe].into_iter().chain(PLAN.bytes().flat_map(|byte| [byte, 0])).collect();
    for (name, bytes, words) in [
        ("empty.yaml", vec![], "empty.yaml is empty"),
        ("comment.yaml", b"# nothing yet\n".to_vec(), "comment.yaml is empty"),
        ("wide.yaml", utf_16, "wide.yaml is not UTF-8. Save it as UTF-8."),
        ("twice.json", twice("\"space\"").into(), "\"space\" stands twice"),
        ("twice", twice("\"space\"").into(), "\"space\" stands twice"),
        ("inner.json", br#"{"method":{"name":"a","name":"b"}}"#.to_vec(), "\"name\" stands twice"),
        ("listed.json", br#"{"repositories":[{"url":"a","url":"b"}]}"#.to_vec(), "\"url\" stands twice"),
        ("twice.yaml", format!("{PLAN}space: other\n").into(), "duplicate mapping key `space`"),
        ("tab.yaml", PLAN.replace("  - url", "\t- url").into(), "line 5"),
    ] {
        let file = folder.path(name);
        std::fs::write(&file, bytes).unwrap();
        for arguments in
            [&["export", "curl", &file][..], &["export", "terraform", &file, "--json"], &["connect", &file]]
        {
            let called = call(arguments);
            assert!(called.status == 2 && called.err.contains(words), "{name}: {called:?}");
            // Nothing about the library that reads it.
            assert!(!called.err.contains("Options") && called.err.matches("line 5").count() <= 1, "{name}: {called:?}");
        }
    }
}

#[test]
fn what_is_wrong_with_a_plan_is_named_with_its_place() {
    for (text, status, words) in [
        ("portalUrl: https://portal.qtorque.io\nspace: [\n", 2, &["line"][..]),
        ("{\"portalUrl\": 1,\n}", 2, &["line 2"]),
        ("- a\n- b\n", 2, &["input.wrong_type"]),
        (
            "portalUlr: https://portal.qtorque.io\nspace: x\nmethod: { kind: provider }\nrepositories: []\n",
            2,
            &["portalUlr", "did you mean: portalUrl", "method.baseUrl", "method.name"],
        ),
        (
            &PLAN.replace("network.git", "network.git\n    branhc: main"),
            2,
            &["repositories[0].branhc", "did you mean: branch"],
        ),
        (
            &PLAN.replace("gitlab.example.com/platform", "gitlab.example.org/platform"),
            1,
            &["repositories[0].url", "repository_url.outside_base_url"],
        ),
    ] {
        let called = call_with(&["export", "curl", "-"], text);
        assert_eq!(called.status, status, "{text}: {called:?}");
        for word in words {
            assert!(called.err.contains(word), "{word}: {called:?}");
        }
        assert!(called.out.is_empty(), "{called:?}");
    }
}

#[test]
fn a_plan_that_holds_tokens_is_refused_without_repeating_them() {
    for (plan, variable) in [
        (PLAN.replace("name: gitlab-1", "name: gitlab-1, token: hunter2hunter2"), "GITLAB_TOKEN"),
        (format!("torqueToken: hunter2hunter2\n{PLAN}"), "TORQUE_TOKEN"),
        (PLAN.replace("network.git", "network.git\n    token: hunter2hunter2"), "GITLAB_TOKEN_1"),
        (format!("torqueToken: hunter2hunter2\n{PLAN}  - [\n"), ""),
    ] {
        let called = call_with(&["export", "curl", "-"], &plan);
        assert!(called.status == 2 && called.err.contains(variable), "{called:?}");
        assert!(!called.err.contains("hunter2") && called.out.is_empty(), "{called:?}");
    }
}

#[test]
fn a_plan_that_holds_a_token_anywhere_is_refused_without_repeating_it() {
    const MARKED: &str = "glpat-Xq7Rk2Lm9Pv4Tz8Wb3Nq";
    const UNMARKED: &str = "_uJ5yPX4XaNu_LC0C4V7";
    for plan in [
        format!("# the token is {MARKED}\n{PLAN}"),
        format!("{MARKED}: 1\n{MARKED}: 2\n"),
        format!("{PLAN}{UNMARKED}: 1\n"),
        format!("{PLAN}    {}: 1\n", &UNMARKED[..16]),
        format!("{{ \"{UNMARKED}\": 1, \"{UNMARKED}\": 2"),
    ] {
        let mut child = program(&["export", "curl", "-"])
            .env("GITLAB_TOKEN", UNMARKED)
            .stdin(std::process::Stdio::piped())
            .spawn()
            .unwrap();
        std::io::Write::write_all(&mut child.stdin.take().unwrap(), plan.as_bytes()).unwrap();
        let called = Called::from(child.wait_with_output().unwrap());
        assert_eq!(called.status, 2, "{called:?}");
        let names =
            if plan.contains(MARKED) { "contains a token" } else { "contains the value of GITLAB_TOKEN, or a piece" };
        assert!(called.err.contains(names), "{called:?}");
        for piece in ["Xq7Rk2Lm", &UNMARKED[1..9]] {
            assert!(!called.err.contains(piece) && !called.out.contains(piece), "{called:?}");
        }
    }
}

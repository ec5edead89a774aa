//! Help, wrong usage, and tokens in the wrong place.

use crate::support::{Folder, call, program};

const TOKEN: &str = "glpat-AbcdefghiJklmnopqrst";

#[test]
fn each_command_has_an_example_in_its_help() {
    for command in ["serve", "check", "token", "connect", "export", "completions", "man"] {
        let help = call(&[command, "--help"]);
        assert_eq!(help.status, 0, "{command}");
        assert!(help.out.contains(&format!("torque-gitlab-connect {command}")), "{command}: {}", help.out);
        assert!(help.out.contains("Example"), "{command}: {}", help.out);
    }
}

#[test]
fn without_a_command_it_explains_itself() {
    let help = call(&[]);
    assert_eq!(help.status, 2);
    for word in ["serve", "check", "token", "connect", "export", "TORQUE_TOKEN", "GITLAB_TOKEN"] {
        assert!(help.err.contains(word), "{word}: {}", help.err);
    }
}

#[test]
fn wrong_usage_is_2() {
    for arguments in [
        &["no-such-command"][..],
        &["check"],
        &["check", "--base-url", "gitlab.example.com"],
        &["check", "--base-url", "https://gitlab.example.com", "no-such-file"],
        &["connect", "no-such-file.yaml"],
        &["connect", "plan.yaml", "--resume"],
        &["export", "ansible", "plan.yaml"],
        &["serve", "--torque", "http://portal.qtorque.io"],
        &["serve", "--torque", "portal.qtorque.io"],
        &["serve", "--ca", "no-such-file"],
    ] {
        let called = call(arguments);
        assert_eq!(called.status, 2, "{arguments:?}: {called:?}");
        assert!(!called.err.is_empty() && called.out.is_empty(), "{arguments:?}: {called:?}");
    }
}

#[test]
fn wrong_usage_and_unreadable_input_are_one_json_document_as_well() {
    let folder = Folder::new();
    let unreadable = folder.write("plan.json", "{");
    let no_plan = folder.write("no-plan.json", "{}");
    for (arguments, code) in [
        (&["no-such-command", "--json"][..], None),
        (&["check", "--json"], None),
        (&["check", "--base-url", "gitlab.example.com", "--json"], Some("base_url.missing_scheme")),
        (&["check", "--json", "--base-url", "https://gitlab.example.com", "no-such-file"], None),
        (&["token", "--json", "--base-url", "https://gitlab.example.com", "--purpose", "none"], None),
        (&["token", "--json", "--base-url", "https://gitlab.example.com"], None),
        (&["connect", "no-such-file.yaml", "--json"], None),
        (&["connect", "plan.yaml", "--json", "--resume"], None),
        (&["connect", &unreadable, "--json"], None),
        (&["connect", &no_plan, "--json"], Some("input.missing")),
        (&["connect", "plan.yaml", "--json", "--token=abc"], None),
        (&["export", "ansible", "plan.yaml", "--json"], None),
    ] {
        let called = call(arguments);
        assert_eq!(called.status, 2, "{arguments:?}: {called:?}");
        let json = called.json();
        assert_eq!((json["ok"].as_bool(), json["issues"][0]["code"].as_str()), (Some(false), code), "{called:?}");
        // The last lines on standard error.
        let message = json["message"].as_str().unwrap();
        assert!(!message.is_empty() && called.err.trim_end().ends_with(message), "{called:?}");
        assert_eq!(called.out.lines().count(), 1, "{called:?}");
    }
    let called = call(&["connect", "--json", &format!("{TOKEN}.yaml")]);
    assert!(called.status == 2 && called.json()["ok"] == false && !called.out.contains(&TOKEN[6..]), "{called:?}");
    // Help is no error.
    let help = call(&["check", "--json", "--help"]);
    assert!(help.status == 0 && help.out.contains("Usage"), "{help:?}");
}

#[test]
fn a_wrong_torque_url_comes_with_the_right_one() {
    let called = call(&["serve", "--torque", "portal.qtorque.io"]);
    assert!(
        called.err.contains("error: --torque: ") && called.err.contains("did you mean: https://portal.qtorque.io/"),
        "{called:?}"
    );
}

#[test]
fn a_token_in_an_argument_is_refused_and_not_repeated() {
    for arguments in [
        &["token", "--base-url", "https://gitlab.example.com", TOKEN][..],
        &["token", "--base-url", &format!("https://oauth2:{TOKEN}@gitlab.example.com")],
        &["connect", &format!("--gitlab-token={TOKEN}"), "plan.yaml"],
        &["connect", "--torque-token", "abc", "plan.yaml"],
        &["connect", "--token=abc", "plan.yaml"],
        &[TOKEN],
        &[&format!("--{}", TOKEN.to_uppercase())],
    ] {
        let called = call(arguments);
        assert_eq!(called.status, 2, "{arguments:?}: {called:?}");
        assert!(
            called.err.contains("An argument contains a token") && called.err.contains("GITLAB_TOKEN"),
            "{called:?}"
        );
        assert!(!called.err.to_lowercase().contains(&TOKEN.to_lowercase()) && called.out.is_empty(), "{called:?}");
    }
}

#[test]
fn a_token_of_the_environment_in_an_argument_is_refused_whatever_it_looks_like() {
    let called = program(&["check", "--base-url", "https://gitlab.example.com/plain-secret-text"])
        .env("GITLAB_TOKEN_7", "plain-secret-text")
        .output()
        .unwrap();
    assert_eq!(called.status.code(), Some(2));
    let told = String::from_utf8_lossy(&called.stderr);
    assert!(told.contains("the value of GITLAB_TOKEN_7") && !told.contains("plain-secret-text"), "{told}");
}

#[test]
fn a_variable_that_is_a_url_is_named_before_its_pieces_are_found_everywhere() {
    for (variable, value) in [
        ("GITLAB_TOKEN", "https://gitlab.example.com/"),
        ("GITLAB_TOKEN_2", " https://me:secret@gitlab.example.com/group "),
        ("TORQUE_TOKEN", "https://portal.qtorque.io"),
    ] {
        let call =
            program(&["check", "--base-url", "https://gitlab.example.com"]).env(variable, value).output().unwrap();
        let told = String::from_utf8_lossy(&call.stderr);
        assert_eq!(call.status.code(), Some(2), "{told}");
        assert!(told.contains(&format!("{variable} is a URL, not a token.")) && !told.contains(value.trim()), "{told}");
    }
}

#[test]
fn a_variable_that_only_begins_like_a_token_variable_is_not_read() {
    let url = "https://gitlab.example.com/group";
    let call = program(&["check", "--base-url", url, "--help"])
        .env("GITLAB_TOKEN_URL", url)
        .env("GITLAB_TOKEN_", url)
        .output()
        .unwrap();
    assert_eq!(call.status.code(), Some(0), "{}", String::from_utf8_lossy(&call.stderr));
}

#[test]
fn completions_and_man_pages_are_printed() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let called = call(&["completions", shell]);
        assert!(called.status == 0 && called.out.contains("torque-gitlab-connect"), "{shell}: {called:?}");
    }
    let folder = Folder::new();
    let man = call(&["man", &folder.path("")]);
    assert_eq!(man.status, 0, "{man:?}");
    for command in ["", "-serve", "-check", "-token", "-connect", "-export"] {
        let page = folder.read(&format!("torque-gitlab-connect{command}.1"));
        assert!(page.contains(&format!(".TH torque-gitlab-connect{command} ")), "{page}");
    }
}

#[test]
fn colour_is_for_terminals_alone() {
    let called = call(&["check", "--base-url", "gitlab.example.com"]);
    assert!(!called.err.contains('\u{1b}'), "{called:?}");
}

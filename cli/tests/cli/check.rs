//! `check`.

use serde_json::{Value, json};

use crate::support::{Called, Folder, call, call_with, program};

const BASE: [&str; 3] = ["check", "--base-url", "https://gitlab.example.com/"];

fn json_lines(called: &Called) -> Vec<Value> {
    called.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn check_json(input: &str) -> Called {
    call_with(&[&BASE[..], &["--json"]].concat(), input)
}

#[test]
fn each_url_gets_its_verdict_and_its_reason() {
    let input = "https://gitlab.example.com/group/project.git\n\n  https://gitlab.example.com/a/b  \r\nhttps://gitlab.example.org/a/b\ngit@gitlab.example.com:a/b.git\n";
    let called = check_json(input);
    assert_eq!(called.status, 1);
    let lines = json_lines(&called);
    let verdicts: Vec<_> =
        lines.iter().map(|line| (line["url"].as_str().unwrap(), line["verdict"].as_str().unwrap())).collect();
    assert_eq!(
        verdicts,
        [
            ("https://gitlab.example.com/group/project", "inside"),
            ("https://gitlab.example.com/a/b", "inside"),
            ("https://gitlab.example.org/a/b", "outside"),
            ("git@gitlab.example.com:a/b.git", "invalid"),
        ]
    );
    assert_eq!(lines[2]["issues"][0]["code"], "repository_url.outside_base_url");
    assert_eq!(lines[3]["issues"][0]["suggestion"], "https://gitlab.example.com/a/b");
    assert_eq!(called.err, "2 inside, 1 outside, 1 invalid\n");
}

#[test]
fn all_inside_is_0() {
    let called = call_with(&BASE, "https://gitlab.example.com/a/b\n");
    assert_eq!((called.status, called.out.as_str()), (0, "inside   https://gitlab.example.com/a/b\n"));
    assert_eq!(check_json("").status, 0);
}

#[test]
fn a_table_is_read_by_its_header() {
    for table in [
        "url,branch\nhttps://gitlab.example.com/a/b,main\n,\n\"https://gitlab.example.org/a/b\",\"x,y\"\n",
        "\u{feff}branch;URL\r\nmain;https://gitlab.example.com/a/b\r\n;https://gitlab.example.org/a/b\r\n",
        "name\turl\nx\thttps://gitlab.example.com/a/b\ny\thttps://gitlab.example.org/a/b",
    ] {
        let lines = json_lines(&check_json(table));
        let verdicts: Vec<_> = lines.iter().map(|line| line["verdict"].as_str().unwrap()).collect();
        assert_eq!(verdicts, ["inside", "outside"], "{table}");
    }
}

#[test]
fn text_that_is_not_utf_8_costs_no_other_url_its_verdict() {
    let folder = Folder::new();
    let file = folder.path("windows-1252.csv");
    let verdicts = |bytes: &[u8]| {
        std::fs::write(&file, bytes).unwrap();
        let called = call(&[&BASE[..], &["--json", &file]].concat());
        let lines = json_lines(&called);
        lines.iter().map(|line| line["verdict"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(verdicts(b"name;url\nM\xfcller;https://gitlab.example.com/a/b\n"), ["inside"]);
    assert_eq!(verdicts(b"gr\xf6\xdfe;url\n1;https://gitlab.example.com/a/b\n"), ["inside"]);
    let list = b"url\nhttps://gitlab.example.com/a/\xfc\nhttps://gitlab.example.com/a/b\n";
    assert_eq!(verdicts(list), ["invalid", "inside"]);
    assert_eq!(verdicts(&list[4..]), ["invalid", "inside"]);
}

#[test]
fn what_cannot_be_read_is_called_by_its_name() {
    let folder = Folder::new();
    for mark in [[0xff, 0xfe], [0xfe, 0xff]] {
        let file = folder.path("urls.txt");
        std::fs::write(&file, mark.into_iter().chain(*b"h\0t\0t\0p\0").collect::<Vec<u8>>()).unwrap();
        let called = call(&[&BASE[..], &[&file]].concat());
        assert!(called.status == 2 && called.err.contains("urls.txt: it is UTF-16. Save it as UTF-8"), "{called:?}");
    }
    let called = call(&[&BASE[..], &[&folder.path(".")]].concat());
    assert!(called.status == 2 && called.err.contains(&folder.path(".")), "{called:?}");
}

#[test]
fn a_quote_that_is_never_closed_does_not_take_the_whole_table() {
    let row = "x,https://gitlab.example.com/a/b\n";
    let many = row.repeat(100_000);
    let called = check_json(&format!("name,url\n{row}\"{many}"));
    assert!(called.status == 2 && called.err.contains("Is a quote not closed?"), "{}", called.err);
    let lines = json_lines(&called);
    assert_eq!((lines.len(), &lines[0]["verdict"]), (2, &"inside".into()), "the row before has its verdict");
    assert_eq!(lines[1]["ok"], false, "{called:?}");
    assert_eq!(check_json(&format!("name,url\n{many}")).status, 0);
}

#[test]
fn a_file_is_read_as_standard_input_is() {
    let folder = Folder::new();
    let file = folder.write("urls.txt", "https://gitlab.example.com/a/b\n");
    assert_eq!(call(&[&BASE[..], &[&file]].concat()).out, "inside   https://gitlab.example.com/a/b\n");
}

#[test]
fn credentials_and_tokens_are_never_repeated() {
    for url in [
        "https://user:hunter2hunter2@gitlab.example.com/a/b",
        "https://hunter2hunter2@gitlab.example.com/a/b",
        "//user:hunter2hunter2@gitlab.example.com/a/b",
        "user:hunter2hunter2@gitlab.example.com/a/b",
        "https://gitlab.example.com/a/b?private_token=hunter2hunter2",
        "https://gitlab.example.com/a/glpat-hunter2hunter2AAAAAA",
        "glpat-hunter2hunter2AAAAAA",
        "git clone https://oauth2:hunter2hunter2@gitlab.example.com/a/b",
    ] {
        for arguments in [&BASE[..], &[&BASE[..], &["--json"]].concat()] {
            let called = call_with(arguments, &format!("{url}\n"));
            assert_eq!(called.status, 1, "{url}");
            assert!(!called.out.contains("hunter2") && !called.err.contains("hunter2"), "{url}: {called:?}");
        }
    }
}

#[test]
fn what_is_no_text_is_invalid_and_cannot_steer_a_terminal() {
    let called = call_with(&BASE, "https://gitlab.example.com/a/\u{1b}[31mb\n");
    assert!(called.status == 1 && !called.out.contains('\u{1b}'), "{called:?}");
    assert_eq!(json_lines(&check_json("https://gitlab.example.com/a/\u{1b}[31mb\n"))[0]["verdict"], "invalid");
}

#[test]
fn a_reader_that_has_seen_enough_is_no_failure() {
    use std::io::{BufRead, BufReader};
    use std::process::Stdio;

    let folder = Folder::new();
    let file = folder.write("urls.txt", &"https://gitlab.example.com/a/b\n".repeat(100_000));
    let mut child = crate::support::program(&[&BASE[..], &[&file]].concat()).stderr(Stdio::piped()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let called = Called::from(child.wait_with_output().unwrap());
    assert!(!called.err.contains("error") && !called.err.contains("panicked"), "{called:?}");
}

#[cfg(target_os = "linux")]
#[test]
fn memory_does_not_grow_with_the_list() {
    let peak = |lines: usize| {
        use std::io::Write;
        use std::process::Stdio;

        let mut child = crate::support::program(&BASE).stdin(Stdio::piped()).stdout(Stdio::null()).spawn().unwrap();
        let mut stdin = child.stdin.take().unwrap();
        for index in 0..lines {
            writeln!(stdin, "https://gitlab.example.com/group/project-{index}").unwrap();
        }
        stdin.flush().unwrap();
        let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap();
        drop(stdin);
        assert!(child.wait().unwrap().success());
        let line = status.lines().find(|line| line.starts_with("VmHWM")).unwrap();
        line.split_whitespace().nth(1).unwrap().parse::<u64>().unwrap()
    };
    let (short, long) = (peak(20_000), peak(200_000));
    assert!(long < short + 2_000, "{short} kB for 20,000 lines, {long} kB for 200,000");
}

#[test]
fn one_json_line_has_the_documented_keys() {
    let called = check_json("https://gitlab.example.com/a/b\n");
    assert_eq!(
        json_lines(&called),
        [json!({ "url": "https://gitlab.example.com/a/b", "verdict": "inside", "issues": [] })]
    );
}

#[test]
fn a_url_that_holds_a_token_of_the_environment_is_not_shown() {
    // The second has nothing random: it is found as a whole.
    let tokens = ["_uJ5yPX4XaNu_LC0C4V7", "plain-secret-text"];
    for (token, json) in tokens.iter().flat_map(|token| [(token, &["--json"][..]), (token, &[])]) {
        let arguments = [&["check", "--base-url", "https://gitlab.example.com/"], json].concat();
        let mut child =
            program(&arguments).env("GITLAB_TOKEN", token).stdin(std::process::Stdio::piped()).spawn().unwrap();
        let input = format!("https://gitlab.example.com/group/{token}\nhttps://other.example/{token}/project\n");
        std::io::Write::write_all(&mut child.stdin.take().unwrap(), input.as_bytes()).unwrap();
        let called = Called::from(child.wait_with_output().unwrap());
        let piece = &token[1..9];
        assert!(!called.out.contains(piece) && !called.err.contains(piece), "{called:?}");
        assert!(called.out.contains("number 1, not shown"), "{called:?}");
    }
}

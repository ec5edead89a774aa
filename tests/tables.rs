//! Repositories as text that comes in, and the report as a table that goes out.

use proptest::prelude::*;
use serde_json::Value;
use torque_gitlab_connect::address::BaseUrl;
use torque_gitlab_connect::http::HttpAnswer;
use torque_gitlab_connect::issue::{IssueCode, Issues, Param};
use torque_gitlab_connect::onboarding::{
    Effect, Event, Method, Onboarding, Plan, PlanLines, PlanRepository, Report, correct_lines, corrections,
};
use torque_gitlab_connect::secret::Secret;
use torque_gitlab_connect::token::Purpose;

const TOKEN: &str = "glpat-0123456789abcdefghij";

/// The repositories of a text without errors.
fn repositories(text: &str) -> Vec<PlanRepository> {
    let read = PlanLines::read(text, None, None);
    assert!(!read.issues.has_error(), "{}", read.issues);
    read.repositories
}

/// Everything that was read, as one line for each repository.
fn read(text: &str) -> Vec<String> {
    let show = |repository: &PlanRepository| {
        format!(
            "{} name={:?} branch={:?} token={:?} credential={:?} agents={:?} register={}",
            repository.url,
            repository.name,
            repository.branch,
            repository.token.as_ref().map(Secret::expose),
            repository.credential_name,
            repository.agents,
            repository.auto_register
        )
    };
    repositories(text).iter().map(show).collect()
}

fn urls(text: &str) -> Vec<String> {
    repositories(text).into_iter().map(|repository| repository.url).collect()
}

/// `code line:column` of each.
fn places(issues: &Issues) -> Vec<String> {
    let number = |value: &Value| value.as_i64().map_or("-".to_owned(), |number| number.to_string());
    let place = |issue| {
        let issue = serde_json::to_value(issue).unwrap();
        let (line, column) = (number(&issue["params"]["line"]), number(&issue["params"]["column"]));
        format!("{} {line}:{column}", issue["code"].as_str().unwrap())
    };
    issues.iter().map(place).collect()
}

fn refused(text: &str) -> Vec<String> {
    let read = PlanLines::read(text, None, None);
    assert!(read.issues.has_error());
    let shown = serde_json::to_string(&read.issues).unwrap();
    assert!(!shown.contains(TOKEN), "{shown}");
    places(&read.issues)
}

#[test]
fn each_line_is_a_url() {
    let expected = ["https://g.example/a/b", "https://g.example/a/c"];
    for text in [
        "https://g.example/a/b\nhttps://g.example/a/c",
        "\u{feff}\r\n  https://g.example/a/b \r\n\r\n\thttps://g.example/a/c\t\r\n",
        "https://g.example/a/b\rhttps://g.example/a/c\r",
        "url\nhttps://g.example/a/b\n\nhttps://g.example/a/c\n",
        "\"URL\"\r\n\"https://g.example/a/b\"\r\n\"https://g.example/a/c\"",
    ] {
        assert_eq!(urls(text), expected, "{text:?}");
    }
    assert!(urls("").is_empty() && urls("\n \r\n").is_empty() && urls("url,name\n").is_empty());
}

#[test]
fn a_suggestion_takes_the_place_of_a_line_that_is_one_url() {
    let page = "https://g.example/a/b/-/tree/main";
    for (text, corrected) in [
        (format!("{page}\nhttps://g.example/a/c"), "https://g.example/a/b\nhttps://g.example/a/c"),
        (
            format!("\u{feff}\r\n\thttps://g.example/a/c\r\n  {page} \r\n"),
            "\u{feff}\n\thttps://g.example/a/c\nhttps://g.example/a/b\n",
        ),
        (format!("{page}\r{page}\r\r"), "https://g.example/a/b\nhttps://g.example/a/b\n\n"),
        // A single column.
        (format!("url\n{page}\n"), "url\nhttps://g.example/a/b\n"),
    ] {
        let found = corrections(&text, &PlanLines::read(&text, None, None).issues);
        assert!(!found.is_empty(), "{text:?}");
        let whole = correct_lines(&text, &found);
        assert_eq!(whole, corrected);
        assert!(corrections(&whole, &PlanLines::read(&whole, None, None).issues).is_empty());
        // One of them alone.
        assert!(correct_lines(&text, &found[..1]).contains("https://g.example/a/b"));
        assert_eq!(correct_lines(&whole, &[]), whole);
    }
    for text in [
        // Further cells, and lines that are none.
        format!("url,name\n{page},b\n"),
        format!("url;name\n\"{page}\";b\n"),
        format!("{page},main\n"),
        format!("{page}|main\n"),
        "nothing of the kind\n".to_owned(),
        "https://g.example/a/b\n".to_owned(),
    ] {
        assert_eq!(corrections(&text, &PlanLines::read(&text, None, None).issues), [], "{text:?}");
    }
}

#[test]
fn every_error_of_a_long_list_is_counted() {
    let read = |lines: usize| PlanLines::read(&"no-url\n".repeat(lines), None, None).issues;
    assert_eq!((read(0).error_count(), read(3).error_count(), read(250).error_count()), (0, 3, 250));
    // Warnings are none, whether they are listed or counted.
    let warned: Vec<String> = (0..150).map(|number| format!("https://g_g.example/a/b{number}")).collect();
    let warned = PlanLines::read(&warned.join("\n"), None, None).issues;
    assert_eq!((warned.iter().count(), warned.error_count()), (101, 0));
}

#[test]
fn a_table_may_name_every_setting() {
    let head = "Name,URL,token,Branch,credential_name,Agents,auto-register,\n";
    let row = format!("\"a, \"\"b\"\"\",https://g.example/a/b, {TOKEN} ,main,stored,\"eks; aks|x;\",Yes\n");
    assert_eq!(
        read(&format!("{head}{row}\n,https://g.example/a/c,,,,,false,\n")),
        [
            format!(
                "https://g.example/a/b name=Some(\"a, \\\"b\\\"\") branch=Some(\"main\") token=Some(\" {TOKEN} \") \
                 credential=Some(\"stored\") agents=[\"eks\", \"aks\", \"x\"] register=true"
            ),
            "https://g.example/a/c name=None branch=None token=None credential=None agents=[] register=false"
                .to_owned(),
        ]
    );
}

#[test]
fn a_header_may_have_signs_beside_its_letters() {
    for name in ["« name »", "Name →", "name·", "→ NAME ✓", "“name”", "name\u{a0}*", "na_me"] {
        let text = format!("URL ↓,{name}\nhttps://g.example/a/b,x\n");
        assert!(read(&text)[0].starts_with("https://g.example/a/b name=Some(\"x\")"), "{text:?}");
    }
}

#[test]
fn spreadsheets_write_other_separators() {
    for separator in [",", ";", "\t"] {
        let text = ["url", "name\r\nhttps://g.example/a/b", "x\r\n"].join(separator);
        assert!(read(&text)[0].starts_with("https://g.example/a/b name=Some(\"x\")"), "{text:?}");
    }
}

#[test]
fn excel_says_its_separator_in_a_line_of_its_own() {
    for (first, separator) in [("sep=;", ";"), ("SEP=,", ","), ("\"sep=;\"", ";"), ("sep=\t", "\t"), ("sep=|", "|")] {
        for end in ["\n", "\r\n"] {
            let rows = [["url", "name"].join(separator), ["https://g.example/a/b", "x"].join(separator)].join(end);
            for text in [format!("{first}{end}{rows}"), format!("\u{feff}{first}{end}{rows}{end}")] {
                assert!(read(&text)[0].starts_with("https://g.example/a/b name=Some(\"x\")"), "{text:?}");
            }
        }
    }
    // The lines are counted as an editor does.
    assert_eq!(refused("sep=;\nurl;name\nnonsense;x\n"), ["repository_url.missing_scheme 3:1"]);
    assert_eq!(urls("sep=;\nhttps://g.example/a/b\n"), ["https://g.example/a/b"]);
}

#[test]
fn a_table_may_use_the_names_of_torque() {
    let head =
        "repository_name,repository_url,token,branch,credential_name,use_all_agents,agents,eac_auto_registration\n";
    let row = format!("b,https://g.example/a/b,{TOKEN},main,stored,false,\"a1, a2\",TRUE\n");
    let expected = format!(
        "https://g.example/a/b name=Some(\"b\") branch=Some(\"main\") token=Some(\"{TOKEN}\") \
         credential=Some(\"stored\") agents=[\"a1\", \"a2\"] register=true"
    );
    assert_eq!(read(&format!("{head}{row}")), [expected]);
    // The labels of its form.
    let form = "Repository URL;Repository Name;Branch;Credentials Name\nhttps://g.example/a/b;b;main;stored\n";
    assert!(read(form)[0].starts_with("https://g.example/a/b name=Some(\"b\") branch=Some(\"main\")"));
    // What its list tells beside that, and what all repositories have in common.
    let listed = "name,repository_url,status,errors,use_all_agents,space_name,provider_id\n\
                  b,https://g.example/a/b,Connected,[],true,demo,7\n";
    let read = PlanLines::read(listed, None, None);
    assert_eq!(places(&read.issues), ["lines.unused_column 1:6", "lines.unused_column 1:7"]);
    assert_eq!(read.repositories.len(), 1);
    for row in ["https://g.example/a/b,a1,true", "https://g.example/a/b,,false", "https://g.example/a/b,,vrai"] {
        assert_eq!(refused(&format!("url,agents,use_all_agents\n{row}\n")), ["input.not_allowed 2:3"], "{row}");
    }
}

#[test]
fn several_agents_stand_in_one_cell() {
    for cell in
        ["\"a1, a2\"", "\"a1,a2,\"", "a1;a2", "a1 | a2", "\"a1\na2\"", "\"a1\r\n a2\"", "\"[\"\"a1\"\", \"\"a2\"\"]\""]
    {
        let read = repositories(&format!("url,agents\nhttps://g.example/a/b,{cell}\n"));
        assert_eq!(read[0].agents, ["a1", "a2"], "{cell:?}");
    }
    assert_eq!(repositories("url;agents\nhttps://g.example/a/b;a1, a2\n")[0].agents, ["a1", "a2"]);
    assert_eq!(repositories("url,agents\nhttps://g.example/a/b,my agent\n")[0].agents, ["my agent"]);
}

#[test]
fn a_boolean_that_is_none_is_refused_with_the_words_that_would_do() {
    for word in ["vrai", "oui", "verdadero", "maybe", "2", "wahrheit"] {
        let read = PlanLines::read(&format!("url,autoRegister\nhttps://g.example/a/b,{word}\n"), None, None);
        let message = read.issues.iter().next().unwrap().message();
        for possible in ["true", "yes", "1", "false", "no", "0"] {
            assert!(message.contains(possible), "{message}");
        }
        assert!(read.repositories.is_empty());
    }
    for (word, is) in [
        ("TRUE", true),
        ("Yes", true),
        (" 1 ", true),
        ("False", false),
        ("NO", false),
        ("0", false),
        ("", false),
        ("WAHR", true),
        ("ja", true),
        ("FALSCH", false),
        ("Nein", false),
    ] {
        assert_eq!(
            repositories(&format!("url,autoRegister\nhttps://g.example/a/b,{word}\n"))[0].auto_register,
            is,
            "{word}"
        );
    }
}

#[test]
fn each_issue_has_the_path_of_a_row_and_a_key() {
    let paths = |text: &str, purpose| -> Vec<String> {
        let issues = PlanLines::read(text, None, purpose).issues;
        let path = |issue| serde_json::to_value(issue).unwrap()["path"].to_string();
        issues.iter().map(path).collect()
    };
    let url = "https://g.example/a/b";
    for (text, expected) in [
        (format!("{url}\n{url},x\n"), vec![r#"[1,"url"]"#, r#"[1,"url"]"#]),
        ("url,nmae\n".to_owned(), vec![r#"[0,"header"]"#]),
        ("url,name,Name\n".to_owned(), vec![r#"[0,"header"]"#]),
        ("url,\"name\n".to_owned(), vec![r#"[0,"header"]"#]),
        ("url,space\n".to_owned(), vec![r#"[0,"header"]"#]),
        // A row that cannot be taken apart is counted, an empty one is not.
        (format!("url,agents\n{url},a1\n\n{url}1,a1,a2\n"), vec![r#"[1,"agents"]"#]),
        (format!("url,name\n{url},\"a\"b\n{url}1,..\n"), vec![r#"[0,"name"]"#, r#"[1,"name"]"#]),
        (format!("name,url,autoRegister\nx,{url},\ny,{url}1,maybe\n"), vec![r#"[1,"autoRegister"]"#]),
        (format!("url,useAllAgents\n{url},false\n"), vec![r#"[0,"agents"]"#]),
        (format!("url,agents\n{url},\"a1,a\u{200b}2\"\n"), vec![r#"[0,"agents",1]"#]),
        // A provider of a report is no row.
        (format!("kind,url,name\nprovider,x,x\nrepository,{url},..\n"), vec![r#"[0,"name"]"#]),
    ] {
        assert_eq!(paths(&text, None), expected, "{text:?}");
    }
    assert_eq!(paths(&format!("url\n{url}\n"), Some(Purpose::Repository)), [r#"[0,"token"]"#]);
}

#[test]
fn what_is_wrong_is_reported_by_line_and_column() {
    for (text, expected) in [
        (
            "https://g.example/a/b,glpat-0123456789abcdefghij\n",
            "lines.no_header 1:-, repository_url.path_character 1:1",
        ),
        ("\n\nname,branch\n", "lines.no_header 3:-, repository_url.missing_scheme 3:1"),
        ("url,nmae\n", "lines.unknown_column 1:2"),
        ("url,name,Url\n", "lines.duplicate_column 1:3"),
        ("url,name\nURL,b,glpat-0123456789abcdefghij\n", "lines.too_many_cells 2:3"),
        ("url,token\n\n\nURL,glpat-0123456789abcdefghij\"\n", "lines.quote 4:2"),
        ("url,token\nURL,\"glpat-0123456789abcdefghij\"x\n", "lines.quote 2:2"),
        ("url,token\nURL,\"glpat-0123456789abcdefghij\n", "lines.quote 2:2"),
        ("url,autoRegister\nURL,maybe\n", "input.not_allowed 2:2"),
        ("name,url,token\n\"a\n\n\",\"URL\",\nb,\"x\"y,glpat-0123456789abcdefghij", "lines.quote 5:2"),
        ("name,url,\"token\nx,URL,y\n", "lines.quote 1:3"),
    ] {
        let text = text.replace("URL", "https://g.example/a/b");
        assert_eq!(refused(&text).join(", "), expected, "{text:?}");
    }
}

#[test]
fn each_row_is_checked_and_told_by_line_and_column() {
    let base = BaseUrl::check("https://g.example/").unwrap().value;
    let text = format!(
        "name,url,token,branch\n\nx,https://g.example/a/b,{TOKEN},\nX,https://g.example/a b,glrt-{TOKEN},\n\
         y,https://g.example/A/b,,a..b\nz,https://elsewhere.example/a/b,{TOKEN},\n"
    );
    let read = PlanLines::read(&text, Some(&base), Some(Purpose::Repository));
    assert_eq!(
        places(&read.issues),
        [
            "plan.duplicate_name 4:1",
            "repository_url.white_space 4:2",
            "token.wrong_kind 4:3",
            "plan.duplicate_repository 5:2",
            "plan.repository_token_missing 5:3",
            "gitlab.branch_not_allowed 5:4",
            "repository_url.outside_base_url 6:2",
        ]
    );
    assert!(!serde_json::to_string(&read.issues).unwrap().contains(TOKEN));
    let duplicate = serde_json::to_value(read.issues.iter().nth(3)).unwrap();
    assert_eq!((&duplicate["params"]["first"], &duplicate["severity"]), (&3.into(), &"warning".into()));
    assert_eq!(duplicate["path"], serde_json::json!([2, "url"]));
    // Without a base URL and a purpose less is asked.
    let read = PlanLines::read("url\nhttps://elsewhere.example/a/b\n", None, None);
    assert!(read.issues.is_empty());
}

#[test]
fn valid_rows_are_read_beside_others() {
    let valid_rows = |text: &str| -> Vec<String> {
        let read = PlanLines::read(text, None, None);
        assert!(read.issues.has_error(), "{text:?}");
        read.repositories.into_iter().map(|repository| repository.url).collect()
    };
    let expected = ["https://g.example/a/b", "https://g.example/a/c"];
    for text in [
        "https://g.example/a/b.git\nnonsense\nhttps://g.example/a/c/\n",
        "url,name\nhttps://g.example/a/b,\nhttps://g.example/a/x,..\nhttps://g.example/a/c,\n",
        "url,name\nhttps://g.example/a/b,\nhttps://g.example/a/x,a,b\nhttps://g.example/a/c,\n",
        "url,name\nhttps://g.example/a/b,\nhttps://g.example/a/x,\"a\"b\nhttps://g.example/a/c,\n",
        // A column that nobody knows is passed over, as the user agrees.
        "url,owner\nhttps://g.example/a/b,me\nhttps://g.example/a/c,you\n",
    ] {
        assert_eq!(valid_rows(text), expected, "{text:?}");
    }
    // It is not known which of two columns is the right one.
    assert_eq!(valid_rows("url,token,token\nhttps://g.example/a/b,x,y\n"), [""; 0]);
}

/// A list that was not added yet survives a reload in a storage that others can read.
#[test]
fn only_urls_are_storable() {
    let storable = |text: &str| PlanLines::read(text, None, None).storable;
    let url = "https://gitlab.example.com/a/b";
    for text in [
        "",
        "\u{feff}https://gitlab.example.com/a/b\r\n\r\n http://localhost:8080/gitlab/a/b.git ",
        "https://gitlab.example.com/a/b/-/tree/main\rhttps://gitlab.example.com/",
        "gitlab.example.com/a/b",
        "git@gitlab.example.com:a/b.git",
        "https://gitlab.example.com/team/token-service",
    ] {
        assert!(storable(text), "{text:?}");
    }
    for text in [
        "hunter2",
        "password/hunter2",
        "user:hunter2@gitlab.example.com/a/b",
        "https://oauth2:hunter2@gitlab.example.com/a/b",
        "ssh://hunter2@gitlab.example.com/a/b",
        "git@hunter2@gitlab.example.com:a/b",
        "https://gitlab.example.com/a/b?private_token=hunter2",
        "https://gitlab.example.com/a/b#hunter2",
        "https://gitlab.example.com/a/b hunter2",
        "https://gitlab.example.com/a/b,hunter2",
        "\"https://gitlab.example.com/a/b\"",
        "url\nhttps://gitlab.example.com/a/b",
        "GITLAB_TOKEN=hunter2",
        "https://gitlab.example.com/a/gldt-0123456789abcdefghij",
        TOKEN,
    ] {
        assert!(!storable(text), "{text:?}");
        assert!(!storable(&format!("{url}\n{text}\n{url}")), "{text:?} among others");
    }
    assert!(!storable(&format!("{url}/{TOKEN}")));
}

#[test]
fn no_issue_holds_what_stands_in_a_cell() {
    let columns = ["url", "name", "branch", "token", "credentialName", "agents", "autoRegister", "tokne"];
    for secret in [
        TOKEN.to_owned(),
        format!("glrt-{TOKEN}"),
        format!("https://x:{TOKEN}@g.example/a/b"),
        format!("{TOKEN} {TOKEN}"),
    ] {
        for (index, column) in columns.iter().enumerate() {
            let mut cells = ["https://g.example/a/b", "", "", "", "", "", "", ""].map(str::to_owned);
            cells[index].clone_from(&secret);
            for head in [columns.join(","), format!("{},{column}", columns.join(",")), secret.clone()] {
                let read =
                    PlanLines::read(&format!("{head}\n{0}\n{0}\n", cells.join(",")), None, Some(Purpose::Repository));
                let shown = serde_json::to_string(&read.issues).unwrap();
                assert!(!shown.contains(TOKEN), "{column}: {shown}");
            }
        }
    }
}

#[test]
fn ten_thousand_rows_are_read_and_checked_in_one_go() {
    for path in [|number: usize| format!("group/project-{number}"), |_: usize| "group/project".to_owned()] {
        let mut text = "url,token\n".to_owned();
        for number in 0..10_000 {
            text += &format!("https://g.example/{},{TOKEN}\n", path(number));
        }
        let mut plan = Plan::new("https://portal.qtorque.io", "demo", Method::TokenPerRepository { base_url: None });
        plan.repositories = repositories(&text);
        let checked = plan.check().unwrap().value;
        let names: std::collections::BTreeSet<_> =
            checked.repositories().iter().map(|repository| repository.repository_name().as_str()).collect();
        assert_eq!(names.len(), 10_000);
    }
}

#[test]
fn no_more_rows_are_read_than_a_plan_may_have() {
    let full = "https://g.example/a/b\n".repeat(10_000);
    let cut = |text: &str| {
        let read = PlanLines::read(text, None, None);
        let first = read.issues.iter().next().unwrap().clone();
        let cut_at = first.param("line").filter(|_| first.code == IssueCode::PlanTooManyRepositories).cloned();
        (cut_at, read.repositories.len(), read.storable)
    };
    // Blank lines are no rows.
    assert_eq!(cut(&format!("{full}\n \n")), (None, 10_000, true));
    assert_eq!(cut(&format!("{full}\nhttps://g.example/a/c")), (Some(Param::Number(10_002)), 10_000, false));
    assert_eq!(cut(&format!("url\n{full}https://g.example/a/c")), (Some(Param::Number(10_002)), 10_000, false));
    assert_eq!(cut(&"x\n".repeat(1_000_000)), (Some(Param::Number(10_001)), 0, false));
}

#[test]
fn a_row_of_a_million_cells_is_reported_and_not_stored() {
    let codes = |text: &str| {
        let read = PlanLines::read(text, None, None);
        let shown: Vec<_> = read.issues.iter().map(|issue| (issue.code, issue.param("column").cloned())).collect();
        (shown, read.repositories.len())
    };
    let row = "https://g.example/a/b";
    let commas = ",".repeat(1_000_000);
    assert_eq!(codes(&format!("url{commas}\n{row}{commas}\n")), (vec![], 1));
    let far = (IssueCode::LinesTooManyCells, Some(Param::Number(1_000_001)));
    assert_eq!(codes(&format!("url\n{row}{commas}x\n{row}\n")), (vec![far], 1));
    let agents = format!("url,agents\n{row},{}\n", "a;".repeat(1_000_000));
    assert_eq!(codes(&agents), (vec![(IssueCode::InputTooLarge, Some(Param::Number(2)))], 0));
}

proptest! {
    /// Any text is read or has issues, without a panic, and no issue contains its text.
    #[test]
    fn any_text_is_read(text in "(url,token\n)?[a\",;\r\n\t]{0,40}\\PC{0,20}") {
        let _ = PlanLines::read(&text, None, None);
    }
}

/// The report of a job whose repositories have these names and end with this status and error.
fn report(names: &[&str], status: &str, error: &str) -> Report {
    let method = Method::Provider {
        name: "=1+1".into(),
        base_url: "https://g.example/".into(),
        token: Some(Secret::new(TOKEN.to_owned())),
    };
    let mut plan = Plan::new("https://portal.qtorque.io", "demo", method);
    plan.policy.inspect = false;
    for (number, name) in names.iter().enumerate() {
        plan.repositories.push(PlanRepository {
            name: Some((*name).to_owned()),
            ..PlanRepository::new(&format!("https://g.example/group/{number}"))
        });
    }
    let list: Vec<_> = names
        .iter()
        .map(|name| serde_json::json!({ "name": name, "status": status, "errors": [{ "message": error }] }))
        .collect();
    let mut now = 1_795_348_800_000;
    let mut machine = Onboarding::new(&plan, now);
    loop {
        match machine.next() {
            Effect::Send { id, request, .. } => {
                let body = if request.method == "GET" { list.clone().into() } else { Value::from("") };
                machine.handle(Event::Answer {
                    id,
                    answer: HttpAnswer::new(200, &body.to_string()),
                    retry_after: None,
                    now,
                });
            }
            Effect::Wait { until } => {
                now = until.unwrap();
                machine.handle(Event::Time { now });
            }
            Effect::Done { report } => return (*report).clone(),
            Effect::Checkpoint { .. } => unreachable!("they were not asked for"),
        }
    }
}

fn rows(text: &str) -> Vec<Vec<String>> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    reader.records().map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect()
}

#[test]
fn the_report_is_a_table() {
    let rows = rows(&report(&["one", "a \"b\", c"], "Connected", "").to_csv());
    let sent = "2026-11-22T12:00:00Z 200";
    assert_eq!(
        rows,
        [
            ["provider", "'=1+1", "https://g.example/", "", "done", "", sent, ""],
            ["repository", "one", "https://g.example/group/0", "", "connected", "Connected", sent, ""],
            ["repository", "a \"b\", c", "https://g.example/group/1", "", "connected", "Connected", sent, ""],
        ]
    );
}

#[test]
fn no_cell_is_a_formula() {
    let names = ["=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "fine=1", "＝1", "a;=1;b"];
    let rows = rows(&report(&names, "=HYPERLINK(\"http://x\")", &format!("=1 {TOKEN}")).to_csv());
    for cell in rows.iter().flatten() {
        assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{cell}");
        assert!(!cell.contains(TOKEN));
    }
    let shown: Vec<_> = rows[1..].iter().map(|row| row[1].as_str()).collect();
    assert_eq!(shown, ["'=cmd|' /C calc'!A0", "'+1", "'-1", "'@SUM(A1)", "fine=1", "'＝1", "a;'=1;b"]);
    assert!(rows[1][7].starts_with("torque.sync_failed: "), "{}", rows[1][7]);
}

/// A user corrects in a spreadsheet what did not work, and tries again.
#[test]
fn a_report_is_read_back_as_the_repositories_it_is_about() {
    let names = ["one", "a \"b\", c", "=1+1", "'=1+1", "@x", "a;=1;'b"];
    let table = report(&names, "Connected", "two\nlines").to_csv();
    // As another spreadsheet writes it.
    let with_semicolons = format!("sep=;\n{}", table.replace("\",\"", "\";\""));
    for table in [table, with_semicolons] {
        let read = repositories(&table);
        let read: Vec<_> = read.iter().map(|row| (row.name.as_deref().unwrap_or_default(), row.url.clone())).collect();
        let urls = (0..names.len()).map(|number| format!("https://g.example/group/{number}"));
        assert_eq!(read, names.into_iter().zip(urls).collect::<Vec<_>>());
    }
}

proptest! {
    #[test]
    fn any_name_in_a_report_is_read_back(name in "[a'=+@;\" -]{0,8}[a-z]") {
        let read = repositories(&report(&[name.trim()], "Connected", "").to_csv());
        prop_assert_eq!(read[0].name.as_deref(), Some(name.trim()));
    }
}

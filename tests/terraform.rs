//! `to_terraform`, read back by a parser of HCL.

use hcl::eval::{Context, Evaluate};
use hcl::{Body, Expression, Value};
use torque_gitlab_connect::export::to_terraform;
use torque_gitlab_connect::onboarding::{Method, Plan, PlanRepository};
use torque_gitlab_connect::secret::Secret;

const TORQUE_TOKEN: &str = "torque-token-0123456789";
const GITLAB_TOKEN: &str = "glpat-0123456789abcdefghij";

/// Names that HCL could take for something else.
const NAMES: [&str; 12] = [
    "plain",
    "${var.torque_token}",
    "%{ if true }x%{ endif }",
    "$${x} $$${y} %%{z} %%%{z}",
    "$ % { } $",
    "say \"hello\"",
    "back\\slash \\n \\u0041 \\",
    "it's # no // comment /* at all */",
    "<<EOF",
    "ünï ✓ 𝄞 名前",
    "\"}",
    "~> = [ ] ( ) & | !",
];

fn plan() -> Plan {
    let mut plan = Plan::new("https://portal.qtorque.io", "demo", Method::TokenPerRepository { base_url: None });
    plan.torque_token = Some(Secret::new(TORQUE_TOKEN.to_owned()));
    plan
}

fn repository(path: &str) -> PlanRepository {
    PlanRepository { branch: Some("main".into()), ..PlanRepository::new(&format!("https://gitlab.example.com/{path}")) }
}

fn read(plan: &Plan) -> Body {
    let text = to_terraform(plan).expect("the plan can be exported").value;
    assert!(!text.contains(TORQUE_TOKEN) && !text.contains(GITLAB_TOKEN), "no token is in the text");
    hcl::parse(&text).expect("the text is HCL")
}

/// The blocks of this type and these labels, in their order.
fn blocks<'a>(body: &'a Body, labels: &[&str]) -> Vec<&'a Body> {
    let is_meant = |block: &&hcl::Block| {
        let found = std::iter::once(block.identifier.as_str()).chain(block.labels.iter().map(hcl::BlockLabel::as_str));
        found.take(labels.len()).eq(labels.iter().copied())
    };
    body.blocks().filter(is_meant).map(|block| &block.body).collect()
}

fn attribute<'a>(body: &'a Body, key: &str) -> Option<&'a Expression> {
    body.attributes().find(|attribute| attribute.key.as_str() == key).map(hcl::Attribute::expr)
}

/// What an attribute says when no variable is known: a template that got through would fail here.
fn value_of(body: &Body, key: &str) -> Value {
    attribute(body, key).unwrap().evaluate(&Context::new()).expect("it is a plain value")
}

/// The attribute's own text, where it refers to something.
fn reference(body: &Body, key: &str) -> String {
    hcl::format::to_string(attribute(body, key).unwrap()).unwrap()
}

const CREDENTIALS: &str = "torque_git_credentials";
const ASSOCIATION: &str = "torque_gitlab_enterprise_repository_space_association";

#[test]
fn each_token_becomes_a_credential_that_its_repository_names() {
    let mut plan = plan();
    plan.repositories = vec![repository("group/one"), repository("group/two"), repository("group/three")];
    plan.repositories[0].token = Some(Secret::new(GITLAB_TOKEN.to_owned()));
    plan.repositories[1].credential_name = Some("stored".into());
    plan.repositories[2].agents = vec!["eks".into(), "aks".into()];
    let body = read(&plan);

    let source = &body.blocks().find(|block| block.identifier.as_str() == "terraform").unwrap().body;
    let source = hcl::format::to_string(source).unwrap();
    assert!(source.contains("qualitorque/torque"), "{source}");
    let provider = blocks(&body, &["provider", "torque"])[0];
    assert_eq!(value_of(provider, "host"), Value::from("https://portal.qtorque.io/"));
    assert_eq!(reference(provider, "token"), "var.torque_token");

    let credentials = blocks(&body, &["resource", CREDENTIALS]);
    assert_eq!(credentials.len(), 2, "the stored one is not made");
    assert_eq!(value_of(credentials[0], "name"), Value::from("one"));
    assert_eq!(value_of(credentials[0], "type"), Value::from("gitlabEnterprise"));
    assert_eq!(value_of(credentials[0], "allowed_space_names"), Value::from(vec!["demo"]));
    assert_eq!(reference(credentials[0], "token"), "var.gitlab_token_1");
    assert_eq!(reference(credentials[1], "token"), "var.gitlab_token_3");

    let repositories = blocks(&body, &["resource", ASSOCIATION]);
    assert_eq!(repositories.len(), 3);
    assert_eq!(value_of(repositories[0], "space_name"), Value::from("demo"));
    assert_eq!(value_of(repositories[0], "repository_url"), Value::from("https://gitlab.example.com/group/one"));
    assert_eq!(value_of(repositories[0], "branch"), Value::from("main"));
    assert_eq!(value_of(repositories[0], "use_all_agents"), Value::from(true));
    assert!(attribute(repositories[0], "agents").is_none() && attribute(repositories[0], "token").is_none());
    assert_eq!(reference(repositories[0], "credential_name"), "torque_git_credentials.repository_1.name");
    assert_eq!(value_of(repositories[1], "credential_name"), Value::from("stored"));
    assert_eq!(value_of(repositories[2], "use_all_agents"), Value::from(false));
    assert_eq!(value_of(repositories[2], "agents"), Value::from(vec!["eks", "aks"]));

    for variable in ["torque_token", "gitlab_token_1", "gitlab_token_3"] {
        let variable = blocks(&body, &["variable", variable])[0];
        assert_eq!(value_of(variable, "sensitive"), Value::from(true));
        assert!(attribute(variable, "default").is_none());
    }
    assert_eq!(blocks(&body, &["variable"]).len(), 3);
}

#[test]
fn whatever_a_name_contains_hcl_says_exactly_that() {
    for name in NAMES.into_iter().filter(|name| !name.contains(['/', '#', '%'])) {
        let mut plan = plan();
        plan.space = name.into();
        plan.repositories = vec![repository("group/one")];
        let body = read(&plan);
        assert_eq!(value_of(blocks(&body, &["provider"])[0], "space"), Value::from(name));
        assert_eq!(value_of(blocks(&body, &["resource", ASSOCIATION])[0], "space_name"), Value::from(name));
    }
    for name in NAMES {
        let mut plan = plan();
        plan.repositories = vec![repository("group/one"), repository("group/two")];
        plan.repositories[0].credential_name = Some(name.into());
        plan.repositories[1].credential_name = Some(name.into());
        plan.repositories[0].token = Some(Secret::new(GITLAB_TOKEN.to_owned()));
        let body = read(&plan);
        assert_eq!(value_of(blocks(&body, &["resource", CREDENTIALS])[0], "name"), Value::from(name));
        // Whoever names it later refers to it.
        let second = blocks(&body, &["resource", ASSOCIATION])[1];
        assert_eq!(reference(second, "credential_name"), "torque_git_credentials.repository_1.name");
    }
}

fn issues(plan: &Plan) -> Vec<String> {
    let issues = to_terraform(plan).unwrap_err();
    let shown = issues.iter().filter(|issue| issue.code.as_str() == "export.not_expressible");
    shown.map(|issue| serde_json::to_string(&issue.path).unwrap()).collect()
}

#[test]
fn what_cannot_be_expressed_is_an_issue_with_its_place() {
    let mut plan = plan();
    plan.space = "a/b".into();
    plan.repositories = (1..=5).map(|number| repository(&format!("group/{number}"))).collect();
    plan.repositories[0].branch = None;
    plan.repositories[1].auto_register = true;
    plan.repositories[2].name = Some("a?b".into());
    plan.repositories[2].agents = vec!["fine".into(), "it \"is\"".into()];
    plan.repositories[3].credential_name = Some("same".into());
    plan.repositories[3].token = Some(Secret::new(GITLAB_TOKEN.to_owned()));
    plan.repositories[4].credential_name = Some("same".into());
    plan.repositories[4].token = Some(Secret::new("glpat-another-0123456789".to_owned()));
    assert_eq!(
        issues(&plan),
        [
            r#"["space"]"#,
            r#"["repositories",0,"branch"]"#,
            r#"["repositories",1,"autoRegister"]"#,
            r#"["repositories",2,"name"]"#,
            r#"["repositories",2,"agents",1]"#,
            r#"["repositories",4,"credentialName"]"#,
        ]
    );
    for method in [
        Method::Provider { name: "x".into(), base_url: "https://gitlab.example.com".into(), token: None },
        Method::ExistingProvider { base_url: "https://gitlab.example.com".into() },
    ] {
        plan.method = method;
        assert_eq!(issues(&plan), [r#"["method","kind"]"#]);
    }
}

/// Terraform itself brings every text into Unicode's form NFC.
#[test]
fn a_name_that_terraform_would_change_is_an_issue_wherever_it_stands() {
    let rows: Vec<serde_json::Value> = serde_json::from_str(include_str!("data/nfc.json")).unwrap();
    for row in rows {
        let name = row["text"].as_str().unwrap();
        let mut plan = plan();
        plan.space = name.into();
        plan.repositories = vec![repository("group/one"), repository("group/two")];
        plan.repositories[1] = PlanRepository {
            name: Some(name.into()),
            branch: Some(name.replace(' ', "-")),
            credential_name: Some(format!("stored {name}")),
            agents: vec!["fine".into(), name.into()],
            ..repository("group/two")
        };
        if row["is_nfc"] == true {
            let body = read(&plan);
            assert_eq!(value_of(blocks(&body, &["resource", ASSOCIATION])[1], "repository_name"), Value::from(name));
        } else {
            let places = [
                r#"["space"]"#,
                r#"["repositories",1,"name"]"#,
                r#"["repositories",1,"branch"]"#,
                r#"["repositories",1,"credentialName"]"#,
                r#"["repositories",1,"agents",1]"#,
            ];
            assert_eq!(issues(&plan), places, "{name}");
        }
        // The credential has the name of the repository, which is reported once.
        plan.space = "demo".into();
        plan.repositories = vec![PlanRepository { name: Some(name.into()), ..repository("group/one") }];
        assert!(row["is_nfc"] == true || issues(&plan) == [r#"["repositories",0,"name"]"#], "{name}");
    }
}

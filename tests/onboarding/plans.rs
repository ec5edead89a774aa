//! What the check of a plan finds, and where.

use torque_gitlab_connect::issue::Param;
use torque_gitlab_connect::onboarding::{Method, Plan, PlanRepository};

use crate::model::{BASE, GITLAB_TOKEN, plan, provider_plan, secret};

fn found(plan: &Plan) -> Vec<String> {
    let issues = match plan.check() {
        Ok(checked) => checked.warnings,
        Err(issues) => issues,
    };
    issues
        .iter()
        .map(|issue| format!("{} {}", serde_json::to_string(&issue.path).unwrap(), issue.code.as_str()))
        .collect()
}

fn names(plan: &Plan) -> Vec<String> {
    let checked = plan.check().unwrap().value;
    checked.repositories().iter().map(|repository| repository.repository_name().as_str().to_owned()).collect()
}

#[test]
fn everything_that_is_wrong_is_reported_at_once_with_its_place() {
    let method = Method::Provider { name: " ".into(), base_url: "gitlab.example.com".into(), token: secret("ghp_x") };
    let mut plan = plan(method, &[]);
    plan.portal_url = "http://portal.qtorque.io".into();
    plan.space = "..".into();
    plan.torque_token = secret("two words");
    plan.policy.poll_ms = 0;
    plan.repositories.push(PlanRepository {
        branch: Some("a b".into()),
        name: Some("a\u{7}".into()),
        agents: vec![String::new()],
        token: secret("gldt-0123456789abcdefghij"),
        ..PlanRepository::new("https://gitlab.example.com/group/project")
    });
    plan.repositories.push(PlanRepository::new("nonsense"));
    assert_eq!(
        found(&plan),
        [
            r#"["portalUrl"] portal_url.http_not_allowed"#,
            r#"["torqueToken"] torque.token_bad_character"#,
            r#"["space"] name.dot_segment"#,
            r#"["policy","pollMs"] plan.out_of_range"#,
            r#"["method","name"] name.empty"#,
            r#"["method","baseUrl"] base_url.missing_scheme"#,
            r#"["method","token"] token.other_product"#,
            r#"["repositories",0,"token"] token.deploy_token"#,
            r#"["repositories",0,"name"] name.control_character"#,
            r#"["repositories",0,"branch"] gitlab.branch_not_allowed"#,
            r#"["repositories",0,"agents",0] name.empty"#,
            r#"["repositories",1,"url"] repository_url.missing_scheme"#,
        ]
    );
}

#[test]
fn a_token_of_gitlab_is_no_token_of_torque() {
    let place = [r#"["torqueToken"] torque.token_is_gitlab"#];
    let mut by_prefix = provider_plan(&["g/a"]);
    by_prefix.torque_token = secret("glpat-another-0123456789ab");
    assert_eq!(found(&by_prefix), place);

    // Nobody knows a prefix of its own, but it is the same text.
    let own = || secret(" gl.example.com_0123456789 ");
    let method = Method::Provider { name: "gitlab-1".into(), base_url: BASE.into(), token: own() };
    let mut for_all = plan(method, &["g/a"]);
    let mut for_one = plan(Method::TokenPerRepository { base_url: None }, &["g/a", "g/b"]);
    (for_one.repositories[0].token, for_one.repositories[1].token) = (secret(GITLAB_TOKEN), own());
    for plan in [&mut for_all, &mut for_one] {
        assert!(plan.check().is_ok());
        plan.torque_token = secret("gl.example.com_0123456789");
        let issues = plan.check().unwrap_err();
        let error = issues.iter().find(|issue| issue.code.as_str().starts_with("torque."));
        assert_eq!(
            error.map(|issue| serde_json::to_string(&issue.path).unwrap()).as_deref(),
            Some(r#"["torqueToken"]"#)
        );
    }
}

#[test]
fn a_repository_outside_the_base_url_is_reported_although_the_token_is_missing() {
    let method = Method::Provider { name: "gitlab-1".into(), base_url: BASE.into(), token: None };
    let mut plan = plan(method, &["group/project"]);
    plan.repositories.push(PlanRepository::new("https://elsewhere.example.com/group/project"));
    assert_eq!(
        found(&plan),
        [r#"["method","token"] plan.token_missing"#, r#"["repositories",1,"url"] repository_url.outside_base_url"#]
    );
}

#[test]
fn names_come_from_the_project_and_are_unique_in_the_plan() {
    let mut plan = provider_plan(&["a/app", "b/app", "c/d/App", "a-b/app", "a/b/app", "x/other", "b/taken"]);
    plan.repositories[5].name = Some("taken".into());
    assert_eq!(names(&plan), ["app", "b-app", "c-d-App", "a-b-app", "a-b-app-2", "taken", "b-taken"]);
    assert_eq!(found(&plan), [""; 0]);
}

#[test]
fn a_name_that_is_made_up_is_no_longer_than_a_name_may_be() {
    let deep = ["group"; 60].join("/");
    let paths = ["x/app".to_owned(), format!("{deep}/app"), format!("{deep}/b/app"), format!("a/{deep}/other")];
    let plan = provider_plan(&paths.each_ref().map(String::as_str));
    assert_eq!(names(&plan), ["app", "app-2", "app-3", "other"]);
}

#[test]
fn no_name_of_a_plan_is_longer_than_255_characters() {
    let check = |length: usize| {
        let long = "n".repeat(length);
        let method = Method::Provider { name: long.clone(), base_url: BASE.into(), token: secret(GITLAB_TOKEN) };
        let mut plan = plan(method, &[]);
        plan.space = "ü".repeat(length);
        plan.repositories.push(PlanRepository {
            name: Some(long.clone()),
            branch: Some(long.clone()),
            credential_name: Some(long.clone()),
            agents: vec!["agent".into(), long],
            token: secret(GITLAB_TOKEN),
            ..PlanRepository::new(&format!("{BASE}group/project"))
        });
        found(&plan)
    };
    assert_eq!(check(255), [""; 0]);
    assert_eq!(
        check(256),
        [
            r#"["space"] name.too_long"#,
            r#"["method","name"] name.too_long"#,
            r#"["repositories",0,"name"] name.too_long"#,
            r#"["repositories",0,"credentialName"] name.too_long"#,
            r#"["repositories",0,"branch"] gitlab.branch_not_allowed"#,
            r#"["repositories",0,"agents",1] name.too_long"#,
        ]
    );
}

#[test]
fn one_repository_twice_is_a_warning_and_one_name_twice_an_error() {
    let mut plan = provider_plan(&["a/app", "A/App", "a/app"]);
    assert_eq!(
        found(&plan),
        [
            r#"["repositories",1,"url"] plan.duplicate_repository"#,
            r#"["repositories",2,"url"] plan.duplicate_repository"#
        ]
    );
    plan.repositories.truncate(2);
    plan.repositories[0].name = Some("same".into());
    plan.repositories[1].name = Some("Same".into());
    assert_eq!(
        found(&plan),
        [r#"["repositories",1,"name"] plan.duplicate_name"#, r#"["repositories",1,"url"] plan.duplicate_repository"#]
    );
}

#[test]
fn a_plan_has_a_bounded_number_of_repositories_and_tells_a_bounded_number_of_issues() {
    let mut plan = provider_plan(&["a/app"]);
    plan.repositories = vec![PlanRepository::new("x"); 10_000];
    plan.space = "..".into();
    let issues = plan.check().unwrap_err();
    let shown: Vec<_> = issues.iter().map(|issue| issue.code.as_str()).collect();
    assert_eq!((shown[0], shown[1], shown.len()), ("name.dot_segment", "repository_url.missing_scheme", 101));
    let last = issues.iter().last().unwrap();
    assert_eq!((last.code.as_str(), last.param("count")), ("input.too_many_issues", Some(&Param::Number(9_901))));
    plan.repositories.push(PlanRepository::new("x"));
    assert_eq!(found(&plan), [r#"["space"] name.dot_segment"#, r#"["repositories"] plan.too_many_repositories"#]);
}

#[test]
fn only_a_new_provider_needs_no_repository() {
    assert_eq!(found(&provider_plan(&[])), [""; 0]);
    for method in [Method::ExistingProvider { base_url: BASE.into() }, Method::TokenPerRepository { base_url: None }] {
        assert_eq!(found(&plan(method, &[])), [r#"["repositories"] plan.no_repositories"#]);
    }
}

#[test]
fn without_a_provider_each_repository_brings_a_token_or_names_a_credential() {
    let mut plan = plan(Method::TokenPerRepository { base_url: Some(BASE.into()) }, &["a/one", "a/two", "a/three"]);
    plan.repositories[1].credential_name = Some("stored".into());
    plan.repositories[2].token = secret(GITLAB_TOKEN);
    assert_eq!(
        found(&plan),
        [
            r#"["repositories",0,"token"] plan.repository_token_missing"#,
            r#"["repositories",1,"credentialName"] torque.credential_must_exist"#
        ]
    );
    plan.repositories.remove(0);
    let checked = plan.check().unwrap().value;
    let credentials: Vec<_> = checked.repositories().iter().map(|it| it.credential_name().unwrap().as_str()).collect();
    assert_eq!(credentials, ["stored", "three"]);
}

#[test]
fn no_debug_output_holds_a_token() {
    let mut plan = provider_plan(&["a/app"]);
    plan.repositories[0].token = secret(GITLAB_TOKEN);
    let shown = format!("{plan:?} {:?} {:?} {:?}", plan.method, plan.repositories, plan.check().unwrap().value);
    assert!(!shown.contains(GITLAB_TOKEN));
}

#[test]
fn the_plans_own_tokens_are_found_where_names_and_addresses_belong() {
    let (torque, gitlab, own) = ("torque_Ab1_Cd2_Ef3_Gh4", "corp-Ij5_Kl6_Mn7_Op8", "corp-Qr9_St0_Uv1_Wx2");
    let method = Method::Provider {
        name: format!("my {gitlab}"),
        base_url: format!("https://gitlab.example.com/{gitlab}/"),
        token: secret(gitlab),
    };
    let mut plan = plan(method, &[]);
    plan.portal_url = format!("https://portal.example.com/{torque}");
    plan.torque_token = secret(torque);
    plan.space = torque.into();
    plan.repositories.push(PlanRepository {
        name: Some(own.into()),
        branch: Some(gitlab.into()),
        credential_name: Some(own.into()),
        agents: vec!["agent".into(), torque.into()],
        token: secret(own),
        ..PlanRepository::new(&format!("https://gitlab.example.com/{gitlab}/group/{own}"))
    });
    // It is read there as well, whoever uses it.
    plan.repositories.push(PlanRepository {
        name: Some(format!("{own}-2")),
        ..PlanRepository::new(&format!("https://gitlab.example.com/{gitlab}/group/project"))
    });
    let errors: Vec<String> = found(&plan).into_iter().filter(|issue| issue.ends_with("token")).collect();
    assert_eq!(
        errors,
        [
            r#"["portalUrl"] portal_url.has_token"#,
            r#"["space"] name.is_token"#,
            r#"["method","name"] name.is_token"#,
            r#"["method","baseUrl"] base_url.has_token"#,
            r#"["repositories",0,"url"] repository_url.has_token"#,
            r#"["repositories",0,"name"] name.is_token"#,
            r#"["repositories",0,"branch"] name.is_token"#,
            r#"["repositories",0,"credentialName"] name.is_token"#,
            r#"["repositories",0,"agents",1] name.is_token"#,
            r#"["repositories",1,"url"] repository_url.has_token"#,
            r#"["repositories",1,"name"] name.is_token"#,
        ]
    );
}

/// The ways in which `token` may stand in a text that still give it away.
fn disguises(token: &str) -> Vec<String> {
    let parted = |between: &str| token.chars().map(|sign| format!("{sign}{between}")).collect::<String>();
    let encoded = |text: &str| text.bytes().map(|byte| format!("%{byte:02x}")).collect::<String>();
    let mut all = vec![
        token.to_owned(),
        format!("my-{token}-2"),
        token.to_uppercase(),
        token.to_lowercase(),
        token[1..].to_owned(),
        token[..token.len() - 1].to_owned(),
        encoded(token),
        encoded(&encoded(token)),
        encoded(&parted("\u{34f}")),
    ];
    all.extend(["\u{34f}", "\u{3164}", "\u{fe0f}", "\u{115f}", "\u{200b}", "\u{ad}", "\u{7}", " "].map(parted));
    all.extend((0..=token.len() - 8).map(|start| token[start..start + 8].to_owned()));
    all
}

/// Puts a text somewhere into a plan.
type Put = fn(&mut Plan, String);

const PLACES: [(&str, Put); 11] = [
    (r#"["portalUrl"]"#, |plan, text| plan.portal_url = format!("https://portal.example.com/{text}")),
    (r#"["publicPortalUrl"]"#, |plan, text| {
        plan.public_portal_url = Some(format!("https://torque.example.com/{text}"));
    }),
    (r#"["space"]"#, |plan, text| plan.space = text),
    (r#"["method","name"]"#, |plan, text| {
        if let Method::Provider { name, .. } = &mut plan.method {
            *name = text;
        }
    }),
    (r#"["method","baseUrl"]"#, |plan, text| {
        if let Method::Provider { base_url, .. } = &mut plan.method {
            *base_url = format!("https://gitlab.example.com/{text}/");
        }
    }),
    (r#"["repositories",1,"url"]"#, |plan, text| plan.repositories[1].url = format!("{BASE}group/{text}")),
    (r#"["repositories",1,"name"]"#, |plan, text| plan.repositories[1].name = Some(text)),
    (r#"["repositories",1,"branch"]"#, |plan, text| plan.repositories[1].branch = Some(text)),
    (r#"["repositories",1,"credentialName"]"#, |plan, text| plan.repositories[1].credential_name = Some(text)),
    (r#"["repositories",1,"agents",1]"#, |plan, text| plan.repositories[1].agents = vec!["agent".into(), text]),
    (r#"["policy","requiredScopes",1]"#, |plan, text| {
        plan.policy.token.required_scopes = Some(vec!["read_api".into(), text]);
    }),
];

#[test]
fn no_text_of_a_plan_holds_one_of_its_tokens_however_it_is_written_and_no_issue_repeats_it() {
    let tokens = ["Tq8mark2Bb5Nn6Mm7Jj1", "Zq7mark1Vv9Kk2Ww3Xx4", "Ow9mark3Cc6Oo7Pp8Kk2"];
    let [torque, gitlab, own] = tokens;
    for (place, put) in PLACES {
        for token in tokens {
            for text in disguises(token) {
                let method = Method::Provider { name: "gitlab-1".into(), base_url: BASE.into(), token: secret(gitlab) };
                let mut plan = plan(method, &["group/one", "group/two"]);
                plan.torque_token = secret(torque);
                plan.repositories[0].token = secret(own);
                assert!(plan.check().is_ok());
                put(&mut plan, text.clone());
                let what = format!("{text:?} at {place}");
                let issues = plan.check().expect_err(&what);
                assert!(found(&plan).iter().any(|issue| issue.starts_with(place)), "{what}: {issues}");
                let shown = format!("{plan:?} {issues} {}", serde_json::to_string(&issues).unwrap()).to_lowercase();
                for piece in token.to_lowercase().as_bytes().windows(8) {
                    assert!(!shown.contains(std::str::from_utf8(piece).unwrap()), "{what}: {shown}");
                }
                assert!(!shown.contains(&text.to_lowercase()), "{what}: {shown}");
            }
        }
    }
}

#[test]
fn what_a_refusal_would_show_of_a_url_is_hidden_where_it_is_a_token() {
    let token = "Zq7mark1Vv9Kk2Ww3Xx4";
    for url in [
        format!("https://other.example.com/{token}/project"),
        format!("https://gitlab.example.com/{token}/group/project"),
        format!("https://{token}.example.com/gitlab/group/project"),
        format!("http://gitlab.example.com/gitlab/{token}/project"),
        format!("git@gitlab.example.com:group/{token}.git"),
        format!("gitlab.example.com/gitlab/group/{token}"),
        format!("{BASE}group/project/-/tree/{token}"),
        format!("{BASE}{token}/-/issues"),
    ] {
        let mut plan = plan(
            Method::Provider { name: "gitlab-1".into(), base_url: BASE.into(), token: secret(token) },
            &["group/one"],
        );
        plan.repositories[0].url = url.clone();
        let issues = plan.check().unwrap_err();
        let shown = format!("{issues} {}", serde_json::to_string(&issues).unwrap()).to_lowercase();
        assert!(!shown.contains("zq7mark1") && !shown.contains("ww3xx4"), "{url}: {shown}");
    }
}

#[test]
fn an_ordinary_plan_passes_whatever_its_tokens_are() {
    // Too short to be one, the prefix of a company, and words.
    for token in
        ["a", "main", "gitlab", "example", "glpat-x", "acmecorp-gitlab-Zq7mark1Vv9Kk2Ww3Xx4", "network_0123456789"]
    {
        let method = Method::Provider {
            name: "acmecorp gitlab example main".into(),
            base_url: "https://gitlab.acmecorp.example.com/network/".into(),
            token: secret(token),
        };
        let mut plan = plan(method, &[]);
        plan.torque_token = secret("torque-Tq8mark2Bb5Nn6Mm7Jj1");
        plan.space = "acmecorp-gitlab network".into();
        plan.repositories.push(PlanRepository {
            name: Some("a".into()),
            branch: Some("main".into()),
            agents: vec!["torque-agent".into(), "example".into()],
            credential_name: Some("acmecorp-gitlab-main".into()),
            ..PlanRepository::new("https://gitlab.acmecorp.example.com/network/acmecorp-gitlab/main")
        });
        assert!(plan.check().is_ok(), "{token}: {:?}", found(&plan));
    }
}

#[test]
fn an_address_in_the_place_of_a_token_is_reported_there_alone() {
    let method = Method::Provider { name: "gitlab-1".into(), base_url: BASE.into(), token: secret(BASE) };
    assert_eq!(found(&plan(method, &["group/one"])), [r#"["method","token"] token.is_url"#]);
}

#[test]
fn a_token_that_its_mark_gives_away_in_one_text_stands_in_no_other() {
    for (marked, other) in [
        ("glpat-Zq7mark1Vv9Kk2Ww3Xx4", "Zq7mark1Vv9Kk2Ww3Xx4"),
        ("GLPAT-Zq7mark1Vv9Kk2Ww3Xx4", "a zq7mark1"),
        ("gl\u{34f}pat%2DZq7mark1Vv9Kk2Ww3Xx4", "Zq7m ark1"),
    ] {
        let mut plan = plan(Method::ExistingProvider { base_url: BASE.into() }, &["group/one", "group/two"]);
        plan.repositories[0].name = Some(marked.into());
        plan.repositories[1].credential_name = Some(other.into());
        plan.space = format!("my {other}");
        let found = found(&plan);
        for place in [r#"["space"]"#, r#"["repositories",1,"credentialName"]"#] {
            assert!(found.contains(&format!("{place} name.is_token")), "{marked}: {found:?}");
        }
    }
}

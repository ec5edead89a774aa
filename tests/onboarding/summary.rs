//! What a report says in lines to the person who started the job.

use serde_json::json;
use torque_gitlab_connect::http::HttpRequest;
use torque_gitlab_connect::onboarding::{Effect, Event, Method, Onboarding, Report};

use crate::model::*;

fn lines(
    plan: &torque_gitlab_connect::onboarding::Plan,
    world: World,
    failures: impl FnMut(&HttpRequest) -> Failure,
) -> Vec<String> {
    let report = play(plan, world, failures).report;
    let stored = serde_json::to_value(&report).unwrap();
    assert_eq!(Report::lines_of_json(&stored).unwrap().value, report.lines());
    report.lines()
}

fn torque(end: &'static str, failure: Failure) -> impl FnMut(&HttpRequest) -> Failure {
    move |request| {
        if request.url.starts_with(PORTAL) && request.url.ends_with(end) { failure.clone() } else { Failure::None }
    }
}

#[test]
fn a_good_end_says_where_to_go_on() {
    let lines = lines(&provider_plan(&["group/one"]), World::new(), healthy);
    assert_eq!(
        lines,
        [
            "Connected: 1 of 1 repositories.",
            "Provider gitlab-1: created.",
            "https://gitlab.example.com/gitlab/group/one: connected.",
            "Next: open https://portal.qtorque.io/ and choose demo > Repositories > Discover Assets.",
        ]
    );
}

#[test]
fn the_cause_comes_before_what_it_stopped() {
    let mut world = World::new();
    world.tokens.insert(GITLAB_TOKEN.into(), token_answer(&["read_api"], None));
    let lines = lines(&provider_plan(&["group/one", "group/two"]), world, healthy);
    assert_eq!(lines[0], "Failed: no repository was connected.");
    assert!(
        lines[1].starts_with("GitLab token of the provider: ") && lines[1].contains("read_repository"),
        "{lines:#?}"
    );
    assert_eq!(
        lines[3..],
        [
            "Provider gitlab-1: not created.",
            "2 repositories were not started, because an earlier step stopped the job.",
        ]
    );
}

#[test]
fn each_refusal_of_torque_is_reported() {
    let refused = |status: u16| Failure::Answer(status, json!({ "message": "no" }));
    for (status, word) in [(401, "401"), (403, "403"), (409, "exist")] {
        let lines =
            lines(&provider_plan(&["group/one"]), World::new(), torque("repository_providers", refused(status)));
        assert!(lines.iter().any(|line| line.starts_with("Provider gitlab-1: ") && line.contains(word)), "{lines:#?}");
    }
}

#[test]
fn what_stopped_the_whole_job_is_said_once() {
    let existing = Method::ExistingProvider { base_url: BASE.into() };
    let plan = plan(existing, &["group/a", "group/b", "group/c", "group/d", "group/e"]);
    for failure in [
        Failure::Answer(401, json!({})),
        Failure::Answer(404, json!({ "message": "Space not found" })),
        Failure::NotConnected,
    ] {
        let lines = lines(&plan, World::new(), torque("gitlabEnterprise", failure));
        let why = &lines[1];
        assert_eq!(lines.iter().filter(|line| line.contains(why)).count(), 1, "{lines:#?}");
        assert!(lines.contains(&format!("{BASE}group/a: failed.")), "{lines:#?}");
    }
}

#[test]
fn what_was_not_started_when_the_job_was_stopped_is_counted() {
    let stopped = |repositories: &[&str]| {
        let mut job = Onboarding::new(&plan(Method::ExistingProvider { base_url: BASE.into() }, repositories), 0);
        job.handle(Event::Abort { now: 0 });
        let Effect::Done { report } = job.next() else { panic!("it is over") };
        report.lines()[2..].to_vec()
    };
    assert_eq!(
        stopped(&["group/a", "group/b", "group/c"]),
        ["3 repositories were not started, because the job was stopped."]
    );
    assert_eq!(stopped(&["group/a"]), [format!("Not started, because the job was stopped: {BASE}group/a")]);
}

#[test]
fn a_plan_with_errors_names_each_of_them() {
    let mut plan = plan(Method::TokenPerRepository { base_url: None }, &["group/one"]);
    plan.portal_url = "portal.qtorque.io".into();
    let lines = lines(&plan, World::new(), healthy);
    assert_eq!(lines[0], "The plan has errors. Nothing was sent.");
    assert!(
        lines
            .iter()
            .any(|line| line.starts_with("portalUrl: ") && line.ends_with("Did you mean: https://portal.qtorque.io/")),
        "{lines:#?}"
    );
    assert!(lines.iter().any(|line| line.starts_with("repositories[0].token: ")), "{lines:#?}");
}

#[test]
fn what_is_no_report_is_refused() {
    for value in [json!(null), json!({}), json!({ "outcome": "connected" }), json!([])] {
        assert!(Report::lines_of_json(&value).is_err(), "{value}");
    }
}

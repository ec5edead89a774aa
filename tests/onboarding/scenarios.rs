//! Both methods, each refusal and each lost answer, one at a time.

use serde_json::{Value, json};
use torque_gitlab_connect::http::{HttpAnswer, HttpRequest};
use torque_gitlab_connect::onboarding::{
    AnswerEvent, Effect, Event, FailureReason, Method, OnUnknown, Onboarding, Outcome, Policy, Progress, ProviderEvent,
    RepositoryEvent, RepositoryOutcome, Step, StepOutcome, WaitEvent,
};
use torque_gitlab_connect::token::Verdict;

use crate::model::*;

/// A failure for the first request of this method whose URL ends so.
fn once(method: &'static str, end: &'static str, failure: Failure) -> impl FnMut(&HttpRequest) -> Failure {
    let mut failure = Some(failure);
    move |request| match &failure {
        Some(_) if request.method == method && request.url.ends_with(end) => failure.take().unwrap(),
        _ => Failure::None,
    }
}

fn always(method: &'static str, end: &'static str, failure: Failure) -> impl FnMut(&HttpRequest) -> Failure {
    move |request| if request.method == method && request.url.ends_with(end) { failure.clone() } else { Failure::None }
}

fn outcomes(run: &Run) -> Vec<RepositoryOutcome> {
    run.report.repositories.iter().map(|repository| repository.outcome).collect()
}

fn per_repository() -> Method {
    Method::TokenPerRepository { base_url: Some(BASE.into()) }
}

const PROVIDERS: &str = "repository_providers";
const CONNECT: &str = "gitlabEnterprise";
const LIST: &str = "/repositories";

#[test]
fn one_provider_connects_every_repository_in_order() {
    let run = play(&provider_plan(&["group/one", "group/sub/two"]), World::new(), healthy);
    assert_eq!(run.report.outcome, Outcome::Connected);
    assert_eq!(
        run.lines(),
        [
            "GET gitlab:api/v4/personal_access_tokens/self",
            "GET gitlab:api/v4/projects/group%2Fone",
            "GET gitlab:api/v4/projects/group%2Fsub%2Ftwo",
            "POST torque:api/settings/repository_providers",
            "POST torque:api/spaces/demo/repositories/gitlabEnterprise",
            "POST torque:api/spaces/demo/repositories/gitlabEnterprise",
            "GET torque:api/spaces/demo/repositories",
            "GET torque:api/spaces/demo/repositories",
        ]
    );
    let provider = run.report.provider.as_ref().unwrap();
    assert_eq!((provider.outcome, provider.id.as_deref()), (StepOutcome::Done, Some(PROVIDER_ID)));
    assert_eq!(run.world.repositories["two"].body["branch"], "main", "the project's default branch");
    assert_eq!(run.world.repositories["two"].body["token"], Value::Null);
    assert!(run.world.repositories["two"].body.get("provider_id").is_none());
    let next = run.report.next.unwrap();
    assert_eq!(
        (next.url.as_str(), next.menu.join(" > ")),
        (PORTAL, "demo > Repositories > Discover Assets".to_owned())
    );
}

#[test]
fn a_token_for_each_repository_needs_no_provider() {
    let mut world = World::new();
    world.tokens.insert("glpat-one-0123456789".into(), token_answer(&["read_repository"], Some("2027-06-01")));
    world.tokens.insert("glpat-two-0123456789".into(), token_answer(&["read_repository"], None));
    let forbidden = json!({ "error": "insufficient_scope", "error_description": "x", "scope": "api read_api" });
    world.projects.insert("group/one".into(), answer(403, forbidden));
    let mut plan = plan(per_repository(), &["group/one", "group/two"]);
    plan.repositories[0].token = secret("glpat-one-0123456789");
    plan.repositories[1].token = secret("glpat-two-0123456789");
    let run = play(&plan, world, healthy);
    assert_eq!(run.report.outcome, Outcome::Connected);
    assert!(run.report.provider.is_none() && run.world.providers.is_empty());
    assert!(
        run.lines().iter().any(|line| line.starts_with("GET gitlab:api/v4/projects/group%2Fone/repository/files/"))
    );
    assert_eq!(run.world.repositories["one"].body["token"], "glpat-one-0123456789");
    assert_eq!(run.world.repositories["one"].body["credential_name"], "one");
    assert_eq!((run.report.tokens.len(), run.report.token_verdict), (2, Some(Verdict::Ok)));
}

#[test]
fn one_rejected_token_makes_the_verdict_on_all_of_them() {
    let mut world = World::new();
    world.tokens.insert("glpat-one-0123456789".into(), token_answer(&["read_user"], None));
    world.tokens.insert("glpat-two-0123456789".into(), token_answer(&["read_repository"], None));
    let mut plan = plan(per_repository(), &["group/one", "group/two"]);
    plan.repositories[0].token = secret("glpat-one-0123456789");
    plan.repositories[1].token = secret("glpat-two-0123456789");
    let run = play(&plan, world, healthy);
    let verdicts: Vec<Verdict> = run.report.tokens.iter().map(|token| token.verdict).collect();
    assert_eq!((verdicts, run.report.token_verdict), (vec![Verdict::Reject, Verdict::Ok], Some(Verdict::Reject)));
}

#[test]
fn a_repository_is_added_to_an_existing_provider() {
    let plan = plan(Method::ExistingProvider { base_url: BASE.into() }, &["group/one"]);
    let run = play(&plan, World::new(), healthy);
    assert_eq!(run.report.outcome, Outcome::Connected);
    assert_eq!(run.report.provider.as_ref().unwrap().outcome, StepOutcome::Exists);
    assert!(run.lines().iter().all(|line| !line.contains(PROVIDERS) && !line.contains("gitlab:")));
}

#[test]
fn a_provider_alone_is_a_whole_job() {
    let run = play(&provider_plan(&[]), World::new(), healthy);
    assert_eq!((run.report.outcome, run.world.providers.len()), (Outcome::Connected, 1));
    assert!(run.report.next.is_none());
}

#[test]
fn the_providers_id_is_sent_only_by_option() {
    let mut plan = provider_plan(&["group/one"]);
    plan.policy.send_provider_id = true;
    let run = play(&plan, World::new(), healthy);
    assert_eq!(run.world.repositories["one"].body["provider_id"], PROVIDER_ID);
}

#[test]
fn an_invalid_plan_sends_nothing() {
    let mut plan = provider_plan(&["group/one"]);
    plan.space = String::new();
    let run = play(&plan, World::new(), healthy);
    assert_eq!(run.report.outcome, Outcome::Invalid);
    assert!(run.sent.is_empty() && run.report.issues.has_error());
}

#[test]
fn a_rejected_provider_token_changes_nothing_in_torque() {
    for (scopes, expires, code) in [
        (&["read_api"][..], None, "token.missing_scope"),
        (&["read_api", "read_repository"][..], Some("2027-01-01"), "token.has_expiry"),
    ] {
        let mut world = World::new();
        world.tokens.insert(GITLAB_TOKEN.into(), token_answer(scopes, expires));
        let run = play(&provider_plan(&["group/one"]), world, healthy);
        assert_eq!(run.report.outcome, Outcome::Failed);
        assert_eq!(run.lines(), ["GET gitlab:api/v4/personal_access_tokens/self"]);
        let provider = run.report.provider.as_ref().unwrap();
        assert_eq!(provider.outcome, StepOutcome::Failed);
        assert!(provider.issues.iter().any(|issue| issue.code.as_str() == code));
        assert_eq!(outcomes(&run), [RepositoryOutcome::NotStarted]);
        assert_eq!(run.codes(0), ["plan.not_started"]);
    }
}

#[test]
fn an_undecided_token_stops_unless_the_user_knows_better() {
    let mut world = World::new();
    world.tokens.insert(GITLAB_TOKEN.into(), token_answer(&["granular"], None));
    let mut plan = provider_plan(&["group/one"]);
    let run = play(&plan, world, healthy);
    assert_eq!((run.report.outcome, run.sent.len()), (Outcome::Failed, 1));
    assert_eq!(run.report.provider.as_ref().unwrap().outcome, StepOutcome::Skipped);

    plan.policy.on_unknown = OnUnknown::Continue;
    let mut world = World::new();
    world.tokens.insert(GITLAB_TOKEN.into(), token_answer(&["granular"], None));
    assert_eq!(play(&plan, world, healthy).report.outcome, Outcome::Connected);
}

#[test]
fn an_unreachable_gitlab_is_asked_a_few_times_and_then_undecided() {
    let lost = |request: &HttpRequest| if request.url.starts_with(BASE) { Failure::LostBefore } else { Failure::None };
    let run = play(&provider_plan(&["group/one"]), World::new(), lost);
    assert_eq!((run.report.outcome, run.sent.len()), (Outcome::Failed, 3));
    assert!(run.report.tokens[0].issues.iter().any(|issue| issue.code.as_str() == "token.not_reached"));
    assert_eq!(run.report.token_verdict, Some(Verdict::Unknown));
}

#[test]
fn before_a_request_is_sent_again_there_is_a_pause_whose_length_is_reported() {
    let lost = |request: &HttpRequest| if request.url.starts_with(BASE) { Failure::LostBefore } else { Failure::None };
    for run in [
        play(&provider_plan(&["group/one"]), World::new(), lost),
        play(&provider_plan(&["group/one"]), World::new(), always("POST", PROVIDERS, Failure::NotConnected)),
    ] {
        let pauses: Vec<i64> = run.sent.windows(2).map(|sent| sent[1].at - sent[0].known_at).collect();
        let [.., first, second] = pauses[..] else { panic!("three attempts: {:?}", run.lines()) };
        assert!(first >= 500 && second >= 500, "{pauses:?}");
        let shown: Vec<i64> = run
            .events
            .iter()
            .filter_map(|event| if let Progress::Wait(WaitEvent { ms }) = event { Some(*ms) } else { None })
            .collect();
        assert!(shown.ends_with(&[first, second]), "{shown:?} {pauses:?}");
    }
}

#[test]
fn gitlab_is_not_asked_without_base_url_and_over_http_only_by_permission() {
    let mut plan = plan(Method::TokenPerRepository { base_url: None }, &["group/one"]);
    plan.repositories[0].token = secret(GITLAB_TOKEN);
    let run = play(&plan, World::new(), healthy);
    assert_eq!((run.sent.len(), outcomes(&run)), (0, vec![RepositoryOutcome::NotStarted]));
    assert_eq!(run.codes(0), ["token.no_base_url", "plan.stopped_unknown"]);
    plan.policy.on_unknown = OnUnknown::Continue;
    assert_eq!(play(&plan, World::new(), healthy).report.outcome, Outcome::Connected);

    let base_url = "http://gitlab.internal.example/".to_owned();
    plan.method = Method::Provider { name: "x".into(), base_url, token: secret(GITLAB_TOKEN) };
    plan.repositories.clear();
    plan.policy.on_unknown = OnUnknown::Stop;
    let run = play(&plan, World::new(), healthy);
    assert!(run.sent.is_empty());
    assert!(run.report.tokens[0].issues.iter().any(|issue| issue.code.as_str() == "token.http_not_asked"));
    plan.policy.allow_http = true;
    let Effect::Send { request, .. } = Onboarding::new(&plan, START).next() else { panic!("GitLab is asked") };
    assert_eq!(request.url, "http://gitlab.internal.example/api/v4/personal_access_tokens/self");
}

#[test]
fn a_project_that_cannot_be_read_does_not_hold_up_the_others() {
    let mut world = World::new();
    world.projects.insert("group/hidden".into(), answer(404, json!({ "message": "404 Project Not Found" })));
    let mut plan = provider_plan(&["group/hidden", "group/branch", "group/fine"]);
    plan.repositories[1].branch = Some("missing".into());
    plan.repositories[2].branch = Some("develop".into());
    let run = play(&plan, world, healthy);
    assert_eq!(run.report.outcome, Outcome::Partial);
    use RepositoryOutcome::{Connected, Failed};
    assert_eq!(outcomes(&run), [Failed, Failed, Connected]);
    assert_eq!((run.codes(0), run.codes(1)), (vec!["gitlab.project_not_found"], vec!["gitlab.branch_not_found"]));
    assert_eq!(run.posts("hidden"), 0);
}

/// What proxies answer to an encoded slash, and how that is reported.
fn broken_slashes() -> Vec<(HttpAnswer, Value)> {
    let page = |status| (HttpAnswer::new(status, "<html><h1>Not here</h1>"), json!(status));
    vec![
        page(404),                                                                // Apache
        page(400),                                                                // Tomcat
        page(403),                                                                // a firewall
        (HttpAnswer::new(400, "Bad Request"), json!(400)),                        // Traefik
        (HttpAnswer::new(404, ""), json!(404)),                                   // a bare load balancer
        (answer(403, json!({ "message": "Forbidden" })), json!(403)),             // an API gateway
        (answer(404, json!({ "message": "404 Project Not Found" })), json!(404)), // GitLab, of what was encoded once more
        (answer(404, json!({ "error": "404 Not Found" })), json!(404)),           // GitLab, of what nginx has decoded
    ]
}

#[test]
fn a_project_whose_path_does_not_get_through_a_proxy_is_looked_up_by_its_number() {
    for (refusal, status) in broken_slashes() {
        let mut world = World::new();
        world.slashes = Some(refusal);
        world.projects.insert("group/hidden".into(), answer(404, json!({ "message": "404 Project Not Found" })));
        let mut plan = provider_plan(&["group/one", "group/sub/two", "group/hidden"]);
        plan.repositories[1].branch = Some("release/2".into());
        let run = play(&plan, world, healthy);
        use RepositoryOutcome::{Connected, Failed};
        assert_eq!(outcomes(&run), [Connected, Connected, Failed], "{status}");
        assert_eq!((run.codes(0), run.codes(1)), (vec!["gitlab.encoded_slashes"], vec!["gitlab.encoded_slashes"]));
        assert_eq!(run.codes(2).last(), Some(&"gitlab.project_not_found"));
        assert_eq!(json!(run.report.repositories[0].issues)[0]["params"]["status"], status);
        assert_eq!(run.world.repositories["one"].body["branch"], "main", "the project's default branch");
        let asked = |text: &str| run.lines().iter().filter(|line| line.contains(text)).count();
        // A branch with a slash in its name is looked for in a query.
        assert_eq!((asked("/repository/branches/"), asked("files/.torque-probe?ref=release%2F2")), (0, 1), "{status}");
    }
}

#[test]
fn a_proxy_that_a_browser_cannot_read_is_found_out_by_the_list() {
    // Its answer to an encoded slash has no leave for other origins, which a page sees as no answer at all.
    let by_path = |request: &HttpRequest| if request.url.contains("%2F") { Failure::LostBefore } else { Failure::None };
    let run = play(&provider_plan(&["group/one"]), World::new(), by_path);
    assert_eq!((outcomes(&run), run.codes(0)), (vec![RepositoryOutcome::Connected], vec!["gitlab.encoded_slashes"]));
    assert_eq!(json!(run.report.repositories[0].issues)[0]["params"]["status"], "no answer");
    // A GitLab that has gone away is no such proxy.
    let projects =
        |request: &HttpRequest| if request.url.contains("/projects") { Failure::LostBefore } else { Failure::None };
    let run = play(&provider_plan(&["group/one"]), World::new(), projects);
    assert_eq!(run.codes(0), ["gitlab.not_reached", "plan.stopped_unknown"]);
}

#[test]
fn what_is_no_gitlab_for_the_list_either_is_not_put_down_to_encoded_slashes() {
    let page = Failure::Answer(404, json!("<html>"));
    let projects = move |request: &HttpRequest| {
        if request.url.contains("/projects") { page.clone() } else { Failure::None }
    };
    let run = play(&provider_plan(&["group/one"]), World::new(), projects);
    assert_eq!(run.codes(0), ["gitlab.not_gitlab_json", "plan.stopped_unknown"]);
}

#[test]
fn a_project_that_is_marked_for_deletion_is_connected_with_a_warning() {
    let mut world = World::new();
    let marked = json!({ "id": 7, "path_with_namespace": "group/one-deletion_scheduled-7", "default_branch": "main",
        "archived": true, "marked_for_deletion_on": "2026-11-20" });
    world.projects.insert("group/one".into(), answer(200, marked));
    let run = play(&provider_plan(&["group/one"]), world, healthy);
    assert_eq!(
        (outcomes(&run), run.codes(0)),
        (vec![RepositoryOutcome::Connected], vec!["gitlab.marked_for_deletion"])
    );
    assert!(run.report.repositories[0].issues.to_string().contains("2026-11-20"));
}

#[test]
fn an_empty_repository_is_connected_with_a_warning_however_gitlab_says_so() {
    for (default, empty, branch, code) in [
        (json!({ "default_branch": null }), Some(true), Some("develop"), Some("gitlab.empty_repository")),
        (json!({ "default_branch": "main" }), Some(true), Some("develop"), Some("gitlab.empty_repository")),
        (json!({}), Some(true), Some("develop"), Some("gitlab.empty_repository")),
        (json!({ "default_branch": null }), None, Some("develop"), Some("gitlab.empty_repository")),
        (json!({ "default_branch": null }), Some(true), None, Some("gitlab.empty_repository")),
        (json!({ "default_branch": null }), None, None, Some("gitlab.empty_repository")),
        (json!({ "default_branch": "main" }), Some(true), None, Some("gitlab.empty_repository")),
        // There are branches.
        (json!({ "default_branch": null }), Some(false), Some("develop"), None),
        (json!({ "default_branch": "main" }), Some(false), Some("develop"), None),
        (json!({ "default_branch": "main" }), None, Some("develop"), None),
    ] {
        let mut project = default;
        (project["id"], project["path_with_namespace"]) = (json!(7), json!("group/one"));
        if let Some(empty) = empty {
            project["empty_repo"] = json!(empty);
        }
        let mut world = World::new();
        world.projects.insert("group/one".into(), answer(200, project.clone()));
        let mut plan = provider_plan(&["group/one"]);
        plan.repositories[0].branch = branch.map(str::to_owned);
        let run = play(&plan, world, healthy);
        assert_eq!(
            (outcomes(&run), run.codes(0)),
            (vec![RepositoryOutcome::Connected], code.into_iter().collect()),
            "{project}"
        );
        assert_eq!(run.lines().iter().any(|line| line.contains("/branches/")), code.is_none(), "{project}");
    }
}

#[test]
fn no_provider_is_made_for_repositories_of_which_none_can_be_connected() {
    let mut world = World::new();
    world.projects.insert("group/hidden".into(), answer(404, json!({ "message": "404 Project Not Found" })));
    let run = play(&provider_plan(&["group/hidden"]), world, healthy);
    assert_eq!((run.report.outcome, run.world.providers.len()), (Outcome::Failed, 0));
}

#[test]
fn a_refused_provider_ends_the_job() {
    for (status, code) in [
        (401, "torque.unauthorized"),
        (403, "torque.provider_forbidden"),
        (404, "torque.not_found"),
        (409, "torque.provider_exists"),
        (422, "torque.refused"),
        (302, "torque.redirected"),
        (0, "torque.redirected"),
    ] {
        let echo = json!({ "message": format!("no {GITLAB_TOKEN} {TORQUE_TOKEN}") });
        let run =
            play(&provider_plan(&["group/one"]), World::new(), once("POST", PROVIDERS, Failure::Answer(status, echo)));
        let provider = run.report.provider.as_ref().unwrap();
        assert_eq!((run.report.outcome, provider.outcome), (Outcome::Failed, StepOutcome::Failed), "{status}");
        assert_eq!(provider.issues.iter().map(|issue| issue.code.as_str()).collect::<Vec<_>>(), [code]);
        assert_eq!(outcomes(&run), [RepositoryOutcome::NotStarted]);
        no_secret(&run);
    }
}

#[test]
fn a_lost_provider_is_reported_as_unknown_and_never_asked_for_again() {
    for failure in [
        Failure::LostBefore,
        Failure::LostAfter,
        Failure::AnswerAfter(500, json!("")),
        Failure::Answer(502, json!("<html>")),
    ] {
        let run = play(&provider_plan(&["group/one"]), World::new(), always("POST", PROVIDERS, failure));
        assert_eq!(run.report.outcome, Outcome::Unknown);
        let provider = run.report.provider.as_ref().unwrap();
        assert_eq!(provider.outcome, StepOutcome::Unknown);
        assert!(provider.issues.iter().any(|issue| issue.code.as_str() == "torque.provider_unknown"));
        assert_eq!((provider.sent.len(), run.world.repositories.len()), (1, 0));
    }
}

#[test]
fn a_post_without_a_connection_was_not_sent_and_is_tried_again() {
    for end in [PROVIDERS, CONNECT] {
        let plan = provider_plan(&["group/one", "group/two"]);
        let run = play(&plan, World::new(), once("POST", end, Failure::NotConnected));
        assert_eq!((run.report.outcome, run.world.providers.len()), (Outcome::Connected, 1), "{end}");
        // Nobody waits for a list that would have to decide.
        assert!(run.report.finished_at - run.report.started_at < 30_000, "{end}");
        let sent = run.report.repositories.iter().map(|one| one.sent.len());
        assert!(sent.chain(run.report.provider.iter().map(|one| one.sent.len())).all(|sent| sent == 1), "{end}");
    }
}

#[test]
fn a_server_without_a_connection_ends_the_job_as_failed() {
    let plan = provider_plan(&["group/one", "group/two"]);
    let run = play(&plan, World::new(), always("POST", PROVIDERS, Failure::NotConnected));
    let provider = run.report.provider.as_ref().unwrap();
    assert_eq!((run.report.outcome, provider.outcome), (Outcome::Failed, StepOutcome::Failed));
    assert_eq!(provider.issues.iter().map(|issue| issue.code.as_str()).collect::<Vec<_>>(), ["torque.not_connected"]);
    assert!(provider.sent.is_empty());

    let plan = provider_plan(&["group/a", "group/b", "group/c", "group/d", "group/e"]);
    let run = play(&plan, World::new(), always("POST", CONNECT, Failure::NotConnected));
    assert_eq!(run.report.outcome, Outcome::Failed);
    assert!(run.report.issues.iter().any(|issue| issue.code.as_str() == "torque.not_connected"));
    // The others are not tried one after the other.
    assert_eq!(outcomes(&run).last(), Some(&RepositoryOutcome::NotStarted));
    assert!(run.report.repositories.iter().all(|repository| repository.sent.is_empty()));
}

#[test]
fn a_server_that_asks_to_wait_is_waited_for() {
    for status in [429, 503] {
        let run = play(
            &provider_plan(&["group/one"]),
            World::new(),
            once("POST", CONNECT, Failure::Answer(status, json!("Retry later"))),
        );
        assert_eq!(run.report.outcome, Outcome::Connected, "{status}");
        assert_eq!(
            run.report.repositories[0].sent.iter().map(|sent| sent.status).collect::<Vec<_>>(),
            [Some(status), Some(202)]
        );
        let run = play(
            &provider_plan(&["group/one"]),
            World::new(),
            always("POST", PROVIDERS, Failure::Answer(status, json!(""))),
        );
        assert_eq!((run.report.outcome, run.report.provider.as_ref().unwrap().sent.len()), (Outcome::Failed, 8));
    }
}

#[test]
fn a_lost_answer_is_looked_for_in_the_list() {
    for (failure, codes) in [
        (Failure::LostAfter, vec![]),
        (Failure::AnswerAfter(500, json!({ "error": "oops" })), vec![]),
        (Failure::AnswerAfter(422, json!({})), vec!["torque.refused", "torque.already_connected"]),
    ] {
        let run = play(&provider_plan(&["group/one", "group/two"]), World::new(), once("POST", CONNECT, failure));
        assert_eq!((run.report.outcome, run.codes(0)), (Outcome::Connected, codes));
        assert_eq!((run.posts("one"), run.posts("two")), (1, 1));
    }
}

#[test]
fn a_lost_post_is_repeated_once_after_sixty_seconds_and_two_lists() {
    let run = play(&provider_plan(&["group/one"]), World::new(), once("POST", CONNECT, Failure::LostBefore));
    assert_eq!(run.report.outcome, Outcome::Connected);
    let sent = &run.report.repositories[0].sent;
    assert_eq!(sent.len(), 2);
    assert!(sent[1].at - sent[0].at >= 60_000);

    let run = play(&provider_plan(&["group/one"]), World::new(), always("POST", CONNECT, Failure::LostBefore));
    assert_eq!((run.report.outcome, run.posts("one")), (Outcome::Unknown, 2));
    assert_eq!(outcomes(&run), [RepositoryOutcome::Unknown]);
    assert!(run.codes(0).contains(&"torque.repository_unknown"));
}

#[test]
fn a_second_post_that_meets_the_first_is_settled_by_the_list() {
    let mut world = World::new();
    world.lag_ms = 70_000; // longer than the rule waits
    let run = play(&provider_plan(&["group/one"]), world, once("POST", CONNECT, Failure::LostAfter));
    assert_eq!(run.posts("one"), 2);
    assert_eq!(run.report.repositories[0].sent[1].status, Some(409));
    assert_eq!((run.report.outcome, run.world.repositories.len()), (Outcome::Connected, 1));
}

#[test]
fn a_second_post_that_never_gets_through_does_not_decide_about_the_first() {
    let answers = [401, 429, 503].map(|status| Failure::Answer(status, json!({})));
    for failure in answers.into_iter().chain([Failure::NotConnected]) {
        let mut world = World::new();
        world.lag_ms = 1_000_000;
        let mut posts = 0;
        let later = failure.clone();
        let network = move |request: &HttpRequest| {
            posts += u32::from(request.url.ends_with(CONNECT));
            match posts {
                _ if !request.url.ends_with(CONNECT) => Failure::None,
                1 => Failure::LostAfter,
                _ => later.clone(),
            }
        };
        let run = play(&provider_plan(&["group/one"]), world, network);
        assert_eq!(outcomes(&run), [RepositoryOutcome::Unknown], "{failure:?}");
    }
}

#[test]
fn a_second_post_that_torque_had_no_time_for_leaves_no_trace_where_the_first_turns_up() {
    for status in [429, 503] {
        let network = || {
            let mut posts = 0;
            move |request: &HttpRequest| {
                posts += u32::from(request.url.ends_with(CONNECT));
                match posts {
                    _ if !request.url.ends_with(CONNECT) => Failure::None,
                    1 => Failure::LostAfter,
                    _ => Failure::Answer(status, json!("later")),
                }
            }
        };
        let world_of = |lag_ms| {
            let mut world = World::new();
            world.lag_ms = lag_ms;
            world
        };
        let plan = provider_plan(&["group/one"]);
        let never = play(&plan, world_of(1_000_000), network());
        let posts: Vec<_> = never.sent.iter().filter(|sent| sent.line.ends_with(CONNECT)).collect();
        assert_eq!((outcomes(&never), posts.len()), (vec![RepositoryOutcome::Unknown], 9), "{status}");
        // The list shows the first when the last try of the second has failed.
        let run = play(&plan, world_of(posts[8].known_at - posts[0].at + 1_000), network());
        assert_eq!((outcomes(&run), run.codes(0)), (vec![RepositoryOutcome::Connected], vec![]), "{status}");
    }
}

#[test]
fn what_is_there_already_counts_if_it_is_the_same_repository() {
    let other = json!({ "repository_name": "one", "repository_url": "https://gitlab.example.com/gitlab/other/one" });
    let same =
        json!({ "repository_name": "one", "repository_url": "https://GITLAB.example.com:443/gitlab/Group/one.git" });
    for (there, outcome, code) in [
        (same, RepositoryOutcome::Connected, "torque.already_connected"),
        (other, RepositoryOutcome::Failed, "torque.name_taken"),
    ] {
        let mut world = World::new();
        world.connect_now(there);
        let run = play(&provider_plan(&["group/one"]), world, healthy);
        assert_eq!((outcomes(&run), run.codes(0), run.posts("one")), (vec![outcome], vec![code], 1));
    }
}

#[test]
fn a_url_that_the_space_has_under_another_name_ends_at_once_with_that_name() {
    let mut world = World::new();
    let url = "https://GITLAB.example.com:443/gitlab/Group/one.git";
    world.connect_now(json!({ "repository_name": "first", "repository_url": url }));
    // Torque knows what is the same better than the plain data here.
    let taken = always("POST", CONNECT, Failure::Answer(409, json!({ "message": "this repository exists" })));
    let run = play(&provider_plan(&["group/one"]), world, taken);
    assert_eq!(
        (outcomes(&run), run.codes(0), run.posts("one")),
        (vec![RepositoryOutcome::Failed], vec!["torque.url_taken"], 1)
    );
    assert!(run.report.repositories[0].issues.to_string().contains("\"first\""));
    assert_eq!(run.lines().iter().filter(|line| line.starts_with("GET torque:")).count(), 1, "{:?}", run.lines());

    // The name is a server's, and nobody's token is shown.
    let mut world = World::new();
    let name = format!("{GITLAB_TOKEN}\u{202e}x");
    world.connect_now(json!({ "repository_name": name, "repository_url": format!("{BASE}group/one") }));
    let run = play(&provider_plan(&["group/one"]), world, healthy);
    assert_eq!(run.codes(0), ["torque.url_taken"]);
    no_secret(&run);
    assert!(run.report.repositories[0].issues.to_string().contains("\"[hidden]\""));

    // Two of one plan.
    let mut plan = provider_plan(&["group/one", "group/one"]);
    plan.repositories[1].name = Some("two".into());
    let run = play(&plan, World::new(), healthy);
    assert_eq!(outcomes(&run), [RepositoryOutcome::Connected, RepositoryOutcome::Failed]);
    assert_eq!(run.codes(1), ["plan.duplicate_repository", "torque.url_taken"][1..]);
}

#[test]
fn a_409_that_no_list_explains_is_open_and_no_answer_is_called_lost() {
    let taken = always("POST", CONNECT, Failure::Answer(409, json!({ "message": "exists" })));
    let run = play(&provider_plan(&["group/one"]), World::new(), taken);
    assert_eq!((outcomes(&run), run.codes(0)), (vec![RepositoryOutcome::Unknown], vec!["torque.repository_exists"]));
}

#[test]
fn a_refusal_is_reported_although_the_space_has_had_the_repository_before() {
    for (status, code, codes) in [
        (400, "torque.refused", vec!["torque.refused", "torque.already_connected"]),
        (422, "torque.refused", vec!["torque.refused", "torque.already_connected"]),
        (404, "torque.space_not_found", vec!["torque.space_not_found", "torque.already_connected"]),
    ] {
        let refusal = || once("POST", CONNECT, Failure::Answer(status, json!({ "message": "no such agent" })));
        let mut world = World::new();
        world.connect_now(json!({ "repository_name": "one", "repository_url": format!("{BASE}group/one") }));
        let run = play(&provider_plan(&["group/one"]), world, refusal());
        assert_eq!((outcomes(&run), run.codes(0)), (vec![RepositoryOutcome::Connected], codes), "{status}");
        assert!(!run.report.repositories[0].issues.has_error(), "{status}");
        assert!(run.report.repositories[0].issues.to_string().contains("no such agent"), "{status}");

        // One of that name is in the way as well.
        let mut world = World::new();
        world.connect_now(json!({ "repository_name": "one", "repository_url": format!("{BASE}other/one") }));
        let run = play(&provider_plan(&["group/one"]), world, refusal());
        assert_eq!((outcomes(&run), run.codes(0)), (vec![RepositoryOutcome::Failed], vec![code, "torque.name_taken"]));
    }
    // 403 closes the space: no list tells what is in it.
    let mut world = World::new();
    world.connect_now(json!({ "repository_name": "one", "repository_url": format!("{BASE}group/one") }));
    let forbidden = once("POST", CONNECT, Failure::Answer(403, json!({})));
    let run = play(&provider_plan(&["group/one"]), world, forbidden);
    assert_eq!((outcomes(&run), run.codes(0)), (vec![RepositoryOutcome::Failed], vec!["torque.space_forbidden"]));
}

#[test]
fn a_refusal_says_nothing_about_an_earlier_post_that_was_lost() {
    let mut world = World::new();
    world.lag_ms = 100_000;
    let mut posts = 0;
    let network = move |request: &HttpRequest| {
        posts += u32::from(request.url.ends_with(CONNECT));
        match (request.url.ends_with(CONNECT), posts) {
            (true, 1) => Failure::LostAfter,
            (true, _) => Failure::Answer(422, json!({ "message": "no" })),
            _ => Failure::None,
        }
    };
    let run = play(&provider_plan(&["group/one"]), world, network);
    assert_eq!((outcomes(&run), run.posts("one")), (vec![RepositoryOutcome::Connected], 2));
    assert_eq!(run.codes(0), ["torque.refused", "torque.listed_after_refusal"]);
}

#[test]
fn a_delivery_in_two_copies_is_settled_by_the_list_even_if_that_lags() {
    for (lag, outcome) in [
        (0, RepositoryOutcome::Connected),
        (55_000, RepositoryOutcome::Connected),
        (500_000, RepositoryOutcome::Unknown),
    ] {
        let mut world = World::new();
        world.lag_ms = lag;
        let run = play(&provider_plan(&["group/one"]), world, once("POST", CONNECT, Failure::Twice));
        assert_eq!(run.report.repositories[0].sent[0].status, Some(409));
        assert_eq!((outcomes(&run), run.posts("one")), (vec![outcome], 1), "{lag}");
    }
}

#[test]
fn an_error_is_no_proof_where_the_list_shows_it_a_moment_later() {
    let mut world = World::new();
    world.lag_ms = 3_000;
    let refused = once("POST", CONNECT, Failure::AnswerAfter(400, json!({ "message": "still working on it" })));
    let run = play(&provider_plan(&["group/one"]), world, refused);
    assert_eq!((outcomes(&run), run.posts("one")), (vec![RepositoryOutcome::Connected], 1));
    assert_eq!(run.codes(0), ["torque.refused", "torque.listed_after_refusal"]);
}

#[test]
fn a_request_that_arrives_when_it_is_given_up_is_not_repeated() {
    // The client gives up at once, and the request travels for another minute.
    let run = play(&provider_plan(&["group/one"]), World::new(), once("POST", CONNECT, Failure::Late(55_000)));
    assert_eq!((run.report.outcome, run.posts("one")), (Outcome::Connected, 1));
}

#[test]
fn a_name_is_found_in_another_case_and_an_address_as_it_is() {
    // As a piece of a token it would be struck out of what is shown.
    let mut world = World::new();
    for (name, url) in
        [("ONE", "group/One"), ("glpat-demo", "group/glpat-demo"), ("TWO", "elsewhere"), ("two", "group/two")]
    {
        world.connect_now(json!({ "repository_name": name, "repository_url": format!("{BASE}{url}") }));
    }
    let paths = ["group/one", "group/glpat-demo", "group/two"];
    // Torque itself does not tell them apart by case.
    let taken = always("POST", CONNECT, Failure::Answer(409, json!({ "message": "exists" })));
    let run = play(&provider_plan(&paths), world, taken);
    assert_eq!(outcomes(&run), [RepositoryOutcome::Connected; 3]);
}

#[test]
fn a_gitlab_that_cannot_be_reached_is_not_asked_about_each_project() {
    let lost = |request: &HttpRequest| if request.url.starts_with(BASE) { Failure::LostBefore } else { Failure::None };
    let mut plan = provider_plan(&["group/one", "group/two", "group/three"]);
    plan.policy.on_unknown = OnUnknown::Continue;
    let run = play(&plan, World::new(), lost);
    assert_eq!(run.report.outcome, Outcome::Connected);
    assert_eq!(run.lines().iter().filter(|line| line.contains("gitlab:")).count(), 3);
    assert_eq!(run.codes(2), ["gitlab.not_reached"]);
}

#[test]
fn nothing_goes_to_a_server_that_asked_to_wait() {
    let run = play(
        &provider_plan(&["group/one", "group/two", "group/three", "group/four"]),
        World::new(),
        once("POST", CONNECT, Failure::Busy(429, "100")),
    );
    assert_eq!(run.report.outcome, Outcome::Connected);
    let asked = run.sent.iter().find(|sent| sent.status == Some(429)).unwrap();
    let within = run.sent.iter().filter(|sent| sent.at > asked.known_at && sent.at < asked.known_at + 100_000);
    assert_eq!(within.count(), 0);
}

#[test]
fn the_time_for_which_torque_asks_to_wait_is_no_time_for_syncing() {
    // The first is taken; the others are asked to wait, for longer than a repository may sync.
    let network = || {
        let mut posts = 0;
        move |request: &HttpRequest| {
            posts += u32::from(request.url.ends_with(CONNECT));
            let is_busy = request.url.ends_with(CONNECT) && matches!(posts, 2 | 3);
            if is_busy { Failure::Busy(429, "100") } else { Failure::None }
        }
    };
    let plan = provider_plan(&["group/one", "group/two", "group/three"]);
    for (sync_lists, outcome, codes) in [
        (10, RepositoryOutcome::Connected, vec![]),
        // It is given its time once.
        (1_000, RepositoryOutcome::Syncing, vec!["torque.sync_timeout"]),
    ] {
        let mut world = World::new();
        world.sync_lists = sync_lists;
        let run = play(&plan, world, network());
        assert_eq!((run.report.repositories[0].outcome, run.codes(0)), (outcome, codes), "{sync_lists}");
        assert!(run.report.finished_at - START < 240_000, "{sync_lists}");
    }
}

#[test]
fn a_job_lasts_as_long_as_its_time_limits_and_its_repositories_need() {
    const MINUTE: i64 = 60_000;
    const HOUR: i64 = 60 * MINUTE;
    // Nothing is ever answered: it ends when its own time is over.
    let lasts = |repositories: usize, change: fn(&mut Policy)| {
        let paths: Vec<String> = (0..repositories).map(|number| format!("group/project-{number}")).collect();
        let paths: Vec<&str> = paths.iter().map(String::as_str).collect();
        let mut plan = plan(Method::ExistingProvider { base_url: BASE.into() }, &paths);
        change(&mut plan.policy);
        let mut machine = Onboarding::new(&plan, START).with_concurrency(1);
        assert!(matches!(machine.next(), Effect::Send { .. }));
        let Effect::Wait { until: Some(until) } = machine.next() else { panic!("it waits for the answer") };
        until - START
    };
    let usual = lasts(1, |_| {});
    assert!((HOUR..2 * HOUR).contains(&usual), "{usual}");
    assert_eq!(lasts(101, |_| {}) - usual, 100 * MINUTE);
    assert!(lasts(1, |policy| policy.sync_timeout_ms = 24 * HOUR) > 25 * HOUR);
    assert!(lasts(1, |policy| policy.request_timeout_ms = HOUR) > 5 * HOUR);
    assert!(lasts(1, |policy| policy.poll_ms = HOUR) > 5 * HOUR);
    // A timer of JavaScript counts to 2^31 ms.
    let longest = lasts(10_000, |policy| {
        (policy.sync_timeout_ms, policy.request_timeout_ms, policy.poll_ms) = (24 * HOUR, HOUR, HOUR);
    });
    assert!(longest > 10_000 * MINUTE && longest < 1 << 31, "{longest}");
}

#[test]
fn a_list_may_be_longer_than_any_other_answer() {
    let mut machine = Onboarding::new(&plan(Method::ExistingProvider { base_url: BASE.into() }, &["group/one"]), START);
    let mut most = Vec::new();
    loop {
        match machine.next() {
            Effect::Send { id, request, most_bytes, .. } => {
                most.push((request.method, most_bytes));
                machine.handle(Event::Answer { id, answer: answer(200, json!([])), retry_after: None, now: START });
            }
            Effect::Wait { until } if most.len() < 2 => machine.handle(Event::Time { now: until.unwrap() }),
            _ => break,
        }
    }
    assert_eq!(most, [("POST", 1_000_000), ("GET", 16_000_000)]);
}

#[test]
fn what_makes_no_sense_changes_nothing() {
    let mut machine = Onboarding::new(&provider_plan(&["group/one"]), i64::MAX);
    let nonsense = |machine: &mut Onboarding, id| {
        for now in [i64::MIN, 0, i64::MAX] {
            machine.handle(Event::CheckpointStored { now });
            machine.handle(Event::Time { now });
            machine.handle(Event::Answer { id, answer: answer(200, json!([])), retry_after: Some("x".into()), now });
            machine.handle(Event::Failure { id, reason: FailureReason::Timeout, now });
        }
    };
    nonsense(&mut machine, 7);
    let Effect::Send { id, .. } = machine.next() else { panic!("it begins") };
    let come = Event::Answer { id, answer: token_answer(&["api"], None), retry_after: None, now: START };
    machine.handle(come.clone());
    machine.take_events();
    // A second answer to the same, and one to what was never asked.
    machine.handle(come);
    nonsense(&mut machine, id);
    nonsense(&mut machine, u32::MAX);
    assert!(machine.take_events().is_empty());
    machine.handle(Event::Abort { now: i64::MAX });
    nonsense(&mut machine, id + 1);
    let Effect::Done { report } = machine.next() else { panic!("it is over") };
    machine.handle(Event::Abort { now: 0 });
    let Effect::Done { report: again } = machine.next() else { panic!("it is over") };
    assert_eq!((report.outcome, &report), (Outcome::Aborted, &again));
}

#[test]
fn the_debug_output_of_a_job_says_how_far_it_is() {
    let mut machine = Onboarding::new(&provider_plan(&["group/one"]), START);
    assert_eq!(format!("{machine:?}"), "Onboarding(Start)");
    let _ = machine.next();
    assert_eq!(format!("{machine:?}"), "Onboarding(Inspection)");
    machine.handle(Event::Abort { now: START });
    assert_eq!(format!("{machine:?}"), "Onboarding(Aborted)");
}

#[test]
fn a_refused_repository_does_not_hold_up_the_others() {
    let refusal = Failure::Answer(422, json!({ "errors": [{ "message": format!("agent? {GITLAB_TOKEN}") }] }));
    let run = play(&provider_plan(&["group/one", "group/two"]), World::new(), once("POST", CONNECT, refusal));
    assert_eq!(run.report.outcome, Outcome::Partial);
    assert_eq!(outcomes(&run), [RepositoryOutcome::Failed, RepositoryOutcome::Connected]);
    assert_eq!(run.codes(0), ["torque.refused"]);
    assert!(run.report.repositories[0].issues.to_string().contains("agent? [hidden]"));
}

#[test]
fn what_torque_cannot_read_fails_with_its_words() {
    let mut world = World::new();
    world.sync_errors.insert("one".into(), format!("cannot clone with {GITLAB_TOKEN}"));
    let run = play(&provider_plan(&["group/one"]), world, healthy);
    assert_eq!(outcomes(&run), [RepositoryOutcome::Failed]);
    assert_eq!(run.report.repositories[0].status.as_deref(), Some("Failed"));
    assert!(run.report.repositories[0].issues.to_string().contains("cannot clone with [hidden]"));
}

#[test]
fn a_slow_sync_ends_with_torques_word() {
    let mut world = World::new();
    world.sync_lists = 1_000;
    let run = play(&provider_plan(&["group/one"]), world, healthy);
    assert_eq!((run.report.outcome, outcomes(&run)), (Outcome::Partial, vec![RepositoryOutcome::Syncing]));
    assert_eq!(run.codes(0), ["torque.sync_timeout"]);
    let waited = run.report.finished_at - run.report.repositories[0].sent[0].at;
    assert!((60_000..70_000).contains(&waited));
}

#[test]
fn after_torque_rejects_the_token_nothing_more_is_sent() {
    let paths = ["g/a", "g/b", "g/c", "g/d", "g/e", "g/f"];
    for (status, code) in [(401, "torque.unauthorized"), (403, "torque.space_forbidden"), (302, "torque.redirected")] {
        let run =
            play(&provider_plan(&paths), World::new(), always("POST", CONNECT, Failure::Answer(status, json!({}))));
        assert_eq!(run.report.outcome, Outcome::Failed);
        assert!(run.lines().iter().filter(|line| line.ends_with(CONNECT)).count() <= 3, "only what was under way");
        assert_eq!((run.codes(0), run.codes(5)), (vec![code], vec!["plan.not_started"]));
        assert!(run.report.issues.iter().any(|issue| issue.code.as_str() == code));

        let run = play(&provider_plan(&["g/a"]), World::new(), always("GET", LIST, Failure::Answer(status, json!({}))));
        assert_eq!((run.report.outcome, run.codes(0)), (Outcome::Partial, vec!["torque.not_watched"]));
    }
}

#[test]
fn a_wrong_space_is_found_by_the_first_list() {
    let mut plan = provider_plan(&["g/a", "g/b"]);
    plan.space = "demi".into();
    let run = play(&plan, World::new(), healthy);
    assert_eq!(run.report.outcome, Outcome::Failed);
    assert_eq!(run.codes(0), ["torque.space_not_found"]);
}

#[test]
fn a_list_that_fails_for_a_while_is_asked_again() {
    let mut left = 4;
    let network = move |request: &HttpRequest| {
        if request.method == "GET" && request.url.ends_with(LIST) && left > 0 {
            left -= 1;
            return [
                Failure::LostBefore,
                Failure::Answer(500, json!("<html>")),
                Failure::Answer(429, json!("")),
                Failure::Answer(200, json!("[{\"na")),
            ][left]
                .clone();
        }
        Failure::None
    };
    assert_eq!(play(&provider_plan(&["g/a"]), World::new(), network).report.outcome, Outcome::Connected);
}

#[test]
fn a_rejected_token_is_not_used_again() {
    let mut world = World::new();
    for project in ["g/a", "g/b", "g/c", "g/d", "g/e", "g/f"] {
        world.projects.insert(project.into(), answer(401, json!({ "message": "401 Unauthorized" })));
    }
    let run = play(&provider_plan(&["g/a", "g/b", "g/c", "g/d", "g/e", "g/f"]), world, healthy);
    assert_eq!(run.report.outcome, Outcome::Failed);
    assert!(run.sent.len() <= 4, "{:?}", run.lines());
    assert!(run.world.providers.is_empty());
}

#[test]
fn an_abort_leaves_a_truthful_report() {
    let plan = provider_plan(&["g/a", "g/b"]);
    let mut machine = Onboarding::new(&plan, START).with_concurrency(1);
    // Token, two projects, provider, first repository.
    let mut request = None;
    for _ in 0..5 {
        let Effect::Send { id, request: sent, .. } = machine.next() else { panic!("a request goes out") };
        if sent.url.ends_with(CONNECT) {
            request = Some(id);
            break;
        }
        let answer = match sent.url.rsplit('/').next().unwrap() {
            "self" => token_answer(&["read_api", "read_repository"], None),
            PROVIDERS => answer(200, json!("id-1")),
            project => project_answer(&project.replace("%2F", "/")),
        };
        machine.handle(Event::Answer { id, answer, retry_after: None, now: START });
    }
    machine.handle(Event::Abort { now: START + 5 });
    machine.handle(Event::Answer {
        id: request.unwrap(),
        answer: answer(200, json!("")),
        retry_after: None,
        now: START + 9,
    });
    let Effect::Done { report } = machine.next() else { panic!("it is over") };
    assert_eq!(report.outcome, Outcome::Aborted);
    assert_eq!(report.provider.as_ref().unwrap().outcome, StepOutcome::Done);
    let outcomes: Vec<_> = report.repositories.iter().map(|repository| repository.outcome).collect();
    assert_eq!(outcomes, [RepositoryOutcome::Unknown, RepositoryOutcome::NotStarted]);
}

#[test]
fn an_abort_during_a_look_up_forgets_nothing_about_the_project() {
    let mut plan = provider_plan(&["g/a"]);
    plan.repositories[0].branch = Some("release".into());
    let mut machine = Onboarding::new(&plan, START);
    loop {
        let Effect::Send { id, request, .. } = machine.next() else { panic!("a request goes out") };
        let answer = match request.url.rsplit('/').next().unwrap() {
            "self" => token_answer(&["read_api", "read_repository"], None),
            "g%2Fa" => {
                let mut project = project_answer("g/a");
                project.body["archived"] = true.into();
                project
            }
            _ => break,
        };
        machine.handle(Event::Answer { id, answer, retry_after: None, now: START });
    }
    machine.handle(Event::Abort { now: START + 5 });
    let Effect::Done { report } = machine.next() else { panic!("it is over") };
    let codes: Vec<_> = report.repositories[0].issues.iter().map(|issue| issue.code.as_str()).collect();
    assert_eq!(codes, ["gitlab.archived", "plan.aborted"]);
}

#[test]
fn events_tell_each_step_in_json() {
    let run = play(&provider_plan(&["group/one"]), World::new(), healthy);
    assert_eq!(
        serde_json::to_value(&run.events[0]).unwrap(),
        json!({ "type": "request", "id": 1, "step": "token", "method": "GET", "url": format!("{BASE}api/v4/personal_access_tokens/self") })
    );
    assert_eq!(
        serde_json::to_value(&run.events[1]).unwrap(),
        json!({ "type": "answer", "id": 1, "step": "token", "status": 200 })
    );
    let provider = run.events.iter().position(|event| matches!(event, Progress::Provider(_))).unwrap();
    assert_eq!(run.events[provider], Progress::Provider(ProviderEvent { outcome: StepOutcome::Done }));
    assert!(matches!(
        run.events[provider - 1],
        Progress::Answer(AnswerEvent { step: Step::Provider, status: 200, .. })
    ));
    let last = Progress::Repository(RepositoryEvent {
        repository: 0,
        outcome: RepositoryOutcome::Connected,
        status: Some("Connected".into()),
        settled: true,
        done: true,
    });
    assert_eq!(run.events.last(), Some(&last));
    no_secret(&run);
}

pub fn no_secret(run: &Run) {
    let shown =
        format!("{}{}", serde_json::to_string(&run.report).unwrap(), serde_json::to_string(&run.events).unwrap());
    assert!(!shown.contains(TORQUE_TOKEN) && !shown.contains(GITLAB_TOKEN), "{shown}");
}

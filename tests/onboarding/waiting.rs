//! How long a job waits, and for what: pauses, limits of time, and what turns up in the meantime.

use serde_json::json;
use torque_gitlab_connect::http::HttpRequest;
use torque_gitlab_connect::issue::Severity;
use torque_gitlab_connect::onboarding::{Method, Outcome, Plan, Progress, RepositoryOutcome};

use crate::model::*;

const CONNECT: &str = "gitlabEnterprise";

fn is_post(request: &HttpRequest) -> bool {
    request.method == "POST" && request.url.ends_with(CONNECT)
}

fn is_list(request: &HttpRequest) -> bool {
    request.method == "GET" && request.url.ends_with("/repositories")
}

/// Failures of the `POST`s of repositories by their number, counted from 1.
fn posts(mut failure: impl FnMut(u32) -> Failure) -> impl FnMut(&HttpRequest) -> Failure {
    let mut posts = 0;
    move |request| {
        if !is_post(request) {
            return Failure::None;
        }
        posts += 1;
        failure(posts)
    }
}

fn lists(failure: Failure) -> impl FnMut(&HttpRequest) -> Failure {
    move |request| if is_list(request) { failure.clone() } else { Failure::None }
}

/// Each answer, and each loss, takes this long.
struct Slow<F>(i64, F);

impl<F: FnMut(&HttpRequest) -> Failure> Network for Slow<F> {
    fn failure(&mut self, request: &HttpRequest) -> (Failure, i64) {
        (self.1(request), self.0)
    }
}

/// The job is aborted after its first `POST`. When it is resumed, Torque has no connection.
#[derive(Default)]
struct GoneWhenResumed {
    posts: u32,
    is_resumed: bool,
}

impl Network for GoneWhenResumed {
    fn failure(&mut self, request: &HttpRequest) -> (Failure, i64) {
        self.posts += u32::from(is_post(request));
        (if self.is_resumed { Failure::NotConnected } else { Failure::None }, 20)
    }

    fn aborts(&mut self) -> bool {
        self.posts == 1 && !self.is_resumed
    }

    fn goes_on(&mut self) -> Option<i64> {
        self.is_resumed = true;
        Some(1_001)
    }
}

/// Of an existing provider, so that GitLab is not asked.
fn plan_of(repositories: usize) -> Plan {
    let paths: Vec<String> = (0..repositories).map(|number| format!("group/project-{number}")).collect();
    let paths: Vec<&str> = paths.iter().map(String::as_str).collect();
    plan(Method::ExistingProvider { base_url: BASE.into() }, &paths)
}

fn first(run: &Run) -> RepositoryOutcome {
    run.report.repositories[0].outcome
}

fn listed_at(run: &Run) -> Vec<i64> {
    run.sent.iter().filter(|sent| sent.line.ends_with("/repositories")).map(|sent| sent.at).collect()
}

fn errors(run: &Run) -> Vec<&'static str> {
    let errors = run.report.issues.iter().filter(|issue| issue.severity == Severity::Error);
    errors.map(|issue| issue.code.as_str()).collect()
}

fn took(run: &Run) -> i64 {
    run.report.finished_at - run.report.started_at
}

#[test]
fn the_list_is_asked_for_when_its_pause_is_over() {
    let mut plan = plan_of(1);
    plan.policy.poll_ms = 7_000;
    let run = play(&plan, World::new(), healthy);
    let accepted = run.sent[0].known_at;
    assert_eq!(listed_at(&run), [accepted + 7_000, accepted + 14_020]);
}

#[test]
fn a_list_that_fails_again_and_again_is_asked_for_more_and_more_rarely() {
    let mut plan = plan_of(1);
    (plan.policy.poll_ms, plan.policy.sync_timeout_ms) = (1, 600_000);
    let run = play(&plan, World::new(), lists(Failure::LostBefore));
    let at = listed_at(&run);
    let pauses: Vec<i64> = at.windows(2).map(|at| at[1] - at[0]).collect();
    assert!(pauses[0] < 3_000 && pauses[7] > 30_000, "{pauses:?}");
    // No list has shown how far it is.
    assert_eq!((first(&run), run.codes(0)), (RepositoryOutcome::Syncing, vec!["torque.not_watched"]));
    assert!(took(&run) < 700_000);
}

#[test]
fn a_refusal_is_believed_after_two_lists() {
    let refused = posts(|_| Failure::Answer(422, json!({ "message": "no" })));
    let run = play(&plan_of(1), World::new(), refused);
    assert_eq!((first(&run), listed_at(&run).len()), (RepositoryOutcome::Failed, 2));
}

#[test]
fn a_lost_post_is_not_looked_for_for_ever_where_no_list_comes() {
    let mut lost = posts(|_| Failure::LostBefore);
    let mut no_list = lists(Failure::LostBefore);
    let network = move |request: &HttpRequest| if is_post(request) { lost(request) } else { no_list(request) };
    let run = play(&plan_of(1), World::new(), network);
    assert_eq!((first(&run), run.posts("project-0")), (RepositoryOutcome::Unknown, 1));
    assert!((180_000..300_000).contains(&took(&run)), "{}", took(&run));
    assert!(run.report.issues.is_empty(), "the job itself has time left");
}

#[test]
fn a_repository_that_is_found_in_the_list_has_its_time_to_sync_and_no_more() {
    let mut world = World::new();
    world.sync_lists = 1_000;
    let run = play(&plan_of(1), world, posts(|_| Failure::LostAfter));
    assert_eq!((first(&run), run.codes(0)), (RepositoryOutcome::Syncing, vec!["torque.sync_timeout"]));
    assert!((60_000..80_000).contains(&took(&run)), "{}", took(&run));
}

#[test]
fn a_repository_is_announced_when_its_status_changes() {
    let mut world = World::new();
    world.sync_lists = 5;
    let run = play(&plan_of(1), world, healthy);
    let of_repository = |event: &Progress| match serde_json::to_value(event).unwrap() {
        event if event["type"] == "repository" => Some(json!([event["outcome"], event["status"]])),
        _ => None,
    };
    let announced: Vec<_> = run.events.iter().filter_map(of_repository).collect();
    assert_eq!(announced, [json!(["syncing", null]), json!(["syncing", "Syncing"]), json!(["connected", "Connected"])]);
}

#[test]
fn nothing_is_posted_while_torque_wants_no_list() {
    let mut plan = plan_of(20);
    plan.policy.poll_ms = 1;
    let mut is_first = true;
    let run = play(&plan, World::new(), move |request: &HttpRequest| {
        let is_busy = is_list(request) && std::mem::take(&mut is_first);
        if is_busy { Failure::Busy(429, "30") } else { Failure::None }
    });
    assert_eq!(run.report.outcome, Outcome::Connected);
    let asked = run.sent.iter().find(|sent| sent.status == Some(429)).unwrap();
    let later: Vec<i64> = run.sent.iter().map(|sent| sent.at).filter(|at| *at > asked.known_at).collect();
    assert!(later.len() > 10 && later.iter().all(|at| at - asked.known_at >= 30_000));
}

#[test]
fn the_time_for_which_torque_asks_to_wait_is_no_time_for_looking() {
    // The first is lost; the others are asked to wait, for longer than a lost one is looked for.
    let network = posts(|number| {
        [Failure::LostBefore, Failure::Busy(429, "100"), Failure::None][(number as usize - 1).min(2)].clone()
    });
    let run = play(&plan_of(2), World::new(), network);
    assert_eq!(run.report.outcome, Outcome::Connected);
    let sent = &run.report.repositories[0].sent;
    assert!(sent.len() == 2 && sent[1].at - sent[0].at >= 160_000, "{sent:?}");
}

#[test]
fn a_second_post_is_not_sent_where_the_first_turns_up_meanwhile() {
    let mut world = World::new();
    // The list shows it when it was looked for, and before the second POST finds a connection.
    (world.lag_ms, world.sync_lists) = (66_000, 30);
    let mut plan = plan_of(2);
    plan.policy.sync_timeout_ms = 600_000;
    let mut posts = 0;
    let run = play(&plan, world, move |request: &HttpRequest| {
        if !request.body.as_deref().is_some_and(|body| body.contains("project-0")) {
            return Failure::None;
        }
        posts += 1;
        if posts == 1 { Failure::LostAfter } else { Failure::NotConnected }
    });
    assert_eq!((run.report.outcome, run.codes(0), run.posts("project-0")), (Outcome::Connected, vec![], 1));
}

#[test]
fn a_list_does_not_spare_a_repository_its_first_post() {
    let mut world = World::new();
    world.connect_now(json!({ "repository_name": "project-9", "repository_url": format!("{BASE}group/project-9") }));
    let mut plan = plan_of(10);
    plan.policy.poll_ms = 1;
    let run = play(&plan, world, healthy);
    let asked = listed_at(&run)[0];
    let last = &run.report.repositories[9];
    assert!(last.sent[0].at > asked, "a list comes first");
    assert_eq!(
        (run.report.outcome, run.codes(9), last.sent.len()),
        (Outcome::Connected, vec!["torque.already_connected"], 1)
    );
}

#[test]
fn a_rejected_token_ends_the_job_at_once_although_torque_has_asked_others_to_wait() {
    let network = posts(|number| match number {
        1 => Failure::Busy(429, "100"),
        2 => Failure::Answer(401, json!({})),
        _ => Failure::None,
    });
    let run = play(&plan_of(6), World::new(), network);
    assert_eq!(run.codes(1), ["torque.unauthorized"]);
    assert!(took(&run) < 10_000, "{}", took(&run));
}

/// What becomes of the `POST` of one repository; the others arrive.
fn posts_of(name: &'static str, failure: Failure) -> impl FnMut(&HttpRequest) -> Failure {
    move |request| {
        let is_it = request.body.as_deref().is_some_and(|body| body.contains(name));
        if is_it { failure.clone() } else { Failure::None }
    }
}

#[test]
fn a_network_that_goes_away_is_waited_for_with_pauses_that_grow() {
    let run = play(&plan_of(2), World::new(), posts_of("project-1", Failure::NotConnected));
    let attempts: Vec<&Sent> = run.sent.iter().filter(|sent| sent.failure == Failure::NotConnected).collect();
    let pauses: Vec<i64> = attempts.windows(2).map(|sent| sent[1].at - sent[0].known_at).collect();
    assert_eq!(pauses.len(), 7);
    assert!(pauses[0] >= 500 && pauses[6] >= 30_000, "{pauses:?}");
    assert_eq!((first(&run), run.codes(1)), (RepositoryOutcome::Connected, vec!["torque.not_connected"]));
}

#[test]
fn a_torque_that_was_never_reached_ends_the_job_in_seconds_at_the_first_repository() {
    let per_repository = || {
        let mut plan = plan_of(6);
        plan.method = Method::TokenPerRepository { base_url: None };
        for repository in &mut plan.repositories {
            repository.credential_name = Some("gitlab".into());
        }
        plan
    };
    // Also if each attempt takes its time, and the job has four under way.
    for plan in [plan_of(1), plan_of(6), per_repository()] {
        for latency in [0, 20_000] {
            for seed in 0..20 {
                let mut plan = plan.clone();
                plan.policy.seed = seed;
                let run = play(&plan, World::new(), Slow(latency, posts(|_| Failure::NotConnected)));
                assert_eq!(run.report.outcome, Outcome::Failed);
                assert_eq!(errors(&run), ["torque.not_connected"]);
                assert_eq!((first(&run), run.codes(0)), (RepositoryOutcome::Failed, vec!["torque.not_connected"]));
                for one in &run.report.repositories[1..] {
                    assert_eq!(
                        (one.outcome, run.codes(one.index)),
                        (RepositoryOutcome::NotStarted, vec!["plan.not_started"])
                    );
                }
                assert!(run.report.repositories.iter().all(|one| one.sent.is_empty()));
                // Three attempts, and two pauses of at most one and two seconds.
                assert!(took(&run) <= 3 * latency + 3_000, "{}", took(&run));
            }
        }
    }
}

#[test]
fn a_torque_out_of_reach_keeps_no_resumed_job_waiting() {
    let run = play(&plan_of(1), World::new(), GoneWhenResumed::default());
    assert_eq!((run.report.outcome, run.posts("project-0")), (Outcome::Unknown, 1));
    assert_eq!(first(&run), RepositoryOutcome::Unknown);
    assert_eq!(errors(&run), ["torque.not_connected"]);
    assert!(run.report.finished_at - run.resumed[0] < 10_000);
}

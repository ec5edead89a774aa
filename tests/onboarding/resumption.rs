//! What a checkpoint contains, and how a job resumes from it.

use std::sync::Arc;

use serde_json::{Value, json};
use torque_gitlab_connect::http::HttpAnswer;
use torque_gitlab_connect::onboarding::{
    Checkpoint, Effect, Event, Method, Onboarding, Outcome, Plan, Report, RepositoryOutcome, SentRequest, StepOutcome,
};

use crate::model::*;

/// Dies once, just before the `POST` of this number goes out: its checkpoint is stored.
struct DiesBefore {
    post: usize,
    provider_created: Option<bool>,
}

/// Drives the job to its checkpoint of this number, or to its end, and returns that effect and its time. `answer_to` answers requests by
/// the last segment of their URL.
fn drive_to(machine: &mut Onboarding, number: usize, answer_to: impl Fn(&str) -> HttpAnswer) -> (Effect, i64) {
    let (mut now, mut checkpoints) = (START, 0);
    loop {
        match machine.next() {
            Effect::Send { id, request, .. } => {
                let answer = answer_to(request.url.rsplit('/').next().unwrap());
                machine.handle(Event::Answer { id, answer, retry_after: None, now });
            }
            Effect::Wait { until } => {
                now = until.expect("every request is answered at once");
                machine.handle(Event::Time { now });
            }
            Effect::Checkpoint { .. } if checkpoints + 1 < number => {
                checkpoints += 1;
                machine.handle(Event::CheckpointStored { now });
            }
            effect => return (effect, now),
        }
    }
}

/// Drives the job to its end and returns its report.
fn report_of(machine: &mut Onboarding, answer_to: impl Fn(&str) -> HttpAnswer) -> Arc<Report> {
    match drive_to(machine, usize::MAX, answer_to) {
        (Effect::Done { report }, _) => report,
        (effect, _) => panic!("{effect:?}"),
    }
}

/// The checkpoint before the job's `POST` of this number, as JSON.
fn checkpoint_with(plan: &Plan, post: usize, answer_to: impl Fn(&str) -> HttpAnswer) -> Value {
    let mut machine = Onboarding::new(plan, START).with_concurrency(1).with_checkpoints();
    match drive_to(&mut machine, post, answer_to) {
        (Effect::Checkpoint { checkpoint }, _) => serde_json::to_value(&checkpoint).unwrap(),
        (effect, _) => panic!("{effect:?}"),
    }
}

/// The same of a job in which everything succeeds.
fn checkpoint_before(plan: &Plan, post: usize) -> Value {
    checkpoint_with(plan, post, |segment| match segment {
        "self" => token_answer(&["read_api", "read_repository"], None),
        "repository_providers" => answer(200, json!(PROVIDER_ID)),
        "gitlabEnterprise" => answer(200, json!("")),
        project => project_answer(&project.replace("%2F", "/")),
    })
}

fn resume(plan: &Plan, checkpoint: &Value) -> Result<Onboarding, Vec<&'static str>> {
    Checkpoint::read(checkpoint)
        .and_then(|checkpoint| Onboarding::resume(plan, &checkpoint.value, START))
        .map_err(|issues| issues.iter().map(|issue| issue.code.as_str()).collect())
}

impl Network for DiesBefore {
    fn failure(&mut self, _: &torque_gitlab_connect::http::HttpRequest) -> (Failure, i64) {
        (Failure::None, 20)
    }

    fn dies_before_post(&mut self) -> bool {
        self.post = self.post.wrapping_sub(1);
        self.post == 0
    }

    fn answers(&mut self, _: bool) -> Option<bool> {
        self.provider_created
    }
}

#[test]
fn a_checkpoint_says_what_was_sent_and_what_is_about_to_be() {
    let plan = provider_plan(&["g/a", "g/b"]);
    let before_provider = checkpoint_before(&plan, 1);
    let fingerprint = before_provider["plan"].as_str().unwrap().to_owned();
    let about_to = json!([{ "at": START, "status": null }]);
    assert_eq!(
        before_provider,
        json!({
            "version": 1, "plan": fingerprint, "startedAt": START, "repositories": [],
            "provider": { "state": "unknown", "id": null, "sent": about_to },
        })
    );
    let done = json!([{ "at": START, "status": 200 }]);
    assert_eq!(
        checkpoint_before(&plan, 3),
        json!({
            "version": 1, "plan": fingerprint, "startedAt": START,
            "provider": { "state": "done", "id": PROVIDER_ID, "sent": done },
            "repositories": [
                { "index": 0, "state": "done", "lost": 0, "sent": done },
                { "index": 1, "state": "unknown", "lost": 1, "sent": about_to },
            ],
        })
    );
}

#[test]
fn what_was_about_to_be_sent_is_looked_for_and_then_sent() {
    // The first is the provider's.
    let run =
        play(&provider_plan(&["g/a", "g/b", "g/c"]), World::new(), DiesBefore { post: 3, provider_created: None });
    assert_eq!(run.report.outcome, Outcome::Connected);
    assert_eq!((run.posts("a"), run.posts("b"), run.posts("c")), (1, 1, 1));
    assert_eq!(run.world.providers.len(), 1);
    let provider = run.report.provider.as_ref().unwrap();
    assert_eq!((provider.outcome, provider.id.as_deref()), (StepOutcome::Done, Some(PROVIDER_ID)));
    let sent = &run.report.repositories[1].sent;
    assert!(sent.len() == 2 && sent[1].at - run.resumed[0] >= 60_000, "{sent:?}");
    assert_eq!(run.report.started_at, START);
}

#[test]
fn what_is_sent_again_says_the_same() {
    let run = play(&provider_plan(&["g/a"]), World::new(), DiesBefore { post: 2, provider_created: None });
    assert_eq!((run.report.outcome, run.posts("a")), (Outcome::Connected, 1));
    // The project's default branch, as the POST that was never sent had it.
    assert_eq!(run.world.repositories["a"].body["branch"], "main");
}

#[test]
fn only_a_look_at_torque_tells_whether_the_provider_is_there() {
    for (created, outcome, providers) in [
        (None, Outcome::Unknown, 0),
        (Some(false), Outcome::Connected, 1),
        // It is believed, and no second one is made.
        (Some(true), Outcome::Connected, 0),
    ] {
        let run = play(&provider_plan(&["g/a"]), World::new(), DiesBefore { post: 1, provider_created: created });
        assert_eq!((run.report.outcome, run.world.providers.len()), (outcome, providers), "{created:?}");
        if created.is_none() {
            assert!(run.sent.iter().all(|sent| sent.life == 0), "nothing is sent");
            let codes: Vec<_> =
                run.report.provider.as_ref().unwrap().issues.iter().map(|issue| issue.code.as_str()).collect();
            assert_eq!(codes, ["plan.interrupted", "torque.provider_unknown"]);
            assert_eq!(run.report.repositories[0].outcome, RepositoryOutcome::NotStarted);
        }
    }
}

#[test]
fn tokens_and_policy_may_change_and_nothing_else() {
    let plan = provider_plan(&["g/a", "g/b"]);
    let checkpoint = checkpoint_before(&plan, 2);
    let mut renewed = plan.clone();
    renewed.torque_token = secret("another-torque-token");
    renewed.method =
        Method::Provider { name: "gitlab-1".into(), base_url: BASE.into(), token: secret("glpat-another-0123456789") };
    renewed.policy.poll_ms = 1;
    assert!(resume(&renewed, &checkpoint).is_ok());

    let changes: [Change; 7] = [
        |plan| plan.portal_url = "https://elsewhere.qtorque.io".into(),
        |plan| plan.space = "other".into(),
        |plan| plan.method = Method::ExistingProvider { base_url: BASE.into() },
        |plan| plan.repositories.swap(0, 1),
        |plan| plan.repositories[1].url.push('x'),
        |plan| plan.repositories[0].name = Some("x".into()),
        |plan| plan.repositories[0].branch = Some("x".into()),
    ];
    for change in changes {
        let mut other = plan.clone();
        change(&mut other);
        assert_eq!(resume(&other, &checkpoint).err(), Some(vec!["checkpoint.other_plan"]));
    }
}

type Change = fn(&mut Plan);

#[test]
fn a_job_of_other_entries_may_start_over_unless_the_provider_may_be_there() {
    let plan = provider_plan(&["g/a"]);
    let (before_provider, before_repository) = (checkpoint_before(&plan, 1), checkpoint_before(&plan, 2));
    let refused = |mut checkpoint: Value| {
        checkpoint["provider"]["state"] = json!("refused");
        checkpoint
    };
    let answered = |mut checkpoint: Value, created: bool| {
        checkpoint["providerCreated"] = json!(created);
        checkpoint
    };
    let may_start_over = |plan: &Plan, checkpoint: &Value| {
        Onboarding::may_start_over(plan, &Checkpoint::read(checkpoint).unwrap().value)
    };
    let changes: [(&str, Change, bool); 4] = [
        ("another repository", |plan| plan.repositories[0].url.push('x'), false),
        ("another space", |plan| plan.space = "other".into(), false),
        ("no provider", |plan| plan.method = Method::TokenPerRepository { base_url: None }, true),
        ("no new provider", |plan| plan.method = Method::ExistingProvider { base_url: BASE.into() }, true),
    ];
    for (what, change, while_unknown) in changes {
        let mut other = plan.clone();
        change(&mut other);
        if what == "no provider" {
            other.repositories[0].token = secret("glpat-another-0123456789");
        }
        assert_eq!(may_start_over(&other, &before_provider), while_unknown, "{what}");
        for checkpoint in [
            &answered(before_provider.clone(), true),
            &answered(before_provider.clone(), false),
            &refused(before_provider.clone()),
            // Its repository was posted with an answer that is lost: its name is unique in the space.
            &before_repository,
        ] {
            assert!(may_start_over(&other, checkpoint), "{what}: {checkpoint}");
        }
    }
    // The same job goes on from its checkpoint, and one that is not valid does nothing.
    let mut invalid = plan.clone();
    invalid.space = String::new();
    for checkpoint in [&before_provider, &before_repository] {
        assert!(!may_start_over(&plan, checkpoint) && !may_start_over(&invalid, checkpoint));
    }
}

#[test]
fn what_is_no_checkpoint_is_refused() {
    let plan = provider_plan(&["g/a"]);
    let good = checkpoint_before(&plan, 2);
    assert!(resume(&plan, &good).is_ok());
    let bad = [
        ("/version", json!(2)),
        ("/plan", json!(7)),
        ("/startedAt", json!("now")),
        ("/startedAt", json!(-1)),
        ("/startedAt", json!(9_007_199_254_740_991_i64)),
        ("/provider/state", json!("made")),
        ("/provider/id", json!("")),
        ("/provider/id", json!("<b>")),
        ("/provider/id", json!("two words")),
        ("/provider/id", json!("javascript:alert(1)")),
        ("/provider/id", json!("https://evil.example/")),
        ("/provider/id", json!("../../settings")),
        ("/provider/id", json!("5f0c6f0e\u{202e}")),
        ("/provider/id", json!("=cmd|' /C calc'!A0")),
        ("/provider/id", json!("glpat-0123456789abcdefghij")),
        ("/provider/id", json!(7)),
        ("/provider/id", json!({})),
        ("/provider/id", json!("x".repeat(129))),
        ("/provider/id", json!(TORQUE_TOKEN)),
        ("/provider/sent/0/at", json!(253_402_300_800_000_i64)),
        ("/provider/sent", json!(null)),
        ("/repositories", json!({})),
        ("/repositories/0/index", json!(1)),
        ("/repositories/0/index", json!(-1)),
        ("/repositories/0/lost", json!(4_294_967_295_u32)),
        ("/repositories/0/sent/0/at", json!(1.5)),
        ("/repositories/0/sent/0/at", json!(-9_007_199_254_740_991_i64)),
        ("/repositories/0/sent/0/status", json!(70_000)),
    ];
    for (place, value) in bad {
        let mut checkpoint = good.clone();
        *checkpoint.pointer_mut(place).unwrap() = value;
        assert_eq!(resume(&plan, &checkpoint).err(), Some(vec!["checkpoint.unreadable"]), "{place}");
    }
    for json in [json!(null), json!("x"), json!([]), json!({}), json!({ "providerCreated": "yes" })] {
        assert_eq!(resume(&plan, &json).err(), Some(vec!["checkpoint.unreadable"]));
    }
}

#[test]
fn no_post_goes_out_before_its_checkpoint_is_stored() {
    let mut plan = provider_plan(&["g/a"]);
    plan.policy.inspect = false;
    let mut machine = Onboarding::new(&plan, START).with_checkpoints();
    assert!(matches!(machine.next(), Effect::Checkpoint { .. }));
    assert!(matches!(machine.next(), Effect::Wait { .. }));
    machine.handle(Event::Abort { now: START });
    // That nothing went out after all is worth storing, but nobody waits for what may not be stored either.
    let Effect::Checkpoint { checkpoint } = machine.next() else { panic!("it is not what was to be stored") };
    assert_eq!(serde_json::to_value(&checkpoint).unwrap()["provider"], Value::Null);
    let Effect::Done { report } = machine.next() else { panic!("it is over") };
    assert_eq!(report.provider.as_ref().unwrap().outcome, StepOutcome::Aborted);
    assert_eq!(report.repositories[0].outcome, RepositoryOutcome::NotStarted);
}

/// Drives the job to its end, or to the answer after which the user ends it. Torque answers a `POST` with what `torque` says
/// to its last path segment (0: with nothing before the user ends the job), and its list is empty. Gives the report, what was posted, and the last checkpoint.
fn drive(
    mut machine: Onboarding,
    mut torque: impl FnMut(&str) -> u16,
    aborts_at: Option<u16>,
) -> (Report, Vec<String>, Option<Value>) {
    let (mut now, mut posts, mut stored) = (START, Vec::new(), None);
    loop {
        match machine.next() {
            Effect::Checkpoint { checkpoint } => {
                stored = Some(serde_json::to_value(&checkpoint).unwrap());
                machine.handle(Event::CheckpointStored { now });
            }
            Effect::Send { id, request, .. } => {
                let last = request.url.rsplit('/').next().unwrap();
                let status = if request.method == "POST" { torque(last) } else { 200 };
                if request.method == "POST" {
                    posts.push(last.to_owned());
                }
                if status == 0 {
                    machine.handle(Event::Abort { now });
                    continue;
                }
                let body = if request.method == "POST" { json!(PROVIDER_ID) } else { json!([]) };
                machine.handle(Event::Answer { id, answer: answer(status, body), retry_after: None, now });
                if aborts_at == Some(status) {
                    machine.handle(Event::Abort { now });
                }
            }
            Effect::Wait { until } => {
                now = until.unwrap();
                machine.handle(Event::Time { now });
            }
            Effect::Done { report } => return ((*report).clone(), posts, stored),
        }
    }
}

#[test]
fn what_torque_refused_is_not_in_doubt_and_is_tried_again() {
    let mut plan = provider_plan(&["g/a"]);
    plan.policy.inspect = false;
    let accepted = |_: &str| 202;
    for status in [400, 401, 403, 404, 409, 422, 429, 503] {
        let refused = |_: &str| status;
        let machine = || Onboarding::new(&plan, START).with_checkpoints();
        let (report, _, stored) = drive(machine(), refused, None);
        assert_eq!((report.outcome, report.provider.as_ref().unwrap().outcome), (Outcome::Failed, StepOutcome::Failed));
        let (report, posts, _) = drive(resume(&plan, &stored.unwrap()).unwrap(), accepted, None);
        assert_eq!(report.provider.as_ref().unwrap().outcome, StepOutcome::Done, "{status}");
        assert_eq!(posts, ["repository_providers", "gitlabEnterprise"], "{status}");

        // Of a repository the list is asked too (`torque.rs`), so 409 leaves its owner open.
        let refused = |last: &str| if last == "gitlabEnterprise" { status } else { 200 };
        let (report, _, stored) = drive(machine(), refused, None);
        let outcome = if status == 409 { RepositoryOutcome::Unknown } else { RepositoryOutcome::Failed };
        assert_eq!(report.repositories[0].outcome, outcome, "{status}");
        let (report, posts, _) = drive(resume(&plan, &stored.unwrap()).unwrap(), accepted, None);
        assert_eq!(report.repositories[0].outcome, RepositoryOutcome::Syncing, "{status}");
        assert_eq!(posts, ["gitlabEnterprise"], "{status}");
        let again = report.repositories[0].sent.last().unwrap().at;
        assert_eq!(again > START, status == 409, "{status}: at once, unless the list has to be looked at first");
    }
}

#[test]
fn what_torque_answered_before_an_abort_is_known_after_it() {
    let mut plan = provider_plan(&["g/a"]);
    plan.policy.inspect = false;
    let machine = || Onboarding::new(&plan, START).with_checkpoints();
    // The provider is made and the user ends the job before the repository's turn.
    let (report, _, stored) = drive(machine(), |_| 201, Some(201));
    assert_eq!((report.outcome, report.provider.as_ref().unwrap().outcome), (Outcome::Aborted, StepOutcome::Done));
    let (report, posts, _) = drive(resume(&plan, &stored.unwrap()).unwrap(), |_| 202, None);
    assert_eq!(
        (report.provider.as_ref().unwrap().outcome, &posts[..]),
        (StepOutcome::Done, &["gitlabEnterprise".into()][..])
    );

    // The repository is taken, and is not posted again.
    let (report, _, stored) = drive(machine(), |last| if last == "gitlabEnterprise" { 202 } else { 200 }, Some(202));
    assert_eq!(report.repositories[0].outcome, RepositoryOutcome::Syncing);
    let codes: Vec<_> = report.repositories[0].issues.iter().map(|issue| issue.code.as_str()).collect();
    assert_eq!(codes, ["plan.aborted_while_syncing"]);
    let stored = stored.unwrap();
    assert_eq!(stored["repositories"][0]["state"], "done");
    let (report, posts, _) = drive(resume(&plan, &stored).unwrap(), |_| 202, None);
    assert!(posts.is_empty(), "{posts:?}");
    // It has its time to sync again, and no more.
    assert!((60_000..70_000).contains(&(report.finished_at - START)), "{}", report.finished_at - START);

    // Its second POST is under way: there is no third.
    let mut statuses = [200, 502, 0].into_iter();
    let (_, posts, stored) = drive(machine(), |_| statuses.next().unwrap(), None);
    assert_eq!(posts, ["repository_providers", "gitlabEnterprise", "gitlabEnterprise"]);
    let (report, posts, _) = drive(resume(&plan, &stored.unwrap()).unwrap(), |_| 202, None);
    assert_eq!((report.repositories[0].outcome, posts.len()), (RepositoryOutcome::Unknown, 0));

    // A gateway's answer settles nothing.
    for aborts_at in [None, Some(502)] {
        let (_, _, stored) = drive(machine(), |_| 502, aborts_at);
        let (report, posts, _) = drive(resume(&plan, &stored.unwrap()).unwrap(), |_| 200, None);
        assert_eq!((report.outcome, posts.len()), (Outcome::Unknown, 0));
    }
}

#[test]
fn the_last_checkpoint_is_waited_for_but_not_for_ever() {
    let mut plan = provider_plan(&[]);
    plan.policy.inspect = false;
    plan.policy.request_timeout_ms = 1_000;
    let at_last_checkpoint = || {
        let mut machine = Onboarding::new(&plan, START).with_checkpoints();
        assert!(matches!(machine.next(), Effect::Checkpoint { .. }));
        machine.handle(Event::CheckpointStored { now: START });
        let Effect::Send { id, .. } = machine.next() else { panic!("the provider is posted") };
        let answer = answer(403, json!(""));
        machine.handle(Event::Answer { id, answer, retry_after: None, now: START });
        let Effect::Checkpoint { checkpoint } = machine.next() else { panic!("the answer is worth storing") };
        assert_eq!(serde_json::to_value(&checkpoint).unwrap()["provider"]["state"], "refused");
        assert!(matches!(machine.next(), Effect::Wait { until: Some(until) } if until == START + 1_000));
        machine
    };
    for event in [
        Event::CheckpointStored { now: START },
        // It cannot be stored.
        Event::Abort { now: START },
        Event::Time { now: START + 1_000 },
    ] {
        let mut machine = at_last_checkpoint();
        machine.handle(event);
        let Effect::Done { report } = machine.next() else { panic!("it is over") };
        assert_eq!(report.outcome, Outcome::Failed);
    }
}

#[test]
fn a_job_that_sent_nothing_has_nothing_to_store() {
    let mut plan = provider_plan(&["g/a"]);
    plan.policy.inspect = false;
    let mut machine = Onboarding::new(&plan, START).with_checkpoints();
    machine.handle(Event::Abort { now: START });
    assert!(matches!(machine.next(), Effect::Done { .. }));
}

#[test]
fn a_job_ends_although_no_answer_ever_comes() {
    let mut plan = provider_plan(&["g/a"]);
    plan.policy.inspect = false;
    let mut machine = Onboarding::new(&plan, START);
    assert!(matches!(machine.next(), Effect::Send { .. }));
    let Effect::Wait { until: Some(until) } = machine.next() else { panic!("it waits for the answer") };
    machine.handle(Event::Time { now: until });
    let Effect::Done { report } = machine.next() else { panic!("it is over") };
    assert_eq!((report.outcome, report.provider.as_ref().unwrap().outcome), (Outcome::Unknown, StepOutcome::Unknown));
    assert!(report.issues.iter().any(|issue| issue.code.as_str() == "plan.out_of_time"));
}

#[test]
fn what_torque_answered_before_a_crash_is_reported_after_it() {
    let mut plan = provider_plan(&["g/a", "g/b"]);
    plan.policy.inspect = false;
    for (status, codes) in
        [(422, vec!["torque.refused", "torque.listed_after_refusal"]), (409, vec!["torque.already_connected"])]
    {
        // It crashes before the second repository is posted, while the first one is looked for.
        let checkpoint = checkpoint_with(&plan, 3, |segment| match segment {
            "repository_providers" => answer(200, json!(PROVIDER_ID)),
            "gitlabEnterprise" => answer(status, json!({ "message": "no" })),
            _ => answer(200, json!([])),
        });
        let url = format!("{BASE}g/a");
        let list = json!([{ "name": "a", "repository_url": url, "status": "Connected", "errors": [] }]);
        let report = report_of(&mut resume(&plan, &checkpoint).unwrap(), |segment| match segment {
            "gitlabEnterprise" => answer(202, json!("")),
            _ => answer(200, list.clone()),
        });
        let first = &report.repositories[0];
        let shown: Vec<_> = first.issues.iter().map(|issue| issue.code.as_str()).collect();
        assert_eq!((first.outcome, shown), (RepositoryOutcome::Connected, codes), "{status}");
        assert_eq!(first.sent.len(), 1, "it is not sent again");
    }
}

#[test]
fn what_torque_refused_and_no_list_has_shown_before_a_crash_is_posted_once_more_at_most() {
    let mut plan = provider_plan(&["g/a", "g/b"]);
    plan.policy.inspect = false;
    for (status, lost, posted_again, codes) in [
        (422, 1, 1, vec!["torque.server_error", "torque.repository_unknown"]),
        (502, 1, 1, vec!["torque.server_error", "torque.repository_unknown"]),
        // Another POST would get the same answer.
        (409, 2, 0, vec!["torque.repository_exists"]),
    ] {
        // It crashes before the second repository is posted, while the first one is looked for.
        let checkpoint = checkpoint_with(&plan, 3, |segment| {
            answer(if segment == "repository_providers" { 200 } else { status }, json!(PROVIDER_ID))
        });
        let stored = &checkpoint["repositories"][0];
        assert_eq!((&stored["state"], &stored["lost"]), (&json!("unknown"), &json!(lost)), "{status}");
        let (report, _, _) = drive(resume(&plan, &checkpoint).unwrap(), |_| 502, None);
        let first = &report.repositories[0];
        let found: Vec<_> = first.issues.iter().map(|issue| issue.code.as_str()).collect();
        assert_eq!((first.outcome, found), (RepositoryOutcome::Unknown, codes), "{status}");
        assert_eq!(first.sent.len(), 1 + posted_again, "{status}");
    }
}

#[test]
fn gitlab_is_asked_after_a_crash_only_about_what_may_be_posted_again() {
    for (branch, lost, is_asked) in [(None, 1, true), (None, 2, false), (Some("main"), 1, false)] {
        let mut plan = provider_plan(&["g/a"]);
        plan.repositories[0].branch = branch.map(str::to_owned);
        let mut checkpoint = checkpoint_before(&plan, 2);
        checkpoint["repositories"][0]["lost"] = json!(lost);
        let mut machine = resume(&plan, &checkpoint).unwrap();
        let Effect::Send { id, request, .. } = machine.next() else { panic!("the token is asked about") };
        assert!(request.url.ends_with("/self"));
        let answer = token_answer(&["read_api", "read_repository"], None);
        machine.handle(Event::Answer { id, answer, retry_after: None, now: START });
        let asks = matches!(machine.next(), Effect::Send { request, .. } if request.url.contains("/projects/"));
        assert_eq!(asks, is_asked, "{branch:?} {lost}");
    }
}

#[test]
fn a_lost_post_stays_in_doubt_although_the_second_has_not_gone_out() {
    let mut plan = provider_plan(&["g/a"]);
    plan.policy.inspect = false;
    let mut machine = Onboarding::new(&plan, START).with_checkpoints();
    let answer_to = |segment: &str| match segment {
        "repository_providers" => answer(200, json!(PROVIDER_ID)),
        "gitlabEnterprise" => answer(502, json!("")),
        _ => answer(200, json!([])),
    };
    let (_, now) = drive_to(&mut machine, 3, answer_to);
    machine.handle(Event::Abort { now });
    let report = report_of(&mut machine, answer_to);
    let first = &report.repositories[0];
    let codes: Vec<_> = first.issues.iter().map(|issue| issue.code.as_str()).collect();
    assert_eq!((first.outcome, first.sent.len()), (RepositoryOutcome::Unknown, 1));
    assert_eq!(codes, ["torque.repository_unknown"]);
}

#[test]
fn what_was_sent_before_a_crash_is_not_given_up_because_gitlab_shows_it_no_more() {
    let plan = provider_plan(&["g/a", "g/b"]);
    let checkpoint = checkpoint_before(&plan, 3);
    let mut world = World::new();
    // Its POST has arrived, and the project is hidden now.
    for name in ["a", "b"] {
        world.connect_now(json!({ "repository_name": name, "repository_url": format!("{BASE}g/{name}") }));
        world.projects.insert(format!("g/{name}"), answer(404, json!({ "message": "404 Project Not Found" })));
    }
    let again = to_its_end(resume(&plan, &checkpoint).unwrap(), &mut world);
    assert_eq!((again.report.outcome, again.posts), (Outcome::Connected, 0));
}

/// A job with everything that was passed on to it.
struct Ended {
    machine: Onboarding,
    report: Report,
    events: Vec<Event>,
    posts: usize,
    checkpoint: Option<Value>,
}

/// Drives the job to its end. What is under way at the same time is answered in reverse order.
fn to_its_end(mut machine: Onboarding, world: &mut World) -> Ended {
    let (mut events, mut pending, mut posts, mut checkpoint) = (Vec::new(), Vec::new(), 0, None);
    loop {
        let now = world.now;
        let event = match machine.next() {
            Effect::Send { id, request, .. } => {
                posts += usize::from(request.method == "POST");
                pending.push((id, world.serve(&request)));
                continue;
            }
            Effect::Checkpoint { checkpoint: stored } => {
                checkpoint = Some(serde_json::to_value(&stored).unwrap());
                Event::CheckpointStored { now }
            }
            Effect::Wait { until } => match pending.pop() {
                Some((id, answer)) => Event::Answer { id, answer, retry_after: None, now },
                None => {
                    world.now = until.expect("there is something to wait for");
                    Event::Time { now: world.now }
                }
            },
            Effect::Done { report } => {
                return Ended { machine, report: (*report).clone(), events, posts, checkpoint };
            }
        };
        machine.handle(event.clone());
        events.push(event);
    }
}

#[test]
fn a_job_that_has_ended_does_nothing_more_whatever_is_passed_on_to_it() {
    let plan = provider_plan(&["g/a", "g/b", "g/c"]);
    for aborts in [false, true] {
        let mut machine = Onboarding::new(&plan, START).with_checkpoints();
        if aborts {
            machine.handle(Event::Abort { now: START });
        }
        let mut world = World::new();
        let Ended { mut machine, report, events, .. } = to_its_end(machine, &mut world);
        assert_eq!(report.outcome, if aborts { Outcome::Aborted } else { Outcome::Connected });
        machine.take_events();
        let late = (0..20).flat_map(|id| contradictions(id, world.now + 1_000_000));
        let abort = Event::Abort { now: world.now + 2_000_000 };
        for event in events.into_iter().chain(late).chain([abort]) {
            machine.handle(event);
            let Effect::Done { report: again } = machine.next() else { panic!("it is over") };
            assert_eq!(*again, report);
            assert!(machine.take_events().is_empty());
        }
    }
}

#[test]
fn a_job_that_has_ended_and_is_resumed_sends_no_post_and_reports_the_same() {
    let mut world = World::new();
    world.sync_errors.insert("c".into(), "cannot clone".into());
    let plan = provider_plan(&["g/a", "g/b", "g/c"]);
    let ended = to_its_end(Onboarding::new(&plan, START).with_checkpoints(), &mut world);
    assert_eq!((ended.report.outcome, ended.posts), (Outcome::Partial, 4));
    let mut checkpoint = ended.checkpoint.expect("what came of the POSTs is worth storing");
    // Once more, and again from the same checkpoint.
    for _ in 0..3 {
        let again = to_its_end(resume(&plan, &checkpoint).unwrap().with_checkpoints(), &mut world);
        assert_eq!(again.posts, 0);
        assert_eq!((&again.report.provider, again.report.outcome), (&ended.report.provider, ended.report.outcome));
        for (repository, before) in again.report.repositories.iter().zip(&ended.report.repositories) {
            assert_eq!(
                (repository.outcome, &repository.sent, &repository.issues),
                (before.outcome, &before.sent, &before.issues)
            );
        }
        checkpoint = again.checkpoint.unwrap_or(checkpoint);
    }
    assert_eq!((world.providers.len(), world.repositories.len()), (1, 3));
}

#[test]
fn an_answer_counts_once_and_only_for_a_request_that_is_under_way() {
    let plan = provider_plan(&["g/a", "g/b", "g/c"]);
    let (mut machine, mut world) = (Onboarding::new(&plan, START), World::new());
    let (mut pending, mut posts, mut answered) = (Vec::new(), Vec::new(), Vec::new());
    let report = loop {
        let now = world.now;
        match machine.next() {
            Effect::Send { id, request, .. } => {
                if request.method == "POST" {
                    posts.push(request.body.clone());
                }
                pending.push((id, world.serve(&request)));
                // The next one was not sent yet, and of these the answer is known.
                for id in [id + 1].into_iter().chain(answered.iter().copied()) {
                    contradict(&mut machine, id, now);
                }
            }
            Effect::Wait { until } => {
                let Some((id, answer)) = pending.pop() else {
                    world.now = until.expect("there is something to wait for");
                    machine.handle(Event::Time { now: world.now });
                    continue;
                };
                machine.handle(Event::Answer { id, answer, retry_after: None, now });
                contradict(&mut machine, id, now);
                answered.push(id);
            }
            Effect::Checkpoint { .. } => unreachable!("they were not asked for"),
            Effect::Done { report } => break report,
        }
    };
    assert_eq!((report.outcome, posts.len()), (Outcome::Connected, 4));
    let is_once = |sent: &[SentRequest]| matches!(sent, [SentRequest { status: Some(200 | 202), .. }]);
    assert!(report.repositories.iter().all(|repository| is_once(&repository.sent) && repository.issues.is_empty()));
    assert!(report.provider.as_ref().is_some_and(|provider| is_once(&provider.sent)));
}

//! Seeded runs with random failures: whatever the network does, the rules hold and the report is true.

use std::panic::{catch_unwind, resume_unwind};

use serde_json::json;
use torque_gitlab_connect::http::HttpRequest;
use torque_gitlab_connect::onboarding::{
    Method, OnUnknown, Outcome, Plan, PlanRepository, Progress, RepositoryEvent, RepositoryOutcome, StepOutcome,
};

use crate::model::*;
use crate::scenarios::no_secret;

/// Marsaglia's xorshift64: a seed replays the run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: u32) -> u32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        u32::try_from(self.0 % u64::from(limit)).expect("below a u32")
    }
}

struct FaultyNetwork {
    chance: Chance,
    /// One request in so many meets a failure; none when zero.
    rate: u32,
    /// Failures end after so many requests.
    until: u32,
    requests: u32,
    abort_at: Option<u32>,
    goes_on: bool,
    corrects: bool,
    /// The driver dies before these steps.
    crash_at: Vec<u32>,
    /// Whether the user looks for the provider in Torque.
    looks: bool,
    repeats: bool,
    steps: u32,
}

impl Network for FaultyNetwork {
    fn failure(&mut self, request: &HttpRequest) -> (Failure, i64) {
        self.requests += 1;
        let slow = self.chance.below(8) == 0;
        let latency = 5 + i64::from(self.chance.below(if slow { 25_000 } else { 3_000 }));
        if self.rate == 0 || self.requests > self.until || self.chance.below(self.rate) != 0 {
            return (Failure::None, latency);
        }
        let echo =
            json!({ "message": format!("{TORQUE_TOKEN} {GITLAB_TOKEN}"), "errors": [{ "message": GITLAB_TOKEN }] });
        let connects = request.method == "POST" && request.url.ends_with("gitlabEnterprise");
        let failure = match self.chance.below(13) {
            0 => Failure::LostBefore,
            1 => Failure::LostAfter,
            2 => Failure::Answer(429, json!("Retry later")),
            3 => Failure::Answer(503, echo),
            8 => {
                Failure::Busy(429, ["1", "20", "soon", "Sun, 22 Nov 2026 12:02:00 GMT"][self.chance.below(4) as usize])
            }
            // A provider may be made twice so, which nobody on this side can know.
            9 if connects => Failure::Twice,
            // After a rejection the user may continue, and it is not known what existed before.
            11 if connects => Failure::Answer(422, json!({ "message": "no such agent" })),
            10 if connects => Failure::Late(1 + i64::from(self.chance.below(120_000))),
            12 => Failure::NotConnected,
            4 => Failure::Answer(502, json!("<html>bad gateway</html>")),
            5 => Failure::AnswerAfter(500, echo),
            6 => Failure::AnswerAfter(504, json!("")),
            _ if request.method == "GET" => Failure::Answer(200, json!("[{\"name\": \"o")),
            _ => Failure::LostAfter,
        };
        (failure, latency)
    }

    fn aborts(&mut self) -> bool {
        self.abort_at == Some(self.steps)
    }

    fn goes_on(&mut self) -> Option<i64> {
        self.goes_on.then(|| self.chance.below(100_000).into())
    }

    fn corrects(&mut self) -> Option<i64> {
        self.corrects.then(|| self.chance.below(100_000).into())
    }

    fn crashes(&mut self) -> Option<i64> {
        self.steps += 1;
        self.crash_at.contains(&self.steps).then(|| self.chance.below(300_000).into())
    }

    fn stores(&mut self) -> bool {
        self.chance.below(3) != 0
    }

    fn answers(&mut self, is_there: bool) -> Option<bool> {
        self.looks.then_some(is_there)
    }

    fn repeats(&mut self) -> bool {
        self.repeats
    }
}

/// What one run is about, besides the failures.
struct Setting {
    plan: Plan,
    /// GitLab does not show these projects.
    hidden: Vec<String>,
    /// Torque has something else of these names.
    taken: Vec<String>,
    /// Torque has these repositories under another name.
    renamed: Vec<String>,
    /// Torque cannot read these.
    broken: Vec<String>,
}

impl Setting {
    /// Whether GitLab is asked: with an existing provider there is no token to ask with.
    fn is_inspected(&self) -> bool {
        self.plan.policy.inspect && !matches!(self.plan.method, Method::ExistingProvider { .. })
    }
}

const OTHER_TOKENS: [&str; 3] = ["glpat-one-0123456789abc", "glpat-two-0123456789abc", "glpat-three-0123456789"];

fn setting(chance: &mut Chance, seed: u64) -> (Setting, World) {
    let paths: Vec<String> = (0..=chance.below(7)).map(|number| format!("group/project-{number}")).collect();
    let paths: Vec<&str> = paths.iter().map(String::as_str).collect();
    let mut world = World::new();
    let mut plan = match chance.below(6) {
        0 => plan(Method::ExistingProvider { base_url: BASE.into() }, &paths),
        1 => {
            let mut plan = plan(Method::TokenPerRepository { base_url: Some(BASE.into()) }, &paths);
            for (repository, token) in plan.repositories.iter_mut().zip(OTHER_TOKENS.iter().cycle()) {
                repository.token = secret(token);
                world.tokens.insert((*token).into(), token_answer(&["read_repository"], None));
            }
            plan
        }
        _ => provider_plan(&paths),
    };
    plan.policy.seed = seed;
    plan.policy.inspect = chance.below(3) == 0;
    if chance.below(4) == 0 {
        plan.policy.on_unknown = OnUnknown::Continue;
    }
    plan.policy.poll_ms = [500, 4_000, 4_000, 45_000][chance.below(4) as usize];
    let mut setting = Setting { plan, hidden: Vec::new(), taken: Vec::new(), renamed: Vec::new(), broken: Vec::new() };
    for index in 0..paths.len() {
        let name = format!("project-{index}");
        match chance.below(20) {
            0 => {
                let answer = answer(404, json!({ "message": "404 Project Not Found" }));
                world.projects.insert(format!("group/{name}"), answer);
                setting.hidden.push(name);
            }
            1 => {
                world.connect_now(json!({ "repository_name": name, "repository_url": format!("{BASE}other/{name}") }));
                setting.taken.push(name);
            }
            2 => {
                world.connect_now(json!({ "repository_name": name, "repository_url": format!("{BASE}group/{name}") }));
            }
            4 => {
                let url = format!("{BASE}group/{name}");
                world.connect_now(json!({ "repository_name": format!("old-{name}"), "repository_url": url }));
                setting.renamed.push(name);
            }
            3 => {
                world.sync_errors.insert(name.clone(), "cannot clone".into());
                setting.broken.push(name);
            }
            _ => {}
        }
    }
    if chance.below(6) == 0 {
        world.slashes = Some(answer(404, json!("<html>not found</html>")));
    }
    world.lag_ms = [0, 0, 9_000, 25_000, 80_000][chance.below(5) as usize];
    // One who looks rarely is out of time before a slow sync is done.
    world.sync_lists = chance.below(if setting.plan.policy.poll_ms > 4_000 { 2 } else { 5 });
    if chance.below(12) == 0 {
        world.closes = Some((chance.below(12), [401, 403][chance.below(2) as usize]));
    }
    (setting, world)
}

fn run(seed: u64) -> (Setting, Run) {
    let mut chance = Chance(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
    let (setting, world) = setting(&mut chance, seed);
    let rate = [0, 2, 3, 5, 10][chance.below(5) as usize];
    let until = [3, 10, 40, u32::MAX][chance.below(4) as usize];
    let abort_at = (chance.below(6) == 0).then(|| chance.below(60));
    let goes_on = chance.below(2) == 0;
    let crashes = [0, 0, 1, 1, 2, 3][chance.below(6) as usize];
    let crash_at = (0..crashes).map(|_| 1 + chance.below(80)).collect();
    let looks = chance.below(4) != 0;
    let corrects = chance.below(2) == 0;
    // In every fourth run answers are passed on more than once: it must go as if they were not.
    let repeats = seed.is_multiple_of(4);
    let network = FaultyNetwork {
        chance,
        rate,
        until,
        requests: 0,
        abort_at,
        goes_on,
        corrects,
        crash_at,
        looks,
        repeats,
        steps: 0,
    };
    let run = play(&setting.plan, world, network);
    (setting, run)
}

/// Whether nobody can know what became of a `POST` that ended so.
fn is_lost(sent: &Sent) -> bool {
    matches!(sent.status, None | Some(500 | 502 | 504))
}

/// How many seeds are tried, more with `SIMULATION_RUNS`; or only that of `SIMULATION_SEED`.
fn seeds() -> std::ops::Range<u64> {
    let number = |name| std::env::var(name).ok().and_then(|text| text.parse::<u64>().ok());
    match number("SIMULATION_SEED") {
        Some(seed) => seed..seed + 1,
        None => 0..number("SIMULATION_RUNS").unwrap_or(1_500),
    }
}

#[test]
fn the_rules_hold_whatever_fails() {
    let (mut recovered, mut resumed, mut corrected) = (0, 0, 0);
    for seed in seeds() {
        match catch_unwind(|| judge(seed)) {
            Ok(judged) => {
                recovered += u64::from(judged.0);
                resumed += u64::from(judged.1);
                corrected += u64::from(judged.0 && judged.2);
            }
            Err(panic) => {
                println!("{}\nseed {seed}; again: SIMULATION_SEED={seed} cargo test --test onboarding", take_trace());
                resume_unwind(panic);
            }
        }
    }
    let runs = seeds().count() as u64;
    println!(
        "{runs} runs, {resumed} of them resumed after a crash, a pause or a refusal; in {recovered} the failures ended early, \
         and {corrected} of these had been refused first"
    );
    let enough = recovered > runs / 10 && resumed > runs / 4 && corrected > runs / 200;
    assert!(runs < 1_000 || enough, "{recovered} recovered, {resumed} resumed, {corrected} corrected");
}

/// Whether the failures ended early, whether it was resumed, and whether that followed a refusal.
fn judge(seed: u64) -> (bool, bool, bool) {
    let (setting, run) = run(seed);
    no_secret(&run);
    tokens_go_where_they_belong(&setting, &run);
    the_provider_is_posted_once(&run);
    nothing_is_sent_again_after_a_refusal(&run);
    who_asks_to_wait_is_left_alone(&run);
    // It ends because there is nothing left to do.
    assert!(
        run.report.issues.iter().all(|issue| issue.code.as_str() != "plan.out_of_time"),
        "it does not end by itself"
    );
    for index in 0..run.report.repositories.len() {
        a_repository_is_repeated_only_by_the_rule(&run, index);
        its_outcome_is_true(&setting, &run, index);
    }
    (early_failures_do_no_harm(&setting, &run), !run.resumed.is_empty(), run.corrected)
}

fn tokens_go_where_they_belong(setting: &Setting, run: &Run) {
    let secret_of = |repository: &PlanRepository| repository.token.as_ref().map(|token| token.expose().to_owned());
    for sent in &run.sent {
        let asked = run.world.project_asked_for(&sent.line);
        let is_about = |repository: &&PlanRepository| asked.as_deref() == repository.url.strip_prefix(BASE);
        let about = setting.plan.repositories.iter().find(is_about);
        let mut allowed: Vec<String> = match about {
            Some(repository) => secret_of(repository).into_iter().collect(),
            None => setting.plan.repositories.iter().filter_map(secret_of).collect(),
        };
        if allowed.is_empty() {
            allowed.push(GITLAB_TOKEN.to_owned());
        }
        if !sent.line.contains(BASE) {
            allowed = vec![TORQUE_TOKEN.to_owned()];
        }
        let token = sent.authorization.as_deref().and_then(|text| text.strip_prefix("Bearer ")).unwrap_or_default();
        assert!(allowed.iter().any(|allowed| allowed == token), "{} with {token}", sent.line);
        let Some(body) = &sent.body else { continue };
        let name = &body["repository_name"];
        let about = run.report.repositories.iter().find(|repository| *name == repository.name);
        let expected = about.and_then(|repository| secret_of(&setting.plan.repositories[repository.index]));
        assert!(sent.line.contains(PORTAL) && (name.is_null() || body["token"] == json!(expected)), "{body}");
    }
}

fn the_provider_is_posted_once(run: &Run) {
    let posts: Vec<&Sent> = left(run).filter(|sent| sent.line.ends_with("repository_providers")).collect();
    assert!(run.world.providers.len() <= 1, "two providers");
    for pair in posts.windows(2) {
        // After a crash the user looked in Torque and did not find it.
        assert!(!is_lost(pair[0]) || pair[0].life < pair[1].life, "posted after a lost answer");
    }
    let Some(provider) = &run.report.provider else { return };
    match provider.outcome {
        StepOutcome::Done => assert_eq!(run.world.providers.len(), 1),
        StepOutcome::Unknown => {
            // What Torque refused is certain, also for a job that goes on after it.
            assert!(run.crashes > 0 || posts.iter().any(|sent| is_lost(sent)), "in doubt although it was refused");
            assert!(!run.sent.iter().any(|sent| sent.line.ends_with("gitlabEnterprise")), "repositories without it");
        }
        _ => assert!(run.world.providers.is_empty()),
    }
}

/// 401 ends all use of the token, 403 that of the space or of the provider step.
fn nothing_is_sent_again_after_a_refusal(run: &Run) {
    let is_no = |sent: &&Sent| sent.line.contains(PORTAL) && matches!(sent.status, Some(401 | 403));
    for no in run.sent.iter().filter(is_no) {
        let again =
            run.sent.iter().any(|sent| sent.at > no.known_at && sent.life == no.life && sent.line.contains(PORTAL));
        assert!(!again, "asked again after {:?}", no.status);
    }
}

fn who_asks_to_wait_is_left_alone(run: &Run) {
    for busy in &run.sent {
        let Failure::Busy(_, text) = &busy.failure else { continue };
        let Ok(seconds) = text.parse::<i64>() else { continue };
        let is_same = |sent: &&Sent| sent.line.contains(BASE) == busy.line.contains(BASE) && sent.life == busy.life;
        let until = busy.known_at + seconds * 1_000;
        let asked = run.sent.iter().filter(is_same).any(|sent| sent.at > busy.known_at && sent.at < until);
        assert!(!asked, "asked within {seconds} s");
    }
}

/// The requests that went out.
fn left(run: &Run) -> impl Iterator<Item = &Sent> {
    run.sent.iter().filter(|sent| sent.failure != Failure::NotConnected)
}

fn posts_of(run: &Run, index: usize) -> Vec<&Sent> {
    let name = &run.report.repositories[index].name;
    left(run).filter(|sent| sent.body.as_ref().is_some_and(|body| body["repository_name"] == *name)).collect()
}

fn a_repository_is_repeated_only_by_the_rule(run: &Run, index: usize) {
    let posts = posts_of(run, index);
    let name = &run.report.repositories[index].name;
    // 429 and 503 say that nothing was done; a user who goes on later tries again what Torque refused. About everything else
    // a resumed job may know less than this test.
    let is_allowed = |pair: &&[&Sent]| match pair[0].status {
        Some(429 | 503) => true,
        Some(400..500) => pair[0].life < pair[1].life,
        _ => false,
    };
    let repeated: Vec<_> = posts.windows(2).filter(|pair| !is_allowed(pair)).collect();
    assert!(repeated.len() <= 1, "repeated twice");
    for pair in repeated {
        let since = if pair[0].life < pair[1].life {
            run.resumed[pair[1].life - 1]
        } else {
            assert!(is_lost(pair[0]), "although the answer is known");
            pair[0].known_at
        };
        assert!(pair[1].at - since >= 60_000, "too early");
        let between = run.sent.iter().filter(|sent| sent.at >= since && sent.known_at <= pair[1].at);
        let lists: Vec<_> = between.filter_map(|sent| sent.listed.as_ref()).collect();
        assert!(lists.len() >= 2, "without two lists");
        assert!(lists.iter().all(|names| !names.contains(name)), "although it is there");
    }
}

fn its_outcome_is_true(setting: &Setting, run: &Run, index: usize) {
    let repository = &run.report.repositories[index];
    let name = &repository.name;
    let posts = posts_of(run, index);
    let there = run.world.repositories.get(name).filter(|_| !setting.taken.contains(name));
    let aborted = run.report.outcome == Outcome::Aborted;
    match repository.outcome {
        RepositoryOutcome::Connected => {
            assert!(there.is_some_and(|there| there.lists == 0) && !setting.broken.contains(name));
        }
        RepositoryOutcome::Syncing => assert!(there.is_some()),
        RepositoryOutcome::Failed => assert!(there.is_none_or(|_| {
            // It existed before, and this job did not start it; or Torque cannot read it.
            setting.broken.contains(name)
                || !posts.iter().any(|sent| matches!(sent.status, Some(202 | 409)) || is_lost(sent))
        })),
        RepositoryOutcome::NotStarted => assert!(!posts.iter().any(|sent| sent.status == Some(202) || is_lost(sent))),
        RepositoryOutcome::Unknown => {
            let may_be_lost = run.crashes > 0 && !repository.sent.is_empty();
            let is_open = |sent: &&Sent| is_lost(sent) || sent.status == Some(409);
            assert!(aborted || may_be_lost || posts.iter().any(is_open));
        }
    }
    what_torque_answered_is_reported(setting, run, index);
    let word = repository.status.as_deref();
    assert!(word != Some("Failed") || repository.outcome == RepositoryOutcome::Failed, "as Torque listed it");
    assert!(word != Some("Connected") || repository.outcome == RepositoryOutcome::Connected, "as Torque listed it");
    let is_known_to_be_hidden = setting.is_inspected() && setting.hidden.contains(name);
    assert!(!is_known_to_be_hidden || setting.plan.policy.on_unknown == OnUnknown::Continue || posts.is_empty());
    // What a crash prevented from going out counts as sent.
    let reported = posts.len()..=posts.len() + run.resumed.len();
    assert!(reported.contains(&repository.sent.len()), "every POST is reported");
    assert!(repository.outcome == RepositoryOutcome::Connected || !repository.issues.is_empty(), "without a reason");
    let shown = run.events.iter().rev().find_map(|event| match event {
        Progress::Repository(RepositoryEvent { repository, outcome, settled, .. }) if *repository == index => {
            Some((*outcome, *settled))
        }
        _ => None,
    });
    assert!(aborted || shown == Some((repository.outcome, true)), "shown otherwise");
    let is_end = |event: &&Progress| matches!(event, Progress::Repository(RepositoryEvent { repository, settled: true, .. }) if *repository == index);
    let lives = [&[0], &run.events_before[..], &[run.events.len()]].concat();
    let ends = |life: &[usize]| run.events[life[0]..life[1]].iter().filter(is_end).count();
    assert!(lives.windows(2).all(|life| ends(life) <= 1), "ended twice");
}

/// After a crash a job may know less than this test.
fn what_torque_answered_is_reported(setting: &Setting, run: &Run, index: usize) {
    let (repository, posts) = (&run.report.repositories[index], posts_of(run, index));
    if !run.resumed.is_empty() || run.report.outcome == Outcome::Aborted {
        return;
    }
    let codes = run.codes(index);
    let status = posts.last().and_then(|sent| sent.status);
    if status == Some(422) {
        assert!(codes.contains(&"torque.refused"), "its refusal is not reported: {codes:?}");
    }
    let is_lost = posts.iter().any(|sent| is_lost(sent));
    assert!(is_lost || !codes.contains(&"torque.repository_unknown"), "no answer was lost");
    let Some(last) = posts.last().filter(|sent| sent.status == Some(409) && setting.renamed.contains(&repository.name))
    else {
        return;
    };
    let lists = run.sent.iter().filter(|sent| sent.at >= last.known_at && sent.listed.is_some()).count();
    assert!(lists == 0 || codes.last() == Some(&"torque.url_taken"), "the name is not reported: {codes:?}");
    assert!(lists <= 1 || run.report.repositories.len() > 1, "it does not end with the first list");
}

fn has_failures(run: &Run) -> bool {
    run.sent.iter().any(|sent| sent.failure != Failure::None)
}

/// Failures ended early and the list did not lag too far: then everything is connected. Whether this run is one of that kind.
fn early_failures_do_no_harm(setting: &Setting, run: &Run) -> bool {
    let late = run.sent.iter().skip(3).any(|sent| sent.failure != Failure::None);
    // GitLab or the provider's answer may be what was lost, and then the job rightly ends.
    let is_in_doubt = run.report.provider.as_ref().is_some_and(|provider| provider.outcome == StepOutcome::Unknown);
    let may_be_stopped = has_failures(run) || run.crashes > 0 || is_in_doubt;
    let stopped = may_be_stopped
        && run.report.repositories.iter().any(|repository| repository.outcome == RepositoryOutcome::NotStarted);
    let lags = run.world.lag_ms > 25_000;
    if late || stopped || lags || run.world.closes.is_some() || run.report.outcome == Outcome::Aborted {
        return false;
    }
    for repository in &run.report.repositories {
        let name = &repository.name;
        let is_hidden = setting.hidden.contains(name) && setting.is_inspected();
        let is_in_the_way = setting.taken.contains(name) || setting.renamed.contains(name);
        if is_hidden || is_in_the_way || setting.broken.contains(name) {
            continue;
        }
        if posts_of(run, repository.index).iter().any(|sent| sent.status == Some(422)) {
            continue;
        }
        // Slow answers may leave too few looks at a slow sync in its time.
        let since = repository.sent.last().unwrap().at.max(run.resumed.last().copied().unwrap_or_default());
        let waited = run.report.finished_at - since;
        let lost = repository.sent.iter().filter(|sent| !matches!(sent.status, Some(429 | 503))).count();
        let fine = match repository.outcome {
            RepositoryOutcome::Connected => true,
            RepositoryOutcome::Syncing => waited >= 60_000,
            // Two crashes hit the same repository.
            RepositoryOutcome::Unknown => run.resumed.len() + usize::from(has_failures(run)) >= 2 && lost >= 2,
            _ => false,
        };
        assert!(fine, "{repository:?}");
    }
    true
}

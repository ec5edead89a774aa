//! A Torque and a GitLab as plain data, a network that can fail, and a driver that plays the machine through them.

use std::cell::RefCell;
use std::collections::BTreeMap;

use serde_json::{Value, json};
use torque_gitlab_connect::http::{HttpAnswer, HttpRequest};
use torque_gitlab_connect::onboarding::{
    Checkpoint, Effect, Event, FailureReason, Method, Onboarding, Outcome, Plan, PlanRepository, Progress, Report,
};
use torque_gitlab_connect::secret::Secret;

pub const PORTAL: &str = "https://portal.qtorque.io/";
pub const BASE: &str = "https://gitlab.example.com/gitlab/";
/// Too short to be struck out by its shape alone.
pub const TORQUE_TOKEN: &str = "torque-0123456789";
pub const GITLAB_TOKEN: &str = "glpat-provider-0123456789";
pub const PROVIDER_ID: &str = "5f0c6f0e-8d0b-4c57-9f0e-3b1b6a0c9a11";
pub const START: i64 = 1_795_348_800_000; // 2026-11-22T12:00:00Z

/// What the network does to one request.
#[derive(Clone, Debug, PartialEq)]
pub enum Failure {
    /// Nothing.
    None,
    /// It never arrives.
    LostBefore,
    /// There is no connection for it, and the driver knows.
    NotConnected,
    /// It arrives and the answer is lost.
    LostAfter,
    /// Somebody in between answers; it does not arrive.
    Answer(u16, Value),
    /// It arrives, and somebody in between answers.
    AnswerAfter(u16, Value),
    /// It arrives twice, and the second answer comes back.
    Twice,
    /// It arrives so many milliseconds later, when nobody waits for the answer any more.
    Late(i64),
    /// The server asks to wait, with this text in `Retry-After`.
    Busy(u16, &'static str),
}

pub struct Repository {
    pub url: String,
    pub body: Value,
    /// The list shows it from then on.
    visible_at: i64,
    /// Lists until it is done.
    pub lists: u32,
}

pub struct World {
    pub now: i64,
    pub repositories: BTreeMap<String, Repository>,
    pub providers: Vec<Value>,
    /// Answer to `personal_access_tokens/self`, by token.
    pub tokens: BTreeMap<String, HttpAnswer>,
    /// Answer to a project look-up, by path; else it is there.
    pub projects: BTreeMap<String, HttpAnswer>,
    /// What a proxy answers to a path with an encoded slash in it.
    pub slashes: Option<HttpAnswer>,
    /// Paths of projects that were listed; each has its place, counted from 1, as number.
    listed: Vec<String>,
    /// How long the list lags behind.
    pub lag_ms: i64,
    /// Lists until a repository is connected.
    pub sync_lists: u32,
    /// What syncing these repositories ends with.
    pub sync_errors: BTreeMap<String, String>,
    /// After so many requests Torque answers all of them with this status.
    pub closes: Option<(u32, u16)>,
}

/// A request as it was sent.
pub struct Sent {
    pub at: i64,
    /// When its answer came, or its loss was noticed.
    pub known_at: i64,
    pub line: String,
    pub authorization: Option<String>,
    pub body: Option<Value>,
    pub failure: Failure,
    pub status: Option<u16>,
    /// Of a list that came: the names in it.
    pub listed: Option<Vec<String>>,
    /// How many crashes were before it.
    pub life: usize,
}

impl Sent {
    /// Nobody waits any longer for what comes of it.
    fn lose(&mut self, now: i64) {
        (self.status, self.listed, self.known_at) = (None, None, now);
        if self.failure == Failure::NotConnected {
            self.failure = Failure::LostBefore;
        }
    }

    fn reason(&self) -> FailureReason {
        if self.failure == Failure::NotConnected { FailureReason::Connect } else { FailureReason::Network }
    }
}

pub fn answer(status: u16, body: Value) -> HttpAnswer {
    HttpAnswer::new(status, &body.to_string())
}

pub fn token_answer(scopes: &[&str], expires_at: Option<&str>) -> HttpAnswer {
    answer(
        200,
        json!({ "id": 1, "name": "torque", "revoked": false, "active": true, "scopes": scopes, "expires_at": expires_at }),
    )
}

pub fn project_answer(path: &str) -> HttpAnswer {
    answer(200, json!({ "id": 7, "path_with_namespace": path, "default_branch": "main" }))
}

impl World {
    pub fn new() -> Self {
        Self {
            now: START,
            repositories: BTreeMap::new(),
            providers: Vec::new(),
            tokens: BTreeMap::from([(GITLAB_TOKEN.to_owned(), token_answer(&["read_api", "read_repository"], None))]),
            projects: BTreeMap::new(),
            slashes: None,
            listed: Vec::new(),
            lag_ms: 0,
            sync_lists: 2,
            sync_errors: BTreeMap::new(),
            closes: None,
        }
    }

    /// What the servers do with a request.
    pub fn serve(&mut self, request: &HttpRequest) -> HttpAnswer {
        let authorization = request.header("Authorization").unwrap_or_default();
        if let Some(path) = request.url.strip_prefix(BASE) {
            return self.gitlab(path, authorization.strip_prefix("Bearer ").unwrap_or_default());
        }
        let path = request.url.strip_prefix(PORTAL).expect("only the two servers are asked");
        if authorization != format!("Bearer {TORQUE_TOKEN}") {
            return answer(401, json!({ "message": "unauthorized" }));
        }
        match &mut self.closes {
            Some((0, status)) => return answer(*status, json!({ "message": format!("no more {authorization}") })),
            Some((left, _)) => *left -= 1,
            None => {}
        }
        let body: Value = request.body.as_ref().map_or(Value::Null, |body| serde_json::from_str(body).unwrap());
        match (request.method, path) {
            ("POST", "api/settings/repository_providers") => {
                // Worse than the real one: it would make a second one of the same name.
                self.providers.push(body);
                answer(200, json!({ "id": PROVIDER_ID }))
            }
            ("POST", "api/spaces/demo/repositories/gitlabEnterprise") => self.connect(body),
            ("GET", "api/spaces/demo/repositories") => self.list(),
            _ => answer(404, json!({ "message": "no such space" })),
        }
    }

    fn gitlab(&mut self, path: &str, token: &str) -> HttpAnswer {
        if let Some(answer) = self.slashes.as_ref().filter(|_| path.split('?').next().unwrap().contains("%2F")) {
            return answer.clone();
        }
        let known = self.tokens.get(token);
        if path == "api/v4/personal_access_tokens/self" {
            return known.cloned().unwrap_or_else(|| answer(401, json!({ "message": "401 Unauthorized" })));
        }
        if known.is_none() {
            return answer(401, json!({ "message": "401 Unauthorized" }));
        }
        if let Some(query) = path.strip_prefix("api/v4/projects?") {
            let value = |name: &str| query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='));
            let after = value("id_after").map_or(0, |id| id.parse().unwrap());
            return self.projects_found(value("search").expect("a path is searched for"), after);
        }
        let encoded = path.strip_prefix("api/v4/projects/").expect("nothing else of GitLab is asked");
        let (_, rest) = encoded.split_once('/').unwrap_or((encoded, ""));
        let project = self.project_asked_for(path).expect("a project that is listed");
        if let Some(answer) = self.projects.get(&project).filter(|_| rest.is_empty()) {
            return answer.clone();
        }
        if rest.starts_with("repository/files/") {
            return answer(404, json!({ "message": "404 File Not Found" }));
        }
        if let Some(branch) = rest.strip_prefix("repository/branches/") {
            return match branch {
                "missing" => answer(404, json!({ "message": "404 Branch Not Found" })),
                _ => answer(200, json!({ "name": branch, "default": false })),
            };
        }
        project_answer(&project)
    }

    /// The path of the project that a request is about, whether it is asked for by path, by number or searched for.
    pub fn project_asked_for(&self, line: &str) -> Option<String> {
        if let Some((_, path)) = line.split_once("search=") {
            return Some(path.to_owned());
        }
        let (_, rest) = line.split_once("api/v4/projects/")?;
        let id = rest.split(['/', '?']).next()?;
        match id.parse::<usize>() {
            Ok(number) => self.listed.get(number - 1).cloned(),
            Err(_) => Some(id.replace("%2F", "/")),
        }
    }

    /// A page of the projects whose path contains this, one on each: one that only begins with it, and the exact one
    /// unless GitLab hides it.
    fn projects_found(&mut self, path: &str, after: usize) -> HttpAnswer {
        let is_hidden = self.projects.get(path).is_some_and(|answer| answer.status == 404);
        let mut number = |path: String| {
            let known = self.listed.iter().position(|listed| *listed == path);
            1 + known.unwrap_or_else(|| {
                self.listed.push(path);
                self.listed.len() - 1
            })
        };
        let paths = [Some(format!("{path}-old")), (!is_hidden).then(|| path.to_owned())];
        let mut list = paths.into_iter().flatten().map(|path| (number(path.clone()), path));
        let page = list.find(|(id, _)| *id > after);
        answer(200, page.into_iter().map(|(id, path)| json!({ "id": id, "path_with_namespace": path })).collect())
    }

    /// A repository that was connected before.
    pub fn connect_now(&mut self, body: Value) {
        self.connect(body);
    }

    fn connect(&mut self, body: Value) -> HttpAnswer {
        let name = body["repository_name"].as_str().unwrap().to_owned();
        if self.repositories.contains_key(&name) {
            return answer(409, json!({ "message": "a repository of this name exists" }));
        }
        let url = body["repository_url"].as_str().unwrap().to_owned();
        if self.repositories.values().any(|other| other.url == url) {
            return answer(409, json!({ "message": "this repository exists" }));
        }
        let visible_at = self.now + self.lag_ms;
        self.repositories.insert(name, Repository { url, body, visible_at, lists: self.sync_lists });
        answer(202, json!(""))
    }

    fn list(&mut self) -> HttpAnswer {
        let mut list = Vec::new();
        for (name, repository) in &mut self.repositories {
            if repository.visible_at > self.now {
                continue;
            }
            repository.lists = repository.lists.saturating_sub(1);
            let error = self.sync_errors.get(name);
            let (status, errors) = match (repository.lists, error) {
                (1.., _) => ("Syncing", json!([])),
                (0, None) => ("Connected", json!([])),
                (0, Some(error)) => ("Failed", json!([{ "message": error }])),
            };
            list.push(json!({ "name": name, "repository_url": repository.url, "status": status, "errors": errors }));
        }
        answer(200, Value::Array(list))
    }
}

/// What a run leaves behind.
pub struct Run {
    /// When the job went on after a crash.
    pub resumed: Vec<i64>,
    pub report: Report,
    pub events: Vec<Progress>,
    /// How many events there were before each crash.
    pub events_before: Vec<usize>,
    /// How many of the resumptions follow a crash; the others follow an end.
    pub crashes: usize,
    /// Whether the user went on after a refusal, with what was missing.
    pub corrected: bool,
    pub sent: Vec<Sent>,
    pub world: World,
}

impl Run {
    /// Method and path of every request, without the servers' addresses.
    pub fn lines(&self) -> Vec<String> {
        self.sent.iter().map(|sent| sent.line.replace(PORTAL, "torque:").replace(BASE, "gitlab:")).collect()
    }

    pub fn posts(&self, name: &str) -> usize {
        let is_post = |sent: &&Sent| {
            sent.failure != Failure::NotConnected
                && sent.body.as_ref().is_some_and(|body| body["repository_name"] == name)
        };
        self.sent.iter().filter(is_post).count()
    }

    pub fn codes(&self, index: usize) -> Vec<&'static str> {
        self.report.repositories[index].issues.iter().map(|issue| issue.code.as_str()).collect()
    }
}

/// How the network behaves, and what the user does.
pub trait Network {
    /// What happens to this request, and after how many milliseconds its answer or its loss is known.
    fn failure(&mut self, request: &HttpRequest) -> (Failure, i64);

    /// Whether the user ends the job before this step of the driver.
    fn aborts(&mut self) -> bool {
        false
    }

    /// Whether the driver dies before this step, and for how many milliseconds it is away.
    fn crashes(&mut self) -> Option<i64> {
        None
    }

    /// Whether a checkpoint is stored by now; other things may happen before it is.
    fn stores(&mut self) -> bool {
        true
    }

    /// Whether the driver dies when a checkpoint is stored and its `POST` has not gone out.
    fn dies_before_post(&mut self) -> bool {
        false
    }

    /// After how many milliseconds the user goes on with a job that was ended, if at all.
    fn goes_on(&mut self) -> Option<i64> {
        None
    }

    /// After how many milliseconds the user goes on with a job that Torque refused, with a token that may do it, if at all.
    fn corrects(&mut self) -> Option<i64> {
        None
    }

    /// Whether the driver passes on the next answer more than once, and others that nobody asked for.
    fn repeats(&mut self) -> bool {
        false
    }

    /// What the user answers when only a look at Torque tells whether the provider is there.
    fn answers(&mut self, is_there: bool) -> Option<bool> {
        Some(is_there)
    }
}

impl<F: FnMut(&HttpRequest) -> Failure> Network for F {
    fn failure(&mut self, request: &HttpRequest) -> (Failure, i64) {
        (self(request), 20)
    }
}

pub fn healthy(_: &HttpRequest) -> Failure {
    Failure::None
}

thread_local! {
    /// What happened in this thread's run, for whoever has to understand it.
    static TRACE: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

fn note(now: i64, what: String) {
    TRACE.with_borrow_mut(|trace| trace.push(format!("{:>9} ms  {what}", now - START)));
}

/// What was noted since the last call.
pub fn take_trace() -> String {
    TRACE.take().join("\n")
}

/// A request whose answer, or loss, is not known yet.
struct Pending {
    known_at: i64,
    id: u32,
    answer: Option<HttpAnswer>,
    retry_after: Option<&'static str>,
    /// Index of the request.
    sent: usize,
}

/// What else could have become of a request.
pub fn contradictions(id: u32, now: i64) -> Vec<Event> {
    let answers = [200, 202, 401, 409, 422, 429, 500].map(|status| Event::Answer {
        id,
        answer: answer(status, json!([])),
        retry_after: Some("100".to_owned()),
        now,
    });
    let failures = [FailureReason::Network, FailureReason::Timeout, FailureReason::Connect];
    answers.into_iter().chain(failures.map(|reason| Event::Failure { id, reason, now })).collect()
}

/// Passes all of that on.
pub fn contradict(machine: &mut Onboarding, id: u32, now: i64) {
    for event in contradictions(id, now) {
        machine.handle(event);
    }
}

/// Plays the plan through. Panics if it does not end.
pub fn play(plan: &Plan, mut world: World, mut network: impl Network) -> Run {
    let mut machine = Onboarding::new(plan, world.now).with_concurrency(3).with_checkpoints();
    let (mut sent, mut resumed): (Vec<Sent>, Vec<i64>) = (Vec::new(), Vec::new());
    let mut pending: Vec<Pending> = Vec::new();
    let (mut events, mut events_before) = (Vec::new(), Vec::new());
    // What the user has on disk, as text.
    let mut stored: Option<String> = None;
    // A checkpoint that is about to be stored.
    let mut storing: Option<String> = None;
    let mut pause: Option<i64> = None;
    let (mut crashes, mut corrected) = (0, false);
    // Requests that still travel, and when they arrive.
    let mut late: Vec<(i64, HttpRequest)> = Vec::new();
    take_trace();
    for _ in 0..20_000 {
        let now = world.now;
        for (_, request) in late.extract_if(.., |(at, _)| *at <= now) {
            note(world.now, format!("ARRIVES {} {}", request.method, request.url));
            world.serve(&request);
        }
        let crash = network.crashes();
        crashes += usize::from(pause.is_none() && crash.is_some());
        if let Some(away) = pause.take().or(crash) {
            world.now += away;
            pending.drain(..).for_each(|lost| sent[lost.sent].lose(world.now));
            // It dies before the checkpoint is written, or just after.
            if away % 2 == 1 {
                stored = storing.take().or(stored);
            }
            storing = None;
            resumed.push(world.now);
            events_before.push(events.len());
            note(world.now, format!("CRASH, resumed from {}", stored.as_deref().unwrap_or("nothing")));
            machine = match &stored {
                None => Onboarding::new(plan, world.now),
                Some(stored) => {
                    let mut checkpoint: Checkpoint = serde_json::from_str(stored).unwrap();
                    checkpoint.provider_created = network.answers(!world.providers.is_empty());
                    Onboarding::resume(plan, &checkpoint, world.now).unwrap()
                }
            };
            machine = machine.with_concurrency(3).with_checkpoints();
        }
        if network.aborts() {
            note(world.now, "ABORT".to_owned());
            // The driver ends what is under way.
            pending.drain(..).for_each(|lost| sent[lost.sent].lose(world.now));
            machine.handle(Event::Abort { now: world.now });
        }
        if storing.is_some() && network.stores() {
            stored = storing.take();
            note(world.now, "STORED".to_owned());
            machine.handle(Event::CheckpointStored { now: world.now });
        }
        let effect = machine.next();
        events.extend(machine.take_events());
        match effect {
            Effect::Checkpoint { checkpoint } => {
                let text = serde_json::to_string(&checkpoint).unwrap();
                assert!(!text.contains(TORQUE_TOKEN) && !text.contains(GITLAB_TOKEN), "{text}");
                note(world.now, format!("CHECKPOINT {text}"));
                storing = Some(text);
                if network.dies_before_post() {
                    crashes += 1;
                    pause = Some(1);
                }
            }
            Effect::Send { id, request, .. } => {
                assert!(request.method == "GET" || storing.is_none(), "sent before its checkpoint is stored");
                let (failure, latency) = network.failure(&request);
                let answer = match failure.clone() {
                    Failure::None => Some(world.serve(&request)),
                    Failure::LostBefore | Failure::NotConnected => None,
                    Failure::LostAfter => {
                        world.serve(&request);
                        None
                    }
                    Failure::Answer(status, body) => Some(answer(status, body)),
                    Failure::AnswerAfter(status, body) => {
                        world.serve(&request);
                        Some(answer(status, body))
                    }
                    Failure::Twice => {
                        world.serve(&request);
                        Some(world.serve(&request))
                    }
                    Failure::Late(after) => {
                        late.push((world.now + after, request.clone()));
                        None
                    }
                    Failure::Busy(status, _) => Some(answer(status, json!("Retry later"))),
                };
                let retry_after = if let Failure::Busy(_, text) = failure { Some(text) } else { None };
                let body: Option<Value> = request.body.as_ref().map(|body| serde_json::from_str(body).unwrap());
                let name = body.as_ref().and_then(|body| body["repository_name"].as_str()).unwrap_or_default();
                note(world.now, format!("{id} {} {} {name} {failure:?}", request.method, request.url));
                let listed = answer.as_ref().filter(|answer| request.method == "GET" && answer.status == 200);
                let listed = listed
                    .and_then(|answer| answer.body.as_array())
                    .map(|list| list.iter().filter_map(|entry| Some(entry["name"].as_str()?.to_owned())).collect());
                let known_at = world.now + latency;
                pending.push(Pending { known_at, id, answer: answer.clone(), retry_after, sent: sent.len() });
                sent.push(Sent {
                    at: world.now,
                    known_at,
                    line: format!("{} {}", request.method, request.url),
                    authorization: request.header("Authorization").map(str::to_owned),
                    body,
                    failure,
                    status: answer.map(|answer| answer.status),
                    listed,
                    life: resumed.len(),
                });
                assert!(pending.len() <= 3, "no more requests at once than allowed");
            }
            Effect::Wait { until } => {
                let next = (0..pending.len()).min_by_key(|index| pending[*index].known_at);
                match next.filter(|next| until.is_none_or(|until| pending[*next].known_at <= until)) {
                    Some(next) => {
                        let Pending { known_at, id, answer, retry_after, sent: index } = pending.swap_remove(next);
                        world.now = world.now.max(known_at);
                        let now = world.now;
                        note(now, format!("{id} {:?}", answer.as_ref().map(|answer| answer.status)));
                        let event = match answer {
                            Some(answer) => {
                                Event::Answer { id, answer, retry_after: retry_after.map(str::to_owned), now }
                            }
                            None => Event::Failure { id, reason: sent[index].reason(), now },
                        };
                        if network.repeats() {
                            machine.handle(event.clone());
                            for id in [id, 0, id.wrapping_add(1_000)] {
                                contradict(&mut machine, id, now);
                            }
                        }
                        machine.handle(event);
                    }
                    // Sooner or later the checkpoint will be stored.
                    None if storing.is_some() => {}
                    None => {
                        world.now = until.expect("waiting for nothing would be for ever");
                        machine.handle(Event::Time { now: world.now });
                    }
                }
            }
            Effect::Done { report } => {
                if report.outcome == Outcome::Aborted {
                    pause = network.goes_on();
                } else if matches!(world.closes, Some((0, _))) {
                    pause = network.corrects();
                    if pause.is_some() {
                        (world.closes, corrected) = (None, true);
                    }
                }
                if let Some(away) = pause {
                    // Nobody waited for the last checkpoint, and it is lost: as after a crash.
                    crashes += usize::from(storing.is_some() && away % 2 == 0);
                    continue;
                }
                return Run {
                    report: (*report).clone(),
                    events,
                    events_before,
                    crashes,
                    corrected,
                    sent,
                    world,
                    resumed,
                };
            }
        }
    }
    panic!("the job does not end");
}

#[expect(clippy::unnecessary_wraps, reason = "as the fields of a plan want it")]
pub fn secret(text: &str) -> Option<Secret> {
    Some(Secret::new(text.to_owned()))
}

/// Method 1, with a new provider.
pub fn provider_plan(repositories: &[&str]) -> Plan {
    let method = Method::Provider { name: "gitlab-1".into(), base_url: BASE.into(), token: secret(GITLAB_TOKEN) };
    plan(method, repositories)
}

pub fn plan(method: Method, repositories: &[&str]) -> Plan {
    let mut plan = Plan::new(PORTAL, "demo", method);
    plan.torque_token = secret(TORQUE_TOKEN);
    plan.repositories = repositories.iter().map(|path| PlanRepository::new(&format!("{BASE}{path}"))).collect();
    plan
}

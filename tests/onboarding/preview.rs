//! What a preview says is what a job then sends.

use proptest::prelude::*;
use serde_json::{Value, json};
use torque_gitlab_connect::http::HttpRequest;
use torque_gitlab_connect::onboarding::{
    Effect, Event, Method, OnUnknown, Onboarding, Outcome, Plan, PlanRepository, PlannedRequest, preview_plan,
};

use crate::model::*;

/// Without GitLab's mark, as an administrator may want it.
const UNMARKED: &str = "corp_Ij5_Kl6_Mn7_Op8";
const TOKENS: [&str; 3] = ["glpat-Qr9_St0_Uv1_Wx2_Yz3", "glpat-Ab4_Cd5_Ef6_Gh7_Ij8", UNMARKED];

/// What the job sends, one after the other, when nothing goes wrong.
fn sent(plan: &Plan) -> Vec<HttpRequest> {
    let mut world = World::new();
    for token in TOKENS {
        world.tokens.insert(token.to_owned(), token_answer(&["read_api", "read_repository"], None));
    }
    let mut machine = Onboarding::new(plan, START).with_concurrency(1);
    let mut sent = Vec::new();
    loop {
        let now = world.now;
        match machine.next() {
            Effect::Send { id, request, .. } => {
                let answer = world.serve(&request);
                machine.handle(Event::Answer { id, answer, retry_after: None, now });
                sent.push(request);
            }
            Effect::Wait { until } => {
                world.now = until.expect("every request was answered");
                machine.handle(Event::Time { now: world.now });
            }
            Effect::Checkpoint { .. } => unreachable!("they were not asked for"),
            Effect::Done { report } => {
                assert_eq!(report.outcome, Outcome::Connected, "{report:?}");
                return sent;
            }
        }
    }
}

/// A request of a job as a preview says it, and whether it is one that only an answer leads to.
fn as_planned(request: &HttpRequest, plan: &Plan) -> (Value, bool) {
    let masked = |text: &str| {
        let text = text.replace(TORQUE_TOKEN, "…").replace(UNMARKED, "…");
        TOKENS.iter().fold(text, |text, token| text.replace(token, "glpat-…"))
    };
    let headers: Value = request
        .headers
        .iter()
        .map(|(name, value)| ((*name).to_owned(), masked(value).into()))
        .collect::<serde_json::Map<_, _>>()
        .into();
    let mut body: Value =
        request.body.as_ref().map_or(Value::Null, |body| serde_json::from_str(&masked(body)).unwrap());
    let is_without_branch = |repository: &&PlanRepository| {
        Some(repository.url.as_str()) == body["repository_url"].as_str() && repository.branch.is_none()
    };
    if plan.repositories.iter().any(|repository| is_without_branch(&repository)) {
        // GitLab's answer had the default branch.
        body.as_object_mut().unwrap().remove("branch");
    }
    let is_further = request.url.contains("/repository/branches/");
    (json!({ "method": request.method, "url": request.url, "headers": headers, "body": body }), is_further)
}

fn as_json(planned: &PlannedRequest) -> Value {
    let body: Value = planned.body.as_ref().map_or(Value::Null, |body| serde_json::from_str(body).unwrap());
    json!({ "method": planned.method, "url": planned.url, "headers": json!(planned)["headers"], "body": body })
}

fn preview(plan: &Plan) -> Vec<PlannedRequest> {
    preview_plan(plan).expect("the plan is valid").value
}

/// The steps, with the index of the repository.
fn steps(plan: &Plan) -> Vec<String> {
    let shown = |request: PlannedRequest| {
        let step = serde_json::to_value(request.step).unwrap().as_str().unwrap().to_owned();
        request.repository.map_or(step.clone(), |index| format!("{step} {index}"))
    };
    preview(plan).into_iter().map(shown).collect()
}

fn no_token(plan: &Plan) -> Result<(), TestCaseError> {
    let planned = preview(plan);
    let shown = format!("{planned:?} {}", serde_json::to_string(&planned).unwrap()).to_ascii_lowercase();
    for token in TOKENS.iter().chain([&TORQUE_TOKEN]) {
        for piece in token.to_ascii_lowercase().as_bytes().windows(8) {
            prop_assert!(!shown.contains(std::str::from_utf8(piece).unwrap()), "{}", shown);
        }
    }
    Ok(())
}

fn repository(index: usize) -> impl Strategy<Value = PlanRepository> {
    let name = prop::option::of(prop::sample::select(vec!["x", "My \"App\"", "ünï ${y}"]));
    let branch = prop::option::of(prop::sample::select(vec!["main", "release/1"]));
    let agents = prop::sample::subsequence(vec!["eks", "aks 2"], 0..=2);
    let token = prop::option::of(prop::sample::select(TOKENS.to_vec()));
    (name, branch, agents, token, any::<bool>(), any::<bool>()).prop_map(
        move |(name, branch, agents, token, stored, auto_register)| PlanRepository {
            name: name.map(|name| format!("{name} {index}")),
            branch: branch.map(str::to_owned),
            token: token.and_then(secret),
            credential_name: stored.then(|| format!("stored {index}")),
            agents: agents.into_iter().map(str::to_owned).collect(),
            auto_register,
            ..PlanRepository::new(&format!("{BASE}group/project-{index}"))
        },
    )
}

fn any_plan() -> impl Strategy<Value = Plan> {
    let repositories = (repository(0), repository(1), repository(2), repository(3));
    (0..4_usize, repositories, 0..=4_usize, any::<bool>(), any::<bool>()).prop_map(
        |(kind, (a, b, c, d), count, inspect, own_tokens)| {
            let token = secret(TOKENS[kind % TOKENS.len()]);
            let method = match kind {
                0 => Method::ExistingProvider { base_url: BASE.into() },
                1 => Method::TokenPerRepository { base_url: Some(BASE.into()) },
                2 => Method::TokenPerRepository { base_url: None },
                _ => Method::Provider { name: "gitlab-1".into(), base_url: BASE.into(), token },
            };
            let least = usize::from(kind < 3);
            let mut plan = plan(method, &[]);
            plan.repositories = vec![a, b, c, d];
            plan.repositories.truncate(count.max(least));
            for repository in &mut plan.repositories {
                let needs_token = matches!(kind, 1 | 2) && repository.credential_name.is_none();
                if needs_token && repository.token.is_none() {
                    repository.token = secret(TOKENS[1]);
                } else if !needs_token && !own_tokens {
                    repository.token = None;
                }
            }
            plan.policy.inspect = inspect;
            plan.policy.on_unknown = OnUnknown::Continue;
            plan
        },
    )
}

proptest! {
    #[test]
    fn a_job_sends_what_its_preview_says(plan in any_plan()) {
        no_token(&plan)?;
        let planned: Vec<Value> = preview(&plan).iter().map(as_json).collect();
        let mut sent: Vec<Value> = sent(&plan)
            .iter()
            .map(|request| as_planned(request, &plan))
            .filter(|(_, is_further)| !is_further)
            .map(|(request, _)| request)
            .collect();
        // The space's list may be asked for again.
        while sent.len() > 1 && sent[sent.len() - 1] == sent[sent.len() - 2] {
            sent.pop();
        }
        prop_assert_eq!(sent, planned);
    }
}

#[test]
fn a_new_provider_is_asked_about_made_and_used() {
    assert_eq!(
        steps(&provider_plan(&["group/one", "group/two"])),
        ["token", "project 0", "project 1", "provider", "repository 0", "repository 1", "list"]
    );
    assert_eq!(steps(&provider_plan(&[])), ["token", "provider"]);
}

#[test]
fn gitlab_is_asked_only_where_the_job_asks_it() {
    let existing = plan(Method::ExistingProvider { base_url: BASE.into() }, &["group/one"]);
    assert_eq!(steps(&existing), ["repository 0", "list"]);

    let mut uninspected = provider_plan(&["group/one"]);
    uninspected.policy.inspect = false;
    assert_eq!(steps(&uninspected), ["provider", "repository 0", "list"]);

    let method = Method::Provider {
        name: "gitlab-1".into(),
        base_url: "http://gitlab.example.com/".into(),
        token: secret(GITLAB_TOKEN),
    };
    let mut readable = plan(method, &[]);
    assert_eq!(steps(&readable), ["provider"]);
    readable.policy.allow_http = true;
    assert_eq!(steps(&readable), ["token", "provider"]);

    let mut without_base = plan(Method::TokenPerRepository { base_url: None }, &["group/one"]);
    without_base.repositories[0].token = secret(GITLAB_TOKEN);
    assert_eq!(steps(&without_base), ["repository 0", "list"]);
}

#[test]
fn a_token_that_serves_several_repositories_is_asked_about_once() {
    let paths = ["group/one", "group/two", "group/three", "group/four"];
    let mut plan = plan(Method::TokenPerRepository { base_url: Some(BASE.into()) }, &paths);
    // Two of them have the same mask.
    for (repository, token) in plan.repositories.iter_mut().zip([TOKENS[0], TOKENS[1], TOKENS[0], UNMARKED]) {
        repository.token = secret(token);
    }
    assert_eq!(
        steps(&plan)[..7],
        ["token", "token", "token", "project 0", "project 2", "project 1", "project 3"].map(str::to_owned)
    );
    let tokens: Vec<Value> = preview(&plan)
        .iter()
        .map(as_json)
        .filter(|request| request["method"] == "POST")
        .map(|request| request["body"]["token"].clone())
        .collect();
    assert_eq!(tokens, ["glpat-…", "glpat-…", "glpat-…", "…"]);
}

#[test]
fn tokens_may_be_missing() {
    let mut provider = provider_plan(&["group/one"]);
    let complete = steps(&provider);
    let Method::Provider { token, .. } = &mut provider.method else { unreachable!() };
    *token = None;
    provider.torque_token = None;
    assert_eq!(steps(&provider), complete);
    let planned = preview(&provider);
    assert_eq!(as_json(&planned[2])["body"]["details"]["token"], "…");
    // A portal's own proxy adds it.
    assert!(!planned[2].headers.iter().any(|(name, _)| *name == "Authorization"));

    let per_repository = plan(Method::TokenPerRepository { base_url: Some(BASE.into()) }, &["group/one", "group/two"]);
    assert_eq!(as_json(&preview(&per_repository)[3])["body"]["token"], "…");
    assert_eq!(steps(&per_repository), ["token", "project 0", "project 1", "repository 0", "repository 1", "list"]);
}

#[test]
fn a_plan_that_is_wrong_has_no_preview() {
    let mut plan = provider_plan(&["group/one"]);
    plan.space = "..".into();
    plan.repositories.push(PlanRepository::new("https://elsewhere.example.com/group/project"));
    let issues = preview_plan(&plan).unwrap_err();
    let codes: Vec<_> = issues.iter().map(|issue| issue.code.as_str()).collect();
    assert_eq!(codes, ["name.dot_segment", "repository_url.outside_base_url"]);
}

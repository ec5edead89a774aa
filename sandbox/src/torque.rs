//! Torque: the five endpoints that the project uses. They check strictly what they are sent.
//!
//! Torque's API documentation is not public. What is known comes from Torque's page "Self-Managed GitLab" and from its public
//! Terraform provider. The rest (status words, error bodies, CORS) is an assumption; `sandbox/README.md` lists them. The error
//! bodies differ on purpose: a client must find the text in each form.

mod account;
mod address;
mod payload;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::extract::{FromRequestParts, Path, Query, Request, State};
use axum::http::request::Parts;
use axum::http::{StatusCode, Uri, header};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{delete, get, post, put};
use axum::{Extension, Json, Router};
use serde_json::{Value, json};

use crate::facts::{Facts, NamedFact, TorqueTokens};
use crate::failures::{ActiveRules, Endpoint, Failures, Injected, Injector, inject};
use crate::http::{Refuse, Result, bearer, error, is_preflight, message, read_strictly};
use crate::seed::Seed;
use crate::state;

use self::account::{Access, Account, Progress, Provider, Repository};
use self::address::strict_url;
use self::payload::{AGENTS, Payload, complaint, problem, unprocessable};

const SPACES: [&str; 2] = ["demo", "Team Space"];
/// A credential that is stored from the start. It has the GitLab token `provider_good`.
const STORED_CREDENTIAL: &str = "gitlab-shared";

/// Torque's server. Neither it nor its state is `Debug`, because users enter tokens of their own.
pub(crate) struct Torque {
    seed: Seed,
    facts: Arc<Facts>,
    state: Arc<state::State>,
    sync_polls: u32,
    injector: Arc<Injector>,
    account: Mutex<Account>,
}

/// What a Torque API token may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Admin,
    Member,
    Outsider,
}

/// The facts of a sandbox with this seed.
pub(crate) fn facts(seed: Seed, state: &state::State, page: &str, torque: &str) -> Facts {
    let token = |role: &str| seed.token_text(&format!("torque {role}"), 43);
    Facts {
        page: page.to_owned(),
        torque: torque.to_owned(),
        gitlab: state.gitlab_facts(),
        torque_tokens: TorqueTokens { admin: token("admin"), member: token("member"), outsider: token("outsider") },
        space: SPACES[0].to_owned(),
        spaces: SPACES.map(str::to_owned).to_vec(),
        agents: AGENTS.map(str::to_owned).to_vec(),
        credentials: vec![NamedFact {
            name: STORED_CREDENTIAL.to_owned(),
            what: "holds the GitLab token provider_good; use it by name, without a token".to_owned(),
        }],
        tokens: state.token_facts(),
        repositories: state.repository_facts(),
        failures: None,
    }
}

/// Torque's origin. Failures are injected into its five endpoints.
pub(crate) fn router(torque: Torque) -> Router {
    let injector = Arc::clone(&torque.injector);
    let failing = |endpoint| from_fn_with_state((Arc::clone(&injector), endpoint), inject);
    let mut router = Router::new()
        .route("/api/settings/repository_providers", post(create_provider).route_layer(failing(Endpoint::Provider)))
        .route(
            "/api/spaces/{space}/repositories",
            get(list)
                .route_layer(failing(Endpoint::List))
                .merge(delete(disconnect).route_layer(failing(Endpoint::Disconnect))),
        )
        .route("/api/spaces/{space}/repositories/", put(|| async { no_repository() }))
        .route(
            "/api/spaces/{space}/repositories/gitlabEnterprise",
            post(connect)
                .route_layer(failing(Endpoint::Connect))
                // Changes a repository of this name.
                .merge(put(change).route_layer(failing(Endpoint::Change))),
        )
        .route("/api/spaces/{space}/repositories/{name}", put(change).route_layer(failing(Endpoint::Change)));
    if torque.facts.failures.is_some() {
        router = router.route("/sandbox/failures", get(failures).post(set_failures));
    }
    router
        .method_not_allowed_fallback(|| async {
            message(StatusCode::METHOD_NOT_ALLOWED, "This address does not take that method.")
        })
        .fallback(elsewhere)
        .layer(from_fn_with_state(refuse as Refuse, read_strictly))
        .layer(from_fn(open))
        .with_state(Arc::new(torque))
}

/// CORS for every origin, so that the page can call it. Whether the real Torque allows that is not known.
async fn open(request: Request, next: Next) -> impl IntoResponse {
    let origin = request.headers().contains_key(header::ORIGIN);
    let answer = if is_preflight(&request) {
        let allowed = [
            (header::ACCESS_CONTROL_ALLOW_METHODS, "GET, POST, PUT, DELETE"),
            // Named one by one: `*` does not stand for Authorization.
            (header::ACCESS_CONTROL_ALLOW_HEADERS, "Authorization, Content-Type, Accept"),
            (header::ACCESS_CONTROL_MAX_AGE, "600"),
        ];
        (StatusCode::NO_CONTENT, allowed).into_response()
    } else {
        next.run(request).await
    };
    let allowed = origin.then_some([(header::ACCESS_CONTROL_ALLOW_ORIGIN, "*")]);
    (allowed, [(header::VARY, "Origin"), (header::CACHE_CONTROL, "no-store")], answer)
}

fn refuse(status: StatusCode, why: &str) -> Response {
    problem(status, status.canonical_reason().unwrap_or("Bad Request"), why)
}

async fn elsewhere(uri: Uri) -> Response {
    if uri.path() == "/api" || uri.path().starts_with("/api/") {
        return problem(StatusCode::NOT_FOUND, "Not Found", "there is no such address in this API");
    }
    // For a user who follows a link to the portal.
    problem(
        StatusCode::NOT_FOUND,
        "No page here",
        "The sandbox's Torque has only an API. A real portal would show its page here. The next step there is \
         Discover Assets on the space's Repositories page.",
    )
}

impl FromRequestParts<Arc<Torque>> for Role {
    type Rejection = Response;

    async fn from_request_parts(head: &mut Parts, torque: &Arc<Torque>) -> Result<Self> {
        let tokens = &torque.facts.torque_tokens;
        let refused = |text| Err(message(StatusCode::UNAUTHORIZED, text));
        match bearer(&head.headers) {
            Some(token) if token == tokens.admin => Ok(Self::Admin),
            Some(token) if token == tokens.member => Ok(Self::Member),
            Some(token) if token == tokens.outsider => Ok(Self::Outsider),
            Some(_) => refused("The access token is not valid."),
            None => refused("An access token is required: Authorization: Bearer <token>."),
        }
    }
}

impl Role {
    fn must_be_admin(self, text: &str) -> Result<()> {
        if self == Self::Admin { Ok(()) } else { Err(error(StatusCode::FORBIDDEN, text)) }
    }
}

/// The space in the path. It exists, and the caller may use it.
struct Space(&'static str);

impl FromRequestParts<Arc<Torque>> for Space {
    type Rejection = Response;

    async fn from_request_parts(head: &mut Parts, torque: &Arc<Torque>) -> Result<Self> {
        let role = Role::from_request_parts(head, torque).await?;
        let path = Path::<BTreeMap<String, String>>::from_request_parts(head, torque).await;
        let Path(path) = path.map_err(IntoResponse::into_response)?;
        let known = SPACES
            .into_iter()
            .find(|name| path.get("space").is_some_and(|space| space == name))
            .ok_or_else(|| problem(StatusCode::NOT_FOUND, "Space not found", "there is no space of this name"))?;
        if role == Role::Outsider {
            return Err(error(StatusCode::FORBIDDEN, "You have no permission in this space."));
        }
        Ok(Self(known))
    }
}

impl Torque {
    pub(crate) fn new(
        seed: Seed,
        facts: Arc<Facts>,
        state: Arc<state::State>,
        sync_polls: u32,
        failures: Failures,
    ) -> Self {
        let stored = facts.token("provider_good").unwrap_or_default().to_owned();
        let account =
            Account { credentials: BTreeMap::from([(STORED_CREDENTIAL.to_owned(), stored)]), ..Account::default() };
        let injector = Arc::new(Injector::new(seed, failures, facts.torque.clone()));
        Self { seed, facts, state, sync_polls, injector, account: Mutex::new(account) }
    }

    fn account(&self) -> MutexGuard<'_, Account> {
        self.account.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn syncing(&self, injected: &Injected) -> Progress {
        Progress::Syncing { left: self.sync_polls.saturating_add(injected.slow_sync), fails: injected.failing_sync }
    }
}

// ---- injected failures ----

/// Answers with the current rules and their counts.
async fn failures(State(torque): State<Arc<Torque>>, role: Role) -> Result<Json<Value>> {
    role.must_be_admin("Only an administrator may change failures.")?;
    Ok(Json(torque.injector.active_rules().to_json()))
}

async fn set_failures(State(torque): State<Arc<Torque>>, role: Role, payload: Result<Payload>) -> Result<Json<Value>> {
    role.must_be_admin("Only an administrator may change failures.")?;
    let mut payload = payload?;
    let failures = match payload.take("failures") {
        Some(Value::String(text)) => text.parse::<Failures>(),
        _ => Err("must be a text, as for --failures".to_owned()),
    };
    let failures = failures.map_err(|why| unprocessable(vec![complaint("failures", &why)]))?;
    payload.accept()?;
    let mut active_rules = torque.injector.active_rules();
    *active_rules = ActiveRules::new(failures);
    Ok(Json(active_rules.to_json()))
}

// ---- providers ----

async fn create_provider(State(torque): State<Arc<Torque>>, role: Role, payload: Result<Payload>) -> Result {
    role.must_be_admin("Only an administrator may create a repository provider.")?;
    let mut payload = payload?;
    let name = payload.name("name");
    let kind = payload.text("type");
    if kind.as_deref().is_some_and(|kind| kind != "gitLabEnterprise") {
        payload.complain("type", "is not a repository type of this Torque: gitLabEnterprise");
    }
    let mut details = payload.object("details");
    let token = details.text("token");
    let base_url = details.text("base_url").and_then(|text| {
        let url = strict_url(&text).filter(|url| url.path().ends_with('/'));
        if url.is_none() {
            details.complain("base_url", "must be scheme://host:port/ with a / at the end and nothing after it");
        }
        url
    });
    match payload.take("repos") {
        Some(Value::Array(list)) if list.is_empty() => (),
        _ => payload.complain("repos", "must be there, and an empty list"),
    }
    payload.absorb(details);
    payload.accept()?;
    let (Some(name), Some(token), Some(base_url)) = (name, token, base_url) else {
        return Err(unprocessable(vec![complaint("", "is not complete")]));
    };

    let mut account = torque.account();
    if account.providers.iter().any(|provider| provider.name == name) {
        return Err(message(StatusCode::CONFLICT, "A repository provider of this name exists already."));
    }
    let id = torque.seed.guid(&format!("provider {name}"));
    account.providers.push(Provider { id: id.clone(), name: name.clone(), base_url, token });
    // Both are known to occur, so a client must accept both. The name decides, so a test can select one.
    let as_object = torque.seed.number(&name) % 2 == 1;
    let status = if torque.seed.number(&name) & 2 == 0 { StatusCode::OK } else { StatusCode::ACCEPTED };
    Ok((status, Json(if as_object { json!({ "id": id, "name": name }) } else { json!(id) })).into_response())
}

// ---- repositories ----

async fn connect(
    State(torque): State<Arc<Torque>>,
    Space(space): Space,
    Extension(injected): Extension<Injected>,
    mut payload: Payload,
) -> Result<StatusCode> {
    let name = payload.name("repository_name");
    let url = payload.text("repository_url").and_then(|text| {
        let url = strict_url(&text).filter(|url| !url.path().ends_with('/'));
        if url.is_none() {
            payload.complain("repository_url", "must be the plain address of a repository");
        }
        url
    });
    let token = payload.optional_text("token");
    let branch = payload.optional_text("branch");
    let credential = payload.optional_text("credential_name");
    let provider_id = payload.optional_text("provider_id");
    let (agents, use_all_agents) = payload.agents();
    payload.optional_flag("eac_auto_registration");
    payload.accept()?;
    let (Some(name), Some(url)) = (name, url) else {
        return Err(unprocessable(vec![complaint("", "is not complete")]));
    };

    let mut account = torque.account();
    let access = match (token.as_ref(), credential) {
        (Some(_), None) => {
            return Err(unprocessable(vec![complaint(
                "credential_name",
                "is required, because the token is stored under it",
            )]));
        }
        (None, Some(credential)) if !account.credentials.contains_key(&credential) => {
            return Err(unprocessable(vec![complaint("credential_name", "is not the name of a stored credential")]));
        }
        (_, Some(credential)) => Access::Credential(credential),
        (None, None) => Access::Provider(account.provider_of(&url, provider_id.as_deref())?),
    };
    let repositories = account.repositories.entry(space).or_default();
    if repositories.iter().any(|repository| repository.name == name) {
        return Err(message(StatusCode::CONFLICT, "A repository of this name exists already in the space."));
    }
    let progress = torque.syncing(&injected);
    if let (Access::Credential(credential), Some(token)) = (&access, token) {
        account.credentials.insert(credential.clone(), token);
    }
    let repository = Repository { name, url, branch, access, agents, use_all_agents, progress, hidden: injected.lag };
    account.repositories.entry(space).or_default().push(repository);
    Ok(StatusCode::ACCEPTED)
}

/// `Syncing` lasts for a number of lists, not seconds, so that tests neither wait nor race.
async fn list(State(torque): State<Arc<Torque>>, Space(space): Space) -> Json<Value> {
    let mut account = torque.account();
    let mut repositories = account.repositories.remove(space).unwrap_or_default();
    for repository in &mut repositories {
        let Progress::Syncing { left, fails } = repository.progress else { continue };
        if repository.hidden > 0 {
            continue;
        }
        repository.progress = if left > 1 {
            Progress::Syncing { left: left - 1, fails }
        } else if fails {
            Progress::Failed("The agent lost its connection to GitLab while it read the repository.".to_owned())
        } else {
            match torque.state.try_clone(
                account.token_of(&repository.access),
                repository.url.as_str(),
                repository.branch.as_deref(),
            ) {
                Ok(()) => Progress::Connected,
                Err(why) => Progress::Failed(why),
            }
        };
    }
    let shown = repositories.iter().filter(|repository| repository.hidden == 0);
    let listed = shown.map(|repository| repository.to_json(space)).collect();
    for repository in &mut repositories {
        repository.hidden = repository.hidden.saturating_sub(1);
    }
    account.repositories.insert(space, repositories);
    Json(Value::Array(listed))
}

async fn change(
    State(torque): State<Arc<Torque>>,
    Space(space): Space,
    Path(path): Path<BTreeMap<String, String>>,
    Extension(injected): Extension<Injected>,
    mut payload: Payload,
) -> Result<StatusCode> {
    let name = path.get("name").map_or("gitlabEnterprise", String::as_str);
    let credential = payload.optional_text("credential_name");
    let (agents, use_all_agents) = payload.agents();
    payload.accept()?;

    let mut account = torque.account();
    let known = credential.as_ref().is_none_or(|credential| account.credentials.contains_key(credential));
    let repository = account
        .repositories
        .entry(space)
        .or_default()
        .iter_mut()
        .find(|repository| repository.name == name)
        .ok_or_else(no_repository)?;
    if !known {
        return Err(unprocessable(vec![complaint("credential_name", "is not the name of a stored credential")]));
    }
    if let Some(credential) = credential {
        repository.access = Access::Credential(credential);
    }
    repository.agents = agents;
    repository.use_all_agents = use_all_agents;
    repository.progress = torque.syncing(&injected);
    Ok(StatusCode::ACCEPTED)
}

async fn disconnect(
    State(torque): State<Arc<Torque>>,
    Space(space): Space,
    Query(query): Query<Vec<(String, String)>>,
) -> Result<StatusCode> {
    let name = query.iter().rev().find(|(key, _)| key == "repository_name").map(|(_, name)| name);
    let Some(name) = name.filter(|name| !name.is_empty()) else {
        return Err(problem(StatusCode::BAD_REQUEST, "Bad Request", "the query lacks repository_name"));
    };
    let mut account = torque.account();
    let repositories = account.repositories.entry(space).or_default();
    let before = repositories.len();
    repositories.retain(|repository| repository.name != *name);
    if repositories.len() == before {
        return Err(no_repository());
    }
    Ok(StatusCode::OK)
}

fn no_repository() -> Response {
    problem(StatusCode::NOT_FOUND, "Repository not found", "the space has no repository of this name")
}

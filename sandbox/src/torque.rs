//! The Torque: the five endpoints that the project speaks, strict about what they are sent.
//!
//! Torque's own API document is not public. What is known comes from Torque's page "Self-Managed GitLab" and from its public
//! Terraform provider;
//! all the rest here (status words, error bodies, CORS) is an assumption, listed in `sandbox/README.md`. The error
//! bodies differ on purpose: a client must find the text in each shape.

mod account;
mod address;
mod payload;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use axum::http::{Method, StatusCode};
use axum::response::Response;
use serde_json::{Value, json};

use crate::facts::{Facts, NamedFact, TorqueTokens};
use crate::faults::{Faults, Faulty, InForce, Struck, is_switch};
use crate::http::{Call, Refused, empty, error, json_answer, message, set_header};
use crate::origin::{Head, Origin};
use crate::seed::Seed;
use crate::state::State;

use self::account::{Access, Account, Progress, Provider, Repository};
use self::address::strict_url;
use self::payload::{AGENTS, Payload, complaint, problem, unprocessable};

const SPACES: [&str; 2] = ["demo", "Team Space"];
/// A credential that was stored before: it holds the GitLab token `provider_good`.
const STORED_CREDENTIAL: &str = "gitlab-shared";

/// The Torque's server. Not `Debug`, nor is what it holds: users paste tokens of their own.
pub(crate) struct Torque {
    seed: Seed,
    facts: Facts,
    state: Arc<State>,
    sync_polls: u32,
    faults: Mutex<InForce>,
    account: Mutex<Account>,
}

/// What a Torque token may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Admin,
    Member,
    Outsider,
}

/// What one can try in a sandbox of this seed.
pub(crate) fn facts(seed: Seed, state: &State, page: &str, torque: &str) -> Facts {
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
        faults: None,
    }
}

impl Torque {
    pub(crate) fn new(seed: Seed, facts: Facts, state: Arc<State>, sync_polls: u32, faults: Faults) -> Self {
        let stored = facts.token("provider_good").unwrap_or_default().to_owned();
        let account =
            Account { credentials: BTreeMap::from([(STORED_CREDENTIAL.to_owned(), stored)]), ..Account::default() };
        let faults = Mutex::new(InForce::new(faults));
        Self { seed, facts, state, sync_polls, faults, account: Mutex::new(account) }
    }

    fn api(&self, call: &Call, struck: &Struck) -> Result<Response, Refused> {
        match call.path().as_slice() {
            ["api", "settings", "repository_providers"] => {
                allow(call, &[Method::POST])?;
                self.create_provider(call)
            }
            ["api", "spaces", space, "repositories"] => {
                allow(call, &[Method::GET, Method::DELETE])?;
                let space = self.enter(call, space)?;
                if call.method == Method::GET { Ok(self.list(space)) } else { self.disconnect(call, space) }
            }
            ["api", "spaces", space, "repositories", "gitlabEnterprise"] if call.method != Method::PUT => {
                allow(call, &[Method::POST])?;
                let space = self.enter(call, space)?;
                self.connect(call, space, struck)
            }
            ["api", "spaces", space, "repositories", name] => {
                allow(call, &[Method::PUT])?;
                let space = self.enter(call, space)?;
                self.change(call, space, name, struck)
            }
            ["api", ..] => Err(problem(StatusCode::NOT_FOUND, "Not Found", "there is no such address in this API")),
            // Where a user lands who follows a link to the portal.
            _ => Err(problem(
                StatusCode::NOT_FOUND,
                "No page here",
                "The sandbox's Torque has an API only. A real portal would show its page here: on the space's \
                 Repositories page, Discover Assets is the next step.",
            )),
        }
    }

    // ---- who calls ----

    fn role(&self, call: &Call) -> Result<Role, Refused> {
        let tokens = &self.facts.torque_tokens;
        match call.bearer() {
            Some(token) if token == tokens.admin => Ok(Role::Admin),
            Some(token) if token == tokens.member => Ok(Role::Member),
            Some(token) if token == tokens.outsider => Ok(Role::Outsider),
            Some(_) => Err(Box::new(message(StatusCode::UNAUTHORIZED, "The access token is not valid."))),
            None => Err(Box::new(message(
                StatusCode::UNAUTHORIZED,
                "An access token is required: Authorization: Bearer <token>.",
            ))),
        }
    }

    /// The space, if it exists and the caller may use it.
    fn enter(&self, call: &Call, space: &str) -> Result<&'static str, Refused> {
        let role = self.role(call)?;
        let known = SPACES
            .into_iter()
            .find(|name| *name == space)
            .ok_or_else(|| problem(StatusCode::NOT_FOUND, "Space not found", "there is no space of this name"))?;
        if role == Role::Outsider {
            return Err(Box::new(error(StatusCode::FORBIDDEN, "You have no permission in this space.")));
        }
        Ok(known)
    }

    fn account(&self) -> std::sync::MutexGuard<'_, Account> {
        self.account.lock().unwrap_or_else(PoisonError::into_inner)
    }

    // ---- faults ----

    fn faults(&self) -> std::sync::MutexGuard<'_, InForce> {
        self.faults.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Tells the rules in force and what came of them, after a POST of other rules: theirs.
    fn switch_faults(&self, call: &Call) -> Result<Response, Refused> {
        if self.role(call)? != Role::Admin {
            return Err(Box::new(error(StatusCode::FORBIDDEN, "Only an administrator may switch faults.")));
        }
        if call.method == Method::POST {
            let mut payload = Payload::read(call)?;
            let faults = match payload.take("faults") {
                Some(Value::String(text)) => text.parse::<Faults>(),
                _ => Err("must be a text, as for --faults".to_owned()),
            };
            let faults = faults.map_err(|why| unprocessable(vec![complaint("faults", &why)]))?;
            payload.accept()?;
            *self.faults() = InForce::new(faults);
        }
        Ok(json_answer(StatusCode::OK, &self.faults().to_json()))
    }

    // ---- providers ----

    fn create_provider(&self, call: &Call) -> Result<Response, Refused> {
        if self.role(call)? != Role::Admin {
            return Err(Box::new(error(
                StatusCode::FORBIDDEN,
                "Only an administrator may create a repository provider.",
            )));
        }
        let mut payload = Payload::read(call)?;
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

        let mut account = self.account();
        if account.providers.iter().any(|provider| provider.name == name) {
            return Err(Box::new(message(StatusCode::CONFLICT, "A repository provider of this name exists already.")));
        }
        let id = self.seed.guid(&format!("provider {name}"));
        account.providers.push(Provider { id: id.clone(), name: name.clone(), base_url, token });
        // Both are known to occur, so a client must take either. The name decides, so that a test can choose.
        let as_object = self.seed.number(&name) % 2 == 1;
        let status = if self.seed.number(&name) & 2 == 0 { StatusCode::OK } else { StatusCode::ACCEPTED };
        Ok(json_answer(status, &if as_object { json!({ "id": id, "name": name }) } else { json!(id) }))
    }

    // ---- repositories ----

    fn connect(&self, call: &Call, space: &'static str, struck: &Struck) -> Result<Response, Refused> {
        let mut payload = Payload::read(call)?;
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

        let mut account = self.account();
        let access = match (token.as_ref(), credential) {
            (Some(_), None) => {
                return Err(unprocessable(vec![complaint("credential_name", "is needed to store the token under")]));
            }
            (None, Some(credential)) if !account.credentials.contains_key(&credential) => {
                return Err(unprocessable(vec![complaint("credential_name", "names no stored credential")]));
            }
            (_, Some(credential)) => Access::Credential(credential),
            (None, None) => Access::Provider(account.provider_of(&url, provider_id.as_deref())?),
        };
        let repositories = account.repositories.entry(space).or_default();
        if repositories.iter().any(|repository| repository.name == name) {
            return Err(Box::new(message(
                StatusCode::CONFLICT,
                "A repository of this name exists already in the space.",
            )));
        }
        let progress = self.syncing(struck);
        if let (Access::Credential(credential), Some(token)) = (&access, token) {
            account.credentials.insert(credential.clone(), token);
        }
        let repository = Repository { name, url, branch, access, agents, use_all_agents, progress, hidden: struck.lag };
        account.repositories.entry(space).or_default().push(repository);
        Ok(empty(StatusCode::ACCEPTED))
    }

    /// Time passes in lists, not in seconds: so a test neither waits nor races.
    fn list(&self, space: &'static str) -> Response {
        let mut account = self.account();
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
                match self.state.try_clone(
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
        json_answer(StatusCode::OK, &Value::Array(listed))
    }

    fn syncing(&self, struck: &Struck) -> Progress {
        Progress::Syncing { left: self.sync_polls.saturating_add(struck.slow_sync), fails: struck.failing_sync }
    }

    fn change(&self, call: &Call, space: &'static str, name: &str, struck: &Struck) -> Result<Response, Refused> {
        let mut payload = Payload::read(call)?;
        let credential = payload.optional_text("credential_name");
        let (agents, use_all_agents) = payload.agents();
        payload.accept()?;

        let mut account = self.account();
        let known = credential.as_ref().is_none_or(|credential| account.credentials.contains_key(credential));
        let repository = account
            .repositories
            .entry(space)
            .or_default()
            .iter_mut()
            .find(|repository| repository.name == name)
            .ok_or_else(no_repository)?;
        if !known {
            return Err(unprocessable(vec![complaint("credential_name", "names no stored credential")]));
        }
        if let Some(credential) = credential {
            repository.access = Access::Credential(credential);
        }
        repository.agents = agents;
        repository.use_all_agents = use_all_agents;
        repository.progress = self.syncing(struck);
        Ok(empty(StatusCode::ACCEPTED))
    }

    fn disconnect(&self, call: &Call, space: &'static str) -> Result<Response, Refused> {
        let Some(name) = call.query("repository_name").filter(|name| !name.is_empty()) else {
            return Err(problem(StatusCode::BAD_REQUEST, "Bad Request", "the query lacks repository_name"));
        };
        let mut account = self.account();
        let repositories = account.repositories.entry(space).or_default();
        let before = repositories.len();
        repositories.retain(|repository| repository.name != name);
        if repositories.len() == before {
            return Err(no_repository());
        }
        Ok(empty(StatusCode::OK))
    }
}

impl Origin for Torque {
    const NAME: &'static str = "torque";

    async fn answer(&self, call: &Call) -> Response {
        if call.is_preflight() {
            let mut answer = empty(StatusCode::NO_CONTENT);
            set_header(&mut answer, "access-control-allow-methods", "GET, POST, PUT, DELETE");
            // Named one by one: `*` does not stand for Authorization.
            set_header(&mut answer, "access-control-allow-headers", "Authorization, Content-Type, Accept");
            set_header(&mut answer, "access-control-max-age", "600");
            return answer;
        }
        if self.facts.faults.is_some() && is_switch(call) {
            return self.switch_faults(call).unwrap_or_else(|refused| *refused);
        }
        let struck = self.faults().strike(self.seed, call);
        let mut answer = empty(StatusCode::OK);
        let deliveries = match struck.answer {
            Some(fault) if !fault.effect => 0,
            _ => 1 + usize::from(struck.duplicate),
        };
        for _ in 0..deliveries {
            answer = self.api(call, &struck).unwrap_or_else(|refused| *refused);
        }
        // After the effect: a client that hangs up meanwhile has caused it all the same.
        if !struck.delay.is_zero() {
            tokio::time::sleep(struck.delay).await;
        }
        if let Some(fault) = struck.answer {
            answer = fault.instead_of(answer, &self.facts.torque).await;
        }
        if !struck.names.is_empty() {
            answer.extensions_mut().insert(Faulty(struck.names.join(" ")));
        }
        answer
    }

    fn refuse(&self, status: StatusCode, why: &str) -> Response {
        *problem(status, status.canonical_reason().unwrap_or("Bad Request"), why)
    }

    /// Open to every origin, so that the page can speak to it. Whether the real portal is, nobody knows.
    fn finish(&self, head: &Head, answer: &mut Response) {
        if head.origin.is_some() {
            set_header(answer, "access-control-allow-origin", "*");
        }
        set_header(answer, "vary", "Origin");
        set_header(answer, "cache-control", "no-store");
    }

    fn redact(&self, path: &str) -> String {
        self.facts.redact(path)
    }
}

fn allow(call: &Call, methods: &[Method]) -> Result<(), Refused> {
    if methods.contains(&call.method) {
        return Ok(());
    }
    let mut answer = message(StatusCode::METHOD_NOT_ALLOWED, "This address does not take that method.");
    let methods: Vec<&str> = methods.iter().map(Method::as_str).collect();
    set_header(&mut answer, "allow", &methods.join(", "));
    Err(Box::new(answer))
}

fn no_repository() -> Refused {
    problem(StatusCode::NOT_FOUND, "Repository not found", "the space has no repository of this name")
}

use sandbox::Options;
use serde_json::{Value, json};

use crate::client::{Answer, Sandbox};

const PROVIDERS: &str = "api/settings/repository_providers";
const REPOSITORIES: &str = "api/spaces/demo/repositories";
const GITLAB_ENTERPRISE: &str = "api/spaces/demo/repositories/gitlabEnterprise";

impl Sandbox {
    fn admin(&self) -> &str {
        &self.facts.torque_tokens.admin
    }

    fn member(&self) -> &str {
        &self.facts.torque_tokens.member
    }

    fn provider(&self, name: &str, token: &str) -> Value {
        json!({
            "name": name,
            "type": "gitLabEnterprise",
            "details": { "token": token, "base_url": self.facts.gitlab.base_url },
            "repos": [],
        })
    }

    fn create_provider(&self, token: &str) {
        let answer = self.request(self.admin(), "POST", PROVIDERS, &self.provider("gitlab-1", self.token(token)));
        assert!(matches!(answer.status, 200 | 202), "{answer:?}");
    }

    fn repository(&self, name: &str, path: &str) -> Value {
        json!({ "repository_name": name, "repository_url": format!("{}{path}", self.facts.gitlab.base_url) })
    }

    fn connect(&self, payload: &Value) -> Answer {
        self.request(self.member(), "POST", GITLAB_ENTERPRISE, payload)
    }

    fn list(&self) -> Value {
        let bearer = format!("Bearer {}", self.member());
        let answer = self.send("GET", &self.torque(REPOSITORIES), &[("authorization", &bearer)], None);
        assert_eq!(answer.status, 200);
        answer.json()
    }

    /// Connects, lists as often as it takes, and tells status and errors.
    pub(crate) fn outcome(&self, payload: &Value) -> (String, String) {
        let answer = self.connect(payload);
        assert_eq!((answer.status, answer.text.as_str()), (202, ""), "{payload}");
        let find = || {
            let list = self.list();
            let found = list.as_array().unwrap().iter().find(|entry| entry["name"] == payload["repository_name"]);
            found.cloned().unwrap_or_else(|| panic!("{payload} is not listed"))
        };
        assert_eq!(find()["status"], "Syncing");
        let entry = find();
        let error = entry["errors"][0]["message"].as_str().unwrap_or_default();
        (entry["status"].as_str().unwrap().to_owned(), error.to_owned())
    }
}

fn with(payload: &Value, field: &str, value: Value) -> Value {
    let mut payload = payload.clone();
    payload[field] = value;
    payload
}

/// All messages of a 422.
fn complaints(answer: &Answer) -> String {
    assert_eq!(answer.status, 422, "{answer:?}");
    let body = answer.json();
    let errors = body["errors"].as_array().unwrap().iter().map(|error| error["message"].as_str().unwrap());
    errors.collect::<Vec<_>>().join(" ")
}

#[test]
fn a_provider_and_three_repositories_get_connected() {
    let sandbox = Sandbox::start();
    sandbox.create_provider("provider_good");
    for (name, path) in [
        ("load-balancer", "platform/network/edge/load-balancer"),
        ("charts", "platform/Helm.Charts_2"),
        ("a name / with ? # %", "payments/legacy-billing"),
    ] {
        let outcome = sandbox.outcome(&sandbox.repository(name, path));
        assert_eq!(outcome, ("Connected".to_owned(), String::new()), "{path}");
    }
    let list = sandbox.list();
    assert_eq!(list.as_array().unwrap().len(), 3);
    let expected = json!({
        "name": "charts",
        "repository_url": format!("{}platform/Helm.Charts_2", sandbox.facts.gitlab.base_url),
        "token": null,
        "branch": null,
        "credential_name": null,
        "use_all_agents": true,
        "agents": [],
        "status": "Connected",
        "space_name": "demo",
        "errors": [],
    });
    assert_eq!(list[1], expected);
}

#[test]
fn separate_tokens_connect_without_a_provider() {
    let sandbox = Sandbox::start();
    for (path, token, branch) in [
        ("payments/ledger", "repository_good", json!("feature/rates#2")),
        ("platform/terraform-modules", "repository_modules", json!(null)),
        ("research/secret-lab", "repository_lab", json!("main")),
    ] {
        let name = path.rsplit('/').next().unwrap();
        let mut payload = sandbox.repository(name, path);
        payload["token"] = json!(sandbox.token(token));
        payload["credential_name"] = json!(format!("{name}-credential"));
        payload["branch"] = branch;
        payload["use_all_agents"] = json!(false);
        payload["agents"] = json!(["agent-1"]);
        payload["eac_auto_registration"] = json!(true);
        assert_eq!(sandbox.outcome(&payload).0, "Connected", "{path}");
    }
    let list = sandbox.list();
    assert_eq!(list[0]["credential_name"], "ledger-credential");
    assert_eq!(list[0]["agents"][0]["name"], "agent-1");
    assert!(list[0]["agents"][0]["status"].is_string());
    assert!(list[0]["token"].is_null());
    assert!(!list.to_string().contains("glpat-"));
}

#[test]
fn a_repository_that_the_credential_cannot_read_ends_in_an_error() {
    let sandbox = Sandbox::start();
    sandbox.create_provider("provider_good");
    for (path, word) in [
        ("payments/empty-start", "empty"),
        ("payments/issues-only", "code"),
        ("research/board-papers", "code"),
        ("research/secret-lab", "not found"),
        ("platform/no-such-project", "not found"),
    ] {
        let (status, error) = sandbox.outcome(&sandbox.repository(path, path));
        assert_eq!(status, "Failed", "{path}");
        assert!(error.contains(word), "{path}: {error}");
    }
    let branch = with(&sandbox.repository("branch", "payments/ledger"), "branch", json!("nothing"));
    assert!(sandbox.outcome(&branch).1.contains("branch"));

    for (token, word) in [
        ("expired", "denied"),
        ("revoked", "denied"),
        ("blocked_user", "denied"),
        ("impersonation_disabled", "denied"),
        ("deploy_token", "denied"),
        ("oauth_token", "denied"),
        ("fine_grained_refused", "denied"),
        ("read_user_only", "scopes"),
        ("read_api_only", "scopes"),
        ("repository_lab", "not found"),
    ] {
        let mut payload = sandbox.repository(token, "payments/ledger");
        payload["token"] = json!(sandbox.token(token));
        payload["credential_name"] = json!(token);
        let (status, error) = sandbox.outcome(&payload);
        assert_eq!(status, "Failed", "{token}");
        assert!(error.contains(word), "{token}: {error}");
    }
    for token in ["api", "api_sudo_admin", "write_repository_only", "fine_grained", "provider_expiring"] {
        let mut payload = sandbox.repository(token, "payments/ledger");
        payload["token"] = json!(sandbox.token(token));
        payload["credential_name"] = json!(token);
        assert_eq!(sandbox.outcome(&payload).0, "Connected", "{token}");
    }
    let mut elsewhere = sandbox.repository("elsewhere", "");
    elsewhere["repository_url"] = json!("https://gitlab.example.com/group/project");
    elsewhere["credential_name"] = json!("gitlab-shared");
    assert!(sandbox.outcome(&elsewhere).1.contains("No agent reaches"));
}

#[test]
fn the_number_of_lists_until_the_outcome_can_be_set() {
    let sandbox = Sandbox::start_with(Options { port: 0, sync_polls: 4, ..Options::default() });
    let payload = with(&sandbox.repository("r", "payments/ledger"), "credential_name", json!("gitlab-shared"));
    assert_eq!(sandbox.connect(&payload).status, 202);
    let statuses: Vec<Value> = (0..4).map(|_| sandbox.list()[0]["status"].clone()).collect();
    assert_eq!(statuses, ["Syncing", "Syncing", "Syncing", "Connected"]);
}

#[test]
fn a_repository_outside_every_providers_base_url_is_refused() {
    let sandbox = Sandbox::start();
    let inside = sandbox.repository("r", "payments/ledger");
    assert!(complaints(&sandbox.connect(&inside)).contains("base URL"), "no provider yet");
    sandbox.create_provider("provider_good");
    let base = &sandbox.facts.gitlab.base_url;
    for url in [
        base.replacen("/gitlab/", "/gitlab-old/payments/ledger", 1),
        base.replacen("/gitlab/", "/payments/ledger", 1),
        base.replacen("/gitlab/", "/GitLab/payments/ledger", 1),
        base.replacen("http://", "https://", 1) + "payments/ledger",
        base.replacen("127.0.0.1", "127.0.0.2", 1) + "payments/ledger",
        "http://127.0.0.1:1/gitlab/payments/ledger".to_owned(),
        format!("{base}ledger"),
    ] {
        let payload = with(&inside, "repository_url", json!(url));
        assert!(complaints(&sandbox.connect(&payload)).contains("outside the base URL"), "{url}");
    }
    for url in [
        format!("{base}payments/../../x/ledger"),
        format!("{base}payments//ledger"),
        format!("{base}payments/ledger/"),
        format!("{base}payments/ledger?x"),
        format!("{base}payments/ledger#x"),
        format!("{base}payments%2Fledger"),
        base.replacen("http://", "http://user:pass@", 1) + "payments/ledger",
        base.replacen("http://", "HTTP://", 1) + "payments/ledger",
        "git@127.0.0.1:payments/ledger.git".to_owned(),
        "payments/ledger".to_owned(),
    ] {
        let payload = with(&inside, "repository_url", json!(url));
        assert!(complaints(&sandbox.connect(&payload)).contains("plain address"), "{url}");
    }
    assert_eq!(sandbox.list(), json!([]));
    assert_eq!(sandbox.connect(&inside).status, 202);
}

#[test]
fn a_wrong_payload_is_reported_field_by_field() {
    let sandbox = Sandbox::start();
    let good = sandbox.provider("p", "glpat-x");
    let details = |field: &str, value: Value| with(&good, "details", with(&good["details"], field, value));
    for (payload, word) in [
        (with(&good, "name", json!("")), "name must"),
        (with(&good, "name", json!(null)), "name is required"),
        (with(&good, "name", json!("..")), "name must"),
        (with(&good, "type", json!("gitlabEnterprise")), "type is not"),
        (with(&good, "type", json!(1)), "type must"),
        (with(&good, "details", json!([])), "details must"),
        (details("token", json!(null)), "details.token is required"),
        (details("token", json!(["x"])), "details.token must"),
        (details("base_url", json!("gitlab.example.com")), "details.base_url must"),
        (details("base_url", json!("https://gitlab.example.com/root")), "details.base_url must"),
        (details("base_url", json!("https://u:p@gitlab.example.com/")), "details.base_url must"),
        (details("base_url", json!("ftp://gitlab.example.com/")), "details.base_url must"),
        (details("url", json!("x")), "details.url is not a field"),
        (with(&good, "repos", json!(["x"])), "repos must"),
        (with(&good, "repos", json!(null)), "repos must"),
        (with(&good, "baseUrl", json!("x")), "baseUrl is not a field"),
    ] {
        let answer = sandbox.request(sandbox.admin(), "POST", PROVIDERS, &payload);
        assert!(complaints(&answer).contains(word), "{payload}: {}", answer.text);
    }

    let good = with(&sandbox.repository("r", "payments/ledger"), "credential_name", json!("gitlab-shared"));
    for (field, value, word) in [
        ("repository_name", json!(" "), "repository_name must"),
        ("repository_name", json!(".."), "repository_name must"),
        ("repository_name", json!("a\nb"), "repository_name must"),
        ("repository_name", json!("a".repeat(256)), "repository_name must"),
        ("repository_url", json!(null), "repository_url is required"),
        ("token", json!(""), "token must"),
        ("branch", json!(1), "branch must"),
        ("credential_name", json!("unknown"), "is not the name of a stored credential"),
        ("use_all_agents", json!("yes"), "use_all_agents must"),
        ("use_all_agents", json!(false), "use_all_agents must"),
        ("agents", json!(["agent-1"]), "use_all_agents must"),
        ("agents", json!(["agent-9"]), "agents must"),
        ("agents", json!([1]), "agents must"),
        ("agents", json!("agent-1"), "agents must"),
        ("eac_auto_registration", json!(0), "eac_auto_registration must"),
        ("base_url", json!("x"), "base_url is not a field"),
    ] {
        let payload = with(&good, field, value);
        let answer = sandbox.connect(&payload);
        assert!(complaints(&answer).contains(word), "{payload}: {}", answer.text);
    }
    let nameless = with(&sandbox.repository("r", "payments/ledger"), "token", json!("glpat-x"));
    assert!(complaints(&sandbox.connect(&nameless)).contains("credential_name"));
    let provider = with(&sandbox.repository("r", "payments/ledger"), "provider_id", json!("unknown"));
    assert!(complaints(&sandbox.connect(&provider)).contains("provider_id"));
    assert_eq!(sandbox.list(), json!([]));
}

#[test]
fn a_name_that_is_there_already_is_a_conflict() {
    let sandbox = Sandbox::start();
    sandbox.create_provider("provider_good");
    let provider = sandbox.provider("gitlab-1", "glpat-other");
    let answer = sandbox.request(sandbox.admin(), "POST", PROVIDERS, &provider);
    assert_eq!((answer.status, answer.json()["message"].is_string()), (409, true));
    let repository = sandbox.repository("r", "payments/ledger");
    assert_eq!(sandbox.connect(&repository).status, 202);
    let answer = sandbox.connect(&sandbox.repository("r", "platform/terraform-modules"));
    assert_eq!((answer.status, answer.json()["message"].is_string()), (409, true));
    // Unique in the space only.
    let other = "api/spaces/Team%20Space/repositories/gitlabEnterprise";
    assert_eq!(sandbox.request(sandbox.member(), "POST", other, &repository).status, 202);
}

#[test]
fn a_refused_repository_stores_no_credential() {
    let sandbox = Sandbox::start();
    let mut payload = sandbox.repository("r", "payments/ledger");
    payload["token"] = json!(sandbox.token("repository_good"));
    payload["credential_name"] = json!("ledger");
    assert_eq!(sandbox.connect(&payload).status, 202);
    let again = with(&payload, "credential_name", json!("second"));
    assert_eq!(sandbox.connect(&again).status, 409);
    let by_name = with(&sandbox.repository("s", "payments/ledger"), "credential_name", json!("second"));
    assert!(complaints(&sandbox.connect(&by_name)).contains("not the name of a stored credential"));
}

#[test]
fn the_new_providers_id_comes_as_text_or_in_an_object() {
    let sandbox = Sandbox::start();
    let mut seen = std::collections::BTreeSet::new();
    for number in 0..32 {
        let provider = sandbox.provider(&format!("provider-{number}"), "glpat-x");
        let answer = sandbox.request(sandbox.admin(), "POST", PROVIDERS, &provider);
        let body = answer.json();
        let id = body.as_str().or_else(|| body["id"].as_str()).unwrap();
        assert_eq!(id.split('-').map(str::len).collect::<Vec<_>>(), [8, 4, 4, 4, 12], "{id}");
        seen.insert((answer.status, body.is_object()));
    }
    assert_eq!(seen.into_iter().collect::<Vec<_>>(), [(200, false), (200, true), (202, false), (202, true)]);
}

#[test]
fn a_repository_can_be_bound_to_a_provider_by_id() {
    let sandbox = Sandbox::start();
    let answer = sandbox.request(
        sandbox.admin(),
        "POST",
        PROVIDERS,
        &sandbox.provider("gitlab-1", sandbox.token("provider_good")),
    );
    let body = answer.json();
    let id = body.as_str().or_else(|| body["id"].as_str()).unwrap();
    let payload = with(&sandbox.repository("r", "payments/ledger"), "provider_id", json!(id));
    assert_eq!(sandbox.outcome(&payload).0, "Connected");
}

#[test]
fn rights_are_checked_before_anything_else() {
    let sandbox = Sandbox::start();
    let facts = &sandbox.facts;
    let provider = sandbox.provider("p", "glpat-x");
    let repository = sandbox.repository("r", "payments/ledger");
    for (path, body) in [(PROVIDERS, &provider), (GITLAB_ENTERPRISE, &repository)] {
        for token in ["wrong", sandbox.token("provider_good")] {
            let answer = sandbox.request(token, "POST", path, body);
            assert_eq!((answer.status, answer.json()["message"].is_string()), (401, true), "{path}");
        }
        let none = sandbox.send("POST", &sandbox.torque(path), &[("content-type", "application/json")], Some(b"{"));
        assert_eq!((none.status, none.json()["message"].is_string()), (401, true));
    }
    for token in [&facts.torque_tokens.member, &facts.torque_tokens.outsider] {
        let answer = sandbox.request(token, "POST", PROVIDERS, &provider);
        assert_eq!((answer.status, answer.json()["error"].is_string()), (403, true));
    }
    let answer = sandbox.request(&facts.torque_tokens.outsider, "POST", GITLAB_ENTERPRISE, &repository);
    assert_eq!((answer.status, answer.json()["error"].is_string()), (403, true));
    let unknown =
        sandbox.request(sandbox.admin(), "POST", "api/spaces/nowhere/repositories/gitlabEnterprise", &repository);
    assert_eq!(unknown.status, 404);
    assert!(unknown.json()["title"].is_string() && unknown.json()["detail"].is_string());
}

#[test]
fn unknown_addresses_and_methods_are_reported() {
    let sandbox = Sandbox::start();
    let bearer = format!("Bearer {}", sandbox.admin());
    for (method, path, status) in [
        ("GET", "", 404),
        ("GET", "api", 404),
        ("GET", "api/spaces/demo", 404),
        ("GET", "api/spaces/demo/repositories/", 405),
        ("GET", "api/spaces/demo/repositories/a/b", 404),
        ("GET", PROVIDERS, 405),
        ("DELETE", PROVIDERS, 405),
        ("GET", GITLAB_ENTERPRISE, 405),
        ("DELETE", "api/spaces/demo/repositories/r", 405),
    ] {
        let answer = sandbox.send(method, &sandbox.torque(path), &[("authorization", &bearer)], None);
        assert_eq!(answer.status, status, "{method} {path}");
        assert!(answer.json().is_object());
        assert_eq!(answer.header("allow").is_empty(), status == 404, "{method} {path}");
    }
}

#[test]
fn credential_and_agents_can_be_changed() {
    let sandbox = Sandbox::start();
    let name = "a / name";
    let mut payload = sandbox.repository(name, "payments/ledger");
    payload["token"] = json!(sandbox.token("expired"));
    payload["credential_name"] = json!("old");
    assert_eq!(sandbox.outcome(&payload).0, "Failed");
    let path = "api/spaces/demo/repositories/a%20%2F%20name";
    let change = json!({ "credential_name": "gitlab-shared", "agents": ["agent-2"], "use_all_agents": false });
    assert_eq!(sandbox.request(sandbox.member(), "PUT", path, &change).status, 202);
    assert_eq!(sandbox.list()[0]["status"], "Syncing");
    let entry = &sandbox.list()[0];
    assert_eq!((&entry["status"], &entry["errors"]), (&json!("Connected"), &json!([])));
    assert_eq!((&entry["credential_name"], &entry["agents"][0]["name"]), (&json!("gitlab-shared"), &json!("agent-2")));

    let unknown = with(&change, "credential_name", json!("unknown"));
    assert!(complaints(&sandbox.request(sandbox.member(), "PUT", path, &unknown)).contains("credential"));
    let extra = with(&change, "branch", json!("main"));
    assert!(complaints(&sandbox.request(sandbox.member(), "PUT", path, &extra)).contains("branch"));
    assert_eq!(sandbox.request(sandbox.member(), "PUT", "api/spaces/demo/repositories/other", &change).status, 404);
}

/// Requests to connect a repository go to an address of that name.
#[test]
fn a_repository_called_gitlab_enterprise_can_be_changed() {
    let sandbox = Sandbox::start();
    let path = "api/spaces/demo/repositories/gitlabEnterprise";
    let change = json!({ "agents": ["agent-2"], "use_all_agents": false });
    assert_eq!(sandbox.request(sandbox.member(), "PUT", path, &change).status, 404);
    let mut payload = sandbox.repository("gitlabEnterprise", "payments/ledger");
    payload["token"] = json!(sandbox.token("expired"));
    payload["credential_name"] = json!("old");
    assert_eq!(sandbox.outcome(&payload).0, "Failed");
    assert_eq!(sandbox.request(sandbox.member(), "PUT", path, &change).status, 202);
    assert_eq!(sandbox.list()[0]["agents"][0]["name"], "agent-2");
}

#[test]
fn a_repository_can_be_disconnected() {
    let sandbox = Sandbox::start();
    let payload = with(&sandbox.repository("a & b", "payments/ledger"), "credential_name", json!("gitlab-shared"));
    assert_eq!(sandbox.connect(&payload).status, 202);
    let bearer = format!("Bearer {}", sandbox.member());
    let delete = |query: &str| {
        let url = sandbox.torque(&format!("{REPOSITORIES}{query}"));
        sandbox.send("DELETE", &url, &[("authorization", &bearer)], None).status
    };
    assert_eq!(delete(""), 400);
    assert_eq!(delete("?repository_name=a"), 404);
    assert_eq!(delete("?repository_name=a+%26%20b"), 200);
    assert_eq!(delete("?repository_name=a+%26%20b"), 404);
    assert_eq!(sandbox.list(), json!([]));
    assert_eq!(sandbox.connect(&payload).status, 202);
}

#[test]
fn pages_of_other_origins_may_call_and_read_errors() {
    let sandbox = Sandbox::start();
    let origin = ("origin", "https://portal.example.com");
    let asked = [
        origin,
        ("access-control-request-method", "POST"),
        ("access-control-request-headers", "authorization,content-type"),
    ];
    let preflight = sandbox.send("OPTIONS", &sandbox.torque(PROVIDERS), &asked, None);
    assert!(matches!(preflight.status, 200 | 204));
    let allowed = preflight.header("access-control-allow-headers").to_ascii_lowercase();
    assert!(["authorization", "content-type", "accept"].iter().all(|name| allowed.contains(name)), "{allowed}");
    for method in ["GET", "POST", "PUT", "DELETE"] {
        assert!(preflight.header("access-control-allow-methods").contains(method));
    }
    let refused = sandbox.send("GET", &sandbox.torque(REPOSITORIES), &[origin], None);
    assert_eq!(refused.status, 401);
    for answer in [preflight, refused] {
        assert_eq!(answer.header("access-control-allow-origin"), "*");
        assert_eq!(answer.header("access-control-allow-credentials"), "");
    }
}

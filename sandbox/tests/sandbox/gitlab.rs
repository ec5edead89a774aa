use serde_json::{Value, json};

use crate::client::{Answer, Sandbox};

fn names(answer: &Answer) -> Vec<String> {
    let list = answer.json();
    let name = |project: &Value| project["path_with_namespace"].as_str().unwrap().to_owned();
    list.as_array().unwrap().iter().map(name).collect()
}

fn message(text: &str) -> Value {
    json!({ "message": text })
}

fn invalid_token(description: &str) -> Value {
    json!({ "error": "invalid_token", "error_description": description })
}

fn insufficient_scope(scope: &str) -> Value {
    json!({
        "error": "insufficient_scope",
        "error_description": "The request requires higher privileges than provided by the access token.",
        "scope": scope,
    })
}

#[test]
fn a_token_tells_its_scopes_and_expiry() {
    let sandbox = Sandbox::start();
    for (name, scopes, expires) in [
        ("provider_good", json!(["read_api", "read_repository"]), false),
        ("repository_good", json!(["read_repository"]), true),
        ("repository_modules", json!(["read_repository"]), true),
        ("repository_lab", json!(["read_repository"]), true),
        ("provider_expiring", json!(["read_api", "read_repository"]), true),
        ("api", json!(["api"]), false),
        ("api_sudo_admin", json!(["api", "sudo", "admin_mode"]), false),
        ("read_api_only", json!(["read_api"]), false),
        ("read_user_only", json!(["read_user"]), false),
        ("write_repository_only", json!(["write_repository"]), false),
        ("fine_grained", json!(["granular"]), true),
    ] {
        let answer = sandbox.ask(name, "personal_access_tokens/self");
        assert_eq!(answer.status, 200, "{name}: {}", answer.text);
        let token = answer.json();
        assert_eq!(token["name"], name);
        assert_eq!(token["scopes"], scopes, "{name}");
        assert_eq!((&token["active"], &token["revoked"]), (&json!(true), &json!(false)), "{name}");
        assert!(token["id"].is_u64() && token["user_id"].is_u64(), "{name}");
        assert!(token["created_at"].as_str().unwrap().ends_with('Z'));
        match token["expires_at"].as_str() {
            Some(date) => assert!(expires && date.len() == 10, "{name}: {date}"),
            None => assert!(!expires && token["expires_at"].is_null() && token.get("expires_at").is_some(), "{name}"),
        }
        assert!(token["last_used_at"].is_null(), "{name}: the first call says null");
        assert!(sandbox.ask(name, "personal_access_tokens/self").json()["last_used_at"].is_string());
    }
}

#[test]
fn a_token_that_does_not_work_says_why() {
    let sandbox = Sandbox::start();
    let unauthorized = message("401 Unauthorized");
    for (name, status, body) in [
        ("expired", 401, invalid_token("Token is expired. You can either do re-authorization or token refresh.")),
        ("revoked", 401, invalid_token("Token was revoked. You have to re-authorize from the user.")),
        (
            "impersonation_disabled",
            401,
            invalid_token("Token is an impersonation token but impersonation was disabled."),
        ),
        ("deploy_token", 401, unauthorized.clone()),
        ("job_token", 401, unauthorized.clone()),
        (
            "dpop_required",
            401,
            json!({ "error": "dpop_error", "error_description": "DPoP validation error: DPoP header is missing" }),
        ),
        ("blocked_user", 403, message("403 Forbidden - Your account has been blocked.")),
        (
            "oauth_token",
            400,
            message("400 Bad request - This endpoint requires token type to be a personal access token"),
        ),
    ] {
        let answer = sandbox.ask(name, "personal_access_tokens/self");
        assert_eq!((answer.status, answer.json()), (status, body), "{name}");
    }
    let refused = sandbox.ask("fine_grained_refused", "personal_access_tokens/self");
    assert_eq!((refused.status, &refused.json()["error"]), (403, &json!("insufficient_granular_scope")));
    assert!(refused.json()["error_description"].is_string());

    let itself = sandbox.api("personal_access_tokens/self");
    let unknown = "glpat-00000000000000000000";
    for headers in [
        &[][..],
        &[("authorization", "Bearer glpat-00000000000000000000")],
        &[("private-token", unknown)],
        &[("authorization", "Basic Z2xwYXQ6Zw==")],
        &[("authorization", "Bearer")],
        &[("private-token", "")],
    ] {
        let answer = sandbox.send("GET", &itself, headers, None);
        assert_eq!((answer.status, answer.json()), (401, unauthorized.clone()), "{headers:?}");
    }
}

#[test]
fn either_header_carries_a_token_and_the_private_one_wins() {
    let sandbox = Sandbox::start();
    let good = sandbox.token("provider_good");
    let bearer = format!("Bearer {good}");
    let itself = sandbox.api("personal_access_tokens/self");
    let status = |headers: &[(&str, &str)]| sandbox.send("GET", &itself, headers, None).status;
    assert_eq!(status(&[("private-token", good)]), 200);
    assert_eq!(status(&[("authorization", &bearer)]), 200);
    assert_eq!(status(&[("private-token", "glpat-unknown"), ("authorization", &bearer)]), 401);
    let oauth = sandbox.token("oauth_token");
    let project = sandbox.api("projects/4");
    assert_eq!(sandbox.send("GET", &project, &[("private-token", oauth)], None).status, 401);
    assert_eq!(sandbox.ask("oauth_token", "projects/4").status, 200);
}

#[test]
fn scopes_decide_what_a_token_may_ask() {
    let sandbox = Sandbox::start();
    let project = "projects/payments%2Fledger";
    let file = "projects/payments%2Fledger/repository/files/README.md?ref=HEAD";
    for (name, project_status, file_status, version_status) in [
        ("provider_good", 200, 200, 200),
        ("api", 200, 200, 200),
        ("read_api_only", 200, 200, 200),
        ("fine_grained", 200, 200, 200),
        ("repository_good", 403, 200, 403),
        ("read_user_only", 403, 403, 200),
        ("write_repository_only", 403, 403, 403),
        ("fine_grained_refused", 403, 403, 403),
        ("expired", 401, 401, 401),
        ("deploy_token", 401, 401, 401),
    ] {
        assert_eq!(sandbox.ask(name, project).status, project_status, "{name} {project}");
        assert_eq!(sandbox.ask(name, file).status, file_status, "{name} {file}");
        assert_eq!(sandbox.ask(name, "version").status, version_status, "{name} version");
    }
    let body = |name, rest: &str| sandbox.ask(name, rest).json();
    assert_eq!(body("repository_good", project), insufficient_scope("api read_api"));
    assert_eq!(body("repository_good", "projects"), insufficient_scope("api read_api"));
    assert_eq!(body("read_user_only", file), insufficient_scope("read_repository api read_api"));
    assert_eq!(body("repository_good", "user"), insufficient_scope("read_user api read_api"));
    assert_eq!(body("provider_good", "version")["version"], "18.11.2-ee");
    assert_eq!(body("provider_good", "user")["username"], "torque-svc");
    assert_eq!(sandbox.send("GET", &sandbox.api("version"), &[], None).status, 401);
}

#[test]
fn projects_are_found_by_number_and_by_path_in_any_case() {
    let sandbox = Sandbox::start();
    for (id, path, branch) in [
        ("platform%2Fnetwork%2Fedge%2Fload-balancer", "platform/network/edge/load-balancer", "main"),
        ("platform%2fterraform-modules", "platform/terraform-modules", "main"),
        ("Platform%2FHELM.charts_2", "platform/Helm.Charts_2", "develop"),
        ("4", "payments/ledger", "develop"),
        ("fleet%2Funit-250", "fleet/unit-250", "main"),
    ] {
        let answer = sandbox.ask("provider_good", &format!("projects/{id}"));
        assert_eq!(answer.status, 200, "{id}: {}", answer.text);
        let project = answer.json();
        assert_eq!(project["path_with_namespace"], path);
        assert_eq!(project["default_branch"], branch);
        assert_eq!(project["web_url"], format!("{}{path}", sandbox.facts.gitlab.base_url));
        assert_eq!(project["http_url_to_repo"], format!("{}{path}.git", sandbox.facts.gitlab.base_url));
        assert_eq!(project["visibility"], "private");
        assert_eq!(project["namespace"]["full_path"], path.rsplit_once('/').unwrap().0);
        assert!(project["permissions"]["group_access"]["access_level"].as_u64().unwrap() >= 20);
        assert_eq!(project["repository_access_level"], "enabled");
    }
    for id in ["research%2Fsecret-lab", "payments%2Fnothing", "8", "999", "ledger", "payments%2Fledger%2F"] {
        let answer = sandbox.ask("provider_good", &format!("projects/{id}"));
        assert_eq!((answer.status, answer.json()), (404, message("404 Project Not Found")), "{id}");
    }
    let split = sandbox.ask("provider_good", "projects/payments/ledger");
    assert_eq!((split.status, split.json()), (404, json!({ "error": "404 Not Found" })));
}

#[test]
fn a_project_tells_what_keeps_it_from_being_connected() {
    let sandbox = Sandbox::start();
    let project = |path: &str| sandbox.ask("provider_good", &format!("projects/{}", path.replace('/', "%2F"))).json();
    assert_eq!(project("payments/legacy-billing")["archived"], true);
    assert_eq!(project("payments/empty-start")["empty_repo"], true);
    let disabled = project("payments/issues-only");
    assert_eq!(disabled["repository_access_level"], "disabled");
    assert!(disabled.get("default_branch").is_none());
    for path in ["research/board-papers", "open/members-code"] {
        assert!(project(path).get("default_branch").is_none(), "{path}: code is not readable");
    }
    assert_eq!(project("research/board-papers")["permissions"]["project_access"]["access_level"], 10);
    assert_eq!(sandbox.ask("api_sudo_admin", "projects/research%2Fsecret-lab").status, 200);
}

#[test]
fn a_public_project_is_seen_without_a_token_but_not_with_a_wrong_one() {
    let sandbox = Sandbox::start();
    let url = sandbox.api("projects/open%2Fhandbook");
    let anonymous = sandbox.send("GET", &url, &[], None);
    assert_eq!((anonymous.status, &anonymous.json()["default_branch"]), (200, &json!("main")));
    assert!(anonymous.json().get("permissions").is_none());
    assert_eq!(sandbox.send("GET", &url, &[("private-token", "glpat-wrong")], None).status, 401);
    let private = sandbox.send("GET", &sandbox.api("projects/payments%2Fledger"), &[], None);
    assert_eq!((private.status, private.json()), (404, message("404 Project Not Found")));
}

#[test]
fn the_files_api_tells_project_ref_file_and_right_apart() {
    let sandbox = Sandbox::start();
    let ask = |token: &str, project: &str, rest: &str| {
        let answer = sandbox.ask(token, &format!("projects/{}/repository/files/{rest}", project.replace('/', "%2F")));
        (answer.status, answer.json()["message"].as_str().unwrap_or_default().to_owned())
    };
    let found = (200, String::new());
    let not = |status: u16, text: &str| (status, text.to_owned());
    let (good, ledger) = ("repository_good", "payments/ledger");
    for reference in ["HEAD", "develop", "refs%2Fheads%2Fmain", "feature%2Frates%232"] {
        assert_eq!(ask(good, ledger, &format!("terraform%2Fmain.tf?ref={reference}")), found, "{reference}");
    }
    assert_eq!(ask(good, ledger, "nothing%2Fhere.txt?ref=HEAD"), not(404, "404 File Not Found"));
    assert_eq!(ask(good, ledger, "README.md?ref=nothing"), not(404, "404 Commit Not Found"));
    assert_eq!(ask(good, "platform/terraform-modules", "README.md?ref=HEAD"), not(404, "404 Project Not Found"));
    let provider = "provider_good";
    assert_eq!(ask(provider, "payments/empty-start", "README.md?ref=HEAD"), not(404, "404 Commit Not Found"));
    for closed in ["payments/issues-only", "research/board-papers", "open/members-code"] {
        assert_eq!(ask(provider, closed, "README.md?ref=HEAD"), not(403, "403 Forbidden"), "{closed}");
    }
    let modules = "platform/terraform-modules";
    assert_eq!(ask("repository_modules", modules, "README.md?ref=release%2F2.x"), found);
    assert_eq!(ask("repository_lab", "research/secret-lab", "README.md?ref=HEAD"), found);

    let missing = sandbox.ask(provider, "projects/4/repository/files/README.md");
    assert_eq!((missing.status, missing.json()), (400, json!({ "error": "ref is missing" })));
}

#[test]
fn a_file_comes_with_its_content_and_raw() {
    let sandbox = Sandbox::start();
    let answer = sandbox.ask("repository_good", "projects/4/repository/files/README.md?ref=main");
    let file = answer.json();
    assert_eq!(
        (&file["file_name"], &file["encoding"], &file["ref"]),
        (&json!("README.md"), &json!("base64"), &json!("main"))
    );
    assert_eq!(file["content"], "IyBTZXJ2ZWQgYnkgdGhlIHNhbmRib3gK");
    assert_eq!(answer.header("x-gitlab-file-path"), "README.md");
    assert_eq!(answer.header("x-gitlab-content-sha256"), file["content_sha256"].as_str().unwrap());
    let raw = sandbox.ask("repository_good", "projects/4/repository/files/README.md/raw");
    assert_eq!((raw.status, raw.text.as_str()), (200, "# Served by the sandbox\n"));
}

#[test]
fn branches_are_listed_and_found_whatever_their_name() {
    let sandbox = Sandbox::start();
    let ask =
        |rest: &str| sandbox.ask("provider_good", &format!("projects/payments%2Fledger/repository/branches{rest}"));
    let list = ask("").json();
    let branches: Vec<&str> = list.as_array().unwrap().iter().map(|branch| branch["name"].as_str().unwrap()).collect();
    assert_eq!(branches, ["develop", "feature/rates#2", "main"]);
    let branch = ask("/feature%2Frates%232");
    assert_eq!((branch.status, &branch.json()["name"]), (200, &json!("feature/rates#2")));
    assert_eq!(branch.json()["commit"]["id"].as_str().unwrap().len(), 40);
    assert_eq!((&ask("/develop").json()["default"], &ask("/main").json()["default"]), (&json!(true), &json!(false)));
    let missing = ask("/nothing");
    assert_eq!((missing.status, missing.json()), (404, message("404 Branch Not Found")));

    let branch = |token, project: &str| sandbox.ask(token, &format!("projects/{project}/repository/branches/main"));
    assert_eq!(branch("repository_good", "payments%2Fledger").json(), insufficient_scope("api read_api"));
    let guest = branch("provider_good", "research%2Fboard-papers");
    assert_eq!((guest.status, guest.json()), (403, message("403 Forbidden")));
    let disabled = branch("provider_good", "payments%2Fissues-only");
    assert_eq!((disabled.status, disabled.json()), (404, message("404 Repository Not Found")));

    let bearer = format!("Bearer {}", sandbox.token("provider_good"));
    let head = |name: &str| {
        let url = sandbox.api(&format!("projects/4/repository/branches/{name}"));
        sandbox.send("HEAD", &url, &[("authorization", &bearer)], None).status
    };
    assert_eq!((head("main"), head("nothing")), (204, 404));
}

#[test]
fn keyset_paging_reaches_every_project_once() {
    let sandbox = Sandbox::start();
    let bearer = format!("Bearer {}", sandbox.token("provider_good"));
    let first = "projects?membership=true&simple=true&per_page=100&order_by=id&sort=asc&pagination=keyset";
    let mut next = Some(sandbox.api(first));
    let mut all = Vec::new();
    let mut sizes = Vec::new();
    while let Some(url) = next {
        let page = sandbox.send("GET", &url, &[("authorization", &bearer)], None);
        assert_eq!(page.status, 200);
        let found = names(&page);
        sizes.push(found.len());
        all.extend(found);
        assert!(page.header("x-total").is_empty());
        next = page.header("link").strip_suffix(">; rel=\"next\"").map(|link| link[1..].to_owned());
        assert!(next.as_ref().is_none_or(|url| url.starts_with(&sandbox.facts.gitlab.base_url)), "{next:?}");
    }
    // The absent Link after an empty page is the end.
    assert_eq!(sizes, [100, 100, 60, 0]);
    assert_eq!(all.iter().collect::<std::collections::BTreeSet<_>>().len(), 260);
    assert!(!all.contains(&"research/secret-lab".to_owned()));

    let wrong = sandbox.ask("provider_good", "projects?pagination=keyset&order_by=name");
    assert_eq!(wrong.status, 405);
}

#[test]
fn offset_paging_has_links_and_totals() {
    let sandbox = Sandbox::start();
    let ask =
        |query: &str| sandbox.ask("provider_good", &format!("projects?membership=true&order_by=id&sort=asc{query}"));
    let page = ask("&per_page=100&page=2");
    for (header, value) in [
        ("x-page", "2"),
        ("x-per-page", "100"),
        ("x-prev-page", "1"),
        ("x-next-page", "3"),
        ("x-total", "260"),
        ("x-total-pages", "3"),
    ] {
        assert_eq!(page.header(header), value, "{header}");
    }
    let link = page.header("link");
    for (number, relation) in [(1, "prev"), (3, "next"), (1, "first"), (3, "last")] {
        let query = format!("membership=true&order_by=id&page={number}&per_page=100&sort=asc");
        let entry = format!("<{}?{query}>; rel=\"{relation}\"", sandbox.api("projects"));
        assert!(link.contains(&entry), "{entry} is not in {link}");
    }
    let last = ask("&per_page=100&page=3");
    assert_eq!((names(&last).len(), last.header("x-next-page")), (60, ""));
    assert!(!last.header("link").contains("rel=\"next\""));
    assert_eq!(names(&ask("")).len(), 20);
    assert_eq!(names(&ask("&per_page=100000")).len(), 100);
    assert_eq!(names(&ask("&page=18446744073709551615")).len(), 0, "beyond any page");
}

#[test]
fn what_is_marked_for_deletion_has_the_date_and_is_renamed_by_newer_versions() {
    let sandbox = Sandbox::start();
    let ask = |path: &str| sandbox.ask("provider_good", &format!("projects/{path}")).json();
    for (path, date) in [
        ("payments%2Fsunset", json!("2026-11-20")),
        ("payments%2Fold-invoices-deletion_scheduled-263", json!("2026-11-21")),
        ("payments%2Fledger", Value::Null),
    ] {
        let project = ask(path);
        assert_eq!((&project["marked_for_deletion_on"], &project["marked_for_deletion_at"]), (&date, &date), "{path}");
    }
    assert_eq!(ask("263")["path_with_namespace"], "payments/old-invoices-deletion_scheduled-263");
    let simple = sandbox.ask("provider_good", "projects?simple=true&search=sunset").json();
    assert!(simple[0].get("marked_for_deletion_on").is_none(), "{simple}");
}

#[test]
fn lists_are_searched_sorted_and_shortened() {
    let sandbox = Sandbox::start();
    let ask = |query: &str| sandbox.ask("provider_good", &format!("projects?{query}"));
    assert_eq!(names(&ask("membership=true&search=LEDG")), ["payments/ledger"]);
    assert_eq!(names(&ask("membership=true&search=network")), Vec::<String>::new(), "a group's name");
    let above = names(&ask("membership=true&search_namespaces=true&search=Network/edge"));
    assert_eq!(above, ["platform/network/edge/load-balancer"]);
    assert_eq!(names(&ask("membership=True&archived=1")), ["payments/legacy-billing"]);
    assert_eq!(
        names(&ask("membership=true&active=false&order_by=id&sort=asc")),
        ["payments/legacy-billing", "payments/sunset", "payments/old-invoices-deletion_scheduled-263",]
    );
    assert!(!names(&ask("membership=true&active=true&search=s&per_page=100")).contains(&"payments/sunset".to_owned()));
    assert_eq!(names(&ask("membership=true&order_by=name&sort=desc&per_page=1")), ["fleet/unit-250"]);
    assert!(names(&ask("order_by=id&sort=asc")).contains(&"open/handbook".to_owned()));
    let simple = ask("membership=true&simple=true&search=ledger").json();
    assert!(simple[0].get("archived").is_none() && simple[0]["default_branch"] == "develop");
    for (query, error) in [
        ("per_page=0", "per_page has a value not allowed"),
        ("per_page=x", "per_page is invalid"),
        ("page=-1", "page is invalid"),
        ("sort=up", "sort does not have a valid value"),
        ("order_by=colour", "order_by does not have a valid value"),
        ("membership=perhaps", "membership is invalid"),
        ("id_after=x", "id_after is invalid"),
    ] {
        let answer = ask(query);
        assert_eq!((answer.status, answer.json()), (400, json!({ "error": error })), "{query}");
    }
}

#[test]
fn any_origin_may_ask_the_api_without_cookies() {
    let sandbox = Sandbox::start();
    let url = sandbox.api("personal_access_tokens/self");
    let origin = ("origin", "https://portal.example.com");
    let preflight = sandbox.send(
        "OPTIONS",
        &url,
        &[
            origin,
            ("access-control-request-method", "GET"),
            ("access-control-request-headers", "authorization,private-token,x-anything"),
        ],
        None,
    );
    assert_eq!((preflight.status, preflight.text.as_str()), (200, ""));
    assert_eq!(preflight.header("access-control-allow-headers"), "authorization,private-token,x-anything");
    let refused = sandbox.send("GET", &url, &[origin], None);
    assert_eq!(refused.status, 401);
    let missing = sandbox.send("GET", &sandbox.api("nothing"), &[origin], None);
    assert_eq!(missing.status, 404);
    let unreadable = sandbox.send("GET", &sandbox.api("%zz"), &[origin], None);
    assert_eq!(unreadable.status, 400);
    for answer in [&preflight, &refused, &missing, &unreadable] {
        assert_eq!(answer.header("access-control-allow-origin"), "*");
        assert_eq!(answer.header("access-control-allow-methods"), "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS");
        assert_eq!(answer.header("access-control-max-age"), "7200");
        assert_eq!(answer.header("vary"), "Origin");
        assert_eq!(answer.header("access-control-allow-credentials"), "");
        let exposed: Vec<&str> = answer.header("access-control-expose-headers").split(", ").collect();
        assert!(exposed.contains(&"Link") && exposed.contains(&"X-Next-Page") && exposed.contains(&"X-Gitlab-Size"));
        for hidden in ["Retry-After", "RateLimit-Limit", "Date", "WWW-Authenticate", "Location"] {
            assert!(!exposed.contains(&hidden), "{hidden}");
        }
    }
}

#[test]
fn the_own_origin_may_use_cookies_and_pages_have_no_cors() {
    let sandbox = Sandbox::start();
    let own = sandbox.facts.gitlab.base_url.trim_end_matches("/gitlab/").to_owned();
    let answer = sandbox.send("GET", &sandbox.api("version"), &[("origin", &own)], None);
    assert_eq!(answer.header("access-control-allow-origin"), own);
    assert_eq!(answer.header("access-control-allow-credentials"), "true");
    let without = sandbox.send("GET", &sandbox.api("version"), &[], None);
    assert_eq!(without.header("access-control-allow-origin"), "");
    let page = format!("{}payments/ledger", sandbox.facts.gitlab.base_url);
    for method in ["GET", "OPTIONS"] {
        let headers = [("origin", "https://portal.example.com"), ("access-control-request-method", "GET")];
        let answer = sandbox.send(method, &page, &headers, None);
        assert_eq!(answer.header("access-control-allow-origin"), "", "{method}");
    }
}

#[test]
fn everything_but_the_api_leads_to_signing_in() {
    let sandbox = Sandbox::start();
    let base = &sandbox.facts.gitlab.base_url;
    let host = base.trim_end_matches("gitlab/");
    let sign_in = format!("{base}users/sign_in");
    // The last one is the API as somebody asks for it who forgot the relative root.
    for url in [base.clone(), format!("{base}payments/ledger"), host.to_owned(), format!("{host}api/v4/version")] {
        let answer = sandbox.send("GET", &url, &[], None);
        assert_eq!((answer.status, answer.header("location")), (302, sign_in.as_str()), "{url}");
        assert!(answer.header("content-type").starts_with("text/html"));
    }
    let page = sandbox.send("GET", &sign_in, &[], None);
    assert_eq!(page.status, 200);
    assert!(page.header("content-type").starts_with("text/html"));
}

#[test]
fn nothing_in_the_gitlab_can_be_changed() {
    let sandbox = Sandbox::start();
    let private = [("private-token", sandbox.token("api_sudo_admin"))];
    for (method, rest) in [
        ("DELETE", "personal_access_tokens/self"),
        ("POST", "projects"),
        ("PUT", "projects/4"),
        ("DELETE", "projects/4"),
        ("POST", "projects/4/repository/branches"),
    ] {
        let body = matches!(method, "POST" | "PUT").then_some(&b"{}"[..]);
        let answer = sandbox.send(method, &sandbox.api(rest), &private, body);
        assert_eq!(
            (answer.status, answer.json()),
            (405, json!({ "error": "405 Method Not Allowed" })),
            "{method} {rest}"
        );
    }
}

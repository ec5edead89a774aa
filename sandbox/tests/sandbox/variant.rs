//! What a user meets who types another base URL, or the old address of a project.

use serde_json::json;

use crate::client::{Answer, Sandbox};

const SELF: &str = "api/v4/personal_access_tokens/self";
const OLD_PATH: &str = "infrastructure%2Fterraform";

impl Sandbox {
    fn at(&self, base_url: &str, rest: &str) -> Answer {
        let token = self.token("provider_good");
        self.send("GET", &format!("{base_url}{rest}"), &[("authorization", &format!("Bearer {token}"))], None)
    }
}

/// A page's request, whose preflight was answered like this and whose answer it then gets to see.
fn from_a_page(sandbox: &Sandbox, url: &str) -> (Answer, Answer) {
    let origin = ("origin", "https://portal.example.com");
    let asked = [origin, ("access-control-request-method", "GET"), ("access-control-request-headers", "authorization")];
    (sandbox.send("OPTIONS", url, &asked, None), sandbox.send("GET", url, &[origin], None))
}

#[test]
fn the_old_path_of_a_moved_project_leads_to_its_number() {
    let sandbox = Sandbox::start();
    for (rest, target) in [
        ("", ""),
        ("?statistics=false", "?statistics=false"),
        ("/repository/branches/release%2F2.x", "/repository/branches/release%2F2.x"),
        ("/repository/files/README.md?ref=HEAD", "/repository/files/README.md?ref=HEAD"),
    ] {
        let answer = sandbox.ask("provider_good", &format!("projects/{OLD_PATH}{rest}"));
        let location = sandbox.api(&format!("projects/2{target}"));
        assert_eq!((answer.status, answer.header("location")), (301, location.as_str()), "{rest}");
        let followed = sandbox.send("GET", &location, &[("private-token", sandbox.token("provider_good"))], None);
        assert_eq!(followed.status, 200, "{rest}");
    }
    let followed = sandbox.ask("provider_good", "projects/2");
    assert_eq!(followed.json()["path_with_namespace"], "platform/terraform-modules");
    let address = sandbox.api("projects/INFRASTRUCTURE%2Fterraform");
    let (_, from_page) = from_a_page(&sandbox, &address);
    assert_eq!((from_page.status, from_page.header("access-control-allow-origin")), (404, "*"), "hidden without token");
}

#[test]
fn a_moved_project_takes_no_other_method_and_stays_hidden() {
    let sandbox = Sandbox::start();
    let address = sandbox.api(&format!("projects/{OLD_PATH}"));
    for method in ["PUT", "DELETE", "POST"] {
        let token = [("private-token", sandbox.token("provider_good"))];
        let body = (method != "DELETE").then_some(&b"{}"[..]);
        let answer = sandbox.send(method, &address, &token, body);
        let expected = json!({ "message": "Non GET methods are not allowed for moved projects" });
        assert_eq!((answer.status, answer.json()), (405, expected), "{method}");
    }
    let head = sandbox.send("HEAD", &address, &[("private-token", sandbox.token("provider_good"))], None);
    assert_eq!(head.status, 405);
    let lab = sandbox.token("repository_lab");
    let hidden =
        sandbox.send("GET", &format!("{address}/repository/files/README.md?ref=HEAD"), &[("private-token", lab)], None);
    assert_eq!((hidden.status, hidden.json()), (404, json!({ "message": "404 Project Not Found" })));
}

#[test]
fn a_gitlab_before_15_5_cannot_tell_a_token() {
    let sandbox = Sandbox::start();
    let old = &sandbox.facts.gitlab.old;
    let answer = sandbox.at(old, SELF);
    assert_eq!((answer.status, answer.json()), (404, json!({ "error": "404 Not Found" })));
    assert_eq!(sandbox.at(old, "api/v4/version").json()["version"], "15.4.6-ee");
    let project = sandbox.at(old, "api/v4/projects/payments%2Fledger").json();
    assert_eq!(project["web_url"], format!("{old}payments/ledger"));
    let list = sandbox.at(old, "api/v4/projects?order_by=id&pagination=keyset");
    assert!(list.header("link").starts_with(&format!("<{old}api/v4/projects?")), "{}", list.header("link"));
    // It drops a filter that it does not know, and has no default branch where there is none.
    let inactive = sandbox.at(old, "api/v4/projects?active=true&search=legacy&search_namespaces=true").json();
    assert_eq!(inactive[0]["path_with_namespace"], "payments/legacy-billing");
    for (base, default) in [(old, json!(null)), (&sandbox.facts.gitlab.base_url, json!("main"))] {
        let empty = sandbox.at(base, "api/v4/projects/payments%2Fempty-start").json();
        assert_eq!((&empty["empty_repo"], &empty["default_branch"]), (&json!(true), &default), "{base}");
    }
    // Before 16.4 an old path is answered at once.
    let moved = sandbox.at(old, &format!("api/v4/projects/{OLD_PATH}"));
    assert_eq!((moved.status, &moved.json()["path_with_namespace"]), (200, &json!("platform/terraform-modules")));
    let (preflight, answer) = from_a_page(&sandbox, &format!("{old}{SELF}"));
    assert_eq!((preflight.status, answer.header("access-control-allow-origin")), (200, "*"));
}

#[test]
fn a_sign_on_portal_answers_in_place_of_gitlab() {
    let sandbox = Sandbox::start();
    let (portal, page) = (&sandbox.facts.gitlab.sign_on, &sandbox.facts.gitlab.sign_on_page);
    for rest in [SELF, "api/v4/projects/1", "payments/ledger.git/info/refs", ""] {
        let answer = sandbox.at(portal, rest);
        assert_eq!((answer.status, answer.header("location")), (302, page.as_str()), "{rest}");
        let answer = sandbox.at(page, rest);
        assert_eq!((answer.status, answer.header("content-type")), (200, "text/html; charset=utf-8"), "{rest}");
        assert!(answer.text.starts_with("<!DOCTYPE html>"));
    }
    // A page of another origin cannot even ask the first, and can read what the second says.
    let (preflight, answer) = from_a_page(&sandbox, &format!("{portal}{SELF}"));
    assert_eq!((preflight.status, answer.header("access-control-allow-origin")), (302, ""));
    let (preflight, answer) = from_a_page(&sandbox, &format!("{page}{SELF}"));
    assert_eq!((preflight.status, answer.header("access-control-allow-origin")), (200, "*"));
    assert_eq!(preflight.header("access-control-allow-headers"), "authorization");
}

#[test]
fn a_proxy_wants_a_password_and_lets_no_page_ask() {
    let sandbox = Sandbox::start();
    let proxy = &sandbox.facts.gitlab.password_proxy;
    for rest in [SELF, "api/v4/projects/1", ""] {
        let answer = sandbox.at(proxy, rest);
        assert_eq!((answer.status, answer.header("content-type")), (401, "text/html"), "{rest}");
        assert!(answer.header("www-authenticate").starts_with("Basic "));
    }
    let (preflight, answer) = from_a_page(&sandbox, &format!("{proxy}{SELF}"));
    assert_eq!((preflight.status, answer.header("access-control-allow-origin")), (401, ""));
}

#[test]
fn a_proxy_breaks_encoded_slashes_in_a_path_and_nothing_else() {
    let sandbox = Sandbox::start();
    let gitlab = sandbox.facts.gitlab.clone();
    let page = |title: &str| title.to_owned();
    for (base, status, content_type, begins) in [
        (&gitlab.apache_proxy, 404, "text/html; charset=iso-8859-1", page("<!DOCTYPE HTML PUBLIC")),
        (&gitlab.tomcat_proxy, 400, "text/html;charset=utf-8", page("<!doctype html>")),
        (&gitlab.apache_twice_proxy, 404, "application/json", page("{\"message\":\"404 ")),
        (&gitlab.nginx_proxy, 404, "application/json", json!({ "error": "404 Not Found" }).to_string()),
    ] {
        for rest in [
            "api/v4/projects/payments%2Fledger",
            "api/v4/projects/payments%2fledger?statistics=false",
            "api/v4/projects/payments%2Fledger/repository/files/README.md?ref=HEAD",
            "api/v4/projects/4/repository/branches/release%2F2.x",
        ] {
            let answer = sandbox.at(base, rest);
            assert_eq!((answer.status, answer.header("content-type")), (status, content_type), "{base}{rest}");
            assert!(answer.text.starts_with(&begins), "{}", answer.text);
        }
        assert_eq!(sandbox.at(base, SELF).json()["name"], "provider_good", "{base}");
        for by_number in ["", "/repository/branches/main", "/repository/files/README.md?ref=feature%2Frates%232"] {
            assert_eq!(sandbox.at(base, &format!("api/v4/projects/4{by_number}")).status, 200, "{base}{by_number}");
        }
        let query = "api/v4/projects?search_namespaces=true&order_by=id&sort=asc&pagination=keyset&search=payments";
        for slash in ["/", "%2F"] {
            let list = sandbox.at(base, &format!("{query}{slash}ledger"));
            assert_eq!(list.json()[0]["id"], 4, "{base}");
            // What GitLab takes for its own address has neither the proxy's port nor its path.
            let link = list.header("link");
            assert!(link.starts_with("<http://gitlab.internal:8181/api/v4/projects?"), "{link}");
        }
        // A page of another origin gets to see the answer only where GitLab has given it.
        let (preflight, answer) = from_a_page(&sandbox, &format!("{base}api/v4/projects/payments%2Fledger"));
        let (open, closed) = ((200, "*"), (status, ""));
        let is_gitlabs = [&gitlab.nginx_proxy, &gitlab.apache_twice_proxy].contains(&base);
        let expected = if is_gitlabs { open } else { closed };
        assert_eq!((preflight.status, answer.header("access-control-allow-origin")), expected, "{base}");
        let (preflight, answer) = from_a_page(&sandbox, &format!("{base}api/v4/projects/4"));
        assert_eq!((preflight.status, answer.header("access-control-allow-origin")), open, "{base}");
    }
}

#[test]
fn another_product_refuses_in_its_own_words() {
    let sandbox = Sandbox::start();
    let other = &sandbox.facts.gitlab.other_product;
    let answer = sandbox.at(other, SELF);
    assert_eq!((answer.status, answer.json()), (401, json!({ "message": "Unauthorized" })));
    let (preflight, answer) = from_a_page(&sandbox, &format!("{other}{SELF}"));
    assert_eq!((preflight.status, answer.header("access-control-allow-origin")), (200, "*"));
}

#[test]
fn a_gitlab_whose_limits_are_used_up_says_retry_later() {
    let sandbox = Sandbox::start();
    let limited = &sandbox.facts.gitlab.rate_limited;
    for rest in [SELF, "api/v4/projects", "api/v4/version"] {
        let answer = sandbox.at(limited, rest);
        assert_eq!((answer.status, answer.text.as_str()), (429, "Retry later\n"), "{rest}");
        assert_eq!((answer.header("content-type"), answer.header("retry-after")), ("text/plain", "1"));
        assert_eq!(answer.header("ratelimit-remaining"), "0");
        assert!(answer.header("ratelimit-resettime").ends_with(" GMT"));
    }
    let (preflight, answer) = from_a_page(&sandbox, &format!("{limited}{SELF}"));
    assert_eq!((preflight.status, answer.status), (200, 429));
    assert_eq!(answer.header("access-control-allow-origin"), "*");
    let exposed = answer.header("access-control-expose-headers").to_ascii_lowercase();
    assert!(!exposed.contains("retry-after") && !exposed.contains("ratelimit"), "{exposed}");
}

#[test]
fn torque_clones_from_there_unless_somebody_must_sign_in() {
    let sandbox = Sandbox::start();
    let gitlab = sandbox.facts.gitlab.clone();
    for (name, base_url, path, status) in [
        ("old", &gitlab.old, "payments/ledger", "Connected"),
        ("limited", &gitlab.rate_limited, "payments/ledger", "Connected"),
        ("moved", &gitlab.base_url, "infrastructure/terraform", "Connected"),
        ("apache", &gitlab.apache_proxy, "payments/ledger", "Connected"),
        ("apache twice", &gitlab.apache_twice_proxy, "payments/ledger", "Connected"),
        ("nginx", &gitlab.nginx_proxy, "payments/ledger", "Connected"),
        ("tomcat", &gitlab.tomcat_proxy, "payments/ledger", "Connected"),
        ("portal", &gitlab.sign_on, "payments/ledger", "Failed"),
        ("password", &gitlab.password_proxy, "payments/ledger", "Failed"),
        ("other", &gitlab.other_product, "payments/ledger", "Failed"),
    ] {
        let payload = json!({
            "repository_name": name,
            "repository_url": format!("{base_url}{path}"),
            "credential_name": "gitlab-shared",
        });
        assert_eq!(sandbox.outcome(&payload).0, status, "{name}");
    }
}

//! Whatever is sent, a 4xx comes back with JSON, and the next good request works.

use serde_json::Value;

use crate::client::Sandbox;

/// Every origin, with an address on it that takes a body or a parameter.
fn addresses(sandbox: &Sandbox) -> [String; 3] {
    [format!("{}x/", sandbox.facts.page), sandbox.torque("api/spaces/"), sandbox.api("projects/")]
}

fn assert_alive(sandbox: &Sandbox) {
    assert_eq!(sandbox.ask("provider_good", "version").status, 200);
    let bearer = format!("Bearer {}", sandbox.facts.torque_tokens.member);
    let list = sandbox.torque("api/spaces/demo/repositories");
    assert_eq!(sandbox.send("GET", &list, &[("authorization", &bearer)], None).status, 200);
    assert_eq!(sandbox.send("GET", &format!("{}sandbox.json", sandbox.facts.page), &[], None).status, 200);
}

#[test]
fn addresses_that_are_not_percent_encoded_utf8_are_refused() {
    let sandbox = Sandbox::start();
    for address in addresses(&sandbox) {
        for bad in ["%", "%2", "%zz", "a%", "%ff", "%c3%28", "%00", "%0a", "%ed%a0%80", "a?b=%zz", "a?%ff=1", "a?b=%00"]
        {
            let answer = sandbox.send("GET", &format!("{address}{bad}"), &[], None);
            assert_eq!(answer.status, 400, "{address}{bad}");
            assert!(answer.json().is_object());
        }
    }
    assert_alive(&sandbox);
}

#[test]
fn bodies_over_one_mebibyte_are_refused() {
    let sandbox = Sandbox::start();
    let body = vec![b'a'; 2 * 1024 * 1024];
    for address in addresses(&sandbox) {
        let answer = sandbox.send("POST", &address, &[("content-type", "application/json")], Some(&body));
        assert_eq!(answer.status, 413, "{address}");
        assert!(answer.json().is_object());
    }
    assert_alive(&sandbox);
}

#[test]
fn bytes_that_are_no_http_are_refused() {
    let sandbox = Sandbox::start();
    for address in addresses(&sandbox) {
        for bytes in [
            &b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n"[..],
            b"GET\r\n\r\n",
            b"GET / HTTP/9.9\r\n\r\n",
            b"GET /\xff\xfe HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n",
            b"POST / HTTP/1.1\r\nhost: a\r\ncontent-length: -1\r\n\r\n",
        ] {
            let answer = sandbox.send_bytes(&address, bytes);
            assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 4"), "{address} {bytes:?}: {answer}");
        }
    }
    assert_alive(&sandbox);
}

#[test]
fn odd_request_targets_and_headers_do_not_disturb() {
    let sandbox = Sandbox::start();
    for address in addresses(&sandbox) {
        for request in [
            "OPTIONS * HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n",
            "GET http://elsewhere.example/gitlab/api/v4/x HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n",
            "CONNECT elsewhere.example:443 HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n",
            "BREW /gitlab/api/v4/projects HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n",
            "GET //////..//../ HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n",
            "GET /gitlab/api/v4/user HTTP/1.1\r\nhost: a\r\nauthorization: Bearer \u{e9}\r\nconnection: close\r\n\r\n",
        ] {
            let answer = sandbox.send_bytes(&address, request.as_bytes());
            assert!(answer.starts_with("HTTP/1.1 4") || answer.starts_with("HTTP/1.1 302"), "{request}: {answer}");
        }
    }
    assert_alive(&sandbox);
}

#[test]
fn a_torque_payload_of_any_shape_is_answered_with_why() {
    let sandbox = Sandbox::start();
    let token = &sandbox.facts.torque_tokens.admin;
    let bearer = format!("Bearer {token}");
    let deep = "[".repeat(100_000);
    for path in ["api/settings/repository_providers", "api/spaces/demo/repositories/gitlabEnterprise"] {
        let url = sandbox.torque(path);
        for (body, status) in [
            (&b""[..], 400),
            (b"{", 400),
            (b"{\"name\":\"\xff\"}", 400),
            (b"{\"name\":\"\\ud800\"}", 400),
            (deep.as_bytes(), 400),
            (b"null", 422),
            (b"[]", 422),
            (b"\"text\"", 422),
            (b"1e999", 400),
            (b"{}", 422),
        ] {
            let headers = [("authorization", bearer.as_str()), ("content-type", "application/json; charset=utf-8")];
            let answer = sandbox.send("POST", &url, &headers, Some(body));
            let shown = String::from_utf8_lossy(&body[..body.len().min(40)]).into_owned();
            assert_eq!(answer.status, status, "{shown}");
            assert!(answer.json().is_object(), "{shown}");
        }
        for content_type in ["text/plain", "application/x-www-form-urlencoded", ""] {
            let headers = [("authorization", bearer.as_str()), ("content-type", content_type)];
            let answer = sandbox.send("POST", &url, &headers, Some(b"{}"));
            assert_eq!((answer.status, answer.json()["error"].is_string()), (415, true));
        }
    }
    assert_alive(&sandbox);
}

#[test]
fn what_was_sent_is_not_quoted_in_a_refusal() {
    let sandbox = Sandbox::start();
    let secret = "glpat-MARKED-0123456789";
    let payload: Value = serde_json::json!({
        "repository_name": { secret: 1 },
        "repository_url": format!("https://user:{secret}@host/a/b"),
        "token": [secret],
        "branch": { "x": secret },
        "agents": [secret],
    });
    let token = &sandbox.facts.torque_tokens.admin;
    let answer = sandbox.request(token, "POST", "api/spaces/demo/repositories/gitlabEnterprise", &payload);
    assert_eq!(answer.status, 422);
    assert!(!answer.text.contains("MARKED"), "{}", answer.text);
}

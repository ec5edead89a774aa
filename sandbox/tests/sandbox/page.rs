use sandbox::Options;

use crate::client::{Answer, Sandbox};

fn assert_page_headers(answer: &Answer) {
    let policy = answer.header("content-security-policy");
    for part in [
        "default-src 'none'",
        "script-src 'self' 'wasm-unsafe-eval'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "manifest-src 'self'",
        "connect-src https: http:",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types lit-html",
    ] {
        assert!(policy.split("; ").any(|directive| directive == part), "{part} is not in {policy}");
    }
    assert!(!policy.contains("unsafe-inline"));
    assert_eq!(answer.header("x-content-type-options"), "nosniff");
    assert_eq!(answer.header("referrer-policy"), "no-referrer");
    assert_eq!(answer.header("cross-origin-opener-policy"), "same-origin");
    assert_eq!(answer.header("cache-control"), "no-store");
}

#[test]
fn files_are_served_with_their_type_and_the_policy() {
    let www = std::env::temp_dir().join(format!("sandbox-www-{}", std::process::id()));
    std::fs::create_dir_all(www.join("assets")).unwrap();
    for (name, content) in [
        ("index.html", "<!DOCTYPE html><title>page</title>"),
        ("app.js", "export {};"),
        ("app.css", "body {}"),
        ("icon.svg", "<svg/>"),
        ("assets/core.wasm", "\0asm"),
        ("site.webmanifest", "{}"),
    ] {
        std::fs::write(www.join(name), content).unwrap();
    }
    std::fs::write(www.with_extension("secret"), "outside").unwrap();
    let sandbox = Sandbox::start_with(Options { port: 0, www: www.clone(), ..Options::default() });
    for (path, content_type) in [
        ("", "text/html"),
        ("index.html", "text/html"),
        ("app.js", "text/javascript"),
        ("app.css", "text/css"),
        ("icon.svg", "image/svg+xml"),
        ("assets/core.wasm", "application/wasm"),
        ("site.webmanifest", "application/manifest+json"),
    ] {
        let answer = sandbox.send("GET", &format!("{}{path}", sandbox.facts.page), &[], None);
        assert_eq!(answer.status, 200, "{path}");
        assert_eq!(answer.header("content-type").split(';').next(), Some(content_type), "{path}");
        assert_page_headers(&answer);
    }
    let secret = www.with_extension("secret");
    let secret = secret.file_name().unwrap().to_str().unwrap();
    for path in [format!("../{secret}"), format!("..%2f{secret}"), format!("assets/%2e%2e/..%2f{secret}")] {
        let answer = sandbox.send("GET", &format!("{}{path}", sandbox.facts.page), &[], None);
        assert_eq!(answer.status, 404, "{path}");
    }
    let missing = sandbox.send("GET", &format!("{}nothing.js", sandbox.facts.page), &[], None);
    assert_eq!((missing.status, missing.text.as_str()), (404, "There is no such file.\n"));
    assert_page_headers(&missing);
    std::fs::remove_dir_all(&www).unwrap();
    std::fs::remove_file(www.with_extension("secret")).unwrap();
}

#[test]
fn a_page_that_is_not_built_says_what_to_run() {
    let sandbox = Sandbox::start();
    let answer = sandbox.send("GET", &sandbox.facts.page, &[], None);
    assert_eq!(answer.status, 404);
    assert!(answer.text.contains("cargo xtask demo"), "{}", answer.text);
    assert_page_headers(&answer);
}

#[test]
fn the_facts_are_at_sandbox_json() {
    let sandbox = Sandbox::start();
    let answer = sandbox.send("GET", &format!("{}sandbox.json", sandbox.facts.page), &[], None);
    assert_eq!(answer.status, 200);
    assert_page_headers(&answer);
    let facts = answer.json();
    assert_eq!(facts["page"], sandbox.facts.page);
    assert_eq!(facts["torque"], sandbox.facts.torque);
    assert_eq!(facts["gitlab"]["baseUrl"], sandbox.facts.gitlab.base_url);
    assert_eq!(facts["torqueTokens"]["admin"], sandbox.facts.torque_tokens.admin);
    assert_eq!(facts["tokens"].as_array().unwrap().len(), sandbox.facts.tokens.len());
    for token in facts["tokens"].as_array().unwrap() {
        assert!(["name", "token", "what"].iter().all(|key| token[key].is_string()), "{token}");
    }
    for repository in facts["repositories"].as_array().unwrap() {
        assert!(["url", "what"].iter().all(|key| repository[key].is_string()), "{repository}");
    }
}

#[test]
fn the_same_seed_gives_the_same_tokens() {
    let texts = |seed| {
        let sandbox = Sandbox::start_with(Options { port: 0, seed, ..Options::default() });
        let torque = sandbox.facts.torque_tokens.clone();
        (sandbox.facts.tokens.iter().map(|token| token.token.clone()).collect::<Vec<_>>(), torque)
    };
    assert_eq!(texts(7), texts(7));
    assert_ne!(texts(7), texts(8));
}

#[test]
fn the_page_is_only_read() {
    let sandbox = Sandbox::start();
    let answer = sandbox.send("POST", &sandbox.facts.page, &[], Some(b"{}"));
    assert_eq!((answer.status, answer.header("allow")), (405, "GET, HEAD"));
    assert!(answer.json()["error"].is_string());
}

#[test]
fn the_readme_names_every_token_and_repository() {
    let sandbox = Sandbox::start();
    let readme = include_str!("../../README.md");
    for token in &sandbox.facts.tokens {
        assert!(readme.contains(&format!("| `{}` |", token.name)), "{}", token.name);
    }
    for repository in &sandbox.facts.repositories {
        let path = repository.url.strip_prefix(&sandbox.facts.gitlab.base_url).unwrap_or_default();
        assert!(path.ends_with("no-such-project") || readme.contains(path), "{path}");
    }
}

//! Tokens: the tables of texts and answers, and what must hold for every text and every answer.

use std::collections::BTreeSet;

use proptest::prelude::*;
use serde::Deserialize;
use serde_json::{Map, Value, json};
use torque_gitlab_connect::{
    address::BaseUrl,
    http::HttpAnswer,
    instant::rfc3339_ms,
    issue::{Issue, IssueCode, Severity},
    token::{
        Assessment, ExpiryRule, Purpose, ScopeReading, TokenPolicy, Verdict, assess_token, check_scopes, check_secret,
        check_token, strip_token, token_links,
    },
};

const NOON: &str = "2026-11-22T12:00:00Z";

fn noon() -> i64 {
    rfc3339_ms(NOON).expect("an instant")
}

fn codes<'a>(issues: impl IntoIterator<Item = &'a Issue>) -> Vec<&'static str> {
    issues.into_iter().map(|issue| issue.code.as_str()).collect()
}

fn sorted<T: Ord>(items: impl IntoIterator<Item = T>) -> Vec<T> {
    let mut items: Vec<T> = items.into_iter().collect();
    items.sort();
    items
}

fn strings(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

mod text {
    use super::*;

    #[derive(Deserialize)]
    struct Row {
        input: String,
        kind: Option<String>,
        masked: Option<String>,
        codes: Vec<String>,
        #[serde(default)]
        params: Map<String, Value>,
    }

    fn rows() -> Vec<Row> {
        serde_json::from_str(include_str!("data/token-text.json")).expect("the table")
    }

    #[test]
    fn every_shape_of_the_table() {
        for Row { input, kind, masked, codes: expected, params } in rows() {
            for purpose in [Purpose::Provider, Purpose::Repository] {
                let check = check_token(&input, purpose);
                let issues: Vec<Issue> = match &check {
                    Ok(checked) => checked.warnings.iter().cloned().collect(),
                    Err(issues) => issues.iter().cloned().collect(),
                };
                assert_eq!(codes(&issues), expected, "{input:?}");
                let value = check.ok().map(|checked| serde_json::to_value(checked.value).expect("JSON"));
                let expected_value = kind.as_ref().map(|kind| json!({ "kind": kind, "masked": masked }));
                assert_eq!(value, expected_value, "{input:?}");
                for (name, expected) in &params {
                    let found = serde_json::to_value(&issues[0]).expect("JSON")["params"][name].clone();
                    assert_eq!(&found, expected, "{input:?} {name}");
                }
            }
        }
    }

    #[test]
    fn what_passes_is_sent_without_the_blanks_around_it() {
        for row in rows().iter().filter(|row| row.kind.is_some()) {
            let secret = check_secret(&row.input, Purpose::Provider).unwrap_or_else(|issues| panic!("{issues}")).value;
            assert_eq!(secret.expose(), row.input.trim());
        }
    }

    #[test]
    fn what_is_stripped_of_a_paste_is_the_token() {
        let pasted = ["token.pasted_header", "token.has_user_name", "token.quoted"];
        let token = "glpat-kX3vPq9LmT2wRz7YbN4c";
        let mut stripped = 0;
        for row in rows().iter().filter(|row| pasted.contains(&row.codes[..].join("").as_str())) {
            if row.input.contains(token) {
                assert_eq!(strip_token(&row.input).expose(), token, "{}", row.input);
                stripped += 1;
            }
        }
        assert!(stripped > 50, "{stripped}");
        assert_eq!(strip_token(token).expose(), token);
    }

    #[test]
    fn the_cookie_of_a_session_is_never_offered_as_a_token() {
        for pasted in ["_gitlab_session=0123456789abcdef", "Cookie: _gitlab_session=0123456789abcdef"] {
            let stripped = strip_token(pasted);
            assert!(check_token(stripped.expose(), Purpose::Provider).is_err(), "{pasted}");
        }
    }

    #[test]
    fn a_refused_kind_tells_which_scopes_the_new_token_needs() {
        let message = |purpose| check_token("gldt-x", purpose).expect_err("a deploy token").to_string();
        assert!(message(Purpose::Provider).contains("read_api and read_repository"));
        assert!(!message(Purpose::Repository).contains("read_api"));
    }

    #[test]
    fn a_pasted_file_is_judged_like_twenty_characters() {
        let no_tokens =
            ["x", "-", "\"", "(", "Bearer ", "-H ", "é", " x", "glpat-", "$", "*", "oauth2:", "a:b", "<", "token "];
        for unit in ["y", "a-", "gl-", "eyJ.", "token", "a=", "X="].into_iter().chain(no_tokens) {
            let long = unit.repeat(200_000 / unit.len());
            let verdict = check_token(&format!("glpat-{long}"), Purpose::Provider);
            assert_eq!(verdict.is_ok(), !no_tokens.contains(&unit), "{unit}");
            // No issue grows with what was pasted.
            if let Err(issues) = check_token(&long, Purpose::Provider) {
                assert!(issues.to_string().len() < 1000);
            }
        }
    }

    /// A mark that no message contains by itself, with what may stand around a token.
    fn marked() -> impl Strategy<Value = String> {
        let piece = || {
            prop_oneof![
                "[ -~]{0,12}",
                any::<String>(),
                proptest::sample::select(vec![
                    "glpat-",
                    "gldt-",
                    "glrt-",
                    "acme-",
                    "Bearer ",
                    "PRIVATE-TOKEN: ",
                    "'",
                    "\"",
                    "ghp_",
                    "eyJ",
                    "\n",
                    "\u{200b}",
                    "-H ",
                    "_gitlab_session=",
                    "@",
                    "https://",
                ])
                .prop_map(str::to_owned),
            ]
        };
        (piece(), piece(), piece(), piece()).prop_map(|(a, b, c, d)| format!("{a}{b}Zq7S3CRETqZ{c}{d}"))
    }

    /// What GitLab makes: twenty characters (Devise's `friendly_token`), or the routable forms with length and checksum.
    fn random_part() -> impl Strategy<Value = String> {
        prop_oneof![
            "[0-9A-Za-z_-]{20}",
            "[0-9A-Za-z_-]{27,60}\\.[0-9a-z]{9}",
            "[0-9A-Za-z_-]{27,60}\\.[0-9a-z]{2}\\.[0-9a-z]{9}",
        ]
    }

    /// What an administrator may put in front; without what belongs to another kind of token, a command or a user name.
    fn prefix() -> impl Strategy<Value = String> {
        let taken =
            ["pat", "key", "secret", "password", "token", "cookie", "oauth", "git", "gl", "gh", "atbb", "eyj", "://"];
        let is_free = move |prefix: &String| !taken.iter().any(|word| prefix.to_ascii_lowercase().contains(word));
        prop_oneof![
            "[a-zA-Z0-9_+=/@:.-]{0,20}".prop_filter("taken", is_free),
            proptest::sample::select(vec![
                "glpat-",
                "acme-glpat-",
                "acme:",
                "acme@",
                "@",
                "a/b/",
                "env.",
                "secrets.",
                "GITLAB_TOKEN_",
                "your-token-",
                "token",
                "TOKEN.",
                "xxxxxxxxxxxxxxxxxxxx",
                "...",
                "____________",
                "null-",
                "masked.",
                "glpat-acme:",
                "glpat-acme@",
                "changeme/",
                "vault:",
                "+=/@:.-",
            ])
            .prop_map(str::to_owned),
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4096))]

        #[test]
        fn no_token_of_gitlab_is_taken_for_something_else(prefix in prefix(), random in random_part()) {
            let token = prefix + &random;
            for purpose in [Purpose::Provider, Purpose::Repository] {
                let check = check_token(&token, purpose);
                prop_assert!(check.is_ok(), "{}: {}", token, check.unwrap_err());
            }
        }
    }

    proptest! {
        #[test]
        fn no_text_makes_the_check_panic(text in any::<String>()) {
            let _ = check_token(&text, Purpose::Provider);
            let _ = strip_token(&text);
        }

        #[test]
        fn nothing_of_the_token_is_in_what_the_check_answers(text in marked()) {
            let shown = match check_token(&text, Purpose::Repository) {
                Ok(checked) => format!("{:?} {}", checked, serde_json::to_string(&checked.value).unwrap()),
                Err(issues) => format!("{issues:?} {issues} {}", serde_json::to_string(&issues).unwrap()),
            };
            prop_assert!(!shown.contains("S3CRET"), "{}", shown);
        }

        #[test]
        fn a_token_that_passes_can_be_a_header(text in any::<String>()) {
            if let Ok(secret) = check_secret(&text, Purpose::Provider) {
                prop_assert!(secret.value.expose().bytes().all(|byte| byte.is_ascii_graphic()));
            }
        }
    }
}

mod scopes {
    use super::*;

    #[test]
    fn the_documentations_spelling_is_an_error_with_gitlabs_as_suggestion() {
        let scopes = strings(&["read.api", "read.repository", "frobnicate"]);
        let assessment = check_scopes(&scopes, &TokenPolicy::default(), Purpose::Provider);
        assert_eq!(assessment.verdict, Verdict::Reject);
        let found: Vec<_> = assessment
            .issues
            .iter()
            .map(|issue| (issue.code.as_str(), json!(issue.path), issue.suggestion.as_deref()))
            .collect();
        assert_eq!(
            found,
            [
                ("token.scope_misspelled", json!([0]), Some("read_api")),
                ("token.scope_misspelled", json!([1]), Some("read_repository")),
            ]
        );
    }

    #[test]
    fn any_writing_of_a_scope_is_offered_as_gitlab_writes_it() {
        for (written, meant) in [
            ("READ_API", "read_api"),
            ("Read API", "read_api"),
            (" read-repository", "read_repository"),
            ("write.repository", "write_repository"),
            ("API", "api"),
        ] {
            let assessment = check_scopes(&strings(&[written]), &TokenPolicy::default(), Purpose::Provider);
            let issue = assessment.issues.iter().next().expect("an issue");
            assert_eq!((issue.code, issue.suggestion.as_deref()), (IssueCode::TokenScopeMisspelled, Some(meant)));
        }
        for right in ["read_api", "api", "read_user", "readapi", ""] {
            let assessment = check_scopes(&strings(&[right]), &TokenPolicy::default(), Purpose::Provider);
            assert!(!assessment.issues.has(IssueCode::TokenScopeMisspelled), "{right}");
        }
    }

    #[test]
    fn a_misspelled_requirement_is_reported_where_it_stands() {
        let policy =
            TokenPolicy { required_scopes: Some(strings(&["api", "read.repository"])), ..TokenPolicy::default() };
        let assessment = check_scopes(&strings(&["api"]), &policy, Purpose::Repository);
        assert_eq!(assessment.verdict, Verdict::Reject);
        let issue = assessment.issues.iter().next().expect("an issue");
        assert_eq!(json!(issue.path), json!(["requiredScopes", 1]));
        assert_eq!(issue.suggestion.as_deref(), Some("read_repository"));
    }

    #[test]
    fn what_is_required_is_never_too_much() {
        let all = ["api", "write_repository", "sudo", "admin_mode"];
        for required in all {
            let policy = TokenPolicy { required_scopes: Some(strings(&[required])), ..TokenPolicy::default() };
            let assessment = check_scopes(&strings(&all), &policy, Purpose::Provider);
            let issue = assessment.issues.iter().next().expect("the others are too much");
            assert_eq!(issue.code, IssueCode::TokenMoreThanNeeded);
            assert!(!format!("{:?}", issue.params).split(['"', ',', ' ']).any(|word| word == required));
            let alone = check_scopes(&strings(&[required]), &policy, Purpose::Provider);
            assert!(!alone.issues.has(IssueCode::TokenMoreThanNeeded));
        }
    }

    proptest! {
        #[test]
        fn one_scope_more_never_takes_a_right_away(
            scopes in proptest::sample::subsequence(
                vec!["api", "read_api", "read_repository", "write_repository", "read_user", "sudo", "tomorrow"], 0..=7),
            more in proptest::sample::select(
                vec!["api", "read_api", "read_repository", "write_repository", "read_user", "sudo", "tomorrow"]),
            literal in any::<bool>(),
            provider in any::<bool>(),
        ) {
            let reading = if literal { ScopeReading::Literal } else { ScopeReading::Effective };
            let policy = TokenPolicy { scopes: reading, ..TokenPolicy::default() };
            let purpose = if provider { Purpose::Provider } else { Purpose::Repository };
            let before = check_scopes(&strings(&scopes), &policy, purpose);
            let mut scopes = strings(&scopes);
            scopes.push(more.to_owned());
            let after = check_scopes(&scopes, &policy, purpose);
            prop_assert!(before.verdict != Verdict::Ok || after.verdict == Verdict::Ok);
        }
    }
}

mod answer {
    use super::*;

    #[derive(Deserialize)]
    struct Verdicts {
        literal: String,
        effective: String,
    }

    #[derive(Deserialize)]
    struct Vector {
        n: String,
        status: u16,
        body: Value,
        provider: Verdicts,
        repository: Verdicts,
        codes: Vec<String>,
    }

    fn vectors() -> Vec<Vector> {
        serde_json::from_str(include_str!("data/token-vectors.json")).expect("the table")
    }

    fn verdict(assessment: &Assessment) -> String {
        json!(assessment.verdict).as_str().expect("text").to_owned()
    }

    /// `has_expiry:7`, the way the table writes it.
    fn table_code(issue: &Issue) -> String {
        let code = issue.code.as_str().strip_prefix("token.").expect("a code of tokens");
        let issue = serde_json::to_value(issue).expect("JSON");
        match code {
            "missing_scope" => format!("missing:{}", issue["params"]["scope"].as_str().expect("text")),
            "has_expiry" => format!("has_expiry:{}", issue["params"]["days"]),
            "malformed" => format!("malformed:{}", issue["params"]["field"].as_str().expect("text")),
            code => code.to_owned(),
        }
    }

    /// The table lists the issues for a provider. A repository needs no `read_api` and may expire; where that leaves an
    /// `unknown` without an issue, there is still one that says what to try.
    fn expected_codes(vector: &Vector, purpose: Purpose) -> Vec<String> {
        let mut expected = vector.codes.clone();
        if purpose == Purpose::Repository {
            expected.retain(|code| code != "missing:read_api" && !code.starts_with("has_expiry:"));
            if expected.is_empty() && vector.repository.effective == "unknown" {
                expected.push("insufficient_scope".to_owned());
            }
        }
        sorted(expected)
    }

    #[test]
    fn every_vector_for_both_purposes_and_both_readings() {
        for vector in vectors() {
            for (purpose, verdicts) in
                [(Purpose::Provider, &vector.provider), (Purpose::Repository, &vector.repository)]
            {
                let answer = HttpAnswer::new(vector.status, &vector.body.to_string());
                let n = &vector.n;

                let effective = assess_token(&answer, &TokenPolicy::default(), purpose, noon());
                assert_eq!(verdict(&effective), verdicts.effective, "{n} {purpose:?} effective");
                let shown = sorted(effective.issues.iter().map(table_code));
                assert_eq!(shown, expected_codes(&vector, purpose), "{n} {purpose:?}");

                let policy = TokenPolicy { scopes: ScopeReading::Literal, ..TokenPolicy::default() };
                let literal = assess_token(&answer, &policy, purpose, noon());
                assert_eq!(verdict(&literal), verdicts.literal, "{n} {purpose:?} literal");
                let shown: BTreeSet<String> = literal.issues.iter().map(table_code).collect();
                let expected: BTreeSet<String> = expected_codes(&vector, purpose).into_iter().collect();
                assert!(shown.is_superset(&expected), "{n} {purpose:?} literal {shown:?}");
                assert!(shown.difference(&expected).all(|code| code.starts_with("missing:")), "{n} {shown:?}");
            }
        }
    }

    #[test]
    fn an_accepted_expiry_changes_four_vectors() {
        let policy = TokenPolicy { expiry: ExpiryRule::Warn, ..TokenPolicy::default() };
        for vector in vectors() {
            let answer = HttpAnswer::new(vector.status, &vector.body.to_string());
            let expected = match vector.n.as_str() {
                "V12" | "V13" | "V19" => "ok",
                "V21" => "unknown",
                _ => &vector.provider.effective,
            };
            let assessment = assess_token(&answer, &policy, Purpose::Provider, noon());
            assert_eq!(verdict(&assessment), expected, "{}", vector.n);
            let shown = sorted(assessment.issues.iter().map(table_code));
            assert_eq!(shown, expected_codes(&vector, Purpose::Provider), "{}", vector.n);
        }
    }

    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Row {
        why: String,
        status: u16,
        body: Value,
        verdict: String,
        codes: Vec<String>,
        #[serde(default = "provider")]
        purpose: Purpose,
        #[serde(default)]
        policy: TokenPolicy,
        now: Option<String>,
        days_left: Option<i64>,
    }

    fn provider() -> Purpose {
        Purpose::Provider
    }

    #[test]
    fn every_other_answer_of_the_table() {
        let rows: Vec<Row> = serde_json::from_str(include_str!("data/token-answers.json")).expect("the table");
        for row in rows {
            let now = rfc3339_ms(row.now.as_deref().unwrap_or(NOON)).expect("an instant");
            let answer = HttpAnswer::new(row.status, &row.body.to_string());
            let assessment = assess_token(&answer, &row.policy, row.purpose, now);
            let (why, body) = (&row.why, &row.body);
            assert_eq!(verdict(&assessment), row.verdict, "{why}: {} {body}", row.status);
            assert_eq!(codes(&assessment.issues), row.codes, "{why}: {} {body}", row.status);
            let is_expiry_known = assessment.token.as_ref().is_some_and(|token| token.expiry_known);
            let is_expiry_unknown = assessment.issues.has(IssueCode::TokenExpiryUnknown);
            assert_eq!(is_expiry_known, assessment.token.is_some() && !is_expiry_unknown, "{why}");
            let days_left = assessment.token.and_then(|token| token.days_left);
            assert!(row.days_left.is_none() || row.days_left == days_left, "{why}: {days_left:?}");
        }
    }

    #[test]
    fn the_assessment_is_the_json_that_the_package_promises() {
        let body = json!({
            "name": "torque\u{202e}", "active": true, "scopes": ["read_repository"], "expires_at": "2026-11-29",
        });
        let assessment = assess_token(
            &HttpAnswer::new(200, &body.to_string()),
            &TokenPolicy::default(),
            Purpose::Repository,
            noon(),
        );
        let mut shown = serde_json::to_value(&assessment).expect("JSON");
        let message = shown["issues"][0]["message"].take();
        assert!(message.as_str().expect("text").contains('7'));
        assert_eq!(
            shown,
            json!({
                "verdict": "ok",
                "issues": [{
                    "code": "token.expires_soon", "severity": "warning", "path": [], "message": null,
                    "params": { "days": 7 },
                }],
                "token": {
                    "name": "torque", "scopes": ["read_repository"], "expiresAt": "2026-11-29",
                    "expiryKnown": true, "daysLeft": 7,
                },
            })
        );
    }

    #[test]
    fn gitlabs_reason_is_shown_as_plain_short_text_without_a_token() {
        let reason = format!("403 Forbidden\u{1b} - \u{202e}no glpat-Zq7S3CRETqZ0123456789 {}", "because ".repeat(200));
        let answer = HttpAnswer::new(403, &json!({ "message": reason }).to_string());
        let assessment = assess_token(&answer, &TokenPolicy::default(), Purpose::Provider, noon());
        let message = assessment.issues.iter().next().expect("an issue").message();
        assert!(message.contains("403 Forbidden - no … because"), "{message}");
        assert!(message.chars().count() < 600);
    }

    fn any_json() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            any::<f64>().prop_map(Value::from),
            any::<String>().prop_map(Value::from),
            date().prop_map(Value::from),
            proptest::sample::select(vec!["api", "read_api", "read_repository", "write_repository", "granular"])
                .prop_map(Value::from),
        ];
        leaf.prop_recursive(3, 24, 6, |inner| {
            prop_oneof![
                proptest::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
                proptest::collection::btree_map("[a-z_]{1,8}", inner, 0..6).prop_map(|map| json!(map)),
            ]
        })
    }

    fn date() -> impl Strategy<Value = String> {
        prop_oneof![
            (2020u16..2032, 0u8..14, 0u8..33).prop_map(|(y, m, d)| format!("{y:04}-{m:02}-{d:02}")),
            (2020u16..2032, 1u8..13, 1u8..29, 0u8..24)
                .prop_map(|(y, m, d, h)| format!("{y}-{m:02}-{d:02}T{h:02}:00:00Z")),
            "[0-9T:Z+.-]{0,30}",
        ]
    }

    /// Nearly GitLab's answer: each field most often right, else anything or absent.
    fn nearly_right() -> impl Strategy<Value = Value> {
        let scopes = proptest::sample::subsequence(
            vec!["api", "read_api", "read_repository", "write_repository", "read_user", "granular", "sudo"],
            0..=7,
        );
        fn field(right: impl Strategy<Value = Value>) -> impl Strategy<Value = Option<Value>> {
            prop_oneof![8 => right.prop_map(Some), 1 => any_json().prop_map(Some), 1 => Just(None)]
        }
        (
            field(prop_oneof![9 => Just(json!(true)), 1 => Just(json!(false))]),
            field(scopes.prop_map(|scopes| json!(scopes))),
            field(prop_oneof![Just(Value::Null), date().prop_map(Value::from)]),
            field(prop_oneof![9 => Just(json!(false)), 1 => Just(json!(true))]),
            field(any::<String>().prop_map(Value::from)),
        )
            .prop_map(|(active, scopes, expires_at, revoked, name)| {
                let fields = [
                    ("active", active),
                    ("scopes", scopes),
                    ("expires_at", expires_at),
                    ("revoked", revoked),
                    ("name", name),
                ];
                fields
                    .into_iter()
                    .filter_map(|(key, value)| Some((key.to_owned(), value?)))
                    .collect::<Map<_, _>>()
                    .into()
            })
    }

    fn any_policy() -> impl Strategy<Value = TokenPolicy> {
        let names = proptest::sample::subsequence(vec!["api", "read_api", "read_repository", "read.api", "x"], 0..=5);
        (any::<bool>(), any::<bool>(), proptest::option::weighted(0.3, names)).prop_map(|(literal, warn, names)| {
            TokenPolicy {
                scopes: if literal { ScopeReading::Literal } else { ScopeReading::Effective },
                expiry: if warn { ExpiryRule::Warn } else { ExpiryRule::Forbid },
                required_scopes: names.map(|names| strings(&names)),
            }
        })
    }

    fn any_purpose() -> impl Strategy<Value = Purpose> {
        prop_oneof![Just(Purpose::Provider), Just(Purpose::Repository)]
    }

    /// One field of GitLab's own answer turned into anything else, the rest as it is.
    fn one_field_mutated() -> impl Strategy<Value = Value> {
        let fields = [
            "id",
            "name",
            "revoked",
            "created_at",
            "description",
            "scopes",
            "user_id",
            "last_used_at",
            "active",
            "expires_at",
            "expired",
            "granular",
            "last_used_ips",
        ];
        (proptest::sample::select(fields.to_vec()), any_json()).prop_map(|(field, value)| {
            let mut body = json!({
                "id": 41, "name": "torque", "revoked": false, "created_at": "2026-09-01T08:15:30.120Z",
                "description": null, "scopes": ["read_api", "read_repository"], "user_id": 12, "last_used_at": null,
                "active": true, "expires_at": null, "expired": false, "granular": false, "last_used_ips": ["203.0.113.7"],
            });
            body[field] = value;
            body
        })
    }

    /// What an `ok` claims, read from the answer without the crate. Dates in this form sort like the days they name.
    fn holds(status: u16, body: &Value, policy: &TokenPolicy, purpose: Purpose) -> Result<(), String> {
        if !(200..300).contains(&status) {
            return Err(format!("status {status}"));
        }
        if body["active"] != true || body["revoked"] == true || body["expired"] == true {
            return Err("inactive".to_owned());
        }
        let scopes: Vec<&str> = body["scopes"].as_array().ok_or("no list")?.iter().filter_map(Value::as_str).collect();
        let default: &[&str] =
            if purpose == Purpose::Provider { &["read_api", "read_repository"] } else { &["read_repository"] };
        let required = policy.required_scopes.clone().unwrap_or_else(|| strings(default));
        for scope in &required {
            let is_implied = policy.scopes == ScopeReading::Effective
                && (scopes.contains(&"api") && scope.starts_with("read_")
                    || scopes.contains(&"write_repository") && scope == "read_repository");
            if !is_implied && !scopes.contains(&scope.as_str()) {
                return Err(format!("{scope} is missing"));
            }
        }
        match (purpose, policy.expiry, &body["expires_at"]) {
            (Purpose::Provider, _, Value::Null) if body.get("expires_at").is_none() => {
                Err("expiry not given".to_owned())
            }
            (_, _, Value::Null) => Ok(()),
            (Purpose::Provider, ExpiryRule::Forbid, date) => Err(format!("expires {date}")),
            (_, _, Value::String(date)) if date.as_str() > "2026-11-22T12" => Ok(()),
            (_, _, date) => Err(format!("has expired {date}")),
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        #[test]
        fn ok_is_never_given_without_cause(
            status in prop_oneof![9 => Just(200u16), 1 => any::<u16>()],
            body in prop_oneof![nearly_right(), one_field_mutated()],
            policy in any_policy(),
            purpose in any_purpose(),
        ) {
            let answer = HttpAnswer::new(status, &body.to_string());
            let assessment = assess_token(&answer, &policy, purpose, noon());
            if assessment.verdict == Verdict::Ok {
                prop_assert_eq!(holds(status, &body, &policy, purpose), Ok(()));
            }
        }

        #[test]
        fn every_verdict_has_its_reasons(
            status in prop_oneof![Just(200u16), Just(400), Just(401), Just(403), Just(404), any::<u16>()],
            body in prop_oneof![nearly_right(), any_json(), error_body()],
            policy in any_policy(),
            purpose in any_purpose(),
            now in prop_oneof![Just(noon()), any::<i64>()],
        ) {
            let assessment = assess_token(&HttpAnswer::new(status, &body.to_string()), &policy, purpose, now);
            if assessment.verdict == Verdict::Unknown {
                let shown: Vec<String> = assessment.issues.iter().map(Issue::message).collect();
                prop_assert!(shown.iter().any(|message| says_what_to_try(message)), "{:?}", shown);
            }
            let has_error = assessment.issues.iter().any(|issue| issue.severity == Severity::Error);
            prop_assert_eq!(assessment.verdict == Verdict::Reject, has_error);
            prop_assert!(assessment.verdict == Verdict::Ok || !assessment.issues.is_empty());
            for issue in &assessment.issues {
                prop_assert!(issue.params.iter().all(|(name, _)| issue.code.params().contains(name)));
                prop_assert!(!issue.message().contains('{'), "{}", issue.message());
            }
        }
    }

    /// A sentence or clause that begins with what somebody can do.
    fn says_what_to_try(message: &str) -> bool {
        let clauses = message.split(['.', ':', ';', ',']).map(str::trim_start);
        let shown = ["Check ", "Confirm ", "Enter ", "Look ", "Open ", "Test ", "Use ", "Wait ", "test it "];
        clauses.into_iter().any(|clause| shown.iter().any(|start| clause.starts_with(start)))
    }

    #[test]
    fn a_token_that_was_not_tested_has_a_next_step() {
        for code in [IssueCode::TokenNoBaseUrl, IssueCode::TokenHttpNotAsked, IssueCode::TokenNotReached] {
            assert!(says_what_to_try(code.text()), "{}", code.text());
        }
        assert!(!says_what_to_try("GitLab did not answer. That is a pity."));
    }

    #[test]
    fn a_refused_expiry_tells_what_can_be_done_about_it() {
        let text = IssueCode::TokenHasExpiry.text();
        for way in ["17.3", "administrator", "service account", "accept the expiry"] {
            assert!(text.contains(way), "{way}");
        }
    }

    fn error_body() -> impl Strategy<Value = Value> {
        let error = proptest::sample::select(vec![
            "invalid_token",
            "insufficient_scope",
            "insufficient_granular_scope",
            "dpop_error",
            "other",
        ]);
        prop_oneof![
            (error, "[a-z ]{0,20}").prop_map(|(error, text)| json!({ "error": error, "error_description": text })),
            "[A-Za-z0-9 ]{0,40}".prop_map(|message| json!({ "message": message })),
        ]
    }
}

mod links {
    use super::*;

    #[test]
    fn every_age_has_a_page_below_the_base_url_with_name_and_scopes() {
        let base = BaseUrl::check("https://gitlab.example.com/gitlab/").expect("a base URL").value;
        let links = token_links(&base, &TokenPolicy::default(), Purpose::Provider, Some("a&scopes=api#é+ b"));
        let pages = "https://gitlab.example.com/gitlab/-";
        let query = "?name=a%26scopes%3Dapi%23%C3%A9%2B%20b&scopes=read_api,read_repository";
        assert_eq!(
            json!(links),
            json!({
                "current": format!("{pages}/user_settings/personal_access_tokens/legacy/new{query}"),
                "before18_9": format!("{pages}/user_settings/personal_access_tokens{query}"),
                "before16_8": format!("{pages}/profile/personal_access_tokens{query}"),
            })
        );
    }

    #[test]
    fn scopes_that_are_asked_for_instead_are_filled_in() {
        let base = BaseUrl::check("https://gitlab.example.com/").expect("a base URL").value;
        let required_scopes = Some(strings(&["api", "read_repository", "api", "x&y"]));
        let policy = TokenPolicy { required_scopes, ..TokenPolicy::default() };
        let links = token_links(&base, &policy, Purpose::Provider, None);
        assert!(links.current.ends_with("?name=torque&scopes=api,read_repository,x%26y"), "{}", links.current);
    }
}

//! Properties of the containment check that must hold for every input, and the exhaustive walk over small alphabets.

mod common;

use std::collections::BTreeMap;

use common::Rfc3986;
use proptest::prelude::*;
use torque_gitlab_connect::{
    address::{BaseUrl, PortalUrl, RepositoryUrl, Verdict, verdict},
    issue::{IssueCode, UrlError},
};

fn base(text: &str) -> BaseUrl {
    BaseUrl::check(text).unwrap_or_else(|issues| panic!("{text}: {issues}")).value
}

/// What the single check says, in the words of a list's verdicts.
fn single_verdict(base: &BaseUrl, text: &str) -> Verdict {
    match RepositoryUrl::check(Some(base), text) {
        Ok(_) => Verdict::Inside,
        Err(issues) if issues.has(IssueCode::RepositoryUrl(UrlError::OutsideBaseUrl)) => Verdict::Outside,
        Err(_) => Verdict::Invalid,
    }
}

fn segment() -> impl Strategy<Value = String> {
    // "p" in front keeps the words that GitLab reserves and the dots out
    "p[A-Za-z0-9_-]{0,6}(\\.[a-z0-9]{1,3}x)?"
}

fn host() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-z]([a-z0-9_-]{0,8}[a-z])?(\\.[a-z]{2,5}){0,3}"
            .prop_filter("labels that begin so must be Punycode", |host| !host.starts_with("xn--")),
        (1u8..=255, 0u8..=255, 0u8..=255, 0u8..=255).prop_map(|(a, b, c, d)| format!("{a}.{b}.{c}.{d}")),
        Just("[::1]".to_owned()),
        Just("[2001:db8::a:1]".to_owned()),
    ]
}

/// Scheme, host, port and path segments of a base.
fn base_parts() -> impl Strategy<Value = (&'static str, String, Option<u16>, Vec<String>)> {
    (
        prop_oneof![Just("http"), Just("https")],
        host(),
        proptest::option::of(1u16..),
        proptest::collection::vec(segment(), 0..3),
    )
}

fn url(scheme: &str, host: &str, port: Option<u16>, segments: &[String]) -> String {
    let port = port.map(|port| format!(":{port}")).unwrap_or_default();
    let path: String = segments.iter().map(|segment| format!("/{segment}")).collect();
    format!("{scheme}://{host}{port}{path}")
}

/// Text that is nearly a URL: the pieces that parsers quarrel about, in any order.
fn nearly_url() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[ -~]",
        any::<char>().prop_map(String::from),
        proptest::sample::select(vec![
            "https://",
            "http://",
            "HTTPS://",
            "//",
            "/",
            "\\",
            "@",
            ":",
            "?",
            "#",
            "%2e",
            "%2F",
            "..",
            ".",
            "[",
            "]",
            "[::1]",
            "127.1",
            "0x7f",
            "xn--",
            "gitlab.example.com",
            "group",
            "project",
            ".git",
            ".wiki",
            "-",
            "\t",
            "\n",
            "\0",
            " ",
            "git@",
            "ssh://",
            "git clone ",
            "%3A%2F%2F",
            "%40",
            "vscode://vscode.git/clone?url=",
            "https://gitpod.io/#",
            "git+https://",
            "git::",
            "&url=",
            "?ref=",
            "@v1",
            "-/ide/project/",
            "api/v4/projects/",
            "[.]",
            "&#x2F;",
            "\\/",
            "clone",
            "repo:",
            ":443",
            ":0",
            "é",
            "\u{3002}",
            "\u{202e}",
            "\"",
            "<",
            ">",
        ])
        .prop_map(str::to_owned),
    ];
    proptest::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4096, ..ProptestConfig::default() })]

    #[test]
    fn what_lies_below_the_base_is_inside(
        (scheme, host, port, root) in base_parts(),
        below in proptest::collection::vec(segment(), 2..6),
        git in prop_oneof![Just(""), Just(".git"), Just("/")],
    ) {
        let base = base(&url(scheme, &host, port, &root));
        let mut segments = root;
        segments.extend(below.clone());
        let typed = format!("{}{git}", url(scheme, &host, port, &segments));
        let inside = RepositoryUrl::check(Some(&base), &typed).map_err(|issues| TestCaseError::fail(issues.to_string()))?.value;
        prop_assert_eq!(inside.path(), below.join("/"));
        let again = RepositoryUrl::check(Some(&base), inside.as_str()).expect("the canonical URL is inside too").value;
        prop_assert_eq!(again, inside);
    }

    #[test]
    fn another_scheme_host_port_or_root_is_never_inside(
        (scheme, host, port, root) in base_parts(),
        (other_scheme, other_host, other_port, other_root) in base_parts(),
        below in proptest::collection::vec(segment(), 2..5),
    ) {
        let default = |scheme| if scheme == "https" { 443 } else { 80 };
        let same = scheme == other_scheme && host == other_host
            && port.unwrap_or(default(scheme)) == other_port.unwrap_or(default(other_scheme));
        let mut segments = other_root.clone();
        segments.extend(below);
        prop_assume!(!(same && segments.starts_with(&root)));
        let base = base(&url(scheme, &host, port, &root));
        let typed = url(other_scheme, &other_host, other_port, &segments);
        let issues = RepositoryUrl::check(Some(&base), &typed).expect_err("it lies elsewhere");
        prop_assert!(issues.has(IssueCode::RepositoryUrl(UrlError::OutsideBaseUrl)), "{}", issues);
    }

    #[test]
    fn the_one_part_that_differs_is_named(
        (scheme, host, port, root) in base_parts(),
        below in proptest::collection::vec(segment(), 2..5),
        part in proptest::sample::select(vec!["scheme", "host", "port", "basePath"]),
        at in any::<proptest::sample::Index>(),
        how in 0..4_usize,
    ) {
        prop_assume!(part != "basePath" || !root.is_empty());
        let base = base(&url(scheme, &host, port, &root));
        let (mut other_scheme, mut other_host, mut other_port, mut other_root) = (scheme, host.clone(), port, root.clone());
        match part {
            "scheme" => other_scheme = if scheme == "https" { "http" } else { "https" },
            "host" => {
                // No `x` behind an IPv4 address that ends in 0: `0x` is a number, so that the host is refused.
                let others = [format!("{host}.evil.example"), format!("{host}x.ex"), format!("x{host}y"), "g".to_owned()];
                other_host = if host.starts_with('[') { "[2001:db8::b:1]".to_owned() } else { others[how].clone() };
            }
            "port" => other_port = Some(base.port().checked_add(1).unwrap_or(1)),
            _ => {
                let segment = &mut other_root[at.index(root.len())];
                let upper = segment.to_uppercase();
                let others = [format!("{segment}x"), format!("x{segment}"), format!("{upper}X"), format!("p{segment}")];
                segment.clone_from(&others[how]);
            }
        }
        prop_assume!(other_host != host || part != "host");
        other_root.extend(below);
        let typed = url(other_scheme, &other_host, other_port, &other_root);
        prop_assert_eq!(verdict(&base, &typed), Verdict::Outside, "{}", typed);
        let issues = RepositoryUrl::check(Some(&base), &typed).expect_err("it lies elsewhere");
        let shown = serde_json::to_value(&issues).expect("issues are JSON")[0]["params"].clone();
        prop_assert_eq!(shown["part"].as_str(), Some(part), "{}", typed);
        prop_assert_ne!(&shown["expected"], &shown["got"]);
    }

    #[test]
    fn checks_are_total_and_canonical_forms_stay(text in nearly_url(), other in nearly_url()) {
        let _ = PortalUrl::check(&text);
        let checked = BaseUrl::check(&text);
        match &checked {
            Ok(base) => prop_assert_eq!(&BaseUrl::check(base.value.as_str()).expect("canonical").value, &base.value),
            Err(issues) => for suggestion in issues.iter().filter_map(|issue| issue.suggestion.as_ref()) {
                let passed = BaseUrl::check(suggestion).expect("a suggestion passes").value;
                prop_assert_eq!(passed.as_str(), suggestion.as_str());
                prop_assert!(!(text.to_lowercase().contains("https:") && suggestion.starts_with("http:")));
            },
        }
        let bases = [None, checked.ok().map(|base| base.value), Some(base("https://gitlab.example.com/group/"))];
        for base in &bases {
            for typed in [&text, &other] {
                if let Some(base) = base {
                    prop_assert_eq!(verdict(base, typed), single_verdict(base, typed));
                }
                match RepositoryUrl::check(base.as_ref(), typed) {
                    Ok(inside) => {
                        let canonical = RepositoryUrl::check(base.as_ref(), inside.value.as_str());
                        prop_assert_eq!(canonical.expect("canonical").value, inside.value);
                    }
                    Err(issues) => for suggestion in issues.iter().filter_map(|issue| issue.suggestion.as_ref()) {
                        let again = RepositoryUrl::check(base.as_ref(), suggestion);
                        prop_assert!(again.is_ok(), "{suggestion}");
                        let was_https = typed.to_lowercase().trim_start().starts_with("https:");
                        prop_assert!(!(was_https && suggestion.starts_with("http:")), "{typed} {suggestion}");
                    },
                }
            }
        }
    }

    #[test]
    fn what_is_accepted_is_accepted_as_it_is_sent(
        words in proptest::collection::vec(
            proptest::sample::select(vec!["-", ".", "..", "...", "group", "tree", "issues", "12", "info", "refs", "lfs", "p"]),
            1..5,
        ),
        endings in proptest::collection::vec(
            proptest::sample::select(vec!["", ".git", ".GIT", ".wiki", "/", ".git.git"]),
            0..3,
        ),
        base_is_known in any::<bool>(),
    ) {
        let base = base_is_known.then(|| base("https://gitlab.example.com/"));
        let typed = format!("https://gitlab.example.com/{}{}", words.join("/"), endings.concat());
        if let Ok(inside) = RepositoryUrl::check(base.as_ref(), &typed) {
            let sent = RepositoryUrl::check(base.as_ref(), inside.value.as_str());
            prop_assert_eq!(sent.map_err(|issues| TestCaseError::fail(issues.to_string()))?.value, inside.value);
        }
    }

    #[test]
    fn what_stands_around_an_address_is_left_out_of_the_suggestion(
        (scheme, host, port, root) in base_parts(),
        below in proptest::collection::vec(segment(), 2..5),
        (before, behind) in proptest::sample::select(vec![
            ("<", ">"), ("\"", "\""), ("'", "',"), ("`", "`"), ("(", ")."), ("[", "]"), ("{", "}"), ("“", "”"), ("„", "“"),
            ("[the project](", ")"), ("git::", "?ref=v1"), ("git+", ""), ("view-source:", ""), ("url = ", ""), ("- ", ""),
            ("git clone ", ""), ("git clone -b main '", "' folder"), ("origin\t", ".git (fetch)"), ("\u{feff}", "\u{200b}"),
            ("<a href=\"", "\">my project</a>"), ("", "/-/tree/main/a%20b"), ("", "/-/blob/main/@types/a.ts"), ("", ".git/"),
            ("", "/tree/main"), ("", "/merge_requests/12/commits"), ("", ".atom"), ("", "/issues/new"), ("", "?private_token=x"), ("", "//"),
        ]),
    ) {
        let base = base(&url(scheme, &host, port, &root));
        let mut segments = root;
        segments.extend(below);
        let inside = RepositoryUrl::check(Some(&base), &url(scheme, &host, port, &segments)).expect("inside").value;
        let typed = format!("{before}{inside}{behind}");
        let issues = RepositoryUrl::check(Some(&base), &typed).expect_err("something stands around it");
        let suggestion = issues.iter().find_map(|issue| issue.suggestion.as_ref());
        prop_assert_eq!(suggestion.map(String::as_str), Some(inside.as_str()), "{:?}: {}", typed, issues);
    }

    #[test]
    fn ssh_forms_are_offered_as_the_base_has_it(
        (scheme, host, port, root) in base_parts(),
        below in proptest::collection::vec(segment(), 2..5),
        form in 0..6,
        user in "[a-z][a-z0-9_-]{0,6}",
        ssh_port in 1u16..,
    ) {
        let base = base(&url(scheme, &host, port, &root));
        let path = below.join("/");
        let typed = match (form, host.strip_prefix('[')) {
            (0, Some(address)) => format!("[{user}@{address}:{path}.git"),
            (0 | 1, _) => format!("{user}@{host}:{path}.git"),
            (2, _) => format!("{host}:{path}"),
            (3, _) => format!("ssh://{user}@{host}:{ssh_port}/{path}.git"),
            (4, _) => format!("git+ssh://{host}/{path}/"),
            _ => format!("git clone ssh://{user}@{host}:{ssh_port}/{path}.git"),
        };
        let issues = RepositoryUrl::check(Some(&base), &typed).expect_err("no HTTP address");
        let suggestion = issues.iter().find_map(|issue| issue.suggestion.clone());
        prop_assert_eq!(suggestion, Some(format!("{}{path}", base.as_str())), "{:?}: {}", typed, issues);
    }

    #[test]
    fn credentials_are_never_echoed(
        before in nearly_url(),
        after in nearly_url(),
        user in "(oauth2|me)?",
        separator in prop_oneof![Just(":"), Just("")],
    ) {
        let secret = "SeCrEt7";
        for text in [
            format!("{before}{user}{separator}{secret}@{after}"),
            format!("https://{user}{separator}{secret}@gitlab.example.com/group/project{after}"),
            format!("https://{user}:a/{secret}@gitlab.example.com/group/project{after}"),
            format!("https://me/{secret}/project{after}@gitlab.example.com/group/project"),
            format!("{before} {user}:{secret}@gitlab.example.com/group/project {after}"),
            format!("https://gitlab.example.com/group/project?private_token={secret}{after}"),
        ] {
            let base = base("https://gitlab.example.com/");
            let mut issues = Vec::new();
            issues.extend(BaseUrl::check(&text).err().into_iter().flatten());
            issues.extend(PortalUrl::check(&text).err().into_iter().flatten());
            issues.extend(RepositoryUrl::check(None, &text).err().into_iter().flatten());
            issues.extend(RepositoryUrl::check(Some(&base), &text).err().into_iter().flatten());
            let shown = serde_json::to_string(&issues).expect("issues are JSON").to_lowercase();
            prop_assert!(!shown.contains(&secret.to_lowercase()), "{text:?}: {shown}");
        }
    }
}

/// Characters that change what a URL means to one parser or another, with one ordinary letter of each kind.
const ALPHABET: &[char] =
    &['/', '\\', '.', '%', '2', 'e', 'f', '@', ':', '?', '#', '[', ']', ' ', '\t', '\n', '\0', 'E', 'ß', '-', '0', '~'];

/// Where a string of the alphabet goes into a URL: into and around scheme, authority and path.
const PLACES: &[(&str, &str)] = &[
    ("https://h.ex/g/p", ""),
    ("https://h.ex/g/", "/p"),
    ("https://h.ex/", "g/p"),
    ("https://h.ex", "/g/p"),
    ("https://h", ".ex/g/p"),
    ("https://", "h.ex/g/p"),
    ("https:", "//h.ex/g/p"),
    ("http", "s://h.ex/g/p"),
    ("", "https://h.ex/g/p"),
];

/// Characters of hosts, those of `xn--` labels and of numbers among them.
const ALPHABET_OF_HOSTS: &[char] = &['x', 'n', 'a', '-', '.', '_', '0', '9', 'X'];

const PLACES_IN_HOSTS: &[(&str, &str)] = &[
    ("https://", "/g/p"),
    ("https://", ".ex/g/p"),
    ("https://xn--", "/g/p"),
    ("https://xn--a", ".ex/g/p"),
    ("https://h.xn--", "a.ex:8443/g/p"),
];

/// Every string over the alphabet up to `length`, at every place: whatever the reader accepts, inside or not, names the
/// same scheme, host, port and path to RFC 3986 and to the `url` crate. Counts what was tried, by outcome.
fn walk(alphabet: &[char], places: &[(&str, &str)], length: usize) -> BTreeMap<String, u64> {
    let base = base("https://h.ex/");
    let mut counts = BTreeMap::new();
    let mut text = String::new();
    for (before, after) in places {
        for length in 0..=length {
            let mut indices = vec![0; length];
            loop {
                text.clear();
                text.push_str(before);
                text.extend(indices.iter().map(|index| alphabet[*index]));
                text.push_str(after);
                *counts.entry(judge(&base, &text)).or_default() += 1;
                if !advance(&mut indices, alphabet.len()) {
                    break;
                }
            }
        }
    }
    counts
}

/// The next string of the same length; false after the last.
fn advance(indices: &mut [usize], letters: usize) -> bool {
    for index in indices.iter_mut().rev() {
        *index += 1;
        if *index < letters {
            return true;
        }
        *index = 0;
    }
    false
}

fn judge(base: &BaseUrl, text: &str) -> String {
    let whole = BaseUrl::check(text);
    let repository = RepositoryUrl::check(Some(base), text);
    let outcome = match &repository {
        Ok(_) => "inside",
        Err(issues) => issues.iter().next().expect("a refusal has an issue").code.as_str(),
    };
    assert_eq!(verdict(base, text), single_verdict(base, text), "{text:?}");
    // The cross-check refuses nothing of what lies inside that the reader accepts.
    assert_ne!(outcome, "repository_url.ambiguous", "{text:?}");
    let witnesses = || (by_rfc_3986(text), by_url_crate(text));
    if let Ok(read) = whole {
        let read = read.value;
        let path = read.path().strip_suffix('/').unwrap_or_default().to_owned();
        assert!(read.host().starts_with('[') || is_name_in_dns(read.host()), "{text:?}");
        let here = Some((read.scheme().as_str().to_owned(), read.host().to_owned(), u32::from(read.port()), path));
        assert_eq!(witnesses(), (here.clone(), here), "{text:?}");
    }
    if let Ok(inside) = repository {
        let without_git = |place: Option<Place>| {
            place.map(|(scheme, host, port, path)| {
                (scheme, host, port, path.strip_suffix(".git").unwrap_or(&path).to_owned())
            })
        };
        let here = Some(("https".to_owned(), "h.ex".to_owned(), 443, format!("/{}", inside.value.path())));
        let (rfc, url) = witnesses();
        assert_eq!((without_git(rfc), without_git(url)), (here.clone(), here), "{text:?}");
    }
    outcome.to_owned()
}

/// [RFC 1035](https://www.rfc-editor.org/rfc/rfc1035#section-2.3.4)'s lengths and RFC 1123's hyphens.
fn is_name_in_dns(host: &str) -> bool {
    let is_label = |label: &str| (1..64).contains(&label.len()) && !label.starts_with('-') && !label.ends_with('-');
    host.len() < 254 && host.split('.').all(is_label)
}

/// Scheme, host, effective port, and path without a slash at the end, where the URL has nothing else.
type Place = (String, String, u32, String);

fn by_rfc_3986(text: &str) -> Option<Place> {
    let read = Rfc3986::read(text.trim_matches(['\t', '\n', '\r', '\u{c}', ' ']))?;
    let port = read.effective_port()?;
    let is_bare = read.userinfo.is_none() && read.query.is_none() && read.fragment.is_none();
    is_bare.then(|| (read.scheme, read.host, port, read.path.strip_suffix('/').unwrap_or(&read.path).to_owned()))
}

fn by_url_crate(text: &str) -> Option<Place> {
    let read = url::Url::parse(text).ok()?;
    let is_bare =
        read.username().is_empty() && read.password().is_none() && read.query().is_none() && read.fragment().is_none();
    let (host, port) = (read.host_str()?.to_owned(), read.port_or_known_default()?);
    let path = read.path().strip_suffix('/').unwrap_or(read.path()).to_owned();
    is_bare.then(|| (read.scheme().to_owned(), host, u32::from(port), path))
}

/// `EXHAUST_LENGTH` is set by `cargo xtask exhaust`; without it the walk is short enough for every run.
#[test]
fn every_short_string_at_every_place_is_read_alike_by_all_or_refused() {
    let length = std::env::var("EXHAUST_LENGTH").ok().map_or(3, |length| length.parse().expect("a number"));
    let counts = walk(ALPHABET, PLACES, length);
    let tried: u64 = counts.values().sum();
    let expected: u64 = (0..=u32::try_from(length).expect("small")).map(|n| (ALPHABET.len() as u64).pow(n)).sum();
    assert_eq!(tried, expected * PLACES.len() as u64);
    assert!(counts["inside"] > 0 && counts["repository_url.outside_base_url"] > 0);
    println!("{tried} strings of up to {length} characters at {} places", PLACES.len());
    for (outcome, count) in counts {
        println!("{count:>12} {outcome}");
    }
}

#[test]
fn every_short_host_is_read_alike_by_all_or_refused() {
    let length = std::env::var("EXHAUST_LENGTH").ok().map_or(4, |length| length.parse().expect("a number"));
    let counts = walk(ALPHABET_OF_HOSTS, PLACES_IN_HOSTS, length);
    for fault in ["host_hyphen", "host_punycode", "host_empty_label", "host_number", "outside_base_url"] {
        assert!(counts[&format!("repository_url.{fault}")] > 0, "{fault}");
    }
    println!("{} strings of up to {length} characters in hosts", counts.values().sum::<u64>());
    for (outcome, count) in counts {
        println!("{count:>12} {outcome}");
    }
}

proptest! {
    /// Texts encoded by another's hand, and labels that only look so.
    #[test]
    fn an_international_label_is_what_its_text_encodes_to(text in "[a-z]{0,6}[\u{e0}-\u{24f}\u{4e00}-\u{4eff}]{0,5}[a-z0-9]{0,4}", noise in "[a-z0-9]{0,3}") {
        let encoded = idna::punycode::encode_str(&text).expect("short");
        let is_international = !text.is_ascii();
        let check = |label: &str| match BaseUrl::check(&format!("https://xn--{label}.example/")) {
            Ok(_) => None,
            Err(issues) => issues.iter().next().map(|issue| issue.code),
        };
        let refused = [IssueCode::BaseUrl(UrlError::HostPunycode), IssueCode::BaseUrl(UrlError::HostHyphen)];
        if is_international {
            // Whether its text may stand in a host is for the other parser to say, which has the tables.
            let says = check(&encoded);
            prop_assert!(says.is_none_or(|code| code == IssueCode::BaseUrl(UrlError::Ambiguous)), "{} {:?}", encoded, says);
            prop_assert_eq!(says.is_none(), url::Url::parse(&format!("https://xn--{encoded}.example/")).is_ok());
        } else {
            prop_assert!(check(&encoded).is_some_and(|code| refused.contains(&code)), "{}", encoded);
        }
        let other = format!("{encoded}{noise}");
        if let Some(code) = check(&other).filter(|code| refused.contains(code)) {
            let decoded = idna::punycode::decode_to_string(&other);
            let is_wrong = decoded.is_none_or(|text| text.is_ascii() || text.contains(char::is_control)
                || idna::punycode::encode_str(&text).as_deref() != Some(&other));
            prop_assert!(is_wrong || other.ends_with('-'), "{} {:?}", other, code);
        }
    }
}

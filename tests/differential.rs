//! Other programs as witnesses: git, curl, Python and Node.js.
//!
//! git decides by `git config --get-urlmatch` which configuration, credentials too, applies to a URL. What this crate calls
//! inside, git must match. Where git matches and this crate refuses, a rule of this crate must be the reason, and one that git
//! is known not to have; a place that git matches is never called another place. The others say what they read in a URL: of each
//! that this crate accepts, the same scheme, host, port and path.

use std::{
    cell::RefCell,
    collections::BTreeMap,
    env, fs,
    io::{BufRead, BufReader, Read, Write},
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    thread,
};

use proptest::{
    prelude::*,
    test_runner::{Config, TestRunner},
};
use serde_json::Value;
use torque_gitlab_connect::address::{BaseUrl, RepositoryUrl};

/// Rules that git does not have, and what it does instead.
const EXCUSES: &[(&str, &str)] = &[
    ("at_sign", "an @ in the path is an ordinary character to git"),
    ("backslash", "a path character to git"),
    ("control_character", "percent-encoded by git"),
    ("dot_segment", "resolved by git"),
    ("empty_segment", "folded by git"),
    ("git_slash", "git knows nothing of projects"),
    ("has_credentials", "git compares the user name only where the configuration has one"),
    ("has_fragment", "not compared by git"),
    ("has_query", "not compared by git"),
    ("host_empty_label", "git has no rule for labels"),
    ("host_ends_with_dot", "git has no rule for labels"),
    ("host_hyphen", "git has no rule for labels"),
    ("host_punycode", "git has no rule for labels"),
    ("host_too_long", "git has no rule for labels"),
    ("host_ipv6", "compared as text by git"),
    ("host_number", "compared as text by git"),
    ("path_character", "sub-delimiters are ordinary characters to git"),
    ("path_not_ascii", "percent-encoded by git"),
    ("percent_encoding", "decoded and encoded again by git"),
    ("port", "an empty port and leading zeros are dropped by git"),
    ("project_missing", "git knows nothing of projects"),
    ("project_name", "git knows nothing of projects"),
    ("reserved_path", "git knows nothing of GitLab's pages"),
    ("tilde", "an ordinary character to git"),
    ("web_link", "git knows nothing of GitLab's pages"),
    ("white_space", "percent-encoded by git"),
    ("wiki", "git knows nothing of projects"),
];

/// git's answer on whether the configuration of `base` applies to `repository`.
struct Git {
    config: PathBuf,
}

impl Git {
    fn new(name: &str) -> Self {
        Self {
            config: PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("urlmatch-{name}-{}", std::process::id())),
        }
    }

    fn matches(&self, base: &BaseUrl, repository: &str) -> bool {
        // No character of a checked base means anything in git's configuration syntax.
        fs::write(&self.config, format!("[http \"{}\"]\n\tmarker = inside\n", base.as_str()))
            .expect("a file is written");
        let run = |url: &str| {
            let mut git = Command::new("git");
            git.args(["config", "--file"]).arg(&self.config).args(["--get-urlmatch", "http.marker", url]);
            git.output().expect("git is installed")
        };
        // NUL cannot be an argument.
        !repository.contains('\0') && run(repository.trim()).stdout == b"inside\n"
    }
}

impl Drop for Git {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.config);
    }
}

/// Compares one pair; counts by rule where git is more generous.
fn compare(git: &Git, base: &BaseUrl, repository: &str, differences: &mut BTreeMap<String, u32>) -> Result<(), String> {
    let matches = git.matches(base, repository);
    let issues = match RepositoryUrl::check(Some(base), repository) {
        Ok(_) if matches => return Ok(()),
        Ok(_) => return Err(format!("{repository:?} is inside {} here and not to git", base.as_str())),
        Err(_) if !matches => return Ok(()),
        Err(issues) => issues,
    };
    let code = issues.iter().next().expect("a refusal has an issue").code.as_str();
    let rule = code.trim_start_matches("repository_url.");
    if !EXCUSES.iter().any(|(excused, _)| *excused == rule) {
        return Err(format!("{repository:?} in {}: git matches, here it is {code}", base.as_str()));
    }
    *differences.entry(rule.to_owned()).or_default() += 1;
    Ok(())
}

fn corpus() -> Vec<(BaseUrl, String)> {
    let folder = Path::new("tests/corpora");
    let mut pairs = Vec::new();
    for file in ["git-urlmatch.jsonl", "idn.jsonl", "tools.jsonl", "whatwg.jsonl"] {
        for line in fs::read_to_string(folder.join(file)).expect("part of the repository").lines() {
            let row: Value = serde_json::from_str(line).expect("JSON");
            let text = |key: &str| row[key].as_str().unwrap_or_default().to_owned();
            if let Ok(base) = BaseUrl::check(&text("base")) {
                pairs.push((base.value, text("repo")));
            }
        }
    }
    pairs
}

#[test]
fn git_agrees_on_the_corpora() {
    let git = Git::new("corpora");
    let mut differences = BTreeMap::new();
    let failures: Vec<String> = corpus()
        .iter()
        .filter_map(|(base, repository)| compare(&git, base, repository, &mut differences).err())
        .collect();
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    println!("git is more generous by rule: {differences:?}");
}

#[test]
fn git_agrees_on_mutations() {
    let git = Git::new("mutations");
    let differences = RefCell::new(BTreeMap::new());
    let good = "https://gitlab.example.com:8443/root/group/project.git";
    let base = BaseUrl::check("https://gitlab.example.com:8443/root/").expect("valid").value;
    let pieces = proptest::sample::select(vec![
        "/", "//", "\\", ".", "..", "/./", "/../", "%2e", "%2F", "@", "a@", ":", ":8443", ":08443", "?", "#", " ",
        "\t", "é", "~", "+", "-", "/-/", "A", "root", "[", "]", "", "http", "x", "0", "\u{ff0e}",
    ]);
    let mutation = (0..good.len(), 0usize..3, pieces);
    let cases = if env::var_os("EXHAUST_LENGTH").is_some() { 20_000 } else { 600 };
    let mut runner = TestRunner::new(Config { cases, ..Config::default() });
    let result = runner.run(&proptest::collection::vec(mutation, 1..3), |mutations| {
        let mut url = good.to_owned();
        for (at, removed, piece) in mutations {
            let start = url.char_indices().map(|(at, _)| at).rfind(|index| *index <= at).unwrap_or(0);
            let end = url[start..].char_indices().map(|(at, _)| start + at).nth(removed).unwrap_or(url.len());
            url.replace_range(start..end, piece);
        }
        compare(&git, &base, &url, &mut differences.borrow_mut()).map_err(TestCaseError::fail)
    });
    println!("git is more generous by rule: {:?}", differences.borrow());
    result.unwrap_or_else(|failure| panic!("{failure}"));
}

/// What a URL is: scheme, host, effective port and path, in one line.
fn line(scheme: &str, host: &str, port: u16, path: &str) -> String {
    format!("{scheme} {host} {port} {}", if path.is_empty() { "/" } else { path })
}

/// The same numbers in every run (xorshift64).
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % limit as u64).expect("small")
    }

    fn pick(&mut self, (ordinary, odd): Pieces) -> &'static str {
        let pieces = if self.below(12) == 0 { odd } else { ordinary };
        pieces[self.below(pieces.len())]
    }
}

/// Pieces of URLs, each the ordinary ones and those that programs quarrel about.
type Pieces = (&'static [&'static str], &'static [&'static str]);

const SCHEMES: Pieces =
    (&["http://", "https://", "HTTP://", "Https://"], &["http:/", "https:", "http:///", "http:\\\\"]);
const LABELS: Pieces = (
    &["gitlab", "example", "com", "xn--mnchen-3ya", "XN--P1AI", "xn--ls8h", "a_b", "A", "ab--cd", "1a", "0x7g"],
    &[
        "xn--a", "xn--0", "xn--", "xn--a-", "xn--tda", "0x7f", "127", "010", "256", "-", "a-", "-a", "", "\u{fc}",
        "[::1]",
    ],
);
const DOTS: Pieces = (&["."], &["..", "", "@", "%2e", "\u{3002}", "\\", ":", "-"]);
const WHOLE_HOSTS: &[&str] =
    &["[::1]", "[2001:db8::a]", "192.0.2.10", "localhost", "[::FFFF:1.2.3.4]", "127.1", "0x7f.1", "1.2.3.04"];
const PORTS: Pieces =
    (&["", "", ":80", ":443", ":8443", ":65535"], &[":0", ":080", ":", ":65536", ":80:80", ":8a", "."]);
const SEGMENTS: Pieces = (
    &["group", "project", "sub", "a.b", "_", "project.git", "...", "A--B", "0", "-a"],
    &["..", ".", "-", "", "%2e%2e", "@b", "~me", "a b", "\u{e9}", "p;q", "p:q", "p?q", "p#q", "p\\q", "api"],
);

/// A text that is more or less a URL.
fn generate(chance: &mut Chance) -> String {
    let mut url = chance.pick(SCHEMES).to_owned();
    if chance.below(8) == 0 {
        url += WHOLE_HOSTS[chance.below(WHOLE_HOSTS.len())];
    } else {
        for label in 0..=chance.below(4) {
            if label > 0 {
                url += chance.pick(DOTS);
            }
            url += chance.pick(LABELS);
        }
    }
    url += chance.pick(PORTS);
    for _ in 0..chance.below(6) {
        url += "/";
        url += chance.pick(SEGMENTS);
    }
    url
}

/// Of so many generated texts those that this crate accepts, each with what it reads.
fn accepted(count: usize) -> Vec<(String, String)> {
    let mut chance = Chance(0x9e37_79b9_7f4a_7c15);
    let mut accepted = Vec::new();
    for _ in 0..count {
        let text = generate(&mut chance);
        if let Ok(base) = BaseUrl::check(&text) {
            let base = base.value;
            let path = base.path().strip_suffix('/').filter(|_| !text.ends_with('/')).unwrap_or(base.path());
            accepted.push((text, line(base.scheme().as_str(), base.host(), base.port(), path)));
            continue;
        }
        // Reserved and clone addresses are no bases, but repositories.
        let Some(base) = origin(&text).and_then(|origin| BaseUrl::check(&origin).ok()) else { continue };
        if let Ok(inside) = RepositoryUrl::check(Some(&base.value), &text) {
            let end = &text[text.trim_end_matches('/').trim_end_matches(".git").len()..];
            let path = format!("/{}{end}", inside.value.path());
            accepted.push((text, line(base.value.scheme().as_str(), base.value.host(), base.value.port(), &path)));
        }
    }
    assert!(accepted.len() * 5 > count, "{} of {count} are accepted", accepted.len());
    accepted
}

fn origin(text: &str) -> Option<String> {
    let start = text.find("://")? + 3;
    Some(text[..start + text[start..].find('/')?].to_owned())
}

/// How many texts are generated: `cargo xtask exhaust` takes a million.
fn count() -> usize {
    if env::var_os("EXHAUST_LENGTH").is_some() { 1_000_000 } else { 20_000 }
}

/// What a program prints that reads one URL a line.
fn read_by(program: &str, arguments: &[&str], urls: &[(String, String)]) -> Vec<String> {
    let mut child = Command::new(program)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap_or_else(|error| panic!("{program}: {error}"));
    let mut input = child.stdin.take().expect("piped");
    let text: String = urls.iter().flat_map(|(url, _)| [url.as_str(), "\n"]).collect();
    let writer = thread::spawn(move || input.write_all(text.as_bytes()).expect("it reads all"));
    let mut read = String::new();
    child.stdout.take().expect("piped").read_to_string(&mut read).expect("it writes text");
    writer.join().expect("all is written");
    assert!(child.wait().expect("it ends").success(), "{program}");
    read.lines().map(str::to_owned).collect()
}

fn assert_same(program: &str, urls: &[(String, String)], read: &[String]) {
    assert_eq!(read.len(), urls.len(), "{program}");
    for ((url, here), there) in urls.iter().zip(read) {
        assert_eq!(there, here, "{url:?} by {program}");
    }
    println!("{program} reads {} accepted URLs alike", urls.len());
}

#[test]
fn python_reads_alike_what_is_accepted() {
    let script = "
import sys
from urllib.parse import urlsplit
for text in sys.stdin:
    url = urlsplit(text.rstrip('\\n'))
    host = '[%s]' % url.hostname if ':' in url.hostname else url.hostname
    bare = url.username is None and url.password is None and not url.query and not url.fragment
    print(url.scheme, host, url.port or {'http': 80, 'https': 443}[url.scheme], url.path or '/') if bare else print(url)
";
    let urls = accepted(count());
    assert_same("Python", &urls, &read_by("python3", &["-c", script], &urls));
}

#[test]
fn node_reads_alike_what_is_accepted() {
    let script = "
import { createInterface } from 'node:readline';
const lines = [];
for await (const text of createInterface({ input: process.stdin })) {
  const { protocol, hostname, port, pathname, username, password, search, hash } = new URL(text);
  const scheme = protocol.slice(0, -1);
  lines.push(`${scheme} ${hostname} ${port || { http: 80, https: 443 }[scheme]} ${pathname}${username}${password}${search}${hash}\\n`);
}
process.stdout.write(lines.join(''));
";
    let urls = accepted(count());
    assert_same("Node.js", &urls, &read_by("node", &["--input-type=module", "--eval", script], &urls));
}

/// As a proxy sees it: whom curl asks for, on which port, for what. Over https it would see host and port alone.
#[test]
fn curl_reads_alike_what_is_accepted() {
    let mut urls: Vec<(String, String)> =
        accepted(count()).into_iter().filter(|(_, here)| here.starts_with("http ")).collect();
    urls.truncate(count() / 20);
    let proxy = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let mut config = format!("proxy = \"http://{}\"\nnoproxy = \"\"\n", proxy.local_addr().expect("bound"));
    config += "globoff\nsilent\nshow-error\nfail-early\n";
    for (url, _) in &urls {
        config += &format!("url = \"{url}\"\noutput = /dev/null\n");
    }
    let expected = urls.len();
    let seen = thread::spawn(move || {
        let mut seen = Vec::new();
        while seen.len() < expected {
            let (stream, _) = proxy.accept().expect("curl asks");
            stream.set_nodelay(true).expect("a socket");
            let mut answers = stream.try_clone().expect("a socket");
            let mut requests = BufReader::new(stream).lines();
            // One connection, as long as curl likes.
            while let Some(Ok(request)) = requests.next() {
                requests.by_ref().map_while(Result::ok).find(String::is_empty);
                seen.push(request);
                answers.write_all(b"HTTP/1.1 204 No Content\r\n\r\n").expect("curl waits");
            }
        }
        seen
    });
    let read = read_by_curl(&config);
    assert!(read.status.success(), "{}", String::from_utf8_lossy(&read.stderr));
    let seen: Vec<String> = seen.join().expect("a proxy").iter().map(|request| line_of_request(request)).collect();
    assert_same("curl", &urls, &seen);
}

fn read_by_curl(config: &str) -> std::process::Output {
    let mut curl = Command::new("curl")
        .args(["--disable", "--config", "-"])
        .stdin(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("curl is installed");
    curl.stdin.take().expect("piped").write_all(config.as_bytes()).expect("curl reads all");
    curl.wait_with_output().expect("curl ends")
}

/// `GET http://host:8080/path HTTP/1.1`
fn line_of_request(request: &str) -> String {
    let url = request.strip_prefix("GET http://").and_then(|rest| rest.strip_suffix(" HTTP/1.1")).expect(request);
    let (authority, path) = url.split_at(url.find('/').unwrap_or(url.len()));
    let (host, port) = match authority.rfind(':') {
        Some(colon) if !authority.ends_with(']') => {
            (&authority[..colon], authority[colon + 1..].parse().expect(request))
        }
        _ => (authority, 80),
    };
    line("http", &host.to_ascii_lowercase(), port, path)
}

//! `serve`: the page for a Torque. The sandbox's Torque behind TLS stands for it.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};

use rcgen::{BasicConstraints, Certificate, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt, copy_bidirectional};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

use crate::support::{Sandbox, program};

/// The program, serving; it ends when this is dropped.
struct Serving {
    child: Child,
    page: String,
}

impl Serving {
    fn start(command: &mut Command) -> Self {
        let mut child = command.spawn().unwrap();
        let mut address = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut address).unwrap();
        Self { child, page: address.trim().to_owned() }
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// An authority that only this test knows, and its certificate as a file.
struct Authority {
    issuer: CertifiedIssuer<'static, KeyPair>,
    file: PathBuf,
}

impl Authority {
    fn new(name: &str) -> Self {
        let mut params = CertificateParams::new([]).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let issuer = CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap();
        let file = std::env::temp_dir().join(format!("sandbox-{name}-{}.pem", std::process::id()));
        fs::write(&file, issuer.pem()).unwrap();
        Self { issuer, file }
    }

    /// TLS as a server of this name speaks it.
    fn acceptor(&self, name: &str) -> TlsAcceptor {
        let key = KeyPair::generate().unwrap();
        acceptor(&CertificateParams::new([name.to_owned()]).unwrap().signed_by(&key, &self.issuer).unwrap(), &key)
    }
}

/// TLS with this certificate.
fn acceptor(certificate: &Certificate, key: &KeyPair) -> TlsAcceptor {
    let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(key.serialize_der()));
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate.der().clone()], key)
        .unwrap();
    TlsAcceptor::from(Arc::new(config))
}

impl Drop for Authority {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.file);
    }
}

/// A Torque behind TLS with the page and its proxy before it.
struct Setup {
    sandbox: Sandbox,
    runtime: tokio::runtime::Runtime,
    authority: Authority,
}

impl Setup {
    fn new(name: &str, failures: &str) -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
        Self { sandbox: Sandbox::start(failures), runtime, authority: Authority::new(name) }
    }

    /// The sandbox's Torque behind TLS, by the certificate of a server of this name. Gives its address.
    fn behind_tls(&self, name: &str) -> String {
        self.behind(self.authority.acceptor(name))
    }

    fn behind(&self, acceptor: TlsAcceptor) -> String {
        let torque = self.sandbox.facts.torque.split('/').nth(2).unwrap().to_owned();
        let listener = self.runtime.block_on(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))).unwrap();
        let port = listener.local_addr().unwrap().port();
        self.runtime.spawn(async move {
            loop {
                let (Ok((stream, _)), torque, acceptor) = (listener.accept().await, torque.clone(), acceptor.clone())
                else {
                    return;
                };
                tokio::spawn(async move {
                    let Ok(mut outside) = acceptor.accept(stream).await else { return };
                    let Ok(mut inside) = tokio::net::TcpStream::connect(torque).await else { return };
                    let _ = copy_bidirectional(&mut outside, &mut inside).await;
                });
            }
        });
        format!("https://localhost:{port}/")
    }

    /// A server behind TLS that notes what it is sent and always answers the same bytes.
    fn recorder(&self, answer: &'static str) -> (String, Arc<Mutex<String>>) {
        let acceptor = self.authority.acceptor("localhost");
        let listener = self.runtime.block_on(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))).unwrap();
        let port = listener.local_addr().unwrap().port();
        let heard = Arc::new(Mutex::new(String::new()));
        let noted = Arc::clone(&heard);
        self.runtime.spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let Ok(mut stream) = acceptor.accept(stream).await else { continue };
                let mut bytes = vec![0; 64 * 1024];
                let mut length = 0;
                // The head, and as much of the body as comes with it.
                while !String::from_utf8_lossy(&bytes[..length]).contains("\r\n\r\n") {
                    length += stream.read(&mut bytes[length..]).await.unwrap();
                }
                noted.lock().unwrap().push_str(&String::from_utf8_lossy(&bytes[..length]));
                let _ = stream.write_all(answer.as_bytes()).await;
                let _ = stream.shutdown().await;
            }
        });
        (format!("https://localhost:{port}/base/"), heard)
    }

    fn proxy(&self, torque: &str) -> Serving {
        self.proxy_with(torque, Some(&self.authority.file))
    }

    fn proxy_with(&self, torque: &str, ca: Option<&Path>) -> Serving {
        let mut command = program(&["serve", "--port", "0", "--torque", torque]);
        if let Some(ca) = ca {
            command.arg("--ca").arg(ca);
        }
        Serving::start(&mut command)
    }

    /// Sends what a page of this origin would send, and more headers.
    fn send(&self, proxy: &Serving, line: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        let own = [("Sec-Fetch-Site", "same-origin")];
        send(proxy, line, &[&own, headers].concat(), body)
    }

    fn bearer(&self) -> String {
        format!("Bearer {}", self.sandbox.facts.torque_tokens.admin)
    }
}

#[derive(Debug)]
struct Answer {
    status: u16,
    head: String,
    text: String,
}

impl Answer {
    fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    fn header(&self, name: &str) -> Option<String> {
        self.head.lines().find_map(|line| line.strip_prefix(&format!("{name}: ")).map(str::to_owned))
    }
}

/// One request as it stands, with `Host` unless that is among the headers.
fn send(proxy: &Serving, line: &str, headers: &[(&str, &str)], body: &str) -> Answer {
    let authority = proxy.page.split('/').nth(2).unwrap();
    let mut text = format!("{line} HTTP/1.1\r\nConnection: close\r\nContent-Length: {}\r\n", body.len());
    if !headers.iter().any(|(name, _)| *name == "Host") {
        text += &format!("Host: {authority}\r\n");
    }
    for (name, value) in headers {
        text += &format!("{name}: {value}\r\n");
    }
    let mut stream = TcpStream::connect(authority).unwrap();
    write!(stream, "{text}\r\n{body}").unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    let answer = String::from_utf8_lossy(&answer).into_owned();
    let (head, text) = answer.split_once("\r\n\r\n").unwrap_or((&answer, ""));
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or_default();
    Answer { status, head: head.to_ascii_lowercase(), text: text.to_owned() }
}

const LIST: &str = "GET /api/spaces/demo/repositories";
const CONNECT: &str = "POST /api/spaces/demo/repositories/gitlabEnterprise";

#[test]
fn the_whole_job_goes_through_it() {
    let setup = Setup::new("whole", "");
    let proxy = setup.proxy(&setup.behind_tls("localhost"));
    let bearer = setup.bearer();
    let json =
        [("Authorization", bearer.as_str()), ("Content-Type", "application/json"), ("Accept", "application/json")];

    let details =
        json!({ "token": setup.sandbox.token("provider_good"), "base_url": setup.sandbox.facts.gitlab.base_url });
    let provider = json!({ "name": "gitlab-1", "type": "gitLabEnterprise", "details": details, "repos": [] });
    let made = setup.send(&proxy, "POST /api/settings/repository_providers", &json, &provider.to_string());
    assert!(matches!(made.status, 200 | 202), "{made:?}");

    let url = &setup.sandbox.facts.repositories[0].url;
    let repository = json!({ "repository_name": "a b/c", "repository_url": url, "token": null, "branch": "main",
        "use_all_agents": true, "eac_auto_registration": false });
    assert_eq!(setup.send(&proxy, CONNECT, &json, &repository.to_string()).status, 202);
    assert_eq!(setup.send(&proxy, CONNECT, &json, &repository.to_string()).status, 409);

    let listed = setup.send(&proxy, LIST, &json[..1], "");
    assert_eq!((listed.status, &listed.json()[0]["name"]), (200, &json!("a b/c")));
    assert_eq!(listed.header("content-type").as_deref(), Some("application/json"));

    assert_eq!(setup.send(&proxy, LIST, &[], "").status, 401, "it has no token of its own");
}

#[test]
fn only_its_own_page_may_ask() {
    let setup = Setup::new("own", "");
    let proxy = setup.proxy(&setup.behind_tls("localhost"));
    let bearer = setup.bearer();
    let authority = proxy.page.split('/').nth(2).unwrap();
    let origin = format!("http://{authority}");
    let status = |headers: &[(&str, &str)]| {
        send(&proxy, LIST, &[&[("Authorization", bearer.as_str())], headers].concat(), "").status
    };
    let same = ("Sec-Fetch-Site", "same-origin");
    assert_eq!(status(&[same]), 200);
    assert_eq!(status(&[("Origin", &origin)]), 200);
    assert_eq!(status(&[("Origin", &origin), same]), 200);
    for headers in [
        &[][..],
        &[("Sec-Fetch-Site", "none")],
        &[("Sec-Fetch-Site", "cross-site")],
        &[("Sec-Fetch-Site", "same-site")],
        &[("Origin", "null"), same],
        &[("Origin", "https://evil.example"), same],
        &[("Origin", "http://localhost"), same],
        &[("Origin", &origin), ("Sec-Fetch-Site", "cross-site")],
        &[("Origin", &origin), ("Origin", "https://evil.example")],
        &[same, ("Sec-Fetch-Site", "cross-site")],
    ] {
        assert_eq!(status(headers), 403, "{headers:?}");
    }
    let port = authority.split(':').nth(1).unwrap();
    for host in ["evil.example", "127.0.0.1", &format!("localhost:{port}"), &format!("evil.example:{port}"), ""] {
        assert_eq!(status(&[same, ("Host", host)]), 421, "{host}");
        assert_eq!(send(&proxy, "GET /", &[("Host", host)], "").status, 421, "{host}");
    }
    let refused = send(&proxy, "GET http://evil.example/", &[], "");
    assert_ne!(refused.status, 200);

    // No other page is ever let in by CORS.
    let asked = [("Origin", "https://evil.example"), ("Access-Control-Request-Method", "POST"), same];
    let preflight = send(&proxy, "OPTIONS /api/spaces/demo/repositories", &asked, "");
    assert_eq!(preflight.status, 403);
    assert!(!preflight.head.contains("access-control-"), "{preflight:?}");
}

#[test]
fn only_the_endpoints_of_this_product_are_passed_on() {
    let setup = Setup::new("five", "");
    let (torque, heard) = setup.recorder("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n[]");
    let proxy = setup.proxy(&torque);
    for line in [
        "GET /api",
        "GET /api/",
        "GET /api/settings/repository_providers",
        "DELETE /api/settings/repository_providers",
        "POST /api/settings/repository_providers/",
        "POST /api/settings/repository_providers?x=1",
        "POST /api/settings/users",
        "GET /api/spaces",
        "GET /api/spaces/demo",
        "GET /api/spaces//repositories",
        "GET /api/spaces/%2e%2e/repositories",
        "GET /api/spaces/../repositories",
        "GET /api/spaces/..%2f..%2fadmin/repositories",
        "GET /api/spaces/a%2f%2E%5Cb/repositories",
        "PUT /api/spaces/demo/repositories/a",
        "DELETE /api/spaces/demo/repositories?repository_name=a",
        "GET /api/spaces/demo/repositories?x=1",
        "GET /api/spaces/demo/repositories?",
        "HEAD /api/spaces/demo/repositories",
        "PATCH /api/spaces/demo/repositories",
        "DELETE /api/spaces/demo/repositories",
        "DELETE /api/spaces/demo/repositories?repository_name=",
        "DELETE /api/spaces/demo/repositories?repository_name=..",
        "DELETE /api/spaces/demo/repositories?repository_name=a&repository_name=b",
        "DELETE /api/spaces/demo/repositories?other=a",
        "PUT /api/spaces/demo/repositories/..",
        "PUT /api/spaces/demo/repositories/a/b",
        "GET /api/spaces/demo/environments",
    ] {
        let answer = setup.send(&proxy, line, &[], "");
        assert_eq!(answer.status, 404, "{line}");
    }
    assert_eq!(*heard.lock().unwrap(), "", "nothing was sent");

    // What is sent is written anew from what was read.
    for (line, sent) in [
        (
            "GET /api/spaces/De%6do%20%2F%3F/repositories",
            "GET /base/api/spaces/Demo%20%2F%3F/repositories HTTP/1.1\r\n",
        ),
        ("GET /api/spaces/%252ehidden/repositories", "GET /base/api/spaces/%252ehidden/repositories HTTP/1.1\r\n"),
    ] {
        assert_eq!(setup.send(&proxy, line, &[], "").status, 200, "{line}");
        let heard = std::mem::take(&mut *heard.lock().unwrap());
        assert!(heard.starts_with(sent), "{heard}");
    }
}

#[test]
fn headers_pass_by_name_in_both_directions() {
    let setup = Setup::new("headers", "");
    let (torque, heard) = setup.recorder(
        "HTTP/1.1 429 Slow down\r\nretry-after: 7\r\nset-cookie: session=1\r\nx-other: 1\r\nlocation: /login\r\n\
         access-control-allow-origin: *\r\ncontent-type: text/html\r\ncontent-length: 24\r\n\r\n<script>alert()</script>",
    );
    let proxy = setup.proxy(&torque);
    let authority = proxy.page.split('/').nth(2).unwrap();
    let origin = format!("http://{authority}");
    let sent = [
        ("Authorization", "Bearer torque-token"),
        ("Content-Type", "application/json"),
        ("Accept", "application/json"),
        ("Origin", &origin),
        ("Referer", "http://127.0.0.1/secret"),
        ("Cookie", "session=mine"),
        ("X-Forwarded-For", "10.0.0.1"),
        ("X-Other", "mine"),
    ];
    let answer = setup.send(&proxy, CONNECT, &sent, "{}");
    let heard = heard.lock().unwrap().to_ascii_lowercase();
    let (lines, _) = heard.split_once("\r\n\r\n").unwrap();
    let mut names: Vec<&str> = lines.lines().skip(1).filter_map(|line| line.split(": ").next()).collect();
    names.sort_unstable();
    assert_eq!(names, ["accept", "authorization", "content-length", "content-type", "host", "user-agent"]);
    assert!(lines.contains("authorization: bearer torque-token"));

    assert_eq!((answer.status, answer.header("retry-after").as_deref()), (429, Some("7")));
    // A page of somebody else's never runs at this origin.
    assert_eq!(answer.header("content-type").as_deref(), Some("text/plain; charset=utf-8"));
    assert!(answer.header("content-security-policy").is_some_and(|policy| policy.contains("default-src 'none'")));
    for name in ["set-cookie", "x-other", "location", "access-control-allow-origin"] {
        assert_eq!(answer.header(name), None, "{name}");
    }
}

#[test]
fn a_redirect_is_an_answer_and_is_not_followed() {
    let setup = Setup::new("redirect", "redirect:list:1");
    let proxy = setup.proxy(&setup.behind_tls("localhost"));
    let bearer = setup.bearer();
    let answer = setup.send(&proxy, LIST, &[("Authorization", &bearer)], "");
    assert_eq!((answer.status, answer.header("location")), (302, None));
    assert_eq!(setup.send(&proxy, LIST, &[("Authorization", &bearer)], "").status, 200);
}

#[test]
fn a_certificate_that_is_not_vouched_for_ends_it_before_anything_is_sent() {
    let setup = Setup::new("certificates", "");
    let other = Authority::new("other");
    let bearer = setup.bearer();
    let right = setup.behind_tls("localhost");
    // What `openssl req -x509` makes: the server is its own authority.
    let mut params = CertificateParams::new(["localhost".to_owned()]).unwrap();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let key = KeyPair::generate().unwrap();
    let own = params.self_signed(&key).unwrap();
    let trusted = other.file.with_extension("own.pem");
    fs::write(&trusted, own.pem()).unwrap();
    let itself = setup.behind(acceptor(&own, &key));
    for (torque, ca, why) in [
        (&right, Some(other.file.as_path()), "certificate"),
        (&right, None, "comes from an authority that is not trusted here"),
        (&setup.behind_tls("elsewhere.example"), Some(setup.authority.file.as_path()), "is for another host name"),
        (&itself, Some(trusted.as_path()), "is that of an authority (CA:TRUE)"),
    ] {
        let proxy = setup.proxy_with(torque, ca);
        let answer = setup.send(&proxy, CONNECT, &[("Authorization", &bearer)], "{}");
        // 503: the state machine knows that nothing was done.
        assert_eq!(answer.status, 503, "{answer:?}");
        assert!(answer.text.contains("--ca FILE"), "{answer:?}");
        assert!(answer.text.contains(why) && !answer.text.contains(&bearer[7..]), "{answer:?}");
    }
    fs::remove_file(&trusted).unwrap();
    let answer = setup.send(&setup.proxy(&right), LIST, &[("Authorization", &bearer)], "");
    assert_eq!(answer.json(), json!([]), "nothing of it has arrived");
    // Plain HTTP behind an https address is no Torque either.
    let plain = setup.sandbox.facts.torque.replace("http://", "https://");
    let answer = setup.send(&setup.proxy(&plain), LIST, &[("Authorization", &bearer)], "");
    assert!(matches!(answer.status, 502 | 503) && answer.text.contains("does not speak TLS"), "{answer:?}");
    // RFC 6761: there is no such name.
    for nobody in ["https://127.0.0.1:1/", "https://torque.invalid/"] {
        assert_eq!(setup.send(&setup.proxy(nobody), LIST, &[], "").status, 503, "{nobody}");
    }
}

#[test]
fn a_lost_answer_is_reported_as_one() {
    let setup = Setup::new("lost", "lost-after:connect:1,reset-before:connect:1");
    let proxy = setup.proxy(&setup.behind_tls("localhost"));
    let answer = setup.send(&proxy, CONNECT, &[("Authorization", &setup.bearer())], "{}");
    assert_eq!(answer.status, 502, "{answer:?}");
    assert!(answer.json()["error"].as_str().unwrap().starts_with("This machine did not get an answer"), "{answer:?}");
}

#[test]
fn a_body_that_is_too_large_is_refused_by_its_head_or_at_its_end() {
    let setup = Setup::new("bodies", "");
    let proxy = setup.proxy(&setup.behind_tls("localhost"));
    let large = "x".repeat(1024 * 1024 + 1);
    assert_eq!(setup.send(&proxy, CONNECT, &[("Authorization", &setup.bearer())], &large).status, 413);
    // The head alone is enough: not one byte of the body has to come.
    let own = ("Sec-Fetch-Site", "same-origin");
    assert_eq!(head(&proxy, CONNECT, &[own, ("Content-Length", "60000000")]), 413);
    assert_eq!(head(&proxy, CONNECT, &[("Content-Length", "60000000")]), 403);
    assert_eq!(head(&proxy, "POST /api/other", &[own, ("Content-Length", "60000000")]), 404);
}

#[test]
fn an_answer_whose_end_does_not_come_is_cut() {
    let setup = Setup::new("cut", "");
    let (torque, _) = setup.recorder("HTTP/1.1 200 OK\r\ncontent-length: 90\r\n\r\n[");
    let answer = setup.send(&setup.proxy(&torque), LIST, &[], "");
    // Shorter than it says: a browser takes it for a lost answer.
    assert_eq!((answer.header("content-length").as_deref(), answer.text.as_str()), (Some("90"), "["));
    let (torque, _) = setup.recorder("HTTP/1.1 200 OK\r\ncontent-length: 90000000\r\n\r\n[");
    assert_eq!(setup.send(&setup.proxy(&torque), LIST, &[], "").status, 502);
}

#[cfg(target_os = "linux")]
#[test]
fn large_requests_do_not_take_memory() {
    let setup = Setup::new("memory", "");
    let proxy = setup.proxy(&setup.behind_tls("localhost"));
    let memory = || {
        let status = fs::read_to_string(format!("/proc/{}/status", proxy.child.id())).unwrap();
        let line = status.lines().find(|line| line.starts_with("VmHWM")).unwrap().to_owned();
        line.split_whitespace().nth(1).unwrap().parse::<u64>().unwrap()
    };
    setup.send(&proxy, LIST, &[], "");
    let before = memory();
    std::thread::scope(|scope| {
        for _ in 0..6 {
            scope.spawn(|| {
                let authority = proxy.page.split('/').nth(2).unwrap();
                let mut stream = TcpStream::connect(authority).unwrap();
                let head = format!(
                    "{CONNECT} HTTP/1.1\r\nHost: {authority}\r\nSec-Fetch-Site: same-origin\r\nTransfer-Encoding: chunked\r\n\r\n"
                );
                stream.write_all(head.as_bytes()).unwrap();
                let chunk = [b"10000\r\n".as_slice(), &vec![b'x'; 0x10000], b"\r\n"].concat();
                // The server has enough after the first megabyte and ends the connection.
                for _ in 0..900 {
                    if stream.write_all(&chunk).is_err() {
                        break;
                    }
                }
            });
        }
    });
    assert!(memory() < before + 20_000, "{before} kB before, {} kB after", memory());
}

/// The status of an answer to a head, while the connection stays open.
fn head(proxy: &Serving, line: &str, headers: &[(&str, &str)]) -> u16 {
    let authority = proxy.page.split('/').nth(2).unwrap();
    let mut text = format!("{line} HTTP/1.1\r\nHost: {authority}\r\n");
    for (name, value) in headers {
        text += &format!("{name}: {value}\r\n");
    }
    let mut stream = TcpStream::connect(authority).unwrap();
    write!(stream, "{text}\r\n").unwrap();
    let mut first = String::new();
    BufReader::new(stream).read_line(&mut first).unwrap();
    first.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or_default()
}

#[test]
fn a_crowd_that_says_nothing_keeps_no_request_waiting() {
    let setup = Setup::new("crowd", "");
    let proxy = setup.proxy("https://portal.example/");
    let authority = proxy.page.split('/').nth(2).unwrap();
    // Some more than the 128 that may wait, and fewer than a test may open.
    let crowd: Vec<TcpStream> = (0..230)
        .map(|number| {
            let mut stream = TcpStream::connect(authority).unwrap();
            // Every second one has begun.
            if number % 2 == 0 {
                write!(stream, "GET / HTTP/1.1\r\nHost: {authority}\r\n").unwrap();
            }
            stream
        })
        .collect();
    assert_eq!(send(&proxy, "GET /sandbox.json", &[], "").status, 404);
    // The answer came while they still said nothing: of the last ones none was closed, the first ones had to go.
    assert!(crowd[crowd.len() - 100..].iter().all(is_open));
    assert_eq!({ &crowd[0] }.read(&mut [0]).unwrap_or_default(), 0, "the oldest is closed");
}

/// While the other side neither sends anything nor closes the connection.
fn is_open(stream: &TcpStream) -> bool {
    stream.set_nonblocking(true).unwrap();
    let read = { stream }.read(&mut [0]);
    stream.set_nonblocking(false).unwrap();
    read.is_err_and(|why| why.kind() == std::io::ErrorKind::WouldBlock)
}

#[cfg(unix)]
#[test]
fn a_crowd_larger_than_the_limit_of_descriptors_keeps_no_request_waiting() {
    let program = program(&["serve", "--port", "0", "--torque", "https://portal.example/"]);
    let mut limited = Command::new("sh");
    limited.args(["-c", "ulimit -n 64 && exec \"$0\" \"$@\""]).arg(program.get_program()).args(program.get_args());
    let proxy = Serving::start(limited.stdout(Stdio::piped()).stderr(Stdio::null()));
    let authority = proxy.page.split('/').nth(2).unwrap();
    let crowd: Vec<TcpStream> = (0..60).map(|_| TcpStream::connect(authority).unwrap()).collect();
    assert_eq!(send(&proxy, "GET /sandbox.json", &[], "").status, 404);
    let open = crowd.iter().filter(|stream| is_open(stream)).count();
    assert!(open > 30, "only the oldest had to go, and nobody waited until the time of the others was over: {open}");
}

#[test]
fn requests_that_are_too_many_are_refused_until_others_end() {
    let setup = Setup::new("many", "");
    let proxy = setup.proxy("https://portal.example/");
    let authority = proxy.page.split('/').nth(2).unwrap();
    let status = || send(&proxy, "GET /sandbox.json", &[], "").status;
    let mut unfinished = Vec::new();
    let refused = loop {
        let mut stream = TcpStream::connect(authority).unwrap();
        let head = format!(
            "{CONNECT} HTTP/1.1\r\nHost: {authority}\r\nSec-Fetch-Site: same-origin\r\nContent-Length: 9\r\n\r\n"
        );
        stream.write_all(head.as_bytes()).unwrap();
        unfinished.push(stream);
        match status() {
            404 => {}
            refused => break refused,
        }
    };
    // The state machine knows that nothing was done.
    assert_eq!((refused, unfinished.len() <= 32), (503, true), "{}", unfinished.len());
    drop(unfinished);
    while status() != 404 {}
}

#[test]
fn the_page_is_in_the_program() {
    let setup = Setup::new("page", "");
    let proxy = setup.proxy("https://portal.example/proxy");
    let page = send(&proxy, "GET /", &[], "");
    assert_eq!(page.status, 200, "run `cargo xtask build` first: {page:?}");
    let expected = format!("<html data-portal=\"{}\" data-public-portal=\"https://portal.example/proxy/\"", proxy.page);
    assert!(page.text.contains(&expected), "{page:?}");
    assert!(page.header("content-security-policy").is_some_and(|policy| policy.contains("default-src 'none'")));
    assert_eq!(send(&proxy, "GET /sandbox.json", &[], "").status, 404);
    assert_eq!(send(&proxy, "GET /../Cargo.toml", &[], "").status, 404);
    assert_eq!(send(&proxy, "POST /", &[], "").status, 405);
}

#[cfg(target_os = "linux")]
#[test]
fn memory_with_tokens_gets_into_no_core_dump() {
    let setup = Setup::new("dumps", "");
    let proxy = setup.proxy("https://portal.example/");
    let limits = fs::read_to_string(format!("/proc/{}/limits", proxy.child.id())).unwrap();
    let cores = limits.lines().find(|line| line.starts_with("Max core file size")).unwrap();
    assert_eq!(cores.split_whitespace().skip(4).take(2).collect::<Vec<_>>(), ["0", "0"], "{cores}");
}

#[test]
fn a_port_that_is_taken_is_reported() {
    let setup = Setup::new("port", "");
    let proxy = setup.proxy("https://portal.example/");
    let port = proxy.page.trim_end_matches('/').rsplit(':').next().unwrap();
    let called = crate::support::call(&["serve", "--port", port]);
    assert!(called.status == 2 && called.err.contains("--port"), "{called:?}");
}

/// As in a container in which nothing else is.
#[cfg(target_os = "linux")]
#[test]
fn a_machine_that_trusts_nobody_is_advised() {
    let folder = crate::support::Folder::new();
    let called: crate::support::Called = crate::support::program(&["serve", "--port", "0"])
        .env("SSL_CERT_FILE", folder.write("none.pem", ""))
        .env("SSL_CERT_DIR", folder.path(""))
        .output()
        .unwrap()
        .into();
    assert!(called.status == 2 && called.err.contains("--ca") && called.err.contains("ca-certificates"), "{called:?}");
}

#[cfg(target_os = "linux")]
#[test]
fn plain_http_needs_no_trust() {
    let (sandbox, folder) = (crate::support::Sandbox::start(""), crate::support::Folder::new());
    let called: crate::support::Called =
        crate::support::program(&["token", "--base-url", &sandbox.facts.gitlab.base_url])
            .env("GITLAB_TOKEN", sandbox.token("provider_good"))
            .env("SSL_CERT_FILE", folder.write("none.pem", ""))
            .env("SSL_CERT_DIR", folder.path(""))
            .output()
            .unwrap()
            .into();
    assert_eq!(called.status, 0, "{called:?}");
}

#[test]
fn authorities_must_be_readable() {
    let folder = crate::support::Folder::new();
    let file = folder.write("empty.pem", "nothing");
    for ca in ["no-such-file.pem", &file] {
        let called = crate::support::call(&["serve", "--port", "0", "--ca", ca]);
        assert!(called.status == 2 && called.err.contains(ca), "{called:?}");
    }
}

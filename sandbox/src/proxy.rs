//! The page for a real Torque: its files, and on the same origin Torque's five endpoints, passed on.
//!
//! A portal may not answer pages of other origins, so the page asks the server it came from. That server carries the
//! administrator's Torque token, so it is narrow on purpose: nobody but this page, nothing but these endpoints, nowhere
//! but to the one address that was given, over TLS with certificates checked. Nothing is stored, and the log has method,
//! path and status.

use std::net::ToSocketAddrs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use std::{fs, io};

use axum::http::{HeaderName, Method, StatusCode, header};
use axum::response::Response;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use ureq::http::Request;
use ureq::tls::{Certificate, PemItem, RootCerts, TlsConfig, parse_pem};
use url::Url;

use crate::exchange::{Call, Head, Origin, error, set_header, with_body};
use crate::page::{Marks, Page};

/// How a page for a real Torque starts.
#[derive(Debug, Clone)]
pub struct ProxyOptions {
    /// Port of the page; 0 takes a free one.
    pub port: u16,
    /// Files of the page; need not exist.
    pub www: PathBuf,
    /// Address of the Torque: https, perhaps with a path.
    pub torque: String,
    /// Certificates (PEM) of those who vouch for it, instead of those whom this machine trusts.
    pub ca: Option<PathBuf>,
    /// Log each request to standard error.
    pub verbose: bool,
}

/// The server of page and proxy.
#[derive(Debug)]
pub(crate) struct Proxy {
    page: Page,
    /// `127.0.0.1:8080`: what a browser calls this server.
    authority: String,
    pub(crate) torque: Url,
    agent: ureq::Agent,
}

/// A browser's own time limit (30 s by default) comes first, so that it is the page who decides what an answer that does
/// not come means.
const TIME_LIMIT: Duration = Duration::from_secs(120);
const CONNECT_LIMIT: Duration = Duration::from_secs(20);

/// The list of a large space has megabytes; the package reads as many.
const ANSWER_LIMIT: u64 = 16_000_000;

/// Of a request. Cookies of this origin, for one, are nobody's business.
const PASSED_ON: [HeaderName; 3] = [header::AUTHORIZATION, header::CONTENT_TYPE, header::ACCEPT];

/// RFC 3986 section 2.3: everything else is percent-encoded in a segment.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

impl Proxy {
    /// Serves at `authority` (host and port).
    ///
    /// # Errors
    ///
    /// An address that is not https, certificates that cannot be read.
    pub(crate) fn new(options: &ProxyOptions, authority: &str) -> io::Result<Self> {
        let torque = upstream(&options.torque)?;
        let roots = match &options.ca {
            Some(file) => certificates(file)?,
            None => trusted_by_this_machine()?,
        };
        let tls = TlsConfig::builder()
            .root_certs(RootCerts::new_with_certs(&roots))
            .unversioned_rustls_crypto_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .build();
        let agent = ureq::Agent::config_builder()
            .tls_config(tls)
            .https_only(true)
            .http_status_as_error(false)
            // A redirect is an answer like any other; the page says what it means.
            .max_redirects(0)
            .timeout_global(Some(TIME_LIMIT))
            .timeout_connect(Some(CONNECT_LIMIT))
            // A connection that was kept may be gone: a POST on it would count as lost.
            .max_idle_connections(0)
            .user_agent(concat!("torque-gitlab-connect/", env!("CARGO_PKG_VERSION")))
            .build()
            .new_agent();
        let marks = Marks::Proxy { portal: format!("http://{authority}/"), public_portal: torque.to_string() };
        Ok(Self { page: Page::new(&options.www, marks), authority: authority.to_owned(), torque, agent })
    }

    /// Whether the request names this server, and only so: a name of somebody else's that leads here (DNS rebinding) would
    /// make its page this one's origin.
    fn is_meant(&self, call: &Call) -> bool {
        only(call, header::HOST) == Some(self.authority.as_str()) && call.uri.authority().is_none()
    }

    /// Whether the page itself asks. Browsers send `Origin` with what is not a plain GET, and `Sec-Fetch-Site`, which no
    /// page can forge, with everything.
    fn is_own_page(&self, call: &Call) -> bool {
        let is_same_site = |site| site == "same-origin";
        match (call.headers.contains_key(header::ORIGIN), call.headers.contains_key(SEC_FETCH_SITE)) {
            (true, false) => only(call, header::ORIGIN) == Some(self.page_origin().as_str()),
            (true, true) => {
                only(call, header::ORIGIN) == Some(self.page_origin().as_str())
                    && only(call, SEC_FETCH_SITE).is_some_and(is_same_site)
            }
            (false, _) => only(call, SEC_FETCH_SITE).is_some_and(is_same_site),
        }
    }

    fn page_origin(&self) -> String {
        format!("http://{}", self.authority)
    }

    async fn pass_on(&self, call: &Call) -> Response {
        let Some(target) = target(&self.torque, call) else {
            return error(StatusCode::NOT_FOUND, "only Torque's five endpoints for repositories are passed on");
        };
        let mut request = Request::builder().method(call.method.clone()).uri(target.as_str());
        for name in PASSED_ON {
            if let Some(value) = call.headers.get(&name) {
                request = request.header(name, value);
            }
        }
        let agent = self.agent.clone();
        let carries = matches!(call.method, Method::POST | Method::PUT);
        let body = carries.then(|| call.body.clone());
        let sent = tokio::task::spawn_blocking(move || send(&agent, request, body.as_deref()));
        match sent.await {
            Ok(Ok(answer)) => answer,
            Ok(Err(failure)) => refuse_failure(&failure),
            Err(_) => error(StatusCode::BAD_GATEWAY, "the request could not be carried out"),
        }
    }
}

const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// The value of a header that occurs once and is readable text.
fn only(call: &Call, name: HeaderName) -> Option<&str> {
    let mut values = call.headers.get_all(name).iter();
    let value = values.next()?.to_str().ok()?;
    values.next().is_none().then_some(value)
}

fn upstream(text: &str) -> io::Result<Url> {
    let no_good = |why: &str| io::Error::new(io::ErrorKind::InvalidInput, format!("--torque {why}"));
    let mut url = Url::parse(text.trim()).map_err(|why| no_good(&format!("is no address: {why}")))?;
    if url.scheme() != "https" {
        return Err(no_good("must begin with https:// because the Torque token goes there"));
    }
    if !url.username().is_empty() || url.password().is_some() || url.query().is_some() || url.fragment().is_some() {
        return Err(no_good("must be the plain address, without user name, ? or #"));
    }
    if !url.path().ends_with('/') {
        url.set_path(&format!("{}/", url.path()));
    }
    Ok(url)
}

fn trusted_by_this_machine() -> io::Result<Vec<Certificate<'static>>> {
    let found = rustls_native_certs::load_native_certs().certs;
    if found.is_empty() {
        let text = "this machine trusts no authority: install ca-certificates, or name one by --ca FILE";
        return Err(io::Error::new(io::ErrorKind::NotFound, text));
    }
    Ok(found.iter().map(|certificate| Certificate::from_der(certificate).to_owned()).collect())
}

fn certificates(file: &Path) -> io::Result<Vec<Certificate<'static>>> {
    let no_good = |why: &str| io::Error::new(io::ErrorKind::InvalidInput, format!("--ca {}: {why}", file.display()));
    let bytes = fs::read(file).map_err(|why| no_good(&why.to_string()))?;
    let mut found = Vec::new();
    for item in parse_pem(&bytes) {
        if let PemItem::Certificate(certificate) = item.map_err(|why| no_good(&why.to_string()))? {
            found.push(certificate);
        }
    }
    if found.is_empty() { Err(no_good("there is no certificate in it (PEM)")) } else { Ok(found) }
}

/// The address at Torque, where the request is for one of the five endpoints. It is written anew from what was read, so
/// that nothing reaches Torque that was not looked at.
fn target(torque: &Url, call: &Call) -> Option<Url> {
    // A gateway before Torque may decode the slashes of a name: then a segment of dots between them would lead elsewhere.
    let is_name =
        |name: &str| !name.is_empty() && name.split(['/', '\\']).all(|segment| !matches!(segment, "." | ".."));
    let no_query = call.query.is_empty() && call.uri.query().is_none();
    let path = call.path();
    let is_endpoint = match (path.as_slice(), call.method.as_str()) {
        (["api", "settings", "repository_providers"], "POST") => no_query,
        (["api", "spaces", space, "repositories"], "GET")
        | (["api", "spaces", space, "repositories", "gitlabEnterprise"], "POST") => is_name(space) && no_query,
        (["api", "spaces", space, "repositories"], "DELETE") => {
            let [(key, name)] = call.query.as_slice() else { return None };
            is_name(space) && key == "repository_name" && is_name(name)
        }
        (["api", "spaces", space, "repositories", name], "PUT") => is_name(space) && is_name(name) && no_query,
        _ => false,
    };
    if !is_endpoint {
        return None;
    }
    let encode = |text: &str| utf8_percent_encode(text, RESERVED).to_string();
    let mut target = torque.clone();
    target.set_path(&format!("{}{}", torque.path(), path.into_iter().map(encode).collect::<Vec<_>>().join("/")));
    if let [(key, name)] = call.query.as_slice() {
        target.set_query(Some(&format!("{key}={}", encode(name))));
    }
    Some(target)
}

fn send(
    agent: &ureq::Agent,
    request: ureq::http::request::Builder,
    body: Option<&[u8]>,
) -> Result<Response, ureq::Error> {
    // Asked here, because the error of a failed look-up cannot be told from that of a broken connection. A proxy of the
    // environment looks up by itself.
    let is_known = |uri: &ureq::http::Uri| {
        let host = uri.host().unwrap_or_default().trim_matches(['[', ']']);
        (host, uri.port_u16().unwrap_or(443)).to_socket_addrs().is_ok_and(|mut found| found.next().is_some())
    };
    if agent.config().proxy().is_none() && !request.uri_ref().is_some_and(is_known) {
        return Err(ureq::Error::HostNotFound);
    }
    let mut answer = match body {
        Some(body) => agent.run(request.body(body)?)?,
        None => agent.run(request.body(())?)?,
    };
    let text = answer.body_mut().with_config().limit(ANSWER_LIMIT).read_to_vec()?;
    // A web page of Torque's must not run as one of ours: what is not JSON is plain text.
    let is_json =
        answer.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).is_some_and(|value| {
            let essence = value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
            essence == "application/json" || essence.ends_with("+json")
        });
    let mut passed =
        with_body(answer.status(), if is_json { "application/json" } else { "text/plain; charset=utf-8" }, text);
    if let Some(wait) = answer.headers().get(header::RETRY_AFTER).and_then(|value| value.to_str().ok()) {
        set_header(&mut passed, "retry-after", wait);
    }
    Ok(passed)
}

/// What came between this server and Torque. 503 says that nothing was done there; after the others nobody knows.
fn refuse_failure(failure: &ureq::Error) -> Response {
    let (status, hint) = match failure {
        _ if is_certificate_refused(failure) => {
            (StatusCode::SERVICE_UNAVAILABLE, " Start with --ca FILE if an authority of your own vouches for it.")
        }
        ureq::Error::HostNotFound
        | ureq::Error::ConnectionFailed
        | ureq::Error::ConnectProxyFailed(_)
        | ureq::Error::Timeout(ureq::Timeout::Resolve | ureq::Timeout::Connect) => {
            (StatusCode::SERVICE_UNAVAILABLE, "")
        }
        ureq::Error::Io(error) if error.kind() == io::ErrorKind::ConnectionRefused => {
            (StatusCode::SERVICE_UNAVAILABLE, "")
        }
        ureq::Error::Timeout(_) => (StatusCode::GATEWAY_TIMEOUT, ""),
        _ => (StatusCode::BAD_GATEWAY, ""),
    };
    error(status, format!("This machine did not get an answer from Torque: {failure}.{hint}"))
}

/// TLS shows the certificate before it carries anything (RFC 8446 section 2).
fn is_certificate_refused(failure: &ureq::Error) -> bool {
    let inner = match failure {
        ureq::Error::Rustls(error) => Some(error),
        ureq::Error::Io(error) => error.get_ref().and_then(|inner| inner.downcast_ref()),
        _ => None,
    };
    matches!(inner, Some(rustls::Error::InvalidCertificate(_)))
}

impl Origin for Proxy {
    const NAME: &'static str = "page";

    async fn answer(&self, call: &Call) -> Response {
        if !self.is_meant(call) {
            return error(StatusCode::MISDIRECTED_REQUEST, format!("open http://{}/", self.authority));
        }
        if call.path()[0] != "api" {
            return self.page.answer(call).await;
        }
        if !self.is_own_page(call) {
            return error(StatusCode::FORBIDDEN, "only the page that this server serves may ask");
        }
        self.pass_on(call).await
    }

    fn refuse(&self, status: StatusCode, why: &str) -> Response {
        error(status, why)
    }

    fn finish(&self, head: &Head, answer: &mut Response) {
        self.page.finish(head, answer);
    }

    fn redact(&self, path: &str) -> String {
        self.page.redact(path)
    }
}

/// A proxy that serves until it is shut down or dropped.
#[derive(Debug)]
pub struct RunningProxy {
    /// Address of the page.
    pub page: String,
    /// Where the proxy leads.
    pub torque: String,
    pub(crate) servers: crate::Servers,
}

impl RunningProxy {
    /// Ends it at once; open connections are cut.
    pub async fn shutdown(self) {
        self.servers.shutdown().await;
    }
}

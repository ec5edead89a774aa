//! Sends the requests that the core builds.

use std::error::Error;
use std::path::Path;
use std::time::Duration;
use std::{fs, io};

use reqwest::header::RETRY_AFTER;
use reqwest::{Certificate, ClientBuilder, Response, redirect, retry};
use torque_gitlab_connect::http::{HttpAnswer, HttpRequest};
use torque_gitlab_connect::onboarding::FailureReason;

use crate::failure::{Context, Failure, Result};

const CONNECT_LIMIT: Duration = Duration::from_secs(20);

/// An HTTP client that does only what a request says: it follows no redirect, sends nothing twice, and stores no cookie.
#[derive(Clone, Debug)]
pub struct Client {
    proxied: reqwest::Client,
    direct: reqwest::Client,
}

/// An answer, with the text of `Retry-After`.
#[derive(Debug)]
pub struct Answer {
    pub answer: HttpAnswer,
    pub retry_after: Option<String>,
}

/// Why no answer came.
#[derive(Debug)]
pub struct NoAnswer {
    pub reason: FailureReason,
    /// For the user, without the URL.
    pub text: String,
}

impl Client {
    /// Trusts the authorities in `ca`, or those that this machine trusts. If all `urls` are plain http, none are needed.
    pub fn new<'u>(ca: Option<&Path>, urls: impl IntoIterator<Item = &'u str>) -> Result<Self> {
        let certificates = ca.map(read_certificates).transpose()?;
        let needs_tls = urls.into_iter().any(is_https);
        Self::trusting(certificates.as_deref()).or_else(|error| {
            if !needs_tls && let Ok(client) = Self::trusting(Some(&[])) {
                return Ok(client);
            }
            let hint = if ca.is_none() {
                " Where this machine trusts no authorities, install its package ca-certificates, or name a file with --ca."
            } else {
                ""
            };
            Err(Failure::usage(format!("Cannot prepare TLS: {}.{hint}", reason(&error))))
        })
    }

    fn trusting(certificates: Option<&[Certificate]>) -> reqwest::Result<Self> {
        let build = |builder: ClientBuilder| {
            let mut builder = builder
                .redirect(redirect::Policy::none())
                .retry(retry::never())
                // An idle connection may be broken, and a POST on it would count as lost.
                .pool_max_idle_per_host(0)
                .connect_timeout(CONNECT_LIMIT)
                .user_agent(concat!("torque-gitlab-connect/", env!("CARGO_PKG_VERSION")));
            if let Some(certificates) = certificates {
                builder = builder.tls_certs_only(certificates.to_vec());
            }
            builder.build()
        };
        Ok(Self { proxied: build(reqwest::Client::builder())?, direct: build(reqwest::Client::builder().no_proxy())? })
    }

    /// Loopback addresses are never proxied: a proxy would see the token and reach another machine.
    pub fn for_url(&self, url: &str) -> &reqwest::Client {
        let is_loopback = reqwest::Url::parse(url)
            .is_ok_and(|url| matches!(url.host_str(), Some("localhost" | "127.0.0.1" | "[::1]")));
        if is_loopback { &self.direct } else { &self.proxied }
    }

    /// Sends a request and reads its answer, at most `most_bytes` of the body.
    pub async fn send(
        &self,
        request: &HttpRequest,
        limit: Duration,
        most_bytes: u32,
    ) -> std::result::Result<Answer, NoAnswer> {
        match tokio::time::timeout(limit, self.exchange(request, most_bytes)).await {
            Err(_) => Err(NoAnswer { reason: FailureReason::Timeout, text: "it took too long".to_owned() }),
            Ok(answer) => answer.map_err(|error| NoAnswer { reason: kind(&error), text: reason(&error) }),
        }
    }

    async fn exchange(&self, request: &HttpRequest, most_bytes: u32) -> reqwest::Result<Answer> {
        let client = self.for_url(&request.url);
        let mut builder = match request.method {
            "POST" => client.post(&request.url),
            _ => client.get(&request.url),
        };
        for (name, value) in &request.headers {
            builder = builder.header(*name, value);
        }
        if let Some(body) = &request.body {
            builder = builder.body(body.clone());
        }
        let response = builder.send().await?;
        let status = response.status().as_u16();
        let retry_after = response.headers().get(RETRY_AFTER).and_then(|value| value.to_str().ok()).map(str::to_owned);
        let body = read_body(response, most_bytes as usize).await?;
        Ok(Answer { answer: HttpAnswer::new(status, &String::from_utf8_lossy(&body)), retry_after })
    }
}

fn is_https(url: &str) -> bool {
    url.trim_start().get(..6).is_some_and(|scheme| scheme.eq_ignore_ascii_case("https:"))
}

/// The beginning of a body. The rest is not awaited.
async fn read_body(mut response: Response, most_bytes: usize) -> reqwest::Result<Vec<u8>> {
    let mut body = Vec::new();
    while body.len() < most_bytes
        && let Some(chunk) = response.chunk().await?
    {
        let rest = most_bytes - body.len();
        body.extend_from_slice(&chunk[..chunk.len().min(rest)]);
    }
    Ok(body)
}

/// Connection errors come first, because a connection that timed out was not made either.
fn kind(error: &reqwest::Error) -> FailureReason {
    if error.is_connect() {
        FailureReason::Connect
    } else if error.is_timeout() {
        FailureReason::Timeout
    } else {
        FailureReason::Network
    }
}

/// Why a request failed, such as the certificate or the connection, without the URL.
pub fn reason(error: &reqwest::Error) -> String {
    if let Some(why) = tls_error(error).and_then(tls_reason) {
        return why.to_owned();
    }
    let mut inner: &dyn Error = error;
    while let Some(source) = inner.source() {
        inner = source;
    }
    if inner.downcast_ref::<reqwest::Error>().is_some() {
        "the request could not be sent".to_owned()
    } else {
        inner.to_string()
    }
}

/// The error of TLS among the causes of this one.
pub fn tls_error(error: &reqwest::Error) -> Option<&rustls::Error> {
    std::iter::successors(error.source(), |&cause| next_cause(cause)).find_map(|cause| cause.downcast_ref())
}

/// The source of an I/O error is not what it wraps, but the source of that.
fn next_cause<'e>(cause: &'e (dyn Error + 'static)) -> Option<&'e (dyn Error + 'static)> {
    match cause.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
        Some(wrapped) => Some(wrapped),
        None => cause.source(),
    }
}

/// In the words of an administrator, what happens most: rustls prints the names of its variants.
fn tls_reason(error: &rustls::Error) -> Option<&'static str> {
    use rustls::CertificateError as Why;

    let why = match error {
        rustls::Error::InvalidMessage(_) => return Some("this port does not speak TLS (https)"),
        rustls::Error::InvalidCertificate(why) => why,
        _ => return None,
    };
    Some(match why {
        Why::UnknownIssuer => "its certificate comes from an authority that is not trusted here",
        Why::NotValidForName | Why::NotValidForNameContext { .. } => "its certificate is for another host name",
        Why::Expired | Why::ExpiredContext { .. } => {
            "its certificate has expired, or the clock of this machine is wrong"
        }
        Why::NotValidYet | Why::NotValidYetContext { .. } => {
            "its certificate is not valid yet, or the clock of this machine is wrong"
        }
        // webpki's own error, which rustls passes on as an opaque one.
        Why::Other(other) if other.to_string().contains("CaUsedAsEndEntity") => {
            "its certificate is that of an authority (CA:TRUE), which this program accepts from no server. Let the authority \
             sign another one for the server"
        }
        _ => return None,
    })
}

fn read_certificates(file: &Path) -> Result<Vec<Certificate>> {
    let bytes = fs::read(file).context(format!("read the authorities in {}", file.display()))?;
    let certificates = Certificate::from_pem_bundle(&bytes)
        .map_err(|why| io::Error::new(io::ErrorKind::InvalidData, why))
        .context(format!("read the authorities in {}", file.display()))?;
    if certificates.is_empty() {
        return Err(Failure::usage(format!("There is no certificate (PEM) in {}.", file.display())));
    }
    Ok(certificates)
}

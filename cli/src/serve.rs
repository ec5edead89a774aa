//! `serve`: the form on this machine, and a proxy for Torque's endpoints on the same origin.

mod connections;
mod page;
mod proxy;

use std::io;
use std::net::Ipv4Addr;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use tokio::net::TcpListener;
use torque_gitlab_connect::address::PortalUrl;
use torque_gitlab_connect::torque::Head;

use crate::args::Serve;
use crate::client::Client;
use crate::failure::{Context, Exit, Failure, Result};
use crate::{output, secrets};

use self::connections::Connections;
use self::page::Page;
use self::proxy::Proxy;

/// Serves until Ctrl-C.
pub fn serve(options: &Serve) -> Result<Exit> {
    let torque = PortalUrl::check(&options.torque).map_err(|issues| Failure::argument("--torque", issues))?.value;
    let client = Client::new(options.trust.ca.as_deref(), [torque.as_str()])?;
    crate::runtime()?.block_on(async {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, options.port))
            .await
            .context(format!("listen on 127.0.0.1:{}; choose another --port, or 0 for a free one", options.port))?;
        let authority = listener.local_addr().context("listen")?.to_string();
        let address = format!("http://{authority}/");
        output::print(&format!("{address}\n"))?;
        output::say(format!(
            "The form for {} is at {address}. Requests to Torque pass through this program; nothing is stored.\nCtrl-C ends it.",
            torque.as_str()
        ));
        if options.open {
            open_browser(&address);
        }
        let site = Arc::new(Site { page: Page::new(&address, &torque), proxy: Proxy::new(torque, client), authority });
        tokio::select! {
            outcome = listen(listener, site) => outcome.context("accept connections"),
            outcome = tokio::signal::ctrl_c() => outcome.context("listen for Ctrl-C"),
        }
    })?;
    Ok(Exit::Good)
}

/// Opens the browser without the tokens in this program's environment.
fn open_browser(address: &str) {
    let mut commands = open::commands(address);
    let is_open = commands.iter_mut().any(|command| {
        for (name, _) in std::env::vars_os().filter(|(name, _)| secrets::is_token_variable(&name.to_string_lossy())) {
            command.env_remove(name);
        }
        command.spawn().is_ok()
    });
    if !is_open {
        output::say("Cannot open a browser. Open the URL yourself.");
    }
}

/// The form and the proxy on one origin.
struct Site {
    page: Page,
    proxy: Proxy,
    /// Host and port, such as `127.0.0.1:8080`.
    authority: String,
}

/// Long enough for a connection to end, and not noticeable in a browser.
const PAUSE_AFTER_FAILURE: Duration = Duration::from_millis(10);

async fn listen(listener: TcpListener, site: Arc<Site>) -> io::Result<()> {
    let connections = Connections::default();
    loop {
        if let Ok((stream, _)) = listener.accept().await {
            let site = Arc::clone(&site);
            connections.serve(stream, move |request| {
                let site = Arc::clone(&site);
                async move { site.answer(request).await }
            });
        } else {
            // A connection that cannot be accepted does not end the others. If no descriptor is left, the next one fails, too, until
            // a connection ends.
            connections.close_oldest();
            tokio::time::sleep(PAUSE_AFTER_FAILURE).await;
        }
        // Before the next connection, read requests that have arrived and end connections that must close.
        tokio::task::yield_now().await;
    }
}

impl Site {
    /// Answers a request. `None` is a request beyond the limit.
    async fn answer(&self, request: Option<Request>) -> Response {
        let mut answer = match request {
            None => refuse(StatusCode::SERVICE_UNAVAILABLE, "too many requests at once; nothing was done"),
            Some(request) => match self.refusal(&request) {
                Some(refusal) => refusal,
                None if is_api(&request) => self.proxy.pass_on(request).await,
                None => self.page.answer(&request),
            },
        };
        for (name, value) in page::HEADERS {
            answer.headers_mut().insert(HeaderName::from_static(name), HeaderValue::from_static(value));
        }
        answer
    }

    /// The refusal of a request, by its head alone.
    fn refusal(&self, request: &Request) -> Option<Response> {
        // With DNS rebinding, the page of another host name would have this server's origin.
        let is_own_host =
            only(request, header::HOST) == Some(self.authority.as_str()) && request.uri().authority().is_none();
        if !is_own_host {
            return Some(refuse(StatusCode::MISDIRECTED_REQUEST, &format!("open http://{}/", self.authority)));
        }
        if is_api(request) && !self.is_own_page(&head(request)) {
            return Some(refuse(StatusCode::FORBIDDEN, "only the page that this server serves may ask"));
        }
        None
    }

    /// Whether the own page sent it. To a loopback address browsers always send `Sec-Fetch-Site`.
    fn is_own_page(&self, head: &Head) -> bool {
        let is_own = |origin| format!("http://{}", self.authority) == origin;
        head.is_same_origin() == Some(true) && head.origin.is_none_or(is_own)
    }
}

/// The parts of the head that decide.
fn head(request: &Request) -> Head<'_> {
    Head {
        method: request.method().as_str(),
        path: request.uri().path_and_query().map_or("", |path| path.as_str()),
        host: only(request, header::HOST).unwrap_or_default(),
        origin: header_text(request, header::ORIGIN),
        site: header_text(request, SEC_FETCH_SITE),
        length: only(request, header::CONTENT_LENGTH).and_then(|length| length.parse().ok()),
    }
}

/// A header, if there is one. It is empty if it is not readable text or occurs twice.
fn header_text(request: &Request, name: HeaderName) -> Option<&str> {
    request.headers().contains_key(&name).then(|| only(request, name).unwrap_or_default())
}

const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// The value of a header that occurs once and is readable text.
fn only(request: &Request, name: HeaderName) -> Option<&str> {
    let mut values = request.headers().get_all(name).iter();
    let value = values.next()?.to_str().ok()?;
    values.next().is_none().then_some(value)
}

/// Whether the path belongs to the proxy. No file of the page has such a path.
fn is_api(request: &Request) -> bool {
    request.uri().path().starts_with("/api")
}

/// An answer `{"error": …, "refusedBy": "proxy"}`, by which the form distinguishes it from Torque's.
fn refuse(status: StatusCode, why: &str) -> Response {
    let body = serde_json::json!({ "error": why, "refusedBy": "proxy" }).to_string();
    (status, [(header::CONTENT_TYPE, "application/json")], body).into_response()
}

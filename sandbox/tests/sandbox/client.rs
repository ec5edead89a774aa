//! A sandbox on free ports and a plain HTTP client.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::PathBuf;

use sandbox::{Facts, Options, Running, start};
use serde_json::Value;
use ureq::http::Request;

/// A running sandbox; it ends when this is dropped.
pub struct Sandbox {
    pub facts: Facts,
    agent: ureq::Agent,
    _running: Running,
    _runtime: tokio::runtime::Runtime,
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: BTreeMap<String, String>,
    pub text: String,
}

impl Sandbox {
    pub fn start() -> Self {
        Self::start_with(Options { port: 0, www: PathBuf::from("no-such-folder"), ..Options::default() })
    }

    pub fn start_with(options: Options) -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let running = runtime.block_on(start(options)).unwrap();
        let config = ureq::Agent::config_builder().http_status_as_error(false).max_redirects(0).build();
        Self { facts: running.facts.clone(), agent: config.into(), _running: running, _runtime: runtime }
    }

    pub fn token(&self, name: &str) -> &str {
        self.facts.token(name).unwrap_or_else(|| panic!("no token {name}"))
    }

    /// An address of the GitLab's API.
    pub fn api(&self, rest: &str) -> String {
        format!("{}api/v4/{rest}", self.facts.gitlab.base_url)
    }

    /// An address of the Torque.
    pub fn torque(&self, rest: &str) -> String {
        format!("{}{rest}", self.facts.torque)
    }

    /// Asks the GitLab with a token known by name.
    pub fn ask(&self, token: &str, rest: &str) -> Answer {
        self.send("GET", &self.api(rest), &[("authorization", &format!("Bearer {}", self.token(token)))], None)
    }

    /// Sends JSON to the Torque.
    pub fn request(&self, token: &str, method: &str, rest: &str, body: &Value) -> Answer {
        let headers = [("authorization", format!("Bearer {token}")), ("content-type", "application/json".to_owned())];
        let headers: Vec<(&str, &str)> = headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
        self.send(method, &self.torque(rest), &headers, Some(body.to_string().as_bytes()))
    }

    pub fn send(&self, method: &str, url: &str, headers: &[(&str, &str)], body: Option<&[u8]>) -> Answer {
        let mut request = Request::builder().method(method).uri(url);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let answer = match body {
            Some(body) => self.agent.run(request.body(body.to_vec()).unwrap()),
            None => self.agent.run(request.body(()).unwrap()),
        };
        let mut answer = answer.unwrap_or_else(|error| panic!("{method} {url}: {error}"));
        let headers = answer
            .headers()
            .iter()
            .map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned()))
            .collect();
        Answer { status: answer.status().as_u16(), headers, text: answer.body_mut().read_to_string().unwrap() }
    }

    /// Sends bytes as they are to the origin of an address and reads until the other side ends.
    pub fn send_bytes(&self, url: &str, bytes: &[u8]) -> String {
        let address = url.split('/').nth(2).unwrap();
        let mut stream = TcpStream::connect(address).unwrap();
        stream.write_all(bytes).unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        String::from_utf8_lossy(&answer).into_owned()
    }
}

impl Answer {
    pub fn json(&self) -> Value {
        assert_eq!(self.header("content-type"), "application/json", "{self:?}");
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("{error}: {}", self.text))
    }

    /// A header's value, empty where it is not there.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }
}

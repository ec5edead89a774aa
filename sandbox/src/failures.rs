//! Failures between a client and Torque, injected by rules that a test or a person writes.
//!
//! The same seed, rules and sequence of requests give the same failures.

use std::fmt;
use std::str::FromStr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::body::Bytes;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::request::Parts;
use axum::http::{StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use crate::connection::{Cutter, End};
use crate::http::{error, message};
use crate::seed::Seed;

/// Rules for failures of Torque's answers.
///
/// ```
/// use sandbox::Failures;
///
/// let failures: Failures = "lost-after:connect:1, 429:20%, delay=300:list:5".parse()?;
/// assert_eq!(failures.to_string(), "lost-after:connect:1,429:20%,delay=300:list:5");
/// let unknown = "lost:1".parse::<Failures>();
/// assert!(unknown.is_err_and(|why| why.contains("lost-after")));
/// # Ok::<(), String>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Failures {
    rules: Vec<Rule>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Rule {
    name: &'static str,
    failure: Failure,
    endpoint: Option<Endpoint>,
    often: Often,
    text: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Failure {
    Answer(AnswerFailure),
    /// Milliseconds.
    Delay(u32),
    Duplicate,
    /// Lists.
    SlowSync(u32),
    FailingSync,
    /// Lists.
    LaggingList(u32),
}

/// What the client gets instead of the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct AnswerFailure {
    /// Whether the request is carried out first.
    is_carried_out: bool,
    replacement: Replacement,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Replacement {
    Nothing(End),
    TooManyRequests { retry_after: bool },
    Unavailable,
    InternalError,
    BadGateway,
    Redirect,
    Truncated,
}

/// The endpoints that failures can be injected into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Endpoint {
    Provider,
    Connect,
    List,
    Change,
    Disconnect,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Often {
    First(u64),
    Percent(u64),
}

/// In milliseconds. A longer delay would only make a test slow.
const LONGEST_DELAY: u32 = 10_000;

const fn replaced(replacement: Replacement, is_carried_out: bool) -> Failure {
    Failure::Answer(AnswerFailure { is_carried_out, replacement })
}

/// Names in rules. The numbers are the defaults.
const NAMES: &[(&str, Failure)] = &[
    ("lost-before", replaced(Replacement::Nothing(End::Closed), false)),
    ("lost-after", replaced(Replacement::Nothing(End::Closed), true)),
    ("reset-before", replaced(Replacement::Nothing(End::Reset), false)),
    ("reset-after", replaced(Replacement::Nothing(End::Reset), true)),
    ("429", replaced(Replacement::TooManyRequests { retry_after: false }, false)),
    ("429-retry-after", replaced(Replacement::TooManyRequests { retry_after: true }, false)),
    ("503-retry-after", replaced(Replacement::Unavailable, false)),
    ("500-before", replaced(Replacement::InternalError, false)),
    ("500-after", replaced(Replacement::InternalError, true)),
    ("502-before", replaced(Replacement::BadGateway, false)),
    ("502-after", replaced(Replacement::BadGateway, true)),
    ("redirect", replaced(Replacement::Redirect, false)),
    ("truncated", replaced(Replacement::Truncated, true)),
    ("delay", Failure::Delay(200)),
    ("duplicate", Failure::Duplicate),
    ("slow-sync", Failure::SlowSync(5)),
    ("failing-sync", Failure::FailingSync),
    ("lagging-list", Failure::LaggingList(2)),
];

const ENDPOINTS: &[(&str, Endpoint)] = &[
    ("provider", Endpoint::Provider),
    ("connect", Endpoint::Connect),
    ("list", Endpoint::List),
    ("change", Endpoint::Change),
    ("disconnect", Endpoint::Disconnect),
];

impl Failure {
    /// Whether it can happen at this endpoint.
    fn happens_at(self, endpoint: Endpoint) -> bool {
        match self {
            Self::Answer(_) | Self::Delay(_) | Self::Duplicate => true,
            Self::SlowSync(_) | Self::FailingSync => matches!(endpoint, Endpoint::Connect | Endpoint::Change),
            Self::LaggingList(_) => endpoint == Endpoint::Connect,
        }
    }

    fn with_number(self, number: u32) -> Option<Self> {
        match self {
            Self::Delay(_) if number <= LONGEST_DELAY => Some(Self::Delay(number)),
            Self::SlowSync(_) => Some(Self::SlowSync(number)),
            Self::LaggingList(_) => Some(Self::LaggingList(number)),
            _ => None,
        }
    }
}

impl FromStr for Failures {
    type Err = String;

    /// Reads rules `FAILURE[=NUMBER][:ENDPOINT]:OFTEN`, separated by commas.
    fn from_str(text: &str) -> Result<Self, String> {
        let rules = text.split(',').map(str::trim).filter(|rule| !rule.is_empty()).map(Rule::read);
        Ok(Self { rules: rules.collect::<Result<_, _>>()? })
    }
}

impl fmt::Display for Failures {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rules: Vec<&str> = self.rules.iter().map(|rule| rule.text.as_str()).collect();
        out.write_str(&rules.join(","))
    }
}

impl Rule {
    fn read(text: &str) -> Result<Self, String> {
        let parts: Vec<&str> = text.split(':').collect();
        let (failure, endpoint, often) = match parts[..] {
            [failure, often] => (failure, None, often),
            [failure, endpoint, often] => (failure, Some(endpoint), often),
            _ => return Err(format!("`{text}` is not FAILURE[=NUMBER][:ENDPOINT]:OFTEN, as in lost-after:connect:1")),
        };
        let (name, number) = failure.split_once('=').map_or((failure, None), |(name, number)| (name, Some(number)));
        let (name, failure) = named(NAMES, name).ok_or_else(|| unknown(name, "failure", NAMES))?;
        let failure = match number {
            None => failure,
            Some(number) => number.parse().ok().and_then(|number| failure.with_number(number)).ok_or_else(|| {
                format!("{name} does not take the number `{number}` (delay takes at most {LONGEST_DELAY})")
            })?,
        };
        let endpoint = match endpoint {
            None => None,
            Some(endpoint) => {
                let (_, endpoint) =
                    named(ENDPOINTS, endpoint).ok_or_else(|| unknown(endpoint, "endpoint", ENDPOINTS))?;
                Some(endpoint)
            }
        };
        if endpoint.is_some_and(|endpoint| !failure.happens_at(endpoint)) {
            return Err(format!("`{text}`: {name} is possible only for connecting a repository"));
        }
        let often = match often.strip_suffix('%') {
            Some(percent) => percent.parse().ok().filter(|percent| *percent <= 100).map(Often::Percent),
            None => often.parse().ok().map(Often::First),
        };
        let often =
            often.ok_or_else(|| format!("`{text}` must end in a count or a share: 3 (the first three) or 20%"))?;
        Ok(Self { name, failure, endpoint, often, text: text.to_owned() })
    }

    fn is_for(&self, endpoint: Endpoint) -> bool {
        self.failure.happens_at(endpoint) && self.endpoint.is_none_or(|own| own == endpoint)
    }
}

fn named<T: Copy>(table: &[(&'static str, T)], name: &str) -> Option<(&'static str, T)> {
    table.iter().copied().find(|(known, _)| *known == name)
}

fn unknown<T>(name: &str, what: &str, table: &[(&str, T)]) -> String {
    let known: Vec<&str> = table.iter().map(|(known, _)| *known).collect();
    format!("`{name}` is not a known {what}. Use one of {}", known.join(", "))
}

/// The current rules with their counts.
#[derive(Debug, Default)]
pub(crate) struct ActiveRules {
    rules: Vec<(Rule, Count)>,
}

#[derive(Debug, Default)]
struct Count {
    /// Requests that the rule matches.
    requests: u64,
    injected: u64,
}

/// The failures of one request. If several rules match, different effects add up; of the same effect, the first one counts.
#[derive(Debug, Clone, Default)]
pub(crate) struct Injected {
    answer: Option<AnswerFailure>,
    delay: Duration,
    duplicate: bool,
    /// For how many more lists the repository is `Syncing`.
    pub(crate) slow_sync: u32,
    pub(crate) failing_sync: bool,
    /// How many lists do not show the new repository.
    pub(crate) lag: u32,
    /// For the log.
    names: Vec<&'static str>,
}

/// The names of the injected failures, as an extension of the answer.
#[derive(Debug, Clone)]
pub(crate) struct InjectedNames(pub(crate) String);

impl ActiveRules {
    pub(crate) fn new(failures: Failures) -> Self {
        Self { rules: failures.rules.into_iter().map(|rule| (rule, Count::default())).collect() }
    }

    /// Counts the request and decides its failures.
    fn decide(&mut self, seed: Seed, endpoint: Endpoint) -> Injected {
        let mut injected = Injected::default();
        for (index, (rule, count)) in self.rules.iter_mut().enumerate().filter(|(_, (rule, _))| rule.is_for(endpoint)) {
            let happens = match rule.often {
                Often::First(number) => count.requests < number,
                Often::Percent(percent) => seed.number(&format!("failure {index} {}", count.requests)) % 100 < percent,
            };
            count.requests += 1;
            if happens && injected.add(rule.failure) {
                count.injected += 1;
                injected.names.push(rule.name);
            }
        }
        injected
    }

    pub(crate) fn to_json(&self) -> Value {
        let rule = |(rule, count): &(Rule, Count)| {
            let Count { requests, injected } = count;
            json!({ "rule": rule.text, "requests": requests, "injected": injected })
        };
        json!({ "failures": self.rules.iter().map(rule).collect::<Vec<_>>() })
    }
}

impl Injected {
    /// Adds a failure. Returns whether it takes effect.
    fn add(&mut self, failure: Failure) -> bool {
        let free = match failure {
            Failure::Answer(_) => self.answer.is_none(),
            Failure::Delay(_) => self.delay.is_zero(),
            Failure::Duplicate => !self.duplicate,
            Failure::SlowSync(_) => self.slow_sync == 0,
            Failure::FailingSync => !self.failing_sync,
            Failure::LaggingList(_) => self.lag == 0,
        };
        if !free {
            return false;
        }
        match failure {
            Failure::Answer(answer) => self.answer = Some(answer),
            Failure::Delay(milliseconds) => self.delay = Duration::from_millis(milliseconds.into()),
            Failure::Duplicate => self.duplicate = true,
            Failure::SlowSync(lists) => self.slow_sync = lists,
            Failure::FailingSync => self.failing_sync = true,
            Failure::LaggingList(lists) => self.lag = lists,
        }
        true
    }
}

/// Injects failures into requests to Torque.
#[derive(Debug)]
pub(crate) struct Injector {
    seed: Seed,
    /// The Torque URL, below which redirects lead.
    portal: String,
    active_rules: Mutex<ActiveRules>,
}

impl Injector {
    pub(crate) fn new(seed: Seed, failures: Failures, portal: String) -> Self {
        Self { seed, portal, active_rules: Mutex::new(ActiveRules::new(failures)) }
    }

    pub(crate) fn active_rules(&self) -> MutexGuard<'_, ActiveRules> {
        self.active_rules.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A layer that injects the failures of an endpoint. The handler gets those that concern it as an extension of the request.
pub(crate) async fn inject(
    State((injector, endpoint)): State<(Arc<Injector>, Endpoint)>,
    ConnectInfo(cutter): ConnectInfo<Cutter>,
    mut head: Parts,
    body: Bytes,
    next: Next,
) -> Response {
    let injected = injector.active_rules().decide(injector.seed, endpoint);
    head.extensions.insert(injected.clone());
    let mut answer = StatusCode::OK.into_response();
    let deliveries = match injected.answer {
        Some(failure) if !failure.is_carried_out => 0,
        _ => 1 + usize::from(injected.duplicate),
    };
    for _ in 0..deliveries {
        answer = next.clone().run(Request::from_parts(head.clone(), body.clone().into())).await;
    }
    // After the request was carried out: a client that disconnects meanwhile has still caused the effect.
    if !injected.delay.is_zero() {
        tokio::time::sleep(injected.delay).await;
    }
    if let Some(failure) = injected.answer {
        answer = failure.replace(answer, &injector.portal, &cutter).await;
    }
    if !injected.names.is_empty() {
        answer.extensions_mut().insert(InjectedNames(injected.names.join(" ")));
    }
    answer
}

impl AnswerFailure {
    /// The answer that the client gets. `answer` is Torque's, or empty if the request was not carried out.
    async fn replace(self, answer: Response, portal: &str, cutter: &Cutter) -> Response {
        let soon = [(header::RETRY_AFTER, "1")];
        match self.replacement {
            Replacement::Nothing(end) => {
                cutter.cut(end);
                StatusCode::OK.into_response()
            }
            Replacement::TooManyRequests { retry_after } => {
                let answer = error(StatusCode::TOO_MANY_REQUESTS, "Too many requests.");
                (retry_after.then_some(soon), answer).into_response()
            }
            Replacement::Unavailable => {
                let headers = [(header::CONTENT_TYPE, "text/plain")];
                (StatusCode::SERVICE_UNAVAILABLE, soon, headers, "Under maintenance.\n").into_response()
            }
            Replacement::InternalError => message(StatusCode::INTERNAL_SERVER_ERROR, "An unexpected error occurred."),
            Replacement::BadGateway => {
                let html = "<html>\n<head><title>502 Bad Gateway</title></head>\n<body>\n<center><h1>502 Bad Gateway</h1>\
                    </center>\n<hr><center>gateway of the sandbox</center>\n</body>\n</html>\n";
                (StatusCode::BAD_GATEWAY, [(header::CONTENT_TYPE, "text/html")], html).into_response()
            }
            Replacement::Redirect => {
                let headers = [(header::CONTENT_TYPE, "text/html"), (header::LOCATION, &format!("{portal}login"))];
                (StatusCode::FOUND, headers, "<html><body>Moved.</body></html>\n").into_response()
            }
            Replacement::Truncated => truncated(answer).await,
        }
    }
}

/// The first half of the body, or the beginning of an object if there is none.
async fn truncated(answer: Response) -> Response {
    let status = answer.status();
    // The body is in memory, so reading it does not fail.
    let body = axum::body::to_bytes(answer.into_body(), usize::MAX).await.unwrap_or_default();
    let half = if body.is_empty() { Bytes::from_static(b"{\"stat") } else { body.slice(..body.len() / 2) };
    (status, [(header::CONTENT_TYPE, "application/json")], half).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_readme_explains_every_failure_and_endpoint() {
        let readme = include_str!("../README.md");
        for name in NAMES.iter().map(|(name, _)| name).chain(ENDPOINTS.iter().map(|(name, _)| name)) {
            let written = [format!("`{name}`"), format!("`{name}=")];
            assert!(written.iter().any(|written| readme.contains(written)), "{name}");
        }
    }

    #[test]
    fn a_rule_that_cannot_be_read_says_what_to_write() {
        for (text, part) in [
            ("lost-after", "lost-after:connect:1"),
            ("a:b:c:d", "lost-after:connect:1"),
            ("gone:1", "lost-before"),
            ("500-after:nowhere:1", "provider, connect"),
            ("500-after:often", "20%"),
            ("500-after:-1", "20%"),
            ("500-after:101%", "20%"),
            ("500-after=3:1", "does not take"),
            ("delay=10001:1", "10000"),
            ("lagging-list:list:1", "connecting"),
            ("slow-sync:provider:1", "connecting"),
        ] {
            let why = text.parse::<Failures>().err().unwrap_or_default();
            assert!(why.contains(part), "{text}: {why}");
        }
        assert_eq!("".parse(), Ok(Failures::default()));
    }
}

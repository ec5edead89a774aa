//! The HTTP client of the examples: [ureq](https://docs.rs/ureq), without TLS; turn its feature `rustls` on for `https`.

use std::io::Read;
use std::time::Duration;

use torque_gitlab_connect::http::{HttpAnswer, HttpRequest};
use torque_gitlab_connect::onboarding::FailureReason;
use ureq::{Agent, http};

/// An answer, and the text of its header `Retry-After`.
pub type Answer = (HttpAnswer, Option<String>);

/// Sends `request` as it stands and reads at most `most_bytes` of the answer's body.
///
/// # Errors
///
/// No answer came, or not within `limit`.
pub fn send(request: &HttpRequest, limit: Duration, most_bytes: u64) -> Result<Answer, FailureReason> {
    // A redirect is an answer: following it would send the token to an address that nobody checked.
    let config = Agent::config_builder().max_redirects(0).max_redirects_will_error(false).http_status_as_error(false);
    let agent = Agent::new_with_config(config.timeout_global(Some(limit)).build());
    exchange(&agent, request, most_bytes).map_err(|why| match why {
        ureq::Error::Timeout(_) => FailureReason::Timeout,
        _ => FailureReason::Network,
    })
}

fn exchange(agent: &Agent, request: &HttpRequest, most_bytes: u64) -> Result<Answer, ureq::Error> {
    let mut builder = http::Request::builder().method(request.method).uri(&request.url);
    for (name, value) in &request.headers {
        builder = builder.header(*name, value);
    }
    let response = match &request.body {
        Some(body) => agent.run(builder.body(body.clone())?)?,
        None => agent.run(builder.body(())?)?,
    };
    let status = response.status().as_u16();
    let retry_after = response.headers().get("retry-after").and_then(|value| value.to_str().ok()).map(str::to_owned);
    let mut body = Vec::new();
    response.into_body().into_reader().take(most_bytes).read_to_end(&mut body)?;
    Ok((HttpAnswer::new(status, &String::from_utf8_lossy(&body)), retry_after))
}

//! HTTP as data: requests to be sent by the caller, and answers that the caller received.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;
use serde_json::Value;
use zeroize::Zeroize;

use crate::issue::as_object;
use crate::secret::Secret;

/// A request, ready to be sent; in JavaScript with `fetch(request.url, request)`.
///
/// Redirects are not followed, no cookie goes to another origin, no referrer is sent and nothing is cached: the token
/// in the `Authorization` header is meant for the checked URL alone. The header values and the body may hold a token,
/// so `Debug` leaves them out and they are wiped on drop; `Serialize` is for whoever sends the request.
#[derive(Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "js-validate", derive(tsify::Tsify))]
pub struct HttpRequest {
    /// `GET` or `POST`.
    #[cfg_attr(feature = "js-validate", tsify(type = "string"))]
    pub method: &'static str,
    /// Canonical absolute URL.
    pub url: String,
    /// Header name and value, each name once.
    #[serde(serialize_with = "as_object")]
    #[cfg_attr(feature = "js-validate", tsify(type = "Record<string, string>"))]
    pub headers: Vec<(&'static str, String)>,
    /// JSON text, only with `POST`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
    /// Always `manual`: a redirect is an answer, never followed.
    #[cfg_attr(feature = "js-validate", tsify(type = "'manual'"))]
    pub redirect: &'static str,
    /// `omit` where a token is sent, `same-origin` where the embedding portal's own session stands in for it.
    #[cfg_attr(feature = "js-validate", tsify(type = "'omit' | 'same-origin'"))]
    pub credentials: &'static str,
    /// Always `no-referrer`.
    #[serde(rename = "referrerPolicy")]
    #[cfg_attr(feature = "js-validate", tsify(type = "'no-referrer'"))]
    pub referrer_policy: &'static str,
    /// Always `no-store`.
    #[cfg_attr(feature = "js-validate", tsify(type = "'no-store'"))]
    pub cache: &'static str,
}

impl HttpRequest {
    /// A `GET` of `url`, with `token` as `Authorization: Bearer` where there is one.
    #[must_use]
    pub fn get(url: String, token: Option<&Secret>) -> Self {
        let mut headers = vec![("Accept", "application/json".to_owned())];
        if let Some(token) = token {
            headers.push(("Authorization", format!("Bearer {}", token.expose())));
        }
        Self {
            method: "GET",
            url,
            headers,
            body: None,
            redirect: "manual",
            credentials: if token.is_some() { "omit" } else { "same-origin" },
            referrer_policy: "no-referrer",
            cache: "no-store",
        }
    }

    /// A `POST` of `body` (JSON text) to `url`, with `token` as in [`HttpRequest::get`].
    #[must_use]
    pub fn post(url: String, token: Option<&Secret>, body: String) -> Self {
        let mut request = Self::get(url, token);
        request.method = "POST";
        request.headers.push(("Content-Type", "application/json".to_owned()));
        request.body = Some(body);
        request
    }

    /// The value of the header of this name, in the spelling that [`HttpRequest::headers`] has.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_str())
    }
}

impl std::fmt::Debug for HttpRequest {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "HttpRequest({} {})", self.method, self.url)
    }
}

impl Drop for HttpRequest {
    fn drop(&mut self) {
        self.headers.iter_mut().for_each(|(_, value)| value.zeroize());
        self.body.zeroize();
    }
}

/// What came back for a request.
#[derive(Clone, Debug, PartialEq)]
pub struct HttpAnswer {
    /// HTTP status; `0` for a redirect that a browser hides (opaque redirect).
    pub status: u16,
    /// The body as JSON. A body that is not JSON, or whose values would take too much memory, is one JSON string with its text, and
    /// an empty body the empty string.
    pub body: Value,
}

impl HttpAnswer {
    /// An answer whose body has this text.
    ///
    /// ```
    /// use torque_gitlab_connect::http::HttpAnswer;
    ///
    /// assert_eq!(HttpAnswer::new(200, r#"{ "id": 7 }"#).body["id"].as_u64(), Some(7));
    /// assert_eq!(HttpAnswer::new(502, "<html>Bad gateway").body.as_str(), Some("<html>Bad gateway"));
    ///
    /// let mass = format!("[{}[0]]", "[0],".repeat(1_000_000));
    /// assert!(HttpAnswer::new(200, &mass).body.is_string());
    /// ```
    #[must_use]
    pub fn new(status: u16, body: &str) -> Self {
        let json = if tree_size(body) > MOST_TREE.max(TREE_TO_TEXT * body.len() as u64) {
            None
        } else {
            serde_json::from_str(body).ok()
        };
        Self { status, body: json.unwrap_or_else(|| Value::String(body.to_owned())) }
    }

    /// An answer whose body was perhaps parsed already. An object or a list is read out of a text, too: proxies pass JSON on as plain
    /// text.
    ///
    /// ```
    /// use torque_gitlab_connect::http::HttpAnswer;
    ///
    /// assert_eq!(HttpAnswer::of(200, r#"{ "id": 7 }"#.into()), HttpAnswer::new(200, r#"{ "id": 7 }"#));
    /// assert_eq!(HttpAnswer::of(200, "7".into()).body.as_str(), Some("7"));
    /// ```
    #[must_use]
    pub fn of(status: u16, body: Value) -> Self {
        match body {
            Value::String(text) if text.trim_start().starts_with(['{', '[']) => Self::new(status, &text),
            body => Self { status, body },
        }
    }

    /// Whether the server redirected the request. Redirects are reported and never followed.
    #[must_use]
    pub fn is_redirect(&self) -> bool {
        self.status == 0 || (300..400).contains(&self.status)
    }

    /// Whether the server reports success.
    #[must_use]
    pub fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }
}

/// What the values of one answer may take in memory: so many bytes, or so many for each byte of its text. The list of a space
/// of 10,000 repositories stays below, however short their names are; two characters can be a value of thirty bytes, eight an object
/// of four hundred.
const MOST_TREE: u64 = 16_000_000;
const TREE_TO_TEXT: u64 = 8;

/// What the values in a JSON text take about, in bytes, found without reading them. Objects are nodes of a B-tree with room for
/// eleven entries, lists grow by doubling, and each text has a block of its own. The sum for the largest text that WebAssembly takes
/// needs more than 32 bits.
fn tree_size(json: &str) -> u64 {
    let (mut objects, mut lists, mut commas, mut colons) = (0_u64, 0, 0, 0);
    let (mut is_text, mut is_escaped) = (false, false);
    for byte in json.bytes() {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' => is_escaped = is_text,
            b'"' => is_text = !is_text,
            _ if is_text => {}
            b'{' => objects += 1,
            b'[' => lists += 1,
            b',' => commas += 1,
            b':' => colons += 1,
            _ => {}
        }
    }
    // Each comma and each bracket stands for one value more, and those of objects have a colon, too.
    let items = (objects + lists + commas).saturating_sub(colons);
    450 * objects + 50 * lists + 70 * items + 30 * colons
}

/// Whether a body is a web page: a sign-on page, or what a server in front of the API says by itself.
pub(crate) fn is_web_page(body: &Value) -> bool {
    body.as_str().is_some_and(|text| text.trim_start().starts_with('<'))
}

/// All but [RFC 3986's unreserved characters](https://www.rfc-editor.org/rfc/rfc3986#section-2.3).
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// `text` so that it is one segment of a path or one value of a query.
pub(crate) fn percent_encoded(text: &str) -> String {
    utf8_percent_encode(text, RESERVED).to_string()
}

/// A body as JSON text.
#[expect(clippy::expect_used, reason = "no `Serialize` of ours refuses, and every key is text")]
pub(crate) fn json_text(body: &impl Serialize) -> String {
    serde_json::to_string(body).expect("JSON")
}

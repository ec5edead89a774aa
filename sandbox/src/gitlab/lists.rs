//! Parameters of a list, and the headers that lead to its other pages.

use axum::http::StatusCode;
use axum::response::Response;
use url::form_urlencoded::Serializer;

use super::GitLab;
use crate::http::{Call, Refused, error, set_header};

/// The page of a list that the caller asks for.
#[derive(Debug, Clone, Copy)]
pub(super) struct PageWanted {
    pub(super) number: usize,
    pub(super) size: usize,
}

impl PageWanted {
    pub(super) fn read(call: &Call) -> Result<Self, Refused> {
        let at_least_one = |value: u64| usize::try_from(value).unwrap_or(usize::MAX).max(1);
        let size = number(call, "per_page")?.unwrap_or(20);
        if size == 0 {
            return Err(Box::new(error(StatusCode::BAD_REQUEST, "per_page has a value not allowed")));
        }
        Ok(Self { number: at_least_one(number(call, "page")?.unwrap_or(1)), size: at_least_one(size).min(100) })
    }

    pub(super) fn slice<T>(self, all: &[T]) -> &[T] {
        let start = (self.number - 1).saturating_mul(self.size).min(all.len());
        &all[start..start.saturating_add(self.size).min(all.len())]
    }
}

pub(super) fn number(call: &Call, name: &str) -> Result<Option<u64>, Refused> {
    let invalid = || Box::new(error(StatusCode::BAD_REQUEST, format!("{name} is invalid")));
    call.query(name).map(|text| text.parse().map_err(|_| invalid())).transpose()
}

/// The spellings of Grape's parameter type, which clients in Python rely on (`True`).
pub(super) fn flag(call: &Call, name: &str) -> Result<Option<bool>, Refused> {
    match call.query(name).map(str::to_ascii_lowercase).as_deref() {
        None => Ok(None),
        Some("1" | "on" | "t" | "true" | "y" | "yes") => Ok(Some(true)),
        Some("0" | "off" | "f" | "false" | "n" | "no") => Ok(Some(false)),
        Some(_) => Err(Box::new(error(StatusCode::BAD_REQUEST, format!("{name} is invalid")))),
    }
}

pub(super) fn one_of<'call>(call: &'call Call, name: &str, known: &[&str]) -> Result<Option<&'call str>, Refused> {
    match call.query(name) {
        Some(value) if !known.contains(&value) => {
            let text = format!("{name} does not have a valid value");
            Err(Box::new(error(StatusCode::BAD_REQUEST, text)))
        }
        value => Ok(value),
    }
}

impl GitLab {
    pub(super) fn offset_headers(&self, call: &Call, answer: &mut Response, page: PageWanted, total: usize) {
        let pages = total.div_ceil(page.size).max(1);
        let previous = (page.number > 1).then(|| page.number - 1);
        let next = (page.number < pages).then(|| page.number + 1);
        let text = |number: Option<usize>| number.map(|number| number.to_string()).unwrap_or_default();
        set_header(answer, "x-page", &page.number.to_string());
        set_header(answer, "x-per-page", &page.size.to_string());
        set_header(answer, "x-prev-page", &text(previous));
        set_header(answer, "x-next-page", &text(next));
        set_header(answer, "x-total", &total.to_string());
        set_header(answer, "x-total-pages", &pages.to_string());
        let links: Vec<String> = [(previous, "prev"), (next, "next"), (Some(1), "first"), (Some(pages), "last")]
            .into_iter()
            .filter_map(|(number, relation)| {
                let own = [("page", number?.to_string()), ("per_page", page.size.to_string())];
                Some(self.link(call, &own, relation))
            })
            .collect();
        set_header(answer, "link", &links.join(", "));
    }

    /// The called address with some parameters set anew, as one entry of a `Link` header.
    pub(super) fn link(&self, call: &Call, own: &[(&str, String)], relation: &str) -> String {
        let kept = call.query.iter().map(|(key, value)| (key.as_str(), value.as_str()));
        let kept = kept.filter(|(key, _)| *key != "private_token" && own.iter().all(|(name, _)| name != key));
        let mut pairs: Vec<(&str, &str)> = kept.chain(own.iter().map(|(key, value)| (*key, value.as_str()))).collect();
        pairs.sort_unstable();
        let query = Serializer::new(String::new()).extend_pairs(pairs).finish();
        let path = call.uri.path().splitn(3, '/').nth(2).unwrap_or_default();
        format!("<{}{path}?{query}>; rel=\"{relation}\"", self.base_url)
    }
}

//! Parameters of a list, and the headers that link to its other pages.

use axum::http::{StatusCode, Uri};
use serde::Deserialize;
use url::form_urlencoded::Serializer;

use super::GitLab;
use crate::http::{Result, error};

/// The query parameters of a request, in order.
#[derive(Debug, Default, Deserialize)]
#[serde(transparent)]
pub(super) struct Parameters(Vec<(String, String)>);

/// The page of a list that is requested.
#[derive(Debug, Clone, Copy)]
pub(super) struct PageRequest {
    pub(super) number: usize,
    pub(super) size: usize,
}

impl PageRequest {
    pub(super) fn slice<T>(self, all: &[T]) -> &[T] {
        let start = (self.number - 1).saturating_mul(self.size).min(all.len());
        &all[start..start.saturating_add(self.size).min(all.len())]
    }
}

impl Parameters {
    /// The last value of a parameter, as in Rails.
    pub(super) fn last(&self, name: &str) -> Option<&str> {
        self.0.iter().rev().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    pub(super) fn page(&self) -> Result<PageRequest> {
        let at_least_one = |value: u64| usize::try_from(value).unwrap_or(usize::MAX).max(1);
        let size = self.number("per_page")?.unwrap_or(20);
        if size == 0 {
            return Err(error(StatusCode::BAD_REQUEST, "per_page has a value not allowed"));
        }
        Ok(PageRequest { number: at_least_one(self.number("page")?.unwrap_or(1)), size: at_least_one(size).min(100) })
    }

    pub(super) fn number(&self, name: &str) -> Result<Option<u64>> {
        let invalid = || error(StatusCode::BAD_REQUEST, &format!("{name} is invalid"));
        self.last(name).map(|text| text.parse().map_err(|_| invalid())).transpose()
    }

    /// A Boolean in the spellings that Grape accepts. Clients in Python rely on `True`.
    pub(super) fn flag(&self, name: &str) -> Result<Option<bool>> {
        match self.last(name).map(str::to_ascii_lowercase).as_deref() {
            None => Ok(None),
            Some("1" | "on" | "t" | "true" | "y" | "yes") => Ok(Some(true)),
            Some("0" | "off" | "f" | "false" | "n" | "no") => Ok(Some(false)),
            Some(_) => Err(error(StatusCode::BAD_REQUEST, &format!("{name} is invalid"))),
        }
    }

    pub(super) fn one_of(&self, name: &str, known: &[&str]) -> Result<Option<&str>> {
        match self.last(name) {
            Some(value) if !known.contains(&value) => {
                Err(error(StatusCode::BAD_REQUEST, &format!("{name} does not have a valid value")))
            }
            value => Ok(value),
        }
    }
}

impl GitLab {
    pub(super) fn offset_headers(
        &self,
        uri: &Uri,
        query: &Parameters,
        page: PageRequest,
        total: usize,
    ) -> [(&'static str, String); 7] {
        let pages = total.div_ceil(page.size).max(1);
        let previous = (page.number > 1).then(|| page.number - 1);
        let next = (page.number < pages).then(|| page.number + 1);
        let text = |number: Option<usize>| number.map(|number| number.to_string()).unwrap_or_default();
        let links: Vec<String> = [(previous, "prev"), (next, "next"), (Some(1), "first"), (Some(pages), "last")]
            .into_iter()
            .filter_map(|(number, relation)| {
                let own = [("page", number?.to_string()), ("per_page", page.size.to_string())];
                Some(self.link(uri, query, &own, relation))
            })
            .collect();
        [
            ("x-page", page.number.to_string()),
            ("x-per-page", page.size.to_string()),
            ("x-prev-page", text(previous)),
            ("x-next-page", text(next)),
            ("x-total", total.to_string()),
            ("x-total-pages", pages.to_string()),
            ("link", links.join(", ")),
        ]
    }

    /// An entry of a `Link` header: the requested URL with some parameters replaced.
    pub(super) fn link(&self, uri: &Uri, query: &Parameters, own: &[(&str, String)], relation: &str) -> String {
        let others = query.0.iter().map(|(key, value)| (key.as_str(), value.as_str()));
        let others = others.filter(|(key, _)| *key != "private_token" && own.iter().all(|(name, _)| name != key));
        let mut pairs: Vec<(&str, &str)> =
            others.chain(own.iter().map(|(key, value)| (*key, value.as_str()))).collect();
        pairs.sort_unstable();
        let query = Serializer::new(String::new()).extend_pairs(pairs).finish();
        format!("<{}api{}?{query}>; rel=\"{relation}\"", self.base_url, uri.path())
    }
}

//! What a form stores of its entries, for after a reload.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::checkpoint::Checkpoint;
use super::plan::MOST_REPOSITORIES;
use crate::input::{Reading, or_default};

/// Of the JSON. A draft of another version is not read.
const VERSION: u32 = 1;

/// As much as browsers store for a site (<https://storage.spec.whatwg.org/#registered-storage-endpoints>).
const LONGEST: usize = 5 << 20;

/// The entries of a form and how far its job came, as they are stored where others could read them: without tokens, and without
/// any text in which one stands.
///
/// What is read back may be anything: another version of the form or another script of the page has written it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "js", derive(tsify::Tsify))]
pub struct Draft {
    #[cfg_attr(feature = "js", tsify(type = "1"))]
    version: u32,
    #[cfg_attr(feature = "js", tsify(type = "Method['kind']"))]
    kind: Kind,
    /// Whether the provider is there already.
    existing: bool,
    #[cfg_attr(feature = "js", tsify(type = "DraftStep"))]
    step: Step,
    /// The values of the single fields by their ids.
    #[cfg_attr(feature = "js", tsify(type = "Record<string, string>"))]
    fields: Fields,
    #[cfg_attr(feature = "js", tsify(type = "PlanRepository[]"))]
    repositories: Vec<Repository>,
    /// The list that is not added yet.
    lines: String,
    /// Of a job that did not come to its end.
    #[cfg_attr(feature = "js", tsify(type = "Checkpoint | null"))]
    checkpoint: Option<Checkpoint>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Kind {
    Provider,
    TokenPerRepository,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "js", derive(tsify::Tsify), tsify(rename = "DraftStep"))]
enum Step {
    Method,
    Gitlab,
    Repositories,
    Torque,
    Review,
    Connect,
}

/// The single fields; one that must not be stored is left out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Fields {
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    base_url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    portal_url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    space: Option<String>,
}

/// [`super::PlanRepository`] without its token.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Repository {
    url: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    branch: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    credential_name: Option<String>,
    #[serde(deserialize_with = "or_default", skip_serializing_if = "Vec::is_empty")]
    agents: Vec<String>,
    #[serde(deserialize_with = "or_default")]
    auto_register: bool,
}

impl Draft {
    /// Reads a stored draft. Nothing where it is not one that this version wrote.
    ///
    /// ```
    /// use torque_gitlab_connect::onboarding::Draft;
    ///
    /// let stored = r#"{ "version": 1, "kind": "provider", "existing": false, "step": "gitlab", "fields": { "name": "gitlab-1" },
    ///     "repositories": [{ "url": "https://gitlab.example.com/group/project" }], "lines": "", "checkpoint": null }"#;
    /// assert!(Draft::read(stored).is_some());
    /// assert!(Draft::read(&stored.replace("gitlab\"", "nowhere\"")).is_none());
    /// ```
    #[must_use]
    pub fn read(stored: &str) -> Option<Self> {
        if stored.len() > LONGEST {
            return None;
        }
        let stored: Value = serde_json::from_str(stored).ok()?;
        let draft: Self = Reading::read_own(&stored)?;
        (draft.version == VERSION && draft.repositories.len() <= MOST_REPOSITORIES).then_some(draft)
    }
}

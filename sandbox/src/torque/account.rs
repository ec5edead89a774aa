//! The state of Torque: providers, credentials, and the repositories of its spaces.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use url::Url;

use super::address::is_inside;
use super::payload::{complaint, unprocessable};
use crate::http::Result;

/// One account, in memory.
#[derive(Default)]
pub(super) struct Account {
    pub(super) providers: Vec<Provider>,
    /// Tokens by name.
    pub(super) credentials: BTreeMap<String, String>,
    /// Repositories by space, in the order in which they were connected.
    pub(super) repositories: BTreeMap<&'static str, Vec<Repository>>,
}

pub(super) struct Provider {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) base_url: Url,
    pub(super) token: String,
}

pub(super) struct Repository {
    pub(super) name: String,
    pub(super) url: Url,
    pub(super) branch: Option<String>,
    pub(super) access: Access,
    pub(super) agents: Vec<String>,
    pub(super) use_all_agents: bool,
    pub(super) progress: Progress,
    /// How many more lists do not show it.
    pub(super) hidden: u32,
}

/// Which token reads the repository.
pub(super) enum Access {
    /// The provider with this id.
    Provider(String),
    Credential(String),
}

pub(super) enum Progress {
    Syncing {
        /// How many lists are left until the result; that list shows it.
        left: u32,
        /// Whether it fails, whatever GitLab answers.
        fails: bool,
    },
    Connected,
    Failed(String),
}

impl Account {
    /// The id of the provider for a repository without a credential: the one with the longest base URL that the repository is
    /// inside. If `id` is given, only that provider is considered.
    pub(super) fn provider_of(&self, repository: &Url, id: Option<&str>) -> Result<String> {
        let chosen: Vec<&Provider> =
            self.providers.iter().filter(|provider| id.is_none_or(|id| provider.id == id)).collect();
        if let (Some(_), true) = (id, chosen.is_empty()) {
            return Err(unprocessable(vec![complaint("provider_id", "is not the id of a repository provider")]));
        }
        chosen
            .into_iter()
            .filter(|provider| is_inside(repository, &provider.base_url))
            // `max_by_key` takes the last one, which is the newest, among equals.
            .max_by_key(|provider| provider.base_url.path().len())
            .map(|provider| provider.id.clone())
            .ok_or_else(|| {
                unprocessable(vec![complaint(
                    "repository_url",
                    "is outside the base URL of every repository provider, and no credential is given",
                )])
            })
    }

    pub(super) fn token_of(&self, access: &Access) -> &str {
        let token = match access {
            Access::Provider(id) => {
                self.providers.iter().find(|provider| provider.id == *id).map(|provider| &provider.token)
            }
            Access::Credential(name) => self.credentials.get(name),
        };
        token.map(String::as_str).unwrap_or_default()
    }
}

impl Repository {
    pub(super) fn to_json(&self, space: &str) -> Value {
        let (status, errors) = match &self.progress {
            Progress::Syncing { .. } => ("Syncing", json!([])),
            Progress::Connected => ("Connected", json!([])),
            Progress::Failed(why) => ("Failed", json!([{ "code": "SYNC_FAILED", "message": why }])),
        };
        let credential = match &self.access {
            Access::Provider(_) => None,
            Access::Credential(name) => Some(name),
        };
        let agents: Vec<Value> = self.agents.iter().map(|name| json!({ "name": name, "status": "active" })).collect();
        json!({
            "name": self.name,
            "repository_url": self.url.as_str(),
            "token": null,
            "branch": self.branch,
            "credential_name": credential,
            "use_all_agents": self.use_all_agents,
            "agents": agents,
            "status": status,
            "space_name": space,
            "errors": errors,
        })
    }
}

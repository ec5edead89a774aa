//! What has to outlive a crash: which `POST`s went out, or were about to.

use std::hash::Hasher;

use fnv::FnvHasher;
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

use super::plan::{CheckedMethod, CheckedPlan};
use super::report::SentRequest;
use crate::input::Reading;
use crate::instant;
use crate::issue::{Check, Checked, Issue, IssueCode};
use crate::secret::Secret;
use crate::torque::is_provider_id;

/// Of the JSON. A checkpoint of another version is not read.
const VERSION: u32 = 1;

/// Where a job stood just before a `POST`, or at its end: enough to go on without repeating anything. JSON without secrets,
/// and without the plan, from which all that is sent is taken again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "js", derive(tsify::Tsify))]
pub struct Checkpoint {
    /// Of this form; a checkpoint of another version is refused.
    #[serde(deserialize_with = "read_version")]
    version: u32,
    /// Fingerprint of the plan.
    pub(super) plan: String,
    /// Milliseconds since 1970.
    #[serde(deserialize_with = "instant::read_ms")]
    pub(super) started_at: i64,
    /// None where nothing was sent for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "js", tsify(type = "CheckpointProvider"))]
    pub(super) provider: Option<ProviderCheckpoint>,
    /// Those for which something was sent.
    #[cfg_attr(feature = "js", tsify(type = "CheckpointRepository[]"))]
    pub(super) repositories: Vec<RepositoryCheckpoint>,
    /// Whether Torque has the provider: the user has looked. Needed to resume a job where only that can decide,
    /// and else without effect.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub provider_created: Option<bool>,
}

/// What is known of something that was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "js", derive(tsify::Tsify), tsify(rename = "CheckpointState"))]
pub(super) enum SentState {
    /// Torque has taken it.
    Done,
    /// It may have arrived.
    Unknown,
    /// Torque has certainly not done it.
    Refused,
}

/// What a checkpoint holds of the provider.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "js", derive(tsify::Tsify), tsify(rename = "CheckpointProvider"))]
pub(super) struct ProviderCheckpoint {
    /// What is known of it.
    #[cfg_attr(feature = "js", tsify(type = "CheckpointState"))]
    pub(super) state: SentState,
    /// Torque's id of it, where an answer had one.
    #[serde(default, deserialize_with = "read_provider_id")]
    #[cfg_attr(feature = "js", tsify(type = "string | null"))]
    pub(super) id: Option<String>,
    /// What was sent for it.
    pub(super) sent: Vec<SentRequest>,
}

/// What a checkpoint holds of a repository.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "js", derive(tsify::Tsify), tsify(rename = "CheckpointRepository"))]
pub(super) struct RepositoryCheckpoint {
    /// In the plan.
    pub(super) index: usize,
    /// What is known of it.
    #[cfg_attr(feature = "js", tsify(type = "CheckpointState"))]
    pub(super) state: SentState,
    /// How many of `sent` nobody knows the outcome of.
    pub(super) lost: u8,
    /// What was sent to Torque for it.
    pub(super) sent: Vec<SentRequest>,
}

impl Checkpoint {
    pub(super) fn new(plan: String, started_at: i64) -> Self {
        let repositories = Vec::new();
        Self { version: VERSION, plan, started_at, provider: None, repositories, provider_created: None }
    }

    /// Reads a checkpoint that was stored. The key `providerCreated` may have been added.
    ///
    /// ```
    /// use serde_json::json;
    /// use torque_gitlab_connect::onboarding::Checkpoint;
    ///
    /// let stored = json!({ "version": 1, "plan": "00000000000000ff", "startedAt": 1_795_348_800_000_i64, "repositories": [
    ///     { "index": 0, "state": "done", "lost": 0, "sent": [{ "at": 1_795_348_800_000_i64, "status": 202 }] } ] });
    /// let mut checkpoint = Checkpoint::read(&stored)?.value;
    /// checkpoint.provider_created = Some(true); // the user has looked
    ///
    /// assert!(Checkpoint::read(&json!({ "version": 2 })).is_err());
    /// # Ok::<(), torque_gitlab_connect::issue::Issues>(())
    /// ```
    ///
    /// # Errors
    ///
    /// `checkpoint.unreadable`.
    pub fn read(stored: &Value) -> Check<Self> {
        Reading::read_stored(stored)
            .map(Checked::clean)
            .ok_or_else(|| Issue::new(IssueCode::CheckpointUnreadable).into())
    }

    /// Whether it is still open if Torque created the provider.
    pub(super) fn leaves_provider_unknown(&self) -> bool {
        let is_unknown = |provider: &ProviderCheckpoint| provider.state == SentState::Unknown;
        self.provider_created.is_none() && self.provider.as_ref().is_some_and(is_unknown)
    }
}

fn read_version<'de, D: Deserializer<'de>>(stored: D) -> Result<u32, D::Error> {
    let version = u32::deserialize(stored)?;
    if version == VERSION { Ok(version) } else { Err(D::Error::custom("another version")) }
}

fn read_provider_id<'de, D: Deserializer<'de>>(stored: D) -> Result<Option<String>, D::Error> {
    let id = Option::<String>::deserialize(stored)?;
    if id.as_deref().is_none_or(is_provider_id) { Ok(id) } else { Err(D::Error::custom("no id of a provider")) }
}

/// Identifies a plan by what is sent and where to, but for the tokens: they may be renewed between crash and resumption.
pub(super) fn fingerprint(plan: &CheckedPlan) -> String {
    // It is to notice a mistake, not an attack: whoever can write a checkpoint decides nothing but what is left out.
    let mut hasher = FnvHasher::default();
    let mut add = |text: &str| {
        hasher.write(text.as_bytes());
        // In no UTF-8 text, so it keeps the pieces apart.
        hasher.write(&[0xff]);
    };
    add(plan.portal.as_str());
    add(plan.space.as_ref().map_or("", |space| space.as_str()));
    add(match &plan.method {
        CheckedMethod::Provider(provider) => provider.name.as_str(),
        CheckedMethod::ExistingProvider { .. } => "\0existing",
        CheckedMethod::TokenPerRepository { .. } => "\0tokens",
    });
    add(plan.method.base_url().map_or("", |base| base.as_str()));
    for repository in &plan.repositories {
        let mut payload = repository.clone();
        payload.token = repository.token.as_ref().map(|_| Secret::new(String::new()));
        add(&payload.to_json());
    }
    format!("{:016x}", hasher.finish())
}

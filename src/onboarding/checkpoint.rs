//! What has to outlive a crash: which `POST`s went out, or were about to.

use crate::json::Value;
use serde::Serialize;

use super::plan::{CheckedMethod, CheckedPlan};
use super::report::SentRequest;
use crate::instant::LAST_MS;
use crate::issue::{Check, Checked, Issue, IssueCode};
use crate::secret::Secret;
use crate::text::{hash, hexadecimal};
use crate::torque::is_provider_id;

/// Of the JSON; another one is not understood.
const VERSION: u32 = 1;

/// Where a job stood just before a `POST`, or at its end: enough to go on without repeating anything. JSON without secrets,
/// and without the plan, from which all that is sent is taken again.
///
/// ```
/// use torque_gitlab_connect::{json::Value, onboarding::Checkpoint};
///
/// let stored = r#"{ "version": 1, "plan": "00000000000000ff", "startedAt": 1795348800000, "repositories": [
///     { "index": 0, "state": "done", "lost": 0, "sent": [{ "at": 1795348800000, "status": 202 }] } ] }"#;
/// assert!(Checkpoint::read(&Value::read(stored).unwrap()).is_ok());
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Checkpoint {
    version: u32,
    /// Fingerprint of the plan.
    pub(super) plan: String,
    pub(super) started_at: i64,
    /// None where nothing was sent for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) provider: Option<ProviderMark>,
    /// Those for which something was sent.
    pub(super) repositories: Vec<RepositoryMark>,
    /// Whether Torque has the provider: the user has looked. Asked for by [`super::Onboarding::resume`] where only that can
    /// decide, and else without effect.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub provider_created: Option<bool>,
}

/// What is known of something that was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Mark {
    /// Torque has taken it.
    Done,
    /// It may have arrived.
    Unknown,
    /// Torque has certainly not done it.
    Refused,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct ProviderMark {
    pub(super) state: Mark,
    pub(super) id: Option<String>,
    pub(super) sent: Vec<SentRequest>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct RepositoryMark {
    pub(super) index: usize,
    pub(super) state: Mark,
    /// How many of `sent` nobody knows the outcome of.
    pub(super) lost: u32,
    pub(super) sent: Vec<SentRequest>,
}

impl Checkpoint {
    pub(super) fn new(plan: String, started_at: i64) -> Self {
        let repositories = Vec::new();
        Self { version: VERSION, plan, started_at, provider: None, repositories, provider_created: None }
    }

    /// Reads a checkpoint that was kept as JSON; the key `providerCreated` may have been added.
    ///
    /// # Errors
    ///
    /// `checkpoint.unreadable`.
    pub fn read(json: &Value) -> Check<Self> {
        read(json).map(Checked::clean).ok_or_else(|| Issue::new(IssueCode::CheckpointUnreadable).into())
    }
}

fn read(json: &Value) -> Option<Checkpoint> {
    if json["version"].as_u64() != Some(VERSION.into()) {
        return None;
    }
    let mut checkpoint = Checkpoint::new(json["plan"].as_str()?.to_owned(), read_time(&json["startedAt"])?);
    checkpoint.provider = match &json["provider"] {
        Value::Null => None,
        provider => Some(ProviderMark {
            state: read_mark(&provider["state"])?,
            id: match &provider["id"] {
                Value::Null => None,
                id => Some(id.as_str().filter(|id| is_provider_id(id))?.to_owned()),
            },
            sent: read_sent(&provider["sent"])?,
        }),
    };
    for repository in json["repositories"].as_array()? {
        checkpoint.repositories.push(RepositoryMark {
            index: usize::try_from(repository["index"].as_u64()?).ok()?,
            state: read_mark(&repository["state"])?,
            lost: u8::try_from(repository["lost"].as_u64()?).ok()?.into(),
            sent: read_sent(&repository["sent"])?,
        });
    }
    checkpoint.provider_created = match &json["providerCreated"] {
        Value::Null => None,
        created => Some(created.as_bool()?),
    };
    Some(checkpoint)
}

fn read_mark(json: &Value) -> Option<Mark> {
    Some(match json.as_str()? {
        "done" => Mark::Done,
        "unknown" => Mark::Unknown,
        "refused" => Mark::Refused,
        _ => return None,
    })
}

fn read_sent(json: &Value) -> Option<Vec<SentRequest>> {
    let read = |record: &Value| {
        let status = match &record["status"] {
            Value::Null => None,
            status => Some(u16::try_from(status.as_u64()?).ok()?),
        };
        Some(SentRequest { at: read_time(&record["at"])?, status })
    };
    json.as_array()?.iter().map(read).collect()
}

/// From 1970 to 9999: what a report can write.
fn read_time(json: &Value) -> Option<i64> {
    json.as_i64().filter(|ms| (0..=LAST_MS).contains(ms))
}

/// Tells plans apart by what is sent and where to, but for the tokens: they may be renewed between crash and resumption.
pub(super) fn fingerprint(plan: &CheckedPlan) -> String {
    // It is to notice a mistake, not an attack: whoever can write a checkpoint decides nothing but what is left out.
    let mut pieces = Vec::new();
    let mut add = |text: &str| {
        pieces.extend_from_slice(text.as_bytes());
        // In no UTF-8 text, so it keeps the pieces apart.
        pieces.push(0xff);
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
    hexadecimal(hash(&pieces), 16)
}

//! What the functions take, as types: read by serde, declared for TypeScript by tsify. A type that is made of others is a
//! tuple here ([`crate::input`]) and an intersection in TypeScript.

use serde::Deserialize;
use serde_json::Value;
use tsify::Tsify;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::{
    http,
    input::not_allowed,
    issue::{Check, Checked, Issues},
    secret::Secret,
    token::{Purpose, TokenPolicy},
    torque::PlanRepository,
};

/// Which GitLab is asked, with which token.
#[derive(Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct GitLabInput {
    /// Address of the GitLab.
    pub(super) base_url: String,
    /// GitLab access token.
    #[tsify(type = "string")]
    pub(super) token: Secret,
    /// Send the token over plain http, where it could be read on the way (this machine needs no permission); `false` by default.
    #[tsify(optional)]
    pub(super) allow_http: Option<bool>,
}

/// What a token is for.
#[derive(Deserialize, Tsify)]
pub struct ForPurpose {
    /// What the token is for.
    pub(super) purpose: Purpose,
}

/// When it is.
#[derive(Deserialize, Tsify)]
pub struct AtTime {
    /// The present moment: milliseconds since 1970, or RFC 3339.
    #[tsify(type = "number | string")]
    pub(super) now: Option<Value>,
}

/// Options of `tokenLinks`.
#[derive(Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct TokenLinksOptions {
    /// What the token is for; decides the scopes that the form proposes.
    pub(super) purpose: Purpose,
    /// The name that the form proposes.
    #[tsify(optional)]
    pub(super) name: Option<String>,
    /// As in the policy by which the token will be judged.
    #[tsify(optional, type = "readonly string[]")]
    pub(super) required_scopes: Option<Vec<String>>,
}

/// Input of `providerPayload`.
#[derive(Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct ProviderInput {
    /// Display name of the provider in Torque.
    pub(super) name: String,
    /// Either spelling is accepted; `gitLabEnterprise` goes on the wire.
    #[tsify(optional, type = "'gitLabEnterprise' | 'gitlabEnterprise'")]
    pub(super) r#type: Option<String>,
    /// Address of the GitLab.
    pub(super) base_url: String,
    /// GitLab access token.
    #[tsify(type = "string")]
    pub(super) token: Secret,
}

/// Where a repository must lie.
#[derive(Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct InsideBase {
    /// The provider's base URL; the repository must lie inside it.
    #[tsify(optional)]
    pub(super) base_url: Option<String>,
}

/// Where Torque is and how it is asked.
#[derive(Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct TorqueInput {
    /// Address of Torque, or of the portal's proxy in front of it.
    pub(super) portal_url: String,
    /// Torque API token; without it no `Authorization` header is sent (the portal's proxy adds it).
    #[tsify(optional, type = "string")]
    pub(super) torque_token: Option<Secret>,
}

/// What came back for a request.
#[derive(Deserialize, Tsify)]
pub struct HttpAnswer {
    /// HTTP status; `0` for a redirect that the browser hides.
    status: u64,
    /// Parsed JSON, else the text.
    #[tsify(type = "unknown")]
    body: Option<Value>,
}

impl HttpAnswer {
    /// The answer as the core takes it.
    pub(super) fn check(self) -> Check<http::HttpAnswer> {
        let Some(status) = u16::try_from(self.status).ok().filter(|status| *status <= 999) else {
            return Err(Issues::from(not_allowed("an HTTP status, or 0").at("status")));
        };
        // An empty body is text, too.
        let body = self.body.unwrap_or_else(|| Value::String(String::new()));
        Ok(Checked::clean(http::HttpAnswer::of(status, body)))
    }
}

/// Input of `repositoryPayload`.
pub(super) type RepositoryInput = (InsideBase, PlanRepository);
/// Input of `createProviderRequest`.
pub(super) type CreateProviderInput = (TorqueInput, ProviderInput);
/// Options of `checkScopes`.
pub(super) type ScopesOptions = (TokenPolicy, ForPurpose);
/// Options of `assessToken`.
pub(super) type AssessTokenOptions = (TokenPolicy, ForPurpose, AtTime);

#[wasm_bindgen(typescript_custom_section)]
const INTERSECTIONS: &str = r"
/** Input of `repositoryPayload`. */
export type RepositoryInput = PlanRepository & InsideBase;
/** Input of `createProviderRequest`. */
export type CreateProviderInput = TorqueInput & ProviderInput;
/** Options of `checkScopes`. */
export type ScopesOptions = TokenPolicy & ForPurpose;
/** Options of `assessToken`. */
export type AssessTokenOptions = ScopesOptions & AtTime;
";

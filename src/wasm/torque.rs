//! Torque: the payloads, and the request that makes a provider.

use wasm_bindgen::{JsValue, prelude::wasm_bindgen};

use super::{
    call::Call,
    inputs::{CreateProviderInput, ProviderInput, RepositoryInput, TorqueInput},
};
use crate::{
    address::{BaseUrl, PortalUrl},
    secret::Secret,
    server_text::Redactor,
    torque::{self, Name, PlanRepository, ProviderPayload, RepositoryPayload},
};

/// The JSON that creates a repository provider.
///
/// @example
/// ```ts
/// providerPayload({ name: 'gitlab-1', baseUrl: 'https://private.mygitlab.org', token }).value;
/// // { name: 'gitlab-1', type: 'gitLabEnterprise', details: { token, base_url: 'https://private.mygitlab.org/' }, repos: [] }
/// ```
#[wasm_bindgen(js_name = providerPayload, unchecked_return_type = "Result<ProviderPayload>")]
#[must_use]
pub fn provider_payload(
    #[wasm_bindgen(unchecked_param_type = "ProviderInput", param_description = "as somebody typed it")] input: JsValue,
) -> JsValue {
    Call::answer(|call| {
        let input: ProviderInput = call.settings(input)?;
        provider(call, &input)
    })
}

/// The JSON that connects a repository to a space; with a `baseUrl` the repository has to lie inside it.
///
/// @example
/// ```ts
/// repositoryPayload({ url: 'https://gitlab.example.com/group/project.git', branch: 'main' }).value;
/// // { repository_name: 'project', repository_url: 'https://gitlab.example.com/group/project', token: null, branch: 'main', … }
/// ```
#[wasm_bindgen(js_name = repositoryPayload, unchecked_return_type = "Result<RepositoryPayload>")]
#[must_use]
pub fn repository_payload(
    #[wasm_bindgen(unchecked_param_type = "RepositoryInput", param_description = "as somebody typed it")]
    input: JsValue,
) -> JsValue {
    Call::answer(|call| {
        let (inside, input): RepositoryInput = call.settings(input)?;
        let base = inside.base_url.and_then(|base| call.base_url(&["baseUrl"], &base));
        repository(call, &input, base.as_deref())
    })
}

/// The request that creates a repository provider (`POST …/api/settings/repository_providers`); `readProviderAnswer` reads
/// the answer.
///
/// @example
/// ```ts
/// const provider = { name: 'gitlab-1', baseUrl: 'https://gitlab.example.com', token };
/// createProviderRequest({ portalUrl: 'https://portal.qtorque.io', torqueToken, ...provider }).value.url;
/// // 'https://portal.qtorque.io/api/settings/repository_providers'
/// ```
#[wasm_bindgen(js_name = createProviderRequest, unchecked_return_type = "Result<HttpRequest>")]
#[must_use]
pub fn create_provider_request(
    #[wasm_bindgen(
        unchecked_param_type = "CreateProviderInput",
        param_description = "the provider, and where Torque is"
    )]
    input: JsValue,
) -> JsValue {
    Call::answer(|call| {
        let (at, input): CreateProviderInput = call.settings(input)?;
        let (portal, token) = torque_at(call, &at);
        let payload = provider(call, &input);
        tell_one_for_both(call, token.as_ref(), payload.as_ref().map(|payload| &payload.details.token));
        call.ensure_no_error()?;
        Some(torque::create_provider_request(&portal?, token.as_ref(), &payload?))
    })
}

/// Reads the answer to `createProviderRequest`. Issues: `torque.…`.
///
/// @example
/// ```ts
/// readProviderAnswer({ status: 200, body: '5f9c2a4e-0000-4000-8000-000000000000' }).value;
/// // { id: '5f9c2a4e-0000-4000-8000-000000000000' }
/// ```
#[wasm_bindgen(js_name = readProviderAnswer, unchecked_return_type = "Result<ProviderAnswer>")]
#[must_use]
pub fn read_provider_answer(
    #[wasm_bindgen(unchecked_param_type = "HttpAnswer", param_description = "what Torque answered")] answer: JsValue,
) -> JsValue {
    Call::read_answer(answer, |answer| torque::read_provider_answer(answer, &Redactor::default()))
}

/// Where Torque is, and the token for it if there is one.
pub(super) fn torque_at(call: &Call, at: &TorqueInput) -> (Option<PortalUrl>, Option<Secret>) {
    let portal = call.portal_url(&at.portal_url);
    let check = |token: &Secret| call.pass(&["torqueToken"], torque::check_torque_token(token.expose()));
    (portal, at.torque_token.as_ref().and_then(check))
}

pub(super) fn tell_one_for_both(call: &Call, torque: Option<&Secret>, gitlab: Option<&Secret>) {
    if let Some(issue) = torque::check_not_both(torque, gitlab) {
        call.report(&["torqueToken"], issue.into());
    }
}

pub(super) fn provider(call: &Call, input: &ProviderInput) -> Option<ProviderPayload> {
    let name = call.pass(&["name"], Name::check(&input.name));
    if let Some(kind) = &input.r#type {
        call.pass(&["type"], ProviderPayload::check_type(kind));
    }
    let base_url = call.base_url(&["baseUrl"], &input.base_url);
    let token = call.gitlab_token(input.token.expose());
    call.ensure_no_error()?;
    Some(ProviderPayload::new(name?, (*base_url?).clone(), token?))
}

pub(super) fn repository(call: &Call, input: &PlanRepository, base: Option<&BaseUrl>) -> Option<RepositoryPayload> {
    let payload = call.pass_url(&[], &input.url, &|url| RepositoryPayload::check_with_url(input, url, base));
    call.ensure_no_error()?;
    payload
}

//! Torque's spaces: repositories connected and listed.

use serde::{Deserialize, Serialize};
use tsify::Tsify;
use wasm_bindgen::{JsValue, prelude::wasm_bindgen};

use super::{
    call::Call,
    inputs::{InsideBase, TorqueInput},
    torque::{repository, tell_one_for_both, torque_at},
};
use crate::{
    address::PortalUrl,
    input::not_allowed,
    secret::Secret,
    server_text::Redactor,
    torque::{self, Head, Name, PlanRepository},
};

/// A space.
#[derive(Deserialize, Tsify)]
struct InSpace {
    /// Name of the space.
    space: String,
}

/// The head of a request that came to a proxy in front of Torque, and what the proxy may do.
#[derive(Deserialize, Tsify)]
struct ProxiedRequest {
    /// Address of the Torque behind the proxy.
    torque: String,
    /// Torque API token that the proxy adds.
    #[tsify(optional, type = "string")]
    token: Option<Secret>,
    /// Path at which the proxy is.
    prefix: String,
    /// The spaces that may be reached; all where it is left out.
    #[tsify(optional, type = "readonly string[]")]
    spaces: Option<Vec<String>>,
    /// Method of the request.
    method: String,
    /// Path of the request as it came, with the query if it has one.
    path: String,
    /// Host and port that it came to.
    host: String,
    /// Its header `Origin`.
    #[tsify(optional)]
    origin: Option<String>,
    /// Its header `Sec-Fetch-Site`.
    #[tsify(optional)]
    site: Option<String>,
    /// Its header `Content-Length`.
    #[tsify(optional)]
    length: Option<u64>,
}

/// What a proxy passes on.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
#[tsify(missing_as_null)]
struct PassedRequest {
    /// `GET` or `POST`.
    #[tsify(type = "string")]
    method: &'static str,
    /// Written anew from what was read.
    url: String,
    /// Name of the space; none where a provider is created.
    space: Option<String>,
    /// The header `Authorization`, where the proxy adds a token.
    authorization: Option<String>,
    /// No body of a request may have more bytes.
    request_limit: u64,
    /// No body of an answer may have more bytes.
    answer_limit: u64,
}

/// Why a proxy does not pass a request on.
#[derive(Serialize, Tsify)]
struct RefusedRequest {
    /// HTTP status that says so.
    status: u16,
    /// English text.
    #[tsify(type = "string")]
    error: &'static str,
}

/// What becomes of a request.
#[derive(Serialize)]
#[serde(untagged)]
enum Proxied {
    Passed(PassedRequest),
    Refused(RefusedRequest),
}

/// Input of `connectRepositoryRequest`.
type ConnectRepositoryInput = (TorqueInput, InSpace, InsideBase, PlanRepository);
/// Input of `listRepositoriesRequest`.
type ListRepositoriesInput = (TorqueInput, InSpace);

#[wasm_bindgen(typescript_custom_section)]
const INPUTS: &str = r"
/** Input of `connectRepositoryRequest`. */
export type ConnectRepositoryInput = TorqueInput & InSpace & RepositoryInput;
/** Input of `listRepositoriesRequest`. */
export type ListRepositoriesInput = TorqueInput & InSpace;
";

/// The request that connects a repository (`POST …/api/spaces/{space}/repositories/gitlabEnterprise`).
///
/// @example
/// ```ts
/// const url = 'https://gitlab.example.com/group/project';
/// connectRepositoryRequest({ portalUrl: 'https://portal.qtorque.io', space: 'My Space', url, token }).value.url;
/// // 'https://portal.qtorque.io/api/spaces/My%20Space/repositories/gitlabEnterprise'
/// ```
#[wasm_bindgen(js_name = connectRepositoryRequest, unchecked_return_type = "Result<HttpRequest>")]
#[must_use]
pub fn connect_repository_request(
    #[wasm_bindgen(
        unchecked_param_type = "ConnectRepositoryInput",
        param_description = "the repository, and where Torque is"
    )]
    input: JsValue,
) -> JsValue {
    Call::answer(|call| {
        let (at, InSpace { space }, inside, input): ConnectRepositoryInput = call.settings(input)?;
        let (portal, token) = torque_at(call, &at);
        let space = call.pass(&["space"], Name::check(&space));
        let base = inside.base_url.and_then(|base| call.base_url(&["baseUrl"], &base));
        let payload = repository(call, &input, base.as_deref());
        tell_one_for_both(call, token.as_ref(), payload.as_ref().and_then(|payload| payload.token.as_ref()));
        call.ensure_no_error()?;
        Some(torque::connect_repository_request(&portal?, token.as_ref(), &space?, &payload?))
    })
}

/// Reads the answer to `connectRepositoryRequest`. An error is no proof: the space's list has the last word.
///
/// @example
/// ```ts
/// readRepositoryAnswer({ status: 409, body: '' }).issues[0]; // { code: 'torque.repository_exists', … }
/// ```
#[wasm_bindgen(js_name = readRepositoryAnswer, unchecked_return_type = "Result<null>")]
#[must_use]
pub fn read_repository_answer(
    #[wasm_bindgen(unchecked_param_type = "HttpAnswer", param_description = "what Torque answered")] answer: JsValue,
) -> JsValue {
    Call::read_answer(answer, |answer| torque::read_repository_answer(answer, &Redactor::default()))
}

/// The request for a space's repositories (`GET …/api/spaces/{space}/repositories`); `readRepositories` reads the answer.
///
/// @example
/// ```ts
/// listRepositoriesRequest({ portalUrl: 'https://portal.qtorque.io', space: 'My Space' }).value.url;
/// // 'https://portal.qtorque.io/api/spaces/My%20Space/repositories'
/// ```
#[wasm_bindgen(js_name = listRepositoriesRequest, unchecked_return_type = "Result<HttpRequest>")]
#[must_use]
pub fn list_repositories_request(
    #[wasm_bindgen(
        unchecked_param_type = "ListRepositoriesInput",
        param_description = "which space, and where Torque is"
    )]
    input: JsValue,
) -> JsValue {
    Call::answer(|call| {
        let (at, InSpace { space }): ListRepositoriesInput = call.settings(input)?;
        let (portal, token) = torque_at(call, &at);
        let space = call.pass(&["space"], Name::check(&space));
        call.ensure_no_error()?;
        Some(torque::list_repositories_request(&portal?, token.as_ref(), &space?))
    })
}

/// Reads the answer to `listRepositoriesRequest`.
///
/// @example
/// ```ts
/// const body = [{ name: 'project', repository_url: 'https://gitlab.example.com/group/project', status: 'Connected' }];
/// readRepositories({ status: 200, body }).value[0]; // { name: 'project', status: 'Connected', errors: [], … }
/// ```
#[wasm_bindgen(js_name = readRepositories, unchecked_return_type = "Result<RepositoryDetails[]>")]
#[must_use]
pub fn read_repositories(
    #[wasm_bindgen(unchecked_param_type = "HttpAnswer", param_description = "what Torque answered")] answer: JsValue,
) -> JsValue {
    Call::read_answer(answer, |answer| torque::read_repositories(answer, &Redactor::default()))
}

/// For `torque-gitlab-connect/proxy`: the content type with which an answer of Torque's is passed on.
#[wasm_bindgen(js_name = contentTypePassedOn, unchecked_return_type = "Result<string>")]
#[must_use]
pub fn content_type_passed_on(
    #[wasm_bindgen(js_name = contentType, unchecked_param_type = "string", param_description = "as Torque names it")]
    content_type: JsValue,
) -> JsValue {
    Call::answer(|call| {
        let content_type: String = call.argument("contentType", content_type)?;
        Some(torque::content_type_passed_on(&content_type))
    })
}

/// For `torque-gitlab-connect/proxy`: what is sent to Torque for a request, by its head alone.
#[wasm_bindgen(js_name = torqueEndpoint, unchecked_return_type = "Result<PassedRequest | RefusedRequest>")]
#[must_use]
pub fn torque_endpoint(
    #[wasm_bindgen(unchecked_param_type = "ProxiedRequest", param_description = "the request, and what is allowed")]
    input: JsValue,
) -> JsValue {
    Call::answer(|call| {
        let input: ProxiedRequest = call.settings(input)?;
        let torque = call.pass_url(&["torque"], &input.torque, &PortalUrl::check);
        let token = input.token.and_then(|token| call.pass(&["token"], torque::check_torque_token(token.expose())));
        if !input.prefix.starts_with('/') {
            call.report(&["prefix"], not_allowed("a path that begins with /").into());
        }
        call.ensure_no_error()?;
        let head = Head {
            method: &input.method,
            path: &input.path,
            host: &input.host,
            origin: input.origin.as_deref(),
            site: input.site.as_deref(),
            length: input.length,
        };
        Some(match head.judge(&input.prefix, input.spaces.as_deref()) {
            Ok(endpoint) => Proxied::Passed(PassedRequest {
                method: endpoint.method(),
                url: endpoint.url(&torque?),
                space: endpoint.space().map(str::to_owned),
                authorization: token.map(|token| format!("Bearer {}", token.expose())),
                request_limit: torque::REQUEST_LIMIT,
                answer_limit: torque::ANSWER_LIMIT,
            }),
            Err(refusal) => Proxied::Refused(RefusedRequest { status: refusal.status(), error: refusal.message() }),
        })
    })
}

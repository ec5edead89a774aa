//! Addresses: Torque's, GitLab's and a repository's.

use wasm_bindgen::{JsValue, prelude::wasm_bindgen};

use super::call::Call;
use crate::{
    address::{BaseUrl, verdict_of_utf8},
    url::swar,
};

#[wasm_bindgen(typescript_custom_section)]
const PART_RANGE: &str = r"
/** Where a part stands in a canonical URL: start and end, as for `slice`. */
export type PartRange = [start: number, end: number];
";

/// Checks the address of Torque, or of a portal's own proxy in front of it.
///
/// It is https, or http where the host is exactly `localhost`, `127.0.0.1` or `[::1]`, and may have a path; a host outside
/// `qtorque.io` that is not the page's own gets a warning. Issues: `portal_url.…`.
///
/// @example
/// ```ts
/// checkPortalUrl('https://portal.qtorque.io'); // { ok: true, value: { url: 'https://portal.qtorque.io/' }, issues: [] }
/// ```
#[wasm_bindgen(js_name = checkPortalUrl, unchecked_return_type = "Result<PortalUrl>")]
#[must_use]
pub fn check_portal_url(
    #[wasm_bindgen(js_name = portalUrl, unchecked_param_type = "string", param_description = "as somebody typed it")]
    portal_url: JsValue,
) -> JsValue {
    Call::answer(|call| {
        let text: String = call.argument("portalUrl", portal_url)?;
        call.ensure_no_error()?;
        call.portal_url(&text)
    })
}

/// Checks the address of a self-managed GitLab, as a repository provider stores it.
///
/// One strict reader decides; text that URL parsers read differently is refused, never repaired. Issues: `base_url.…`, with
/// a suggestion where one can be made.
///
/// @example
/// ```ts
/// checkBaseUrl('HTTPS://GitLab.Example.com:443/gitlab').value;
/// // { url: 'https://gitlab.example.com/gitlab/', scheme: 'https', host: 'gitlab.example.com', port: 443, path: '/gitlab/', needsAllowHttp: false }
/// ```
#[wasm_bindgen(js_name = checkBaseUrl, unchecked_return_type = "Result<BaseUrl>")]
#[must_use]
pub fn check_base_url(
    #[wasm_bindgen(js_name = baseUrl, unchecked_param_type = "string", param_description = "as somebody typed it")]
    base_url: JsValue,
) -> JsValue {
    Call::answer(|call| {
        let text: String = call.argument("baseUrl", base_url)?;
        call.ensure_no_error()?;
        call.pass_url(&["baseUrl"], &text, &BaseUrl::check)
    })
}

/// Checks the address of a repository and, with a base URL, that it lies inside it: scheme, host and effective port are
/// equal, and the base's path is a prefix of the repository's on a segment boundary.
///
/// The URL in the answer is the one to send. "Inside" holds for the first hop: redirects are never followed. Issues:
/// `repository_url.…` and, about the base, `base_url.…`.
///
/// @example
/// ```ts
/// checkRepositoryUrl('https://gitlab.example.com/', 'git@gitlab.example.com:group/project.git').issues[0];
/// // { code: 'repository_url.ssh_form', suggestion: 'https://gitlab.example.com/group/project', … }
/// ```
#[wasm_bindgen(js_name = checkRepositoryUrl, unchecked_return_type = "Result<RepositoryUrl>")]
#[must_use]
pub fn check_repository_url(
    #[wasm_bindgen(
        js_name = baseUrl,
        unchecked_param_type = "string | null",
        param_description = "where it must lie; `null` for any place"
    )]
    base_url: JsValue,
    #[wasm_bindgen(js_name = repositoryUrl, unchecked_param_type = "string", param_description = "as somebody typed it")]
    repository_url: JsValue,
) -> JsValue {
    Call::answer(|call| {
        let base: Option<String> = call.nullable("baseUrl", base_url)?;
        let text: String = call.argument("repositoryUrl", repository_url)?;
        let base = base.and_then(|base| call.base_url(&["baseUrl"], &base));
        let repository = call.repository_url(&["repositoryUrl"], base.as_deref(), &text);
        call.ensure_no_error()?;
        repository
    })
}

/// What stands around the verdicts of `checkRepositoryUrls`: its base, and that it is a list.
#[wasm_bindgen(js_name = checkRepositoryList, unchecked_return_type = "Result<BaseUrl>")]
#[must_use]
pub fn check_repository_list(
    #[wasm_bindgen(js_name = baseUrl, unchecked_param_type = "unknown")] base_url: JsValue,
    #[wasm_bindgen(js_name = repositoryUrls, unchecked_param_type = "unknown")] repository_urls: JsValue,
) -> JsValue {
    Call::answer(|call| {
        let text: String = call.argument("baseUrl", base_url)?;
        let _: Vec<String> = call.argument("repositoryUrls", repository_urls)?;
        call.base_url(&["baseUrl"], &text)
    })
}

/// One verdict for each URL of a list: 0 for invalid, 1 for outside, 2 for inside. `base` is canonical. `urls` is all of them joined
/// by NUL, in UTF-8. No URL has a NUL in it; who passes one that has gets a verdict too many.
#[wasm_bindgen]
#[must_use]
pub fn verdicts(base: &str, urls: &[u8]) -> Vec<u8> {
    let base = BaseUrl::check(base).ok().map(|base| base.value);
    let verdict = |url: &[u8]| base.as_ref().map_or(0, |base| verdict_of_utf8(base, url) as u8);
    let (mut verdicts, mut start) = (Vec::new(), 0);
    while start <= urls.len() {
        let end = swar::position_of(urls, start, 0);
        verdicts.push(verdict(&urls[start..end]));
        start = end + 1;
    }
    verdicts
}

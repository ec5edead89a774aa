//! GitLab: requests built, answers judged.

use serde::Deserialize;
use tsify::Tsify;
use wasm_bindgen::{JsValue, prelude::wasm_bindgen};

use super::{
    call::Call,
    inputs::{GitLabInput, HttpAnswer},
};
use crate::address::RepositoryUrl;
use crate::gitlab::{self, Branch};

/// A repository.
#[derive(Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
struct InRepository {
    /// Inside the base URL.
    repository_url: String,
}

/// A branch.
#[derive(Deserialize, Tsify)]
struct OnBranch {
    /// Name of the branch.
    branch: String,
}

/// A branch, if not the default one.
#[derive(Deserialize, Tsify)]
struct OnAnyBranch {
    /// Name of the branch; the default branch where it is left out.
    #[tsify(optional)]
    branch: Option<String>,
}

/// Options of `assessProject`.
#[derive(Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
struct AssessProjectOptions {
    /// As in the request.
    #[tsify(optional)]
    base_url: Option<String>,
    /// As in the request.
    repository_url: String,
}

/// Input of `listProjectsRequest`, besides the GitLab.
#[derive(Deserialize, Tsify)]
struct Search {
    /// Only names and paths that contain this.
    #[tsify(optional)]
    search: Option<String>,
}

/// Input of `nextProjectsRequest`, besides the GitLab.
#[derive(Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
struct AfterPage {
    /// The `Link` header of the page before; empty where there was none.
    link: String,
    /// The URL of the request that it came for. With it, a link that does not continue from there is reported.
    #[tsify(optional)]
    request_url: Option<String>,
}

/// Options of `readProjects`.
#[derive(Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
struct ReadProjectsOptions {
    /// As in the request.
    base_url: String,
}

/// Input of `projectRequest`.
type ProjectInput = (GitLabInput, InRepository);
/// Input of `branchRequest`.
type BranchInput = (GitLabInput, InRepository, OnBranch);
/// Input of `probeRequest`.
type ProbeInput = (GitLabInput, InRepository, OnAnyBranch);
/// Input of `listProjectsRequest`.
type ListProjectsInput = (GitLabInput, Search);
/// Input of `nextProjectsRequest`.
type NextProjectsInput = (GitLabInput, AfterPage);

#[wasm_bindgen(typescript_custom_section)]
const INPUTS: &str = r"
/** Input of `projectRequest`. */
export type ProjectInput = GitLabInput & InRepository;
/** Input of `branchRequest`. */
export type BranchInput = ProjectInput & OnBranch;
/** Input of `probeRequest` and `lookUp`. */
export type ProbeInput = ProjectInput & OnAnyBranch;
/** Input of `listProjectsRequest`. */
export type ListProjectsInput = GitLabInput & Search;
/** Input of `nextProjectsRequest`. */
export type NextProjectsInput = GitLabInput & AfterPage;
/** Options of `assessBranch`. */
export type AssessBranchOptions = OnBranch;
/** Options of `assessProbe`. */
export type AssessProbeOptions = OnAnyBranch;
";

/// Asks for GitLab's version (`GET …/api/v4/version`); `readVersion` reads the answer.
///
/// @example
/// ```ts
/// versionRequest({ baseUrl: 'https://gitlab.example.com', token }).value.url; // 'https://gitlab.example.com/api/v4/version'
/// ```
#[wasm_bindgen(js_name = versionRequest, unchecked_return_type = "Result<HttpRequest>")]
#[must_use]
pub fn version_request(
    #[wasm_bindgen(unchecked_param_type = "GitLabInput", param_description = "which GitLab, with which token")]
    input: JsValue,
) -> JsValue {
    Call::answer(|call| call.gitlab_request(input, gitlab::version_request))
}

/// Reads the answer to `versionRequest`: the version as GitLab writes it.
///
/// @example
/// ```ts
/// readVersion({ status: 200, body: { version: '18.5.1-ee' } }).value; // '18.5.1-ee'
/// ```
#[wasm_bindgen(js_name = readVersion, unchecked_return_type = "Result<string>")]
#[must_use]
pub fn read_version(
    #[wasm_bindgen(unchecked_param_type = "HttpAnswer", param_description = "what GitLab answered")] answer: JsValue,
) -> JsValue {
    Call::read_answer(answer, gitlab::read_version)
}

/// Looks the project of a repository up (`GET …/api/v4/projects/:path`); `assessProject` judges the answer.
///
/// @example
/// ```ts
/// projectRequest({ baseUrl: 'https://gitlab.example.com', repositoryUrl: 'https://gitlab.example.com/group/project', token }).value.url;
/// // 'https://gitlab.example.com/api/v4/projects/group%2Fproject'
/// ```
#[wasm_bindgen(js_name = projectRequest, unchecked_return_type = "Result<HttpRequest>")]
#[must_use]
pub fn project_request(
    #[wasm_bindgen(unchecked_param_type = "ProjectInput", param_description = "which repository, with which token")]
    input: JsValue,
) -> JsValue {
    Call::answer(|call| {
        let (input, InRepository { repository_url }): ProjectInput = call.settings(input)?;
        let (access, repository) = repository_in(call, &input, &repository_url);
        call.ensure_no_error()?;
        Some(gitlab::project_request(&access?, &repository?))
    })
}

/// Judges the answer to `projectRequest`. Issues: `gitlab.…`.
///
/// @example
/// ```ts
/// const body = { id: 7, path_with_namespace: 'group/project', default_branch: 'main', visibility: 'private' };
/// assessProject({ status: 200, body }, { repositoryUrl: 'https://gitlab.example.com/group/project' }).value;
/// // { id: 7, path: 'group/project', defaultBranch: 'main', visibility: 'private', archived: false, empty: false }
/// ```
#[wasm_bindgen(js_name = assessProject, unchecked_return_type = "Result<Project>")]
#[must_use]
pub fn assess_project(
    #[wasm_bindgen(unchecked_param_type = "HttpAnswer", param_description = "what GitLab answered")] answer: JsValue,
    #[wasm_bindgen(unchecked_param_type = "AssessProjectOptions", param_description = "what was asked")]
    options: JsValue,
) -> JsValue {
    Call::answer(|call| {
        let answer: HttpAnswer = call.argument("answer", answer)?;
        let options: AssessProjectOptions = call.argument("options", options)?;
        let answer = call.pass(&["answer"], answer.check());
        let base = options.base_url.and_then(|base| call.base_url(&["options", "baseUrl"], &base));
        let url = &options.repository_url;
        let repository = call.repository_url(&["options", "repositoryUrl"], base.as_deref(), url);
        call.ensure_no_error()?;
        call.pass(&["answer"], gitlab::assess_project(&answer?, &repository?))
    })
}

/// Looks a branch up (`GET …/repository/branches/:branch`); `assessBranch` judges the answer.
///
/// @example
/// ```ts
/// branchRequest({ baseUrl: 'https://gitlab.example.com', repositoryUrl: 'https://gitlab.example.com/group/project', branch: 'release/1.0', token }).value.url;
/// // 'https://gitlab.example.com/api/v4/projects/group%2Fproject/repository/branches/release%2F1.0'
/// ```
#[wasm_bindgen(js_name = branchRequest, unchecked_return_type = "Result<HttpRequest>")]
#[must_use]
pub fn branch_request(
    #[wasm_bindgen(unchecked_param_type = "BranchInput", param_description = "which branch, with which token")]
    input: JsValue,
) -> JsValue {
    Call::answer(|call| {
        let (input, InRepository { repository_url }, OnBranch { branch }): BranchInput = call.settings(input)?;
        let (access, repository) = repository_in(call, &input, &repository_url);
        let branch = call.pass(&["branch"], Branch::check(&branch));
        call.ensure_no_error()?;
        Some(gitlab::branch_request(&access?, &repository?, &branch?))
    })
}

/// Judges the answer to `branchRequest`. Issues: `gitlab.…`.
///
/// @example
/// ```ts
/// assessBranch({ status: 404, body: { message: '404 Branch Not Found' } }, { branch: 'release/1.0' }).issues[0];
/// // { code: 'gitlab.branch_not_found', severity: 'error', … }
/// ```
#[wasm_bindgen(js_name = assessBranch, unchecked_return_type = "Result<FoundBranch>")]
#[must_use]
pub fn assess_branch(
    #[wasm_bindgen(unchecked_param_type = "HttpAnswer", param_description = "what GitLab answered")] answer: JsValue,
    #[wasm_bindgen(unchecked_param_type = "AssessBranchOptions", param_description = "what was asked")]
    options: JsValue,
) -> JsValue {
    Call::answer(|call| {
        let answer: HttpAnswer = call.argument("answer", answer)?;
        let OnBranch { branch } = call.argument("options", options)?;
        let answer = call.pass(&["answer"], answer.check());
        let branch = call.pass(&["options", "branch"], Branch::check(&branch));
        call.ensure_no_error()?;
        call.pass(&["answer"], gitlab::assess_branch(&answer?, &branch?))
    })
}

/// Asks for a file that need not exist (Files API): the look-up that `read_repository` alone may make; `assessProbe` judges
/// the answer.
///
/// @example
/// ```ts
/// probeRequest({ baseUrl: 'https://gitlab.example.com', repositoryUrl: 'https://gitlab.example.com/group/project', token }).value.url;
/// // 'https://gitlab.example.com/api/v4/projects/group%2Fproject/repository/files/.torque-probe?ref=HEAD'
/// ```
#[wasm_bindgen(js_name = probeRequest, unchecked_return_type = "Result<HttpRequest>")]
#[must_use]
pub fn probe_request(
    #[wasm_bindgen(unchecked_param_type = "ProbeInput", param_description = "which repository, with which token")]
    input: JsValue,
) -> JsValue {
    Call::answer(|call| {
        let (input, InRepository { repository_url }, OnAnyBranch { branch }): ProbeInput = call.settings(input)?;
        let (access, repository) = repository_in(call, &input, &repository_url);
        let branch = branch.and_then(|branch| call.pass(&["branch"], Branch::check(&branch)));
        call.ensure_no_error()?;
        Some(gitlab::probe_request(&access?, &repository?, branch.as_ref()))
    })
}

/// Judges the answer to `probeRequest`: fine when the token can read the code.
///
/// @example
/// ```ts
/// // Only with access to the code does GitLab say that a file does not exist.
/// assessProbe({ status: 404, body: { message: '404 File Not Found' } }, {}).ok; // true
/// ```
#[wasm_bindgen(js_name = assessProbe, unchecked_return_type = "Result<null>")]
#[must_use]
pub fn assess_probe(
    #[wasm_bindgen(unchecked_param_type = "HttpAnswer", param_description = "what GitLab answered")] answer: JsValue,
    #[wasm_bindgen(
        unchecked_optional_param_type = "AssessProbeOptions",
        param_description = "what was asked"
    )]
    options: JsValue,
) -> JsValue {
    Call::answer(|call| {
        let answer: HttpAnswer = call.argument("answer", answer)?;
        let options: Option<OnAnyBranch> = call.argument("options", options)?;
        let answer = call.pass(&["answer"], answer.check());
        let branch = options.and_then(|options| options.branch);
        let branch = branch.and_then(|branch| call.pass(&["options", "branch"], Branch::check(&branch)));
        call.ensure_no_error()?;
        call.pass(&["answer"], gitlab::assess_probe(&answer?, branch.as_ref()))
    })
}

/// Looks a repository up, question after question: the project, where the token may not ask for that a file, and the branch
/// unless it is the default one; by the list of projects and the project's number where a proxy does not let its path through.
///
/// @example
/// ```ts
/// const input = { baseUrl: 'https://gitlab.example.com', repositoryUrl: 'https://gitlab.example.com/group/project', token };
/// lookUp(input, []).value.request.url; // 'https://gitlab.example.com/api/v4/projects/group%2Fproject'
/// const body = { id: 7, path_with_namespace: 'group/project', default_branch: 'main' };
/// lookUp(input, [{ status: 200, body }]).value; // { proved: true, … }
/// ```
#[wasm_bindgen(js_name = lookUp, unchecked_return_type = "Result<LookUp>")]
#[must_use]
pub fn look_up(
    #[wasm_bindgen(unchecked_param_type = "ProbeInput", param_description = "which repository, with which token")]
    input: JsValue,
    #[wasm_bindgen(
        unchecked_param_type = "readonly HttpAnswer[]",
        param_description = "those to the requests that this function gave before, in their order"
    )]
    answers: JsValue,
) -> JsValue {
    Call::answer(|call| {
        let answers: Vec<HttpAnswer> = call.argument("answers", answers)?;
        let (input, InRepository { repository_url }, OnAnyBranch { branch }): ProbeInput = call.settings(input)?;
        let answers = answers
            .into_iter()
            .enumerate()
            .filter_map(|(index, answer)| call.pass(&["answers"], answer.check().map_err(|issues| issues.at(index))));
        let answers: Vec<_> = answers.collect();
        let (access, repository) = repository_in(call, &input, &repository_url);
        let branch = branch.and_then(|branch| call.pass(&["branch"], Branch::check(&branch)));
        call.ensure_no_error()?;
        call.pass(&["answers"], gitlab::look_up(&access?, &repository?, branch.as_ref(), &answers))
    })
}

/// Asks for the first hundred projects of the token's owner; `readProjects` reads the answer.
///
/// @example
/// ```ts
/// const request = listProjectsRequest({ baseUrl: 'https://gitlab.example.com', search: 'network', token }).value;
/// new URL(request.url).searchParams.get('search'); // 'network'
/// ```
#[wasm_bindgen(js_name = listProjectsRequest, unchecked_return_type = "Result<HttpRequest>")]
#[must_use]
pub fn list_projects_request(
    #[wasm_bindgen(unchecked_param_type = "ListProjectsInput", param_description = "which GitLab, with which token")]
    input: JsValue,
) -> JsValue {
    Call::answer(|call| {
        let (input, Search { search }): ListProjectsInput = call.settings(input)?;
        let access = call.gitlab(&input);
        call.ensure_no_error()?;
        Some(gitlab::list_projects_request(&access?, search.as_deref()))
    })
}

/// The request for the page after the one that came with this `Link` header (RFC 8288);
/// `null` at the end of the list. Its address is always below the base URL: of the link only GitLab's parameters for pages
/// and filters are taken.
///
/// @example
/// ```ts
/// const link = '<https://gitlab.example.com/api/v4/projects?page=2&per_page=100>; rel="next"';
/// nextProjectsRequest({ baseUrl: 'https://gitlab.example.com', link, token }).value.url;
/// // 'https://gitlab.example.com/api/v4/projects?page=2&per_page=100'
/// nextProjectsRequest({ baseUrl: 'https://gitlab.example.com', link: '', token }).value; // null
/// ```
#[wasm_bindgen(js_name = nextProjectsRequest, unchecked_return_type = "Result<HttpRequest | null>")]
#[must_use]
pub fn next_projects_request(
    #[wasm_bindgen(unchecked_param_type = "NextProjectsInput", param_description = "which GitLab, with which token")]
    input: JsValue,
) -> JsValue {
    Call::answer(|call| {
        let (input, AfterPage { link, request_url }): NextProjectsInput = call.settings(input)?;
        let access = call.gitlab(&input);
        call.ensure_no_error()?;
        call.pass(&["link"], gitlab::next_projects_request(&access?, &link, request_url.as_deref()))
    })
}

/// Reads a page of projects.
///
/// @example
/// ```ts
/// const body = [{ id: 7, path_with_namespace: 'group/project', default_branch: 'main' }];
/// readProjects({ status: 200, body }, { baseUrl: 'https://gitlab.example.com' }).value;
/// // [{ id: 7, path: 'group/project', url: 'https://gitlab.example.com/group/project', defaultBranch: 'main' }]
/// ```
#[wasm_bindgen(js_name = readProjects, unchecked_return_type = "Result<ListedProject[]>")]
#[must_use]
pub fn read_projects(
    #[wasm_bindgen(unchecked_param_type = "HttpAnswer", param_description = "what GitLab answered")] answer: JsValue,
    #[wasm_bindgen(unchecked_param_type = "ReadProjectsOptions", param_description = "what was asked")]
    options: JsValue,
) -> JsValue {
    Call::answer(|call| {
        let answer: HttpAnswer = call.argument("answer", answer)?;
        let options: ReadProjectsOptions = call.argument("options", options)?;
        let answer = call.pass(&["answer"], answer.check());
        let base = call.base_url(&["options", "baseUrl"], &options.base_url);
        call.ensure_no_error()?;
        call.pass(&["answer"], gitlab::read_projects(&answer?, &*base?))
    })
}

/// The GitLab that an input names, with its token, and the repository there.
fn repository_in(call: &Call, input: &GitLabInput, url: &str) -> (Option<gitlab::Access>, Option<RepositoryUrl>) {
    let base = call.base_url(&["baseUrl"], &input.base_url);
    let repository = call.repository_url(&["repositoryUrl"], base.as_deref(), url);
    (call.access(base.as_deref(), input), repository)
}

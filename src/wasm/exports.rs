//! The whole job, as text: read from a table, written as a script, as Terraform and as a table.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use tsify::Tsify;
use wasm_bindgen::{JsValue, prelude::wasm_bindgen};

use super::{answer::to_js, argument::Argument, call::Call, plan};
use crate::{
    export,
    input::Reading,
    issue::{Checked, IssueCode, Issues, Topic},
    onboarding::{self, Checkpoint, Correction, Draft, Onboarding, Plan, PlanLines, PlannedRequests, Report},
    token::Purpose,
    torque::PlanRepository,
};

/// Options of `readPlanLines`.
#[derive(Default, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
struct ReadPlanLinesOptions {
    /// Where every repository must lie.
    #[tsify(optional)]
    base_url: Option<String>,
    /// With `repository` each row needs a token of its own or a stored credential.
    #[tsify(optional)]
    purpose: Option<Purpose>,
}

/// What `readPlanLines` answers, which is also a `Result<PlanRepository[]>`. In each issue `params` has the `line` and, where
/// it is about one cell, the `column`, both counted from 1. Its `path` is `['text', row, key]`: rows are counted from 0, without
/// the header row and empty lines, and what is wrong with the header row itself has `['text', 0, 'header']`.
#[derive(Serialize, Tsify)]
#[serde(untagged)]
#[tsify(rename = "PlanLines")]
enum Lines {
    Valid(ValidLines),
    Invalid(InvalidLines),
}

/// Lines of which none has an error.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
struct ValidLines {
    /// No row has an error.
    #[tsify(type = "true")]
    ok: bool,
    /// Every row, with canonical URLs and with its token, where it has one.
    value: Vec<PlanRepository>,
    /// Warnings.
    issues: Issues,
    /// Whether the text may be stored where others could read it: addresses alone, one in each line, and no secret in them.
    storable: bool,
    /// None.
    #[tsify(type = "0")]
    errors: usize,
    /// The lines that are one URL with a suggestion, which can replace the whole line.
    corrections: Vec<Correction>,
}

/// Lines of which some have errors.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
struct InvalidLines {
    /// Some row has an error, or the text is no table.
    #[tsify(type = "false")]
    ok: bool,
    /// Errors and warnings.
    issues: Issues,
    /// The rows without an error: what is left if the user goes on without the others.
    repositories: Vec<PlanRepository>,
    /// Whether the text may be stored where others could read it: addresses alone, one in each line, and no secret in them.
    storable: bool,
    /// How many errors there are, with those for which `issues` has no room.
    errors: usize,
    /// The lines that are one URL with a suggestion, which can replace the whole line.
    corrections: Vec<Correction>,
}

/// Reads repositories out of a text: a URL in each line, or CSV (RFC 4180) whose header row names the columns `url`, `name`,
/// `branch`, `token`, `credentialName`, `agents`, `autoRegister`.
///
/// Each row is checked; an issue says where by `line` and `column`. No issue contains the text of a cell, which may be a token.
/// Where some rows are wrong, `repositories` has the others, for a user who goes on without them; `storable` says whether the
/// text may be stored until then.
///
/// @example
/// ```ts
/// readPlanLines('url,branch\nhttps://gitlab.example.com/group/project,main').value;
/// // [{ url: 'https://gitlab.example.com/group/project', branch: 'main' }]
/// ```
#[wasm_bindgen(js_name = readPlanLines, unchecked_return_type = "PlanLines")]
#[must_use]
pub fn read_plan_lines(
    #[wasm_bindgen(unchecked_param_type = "string", param_description = "lines of URLs, or a table")] text: JsValue,
    #[wasm_bindgen(
        unchecked_optional_param_type = "ReadPlanLinesOptions",
        param_description = "what is asked of each"
    )]
    options: JsValue,
) -> JsValue {
    let call = Call::default();
    let text: Option<String> = call.argument("text", text);
    let text = text.unwrap_or_default();
    let (repositories, storable) = lines(&call, &text, options).unwrap_or_default();
    let issues = call.take_issues();
    let (errors, corrections) = (issues.error_count(), onboarding::corrections(&text, &issues));
    to_js(&if issues.has_error() {
        Lines::Invalid(InvalidLines { ok: false, issues, repositories, storable, errors, corrections })
    } else {
        Lines::Valid(ValidLines { ok: true, value: repositories, issues, storable, errors, corrections })
    })
}

/// For the element: the text with what is suggested in the place of some of its lines.
#[wasm_bindgen(js_name = correctLines, unchecked_return_type = "Result<string>")]
#[must_use]
pub fn correct_lines(
    #[wasm_bindgen(unchecked_param_type = "string")] text: JsValue,
    #[wasm_bindgen(unchecked_param_type = "readonly Correction[]")] corrections: JsValue,
) -> JsValue {
    Call::answer(|call| {
        let text: Option<String> = call.argument("text", text);
        let corrections: Vec<Correction> = call.argument("corrections", corrections)?;
        Some(onboarding::correct_lines(&text?, &corrections))
    })
}

fn lines(call: &Call, text: &str, options: JsValue) -> Option<(Vec<PlanRepository>, bool)> {
    let options: Option<ReadPlanLinesOptions> = call.argument("options", options)?;
    let ReadPlanLinesOptions { base_url, purpose } = options.unwrap_or_default();
    let base = base_url.and_then(|base| call.base_url(&["options", "baseUrl"], &base));
    // Without a valid base URL, rows would be checked against too little.
    call.ensure_no_error()?;
    call.release_arguments();
    let read = PlanLines::read(text, base.as_deref(), purpose);
    call.report(&["text"], read.issues);
    Some((read.repositories, read.storable))
}

/// For the element: what was stored, where it is a draft.
#[wasm_bindgen(js_name = readDraft, unchecked_return_type = "Result<Draft | null>")]
#[must_use]
pub fn read_draft(#[wasm_bindgen(unchecked_param_type = "unknown")] text: JsValue) -> JsValue {
    Call::answer(|call| {
        let text: String = call.argument("text", text)?;
        Some(Draft::read(&text))
    })
}

/// For the element: which of these values a plan could have as a repository, by their types.
#[wasm_bindgen(js_name = areRepositories, unchecked_return_type = "Result<boolean[]>")]
#[must_use]
pub fn are_repositories(#[wasm_bindgen(unchecked_param_type = "readonly unknown[]")] values: JsValue) -> JsValue {
    let values = Argument::new(values).value;
    let fits = |values: &Vec<Value>| values.iter().map(Reading::fits::<PlanRepository>).collect::<Vec<bool>>();
    Call::answer(|_| values.as_array().map(fits))
}

/// For the element: the names of agents in a text.
#[wasm_bindgen(js_name = readAgents, unchecked_return_type = "Result<string[]>")]
#[must_use]
pub fn read_agents(#[wasm_bindgen(unchecked_param_type = "string")] text: JsValue) -> JsValue {
    Call::answer(|call| {
        let text: String = call.argument("text", text)?;
        Some(PlanRepository::read_agents(&text))
    })
}

/// For the element: whether the token of a repository without a provider can be used, or a stored credential takes its place.
#[wasm_bindgen(js_name = checkRepositoryToken, unchecked_return_type = "Result<void>")]
#[must_use]
pub fn check_repository_token(#[wasm_bindgen(unchecked_param_type = "PlanRepository")] repository: JsValue) -> JsValue {
    Call::answer(|call| {
        let repository: PlanRepository = call.argument("repository", repository)?;
        call.pass(&["repository"], repository.check_token())
    })
}

/// For the element: what an issue of this code is about.
#[wasm_bindgen(js_name = topicOf, unchecked_return_type = "Result<IssueTopic>")]
#[must_use]
pub fn topic_of(#[wasm_bindgen(unchecked_param_type = "IssueCode")] code: JsValue) -> JsValue {
    Call::answer(|call| {
        let text: String = call.argument("code", code)?;
        let code = IssueCode::all().find(|code| code.as_str() == text);
        Some(code.map_or(Topic::Other, IssueCode::topic))
    })
}

/// For the element: whether a job of the plan may begin without the checkpoint that it was refused with.
#[wasm_bindgen(js_name = mayStartOver, unchecked_return_type = "Result<boolean>")]
#[must_use]
pub fn may_start_over(
    #[wasm_bindgen(unchecked_param_type = "Plan")] plan: JsValue,
    #[wasm_bindgen(unchecked_param_type = "Checkpoint")] checkpoint: JsValue,
) -> JsValue {
    let checkpoint = Checkpoint::read(&Argument::new(checkpoint).value);
    let call = Call::default();
    let plan = plan::read(&call, plan, 0);
    let may_start_over = plan.and_then(|(plan, repositories)| {
        let checkpoint = call.pass(&[], checkpoint)?;
        let checked = call.with_tokens(|tokens| plan.check_last(repositories, tokens, &mut |_, _, _| {}));
        Some(checked.is_ok_and(|checked| Onboarding::may_start_over_checked(checked.value, &checkpoint)).into())
    });
    call.end(may_start_over)
}

/// The requests that `connect` sends with this plan, in their order, when GitLab and Torque do what they are asked; with a
/// mask in the place of every token.
///
/// What depends on answers is not in it: a default branch and the provider's id in a payload, further look-ups of a
/// branch or a file, a second try, a second look at the space's list, and that a job stops where nothing could be proved.
///
/// @example
/// ```ts
/// previewPlan(plan).value[0];
/// // { step: 'token', method: 'GET', url: 'https://gitlab.example.com/api/v4/personal_access_tokens/self', … }
/// ```
#[wasm_bindgen(js_name = previewPlan, unchecked_return_type = "Result<PlannedRequest[]>")]
#[must_use]
pub fn preview_plan(
    #[wasm_bindgen(unchecked_param_type = "Plan", param_description = "tokens may be missing in it")] plan: JsValue,
) -> JsValue {
    plan::answer(plan, &mut Plan::check_last_for_export, &mut |plan| {
        Ok(Checked::clean(plan::list(PlannedRequests::of(plan))))
    })
}

/// The plan as a shell script of `curl` commands, to be read and then run. It holds no token: they come from the variables
/// `TORQUE_TOKEN` and `GITLAB_TOKEN` (`GITLAB_TOKEN_1`, `GITLAB_TOKEN_2` … where repositories have their own).
///
/// @example
/// ```ts
/// toCurl(plan).value.includes('curl'); // true
/// ```
#[wasm_bindgen(js_name = toCurl, unchecked_return_type = "Result<string>")]
#[must_use]
pub fn to_curl(
    #[wasm_bindgen(unchecked_param_type = "Plan", param_description = "GitLab's tokens may be missing in it")]
    plan: JsValue,
) -> JsValue {
    plan::answer(plan, &mut Plan::check_last_for_export, &mut |plan| plan::text(|put| export::script(plan, put)))
}

/// A plan with a token for each repository as Terraform configuration for Torque's provider; tokens become sensitive
/// variables. What Terraform cannot express is `export.not_expressible`.
///
/// @example
/// ```ts
/// const method = { kind: 'token_per_repository' };
/// const repositories = [{ url: 'https://gitlab.example.com/group/project', branch: 'main' }];
/// toTerraform({ portalUrl: 'https://portal.qtorque.io', space: 'MySpace', method, repositories }).ok; // true
/// ```
#[wasm_bindgen(js_name = toTerraform, unchecked_return_type = "Result<string>")]
#[must_use]
pub fn to_terraform(
    #[wasm_bindgen(unchecked_param_type = "Plan", param_description = "GitLab's tokens may be missing in it")]
    plan: JsValue,
) -> JsValue {
    plan::answer(plan, &mut Plan::check_last_for_export, &mut |plan| {
        plan::text(|put| export::configuration(&plan, put))
    })
}

/// The report as CSV, safe to open in a spreadsheet.
///
/// @example
/// ```ts
/// const report = await connect(plan);
/// reportToCsv(report).value.split('\r\n')[0];
/// // '"kind","name","url","branch","outcome","status","sent","what to know"'
/// ```
#[wasm_bindgen(js_name = reportToCsv, unchecked_return_type = "Result<string>")]
#[must_use]
pub fn report_to_csv(
    #[wasm_bindgen(unchecked_param_type = "Report", param_description = "what `connect` gave")] report: JsValue,
) -> JsValue {
    Call::answer(|call| {
        let report: Value = call.argument("report", report)?;
        call.ensure_no_error()?;
        call.pass(&["report"], Report::csv_of_json(&report))
    })
}

/// What `reportLines` of the package gives, or why there is none.
#[wasm_bindgen(js_name = linesOfReport, unchecked_return_type = "Result<string[]>")]
#[must_use]
pub fn report_lines(#[wasm_bindgen(unchecked_param_type = "unknown")] report: JsValue) -> JsValue {
    Call::answer(|call| {
        let report: Value = call.argument("report", report)?;
        call.ensure_no_error()?;
        call.pass(&["report"], Report::lines_of_json(&report))
    })
}

//! For the schemas of the package: each text of the input that its check has otherwise, with its place. `pkg/src/schema.ts` puts it
//! there.

use js_sys::Array;
use wasm_bindgen::{JsValue, prelude::wasm_bindgen};

use super::{
    answer::to_js,
    call::Call,
    inputs::{ProviderInput, RepositoryInput},
    torque::{provider, repository},
};
use crate::{
    address::BaseUrl,
    gitlab::Branch,
    issue::PathSegment,
    secret::Secret,
    torque::{Name, PlanRepository, ProviderPayload, RepositoryPayload},
};
#[cfg(feature = "js")]
use crate::{
    address::PortalUrl,
    issue::Checked,
    misplaced::Tokens,
    onboarding::{Boxes, CheckedMethod, CheckedPlan, Method, Plan},
};

#[wasm_bindgen(typescript_custom_section)]
const CHECKED_TEXT: &str = r"
/** A text as its check has it, and where it stands in the input. */
export type CheckedText = [path: (string | number)[], text: string];
";

/// The texts of a `ProviderInput` that its check changes.
#[wasm_bindgen(js_name = providerTexts, unchecked_return_type = "Result<CheckedText[]>")]
#[must_use]
pub fn provider_texts(#[wasm_bindgen(unchecked_param_type = "unknown")] input: JsValue) -> JsValue {
    Call::answer_js(|call| {
        let input: ProviderInput = call.settings(input)?;
        let provider = provider(call, &input)?;
        let mut texts = Texts::default();
        texts.provider(&input.name, &input.base_url, Some(&input.token), &provider);
        texts.put("type", input.r#type.as_deref(), ProviderPayload::TYPE);
        Some(texts.changed.into())
    })
}

/// The texts of a `RepositoryInput` that its check changes.
#[wasm_bindgen(js_name = repositoryTexts, unchecked_return_type = "Result<CheckedText[]>")]
#[must_use]
pub fn repository_texts(#[wasm_bindgen(unchecked_param_type = "unknown")] input: JsValue) -> JsValue {
    Call::answer_js(|call| {
        let (inside, input): RepositoryInput = call.settings(input)?;
        let base = inside.base_url.as_ref().and_then(|base| call.base_url(&["baseUrl"], base));
        let repository = repository(call, &input, base.as_deref())?;
        let mut texts = Texts::default();
        texts.put("baseUrl", inside.base_url.as_deref(), base.as_deref().map_or("", BaseUrl::as_str));
        texts.repository(&input, &repository);
        Some(texts.changed.into())
    })
}

/// The texts of a `Plan` that its check changes.
#[cfg(feature = "js")]
#[wasm_bindgen(js_name = planTexts, unchecked_return_type = "Result<CheckedText[]>")]
#[must_use]
pub fn plan_texts(#[wasm_bindgen(unchecked_param_type = "unknown")] input: JsValue) -> JsValue {
    let mut texts = Texts::default();
    let changed = texts.changed.clone();
    let mut check = |plan: &Plan, repositories: Boxes<PlanRepository>, tokens: &Tokens| {
        let checked = plan.check_last(repositories, tokens, &mut |index, given, repository| {
            texts.inside = vec!["repositories".into(), index.into()];
            texts.repository(given, repository);
        })?;
        texts.plan(plan, &checked.value);
        Ok(checked)
    };
    super::plan::answer(input, &mut check, &mut |_| Ok(Checked::clean(changed.clone().into())))
}

/// Checked texts, each with its path in the input. What is as it was given stays there.
#[derive(Default)]
struct Texts {
    changed: Array,
    inside: Vec<PathSegment>,
}

impl Texts {
    fn put(&mut self, key: &str, given: Option<&str>, checked: &str) {
        self.put_at(|| key.into(), given, checked);
    }

    fn put_at(&mut self, step: impl FnOnce() -> PathSegment, given: Option<&str>, checked: &str) {
        if given.is_some_and(|given| given != checked) {
            self.inside.push(step());
            self.changed.set(self.changed.length(), to_js(&(&self.inside, checked)));
            self.inside.pop();
        }
    }

    fn put_secret(&mut self, key: &str, given: Option<&Secret>, checked: Option<&Secret>) {
        self.put(key, given.map(Secret::expose), checked.map_or("", Secret::expose));
    }

    /// All but its repositories.
    #[cfg(feature = "js")]
    fn plan(&mut self, given: &Plan, plan: &CheckedPlan) {
        self.inside.clear();
        self.put("portalUrl", Some(&given.portal_url), plan.portal.as_str());
        self.put_secret("torqueToken", given.torque_token.as_ref(), plan.torque_token.as_ref());
        self.put("space", Some(&given.space), plan.space.as_ref().map_or(&given.space, Name::as_str));
        let public_portal = plan.public_portal.as_ref().map_or("", PortalUrl::as_str);
        self.put("publicPortalUrl", given.public_portal_url.as_deref(), public_portal);
        self.inside.push("method".into());
        match (&given.method, &plan.method) {
            (Method::Provider { name, base_url, token }, CheckedMethod::Provider(provider)) => {
                self.provider(name, base_url, token.as_ref(), provider);
            }
            (given, method) => self.put("baseUrl", given.base_url(), method.base_url().map_or("", BaseUrl::as_str)),
        }
    }

    fn provider(&mut self, name: &str, base_url: &str, token: Option<&Secret>, provider: &ProviderPayload) {
        self.put("name", Some(name), provider.name.as_str());
        self.put("baseUrl", Some(base_url), provider.details.base_url.as_str());
        self.put_secret("token", token, Some(&provider.details.token));
    }

    fn repository(&mut self, given: &PlanRepository, repository: &RepositoryPayload) {
        self.put("url", Some(&given.url), repository.repository_url.as_str());
        self.put("name", given.name.as_deref(), repository.repository_name.as_str());
        self.put("branch", given.branch.as_deref(), repository.branch.as_ref().map_or("", Branch::as_str));
        self.put_secret("token", given.token.as_ref(), repository.token.as_ref());
        let credential_name = repository.credential_name.as_ref().map_or("", Name::as_str);
        self.put("credentialName", given.credential_name.as_deref(), credential_name);
        self.inside.push("agents".into());
        for (index, (given, agent)) in given.agents.iter().zip(&repository.agents).enumerate() {
            self.put_at(|| index.into(), Some(given), agent.as_str());
        }
        self.inside.pop();
    }
}

//! For the schemas of the package: each text of the input as its check has it, with its place. `pkg/src/schema.ts` puts it
//! there; what is not given has no place.

use wasm_bindgen::{JsValue, prelude::wasm_bindgen};

use super::{
    call::Call,
    inputs::{ProviderInput, RepositoryInput},
    torque::{provider, repository},
};
use crate::{
    address::BaseUrl,
    gitlab::Branch,
    issue::PathSegment,
    secret::Secret,
    torque::{Name, ProviderPayload, RepositoryPayload},
};
#[cfg(feature = "js")]
use crate::{address::PortalUrl, onboarding::CheckedMethod};

#[wasm_bindgen(typescript_custom_section)]
const CHECKED_TEXT: &str = r"
/** A text as its check has it, and where it stands in the input. */
export type CheckedText = [path: (string | number)[], text: string];
";

/// The texts of a `ProviderInput`.
#[wasm_bindgen(js_name = providerTexts, unchecked_return_type = "Result<CheckedText[]>")]
#[must_use]
pub fn provider_texts(#[wasm_bindgen(unchecked_param_type = "unknown")] input: JsValue) -> JsValue {
    Call::answer(|call| {
        let input: ProviderInput = call.settings(input)?;
        let provider = provider(call, &input)?;
        let mut texts = Texts::default();
        texts.provider(&provider);
        texts.put("type", ProviderPayload::TYPE);
        Some(texts.found)
    })
}

/// The texts of a `RepositoryInput`.
#[wasm_bindgen(js_name = repositoryTexts, unchecked_return_type = "Result<CheckedText[]>")]
#[must_use]
pub fn repository_texts(#[wasm_bindgen(unchecked_param_type = "unknown")] input: JsValue) -> JsValue {
    Call::answer(|call| {
        let (inside, input): RepositoryInput = call.settings(input)?;
        let base = inside.base_url.map(|base| call.base_url(&["baseUrl"], &base));
        let base = base.as_ref().and_then(Option::as_deref);
        let repository = repository(call, &input, base)?;
        let mut texts = Texts::default();
        texts.put_optional("baseUrl", base.map(BaseUrl::as_str));
        texts.repository(&repository);
        Some(texts.found)
    })
}

/// The texts of a `Plan`.
#[cfg(feature = "js")]
#[wasm_bindgen(js_name = planTexts, unchecked_return_type = "Result<CheckedText[]>")]
#[must_use]
pub fn plan_texts(#[wasm_bindgen(unchecked_param_type = "unknown")] input: JsValue) -> JsValue {
    super::plan::answer(input, |plan| {
        let checked = plan.check()?;
        let (plan, mut texts) = (&checked.value, Texts::default());
        texts.put("portalUrl", plan.portal.as_str());
        texts.put_optional("torqueToken", plan.torque_token.as_ref().map(Secret::expose));
        texts.put_optional("space", plan.space.as_ref().map(Name::as_str));
        texts.put_optional("publicPortalUrl", plan.public_portal.as_ref().map(PortalUrl::as_str));
        texts.inside = vec!["method".into()];
        match &plan.method {
            CheckedMethod::Provider(provider) => texts.provider(provider),
            method => texts.put_optional("baseUrl", method.base_url().map(BaseUrl::as_str)),
        }
        for (index, repository) in plan.repositories.iter().enumerate() {
            texts.inside = vec!["repositories".into(), index.into()];
            texts.repository(repository);
        }
        Ok(crate::issue::Checked { value: texts.found, warnings: checked.warnings })
    })
}

/// Checked texts, each with its path in the input.
#[derive(Default)]
struct Texts {
    found: Vec<(Vec<PathSegment>, String)>,
    inside: Vec<PathSegment>,
}

impl Texts {
    fn put(&mut self, key: &str, text: &str) {
        self.put_at(key.into(), text);
    }

    fn put_at(&mut self, step: PathSegment, text: &str) {
        let mut path = self.inside.clone();
        path.push(step);
        self.found.push((path, text.to_owned()));
    }

    fn put_optional(&mut self, key: &str, text: Option<&str>) {
        if let Some(text) = text {
            self.put(key, text);
        }
    }

    fn provider(&mut self, provider: &ProviderPayload) {
        self.put("name", provider.name.as_str());
        self.put("baseUrl", provider.details.base_url.as_str());
        self.put("token", provider.details.token.expose());
    }

    fn repository(&mut self, repository: &RepositoryPayload) {
        self.put("url", repository.repository_url.as_str());
        self.put("name", repository.repository_name.as_str());
        self.put("branch", repository.branch.as_ref().map_or("", Branch::as_str));
        self.put_optional("token", repository.token.as_ref().map(Secret::expose));
        self.put_optional("credentialName", repository.credential_name.as_ref().map(Name::as_str));
        self.inside.push("agents".into());
        for (index, agent) in repository.agents.iter().enumerate() {
            self.put_at(index.into(), agent.as_str());
        }
    }
}

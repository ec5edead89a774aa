//! For the schemas of the package: each text of the input as its check has it, with its place. `pkg/src/schema.ts` puts it
//! there; what is not given has no place.

use super::{
    fields::Fields,
    functions::{provider, repository_and_base},
    plan,
};
use crate::{
    base_url::BaseUrl,
    branch::Branch,
    http::json_text,
    issue::PathSegment,
    onboarding::CheckedMethod,
    portal_url::PortalUrl,
    secret::Secret,
    torque::{Name, ProviderPayload, RepositoryPayload},
};

pub(super) fn provider_input(settings: &mut Fields) -> Option<String> {
    let provider = provider(settings)?;
    let mut texts = Texts::default();
    texts.provider(&provider);
    texts.put("type", ProviderPayload::TYPE);
    Some(json_text(&texts.found))
}

pub(super) fn repository_input(settings: &mut Fields) -> Option<String> {
    let (repository, base) = repository_and_base(settings)?;
    let mut texts = Texts::default();
    texts.put_optional("baseUrl", base.as_ref().map(BaseUrl::as_str));
    texts.repository(&repository, "repositoryUrl", "repositoryName");
    Some(json_text(&texts.found))
}

pub(super) fn plan_input(settings: &mut Fields) -> Option<String> {
    let plan = plan::read(settings)?;
    let plan = plan::pass(settings, &plan, plan.check())?;
    let mut texts = Texts::default();
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
        texts.repository(repository, "url", "name");
    }
    Some(json_text(&texts.found))
}

/// Checked texts, each with its path in the input.
#[derive(Default)]
struct Texts<'a> {
    found: Vec<(Vec<PathSegment>, &'a str)>,
    inside: Vec<PathSegment>,
}

impl<'a> Texts<'a> {
    fn put(&mut self, key: &str, text: &'a str) {
        self.put_at(key.into(), text);
    }

    fn put_at(&mut self, step: PathSegment, text: &'a str) {
        let mut path = self.inside.clone();
        path.push(step);
        self.found.push((path, text));
    }

    fn put_optional(&mut self, key: &str, text: Option<&'a str>) {
        if let Some(text) = text {
            self.put(key, text);
        }
    }

    fn provider(&mut self, provider: &'a ProviderPayload) {
        self.put("name", provider.name.as_str());
        self.put("baseUrl", provider.base_url.as_str());
        self.put("token", provider.token.expose());
    }

    fn repository(&mut self, repository: &'a RepositoryPayload, url: &str, name: &str) {
        self.put(url, repository.repository_url.as_str());
        self.put(name, repository.repository_name.as_str());
        self.put("branch", repository.branch.as_ref().map_or("", Branch::as_str));
        self.put_optional("token", repository.token.as_ref().map(Secret::expose));
        self.put_optional("credentialName", repository.credential_name.as_ref().map(Name::as_str));
        self.inside.push("agents".into());
        for (index, agent) in repository.agents.iter().enumerate() {
            self.put_at(index.into(), agent.as_str());
        }
    }
}

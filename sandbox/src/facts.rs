//! URLs, tokens and repositories of a running sandbox, as JSON for programs and as text for people.

use std::fmt;

use serde::Serialize;
use serde_json::Value;

/// URLs, tokens and repositories of a running sandbox.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Facts {
    /// URL of the page, with a `/` at the end.
    pub page: String,
    /// Torque URL, with a `/` at the end.
    pub torque: String,
    /// Base URLs of GitLab.
    pub gitlab: GitLabFacts,
    /// Torque API tokens.
    pub torque_tokens: TorqueTokens,
    /// The space that most tests use.
    pub space: String,
    /// All spaces.
    pub spaces: Vec<String>,
    /// The agents that a repository can name.
    pub agents: Vec<String>,
    /// Credentials that are stored in Torque.
    pub credentials: Vec<NamedFact>,
    /// GitLab tokens of every kind and state.
    pub tokens: Vec<TokenFact>,
    /// Repositories, also those that cannot be connected.
    pub repositories: Vec<RepositoryFact>,
    /// URL at which Torque's failures can be changed, if that is switched on.
    pub failures: Option<String>,
}

/// Base URLs of GitLab, each with a `/` at the end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct GitLabFacts {
    /// A current GitLab under a relative URL root.
    pub base_url: String,
    /// GitLab 15.4, which has no `personal_access_tokens/self`.
    pub old: String,
    /// Behind a sign-on portal that answers 302 to everything.
    pub sign_on: String,
    /// The login page of that portal: 200 with HTML to everything.
    pub sign_on_page: String,
    /// Answers 429 to every request to the API.
    pub rate_limited: String,
    /// Behind a proxy that asks for a user name and a password: 401 with HTML to everything.
    pub password_proxy: String,
    /// Not a GitLab: an API gateway that answers with its own JSON.
    pub other_product: String,
    /// Behind Apache, which answers 404 with HTML to an encoded slash in a path.
    pub apache_proxy: String,
    /// Behind Apache, which encodes an encoded slash in a path again.
    pub apache_twice_proxy: String,
    /// Behind nginx, which decodes an encoded slash in a path.
    pub nginx_proxy: String,
    /// Behind Tomcat, which answers 400 with HTML to an encoded slash in a path.
    pub tomcat_proxy: String,
}

/// Torque API tokens, for `Authorization: Bearer`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TorqueTokens {
    /// May do everything.
    pub admin: String,
    /// May connect repositories to all spaces, but not create providers.
    pub member: String,
    /// A user who is in no space.
    pub outsider: String,
}

/// A name and its description.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct NamedFact {
    /// The name.
    pub name: String,
    /// What it is, and what happens with it.
    pub what: String,
}

/// A GitLab token.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TokenFact {
    /// The name that tests look it up by.
    pub name: String,
    /// The token itself.
    pub token: String,
    /// What it is, and what happens with it.
    pub what: String,
}

/// A repository in GitLab.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RepositoryFact {
    /// Its URL.
    pub url: String,
    /// What it is, and what happens with it.
    pub what: String,
}

impl Facts {
    /// The facts as one JSON value: what `--json` prints and `/sandbox.json` answers.
    #[must_use]
    pub fn to_json(&self) -> Value {
        // Strings and lists of strings always serialise.
        serde_json::to_value(self).unwrap_or_default()
    }

    /// The text of a GitLab token by its name.
    #[must_use]
    pub fn token(&self, name: &str) -> Option<&str> {
        self.tokens.iter().find(|token| token.name == name).map(|token| token.token.as_str())
    }

    /// Hides every known token in a text for the log.
    pub(crate) fn redact(&self, text: &str) -> String {
        let torque = [&self.torque_tokens.admin, &self.torque_tokens.member, &self.torque_tokens.outsider];
        let gitlab = self.tokens.iter().map(|token| &token.token);
        torque.into_iter().chain(gitlab).fold(text.to_owned(), |text, token| text.replace(token, "[token]"))
    }
}

impl fmt::Display for Facts {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(out, "The sandbox is running, with its state in memory. Ctrl-C ends it.\n")?;
        writeln!(out, "  Page             {}", self.page)?;
        writeln!(out, "  Torque URL       {}", self.torque)?;
        writeln!(out, "  GitLab base URL  {}", self.gitlab.base_url)?;
        let variants = [
            ("15.4, without personal_access_tokens/self", &self.gitlab.old),
            ("behind single sign-on: 302", &self.gitlab.sign_on),
            ("behind single sign-on: 200 with HTML", &self.gitlab.sign_on_page),
            ("rate limited: 429", &self.gitlab.rate_limited),
            ("behind a proxy that asks for a password: 401 with HTML", &self.gitlab.password_proxy),
            ("not GitLab: JSON of an API gateway", &self.gitlab.other_product),
            ("behind Apache: 404 with HTML to %2F", &self.gitlab.apache_proxy),
            ("behind Apache: %2F is encoded again", &self.gitlab.apache_twice_proxy),
            ("behind nginx: %2F is decoded", &self.gitlab.nginx_proxy),
            ("behind Tomcat: 400 with HTML to %2F", &self.gitlab.tomcat_proxy),
        ];
        for (what, base_url) in variants {
            writeln!(out, "                   {base_url:<40} {what}")?;
        }
        if let Some(failures) = &self.failures {
            writeln!(out, "  Failures         {failures}")?;
        }
        writeln!(out, "  Torque spaces    {}", self.spaces.join(", "))?;
        writeln!(out, "  Torque agents    {}", self.agents.join(", "))?;

        writeln!(out, "\nTorque API tokens")?;
        let tokens = &self.torque_tokens;
        let rows = [
            ("admin", "can create providers and connect repositories", &tokens.admin),
            ("member", "can connect repositories; creating a provider is 403", &tokens.member),
            ("outsider", "is in no space: every space is 403", &tokens.outsider),
        ];
        for (name, what, token) in rows {
            writeln!(out, "  {name:<24}{what}\n{:26}{token}", "")?;
        }

        writeln!(out, "\nCredentials that are stored in Torque")?;
        for credential in &self.credentials {
            writeln!(out, "  {:<24}{}", credential.name, credential.what)?;
        }

        writeln!(out, "\nGitLab access tokens")?;
        for token in &self.tokens {
            writeln!(out, "  {:<24}{}\n{:26}{}", token.name, token.what, "", token.token)?;
        }

        writeln!(out, "\nRepositories")?;
        for repository in &self.repositories {
            writeln!(out, "  {}\n{:26}{}", repository.url, "", repository.what)?;
        }
        Ok(())
    }
}

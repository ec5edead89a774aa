//! What a base URL leads to: a version of GitLab, or a proxy in front of it.

/// What the first segment of a path leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Variant {
    /// A current GitLab.
    Current,
    /// A GitLab without `personal_access_tokens/self` (new in 15.5).
    Old,
    /// A sign-on portal: it redirects every request, also preflights, to its login page.
    SignOn,
    /// The login page as the answer to every request, readable from other origins.
    SignOnPage,
    /// A GitLab whose rate limit is reached.
    RateLimited,
    /// A proxy that asks for a user name and a password (HTTP Basic), also on preflights.
    PasswordProxy,
    /// Not a GitLab: an API gateway, readable from other origins.
    OtherProduct,
    /// A proxy that does not pass on an encoded slash (`%2F`) in a path. GitLab knows only its internal URL.
    Slashes(SlashProxy),
}

/// What a proxy does to an encoded slash in a path. Each was reported by users of other clients of GitLab (zaquestion/lab 114 and 130,
/// all-repos PR 391, semantic-release/gitlab 543).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SlashProxy {
    /// Apache without `AllowEncodedSlashes NoDecode`: 404.
    Apache,
    /// Apache without `nocanon`: encodes it again, so that GitLab finds no project.
    ApacheTwice,
    /// nginx whose `proxy_pass` has a path: decodes it, so that GitLab finds no route.
    Nginx,
    /// Tomcat without `encodedSolidusHandling`: 400.
    Tomcat,
}

impl Variant {
    pub(crate) const ALL: [Self; 11] = [
        Self::Current,
        Self::Old,
        Self::SignOn,
        Self::SignOnPage,
        Self::RateLimited,
        Self::PasswordProxy,
        Self::OtherProduct,
        Self::Slashes(SlashProxy::Apache),
        Self::Slashes(SlashProxy::ApacheTwice),
        Self::Slashes(SlashProxy::Nginx),
        Self::Slashes(SlashProxy::Tomcat),
    ];

    /// The first segment of its paths.
    pub(crate) fn segment(self) -> &'static str {
        match self {
            Self::Current => "gitlab",
            Self::Old => "gitlab-15.4",
            Self::SignOn => "sso",
            Self::SignOnPage => "sso-login",
            Self::RateLimited => "rate-limited",
            Self::PasswordProxy => "password",
            Self::OtherProduct => "other-product",
            Self::Slashes(SlashProxy::Apache) => "apache",
            Self::Slashes(SlashProxy::ApacheTwice) => "apache-nocanon",
            Self::Slashes(SlashProxy::Nginx) => "nginx",
            Self::Slashes(SlashProxy::Tomcat) => "tomcat",
        }
    }

    /// The variant with this first segment.
    pub(crate) fn of(segment: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|variant| variant.segment() == segment)
    }
}

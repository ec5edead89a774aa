//! What a base URL leads to: a GitLab of some age, or what stands in front of one.

/// What stands behind the first segment of an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Variant {
    /// A GitLab of today.
    Current,
    /// The same before `personal_access_tokens/self` was there (since 15.5).
    Old,
    /// A sign-on portal in front: every request, preflights included, is sent to its login.
    SignOn,
    /// The login itself, in place of every answer; the proxy before it lets other origins read.
    SignOnPage,
    /// A GitLab whose limits are used up.
    RateLimited,
    /// A proxy that wants a name and a password (HTTP Basic), preflights included.
    PasswordProxy,
    /// An API gateway with something else behind it, open to other origins.
    OtherProduct,
    /// A proxy that does not let an encoded slash (`%2F`) in a path through to a GitLab that knows only its inner address.
    Slashes(SlashProxy),
}

/// What a proxy does to an encoded slash in a path (facts, 11).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SlashProxy {
    /// Apache without `AllowEncodedSlashes NoDecode`: no such file.
    Apache,
    /// Apache without `nocanon`: encoded once more, so that GitLab knows no such project.
    ApacheTwice,
    /// nginx whose `proxy_pass` has a path: decoded, so that GitLab gets more segments than it knows.
    Nginx,
    /// Tomcat without `encodedSolidusHandling`: no such address.
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

    /// The segment that leads here.
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

    /// What a path's first segment leads to.
    pub(crate) fn of(segment: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|variant| variant.segment() == segment)
    }
}

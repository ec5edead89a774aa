//! Which requests a proxy in front of Torque passes on.

use percent_encoding::percent_decode_str;

use super::Name;
use crate::address::PortalUrl;

/// One of the endpoints of Torque that this product uses, read from a request that came to a proxy.
///
/// A proxy that adds a Torque API token must pass on these and nothing else. Both proxies of this product, the one of the
/// program and the one of the npm package, ask here.
///
/// ```
/// use torque_gitlab_connect::{address::PortalUrl, torque::Endpoint};
///
/// let torque = PortalUrl::check("https://portal.qtorque.io").unwrap().value;
/// let list = Endpoint::read("GET", "/api/spaces/My%20space/repositories").unwrap();
/// assert_eq!(list.space(), Some("My space"));
/// assert_eq!(list.url(&torque), "https://portal.qtorque.io/api/spaces/My%20space/repositories");
///
/// assert_eq!(Endpoint::read("DELETE", "/api/spaces/My%20space/repositories"), None);
/// assert_eq!(Endpoint::read("GET", "/api/spaces/%2e%2e/repositories"), None);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Endpoint {
    /// `POST api/settings/repository_providers`
    CreateProvider,
    /// `POST api/spaces/{space}/repositories/gitlabEnterprise`
    ConnectRepository {
        /// Name of the space.
        space: Name,
    },
    /// `GET api/spaces/{space}/repositories`
    ListRepositories {
        /// Name of the space.
        space: Name,
    },
}

impl Endpoint {
    /// Reads the method and the path of a request; none of the endpoints takes a query. Returns `None` for everything else:
    /// other methods and paths, a query, an empty segment, a stray `%`, text that is not UTF-8, and names of spaces that
    /// [`Name::check`] refuses or would change.
    #[must_use]
    pub fn read(method: &str, path: &str) -> Option<Self> {
        let segments: Vec<&str> = path.strip_prefix('/')?.split('/').collect();
        match (method, segments.as_slice()) {
            ("POST", ["api", "settings", "repository_providers"]) => Some(Self::CreateProvider),
            ("POST", ["api", "spaces", space, "repositories", "gitlabEnterprise"]) => {
                Some(Self::ConnectRepository { space: read_space(space)? })
            }
            ("GET", ["api", "spaces", space, "repositories"]) => {
                Some(Self::ListRepositories { space: read_space(space)? })
            }
            _ => None,
        }
    }

    /// The method of the request.
    #[must_use]
    pub fn method(&self) -> &'static str {
        match self {
            Self::CreateProvider | Self::ConnectRepository { .. } => "POST",
            Self::ListRepositories { .. } => "GET",
        }
    }

    /// The name of the space, decoded; `None` for the provider, which belongs to the account.
    #[must_use]
    pub fn space(&self) -> Option<&str> {
        match self {
            Self::CreateProvider => None,
            Self::ConnectRepository { space } | Self::ListRepositories { space } => Some(space.as_str()),
        }
    }

    /// The URL at `torque`, written anew from what was read, so that nothing reaches Torque that was not checked.
    #[must_use]
    pub fn url(&self, torque: &PortalUrl) -> String {
        let torque = torque.as_str();
        match self {
            Self::CreateProvider => format!("{torque}api/settings/repository_providers"),
            Self::ConnectRepository { space } => {
                format!("{torque}api/spaces/{}/repositories/gitlabEnterprise", space.path_segment())
            }
            Self::ListRepositories { space } => format!("{torque}api/spaces/{}/repositories", space.path_segment()),
        }
    }
}

/// The name that a percent-encoded segment holds (RFC 3986 section 2.1).
fn read_space(segment: &str) -> Option<Name> {
    let is_stray = |rest: &str| !rest.as_bytes().get(..2).is_some_and(|hex| hex.iter().all(u8::is_ascii_hexdigit));
    if segment.split('%').skip(1).any(is_stray) || segment.contains(['?', '#']) {
        return None;
    }
    let decoded = percent_decode_str(segment).decode_utf8().ok()?;
    let name = Name::check(&decoded).ok()?.value;
    (name.as_str() == decoded).then_some(name)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn only_the_three_endpoints_are_read() {
        let not_passed_on = [
            ("GET", "/api/settings/repository_providers"),
            ("POST", "/api/settings/repository_providers/"),
            ("POST", "/api/settings/repository_providers?x=1"),
            ("POST", "//api/settings/repository_providers"),
            ("POST", "api/settings/repository_providers"),
            ("POST", "/API/settings/repository_providers"),
            ("post", "/api/settings/repository_providers"),
            ("GET", "/api/spaces//repositories"),
            ("GET", "/api/spaces/demo/repositories/"),
            ("GET", "/api/spaces/demo/repositories?repository_name=a"),
            ("GET", "/api/spaces/demo/repositories#a"),
            ("GET", "/api/spaces/a%/repositories"),
            ("GET", "/api/spaces/a%2/repositories"),
            ("GET", "/api/spaces/a%zz/repositories"),
            ("GET", "/api/spaces/%ff/repositories"),
            ("GET", "/api/spaces/%00/repositories"),
            ("GET", "/api/spaces/a%0d%0a/repositories"),
            ("GET", "/api/spaces/%20demo/repositories"),
            ("GET", "/api/spaces/../repositories"),
            ("GET", "/api/spaces/%2E%2E/repositories"),
            ("GET", "/api/spaces/x%2F..%2F../repositories"),
            ("GET", "/api/spaces/x%5C..%5C../repositories"),
            ("GET", "/api/spaces/demo/environments"),
            ("PUT", "/api/spaces/demo/repositories/name"),
            ("DELETE", "/api/spaces/demo/repositories"),
            ("HEAD", "/api/spaces/demo/repositories"),
            ("POST", "/api/spaces/demo/repositories/gitlab"),
            ("POST", "/api/spaces/demo/repositories/gitlabEnterprise/x"),
            ("GET", ""),
            ("GET", "*"),
            ("CONNECT", "portal.qtorque.io:443"),
        ];
        for (method, path) in not_passed_on {
            assert_eq!(Endpoint::read(method, path), None, "{method} {path}");
        }
    }

    proptest! {
        /// What the requests of this crate ask for is read back as the same endpoint.
        #[test]
        fn every_endpoint_is_read_back_from_its_own_url(text in "\\PC{1,20}|[./%\\\\?#@:& ]{1,6}") {
            let torque = PortalUrl::check("https://portal.qtorque.io").unwrap().value;
            if let Ok(space) = Name::check(&text) {
                let space = space.value;
                for endpoint in
                    [Endpoint::ConnectRepository { space: space.clone() }, Endpoint::ListRepositories { space }]
                {
                    let url = endpoint.url(&torque);
                    let path = url.strip_prefix("https://portal.qtorque.io").unwrap();
                    prop_assert_eq!(Endpoint::read(endpoint.method(), path), Some(endpoint));
                }
            }
        }
    }
}

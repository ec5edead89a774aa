//! The sandbox's own implementation of "every repository must be inside the provider's base URL".

use url::Url;

/// Reads an http(s) URL with only a path, written exactly as the `url` crate serialises it.
pub(super) fn strict_url(text: &str) -> Option<Url> {
    let url = Url::parse(text).ok()?;
    let plain = matches!(url.scheme(), "http" | "https")
        && url.host_str().is_some_and(|host| !host.is_empty())
        && url.username().is_empty()
        && url.password().is_none()
        && url.query().is_none()
        && url.fragment().is_none()
        && !text.contains(['%', '\\'])
        && !url.path().contains("//");
    (plain && url.as_str() == text).then_some(url)
}

/// Whether scheme, host and port are equal, and the path is the base's path followed by a namespace and a project.
pub(super) fn is_inside(repository: &Url, base: &Url) -> bool {
    let same_server = repository.scheme() == base.scheme()
        && repository.host() == base.host()
        && repository.port_or_known_default() == base.port_or_known_default();
    let rest = repository.path().strip_prefix(base.path());
    same_server && rest.is_some_and(|rest| rest.split('/').filter(|segment| !segment.is_empty()).count() >= 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inside(repository: &str, base: &str) -> bool {
        match (strict_url(repository), strict_url(base)) {
            (Some(repository), Some(base)) => is_inside(&repository, &base),
            _ => false,
        }
    }

    #[test]
    fn a_repository_is_below_the_base_on_a_segment_boundary() {
        assert!(inside("http://host:8082/gitlab/group/project", "http://host:8082/gitlab/"));
        assert!(inside("https://host/group/sub/project", "https://host/"));
        for (repository, base) in [
            ("http://host:8082/gitlab-old/group/project", "http://host:8082/gitlab/"),
            ("http://host:8083/gitlab/group/project", "http://host:8082/gitlab/"),
            ("https://host:8082/gitlab/group/project", "http://host:8082/gitlab/"),
            ("http://host.evil/gitlab/group/project", "http://host/gitlab/"),
            ("http://host/gitlab/project", "http://host/gitlab/"),
            ("http://host/gitlab/../other/group/project", "http://host/"),
            ("http://host/gitlab/group//project", "http://host/gitlab/"),
            ("http://host/gitlab/group/%2e%2e/project", "http://host/gitlab/"),
            ("http://user@host/gitlab/group/project", "http://host/gitlab/"),
            ("http://HOST/gitlab/group/project", "http://host/gitlab/"),
        ] {
            assert!(!inside(repository, base), "{repository} in {base}");
        }
    }
}

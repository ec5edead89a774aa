//! GitLab's state: users, tokens and projects, and who may read what.

use time::{Date, OffsetDateTime};

use crate::facts::{GitLabFacts, RepositoryFact, TokenFact};
use crate::variant::{SlashProxy, Variant};

/// Users, tokens and projects. They do not change while the sandbox runs.
#[derive(Debug)]
pub(crate) struct State {
    /// GitLab's origin, with a `/` at the end.
    pub(crate) host: String,
    pub(crate) tokens: Vec<Token>,
    pub(crate) projects: Vec<Project>,
    pub(crate) users: Vec<User>,
}

/// A user's role in a group or project, with GitLab's numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Level {
    Guest = 10,
    Reporter = 20,
    Developer = 30,
    Owner = 50,
}

#[derive(Debug)]
pub(crate) struct User {
    pub(crate) id: u64,
    pub(crate) username: &'static str,
    pub(crate) blocked: bool,
    /// An administrator sees everything.
    pub(crate) administrator: bool,
    /// Groups, which include everything below them, and projects.
    pub(crate) memberships: &'static [(&'static str, Level)],
}

/// The kind of a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Personal, project, group and service account access tokens: one table in GitLab.
    Personal,
    /// A personal token whose owner requires proof of possession (`DPoP`).
    ProofRequired,
    /// A personal token that an administrator created for another user. This GitLab does not allow impersonation.
    Impersonation,
    /// A personal token with permissions per resource instead of scopes.
    FineGrained {
        /// Whether it has any permission.
        permitted: bool,
    },
    Oauth,
    Deploy,
    /// Of a CI/CD job.
    Job,
}

#[derive(Debug)]
pub(crate) struct Token {
    pub(crate) id: u64,
    pub(crate) name: &'static str,
    pub(crate) text: String,
    pub(crate) kind: Kind,
    pub(crate) scopes: &'static [&'static str],
    pub(crate) created_at: OffsetDateTime,
    pub(crate) expires_at: Option<Date>,
    pub(crate) revoked: bool,
    pub(crate) user: &'static str,
    pub(crate) what: &'static str,
}

impl Token {
    /// It expires at 00:00 UTC of its date.
    pub(crate) fn expired(&self) -> bool {
        self.expires_at.is_some_and(|date| OffsetDateTime::now_utc() >= date.midnight().assume_utc())
    }

    pub(crate) fn has_scope(&self, names: &[&str]) -> bool {
        self.scopes.iter().any(|scope| names.contains(scope))
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Visibility {
    Private,
    Public,
}

/// GitLab's `repository_access_level`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RepositoryAccess {
    Disabled,
    MembersOnly,
    Enabled,
}

#[derive(Debug)]
pub(crate) struct Project {
    pub(crate) id: u64,
    /// Path with namespace, in its original case.
    pub(crate) path: String,
    /// Its path before it was moved.
    pub(crate) old_path: Option<&'static str>,
    pub(crate) visibility: Visibility,
    pub(crate) repository: RepositoryAccess,
    pub(crate) archived: bool,
    /// The day on which it was marked for deletion.
    pub(crate) marked_for_deletion_on: Option<&'static str>,
    /// The first is the default branch; none means an empty repository.
    pub(crate) branches: Vec<Branch>,
    pub(crate) what: &'static str,
}

#[derive(Debug)]
pub(crate) struct Branch {
    pub(crate) name: &'static str,
    pub(crate) commit: String,
}

/// A file on every branch of every project that is not empty.
#[derive(Debug)]
pub(crate) struct File {
    pub(crate) path: &'static str,
    pub(crate) content: &'static str,
    /// Git's object id. It and the SHA-256 of the content are computed beforehand.
    pub(crate) blob_id: &'static str,
    pub(crate) sha256: &'static str,
}

impl Project {
    /// Whether this is the project's old path.
    pub(crate) fn moved_from(&self, path: &str) -> bool {
        self.old_path.is_some_and(|old| old.eq_ignore_ascii_case(path))
    }

    pub(crate) fn default_branch(&self) -> &'static str {
        self.branches.first().map_or("main", |branch| branch.name)
    }

    pub(crate) fn branch(&self, name: &str) -> Option<&Branch> {
        self.branches.iter().find(|branch| branch.name == name)
    }

    /// The branch for a `ref`: a branch name, a full ref name, a commit, or HEAD.
    pub(crate) fn commit(&self, reference: &str) -> Option<&Branch> {
        if reference == "HEAD" {
            return self.branches.first();
        }
        let name = reference.strip_prefix("refs/heads/").unwrap_or(reference);
        self.branches.iter().find(|branch| branch.name == name || branch.commit == reference)
    }
}

/// What of a project a caller may see.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sight {
    /// Nothing, as if it did not exist.
    Hidden,
    /// The project without its code.
    Visible,
    /// The project and its code.
    Code,
}

impl State {
    /// A base URL, with a `/` at the end.
    pub(crate) fn base(&self, variant: Variant) -> String {
        format!("{}{}/", self.host, variant.segment())
    }

    pub(crate) fn token_by_text(&self, text: &str) -> Option<&Token> {
        self.tokens.iter().find(|token| token.text == text)
    }

    /// The user of a token.
    pub(crate) fn user(&self, token: &Token) -> Option<&User> {
        self.users.iter().find(|user| user.username == token.user)
    }

    /// Looks a project up as GitLab does: by its number or, with a slash, by its path, old or new, in any case.
    pub(crate) fn project(&self, id: &str) -> Option<&Project> {
        if id.contains('/') {
            return self
                .projects
                .iter()
                .find(|project| project.path.eq_ignore_ascii_case(id) || project.moved_from(id));
        }
        let id: u64 = id.parse().ok()?;
        self.projects.iter().find(|project| project.id == id)
    }

    /// The user's level in a project, as a member of it or of a group above.
    pub(crate) fn level(&self, user: &User, project: &Project) -> Option<Level> {
        let (own, inherited) = self.levels(user, project);
        own.max(inherited)
    }

    /// The user's levels by membership in the project itself and in the groups above.
    pub(crate) fn levels(&self, user: &User, project: &Project) -> (Option<Level>, Option<Level>) {
        let best = |covers: &dyn Fn(&str) -> bool| {
            user.memberships.iter().filter(|(path, _)| covers(path)).map(|(_, level)| *level).max()
        };
        let above = |group: &str| project.path.strip_prefix(group).is_some_and(|rest| rest.starts_with('/'));
        (best(&|path| path == project.path), best(&above))
    }

    /// The id of a group. There is none for the top level.
    pub(crate) fn group_id(&self, path: &str) -> Option<u64> {
        let mut groups: Vec<&str> = self.projects.iter().flat_map(|project| groups_above(&project.path)).collect();
        groups.sort_unstable();
        groups.dedup();
        groups.iter().zip(501..).find(|(group, _)| **group == path).map(|(_, id)| id)
    }

    pub(crate) fn sight(&self, user: Option<&User>, project: &Project) -> Sight {
        let administrator = user.is_some_and(|user| user.administrator);
        let level = user.and_then(|user| self.level(user, project));
        let visible = project.visibility == Visibility::Public || level.is_some() || administrator;
        // On a private project the Guest role cannot read code.
        let code = administrator
            || level.is_some_and(|level| level >= Level::Reporter)
            || (project.visibility == Visibility::Public && project.repository == RepositoryAccess::Enabled);
        match (visible, code && project.repository != RepositoryAccess::Disabled) {
            (false, _) => Sight::Hidden,
            (true, false) => Sight::Visible,
            (true, true) => Sight::Code,
        }
    }

    /// Whether Torque can clone the branch with only this token. The error is a sentence for Torque's user.
    ///
    /// Stricter than GitLab in one point: GitLab's source allows cloning with `read_api` alone. Its documentation does not promise
    /// that, so it is refused here.
    pub(crate) fn try_clone(&self, text: &str, repository_url: &str, branch: Option<&str>) -> Result<(), String> {
        let below = repository_url.strip_prefix(&self.host).and_then(|rest| rest.split_once('/'));
        let path = match below.and_then(|(segment, path)| Some((Variant::of(segment)?, path))) {
            // Only the API is rate limited, or broken by a proxy.
            Some((Variant::Current | Variant::Old | Variant::RateLimited | Variant::Slashes(_), path)) => path,
            Some((Variant::SignOn | Variant::SignOnPage | Variant::PasswordProxy, _)) => {
                return Err("A sign-in page answered instead of GitLab.".to_owned());
            }
            Some((Variant::OtherProduct, _)) => return Err("This is not a Git server.".to_owned()),
            None => return Err("No agent reaches this GitLab server.".to_owned()),
        };
        let path = path.strip_suffix('/').unwrap_or(path);
        let path = path.strip_suffix(".git").unwrap_or(path);
        let denied = || Err("GitLab denied access: the token is unknown, expired or revoked.".to_owned());
        let Some(token) = self.token_by_text(text) else { return denied() };
        let user = self.user(token);
        // A deploy token clones only with its user name, which Torque's payload cannot carry.
        let usable = match token.kind {
            Kind::Personal => true,
            Kind::FineGrained { permitted } => permitted,
            Kind::Impersonation | Kind::ProofRequired | Kind::Oauth | Kind::Deploy | Kind::Job => false,
        };
        if token.expired() || token.revoked || !usable || user.is_none_or(|user| user.blocked) {
            return denied();
        }
        let clones = token.has_scope(&["api", "read_repository", "write_repository", "granular"]);
        if !clones {
            return Err("GitLab denied access: the token's scopes do not allow cloning (read_repository).".to_owned());
        }
        let found = self.project(path).map(|project| (project, self.sight(user, project)));
        let project = match found {
            None | Some((_, Sight::Hidden)) => {
                return Err("The repository was not found, or the token does not reach it.".to_owned());
            }
            Some((_, Sight::Visible)) => return Err("The token cannot read the code of this repository.".to_owned()),
            Some((project, Sight::Code)) => project,
        };
        if project.branches.is_empty() {
            return Err("The repository is empty.".to_owned());
        }
        match branch {
            Some(name) if project.branch(name).is_none() => Err("The branch was not found.".to_owned()),
            _ => Ok(()),
        }
    }

    pub(crate) fn gitlab_facts(&self) -> GitLabFacts {
        GitLabFacts {
            base_url: self.base(Variant::Current),
            old: self.base(Variant::Old),
            sign_on: self.base(Variant::SignOn),
            sign_on_page: self.base(Variant::SignOnPage),
            rate_limited: self.base(Variant::RateLimited),
            password_proxy: self.base(Variant::PasswordProxy),
            other_product: self.base(Variant::OtherProduct),
            apache_proxy: self.base(Variant::Slashes(SlashProxy::Apache)),
            apache_twice_proxy: self.base(Variant::Slashes(SlashProxy::ApacheTwice)),
            nginx_proxy: self.base(Variant::Slashes(SlashProxy::Nginx)),
            tomcat_proxy: self.base(Variant::Slashes(SlashProxy::Tomcat)),
        }
    }

    pub(crate) fn token_facts(&self) -> Vec<TokenFact> {
        let fact = |token: &Token| TokenFact {
            name: token.name.to_owned(),
            token: token.text.clone(),
            what: token.what.to_owned(),
        };
        self.tokens.iter().map(fact).collect()
    }

    pub(crate) fn repository_facts(&self) -> Vec<RepositoryFact> {
        let base = self.base(Variant::Current);
        let fact = |path: &str, what: &str| RepositoryFact { url: format!("{base}{path}"), what: what.to_owned() };
        let mut facts: Vec<RepositoryFact> = self
            .projects
            .iter()
            .filter(|project| !project.what.is_empty())
            .map(|project| fact(&project.path, project.what))
            .collect();
        facts.extend(self.projects.iter().filter_map(|project| {
            let what = format!("moved to {}: GitLab's API answers 301, a clone is served", project.path);
            Some(fact(project.old_path?, &what))
        }));
        facts.push(fact("platform/no-such-project", "does not exist: GitLab answers 404, Torque ends in Failed"));
        facts.push(RepositoryFact {
            url: format!("{}gitlab-old/platform/terraform-modules", self.host),
            what: "outside the base URL: Torque refuses it for a provider (422)".to_owned(),
        });
        facts
    }
}

/// `a/b/c` has `a` and `a/b` above it.
fn groups_above(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').filter_map(|(at, _)| path.get(..at))
}

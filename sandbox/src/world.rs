//! What the GitLab knows: users, tokens and projects, and who may read what.

use time::{Date, Duration, OffsetDateTime};

use crate::facts::{GitLabFacts, RepositoryFact, TokenFact};
use crate::front::Front;
use crate::seed::Seed;

/// Users, tokens and projects. Nothing of it changes while the sandbox runs.
#[derive(Debug)]
pub(crate) struct World {
    /// The GitLab's origin, with a `/` at the end.
    pub(crate) host: String,
    pub(crate) tokens: Vec<Token>,
    pub(crate) projects: Vec<Project>,
    users: Vec<User>,
}

/// What a user may do in a group or project. GitLab's numbers.
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
    /// Groups (with all below them) and projects.
    memberships: &'static [(&'static str, Level)],
}

/// What kind of secret a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Personal, project, group and service account access tokens: one table in GitLab.
    Personal,
    /// A personal token whose owner demands a proof of possession (`DPoP`) with it.
    ProofDemanded,
    /// A personal token made by an administrator; switched off in this GitLab.
    Impersonation,
    /// A personal token with permissions for each resource instead of scopes.
    FineGrained {
        /// Whether it may read anything at all.
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
    user: &'static str,
    what: &'static str,
}

impl Token {
    /// Dead at 00:00 UTC of its date (facts, section 3).
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
    /// Path with namespace, in its right case.
    pub(crate) path: String,
    /// The path that it had before it was moved.
    old_path: Option<&'static str>,
    pub(crate) visibility: Visibility,
    pub(crate) repository: RepositoryAccess,
    pub(crate) archived: bool,
    /// The first is the default branch; none means an empty repository.
    pub(crate) branches: Vec<Branch>,
    what: &'static str,
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
    /// Git's object id and the SHA-256 of the content, computed beforehand.
    pub(crate) blob_id: &'static str,
    pub(crate) sha256: &'static str,
}

/// The files that there are.
pub(crate) const FILES: &[File] = &[
    File {
        path: "README.md",
        content: "# Served by the sandbox\n",
        blob_id: "7a480062a989417b2114f7a6a6a785e4502f8ebd",
        sha256: "966cea56a41ffe05d231df5a6e926602d3ce2666414e5792596872ea458cbffd",
    },
    File {
        path: "blueprints/web-app.yaml",
        content: "spec_version: 2\ndescription: A web application\ngrains: {}\n",
        blob_id: "06fd0cb19b0f2ea01466a0dea8e7d7ee3178ce88",
        sha256: "7fb3678c91060e8ec9a01ebb92cc408e9f1174d7b72e53f7d3077a881244bdba",
    },
    File {
        path: "terraform/main.tf",
        content: "terraform {\n  required_version = \">= 1.5\"\n}\n",
        blob_id: "f5a0ad7ccb1d3949bd875c086157e7b17a21492d",
        sha256: "f189afcc03f18a50fea672f696e36be3303cba0852b41106fcf98f98b14a368b",
    },
];

impl Project {
    /// Whether this is how the project was called before it was moved.
    pub(crate) fn moved_from(&self, path: &str) -> bool {
        self.old_path.is_some_and(|old| old.eq_ignore_ascii_case(path))
    }

    pub(crate) fn default_branch(&self) -> &'static str {
        self.branches.first().map_or("main", |branch| branch.name)
    }

    pub(crate) fn branch(&self, name: &str) -> Option<&Branch> {
        self.branches.iter().find(|branch| branch.name == name)
    }

    /// What a `ref` names: a branch, its full name, a commit, or HEAD.
    pub(crate) fn commit(&self, reference: &str) -> Option<&Branch> {
        if reference == "HEAD" {
            return self.branches.first();
        }
        let name = reference.strip_prefix("refs/heads/").unwrap_or(reference);
        self.branches.iter().find(|branch| branch.name == name || branch.commit == reference)
    }
}

/// How much of a project somebody gets to see.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sight {
    /// Nothing: as if it did not exist.
    Hidden,
    /// The project, not its code.
    Visible,
    /// The project and its code.
    Code,
}

impl World {
    pub(crate) fn new(seed: Seed, host: String) -> Self {
        Self { host, tokens: tokens(seed), projects: projects(seed), users: users() }
    }

    /// A base URL, with a `/` at the end.
    pub(crate) fn base(&self, front: Front) -> String {
        format!("{}{}/", self.host, front.segment())
    }

    pub(crate) fn token_by_text(&self, text: &str) -> Option<&Token> {
        self.tokens.iter().find(|token| token.text == text)
    }

    /// The user a token acts for.
    pub(crate) fn user(&self, token: &Token) -> Option<&User> {
        self.users.iter().find(|user| user.username == token.user)
    }

    /// Look-up as GitLab does it: digits are an id, a text with a slash is a path, old or new, without regard to case.
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

    /// The user's level in a project, if a member of it or of a group above.
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

    /// The number of a group; the top level has none.
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
        // On a private project the Guest role cannot read code (facts, 1.3).
        let code = administrator
            || level.is_some_and(|level| level >= Level::Reporter)
            || (project.visibility == Visibility::Public && project.repository == RepositoryAccess::Enabled);
        match (visible, code && project.repository != RepositoryAccess::Disabled) {
            (false, _) => Sight::Hidden,
            (true, false) => Sight::Visible,
            (true, true) => Sight::Code,
        }
    }

    /// Whether somebody who holds only this token can clone that branch; else a sentence for the user of Torque.
    ///
    /// Stricter than GitLab in one point: `read_api` alone clones according to GitLab's source, which no documentation
    /// promises. Here it does not.
    pub(crate) fn try_clone(&self, text: &str, repository_url: &str, branch: Option<&str>) -> Result<(), String> {
        let below = repository_url.strip_prefix(&self.host).and_then(|rest| rest.split_once('/'));
        let path = match below.and_then(|(segment, path)| Some((Front::of(segment)?, path))) {
            // What is limited is the API.
            Some((Front::Current | Front::Old | Front::RateLimited, path)) => path,
            Some((Front::SignOn | Front::SignOnPage | Front::PasswordProxy, _)) => {
                return Err("A sign-in page answered instead of GitLab.".to_owned());
            }
            Some((Front::OtherProduct, _)) => return Err("This is no Git server.".to_owned()),
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
            Kind::Impersonation | Kind::ProofDemanded | Kind::Oauth | Kind::Deploy | Kind::Job => false,
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
            base_url: self.base(Front::Current),
            old: self.base(Front::Old),
            sign_on: self.base(Front::SignOn),
            sign_on_page: self.base(Front::SignOnPage),
            rate_limited: self.base(Front::RateLimited),
            password_proxy: self.base(Front::PasswordProxy),
            other_product: self.base(Front::OtherProduct),
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
        let base = self.base(Front::Current);
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

fn users() -> Vec<User> {
    let user = |id, username, memberships| User { id, username, blocked: false, administrator: false, memberships };
    vec![
        User { administrator: true, ..user(1, "root", &[("open", Level::Owner)]) },
        user(
            12,
            "torque-svc",
            &[
                ("platform", Level::Developer),
                ("payments", Level::Reporter),
                ("fleet", Level::Reporter),
                ("research/board-papers", Level::Guest),
            ],
        ),
        user(31, "project_4_bot_ledger", &[("payments/ledger", Level::Reporter)]),
        user(32, "project_2_bot_modules", &[("platform/terraform-modules", Level::Reporter)]),
        user(33, "project_8_bot_lab", &[("research/secret-lab", Level::Reporter)]),
        user(34, "group_505_bot_platform", &[("platform", Level::Reporter)]),
        user(35, "service_account_torque", &[("platform", Level::Reporter), ("payments", Level::Reporter)]),
        User { blocked: true, ..user(40, "left-the-company", &[("platform", Level::Developer)]) },
    ]
}

fn tokens(seed: Seed) -> Vec<Token> {
    const PROVIDER: &[&str] = &["read_api", "read_repository"];
    let now = OffsetDateTime::now_utc();
    let today = now.date();
    let in_days = |days: i64| Some(today.saturating_add(Duration::days(days)));
    let classic = |name: &str| format!("glpat-{}", seed.token_text(name, 20));
    let routable = |name: &str| format!("glpat-{}.{}", seed.token_text(name, 32), seed.base36(name, 9));
    let versioned = |name: &str| format!("glpat-{}.01.{}", seed.token_text(name, 40), seed.base36(name, 9));
    let token = |name: &'static str, text: String, user, scopes, what| Token {
        id: 0,
        name,
        text,
        kind: Kind::Personal,
        scopes,
        created_at: now.saturating_sub(Duration::days(40)),
        expires_at: None,
        revoked: false,
        user,
        what,
    };
    let svc = |name, scopes, what| token(name, classic(name), "torque-svc", scopes, what);
    let fine_grained = |name, permitted, what| Token {
        kind: Kind::FineGrained { permitted },
        expires_at: in_days(200),
        ..token(name, versioned(name), "torque-svc", &["granular"], what)
    };
    let mut tokens = vec![
        token(
            "provider_good",
            versioned("provider_good"),
            "torque-svc",
            PROVIDER,
            "read_api + read_repository, no expiry: what a provider needs (platform/, payments/, fleet/)",
        ),
        Token {
            expires_at: in_days(180),
            ..token(
                "repository_good",
                routable("repository_good"),
                "project_4_bot_ledger",
                &["read_repository"],
                "project token of payments/ledger, read_repository, 180 days left: good for that one",
            )
        },
        Token {
            expires_at: in_days(90),
            ..token(
                "repository_modules",
                classic("repository_modules"),
                "project_2_bot_modules",
                &["read_repository"],
                "project token of platform/terraform-modules, read_repository, 90 days left",
            )
        },
        Token {
            expires_at: in_days(365),
            ..token(
                "repository_lab",
                classic("repository_lab"),
                "project_8_bot_lab",
                &["read_repository"],
                "project token of research/secret-lab, which no other token but api_sudo_admin reaches",
            )
        },
        Token {
            expires_at: in_days(7),
            ..svc("provider_expiring", PROVIDER, "right scopes, but expires in 7 days: refused for a provider")
        },
        Token {
            expires_at: in_days(1),
            ..svc("expires_tomorrow", PROVIDER, "right scopes, but its last day is today (UTC)")
        },
        Token { expires_at: in_days(-3), ..svc("expired", PROVIDER, "expired 3 days ago: 401 with invalid_token") },
        Token { revoked: true, ..svc("revoked", PROVIDER, "revoked: 401 with invalid_token") },
        token(
            "group_token",
            routable("group_token"),
            "group_505_bot_platform",
            PROVIDER,
            "group access token of platform/, read_api + read_repository, no expiry",
        ),
        token(
            "service_account",
            versioned("service_account"),
            "service_account_torque",
            PROVIDER,
            "of a service account, endless: platform/ and payments/",
        ),
        token(
            "no_prefix",
            seed.token_text("no_prefix", 20),
            "torque-svc",
            PROVIDER,
            "as old versions made them, without a prefix",
        ),
        token(
            "custom_prefix",
            format!("acme-glpat-{}", seed.token_text("custom_prefix", 20)),
            "torque-svc",
            PROVIDER,
            "with a prefix that the administrator chose",
        ),
        svc("api", &["api"], "api alone, no expiry: contains what is needed, and more"),
        token(
            "api_sudo_admin",
            classic("api_sudo_admin"),
            "root",
            &["api", "sudo", "admin_mode"],
            "an administrator's: api, sudo, admin_mode; reaches everything, far more than needed",
        ),
        svc("read_api_only", &["read_api"], "read_api alone: read_repository is missing"),
        svc("read_user_only", &["read_user"], "read_user alone: GitLab answers 200 for the token itself, nothing else"),
        svc("write_repository_only", &["write_repository"], "write_repository alone: clones, but has no API access"),
        fine_grained("fine_grained", true, "fine-grained: scopes are [\"granular\"]; it reads what torque-svc reads"),
        fine_grained("fine_grained_refused", false, "fine-grained: everything answers 403 insufficient_granular_scope"),
        Token {
            kind: Kind::Impersonation,
            ..svc("impersonation_disabled", PROVIDER, "impersonation token, switched off in this GitLab: 401")
        },
        Token {
            kind: Kind::ProofDemanded,
            ..svc("dpop_required", PROVIDER, "its owner demands a proof of possession (DPoP): 401 with dpop_error")
        },
        token(
            "blocked_user",
            classic("blocked_user"),
            "left-the-company",
            PROVIDER,
            "right scopes, but its user is blocked: 403",
        ),
        Token {
            kind: Kind::Deploy,
            ..token(
                "deploy_token",
                format!("gldt-{}", seed.token_text("deploy_token", 20)),
                "torque-svc",
                &["read_repository"],
                "deploy token: 401 on the whole API",
            )
        },
        Token {
            kind: Kind::Job,
            ..token(
                "job_token",
                format!("glcbt-{}", seed.token_text("job_token", 20)),
                "torque-svc",
                &[],
                "token of a CI/CD job: 401 on the whole API",
            )
        },
        Token {
            kind: Kind::Oauth,
            ..token(
                "oauth_token",
                seed.hex("oauth_token", 64),
                "torque-svc",
                PROVIDER,
                "OAuth access token: Bearer only, 400 for personal_access_tokens/self",
            )
        },
    ];
    for (token, id) in tokens.iter_mut().zip(41..) {
        token.id = id;
    }
    tokens
}

fn projects(seed: Seed) -> Vec<Project> {
    let project = |path: &str, branches: &[&'static str], what: &'static str| Project {
        id: 0,
        path: path.to_owned(),
        old_path: None,
        visibility: Visibility::Private,
        repository: RepositoryAccess::Enabled,
        archived: false,
        branches: branches
            .iter()
            .map(|name| Branch { name, commit: seed.hex(&format!("{path} {name}"), 40) })
            .collect(),
        what,
    };
    let mut projects = vec![
        project("platform/network/edge/load-balancer", &["main"], "three groups deep, default branch main"),
        Project {
            old_path: Some("infrastructure/terraform"),
            ..project("platform/terraform-modules", &["main", "release/2.x"], "default branch main, and release/2.x")
        },
        project("platform/Helm.Charts_2", &["develop", "main"], "dot, capital and underscore; default branch develop"),
        project(
            "payments/ledger",
            &["develop", "main", "feature/rates#2"],
            "default branch develop, and feature/rates#2",
        ),
        Project {
            archived: true,
            ..project("payments/legacy-billing", &["main"], "archived: read-only, still connects")
        },
        project("payments/empty-start", &[], "empty repository: Torque ends in Failed"),
        Project {
            repository: RepositoryAccess::Disabled,
            ..project("payments/issues-only", &["main"], "repository switched off: code is not readable, Failed")
        },
        project("research/secret-lab", &["main"], "only repository_lab and api_sudo_admin see it; others get 404"),
        project("research/board-papers", &["main"], "torque-svc is a Guest: visible, code not readable, Failed"),
        Project {
            visibility: Visibility::Public,
            ..project("open/handbook", &["main"], "public: visible without a token")
        },
        Project {
            visibility: Visibility::Public,
            repository: RepositoryAccess::MembersOnly,
            ..project(
                "open/members-code",
                &["main"],
                "public, its code for members only: visible, not readable, Failed",
            )
        },
    ];
    projects.extend((1..=250).map(|number| {
        let what = if number == 1 { "one of 250 (unit-001 to unit-250), so that lists have pages" } else { "" };
        project(&format!("fleet/unit-{number:03}"), &["main"], what)
    }));
    for (project, id) in projects.iter_mut().zip(1..) {
        project.id = id;
    }
    projects
}

//! The users, tokens, projects and files of the sandbox's GitLab.

use time::{Duration, OffsetDateTime};

use crate::seed::Seed;
use crate::state::{Branch, File, Kind, Level, Project, RepositoryAccess, State, Token, User, Visibility};

/// The state of GitLab for this seed. `host` is its origin, with a `/` at the end.
pub(crate) fn state(seed: Seed, host: String) -> State {
    State { host, tokens: tokens(seed), projects: projects(seed), users: users() }
}

/// The files of each branch.
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
                "project token of payments/ledger, read_repository, 180 days left: connects only that one",
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
            "of a service account, no expiry: platform/ and payments/",
        ),
        token(
            "no_prefix",
            seed.token_text("no_prefix", 20),
            "torque-svc",
            PROVIDER,
            "without a prefix, as old versions created them",
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
            kind: Kind::ProofRequired,
            ..svc("dpop_required", PROVIDER, "its owner requires proof of possession (DPoP): 401 with dpop_error")
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
        marked_for_deletion_on: None,
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
    projects.push(Project {
        marked_for_deletion_on: Some("2026-11-20"),
        ..project("payments/sunset", &["main"], "marked for deletion on 2026-11-20, still connects")
    });
    projects.push(Project {
        marked_for_deletion_on: Some("2026-11-21"),
        ..project("payments/old-invoices", &["main"], "marked for deletion and renamed, still connects")
    });
    for (project, id) in projects.iter_mut().zip(1..) {
        project.id = id;
    }
    // Newer versions of GitLab rename a project that is marked for deletion. The other one was marked before that.
    if let Some(project) = projects.last_mut() {
        project.path = format!("{}-deletion_scheduled-{}", project.path, project.id);
    }
    projects
}

//! What the user wants, and the check that it can be done.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Deserialize;

use crate::address::{BaseUrl, PortalUrl, RepositoryUrl};
use crate::issue::{Check, Issue, IssueCode, Issues, PathSegment, collect};
use crate::misplaced::Tokens;
use crate::secret::{self, Secret};
use crate::token::{Purpose, TokenPolicy, check_secret};
use crate::torque::{Name, PlanRepository, ProviderPayload, RepositoryPayload, check_not_both, check_torque_token};

/// Stands for a token that an export leaves out. No text of a plan can hold it, because they have no control characters, and it is
/// shorter than any token, so that it is none of the plan's.
pub(crate) fn place() -> Secret {
    Secret::new("\u{0}".to_owned())
}

/// A list that another one is made of, item by item: the room of an item is free for what is made of it. A plan has thousands of
/// repositories, and two such lists at once are too much.
pub(crate) type Boxes<T> = Vec<Box<T>>;

/// Sees what a check has made of a repository, and its index.
type See<'s> = &'s mut dyn FnMut(usize, &PlanRepository, &RepositoryPayload);

/// Everything that a job is to do, as typed.
#[derive(Clone)]
pub struct Plan {
    /// Address of Torque, or of a portal's own proxy in front of it.
    pub portal_url: String,
    /// Torque API token; without it no `Authorization` header is sent to Torque.
    pub torque_token: Option<Secret>,
    /// Name of the space.
    pub space: String,
    /// How Torque reaches the repositories.
    pub method: Method,
    /// May be empty with a new provider.
    pub repositories: Vec<PlanRepository>,
    /// How the job is done.
    pub policy: Policy,
    /// Where the user's browser finds Torque, when `portal_url` is a proxy.
    pub public_portal_url: Option<String>,
}

/// How Torque reaches the repositories: the two methods of Torque's documentation, the first in two variants.
#[derive(Clone)]
pub enum Method {
    /// One token, stored with a new provider, for all repositories below its base URL.
    Provider {
        /// Display name.
        name: String,
        /// Address of the GitLab.
        base_url: String,
        /// GitLab access token; may be missing in a plan for an export.
        token: Option<Secret>,
    },
    /// A provider that exists: no request is sent for it.
    ExistingProvider {
        /// Address of the GitLab.
        base_url: String,
    },
    /// Each repository brings its own token.
    TokenPerRepository {
        /// Address of the GitLab; without it GitLab is not asked.
        base_url: Option<String>,
    },
}

/// What to do where nothing could be proved.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "js", derive(tsify::Tsify))]
pub enum OnUnknown {
    /// End before anything is changed.
    #[default]
    Stop,
    /// Go on; the user knows.
    Continue,
}

/// How the job is done.
#[derive(Clone, Debug)]
pub struct Policy {
    /// Ask GitLab about tokens and projects first.
    pub inspect: bool,
    /// What to do where nothing could be proved.
    pub on_unknown: OnUnknown,
    /// Send tokens over plain http to a GitLab on another machine.
    pub allow_http: bool,
    /// The requirements for the tokens.
    pub token: TokenPolicy,
    /// Send the new provider's id with each repository.
    pub send_provider_id: bool,
    /// Pause between two looks at the space's list.
    pub poll_ms: i64,
    /// How long a repository may sync.
    pub sync_timeout_ms: i64,
    /// How long one request may take; the driver's business.
    pub request_timeout_ms: i64,
    /// Of the jitter in pauses.
    pub seed: u64,
}

impl Default for Policy {
    /// 4 s and 1 minute are what Torque's own client does (see [`crate::torque`]).
    fn default() -> Self {
        Self {
            inspect: true,
            on_unknown: OnUnknown::Stop,
            allow_http: false,
            token: TokenPolicy::default(),
            send_provider_id: false,
            poll_ms: 4_000,
            sync_timeout_ms: 60_000,
            request_timeout_ms: 30_000,
            seed: 0,
        }
    }
}

impl Plan {
    /// A plan without token and repositories, under the default policy.
    #[must_use]
    pub fn new(portal_url: &str, space: &str, method: Method) -> Self {
        Self {
            portal_url: portal_url.to_owned(),
            torque_token: None,
            space: space.to_owned(),
            method,
            repositories: Vec::new(),
            policy: Policy::default(),
            public_portal_url: None,
        }
    }

    /// Checks the whole plan offline and returns everything that is wrong with it, each issue with its place: `["method", "token"]`,
    /// `["repositories", 3, "url"]`.
    ///
    /// # Errors
    ///
    /// Every issue that was found.
    pub fn check(&self) -> Check<CheckedPlan> {
        self.check_with(None)
    }

    /// As [`Plan::check`], with [`place`] where a GitLab token is missing: in an export the user adds it later.
    pub(crate) fn check_for_export(&self) -> Check<CheckedPlan> {
        self.check_with(Some(&place()))
    }

    fn check_with(&self, placeholder: Option<&Secret>) -> Check<CheckedPlan> {
        let of_plan = self.texts().into_iter().map(|(text, ..)| text);
        let of_repositories = self.repositories.iter().flat_map(PlanRepository::other_texts);
        let misplaced = secret::marked_in(of_plan.chain(of_repositories));
        let tokens = Tokens::of(self.tokens().chain(&misplaced));
        let head = self.check_head(&mut self.repositories.iter(), placeholder, &tokens);
        let names = Names::given(self.repositories.iter());
        let mut given = self.repositories.iter().map(Cow::Borrowed);
        self.check_repositories(head, placeholder, names, &mut given, &mut |_, _, _| {})
    }

    /// As [`Plan::check`], with other repositories than its own, of which each is gone when `see` has seen what was made of it. `tokens`
    /// are those of the plan and of its other texts.
    #[cfg(feature = "js")]
    pub(crate) fn check_last(
        &self,
        repositories: Boxes<PlanRepository>,
        tokens: &Tokens,
        see: See,
    ) -> Check<CheckedPlan> {
        self.check_taken(repositories, None, tokens, see)
    }

    /// As [`Plan::check_last`], with [`place`] where a GitLab token is missing.
    #[cfg(feature = "js")]
    pub(crate) fn check_last_for_export(
        &self,
        repositories: Boxes<PlanRepository>,
        tokens: &Tokens,
    ) -> Check<CheckedPlan> {
        self.check_taken(repositories, Some(&place()), tokens, &mut |_, _, _| {})
    }

    #[cfg(feature = "js")]
    fn check_taken(
        &self,
        repositories: Boxes<PlanRepository>,
        placeholder: Option<&Secret>,
        tokens: &Tokens,
        see: See,
    ) -> Check<CheckedPlan> {
        let head = self.check_head(&mut repositories.iter().map(|repository| &**repository), placeholder, tokens);
        let names = Names::given(repositories.iter().map(|repository| &**repository));
        let mut given = repositories.into_iter().map(|repository| Cow::Owned(*repository));
        self.check_repositories(head, placeholder, names, &mut given, see)
    }

    /// Every token, as it was given.
    fn tokens(&self) -> impl Iterator<Item = &Secret> {
        let of_repositories = self.repositories.iter().filter_map(|repository| repository.token.as_ref());
        self.torque_token.iter().chain(self.method.token()).chain(of_repositories)
    }

    /// The check of everything but the repositories.
    fn check_head<'t>(
        &self,
        repositories: &mut dyn ExactSizeIterator<Item = &PlanRepository>,
        placeholder: Option<&Secret>,
        tokens: &'t Tokens,
    ) -> Head<'t> {
        let has_repositories = repositories.len() > 0;
        let mut issues = Issues::new();
        let portal = within(PortalUrl::check(&self.portal_url), ["portalUrl"], &mut issues);
        let public_portal = self
            .public_portal_url
            .as_ref()
            .and_then(|text| within(PortalUrl::check(text), ["publicPortalUrl"], &mut issues));
        let torque_token = self
            .torque_token
            .as_ref()
            .and_then(|token| within(check_torque_token(token.expose()), ["torqueToken"], &mut issues));
        let mut of_gitlab = self.method.token().into_iter().chain(repositories.filter_map(|one| one.token.as_ref()));
        if let Some(issue) = of_gitlab.find_map(|token| check_not_both(torque_token.as_ref(), Some(token))) {
            issues.push(issue.at("torqueToken"));
        }
        // Without repositories there is no request that names the space.
        let space = (has_repositories || !self.space.trim().is_empty())
            .then(|| within(Name::check(&self.space), ["space"], &mut issues))
            .flatten();
        self.policy.check(&mut issues);
        let (base_url, method) = self.method.check(placeholder, &mut issues);
        if !has_repositories && !matches!(self.method, Method::Provider { .. }) {
            issues.push(Issue::new(IssueCode::PlanNoRepositories).at("repositories"));
        }
        for (text, code, path) in self.texts() {
            tokens.refuse(text, code, || path, &mut issues);
        }
        Head { portal, public_portal, torque_token, space, base_url, method, issues, tokens }
    }

    fn check_repositories(
        &self,
        head: Head,
        placeholder: Option<&Secret>,
        names: Names,
        given: &mut dyn ExactSizeIterator<Item = Cow<PlanRepository>>,
        see: See,
    ) -> Check<CheckedPlan> {
        let Head { portal, public_portal, torque_token, space, base_url, method, mut issues, tokens } = head;
        let needs = match (&self.method, placeholder) {
            (Method::TokenPerRepository { .. }, None) => TokenNeeds::Own,
            (Method::TokenPerRepository { .. }, Some(placeholder)) => TokenNeeds::Replaced(placeholder),
            _ => TokenNeeds::None,
        };
        let mut found = Issues::new();
        let mut repositories = Boxes::new();
        if given.len() > MOST_REPOSITORIES {
            found.push(too_many_repositories());
        } else {
            let mut checks = RepositoryChecks::new(names, base_url.as_ref(), needs, tokens);
            repositories.reserve_exact(given.len());
            for (index, repository) in given.enumerate() {
                let mut of_one = Issues::new();
                if let Some(payload) = collect(checks.check(&repository, index + 1), &mut of_one).flatten() {
                    see(index, &repository, &payload);
                    repositories.push(Box::new(payload));
                }
                found.extend(of_one.at(index));
            }
        }
        issues.extend(found.at("repositories"));
        tokens.redactor.clean(&mut issues);
        let (Some(portal), Some(method)) = (portal, method) else { return Err(issues) };
        let policy = self.policy.clone();
        issues.or_value(CheckedPlan { portal, public_portal, torque_token, space, method, repositories, policy })
    }
}

/// What the check made of everything but the repositories.
struct Head<'t> {
    portal: Option<PortalUrl>,
    public_portal: Option<PortalUrl>,
    torque_token: Option<Secret>,
    space: Option<Name>,
    base_url: Option<BaseUrl>,
    method: Option<CheckedMethod>,
    issues: Issues,
    /// With which its texts were compared.
    tokens: &'t Tokens,
}

impl std::fmt::Debug for Plan {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // No text of it is checked yet: each may hold a token.
        write!(formatter, "Plan({} repositories)", self.repositories.len())
    }
}

impl std::fmt::Debug for Method {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(match self {
            Self::Provider { .. } => "Provider",
            Self::ExistingProvider { .. } => "ExistingProvider",
            Self::TokenPerRepository { .. } => "TokenPerRepository",
        })
    }
}

impl Method {
    /// Returns GitLab's base URL as it was given, if there is one.
    ///
    /// ```
    /// use torque_gitlab_connect::onboarding::Method;
    ///
    /// let method = Method::ExistingProvider { base_url: "https://gitlab.example.com/".to_owned() };
    /// assert_eq!(method.base_url(), Some("https://gitlab.example.com/"));
    /// assert_eq!(Method::TokenPerRepository { base_url: None }.base_url(), None);
    /// ```
    #[must_use]
    pub fn base_url(&self) -> Option<&str> {
        match self {
            Self::Provider { base_url, .. } | Self::ExistingProvider { base_url } => Some(base_url),
            Self::TokenPerRepository { base_url } => base_url.as_deref(),
        }
    }

    fn token(&self) -> Option<&Secret> {
        match self {
            Self::Provider { token, .. } => token.as_ref(),
            Self::ExistingProvider { .. } | Self::TokenPerRepository { .. } => None,
        }
    }

    /// The base URL, as soon as that alone is fine (the repositories can be checked then), and the whole.
    fn check(&self, placeholder: Option<&Secret>, issues: &mut Issues) -> (Option<BaseUrl>, Option<CheckedMethod>) {
        let base = |text: &str, issues: &mut Issues| within(BaseUrl::check(text), ["method", "baseUrl"], issues);
        match self {
            Self::Provider { name, base_url, token } => {
                let name = within(Name::check(name), ["method", "name"], issues);
                let base_url = base(base_url, issues);
                let token = match token {
                    Some(token) => within(check_secret(token.expose(), Purpose::Provider), ["method", "token"], issues),
                    None if placeholder.is_some() => placeholder.cloned(),
                    None => {
                        issues.push(Issue::new(IssueCode::PlanTokenMissing).at("token").at("method"));
                        None
                    }
                };
                let provider = match (name, base_url.clone(), token) {
                    (Some(name), Some(base_url), Some(token)) => Some(ProviderPayload::new(name, base_url, token)),
                    _ => None,
                };
                (base_url, provider.map(CheckedMethod::Provider))
            }
            Self::ExistingProvider { base_url } => {
                let base_url = base(base_url, issues);
                (base_url.clone(), base_url.map(|base_url| CheckedMethod::ExistingProvider { base_url }))
            }
            Self::TokenPerRepository { base_url } => {
                let base_url = base_url.as_ref().and_then(|text| base(text, issues));
                (base_url.clone(), Some(CheckedMethod::TokenPerRepository { base_url }))
            }
        }
    }
}

impl Policy {
    pub(crate) fn check(&self, issues: &mut Issues) {
        const HOUR: i64 = 3_600_000;
        let ranges = [
            ("pollMs", self.poll_ms, 1, HOUR),
            ("syncTimeoutMs", self.sync_timeout_ms, 0, 24 * HOUR),
            ("requestTimeoutMs", self.request_timeout_ms, 1, HOUR),
        ];
        for (key, value, minimum, maximum) in ranges {
            if !(minimum..=maximum).contains(&value) {
                let issue = Issue::new(IssueCode::PlanOutOfRange).with("minimum", minimum).with("maximum", maximum);
                issues.push(issue.at(key).at("policy"));
            }
        }
    }
}

/// A plan that can be carried out: canonical URLs, checked names and tokens.
#[derive(Clone)]
pub struct CheckedPlan {
    /// Where requests to Torque go.
    pub(crate) portal: PortalUrl,
    /// Where the user goes, if elsewhere.
    pub(crate) public_portal: Option<PortalUrl>,
    /// Goes with every request to Torque, if there is one.
    pub(crate) torque_token: Option<Secret>,
    /// None only where there is no repository.
    pub(crate) space: Option<Name>,
    /// How Torque reaches the repositories.
    pub(crate) method: CheckedMethod,
    /// In the plan's order.
    pub(crate) repositories: Boxes<RepositoryPayload>,
    /// As it was given.
    pub(crate) policy: Policy,
}

impl CheckedPlan {
    /// The repositories, in the plan's order.
    #[must_use]
    pub fn repositories(&self) -> &[Box<RepositoryPayload>] {
        &self.repositories
    }

    /// Every token.
    pub(super) fn tokens(&self) -> impl Iterator<Item = &Secret> {
        let of_provider = match &self.method {
            CheckedMethod::Provider(provider) => Some(&provider.details.token),
            _ => None,
        };
        let of_repositories = self.repositories.iter().filter_map(|repository| repository.token.as_ref());
        self.torque_token.iter().chain(of_provider).chain(of_repositories)
    }

    /// The indices of the repositories by their names as they are compared, and of one name by their order.
    pub(super) fn in_order_of_names(&self) -> Vec<usize> {
        let mut indices: Vec<usize> = (0..self.repositories.len()).collect();
        indices
            .sort_unstable_by(|one, other| self.folded_name(*one).cmp(self.folded_name(*other)).then(one.cmp(other)));
        indices
    }

    /// The first repository with this name, in the order of [`CheckedPlan::in_order_of_names`].
    pub(super) fn named(&self, indices: &[usize], name: &str) -> Option<usize> {
        let name = name.trim();
        let place = indices.partition_point(|index| self.folded_name(*index).lt(fold(name)));
        indices.get(place).copied().filter(|index| self.folded_name(*index).eq(fold(name)))
    }

    fn folded_name(&self, index: usize) -> impl Iterator<Item = u8> {
        fold(self.repositories[index].repository_name.as_str().trim())
    }

    /// Where people reach Torque, also by a program of their own: not through a proxy that serves a page.
    #[must_use]
    pub fn portal_for_people(&self) -> &PortalUrl {
        self.public_portal.as_ref().unwrap_or(&self.portal)
    }
}

impl std::fmt::Debug for CheckedPlan {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "CheckedPlan({:?}, {:?})", self.method, self.repositories)
    }
}

/// A [`Method`] that can be carried out.
#[derive(Clone, Debug)]
pub enum CheckedMethod {
    /// Torque creates a provider.
    Provider(ProviderPayload),
    /// Torque has the provider already.
    ExistingProvider {
        /// Where its repositories lie.
        base_url: BaseUrl,
    },
    /// Each repository brings its own token.
    TokenPerRepository {
        /// Where the repositories lie, as far as that was said.
        base_url: Option<BaseUrl>,
    },
}

impl CheckedMethod {
    /// Where every repository must lie.
    #[must_use]
    pub fn base_url(&self) -> Option<&BaseUrl> {
        match self {
            Self::Provider(provider) => Some(&provider.details.base_url),
            Self::ExistingProvider { base_url } => Some(base_url),
            Self::TokenPerRepository { base_url } => base_url.as_ref(),
        }
    }
}

/// A plan has no more repositories than were tried: what takes hours is better done in parts.
pub(crate) const MOST_REPOSITORIES: usize = 10_000;

/// What a longer one is told.
pub(super) fn too_many_repositories() -> Issue {
    Issue::new(IssueCode::PlanTooManyRepositories).with("maximum", MOST_REPOSITORIES as i64)
}

/// What repositories need of tokens.
#[derive(Clone, Copy)]
pub(super) enum TokenNeeds<'a> {
    /// A provider may serve.
    None,
    /// Each repository needs its own, or a stored credential.
    Own,
    /// The same, with this in the place of one that the user adds later.
    Replaced(&'a Secret),
}

/// The check of repositories, one after the other: each by itself and against those before it.
pub(super) struct RepositoryChecks<'a> {
    base: Option<&'a BaseUrl>,
    needs: TokenNeeds<'a>,
    /// None of these may stand in a text.
    tokens: &'a Tokens,
    names: Names,
    /// Numbers of the first ones with a name, and with a URL.
    named: BTreeMap<Box<str>, usize>,
    located: BTreeMap<Located, usize>,
}

impl<'a> RepositoryChecks<'a> {
    /// A name that is in `names` is made for none.
    pub(super) fn new(names: Names, base: Option<&'a BaseUrl>, needs: TokenNeeds<'a>, tokens: &'a Tokens) -> Self {
        Self { base, needs, tokens, names, named: BTreeMap::new(), located: BTreeMap::new() }
    }

    /// The next one; `number` is what those after it call it by.
    pub(super) fn check(&mut self, repository: &PlanRepository, number: usize) -> Check<Option<RepositoryPayload>> {
        let mut found = Issues::new();
        if let Some(name) = folded_name(repository) {
            let first = *self.named.entry(name).or_insert(number);
            if first != number {
                found.push(Issue::new(IssueCode::PlanDuplicateName).at("name").with("first", first as i64));
            }
        }
        let url = within(RepositoryUrl::check(self.base, &repository.url), ["url"], &mut found);
        if let Some(url) = &url {
            let first = *self.located.entry(Located(url.shared())).or_insert(number);
            if first != number {
                found.push(Issue::new(IssueCode::PlanDuplicateRepository).at("url").with("first", first as i64));
            }
        }
        let token = match (&repository.token, self.needs) {
            (Some(token), _) => within(check_secret(token.expose(), Purpose::Repository), ["token"], &mut found),
            (None, TokenNeeds::None) => None,
            (None, _) if !repository.lacks_credentials() => None,
            (None, TokenNeeds::Own) => {
                found.push(Issue::new(IssueCode::PlanRepositoryTokenMissing).at("token"));
                None
            }
            (None, TokenNeeds::Replaced(placeholder)) => Some(placeholder.clone()),
        };
        let payload = url.and_then(|url| {
            let name = match &repository.name {
                Some(name) => name.clone(),
                None => self.names.made_for(&url),
            };
            collect(RepositoryPayload::named(repository, &name, url, token), &mut found)
        });
        for (text, code, (key, index)) in repository.texts() {
            let path = || [Some(key.into()), index.map(PathSegment::from)].into_iter().flatten().collect();
            self.tokens.refuse(text, code, path, &mut found);
        }
        found.or_value(payload)
    }
}

/// The URL of a repository, as it is compared: GitLab looks paths up without regard to case.
struct Located(Arc<str>);

impl Ord for Located {
    fn cmp(&self, other: &Self) -> Ordering {
        // In any order, and from the end: one GitLab's repositories all begin alike.
        fold(&self.0).rev().cmp(fold(&other.0).rev())
    }
}

impl PartialOrd for Located {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Located {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Located {}

/// The names of a plan's repositories in the space. Compared without regard to case: whether Torque does is not known.
pub(super) struct Names {
    /// With the number that was last put behind each to make another; 0 where it is free.
    taken: BTreeMap<Box<str>, usize>,
}

impl Names {
    /// Takes the names that the plan gives, wherever they stand in it.
    pub(super) fn given<'r>(repositories: impl Iterator<Item = &'r PlanRepository>) -> Self {
        let mut taken = BTreeMap::new();
        taken.extend(repositories.filter_map(folded_name).map(|name| (name, 1)));
        Self { taken }
    }

    /// The project's name, with its groups in front where it is taken, and with a number where that is taken, too.
    fn made_for(&mut self, url: &RepositoryUrl) -> String {
        if self.take(url.project()) {
            return url.project().to_owned();
        }
        let long = url.path().replace('/', "-");
        // The path of many groups may be longer than a name may be with a number behind it.
        let long = if long.len() + 8 <= Name::LONGEST { long } else { url.project().to_owned() };
        if self.take(&long) {
            return long;
        }
        // It goes on where it ended the last time: a list may have one repository thousands of times.
        let mut number = self.taken.get(&*folded(&long)).copied().unwrap_or(1);
        loop {
            number += 1;
            let name = format!("{long}-{number}");
            if self.take(&name) {
                self.taken.insert(folded(&long), number);
                return name;
            }
        }
    }

    /// Whether the name was free.
    fn take(&mut self, name: &str) -> bool {
        let number = self.taken.entry(folded(name)).or_insert(0);
        let is_free = *number == 0;
        if is_free {
            *number = 1;
        }
        is_free
    }
}

/// The name that a repository is given, as it is compared.
fn folded_name(repository: &PlanRepository) -> Option<Box<str>> {
    repository.name.as_deref().map(folded).filter(|name| !name.is_empty())
}

/// Names are compared without regard to case: whether Torque does is not known.
fn folded(name: &str) -> Box<str> {
    name.trim().to_ascii_lowercase().into()
}

/// The same without a copy, of what has no blanks around it.
fn fold(text: &str) -> impl DoubleEndedIterator<Item = u8> {
    text.bytes().map(|byte| byte.to_ascii_lowercase())
}

/// Collects a check's issues under `path`.
fn within<T, const N: usize>(check: Check<T>, path: [&str; N], issues: &mut Issues) -> Option<T> {
    let mut found = Issues::new();
    let value = collect(check, &mut found);
    issues.extend(path.iter().rev().fold(found, |found, key| found.at(*key)));
    value
}

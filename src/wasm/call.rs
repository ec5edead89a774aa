//! One call of a function of the package: its arguments are read, its values checked, and what is wrong is gathered.

use std::cell::RefCell;
use std::rc::Rc;

use serde::{Serialize, de::DeserializeOwned};
use wasm_bindgen::JsValue;

use super::{
    answer::{result, to_js},
    argument::Argument,
    guard::{Guard, NamedArgument},
    inputs::{GitLabInput, HttpAnswer},
    platform,
};
#[cfg(feature = "js")]
use crate::misplaced::Tokens;
use crate::{
    address::{BaseUrl, PortalUrl, RepositoryUrl},
    gitlab, http,
    input::Reading,
    issue::{Check, Issue, IssueCode, Issues, PathSegment, UrlError, collect},
    secret::Secret,
    server_text::tokens_in,
    token::{self, Purpose},
    url::{cross_check, pasted::has_token},
};

/// The steps to a value: the parameter's name and keys, or keys alone.
pub(super) type Steps<'a> = &'a [&'a str];

/// What is known of a call so far.
#[derive(Debug, Default)]
pub(super) struct Call {
    pub(super) reading: Reading,
    /// A base that is not remembered yet.
    base: RefCell<Option<(String, Rc<BaseUrl>)>>,
    arguments: RefCell<Vec<NamedArgument>>,
    guard: RefCell<Option<Guard>>,
}

impl Call {
    /// The answer of a function: what `run` makes of the call, and what was found wrong.
    pub(super) fn answer<T: Serialize>(run: impl FnOnce(&Self) -> Option<T>) -> JsValue {
        Self::answer_js(|call| run(call).map(|value| to_js(&value)))
    }

    /// The same where `run` makes a value of JavaScript.
    pub(super) fn answer_js(run: impl FnOnce(&Self) -> Option<JsValue>) -> JsValue {
        let call = Self::default();
        let value = run(&call);
        call.reading.sort_by_key();
        call.end(value)
    }

    /// The answer of a function that takes what a server answered, and nothing else.
    pub(super) fn read_answer<T: Serialize>(
        answer: JsValue,
        read: impl FnOnce(&http::HttpAnswer) -> Check<T>,
    ) -> JsValue {
        Self::answer(|call| {
            let answer: HttpAnswer = call.argument("answer", answer)?;
            let answer = call.pass(&["answer"], answer.check());
            call.ensure_no_error()?;
            call.pass(&["answer"], read(&answer?))
        })
    }

    /// `Result` of TypeScript, with the value that came out, if one did.
    pub(super) fn end(self, value: Option<JsValue>) -> JsValue {
        result(value, &self.take_issues())
    }

    /// What was found wrong. The tokens among the arguments stand in no other text of them, and in no issue.
    pub(super) fn take_issues(&self) -> Issues {
        let mut issues = self.reading.take_issues();
        self.release_arguments();
        let mut has_token = false;
        if let Some(guard) = self.guard.take() {
            has_token = guard.tokens().is_some();
            guard.clean(&mut issues);
        }
        if let Some((text, base)) = self.base.take().filter(|_| !has_token || !issues.has_error()) {
            remember_base(text, base);
        }
        issues
    }

    /// The settings of a function that takes a single object, whose keys stand for themselves.
    pub(super) fn settings<T: DeserializeOwned>(&self, copied: JsValue) -> Option<T> {
        self.read(None, copied)
    }

    /// A positional argument.
    pub(super) fn argument<T: DeserializeOwned>(&self, name: &'static str, copied: JsValue) -> Option<T> {
        self.read(Some(name), copied)
    }

    /// A text, or `null` where that has a meaning.
    #[expect(clippy::option_option, reason = "none could be read, or it is null")]
    pub(super) fn nullable(&self, name: &'static str, copied: JsValue) -> Option<Option<String>> {
        let argument = Argument::new(copied);
        if argument.value.is_null() && argument.gaps.is_empty() {
            return Some(None);
        }
        let read = self.reading.read(Some(name), Some(&argument.value), &argument.gaps).map(Some);
        self.keep(Some(name), argument);
        read
    }

    fn read<T: DeserializeOwned>(&self, name: Option<&'static str>, copied: JsValue) -> Option<T> {
        let argument = Argument::new(copied);
        let read = self.reading.read(name, Some(&argument.value), &argument.gaps);
        self.keep(name, argument);
        read
    }

    /// Remembers an argument that was read.
    pub(super) fn keep(&self, name: Option<&'static str>, argument: Argument) {
        self.arguments.borrow_mut().push((name, argument.value));
    }

    /// Keeps of the arguments, all of which are read, only what is needed to the end: they take several times as much memory as what
    /// was made of them.
    pub(super) fn release_arguments(&self) {
        self.release_with(Vec::new());
    }

    /// As above, with the tokens that were seen in parts of arguments that were not kept.
    pub(super) fn release_with(&self, seen: Vec<Secret>) {
        let arguments = self.arguments.take();
        self.guard.borrow_mut().get_or_insert_with(|| Guard::of(&arguments, seen));
    }

    /// Shows `look` the tokens among the arguments, which are released.
    #[cfg(feature = "js")]
    pub(super) fn with_tokens<T>(&self, look: impl FnOnce(&Tokens) -> T) -> T {
        match self.guard.borrow().as_ref().and_then(Guard::tokens) {
            Some(tokens) => look(tokens),
            None => look(&Tokens::taken(Vec::new())),
        }
    }

    /// Reports what the tokens stand in and strikes them out of the issues so far; those that follow hold none. Thousands of tokens
    /// take as much memory as all that is made of the plan that they are from.
    #[cfg(feature = "js")]
    pub(super) fn forget_tokens(&self) {
        let mut issues = self.reading.take_issues();
        if let Some(guard) = self.guard.take() {
            guard.clean(&mut issues);
        }
        issues.into_iter().for_each(|issue| self.reading.push(issue));
    }

    /// `None` if an error was reported, so that `?` ends the call.
    pub(super) fn ensure_no_error(&self) -> Option<()> {
        (!self.reading.has_error()).then_some(())
    }

    /// The value of a check of what stands at `steps`.
    pub(super) fn pass<T>(&self, steps: Steps, check: Check<T>) -> Option<T> {
        let mut issues = Issues::new();
        let value = collect(check, &mut issues);
        self.report(steps, issues);
        value
    }

    /// Adds issues about what stands at `steps`.
    pub(super) fn report(&self, steps: Steps, issues: Issues) {
        if !issues.is_empty() {
            self.reading.extend(steps.iter().rev().fold(issues, |issues, step| issues.at(*step)));
        }
    }

    /// The value of a check of a URL. Where only the spelling of its host is in the way, the platform's is suggested, if it
    /// passes.
    pub(super) fn pass_url<T>(&self, steps: Steps, text: &str, check: &dyn Fn(&str) -> Check<T>) -> Option<T> {
        let check = check(text).map_err(|mut issues| {
            issues.iter_mut().for_each(|issue| suggest_ascii_host(issue, text, &|ascii| check(ascii).is_ok()));
            issues
        });
        self.pass(steps, check)
    }

    /// A base URL that stands beside what is checked: its own check reports the warnings about it.
    pub(super) fn base_url(&self, steps: Steps, text: &str) -> Option<Rc<BaseUrl>> {
        if let Some(known) = known_base(text) {
            return Some(known);
        }
        let base = Rc::new(self.pass_url(steps, text, &BaseUrl::check_beside)?);
        // Only when the call is over it is known that no token stands in it.
        self.base.replace(Some((text.to_owned(), Rc::clone(&base))));
        Some(base)
    }

    pub(super) fn portal_url(&self, text: &str) -> Option<PortalUrl> {
        let origin = platform::page_origin();
        self.pass_url(&["portalUrl"], text, &|text| PortalUrl::check_on_page(text, origin.as_deref()))
    }

    pub(super) fn repository_url(&self, steps: Steps, base: Option<&BaseUrl>, text: &str) -> Option<RepositoryUrl> {
        self.pass_url(steps, text, &|text| RepositoryUrl::check(base, text))
    }

    pub(super) fn gitlab_token(&self, text: &str) -> Option<Secret> {
        self.pass(&["token"], token::check_secret(text, Purpose::Provider))
    }

    /// The GitLab that an input names, with its token.
    pub(super) fn gitlab(&self, input: &GitLabInput) -> Option<gitlab::Access> {
        let base = self.base_url(&["baseUrl"], &input.base_url);
        self.access(base.as_deref(), input)
    }

    /// A request to the GitLab that an input names.
    pub(super) fn gitlab_request(
        &self,
        input: JsValue,
        build: fn(&gitlab::Access) -> http::HttpRequest,
    ) -> Option<http::HttpRequest> {
        let input: GitLabInput = self.settings(input)?;
        let access = self.gitlab(&input);
        self.ensure_no_error()?;
        Some(build(&access?))
    }

    /// Where GitLab is asked, and with which token.
    pub(super) fn access(&self, base: Option<&BaseUrl>, input: &GitLabInput) -> Option<gitlab::Access> {
        let token = self.gitlab_token(input.token.expose());
        self.pass(&["baseUrl"], gitlab::Access::check(base?, &token?, input.allow_http == Some(true)))
    }
}

/// Suggests the platform's spelling of a URL whose host is not ASCII, if it `passes`.
pub(super) fn suggest_ascii_host(issue: &mut Issue, text: &str, passes: &dyn Fn(&str) -> bool) {
    if let IssueCode::BaseUrl(error) | IssueCode::RepositoryUrl(error) | IssueCode::PortalUrl(error) = issue.code
        && error == UrlError::HostNotAscii
        && issue.suggestion.is_none()
        // What may be a token is not suggested, in a host no more than elsewhere.
        && tokens_in(text).is_empty()
        && let Some(ascii) = platform::ascii_url(text)
        && !has_token(&ascii)
        && passes(&ascii)
    {
        issue.set_suggestion(cross_check::href(&ascii).unwrap_or(ascii));
    }
}

/// Issues about the entries of a list get the list's name; those about the whole keep their empty path.
pub(super) fn in_list(issues: &mut Issues, name: &str) {
    issues
        .iter_mut()
        .filter(|issue| !issue.path.is_empty())
        .for_each(|issue| issue.path.insert(0, PathSegment::from(name)));
}

/// A page asks about many URLs and few bases.
const MOST_BASES: usize = 4;

/// Longer text is no base that anybody uses twice.
const LONGEST_BASE: usize = 2_000;

thread_local! {
    /// Bases that have passed their check, as they were written.
    static BASES: RefCell<Vec<(String, Rc<BaseUrl>)>> = const { RefCell::new(Vec::new()) };
}

fn known_base(text: &str) -> Option<Rc<BaseUrl>> {
    BASES.with_borrow(|bases| bases.iter().find(|(known, _)| known == text).map(|(_, base)| Rc::clone(base)))
}

fn remember_base(text: String, base: Rc<BaseUrl>) {
    if text.len() > LONGEST_BASE {
        return;
    }
    BASES.with_borrow_mut(|bases| {
        if bases.len() == MOST_BASES {
            bases.remove(0);
        }
        bases.push((text, base));
    });
}

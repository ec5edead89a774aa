//! The space's list decides about a repository.

use std::collections::BTreeMap;

use serde_json::Value;

use super::answers::{MOST_LOST, refusal, was_lost};
use super::work::{
    Lists, LookUp, LookupReason, QueuedRequest, RequestKind, Server, Stage, StepContext, Syncing, Work, end,
};
use crate::address::RepositoryUrl;
use crate::http::HttpAnswer;
use crate::issue::{Issue, IssueCode, Issues};
use crate::onboarding::report::{RepositoryOutcome, SentRequest};
use crate::torque::{self, RepositoryDetails, RepositoryPayload};

/// What stands for Torque's word about a repository that no list has shown.
pub(super) const NOT_LISTED: &str = "not listed";

/// A repository whose `POST` was lost is looked for in the space's list for so long, and in [`LOOK_UPS`] lists at least,
/// before it is posted once more: Torque's own client polls for a minute (see [`crate::torque`]).
const LOOK_UP_MS: i64 = 60_000;
const LOOK_UPS: u32 = 2;

/// A look-up that gets no list at all ends here.
const LOOK_UP_LIMIT_MS: i64 = 180_000;

impl Work {
    pub(super) fn wait_for_list(&mut self, index: usize, delay: i64, now: i64) {
        if self.stopped.is_some() {
            return;
        }
        self.lists.wait(index);
        if !self.lists.busy {
            self.lists.busy = true;
            self.schedule_at(now + delay, QueuedRequest { kind: RequestKind::List, tries: 0, list: 0 });
        }
    }

    pub(super) fn list_answered(
        &mut self,
        queued: QueuedRequest,
        answer: &HttpAnswer,
        retry_after: Option<&str>,
        context: &mut StepContext<'_>,
    ) {
        let entries = match torque::list_entries(answer, &self.redactor) {
            Ok(entries) => entries,
            Err(issues) => {
                let issue = issues.into_iter().next();
                let ends = |issue: &Issue| {
                    matches!(
                        issue.code,
                        IssueCode::TorqueUnauthorized
                            | IssueCode::TorqueSpaceForbidden
                            | IssueCode::TorqueProxyForbidden
                            | IssueCode::TorqueSpaceNotFound
                            | IssueCode::TorqueRedirected
                    )
                };
                match issue.filter(ends) {
                    Some(issue) => self.stop_watching(issue, context),
                    None => self.list_missing(matches!(answer.status, 429 | 503), retry_after, context),
                }
                return;
            }
        };
        self.lists.failures = 0;
        self.lists.came = queued.list;
        let shown = self.shown_in(entries);
        let by_url = self.entries_by_url(entries, &shown);
        // A second POST that has not gone out yet is not needed if the first turns up.
        for (index, run) in self.runs.iter().enumerate() {
            if run.lost > 0 && matches!(run.stage, Stage::Planned) {
                self.lists.wait(index);
            }
        }
        for index in std::mem::take(&mut self.lists.waiting) {
            match shown[index] {
                Some(entry) => self.found(index, entry, context),
                None => {
                    let url = comparable(self.plan.repositories[index].repository_url.as_str());
                    let other = by_url.get(&url).and_then(|other| torque::name_of_entry(&entries[*other]));
                    self.not_found(index, queued.list, other, context);
                }
            }
            if matches!(self.runs[index].stage, Stage::Looking(_) | Stage::Syncing(_)) {
                self.lists.wait(index);
            }
        }
        self.give_up_late(context);
        self.ask_list_again(self.plan.policy.poll_ms, context);
    }

    /// For each repository the entry of its name. Whether names differ by case alone in Torque is not known: an entry in another case
    /// counts where there is none in the same.
    fn shown_in<'a>(&self, entries: &'a [Value]) -> Vec<Option<&'a Value>> {
        let mut shown: Vec<Option<&Value>> = vec![None; self.runs.len()];
        for entry in entries {
            let Some(name) = torque::name_of_entry(entry) else { continue };
            let Some(index) = self.plan.named(&self.by_name, name) else { continue };
            if shown[index].is_none() || name == self.plan.repositories[index].repository_name.as_str() {
                shown[index] = Some(entry);
            }
        }
        shown
    }

    /// Index by URL of the entries that have a name; only where a URL is looked for that another name may have.
    fn entries_by_url(&self, entries: &[Value], shown: &[Option<&Value>]) -> BTreeMap<Box<str>, usize> {
        let mut by_url = BTreeMap::new();
        let mut waiting = self.lists.waiting.iter();
        if waiting.any(|index| shown[*index].is_none() && was_taken(&self.runs[*index].sent)) {
            let named = entries.iter().enumerate().filter(|(_, entry)| torque::name_of_entry(entry).is_some());
            by_url.extend(named.filter_map(|(index, entry)| Some((comparable(torque::url_of_entry(entry)?), index))));
        }
        by_url
    }

    fn found(&mut self, index: usize, entry: &Value, context: &mut StepContext<'_>) {
        let planned = &self.plan.repositories[index];
        let run = &mut self.runs[index];
        let is_same = is_same_repository(entry, planned);
        if let Stage::Looking(look_up) = &run.stage {
            let LookUp { reason, issue, lists_without, .. } = &**look_up;
            let is_refused = refusal(&run.sent).is_some_and(|status| status != 409);
            let is_taken = was_taken(&run.sent) && !was_lost(&run.sent);
            let is_there_at_once = *reason == LookupReason::Refused && *lists_without == 0;
            // Whatever the list shows, Torque rejected it.
            if is_refused {
                run.issues.push(if is_same { issue.clone().as_warning() } else { issue.clone() });
            }
            // So what the list shows at once was there before; what it shows later has come since.
            if is_same && (is_taken || is_there_at_once) {
                run.issues.push(Issue::new(IssueCode::TorqueAlreadyConnected));
            } else if is_same && is_refused {
                run.issues.push(Issue::new(IssueCode::TorqueListedAfterRefusal));
            }
        }
        if !is_same {
            let name = planned.repository_name.as_str();
            run.issues.push(Issue::new(IssueCode::TorqueNameTaken).at("name").with("name", name));
            end(&mut self.runs, index, RepositoryOutcome::Failed, context.events);
            return;
        }
        let details = RepositoryDetails::standing(entry, &self.redactor);
        let changed = run.status.as_deref() != details.status.as_deref();
        run.status = details.status.as_deref().map(Box::from);
        if matches!(run.stage, Stage::Looking(_) | Stage::Planned) {
            let until = context.now + self.plan.policy.sync_timeout_ms;
            run.stage = Stage::Syncing(Box::new(Syncing { until, since_list: self.lists.asked }));
        }
        if details.is_connected() {
            end(&mut self.runs, index, RepositoryOutcome::Connected, context.events);
        } else if details.is_failed() {
            let status = details.status.clone().unwrap_or_else(|| "none".to_owned());
            let error_text = details.errors.join("; ");
            run.issues.push(
                Issue::new(IssueCode::TorqueSyncFailed)
                    .with("status", status)
                    .with("answer", self.redactor.plain(&error_text)),
            );
            end(&mut self.runs, index, RepositoryOutcome::Failed, context.events);
        } else if changed {
            self.announce(index, RepositoryOutcome::Syncing, context);
        }
    }

    /// A list without a repository that should or might be in it; `other` is the name under which it has the URL.
    fn not_found(&mut self, index: usize, list: u32, other: Option<&str>, context: &mut StepContext<'_>) {
        let run = &mut self.runs[index];
        let Stage::Looking(look_up) = &mut run.stage else { return };
        // It was asked for before the answer was lost, so it proves nothing.
        if list <= look_up.since_list {
            return;
        }
        look_up.lists_without += 1;
        // Torque rejected it, and this is the reason.
        if let Some(name) = other.filter(|_| was_taken(&run.sent)) {
            run.issues.push(Issue::new(IssueCode::TorqueUrlTaken).with("name", self.redactor.plain(name)));
            end(&mut self.runs, index, RepositoryOutcome::Failed, context.events);
            return;
        }
        match look_up.reason {
            _ if look_up.lists_without < LOOK_UPS => {}
            LookupReason::Refused => {
                run.issues.push(look_up.issue.clone());
                end(&mut self.runs, index, RepositoryOutcome::Failed, context.events);
            }
            _ if context.now < look_up.since + LOOK_UP_MS => {}
            LookupReason::Lost if run.lost < MOST_LOST => {
                run.stage = Stage::Planned;
                self.queue(RequestKind::Connect(index));
            }
            LookupReason::Lost | LookupReason::Taken => {
                run.issues.push(look_up.issue.clone());
                let outcome = look_up.ending(&run.sent, &mut run.issues);
                end(&mut self.runs, index, outcome, context.events);
            }
        }
    }

    /// No list came. It is asked for again until nobody waits for it any more.
    pub(super) fn list_missing(&mut self, is_busy: bool, retry_after: Option<&str>, context: &mut StepContext<'_>) {
        self.lists.failures += 1;
        self.give_up_late(context);
        let own = self.plan.policy.poll_ms.max(context.jitter.delay(self.lists.failures));
        let asked = context.jitter.pause(1, retry_after, context.now).unwrap_or(LOOK_UP_MS);
        if is_busy {
            // Nothing else goes there either. Nobody waits longer for it, or a list that is always refused would never end.
            let pause = &mut self.pause[Server::Torque as usize];
            *pause = (context.now + asked).max(*pause);
        }
        self.ask_list_again(own.max(asked), context);
    }

    /// Ends what has waited too long.
    fn give_up_late(&mut self, context: &mut StepContext<'_>) {
        for index in std::mem::take(&mut self.lists.waiting) {
            let run = &mut self.runs[index];
            let outcome = match &run.stage {
                Stage::Syncing(syncing) if context.now >= syncing.until => {
                    if self.lists.came > syncing.since_list {
                        let status = run.status.as_deref().unwrap_or(NOT_LISTED);
                        run.issues.push(Issue::new(IssueCode::TorqueSyncTimeout).with("status", status));
                    } else {
                        run.issues.push(Issue::new(IssueCode::TorqueNotWatched));
                    }
                    RepositoryOutcome::Syncing
                }
                Stage::Looking(look_up) if context.now >= look_up.since + LOOK_UP_LIMIT_MS => {
                    run.issues.push(look_up.issue.clone());
                    look_up.ending(&run.sent, &mut run.issues)
                }
                _ => {
                    self.lists.wait(index);
                    continue;
                }
            };
            end(&mut self.runs, index, outcome, context.events);
        }
    }

    /// The time for which Torque asked to wait does not count: no list may be requested.
    pub(super) fn first_look(&self, now: i64) -> i64 {
        now.max(self.pause[Server::Torque as usize])
    }

    /// The same for those who wait already.
    pub(super) fn wait_longer(&mut self, time: i64) {
        for index in &self.lists.waiting {
            match &mut self.runs[*index].stage {
                Stage::Syncing(syncing) => syncing.until += time,
                Stage::Looking(look_up) => look_up.since += time,
                Stage::Planned | Stage::Posting | Stage::Ended(_) => {}
            }
        }
    }

    fn ask_list_again(&mut self, delay: i64, context: &StepContext<'_>) {
        self.lists.busy = !self.lists.waiting.is_empty();
        if self.lists.busy {
            self.schedule_at(context.now + delay, QueuedRequest { kind: RequestKind::List, tries: 0, list: 0 });
        }
    }

    /// Torque rejects the token: nothing further is sent, and no repository waits for a list.
    pub(super) fn stop_watching(&mut self, why: Issue, context: &mut StepContext<'_>) {
        for index in std::mem::take(&mut self.lists.waiting) {
            let run = &mut self.runs[index];
            let outcome = match &run.stage {
                Stage::Looking(look_up) => {
                    run.issues.push(look_up.issue.clone());
                    look_up.ending(&run.sent, &mut run.issues)
                }
                _ => {
                    run.issues.push(Issue::new(IssueCode::TorqueNotWatched));
                    RepositoryOutcome::Syncing
                }
            };
            end(&mut self.runs, index, outcome, context.events);
        }
        self.lists.busy = false;
        self.stop(why);
        // A scheduled request would only delay the end.
        self.delayed.retain(|(_, queued)| queued.kind.server() != Server::Torque);
        self.ready.retain(|queued| queued.kind.server() != Server::Torque);
    }
}

impl Lists {
    fn wait(&mut self, index: usize) {
        if let Err(place) = self.waiting.binary_search(&index) {
            self.waiting.insert(place, index);
        }
    }
}

impl LookUp {
    /// How a repository ends that the list could not decide about.
    pub(super) fn ending(&self, sent: &[SentRequest], issues: &mut Issues) -> RepositoryOutcome {
        if self.reason == LookupReason::Refused {
            return RepositoryOutcome::Failed;
        }
        if was_lost(sent) {
            issues.push(Issue::new(IssueCode::TorqueRepositoryUnknown));
        }
        RepositoryOutcome::Unknown
    }
}

/// Whether the last answer was that the space has one of this name, or of this URL.
fn was_taken(sent: &[SentRequest]) -> bool {
    refusal(sent) == Some(409)
}

/// Whether the list's entry is the planned repository.
fn is_same_repository(entry: &Value, planned: &RepositoryPayload) -> bool {
    let Some(listed) = torque::url_of_entry(entry) else { return true };
    comparable(listed) == comparable(planned.repository_url.as_str())
}

/// A URL as it is compared: canonical, and without regard to case, as GitLab looks paths up.
fn comparable(url: &str) -> Box<str> {
    let canonical = RepositoryUrl::check(None, url).map(|checked| checked.value.as_str().to_ascii_lowercase());
    canonical.unwrap_or_else(|_| url.to_ascii_lowercase()).into()
}

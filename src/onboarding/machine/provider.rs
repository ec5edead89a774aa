//! Creates the provider, once.

use super::answers::outcome_is_unknown;
use super::work::{RequestKind, Stage, Work, end};
use crate::http::HttpAnswer;
use crate::issue::{Issue, IssueCode, Issues};
use crate::onboarding::plan::{CheckedMethod, OnUnknown};
use crate::onboarding::report::{Progress, ProviderEvent, RepositoryOutcome, StepOutcome};
use crate::token::{Purpose, Verdict};
use crate::torque;

impl Work {
    /// Ends what the inspection rejected, then creates the provider if its token passed.
    pub(super) fn begin_provider(&mut self, events: &mut Vec<Progress>) {
        let stops_at_unknown = self.plan.policy.on_unknown == OnUnknown::Stop;
        let mut provider_token = None;
        for token in &self.tokens {
            let verdict = token.assessment.as_ref().map_or(Verdict::Ok, |assessment| assessment.verdict);
            let unknown = verdict == Verdict::Unknown && stops_at_unknown;
            if verdict != Verdict::Reject && !unknown {
                continue;
            }
            if token.purpose == Purpose::Provider {
                provider_token = Some(unknown);
            }
            let found = token.assessment.as_ref().map(|assessment| assessment.issues.clone()).unwrap_or_default();
            let found = found.at("token");
            // With a provider, the provider's part of the report has the reason.
            let mut of_repository = match token.purpose {
                Purpose::Provider => Issue::new(IssueCode::PlanNotStarted).into(),
                Purpose::Repository => found.clone(),
            };
            if unknown && token.purpose == Purpose::Repository {
                of_repository.push(Issue::new(IssueCode::PlanStoppedUnknown));
            }
            for index in &token.repositories {
                // It was sent before a crash, so the token decides nothing about it.
                if !matches!(self.runs[*index].stage, Stage::Planned) {
                    continue;
                }
                self.runs[*index].issues.extend(of_repository.clone());
                let outcome = if unknown || token.purpose == Purpose::Provider {
                    RepositoryOutcome::NotStarted
                } else {
                    RepositoryOutcome::Failed
                };
                end(&mut self.runs, *index, outcome, events);
            }
            if token.purpose == Purpose::Provider {
                self.provider.issues.extend(found);
                if unknown {
                    self.provider.issues.push(Issue::new(IssueCode::PlanStoppedUnknown));
                }
            }
        }
        match self.plan.method {
            CheckedMethod::ExistingProvider { .. } | CheckedMethod::TokenPerRepository { .. } => {}
            // Created before the crash.
            CheckedMethod::Provider(_) if self.provider.outcome.is_some() => {}
            CheckedMethod::Provider(_) if provider_token.is_some() => {
                let refused = provider_token == Some(false);
                self.end_provider(if refused { StepOutcome::Failed } else { StepOutcome::Skipped }, events);
                self.stop(Issue::new(IssueCode::PlanNotStarted));
            }
            // A provider for repositories of which none can be connected would be in the way of the next try.
            CheckedMethod::Provider(_) if !self.runs.is_empty() && self.all_ended() => {
                self.end_provider(StepOutcome::Skipped, events);
                self.provider.issues.push(Issue::new(IssueCode::PlanNotStarted));
            }
            CheckedMethod::Provider(_) => self.queue(RequestKind::Provider),
        }
    }

    /// Ends the step of the provider.
    pub(super) fn end_provider(&mut self, outcome: StepOutcome, events: &mut Vec<Progress>) {
        self.provider.outcome = Some(outcome);
        events.push(Progress::Provider(ProviderEvent { outcome }));
    }

    pub(super) fn provider_answered(&mut self, answer: &HttpAnswer, events: &mut Vec<Progress>) {
        if let Some(record) = self.provider.sent.last_mut() {
            record.status = Some(answer.status);
        }
        match torque::read_provider_answer(answer, &self.redactor) {
            Ok(checked) => {
                self.end_provider(StepOutcome::Done, events);
                self.provider.id = checked.value.id;
                self.use_provider_id();
            }
            Err(issues) if outcome_is_unknown(answer.status) => {
                self.provider_lost(
                    issues.into_iter().next().unwrap_or_else(|| Issue::new(IssueCode::TorqueUnreachable)),
                    events,
                );
            }
            Err(issues) => self.provider_refused(issues, events),
        }
    }

    /// Torque certainly did not create it.
    pub(super) fn provider_refused(&mut self, why: Issues, events: &mut Vec<Progress>) {
        self.end_provider(StepOutcome::Failed, events);
        self.provider.issues.extend(why);
        self.stop(Issue::new(IssueCode::PlanNotStarted));
    }

    pub(super) fn use_provider_id(&mut self) {
        if self.plan.policy.send_provider_id {
            for repository in self.plan.repositories.iter_mut().filter(|repository| repository.token.is_none()) {
                repository.provider_id = self.provider.id.as_deref().map(Box::from);
            }
        }
    }

    pub(super) fn provider_lost(&mut self, why: Issue, events: &mut Vec<Progress>) {
        self.end_provider(StepOutcome::Unknown, events);
        self.provider.issues.push(why);
        self.provider.issues.push(Issue::new(IssueCode::TorqueProviderUnknown));
        self.stop(Issue::new(IssueCode::PlanNotStarted));
    }
}

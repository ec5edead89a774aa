/** A token, where to make one, and what GitLab says about it, line by line. */

import { html, nothing, type TemplateResult } from 'lit';
import type { Assessment, Issue } from '../../index.js';
import { checkToken, tokenLinks } from '../../index.js';
import type { IssueTopic } from '../../wasm/core.js';
import type { Field } from '../state/field.js';
import type { Repository } from '../state/repository.js';
import type { Look, TokenTest } from '../state/token-test.js';
import { isNews, topicOf } from '../state/topic.js';
import { type MessageKey, networkText } from '../texts/messages.js';
import { allowHttp, button, checkbox, issueNote, subheading, textField } from './components.js';
import { icon } from './icons.js';
import type { View } from './view.js';

type Line = 'answer' | 'kind' | 'scopes' | 'expiry';
type State = 'ok' | 'warning' | 'failed' | 'unknown' | 'pending';

/** The line that an issue is drawn at; all others are about the answer. */
const lines: Partial<Record<IssueTopic, Line>> = { token_kind: 'kind', token_scopes: 'scopes', token_expiry: 'expiry' };

function lineOf(issue: Issue): Line {
  return lines[topicOf(issue)] ?? 'answer';
}

/** The field of a token, with all that can be known of it before it is used; `null` for the provider's. */
export function testedToken(view: View, repository: Repository | null): TemplateResult {
  const hint = repository === null ? 'field.token_hint' : 'field.repository_token_hint';
  return html`<div class="close">
    ${textField(view, (repository ?? view.model).token, { hint, secret: true })}
    <div class="actions">${testButton(view, repository)}${makeToken(view)}</div>
    ${checklist(view, repository)}
  </div>`;
}

/** Where a token is made, once it is known on which server. */
function makeToken(view: View): unknown {
  const { model, texts } = view;
  const base = model.canonicalBaseUrl;
  if (base === null) return nothing;
  const { requiredScopes } = model.effectivePolicy();
  const links = tokenLinks(base, {
    purpose: model.purpose,
    name: 'torque',
    ...(requiredScopes !== undefined && { requiredScopes }),
  });
  if (!links.ok) return nothing;
  const link = (href: string, text: string) =>
    html`<a href=${href} target="_blank" rel="noreferrer noopener">${text}</a>`;
  const { current, before18_9, before16_8 } = links.value;
  return html`<p class="hint">${link(current, texts.of('token.make'))} ${icon('external')}</p>
    <details>
      <summary>${texts.of('token.make_older')}</summary>
      <p class="hint">${link(before18_9, texts.of('token.make_before18_9'))} ${icon('external')}</p>
      <p class="hint">${link(before16_8, texts.of('token.make_before16_8'))} ${icon('external')}</p>
    </details>`;
}

/** What the text of a token shows by itself. */
function kindOf({ model, texts }: View, field: Field): string {
  const checked = checkToken(field.value, model.purpose);
  return checked.ok ? texts.of(`kind.${checked.value.kind}`) : '';
}

/** The button that asks GitLab. */
function testButton(view: View, repository: Repository | null): TemplateResult {
  const { model, texts } = view;
  const test = view.testOf(repository);
  const id = (repository ?? model).token.id;
  return html`
    ${allowHttp(view, id)}
    ${button(texts.of(test.running ? 'token.testing' : 'token.test'), () => view.test(repository), {
      icon: test.running ? 'running' : 'key',
      id: `${id}-test`,
      disabled: test.running,
    })}
  `;
}

/** The answer, once there is one. */
function checklist(view: View, repository: Repository | null): unknown {
  const { texts, model } = view;
  const test = view.testOf(repository);
  const id = (repository ?? model).token.id;
  if (test.refused.length > 0)
    return html`<div class="box">${test.refused.map((issue) => issueNote(view, issue))}</div>`;
  if (!test.done || test.running) return beforehand(view, repository);
  const assessment = test.assessment();
  const verdict = test.verdict;
  return html`<section class="box" part="checklist" aria-label=${texts.of('token.checklist')}>
    ${subheading(view, texts.of(`token.verdict_${verdict}`))}
    <ul class="facts">
      ${assessment === null ? noAnswer(view, test) : answered(view, assessment, repository)}
      ${test.looked ? project(view, test.lookedUp, repository) : nothing}
      ${repository === null && verdict !== 'reject' ? reach(view) : nothing}
    </ul>
    ${
      verdict === 'unknown' || verdict === 'unasked'
        ? checkbox(
            view,
            `${id}-continue-unknown`,
            model.continueUnknown,
            'token.continue',
            (checked) => {
              model.continueUnknown = checked;
            },
            verdict === 'unknown' ? 'token.continue_hint_tokens' : 'token.continue_hint',
          )
        : nothing
    }
    ${
      assessment?.issues.some((issue) => issue.code === 'token.has_expiry')
        ? checkbox(view, `${id}-accept-expiry`, model.acceptExpiry, 'token.accept_expiry', (checked) => {
            model.acceptExpiry = checked;
          })
        : nothing
    }
  </section>`;
}

/** The requirements, before GitLab is asked. The kind follows from the token's text. */
function beforehand(view: View, repository: Repository | null): unknown {
  const { texts, model } = view;
  const { token } = repository ?? model;
  if (repository !== null && token.value === '') return nothing;
  const purpose = model.purpose;
  const { requiredScopes } = model.policy;
  const scopes = Array.isArray(requiredScopes)
    ? requiredScopes.filter((scope) => typeof scope === 'string').join(', ')
    : texts.of(`token.needs_scopes_${purpose}`);
  const reached = repository === null ? 'token.reach' : 'token.project';
  const kind = kindOf(view, token);
  return html`<section class="box" part="checklist" aria-label=${texts.of('token.needs')}>
    ${subheading(view, texts.of('token.needs'))}
    <ul class="facts">
      ${line(view, token.wrong && token.value !== '' ? 'failed' : kind === '' ? 'pending' : 'ok', 'token.kind', kind || texts.of('token.needs_kind'), [])}
      ${line(view, 'pending', 'token.scopes', scopes, [])}
      ${line(view, 'pending', 'token.expiry', texts.of(`token.needs_expiry_${purpose}`), [])}
      ${line(view, 'pending', reached, texts.of(`token.needs_reach_${purpose}`), [])}
    </ul>
  </section>`;
}

/** How many projects the token reaches, as far as GitLab has listed them. */
function reach(view: View): unknown {
  const { texts, model } = view;
  const { found, more, running, failure, issues } = model.projects;
  if (running) return line(view, 'pending', 'token.reach', texts.of('token.testing'), []);
  if (found === null)
    return failure === undefined && issues.length === 0 ? nothing : line(view, 'unknown', 'token.reach', '', issues);
  const text = more ? texts.count('token.reach_more', found.length) : texts.count('token.reach_all', found.length);
  return line(view, found.length === 0 ? 'warning' : 'ok', 'token.reach', text, issues);
}

function noAnswer(view: View, test: TokenTest): TemplateResult {
  const why = html`<p>${view.texts.of(networkText(test.failure ?? 'network'))}</p>`;
  return line(view, 'unknown', 'token.answer', html`${view.texts.of('token.answer_none')}${why}`, []);
}

function answered(view: View, assessment: Assessment, repository: Repository | null): TemplateResult {
  const { texts } = view;
  const { token, verdict } = assessment;
  const text = checkToken((repository ?? view.model).token.value, view.model.purpose);
  const issues = [...text.issues, ...assessment.issues];
  // Issues of the token's text are shown below its field.
  const shownAt = (which: Line) => assessment.issues.filter((issue) => lineOf(issue) === which);
  const about = (which: Line) => issues.filter((issue) => lineOf(issue) === which);
  const state = (which: Line, known: boolean): State => {
    const of = about(which);
    if (of.some((issue) => issue.severity === 'error')) return 'failed';
    if (of.length > 0) return verdict === 'unknown' ? 'unknown' : 'warning';
    return known ? 'ok' : 'unknown';
  };
  const name = token?.name ?? '';
  const answer =
    token === undefined ? '' : texts.of(name === '' ? 'token.answer_ok_unnamed' : 'token.answer_ok', { name });
  return html`
    ${
      // A refusal may be shown at another line.
      token === undefined && shownAt('answer').length === 0
        ? nothing
        : line(view, state('answer', true), 'token.answer', html`<bdi>${answer}</bdi>`, shownAt('answer'))
    }
    ${line(view, state('kind', true), 'token.kind', kindOf(view, (repository ?? view.model).token), shownAt('kind'))}
    ${line(view, state('scopes', token !== undefined), 'token.scopes', scopes(view, assessment), shownAt('scopes'))}
    ${line(view, state('expiry', token !== undefined), 'token.expiry', expiry(view, assessment), shownAt('expiry'))}
  `;
}

function scopes(view: View, { token, issues }: Assessment): unknown {
  const missing = issues.flatMap(({ code, params: { scope } = {} }) =>
    code === 'token.missing_scope' && scope !== undefined ? [scope] : [],
  );
  const has = token?.scopes ?? [];
  if (has.length === 0 && missing.length === 0) return view.texts.of('token.not_known');
  return html`<ul class="chips">
    ${has.map((scope) => html`<li class="chip good">${icon('check')}<bdi>${scope}</bdi></li>`)}
    ${missing.map((scope) => html`<li class="chip bad">${icon('failed')}<bdi>${scope}</bdi> ${view.texts.of('token.scope_missing')}</li>`)}
  </ul>`;
}

function expiry(view: View, { token }: Assessment): string {
  if (!token?.expiryKnown) return view.texts.of('token.not_known');
  const { expiresAt: date, daysLeft } = token;
  if (date === null || daysLeft === null) return view.texts.of('token.expiry_never');
  return daysLeft > 0
    ? view.texts.count('token.expiry_date', daysLeft, { date })
    : view.texts.of('token.expiry_past', { date });
}

function project(view: View, read: Look, repository: Repository | null): TemplateResult {
  const { texts } = view;
  if (read === null) return line(view, 'unknown', 'token.project', texts.of(networkText('network')), []);
  if (!read.ok) return line(view, 'failed', 'token.project', '', read.issues);
  const { proved, project } = read.value;
  if (!proved) return line(view, 'unknown', 'token.project', '', read.issues);
  const checked = repository?.checkUrl();
  const path = project?.path ?? (checked?.ok ? checked.value.path : '');
  const branch = project?.defaultBranch ?? null;
  const text =
    branch === null ? texts.of('token.project_ok', { path }) : texts.of('token.project_branch', { path, branch });
  const issues = read.issues.filter(isNews);
  return line(view, issues.length > 0 ? 'warning' : 'ok', 'token.project', html`<bdi>${text}</bdi>`, issues);
}

function line(view: View, state: State, name: MessageKey, value: unknown, issues: readonly Issue[]): TemplateResult {
  return html`<li class="state-${state}">
    ${icon(state)}
    <div class="close">
      <div><span class="name">${view.texts.of(name)}</span> <span class="only-read">${view.texts.of(`state.${state}`)}</span>
      <div class="value">${value}</div></div>
      ${issues.map((issue) => html`<div class="hint">${view.texts.issue(issue)}</div>`)}
    </div>
  </li>`;
}

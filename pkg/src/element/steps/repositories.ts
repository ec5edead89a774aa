/** The step of the repositories: one or many, each judged against the base URL. */

import { html, nothing, type TemplateResult } from 'lit';

import { checklist, kindOf, testButton } from '../checklist.js';
import type { Repository } from '../model.js';
import { actions, heading, stated, stepForm, summary, textField, tick } from '../parts.js';
import { icon } from '../pictures.js';
import type { View } from '../view.js';
import { makeToken, readAddress } from './gitlab.js';

export function repositoriesStep(view: View): TemplateResult {
  const { model, texts } = view;
  const own = model.kind === 'token_per_repository';
  const lead = own
    ? texts.of('repositories.lead_tokens')
    : texts.of('repositories.lead', { base: model.canonicalBaseUrl ?? model.baseUrl.value });
  return stepForm(
    view,
    html`
      ${heading(texts.of('repositories.heading'), lead)} ${summary(view, model.fieldsOf('repositories'))}
      ${model.createsProvider ? stated(texts.of('repositories.none_needed')) : nothing}
      <ol class="list">
        ${model.repositories.map((repository, index) => card(view, repository, index + 1))}
      </ol>
      <div>
        <button type="button" class="button" part="button" @click=${() => add(view)}>${icon('add')}${texts.of('repositories.add')}</button>
      </div>
      ${own ? checkBaseUrlField(view) : nothing} ${actions(view)}
    `,
  );
}

function card(view: View, repository: Repository, number: number): TemplateResult {
  const { model, texts } = view;
  const own = model.kind === 'token_per_repository';
  const title = texts.of('repositories.title', { number });
  return html`<li class="repository" part="repository" role="group" aria-label=${title}>
    <div class="box-head">
      <h3>${title}</h3>
      ${model.repositories.length > 1 ? removeButton(view, repository, number) : nothing}
    </div>
    ${textField(view, repository.url, {
      ...(number === 1 && { hint: 'field.repository_url_hint' }),
      code: true,
      ok: readRepository(view, repository),
      onPaste: (event) => paste(view, repository, event),
    })}
    ${
      own
        ? html`<div class="close">
          ${textField(view, repository.token, {
            hint: 'field.repository_token_hint',
            secret: true,
            ok: kindOf(view, repository.token),
          })}
          <div class="actions">${testButton(view, repository)}${makeToken(view)}</div>
          ${checklist(view, repository)}
        </div>`
        : nothing
    }
    <details>
      <summary>${texts.of('repositories.more')}</summary>
      <div class="more">
        <div class="pair">
          ${textField(view, repository.name, { hint: 'field.repository_name_hint', optional: true, placeholder: defaultName(repository) })}
          ${textField(view, repository.branch, { hint: 'field.branch_hint', optional: true })}
        </div>
        <div class="pair">
          ${textField(view, repository.credentialName, {
            hint: own ? 'field.credential_name_hint' : 'field.credential_name_hint_provider',
            optional: true,
          })}
          ${textField(view, repository.agents, { hint: 'field.agents_hint', optional: true })}
        </div>
      </div>
    </details>
  </li>`;
}

function removeButton(view: View, repository: Repository, number: number): TemplateResult {
  const { texts } = view;
  return html`<button
    type="button"
    class="button quiet small"
    part="button"
    aria-label=${texts.of('repositories.remove_this', { number })}
    @click=${() => {
      view.testOf(repository).forget();
      view.model.removeRepository(repository);
      view.announce(texts.of('repositories.removed', { number }));
      view.focus(view.model.repositories[0]?.url.id ?? 'heading');
    }}
  >${icon('remove')}${texts.of('repositories.remove')}</button>`;
}

function add(view: View): void {
  view.focus(view.model.addRepository().url.id);
}

/** A pasted list: its first line goes where it was pasted, each other line becomes a repository. */
function paste(view: View, repository: Repository, event: ClipboardEvent): void {
  const [first, ...others] = (event.clipboardData?.getData('text') ?? '')
    .split(/[\r\n]+/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  if (first === undefined || others.length === 0) return;
  event.preventDefault();
  repository.url.type(first);
  repository.url.judge();
  for (const url of others) view.model.addRepository(url);
  view.announce(view.texts.of('repositories.pasted', { count: others.length + 1 }));
  view.update();
}

function readRepository(view: View, repository: Repository): string {
  const { model, texts } = view;
  const checked = repository.checkUrl();
  if (!checked.ok) return '';
  const { url, path, parts } = checked.value;
  const base = model.canonicalBaseUrl;
  return base === null
    ? texts.of('field.repository_url_ok', { path, host: url.slice(...parts.host) })
    : texts.of('field.repository_url_inside', { base, path });
}

/** The name that is sent when none is typed. */
function defaultName(repository: Repository): string {
  const checked = repository.checkUrl();
  return checked.ok ? checked.value.project : '';
}

/** The address to check the tokens at; the first repository's server is proposed. */
function checkBaseUrlField(view: View): TemplateResult {
  const { model, texts } = view;
  const [first] = model.repositories;
  const proposal = model.baseUrl.value.trim() === '' && first !== undefined ? serverOf(first) : null;
  return html`<div class="close">
    ${textField(view, model.baseUrl, {
      label: 'field.check_base_url',
      hint: 'field.check_base_url_hint',
      code: true,
      optional: true,
      ok: readAddress(view),
    })}
    ${
      proposal === null
        ? nothing
        : html`<div>
          <button
            type="button"
            class="suggestion"
            id="propose-base-url"
            @click=${() => {
              model.baseUrl.type(proposal);
              model.baseUrl.judge();
              view.settle(model.baseUrl);
              view.focus(model.baseUrl.id);
            }}
          ><span>${texts.of('action.use')}</span><code>${proposal}</code></button>
        </div>`
    }
    ${
      model.baseUrl.value.trim() === ''
        ? tick(
            'continue-unknown',
            model.continueUnknown,
            texts.of('token.continue'),
            texts.of('token.continue_hint_tokens'),
            (checked) => {
              model.continueUnknown = checked;
              view.update();
            },
          )
        : nothing
    }
  </div>`;
}

function serverOf(repository: Repository): string | null {
  const checked = repository.checkUrl();
  return checked.ok ? checked.value.url.slice(0, checked.value.parts.basePath[1]) : null;
}

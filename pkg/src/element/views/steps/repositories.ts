/** The step of the repositories: one or many, each judged against the base URL. */

import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';

import type { ListedProject, PlanRepository } from '../../../index.js';
import type { Repository } from '../../state/repository.js';
import { testedToken } from '../checklist.js';
import { comparison } from '../comparison.js';
import {
  aboutAddresses,
  acceptButton,
  button,
  callout,
  checkbox,
  heading,
  stepForm,
  subheading,
  summary,
  textField,
} from '../components.js';
import { icon } from '../icons.js';
import { linesPanel } from '../lines.js';
import { pageOf } from '../pager.js';
import { picker } from '../projects.js';
import type { View } from '../view.js';
import { readAddress } from './gitlab.js';

export function repositoriesStep(view: View): TemplateResult {
  const { model, texts } = view;
  const own = model.kind === 'token_per_repository';
  const fixed = model.fixed.has('repositories');
  const { shown, pager } = pageOf(view, 'repositories', model.repositories);
  // They scroll in a box of their own, so that what comes after them stays in reach.
  const many = shown.length > 10;
  const lead = own
    ? texts.of('repositories.lead_tokens')
    : aboutAddresses(view, 'repositories.lead', { base: model.canonicalBaseUrl ?? model.baseUrl.value });
  return stepForm(
    view,
    html`
      ${heading(view, texts.of('repositories.heading'), lead)} ${summary(view)}
      ${model.createsProvider ? callout(texts.of('repositories.none_needed')) : nothing}
      ${many ? html`<p class="hint">${texts.count('repositories.count', model.repositories.length)}</p>` : nothing}
      <ol class="list ${many ? 'many' : ''}" start=${1 + (shown[0]?.index ?? 0)}>
        ${repeat(
          shown,
          ({ item }) => item.key,
          ({ item, index }) => (item.isFolded ? line : card)(view, item, index + 1),
        )}
      </ol>
      ${pager}
      ${
        fixed
          ? nothing
          : html`<div class="actions">
              ${button(texts.of('repositories.add'), () => add(view), { icon: 'add' })}
              ${opener(view, 'lines')} ${model.listing === null ? nothing : opener(view, 'projects')}
            </div>`
      }
      ${adding(view)} ${own ? checkBaseUrlField(view) : nothing}
    `,
  );
}

/** Opens and closes one of the ways to add many at once. */
function opener(view: View, way: 'lines' | 'projects'): TemplateResult {
  const { model, texts } = view;
  const open = model.adding === way;
  return html`<button
    type="button"
    class="button quiet"
    part="button"
    id="open-${way}"
    aria-expanded=${open}
    @click=${() => {
      model.adding = open ? null : way;
      if (!open) view.focus(way === 'lines' ? 'lines' : 'project-search');
      if (!open && way === 'projects' && model.projects.found === null) view.listProjects();
      view.update();
    }}
  >${icon(way === 'lines' ? 'copy' : 'search')}${texts.of(`repositories.${way}`)}</button>`;
}

function adding(view: View): unknown {
  const { model } = view;
  const { adding, lines, projects } = model;
  if (adding === null || (adding === 'projects' && model.listing === null)) return nothing;
  const content =
    adding === 'lines'
      ? linesPanel(view, lines, (repositories) => addMany(view, repositories))
      : picker(view, projects, (picked) =>
          addMany(
            view,
            picked.map((project) => asPlanned(view, project)),
          ),
        );
  return html`<section class="box" part="adding" aria-label=${view.texts.of(`repositories.${adding}`)}>${content}</section>`;
}

/** A project that was picked; the token that found it reaches it. */
function asPlanned({ model }: View, { url, defaultBranch }: ListedProject): PlanRepository {
  const token = model.kind === 'token_per_repository' ? model.listing?.token : undefined;
  return { url, ...(defaultBranch !== null && { branch: defaultBranch }), ...(token !== undefined && { token }) };
}

function addMany(view: View, listed: readonly PlanRepository[]): void {
  const { model } = view;
  const count = model.addRepositories(listed);
  model.projects.picked.clear();
  // What could not be read stays, to be corrected.
  model.lines.added ||= model.adding === 'lines';
  const done = model.adding === 'projects' || model.lines.read(model).ok;
  if (done) {
    if (model.adding === 'lines') model.lines.take('');
    view.focus(`open-${model.adding}`);
    model.adding = null;
  }
  view.announce(view.texts.count('repositories.added', count));
}

/** A repository that needs no attention. */
function line(view: View, repository: Repository, number: number): TemplateResult {
  const { texts } = view;
  const title = repository.title;
  const fixed = view.model.fixed.has('repositories');
  const warned = repository.fields.some((field) => (field.issues?.length ?? 0) > 0 || !field.passes);
  return html`<li class="repository line state-${warned ? 'warning' : 'ok'}" part="repository">
    ${icon(warned ? 'warning' : 'ok')}
    <span class="name"><bdi>${title}</bdi> <span class="optional"><bdi>${repository.branch.value}</bdi></span></span>
    ${
      fixed && view.model.kind === 'provider'
        ? nothing
        : button(
            texts.of('repositories.edit'),
            () => {
              repository.folded = false;
              view.focus(fixed ? repository.token.id : repository.url.id);
            },
            { look: 'quiet small', label: texts.of('repositories.edit_this', { title }) },
          )
    }
    ${fixed ? nothing : removeButton(view, repository, number)}
  </li>`;
}

function card(view: View, repository: Repository, number: number): TemplateResult {
  const { model, texts } = view;
  const own = model.kind === 'token_per_repository';
  const title = texts.of('repositories.title', { number });
  const fixed = model.fixed.has('repositories');
  return html`<li><div class="repository" part="repository" role="group" aria-label=${title}>
    <div class="box-head">
      ${subheading(view, title)}
      ${model.repositories.length > 1 && !fixed ? removeButton(view, repository, number) : nothing}
    </div>
    ${
      fixed
        ? callout(repository.title)
        : textField(view, repository.url, {
            hint: number === 1 ? 'field.repository_url_hint' : undefined,
            code: true,
            ok: readRepository(view, repository),
            below: comparison(view, repository.url.value),
            onPaste: (event) => paste(view, event, repository),
          })
    }
    ${own ? testedToken(view, repository) : nothing}
    ${fixed ? nothing : more(view, repository)}
  </div></li>`;
}

/** What may be left out of a repository. */
function more(view: View, repository: Repository): TemplateResult {
  const { model, texts } = view;
  const own = model.kind === 'token_per_repository';
  return html`<details>
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
        ${checkbox(view, `${repository.url.id}-auto-register`, repository.autoRegister, 'auto_register', (checked) => {
          repository.autoRegister = checked;
        })}
      </div>
    </details>`;
}

function removeButton(view: View, repository: Repository, number: number): TemplateResult {
  const { texts } = view;
  const remove = () => {
    view.testOf(repository).forget();
    view.model.removeRepository(repository);
    view.announce(texts.of('repositories.removed', { number }));
    // A line has no field to go to.
    const [first] = view.model.repositories;
    view.focus(first === undefined || first.isFolded ? 'heading' : first.url.id);
  };
  return button(texts.of('repositories.remove'), remove, {
    icon: 'remove',
    look: 'quiet small',
    label: texts.of('repositories.remove_this', { number }),
  });
}

/** Those that are right make room for the new one. */
function add(view: View): void {
  for (const repository of view.model.repositories)
    repository.folded = repository.fields.every((field) => field.passes);
  view.focus(view.model.addRepository().url.id);
}

/** Several lines are a list; it is taken at once where all of it is right. */
function paste(view: View, event: ClipboardEvent, repository: Repository): void {
  const text = event.clipboardData?.getData('text') ?? '';
  if (!/[\r\n]/.test(text.trim())) return;
  event.preventDefault();
  const { model } = view;
  // What stays empty because its text went into the list is no mistake.
  if (repository.empty) repository.url.clear();
  model.adding = 'lines';
  model.lines.take(text);
  const read = model.lines.read(model);
  if (read.ok) addMany(view, read.value);
  else view.focus('lines');
}

function readRepository(view: View, repository: Repository): string | TemplateResult {
  const checked = repository.checkUrl();
  if (!checked.ok) return '';
  const { url, path, parts } = checked.value;
  const base = view.model.canonicalBaseUrl;
  return base === null
    ? aboutAddresses(view, 'field.repository_url_ok', { path, host: url.slice(...parts.host) })
    : aboutAddresses(view, 'field.repository_url_inside', { base, path });
}

/** The name that is sent when none is typed. */
function defaultName(repository: Repository): string {
  const checked = repository.checkUrl();
  return checked.ok ? checked.value.project : '';
}

/** The address to check the tokens at; the first repository's server is proposed. */
function checkBaseUrlField(view: View): TemplateResult {
  const { model } = view;
  if (model.isFixed(model.baseUrl)) return callout(model.baseUrl.value);
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
        : html`<div>${acceptButton(view, proposal, () => {
            model.baseUrl.put(proposal);
            view.settle(model.baseUrl);
            view.focus(model.baseUrl.id);
          })}</div>`
    }
    ${
      model.baseUrl.value.trim() === ''
        ? checkbox(
            view,
            'continue-unknown',
            model.continueUnknown,
            'token.continue',
            (checked) => {
              model.continueUnknown = checked;
            },
            'token.continue_hint_tokens',
          )
        : nothing
    }
  </div>`;
}

function serverOf(repository: Repository): string | null {
  const checked = repository.checkUrl();
  return checked.ok ? checked.value.url.slice(0, checked.value.parts.basePath[1]) : null;
}

/** Step 2 of the provider's method: the address of the GitLab, and the token. */

import { html, nothing, type TemplateResult } from 'lit';

import { checkBaseUrl, tokenLinks } from '../../index.js';
import { checklist, testButton } from '../checklist.js';
import { actions, heading, stated, stepForm, summary, textField } from '../parts.js';
import { icon } from '../pictures.js';
import type { View } from '../view.js';

export function gitlabStep(view: View): TemplateResult {
  const { model, texts } = view;
  return stepForm(
    view,
    html`
      ${heading(texts.of('gitlab.heading'), texts.of(model.existing ? 'gitlab.lead_existing' : 'gitlab.lead'))}
      ${summary(view, model.fieldsOf('gitlab'))}
      <fieldset class="close">
        <legend class="legend">${texts.of('gitlab.which')}</legend>
        <div class="choices">${choice(view, false)}${choice(view, true)}</div>
      </fieldset>
      ${model.existing ? nothing : textField(view, model.name, { hint: 'field.name_hint', short: true })}
      ${model.given.has(model.baseUrl) ? stated(model.baseUrl.value) : textField(view, model.baseUrl, { hint: 'field.base_url_hint', code: true, ok: readAddress(view) })}
      ${model.existing ? stated(texts.of('gitlab.existing_note')) : token(view)} ${actions(view)}
    `,
  );
}

/** How the address was read. */
export function readAddress(view: View): string {
  const checked = checkBaseUrl(view.model.baseUrl.value);
  if (!checked.ok) return '';
  const { value } = checked;
  return view.texts.of(value.path === '/' ? 'field.base_url_ok' : 'field.base_url_ok_path', value);
}

function choice(view: View, existing: boolean): TemplateResult {
  const { model, texts } = view;
  return html`<label class="choice"><input
    type="radio"
    name="provider"
    value=${existing ? 'existing' : 'new'}
    .checked=${model.existing === existing}
    @change=${() => {
      model.existing = existing;
      view.update();
    }}
  /><span>${texts.of(existing ? 'gitlab.existing' : 'gitlab.new')}</span></label>`;
}

function token(view: View): TemplateResult {
  return html`<div class="close">
    ${textField(view, view.model.token, { hint: 'field.token_hint', secret: true })}
    <div class="actions">${testButton(view, null)}${makeToken(view)}</div>
    ${checklist(view, null)}
  </div>`;
}

/** Where a token is made, once it is known on which server. */
export function makeToken(view: View): unknown {
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
  return html`<p class="hint">${link(links.value.current, texts.of('token.make'))} ${icon('external')} (${link(links.value.before18_9, texts.of('token.make_older'))})</p>`;
}

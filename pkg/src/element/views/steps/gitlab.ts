/** Step 2 of the provider's method: the address of the GitLab, and the token. */

import { html, nothing, type TemplateResult } from 'lit';

import { checkBaseUrl } from '../../../index.js';
import { testedToken } from '../checklist.js';
import { aboutAddresses, callout, heading, stepForm, summary, textField } from '../components.js';
import type { View } from '../view.js';

export function gitlabStep(view: View): TemplateResult {
  const { model, texts } = view;
  return stepForm(
    view,
    html`
      ${heading(view, texts.of('gitlab.heading'), texts.of(model.existing ? 'gitlab.lead_existing' : 'gitlab.lead'))}
      ${summary(view)}
      ${model.fixed.has('existing') ? nothing : which(view)}
      ${model.existing ? nothing : model.isFixed(model.name) ? callout(model.name.value) : textField(view, model.name, { hint: 'field.name_hint', short: true })}
      ${model.isFixed(model.baseUrl) ? callout(model.baseUrl.value) : textField(view, model.baseUrl, { hint: 'field.base_url_hint', code: true, ok: readAddress(view) })}
      ${model.existing ? callout(texts.of('gitlab.existing_note')) : testedToken(view, null)}
    `,
  );
}

/** How the address was read. */
export function readAddress(view: View): string | TemplateResult {
  const checked = checkBaseUrl(view.model.baseUrl.value);
  if (!checked.ok) return '';
  const { host, path, port, scheme } = checked.value;
  return aboutAddresses(view, path === '/' ? 'field.base_url_ok' : 'field.base_url_ok_path', {
    host,
    path,
    port,
    scheme,
  });
}

/** Whether the provider is new. */
function which(view: View): TemplateResult {
  return html`<fieldset class="close">
    <legend class="legend" part="label">${view.texts.of('gitlab.which')}</legend>
    <div class="choices">${choice(view, false)}${choice(view, true)}</div>
  </fieldset>`;
}

function choice(view: View, existing: boolean): TemplateResult {
  const { model, texts } = view;
  return html`<label class="choice" part="choice"><input
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

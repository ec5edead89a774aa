/** Step 1: the two methods, as pictures to choose from. */

import { html, type TemplateResult } from 'lit';

import type { Method } from '../../../index.js';
import { callout, heading, stepForm, summary } from '../components.js';
import { providerPicture, tokenPerRepositoryPicture } from '../icons.js';
import type { View } from '../view.js';

export function methodStep(view: View): TemplateResult {
  const { texts } = view;
  return stepForm(
    view,
    html`
      ${heading(view, texts.of('method.heading'), texts.of('method.lead'))} ${summary(view)}
      <fieldset class="cards">
        <legend class="only-read">${texts.of('step.method')}</legend>
        ${card(view, 'provider', providerPicture)} ${card(view, 'token_per_repository', tokenPerRepositoryPicture)}
      </fieldset>
      ${callout(texts.of('method.self_managed'))}
    `,
  );
}

function card(view: View, kind: Method['kind'], picture: TemplateResult): TemplateResult {
  const { model, texts } = view;
  return html`<label class="card" part="card">
    ${picture}
    <span class="card-text">
      <span class="card-title">
        <input
          type="radio"
          name="method"
          value=${kind}
          aria-labelledby="method-${kind}-title"
          aria-describedby="method-${kind}"
          .checked=${model.kind === kind}
          @change=${() => {
            model.kind = kind;
            view.update();
          }}
        /><span id="method-${kind}-title">${texts.of(`method.${kind}`)}</span>
      </span>
      <span class="about" id="method-${kind}"><span>${texts.of(`method.${kind}_text`)}</span><span>${texts.of(`method.${kind}_needs`)}</span></span>
    </span>
  </label>`;
}

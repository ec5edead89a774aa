/** The step of Torque: where it is, which space, and who asks. */

import { html, type TemplateResult } from 'lit';

import { callout, heading, stepForm, summary, textField } from '../components.js';
import type { View } from '../view.js';

export function torqueStep(view: View): TemplateResult {
  const { model, texts } = view;
  const asked = model.fieldsOf('torque');
  const tokenHint = model.createsProvider ? 'field.torque_token_hint_provider' : 'field.torque_token_hint';
  return stepForm(
    view,
    html`
      ${heading(view, texts.of('torque.heading'), texts.of('torque.lead'))} ${summary(view)}
      ${asked.includes(model.portalUrl) ? textField(view, model.portalUrl, { hint: 'field.portal_url_hint', code: true }) : ''}
      ${asked.includes(model.space) ? textField(view, model.space, { hint: 'field.space_hint', short: true }) : ''}
      ${asked.includes(model.torqueToken) ? textField(view, model.torqueToken, { hint: tokenHint, secret: true }) : callout(texts.of('torque.given'))}
     
    `,
  );
}

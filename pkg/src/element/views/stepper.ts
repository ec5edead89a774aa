/** The list of steps: where the user is, what was answered so far, and the way back. */

import { html, nothing, type TemplateResult } from 'lit';

import type { StepName } from '../events.js';
import { icon } from './icons.js';
import type { View } from './view.js';

export function stepper(view: View): TemplateResult {
  const { texts, step } = view;
  const { steps } = view.model;
  const place = { position: steps.indexOf(step) + 1, count: steps.length };
  // Where there is no room for the names of all.
  const present = html`<p class="here" aria-hidden="true">${texts.of('step.position', place)}: ${texts.of(`step.${step}`)}</p>`;
  return html`<nav class="stepper" part="steps" aria-label=${texts.of('steps')}><ol>${steps.map((step, index) => stop(view, step, index))}</ol>${present}</nav>`;
}

function stop(view: View, step: StepName, index: number): TemplateResult {
  const { run, texts } = view;
  const { steps } = view.model;
  const present = steps.indexOf(view.step);
  const connected = run?.report?.outcome === 'connected';
  // Once Torque has everything, the form has no tokens any more.
  const passed = index < present ? connected || view.validSteps.has(step) : connected && step === 'connect';
  const state = index === present ? 'current' : passed ? 'passed' : '';
  return html`<li class=${state}>
    <button
      type="button"
      class="stop"
      part="step"
      aria-current=${index === present ? 'step' : nothing}
      ?disabled=${index !== present && !view.open.has(step)}
      @click=${() => {
        if (index !== present) view.visit(step);
      }}
    >
      <span class="marker" part="marker" aria-hidden="true">${passed ? icon('check') : index + 1}</span>
      <span class="caption">
        <span class="only-read">${texts.of('step.position', { position: index + 1, count: steps.length })}: </span>
        <span class="title">${texts.of(`step.${step}`)}</span>
        ${passed ? html`<span class="only-read">, ${texts.of('step.done')}</span>` : nothing}
        <span class="answer"><bdi>${index < present ? answer(view, step) : ''}</bdi></span>
      </span>
    </button>
  </li>`;
}

/** What was answered at a step, in a word. */
function answer({ model, texts }: View, step: StepName): string {
  switch (step) {
    case 'method':
      return texts.of(`method.${model.kind}`);
    case 'gitlab':
      return model.canonicalBaseUrl?.replace(/^https?:\/\//, '') ?? '';
    case 'repositories':
      return texts.count('repositories.count', model.filledRepositories.length);
    case 'torque':
      return texts.of('review.space', { space: model.space.value.trim() });
    default:
      return '';
  }
}

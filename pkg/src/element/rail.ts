/** The list of steps: where the user is, what was answered so far, and the way back. */

import { html, nothing, type TemplateResult } from 'lit';

import type { StepName } from './events.js';
import { icon } from './pictures.js';
import type { View } from './view.js';

export function rail(view: View): TemplateResult {
  const { steps } = view.model;
  return html`<nav class="rail" part="steps" aria-label=${view.texts.of('steps')}><ol>${steps.map((step, index) => stop(view, step, index))}</ol></nav>`;
}

function stop(view: View, step: StepName, index: number): TemplateResult {
  const { run, texts } = view;
  const { steps } = view.model;
  const present = steps.indexOf(view.step);
  const open = isOpen(view, step);
  const passed = index < present || (step === 'connect' && run?.report?.outcome === 'connected');
  const state = index === present ? 'current' : passed ? 'passed' : '';
  return html`<li class=${state}>
    <button
      type="button"
      class="stop"
      aria-current=${index === present ? 'step' : nothing}
      aria-disabled=${open ? nothing : 'true'}
      @click=${() => {
        if (open && index !== present) view.goTo(step);
      }}
    >
      <span class="marker" aria-hidden="true">${passed ? icon('tick') : index + 1}</span>
      <span class="caption">
        <span class="only-read">${texts.of('step.position', { position: index + 1, count: steps.length })}: </span>
        <span class="title">${texts.of(`step.${step}`)}</span>
        ${passed ? html`<span class="only-read">, ${texts.of('step.done')}</span>` : nothing}
        <span class="answer"><bdi>${index < present ? answer(view, step) : ''}</bdi></span>
      </span>
    </button>
  </li>`;
}

/** Whether the user may go there now: to what was reached, while no job runs. */
export function isOpen({ model, furthest, run }: View, step: StepName): boolean {
  const index = model.steps.indexOf(step);
  const free = run === null ? step !== 'connect' : run.ended;
  return free && index >= 0 && index <= furthest;
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

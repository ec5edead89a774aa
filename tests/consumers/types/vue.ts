// The element in Vue's templates: what the checker of templates looks up, and the compiler of TypeScript can judge.

import { StepEvent } from 'torque-gitlab-connect/element';
import type {} from 'torque-gitlab-connect/element/vue';
import type { GlobalComponents } from 'vue';

type Element = InstanceType<GlobalComponents['torque-gitlab-connect']>;

export const properties: Element['$props'] = {
  portalUrl: 'https://portal.qtorque.io/',
  space: 'demo',
  class: 'form',
  policy: { onUnknown: 'continue' },
  messages: { 'action.connect': 'Connect to Torque' },
};

// @ts-expect-error: what the element does not have
export const wrong: Element['$props'] = { portal: 'https://portal.qtorque.io/' };

// @ts-expect-error: a URL is a text
export const number: Element['$props'] = { portalUrl: 5 };

// @ts-expect-error: no such method
export const method: Element['$props'] = { method: 'providers' };

// @ts-expect-error: a secret is no prop
export const secret: Element['$props'] = { torqueToken: 'secret' };

export function hears(element: Element): void {
  element.$emit('torque-gitlab-connect-step', new StepEvent('review'));
  // @ts-expect-error: another event under this name
  element.$emit('torque-gitlab-connect-end', new StepEvent('review'));
  // @ts-expect-error: what the element does not tell
  element.$emit('torque-gitlab-connect-token', new StepEvent('review'));
}

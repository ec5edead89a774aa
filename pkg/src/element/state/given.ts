/** What scripts of the page give the element, where anything may stand. What does not fit is left out, and the console names it. */

import { copy } from '../../copy.js';
import type { Policy } from '../../index.js';
import { areRepositories } from '../../wasm/core.js';
import type { Messages, Text } from '../texts/messages.js';
import type { EntriesWithTokens } from './model.js';

/** What properties and entries of these names must be; which repositories fit, the core says. */
const kinds = new Map<string, (value: unknown) => boolean>([
  ['method', isMethod],
  ['existing', (value) => typeof value === 'boolean'],
  ['repositories', Array.isArray],
  ['headingLevel', Number.isInteger],
  ['getTorqueToken', isFunction],
  ['fetch', isFunction],
]);
for (const name of 'name token torqueToken portalUrl publicPortalUrl space baseUrl steps fixed storageKey'.split(' '))
  kinds.set(name, isText);

/** The value of a property, `null` where it is none that the property may have. */
export function fitting(name: string, value: unknown): unknown {
  if (value === null || value === undefined || fits(name, value)) return value;
  warnIgnored([name]);
  return null;
}

/** The entries that a form can be filled in with. */
export function fittingEntries(given: unknown): EntriesWithTokens {
  const entries = new Map<string, unknown>(Object.entries(plainObject('entries', given)));
  const misfits = [...entries].filter(([name, value]) => !fits(name, value)).map(([name]) => name);
  for (const name of misfits) entries.delete(name);
  const repositories = entries.get('repositories');
  if (Array.isArray(repositories)) {
    const are = areRepositories(repositories);
    const fitting = repositories.filter((_, index) => are.ok && are.value[index]);
    if (fitting.length < repositories.length) misfits.push('repositories');
    entries.set('repositories', fitting);
  }
  warnIgnored(misfits.map((name) => `entries.${name}`));
  return Object.fromEntries(entries);
}

/** A policy as data. What in it does not fit is refused together with the plan, which says so. */
export function plainPolicy(given: unknown): Policy {
  return plainObject('policy', given ?? {});
}

/** Texts by their keys. */
export function fittingMessages(given: unknown): Messages {
  const entries = Object.entries(plainObject('messages', given ?? {}));
  const texts = entries.filter((entry): entry is [string, Text] => isMessage(entry[1]));
  if (texts.length < entries.length) warnIgnored(['messages']);
  return Object.fromEntries(texts);
}

/** An object as data, read once: what a getter or a Proxy throws ends here. Empty where it is none. */
function plainObject(name: string, given: unknown): object {
  const copied = copy(given);
  const value: unknown = typeof copied === 'string' ? copied : JSON.parse(copied.json);
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  warnIgnored([name]);
  return {};
}

function fits(name: string, value: unknown): boolean {
  return kinds.get(name)?.(value) ?? true;
}

/** Names only: what stands there may be a secret. */
function warnIgnored(names: readonly string[]): void {
  if (names.length > 0) console.warn(`<torque-gitlab-connect>: wrong type, ignored: ${names.join(', ')}.`);
}

function isText(value: unknown): boolean {
  return typeof value === 'string';
}

function isMethod(value: unknown): boolean {
  return value === 'provider' || value === 'token_per_repository';
}

function isFunction(value: unknown): boolean {
  return typeof value === 'function';
}

function isMessage(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return isText(value);
  return 'other' in value && Object.values(value).every(isText);
}

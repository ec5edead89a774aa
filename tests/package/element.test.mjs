// The element's surface as its manifest tells it, and its German.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import * as exported from 'torque-gitlab-connect/element';
import { german } from 'torque-gitlab-connect/element/de';

const { english, TorqueGitlabConnectElement } = exported;
const manifest = JSON.parse(
  readFileSync(new URL(import.meta.resolve('torque-gitlab-connect/custom-elements.json')), 'utf8'),
);
const declared = manifest.modules.flatMap(({ declarations }) => declarations);
const element = declared.find(({ tagName }) => tagName === 'torque-gitlab-connect');
const names = (list) => list.map(({ name }) => name).sort();
const unique = (list) => [...new Set(list)].sort();

// tests/browser/accessibility.test.mjs compares the parts and slots with what is drawn.
test('the manifest tells every attribute, event and custom property that there is', () => {
  // Those that are refused are none.
  const refused = ['torque-token', 'torquetoken', 'token', 'gettorquetoken'];
  const observed = TorqueGitlabConnectElement.observedAttributes.filter((name) => !refused.includes(name));
  assert.deepEqual(names(element.attributes), observed.sort());
  const events = Object.values(exported).filter(({ prototype }) => prototype instanceof Event);
  assert.deepEqual(names(element.events), unique(events.map(({ type }) => type)));
  const styles = TorqueGitlabConnectElement.elementStyles.map(String).join();
  const properties = [...styles.matchAll(/var\(\s*(--torque-gitlab-connect-[\w-]+)/g)].map(([, name]) => name);
  assert.deepEqual(names(element.cssProperties), unique(properties));
});

test('the manifest names files of the package, and nothing private', () => {
  for (const { path } of manifest.modules) assert.match(path, /^dist\/element\/[\w-]+\.js$/);
  assert.deepEqual(
    names(element.members).filter((name) => name.startsWith('#')),
    [],
  );
});

test('what the manifest says that modules export is there', async () => {
  const load = (path) => import(new URL(`../../pkg/${path}`, import.meta.url).href);
  for (const { path, exports } of manifest.modules) {
    const module = await load(path);
    for (const { kind, name, declaration } of exports) {
      if (kind === 'js') assert.ok(name in module, `${name} in ${path}`);
      else assert.deepEqual([name, module[declaration.name]], ['torque-gitlab-connect', TorqueGitlabConnectElement]);
    }
  }
});

/** A text, or one for each plural form: the one for many has every place. */
const textOf = (text) => (typeof text === 'string' ? text : (text?.other ?? ''));
const places = (text) => unique([...textOf(text).matchAll(/\{(\w+)\}/g)].map(([, name]) => name));

test('German has every text of the element, with the same places', () => {
  for (const [key, text] of Object.entries(english)) assert.deepEqual(places(german[key]), places(text), key);
});

test('German has every plural form of what is counted', () => {
  const { pluralCategories } = new Intl.PluralRules('de').resolvedOptions();
  for (const [key, text] of Object.entries(english)) {
    if (typeof text !== 'string') assert.deepEqual(unique(Object.keys(german[key])), unique(pluralCategories), key);
  }
});

test('no text of the element has the key of an issue, whose text would then stand in for it', () => {
  const table = JSON.parse(readFileSync(new URL('../data/issue-params.json', import.meta.url), 'utf8'));
  const codes = new Set(table.map(({ code }) => code));
  assert.deepEqual(
    Object.keys(english).filter((key) => codes.has(key)),
    [],
  );
});

test('German has a text for every issue, with the places that the table has', () => {
  const table = JSON.parse(readFileSync(new URL('../data/issue-params.json', import.meta.url), 'utf8'));
  assert.ok(table.length > 200);
  for (const { code, params, places: inEnglish } of table) {
    assert.ok(german[code], `${code} has a text`);
    const used = places(german[code]);
    assert.deepEqual(
      used.filter((place) => !params.includes(place)),
      [],
      code,
    );
    assert.deepEqual(
      inEnglish.filter((place) => !used.includes(place)),
      [],
      `${code} says as much as the English text`,
    );
  }
});

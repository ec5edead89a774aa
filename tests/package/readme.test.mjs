// The examples of the documents, as a reader would paste them.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

const examples = (file) => {
  const text = readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');
  return [...text.matchAll(/^```[jt]s\n(.*?)^```$/gms)].map(([, code]) => code);
};

for (const file of ['README.md', 'pkg/README.md']) {
  test(`${file} imports what there is`, async () => {
    const imports = examples(file).flatMap((code) => [...code.matchAll(/import \{(.*?)\} from '(.*?)'/gs)]);
    assert.ok(imports.length > 0);
    for (const [, names, from] of imports) {
      const exported = await import(from);
      for (const name of names.replace(/\btype \w+/g, '').match(/\w+/g))
        assert.ok(name in exported, `${from}: ${name}`);
    }
  });
}

test('README.md says of its first check what is logged', async () => {
  const [example] = examples('README.md');
  const [check, expected] = example.split(' // ', 2);
  const printed = [];
  const run = new Function('api', 'console', check.replace(/import (\{.*?\}) from '.*?';/s, 'const $1 = api;'));
  run(await import('torque-gitlab-connect'), { log: (...values) => printed.push(values.join(' ')) });
  assert.deepEqual(printed, [expected.split('\n')[0]]);
});

test('pkg/README.md names every part of the element', () => {
  const manifest = JSON.parse(readFileSync(new URL('../../pkg/dist/custom-elements.json', import.meta.url), 'utf8'));
  const parts = manifest.modules.flatMap(({ declarations = [] }) =>
    declarations.flatMap(({ cssParts = [] }) => cssParts),
  );
  const readme = readFileSync(new URL('../../pkg/README.md', import.meta.url), 'utf8');
  assert.ok(parts.length > 0);
  for (const { name, description } of parts) assert.ok(readme.includes(`| \`${name}\` | ${description} |`), name);
});

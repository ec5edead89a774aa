// TypeScript as users set it up: both ways to resolve modules, strict, with declarations checked too.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { here, installed } from './support.mjs';

const tsc = join(here, 'node_modules/typescript/bin/tsc');

for (const resolution of ['nodenext', 'bundler']) {
  test(`TypeScript, ${resolution}`, () => {
    execFileSync(process.execPath, [tsc, '--project', join(here, `types/tsconfig.${resolution}.json`)], {
      stdio: ['ignore', 'inherit', 'inherit'],
    });
  });
}

test("the README's recipes in TypeScript compile", () => {
  const recipes = [...readFileSync(join(installed, 'README.md'), 'utf8').matchAll(/^```tsx\n([\s\S]*?)^```$/gm)];
  assert.ok(recipes.length > 0);
  const out = join(here, 'out/recipes');
  mkdirSync(out, { recursive: true });
  for (const [index, [, code]] of recipes.entries()) writeFileSync(join(out, `recipe-${index}.tsx`), code);
  writeFileSync(
    join(out, 'tsconfig.json'),
    JSON.stringify({ extends: '../../forms/tsconfig.json', include: ['*.tsx'] }),
  );
  execFileSync(process.execPath, [tsc, '--project', out], { stdio: ['ignore', 'inherit', 'inherit'] });
});
